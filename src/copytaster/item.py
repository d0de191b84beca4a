"""What an agency said: the Item and its parts, nothing else.

An item is one parsed message: a version of a story, or a notice about one. It is immutable.
Field names follow ninjs 3.1 where ninjs has them (handbook: formats §6); raw strings are
kept beside every normalised value.
"""

from datetime import datetime
from enum import StrEnum

import msgspec

from copytaster.moment import Moment


class _Part(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True, gc=False):
    """Base of all parts: immutable, camelCase outside, defaults left out.

    Frozen values cannot form a cycle, so the collector need not look at them (``gc=False``):
    a feed makes a hundred of them for each story.
    """


# --- the words -----------------------------------------------------------------------------


class BlockKind(StrEnum):
    """The kinds of block a body may have; nothing else reaches a page."""

    paragraph = "p"
    heading = "h2"
    quote = "blockquote"
    bullets = "ul"
    numbers = "ol"
    table = "table"
    preformatted = "pre"


class Mark(StrEnum):
    """Inline marks that may dress a run of text; they never add or change a character."""

    strong = "strong"
    emphasis = "em"
    subscript = "sub"
    superscript = "sup"
    strike = "s"
    underline = "u"
    code = "code"


class Run(_Part, frozen=True, kw_only=True):
    """A stretch of text under the same marks. ``href`` is http, https, mailto or tel only."""

    text: str
    marks: tuple[Mark, ...] = ()
    href: str | None = None


class Line(_Part, frozen=True, kw_only=True):
    """One line inside a block: a list item, a table row's cells joined, or a broken line."""

    cells: tuple[tuple[Run, ...], ...]
    """one cell, except in a table row; a cell is its runs in order"""
    header: bool = False
    """a table row of header cells"""


class Block(_Part, frozen=True, kw_only=True):
    """One block of the body. Its canonical text is its lines joined by LF, cells by TAB."""

    kind: BlockKind
    lines: tuple[Line, ...]


class Piece(_Part, frozen=True, kw_only=True):
    """A stretch of source characters in source order: kept in the text, or left out by name."""

    text: str
    omitted: str | None = None
    """the named omission of the transformation's specification, e.g. ``editors-note``"""


class Copy(_Part, frozen=True, kw_only=True):
    """The words of a body: what readers get (blocks) and how it accounts for the source."""

    blocks: tuple[Block, ...] = ()
    pieces: tuple[Piece, ...] = ()
    """every character of the body's source text, in order, apart from layout white space"""

    @property
    def omissions(self) -> dict[str, int]:
        """Characters left out, by the omission's name."""
        counts: dict[str, int] = {}
        for piece in self.pieces:
            if piece.omitted is not None:
                counts[piece.omitted] = counts.get(piece.omitted, 0) + len(piece.text)
        return counts


# --- control ---------------------------------------------------------------------------------


class PubStatus(StrEnum):
    """The agency's word on the item, normalised (formats §1.4). ``hold`` is anything unknown."""

    usable = "usable"
    withheld = "withheld"
    canceled = "canceled"
    hold = "hold"


class EmbargoState(StrEnum):
    none = "none"
    until = "until"
    indefinite = "indefinite"
    """an embargo without a date"""
    unparseable = "unparseable"
    """a date that cannot be read, or has no zone that is explicit or approved by the profile"""


class Embargo(_Part, frozen=True, kw_only=True):
    state: EmbargoState = EmbargoState.none
    until: datetime | None = None
    raw: str | None = None
    reason_text: str | None = None


class EditorialType(StrEnum):
    """What kind of message this is, in the field's own words."""

    kill = "kill"
    withhold = "withhold"
    release = "release"
    """a notice that lifts the hold on another item"""
    correction = "correction"
    clarification = "clarification"
    update = "update"
    refile = "refile"
    repeat = "repeat"
    writethru = "writethru"
    lead = "lead"
    alert = "alert"
    add = "add"
    insert = "insert"
    sub = "sub"
    takes = "takes"
    advisory = "advisory"
    disregard = "disregard"
    hold_for_release = "holdForRelease"
    elimination = "elimination"
    schedule = "schedule"
    test = "test"


class Partial(StrEnum):
    none = "none"
    patch = "patch"
    add = "add"
    management_only = "managementOnly"


class Signal(_Part, frozen=True, kw_only=True):
    """A signal as sent. ``known`` is set by the format when IPTC or the profile defines it."""

    uri: str | None = None
    literal: str | None = None
    severity: str | None = None
    known: bool = False


class TargetKind(StrEnum):
    """What a message says of the story it names."""

    notice = "notice"
    """a status: it is killed, held, or may be used after all"""
    replacement = "replacement"
    """one of the two stands in the other's place; asks for nothing"""
    part = "part"
    """a further part of the story, or a notice about one"""


class Target(_Part, frozen=True, kw_only=True):
    """What a notice points at."""

    kind: TargetKind = TargetKind.notice

    idref: str | None = None
    service_number: str | None = None
    new_status: PubStatus = PubStatus.canceled
    when: Moment | None = None
    """RFC 6721 ``when`` of a tombstone"""
    suspected: bool = False
    """the notice may mean this story or another: suspended until a person, or a story that fits
    clearly better, says which"""
    tentative: bool = False
    """nothing but the minute it moved speaks for the story; of a usable target: it sets free what
    the same notice suspected, because another story is meant"""
    turn: int = 0
    """how often the same notice had suspected this story and set it free before: its latest word
    counts"""
    evidence: str | None = None
    """by what the story was found, in words: ``headline, the minute it moved``"""
    score: int | None = None
    """how well the story fits what the notice names; None where a field named it by its id"""
    substitute: str | None = None
    """public id of the story that the notice declares to be good in its place"""
    part: str | None = None
    """guid of the part of the story that is meant, where not the story itself"""
    spares: tuple[str, ...] = ()
    """content hashes of the versions of this very story that the notice declares to be good"""


class CorrectionText(_Part, frozen=True, kw_only=True):
    public: str | None = None
    """the agency's reader-ready note, verbatim"""
    internal: str | None = None


# --- editorial ---------------------------------------------------------------------------------


class AltId(_Part, frozen=True, kw_only=True):
    role: str | None = None
    value: str


class Headline(_Part, frozen=True, kw_only=True):
    value: str
    role: str | None = None
    content_type: str = "text/plain"
    lang: str | None = None


class Byline(_Part, frozen=True, kw_only=True):
    name: str
    title: str | None = None
    org: str | None = None
    role: str | None = None


class Description(_Part, frozen=True, kw_only=True):
    value: str
    role: str | None = None
    content_type: str = "text/plain"
    lang: str | None = None


class Place(_Part, frozen=True, kw_only=True):
    city: str | None = None
    area: str | None = None
    country: str | None = None
    geo: str | None = None


class BodyKind(StrEnum):
    full = "full"
    summary = "summary"
    none = "none"


class Body(_Part, frozen=True, kw_only=True):
    """One rendition of the body as sent: the markup of the declared selection, untouched."""

    value: str
    content_type: str
    role: str | None = None
    selector: str | None = None
    char_count: int | None = None
    word_count: int | None = None
    sha256: str | None = None
    repairs: tuple[str, ...] = ()


class Concept(_Part, frozen=True, kw_only=True):
    """A subject, genre, person, organisation, place, event or object."""

    uri: str | None = None
    literal: str | None = None
    name: str | None = None
    rel: str | None = None
    scheme: str | None = None
    creator: str | None = None
    relevance: float | None = None
    confidence: float | None = None
    why: str | None = None


# --- rights, media, package, source --------------------------------------------------------------


class Restriction(_Part, frozen=True, kw_only=True):
    kind: str
    """territory, time, media, archive, online or sale"""
    value: str
    source: str
    """field, edNote or advisory"""


class RightsInfo(_Part, frozen=True, kw_only=True):
    lang_id: str | None = None
    linked_rights: str | None = None
    encoded_rights: str | None = None


class Rendition(_Part, frozen=True, kw_only=True):
    href: str
    name: str | None = None
    content_type: str | None = None
    title: str | None = None
    width: int | None = None
    height: int | None = None
    size_in_bytes: int | None = None
    duration: float | None = None
    hash: str | None = None


class Association(_Part, frozen=True, kw_only=True):
    """An item beside this one (a picture, a video, a related story) with its own permission."""

    name: str | None = None
    role: str | None = None
    uri: str | None = None
    version: str | None = None
    type: str | None = None
    headline: str | None = None
    caption: str | None = None
    alt_text: str | None = None
    byline: str | None = None
    credit: str | None = None
    copyright_notice: str | None = None
    usage_terms: tuple[str, ...] = ()
    pub_status: PubStatus = PubStatus.usable
    embargo: Embargo = Embargo()
    expires: Moment | None = None
    restrictions: tuple[Restriction, ...] = ()
    hold_reason: tuple[str, ...] = ()
    """reason codes that forbid showing it unattended; the story's permission never lifts them"""
    renditions: tuple[Rendition, ...] = ()


class GroupRef(_Part, frozen=True, kw_only=True):
    uri: str
    version: str | None = None
    item_class: str | None = None
    pub_status: PubStatus | None = None
    headline: str | None = None


class Group(_Part, frozen=True, kw_only=True):
    id: str
    role: str | None = None
    mode: str = "bag"
    """bag (complementary), seq (ordered) or alt (choose one)"""
    refs: tuple[GroupRef, ...] = ()
    groups: tuple[str, ...] = ()


class Source(_Part, frozen=True, kw_only=True):
    name: str | None = None
    uri: str | None = None
    role: str | None = None


class FormatName(_Part, frozen=True, kw_only=True):
    name: str
    """as ``formats.names()`` lists them: rss, newsml-g2, iptc-7901 …"""
    version: str | None = None
    dialect: str | None = None


class RawRef(_Part, frozen=True, kw_only=True):
    sha256: str
    length: int
    content_type: str | None = None
    declared_charset: str | None = None
    used_charset: str | None = None


class Remark(_Part, frozen=True, kw_only=True):
    """Something the reader of the format noticed. ``code`` is stable and documented."""

    code: str
    path: str | None = None
    detail: str | None = None


class Item(_Part, frozen=True, kw_only=True):
    """One parsed message of an agency; immutable. Mandatory: provider, guid, contentHash."""

    # identity
    provider: str
    guid: str
    alt_ids: tuple[AltId, ...] = ()
    story_chain_id: str | None = None
    feed_id: str | None = None
    item_class: str | None = None
    type: str = "text"
    link: str | None = None
    """the agency's own public address of the story, when it gave one"""
    # version
    version: str | None = None
    version_number: int | None = None
    previous_version: str | None = None
    version_created: Moment | None = None
    first_created: Moment | None = None
    content_created: Moment | None = None
    content_modified: Moment | None = None
    sent: Moment | None = None
    content_hash: str
    """SHA-256 over canonicalised content, status, embargo and signals; no envelope facts"""
    # control
    pub_status: PubStatus
    hold_reason: tuple[str, ...] = ()
    """reason codes found while reading that forbid publishing unattended"""
    status_raw: str | None = None
    status_scope: str = "allVersions"
    embargo: Embargo = Embargo()
    expires: Moment | None = None
    signals: tuple[Signal, ...] = ()
    editorial_types: tuple[EditorialType, ...] = ()
    partial: Partial = Partial.none
    targets: tuple[Target, ...] = ()
    replaces: tuple[str, ...] = ()
    replaced_by: str | None = None
    correction_text: CorrectionText | None = None
    atomic_group: str | None = None
    # editorial
    headlines: tuple[Headline, ...] = ()
    slugline: str | None = None
    keywords: tuple[str, ...] = ()
    by: str | None = None
    bylines: tuple[Byline, ...] = ()
    dateline: str | None = None
    located: str | None = None
    dateline_detail: Place | None = None
    language: str | None = None
    ed_note: str | None = None
    public_note: str | None = None
    advisory_line: str | None = None
    descriptions: tuple[Description, ...] = ()
    title: str | None = None
    urgency: int | None = None
    urgency_raw: str | None = None
    priority: str | None = None
    content_warning: str | None = None
    digital_source_type: str | None = None
    profile: str | None = None
    # body
    bodies: tuple[Body, ...] = ()
    body_kind: BodyKind = BodyKind.none
    copy: Copy = Copy()
    """the words of the body selected for publishing"""
    # classify
    subjects: tuple[Concept, ...] = ()
    genres: tuple[Concept, ...] = ()
    people: tuple[Concept, ...] = ()
    organisations: tuple[Concept, ...] = ()
    places: tuple[Concept, ...] = ()
    events: tuple[Concept, ...] = ()
    objects: tuple[Concept, ...] = ()
    anpa_category: str | None = None
    selector_codes: tuple[str, ...] = ()
    # rights
    copyright_holder: str | None = None
    copyright_notice: str | None = None
    usage_terms: tuple[str, ...] = ()
    rights_info: tuple[RightsInfo, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    data_mining: str | None = None
    credit: str | None = None
    use_from: datetime | None = None
    """before which its rights do not run"""
    retain_until: datetime | None = None
    # media, package, source
    renditions: tuple[Rendition, ...] = ()
    associations: tuple[Association, ...] = ()
    groups: tuple[Group, ...] = ()
    info_sources: tuple[Source, ...] = ()
    services: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    transmit_id: str | None = None
    trust_indicators: tuple[str, ...] = ()
    # evidence
    raw_ref: RawRef
    format: FormatName
    parser_version: str = "1"
    repairs: tuple[str, ...] = ()
    """repairs made while reading (XML, moments, characters); publishing needs each allowed"""
    warnings: tuple[Remark, ...] = ()

    @property
    def headline(self) -> str | None:
        """The headline readers see: the one without a role, else the first."""
        for headline in self.headlines:
            if headline.role is None:
                return headline.value
        return self.headlines[0].value if self.headlines else None

    @property
    def summary(self) -> str | None:
        """The agency's own abstract, if it sent one."""
        return self.descriptions[0].value if self.descriptions else None
