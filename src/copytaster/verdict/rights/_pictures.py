"""The rights of one picture, or of another item that stands beside a story."""

from collections.abc import Iterator
from datetime import datetime

from copytaster.agency import Contract
from copytaster.agency import Medium
from copytaster.agency import Profile
from copytaster.item import Association
from copytaster.item import EmbargoState
from copytaster.item import PubStatus
from copytaster.verdict.rights import _clock
from copytaster.verdict.rights import _gates
from copytaster.verdict.rights import _stated
from copytaster.verdict.rights._gates import Bar
from copytaster.verdict.rights._gates import End
from copytaster.verdict.rights._types import Gate
from copytaster.verdict.rights._types import Limit
from copytaster.verdict.rights._types import Rule
from copytaster.verdict.rights._types import Use


def may_show(
    part: Association,
    profile: Profile,
    site_territories: frozenset[str],
    now: datetime,
    *,
    began: datetime | None = None,
) -> Gate:
    """Whether a picture may be shown now, until when, and why not.

    Judged by itself: its status, embargo, expiry and restrictions; its story's permission never
    stands for its own, and no release of the story opens it. ``began``: when the time of its
    licence began, the story's first version; without it a picture that may be used for a time
    only is not shown, since nobody knows when that time is over.
    """
    contract = profile.contract
    limits = _stated.of_association(part, profile)
    barred = [
        *_control(part),
        *_by_contract(contract, site_territories),
        *_barred(limits, part, site_territories),
        *_unclocked(limits, contract, began),
    ]
    begin = max((*_gates.starts(limits), *_embargo(part)), key=_at, default=None)
    end = min((*_gates.ends(limits, contract, began), *_expiry(part)), key=_at, default=None)
    return _gates.gate(Use.pictures, barred, begin, end, now)


def _at(end: End) -> datetime:
    return end.at


def _control(part: Association) -> Iterator[Bar]:
    """What the agency's own fields say against it."""
    if part.pub_status is not PubStatus.usable:
        yield _bar(Rule.item, f"status: {part.pub_status}")
    if part.embargo.state not in (EmbargoState.none, EmbargoState.until):
        yield _bar(Rule.item, f"embargo: {part.embargo.state}")
    if part.embargo.state is EmbargoState.until and part.embargo.until is None:
        yield _bar(Rule.unread, "embargo: not read")
    if part.expires is not None and part.expires.instant is None:
        yield _bar(Rule.unread, f"expires: {part.expires.raw}")
    yield from (_bar(Rule.item, code) for code in part.hold_reason)


def _bar(rule: Rule, words: str) -> Bar:
    return Bar(use=Use.pictures, rule=rule, words=words)


def _by_contract(contract: Contract, territories: frozenset[str]) -> Iterator[Bar]:
    """A picture has no page; a contract for mobile phones or social networks is not about it."""
    if not contract.pictures:
        yield _bar(Rule.contract, "pictures: no")
    if Medium.online not in contract.media:
        yield _bar(Rule.contract, "media: not online")
    yield from (bar for bar in _gates.by_contract(contract, territories) if bar.use is Use.page)


def _barred(
    limits: tuple[Limit, ...], part: Association, territories: frozenset[str]
) -> Iterator[Bar]:
    named = (part.credit, part.copyright_notice, part.byline, part.caption)
    credits = " ".join(name for name in named if name).casefold()
    for limit in limits:
        yield from _gates.bars(limit, territories, credits)


def _unclocked(
    limits: tuple[Limit, ...], contract: Contract, began: datetime | None
) -> Iterator[Bar]:
    """What may be shown for a time only, where nobody knows since when."""
    known = set(_gates.ends(limits, contract, None))
    if began is None:
        for end in _gates.ends(limits, contract, _clock.FIRST):
            if end not in known and end.rule is not Rule.retention:
                yield _bar(end.rule, end.words)


def _embargo(part: Association) -> Iterator[End]:
    if part.embargo.until is not None:
        at = _clock.utc(part.embargo.until)
        yield End(at=at, rule=Rule.item, words=f"embargo until {at.isoformat()}")


def _expiry(part: Association) -> Iterator[End]:
    if part.expires is not None and part.expires.instant is not None:
        at = _clock.utc(part.expires.instant)
        yield End(at=at, rule=Rule.item, words=f"expires {at.isoformat()}")
