"""The bytes of deliveries destroyed, and every digest of them replaced."""

import zlib
from collections.abc import Mapping
from collections.abc import Sequence

import apsw
import msgspec

from copytaster.item import Item
from copytaster.store import _erasure_rows as erased
from copytaster.store import _rows as rows
from copytaster.store._erasure_port import Erasure
from copytaster.store._statements import sql
from copytaster.store._story_port import Story

_items = msgspec.json.Decoder(Item)
_words = msgspec.json.Decoder(tuple[str, ...])
_NOTHING_Z = rows.squeezed(b"")


def destroy_raw(
    db: apsw.Connection, erasure: Erasure, story: Story, token: str
) -> tuple[tuple[str, ...], int]:
    """(the other stories that came in these deliveries, how many deliveries there were). ``token``
    is what the others may call the story from now on."""
    digests: dict[str, str] = {}
    touched: set[str] = set()
    named = rows.json(erasure.deliveries)
    found: Sequence[rows.Row] = db.execute(
        sql("raw_of_deliveries"), {"deliveries": named}
    ).fetchall()
    renewed: dict[int, str] = {}
    for number, sha256, delivery, stories in found:
        if number not in renewed:
            renewed[number] = _destroy(db, number, sha256)
        digests[delivery] = renewed[number]
        touched.update(_words.decode(stories))
    gone = rows.json(list(digests))
    db.execute(sql("erase_deliveries"), {"deliveries": gone, "at": rows.micros(erasure.at)})
    siblings = _siblings(db, touched - {story.id}, digests, (story.guid, token))
    return siblings, len(digests)


def _destroy(db: apsw.Connection, number: int, sha256: str) -> str:
    new = erased.new_digest()
    db.execute(sql("erase_raw"), {"number": number, "sha256": new, "nothing_z": _NOTHING_Z})
    db.execute(sql("erase_digest"), {"old": sha256, "new": new})
    return new


def _siblings(
    db: apsw.Connection, stories: set[str], digests: Mapping[str, str], renamed: tuple[str, str]
) -> tuple[str, ...]:
    """The other stories keep item and text; nothing points to the bytes any more."""
    if not stories:
        return ()
    found: Sequence[rows.Row] = db.execute(
        sql("messages_brought"),
        {"stories": rows.json(sorted(stories)), "deliveries": rows.json(list(digests))},
    ).fetchall()
    for number, _, delivery, item_z in found:
        before = _items.decode(zlib.decompress(item_z))
        item = erased.sibling(before, digests[delivery], *renamed)
        written = rows.squeezed(msgspec.json.encode(item))
        db.execute(sql("refer_to_raw"), {"number": number, "item_z": written})
    return tuple(sorted({story for _, story, _, _ in found}))
