"""The type of a contract: what the house may do with an agency's copy, as data.

A contract may be narrowed by that of one source (one feed of an agency under other terms),
never widened: whichever of two contracts is the stricter in a point binds in that point.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from functools import reduce
from typing import Annotated
from typing import TypeVar

import msgspec

from copytaster import territory

T = TypeVar("T")
Count = Annotated[int, msgspec.Meta(ge=1)]
_NONE_LEFT = "-"
"""stands for a list of territories that two contracts leave empty: no country has this code"""


class Indexing(StrEnum):
    """What the contract allows search engines (publishing §1.4)."""

    own = "self"
    news_noindex = "news-noindex"
    noindex = "noindex"
    canonical_to_source = "canonical-to-source"


class Since(StrEnum):
    """From when the time that a text may stay online counts."""

    first_version = "first-version"
    """the agency's first version: never later than our first publication"""
    first_publication = "first-publication"
    """the instant at which the public first saw it here"""


class Counted(StrEnum):
    """What has one clock."""

    chain = "chain"
    """all stories of a chain, from the first of them"""
    story = "story"
    """each story by itself: for agencies that use the name of a chain again"""


class Medium(StrEnum):
    """Where copy may appear."""

    online = "online"
    print = "print"
    broadcast = "broadcast"
    mobile = "mobile"
    social = "social"


class Feeds(StrEnum):
    """How much of a story the site's own feeds may carry."""

    full = "full"
    headline = "headline"
    none = "none"


class Contract(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the licence allows. Absent means the careful default."""

    retention_days: Count | None = None
    """so many days of 24 hours after the clock's start the text must come down"""
    retention_hours: Count | None = None
    """hours; added to the days where both are given"""
    retention_since: Since = Since.first_version
    retention_by: Counted = Counted.chain
    no_archive_hours: Count = 24
    """how long an item marked "no archive" is news: after that its page is an archive"""
    territories: tuple[str, ...] = ()
    """the only countries in which it may be published (ISO 3166-1 alpha-2); empty: all"""
    not_in: tuple[str, ...] = ()
    """countries in which it may not be published"""
    media: tuple[Medium, ...] = (Medium.online,)
    feeds: Feeds = Feeds.full
    pictures: bool = True
    """whether the contract covers the pictures that come with a text"""
    onward: bool = False
    """whether copy may be handed on to others than readers"""
    indexing: Indexing = Indexing.news_noindex
    train_ai: bool = False
    """whether models may be trained on copy"""
    ai_input: bool = False
    """whether copy may be handed to an assistant that answers somebody's question"""
    tdm: bool = False
    """whether text and data mining is allowed (Directive (EU) 2019/790, Article 4)"""
    licence_url: str | None = None

    def __post_init__(self) -> None:
        for key, named in (("territories", self.territories), ("not_in", self.not_in)):
            for code in named:
                if code != _NONE_LEFT and not territory.is_code(code):
                    raise ValueError(f"{key}: {code!r} is no ISO 3166 code; give e.g. IN, GB, US")

    @property
    def retention(self) -> timedelta | None:
        """How long the text may stay online; None without a limit."""
        if self.retention_days is None and self.retention_hours is None:
            return None
        try:
            return timedelta(days=self.retention_days or 0, hours=self.retention_hours or 0)
        except OverflowError:
            return timedelta.max


def narrowed(contract: Contract, others: Iterable[Contract]) -> Contract:
    """The contract with every point in which another is stricter."""
    return reduce(_narrowed, others, contract)


def _narrowed(one: Contract, other: Contract) -> Contract:
    shorter = min(one, other, key=lambda c: c.retention or timedelta.max)
    return Contract(
        retention_days=shorter.retention_days,
        retention_hours=shorter.retention_hours,
        retention_since=_first(_SINCE, one.retention_since, other.retention_since),
        retention_by=_first(_COUNTED, one.retention_by, other.retention_by),
        no_archive_hours=min(one.no_archive_hours, other.no_archive_hours),
        territories=_common(one.territories, other.territories),
        not_in=tuple(dict.fromkeys((*one.not_in, *other.not_in))),
        media=tuple(medium for medium in one.media if medium in other.media),
        feeds=_first(_FEEDS, one.feeds, other.feeds),
        pictures=one.pictures and other.pictures,
        onward=one.onward and other.onward,
        indexing=_first(_INDEXING, one.indexing, other.indexing),
        train_ai=one.train_ai and other.train_ai,
        ai_input=one.ai_input and other.ai_input,
        tdm=one.tdm and other.tdm,
        licence_url=other.licence_url or one.licence_url,
    )


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The countries of both; an empty tuple means every country, so none left is said apart."""
    if not one or not other:
        return one or other
    return tuple(code for code in one if code in other) or (_NONE_LEFT,)


_SINCE: Mapping[Since, int] = {Since.first_version: 0, Since.first_publication: 1}
_COUNTED: Mapping[Counted, int] = {Counted.chain: 0, Counted.story: 1}
_FEEDS: Mapping[Feeds, int] = {Feeds.none: 0, Feeds.headline: 1, Feeds.full: 2}
_INDEXING: Mapping[Indexing, int] = {
    Indexing.noindex: 0,
    Indexing.canonical_to_source: 1,
    Indexing.news_noindex: 2,
    Indexing.own: 3,
}
"""strictest first"""


def _first(order: Mapping[T, int], one: T, other: T) -> T:
    return min(one, other, key=order.__getitem__)
