"""Words as they may stand in bytes that nobody could read: each way of writing them down."""

import json
from collections.abc import Iterable
from collections.abc import Iterator
from xml.sax.saxutils import escape

_SHORTEST = 8
"""characters that tell a name from chance"""
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")


def spellings(words: Iterable[str]) -> tuple[bytes, ...]:
    """Each of these, in the charsets and escapings of wire formats."""
    found = (spelt for one in words if len(one) >= _SHORTEST for spelt in _spelt(one))
    return tuple(dict.fromkeys(found))


def _spelt(word: str) -> Iterator[bytes]:
    in_json = (json.dumps(word, ensure_ascii=is_ascii)[1:-1] for is_ascii in (True, False))
    for one in dict.fromkeys((word, escape(word), *in_json)):
        for encoding in _ENCODINGS:
            yield one.encode(encoding, errors="ignore")
