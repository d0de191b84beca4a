"""Which files are versions of one story, without a desk."""

from collections.abc import Container
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from copytaster import agency as agencies
from copytaster import formats
from copytaster import reading
from copytaster.cli._manners import REFUSED
from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import complain
from copytaster.cli._manners import progress
from copytaster.cli._manners import say
from copytaster.cli._texts import Text
from copytaster.cli._texts import texts_in
from copytaster.reading import Link
from copytaster.reading import Pair
from copytaster.reading import Way


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
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--agency", default="default", help="Whose copy it is: an agency profile's id.")
@click.option("--format", "format_name", help="Read as this format instead of detecting it.")
@as_json_option
def twins(files: tuple[Path, ...], agency: str, format_name: str | None, as_json: bool) -> None:
    """Print which texts in FILES are versions of one, and what each pair has in common.

    A file whose name ends in .txt is one text as it is; any other is read as parse reads it.
    """
    texts: dict[str, Text] = {}
    refused = False
    profile = agencies.load(agency)
    with progress("Reading", len(files), quiet=as_json) as step:
        for path in files:
            try:
                for name, one in texts_in(path, profile, format_name):
                    texts[_unlike(name, texts)] = one
            except (formats.FormatError, OSError, ValueError) as error:
                refused = True
                complain(f"{path}: {error.strerror if isinstance(error, OSError) else error}")
            step()
    found = list(_found(texts))
    groups = reading.groups((one.one, one.other) for one in found if one.is_twin)
    for line in _json(groups, found) if as_json else _lines(groups, found, len(texts)):
        click.echo(line) if as_json else say(line)
    if refused:
        raise SystemExit(REFUSED)


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


def _json(groups: list[list[str]], found: list[_Found]) -> Iterator[str]:
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
            "declared": one.link,
            "scheme": one.pair.scheme,
        }
        yield msgspec.json.encode(told).decode()


def _lines(groups: list[list[str]], found: list[_Found], texts: int) -> Iterator[str]:
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
    alone = texts - sum(map(len, groups))
    yield f"{texts} texts; groups: {len(groups)}; alone: {alone}"
