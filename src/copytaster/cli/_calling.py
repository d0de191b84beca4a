"""Alerts in a shell: what rings, whom it calls, whether they can be reached, and its end."""

import contextlib
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from copytaster.cli._manners import REFUSED
from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import common
from copytaster.cli._manners import desk_in
from copytaster.cli._manners import known
from copytaster.cli._manners import me
from copytaster.cli._manners import noted
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import say
from copytaster.cli._manners import settings
from copytaster.config import Config
from copytaster.config import ConfigError
from copytaster.newsroom import control
from copytaster.newsroom.alert_orders import bell_told
from copytaster.newsroom.alert_orders import close as close_alerts
from copytaster.newsroom.alerts import FOR_EDITORS
from copytaster.newsroom.alerts import Alerts
from copytaster.newsroom.alerts import opened
from copytaster.newsroom.calling import Bell
from copytaster.newsroom.calling import Call
from copytaster.newsroom.calling import CallKind
from copytaster.newsroom.calling import Route
from copytaster.newsroom.calling import Unreached
from copytaster.newsroom.calling import routes
from copytaster.newsroom.running import utc_now

_TEST = "a test of the way to you: nothing is wrong, there is nothing to do"


def try_routes(config: Config, *, as_json: bool) -> None:
    """Tell a test by every route; exit code 1 when one did not reach everybody."""
    tried = [_tried(route, _test(utc_now())) for route in _routes(config)]
    if as_json:
        click.echo(msgspec.json.encode({"tried": tried}).decode())
    else:
        for one in tried:
            said = "told" if one["fault"] is None else f"NOT told: {one['fault']}"
            say(f"{one['route']} ({one['to']}): {said}")
        if not tried:
            click.echo("no route is set: alerts are printed and kept; see [alerts]")
    if any(one["fault"] for one in tried) or not tried:
        raise SystemExit(REFUSED)


def _test(now: datetime) -> Call:
    return Call(kind=CallKind.test, code="test", about="doctor", text=_TEST, since=now, at=now)


def _tried(route: Route, call: Call) -> dict[str, str | None]:
    try:
        fault = route.tell(call)
    except Unreached as error:
        fault = str(error)
    return {"route": route.name, "to": route.shown, "fault": fault}


def _ready(config: Config) -> list[Route]:
    """The routes whose secrets this shell has; what it lacks is a finding."""
    with contextlib.suppress(ConfigError):
        return _routes(config)
    return []


def _routes(config: Config) -> list[Route]:
    return routes(config.alerts, config.site.name)


def alerts_told(config: Config, folder: Path) -> dict[str, Any]:
    """What rings and whom it calls, for programs."""
    return {
        "routes": [{"route": route.name, "to": route.shown} for route in _ready(config)],
        "open": [bell_told(bell) for bell in opened(folder)],
    }


@click.command()
@click.option(
    "--close",
    metavar="ALERT",
    help="It is done: end this alert, CODE:ABOUT as listed, or all alerts of a CODE.",
)
@common
@as_json_option
def alerts(close: str | None, config_file: Path | None, data: Path | None, as_json: bool) -> None:
    """List what a person was called for and has had no all-clear; close what is done."""
    config, folder = settings(config_file, data)
    with plain_errors():
        if close is None:
            told = alerts_told(config, known(folder))["open"]
        else:
            told = _close(config, folder, close)
    if as_json:
        click.echo(msgspec.json.encode(told).decode())
        return
    for one in told:
        say(f"{'closed: ' if close else ''}{one['code']}:{one['about']}  since {one['since']}")
        say(f"  {one['text']}")
    if not told:
        click.echo("nothing rings")


def _close(config: Config, folder: Path, what: str) -> list[dict[str, Any]]:
    code, _, about = what.partition(":")
    if control.is_running(folder):
        (closed,) = control.ask(folder, "close", code=code, about=about or None, by=me())
        return list(closed)
    with desk_in(config, known(folder)) as desk:
        closed = close_alerts(Alerts(folder, utc_now), code, about or None, me())
        noted(desk, "close", code=code)
        return list(closed)


def alert_findings(config: Config, folder: Path) -> Iterator[str]:
    """What is wrong with this desk by its alerts; and what would keep it from calling anybody."""
    try:
        _routes(config)
    except ConfigError as error:
        yield f"{error}; the desk does not start without it"
    yield from (_line(bell) for bell in opened(folder) if bell.code not in FOR_EDITORS)


def alert_warnings(folder: Path) -> Iterator[str]:
    """What waits for an editor: the desk is well, and somebody has something to look at."""
    for bell in opened(folder):
        if bell.code in FOR_EDITORS:
            done = f"when it is done: `copytaster alerts --close {bell.code}:{bell.about}`"
            yield f"{_line(bell)}; {done}"


def _line(bell: Bell) -> str:
    since = bell.since.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"alert {bell.code} since {since}: {bell.text}"


def whom(alerts: Mapping[str, Any]) -> str:
    """Who is called, in one line."""
    ways = [f"{route['route']} ({route['to']})" for route in alerts["routes"]]
    return "alerts go by " + ", ".join(ways) if ways else "alerts are printed and kept only"
