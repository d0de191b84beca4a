"""When to ask a feed again, and what its answers mean for that: arithmetic only.

In: what is remembered of a source (:class:`PollState`), what one poll came to
(:class:`Outcome`) or what was in it (:class:`Seen`), the instant, and a jitter. Out: the next
state, and the alarms it rings. No clock, no network: ``poller.py`` does the asking.

The next poll is half the learned gap between news away, never sooner than the source's floor
(its contract), never later than its ceiling, moved by what the server and the feed ask for
(handbook: feeds §2). A server's wish for less traffic counts up to the ceiling; only
Retry-After, a refusal and 410 count beyond it.
"""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

import msgspec

from copytaster.wire.http import Fetched
from copytaster.wire.http import shown

FAR = 24 * 3600.0
"""seconds beyond which not even Retry-After is believed"""
UNCONDITIONAL = 100
"""one poll in so many asks without validators, to catch servers whose 304 is broken"""
_REFUSED_FLOOR = 300.0
_REFUSED_CEILING = 6 * 3600.0
_GROWTH = 1.25
_DEAD_KEPT = 8
_BELLS = frozenset(3 * 10**n for n in range(9))
_SECONDS = re.compile(r"[0-9]{1,9}")
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?([0-9]{1,9})")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """A source's own bounds, in seconds."""

    floor: float = 60.0
    ceiling: float = 3600.0


class PollState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is remembered of a polled source between polls and runs."""

    url: str | None = None
    """the address the validators belong to"""
    etag: str | None = None
    last_modified: str | None = None
    """both opaque: latin-1 text exactly as received, quotes included"""
    sha256: str | None = None
    """of the newest body handed in"""
    dead: tuple[str, ...] = ()
    """SHA-256 of the last bodies that could not be read as a feed; never handed in again"""
    next_poll: datetime | None = None
    gap: float | None = None
    """learned seconds between news"""
    polls: int = 0
    failures: int = 0
    """polls in a row that brought no feed"""
    dead_run: int = 0
    """bodies in a row that could not be read"""
    missing: int = 0
    """404 in a row"""
    opened: datetime | None = None
    """first poll that brought a body; fixes which items of a first poll may be published"""
    last_ok: datetime | None = None
    last_read: datetime | None = None
    """when a body was last found to be a feed"""
    last_new: datetime | None = None
    newest_item: datetime | None = None
    unseen: tuple[datetime, datetime] | None = None
    """the last span in which items may have come and gone between two polls"""
    unseen_run: int = 0
    """documents in a row that did not meet the one before"""
    error: str | None = None
    stopped: bool = False
    """410: gone for good; only a person starts it again"""
    moved_to: str | None = None
    moved_times: int = 0
    """polls in a row that were redirected for good to ``moved_to``"""
    ttl: float | None = None
    skip_hours: tuple[int, ...] = ()
    """0 to 23, GMT (RSS 2.0)"""
    skip_days: tuple[str, ...] = ()
    """English names of days, GMT (RSS 2.0)"""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What one poll came to. ``status`` None: no answer, and ``error`` says why."""

    status: int | None = None
    error: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    """of the body of a 200"""
    retry_after: float | None = None
    max_age: float | None = None
    moved_to: str | None = None


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What the newsroom found in a delivery of a polled source."""

    sha256: str
    """of the delivery"""
    total: int = 0
    new: int = 0
    oldest: datetime | None = None
    """earliest instant of the document's items"""
    newest: datetime | None = None
    newest_before: datetime | None = None
    """latest instant of an item of this source kept before this delivery; None: as remembered"""
    dead: str | None = None
    """why the body could not be read as a feed at all"""
    ttl: float | None = None
    """seconds"""
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()


class Sort(StrEnum):
    """What an outcome is, for the schedule."""

    fresh = "fresh"
    """a body not handed in before"""
    same = "same"
    """304, or the body of last time"""
    dead = "dead"
    """a body already known to be no feed"""
    failed = "failed"
    refused = "refused"
    """403 or 429: we ask too often"""
    gone = "gone"


class Alarm(msgspec.Struct, frozen=True):
    """Something a person should know: a stable code and one sentence."""

    code: str
    text: str


def outcome(fetched: Fetched, sha256: str, now: datetime) -> Outcome:
    """An answer's facts for the schedule. ``sha256`` is that of its body."""
    headers = fetched.headers
    return Outcome(
        status=fetched.status,
        error=None if fetched.status in (200, 304) else f"answered {fetched.status}",
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        sha256=sha256 if fetched.status == 200 else None,
        retry_after=_retry_after(headers, now),
        max_age=_max_age(headers),
        moved_to=fetched.moved_to,
    )


def sort(state: PollState, outcome: Outcome) -> Sort:
    """What the outcome is, given what is remembered."""
    if outcome.status == 200:
        if outcome.sha256 in state.dead:
            return Sort.dead
        return Sort.same if outcome.sha256 == state.sha256 else Sort.fresh
    if outcome.status == 304:
        return Sort.same
    if outcome.status == 410:
        return Sort.gone
    return Sort.refused if outcome.status in (403, 429) else Sort.failed


def conditions(state: PollState) -> dict[str, str]:
    """Headers that make the next poll conditional: both validators, verbatim (RFC 9110 §13.1).

    Every hundredth poll has none.
    """
    if state.polls % UNCONDITIONAL == UNCONDITIONAL - 1:
        return {}
    validators = {"if-none-match": state.etag, "if-modified-since": state.last_modified}
    return {name: value for name, value in validators.items() if value is not None}


def for_url(state: PollState, url: str) -> PollState:
    """The state, made good for ``url``: another address has other validators and errors."""
    if state.url == url:
        return state
    return PollState(
        url=url,
        opened=state.opened,
        last_ok=state.last_ok,
        last_read=state.last_read,
        last_new=state.last_new,
        newest_item=state.newest_item,
    )


def plan(
    state: PollState, outcome: Outcome, limits: Limits, now: datetime, jitter: float
) -> PollState:
    """The state after a poll. ``jitter`` is between -0.1 and 0.1; its share is added."""
    kind = sort(state, outcome)
    state = _moved(msgspec.structs.replace(state, polls=state.polls + 1), outcome)
    if kind is Sort.gone:
        return msgspec.structs.replace(
            state, stopped=True, next_poll=None, error=outcome.error, failures=state.failures + 1
        )
    if kind in (Sort.fresh, Sort.same):
        state = _succeeded(state, outcome, kind, limits, now)
        wait = _bounded(state, limits, now, outcome.max_age)
    else:
        state = _failed(state, outcome, kind)
        wait = _backoff(state, kind, limits)
    return _due(state, wait, outcome.retry_after, limits, now, jitter)


def learn(state: PollState, seen: Seen, limits: Limits, now: datetime, jitter: float) -> PollState:
    """The state after the newsroom read a delivery of this source. It may put off the poll
    that was planned, never bring it forward."""
    if seen.dead is not None:
        after = _buried(state, seen, seen.dead)
        wait = _backoff(after, Sort.dead, limits)
    else:
        after = _read(state, seen, limits, now)
        wait = _bounded(after, limits, now, None)
    if state.next_poll is None:
        return after
    due = _due(after, wait, None, limits, now, jitter).next_poll
    return msgspec.structs.replace(after, next_poll=max(filter(None, (due, state.next_poll))))


def missed(state: PollState, seen: Seen) -> tuple[datetime, datetime] | None:
    """The span in which items may have come and gone unseen, if there is one.

    All items of the document are new and the oldest is later than the newest one known before:
    nothing shows that the two polls meet (handbook: feeds §2, gap detection).
    """
    known = seen.newest_before or state.newest_item
    if seen.dead is not None or not seen.total or seen.new < seen.total:
        return None
    if known is None or seen.oldest is None or seen.oldest <= known:
        return None
    return known, seen.oldest


def alarms(source: str, before: PollState, after: PollState) -> list[Alarm]:
    """What the step from ``before`` to ``after`` should tell a person."""
    rung = []
    if after.stopped and not before.stopped:
        rung.append(Alarm("feed-gone", f"{source}: answered 410, gone for good; polling stopped"))
    if _rings(before.missing, after.missing):
        rung.append(Alarm("feed-missing", f"{source}: answered 404 {after.missing} times running"))
    elif _rings(before.failures, after.failures):
        rung.append(
            Alarm("feed-failing", f"{source}: {after.failures} polls failed: {after.error}")
        )
    if _rings(before.dead_run, after.dead_run):
        rung.append(
            Alarm("feed-dead", f"{source}: {after.dead_run} bodies were no feed: {after.error}")
        )
    if after.unseen and _rings(before.unseen_run, after.unseen_run, {1}):
        first, last = (instant.isoformat() for instant in after.unseen)
        rung.append(
            Alarm(
                "feed-gap",
                f"{source}: items between {first} and {last} may be missing; ask the agency to "
                f"send them again, and lower the source's ceiling ({after.unseen_run} running)",
            )
        )
    if after.moved_to and _rings(before.moved_times, after.moved_times):
        rung.append(
            Alarm(
                "feed-moved",
                f"{source}: moved for good to {shown(after.moved_to)}, "
                f"{after.moved_times} polls say so; check it and set it as the source's url",
            )
        )
    return rung


def endings(after: PollState) -> list[str]:
    """Codes of alarms that no longer hold, whether they were rung or not.

    A gap is not among them: that later polls meet again brings nothing back.
    """
    if after.stopped or after.failures or not after.polls:
        return []
    ended = ["feed-gone", "feed-missing", "feed-failing"]
    if after.last_read is not None and not after.dead_run:
        ended.append("feed-dead")
    return ended if after.moved_to else [*ended, "feed-moved"]


def encode(state: PollState) -> bytes:
    """The state as bytes for the store."""
    return msgspec.json.encode(state)


def decode(kept: bytes | None) -> PollState:
    """The state from the store's bytes; a new one where there are none."""
    return msgspec.json.decode(kept, type=PollState) if kept else PollState()


def _rings(before: int, after: int, more: AbstractSet[int] = frozenset()) -> bool:
    """A count rings as it reaches 3, 30, 300 …: once, and again if nobody acts."""
    return after > before and (after in _BELLS or after in more)


def _moved(state: PollState, outcome: Outcome) -> PollState:
    if outcome.status not in (200, 304):
        return state  # a failure says nothing about where the feed lives
    again = outcome.moved_to is not None and outcome.moved_to == state.moved_to
    times = state.moved_times + 1 if again else int(outcome.moved_to is not None)
    return msgspec.structs.replace(state, moved_to=outcome.moved_to, moved_times=times)


def _succeeded(
    state: PollState, outcome: Outcome, kind: Sort, limits: Limits, now: datetime
) -> PollState:
    fresh = kind is Sort.fresh
    full = outcome.status == 200
    dated = outcome.last_modified
    return msgspec.structs.replace(
        state,
        # A 304 may carry a changed validator; a 200 replaces both, or takes them away.
        etag=outcome.etag if full else outcome.etag or state.etag,
        last_modified=dated if full else dated or state.last_modified,
        sha256=outcome.sha256 if full else state.sha256,
        opened=state.opened or (now if full else None),
        gap=_gap(state, limits) / 2 if fresh else _grown(state, limits, now, _GROWTH),
        failures=0,
        missing=0,
        error=state.error if state.dead_run else None,
        stopped=False,
        last_ok=now,
    )


def _failed(state: PollState, outcome: Outcome, kind: Sort) -> PollState:
    error = outcome.error
    if kind is Sort.dead:
        error = state.error or "the body is one that could not be read as a feed"
    return msgspec.structs.replace(
        state,
        failures=state.failures + 1,
        missing=state.missing + 1 if outcome.status == 404 else 0,
        error=error,
        stopped=False,
    )


def _read(state: PollState, seen: Seen, limits: Limits, now: datetime) -> PollState:
    """A body was a feed."""
    span = missed(state, seen)
    return msgspec.structs.replace(
        state,
        dead_run=0,
        error=state.error if state.failures else None,
        last_read=now,
        unseen=span or state.unseen,
        unseen_run=state.unseen_run + 1 if span else 0,
        newest_item=max(filter(None, (state.newest_item, seen.newest)), default=None),
        last_new=now if seen.new else state.last_new,
        # A body that changed without news (a build date) was no reason to ask more often.
        gap=_gap(state, limits) if seen.new else _grown(state, limits, now, 2 * _GROWTH),
        ttl=seen.ttl,
        skip_hours=seen.skip_hours,
        skip_days=seen.skip_days,
    )


def _buried(state: PollState, seen: Seen, reason: str) -> PollState:
    """A body was no feed: forget its validators (a 304 to them would look like health)."""
    current = seen.sha256 == state.sha256
    return msgspec.structs.replace(
        state,
        dead=tuple(dict.fromkeys((*state.dead, seen.sha256)))[-_DEAD_KEPT:],
        dead_run=state.dead_run + 1,
        error=reason,
        # An error page is not the first poll: until a feed was read, nothing is fixed.
        opened=state.opened if state.last_read else None,
        etag=None if current else state.etag,
        last_modified=None if current else state.last_modified,
        sha256=None if current else state.sha256,
    )


def _gap(state: PollState, limits: Limits) -> float:
    """The learned gap, within twice the bounds: at first, the shortest."""
    return min(max(state.gap or 0.0, 2 * limits.floor), 2 * limits.ceiling)


def _grown(state: PollState, limits: Limits, now: datetime, growth: float) -> float:
    """A longer gap, but none longer than it has been quiet."""
    gap = _gap(state, limits) * growth
    if state.last_new is not None:
        gap = min(gap, (now - state.last_new).total_seconds())
    return min(max(gap, _gap(state, limits)), 2 * limits.ceiling)


def _bounded(state: PollState, limits: Limits, now: datetime, max_age: float | None) -> float:
    """Seconds to wait after a poll that went well, as the server and the feed would have it."""
    wait = max(_gap(state, limits) / 2, max_age or 0.0, state.ttl or 0.0, limits.floor)
    wait = min(wait, limits.ceiling)
    return limits.ceiling if _skipped(state, now + timedelta(seconds=wait)) else wait


def _skipped(state: PollState, when: datetime) -> bool:
    at = when.astimezone(UTC)
    days = {day.strip().lower() for day in state.skip_days}
    return at.hour in state.skip_hours or _DAYS[at.weekday()] in days


def _backoff(state: PollState, kind: Sort, limits: Limits) -> float:
    """Doubling with each failure: to the ceiling; after a refusal from minutes to hours."""
    doublings: int = min(state.failures + state.dead_run, 30)
    wait = max(_gap(state, limits) / 2, limits.floor) * 2.0**doublings
    if kind is Sort.refused:
        first = max(limits.floor, _REFUSED_FLOOR)
        wait = max(wait, first * 2.0 ** min(state.failures - 1, 30))
        return min(wait, max(limits.ceiling, _REFUSED_CEILING))
    return min(wait, limits.ceiling)


def _due(
    state: PollState,
    wait: float,
    retry_after: float | None,
    limits: Limits,
    now: datetime,
    jitter: float,
) -> PollState:
    """Jitter spreads the polls, but not below the floor nor below what Retry-After asks."""
    spread = max(wait * (1 + jitter), limits.floor, min(retry_after or 0.0, FAR))
    return msgspec.structs.replace(state, next_poll=now + timedelta(seconds=spread))


def _retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds, or a date counted from the server's own Date (RFC 9110 §10.2.3)."""
    text = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    when = _http_date(text)
    if when is None:
        return None
    return max(0.0, (when - (_http_date(headers.get("date", "")) or now)).total_seconds())


def _max_age(headers: Mapping[str, str]) -> float | None:
    """Seconds the answer stays fresh (RFC 9111 §4.2), unless it says not to rely on that."""
    control = headers.get("cache-control", "").lower()
    found = _MAX_AGE.search(control)
    if found is None or "no-cache" in control or "no-store" in control:
        return None
    age = headers.get("age", "").strip()
    return max(0.0, float(found.group(1)) - (float(age) if _SECONDS.fullmatch(age) else 0.0))


def _http_date(text: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(text[:64])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)
