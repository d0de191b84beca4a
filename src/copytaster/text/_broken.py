"""Text that came broken: what can be seen of it, and never mended."""

import re

REPLACEMENT = "\ufffd"
_C1 = re.compile(rb"\xc2[\x80-\x9f]")  # in UTF-8: five times as fast as a class of characters


def broken(text: str) -> bool:
    """Whether characters show that an earlier hand lost some (handbook: formats §3.5).

    U+FFFD, which decoders put for what they could not read, and the C1 controls
    U+0080–U+009F, which no text has and which windows-1252 becomes in careless hands. They
    are kept as they came: what they were can only be guessed. A question mark in the place
    of a letter (``EU?s``) cannot be told from one that was written.
    """
    return not text.isascii() and (REPLACEMENT in text or _has_c1(text))


def _has_c1(text: str) -> bool:
    data = text.encode("utf-8", "surrogatepass")
    return b"\xc2" in data and _C1.search(data) is not None  # one byte is found faster
