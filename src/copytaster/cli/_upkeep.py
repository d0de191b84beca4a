"""Commands about the desk as a whole: pausing, keeping and examining it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from copytaster import store as stores
from copytaster.cli._calling import alert_findings
from copytaster.cli._calling import alert_warnings
from copytaster.cli._calling import alerts_told
from copytaster.cli._calling import try_routes
from copytaster.cli._calling import whom
from copytaster.cli._manners import REFUSED
from copytaster.cli._manners import Refused
from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import common
from copytaster.cli._manners import desk_in
from copytaster.cli._manners import known
from copytaster.cli._manners import looking_in
from copytaster.cli._manners import noted
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import say
from copytaster.cli._manners import settings
from copytaster.config import Config
from copytaster.newsroom import Desk
from copytaster.newsroom import acknowledging
from copytaster.newsroom import control
from copytaster.newsroom import drill_schedule
from copytaster.newsroom import erasing
from copytaster.newsroom import house_rules
from copytaster.newsroom import licence
from copytaster.newsroom import log_report
from copytaster.newsroom import patrol_report
from copytaster.newsroom import restoring


@click.command()
@click.argument("source", required=False, default="*")
@common
def pause(source: str, config_file: Path | None, data: Path | None) -> None:
    """Stop publishing (all, or SOURCE); receiving, holds and kills go on."""
    config, folder = settings(config_file, data)
    with plain_errors():
        if control.is_running(folder):
            list(control.ask(folder, "pause", source=source))
        else:
            with desk_in(config, folder) as desk:
                desk.pause(source)
                noted(desk, "pause", source=source)
    click.echo(f"publishing is paused ({'all' if source == '*' else source}); receiving goes on")


@click.command()
@click.argument("source", required=False, default="*")
@common
def resume(source: str, config_file: Path | None, data: Path | None) -> None:
    """Publish again (all, or SOURCE), beginning with what waited."""
    config, folder = settings(config_file, data)
    with plain_errors():
        if control.is_running(folder):
            (now,) = control.ask(folder, "resume", source=source)
        else:
            with desk_in(config, known(folder)) as desk:
                now = {"waited": desk.resume(source), "paused": sorted(desk.paused)}
                noted(desk, "resume", source=source)
                desk.settle()
    click.echo(f"publishing again; {now['waited']} stories waited and are looked at")
    if now["paused"]:
        click.echo(f"still paused: {' '.join(now['paused'])}")


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@common
def backup(target: Path, config_file: Path | None, data: Path | None) -> None:
    """Write a consistent copy of everything kept to the file TARGET, while the desk runs."""
    config, folder = settings(config_file, data)
    with plain_errors():
        if control.is_running(folder):
            list(control.ask(folder, "backup", target=str(target.resolve())))
        else:
            with desk_in(config, known(folder)) as desk:
                desk.store.backup(target)
                noted(desk, "backup")
    click.echo(f"backed up to {target}; bring it back with `copytaster restore {target}`")


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Move what is in the data folder aside first.")
@common
def restore(source: Path, replace: bool, config_file: Path | None, data: Path | None) -> None:
    """Put the backup SOURCE into the data folder. No desk may be running on it."""
    config, folder = settings(config_file, data)
    with plain_errors():
        stores.restore(source, folder, replace=replace)
        # The pages of another past: the store can make its own, and would not know these.
        _empty(folder / "site")
        click.echo(f"restored {source} into {folder}; pages are made again as they are asked for")
        _carry_over(config, folder)


def _empty(folder: Path) -> None:
    """The folder itself stays, with whoever was given leave to read it; and the public log:
    what others have read of it cannot be made otherwise."""
    for path in folder.glob("*"):
        if path.name != "log":
            shutil.rmtree(path, ignore_errors=True)


def _carry_over(config: Config, folder: Path) -> None:
    """Take back what was taken back after the backup; exit code 1 when that cannot be known."""
    faults: list[str] = []
    with desk_in(config, folder) as desk:
        desk.freshness.forget()
        for place, aside in enumerate(restoring.replaced(folder)):
            try:
                done = restoring.carry_over(desk, aside, only_kills=place > 0)
            except stores.StoreError as error:
                faults.append(f"{aside} ({error})")
                continue
            _print_carried(done)
            faults += done.faults
        erasing.sweep(desk)
        desk.catch_up()
    if faults:
        raise Refused(
            f"not carried over: {'; '.join(faults)}: what was killed or held since the backup may "
            "be live again; before the desk runs, close the gap by hand (docs/how-to/backup.md)"
        )


def _print_carried(done: restoring.CarriedOver) -> None:
    said = {
        "killed": done.killed,
        "erased": done.erased,
        "held": done.held,
        "taken away": done.pictures,
    }
    for kind, what in said.items():
        for name in what:
            say(f"{kind}, as it was in the store that was replaced: {name}")


@click.command()
@click.option("--alert", is_flag=True, help="Only send a test alert by every route of [alerts].")
@common
@as_json_option
def doctor(config_file: Path | None, data: Path | None, alert: bool, as_json: bool) -> None:
    """Say what is wrong with configuration, disk, store and feeds, and how to mend it."""
    config, folder = settings(config_file, data)
    with plain_errors():
        if alert:
            try_routes(config, as_json=as_json)
            return
        with looking_in(config, folder) as desk:
            findings = list(_findings(desk, folder))
            warnings = [*licence.warnings(desk.house, desk.store), *alert_warnings(folder)]
            counts = desk.store.counts()
        alerts = alerts_told(config, folder)
    if as_json:
        told = {"findings": findings, "warnings": warnings, "counts": counts, "alerts": alerts}
        click.echo(msgspec.json.encode(told).decode())
    else:
        click.echo("  ".join(f"{key} {value}" for key, value in sorted(counts.items())))
        say(whom(alerts))
        for finding in findings:
            say(f"wrong: {finding}")
        for warning in warnings:
            say(f"warning: {warning}")
        click.echo(f"{len(findings)} findings" if findings else "nothing wrong was found")
    if findings:
        raise SystemExit(REFUSED)


def _findings(desk: Desk, folder: Path) -> Iterator[str]:
    yield from desk.store.check()
    free = shutil.disk_usage(folder).free
    reserve = desk.house.config.limits.disk_reserve_bytes
    if free < reserve:
        yield f"{folder}: {free} bytes free, below the reserve of {reserve}: make room"
    if desk.store.erasures.is_owed:
        yield "an erasure was cut off: say `copytaster erase` of that story again"
    for letter in desk.store.dead_letters(20):
        yield f"dead letter {letter.delivery} from {letter.source}: {letter.error}"
    yield from alert_findings(desk.house.config, folder)
    yield from acknowledging.faults(desk.house)
    for trip in desk.tripped.values():
        yield f"the breaker has stopped {trip.told}"
    if desk.paused:
        yield f"publishing is paused ({' '.join(sorted(desk.paused))}): `copytaster resume`"
    yield from _rules_findings(desk, folder)
    yield from licence.findings(desk.house, desk.store)
    yield from drill_schedule.faults(desk.store, desk.house.config.drill.every_hours, desk.clock())
    yield from patrol_report.faults(desk.store)
    yield from log_report.faults(desk.store, desk.pressroom.folder.log, folder)
    if desk.house.config.site.url is None:
        yield "no [site] url: pages name the listening address; set it before readers come"


def _rules_findings(desk: Desk, folder: Path) -> Iterator[str]:
    config = desk.house.config
    in_force, fault = house_rules.current(config, house_rules.place(config, folder), desk.store)
    if fault is not None:
        yield f"{fault}: {len(in_force)} rules read before are in force; mend the file"
