"""What a person is called for, latched: the board of bells. Values in, values out.

A bell is one condition: a code about one thing. However often it rings it is one bell until its
all-clear; each way to reach a person (a *route*) is told of it once, reminded at most once an
hour while it goes on ringing, and told of its end only if it was told of its beginning. A bell
that comes and goes is told at most once an hour as well. Nothing waits in a queue: what a route
is owed is read from the board, so that a slow or broken route holds up and loses nothing.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from enum import StrEnum

import msgspec

QUIET = timedelta(hours=1)
"""between two calls to one route about the same thing"""
LAPSE = timedelta(days=7)
"""a bell that has not rung for so long, and had no all-clear, is forgotten"""
MOST = 20
"""bells of one code; what rings beyond them is one bell more"""
OTHERS = "others"
"""what that one bell is about"""
FAILING = "alert-route-failing"
"""the code of a route that does not work: never told to that route itself"""
ERASED = "erased"
"""what stands in the place of a text that told of an erased story"""
_TELLING = 60
"""characters of what a story said by which it is known again in a text"""
_LONGEST_ABOUT = 300
_LONGEST_TEXT = 1000


class CallKind(StrEnum):
    """What a route is told."""

    alert = "alert"
    reminder = "reminder"
    over = "over"
    """the all-clear"""
    test = "test"


class Told(msgspec.Struct, frozen=True):
    """What one route knows of a bell."""

    at: datetime
    """when it was last told that the bell rings"""
    open: bool
    """it has had no all-clear since"""


class Bell(msgspec.Struct, frozen=True, kw_only=True):
    """One condition that a person is called for."""

    code: str
    about: str
    text: str
    """the newest"""
    since: datetime
    rang: datetime
    """last"""
    times: int = 1
    over: datetime | None = None
    told: Mapping[str, Told] = {}
    """by route"""

    @property
    def key(self) -> tuple[str, str]:
        return self.code, self.about


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """What a route is to tell a person."""

    kind: CallKind
    code: str
    about: str
    text: str
    since: datetime
    at: datetime
    """when it last rang; of an all-clear: when it was over"""
    times: int = 1


Board = Mapping[tuple[str, str], Bell]


def ring(board: Board, code: str, text: str, about: str, now: datetime) -> Board:
    """The board after a bell rang."""
    board = _swept(board, now)
    about, text = about[:_LONGEST_ABOUT], text[:_LONGEST_TEXT]
    if (code, about) not in board and _many(board, code):
        about, text = OTHERS, f"more than {MOST} of these at once; the newest: {text}"
    was = board.get((code, about))
    if was is None or was.over is not None:
        told = was.told if was is not None else {}
        bell = Bell(code=code, about=about, text=text, since=now, rang=now, told=told)
    else:
        bell = msgspec.structs.replace(was, text=text, rang=now, times=was.times + 1)
    return {**board, bell.key: bell}


def _many(board: Board, code: str) -> bool:
    return sum(bell.code == code and bell.over is None for bell in board.values()) >= MOST


def clear(board: Board, code: str, about: str, now: datetime) -> Board:
    """The board after an all-clear; the same board when there is nothing to clear."""
    bell = board.get((code, about[:_LONGEST_ABOUT]))
    if bell is None or bell.over is not None:
        return board
    board = {**board, bell.key: msgspec.structs.replace(bell, over=now)}
    alone = [one for one in board.values() if one.code == code and one.over is None]
    if len(alone) == 1 and alone[0].about == OTHERS:
        return clear(board, code, OTHERS, now)
    return _swept(board, now)


def is_open(board: Board, code: str, about: str) -> bool:
    """Whether the bell rings and has had no all-clear."""
    bell = board.get((code, about[:_LONGEST_ABOUT]))
    return bell is not None and bell.over is None


def opened(board: Board) -> list[Bell]:
    """The bells without an all-clear, the oldest first."""
    found = [bell for bell in board.values() if bell.over is None]
    return sorted(found, key=lambda bell: (bell.since, bell.key))


def owed(board: Board, route: str, now: datetime) -> Call | None:
    """What this route is to tell next, if anything is due: the oldest first."""
    calls = [call for bell in board.values() for call in _owed(bell, route, now)]
    return min(calls, key=lambda call: (call.at, call.code, call.about), default=None)


def _owed(bell: Bell, route: str, now: datetime) -> Iterator[Call]:
    if bell.key == (FAILING, route):
        return
    told = bell.told.get(route)
    if bell.over is not None:
        if told is not None and told.open:
            yield _call(bell, CallKind.over)
    elif told is None:
        yield _call(bell, CallKind.alert)
    elif (bell.rang > told.at or told.at > now) and not _just_told(told, now):
        yield _call(bell, CallKind.reminder if told.open else CallKind.alert)


def _call(bell: Bell, kind: CallKind) -> Call:
    return Call(
        kind=kind,
        code=bell.code,
        about=bell.about,
        text=bell.text,
        since=bell.since,
        at=bell.over or bell.rang,
        times=bell.times,
    )


def told(board: Board, call: Call, route: str, now: datetime) -> Board:
    """The board after a route told a person of this call."""
    bell = board.get((call.code, call.about))
    if bell is None:
        return board
    was = bell.told.get(route)
    over = call.kind is CallKind.over
    knows = Told(at=was.at if over and was is not None else now, open=not over)
    bell = msgspec.structs.replace(bell, told={**bell.told, route: knows})
    return _swept({**board, bell.key: bell}, now)


def _swept(board: Board, now: datetime) -> Board:
    """Without what is over and known to be, and without what nobody ended for long."""
    kept = {key: bell for key, bell in board.items() if not _is_past(bell, now)}
    return board if len(kept) == len(board) else kept


def _is_past(bell: Bell, now: datetime) -> bool:
    if now - (bell.over or bell.rang) >= LAPSE:
        return True
    return bell.over is not None and not any(
        told.open or _just_told(told, now) for told in bell.told.values()
    )


def _just_told(told: Told, now: datetime) -> bool:
    """Within the hour; an instant that has not come yet was told by a clock that was wrong."""
    return timedelta(0) <= now - told.at < QUIET


def without(board: Board, words: Sequence[str]) -> Board:
    """The board without what tells one of these words: that it rang, and the text, are gone."""
    return {
        key: bell for key, bell in board.items() if not tells(f"{bell.about}\n{bell.text}", words)
    }


def tells(told: str, words: Sequence[str]) -> bool:
    """Whether a text, which may have been cut short, says one of these words."""
    return any(word[:_TELLING] in told for word in words)
