"""The leaf of a story's event: twelve lines (``docs/reference/log.md``, "Leaf").

The one format of this log that is our own. It holds a random story id and salted commitments,
never a word of a text, a headline, an agency's id or a byline: so the log never has to be
edited, and when text and salt are destroyed every proof stays valid. The bytes in the log *are*
the leaf; there is exactly one spelling for each meaning, and readers refuse every other.
"""

import hashlib
import re
from datetime import datetime
from enum import StrEnum
from typing import Final
from typing import Literal

import msgspec

from copytaster.ledger import _spelling as spelling
from copytaster.ledger._errors import Malformed

HEADER: Final = "copytaster/event/v1"
LONGEST: Final = 1024
"""bytes of a leaf, control entries included"""
SALT: Final = 32
"""bytes of a salt: from the operating system's generator, fresh for each commitment"""

Commitment = Literal["raw", "text", "meta", "ids"]
Edition = int | Literal["all"]


class Kind(StrEnum):
    """What happened to a story, as the public saw it."""

    published = "published"
    updated = "updated"
    held = "held"
    released = "released"
    killed = "killed"
    expired = "expired"
    erased = "erased"


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One line of a story's public history."""

    kind: Kind
    feed: int
    """number in the log's own registry; its name comes from a control entry"""
    story: str
    """the public id: the same as in the story's address"""
    edition: Edition | None = None
    """the public number of the edition, from 1; ``all`` where every one is meant"""
    prev: int | None = None
    """log index of this story's event before; None for the first"""
    time: datetime
    """UTC, whole seconds"""
    transform: bytes | None = None
    """SHA-256 of the transformation's specification, as published"""
    raw: bytes | None = None
    """commitment to the delivery, or to the notice of a kill"""
    text: bytes | None = None
    """commitment to the canonical text"""
    meta: bytes | None = None
    """commitment to what else the edition says: headline, byline, the agency's id"""
    reason: str | None = None


class _Rule(msgspec.Struct, frozen=True):
    """What the leaf of one kind must, may and must not say."""

    edition: str = "-"
    opens: bool = False
    """transform, raw, text and meta are there"""
    notice: bool = False
    """raw may be there: the notice's"""
    first: bool = False
    reasons: tuple[str, ...] = ()


RULES: Final = {
    Kind.published: _Rule(edition="n", opens=True, first=True),
    Kind.updated: _Rule(edition="n", opens=True, reasons=("correction", "update", "refile")),
    Kind.held: _Rule(reasons=("agency", "desk", "rights")),
    Kind.released: _Rule(),
    Kind.killed: _Rule(edition="n|all", notice=True, reasons=("agency", "legal", "desk")),
    Kind.expired: _Rule(edition="n|all", notice=True, reasons=("licence",)),
    Kind.erased: _Rule(edition="n|all", reasons=("request", "court", "retention")),
}

FEED: Final = "f(?:0[1-9]|[1-9][0-9]{1,8})"
"""the pattern of :func:`feed_name`"""
STORY: Final = "[0-9abcdefghjkmnpqrstvwxyz]{16}"
"""the pattern of a public id: Crockford's base32 in lower case"""

_NUMBER = "(?:0|[1-9][0-9]{0,18})"
_EDITIONS = {"-": "-", "n": "[1-9][0-9]{0,8}", "n|all": "(?:[1-9][0-9]{0,8}|all)"}
_HASHED = "[0-9a-f]{64}"


def feed_name(number: int) -> str:
    """``f03``: at least two digits, counted from 1."""
    if not 1 <= number < 10**9:
        raise Malformed(f"a feed cannot have the number {number}: they count from 1")
    return f"f{number:02d}"


def _lines(rule: _Rule) -> dict[str, str]:
    """What each line of such a leaf may say, as a pattern."""
    opened = _HASHED if rule.opens else "-"
    return {
        "feed": FEED,
        "story": STORY,
        "edition": _EDITIONS[rule.edition],
        "prev": "-" if rule.first else _NUMBER,
        "time": spelling.INSTANT,
        "transform": opened,
        "raw": f"(?:{_HASHED}|-)" if rule.notice else opened,
        "text": opened,
        "meta": opened,
        "reason": "|".join(rule.reasons) or "-",
    }


def _pattern(kind: Kind, rule: _Rule) -> re.Pattern[str]:
    """The whole leaf in one expression: a log of a million is read in seconds."""
    fields = "".join(f"{name} ({line})\n" for name, line in _lines(rule).items())
    return re.compile(f"{HEADER}\nevent {kind}\n{fields}", re.ASCII)


_PATTERNS = {f"event {kind}\n": (kind, _pattern(kind, rule)) for kind, rule in RULES.items()}
_START = len(HEADER) + 1


def encode(event: Event) -> bytes:
    """The leaf's bytes. Raises :class:`Malformed` for an event that says too much or too little."""
    lines = [
        HEADER,
        f"event {event.kind}",
        f"feed {feed_name(event.feed)}",
        f"story {event.story}",
        f"edition {_shown(event.edition)}",
        f"prev {_shown(event.prev)}",
        f"time {spelling.to_instant(event.time, 'the time of an event')}",
        *(
            f"{name} {'-' if value is None else value.hex()}"
            for name, value in (
                ("transform", event.transform),
                ("raw", event.raw),
                ("text", event.text),
                ("meta", event.meta),
            )
        ),
        f"reason {_shown(event.reason)}",
    ]
    data = "".join(f"{line}\n" for line in lines).encode("ascii", "backslashreplace")
    if decode(data) != event:
        raise Malformed(f"the event says something that a leaf cannot hold: {event}")
    return data


def _shown(value: object) -> str:
    return "-" if value is None else str(value)


def decode(data: bytes) -> Event:
    """The event in a leaf; raises :class:`Malformed` for anything else."""
    text = data.decode("ascii", "backslashreplace")
    start = text[_START : text.find("\n", _START) + 1]
    if start not in _PATTERNS or (found := _PATTERNS[start][1].fullmatch(text)) is None:
        raise Malformed(_wrong(text))
    feed, story, edition, prev, time, transform, raw, hashed, meta, reason = found.groups()
    return Event(
        kind=_PATTERNS[start][0],
        feed=int(feed[1:]),
        story=story,
        edition=None if edition == "-" else "all" if edition == "all" else int(edition),
        prev=None if prev == "-" else spelling.number(prev, "prev"),
        time=spelling.shaped_instant(time, "the time of an event"),
        transform=None if transform == "-" else bytes.fromhex(transform),
        raw=None if raw == "-" else bytes.fromhex(raw),
        text=None if hashed == "-" else bytes.fromhex(hashed),
        meta=None if meta == "-" else bytes.fromhex(meta),
        reason=None if reason == "-" else reason,
    )


def _wrong(text: str) -> str:
    """Which line it is: looked for only after the whole was refused."""
    if len(text) > LONGEST:
        return f"a leaf has {len(text):,} characters, more than {LONGEST:,}"
    names = ("event", *_lines(_Rule()))
    head, _, rest = text.partition("\n")
    if head != HEADER:
        return f"a leaf begins with {head[:40]!r}, not with {HEADER!r}"
    found = dict(zip(names, spelling.values(rest, names, "a leaf"), strict=True))
    if found["event"] not in RULES:
        return f"a leaf tells of an event {found['event'][:40]!r}, which there is not"
    lines = _lines(RULES[Kind(found["event"])])
    wrong = next((name for name in lines if not re.fullmatch(lines[name], found[name])), "time")
    return f"the leaf of a story {found['event']} says {wrong} {found[wrong][:70]!r}"


def commit(kind: Commitment, salt: bytes, data: bytes) -> bytes:
    """A commitment that only who has both salt and data can open.

    The same with coreutils: ``(printf 'copytaster/commit/v1 text\\n'; cat salt text) | sha256sum``.
    """
    if len(salt) != SALT:
        raise Malformed(f"a salt has {SALT} bytes, not {len(salt)}")
    return hashlib.sha256(f"copytaster/commit/v1 {kind}\n".encode() + salt + data).digest()
