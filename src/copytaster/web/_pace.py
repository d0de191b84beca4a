"""How often one sender may: counted in memory, in a table that cannot grow without end."""

from collections import OrderedDict
from datetime import datetime
from datetime import timedelta


class Pace:
    """So many of each sender within a time. Belongs to one thread.

    ``senders``: most that are remembered; the one unheard of for longest is forgotten first, so
    that a flood from many addresses costs no more memory (how much a day brings in all is
    limited elsewhere).
    """

    def __init__(self, most: int, within: timedelta, senders: int = 4096) -> None:
        self._most = most
        self._within = within
        self._senders = senders
        self._known: OrderedDict[str, list[datetime]] = OrderedDict()

    def wait(self, sender: str, now: datetime) -> timedelta | None:
        """None, and one more is counted; or how long to wait, and nothing is."""
        # What lies ahead was counted before the clock was set back: it tells nothing.
        recent = [at for at in self._known.get(sender, ()) if at <= now < at + self._within]
        if len(recent) >= self._most:
            return recent[0] + self._within - now
        self._known[sender] = [*recent, now]
        self._known.move_to_end(sender)
        while len(self._known) > self._senders:
            self._known.popitem(last=False)
        return None
