"""Commands about one story: what is known of it, and what the desk decides."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from copytaster.cli._manners import REFUSED
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
from copytaster.cli._pictures import decide_on_picture
from copytaster.cli._told import print_pack
from copytaster.cli._told import print_story
from copytaster.config import Config
from copytaster.newsroom import control
from copytaster.newsroom import orders
from copytaster.newsroom.evidence import write_pack
from copytaster.newsroom.proof_told import WITHDRAWN
from copytaster.newsroom.proof_told import proof_of
from copytaster.story import DecisionKind

_REASONS = ("desk", "agency", "legal", "rights")


@click.command()
@click.argument("id")
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    help="Write all that is kept of it, and how to check it, to this new ZIP file.",
)
@common
@as_json_option
def story(
    id: str,
    evidence: Path | None,
    config_file: Path | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """Show story ID: its state and why, its versions, its history, and what was seen where."""
    config, folder = settings(config_file, data)
    with plain_errors(), looking_in(config, folder) as desk:
        if evidence is None:
            told = orders.dossier(desk, story_id(id))
        else:
            told = write_pack(desk, folder, story_id(id), evidence)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(told)).decode())
    elif evidence is None:
        print_story(told)
    else:
        print_pack(told)


def story_id(address: str) -> str:
    """The story id in an address or as it is."""
    address = os.fsencode(address).decode(errors="replace")
    return address.rstrip("/").rpartition("/s/")[2].partition("/")[0].partition(".")[0]


def _own_option(kind: DecisionKind, command: Any) -> Any:
    """What only one of the orders has: only a release approves words, and only what is killed
    sends its readers elsewhere."""
    if kind is DecisionKind.release:
        return click.option(
            "--seen",
            help="The content you saw, as `story` shows it; refused when the words are other ones.",
        )(command)
    if kind is DecisionKind.kill:
        return click.option(
            "--substitute",
            metavar="URL|ID",
            help="The story to be read instead: its notice links to it.",
        )(command)
    return command


def _decision(kind: DecisionKind, summary: str) -> click.Command:
    @click.argument("id", required=False)
    @click.option(
        "--picture",
        help="A picture instead of a story: its address, its name, or its agency's id.",
    )
    @click.option(
        "--reason",
        required=True,
        help=f"Why: {', '.join(_REASONS)}, or a sentence for the record.",
    )
    @common
    @as_json_option
    def command(
        id: str | None,
        picture: str | None,
        reason: str,
        config_file: Path | None,
        data: Path | None,
        as_json: bool,
        seen: str | None = None,
        substitute: str | None = None,
    ) -> None:
        if (id is None) is (picture is None):
            raise click.UsageError("name a story by its ID, or a picture with --picture")
        if picture is None:
            said = {"reason": reason, "seen": seen}
            if substitute is not None:
                said["substitute"] = story_id(substitute)
            _decide(kind, story_id(id or ""), said, config_file, data, as_json=as_json)
            return
        if seen is not None:
            raise click.UsageError("--seen names the words of a story, not a picture")
        if substitute is not None:
            raise click.UsageError("a picture has no --substitute: leave it out")
        config, folder = settings(config_file, data)
        decide_on_picture(
            config, folder, kind, picture=picture, reason=reason, by=me(), as_json=as_json
        )

    return click.command(name=kind.value, help=summary)(_own_option(kind, command))


kill = _decision(DecisionKind.kill, "Kill story ID for good; waits until every copy is gone.")
hold = _decision(DecisionKind.hold, "Hold story ID: its page says so until it is released.")
release = _decision(DecisionKind.release, "Release story ID from the desk's hold.")


def _decide(
    kind: DecisionKind,
    id: str,
    said: Mapping[str, str | None],
    config_file: Path | None,
    data: Path | None,
    *,
    as_json: bool,
) -> None:
    config, folder = settings(config_file, data)
    arguments = {"story": id, "kind": kind.value, "by": me(), **said}
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
    config: Config, folder: Path, kind: DecisionKind, said: Mapping[str, Any]
) -> dict[str, Any]:
    with desk_in(config, known(folder)) as desk:
        seen = orders.given(desk, said["story"], kind, said["seen"])
        decided = desk.decide(
            said["story"],
            kind,
            reason=said["reason"],
            by=said["by"],
            seen=seen,
            substitute=said.get("substitute"),
        )
        noted(desk, "decide", **said)
        desk.settle()
        proof = proof_of(decided, desk.store.receipts(decided.id))
        clean = bool(proof) and all(receipt.clean for receipt in proof)
        unfinished = decided.face in WITHDRAWN and not clean
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
