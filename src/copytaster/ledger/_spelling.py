"""One spelling for each value: decimal numbers, hex, base64, instants, lines.

What a log holds is compared by its bytes, so a value that could be written in two ways would
be two values. Readers here refuse every spelling but the one that the writers make.
"""

import base64
import binascii
import re
from datetime import UTC
from datetime import datetime

from copytaster.ledger._errors import Malformed

HASH = 32
"""bytes of a SHA-256"""
LARGEST = 2**63 - 1
"""of sizes, indices and times: what the readers that others wrote can hold"""
INSTANT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
"""the shape of :func:`instant`"""

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_HEX = re.compile(r"(?:[0-9a-f]{2})+", re.ASCII)
_INSTANT = re.compile(INSTANT, re.ASCII)


def number(text: str, what: str) -> int:
    """A decimal number without leading zeros, at most :data:`LARGEST`."""
    value = int(text) if _DECIMAL.fullmatch(text) else -1
    if not 0 <= value <= LARGEST:
        raise Malformed(f"{what} {text[:30]!r} is not a number as logs write them")
    return value


def digest(text: str, what: str) -> bytes:
    """A SHA-256 in lower-case hex."""
    if len(text) != 2 * HASH or not _HEX.fullmatch(text):
        raise Malformed(f"{what} {text[:70]!r} is not 64 lower-case hex digits")
    return bytes.fromhex(text)


def based(text: str, what: str) -> bytes:
    """Standard base64 (RFC 4648 section 4) with its padding, and no bits set in what is cut."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed(f"{what} is not base64: {text[:30]!r}") from error
    if to_base(value) != text:
        raise Malformed(f"{what} is base64 in a spelling of its own: {text[-30:]!r}")
    return value


def to_base(value: bytes) -> str:
    """The same, written."""
    return base64.b64encode(value).decode("ascii")


def instant(text: str, what: str) -> datetime:
    """``2026-11-22T15:33:23Z``: UTC, whole seconds."""
    if not _INSTANT.fullmatch(text):
        raise Malformed(f"{what} {text[:30]!r} is not an instant in UTC, to the second")
    return shaped_instant(text, what)


def shaped_instant(text: str, what: str) -> datetime:
    """The same, for text whose shape was looked at already: now that there is such a day."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Malformed(f"{what} {text!r} is no day or time: {error}") from error


def to_instant(value: datetime, what: str) -> str:
    """The same, written. Cuts nothing: a fraction of a second is refused."""
    if value.tzinfo is None or value.microsecond:
        raise Malformed(f"{what} {value} must have a zone and whole seconds")
    return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


def text_of(data: bytes, largest: int, what: str) -> str:
    """UTF-8 with LF as its only control character, not larger than allowed."""
    if len(data) > largest:
        raise Malformed(f"{what} has {len(data):,} bytes, more than {largest:,}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed(f"{what} is not UTF-8: byte {error.start}") from error
    if any(sign < " " and sign != "\n" for sign in text):
        raise Malformed(f"{what} holds a control character")
    return text


def values(text: str, names: tuple[str, ...], what: str) -> list[str]:
    """Of lines ``name value`` in exactly this order, each ended by LF: the values."""
    lines = text.split("\n")
    if len(lines) != len(names) + 1 or lines[-1]:
        raise Malformed(f"{what} must have exactly {len(names)} lines, each ended by LF")
    found = []
    for name, line in zip(names, lines, strict=False):
        said, _, value = line.partition(" ")
        if said != name or not value:
            raise Malformed(f"{what}: the line {line[:60]!r} should be {name!r} and a value")
        found.append(value)
    return found


def shown(text: str) -> str:
    """A name from outside as it may stand in a sentence: short, without what cannot be seen."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:100])
