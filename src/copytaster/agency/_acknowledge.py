"""Whether and where an agency wants to be told that its withdrawal was carried out.

The addresses are the house's own entry in its copy of a profile, and lie outside the house.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

_MAILBOX = re.compile(r"[!-;=?A-~]{1,64}@[A-Za-z0-9.-]{1,253}")
"""an address alone, in ASCII: no display name, nothing that could begin another header"""
_LONGEST_URL = 2000


class Acknowledge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By what ways an agency is told, once its withdrawal was seen clean at every address."""

    email: str | None = None
    """an address of the agency's; sent by the mail server of ``[alerts.email]``"""
    url: str | None = None
    """https address that JSON is posted to"""
    secret_env: str | None = None
    """environment variable with the key that signs what is posted"""
    secret_file: str | None = None


def is_mailbox(word: str) -> bool:
    """Whether it can be written into a letter as an address."""
    return _MAILBOX.fullmatch(word) is not None


def unusable(wanted: Acknowledge, agency: str) -> Iterator[str]:
    """What of it would fail later, when an agency waits to be told; with the key at fault."""
    if agency == "default":
        yield "the default rules stand for agencies nobody has described: name one - at `$.id`"
    if wanted.email is None and wanted.url is None:
        yield "give email or url, or leave the table out - at `$.acknowledge`"
    if wanted.email is not None and not is_mailbox(wanted.email):
        yield f"{wanted.email!r} is no address - at `$.acknowledge.email`"
    if wanted.url is not None and not _may_be_posted_to(wanted.url):
        yield "give https://HOST/…, without user, password or fragment - at `$.acknowledge.url`"
    if wanted.url is None and (wanted.secret_env or wanted.secret_file):
        yield "a secret signs only what is posted to a url - at `$.acknowledge`"


def _may_be_posted_to(url: str) -> bool:
    """It crosses the open net with facts about a house's pages: never in the clear."""
    try:
        parts = urlsplit(url)
        known = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
        plain = url.isascii() and url.isprintable() and len(url) <= _LONGEST_URL
        return known and plain and not parts.fragment and "@" not in parts.netloc
    except ValueError:
        return False
