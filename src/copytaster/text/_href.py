"""Addresses a reader may follow out of a body: http, https, mailto and tel, nothing else."""

import re
from urllib.parse import urljoin

MAX_LENGTH = 4096
_EDGES = "".join(map(chr, range(0x21)))  # WHATWG URL: leading and trailing C0 control or space
_DROPPED = re.compile(r"[\t\n\r]")
_SAFE = re.compile(r"(?:https?://[^/?#\\@\s]|(?:mailto|tel):[^\s/])", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ORDINARY = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:[/?#][A-Za-z0-9/?#%&=+;:,.!*'()@$~_-]*)?"
)
_UNSAFE_CHARACTER = re.compile(
    "[\x00-\x20\x7f-\x9f\\\\<>\x22`\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def safe_href(href: str, base: str | None = None) -> str | None:
    """``href`` as a browser would follow it, if it may be kept; a relative one needs ``base``."""
    if len(href) <= MAX_LENGTH and _ORDINARY.fullmatch(href):
        return href
    address = _DROPPED.sub("", href.strip(_EDGES))
    if not address or len(address) > MAX_LENGTH:
        return None
    if not _SCHEME.match(address):
        if base is None or address.startswith("#"):
            return None
        address = _joined(base, address)
    address = address.replace(" ", "%20")
    if not _SAFE.match(address) or _UNSAFE_CHARACTER.search(address):
        return None
    return address


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""
