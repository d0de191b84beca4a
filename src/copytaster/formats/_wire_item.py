"""What the two wire formats have in common: one message's facts on their way to an item.

Neither format has a status field, so a message is usable only where the agency's profile says
that unmarked items are (``missing_status``); neither has an id, so one is made of what the
header and the trailer say of this transmission.
"""

import hashlib
import re
from itertools import pairwise

import msgspec

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _status
from copytaster.formats import _wire_cues as cues
from copytaster.formats._types import BadReading
from copytaster.formats._wire_split import LONGEST
from copytaster.formats._wire_split import MOST_LINES
from copytaster.formats._wire_split import bare
from copytaster.item import Block
from copytaster.item import BlockKind
from copytaster.item import Body
from copytaster.item import BodyKind
from copytaster.item import Copy
from copytaster.item import EditorialType
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import Piece
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.text import Decoded

_REPAIR = "charset"
# The bytes without a character in windows-1252: the controls of the same number (WHATWG Encoding).
_UNASSIGNED = {0xDC00 + byte: byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
NOTICES = frozenset({EditorialType.kill, EditorialType.withhold})

OMISSIONS = frozenset(
    {"take-key", "keyword-line", "headline", "byline", "editors-note", "photo-line"}
    | {"extended-headline", "typesetting", "notice"}
)
"""Every name under which the wire formats leave characters out of the text."""

_DATELINE = re.compile(r"[^()\n]{2,80}? \([^()\n]{2,40}\) (?:[-–—_]{1,2})(?= )")


class Found(msgspec.Struct):
    """What the lines of one message hold, collected while they are read."""

    characters: str = ""
    """the body read naively: what the pieces must add up to"""
    blocks: list[Block] = []
    pieces: list[Piece] = []
    types: list[EditorialType] = []
    holds: list[str] = []
    notes: list[str] = []
    headline: str | None = None
    by: str | None = None
    version: list[str] = []
    embargo: Embargo | None = None

    def leave_out(self, text: str, name: str) -> None:
        """Characters of the body that readers do not get, under the omission's name."""
        if text:
            self.pieces.append(Piece(text=text, omitted=name))

    def doubt(self, code: str) -> None:
        """A reason to hold the item."""
        if code not in self.holds:
            self.holds.append(code)


def heed(found: Found, opening: str) -> None:
    """Hear what opens a message: a kill, a hold, an embargo, a test of the line."""
    whole = " ".join(opening.split())
    notice, embargo, test = cues.worth_looking(whole)
    lines = opening.split("\n") if notice or embargo else []
    if embargo:
        found.embargo = found.embargo or cues.embargo(_first_lines(lines))
        if found.embargo is None and cues.speaks_of_embargo(whole):
            found.doubt("embargo-note")
    if notice and (kind := cues.notice(lines)) is not None:
        found.types.append(kind)
    if test and cues.is_line_test(whole):
        found.types.append(EditorialType.test)


def _first_lines(lines: list[str]) -> list[str]:
    """The lines that begin a paragraph: a wire wraps its words wherever a line is full."""
    return [line for above, line in pairwise(["", *lines]) if not above.strip(" \t\f")]


def notice_of(found: Found) -> EditorialType | None:
    """The kind of notice the message is, by its opening, version or keyword."""
    return next((kind for kind in found.types if kind in NOTICES), None)


def make_notice(found: Found, text: str) -> None:
    """Turn a message into a notice: all its words are for editors, none for readers."""
    found.notes = [text.strip()]
    found.blocks = []
    found.pieces = [
        Piece(text=piece.text, omitted=piece.omitted or "notice") for piece in found.pieces
    ]


def copy_of(found: Found) -> Copy:
    """The words, with their account."""
    return Copy(blocks=tuple(found.blocks), pieces=tuple(found.pieces))


def types_of(found: Found) -> tuple[EditorialType, ...]:
    """The kinds of message, each once."""
    return tuple(dict.fromkeys(found.types))


def pub_status(types: tuple[EditorialType, ...], profile: Profile) -> _status.Status:
    """No field says it: the profile's word for unmarked items, or what a notice says."""
    status = _status.missing_status(profile)
    settled = _status.settle(status.pub_status, types)
    holds = status.holds if settled is PubStatus.hold else ()
    return msgspec.structs.replace(status, pub_status=settled, holds=holds)


def embargo_of(found: Found) -> Embargo:
    """The embargo that the message tells in words, never one with an end."""
    return found.embargo or Embargo(state=EmbargoState.none)


def dateline_of(found: Found) -> str | None:
    """``Berlin (dpa) -`` at the start of the text, where it also stays (formats §1.2)."""
    for block in found.blocks:
        if block.kind is BlockKind.paragraph:
            matched = _DATELINE.match(block.lines[0].cells[0][0].text)
            return matched.group() if matched else None
    return None


def located_of(dateline: str | None) -> str | None:
    """The place a dateline names."""
    return dateline.partition(" (")[0] if dateline else None


def body_of(text: str, decoded: Decoded, words: int | None) -> Body:
    """The body as sent, its fill left out."""
    return Body(value=text, content_type="text/plain", word_count=words, repairs=decoded.repairs)


def body_kind(found: Found) -> BodyKind:
    """Whether readers get a text."""
    return BodyKind.full if found.blocks else BodyKind.none


def raw_of(raw: RawRef, decoded: Decoded) -> RawRef:
    """The delivery's reference, with the charset that this message was read in."""
    return RawRef(
        sha256=raw.sha256,
        length=raw.length,
        content_type=raw.content_type,
        declared_charset=decoded.declared,
        used_charset=decoded.used,
    )


def digest(message: str) -> str:
    """What an id rests on where the message gives no date: its own characters."""
    return hashlib.sha256(message.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def opened(message: bytes, name: str) -> bytes:
    """A message without fill, once it is no longer than the limits. Raises BadReading."""
    size = len(message)
    if size > LONGEST:
        raise BadReading(f"{name}: {size} octets in one message, the limit is {LONGEST}: no EOT?")
    octets = bare(message)
    if (count := octets.count(b"\n")) > MOST_LINES:
        raise BadReading(f"{name}: {count} lines in one message, the limit is {MOST_LINES}")
    return octets


def decoded(octets: bytes, charset: str | None) -> Decoded:
    """The characters of a message, whatever its bytes are: the notice in it must be heard.

    Bytes that are in no charset which may be meant are read as windows-1252 without gaps, and
    recorded as the repair ``charset``. No character is ever replaced.
    """
    try:
        return text.decode_wire(octets, charset)
    except text.Undecodable:
        characters = octets.decode("cp1252", "surrogateescape").translate(_UNASSIGNED)
        return Decoded(text=characters, declared=charset, used="cp1252", repairs=(_REPAIR,))


def seen(message: bytes) -> str:
    """The beginning of a message, for an error."""
    return ascii(message[:60].decode("latin-1").strip()[:40])
