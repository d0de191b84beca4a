"""What was public: each edition's files as they are kept, or made again as they were then."""

import hashlib
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime

import msgspec

from copytaster import press
from copytaster import shelf
from copytaster import text
from copytaster.channels.site import EXTENSIONS
from copytaster.item import Item
from copytaster.newsroom import _facts
from copytaster.newsroom import licence
from copytaster.newsroom import noting
from copytaster.newsroom._made_from import items_of
from copytaster.newsroom.desk import Desk
from copytaster.store import Edition
from copytaster.store import Event
from copytaster.store import History
from copytaster.store import Story
from copytaster.verdict.parts import put_together


class Shown(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One file of an edition, and how it compares with what was published."""

    name: str
    member: str
    recorded: str
    """SHA-256 noted when it was published"""
    sha256: str
    """of the member"""
    origin: str
    """``kept``: the file as it lies in the site's folder; ``made again``: from the item"""

    @property
    def same(self) -> bool:
        return self.recorded == self.sha256


class EditionFacts(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One edition in the pack."""

    number: int
    label: str
    made: datetime
    content_hash: str
    parts: tuple[str, ...] = ()
    """content hashes of the further parts joined to that item, in order"""
    transform: str
    """SHA-256 of the written transformation that made it"""
    files: tuple[Shown, ...] = ()
    text_is_the_items: bool = False
    """the published text is, character by character, the canonical text of the item"""


def edition(
    desk: Desk, history: History, made: Edition, events: Sequence[Event]
) -> tuple[EditionFacts, dict[str, bytes]]:
    """The facts of an edition, and its files by their member's name."""
    facts = EditionFacts(
        number=made.number,
        label=made.label,
        made=made.made,
        content_hash=made.content_hash,
        parts=made.parts,
        transform=made.transform,
    )
    items = items_of(desk.store, made)
    if history.story is None or not items:
        return facts, {}
    again = _made_again(desk, history, history.story, made, items, events)
    chosen = [_chosen(desk, made, name, sha256, again) for name, sha256 in made.files]
    published = next((file for file, _ in chosen if file.name.endswith(".txt")), None)
    words = hashlib.sha256(text.plain(put_together(items).copy).encode()).hexdigest()
    facts = msgspec.structs.replace(
        facts,
        files=tuple(file for file, _ in chosen),
        text_is_the_items=published is not None and published.recorded == words,
    )
    return facts, {file.member: data for file, data in chosen}


def _chosen(
    desk: Desk, made: Edition, name: str, recorded: str, again: Mapping[str, bytes]
) -> tuple[Shown, bytes]:
    """The kept file where it is still what was published, else the one made again."""
    kept = desk.pressroom.folder.read(made.story, name)
    if kept is not None and _sha256(kept) == recorded:
        return _shown(made, name, recorded, kept, "kept")
    return _shown(made, name, recorded, again.get(name, b""), "made again")


def _shown(
    made: Edition, name: str, recorded: str, data: bytes, origin: str
) -> tuple[Shown, bytes]:
    member = f"editions/v{made.number}/{name}"
    shown = Shown(name=name, member=member, recorded=recorded, sha256=_sha256(data), origin=origin)
    return shown, data


def _made_again(
    desk: Desk,
    history: History,
    story: Story,
    made: Edition,
    items: tuple[Item, ...],
    events: Sequence[Event],
) -> dict[str, bytes]:
    """The edition as it was pressed first: knowing only what was known then."""
    own = next((e for e in events if e.edition == made.number and e.at == made.made), None)
    last, item = own.sequence if own else 0, put_together(items)
    then = msgspec.structs.replace(
        story,
        edition=made.number,
        face_changed=made.made,
        first_public=story.first_public or made.made,
        shelves=shelf.of(item, noting.subjects(made.notes)),
    )
    known = History(
        story=then,
        messages=tuple(m for m in history.messages if m.arrival.received <= made.made),
        decisions=tuple(d for d in history.decisions if d.at <= made.made),
    )
    facts = _facts.edition_facts(
        then,
        item,
        desk.house.profile(story.agency),
        known.messages,
        [event for event in events if event.sequence <= last],
        edition=made.number,
        ruled=licence.ruled(desk.house, desk.store, then, known, made.made),
        parts=items if made.parts else (),
        notes=made.notes,
    )
    files = press.edition(facts, desk.house.site).files
    return {f"v{made.number}.{EXTENSIONS[form]}": data for form, data in files.items()}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
