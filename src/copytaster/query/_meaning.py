"""What a query means over one story in memory."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property

import msgspec

from copytaster import section
from copytaster.item import Block
from copytaster.item import Concept
from copytaster.item import Item
from copytaster.query._tree import Agency
from copytaster.query._tree import Either
from copytaster.query._tree import Every
from copytaster.query._tree import InSection
from copytaster.query._tree import InState
from copytaster.query._tree import Not
from copytaster.query._tree import Person
from copytaster.query._tree import Phrase
from copytaster.query._tree import Query
from copytaster.query._tree import Since
from copytaster.query._tree import Source
from copytaster.query._tree import Until
from copytaster.story import State
from copytaster.text import fold
from copytaster.text import needle


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a story, and how it came."""

    item: Item
    source: str
    received: datetime


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What can be asked of a story. Its versions are those that readers saw or may yet see:
    what is true of one of them is true of the story."""

    agency: str
    state: State
    versions: tuple[Version, ...]
    sections: tuple[str, ...] = ()
    """those on whose fronts it stands, which its items need not name themselves"""


def matches(query: Query, facts: Facts) -> bool:
    """Whether this story answers the query."""
    return _holds(query, _Story(facts))


class _Story:
    """A story while one query is asked of it: its words are folded once, and only if asked."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def words(self) -> str:
        """All that readers see of all versions; no phrase crosses from one part to the next."""
        seen = dict.fromkeys(part for v in self.facts.versions for part in _words(v.item))
        return _apart(seen)

    @cached_property
    def names(self) -> str:
        """The persons and organisations the agency named in its fields."""
        named = dict.fromkeys(name for v in self.facts.versions for name in _names(v.item))
        return _apart(named)


def _apart(parts: dict[str, None]) -> str:
    return "|".join(fold(part) for part in parts)


def _holds(query: Query, story: _Story) -> bool:
    match query:
        case Every():
            return all(_holds(part, story) for part in query.of)
        case Either():
            return any(_holds(part, story) for part in query.of)
        case Not():
            return not _holds(query.of, story)
        case Phrase():
            return _says(query.words, story.words)
        case Person():
            return _says(query.name, story.names) or _says(query.name, story.words)
        case Agency():
            return query.id == story.facts.agency
        case InState():
            return query.state is story.facts.state
        case InSection() if query.code in story.facts.sections:
            return True
        case _:
            return any(_of_version(query, version) for version in story.facts.versions)


def _says(phrase: str, folded: str) -> bool:
    sought = needle(phrase)
    return bool(sought) and sought in folded


def _of_version(query: Source | InSection | Since | Until, version: Version) -> bool:
    match query:
        case Source():
            return query.id == version.source
        case InSection():
            return query.code in section.of(version.item)
        case Since():
            return version.received >= query.at
        case Until():
            return version.received < query.at


def _words(item: Item) -> Iterator[str]:
    """Everything of a version that readers see, in stretches that belong together."""
    yield from (headline.value for headline in item.headlines)
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


def _names(item: Item) -> Iterator[str]:
    for concept in (*item.people, *item.organisations, *item.subjects, *item.objects):
        yield from _called(concept)
    yield from item.keywords


def _called(concept: Concept) -> Iterator[str]:
    yield from (name for name in (concept.name, concept.literal) if name)
