"""Undoing a content coding within limits: a small body must not become a large one.

Only gzip (several members too) and deflate (with or without its zlib wrapper, RFC 9110
§8.4.1.2 against what servers do) are known; anything else is refused.
"""

import zlib
from collections.abc import Iterable
from collections.abc import Iterator

from copytaster.wire._door import Garbled
from copytaster.wire._door import TooBig

CODINGS = "gzip, deflate"
"""what to offer in Accept-Encoding"""

_GRACE = 1024 * 1024
_STEP = 256 * 1024
_MEMBERS = 4096
"""each member costs a copy of what is left of its piece: without a bound, quadratic time"""


class Inflater:
    """Takes a body's wire bytes piece by piece, gives its plain bytes, counts both.

    ``limit`` bounds the wire bytes and the plain bytes alike. ``ratio`` bounds plain bytes per
    wire byte once a mebibyte is out. Raises :class:`TooBig` and :class:`Garbled`.
    """

    def __init__(self, coding: str | None, limit: int, ratio: float | None = None) -> None:
        self._coding = _known(coding)
        self._limit = limit
        self._ratio = ratio
        self._engine: zlib._Decompress | None = None
        self._head = b""
        self._members = 1
        self.wire = 0
        self.plain = 0

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The plain bytes that ``piece`` gives, in steps of bounded size."""
        self.wire += len(piece)
        if self.wire > self._limit:
            raise TooBig(f"more than {self._limit} bytes")
        if self._coding == "identity":
            self.plain = self.wire
            yield piece
        elif piece:
            yield from self._inflate(piece)

    def finish(self) -> None:
        """Say that the body is over; a stream cut short is an error, an empty body is none."""
        if self._coding != "identity" and self.wire and not (self._engine and self._engine.eof):
            raise Garbled(f"the {self._coding} stream is cut short")

    def _inflate(self, piece: bytes) -> Iterator[bytes]:
        rest = self._head + piece
        self._head = b""
        while rest:
            if self._engine is not None and self._engine.eof:
                rest = self._next_member(rest)
            if self._engine is None:
                if len(rest) < 2:  # too little to tell zlib's wrapper from raw deflate
                    self._head = rest
                    return
                self._engine = zlib.decompressobj(_window(self._coding, rest))
            if rest:
                yield from self._drain(self._engine, rest)
                rest = self._engine.unused_data

    def _drain(self, engine: "zlib._Decompress", rest: bytes) -> Iterator[bytes]:
        while rest and not engine.eof:
            try:
                plain = engine.decompress(rest, _STEP)
            except zlib.error as error:
                raise Garbled(f"the {self._coding} stream is broken: {error}") from error
            self._count(plain)
            yield plain
            rest = engine.unconsumed_tail

    def _count(self, plain: bytes) -> None:
        self.plain += len(plain)
        if self.plain > self._limit:
            raise TooBig(f"more than {self._limit} bytes when inflated")
        if self._ratio and self.plain > _GRACE and self.plain > self._ratio * self.wire:
            raise TooBig(f"inflates more than {self._ratio:g} times")

    def _next_member(self, rest: bytes) -> bytes:
        """What follows a finished member: the next member, or the zeros some servers pad with."""
        rest = rest.lstrip(b"\0")
        if rest:
            self._members += 1
            if self._coding != "gzip" or self._members > _MEMBERS:
                raise Garbled(f"bytes follow the end of the {self._coding} stream")
            self._engine = None
        return rest


def inflate(pieces: Iterable[bytes], coding: str | None, limit: int) -> bytes:
    """The whole plain body; same errors as :class:`Inflater`."""
    inflater = Inflater(coding, limit)
    body = b"".join(plain for piece in pieces for plain in inflater.feed(piece))
    inflater.finish()
    return body


def _known(coding: str | None) -> str:
    name = (coding or "identity").strip().lower()
    name = {"x-gzip": "gzip", "": "identity"}.get(name, name)
    if name not in ("identity", "gzip", "deflate"):
        raise Garbled(f"content coding {name[:40]!r} is not known; known: {CODINGS}")
    return name


def _window(coding: str, head: bytes) -> int:
    if coding == "gzip":
        return zlib.MAX_WBITS | 16
    wrapped = head[0] & 15 == 8 and int.from_bytes(head[:2], "big") % 31 == 0  # RFC 1950 §2.2
    return zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS
