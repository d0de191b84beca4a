"""Erasing a story from a shell: for good, so it is asked for twice, and told what was destroyed."""

import sys
from collections.abc import Callable
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from copytaster.cli._manners import Failure
from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import common
from copytaster.cli._manners import counted
from copytaster.cli._manners import desk_in
from copytaster.cli._manners import known
from copytaster.cli._manners import me
from copytaster.cli._manners import noted
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import say
from copytaster.cli._manners import settings
from copytaster.cli._stories import story_id
from copytaster.config import Config
from copytaster.newsroom import control
from copytaster.newsroom import erasing
from copytaster.newsroom.proof_told import proof_of
from copytaster.newsroom.proof_told import receipt_told
from copytaster.store import Face


@click.command()
@click.argument("id")
@click.option(
    "--reason",
    required=True,
    type=click.Choice([why.value for why in erasing.Why]),
    help="Why: a person's request, a court's order, or the end of the time it may be kept.",
)
@click.option(
    "--edition",
    "editions",
    type=click.IntRange(min=1),
    multiple=True,
    help="Only this edition, which is not the newest; may be repeated.",
)
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
@common
@as_json_option
def erase(
    id: str,
    reason: str,
    editions: tuple[int, ...],
    yes: bool,
    config_file: Path | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """Destroy all that is kept of story ID, for good: text, items, bytes, pages and pictures."""
    config, folder = settings(config_file, data)
    order = erasing.Order(
        story=story_id(id),
        reason=erasing.Why(reason),
        by=me(),
        editions=tuple(sorted(set(editions))),
    )
    _confirm(order, yes=yes)
    with plain_errors():
        proof, done = _carried_out(config, folder, order, quiet=as_json)
    if as_json:
        click.echo(msgspec.json.encode({**done, "proof": proof}).decode())
    else:
        _print_done(done, proof)


def _confirm(order: erasing.Order, *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise Failure(f"nothing brings back what is erased; say --yes to erase {_what(order)}")
    click.confirm(f"Nothing brings it back. Erase {_what(order)}?", abort=True)


def _what(order: erasing.Order) -> str:
    if not order.editions:
        return f"story {order.story}"
    numbers = ", ".join(map(str, order.editions))
    return f"edition {numbers} of story {order.story}"


At = Callable[[str, int], None]
_ALL = 100
"""steps of the bar: how much there is to look at is known only on the way"""


def _carried_out(
    config: Config, folder: Path, order: erasing.Order, *, quiet: bool
) -> tuple[Any, dict[str, Any]]:
    """(the proof that it is hidden, None where nobody fetched anything; what was destroyed)."""
    with counted("Looking", _ALL, quiet=quiet) as at:
        if control.is_running(folder):
            return _by_the_desk(folder, order, at)
        return _alone(config, folder, order, at)


def _by_the_desk(folder: Path, order: erasing.Order, at: At) -> tuple[Any, dict[str, Any]]:
    said = {
        "story": order.story,
        "reason": order.reason.value,
        "by": order.by,
        "editions": list(order.editions),
    }
    results: dict[str, Any] = {"proof": None}
    for one in control.ask(folder, "erase", **said):
        if "stage" in one:
            at(one["stage"], _share(*one["place"]))
        results |= one
    return results["proof"], results["done"]


def _alone(
    config: Config, folder: Path, order: erasing.Order, at: At
) -> tuple[Any, dict[str, Any]]:
    with desk_in(config, known(folder)) as desk:
        story = erasing.take_down(desk, order)
        noted(desk, "erase", story=order.story, reason=order.reason.value, by=order.by)
        desk.settle()
        found = erasing.look(desk, order, lambda number, of: at("Looking", _share(number, of)))
        done = erasing.destroy(desk, folder, order, found)
        at("Writing the store anew", _ALL // 2)
        erasing.sweep(desk)
        seen = [receipt_told(one) for one in proof_of(story, desk.store.receipts(story.id))]
        clean = bool(seen) and all(one["clean"] for one in seen)
        proof = {"clean": True, "receipts": seen} if story.face is Face.none or clean else None
        return proof, msgspec.to_builtins(done)


def _share(number: int, of: int) -> int:
    return number * _ALL // of if of else 0


def _print_done(done: Mapping[str, Any], proof: Mapping[str, Any] | None) -> None:
    what = "all of it" if done["editions"] is None else f"edition {_numbers(done['editions'])}"
    if done["before"] is not None:
        say(f"{done['address']}: {what} was erased on {done['before'][:10]}; nothing is left of it")
    else:
        say(f"{done['address']}: {what} is erased ({done['reason']})")
        _print_destroyed(done)
    if done["backupsUntil"] is not None:
        say(f"  backups may hold it until {done['backupsUntil'][:10]}")
    for other in done["sameWords"]:
        say(f"  NOT erased, and says the same: /s/{other}")
    for place in done["beyond"]:
        say(f"  out of reach: {place}")
    if proof is None:
        click.echo(
            "not yet finished: no desk is running, so no public copy was fetched. "
            "Start `copytaster run`; it proves at once that the story is gone."
        )
    elif proof["receipts"]:
        say(f"seen gone at {len(proof['receipts'])} public addresses")


def _numbers(editions: list[int]) -> str:
    return ", ".join(map(str, editions))


def _print_destroyed(done: Mapping[str, Any]) -> None:
    say(
        f"  destroyed: {done['messages']} messages, the bytes of {done['deliveries']} deliveries, "
        f"{done['pictures']} pictures, {len(done['packs'])} evidence packs"
    )
    if done["siblings"]:
        say(
            f"  {len(done['siblings'])} stories came in the same deliveries: they keep their text, "
            "and `copytaster story` says that their bytes are destroyed"
        )
    if done["noticesKept"]:
        say(f"  kept: {done['noticesKept']} notices about it that bind other stories too")
