"""What can be asked of a story: its facts, each made comparable once and only if asked for."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property

import msgspec

from copytaster import section
from copytaster.item import Block
from copytaster.item import Concept
from copytaster.item import EditorialType
from copytaster.item import EmbargoState
from copytaster.item import Item
from copytaster.query._tree import Thing
from copytaster.story import State
from copytaster.text import fold


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a story, and how it came."""

    item: Item
    source: str
    received: datetime


class Facts(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What can be asked of a story. Who asks says which versions are meant: a desk, those the
    story now consists of; a recall, all that readers saw. What is true of one of them is true
    of the story, and what none of them says is true of none.

    Words are folded (``text.fold``), each stretch that belongs together by itself, with ``|``
    between two: no phrase crosses from one to the next, because no folded word is a ``|``.
    """

    agency: str
    guid: str
    state: State
    versions: tuple[Version, ...]
    sections: tuple[str, ...] = ()
    """those on whose fronts it stands, which its items need not name themselves"""

    @cached_property
    def headline(self) -> str:
        return self._folded(_headlines)

    @cached_property
    def seen(self) -> str:
        """What readers see beside the headlines."""
        return self._folded(_seen)

    @cached_property
    def slug(self) -> str:
        return self._folded(lambda item: [item.slugline] if item.slugline else [])

    @cached_property
    def byline(self) -> str:
        return self._folded(_authors)

    @cached_property
    def names(self) -> str:
        """The persons, organisations and things the agency named in its fields."""
        return self._folded(_names)

    @cached_property
    def subjects(self) -> str:
        return self._folded(_subjects)

    def _folded(self, said: Callable[[Item], Iterable[str]]) -> str:
        parts = dict.fromkeys(part for version in self.versions for part in said(version.item))
        return "|".join(fold(part) for part in parts)

    @cached_property
    def sources(self) -> frozenset[str]:
        return frozenset(version.source for version in self.versions)

    @cached_property
    def all_sections(self) -> frozenset[str]:
        named = (code for version in self.versions for code in section.of(version.item))
        return frozenset((*self.sections, *named))

    @cached_property
    def languages(self) -> frozenset[str]:
        """Each tag and what it begins with: ``de-at`` and ``de``."""
        tags = (v.item.language or "" for v in self.versions)
        return frozenset(begin for tag in tags for begin in _beginnings(tag))

    @cached_property
    def urgencies(self) -> frozenset[int]:
        said = (version.item.urgency for version in self.versions)
        return frozenset(urgency for urgency in said if urgency is not None)

    @cached_property
    def things(self) -> frozenset[Thing]:
        return frozenset(thing for version in self.versions for thing in _things(version.item))


_LONGEST_TAG = 35
"""characters that a language tag is known to need (RFC 5646, section 4.4.1)"""


def _beginnings(tag: str) -> Iterator[str]:
    if not tag or len(tag) > _LONGEST_TAG:
        return
    parts = tag.lower().replace("_", "-").split("-")
    yield from ("-".join(parts[: n + 1]) for n in range(len(parts)))


# --- words ---------------------------------------------------------------------------------


def _headlines(item: Item) -> Iterator[str]:
    yield from (headline.value for headline in item.headlines)


def _seen(item: Item) -> Iterator[str]:
    """Everything of a version that readers see, in stretches that belong together."""
    yield from (description.value for description in item.descriptions)
    yield from (words for words in (item.by, item.dateline, item.credit) if words)
    if item.correction_text is not None and item.correction_text.public:
        yield item.correction_text.public
    for block in item.copy.blocks:
        yield from _lines(block)
    for beside in item.associations:
        yield from (words for words in (beside.headline, beside.caption) if words)


def _lines(block: Block) -> Iterator[str]:
    """A block's lines as one stretch, since a line may break inside a name; a table by cells."""
    cells = [["".join(run.text for run in cell) for cell in line.cells] for line in block.lines]
    if any(len(line) > 1 for line in cells):
        yield from (cell for line in cells for cell in line)
    else:
        yield "\n".join(cell for line in cells for cell in line)


def _authors(item: Item) -> Iterator[str]:
    if item.by:
        yield item.by
    yield from (byline.name for byline in item.bylines)


def _names(item: Item) -> Iterator[str]:
    for concept in (*item.people, *item.organisations, *item.subjects, *item.objects):
        yield from _called(concept)
    yield from item.keywords


def _subjects(item: Item) -> Iterator[str]:
    for concept in item.subjects:
        yield from _called(concept)
        if concept.uri:
            yield concept.uri
    yield from item.keywords


def _called(concept: Concept) -> Iterator[str]:
    yield from (name for name in (concept.name, concept.literal) if name)


# --- things --------------------------------------------------------------------------------

_PICTURES = frozenset({"picture", "graphic"})


def _things(item: Item) -> Iterator[Thing]:
    if any(beside.type in _PICTURES for beside in item.associations):
        yield Thing.picture
    if item.correction_text is not None or EditorialType.correction in item.editorial_types:
        yield Thing.correction
    if item.embargo.state is not EmbargoState.none:
        yield Thing.embargo
    if item.ed_note:
        yield Thing.note
    if item.copy.blocks:
        yield Thing.text
