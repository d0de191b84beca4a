"""How often somebody may try: after some tries that cost nothing, each wait is twice the last.

Counted in memory, in a table that cannot grow without end; what is counted is forgotten after a
day without a try.
"""

from collections import OrderedDict
from datetime import datetime
from datetime import timedelta

import msgspec

_FORGOTTEN = timedelta(days=1)
_MOST = 4096
"""names, or addresses; the one not tried for longest is forgotten first"""


class _Tried(msgspec.Struct, frozen=True):
    times: int
    last: datetime
    wait: timedelta
    """after the last"""


class Tries:
    """Not safe from two threads: whoever has it takes turns."""

    def __init__(self, *, free: int, first: timedelta, longest: timedelta) -> None:
        self._free = free
        self._first = first
        self._longest = longest
        self._known: OrderedDict[str, _Tried] = OrderedDict()

    def wait(self, key: str, now: datetime) -> timedelta | None:
        """How long until the next try is looked at; None: now."""
        tried = self._known.get(key)
        if tried is None or not tried.last <= now < tried.last + tried.wait:
            return None  # a clock that was set back tells nothing
        return tried.last + tried.wait - now

    def count(self, key: str, now: datetime) -> bool:
        """One more; whether there is now something to wait for."""
        tried = self._known.get(key)
        is_old = tried is None or now >= tried.last + _FORGOTTEN
        times = 1 if tried is None or is_old else tried.times + 1
        wait = self._wait_after(times)
        self._known[key] = _Tried(times, now, wait)
        self._known.move_to_end(key)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        return bool(wait)

    def _wait_after(self, times: int) -> timedelta:
        beyond = times - self._free
        if beyond < 0:
            return timedelta()
        return min(self._longest, self._first * (1 << min(beyond, 30)))

    def forget(self, key: str) -> None:
        """It was right: what was wrong before it does not count any more."""
        self._known.pop(key, None)

    def take_back(self, key: str) -> None:
        """The last one was right: it does not count, but those before it do."""
        tried = self._known.get(key)
        if tried is not None:
            self._known[key] = _Tried(tried.times - 1, tried.last, timedelta())
