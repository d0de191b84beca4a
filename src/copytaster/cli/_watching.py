"""Commands about what readers really see: drills and the patrol."""

import json
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from copytaster.cli._manners import REFUSED
from copytaster.cli._manners import Refused
from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import common
from copytaster.cli._manners import known
from copytaster.cli._manners import looking_in
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import say
from copytaster.cli._manners import settings
from copytaster.newsroom import control
from copytaster.newsroom import drill_report
from copytaster.newsroom import patrol_report
from copytaster.newsroom import proof_history
from copytaster.newsroom.drill_report import Outcome
from copytaster.newsroom.drill_report import Report

_GRAVE = ("critical", "major")


@click.command()
@click.option("--last", is_flag=True, help="Show the last drill instead of running one.")
@click.option("--history", is_flag=True, help="List what drills and kills took in 90 days.")
@common
@as_json_option
def drill(
    last: bool, history: bool, config_file: Path | None, data: Path | None, as_json: bool
) -> None:
    """Publish and kill a story of the desk's own now, and say how it went everywhere."""
    config, folder = settings(config_file, data)
    if last and history:
        raise click.UsageError("give --last or --history, not both")
    if history:
        _history(config_file, data, as_json=as_json)
        return
    with plain_errors():
        if last:
            with looking_in(config, folder) as desk:
                report = drill_report.last(desk.store)
            if report is None:
                raise Refused("no drill was ever run on this desk; run one with `copytaster drill`")
        else:
            report = _run_in(known(folder))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(report)).decode())
    else:
        _print_drill(report)
    if report.outcome is not Outcome.clean:
        raise SystemExit(REFUSED)


def _run_in(folder: Path) -> Report:
    if not control.is_running(folder):
        raise Refused(
            f"no desk runs on {folder}: without its public site a drill proves nothing; "
            "start `copytaster run`, then ask again"
        )
    (told,) = control.ask(folder, "drill")
    return msgspec.convert(told, type=Report)


def _history(config_file: Path | None, data: Path | None, *, as_json: bool) -> None:
    """Only looks, beside a running desk too."""
    config, folder = settings(config_file, data)
    with plain_errors(), looking_in(config, folder) as desk:
        found = proof_history.times(desk.store, desk.clock() - drill_report.REMEMBERED)
    if as_json:
        click.echo(json.dumps(proof_history.times_told(found), indent=2))
        return
    for one in found.drills:
        began, took = one.began.isoformat(timespec="seconds"), _seconds(one.to_clean)
        say(f"{began}  drill  {_seconds(one.to_publish)} to page  {took} to clean  {one.outcome}")
    for kill in found.kills:
        at, took = kill.at.isoformat(timespec="seconds"), _seconds(kill.to_clean)
        say(f"{at}  kill   {took} to clean  /s/{kill.story}  {kill.reason or 'agency'}")
    if not found.drills and not found.kills:
        say("no drill and no kill in the last 90 days; hold a drill with `copytaster drill`")


def _seconds(seconds: float | None) -> str:
    return "        –" if seconds is None else f"{seconds:7.3f} s"


def _print_drill(report: Report) -> None:
    click.echo(f"drill of {report.began.isoformat(timespec='seconds')}: {report.outcome}")
    if report.story is not None:
        click.echo(f"story /s/{report.story}")
    for row in report.surfaces:
        took = _seconds(row.seconds)
        mark = "clean" if row.clean else f"NOT CLEAN: {row.detail}"
        say(f"  {took}  {row.status or '---'}  {row.kind:4}  {row.address}  {mark}")
    for fault in report.faults:
        say(f"wrong: {fault}")
    clean = sum(row.clean for row in report.surfaces)
    click.echo(f"{clean} of {len(report.surfaces)} public addresses clean")
    say(drill_report.in_words(report))


@click.command()
@common
@as_json_option
def patrol(config_file: Path | None, data: Path | None, as_json: bool) -> None:
    """Show what the patrol found at public addresses, and how far it is."""
    config, folder = settings(config_file, data)
    with plain_errors(), looking_in(config, folder) as desk:
        told = patrol_report.told(desk.store)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(told)).decode())
    else:
        _print_patrol(told, per_minute=config.patrol.per_minute)
    if any(told["open"][severity] for severity in _GRAVE):
        raise SystemExit(REFUSED)


def _print_patrol(told: Mapping[str, Any], *, per_minute: int) -> None:
    _print_progress(told["progress"], per_minute)
    still = [one for one in told["findings"] if one["resolved"] is None]
    ended = [one for one in told["findings"] if one["resolved"] is not None]
    counted = "  ".join(f"{severity} {n}" for severity, n in told["open"].items())
    click.echo(f"open findings: {counted}" if still else "open findings: none")
    _print_findings(still, "since", "firstSeen")
    if ended:
        click.echo("right again, the latest first:")
        _print_findings(ended, "until", "resolved")


def _print_progress(progress: Mapping[str, Any], per_minute: int) -> None:
    if not per_minute:
        click.echo("the patrol is switched off ([patrol] per_minute = 0)")
    if progress["lastLook"] is None:
        click.echo("the patrol has not looked at anything yet; it goes while `copytaster run` does")
        return
    click.echo(
        f"{progress['perMinute']:g} addresses a minute, {progress['looked']} in this round, "
        f"last look {progress['lastLook'][:19]}"
    )
    if progress["roundEnded"] is not None:
        click.echo(
            f"last whole round: {progress['roundLooked']} addresses, "
            f"{str(progress['roundBegan'])[:19]} to {progress['roundEnded'][:19]}"
        )


def _print_findings(findings: Sequence[Mapping[str, Any]], word: str, key: str) -> None:
    for one in findings:
        when = f"{word} {one[key][:19]}"
        say(f"  {one['severity']:8}  {when}  {one['address']}  {one['code']}: {one['detail']}")
