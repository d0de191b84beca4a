"""Where the facts of an NITF document lie (handbook: formats §1.2)."""

from collections.abc import Iterator

from lxml import etree

from copytaster import text
from copytaster.formats import _status
from copytaster.formats._moments import Moments
from copytaster.formats._words import all_characters
from copytaster.formats._words import field
from copytaster.item import AltId
from copytaster.item import Association
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import Description
from copytaster.item import Embargo
from copytaster.item import Headline
from copytaster.item import Place
from copytaster.item import Rendition
from copytaster.item import Restriction
from copytaster.item import Source
from copytaster.moment import Moment

SUBJECT_CODES = "http://cv.iptc.org/newscodes/subjectcode/"

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MEDIA = {"image": "picture", "photo": "picture", "graphic": "graphic"}
_PUBLISHABLE = ("std", "pa")


def docdata(root: etree._Element) -> etree._Element:
    """``head/docdata``, or an empty element that has none of its facts."""
    found = root.find("{*}head/{*}docdata")
    return etree.Element("docdata") if found is None else found


def attribute(element: etree._Element, path: str, name: str) -> str | None:
    """An attribute of the first child at ``path``; None when empty."""
    child = element.find("{*}" + path)
    return None if child is None else child.get(name, "").strip() or None


def _head(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Elements of a name directly in ``body.head``."""
    return iter(root.findall(f"{{*}}body/{{*}}body.head/{{*}}{name}"))


def characters(element: etree._Element | None) -> str | None:
    """All characters below an element, trimmed at both ends and nowhere else."""
    return None if element is None else field(all_characters(element))


def version(root: etree._Element) -> str | None:
    """``3.6`` of ``-//IPTC//DTD NITF 3.6//EN``."""
    words = root.get("version", "").replace("//", " ").split()
    return next((word for word in words if word[:1].isdigit()), None)


def meta(root: etree._Element, name: str) -> str | None:
    """Content of a ``meta`` of the head."""
    for element in root.iterfind("{*}head/{*}meta"):
        if element.get("name") == name:
            return field(element.get("content"))
    return None


def title(root: etree._Element) -> str | None:
    return characters(root.find("{*}head/{*}title"))


def language(root: etree._Element) -> str | None:
    return root.get("baselang") or root.get(_LANG)


def alt_ids(root: etree._Element, doc: etree._Element) -> tuple[AltId, ...]:
    """Other names of the document, with the attribute each came from."""
    found = (
        ("uno", root.get("uno")),
        ("regsrc", attribute(doc, "doc-id", "regsrc")),
        ("du-key", attribute(doc, "du-key", "key")),
    )
    return tuple(AltId(role=role, value=value) for role, value in found if value)


def kinds(root: etree._Element, doc: etree._Element) -> tuple[str, ...]:
    """What kind of message: ``tobject.type`` Advisory, and a ``correction`` element."""
    found = []
    tobject = root.find("{*}head/{*}tobject")
    if tobject is not None and tobject.get("tobject.type", "").strip().lower() == "advisory":
        found.append("advisory")
    if doc.find("{*}correction") is not None:
        found.append("correction")
    return tuple(found)


def corrected(doc: etree._Element) -> tuple[str, ...]:
    """The published document that this one corrects."""
    found = attribute(doc, "correction", "id-string")
    return (found,) if found else ()


def embargo(
    doc: etree._Element, issued: Moment | None, moments: Moments, *, embargoed: bool
) -> Embargo:
    """``date.release`` as an embargo: always when the status says so, else when it lies ahead
    of ``date.issue``. Many agencies repeat the date of issue, which embargoes nothing."""
    raw = attribute(doc, "date.release", "norm")
    if raw is None or (issued is not None and raw == issued.raw and not embargoed):
        return _status.embargo(None, required=embargoed)
    release = moments.iso(raw, embargo=True)
    early = (
        release is not None
        and release.instant is not None
        and issued is not None
        and issued.instant is not None
        and release.instant <= issued.instant
    )
    return _status.embargo(None if early and not embargoed else release)


def story_date(root: etree._Element) -> str | None:
    found = next(_head(root, "dateline"), None)
    return None if found is None else attribute(found, "story.date", "norm")


def headlines(root: etree._Element) -> tuple[Headline, ...]:
    """``hl1`` without a role; each ``hl2`` with its id (AP: originalHeadline) or its name."""
    found = []
    for element in root.iterfind("{*}body/{*}body.head//*"):
        name = etree.QName(element).localname
        value = characters(element) if name in ("hl1", "hl2") else None
        if value is not None:
            role = None if name == "hl1" else element.get("id") or name
            found.append(Headline(value=value, role=role))
    return tuple(sorted(found, key=lambda headline: headline.role is not None))


def slugline(root: etree._Element, doc: etree._Element) -> str | None:
    return meta(root, "anpa-keyword") or attribute(doc, "du-key", "key")


def keywords(doc: etree._Element) -> tuple[str, ...]:
    """``keyword/@key``; CP writes the word inside the element."""
    found = (
        field(element.get("key")) or characters(element)
        for element in doc.iterfind("{*}key-list/{*}keyword")
    )
    return tuple(word for word in found if word)


def by(root: etree._Element) -> str | None:
    """The byline as it stands, mixed content and all; several are lines of one."""
    return "\n".join(filter(None, map(characters, _head(root, "byline")))) or None


def tagline(root: etree._Element) -> str | None:
    """A byline below the text. It is no text: NTB keeps its desk's addresses there."""
    return characters(root.find("{*}body/{*}body.end/{*}tagline"))


def bylines(root: etree._Element) -> tuple[Byline, ...]:
    """Persons and titles where the byline marks them."""
    found = []
    for element in _head(root, "byline"):
        name = characters(element.find("{*}person"))
        if name is not None:
            found.append(Byline(name=name, title=characters(element.find("{*}byttl"))))
    return tuple(found)


def dateline(root: etree._Element) -> str | None:
    """Without ``story.date``, which EFE fills with a machine's date."""
    found = next(_head(root, "dateline"), None)
    if found is None:
        return None
    return field("".join(_without_date(found)))


def _without_date(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if etree.QName(child).localname != "story.date":
            yield from _without_date(child)
        yield child.tail or ""


def place(root: etree._Element) -> Place | None:
    """The dateline's location, taken apart."""
    found = root.find("{*}body/{*}body.head/{*}dateline/{*}location")
    if found is None:
        return None
    detail = Place(
        city=characters(found.find("{*}city")),
        area=characters(found.find("{*}state")) or characters(found.find("{*}region")),
        country=characters(found.find("{*}country")),
    )
    return None if detail == Place() else detail


def located(root: etree._Element) -> str | None:
    """The dateline's city. (``evloc`` is where the event was, not where it was written.)"""
    detail = place(root)
    return detail.city if detail else None


def ed_note(root: etree._Element, doc: etree._Element) -> str | None:
    """``ed-msg`` and the notes of the head that are not for publication."""
    found = [field(element.get("info")) for element in doc.iterfind("{*}ed-msg")]
    found += [characters(note) for note in _head(root, "note") if not _published(note)]
    return "\n".join(filter(None, found)) or None


def public_note(root: etree._Element) -> str | None:
    """Notes of the head that say they may be published."""
    found = [characters(note) for note in _head(root, "note") if _published(note)]
    return "\n".join(filter(None, found)) or None


def _published(note: etree._Element) -> bool:
    return note.get("type") in _PUBLISHABLE


def abstract(root: etree._Element) -> tuple[Description, ...]:
    found = (text.plain(text.from_xml(element, "nitf")) for element in _head(root, "abstract"))
    return tuple(Description(value=value) for words in found if (value := field(words)))


def urgency_raw(root: etree._Element) -> str | None:
    """``ed-urg``; CP writes the element into the head itself."""
    for element in root.iterfind("{*}head//{*}urgency"):
        return element.get("ed-urg")
    return None


def urgency(root: etree._Element) -> int | None:
    """1 most urgent, 5 normal, 8 least."""
    raw = urgency_raw(root)
    return int(raw) if raw is not None and raw in tuple("12345678") else None


def subjects(root: etree._Element) -> tuple[Concept, ...]:
    """IPTC's Subject Codes as URIs; an agency's own (EFE ``ipr``) as literals."""
    found = []
    for element in root.iterfind("{*}head/{*}tobject/{*}tobject.subject"):
        concept = _subject(element)
        found += [concept] if concept != Concept() else []
    return tuple(found)


def _subject(element: etree._Element) -> Concept:
    reference = element.get("tobject.subject.refnum", "").strip()
    owner = element.get("tobject.subject.ipr", "").strip()
    iptc = owner in ("", "IPTC") and len(reference) == 8 and reference.isdigit()
    names = (element.get("tobject.subject." + part) for part in ("detail", "matter", "type"))
    return Concept(
        uri=SUBJECT_CODES + reference if iptc else None,
        literal=None if iptc else reference or None,
        name=next(filter(None, names), None),
        scheme=None if iptc or not reference else owner or None,
    )


def genres(root: etree._Element) -> tuple[Concept, ...]:
    path = "{*}head/{*}tobject/{*}tobject.property"
    found = (element.get("tobject.property.type") for element in root.iterfind(path))
    return tuple(Concept(name=name) for name in found if name)


def selectors(root: etree._Element) -> tuple[str, ...]:
    """Selector codes of the ANPA wires that NITF files carry along."""
    return tuple((meta(root, "aap-selectors") or meta(root, "anpa-selector") or "").split())


def services(root: etree._Element) -> tuple[str, ...]:
    found = meta(root, "service") or meta(root, "anpa-service")
    return (found,) if found else ()


def copyright_holder(root: etree._Element, doc: etree._Element) -> str | None:
    owner = root.find("{*}body/{*}body.head/{*}rights/{*}rights.owner")
    return attribute(doc, "doc.copyright", "holder") or characters(owner)


def usage_terms(root: etree._Element, doc: etree._Element) -> tuple[str, ...]:
    """The terms of ``doc.rights``, and the ``rights`` paragraph of the head."""
    found = [
        field(element.get(name))
        for element in doc.iterfind("{*}doc.rights")
        for name in ("type", "limitations")
    ]
    found += [characters(element) for element in _head(root, "rights")]
    return tuple(dict.fromkeys(filter(None, found)))


def restrictions(doc: etree._Element) -> tuple[Restriction, ...]:
    """Where and when ``doc.rights`` allows use."""
    found = []
    for element in doc.iterfind("{*}doc.rights"):
        where = field(element.get("geography"))
        when = [field(element.get(name)) or "" for name in ("startdate", "enddate")]
        if where:
            found.append(Restriction(kind="territory", value=where, source="field"))
        if any(when):
            found.append(Restriction(kind="time", value="/".join(when), source="field"))
    return tuple(found)


def credit(root: etree._Element) -> str | None:
    """The distributor: who sends the copy out."""
    return next(filter(None, map(characters, _head(root, "distributor"))), None)


def info_sources(doc: etree._Element) -> tuple[Source, ...]:
    names = (element.get("src-name") for element in doc.iterfind("{*}del-list/{*}from-src"))
    return tuple(Source(name=name, role="from-src") for name in names if name)


def associations(root: etree._Element) -> tuple[Association, ...]:
    """Each ``media`` of the body, with the caption that belongs to it and not to the text."""
    return tuple(map(_media, root.iterfind("{*}body/{*}body.content//{*}media")))


def _media(element: etree._Element) -> Association:
    kind = element.get("media-type", "").lower()
    references = element.findall("{*}media-reference")
    texts = (field(reference.get("alternate-text")) for reference in references)
    return Association(
        role="media",
        type=_MEDIA.get(kind, kind or None),
        caption=characters(element.find("{*}media-caption")),
        alt_text=next(filter(None, texts), None),
        byline=characters(element.find("{*}media-producer")),
        renditions=tuple(map(_rendition, filter(_has_source, references))),
    )


def _has_source(reference: etree._Element) -> bool:
    return bool(reference.get("source"))


def _rendition(reference: etree._Element) -> Rendition:
    return Rendition(
        href=reference.get("source", ""),
        name=reference.get("name"),
        content_type=reference.get("mime-type"),
        width=_status.number(reference.get("width")),
        height=_status.number(reference.get("height")),
    )
