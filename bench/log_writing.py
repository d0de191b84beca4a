"""What it costs to make entries of the public log durable: in the store, in files, and signed.

Everything that a disk has to do for it is done, and waited for: the commit of the store, every
file and folder of the log synced, the checkpoint last.
"""

import time
from datetime import UTC
from datetime import datetime
from pathlib import Path

from bench.ledger import event
from bench.measures import Scale
from bench.numbers import Result
from copytaster.config import Config
from copytaster.ledger import leaf
from copytaster.newsroom import open_desk
from copytaster.newsroom.log_keeper import LogKeeper
from copytaster.store import LeafDraft
from copytaster.store import Opening
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.story import State

_BATCH = 100
_STORY = "0" * 16
_MOST = 10_000
_SALTS = Opening(raw=bytes(32), text=bytes(32), meta=bytes(32), told=bytes(200))


def durable(folder: Path, scale: Scale) -> list[Result]:
    """Batches of entries as large as those of published stories, one after the other."""

    def now() -> datetime:
        return datetime.now(UTC)

    desk = open_desk(folder, Config(), now)
    site = desk.pressroom.folder
    writer = LogKeeper(desk.house, desk.store, site.log, folder, now, desk.alert)
    count = min(scale.logged, _MOST) // _BATCH * _BATCH
    try:
        writer.step()
        desk.store.commit([StoryChange(story=_story())])
        began = time.perf_counter()
        for first in range(0, count, _BATCH):
            known = desk.store.story(_STORY) or _story()
            desk.store.commit([StoryChange(story=known, leaves=_drafts(first))])
            writer.step()
        took = time.perf_counter() - began
    finally:
        desk.close()
    return [
        Result(
            name="leaves durable, in files and signed",
            value=count / took,
            unit="/s",
            target=1_000,
            at_least=True,
            load=f"{count:,} leaves, {_BATCH} a batch; store, tiles and checkpoint synced",
        )
    ]


def _story() -> Story:
    return Story(id=_STORY, agency="bench", guid="bench", state=State.held)


def _drafts(first: int) -> tuple[LeafDraft, ...]:
    """Of first editions, whose entries name none before: the store puts theirs in between."""
    made = []
    for number in range(3 * first, 3 * (first + _BATCH), 3):
        before, _, after = leaf.encode(event(number)).partition(b"-\ntime")
        draft = LeafDraft(
            story=_STORY,
            event="published",
            edition=1,
            at=event(number).time,
            before=before,
            after=b"\ntime" + after,
            opening=_SALTS,
        )
        made.append(draft)
    return tuple(made)
