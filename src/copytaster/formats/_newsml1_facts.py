"""One item of NewsML 1 taken apart: its components first, since all else hangs on what is text."""

import re

import msgspec

from copytaster.agency import Profile
from copytaster.formats import _newsml1_lines as lines
from copytaster.formats import _newsml1_media as media
from copytaster.formats import _newsml1_tree as tree
from copytaster.formats import _status
from copytaster.formats._moments import Moments
from copytaster.formats._newsml1_body import Sources
from copytaster.formats._newsml1_control import Control
from copytaster.formats._newsml1_control import control
from copytaster.formats._newsml1_control import media_type
from copytaster.formats._newsml1_dates import moment
from copytaster.formats._newsml1_identity import Identity
from copytaster.formats._newsml1_lines import NewsLines
from copytaster.formats._newsml1_lines import Way
from copytaster.formats._newsml1_part import Part
from copytaster.formats._newsml1_story import Story
from copytaster.formats._newsml1_story import story
from copytaster.formats._newsml1_topics import Topics
from copytaster.formats._newsml1_tree import Component
from copytaster.formats._newsml1_words import Read
from copytaster.formats._newsml1_words import body
from copytaster.formats._newsml1_words import nitf_inside
from copytaster.formats._nitf_inside import inside
from copytaster.formats._nitf_parts import Nitf
from copytaster.item import FormatName
from copytaster.item import Partial
from copytaster.item import RawRef
from copytaster.moment import Moment

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """What the document says of all its items; evidence, never order."""

    sent: Moment | None
    transmit_id: str | None
    priority: str | None
    services: tuple[str, ...]
    destinations: tuple[str, ...]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What the items of one document share."""

    sources: Sources
    topics: Topics
    envelope: Envelope
    name: FormatName
    raw: RawRef
    profile: Profile
    words: bool


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """One item, taken apart."""

    part: Part
    mine: Identity
    root: Component
    story: Story
    way: Way
    lines: NewsLines
    nitf: Nitf | None
    read: Read
    control: Control
    media: str | None
    """the kind of media that the item says it is"""
    moments: Moments
    lang: str | None

    @property
    def is_media(self) -> bool:
        """The item is nothing but a picture, a film or the like."""
        return bool(self.story.units) and not self.story.text


def facts_of(part: Part, mine: Identity, shared: Document) -> Facts:
    profile, moments = shared.profile, Moments(shared.profile)
    management = part.part("NewsManagement")
    root, kind = Component(part, None), media_type(management, profile)
    found = story(root, kind)
    way = Way([component.part for component in _way(root, found)])
    news_lines = lines.news_lines(way)
    within = [nitf_inside(content) for content in (*found.text, *found.others)]
    documents = [nitf for nitf in within if nitf is not None]
    has_words = bool(found.text or found.units)
    return Facts(
        part=part,
        mine=mine,
        root=root,
        story=found,
        way=way,
        lines=news_lines,
        nitf=within[0] if found.text else None,
        read=body(found, shared.sources, profile, words=shared.words),
        control=control(
            management,
            mine,
            inside(documents, moments, profile),
            ("correction",) if news_lines.correction else (),
            moments,
            profile,
            has_words=has_words,
        ),
        media=kind,
        moments=moments,
        lang=_language(root, found),
    )


def _way(root: Component, found: Story) -> list[Component]:
    """Down to the text; else to the picture; else as far as there is only one way to go."""
    if found.text:
        return found.text[0].component.chain()
    if found.units:
        return found.units[0].component.chain()
    component = root
    while len(component.children) == 1:
        component = component.children[0]
    return component.chain()


def _language(root: Component, found: Story) -> str | None:
    """The language of the text as a BCP 47 tag, its first part in lower case."""
    told = tree.language_of(found.text[0].component if found.text else _way(root, found)[-1])
    if told is None or _LANGUAGE.fullmatch(told) is None:
        return None
    first, *rest = told.replace("_", "-").split("-")
    return "-".join((first.lower(), *rest))


def item_type(facts: Facts) -> str:
    """Text where there is any; else what the item is made of."""
    if facts.story.text:
        return "text"
    if facts.media is not None:
        return facts.media
    if facts.story.units:
        return media.kind_of(facts.story.units[0])
    return "composite" if facts.root.refers else "text"


def partial(facts: Facts) -> Partial:
    """A patch holds ``Update`` elements; management alone brings no component."""
    if facts.mine.update == "U" or facts.part.children.get("Update"):
        return Partial.patch
    if facts.mine.update == "A" or not facts.part.children.get("NewsComponent"):
        return Partial.management_only
    return _status.partial(facts.control.kinds.types)


def dates(facts: Facts) -> tuple[Moment | None, Moment | None, Moment | None]:
    """Of this revision, of the first, of the dateline."""
    management = facts.part.part("NewsManagement")
    this, first = management.text("ThisRevisionCreated"), management.text("FirstCreated")
    raws = (this, first, lines.dateline_date(facts.way))
    read = {raw: moment(facts.moments, raw) for raw in dict.fromkeys(raws)}
    return read[raws[0]], read[raws[1]], read[raws[2]]
