"""A story as a terminal shows it: how it stands first, then what happened, then what was seen."""

import re
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from copytaster.cli._manners import say
from copytaster.newsroom.terminal import plain

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T")
_WIDEST = 100_000
"""columns when no person watches: a program finds each row on one line"""
_ENOUGH = 12
"""characters of a content hash that tell a version from all others"""
_VERSION_COLUMNS = (
    "received", "content", "version", "status", "embargo", "format", "source", "headline"
)  # fmt: skip
_PART_COLUMNS = ("received", "version", "joined", "guid")
_NOTICE_COLUMNS = ("received", "guid", "asks", "sure", "foundBy", "score", "substitute")
_SURFACE_COLUMNS = (
    "address", "status", "clean", "seconds", "seen", "looks", "last not clean", "detail"
)  # fmt: skip
_PICTURE_COLUMNS = ("address", "state", "shown", "because", "id")
_RIGHTS_COLUMNS = ("use", "open", "until", "rule", "words")
_SOURCE_COLUMNS = ("kind", "words", "mentions", "agency")
_TWIN_COLUMNS = ("firstPublic", "story", "agency", "state", "way", "declared")
_RELATED_COLUMNS = ("firstPublic", "story", "agency", "likeness")
_TOLD_COLUMNS = ("suspended", "route", "to", "outcome", "at", "attempts", "detail")
_PUBLISHED_COLUMNS = ("address", "channel", "clean", "seconds", "seen", "detail")


def print_story(told: Mapping[str, Any]) -> None:
    """``told`` is what ``orders.dossier`` knows."""
    console = Console(highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = _WIDEST
    _print_standing(console, told)
    versions = [version for version in told["versions"] if not version["notice"]]
    _table(console, "Versions", [_version(v, told["current"]) for v in versions], _VERSION_COLUMNS)
    if told["parts"]:
        _table(console, "Further parts", told["parts"], _PART_COLUMNS)
    if told["notices"]:
        _table(console, "Notices about it", told["notices"], _NOTICE_COLUMNS)
    _table(console, "Verdicts", [_verdict(v) for v in told["verdicts"]], ("at", "state", "because"))
    _table(console, "Decisions", told["decisions"], ("at", "kind", "by", "reason"))
    _table(console, "History", told["events"], ("at", "kind", "edition", "reason", "note"))
    _table(console, "Sources of its statements", told["sources"], _SOURCE_COLUMNS)
    if told["twins"]:
        _table(console, "Versions of its text", told["twins"], _TWIN_COLUMNS)
    if told["related"]:
        _table(console, "Possibly about the same", told["related"], _RELATED_COLUMNS)
    _table(console, "Pictures", told["pictures"], _PICTURE_COLUMNS)
    published = [one for one in told["receipts"] if one["kind"] == "publish"]
    _table(console, "Seen published", published, _PUBLISHED_COLUMNS)
    pictures = [one for one in told["receipts"] if one["channel"] == "pictures"]
    if pictures:
        _table(console, "Seen without a picture", pictures, _PUBLISHED_COLUMNS)
    if told["withdrawal"] is not None:
        surfaces = [_surface(one) for one in told["withdrawal"]["surfaces"]]
        _table(console, "Seen withdrawn", surfaces, _SURFACE_COLUMNS)
    if told["acknowledgements"]:
        _table(console, "Acknowledged to the agency", told["acknowledgements"], _TOLD_COLUMNS)
    _table(console, "Rights", told["rights"], _RIGHTS_COLUMNS)


def _version(told: Mapping[str, Any], current: str | None) -> dict[str, Any]:
    """With as much of its content's hash as `release --seen` wants; the current one is marked."""
    mark = " current" if told["content"] == current else ""
    return {**told, "content": told["content"][:_ENOUGH] + mark}


def print_pack(manifest: Mapping[str, Any]) -> None:
    """``manifest`` is that of an evidence pack: what to write down, and what does not hold."""
    pack = manifest["pack"]
    say(f"{pack['file']}: {len(manifest['members'])} members; README.txt tells how to read it")
    say(f"sha256  {pack['sha256']}")
    for check in manifest["checks"]:
        if not check.holds:
            say(f"does not hold: {check.what}")


def _print_standing(console: Console, told: Mapping[str, Any]) -> None:
    console.print(_words(told["address"], "bold"), told["agency"], _words(told["guid"]), sep="  ")
    state = (told["state"], "bold")
    console.print(Text.assemble("state    ", state, f", shown to the public as {told['face']}"))
    for reason in told["reasons"]:
        sentence = _words(reason["sentence"])
        console.print(Text.assemble("because  ", sentence, " ", (reason["code"], "dim")))
    if told["withdrawal"] is not None:
        for line in _withdrawal(told["withdrawal"]):
            console.print(line)


def _withdrawal(told: Mapping[str, Any]) -> list[Text]:
    """Time to clean as one figure, or what is not clean; then how it got there."""
    surfaces: Sequence[Mapping[str, Any]] = told["surfaces"]
    title = "gone     " if told["stands"] else "was gone "
    dirty = [one for one in surfaces if not one["clean"]]
    if told["clean"]:
        figure = (f"{told['secondsToClean']:.3f} s", "bold")
        head = Text.assemble(
            title, "seen clean at ", str(len(surfaces)), " addresses after ", figure
        )
    elif dirty:
        figure = (f"NOT CLEAN at {len(dirty)} of {len(surfaces)} addresses", "bold")
        first = _words(f", first {dirty[0]['address']} ({dirty[0]['detail']})")
        head = Text.assemble(title, figure, first)
    else:
        head = Text.assemble(
            title, "not yet proved: no address was fetched; `copytaster run` does it"
        )
    last = told["lastDirty"]
    if last is None:
        return [head]
    often = f"looked at up to {told['looks']} times, last not clean {_cell(last['seen'])}: "
    return [
        head,
        Text.assemble("         ", often, _words(f"{last['address']} ({last['detail']})")),
    ]


def _verdict(told: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**told, "because": "; ".join(reason["sentence"] for reason in told["reasons"])}


def _surface(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """A clean address tells what was last wrong with it."""
    detail = told["dirtyDetail"] if told["clean"] else told["detail"]
    return {**told, "last not clean": told["dirtySeen"], "detail": detail}


def _table(
    console: Console, title: str, rows: Sequence[Mapping[str, Any]], columns: tuple[str, ...]
) -> None:
    if not rows:
        console.print(_words(f"{title}: none", "dim"))
        return
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, no_wrap=column not in {"headline", "because"})
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
