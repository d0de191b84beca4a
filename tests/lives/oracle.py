"""Formats §2.3 told a second time, whole: versions, sightings, notices, and the desk's word.

Written from the handbook (formats §2.1 to §2.4) and design §4, not from the code, in another
shape than the room's: a life is a bag of rows, and each question is one filter over them. It
knows minutes and letters only; ``reissuing`` turns its rows into real messages.
"""

from typing import NamedTuple

ENDLESS = 10**6
"""the minute of an embargo that is empty or cannot be read"""
_NOBODY = frozenset({"test", "advisory", "schedule", "disregard"})
"""kinds of message that are never for readers (§2.2)"""


class Row(NamedTuple):
    """A version of the story."""

    content: str
    """the same for messages that say the same: words, status, embargo, kind"""
    words: str
    number: int | None = None
    made: int | None = None
    received: int = 0
    seen: int | None = None
    """when a feed was seen to say it; None for what is no feed"""
    status: str = "usable"
    embargo: int | None = None
    part: bool = False
    kind: str = ""


class Notice(NamedTuple):
    """A message about the story; with ``when``, a tombstone of a feed."""

    status: str
    made: int | None = None
    when: int | None = None
    received: int = 0

    @property
    def said(self) -> int:
        return next(at for at in (self.when, self.made, self.received) if at is not None)


class Word(NamedTuple):
    """A decision of the desk. ``content`` is what a release approves."""

    at: int
    turn: int
    kind: str
    content: str | None = None


class Life(NamedTuple):
    """Everything received and decided for one story."""

    rows: tuple[Row, ...] = ()
    notices: tuple[Notice, ...] = ()
    words: tuple[Word, ...] = ()


def expected(life: Life, now: int) -> tuple[str, str | None]:
    """(state, the words that are public) at minute ``now``."""
    return _Telling(life, now).told()


class _Telling:
    """One life at one minute; each property answers one question of the handbook."""

    def __init__(self, life: Life, now: int) -> None:
        self.life = life
        self.now = now
        self.top, self.bind = _ranks(life.rows)
        newest = max((_date(row) for row in self.top), default=-1)
        self.last = [row for row in self.top if _date(row) == newest]
        self.date = None if newest < 0 else newest
        self.release = self._release()
        self.rivals = self._rivals()
        self.current = self._current()

    def told(self) -> tuple[str, str | None]:
        current = self.current
        if self._is_killed():
            return "killed", None
        if self._says("withheld") or self._notice("withheld"):
            return "withheld", None
        if current is None:
            return ("held" if self._notice("hold") else "never"), None
        if current.kind in _NOBODY:
            return "never", None
        if self._is_held(current):
            return "held", None
        if self.now < max((row.embargo or 0 for row in self.bind), default=0):
            return "embargoed", None
        return "live", current.words

    # --- what was sent --------------------------------------------------------------------------

    def _is_killed(self) -> bool:
        """§2.3: any message canceled, order-free and sticky; §2.4: a tombstone, unless restored."""
        ends = any(word.kind in ("kill", "erase") for word in self.life.words)
        canceled = any(row.status == "canceled" for row in self.life.rows)
        struck = [one for one in self.life.notices if one.status == "canceled"]
        return ends or canceled or any(not self._is_restored(one) for one in struck)

    def _says(self, status: str) -> bool:
        return any(row.status == status for row in self.bind)

    @property
    def _is_open(self) -> bool:
        """The agency's own word on what binds is a plain usable."""
        return bool(self.bind) and all(row.status == "usable" for row in self.bind)

    def _is_newer_than(self, minute: int) -> bool:
        return self._is_open and self.date is not None and self.date > minute

    def _is_restored(self, notice: Notice) -> bool:
        return notice.when is not None and self._is_newer_than(notice.when)

    def _notice(self, status: str) -> bool:
        """A notice that withholds or holds binds until a usable version is newer than it, or a
        later notice says that the story may be used (dpa: HOLD, then the all-clear)."""
        return any(
            one.status == status
            and not self._is_newer_than(one.said)
            and not any(
                other.status == "usable" and other.said > one.said for other in self.life.notices
            )
            for one in self.life.notices
        )

    # --- what is meant --------------------------------------------------------------------------

    def _release(self) -> Word | None:
        """Of holds and releases only the newest counts."""
        said = [word for word in self.life.words if word.kind in ("hold", "release")]
        newest = max(said, key=lambda word: (word.at, word.turn), default=None)
        return newest if newest is not None and newest.kind == "release" else None

    def _rivals(self) -> set[str]:
        """Contents that claim to be current: of a feed, those it was seen to say last."""
        seen: dict[str, int] = {}
        for row in self.last:
            if row.seen is not None:
                seen[row.content] = max(row.seen, seen.get(row.content, -1))
        all_ = {row.content for row in self.last}
        if not seen or set(seen) != all_:
            return all_
        return {content for content, at in seen.items() if at == max(seen.values())}

    def _chosen(self) -> str | None:
        """What the desk chose of several texts, when it knew them all."""
        if self.release is None or self.release.content not in self.rivals:
            return None
        others = self.rivals - {self.release.content}
        known = all(self._first(content, self.last) <= self.release.at for content in others)
        return self.release.content if known else None

    def _current(self) -> Row | None:
        """The greatest version, then date, then hash (§2.1)."""
        if not self.last:
            return None
        content = self._chosen() or max(self.rivals)
        return next(row for row in self.last if row.content == content)

    @staticmethod
    def _first(content: str, rows: list[Row]) -> int:
        return min(row.received for row in rows if row.content == content)

    # --- what is doubtful -----------------------------------------------------------------------

    def _is_held(self, current: Row) -> bool:
        if self._notice("hold") or self._desk_holds():
            return True
        whole = any(not row.part for row in self.life.rows)
        if current.part and (whole or not self._approves(current)):
            return True
        if self._is_disputed() and not self._approves(current):
            return True
        held = [row.content for row in self.bind if row.status == "hold"]
        if any(not self._covers(current, content) for content in held):
            return True
        back = [one.received for one in self.life.notices if self._struck_and_restored(one)]
        return any(not self._approves(current, at) for at in back)

    def _struck_and_restored(self, notice: Notice) -> bool:
        return notice.status == "canceled" and self._is_restored(notice)

    def _desk_holds(self) -> bool:
        return self.release is None and any(word.kind == "hold" for word in self.life.words)

    def _is_disputed(self) -> bool:
        """Different words, the same version, the same date: nobody can tell (§2.2)."""
        if len(self.rivals) < 2 or self._chosen() is not None:
            return False
        return len({self._meaning(row) for row in self.last if row.content in self.rivals}) > 1

    @staticmethod
    def _meaning(row: Row) -> tuple[str, bool, str]:
        return row.words, row.part, row.kind

    def _approves(self, current: Row, known: int = -1) -> bool:
        """A release covers the content it names, and what was known when it was made."""
        release = self.release
        return release is not None and release.content == current.content and known <= release.at

    def _covers(self, current: Row, content: str) -> bool:
        if content == current.content:
            return self._approves(current)
        return self._approves(current, self._first(content, self.bind))


def _ranks(rows: tuple[Row, ...]) -> tuple[list[Row], list[Row]]:
    """(top, what binds): by version number where any has one, else by date (§2.1)."""
    if any(row.number is not None for row in rows):
        greatest = max(row.number for row in rows if row.number is not None)
        top = [row for row in rows if row.number == greatest]
        return top, top + [row for row in rows if row.number is None]
    newest = max((_date(row) for row in rows), default=-1)
    top = [row for row in rows if _date(row) == newest]
    return top, top + [row for row in rows if row.made is None and row not in top]


def _date(row: Row) -> int:
    return -1 if row.made is None else row.made
