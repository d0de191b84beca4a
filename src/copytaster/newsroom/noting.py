"""What is noted beside the text of an edition: read once, when it is made, and kept with it.

Reading costs as much as making a page, so nothing is read twice; a newer reader is run over what
is kept by ``copytaster reread``. A note decides nothing here: it stands on the page, below the
text and apart from it.
"""

import logging
from collections.abc import Callable
from collections.abc import Iterator
from datetime import datetime

import msgspec

from copytaster import press
from copytaster import subject
from copytaster.agency import Profile
from copytaster.item import Item
from copytaster.newsroom._made_from import item_of
from copytaster.newsroom._made_from import items_of
from copytaster.newsroom.house import House
from copytaster.press import Site
from copytaster.press import Statement
from copytaster.reading import Notes
from copytaster.reading import Quote
from copytaster.readingroom import Text
from copytaster.store import Edition
from copytaster.store import Store
from copytaster.subject import Mappings
from copytaster.subject import Subject
from copytaster.text import plain
from copytaster.verdict.parts import put_together

log = logging.getLogger("copytaster.reading")

Reads = Callable[[Text], Notes]
"""here, or in a process of its own"""

_SHOWN = ("direct", "mixed", "turn")


class _Subjects(msgspec.Struct, frozen=True, kw_only=True):
    """Of notes nothing but this: the rest is passed over, not read."""

    subjects: tuple[Subject, ...] = ()


_SUBJECTS = msgspec.msgpack.Decoder(_Subjects)


def text_of(item: Item, profile: Profile, site: Site) -> Text:
    """What is read of an item."""
    return Text(
        text=plain(item.copy),
        language=press.language_of(item, profile, site).tag,
        sent=sent_of(item),
        agency=profile.id,
    )


def read(
    id: str, item: Item, profile: Profile, site: Site, mappings: Mappings, reads: Reads
) -> bytes | None:
    """The notes beside an item's text, as they are kept; None where they cannot be made."""
    try:
        notes = reads(text_of(item, profile, site))
        return msgspec.msgpack.encode(_of_story(id, notes, item, mappings))
    except Exception:
        # A defect of the reader must hold up no story: it goes out without notes.
        log.exception("reading story %s failed", id)
        return None


def _of_story(id: str, notes: Notes, item: Item, mappings: Mappings) -> Notes:
    """With what is no matter of the text."""
    return msgspec.structs.replace(notes, id=id, subjects=subject.told(item, mappings))


def kept(notes: bytes | None) -> Notes | None:
    """What was kept; None where there is nothing, or something that this version cannot read."""
    if notes is None:
        return None
    try:
        return msgspec.msgpack.decode(notes, type=Notes)
    except msgspec.DecodeError:
        return None


def subjects(notes: bytes | None) -> tuple[Subject, ...]:
    """What was noted of the codes of an item: under these it is filed. Nothing where there are no
    notes, or those of a version that noted none."""
    if notes is None:
        return ()
    try:
        return _SUBJECTS.decode(notes).subjects
    except msgspec.DecodeError:
        return ()


def sent_of(item: Item) -> datetime | None:
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


# --- of what is kept -----------------------------------------------------------------------------


def newest_item(store: Store, story: str) -> Item | None:
    """What the newest edition of a story was made from, as its page shows it; None where there is
    no edition, or its item is not kept any more."""
    found = store.story(story)
    edition = None if found is None else store.edition(story, found.edition)
    return None if edition is None else item_of(store, edition)


def noted(house: House, store: Store, edition: Edition, *, indirect: bool = False) -> Notes:
    """The notes beside an edition as this version of the reader makes them. Raises LookupError
    where its item is not kept any more."""
    items = items_of(store, edition)
    if not items:
        raise LookupError(f"story {edition.story}: the item of edition {edition.number} is gone")
    item = put_together(items)
    profile, mappings = house.profile(item.provider), house.mappings(item.provider)
    notes = text_of(item, profile, house.site).read(indirect=indirect)
    return _of_story(edition.story, notes, item, mappings)
