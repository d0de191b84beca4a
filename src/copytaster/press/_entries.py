"""An entry as the store keeps it: bytes that only the press reads."""

from functools import lru_cache

import msgspec

from copytaster.press._types import Entry

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Entry)


def encode_entry(entry: Entry) -> bytes:
    """The entry as opaque bytes."""
    return _ENCODER.encode(entry)


@lru_cache(maxsize=1024)
def decode_entry(kept: bytes) -> Entry:
    """The entry from the bytes of :func:`encode_entry`; for the same bytes the same entry, so
    that what was made of it can be found again."""
    return _DECODER.decode(kept)
