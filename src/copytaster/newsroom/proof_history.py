"""Drills, kills and what was held, over the last ninety days: figures for people and programs."""

from datetime import datetime
from datetime import time
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from copytaster.copydesk import DayCount
from copytaster.copydesk import Drilled
from copytaster.copydesk import Killed
from copytaster.copydesk import Proofs
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.drill_report import REMEMBERED
from copytaster.store import Dated
from copytaster.store import DrillFigures
from copytaster.store import KillFigures
from copytaster.store import Store
from copytaster.story import Reason
from copytaster.verdict import sentence

_DAY = timedelta(days=1)
_CORRECTED = "Corrected by agencies"
_KILLED = {
    "agency": "Killed by agencies",
    "desk": "Killed at the desk",
    "legal": "Taken down by legal order",
    "rights": "Taken down for rights",
}
_OTHERWISE = "Killed for other reasons"


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """How long drills and kills took; the newest first."""

    drills: list[DrillFigures]
    kills: list[KillFigures]


def times(store: Store, since: datetime) -> Times:
    """What there is since then."""
    return Times(drills=store.figures.drills(since), kills=store.figures.kills(since))


def times_told(found: Times) -> dict[str, Any]:
    """As programs read them."""
    return {
        "drills": [
            {
                "began": one.began.isoformat(),
                "outcome": one.outcome,
                "slowSeconds": one.slow,
                "toPublish": one.to_publish,
                "toClean": one.to_clean,
                "slowestOfKind": dict(one.kinds),
            }
            for one in found.drills
        ],
        "kills": [
            {
                "story": one.story,
                "at": one.at.isoformat(),
                "reason": one.reason,
                "toClean": one.to_clean,
            }
            for one in found.kills
        ],
    }


def proofs(desk: Desk) -> Proofs:
    """What the page tells."""
    store, config = desk.store, desk.house.config
    now = desk.clock().astimezone(ZoneInfo(config.site.zone or "UTC"))
    since = datetime.combine((now - REMEMBERED + _DAY).date(), time(), now.tzinfo)
    found, offset = times(store, since), now.utcoffset() or timedelta(0)
    held = store.figures.held_by_day(since, offset)
    taken = store.figures.killed_by_day(since, offset)
    corrected = store.figures.corrected_by_day(since, offset)
    return Proofs(
        since=since.date(),
        until=now.date(),
        drills=tuple(_drilled(one) for one in found.drills),
        kills=tuple(_killed(one) for one in found.kills),
        slow_seconds=config.drill.slow_seconds,
        alarm_seconds=config.proof.alarm_seconds,
        held=tuple(_dated(one, sentence(Reason(code=one.kind))) for one in held),
        taken=(
            *(_dated(one, _CORRECTED) for one in corrected),
            *(_dated(one, _KILLED.get(one.kind, _OTHERWISE)) for one in taken),
        ),
    )


def _dated(one: Dated, words: str) -> DayCount:
    return DayCount(day=one.day, words=words, n=one.n)


def _drilled(one: DrillFigures) -> Drilled:
    return Drilled(
        at=one.began,
        outcome=one.outcome,
        to_publish=one.to_publish,
        to_clean=one.to_clean,
        kinds=tuple(sorted(one.kinds.items())),
    )


def _killed(one: KillFigures) -> Killed:
    by = _KILLED.get(one.reason or "agency", _OTHERWISE)
    return Killed(story=one.story, at=one.at, by=by, to_clean=one.to_clean)
