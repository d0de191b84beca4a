"""Where the facts of an item of NewsML 1 lie: lines, metadata and rights of its components.

A story's facts are told on the way from the news item down to the component that holds its
text. What is one fact is read where it is told nearest to the text; what are many (subjects,
keywords, rights) is gathered on the whole way.
"""

from collections.abc import Iterator
from collections.abc import Sequence

import msgspec
from lxml import etree

from copytaster.formats import _status
from copytaster.formats._newsml1_part import LANG
from copytaster.formats._newsml1_part import Part
from copytaster.formats._newsml1_part import characters
from copytaster.formats._newsml1_part import formal
from copytaster.formats._newsml1_part import named
from copytaster.formats._newsml1_part import word
from copytaster.item import AltId
from copytaster.item import Byline
from copytaster.item import Description
from copytaster.item import Headline
from copytaster.item import Place
from copytaster.item import Restriction
from copytaster.item import Source

_ABSTRACTS = frozenset({"abstract", "summary", "summaryline"})
_CAPTIONS = frozenset({"caption", "captionline"})


class NewsLines(msgspec.Struct, frozen=True, kw_only=True):
    """``NewsLine`` elements sorted by what their type says they are for."""

    advisory: tuple[str, ...] = ()
    correction: tuple[str, ...] = ()
    abstract: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """for editors: what kind of line it is only the agency knows"""


class Way:
    """The blocks of facts on the way to a text, outermost first."""

    def __init__(self, components: Sequence[Part]) -> None:
        self.components = components
        self.lines = _blocks(components, "NewsLines")
        self.descriptive = _blocks(components, "DescriptiveMetadata")
        self.administrative = _blocks(components, "AdministrativeMetadata")
        self.rights = _blocks(components, "RightsMetadata")
        self.usages = _blocks(self.rights, "UsageRights")

    def line(self, name: str) -> str | None:
        """A line of one name, told nearest to the text. Several in one place are its lines."""
        for block in reversed(self.lines):
            if found := block.texts(name):
                return "\n".join(found)
        return None

    def all_lines(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(found for block in self.lines for found in block.texts(name)))


def _blocks(components: Sequence[Part], name: str) -> list[Part]:
    return [Part(e) for component in components for e in component.all(name)]


# --- lines ---------------------------------------------------------------------------------------


def headlines(way: Way) -> tuple[Headline, ...]:
    """The headline nearest to the text; further ones, and those below it, with a role."""
    found: list[Headline] = []
    for block in reversed(way.lines):
        elements = [e for e in block.all("HeadLine") if characters(e) is not None]
        if elements:
            found = [_headline(e, None if e is elements[0] else "alternative") for e in elements]
            break
    for block in reversed(way.lines):
        elements = [e for e in block.all("SubHeadLine") if characters(e) is not None]
        if elements:
            return (*found, *(_headline(e, "subheadline") for e in elements))
    return tuple(found)


def _headline(element: etree._Element, role: str | None) -> Headline:
    lang = element.get(LANG)
    return Headline(
        value=characters(element) or "", role=role, lang=None if lang == "x-default" else lang
    )


def bylines(way: Way) -> tuple[Byline, ...]:
    """Each ``ByLine`` with the ``ByLineTitle`` at the same place."""
    for block in reversed(way.lines):
        if names := block.texts("ByLine"):
            titles: list[str | None] = [*block.texts("ByLineTitle")]
            titles += [None] * len(names)
            return tuple(
                Byline(name=name, title=title) for name, title in zip(names, titles, strict=False)
            )
    return ()


def news_lines(way: Way) -> NewsLines:
    """All ``NewsLine`` elements on the way."""
    found: dict[str, list[str]] = {}
    for block in way.lines:
        for line in block.parts("NewsLine"):
            kind = _purpose(word(line.formal("NewsLineType")))
            found.setdefault(kind, []).extend(line.texts("NewsLineText"))
    return NewsLines(**{kind: tuple(dict.fromkeys(texts)) for kind, texts in found.items()})


def _purpose(kind: str) -> str:
    if "advisory" in kind:
        return "advisory"
    if kind.startswith("correct"):
        return "correction"
    if kind in _ABSTRACTS:
        return "abstract"
    return "caption" if kind in _CAPTIONS else "others"


def comments(way: Way) -> tuple[str, ...]:
    """Comments on the item and its components: they are for editors (DTD, Comment)."""
    found = (text for component in way.components for text in component.texts("Comment"))
    return tuple(dict.fromkeys(found))


# --- metadata ------------------------------------------------------------------------------------


def keywords(way: Way) -> tuple[str, ...]:
    """Keyword lines, and AFP's ``Property FormalName="Keyword"``."""
    found = list(way.all_lines("KeywordLine"))
    for block in way.descriptive:
        found += [
            value
            for element in block.all("Property")
            if word(element.get("FormalName")) == "keyword"
            and (value := element.get("Value", "").strip())
        ]
    return tuple(dict.fromkeys(found))


def dateline_date(way: Way) -> str | None:
    return next(filter(None, (b.text("DateLineDate") for b in reversed(way.descriptive))), None)


def origin(way: Way) -> Place | None:
    """``Location`` with ``HowPresent="Origin"``: where the item was written."""
    for block in reversed(way.descriptive):
        for element in block.all("Location"):
            if word(element.get("HowPresent")) in ("origin", "from"):
                return place(element)
    return None


def place(element: etree._Element) -> Place | None:
    """A location, taken apart by the names of its properties."""
    properties = Part(element).all("Property")
    found = Place(
        city=named(properties, "city"),
        area=named(properties, "countryarea", "area", "region", "state", "province"),
        country=named(properties, "country", "countryname"),
    )
    return None if found == Place() else found


def info_sources(way: Way) -> tuple[Source, ...]:
    """Parties of the administrative metadata, each with what it did as its role."""
    roles = (("Provider", "provider"), ("Creator", "creator"), ("Source", None))
    found = [
        Source(name=name, role=role)
        for block in way.administrative
        for element, role in (*roles, ("Contributor", "contributor"))
        for name in _parties(block, element)
    ]
    return tuple(dict.fromkeys(found))


def _parties(block: Part, name: str) -> Iterator[str]:
    for holder in block.parts(name):
        for party in holder.all("Party"):
            if found := party.get("FormalName", "").strip():
                yield found


def file_names(way: Way) -> tuple[AltId, ...]:
    """``FileName`` and ``SystemIdentifier``: what the agency's own system calls the item."""
    return tuple(
        AltId(role=name, value=found)
        for block in way.administrative
        for name in ("FileName", "SystemIdentifier")
        for found in block.texts(name)
    )


# --- rights --------------------------------------------------------------------------------------


def copyright_holder(way: Way) -> str | None:
    for block in reversed(way.rights):
        for element in block.parts("Copyright"):
            if found := _said(element, "CopyrightHolder"):
                return found
    return None


def usage_terms(way: Way) -> tuple[str, ...]:
    """Rights lines, and the type and limitations of every usage right."""
    found: list[str | None] = list(way.all_lines("RightsLine"))
    for usage in way.usages:
        found += [_said(usage, name) for name in ("UsageType", "Limitations")]
    return tuple(dict.fromkeys(filter(None, found)))


def restrictions(way: Way) -> tuple[Restriction, ...]:
    """Where and when the usage rights allow use."""
    found = []
    for usage in way.usages:
        where = _said(usage, "Geography")
        when = [_said(usage, name) or "" for name in ("StartDate", "EndDate")]
        if where:
            found.append(Restriction(kind="territory", value=where, source="field"))
        if any(when):
            found.append(Restriction(kind="time", value="/".join(when), source="field"))
    return tuple(dict.fromkeys(found))


def usage_dates(way: Way, name: str) -> list[str]:
    """All ``StartDate`` or ``EndDate`` of usage rights."""
    return [found for usage in way.usages if (found := _said(usage, name))]


def _said(block: Part, name: str) -> str | None:
    """The text of an element, or the code or party in it."""
    found = block.text(name) or block.formal(name)
    element = block.first(name)
    if found or element is None:
        return found
    return next(filter(None, (formal(party) for party in Part(element).all("Party"))), None)


# --- descriptions, urgency -----------------------------------------------------------------------


def descriptions(lines: NewsLines, summaries: list[str]) -> tuple[Description, ...]:
    """Abstracts in lines and in components, then captions that stand in lines."""
    found = [Description(value=value) for value in dict.fromkeys((*summaries, *lines.abstract))]
    found += [Description(value=value, role="caption") for value in lines.caption]
    return tuple(found)


def urgency(raw: str | None) -> int | None:
    """1 (most urgent) to 9."""
    found = _status.number(raw)
    return found if found is not None and 1 <= found <= 9 else None
