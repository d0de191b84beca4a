"""A JPEG file's segments: where the picture ends, and the file with other words written into it.

ISO/IEC 10918-1 annex B. The coded picture itself is passed on byte for byte.
"""

import re
from collections.abc import Iterator

SOI = b"\xff\xd8"
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_SOS, _EOI, _COM = 0xDA, 0xD9, 0xFE
_APP = range(0xE0, 0xF0)
_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]", re.DOTALL)
_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""application segments that say how to decode, by how they begin"""


def segment(marker: int, content: bytes) -> bytes:
    """An application segment; its content is at most 65,533 bytes."""
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content


def end(data: bytes) -> int:
    """Where the picture ends: whatever comes after is none of it. ValueError: not readable."""
    *_, (marker, _, last) = _pieces(data)
    return last if marker == _EOI else len(data)


def rewritten(data: bytes, said: bytes) -> bytes:
    """The same picture to the bit, with the segments ``said`` in place of all that was written
    into it. ValueError: its segments cannot be read."""
    head = [SOI]
    body: list[bytes] = []
    for marker, begin, last in _pieces(data):
        piece = data[begin:last]
        if marker in _APP:
            if marker in _KEPT and piece[4:].startswith(_KEPT[marker]):
                (head if marker == _APP[0] else body).append(piece)
        elif marker != _COM:
            body.append(piece)
    return b"".join((*head, said, *body))


def _pieces(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, begin, end) of each segment, coded data with the scan it belongs to, to the end
    of the picture or of the bytes."""
    place = len(SOI)
    while place < len(data):
        begin, marker, place = place, *_marker(data, place)
        if marker not in _ALONE and marker != _EOI:
            place += max(int.from_bytes(data[place : place + 2], "big"), 2)
        if marker == _SOS:
            found = _AFTER_SCAN.search(data, place)
            place = found.start() if found else len(data)
        yield marker, begin, min(place, len(data))
        if marker == _EOI:
            return


def _marker(data: bytes, place: int) -> tuple[int, int]:
    """(the marker, the place after it)."""
    if data[place] != 0xFF:
        raise ValueError(f"no JPEG segment at byte {place}")
    while place < len(data) and data[place] == 0xFF:
        place += 1
    if place == len(data):
        raise ValueError("a JPEG segment without a marker")
    return data[place], place + 1
