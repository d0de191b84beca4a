"""Whether octets begin as a mail does. A wire message that a mail brings is not what came."""

import re

from copytaster.formats._mail_headers import LONGEST_BLOCK
from copytaster.formats._types import Sniff

ENVELOPE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*+(?:From [^\n]*+\n)?")
_STARTS = re.compile(rb"[!-9;-~]{2,76}[ \t]*:")
_END = re.compile(rb"\n\r?\n")
_NO_FIELD = re.compile(rb"^(?![ \t]|>?From |[!-9;-~]{1,100}[ \t]*:)", re.MULTILINE)
_KNOWN = re.compile(
    rb"^(from|to|cc|date|subject|message-id|mime-version|content-type|received|return-path|"
    rb"delivered-to|reply-to|list-id|content-transfer-encoding)[ \t]*:",
    re.MULTILINE | re.IGNORECASE,
)
_PROVES = frozenset({b"from", b"message-id", b"received", b"return-path"})


def claims(sniff: Sniff) -> bool:
    """A block of header fields that ends in an empty line, with at least three that mails have."""
    if sniff.root is not None or sniff.keys:
        return False
    data = sniff.data
    envelope = ENVELOPE.match(data)
    begins = envelope.end() if envelope else 0
    if not _STARTS.match(data, begins):
        return False
    ends = _END.search(data, begins, begins + LONGEST_BLOCK)
    block = data[begins : ends.start() if ends else begins + LONGEST_BLOCK]
    if _NO_FIELD.search(block.rstrip(b"\r\n")):
        return False
    known = {name.lower() for name in _KNOWN.findall(block)}
    return len(known) >= 3 and bool(known & _PROVES)
