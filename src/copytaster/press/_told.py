"""What an edition says, drawn once from its facts: the page, its data and its entry agree."""

from datetime import datetime

import msgspec

from copytaster import language
from copytaster.agency import Profile
from copytaster.item import Item
from copytaster.press._labels import Label
from copytaster.press._labels import label
from copytaster.press._markup import body_html
from copytaster.press._pictures import fit
from copytaster.press._times import Shown
from copytaster.press._times import machine
from copytaster.press._times import shown
from copytaster.press._types import Facts
from copytaster.press._types import Picture
from copytaster.press._types import Site
from copytaster.press._types import withdrawn
from copytaster.press._words import Tongue
from copytaster.press._words import disclosure
from copytaster.text import first_paragraph
from copytaster.text import plain

_TRAILING = " \t\r\n.\N{HORIZONTAL ELLIPSIS}"
_DATELINE_END = " \t-\N{EN DASH}\N{EM DASH}:.,;"


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """The agency's own note, verbatim, and when it was published."""

    at: datetime
    note: str


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The words, times and marks of one edition."""

    headline: str
    byline: str
    by_prefix: str
    """``By``, or nothing where the byline begins with it or the language has none"""
    text: str
    body: str
    abstract: str | None
    """the agency's own summary, where it says more than the text's beginning"""
    teaser: str | None
    """the abstract or else the first paragraph; whole"""
    dateline: str | None
    """as sent, unless the text already starts with it"""
    tongue: Tongue
    language_source: language.Source
    """who says that it is this one"""
    published: Shown
    updated: Shown | None
    corrections: tuple[Correction, ...]
    expires: datetime | None
    """when it must come down"""
    credit: str
    rights: str | None
    disclosure: str
    label: Label
    pictures: tuple[Picture, ...] = ()

    @property
    def tongue_detected(self) -> bool:
        """Nobody said which language it is: a program took it from the words."""
        return self.language_source is language.Source.detected


def tell(facts: Facts, site: Site) -> Told:
    """Everything this edition says."""
    item, agency = facts.item, facts.agency
    byline = byline_of(item, agency)
    text = plain(item.copy)
    named = language_of(item, agency, site)
    spoken = site.tongue(named.tag)
    abstract = _abstract(item, text)
    return Told(
        headline=item.headline or "",
        byline=byline,
        by_prefix=_by_prefix(byline, spoken),
        text=text,
        body=body_html(item.copy),
        abstract=abstract,
        teaser=abstract or first_paragraph(item.copy),
        dateline=_dateline(item.dateline, text),
        tongue=spoken,
        language_source=named.source,
        published=show(facts.published, agency, site, spoken),
        updated=show(facts.updated, agency, site, spoken) if facts.updated else None,
        corrections=_corrections(facts),
        expires=facts.expires,
        credit=item.credit or agency.name,
        rights=item.copyright_notice,
        disclosure=disclosure(
            spoken.words, agency.name, site.name, reviewed=facts.reviewed is not None
        ),
        label=label(item.digital_source_type, facts.changes, reviewed=facts.reviewed is not None),
        pictures=fit(facts.pictures),
    )


def language_of(item: Item, agency: Profile, site: Site) -> language.Language:
    """The language in which an item's page speaks, and who says so."""
    return language.of(
        item.language,
        f"{item.headline or ''}\n{plain(item.copy)}",
        agency=agency.language,
        site=site.language,
    )


def show(at: datetime, agency: Profile, site: Site, spoken: Tongue) -> Shown:
    """``at`` as readers of this site see it: in the site's zone, else in the agency's. The machine
    value keeps the offset that an agency wrote, which says what its own clock showed."""
    zone = site.zone or agency.zone
    told = shown(at, zone=zone, house_zone=site.zone or "UTC", language=spoken.own)
    return msgspec.structs.replace(told, machine=machine(at)) if at.utcoffset() else told


def byline_of(item: Item, agency: Profile) -> str:
    """The agency's byline as sent; where it sent none, the agency."""
    return item.by if item.by and item.by.strip() else agency.name


def _by_prefix(byline: str, spoken: Tongue) -> str:
    if spoken.differs:
        return ""
    first, _, rest = byline.strip().partition(" ")
    begun = rest and first.rstrip(":").casefold() in spoken.words.by_prefixes
    return "" if begun else spoken.words.by


def _abstract(item: Item, text: str) -> str | None:
    """The first summary in plain text. One that only repeats the text's beginning, or cuts it
    off ("won't compromise on its ..."), is not an abstract: each word once, and whole."""
    for description in item.descriptions:
        if description.content_type == "text/plain" and description.value.strip():
            stem = description.value.strip(_TRAILING)
            begins = text.lstrip().startswith(stem) or item.headline == description.value
            return None if begins else description.value
    return None


def _dateline(dateline: str | None, text: str) -> str | None:
    if dateline is None or not dateline.strip():
        return None
    place = dateline.strip(_DATELINE_END).casefold()
    begins = text[: 2 * len(dateline) + 8].casefold().lstrip().startswith(place)
    return None if begins else dateline


def _corrections(facts: Facts) -> tuple[Correction, ...]:
    gone = withdrawn(facts.changes)
    notes = [
        Correction(at=change.at, note=change.note)
        for change in facts.changes
        if change.kind == "updated" and change.note and change.edition not in gone
    ]
    own = facts.item.correction_text
    if own and own.public and all(own.public != correction.note for correction in notes):
        notes.append(Correction(at=facts.updated or facts.published, note=own.public))
    return tuple(notes)
