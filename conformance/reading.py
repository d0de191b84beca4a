"""Every file of the corpus, read under its agency's profile, and its characters counted."""

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime

import msgspec

from conformance.corpus import File
from conformance.counting import bare
from conformance.counting import candidates
from copytaster import agency
from copytaster import formats
from copytaster.formats import FormatError
from copytaster.formats import Parsed
from copytaster.item import Item

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_SHOWN = 60


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """The characters of one item's body, layout white space apart."""

    guid: str
    source: int
    """in the stretch of the document that is the body"""
    kept: int
    """of the canonical text"""
    omitted: dict[str, int]
    """left out, by the omission's name"""
    at: str | None
    """where words and source part; None when every character is accounted for"""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file."""

    file: File
    parsed: Parsed | None = None
    error: FormatError | None = None
    counts: tuple[Count, ...] = ()

    @property
    def format(self) -> str:
        """As it was read, or as its folder promises where it was refused."""
        return self.parsed.format.name if self.parsed else self.file.expected


def read(file: File) -> Reading:
    """The file's items under its agency's profile, or why there are none."""
    data = file.path.read_bytes()
    profile = agency.load(file.agency)
    try:
        parsed = formats.parse(data, profile, formats.Context(received=NOW))
    except FormatError as error:
        return Reading(file=file, error=error)
    return Reading(file=file, parsed=parsed, counts=tuple(count(parsed.items, data)))


def count(items: Iterable[Item], data: bytes) -> Iterator[Count]:
    """The characters of each item that has a body."""
    stretches: frozenset[str] | None = None
    for item in items:
        if not (item.copy.pieces or item.bodies):
            continue
        if stretches is None:
            stretches = frozenset(candidates(data))
        yield _count(item, stretches)


def _count(item: Item, stretches: frozenset[str]) -> Count:
    pieces = item.copy.pieces
    words = bare("".join(piece.text for piece in pieces))
    kept = bare("".join(piece.text for piece in pieces if piece.omitted is None))
    text = bare(formats.text_of(item))
    known = words in stretches or _is_joined(words, len(item.bodies), stretches)
    source = words if known else _nearest(words, item, stretches)
    at = _parting(source, words, "the source") or _parting(kept, text, "the text")
    return Count(
        guid=item.guid,
        source=len(source),
        kept=len(text),
        omitted={name: _omitted(item, name) for name in item.copy.omissions},
        at=at,
    )


def _is_joined(words: str, most: int, stretches: frozenset[str]) -> bool:
    """Whether a story that was sent in several bodies is several whole stretches, in order."""
    rest = words
    for _ in range(most):
        fitting = [stretch for stretch in stretches if stretch and rest.startswith(stretch)]
        rest = rest.removeprefix(max(fitting, key=len, default=""))
    return bool(words) and not rest


def _omitted(item: Item, name: str) -> int:
    return sum(len(bare(piece.text)) for piece in item.copy.pieces if piece.omitted == name)


def _nearest(words: str, item: Item, stretches: frozenset[str]) -> str:
    """The stretch that the words most likely came from: the one that begins most like them.

    A body of which no word was read is missed whole.
    """
    sent = max((bare(body.value) for body in item.bodies), key=len, default="")
    fitting = [stretch for stretch in stretches if stretch and stretch in sent]
    if not words:
        return max(fitting, key=len, default=sent)
    return max(stretches, key=lambda stretch: (_common(stretch, words), -len(stretch)), default="")


def _parting(one: str, other: str, name: str) -> str | None:
    if one == other:
        return None
    at = _common(one, other)
    there, here = one[at : at + _SHOWN], other[at : at + _SHOWN]
    return f"after {at} characters {name} has {there!r}, the words {here!r}"


def _common(one: str, other: str) -> int:
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return index
    return min(len(one), len(other))
