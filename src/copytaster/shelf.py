"""Shelves: the lists of a site on which a story is filed, and by which codes (decisions/0010).

A leaf: an item in; its sections, topics and places out. A shelf is written ``kind/code``:
``section/sport``, ``topic/20000002``, ``place/new-delhi``. Only what the agency declared makes
one, and its name is the agency's own word for it. What an item says is hostile: names and codes
are bounded, and of each kind a story has no more than :data:`MOST`.
"""

import hashlib
import re
from collections.abc import Iterable
from collections.abc import Iterator
from urllib.parse import quote

from copytaster import section
from copytaster.item import Concept
from copytaster.item import Item
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


def of(item: Item) -> tuple[str, ...]:
    """Every shelf of an item: its sections, topics and places."""
    return (
        *named("section", section.of(item)),
        *named("topic", (code for code, _ in topics(item))),
        *named("place", (code for code, _ in places(item))),
    )


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


def topics(item: Item) -> tuple[Named, ...]:
    """The topics of an item: subjects with a code and a name that are no section of the house.

    IPTC's Media Topics and Subject Codes mean the same at every agency, and so does a URI; a
    code whose scheme is known by an alias only is the agency's own.
    """
    return _firsts(_topics(item))


def _topics(item: Item) -> Iterator[Named]:
    for concept in item.subjects:
        code, name = _topic_code(concept, item.provider), _name(concept.name)
        if code and name and not section.is_meant(concept):
            yield code, name


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
