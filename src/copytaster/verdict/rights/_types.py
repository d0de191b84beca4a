"""The words of this room: uses, what limits them, and gates."""

from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta
from enum import StrEnum

import msgspec

from copytaster.agency import Contract
from copytaster.agency import Feeds
from copytaster.agency import Indexing


class Use(StrEnum):
    """What may be done with a story. Each has a gate of its own."""

    page = "page"
    """its address, in all forms, and the entries in lists"""
    archive = "archive"
    """the page, after the story has ceased to be news"""
    feeds = "feeds"
    search = "search"
    """search engines"""
    pictures = "pictures"
    """those that came with it; each has a gate of its own besides"""
    social = "social"
    """passing it to social networks"""
    onward = "onward"
    """supplying it to others than readers"""


class Means(StrEnum):
    """What a limit does."""

    only = "only"
    """allowed only in these countries, or only for these things"""
    denied = "not"
    """not in these countries, not for these things"""
    until = "until"
    since = "since"
    within = "within"
    """for so long after the story's first version"""
    credit = "credit"
    """only with this credit"""
    unread = "unread"
    """restricts in a way that is not understood"""


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """One restriction of an item or a picture, read."""

    means: Means
    words: str
    """the agency's own, of bounded length"""
    countries: frozenset[str] = frozenset()
    uses: frozenset[Use] = frozenset()
    """the uses it is about; for ``only``, those it allows"""
    others: bool = False
    """it also names things that are no use of ours"""
    at: datetime | None = None
    span: timedelta | None = None
    name: str | None = None
    """whom to credit"""


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """Where and how a house publishes: what a licence is held against and no message says."""

    territories: frozenset[str] = frozenset()
    """the countries it publishes for (``[site] territories``); empty: it has not said"""
    contracts: Mapping[str, Contract] = {}
    """by source: what narrows the agency's contract for what came by it"""
    first_public: datetime | None = None
    """when the public first saw the story here"""
    chain_began: datetime | None = None
    """the earliest first version among the other stories of its chain"""
    chain_public: datetime | None = None
    """the earliest first publication among them"""


class Rule(StrEnum):
    """By what a gate is as it is."""

    contract = "contract"
    retention = "retention"
    item = "item"
    """a field or the words of the item"""
    no_archive = "no-archive"
    unread = "unread"
    """words that are not understood"""


class Gate(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a use is allowed now, until when, and by what rule."""

    use: Use
    open: bool
    until: datetime | None = None
    """when this changes by itself"""
    rule: Rule = Rule.contract
    words: str | None = None
    """the agency's words, or what in the contract says so"""


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """Why the page's gate is closed, for a verdict to weigh."""

    code: str
    detail: str
    known: datetime | None = None
    """since when the desk could know, where an older message than the current one says it"""


class Rights(msgspec.Struct, frozen=True, kw_only=True):
    """What may be done with one story now."""

    gates: tuple[Gate, ...]
    """one for each use, in the order of :class:`Use`"""
    closings: tuple[Closing, ...] = ()
    """why the page is closed; time alone opens or closes through the next two"""
    begins: datetime | None = None
    """the page is closed before"""
    ends: datetime | None = None
    """the page is closed from here on"""
    feeds: Feeds = Feeds.full
    indexing: Indexing = Indexing.news_noindex

    def gate(self, use: Use) -> Gate:
        """The gate of one use."""
        return next(gate for gate in self.gates if gate.use is use)
