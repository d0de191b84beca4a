"""Where the facts of a G2 item lie (handbook: formats §1.1)."""

from collections.abc import Iterator

import msgspec
from lxml import etree

from copytaster.formats import _status
from copytaster.formats._catalog import NATURES
from copytaster.formats._catalog import Catalog
from copytaster.formats._g2_meta import Meta
from copytaster.formats._g2_meta import characters
from copytaster.formats._g2_meta import is_constrained
from copytaster.formats._g2_meta import lang_of
from copytaster.formats._g2_meta import local
from copytaster.formats._moments import Moments
from copytaster.item import AltId
from copytaster.item import Association
from copytaster.item import Concept
from copytaster.item import CorrectionText
from copytaster.item import Description
from copytaster.item import Group
from copytaster.item import GroupRef
from copytaster.item import Headline
from copytaster.item import Place
from copytaster.item import Rendition
from copytaster.item import RightsInfo
from copytaster.item import Signal
from copytaster.item import Source
from copytaster.moment import Moment
from copytaster.text import safe_href

# Roles of the one main headline: no role at all elsewhere.
_MAIN = frozenset({"main", "headline", "mainheadline"})
_FOR_READERS = "correction_consumerready"
_CORRECTIONS = frozenset({"correction", "correctionshort"})
_KINDS = {
    "person": "people",
    "organisation": "organisations",
    "geoArea": "places",
    "poi": "places",
    "event": "events",
    "object": "objects",
}


class Notes(msgspec.Struct, frozen=True, kw_only=True):
    """The editor's notes, sorted by who may read them."""

    internal: str | None = None
    correction: CorrectionText | None = None
    embargo: str | None = None
    """a note in the role of an embargo: words that no machine can keep"""


def notes(meta: Meta) -> Notes:
    """Only ``correction_consumerready``, unconstrained, is written for readers (dpa)."""
    internal, corrections, ready, embargo = [], [], None, None
    for element in meta.all("edNote"):
        words = characters(element)
        role = (local(element.get("role") or element.get("roleuri")) or "").lower()
        if words is None:
            continue
        if role == _FOR_READERS and not is_constrained(element):
            ready = words
            continue
        internal.append(words)
        corrections += [words] if role in _CORRECTIONS else []
        embargo = words if role == "embargo" else embargo
    told = "\n".join(corrections) or None
    return Notes(
        internal="\n".join(internal) or None,
        correction=CorrectionText(public=ready, internal=told) if ready or told else None,
        embargo=embargo,
    )


def signals(elements: list[etree._Element], catalog: Catalog) -> list[Signal]:
    """Signals with their URI where the alias is known, and as written."""
    return [
        Signal(
            uri=catalog.uri(element),
            literal=element.get("qcode") or element.get("literal"),
            severity=element.get("severity") or element.get("severityuri"),
        )
        for element in elements
    ]


def status_words(meta: Meta) -> list[str]:
    """Every ``pubStatus``, of which one is allowed; one without a code says nothing known."""
    return [element.get("uri") or element.get("qcode") or "" for element in meta.all("pubStatus")]


def headlines(meta: Meta) -> tuple[Headline, ...]:
    """The main headline first, by rank."""
    found = []
    for element in meta.public("headline"):
        words = characters(element)
        role = local(element.get("role") or element.get("roleuri"))
        role = None if role is None or role.lower() in _MAIN else role
        if words is not None:
            found.append(Headline(value=words, role=role, lang=lang_of(element)))
    return tuple(sorted(found, key=lambda headline: headline.role is not None))


def descriptions(meta: Meta) -> tuple[Description, ...]:
    found = []
    for element in meta.public("description"):
        words = characters(element)
        if words is not None:
            role = local(element.get("role") or element.get("roleuri"))
            found.append(Description(value=words, role=role, lang=lang_of(element)))
    return tuple(found)


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
    found = [(lang_of(child), characters(child)) for child in element.iterfind("{*}name")]
    spoken = [words for lang, words in found if words and lang and lang == wanted]
    return spoken[0] if spoken else next((words for _, words in found if words), None)


def concept(element: etree._Element, catalog: Catalog, lang: str | None) -> Concept:
    """A subject or genre. A QCode whose alias nobody declared is kept as written."""
    uri = catalog.uri(element)
    return Concept(
        uri=uri,
        literal=element.get("literal") or (element.get("qcode") if uri is None else None),
        name=name(element, lang) or _main_name(element, lang),
        creator=element.get("creator"),
        relevance=_decimal(element.get("relevance")),
        confidence=_decimal(element.get("confidence")),
        why=local(element.get("why")),
    )


def _main_name(element: etree._Element, lang: str | None) -> str | None:
    """Of a faceted concept (2.26), the main one's name."""
    main = element.find("{*}mainConcept")
    return None if main is None else name(main, lang)


def _decimal(value: str | None) -> float | None:
    return float(value) if value and value.isascii() and value.isdigit() else None


def concepts(meta: Meta, lang: str | None) -> dict[str, tuple[Concept, ...]]:
    """``subject`` sorted by the nature of the concept: people, places … and subjects."""
    sorted_ones: dict[str, list[Concept]] = {}
    for element in meta.all("subject"):
        found = concept(element, meta.catalog, lang)
        if found != Concept():
            sorted_ones.setdefault(_nature(element, meta.catalog), []).append(found)
    return {kind: tuple(found) for kind, found in sorted_ones.items()}


def _nature(element: etree._Element, catalog: Catalog) -> str:
    uri = element.get("typeuri") or catalog.resolve(element.get("type")) or ""
    return _KINDS.get(uri.removeprefix(NATURES), "subjects")


def genres(meta: Meta, lang: str | None) -> tuple[Concept, ...]:
    found = (concept(element, meta.catalog, lang) for element in meta.all("genre"))
    return tuple(genre for genre in found if genre != Concept())


def located(meta: Meta, lang: str | None) -> str | None:
    """The name of the place where the content was made."""
    return next(filter(None, (name(e, lang) for e in meta.public("located"))), None)


def place(meta: Meta, lang: str | None) -> Place | None:
    """The place with its state and country, from ``broader``."""
    for element in meta.public("located"):
        wider = {
            local(b.get("type")): name(b, lang) or b.get("qcode")
            for b in element.iterfind("{*}broader")
        }
        detail = Place(
            city=name(element, lang), area=wider.get("statprov"), country=wider.get("country")
        )
        return None if detail == Place() else detail
    return None


def urgency(meta: Meta) -> int | None:
    """1 to 9, 1 the most urgent."""
    raw = (meta.raw("urgency") or "").strip()
    return int(raw) if raw in tuple("123456789") else None


def expires(meta: Meta, moments: Moments) -> Moment | None:
    """Of several the earliest; one that cannot be read stands for all."""
    found = [moments.xml(element.text) for element in meta.all("expires")]
    dates = [moment for moment in found if moment is not None]
    unread = [moment for moment in dates if moment.instant is None]
    if unread or not dates:
        return unread[0] if unread else None
    return min(dates, key=lambda moment: moment.instant.timestamp() if moment.instant else 0)


def rights(item: etree._Element) -> Iterator[etree._Element]:
    """``rightsInfo`` of the whole item: one with ``idrefs`` speaks of a part."""
    return (r for r in item.iterfind("{*}rightsInfo") if r.get("idrefs") is None)


def copyright_holder(item: etree._Element) -> str | None:
    found = (h for r in rights(item) for h in r.iterfind("{*}copyrightHolder"))
    names = (name(h) or h.get("literal") or h.get("uri") or h.get("qcode") for h in found)
    return next(filter(None, names), None)


def rights_texts(item: etree._Element, property_name: str) -> tuple[str, ...]:
    """All texts of a rights property, in all languages."""
    found = (characters(e) for r in rights(item) for e in r.iterfind("{*}" + property_name))
    return tuple(dict.fromkeys(filter(None, found)))


def rights_info(item: etree._Element) -> tuple[RightsInfo, ...]:
    """Rights expressions as data (XML ones are in the raw bytes)."""
    found = []
    for element in (e for r in rights(item) for e in r.iterfind("{*}rightsExpressionData")):
        words = characters(element)
        if words:
            lang_id = element.get("langid")
            found.append(RightsInfo(lang_id=lang_id, encoded_rights=words))
    return tuple(found)


def data_mining(item: etree._Element, catalog: Catalog) -> str | None:
    found = (e for r in rights(item) for e in r.iterfind("{*}dataMining"))
    values = (catalog.uri(e) or e.get("qcode") or characters(e) for e in found)
    return next(filter(None, values), None)


def info_sources(meta: Meta, lang: str | None) -> tuple[Source, ...]:
    return tuple(
        Source(
            name=name(element, lang) or element.get("literal"),
            uri=meta.catalog.uri(element),
            role=local(element.get("role") or element.get("roleuri")),
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


def links(meta: Meta) -> tuple[Association, ...]:
    """Links to other items and pages, with the relation they stand in."""
    found = []
    for element in meta.public("link"):
        target = element.get("residref") or element.get("guidref") or element.get("href")
        titles = (characters(title) for title in element.iterfind("{*}title"))
        if target:
            found.append(
                Association(
                    role=local(element.get("rel") or element.get("reluri")),
                    uri=target,
                    version=element.get("version"),
                    headline=next(filter(None, titles), None),
                )
            )
    return tuple(found)


def canonical(meta: Meta) -> str | None:
    """The agency's own address of the story."""
    for element in meta.public("link"):
        if local(element.get("rel") or element.get("reluri")) == "canonical":
            return safe_href(element.get("href", ""))
    return None


def renditions(content: etree._Element | None) -> tuple[Rendition, ...]:
    """Remote renditions that may be fetched and shown."""
    if content is None or is_constrained(content):
        return ()
    found = (e for e in content.iterfind("{*}remoteContent") if not is_constrained(e))
    return tuple(_rendition(element) for element in found if element.get("href"))


def _rendition(element: etree._Element) -> Rendition:
    kind = element.get("rendition") or ""
    return Rendition(
        href=element.get("href", ""),
        name=kind.partition(":")[2] or local(element.get("renditionuri")) or kind or None,
        content_type=element.get("contenttype"),
        width=_status.number(element.get("width")),
        height=_status.number(element.get("height")),
        size_in_bytes=_status.number(element.get("size")),
        duration=_decimal(element.get("duration")),
    )


def groups(item: etree._Element) -> tuple[Group, ...]:
    """A package's groups; a reference's status is a hint, the item's own wins."""
    return tuple(
        Group(
            id=element.get("id", ""),
            role=local(element.get("role") or element.get("roleuri")),
            mode=local(element.get("mode") or element.get("modeuri")) or "bag",
            refs=tuple(_refs(element)),
            groups=tuple(ref.get("idref", "") for ref in element.iterfind("{*}groupRef")),
        )
        for element in item.iterfind("{*}groupSet/{*}group")
    )


def _refs(group: etree._Element) -> Iterator[GroupRef]:
    for ref in group.iterfind("{*}itemRef"):
        uri = ref.get("residref") or ref.get("href")
        if uri is not None:
            meta = Meta(ref, Catalog(()))
            word = next(iter(status_words(meta)), "")
            yield GroupRef(
                uri=uri,
                version=ref.get("version"),
                item_class=_class(meta),
                pub_status=_status.known(word),
                headline=meta.text("headline") or meta.text("title"),
            )


def _class(meta: Meta) -> str | None:
    element = meta.first("itemClass")
    return None if element is None else local(element.get("qcode") or element.get("uri"))
