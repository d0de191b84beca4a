"""An item's subjects, each with what it means and who says so: a note beside the text."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping

import msgspec

from copytaster.item import Concept
from copytaster.item import Item
from copytaster.subject._code import MEDIA_TOPICS
from copytaster.subject._code import Code
from copytaster.subject._code import code_of
from copytaster.subject._mappings import Kind
from copytaster.subject._mappings import Link
from copytaster.subject._mappings import Mappings

MOST = 100
"""subjects of one story that are looked at: what an item says is hostile"""
_LONGEST_NAME = 200


class Subject(msgspec.Struct, frozen=True, kw_only=True, rename={"media_topic": "mediaTopic"}):
    """One subject, or one of the Media Topics that its code leads to."""

    code: str | None = None
    scheme: str | None = None
    """the code's scheme: a URI, or the alias that the agency uses"""
    name: str | None = None
    """the agency's; of an exact Media Topic without one, IPTC's label"""
    media_topic: str | None = None
    """the Media Topic's number"""
    kind: Kind | None = None
    mapping: str | None = None
    """name and version of the table that leads there; null for a Media Topic of the agency's own"""


def told(item: Item, mappings: Mappings) -> tuple[Subject, ...]:
    """The subjects of an item, each once, as the agency ordered them. A code that leads to
    several Media Topics stands there once for each."""
    found = (one for concept in item.subjects[:MOST] for one in _told(concept, mappings))
    return tuple(dict.fromkeys(found))


def _told(concept: Concept, mappings: Mappings) -> Iterator[Subject]:
    code, name = code_of(concept), _name(concept.name)
    if code is None:
        if name is not None:
            yield Subject(name=name)
        return
    table, links = mappings.of(code)
    own = Subject(code=code.code, scheme=code.scheme, name=name)
    if table is None and code.scheme == MEDIA_TOPICS:
        links = (Link(topic=code.code, kind=Kind.exact),)
    for link in links:
        yield msgspec.structs.replace(
            own,
            name=name or (mappings.labels.get(link.topic) if link.kind is Kind.exact else None),
            media_topic=link.topic,
            kind=link.kind,
            mapping=table.called if table is not None else None,
        )
    if not links:
        yield own


def _name(said: str | None) -> str | None:
    name = " ".join((said or "").split())
    return name if 0 < len(name) <= _LONGEST_NAME else None


def mapped(subjects: Iterable[Subject]) -> Mapping[Code, Subject]:
    """Those whose code means exactly one Media Topic, by their code."""
    return {
        Code(scheme=one.scheme, code=one.code): one
        for one in subjects
        if one.code is not None and one.kind is Kind.exact
    }
