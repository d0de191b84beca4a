"""One delivery of a wire, cut into its messages (IPTC 7901 and ANPA 1312).

Each message goes from SOH to EOT. A gateway may have taken away some or all of the control
characters (handbook: formats §1.2), so a message also begins where a header of the format
stands after the end of another message, and the end of the delivery ends the last. What stands
between messages and is no fill belongs to nobody, and is reported beside them.
"""

import re
from collections.abc import Iterator

SOH, STX, ETX, EOT = "\x01", "\x02", "\x03", "\x04"

LONGEST = 512 * 1024
"""Octets of one message; a longer one is not read, its neighbours are."""

MOST_LINES = 10_000
"""Lines of one message, likewise."""

# NUL and DEL are fill, SYN synchronises, BEL rings: no characters of any text (formats §3.3).
_FILL = b"\0\x07\x16\x7f"
_FILL_AND_CR = _FILL + b"\r"
_CONTROLS = bytes(range(0x20)).translate(None, b"\t\n\r")
_LINE_END = re.compile(rb"\n\r+|(\r+)(\n?)")
_NOTHING = re.compile(rb"[\s\0\x01\x07\x0c\x16\x7f]*(?:NNNN)?[\s\0\x07\x0c\x16\x7f]*")


def messages(data: bytes, header: re.Pattern[bytes]) -> Iterator[bytes]:
    """The messages of a delivery, each without its SOH and EOT, and stray text between them."""
    for part in data.split(b"\x01") if b"\x01" in data else _by_header(data, header):
        if not part:
            continue
        whole, _, rest = part.partition(b"\x04")
        if _NOTHING.fullmatch(whole) is None:
            yield whole
        for stray in rest.split(b"\x04"):
            found = _by_header(stray, header) if stray.strip() else ()
            yield from [message for message in found if _NOTHING.fullmatch(message) is None]


def _by_header(data: bytes, header: re.Pattern[bytes]) -> list[bytes]:
    """Messages whose SOH is missing: each begins with its header."""
    starts = [found.start() for found in header.finditer(data)]
    if not starts:
        return [data]
    ends = [*starts[1:], len(data)]
    first = [data[: starts[0]]] if starts[0] else []
    return first + [data[start:end] for start, end in zip(starts, ends, strict=True)]


def bare(message: bytes) -> bytes:
    """A message without fill and bells, its lines ended by LF."""
    if message.count(b"\r\n") == message.count(b"\r"):
        return message.translate(None, _FILL_AND_CR)
    message = message.translate(None, _FILL).replace(b"\r\n", b"\n")
    return _LINE_END.sub(_one_end, message) if b"\r" in message else message


def _one_end(found: re.Match[bytes]) -> bytes:
    """CR CR LF, as teleprinters end a line, is one end; CRs alone are one each."""
    return b"\n" if found[1] is None or found[2] else b"\n" * len(found[1])


def has_other_controls(message: bytes, known: bytes) -> bool:
    """Whether a control character is there that the format gives no meaning."""
    other = _CONTROLS.translate(None, known)
    return len(message) != len(message.translate(None, other))
