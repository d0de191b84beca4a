"""Commands about one story: what is known of it, and what the desk decides."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from copytaster.cli._manners import REFUSED
from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import common
from copytaster.cli._manners import desk_in
from copytaster.cli._manners import known
from copytaster.cli._manners import looking_in
from copytaster.cli._manners import me
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import say
from copytaster.cli._manners import settings
from copytaster.config import Config
from copytaster.newsroom import control
from copytaster.newsroom import orders
from copytaster.newsroom.terminal import plain
from copytaster.story import DecisionKind

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T")
_REASONS = ("desk", "agency", "legal", "rights")


@click.command()
@click.argument("id")
@common
@as_json_option
def story(id: str, config_file: Path | None, data: Path | None, as_json: bool) -> None:
    """Show story ID: its state and why, its versions, its history, and what was seen where."""
    config, folder = settings(config_file, data)
    with plain_errors(), looking_in(config, folder) as desk:
        told = orders.dossier(desk, _id(id))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(told)).decode())
    else:
        _print_story(told)


def _id(address: str) -> str:
    """The story id in an address or as it is."""
    address = os.fsencode(address).decode(errors="replace")
    return address.rstrip("/").rpartition("/s/")[2].partition("/")[0].partition(".")[0]


def _print_story(told: Mapping[str, Any]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = _WIDEST
    console.print(_words(told["address"], "bold"), told["agency"], _words(told["guid"]), sep="  ")
    console.print(
        Text.assemble(
            "state    ", (told["state"], "bold"), f", shown to the public as {told['face']}"
        )
    )
    for reason in told["reasons"]:
        sentence = _words(reason["sentence"])
        console.print(Text.assemble("because  ", sentence, " ", (reason["code"], "dim")))
    _table(console, "Versions", told["versions"], _VERSION_COLUMNS)
    _table(console, "Decisions", told["decisions"], ("at", "kind", "by", "reason"))
    _table(console, "History", told["events"], ("at", "kind", "edition", "reason", "note"))
    _table(console, "Receipts", told["receipts"], _RECEIPT_COLUMNS)
    _table(console, "Rights", told["rights"], _RIGHTS_COLUMNS)


_WIDEST = 100_000
"""columns when no person watches: a program finds each row on one line"""
_VERSION_COLUMNS = ("received", "version", "status", "embargo", "format", "source", "headline")
_RIGHTS_COLUMNS = ("use", "open", "until", "rule", "words")
_RECEIPT_COLUMNS = ("address", "kind", "status", "clean", "seconds", "detail")


def _table(
    console: Console, title: str, rows: list[Mapping[str, Any]], columns: tuple[str, ...]
) -> None:
    if not rows:
        console.print(_words(f"{title}: none", "dim"))
        return
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, no_wrap=column != "headline")
    for row in rows:
        table.add_row(*(_words(_cell(row[column])) for column in columns))
    console.print(table, soft_wrap=True)


def _words(words: str, style: str = "") -> Text:
    """Words as they are: brackets are no markup, and nothing in them moves the cursor."""
    return Text(plain(words), style=style)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    return str(value).replace("T", " ")[:19] if _INSTANT.match(str(value)) else str(value)


def _decision(kind: DecisionKind, summary: str) -> click.Command:
    @click.argument("id")
    @click.option(
        "--reason",
        required=True,
        help=f"Why: {', '.join(_REASONS)}, or a sentence for the record.",
    )
    @common
    @as_json_option
    def command(
        id: str, reason: str, config_file: Path | None, data: Path | None, as_json: bool
    ) -> None:
        _decide(kind, _id(id), reason, config_file, data, as_json=as_json)

    return click.command(name=kind.value, help=summary)(command)


kill = _decision(DecisionKind.kill, "Kill story ID for good; waits until every copy is gone.")
hold = _decision(DecisionKind.hold, "Hold story ID: its page says so until it is released.")
release = _decision(DecisionKind.release, "Release story ID from the desk's hold.")


def _decide(
    kind: DecisionKind,
    id: str,
    reason: str,
    config_file: Path | None,
    data: Path | None,
    *,
    as_json: bool,
) -> None:
    config, folder = settings(config_file, data)
    arguments = {"story": id, "kind": kind.value, "reason": reason, "by": me()}
    with plain_errors():
        if control.is_running(folder):
            results = list(control.ask(folder, "decide", **arguments))
        else:
            results = [_decide_alone(config, folder, kind, arguments)]
    if as_json:
        merged = {**results[0], "proof": results[1] if len(results) > 1 else None}
        click.echo(msgspec.json.encode(merged).decode())
    else:
        _print_decided(kind, results)
    if len(results) > 1 and not results[1]["clean"]:
        raise SystemExit(REFUSED)


def _decide_alone(
    config: Config, folder: Path, kind: DecisionKind, said: Mapping[str, str]
) -> dict[str, Any]:
    with desk_in(config, known(folder)) as desk:
        decided = desk.decide(said["story"], kind, reason=said["reason"], by=said["by"])
        desk.settle()
        proof = orders.proof_of(decided, desk.store.receipts(decided.id))
        clean = bool(proof) and all(receipt.clean for receipt in proof)
        unfinished = decided.face in orders.WITHDRAWN and not clean
        return {**orders.told(decided), "unfinished": unfinished}


def _print_decided(kind: DecisionKind, results: list[Mapping[str, Any]]) -> None:
    now = results[0]
    click.echo(f"{now['address']}: {now['state']}, shown to the public as {now['face']}")
    for reason in now["reasons"]:
        say(f"  {reason['sentence']}")
    if now.get("unfinished"):
        click.echo(
            f"suspended; not yet finished: no desk is running, so no public copy was fetched. "
            f"Start `copytaster run`; it proves the {kind.value} at once."
        )
    if len(results) > 1:
        _print_proof(results[1])


def _print_proof(proof: Mapping[str, Any]) -> None:
    receipts = proof["receipts"]
    slowest = max((receipt["seconds"] for receipt in receipts), default=0.0)
    for receipt in receipts:
        mark = "clean" if receipt["clean"] else f"NOT CLEAN: {receipt['detail']}"
        click.echo(
            f"  {receipt['seconds']:7.3f} s  {receipt['status']}  {receipt['address']}  {mark}"
        )
    if proof["clean"]:
        click.echo(f"seen clean at {len(receipts)} public addresses after {slowest:.3f} s")
    else:
        click.echo("not finished: the desk goes on trying; see `copytaster story`", err=True)
