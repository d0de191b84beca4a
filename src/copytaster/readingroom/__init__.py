"""Texts → the notes beside them, made in a process of its own, so that whoever rules need not wait.

In: lots of :class:`Text`, handed over before the first of them is needed. Out: the same notes that
:func:`copytaster.reading.read` makes: where there is no process, or it fails, they are made here.
Not its business: what is noted, and what is kept of it.
"""

from copytaster.readingroom._room import ReadingRoom
from copytaster.readingroom._room import Text
from copytaster.readingroom._room import TooLong

__all__ = ["ReadingRoom", "Text", "TooLong"]
