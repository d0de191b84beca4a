"""Shelves: the lists of a site on which a story is filed, and by which codes (decisions/0010).

A leaf: an item in; its sections, topics and places out. A shelf is written ``kind/code``:
``section/sport``, ``topic/20000002``, ``place/new-delhi``. Only what the agency declared makes
one: under its own code, or under the Media Topic that a mapping says its code means exactly
(decisions/0014). Its name is the agency's own word for it. What an item says is hostile: names
and codes are bounded, and of each kind a story has no more than :data:`MOST`.
"""

import hashlib
import re
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from urllib.parse import quote

from copytaster import section
from copytaster import subject
from copytaster.item import Concept
from copytaster.item import Item
from copytaster.subject import Subject
from copytaster.text import fold

KINDS = ("section", "topic", "place")
MOST = 20
"""topics, or places, of one story"""
LONGEST = 60
"""characters of a name, and of a place's code"""
Named = tuple[str, str]
"""a code, and the agency's name of it"""

_MEDIA_TOPIC = re.compile(r"(?:^medtop:|newscodes/mediatopic/)([0-9]{8})$")
_SUBJECT_CODE = re.compile(r"(?:^subj:|newscodes/subjectcode/)([0-9]{8})$")
_URI = re.compile(r"(?:https?://|urn:)[^\s]{1,500}")
_QCODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}:[^\s]{1,200}")
_WORDS_OF_A_PLACE = 6
_NO_PLACE = re.compile(r"[\d()\[\]/:;@]")
"""what stands in datelines and not in names: a day, an agency in brackets"""
_JOINERS = {0x200C: None, 0x200D: None}
"""invisible, and at home in Hindi and Urdu"""


def of(item: Item, subjects: Iterable[Subject] = ()) -> tuple[str, ...]:
    """Every shelf of an item: its sections, topics and places. ``subjects``: what was noted of
    its codes."""
    noted = tuple(subjects)
    return (
        *named("section", sections(item, noted)),
        *named("topic", (code for code, _ in topics(item, noted))),
        *named("place", (code for code, _ in places(item))),
    )


def sections(item: Item, subjects: Iterable[Subject] = ()) -> tuple[str, ...]:
    """The sections of an item: those it names, and those that its codes mean exactly."""
    meant = (section.of_topic(one.media_topic) for one in subject.mapped(subjects).values())
    return tuple(dict.fromkeys((*section.of(item), *filter(None, meant))))


def named(kind: str, codes: Iterable[str]) -> tuple[str, ...]:
    """The shelves of these codes."""
    return tuple(f"{kind}/{code}" for code in codes)


def codes(kind: str, shelves: Iterable[str]) -> tuple[str, ...]:
    """The codes of those shelves that are of this kind."""
    begin = f"{kind}/"
    return tuple(one.removeprefix(begin) for one in shelves if one.startswith(begin))


def path(shelf: str) -> str:
    """The address of its front: ``/topic/20000002``."""
    kind, _, code = shelf.partition("/")
    return f"/{kind}/{quote(code, safe='')}"


def topics(item: Item, subjects: Iterable[Subject] = ()) -> tuple[Named, ...]:
    """The topics of an item: subjects with a code and a name that are no section of the house.

    IPTC's Media Topics and Subject Codes mean the same at every agency, and so does a URI; a
    code whose scheme is known by an alias only is the agency's own. What a mapping leads to a
    Media Topic is filed there, and only there.
    """
    return _firsts(_topics(item, subjects))


def _topics(item: Item, subjects: Iterable[Subject]) -> Iterator[Named]:
    noted = subject.mapped(subjects)
    said = {concept.name for concept in item.subjects}
    for concept in item.subjects:
        code = subject.code_of(concept)
        found = noted.get(code) if code is not None else None
        name = _name(concept.name) or (_lent(found, said) if found is not None else None)
        shelved = _filed(concept, found, item.provider)
        if shelved and name:
            yield shelved, name


def _lent(found: Subject, said: Collection[str | None]) -> str | None:
    """The name that a file or a mapping has for a code without one. What another subject of the
    item is called is that one's, and says where that one is filed."""
    return None if found.name in said else _name(found.name)


def _filed(concept: Concept, found: Subject | None, provider: str) -> str | None:
    """The code of a subject's shelf; None for a section of the house."""
    if found is not None and found.mapping is not None:
        return None if section.of_topic(found.media_topic) else found.media_topic
    return None if section.is_meant(concept) else _topic_code(concept, provider)


def _topic_code(concept: Concept, provider: str) -> str | None:
    for reference in (concept.uri, concept.literal):
        if reference is None:
            continue
        if found := _MEDIA_TOPIC.search(reference):
            return found[1]
        if found := _SUBJECT_CODE.search(reference):
            return f"subj-{found[1]}"
    if concept.uri and _URI.fullmatch(concept.uri):
        return _opaque(concept.uri)
    own = concept.uri or concept.literal or ""
    if concept.scheme and concept.literal and ":" not in own:
        own = f"{concept.scheme}:{concept.literal}"
    return _opaque(f"{provider} {own}") if _QCODE.fullmatch(own) else None


def _opaque(identity: str) -> str:
    """A code that stays the same, and gives away nothing that could spoil an address."""
    return f"x{hashlib.blake2s(identity.encode(errors='surrogatepass'), digest_size=6).hexdigest()}"


def places(item: Item) -> tuple[Named, ...]:
    """The places of an item: those it declares, and the city of its dateline, each by its name as
    the agency wrote it. Nothing is looked up: Paris is Paris."""
    detail = item.dateline_detail
    city = detail.city if detail is not None and detail.city else item.located
    declared = (concept.name for concept in item.places)
    found = (_name(name) for name in (city, *declared))
    return _firsts((_slug(name), name) for name in found if name and _is_place(name))


def _is_place(name: str) -> bool:
    words = fold(name).split()
    fits = len(words) <= _WORDS_OF_A_PLACE and len(_slug(name)) <= LONGEST
    return fits and _NO_PLACE.search(name) is None


def _slug(name: str) -> str:
    """The name without case, accents and punctuation; letters of every script stay."""
    return "-".join(fold(name).split())


def _name(said: str | None) -> str | None:
    """A name fit to be shown; None for what is none."""
    name = " ".join((said or "").split())
    shown = name.translate(_JOINERS)
    if not shown.isprintable() or not 2 <= len(name) <= LONGEST or not fold(name).strip():
        return None
    return name


def _firsts(found: Iterable[Named]) -> tuple[Named, ...]:
    """Each code once, as first named, and no more than :data:`MOST`."""
    kept: dict[str, str] = {}
    for code, name in found:
        kept.setdefault(code, name)
        if len(kept) == MOST:
            break
    return tuple(kept.items())
