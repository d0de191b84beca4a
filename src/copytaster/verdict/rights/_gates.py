"""From limits, contract and clock to a gate for each use."""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta

import msgspec

from copytaster import territory
from copytaster.agency import Contract
from copytaster.agency import Feeds
from copytaster.agency import Indexing
from copytaster.agency import Medium
from copytaster.verdict.rights import _clock
from copytaster.verdict.rights._types import Gate
from copytaster.verdict.rights._types import Limit
from copytaster.verdict.rights._types import Means
from copytaster.verdict.rights._types import Rule
from copytaster.verdict.rights._types import Use

UNTOLD = "[site] territories does not say where this site publishes"


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """Something that closes a use whatever the time."""

    use: Use
    rule: Rule
    words: str


class End(msgspec.Struct, frozen=True, kw_only=True):
    """Something that closes the page at an instant, or opens it then."""

    at: datetime
    rule: Rule
    words: str


# --- what bars ------------------------------------------------------------------------------------


def bars(limit: Limit, territories: frozenset[str], credits: str) -> Iterator[Bar]:
    """The uses that a limit closes, and why. ``credits``: whom the page names, in small letters."""
    match limit.means:
        case Means.unread:
            yield from (Bar(use=use, rule=Rule.unread, words=limit.words) for use in limit.uses)
        case Means.credit if not _names(credits, limit.name or ""):
            yield _bar(Use.page, f"{limit.words}: the page names another")
        case Means.denied | Means.only:
            yield from _placed(limit, territories)
            yield from _denied(limit) if limit.means is Means.denied else _not_among(limit)


def _names(credits: str, name: str) -> bool:
    """Whether the credits name it, as whole words: ``AP`` is not in ``Chapman``."""
    return re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", credits) is not None


def _bar(use: Use, words: str) -> Bar:
    return Bar(use=use, rule=Rule.item, words=words)


def _placed(limit: Limit, territories: frozenset[str]) -> Iterator[Bar]:
    """Whether the site publishes where it may not. One that has not said where, may not."""
    if not limit.countries or _is_everywhere(limit):
        return
    if not territories and limit.countries != territory.WORLD:
        yield _bar(Use.page, f"{limit.words}: {UNTOLD}")
    elif _is_against(limit, territories):
        yield _bar(Use.page, limit.words)


def _is_everywhere(limit: Limit) -> bool:
    return limit.means is Means.only and bool(limit.countries & territory.WORLD)


def _is_against(limit: Limit, territories: frozenset[str]) -> bool:
    if limit.means is Means.only:
        return not territories <= limit.countries
    return bool(limit.countries & (territories | territory.WORLD))


def _denied(limit: Limit) -> Iterator[Bar]:
    yield from (_bar(use, limit.words) for use in limit.uses)


def _not_among(limit: Limit) -> Iterator[Bar]:
    """The uses that are not among those allowed; the page's lists belong to the page."""
    if not (limit.uses or limit.others) or (limit.countries and Use.page in limit.uses):
        return
    allowed = limit.uses
    if Use.page not in allowed:
        yield _bar(Use.page, limit.words)
    for use in (Use.social, Use.onward):
        if use not in allowed:
            yield _bar(use, limit.words)


def by_contract(contract: Contract, territories: frozenset[str]) -> Iterator[Bar]:
    """What the contract itself does not allow."""
    if Medium.online not in contract.media:
        yield _by_contract(Use.page, "media: not online")
    named = (*contract.territories, *contract.not_in)
    if named and not territories:
        yield _by_contract(Use.page, UNTOLD)
    elif denied := _outside(contract, territories):
        yield _by_contract(Use.page, f"territories: not {', '.join(sorted(denied))}")
    closed = (
        (Use.feeds, contract.feeds is Feeds.none, "feeds: none"),
        (Use.search, contract.indexing not in _LISTED, f"indexing: {contract.indexing}"),
        (Use.pictures, not contract.pictures, "pictures: no"),
        (Use.social, Medium.social not in contract.media, "media: not social"),
        (Use.onward, not contract.onward, "onward: no"),
    )
    yield from (_by_contract(use, words) for use, is_closed, words in closed if is_closed)


_LISTED = frozenset({Indexing.own, Indexing.news_noindex})


def _by_contract(use: Use, words: str) -> Bar:
    return Bar(use=use, rule=Rule.contract, words=words)


def _outside(contract: Contract, territories: frozenset[str]) -> frozenset[str]:
    """The site's countries that the contract does not cover."""
    denied = territories & frozenset(contract.not_in)
    if contract.territories:
        denied |= territories - frozenset(contract.territories)
    return denied


# --- what ends and begins -------------------------------------------------------------------------


def ends(limits: Iterable[Limit], contract: Contract, began: datetime | None) -> Iterator[End]:
    """Every instant from which the page is closed."""
    if began is not None and contract.retention is not None:
        at = _clock.after(began, contract.retention)
        yield End(at=at, rule=Rule.retention, words=_retention(contract))
    for limit in limits:
        if limit.means is Means.until and limit.at is not None:
            yield End(at=_clock.utc(limit.at), rule=Rule.item, words=limit.words)
        elif began is not None and (span := _span(limit, contract)) is not None:
            rule = Rule.item if limit.means is Means.within else Rule.no_archive
            yield End(at=_clock.after(began, span), rule=rule, words=limit.words)


def _span(limit: Limit, contract: Contract) -> timedelta | None:
    """How long after its beginning a story may be shown, where a limit says so."""
    if limit.means is Means.denied and Use.archive in limit.uses:
        return timedelta(hours=contract.no_archive_hours)
    return limit.span if limit.means is Means.within else None


def _retention(contract: Contract) -> str:
    told = (("days", contract.retention_days), ("hours", contract.retention_hours))
    length = " ".join(f"{number} {unit}" for unit, number in told if number)
    return f"retention: {length} since {contract.retention_since}, by {contract.retention_by}"


def starts(limits: Iterable[Limit]) -> Iterator[End]:
    """Every instant before which the page is closed."""
    for limit in limits:
        if limit.means is Means.since and limit.at is not None:
            yield End(at=_clock.utc(limit.at), rule=Rule.item, words=limit.words)


# --- gates ---------------------------------------------------------------------------------------


def gate(
    use: Use, barred: Sequence[Bar], begin: End | None, end: End | None, now: datetime
) -> Gate:
    """One use's gate. Whatever closes the page closes every use of the story."""
    for which in dict.fromkeys((use, Use.page)):
        if found := [bar for bar in barred if bar.use is which]:
            bar = min(found, key=_by_weight)
            return Gate(use=use, open=False, rule=bar.rule, words=bar.words)
    if begin is not None and now < begin.at:
        return Gate(use=use, open=False, until=begin.at, rule=begin.rule, words=begin.words)
    if end is None:
        return Gate(use=use, open=True)
    is_over = now >= end.at
    until = None if is_over else end.at
    return Gate(use=use, open=not is_over, until=until, rule=end.rule, words=end.words)


_ORDER = {rule: place for place, rule in enumerate(Rule)}


def _by_weight(bar: Bar) -> tuple[int, str]:
    return _ORDER[bar.rule], bar.words
