"""The type of an agency profile."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from copytaster.moment import ZoneRules


class Indexing(StrEnum):
    """What the contract allows search engines (publishing §1.4)."""

    own = "self"
    news_noindex = "news-noindex"
    noindex = "noindex"
    canonical_to_source = "canonical-to-source"


class Contract(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the licence allows. Absent means the careful default."""

    retention_days: int | None = None
    """days after first publication after which the text must come down"""
    indexing: Indexing = Indexing.news_noindex
    licence_url: str | None = None


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything the desk knows about an agency; the TOML's comments give each value its source."""

    id: str
    name: str
    """as readers see it: ``ANI``"""
    url: str | None = None
    language: str | None = None
    """BCP 47 tag used when an item states none"""
    zone: str | None = None
    """IANA zone of the agency; times on pages are shown in it"""
    assume_zone: bool = False
    """apply ``zone`` to moments without one (never to an embargo)"""
    zones: Mapping[str, str] = {}
    """zone words the agency writes, to IANA zones"""
    missing_status: str = "hold"
    """``usable`` or ``hold``: what a NITF item without a status is (G2 and ninjs say usable)"""
    status: Mapping[str, str] = {}
    """status words, lower case, to usable, withheld, canceled or hold"""
    signals: Mapping[str, str] = {}
    """signal codes to an editorial type, or ``ignore``"""
    repairs: frozenset[str] = frozenset()
    """repairs under which an item may still be published: short-offset, xml, charset, entities"""
    body_selector: str | None = None
    """class or id of the element in XHTML bodies that holds the text"""
    omit: Mapping[str, str] = {}
    """class, id or element name in bodies → name of the omission"""
    description_is_text: bool = True
    """an RSS description is the whole text when nothing fuller is there"""
    contract: Contract = Contract()

    @property
    def zone_rules(self) -> ZoneRules:
        """What moment readers may use of this profile."""
        return ZoneRules(
            default=self.zone if self.assume_zone else None,
            named=self.zones,
            repairs=self.repairs,
        )
