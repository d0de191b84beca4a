"""IPTC-IIM, the older way to write credit into a JPEG: its datasets, read and written.

IIM 4.2; in a JPEG it is resource 0x0404 of Photoshop's image resources, in an APP13 segment.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

BY_LINE, CREDIT, SOURCE, COPYRIGHT = 80, 110, 115, 116
INSTRUCTIONS, REFERENCE = 40, 103
_KEPT = (INSTRUCTIONS, BY_LINE, REFERENCE, CREDIT, SOURCE, COPYRIGHT)
_TAG, _EDITORIAL, _EXTENDED = 0x1C, 2, 0x8000
_HEAD = 5
_IN_UTF8 = b"\x1c\x01\x5a\x00\x03\x1b%G"
_RESOURCE = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00"
_MOST = 8 * 1024

Sayings = Mapping[int, Sequence[str]]
"""dataset of record 2 → what it says, as often as it says it"""


def read(data: bytes) -> Sayings:
    """Who made it and who may use it; what is no IIM, or not to its end, says what it can."""
    found: dict[int, list[str]] = {}
    for record, dataset, value in _datasets(data):
        words = _text(value)
        if record == _EDITORIAL and dataset in _KEPT and words:
            found.setdefault(dataset, []).append(words)
    return found


def written(said: Sayings) -> bytes | None:
    """The content of an APP13 segment that says this, in UTF-8."""
    body = _IN_UTF8
    for dataset in _KEPT:
        for words in said.get(dataset, ()):
            value = words.encode()
            head = bytes((_TAG, _EDITORIAL, dataset)) + len(value).to_bytes(2, "big")
            if len(body) + len(head) + len(value) <= _MOST:
                body += head + value
    if body == _IN_UTF8:
        return None
    return _RESOURCE + len(body).to_bytes(4, "big") + body + b"\0" * (len(body) % 2)


def _datasets(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    place = 0
    while place + _HEAD <= len(data) and data[place] == _TAG:
        size = int.from_bytes(data[place + 3 : place + _HEAD], "big")
        if size >= _EXTENDED:
            return  # the long form, which no line of credit needs
        begin = place + _HEAD
        yield data[place + 1], data[place + 2], data[begin : begin + size]
        place = begin + size


def _text(value: bytes) -> str:
    """In UTF-8, else as most wrote before there was a way to say so."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
