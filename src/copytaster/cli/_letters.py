"""Dead letters, shown to a person and ended by one."""

import sys
from pathlib import Path

import click
import msgspec

from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import common
from copytaster.cli._manners import desk_in
from copytaster.cli._manners import known
from copytaster.cli._manners import looking_in
from copytaster.cli._manners import me
from copytaster.cli._manners import noted
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import say
from copytaster.cli._manners import settings
from copytaster.config import Config
from copytaster.newsroom import control
from copytaster.newsroom import letter_orders


@click.command()
@click.argument("deliveries", nargs=-1)
@click.option("--dismiss", is_flag=True, help="Have done with them: a person has read them.")
@click.option("--reason", help="Why they are dismissed, for the record.")
@common
@as_json_option
def letters(
    deliveries: tuple[str, ...],
    dismiss: bool,
    reason: str | None,
    config_file: Path | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """List what could not be read; with one delivery's id, print its bytes as they came."""
    if dismiss and not (deliveries and reason):
        raise click.UsageError("--dismiss needs the ids of dead letters, and --reason")
    if not dismiss and (reason or len(deliveries) > 1):
        raise click.UsageError("name one delivery to see its bytes; --reason goes with --dismiss")
    config, folder = settings(config_file, data)
    with plain_errors():
        if dismiss:
            _dismiss(config, folder, deliveries, reason or "", as_json=as_json)
        elif deliveries:
            with looking_in(config, folder) as desk:
                found = letter_orders.bytes_of(desk, deliveries[0])
            _show(found)
        else:
            _list(config, folder, as_json=as_json)


def _show(found: bytes) -> None:
    """As they came, for a file or a pager; on a terminal nothing in them may steer it."""
    if not sys.stdout.isatty():
        sys.stdout.buffer.write(found)
        return
    for line in found.decode(errors="replace").splitlines():
        say(line)


def _list(config: Config, folder: Path, *, as_json: bool) -> None:
    with looking_in(config, folder) as desk:
        told = letter_orders.letters_told(desk)
    for letter in told:
        if as_json:
            click.echo(msgspec.json.encode(letter).decode())
        else:
            say(
                f"{letter['delivery']}  {letter['received']}  {letter['source']}  "
                f"{letter['agency']}: {letter['error']}"
            )
    if not told and not as_json:
        click.echo("there are no dead letters")


def _dismiss(
    config: Config, folder: Path, deliveries: tuple[str, ...], why: str, *, as_json: bool
) -> None:
    said = {"why": why, "by": me()}
    if control.is_running(folder):
        (ended,) = control.ask(folder, "dismiss", deliveries=list(deliveries), **said)
    else:
        with desk_in(config, known(folder)) as desk:
            ended = letter_orders.dismiss(desk, deliveries, **said)
            noted(desk, "dismiss", deliveries=deliveries, **said)
    if as_json:
        click.echo(msgspec.json.encode({"dismissed": ended}).decode())
    else:
        click.echo(f"dismissed {' '.join(ended)}; the bytes stay, `copytaster retry` reads them")
