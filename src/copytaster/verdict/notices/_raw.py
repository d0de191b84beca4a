"""Whether bytes that nobody could read may take something back.

Nothing is decided by this: it says how loudly a person is called. So it rather says yes.
"""

import re
from codecs import BOM_UTF8
from codecs import BOM_UTF16_BE
from codecs import BOM_UTF16_LE
from collections.abc import Iterator
from itertools import islice

from copytaster import agency
from copytaster import text
from copytaster.agency import Phrasebook
from copytaster.agency import Profile
from copytaster.item import EditorialType

LOOKED_AT = 256 * 1024
"""bytes from the beginning; what is longer is no notice"""
_TAKES_BACK = frozenset(
    {
        EditorialType.kill,
        EditorialType.elimination,
        EditorialType.withhold,
        EditorialType.disregard,
    }
)
_RESTRICTS = frozenset({"withheld", "canceled", "hold", "kill", "withhold", "elimination"})
_WORDS = frozenset(
    "cancel canceled cancelled kill killed annulled withheld withhold withdrawn delete deleted "
    "remove removed elimination hold".split()
)
_BOUNDS = re.compile(r"<[^<>]{0,400}>|\"")
_LONGEST = 500
_MOST = 1000
"""lines and sentences between two tags"""


def may_take_back(data: bytes, profile: Profile) -> bool:
    """Whether there is a status, a signal or a phrase in these bytes by which an agency takes
    copy back: of the standards, of the profile, and of the shared phrases of notices."""
    said = _text(data)
    if _statuses(profile).search(said):
        return True
    book = agency.phrasebook(profile)
    return any(_asks(part, book) for part in _parts(said))


def _text(data: bytes) -> str:
    """Characters, near enough: every encoding that wires use writes a phrase in ASCII letters,
    UTF-16 with a zero beside each."""
    raw = data[:LOOKED_AT].replace(b"\0", b"")
    for mark in (BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE):
        raw = raw.removeprefix(mark)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _statuses(profile: Profile) -> re.Pattern[str]:
    """What says of an item that it must not be used, wherever a document may say it."""
    mapped = {word for word, means in profile.status.items() if means in _RESTRICTS}
    codes = {code for code, means in profile.signals.items() if means in _RESTRICTS}
    words = "|".join(re.escape(word) for word in sorted(_WORDS | mapped | codes))
    return re.compile(
        r"deleted-entry|(?:status|signal|formalname|ed-?msg|management|instruct)"
        rf"[^<{{}},\n]{{0,60}}?(?<![a-z])(?:{words})(?![a-z])",
        re.IGNORECASE,
    )


def _parts(said: str) -> Iterator[str]:
    """What stands between tags, or within quotation marks as in JSON."""
    return (part for part in _BOUNDS.split(said.replace("\\n", "\n")) if part.strip())


def _asks(part: str, book: Phrasebook) -> bool:
    lines = (line.strip()[:_LONGEST] for line in islice(part.splitlines(), _MOST))
    if any(_takes_back(book.banner(ln) or book.title(ln)) for ln in lines if book.may_open(ln)):
        return True
    sentences = (sentence[:_LONGEST] for sentence in islice(text.sentences(part), _MOST))
    return any(
        _takes_back(book.order(one) or book.announce(one)) for one in sentences if book.may_ask(one)
    )


def _takes_back(asked: agency.Asked | None) -> bool:
    return asked is not None and asked.means in _TAKES_BACK
