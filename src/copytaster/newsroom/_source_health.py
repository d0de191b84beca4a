"""What is known of one source, as editors see it on a page of its own."""

from collections.abc import Iterable
from datetime import datetime
from datetime import timedelta
from zoneinfo import ZoneInfo

from copytaster.config import PollTable
from copytaster.copydesk import Rhythm
from copytaster.copydesk import Ringing
from copytaster.copydesk import SourceHealth
from copytaster.copydesk import SourcePage
from copytaster.copydesk import Span
from copytaster.copydesk import Tallied
from copytaster.newsroom import _counting
from copytaster.newsroom._counting import within
from copytaster.newsroom._rhythm import HOUR
from copytaster.newsroom._rhythm import REACH
from copytaster.newsroom._rhythm import quiet_since
from copytaster.newsroom._rhythm import usual
from copytaster.newsroom._rhythm import whole
from copytaster.newsroom._silence import grace
from copytaster.newsroom.desk import Desk
from copytaster.store import Came
from copytaster.store import Count
from copytaster.story import Reason
from copytaster.verdict import sentence
from copytaster.wire.poll import PollState
from copytaster.wire.poll import decode

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_FEW = 5
"""versions under which a middle one tells nothing"""
_MANY = 20
"""from which on nine in ten can be told"""


def polled(desk: Desk, source: str) -> PollState | None:
    """What is remembered of a source that is polled; None for any other."""
    if not isinstance(desk.house.config.sources.get(source), PollTable):
        return None
    return decode(desk.store.source_state(source))


def contact(desk: Desk, source: str, last: datetime | None) -> datetime | None:
    """When it was last heard of: of a feed the last answer, with news or without; of any other
    source its last delivery."""
    state = polled(desk, source)
    known = [at for at in (state.last_ok if state else None, last) if at is not None]
    return max(known, default=None)


def source_page(desk: Desk, line: SourceHealth, ringing: Iterable[Ringing]) -> SourcePage:
    """``line``: what the list of sources says of it."""
    now, allowed = desk.clock(), grace(desk.house, line.id)
    came, state = desk.store.came(line.id, now - REACH), polled(desk, line.id)
    quiet = quiet_since(came.hours, came.first, now, now - REACH)
    minutes = allowed / timedelta(minutes=1) if allowed is not None else None
    return SourcePage(
        line=line,
        ringing=tuple(one for one in ringing if one.about == line.id),
        first=_iso(came.first),
        fault=state.error if state is not None and state.failures else None,
        next=_iso(state.next_poll) if state is not None else None,
        silent_seconds=(now - came.last).total_seconds() if came.last is not None else None,
        quiet_since=_iso(quiet),
        calls_after=minutes,
        day=_span(desk, line.id, came, now, _DAY),
        week=_span(desk, line.id, came, now, _WEEK),
        rhythm=_rhythm(came, now, ZoneInfo(desk.house.site.zone or "UTC")),
    )


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


# --- a day, a week ---------------------------------------------------------------------------


def _span(desk: Desk, source: str, came: Came, now: datetime, length: timedelta) -> Span:
    """The whole hours of the past so far back, and the one that runs."""
    since = whole(now) - length + HOUR
    counts = desk.store.figures.counted(source, since)
    late, ahead = _of(counts, _counting.LATE), _of(counts, _counting.AHEAD)
    timed, versions = _total(late), _of(counts, _counting.VERSION)
    return Span(
        deliveries=sum(n for hour, n in came.hours.items() if hour >= since),
        versions=_total(versions),
        stories=_total(one for one in versions if one.kind == "1"),
        further=tuple(_counted(one, one.kind) for one in versions if one.kind != "1"),
        timed=timed,
        middle=within(late, 0.5) if timed >= _FEW else None,
        most=within(late, 0.9) if timed >= _MANY else None,
        ahead=_total(ahead),
        furthest=within(ahead, 1.0),
        undated=_total(_of(counts, _counting.UNDATED)),
        repairs=tuple(_counted(one, one.kind) for one in _of(counts, _counting.REPAIR)),
        held=tuple(
            _counted(one, sentence(Reason(code=one.kind))) for one in _of(counts, _counting.HELD)
        ),
        dead=_total(_of(counts, _counting.DEAD)),
        unreadable=_total(_of(counts, _counting.UNREADABLE)),
    )


def _of(counts: Iterable[Count], what: str) -> list[Count]:
    return [one for one in counts if one.what == what]


def _total(counts: Iterable[Count]) -> int:
    return sum(one.n for one in counts)


def _counted(count: Count, words: str) -> Tallied:
    return Tallied(words=words, n=count.n)


# --- the rhythm ------------------------------------------------------------------------------


def _rhythm(came: Came, now: datetime, zone: ZoneInfo) -> Rhythm:
    """What is usual in each hour of the week that begins now, by hour and weekday in the house's
    zone; where a zone is off by half an hour, hours begin at half past."""
    running = whole(now)
    found = {}
    for ahead in range(7 * 24):
        local = (running + ahead * HOUR).astimezone(zone)
        found[local.hour, local.weekday()] = usual(came.hours, came.first, running + ahead * HOUR)
    here = running.astimezone(zone)
    return Rhythm(
        hours=tuple(f"{hour:02}:{here.minute:02}" for hour in range(24)),
        usual=tuple(
            tuple(found.get((hour, weekday)) for weekday in range(7)) for hour in range(24)
        ),
        now=(here.hour, here.weekday()),
    )
