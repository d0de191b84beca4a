"""What a story may be called by a notice: ids, numbers, headlines, slugs, minutes, its words.

Names are folded, so that what a colleague would take for the same name is one key: case,
punctuation and white space do not count. A name is a way to find stories that *may* be meant,
never the judgement that one is: that is ``_resolve``'s.
"""

import hashlib
import re
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from enum import StrEnum
from itertools import islice

import msgspec

from copytaster.item import Item
from copytaster.moment import Moment
from copytaster.story import Message

SERVICE_NUMBER = "service-number"
"""role of the alternative id that holds the number a wire's notices refer to"""
NO_AGENCY = ""
"""whose names are looked for across agencies: the same words are the same words"""

_LONGEST = 400
_MOST = 59
_MOST_IDS = 24
"""of the names of one version: what has many ids is still found by its headline"""
_OPENING = 5

_WORD = re.compile(r"\w+")
_ID_BREAKS = re.compile(r"[:/#,;?=&|\s]+")
_TELLING_ID = re.compile(r"(?=\D*\d)[\w.-]{6,64}")
_ADDRESS = re.compile(r"https?://")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}")
_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}(?:t[\d:.+-]*z?)?|\d{4}")
_SLUG_PREFIX = re.compile(r"[A-Z]{2}-+(?:[A-Z]{2}-+)?")
_NUMBER = re.compile(r"([a-z]*)\W*0*(\d+)")


class NameKind(StrEnum):
    """What kind of name it is; names of two kinds are never the same name."""

    id = "id"
    number = "number"
    headline = "headline"
    opening = "opening"
    """the first words of a headline: notices cut headlines short"""
    slug = "slug"
    minute = "minute"
    """a minute, in UTC, at which a version moved: ``202603021756``"""
    chain = "chain"
    words = "words"
    """the whole text"""
    line = "line"
    """headline and text of what has only a line or two"""


class Name(msgspec.Struct, frozen=True):
    """One name, folded."""

    kind: NameKind
    key: str

    def digest(self, agency: str) -> int:
        """A number for an index, signed 64 bits; only looked up among one agency's names."""
        said = f"{agency}\0{self.kind}\0{self.key}".encode()
        return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), signed=True)


def calls_of(message: Message) -> tuple[Name, ...]:
    """What a notice may call a version: all its names but its words."""
    item = message.item
    found = dict.fromkeys(
        (
            *islice(
                (Name(NameKind.id, key) for value in _ids(item) for key in id_keys(value)),
                _MOST_IDS,
            ),
            *(Name(NameKind.number, key) for value in _numbers(item) for key in number_keys(value)),
            *_folded(NameKind.headline, (headline.value for headline in item.headlines)),
            *_openings(headline.value for headline in item.headlines),
            *(Name(NameKind.slug, key) for value in slugs_of(item) for key in slug_keys(value)),
            *_folded(NameKind.chain, (item.story_chain_id or "",)),
            *(Name(NameKind.minute, minute(instant)) for instant in moved(message)),
        )
    )
    return tuple(found)[:_MOST]


def series_of(message: Message) -> tuple[Name, ...]:
    """The names that the dispatches of one event have in common."""
    item = message.item
    slugs = slug_keys(item.slugline) if item.slugline else []
    chains = _folded(NameKind.chain, (item.story_chain_id or "",))
    return (*chains, *(Name(NameKind.slug, key) for key in slugs))


def chains_of(versions: Iterable[Message]) -> set[Name]:
    """The chains that an agency declares these versions to belong to."""
    declared = (version.item.story_chain_id or "" for version in versions)
    return set(_folded(NameKind.chain, declared))


def _folded(kind: NameKind, values: Iterable[str]) -> Iterator[Name]:
    for value in values:
        if key := fold(value):
            yield Name(kind, key)


def _openings(headlines: Iterable[str]) -> Iterator[Name]:
    for headline in headlines:
        if key := opening(headline):
            yield Name(NameKind.opening, key)


def opening(headline: str) -> str | None:
    """The first five words of a headline that has more; None where it is shorter."""
    words = fold(headline).split()
    return " ".join(words[:_OPENING]) if len(words) > _OPENING else None


def fold(value: str) -> str:
    """Words in small letters, one blank between them, nothing else."""
    return " ".join(_WORD.findall(value[:_LONGEST].casefold()))


# --- ids ----------------------------------------------------------------------------------------


def _ids(item: Item) -> tuple[str, ...]:
    others = (alt.value for alt in item.alt_ids if alt.role != SERVICE_NUMBER)
    return (item.guid, *((item.link,) if item.link else ()), *others)


def id_keys(value: str) -> list[str]:
    """An id whole, and the parts of it that tell a story by themselves.

    A notice gives ``L1N32B20C`` for ``tag:reuters.com,0000:newsml_L1N32B20C``, and the item id
    for the address that ends in it. A part tells when it has a digit and six characters, and
    is no date and no host (``www.news24.example``); of an address only where its path ends, and
    what stands behind it: the folders before are many stories'.
    """
    whole = value[:_LONGEST].strip().casefold()
    parts = [part for part in _ID_BREAKS.split(_telling_end(whole)) if part]
    parts += [tail for part in parts if (tail := part.rpartition("_")[2]) and tail != part]
    telling = [p for p in parts if _TELLING_ID.fullmatch(p) and not _DAY.fullmatch(p)]
    return list(dict.fromkeys((whole, *telling[:8]))) if whole else []


def _telling_end(id_: str) -> str:
    """What of an id may have parts that tell: all but the hosts, and the folders of an address."""
    if _ADDRESS.match(id_) is None:
        return " ".join(part for part in _ID_BREAKS.split(id_) if not _HOST.fullmatch(part))
    path, mark, query = id_.partition("?")
    return path.partition("#")[0].rstrip("/").rpartition("/")[2] + mark + query


# --- numbers ------------------------------------------------------------------------------------


def _numbers(item: Item) -> tuple[str, ...]:
    service = (alt.value for alt in item.alt_ids if alt.role == SERVICE_NUMBER)
    return (*service, *((item.transmit_id,) if item.transmit_id else ()))


def number_keys(value: str) -> list[str]:
    """``dpa 0157`` as ``dpa 157`` and as ``157``; ``V9991`` as ``v9991`` and ``9991``."""
    found = _NUMBER.fullmatch(value[:64].strip().casefold())
    if found is None:
        return [key] if (key := fold(value)) else []
    letters, digits = found.groups()
    digits = digits or "0"
    return [f"{letters} {digits}", digits] if letters else [digits]


# --- slugs --------------------------------------------------------------------------------------


def slugs_of(item: Item) -> tuple[str, ...]:
    """The slugline and, where a wire has only those, its keywords."""
    keywords = item.keywords if not item.slugline else ()
    return tuple(filter(None, (item.slugline, *keywords)))


def slug_keys(value: str) -> list[str]:
    """A slug whole, and without its cycle's prefix and what follows a comma.

    ``BC-US--Limbaugh-Painkillers, 1st Ld-Writethru`` is called ``Limbaugh-Painkillers`` by the
    notice that kills it (handbook: agencies §1.2).
    """
    whole = value[:_LONGEST].strip()
    bare = _SLUG_PREFIX.sub("", whole, count=1).partition(",")[0]
    return list(dict.fromkeys(key for key in (fold(whole), fold(bare)) if key))


# --- times --------------------------------------------------------------------------------------


def moved(message: Message) -> tuple[datetime, ...]:
    """The instants at which this version may be said to have moved: by the agency's clock, and
    by ours only where it gives none, so that the order of arrival does not matter (law 3)."""
    item = message.item
    given = (item.version_created, item.first_created, item.sent)
    instants = [at for at in map(_instant, given) if at is not None]
    return tuple(dict.fromkeys(instants)) or (message.arrival.received,)


def _instant(moment: Moment | None) -> datetime | None:
    return moment.instant if moment is not None else None


def minute(instant: datetime) -> str:
    """The minute of an instant, in UTC."""
    try:
        return f"{instant.astimezone(UTC):%Y%m%d%H%M}"
    except OverflowError:
        return "0"


def minutes_around(instant: datetime, tolerance: int) -> list[str]:
    """The minutes from ``tolerance`` before to as many after."""
    return [
        minute(instant + timedelta(minutes=shift)) for shift in range(-tolerance, tolerance + 1)
    ]
