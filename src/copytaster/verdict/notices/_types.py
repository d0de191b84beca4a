"""What a notice says, once it is read: what shall happen, and to what.

A notice is for editors. It seldom carries the id of the story it means: it names it as a
colleague would, by headline and the time it moved, by service number, by slug (handbook:
agencies §1). Each such name is a :class:`Pointer`.
"""

from datetime import date
from datetime import datetime
from datetime import time
from enum import StrEnum

import msgspec


class NoticeKind(StrEnum):
    """What a notice asks for."""

    kill = "kill"
    hold = "hold"
    """do not use for now: it may be lifted"""
    release = "release"
    """what was held may be used after all"""
    eliminate = "eliminate"
    """a picture: take it away, the story stays"""
    advisory = "advisory"
    """for editors, and asks for nothing here"""
    schedule = "schedule"
    test = "test"


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """When the notice says that a story moved: ``at 1756 hours``, ``at 09:38 GMT on Thursday``."""

    at: time
    """hours and minutes, as written"""
    zone: str | None = None
    """the IANA zone that the words or the profile give; None: nobody says"""
    on: date | None = None
    """the day, where the words give one; else the last such time before the notice"""
    raw: str


class Pointer(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a notice names. Every field that is there must fit the story that is meant."""

    id: str | None = None
    """an id as written: a guid, a URN, a story number such as ``L1N32B20C``"""
    number: str | None = None
    """a service or transmission number as they are compared: ``dpa 157``, ``V9991``"""
    headline: str | None = None
    """verbatim, without its quotation marks"""
    slug: str | None = None
    moved: Moved | None = None
    day: date | None = None
    """the day it moved, where the words give one and no time"""
    series: bool = False
    """all dispatches of the event: alert, urgent, leads (AFP annuls a series)"""
    picture: bool = False
    """a picture is named, not a story"""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A message for editors, read."""

    kind: NoticeKind
    said: datetime
    """when it was made; when it came, where it does not say"""
    pointers: tuple[Pointer, ...] = ()
    """what it is about. Empty on a kill or a hold: it names nothing that can be read, and a
    person is called"""
    substitutes: tuple[Pointer, ...] = ()
    """what it declares to be good in place of what it kills: never touched by it"""
    is_whole: bool = True
    """False: it goes on, or names more, than is read of a notice; a person reads the rest"""
