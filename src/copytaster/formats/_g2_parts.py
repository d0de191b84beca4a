"""What the content is about, in the words of a G2 item's contentMeta (handbook: formats §1.1)."""

from collections.abc import Sequence
from typing import Any
from typing import cast

from lxml import etree

from copytaster.formats._catalog import NATURES
from copytaster.formats._catalog import Catalog
from copytaster.formats._children import children
from copytaster.formats._g2_meta import Meta
from copytaster.formats._g2_meta import characters
from copytaster.formats._g2_meta import lang_of
from copytaster.formats._g2_meta import local
from copytaster.formats._g2_meta import role_of
from copytaster.item import AltId
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import Description
from copytaster.item import Headline
from copytaster.item import Place
from copytaster.item import Source

# Roles of the one main headline: no role at all elsewhere.
_MAIN = frozenset({"main", "headline", "mainheadline"})
_KINDS = {
    "person": "people",
    "organisation": "organisations",
    "geoArea": "places",
    "poi": "places",
    "event": "events",
    "object": "objects",
}
# Contributors who wrote: IPTC's contentprodpartyrole, and the agencies' own words for it.
_WRITERS = frozenset({"author", "writer", "reporter", "correspondent", "journalist", "byline"})


def headlines(meta: Meta) -> tuple[Headline, ...]:
    """The main headline first, by rank."""
    found = []
    for element in meta.public("headline"):
        words = characters(element)
        role = role_of(element)
        role = None if role is None or role.lower() in _MAIN else role
        if words is not None:
            found.append(Headline(value=words, role=role, lang=lang_of(element)))
    if len(found) < 2:
        return tuple(found)
    return tuple(sorted(found, key=lambda headline: headline.role is not None))


def descriptions(meta: Meta) -> tuple[Description, ...]:
    found = []
    for element in meta.public("description"):
        words = characters(element)
        if words is not None:
            role = role_of(element)
            found.append(Description(value=words, role=role, lang=lang_of(element)))
    return tuple(found)


def bylines(meta: Meta) -> tuple[Byline, ...]:
    """``creator``, and contributors who wrote, by the name they have for readers.

    A name without a blank is that of a staff account (dpa) or of an organisation, and a literal
    or a code is no name for readers.
    """
    helped = meta.public("contributor")
    wrote = [e for e in helped if (role_of(e) or "").lower() in _WRITERS] if helped else ()
    found = map(_byline, (*meta.public("creator"), *wrote))
    return tuple(dict.fromkeys(byline for byline in found if byline is not None))


def _byline(element: etree._Element) -> Byline | None:
    words = name(element)
    if words is None or " " not in words:
        return None
    return Byline(name=words, title=local(element.get("jobtitle")), role=role_of(element))


def language(item: etree._Element, meta: Meta) -> str | None:
    """The content's language; the item's ``xml:lang`` is that of the metadata, and stands in."""
    for element in meta.all("language"):
        if tag := element.get("tag", "").strip():
            return tag
    return lang_of(item)


def alt_ids(meta: Meta) -> tuple[AltId, ...]:
    pairs = ((element, characters(element)) for element in meta.all("altId"))
    return tuple(
        AltId(role=element.get("type") or element.get("role"), value=value)
        for element, value in pairs
        if value is not None
    )


def name(element: etree._Element, wanted: str | None = None) -> str | None:
    """A ``name`` of a concept: the one in the item's language, else the first."""
    return _name(children(element).get("name", ()), wanted) if len(element) else None


def _name(names: Sequence[etree._Element], wanted: str | None) -> str | None:
    if len(names) == 1:
        return characters(names[0])
    found = [(lang_of(child), characters(child)) for child in names]
    spoken = [words for lang, words in found if words and lang and lang == wanted]
    return spoken[0] if spoken else next((words for _, words in found if words), None)


# --- concepts ------------------------------------------------------------------------------------


def concept(element: etree._Element, catalog: Catalog, lang: str | None) -> Concept:
    """A subject or genre. A QCode whose alias nobody declared is kept as written."""
    told = cast("dict[str, str]", dict(element.items()))
    qcode = told.get("qcode")
    uri = (told.get("uri") or "").strip() or catalog.resolve(qcode)
    return Concept(
        uri=uri,
        literal=told.get("literal") or (qcode if uri is None else None),
        name=_concept_name(element, lang) if len(element) else None,
        creator=told.get("creator"),
        relevance=decimal(told.get("relevance")),
        confidence=decimal(told.get("confidence")),
        why=local(told.get("why")),
    )


def _concept_name(element: etree._Element, lang: str | None) -> str | None:
    """Its own name; of a faceted concept (2.26), the main one's."""
    parts = children(element)
    found = _name(parts.get("name", ()), lang)
    if found is None and "mainConcept" in parts:
        return name(parts["mainConcept"][0], lang)
    return found


def decimal(value: str | None) -> float | None:
    """A whole number as a decimal; of another spelling nothing is known."""
    known = value is not None and value.isascii() and value.isdigit() and len(value) < 16
    return float(value) if value is not None and known else None


def concepts(meta: Meta, lang: str | None) -> dict[str, Any]:
    """``subject`` sorted by the nature of the concept: people, places … and subjects."""
    sorted_ones: dict[str, list[Concept]] = {}
    for element in meta.all("subject"):
        found = concept(element, meta.catalog, lang)
        if found != _NOTHING:
            sorted_ones.setdefault(_nature(element, meta.catalog), []).append(found)
    return {kind: tuple(found) for kind, found in sorted_ones.items()}


_NOTHING = Concept()


def _nature(element: etree._Element, catalog: Catalog) -> str:
    uri = element.get("typeuri") or catalog.resolve(element.get("type")) or ""
    return _KINDS.get(uri.removeprefix(NATURES), "subjects")


def genres(meta: Meta, lang: str | None) -> tuple[Concept, ...]:
    found = (concept(element, meta.catalog, lang) for element in meta.all("genre"))
    return tuple(genre for genre in found if genre != _NOTHING)


def located(meta: Meta, lang: str | None) -> tuple[str | None, Place | None]:
    """Where the content was made: the first place with a name, and the first one's parts."""
    elements = meta.public("located")
    if not elements:
        return None, None
    names = [name(element, lang) for element in elements]
    wider = {
        local(b.get("type")): name(b, lang) or b.get("qcode")
        for b in children(elements[0]).get("broader", ())
    }
    detail = Place(city=names[0], area=wider.get("statprov"), country=wider.get("country"))
    return next(filter(None, names), None), None if detail == Place() else detail


def urgency(raw: str | None) -> int | None:
    """1 to 9, 1 the most urgent."""
    return int(raw) if raw is not None and raw in tuple("123456789") else None


def info_sources(meta: Meta, lang: str | None) -> tuple[Source, ...]:
    return tuple(
        Source(
            name=name(element, lang) or element.get("literal"),
            uri=meta.catalog.uri(element),
            role=role_of(element),
        )
        for element in meta.all("infoSource")
    )


def services(meta: Meta) -> tuple[str, ...]:
    found = (e.get("qcode") or e.get("uri") or name(e) for e in meta.all("service"))
    return tuple(service for service in found if service)


def keywords(meta: Meta) -> tuple[str, ...]:
    return tuple(filter(None, map(characters, meta.public("keyword"))))


def digital_source(meta: Meta) -> str | None:
    element = meta.first("digitalSourceType")
    return None if element is None else meta.catalog.uri(element) or element.get("qcode")
