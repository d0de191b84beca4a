"""One source, on a page of its own: when it was heard of, what is usual, and what was wrong."""

from collections.abc import Iterator
from collections.abc import Sequence

import msgspec

from copytaster.copydesk._frame import Frame
from copytaster.copydesk._health import Ringing
from copytaster.copydesk._health import SourceHealth
from copytaster.copydesk._health import bars
from copytaster.copydesk._health import rung
from copytaster.copydesk._times import Shown
from copytaster.copydesk._times import shown

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHADES = 4
_PLACES = {"2": "second", "3": "third", "4": "fourth", "5": "later"}
TOO_FEW = "too few to tell"
_FEW = 5
"""stories under which a mean tells nothing"""


class Tallied(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """So many of something."""

    words: str
    n: int


class Span(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a source brought in a stretch of time."""

    deliveries: int
    versions: int
    stories: int
    """those of the versions that began one"""
    further: tuple[Tallied, ...]
    """second versions, third ones …; ``words`` is the number"""
    timed: int
    """versions whose lateness is known"""
    middle: float | None
    """seconds within which half of them came; infinity: more than is told apart; None: too few"""
    most: float | None
    """nine in ten"""
    ahead: int
    """dated in the future"""
    furthest: float | None
    undated: int
    repairs: tuple[Tallied, ...]
    held: tuple[Tallied, ...]
    """stories, by reason"""
    dead: int
    """deliveries that could not be read, each time it was tried"""
    unreadable: int
    """entries of others"""


class Rhythm(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What is usual, by hour and weekday in the house's zone."""

    hours: tuple[str, ...]
    """as 24 hours of a day are named"""
    usual: tuple[tuple[int | None, ...], ...]
    """by hour and weekday, Monday first; None: not yet known"""
    now: tuple[int, int]
    """the hour and the weekday that run"""


class SourcePage(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """All that is known of a source, now."""

    line: SourceHealth
    ringing: tuple[Ringing, ...]
    """calls about it"""
    first: str | None
    fault: str | None
    """why a feed was last not read"""
    next: str | None
    """when a feed is asked again"""
    silent_seconds: float | None
    """since its last delivery; None: there was none"""
    quiet_since: str | None
    calls_after: float | None
    """minutes of quiet after which a person is called; None: never"""
    day: Span
    week: Span
    rhythm: Rhythm


def source(frame: Frame, found: SourcePage, zone: str | None) -> bytes:
    """The page."""
    line = found.line
    return frame.page(
        "source.html",
        title=line.id,
        source=found,
        line=line,
        bars=bars(line.day),
        total=sum(line.day),
        ringing=rung(found.ringing, zone),
        last=_shown(line.last, zone),
        contact=_shown(line.contact, zone),
        first=_shown(found.first, zone, year=True),
        next=_shown(found.next, zone),
        calls_after=found.calls_after and f"{found.calls_after:g}",
        quiet=_shown(found.quiet_since, zone),
        silence=None if found.silent_seconds is None else lasting(found.silent_seconds),
        groups=list(_table(found.day, found.week)),
        weekdays=_WEEKDAYS,
        grid=_grid(found.rhythm),
        is_known=any(n is not None for row in found.rhythm.usual for n in row),
        zone=zone or "UTC",
    )


def _shown(at: str | None, zone: str | None, *, year: bool = False) -> Shown | None:
    return None if at is None else shown(at, zone, year=year)


def lasting(seconds: float) -> str:
    """How long, in the largest unit of which there are two."""
    for unit, name in ((86_400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:.0f} {name}"
    return f"{seconds:.0f} s"


def _table(day: Span, week: Span) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """The figures of a day and of a week, in groups: what, the day's, the week's."""
    yield "Copy", [_both("Deliveries", day.deliveries, week.deliveries), *_versions(day, week)]
    yield "Its own time", list(_times(day, week))
    unread = [
        _both("Deliveries that could not be read", day.dead, week.dead),
        _both("Entries that could not be read", day.unreadable, week.unreadable),
    ]
    yield "Not read", unread
    yield "Repaired while reading", _by_words(day.repairs, week.repairs)
    yield "Stories held, by reason", _by_words(day.held, week.held)


def _both(words: str, day: int, week: int) -> tuple[str, str, str]:
    return words, f"{day:,}", f"{week:,}"


def _versions(day: Span, week: Span) -> Iterator[tuple[str, str, str]]:
    yield _both("New versions", day.versions, week.versions)
    yield _both("… that began a story", day.stories, week.stories)
    for place, name in _PLACES.items():
        yield _both(f"… {name} versions", _of(day.further, place), _of(week.further, place))
    yield "Versions per story", _per_story(day), _per_story(week)


def _of(counted: Sequence[Tallied], words: str) -> int:
    return sum(one.n for one in counted if one.words == words)


def _per_story(span: Span) -> str:
    return f"{span.versions / span.stories:.1f}" if span.stories >= _FEW else TOO_FEW


def _times(day: Span, week: Span) -> Iterator[tuple[str, str, str]]:
    yield "Half came within", _within(day.middle), _within(week.middle)
    yield "Nine in ten came within", _within(day.most), _within(week.most)
    yield _both("… of so many versions", day.timed, week.timed)
    yield _both("Dated in the future", day.ahead, week.ahead)
    if week.ahead:
        yield "… by no more than", _furthest(day), _furthest(week)
    yield _both("Without a time that can be told", day.undated, week.undated)


def _within(seconds: float | None) -> str:
    if seconds is None:
        return TOO_FEW
    return "more than a day" if seconds == float("inf") else lasting(seconds)


def _furthest(span: Span) -> str:
    return _within(span.furthest) if span.ahead else "–"


def _by_words(day: Sequence[Tallied], week: Sequence[Tallied]) -> list[tuple[str, str, str]]:
    """The most frequent of the week first; the day is part of it."""
    found = sorted(week, key=lambda one: (-one.n, one.words))
    return [_both(one.words, _of(day, one.words), one.n) for one in found]


def _grid(found: Rhythm) -> list[dict[str, object]]:
    """Rows of cells: the number, how dark, and whether its hour runs."""
    top = max((n for row in found.usual for n in row if n is not None), default=0)
    return [
        {
            "hour": name,
            "cells": [
                {"n": n, "shade": _shade(n, top), "now": (hour, weekday) == found.now}
                for weekday, n in enumerate(row)
            ],
        }
        for hour, (name, row) in enumerate(zip(found.hours, found.usual, strict=True))
    ]


def _shade(n: int | None, top: int) -> int:
    return 0 if not n else 1 + (_SHADES - 1) * n // top
