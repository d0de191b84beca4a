"""Handing files to a desk, running or not."""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec

from copytaster.cli._manners import REFUSED
from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import common
from copytaster.cli._manners import complain
from copytaster.cli._manners import desk_in
from copytaster.cli._manners import file_name
from copytaster.cli._manners import known
from copytaster.cli._manners import noted
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import progress
from copytaster.cli._manners import say
from copytaster.cli._manners import settings
from copytaster.config import Config
from copytaster.newsroom import Desk
from copytaster.newsroom import control
from copytaster.newsroom import letter_orders
from copytaster.newsroom import orders


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", default="inbox", show_default=True, help="The way in it came by.")
@click.option("--agency", help="Whose copy it is, where the source does not say.")
@click.option("--archive", is_flag=True, help="Keep only: back-fill is never published.")
@common
@as_json_option
def receive(
    files: tuple[Path, ...],
    source: str,
    agency: str | None,
    archive: bool,
    config_file: Path | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """Hand FILES in as deliveries; one line per item with its verdict and reasons."""
    config, folder = settings(config_file, data)
    refused = False
    way = {"source": source, "agency": agency, "archive": archive}
    with (
        plain_errors(),
        _receiver(config, folder, way) as take,
        progress("Receiving", len(files), quiet=as_json) as step,
    ):
        for path in files:
            for line in _received(path, take, config.limits.delivery_bytes):
                refused |= "error" in line
                _print_received(line, as_json=as_json)
            step()
    if refused:
        raise SystemExit(REFUSED)


_Take = Callable[[orders.Handed], list[dict[str, Any]]]


def _received(path: Path, take: _Take, limit: int) -> list[dict[str, Any]]:
    """What became of one file; one that cannot be taken is refused and stops no other."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        return [{"file": file_name(path), "error": error.strerror}]
    if len(data) > limit:
        return [
            {"file": file_name(path), "error": f"more than {limit} bytes, the limit of a delivery"}
        ]
    return take(orders.Handed(name=file_name(path), data=data))


@contextmanager
def _receiver(config: Config, folder: Path, way: Mapping[str, Any]) -> Iterator[_Take]:
    """Hands a file to the running desk, else to the data folder's own."""
    if control.is_running(folder):
        yield lambda file: [
            line
            for lines in control.ask(folder, "receive", files=msgspec.to_builtins([file]), **way)
            for line in lines
        ]
        return
    with desk_in(config, folder) as desk:
        yield lambda file: _take_alone(desk, file, way)


def _take_alone(desk: Desk, file: orders.Handed, way: Mapping[str, Any]) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for name, delivery in orders.receive(desk, [file], **way):
        desk.settle()
        fate = desk.store.fate(delivery)
        lines += orders.fate_told(desk, name, fate) if fate else []
    return lines


@click.command()
@click.argument("deliveries", nargs=-1)
@common
@as_json_option
def retry(
    deliveries: tuple[str, ...], config_file: Path | None, data: Path | None, as_json: bool
) -> None:
    """Read dead letters again: those named by their delivery's id, else all of them."""
    config, folder = settings(config_file, data)
    refused = False
    count = 0
    with plain_errors():
        for line in _retried(config, folder, deliveries):
            refused |= "error" in line
            count += 1
            _print_received(line, as_json=as_json)
    if not count and not as_json:
        click.echo("there are no dead letters")
    if refused:
        raise SystemExit(REFUSED)


def _retried(config: Config, folder: Path, deliveries: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    if control.is_running(folder):
        for lines in control.ask(folder, "retry", deliveries=list(deliveries)):
            yield from lines
        return
    with desk_in(config, known(folder)) as desk:
        retried = letter_orders.retry(desk, deliveries)
        noted(desk, "retry", deliveries=deliveries)
        desk.settle()
        for delivery in retried:
            fate = desk.store.fate(delivery)
            yield from orders.fate_told(desk, delivery, fate) if fate else ()


def _print_received(line: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(line).decode())
    elif "error" in line:
        complain(f"{line['file']}: refused: {line['error']}")
    elif "aside" in line:
        say(f"{line['file']}: set aside: {line['aside']}")
    else:
        reasons = "; ".join(reason["sentence"] for reason in line["reasons"])
        say(
            f"{line['file']}: {line['state']}: {line['story']} {line['guid']}"
            + (f": {reasons}" if reasons else "")
        )
