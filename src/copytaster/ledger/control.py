"""Control entries: what the log says about itself (``docs/reference/log.md``, "Control entries").

They stand between the leaves of events and look like them: one header, then fixed lines. A feed's
number gets its public name here; a transformation, a policy or a new key is announced; a tally
says each day how much came in and what became of it, so that what is missing can be counted.
"""

import re
from datetime import date
from datetime import datetime
from typing import Final

import msgspec

from copytaster.ledger import _spelling as spelling
from copytaster.ledger import leaf
from copytaster.ledger import note
from copytaster.ledger._errors import Malformed

HEADER: Final = "copytaster/control/v1"
LONGEST_NAME: Final = 200
"""bytes of a feed's public name"""

_FEED = re.compile(leaf.FEED, re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """The public name of a feed's number, from now on."""

    time: datetime
    feed: int
    name: str


class Transform(msgspec.Struct, frozen=True, kw_only=True):
    """A transformation whose specification is served under its hash, from now on."""

    time: datetime
    transform: bytes


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """The log signs with a new key; for a time with the old one too."""

    time: datetime
    old: str | None = None
    """vkey; None for the first key"""
    new: str


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """SHA-256 of the policy file which the log's keeper advises."""

    time: datetime
    policy: bytes


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """A feed's day in numbers."""

    time: datetime
    feed: int
    day: date
    """UTC"""
    deliveries: int
    published: int = 0
    updated: int = 0
    held: int = 0
    released: int = 0
    killed: int = 0
    expired: int = 0
    erased: int = 0
    ids: bytes
    """commitment (kind ``ids``) to :func:`ids` of all that came; the agency can have it opened"""


Control = Feed | Transform | Key | Policy | Tally

_COUNTS = ("deliveries", *leaf.Kind)


def ids(received: list[str]) -> bytes:
    """The agency's ids as one committed text: sorted by their UTF-8 bytes, each ended by LF."""
    if any("\n" in id for id in received):
        raise Malformed("an agency's id holds a line end: it cannot stand in a list of lines")
    return b"".join(sorted(f"{id}\n".encode() for id in set(received)))


def encode(entry: Control) -> bytes:
    """The entry's bytes. Raises :class:`Malformed` for values that it cannot hold."""
    lines = {
        "control": type(entry).__name__.lower(),
        "time": spelling.to_instant(entry.time, "the time of a control entry"),
        **_fields(entry),
    }
    text = "".join(f"{name} {value}\n" for name, value in lines.items())
    data = f"{HEADER}\n{text}".encode("utf-8", "backslashreplace")
    if decode(data) != entry:
        raise Malformed(f"the entry says something that a log cannot hold: {entry}")
    return data


def _fields(entry: Control) -> dict[str, str]:
    match entry:
        case Feed():
            return {"feed": leaf.feed_name(entry.feed), "name": entry.name}
        case Transform():
            return {"transform": entry.transform.hex()}
        case Key():
            return {"old": entry.old or "-", "new": entry.new}
        case Policy():
            return {"policy": entry.policy.hex()}
        case Tally():
            counts = {name: str(getattr(entry, name)) for name in _COUNTS}
            named = leaf.feed_name(entry.feed)
            return {"feed": named, "day": str(entry.day), **counts, "ids": entry.ids.hex()}


def decode(data: bytes) -> Control:
    """The control entry in these bytes; raises :class:`Malformed` for anything else."""
    text = spelling.text_of(data, leaf.LONGEST, "a control entry")
    head, _, rest = text.partition("\n")
    if head != HEADER:
        raise Malformed(f"a control entry begins with {head[:40]!r}, not with {HEADER!r}")
    kind = rest.partition("\n")[0].removeprefix("control ")
    if kind not in _READERS:
        raise Malformed(f"there is no control entry {kind[:40]!r}")
    names, read = _READERS[kind]
    what = f"the control entry {kind!r}"
    _, time, *said = spelling.values(rest, ("control", "time", *names), what)
    return read(spelling.instant(time, f"{what}: time"), said)


def _feed(time: datetime, said: list[str]) -> Control:
    number, name = said
    if name != name.strip() or len(name.encode()) > LONGEST_NAME:
        raise Malformed(f"a feed's name is bare of blanks around it and short: {name[:40]!r}")
    return Feed(time=time, feed=_number(number), name=name)


def _number(named: str) -> int:
    if not _FEED.fullmatch(named):
        raise Malformed(f"a feed is named {named[:20]!r}, not like f03")
    return int(named[1:])


def _transform(time: datetime, said: list[str]) -> Control:
    return Transform(time=time, transform=spelling.digest(said[0], "transform"))


def _key(time: datetime, said: list[str]) -> Control:
    old, new = said
    for vkey in (old, new) if old != "-" else (new,):
        if note.encode_vkey(note.decode_vkey(vkey)) != vkey:
            raise Malformed(f"a key is written in a spelling of its own: {vkey[:60]!r}")
    return Key(time=time, old=None if old == "-" else old, new=new)


def _policy(time: datetime, said: list[str]) -> Control:
    return Policy(time=time, policy=spelling.digest(said[0], "policy"))


def _tally(time: datetime, said: list[str]) -> Control:
    feed, day, *counted, committed = said
    counts = {
        name: spelling.number(value, f"the tally's {name}")
        for name, value in zip(_COUNTS, counted, strict=True)
    }
    return Tally(
        time=time,
        feed=_number(feed),
        day=_day(day),
        ids=spelling.digest(committed, "ids"),
        **counts,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError as error:
        raise Malformed(f"{text[:20]!r} is no day") from error


_READERS = {
    "feed": (("feed", "name"), _feed),
    "transform": (("transform",), _transform),
    "key": (("old", "new"), _key),
    "policy": (("policy",), _policy),
    "tally": (("feed", "day", *_COUNTS, "ids"), _tally),
}
