"""The type of an agency profile."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from copytaster.agency._acknowledge import Acknowledge
from copytaster.agency._contract import Contract
from copytaster.agency._subjects import Subjects
from copytaster.item import EditorialType
from copytaster.moment import ZoneRules


class Where(StrEnum):
    """The places of an item in which an agency's set phrases stand."""

    headline = "headline"
    slugline = "slugline"
    keyword = "keyword"
    note = "note"
    """notes to editors, and the advisory line"""
    first_line = "first-line"
    """of the text"""
    usage = "usage"
    """usage terms and copyright notice"""
    profile = "profile"
    genre = "genre"
    service = "service"


class Phrases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Set phrases, and where they stand. White space and, unless told, case do not count."""

    where: tuple[Where, ...]
    starts: tuple[str, ...] = ()
    """the value begins with these words"""
    contains: tuple[str, ...] = ()
    """these words stand anywhere in it"""
    equals: tuple[str, ...] = ()
    """it is these words and nothing else"""
    capitals: bool = False
    """only as written here: ``KILL`` is a notice, ``kill`` is a word"""


class Marker(Phrases, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Phrases by which the agency says what kind of message an item is."""

    means: EditorialType


class Restricting(Phrases, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Phrases by which the agency restricts the use of an item."""

    kind: str
    """territory, time, media, archive, online or sale"""


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything the desk knows about an agency; the TOML's comments give each value its source."""

    id: str
    name: str
    """as readers see it: ``ANI``"""
    cited_as: tuple[str, ...] = ()
    """what other agencies call it beside ``name``, as they write it: ``Associated Press``"""
    url: str | None = None
    language: str | None = None
    """BCP 47 tag of what it usually sends; for readers, where an item states none and its words are
    not certainly in another"""
    zone: str | None = None
    """IANA zone of the agency; times on pages are shown in it"""
    assume_zone: bool = False
    """apply ``zone`` to moments without one (never to an embargo)"""
    zones: Mapping[str, str] = {}
    """zone words the agency writes, to IANA zones"""
    months: Mapping[str, int] = {}
    """month names of its IPTC 7901 wire beside the English ones, lower case, to 1–12"""
    missing_status: str = "hold"
    """``usable`` or ``hold``: what an item without a status is, in formats whose standard does
    not say (G2, ninjs and feeds say usable)"""
    status: Mapping[str, str] = {}
    """status words, lower case, to usable, withheld, canceled or hold"""
    signals: Mapping[str, str] = {}
    """signal codes to an editorial type, or ``ignore``"""
    notice_languages: tuple[str, ...] | None = None
    """languages whose shared phrases of notices are heard; None: all that ship"""
    markers: tuple[Marker, ...] = ()
    """set phrases that tell kills, advisories, tests, corrections and parts of stories"""
    restricting: tuple[Restricting, ...] = ()
    """set phrases that restrict use, in notes and usage terms"""
    gates: frozenset[str] = frozenset({"online"})
    """kinds of restriction under which a story waits for a person"""
    charset: str | None = None
    """of wires that declare none (IPTC 7901, ANPA 1312): a charset's name, or ``iso646-de`` …"""
    date_in_id: bool = True
    """NewsML 1: the DateId is part of a story's id, as the DTD says"""
    notes_from: tuple[str, ...] = ()
    """lines of plain text at which a part for editors begins, to the end: ``# Notebook``"""
    repairs: frozenset[str] = frozenset()
    """repairs under which an item may still be published: short-offset, xml, charset, entities"""
    body_selector: str | None = None
    """class or id of the element in XHTML bodies that holds the text"""
    omit: Mapping[str, str] = {}
    """class, id or element name in bodies → name of the omission"""
    description_is_text: bool = True
    """an RSS description is the whole text when nothing fuller is there"""
    subjects: Subjects | None = None
    """which Media Topics its own codes mean"""
    contract: Contract = Contract()
    acknowledge: Acknowledge | None = None
    """set where the agency wants to be told that its withdrawals were carried out"""

    @property
    def zone_rules(self) -> ZoneRules:
        """What moment readers may use of this profile."""
        return ZoneRules(
            default=self.zone if self.assume_zone else None,
            named=self.zones,
            months=self.months,
            repairs=self.repairs,
        )
