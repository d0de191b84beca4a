"""What is noted beside the text of an edition: read once, when it is made, and kept with it.

Reading costs as much as making a page, so nothing is read twice; a newer reader is run over what
is kept by ``copytaster reread``. A note decides nothing here: it stands on the page, below the
text and apart from it.
"""

import logging
from collections.abc import Iterator
from datetime import datetime

import msgspec

from copytaster import reading
from copytaster.agency import Profile
from copytaster.item import Item
from copytaster.press import Statement
from copytaster.reading import Notes
from copytaster.reading import Quote
from copytaster.text import plain

log = logging.getLogger("copytaster.reading")

_SHOWN = ("direct", "mixed", "turn")


def read(id: str, item: Item, profile: Profile) -> bytes | None:
    """The notes beside an item's text, as they are kept; None where nothing is noted."""
    try:
        notes = reading.read(
            id,
            plain(item.copy),
            language=item.language or profile.language,
            sent=_sent(item),
        )
    except Exception:
        # A defect of the reader must hold up no story: it goes out without notes.
        log.exception("reading story %s failed", id)
        return None
    return msgspec.msgpack.encode(notes) if notes.quotes or notes.sources else None


def kept(notes: bytes | None) -> Notes | None:
    """What was kept; None where there is nothing, or something that this version cannot read."""
    if notes is None:
        return None
    try:
        return msgspec.msgpack.decode(notes, type=Notes)
    except msgspec.DecodeError:
        return None


def _sent(item: Item) -> datetime | None:
    """When the item was sent, in the zone it says."""
    for moment in (item.version_created, item.sent, item.first_created):
        if moment is not None and moment.instant is not None:
            return moment.instant
    return None


def statements(notes: bytes | None, text: str) -> tuple[Statement, ...]:
    """Who says what, as the press is told of it. A span that lies beyond the text shows that the
    notes are another text's: then there is nothing to be shown."""
    found = kept(notes)
    if found is None or any(one.end > len(text) for one in found.quotes):
        return ()
    return tuple(_statements(found, text))


def _statements(notes: Notes, text: str) -> Iterator[Statement]:
    said = [one for one in notes.quotes if one.kind in _SHOWN]
    groups: dict[int, list[Quote]] = {}
    for at, one in enumerate(said):
        groups.setdefault(one.group or -1 - at, []).append(one)
    for group in groups.values():
        yield Statement(
            speaker=_speaker(group[0], text),
            spans=tuple((one.start, one.end) for one in group),
        )


def _speaker(quote: Quote, text: str) -> str | None:
    """The name where there is one; else the mention as it stands."""
    if quote.speaker_name is not None:
        return quote.speaker_name
    if quote.speaker_start is None or quote.speaker_end is None:
        return None
    return text[quote.speaker_start : quote.speaker_end]
