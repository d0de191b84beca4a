"""Which files, or stories of a desk, are versions of one text, and how they differ."""

import re
from collections.abc import Container
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path

import click
import msgspec

from copytaster import agency as agencies
from copytaster import formats
from copytaster import reading
from copytaster import text
from copytaster.cli._manners import REFUSED
from copytaster.cli._manners import Refused
from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import common
from copytaster.cli._manners import complain
from copytaster.cli._manners import looking_in
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import progress
from copytaster.cli._manners import say
from copytaster.cli._manners import settings
from copytaster.cli._stories import story_id
from copytaster.cli._texts import Text
from copytaster.cli._texts import texts_in
from copytaster.newsroom.noting import newest_item
from copytaster.reading import Link
from copytaster.reading import Pair
from copytaster.reading import Span
from copytaster.reading import Way

_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{16}")
"""a story's, in Crockford's base32"""


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """Two texts, by their names: what they share, and what their agency declares."""

    one: str
    other: str
    pair: Pair
    link: Link | None = None

    @property
    def is_twin(self) -> bool:
        return reading.is_twin(self.pair) or (self.link is not None and reading.joins(self.link))


@click.command()
@click.argument("sources", metavar="FILE|ID", nargs=-1, required=True)
@click.option("--agency", default="default", help="Whose copy it is: an agency profile's id.")
@click.option("--format", "format_name", help="Read as this format instead of detecting it.")
@click.option("--differences", is_flag=True, help="Print what each twin has that the other lacks.")
@common
@as_json_option
def twins(
    sources: tuple[str, ...],
    agency: str,
    format_name: str | None,
    differences: bool,
    config_file: Path | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """Print which of these texts are versions of one, and what each pair has in common.

    A FILE whose name ends in .txt is one text as it is; any other is read as parse reads it. An
    ID, or the address of a story, means the newest edition of a story of this desk, and of those
    that the desk takes for versions of its text.
    """
    texts: dict[str, Text] = {}
    refused = False
    profile = agencies.load(agency)
    with progress("Reading", len(sources), quiet=as_json) as step:
        for source in sources:
            try:
                if Path(source).exists() or not _ID.fullmatch(story_id(source)):
                    for name, one in texts_in(Path(source), profile, format_name):
                        texts[_unlike(name, texts)] = one
                else:
                    texts |= _of_story(story_id(source), config_file, data)
            except (formats.FormatError, OSError, ValueError) as error:
                refused = True
                complain(f"{source}: {error.strerror if isinstance(error, OSError) else error}")
            step()
    found = list(_found(texts))
    groups = reading.groups((one.one, one.other) for one in found if one.is_twin)
    shown = texts if differences else {}
    for line in _json(groups, found, shown) if as_json else _lines(groups, found, texts, shown):
        click.echo(line) if as_json else say(line)
    if refused:
        raise SystemExit(REFUSED)


def _of_story(id: str, config_file: Path | None, data: Path | None) -> dict[str, Text]:
    """The newest edition of a story, and of those that are twins of it, by their ids."""
    config, folder = settings(config_file, data)
    with plain_errors(), looking_in(config, folder) as desk:
        ids = [id, *(twin.other for twin in desk.store.twins.of(id))]
        items = {one: item for one in ids if (item := newest_item(desk.store, one)) is not None}
        if id not in items:
            raise Refused(f"{id}: no file, and no story of this desk that was ever public")
        return {one: Text(words=text.plain(item.copy), item=item) for one, item in items.items()}


def _unlike(name: str, taken: Container[str]) -> str:
    """The name, or one with a number where it is taken: a file may be given twice, a feed may have
    two versions of one story."""
    number = 2
    unlike = name
    while unlike in taken:
        unlike, number = f"{name} ({number})", number + 1
    return unlike


def _found(texts: dict[str, Text]) -> Iterator[_Found]:
    """What was declared and what was found, each pair once."""
    read = {name: reading.shingles(one.words) for name, one in texts.items()}
    items = {name: one.item for name, one in texts.items() if one.item is not None}
    links = {(one, other): link for one, other, link in reading.links(items)}
    for one, other, pair in reading.pairs(read):
        link = links.pop((one, other), None)
        if pair.way is not Way.apart or link is not None:
            yield _Found(one=one, other=other, pair=pair, link=link)
    for (one, other), link in links.items():
        pair = reading.compare(read[one], read[other])
        yield _Found(one=one, other=other, pair=pair, link=link)


def _json(groups: list[list[str]], found: list[_Found], shown: Mapping[str, Text]) -> Iterator[str]:
    for group in groups:
        yield msgspec.json.encode({"kind": "group", "texts": group}).decode()
    for one in found:
        told = {
            "kind": "pair",
            "one": one.one,
            "other": one.other,
            "twin": one.is_twin,
            "way": one.pair.way,
            "one_in_other": round(one.pair.one_in_other, 4),
            "other_in_one": round(one.pair.other_in_one, 4),
            "head_of_one": round(one.pair.head_of_one, 4),
            "head_of_other": round(one.pair.head_of_other, 4),
            "figures": None if one.pair.figures is None else round(one.pair.figures, 4),
            "declared": one.link,
            "scheme": one.pair.scheme,
            **_differences_told(one, shown),
        }
        yield msgspec.json.encode(told).decode()


def _differences_told(one: _Found, shown: Mapping[str, Text]) -> dict[str, object]:
    if not one.is_twin or not shown:
        return {}
    return {"differences": reading.differences(shown[one.one].words, shown[one.other].words)}


def _lines(
    groups: list[list[str]],
    found: list[_Found],
    texts: Mapping[str, Text],
    shown: Mapping[str, Text],
) -> Iterator[str]:
    for number, group in enumerate(groups, 1):
        yield f"group {number}: {len(group)} texts"
        yield from (f"  {name}" for name in group)
    for one in found:
        kind = "twins" if one.is_twin else "no twins"
        declared = f"; declared: {one.link}" if one.link is not None else ""
        yield (
            f"{one.one} | {one.other}: {kind}, {one.pair.way}; {one.pair.one_in_other:.0%} of the "
            f"one is in the other, {one.pair.other_in_one:.0%} of the other in the one{declared}"
        )
        if one.is_twin and shown:
            yield from _paragraphs(one, shown[one.one].words, shown[one.other].words)
    alone = len(texts) - sum(map(len, groups))
    yield f"{len(texts)} texts; groups: {len(groups)}; alone: {alone}"


def _paragraphs(pair: _Found, one: str, other: str) -> Iterator[str]:
    """What each of two texts has that the other lacks, paragraph by paragraph."""
    found = reading.differences(one, other)
    for span in found.only_one:
        yield f"  only {pair.one}: {_line(one, span)}"
    for span in found.only_other:
        yield f"  only {pair.other}: {_line(other, span)}"
    for both in found.altered:
        yield f"  changed {pair.one}: {_line(one, both.one)}"
        yield f"     into {pair.other}: {_line(other, both.other)}"


def _line(words: str, span: Span) -> str:
    return " ".join(words[span.start : span.end].split())
