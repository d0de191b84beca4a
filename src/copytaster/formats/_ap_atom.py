"""The two extensions AP writes into Atom: content metadata (``apcm``), news management (``apnm``).

They are read wherever their namespaces are declared, in any Atom or RSS document, so that no
status in them is ever lost. Source: handbook formats §1.3 and §1.4. What is read from where:
``docs/reference/formats-ap-atom.md``.
"""

import msgspec

from copytaster.formats import _status
from copytaster.formats._feed import Fields
from copytaster.formats._feed import Notes
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import EditorialType
from copytaster.item import Headline
from copytaster.item import Partial
from copytaster.item import Place
from copytaster.item import PubStatus
from copytaster.moment import Moment

BLOCKS = frozenset(("apnm:NewsManagement", "apcm:ContentMetadata"))
_TYPES = {
    "text": "text",
    "photo": "picture",
    "graphic": "graphic",
    "video": "video",
    "audio": "audio",
    "complexdata": "composite",
}
_DELETED = ("delete", "deleted")
_CORRECTION = "correction:"


class ApFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the extensions say of an entry, in an item's words; empty without them."""

    chain_id: str | None = None
    entry_id: str | None = None
    version: str | None = None
    type: str = "text"
    first_created: Moment | None = None
    status: PubStatus | None = None
    status_raw: str | None = None
    embargoed: bool = False
    status_change: Moment | None = None
    editorial_types: tuple[EditorialType, ...] = ()
    partial: Partial = Partial.none
    headlines: tuple[Headline, ...] = ()
    slugline: str | None = None
    keywords: tuple[str, ...] = ()
    bylines: tuple[Byline, ...] = ()
    dateline: str | None = None
    located: str | None = None
    place: Place | None = None
    ed_note: str | None = None
    urgency: int | None = None
    urgency_raw: str | None = None
    priority: str | None = None
    subjects: tuple[Concept, ...] = ()
    genres: tuple[Concept, ...] = ()
    people: tuple[Concept, ...] = ()
    organisations: tuple[Concept, ...] = ()
    places: tuple[Concept, ...] = ()
    anpa_category: str | None = None
    selector_codes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple([byline.name for byline in self.bylines])

    @property
    def guid(self) -> str | None:
        """The id of the story: all versions of a text share the chain's, each has its own
        ``atom:id``. A picture is an item of its own and keeps its entry's.
        """
        return self.chain_id if self.type == "text" else None


NOTHING = ApFacts()


def read(fields: Fields, title: str | None, notes: Notes) -> ApFacts:
    """The facts of an entry. ``title``: its ``atom:title``, which is the slugline here."""
    if not fields.has(BLOCKS):
        return NOTHING
    managed = list(fields.inside("apnm:NewsManagement"))
    described = list(fields.inside("apcm:ContentMetadata"))
    status = _pub_status(managed, notes)
    types = _types(managed, described, notes)
    urgent, shelves = _urgency(described), _classified(described)
    return ApFacts(
        chain_id=_first(managed, "apnm:ManagementId"),
        entry_id=fields.text("id", "atom:id"),
        version=_version(managed),
        type=_type(described, notes),
        first_created=_created(described, notes),
        status=None if status is None else _status.settle(status.pub_status, types),
        status_raw=_first(managed, "apnm:PublishingStatus"),
        embargoed=status is not None and status.embargoed,
        status_change=_change(managed, notes) if status and status.embargoed else None,
        editorial_types=types,
        partial=_status.partial(types),
        headlines=_headlines(described),
        slugline=_first(described, "apcm:SlugLine") or title,
        keywords=_keywords(described),
        bylines=_bylines(described),
        dateline=_first(described, "apcm:DateLine"),
        located=_located(described, "City"),
        place=_place(described),
        ed_note=_notes(managed),
        urgency=urgent.urgency,
        urgency_raw=urgent.raw,
        priority=urgent.legacy,
        subjects=tuple(dict.fromkeys(shelves["subjects"])),
        people=tuple(dict.fromkeys(shelves["people"])),
        organisations=tuple(dict.fromkeys(shelves["organisations"])),
        places=tuple(dict.fromkeys(shelves["places"])),
        genres=tuple([Concept(name=n) for n in _texts(described, "apcm:ItemContentType")]),
        anpa_category=next((c.literal or c.name for c in shelves["category"]), None),
        selector_codes=_texts(described, "apcm:Selector"),
    )


def _first(blocks: list[Fields], name: str) -> str | None:
    return next((found for block in blocks if (found := block.text(name))), None)


def _texts(blocks: list[Fields], *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for block in blocks for text in block.texts(*names)))


def _notes(managed: list[Fields]) -> str | None:
    """Each special instruction, none swallowed by another."""
    return "\n\n".join(_texts(managed, "apnm:PublishingSpecialInstructions")) or None


def _version(managed: list[Fields]) -> str | None:
    """The management sequence number: 0 is the first (handbook: formats §1.3)."""
    raw = _first(managed, "apnm:ManagementSequenceNumber")
    return raw if _status.number(raw) is not None else None


# --- control -------------------------------------------------------------------------------------


def _pub_status(managed: list[Fields], notes: Notes) -> _status.Status | None:
    """The strictest status; a management block without one says nothing that opens a story."""
    if not managed:
        return None
    words = _texts(managed, "apnm:PublishingStatus")
    found = [_status.status(word, notes.profile) for word in words]
    if any(word.lower() in _DELETED for word in _texts(managed, "apnm:ManagementType")):
        found.append(_status.Status(pub_status=PubStatus.canceled))
    found = found or [_status.missing_status(notes.profile)]
    for code in dict.fromkeys(code for status in found for code in status.holds):
        notes.hold(code, "apnm:PublishingStatus", ", ".join(words))
    return _status.strictest(found)


def _change(managed: list[Fields], notes: Notes) -> Moment | None:
    """When the embargo ends. AP writes it without a zone: then nobody knows when that is."""
    found = [
        notes.iso(raw, embargo=True)
        for block in managed
        for element in block.all("apnm:PublishingStatus")
        if (raw := element.get("statusChangeOn")) is not None
    ]
    return _status.latest(found)


def _types(
    managed: list[Fields], described: list[Fields], notes: Notes
) -> tuple[EditorialType, ...]:
    """Kinds of message: words of the field among content types, a sequence, a headline cue."""
    types: list[EditorialType] = []
    for word in _texts(described, "apcm:ItemContentType"):
        kinds = _status.kinds((), (word,), notes.profile)
        types += () if kinds.holds else kinds.types
    headline = _first(described, "apcm:HeadLine") or ""
    if headline.lower().startswith(_CORRECTION):
        types.append(EditorialType.correction)
    if _status.number(_version(managed)):
        types.append(EditorialType.writethru)
    return tuple(dict.fromkeys(types))


def _type(described: list[Fields], notes: Notes) -> str:
    """What kind of content it is; one that is not known here is no story."""
    words = [
        element.get("MediaType", "").strip()
        for block in described
        for element in block.all("apcm:Characteristics")
    ]
    stated = [word for word in words if word]
    if not stated:
        return "text"
    found = _TYPES.get(stated[0].lower().replace(" ", ""))
    if found is None:
        notes.hold("type-unknown", "apcm:Characteristics", stated[0])
    return found or "text"


# --- words about the story -----------------------------------------------------------------------


def _created(described: list[Fields], notes: Notes) -> Moment | None:
    raw = _first(described, "apcm:FirstCreated") or _first(described, "apcm:DateLineDate")
    return notes.iso(raw) if raw else None


def _headlines(described: list[Fields]) -> tuple[Headline, ...]:
    main = _first(described, "apcm:HeadLine")
    roles = (("apcm:OriginalHeadLine", "original"), ("apcm:ExtendedHeadLine", "extended"))
    others = [
        Headline(value=value, role=role)
        for name, role in roles
        for value in _texts(described, name)
    ]
    return (Headline(value=main), *others) if main else tuple(others)


def _bylines(described: list[Fields]) -> tuple[Byline, ...]:
    found = [
        Byline(name=name, title=element.get("Title") or None)
        for block in described
        for element in block.all("apcm:ByLine")
        if (name := (element.text or "").strip(" \t\r\n"))
    ]
    return tuple(dict.fromkeys(found))


def _keywords(described: list[Fields]) -> tuple[str, ...]:
    words = [
        word.strip() for text in _texts(described, "apcm:Keywords") for word in text.split(",")
    ]
    return tuple(dict.fromkeys(word for word in words if word))


def _located(described: list[Fields], name: str) -> str | None:
    return next(
        (
            found
            for block in described
            for element in block.all("apcm:DateLineLocation")
            if (found := element.get(name, "").strip())
        ),
        None,
    )


def _place(described: list[Fields]) -> Place | None:
    city, area = _located(described, "City"), _located(described, "CountryAreaName")
    country = _located(described, "CountryName") or _located(described, "Country")
    if not (city or area or country):
        return None
    return Place(city=city, area=area, country=country)


class _Urgency(msgspec.Struct, frozen=True, kw_only=True):
    urgency: int | None = None
    raw: str | None = None
    legacy: str | None = None
    """AP's letter"""


def _urgency(described: list[Fields]) -> _Urgency:
    for block in described:
        for element in block.all("apcm:Priority"):
            raw = element.get("Numeric", "").strip()
            number = _status.number(raw)
            legacy = element.get("Legacy", "").strip() or (element.text or "").strip()
            return _Urgency(
                urgency=number if number is not None and 1 <= number <= 9 else None,
                raw=raw or None,
                legacy=legacy or None,
            )
    return _Urgency()


_ENTITIES = (
    ("people", ("party", "person")),
    ("places", ("geography", "location", "place")),
    ("organisations", ("organization", "organisation", "company")),
)


def _classified(described: list[Fields]) -> dict[str, list[Concept]]:
    """Subjects and entities, each on the shelf that its authority's name tells."""
    shelves: dict[str, list[Concept]] = {name: [] for name, _ in _ENTITIES}
    shelves |= {"subjects": [], "category": []}
    for block in described:
        for element in block.all("apcm:SubjectClassification", "apcm:EntityClassification"):
            authority = element.get("Authority", "").strip()
            concept = Concept(
                literal=element.get("Id") or None,
                name=element.get("Value") or (element.text or "").strip() or None,
                scheme=authority or None,
            )
            if concept.name or concept.literal:
                shelves[_shelf(block.names.of(element), authority.lower())].append(concept)
    return shelves


def _shelf(name: str, authority: str) -> str:
    if "category code" in authority:
        return "category"
    if name != "apcm:EntityClassification":
        return "subjects"
    return next(
        (shelf for shelf, words in _ENTITIES if any(w in authority for w in words)), "subjects"
    )
