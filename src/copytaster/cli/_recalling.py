"""Recalling many stories with one order: look first, then do, and undo."""

import sys
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import msgspec

from copytaster import query
from copytaster.cli._asking import asked_for
from copytaster.cli._manners import REFUSED
from copytaster.cli._manners import Failure
from copytaster.cli._manners import Refused
from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import common
from copytaster.cli._manners import counted
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
from copytaster.newsroom.recalls import Found
from copytaster.newsroom.recalls import search
from copytaster.newsroom.recalls import told
from copytaster.query import Query
from copytaster.store import Face
from copytaster.story import DecisionKind

_FIELDS = ("agency", "source", "person", "phrase", "section", "since", "until", "state")
_SAMPLE = 10
_MOST_BATCHES = 100


@click.command()
@click.option("--agency", multiple=True, help="Of this agency; may be repeated.")
@click.option("--source", multiple=True, help="That came by this source; may be repeated.")
@click.option(
    "--person",
    multiple=True,
    help="That name this person or organisation, in a field or in words; may be repeated.",
)
@click.option(
    "--phrase",
    multiple=True,
    help="With these whole words in headline or text; WORD* for how a word begins; may be "
    "repeated.",
)
@click.option("--section", multiple=True, help="In this section; may be repeated.")
@click.option("--since", help="Of which a version came on this day, or at this instant, or later.")
@click.option("--until", help="Of which a version came by the end of this day, or before then.")
@click.option("--state", multiple=True, help="In this state now; may be repeated.")
@click.option("--where", help="What else must hold, as a query: 'phrase:a or not person:b'.")
@click.option("--do", type=click.Choice(["hold", "kill"]), help="Carry it out; otherwise look.")
@click.option("--reason", help="Why, for --do and --undo: desk, agency, legal, rights, or words.")
@click.option(
    "--yes-count", type=int, help="The count of the dry run, instead of typing it when asked."
)
@click.option("--undo", metavar="BATCH", help="Take back what this recall held or killed.")
@click.option("--list", "list_", is_flag=True, help="List the recalls there were, newest first.")
@common
@as_json_option
def recall(
    where: str | None,
    do: str | None,
    reason: str | None,
    yes_count: int | None,
    undo: str | None,
    list_: bool,
    config_file: Path | None,
    data: Path | None,
    as_json: bool,
    **asked: Any,
) -> None:
    """Find all stories that answer, and hold or kill them with one order. Looks only, unless
    --do says otherwise."""
    config, folder = settings(config_file, data)
    with plain_errors():
        if list_:
            _list(config, folder, as_json=as_json)
        elif undo is not None:
            order = {"batch": undo, "reason": _required(reason), "by": me()}
            _carry_out(config, folder, "undo", order, as_json=as_json)
        else:
            wanted = _query(asked, where, ZoneInfo(config.site.zone or "UTC"))
            found = _found(config, folder, wanted, quiet=as_json)
            if do is None:
                _print_found(wanted, found, as_json=as_json)
            else:
                order = {"kind": do, "reason": _required(reason), "by": me()}
                _do(config, folder, wanted, found, order, yes_count, as_json=as_json)


def _required(reason: str | None) -> str:
    if not reason:
        raise Failure("say why with --reason: desk, agency, legal, rights, or a sentence")
    return reason


# --- looking -------------------------------------------------------------------------------


def _query(asked: Mapping[str, Any], where: str | None, zone: ZoneInfo) -> Query:
    """All the options must hold; of one that is repeated, any."""
    parts = [
        _either([query.term(field, value, zone) for value in _values(asked[field])])
        for field in _FIELDS
        if asked[field]
    ]
    if where:
        parts.append(asked_for(where, zone))
    if not parts:
        raise Failure("say which stories: --agency, --person, --phrase …, or --where QUERY")
    return parts[0] if len(parts) == 1 else query.Every(tuple(parts))


def _values(given: str | Sequence[str]) -> Sequence[str]:
    return (given,) if isinstance(given, str) else given


def _either(parts: list[Query]) -> Query:
    return parts[0] if len(parts) == 1 else query.Either(tuple(parts))


def _found(config: Config, folder: Path, wanted: Query, *, quiet: bool) -> list[Found]:
    """Read beside a running desk, in this process, so that it goes on undisturbed."""
    with looking_in(config, folder) as desk:
        counts = desk.store.counts()
        stories = sum(counts.values()) - counts["waiting"] - counts["dead"] - counts["work"]
        with counted("Looking", stories, quiet=quiet) as at:
            return list(_counting(search(desk.store, wanted, desk.clock()), at))


def _counting(looked: Iterable[Found | None], at: Callable[[str, int], None]) -> Iterator[Found]:
    for number, found in enumerate(looked, start=1):
        if number % 100 == 0:
            at("Looking", number)
        if found is not None:
            yield found


def _print_found(wanted: Query, found: Sequence[Found], *, as_json: bool) -> None:
    newest = sorted(found, key=lambda one: one.came, reverse=True)
    if as_json:
        click.echo(msgspec.json.encode(_summary(wanted, newest)).decode())
        return
    say(f"{len(found)} stories answer: {query.write(wanted)}")
    if not found:
        return
    for title, counts in _counts(newest).items():
        say(f"  by {title}: " + ", ".join(f"{name} {n}" for name, n in counts.items()))
    for one in newest[:_SAMPLE]:
        say(f"  {one.came:%Y-%m-%d}  /s/{one.story}  {one.headline or '(no headline)'}")
    if len(found) > _SAMPLE:
        say(f"  and {len(found) - _SAMPLE} more")
    say(
        "nothing was changed; to hold them, say the same again with "
        f"--do hold --reason WORD --yes-count {len(found)}"
    )


def _summary(wanted: Query, newest: Sequence[Found]) -> dict[str, Any]:
    return {
        "query": query.write(wanted),
        "count": len(newest),
        **{f"by{title.capitalize()}": counts for title, counts in _counts(newest).items()},
        "sample": [
            {
                "address": f"/s/{one.story}",
                "agency": one.agency,
                "state": one.state.value,
                "came": one.came.isoformat(),
                "headline": one.headline,
            }
            for one in newest[:_SAMPLE]
        ],
    }


def _counts(found: Sequence[Found]) -> dict[str, dict[str, int]]:
    kinds = {
        "face": (_face(one.face) for one in found),
        "agency": (one.agency for one in found),
        "section": (code for one in found for code in one.sections or ("none",)),
        "month": (f"{one.came:%Y-%m}" for one in reversed(found)),
    }
    counted = {title: Counter(names) for title, names in kinds.items()}
    return {
        title: dict(counts if title == "month" else counts.most_common())
        for title, counts in counted.items()
    }


def _face(face: Face) -> str:
    return "waiting" if face is Face.none else face.value


# --- doing ---------------------------------------------------------------------------------


def _do(
    config: Config,
    folder: Path,
    wanted: Query,
    found: Sequence[Found],
    order: Mapping[str, str],
    yes_count: int | None,
    *,
    as_json: bool,
) -> None:
    if not found:
        say(f"0 stories answer: {query.write(wanted)}; nothing was changed")
        return
    _confirm(order["kind"], len(found), yes_count)
    stories = [one.story for one in found]
    whole = {**order, "stories": stories, "query": query.write(wanted)}
    _carry_out(config, folder, "recall", whole, as_json=as_json)


def _confirm(kind: str, count: int, yes_count: int | None) -> None:
    """Nobody recalls more than he saw."""
    said = yes_count
    if said is None:
        if not sys.stdin.isatty():
            raise Failure(f"{count} stories answer; say --yes-count {count} to {kind} them")
        said = click.prompt(f"{count} stories answer. Type their number to {kind} them", type=int)
    if said != count:
        raise Refused(f"{count} stories answer now, not {said}: look again, without --do")


def _carry_out(
    config: Config, folder: Path, order: str, said: Mapping[str, Any], *, as_json: bool
) -> None:
    """Follow the order to its end. Cut off, it goes on in the desk."""
    alone = not control.is_running(folder)
    results = _alone(config, folder, order, said) if alone else control.ask(folder, order, **said)
    now: dict[str, Any] = {}
    with counted("Suspending", len(said.get("stories", ())), quiet=as_json) as at:
        for now in results:
            at(*_stage(now))
    if as_json:
        click.echo(msgspec.json.encode(now).decode())
    else:
        _print_done(now, alone=alone)
    if now["failed"] or (now["pressing"] and not alone):
        raise SystemExit(REFUSED)


def _stage(now: Mapping[str, Any]) -> tuple[str, int]:
    """What is being done, and for how many stories it is."""
    if now["owed"] > now["failed"]:
        return ("Suspending" if not now["undone"] else "Undoing"), now["stories"] - now["owed"]
    return "Fetching", now["stories"] - now["pressing"]


def _alone(
    config: Config, folder: Path, order: str, said: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    with desk_in(config, known(folder)) as desk:
        if order == "undo":
            batch = desk.recalls.undo(said["batch"], reason=said["reason"], by=said["by"])
        else:
            kind = DecisionKind(said["kind"])
            rest = {key: said[key] for key in ("reason", "by", "query")}
            batch = desk.recalls.begin(said["stories"], kind, **rest)
        noted(desk, order, {"batch": batch.id}, **said)
        while desk.recalls.step():
            yield desk.recalls.told(batch.id)
        desk.settle()
        yield desk.recalls.told(batch.id)


def _print_done(now: Mapping[str, Any], *, alone: bool) -> None:
    say(f"recall {now['batch']}: {_progress(now)}")
    if now["pressing"] and alone:
        click.echo(
            "not yet finished: no desk is running, so no public copy was fetched. "
            "Start `copytaster run`; it goes on at once."
        )
    if now["failed"]:
        click.echo(
            f"{now['failed']} stories could not be decided on: see the log; they are tried again "
            "when the desk starts anew",
            err=True,
        )
    if now["undone"] is None:
        click.echo(f"take it back with: copytaster recall --undo {now['batch']} --reason WORD")


def _progress(batch: Mapping[str, Any]) -> str:
    """How far it is, in words."""
    if batch["undone"] is not None:
        done = f"undone by {batch['undone']['by']} ({batch['undone']['reason']})"
        left = f"{batch['decided']} stories still to be looked at" if batch["decided"] else None
    else:
        done = f"{batch['decided']} of {batch['stories']} stories suspended"
        left = f"{batch['owed']} still to be suspended" if batch["owed"] else None
    seen = f"{batch['pressing']} not yet seen as they should be" if batch["pressing"] else None
    return ", ".join(part for part in (done, left, seen) if part)


# --- the recalls there were ----------------------------------------------------------------


def _list(config: Config, folder: Path, *, as_json: bool) -> None:
    with looking_in(config, folder) as desk:
        batches = [told(desk.store, batch) for batch in desk.store.batches(_MOST_BATCHES)]
    if as_json:
        click.echo(msgspec.json.encode(batches).decode())
        return
    if not batches:
        click.echo("there were no recalls")
    for batch in batches:
        say(_line(batch))


def _line(batch: Mapping[str, Any]) -> str:
    return (
        f"{batch['batch']}  {batch['at'][:19]}  {batch['kind']} of {batch['stories']} stories by "
        f"{batch['by']} ({batch['reason']}), {_progress(batch)}: {batch['query']}"
    )
