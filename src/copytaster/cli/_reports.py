"""Readers' reports in a shell: what waits, what was said, what is answered, what is disclosed."""

import csv
import io
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

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
from copytaster.newsroom import control
from copytaster.newsroom import report_orders

_SAID = (
    ("story", "story"),
    ("name", "from"),
    ("email", "e-mail"),
    ("received", "received"),
    ("acknowledgeBy", "to be acknowledged by"),
    ("acknowledged", "acknowledged"),
    ("decideBy", "to be decided by"),
    ("answered", "answered"),
    ("closed", "closed"),
    ("keptUntil", "destroyed after"),
)


@click.command()
@click.argument("ticket", required=False)
@click.option("--acknowledge", is_flag=True, help="Somebody has read it: say so to its sender.")
@click.option("--answer", help="The answer: its sender reads it on the page of the ticket.")
@click.option("--close", is_flag=True, help="Have done with it.")
@click.option("--all", "settled", is_flag=True, help="List answered and closed ones as well.")
@click.option("--month", help="The disclosure of a month (2026-11): numbers, and no persons.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the disclosure as CSV.")
@common
@as_json_option
def reports(
    ticket: str | None,
    acknowledge: bool,
    answer: str | None,
    close: bool,
    settled: bool,
    month: str | None,
    as_csv: bool,
    config_file: Path | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """List what readers reported and waits, with the time that is left; show or answer TICKET."""
    settles = acknowledge or close or answer is not None
    _refuse_misuse(ticket, month, settles=settles, settled=settled, csv=as_csv, json=as_json)
    config, folder = settings(config_file, data)
    with plain_errors():
        if month is not None:
            _disclose(config, folder, month, as_csv=as_csv, as_json=as_json)
        elif ticket is None:
            _list(config, folder, settled=settled, as_json=as_json)
        elif settles:
            _told(_settle(config, folder, ticket, answer, close=close), as_json=as_json)
        else:
            with looking_in(config, folder) as desk:
                told = report_orders.report_told(desk, report_orders.named(desk, ticket))
            _told(told, as_json=as_json)


def _refuse_misuse(
    ticket: str | None, month: str | None, *, settles: bool, settled: bool, csv: bool, json: bool
) -> None:
    if settles and ticket is None:
        raise click.UsageError("--acknowledge, --answer and --close need the ticket of a report")
    if month is not None and (ticket is not None or settled):
        raise click.UsageError("--month tells of all reports of a month: leave the rest out")
    if ticket is not None and settled:
        raise click.UsageError("--all lists reports: leave the ticket out")
    if csv and (month is None or json):
        raise click.UsageError("--csv goes with --month, and without --json")


def _list(config: Config, folder: Path, *, settled: bool, as_json: bool) -> None:
    with looking_in(config, folder) as desk:
        told = report_orders.reports_told(desk, settled=settled)
    for one in told:
        if as_json:
            click.echo(msgspec.json.encode(one).decode())
        else:
            say(_line(one))
    if not told and not as_json:
        click.echo("no reports are kept" if settled else "no report waits")


def _line(one: Mapping[str, Any]) -> str:
    about = f"/s/{one['story']}" if one["story"] else "no story"
    left = _left(one)
    return f"{one['ticket']}  {one['received']}  {one['state']}  {one['kind']}  {about}{left}"


def _left(one: Mapping[str, Any]) -> str:
    """How long there is for what was promised next."""
    seconds = one["secondsLeft"]
    if seconds is None:
        return ""
    hours, minutes = divmod(abs(seconds) // 60, 60)
    span = f"{hours // 24} d {hours % 24} h" if hours >= 48 else f"{hours} h {minutes} min"
    if seconds < 0:
        return f"  {one['next']}: {span} LATE"
    return f"  {one['next']}: {span} left"


def _told(one: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(one).decode())
        return
    say(_line(one))
    for key, label in _SAID:
        if one[key] is not None:
            say(f"  {label}: {'/s/' if key == 'story' else ''}{one[key]}")
    for line in one["text"].splitlines():
        say(f"  | {line}")
    if one["answer"] is not None:
        say("  the answer:")
        for line in one["answer"].splitlines():
            say(f"  > {line}")


def _settle(
    config: Config, folder: Path, ticket: str, answer: str | None, *, close: bool
) -> dict[str, Any]:
    if control.is_running(folder):
        (told,) = control.ask(folder, "report", ticket=ticket, answer=answer, close=close)
        return dict(told)
    with desk_in(config, known(folder)) as desk:
        told = report_orders.settle(desk, ticket, answer=answer, close=close)
        noted(desk, "report", ticket=ticket)
        return told


def _disclose(config: Config, folder: Path, month: str, *, as_csv: bool, as_json: bool) -> None:
    with looking_in(config, folder) as desk:
        told = report_orders.month_told(desk, month)
    if as_json:
        click.echo(msgspec.json.encode(told).decode())
    elif as_csv:
        click.echo(_csv(month, told["reports"]), nl=False)
    else:
        click.echo(f"reports received in {month} ({told['zone']}), as they stand now:")
        for one in told["reports"]:
            click.echo(_counted(one, promised=told["terms"] is not None))


def _counted(one: Mapping[str, Any], *, promised: bool) -> str:
    acknowledged, decided = str(one["acknowledged"]), str(one["decided"])
    if promised:
        acknowledged += f" ({one['acknowledgedInTime']} in time)"
        decided += f" ({one['decidedInTime']} in time)"
    return (
        f"{one['kind']:9} received {one['received']}, acknowledged {acknowledged}, "
        f"decided {decided}, pending {one['pending']}"
    )


_COLUMNS = (
    ("kind", "kind"),
    ("received", "received"),
    ("acknowledged", "acknowledged"),
    ("acknowledged_in_time", "acknowledgedInTime"),
    ("decided", "decided"),
    ("decided_in_time", "decidedInTime"),
    ("pending", "pending"),
)


def _csv(month: str, lines: Sequence[Mapping[str, Any]]) -> str:
    """RFC 4180, with a head."""
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(["month", *(column for column, _ in _COLUMNS)])
    table.writerows([[month, *(one[key] for _, key in _COLUMNS)] for one in lines])
    return file.getvalue()
