"""What an item of NewsML 1 is about: subject codes, topics, keywords of metadata, genres, places.

Subject codes are IPTC's eight digits unless a scheme says otherwise. A code or a topic gets its
name from a ``Topic`` of the same document; catalogues elsewhere are never fetched.
"""

from collections.abc import Iterator

from lxml import etree

from copytaster.formats._newsml1_lines import Way
from copytaster.formats._newsml1_lines import place
from copytaster.formats._newsml1_part import LANG
from copytaster.formats._newsml1_part import Part
from copytaster.formats._newsml1_part import characters
from copytaster.formats._newsml1_part import word
from copytaster.formats._nitf_parts import SUBJECT_CODES
from copytaster.formats._scan import local_name
from copytaster.item import Concept

_LEVELS = frozenset({"Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier"})
# The field of an item that a topic's type stands for; any other topic is a subject.
_FIELDS = {
    **dict.fromkeys(("person", "people", "personality"), "people"),
    **dict.fromkeys(("company", "organisation", "organization", "team", "party"), "organisations"),
    **dict.fromkeys(("place", "location", "city", "country", "region", "geography"), "places"),
    "event": "events",
}


class Topics:
    """The topics that a document explains, by id and by code."""

    def __init__(self, root: etree._Element) -> None:
        self._by_id: dict[str, Part] = {}
        self._by_code: dict[str, Part] = {}
        self._names: dict[tuple[int, str | None], str | None] = {}
        for element in root.iter("{*}Topic"):
            topic = Part(element)
            if found := element.get("Duid"):
                self._by_id.setdefault(found, topic)
            for code in topic.texts("FormalName"):
                self._by_code.setdefault(code, topic)

    def of(self, element: etree._Element) -> Part | None:
        """The topic that an element points at (``Topic="#id"``), or whose code it has."""
        reference = element.get("Topic", "")
        if reference.startswith("#"):
            return self._by_id.get(reference[1:])
        return self._by_code.get(element.get("FormalName", "").strip())

    def name(self, topic: Part | None, lang: str | None) -> str | None:
        """The description in the item's language, else the first that is a name."""
        if topic is None:
            return None
        key = (id(topic), lang)
        if key not in self._names:
            self._names[key] = self._name(topic, lang)
        return self._names[key]

    def _name(self, topic: Part, lang: str | None) -> str | None:
        found = [e for e in topic.all("Description") if word(e.get("Variant")) in ("", "name")]
        same = [e for e in found if lang and (e.get(LANG) or "").lower() == lang.lower()]
        return next(filter(None, map(characters, [*same, *found])), None)


def concepts(way: Way, topics: Topics, lang: str | None) -> dict[str, tuple[Concept, ...]]:
    """Everything the item is about, by the field of an item it belongs to."""
    found: dict[str, dict[Concept, None]] = {"subjects": {}}
    for block in way.descriptive:
        for concept in _subject_codes(block, topics, lang):
            found["subjects"][concept] = None
        for element in block.all("TopicOccurrence"):
            field, concept = _occurrence(element, topics, lang)
            found.setdefault(field, {})[concept] = None
        for concept in _locations(block):
            found.setdefault("places", {})[concept] = None
    for component in way.components:
        for concept in _metadata(component):
            found["subjects"][concept] = None
    return {field: tuple(told) for field, told in found.items()}


def _subject_codes(block: Part, topics: Topics, lang: str | None) -> Iterator[Concept]:
    """The codes of every level, or of the element around them, each once."""
    found = [
        element
        for holder in block.all("SubjectCode")
        for element in (holder, *holder)
        if element is holder or local_name(element) in _LEVELS
    ]
    pairs = {(code, e.get("Scheme", "").strip()): e for e in found if (code := _code(e))}
    for (code, scheme), element in pairs.items():
        yield _subject(code, scheme, topics.name(topics.of(element), lang))


def _code(element: etree._Element) -> str:
    return element.get("FormalName", "").strip()


def _subject(code: str, scheme: str, name: str | None) -> Concept:
    """A code with its name; IPTC's own as a URI, an agency's as a literal in its scheme."""
    is_iptc = len(code) == 8 and code.isascii() and code.isdigit()
    if is_iptc and (not scheme or "iptc" in scheme.lower()):
        return Concept(uri=SUBJECT_CODES + code, name=name)
    return Concept(literal=code, name=name, scheme=scheme or None)


def _occurrence(element: etree._Element, topics: Topics, lang: str | None) -> tuple[str, Concept]:
    """A topic that occurs, with how it does (``HowPresent``)."""
    topic = topics.of(element)
    kind = None if topic is None else topic.formal("TopicType")
    code = None if topic is None else topic.text("FormalName")
    return _FIELDS.get(word(kind), "subjects"), Concept(
        literal=code or element.get("Topic", "").strip() or None,
        name=topics.name(topic, lang),
        rel=element.get("HowPresent", "").strip() or None,
    )


def _locations(block: Part) -> Iterator[Concept]:
    """Places of the event and the like; the origin is the dateline's."""
    for element in block.all("Location"):
        rel = element.get("HowPresent", "").strip()
        found = place(element)
        if found is not None and word(rel) not in ("origin", "from"):
            name = found.city or found.area or found.country
            yield Concept(name=name, rel=rel or None)


def _metadata(component: Part) -> Iterator[Concept]:
    """Properties of further ``Metadata`` that are keywords by name: what the text is about."""
    for block in component.parts("Metadata"):
        for element in block.all("Property"):
            value = element.get("Value", "").strip()
            if value and word(element.get("FormalName")).endswith(("keyword", "keywords")):
                yield Concept(name=value, rel="about")


def genres(way: Way) -> tuple[Concept, ...]:
    found = (name for block in way.descriptive for name in block.formals("Genre"))
    return tuple(Concept(name=name) for name in dict.fromkeys(found))
