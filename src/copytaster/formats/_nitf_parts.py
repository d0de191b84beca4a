"""Where the facts of an NITF document lie (handbook: formats §1.2)."""

from collections.abc import Iterator

from lxml import etree

from copytaster import text
from copytaster.formats import _status
from copytaster.formats._children import Children
from copytaster.formats._children import below
from copytaster.formats._children import children
from copytaster.formats._children import only
from copytaster.formats._moments import Moments
from copytaster.formats._nitf_body import PUBLISHABLE
from copytaster.formats._scan import local_name
from copytaster.formats._words import all_characters
from copytaster.formats._words import field
from copytaster.item import AltId
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import Description
from copytaster.item import Embargo
from copytaster.item import Headline
from copytaster.item import Place
from copytaster.item import Source
from copytaster.moment import Moment

SUBJECT_CODES = "http://cv.iptc.org/newscodes/subjectcode/"

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LARGEST = 10**9
_EMPTY: Children = {}


class Nitf:
    """A document taken apart once: the children of its blocks, by local name."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        parts = children(root)
        self.head = _inside(parts, "head")
        self.docdata = self.head.get("docdata", ())
        self.doc = children(self.docdata[0]) if self.docdata else _EMPTY
        body = _inside(parts, "body")
        self.body_head = _inside(body, "body.head")
        self.body_end = _inside(body, "body.end")
        self.tobject = _inside(self.head, "tobject")
        metas = reversed(self.head.get("meta", ()))  # of two of one name the first counts
        self.meta = {e.get("name", ""): e.get("content") for e in metas}

    def status(self, name: str) -> str | None:
        """An attribute of ``docdata``."""
        return self.docdata[0].get(name) if self.docdata else None

    def fact(self, name: str, attribute: str) -> str | None:
        """An attribute of the first child of ``docdata`` of that name; None when empty."""
        found = self.doc.get(name)
        return None if found is None else _attribute(found[0], attribute)

    def told(self, *names: str) -> str | None:
        """Content of the first ``meta`` of the head that has any."""
        return next(filter(None, (field(self.meta.get(name)) for name in names)), None)


def _inside(found: Children, name: str) -> Children:
    element = only(found, name)
    return _EMPTY if element is None else children(element)


def _attribute(element: etree._Element | None, name: str) -> str | None:
    value = None if element is None else element.get(name)
    return None if value is None else value.strip() or None


def characters(element: etree._Element | None) -> str | None:
    """All characters below an element, trimmed at both ends and nowhere else."""
    if element is None:
        return None
    return field(all_characters(element) if len(element) else element.text)


def _lines(elements: list[etree._Element] | tuple[()]) -> str | None:
    if not elements:
        return None
    return "\n".join(filter(None, map(characters, elements))) or None


# --- identity and control ------------------------------------------------------------------------


def version(root: etree._Element) -> str | None:
    """``3.6`` of ``-//IPTC//DTD NITF 3.6//EN``."""
    words = root.get("version", "").replace("//", " ").split()
    return next((word for word in words if word[:1].isdigit()), None)


def language(nitf: Nitf) -> str | None:
    return nitf.root.get("baselang") or nitf.root.get(_LANG)


def alt_ids(nitf: Nitf) -> tuple[AltId, ...]:
    """Other names of the document, with the attribute each came from."""
    found = (
        ("uno", _attribute(nitf.root, "uno")),
        ("regsrc", nitf.fact("doc-id", "regsrc")),
        ("du-key", nitf.fact("du-key", "key")),
    )
    return tuple(AltId(role=role, value=value) for role, value in found if value)


def kinds(nitf: Nitf) -> tuple[str, ...]:
    """What kind of message: ``tobject.type`` Advisory, and a ``correction`` element."""
    found = []
    kind = _attribute(only(nitf.head, "tobject"), "tobject.type") or ""
    if kind.lower() == "advisory":
        found.append("advisory")
    if "correction" in nitf.doc:
        found.append("correction")
    return tuple(found)


def corrected(nitf: Nitf) -> tuple[str, ...]:
    """The published document that this one corrects."""
    found = nitf.fact("correction", "id-string")
    return (found,) if found else ()


def embargo(nitf: Nitf, issued: Moment | None, moments: Moments, *, embargoed: bool) -> Embargo:
    """``date.release`` as an embargo: always when the status says so, else when it lies ahead
    of ``date.issue``. Many agencies repeat the date of issue, which embargoes nothing."""
    raw = nitf.fact("date.release", "norm")
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


def story_date(nitf: Nitf) -> str | None:
    if "dateline" not in nitf.body_head:
        return None
    dates = below(nitf.body_head["dateline"], "story.date")
    return _attribute(dates[0], "norm") if dates else None


def revised(nitf: Nitf, moments: Moments) -> Moment | None:
    """The last entry of ``revision-history`` that gives an instant."""
    if "revision-history" not in nitf.head:
        return None
    norms = (_attribute(entry, "norm") for entry in nitf.head.get("revision-history", ()))
    found = [moment for norm in norms if (moment := moments.iso(norm)) is not None]
    dated = [(moment.instant, moment) for moment in found if moment.instant is not None]
    return max(dated, key=lambda pair: pair[0])[1] if dated else None


# --- editorial -----------------------------------------------------------------------------------


def headlines(root: etree._Element) -> tuple[Headline, ...]:
    """The headlines of a ``nitf`` element that stands in another format."""
    return hedlines(Nitf(root))


def hedlines(nitf: Nitf) -> tuple[Headline, ...]:
    """``hl1`` without a role; each ``hl2`` with its id (AP: originalHeadline) or its name."""
    lines = [*nitf.body_head.get("hl1", ()), *nitf.body_head.get("hl2", ())]
    for hedline in nitf.body_head.get("hedline", ()):
        lines += hedline
    found = []
    for element in lines:
        name = local_name(element)
        value = characters(element) if name in ("hl1", "hl2") else None
        if value is not None:
            role = None if name == "hl1" else element.get("id") or name
            found.append(Headline(value=value, role=role))
    if len(found) < 2:
        return tuple(found)
    return tuple(sorted(found, key=lambda headline: headline.role is not None))


def slugline(nitf: Nitf) -> str | None:
    return nitf.told("anpa-keyword") or nitf.fact("du-key", "key")


def keywords(nitf: Nitf) -> tuple[str, ...]:
    """``keyword/@key``; CP writes the word inside the element."""
    found = (
        field(element.get("key")) or characters(element)
        for element in below(nitf.doc.get("key-list", ()), "keyword")
    )
    return tuple(word for word in found if word)


def by(root: etree._Element) -> str | None:
    """The byline of a ``nitf`` element that stands in another format."""
    return byline(Nitf(root))


def byline(nitf: Nitf) -> str | None:
    """The byline as it stands, mixed content and all; several are lines of one."""
    return _lines(nitf.body_head.get("byline", ()))


def bylines(nitf: Nitf) -> tuple[Byline, ...]:
    """Persons and titles where the byline marks them."""
    found = []
    for element in nitf.body_head.get("byline", ()):
        if len(element):
            marked = children(element)
            name = characters(only(marked, "person"))
            title = characters(only(marked, "byttl"))
            org = characters(only(marked, "org"))
            found += [Byline(name=name, title=title, org=org)] if name else []
    return tuple(found)


def left_out(nitf: Nitf) -> Iterator[tuple[str, str]]:
    """What stands below the text and is none of it: NTB keeps its desk's addresses there."""
    for name in ("tagline", "bibliography"):
        for element in nitf.body_end.get(name, ()):
            if words := characters(element):
                yield name, words


def dateline(nitf: Nitf) -> str | None:
    """Without ``story.date``, which EFE fills with a machine's date."""
    found = only(nitf.body_head, "dateline")
    if found is None:
        return None
    pieces: list[str] = []
    _without_date(found, pieces)
    return field("".join(pieces))


def _without_date(element: etree._Element, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for child in element:
        if local_name(child) != "story.date":
            _without_date(child, pieces)
        pieces.append(child.tail or "")


def place(nitf: Nitf) -> Place | None:
    """The dateline's location, taken apart."""
    if "dateline" not in nitf.body_head:
        return None
    found = below(nitf.body_head.get("dateline", ()), "location")
    if not found or not len(found[0]):
        return None
    named = children(found[0])
    detail = Place(
        city=characters(only(named, "city")),
        area=characters(only(named, "state")) or characters(only(named, "region")),
        country=characters(only(named, "country")),
    )
    return None if detail == Place() else detail


def ed_note(nitf: Nitf) -> str | None:
    """``ed-msg`` and the notes of the head that are not for publication."""
    if "ed-msg" not in nitf.doc and "note" not in nitf.body_head:
        return None
    found = [field(element.get("info")) for element in nitf.doc.get("ed-msg", ())]
    found += [characters(n) for n in nitf.body_head.get("note", ()) if not _is_public(n)]
    return "\n".join(filter(None, found)) or None


def public_note(nitf: Nitf) -> str | None:
    """Notes of the head that say they may be published."""
    return _lines([note for note in nitf.body_head.get("note", ()) if _is_public(note)])


def _is_public(note: etree._Element) -> bool:
    """``editorsnote`` names whom it is for; a type that may be published overrules it."""
    return note.get("type") in PUBLISHABLE


def abstract(nitf: Nitf) -> tuple[Description, ...]:
    found = (text.plain(text.from_xml(e, "nitf")) for e in nitf.body_head.get("abstract", ()))
    return tuple(Description(value=value) for words in found if (value := field(words)))


def urgency_raw(nitf: Nitf) -> str | None:
    """``ed-urg``; CP writes the element into the head itself."""
    found = only(nitf.doc, "urgency")
    if found is None:
        found = only(nitf.head, "urgency")
    return None if found is None else found.get("ed-urg")


def urgency(raw: str | None) -> int | None:
    """1 most urgent, 5 normal, 8 least."""
    return int(raw) if raw is not None and raw in tuple("12345678") else None


def word_count(nitf: Nitf) -> int | None:
    """``pubdata/@item-length`` in words, else the count of the ANPA wire."""
    data = only(nitf.head, "pubdata")
    counted = data is not None and data.get("unit-of-measure") == "word"
    raw = _attribute(data, "item-length") if counted else nitf.told("anpa-wordcount")
    number = _status.number(raw)
    return number if number is not None and 0 < number < _LARGEST else None


# --- classification ------------------------------------------------------------------------------


def subjects(nitf: Nitf) -> tuple[Concept, ...]:
    """IPTC's Subject Codes as URIs; an agency's own (EFE ``ipr``) as literals."""
    found = map(_subject, nitf.tobject.get("tobject.subject", ()))
    return tuple(concept for concept in found if concept != Concept())


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


def genres(nitf: Nitf) -> tuple[Concept, ...]:
    properties = nitf.tobject.get("tobject.property", ())
    found = (element.get("tobject.property.type") for element in properties)
    return tuple(Concept(name=name) for name in found if name)


def identified(nitf: Nitf, name: str) -> tuple[Concept, ...]:
    """Persons, organisations … that ``identified-content`` lists."""
    listed = map(_named, below(nitf.doc.get("identified-content", ()), name))
    return tuple(dict.fromkeys(concept for concept in listed if concept != Concept()))


def _named(element: etree._Element) -> Concept:
    code = _attribute(element, "value") or _attribute(element, "location-code")
    source = _attribute(element, "idsrc") or _attribute(element, "code-source")
    return Concept(literal=code, name=characters(element), scheme=source if code else None)


def places(nitf: Nitf) -> tuple[Concept, ...]:
    """``evloc``, where the event was (never where it was written), and identified locations."""
    if "evloc" not in nitf.doc and "identified-content" not in nitf.doc:
        return ()
    where = [
        next(filter(None, (_attribute(e, name) for name in _EVENT_PLACES)), None)
        for e in nitf.doc.get("evloc", ())
    ]
    events = [Concept(name=name, rel="event") for name in where if name]
    return (*events, *identified(nitf, "location"))


_EVENT_PLACES = ("city", "county-dist", "state-prov", "iso-cc")


def selectors(nitf: Nitf) -> tuple[str, ...]:
    """Codes of the ANPA wires, in ``meta anpa-selector`` or an agency's own ``…-selectors``."""
    for name, content in nitf.meta.items():
        if name.endswith(("-selector", "-selectors")) and (codes := (content or "").split()):
            return tuple(codes)
    return ()


# --- source --------------------------------------------------------------------------------------


def info_sources(nitf: Nitf) -> tuple[Source, ...]:
    listed = below(nitf.doc.get("del-list", ()), "from-src")
    names = (element.get("src-name") for element in listed)
    return tuple(Source(name=name, role="from-src") for name in names if name)


def credit(nitf: Nitf) -> str | None:
    """The distributor: who sends the copy out."""
    return next(filter(None, map(characters, nitf.body_head.get("distributor", ()))), None)
