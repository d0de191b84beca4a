"""An entry as the store keeps it: bytes that only the press reads."""

import msgspec

from copytaster.press._types import Entry

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Entry)


def encode_entry(entry: Entry) -> bytes:
    """The entry as opaque bytes."""
    return _ENCODER.encode(entry)


def decode_entry(kept: bytes) -> Entry:
    """The entry from the bytes of :func:`encode_entry`."""
    return _DECODER.decode(kept)
