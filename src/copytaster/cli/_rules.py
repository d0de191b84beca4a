"""The house's own rules: begun from those that ship, checked, tried on what was received."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import msgspec

from copytaster import rules as house_file
from copytaster.cli._manners import Failure
from copytaster.cli._manners import Refused
from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import common
from copytaster.cli._manners import complain
from copytaster.cli._manners import counted
from copytaster.cli._manners import looking_in
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import say
from copytaster.cli._manners import settings
from copytaster.config import Config
from copytaster.newsroom import Desk
from copytaster.newsroom import control
from copytaster.newsroom import house_rules
from copytaster.newsroom.house_rules import Backtest
from copytaster.newsroom.house_rules import Outcome
from copytaster.newsroom.house_rules import Trial
from copytaster.rules import Rule
from copytaster.rules import digest

_SPAN = re.compile(r"([1-9][0-9]{0,5})([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_NEWEST = 2**62
"""above every story's number"""


@click.group()
def rules() -> None:
    """Rules of the house: which stories wait for an editor, and for which one is called."""


@rules.command("list")
@common
@as_json_option
def list_(config_file: Path | None, data: Path | None, as_json: bool) -> None:
    """Print the rules of the house, in the order in which they are asked, and which of them were
    never tried on what was received."""
    config, folder = settings(config_file, data)
    path = house_rules.place(config, folder)
    with plain_errors(), looking_in(config, folder) as desk:
        found, fault = house_rules.current(config, path, desk.store)
        tried = house_rules.trials(desk.store)
    if as_json:
        told = [_rule_told(rule, tried) for rule in found]
        _print_json({"file": str(path), "fault": fault, "rules": told})
    elif not found and fault is None:
        say(f"{path}: no rules; `copytaster rules begin` writes a file with those that ship")
    else:
        for rule in found:
            say(_line(rule, tried.get(digest(rule))))
    if fault is not None:
        raise Refused(f"{fault}; {len(found)} rules read before are in force")


def _rule_told(rule: Rule, tried: Mapping[str, Trial]) -> dict[str, Any]:
    told = msgspec.structs.asdict(rule)
    del told["asked"]
    return {**told, "tried": tried.get(digest(rule))}


def _line(rule: Rule, tried: Trial | None) -> str:
    does = f"{rule.then.value}{' and call' if rule.notify else ''}{', stop' if rule.stop else ''}"
    if not rule.enabled:
        told = "not enabled"
    elif tried is None:
        told = "never tried: `copytaster rules test`"
    else:
        share = tried.matches / tried.versions if tried.versions else 0.0
        told = f"tried {tried.at:%Y-%m-%d}: {tried.matches} of {tried.versions} ({share:.2%})"
    return f"{rule.name}  {does}, priority {rule.priority}  {told}"


@rules.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@common
@as_json_option
def check(file: Path | None, config_file: Path | None, data: Path | None, as_json: bool) -> None:
    """Read FILE, or the house's own, and say what is wrong with it."""
    config, folder = settings(config_file, data)
    path = file or house_rules.place(config, folder)
    with plain_errors():
        found = house_rules.load(path, config.site.zone)
    enabled = sum(rule.enabled for rule in found)
    if as_json:
        _print_json({"file": str(path), "rules": len(found), "enabled": enabled})
    else:
        say(f"{path}: {len(found)} rules, {enabled} enabled; nothing is wrong with the file")


@rules.command()
@as_json_option
def seeds(as_json: bool) -> None:
    """Print the rules that ship: in force nowhere until a house takes them over."""
    if as_json:
        _print_json([_rule_told(rule, {}) for rule in house_file.seeds()])
    else:
        click.echo(house_file.begun().decode(), nl=False)


@rules.command()
@common
def begin(config_file: Path | None, data: Path | None) -> None:
    """Write a rules file with those that ship, to be changed. A file that is there stays."""
    config, folder = settings(config_file, data)
    path = house_rules.place(config, folder)
    with plain_errors():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with path.open("xb") as file:
                file.write(house_file.begun())
        except FileExistsError as error:
            raise Failure(
                f"{path} is there already; see those that ship with `copytaster rules seeds`"
            ) from error
    found = house_file.seeds()
    off = " ".join(rule.name for rule in found if not rule.enabled)
    say(
        f"{path}: {len(found)} rules; in force as soon as the desk has read them, but for those "
        f"that are not enabled: {off}; try them: `copytaster rules test`"
    )


# --- trying --------------------------------------------------------------------------------


@rules.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--since",
    default="7d",
    show_default=True,
    help="How far back: 90m, 24h, 7d, 4w; or a day, or an instant.",
)
@common
@as_json_option
def test(
    file: Path | None, since: str, config_file: Path | None, data: Path | None, as_json: bool
) -> None:
    """Ask the rules of FILE, or the house's own, of what was received, and print what would have
    gone another way. Changes nothing."""
    config, folder = settings(config_file, data)
    path = file or house_rules.place(config, folder)
    with plain_errors(), looking_in(config, folder) as desk:
        found = house_rules.load(path, config.site.zone)
        done = _tried(desk, found, _instant(since, desk.clock(), config), quiet=as_json)
        _keep(desk, folder, house_rules.record(done))
    if as_json:
        _print_json(_told(done))
    else:
        for line in _lines(done):
            say(line)
    for name in done.too_much:
        complain(
            f"warning: rule {name} would hold {done.holds[name]} of {done.versions} versions "
            f"({_share(done.holds[name], done)}): is that meant?"
        )


def _instant(since: str, now: datetime, config: Config) -> datetime:
    span = _SPAN.fullmatch(since)
    try:
        if span is not None:
            return now - timedelta(**{_UNITS[span[2]]: int(span[1])})
        at = datetime.fromisoformat(since)
        return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(config.site.zone or "UTC"))
    except (ValueError, OverflowError) as error:
        raise Failure(f"--since {since}: give 90m, 24h, 7d, 4w, a day or an instant") from error


def _tried(desk: Desk, found: tuple[Rule, ...], since: datetime, *, quiet: bool) -> Backtest:
    newest = desk.store.story_before(_NEWEST)
    with counted("Asking", newest.number if newest else 0, quiet=quiet) as at:
        return house_rules.backtest(
            desk.house, desk.store, found, since, desk.clock(), lambda number: at("Asking", number)
        )


def _keep(desk: Desk, folder: Path, record: str) -> None:
    """That these rules were tried; a running desk keeps it itself."""
    if control.is_running(folder):
        list(control.ask(folder, "rules-tried", kept=record))
    else:
        house_rules.keep_trials(desk.store, record)


def _told(done: Backtest) -> dict[str, Any]:
    return {
        "since": done.since,
        "until": done.until,
        "versions": done.versions,
        "held": done.held,
        "rules": [
            {"name": name, "matches": done.matches[name], "holds": done.holds[name]}
            for name in done.matches
        ],
        "tooMuch": done.too_much,
        "heldNow": done.more,
        "heldThen": done.fewer,
    }


def _lines(done: Backtest) -> Iterator[str]:
    yield (
        f"{done.versions:,} versions since {done.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC: "
        f"{done.held:,} would wait for an editor ({_share(done.held, done)})"
    )
    for name, count in done.matches.items():
        yield f"  {name}: {count:,} answer, {done.holds[name]:,} held ({_share(count, done)})"
    yield f"held by these rules, and were not: {len(done.more):,}"
    yield from map(_outcome, done.more)
    yield f"were held, and not by these rules: {len(done.fewer):,}"
    yield from map(_outcome, done.fewer)


def _share(count: int, done: Backtest) -> str:
    return f"{count / done.versions:.2%}" if done.versions else "0%"


def _outcome(one: Outcome) -> str:
    return (
        f"  {one.received.astimezone(UTC):%Y-%m-%d %H:%M:%S}  {one.story}  {one.agency}  "
        f"{one.rule}  {one.headline or '(no headline)'}"
    )


def _print_json(told: object) -> None:
    click.echo(msgspec.json.encode(told).decode())
