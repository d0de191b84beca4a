"""What ``doctor`` says of alerts: what rings, whom it calls, and whether they can be reached."""

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
from copytaster.cli._manners import say
from copytaster.config import Config
from copytaster.config import ConfigError
from copytaster.newsroom.alerts import opened
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
        "open": [
            {
                "code": bell.code,
                "about": bell.about,
                "text": bell.text,
                "since": bell.since.isoformat(),
                "last": bell.rang.isoformat(),
                "times": bell.times,
                "told": sorted(bell.told),
            }
            for bell in opened(folder)
        ],
    }


def alert_findings(config: Config, folder: Path) -> Iterator[str]:
    """Each alert that had no all-clear; and what would keep the desk from calling anybody."""
    try:
        _routes(config)
    except ConfigError as error:
        yield f"{error}; the desk does not start without it"
    for bell in opened(folder):
        since = bell.since.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
        yield f"alert {bell.code} since {since}: {bell.text}"


def whom(alerts: Mapping[str, Any]) -> str:
    """Who is called, in one line."""
    ways = [f"{route['route']} ({route['to']})" for route in alerts["routes"]]
    return "alerts go by " + ", ".join(ways) if ways else "alerts are printed and kept only"
