"""The window in the store: how large, how soon written, how soon looked up, how soon let go of."""

import random
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

from bench.numbers import Result
from bench.numbers import percentile
from copytaster import store as stores
from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.reading import SCHEME
from copytaster.store import Shingled
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.story import Arrival
from copytaster.story import Message
from copytaster.story import State

_NOW = datetime(2026, 3, 12, 20, tzinfo=UTC)
_SAMPLED = 56
"""shingles kept of a story of 450 words"""
_HEAD = 196
_LOT = 8


def window(folder: Path, texts: int) -> Iterator[Result]:
    """Texts with shingles of their own, as many as the window holds."""
    chance = random.Random(5)
    file = folder / stores.STORE_FILE
    with closing(stores.open_sqlite(file)) as store:
        for first in range(0, texts, 500):
            store.commit([_change(n) for n in range(first, min(texts, first + 500))])
    before = file.stat().st_size
    with closing(stores.open_sqlite(file)) as store:
        began = time.perf_counter()
        for first in range(0, texts, _LOT):
            numbers = range(first, min(texts, first + _LOT))
            store.window.keep([_shingled(n, chance) for n in numbers])
        written = texts / (time.perf_counter() - began)
    size = (file.stat().st_size - before) / 1e6
    load = f"{texts:,} texts"
    yield Result(name="window on disk", value=size, unit="MB", target=60, load=load)
    yield Result(name="window, written", value=written, unit="texts/s", load=f"lots of {_LOT}")
    with closing(stores.open_sqlite(file)) as store:
        asked = sorted(_look_up(store, chance) for _ in range(200))
        yield Result(name="window, a look-up", value=percentile(asked, 50), unit="ms", load=load)
        began = time.perf_counter()
        gone = store.window.forget(_NOW + timedelta(days=30))
        spent = (time.perf_counter() - began) * 1000
        yield Result(name="window, letting go", value=spent, unit="ms", load=f"{gone} texts")


def _look_up(store: Store, chance: random.Random) -> float:
    sought = {chance.getrandbits(32) for _ in range(_SAMPLED + _HEAD)}
    began = time.perf_counter()
    store.window.alike(SCHEME, sought, at_least=2)
    return (time.perf_counter() - began) * 1000


def _change(n: int) -> StoryChange:
    item = Item(
        provider="bench",
        guid=f"urn:bench:{n}",
        content_hash=_content(n),
        pub_status=PubStatus.usable,
        raw_ref=RawRef(sha256=f"{n:064x}", length=0),
        format=FormatName(name="ninjs"),
    )
    story = Story(id=f"{n:016d}", agency="bench", guid=item.guid, state=State.held)
    message = Message(item=item, arrival=Arrival(source="bench", received=_NOW))
    return StoryChange(story=story, messages=(message,))


def _shingled(n: int, chance: random.Random) -> Shingled:
    return Shingled(
        story=f"{n:016d}",
        content_hash=_content(n),
        at=_NOW + timedelta(seconds=n),
        scheme=SCHEME,
        shingles=frozenset(chance.getrandbits(29) << 3 for _ in range(_SAMPLED)),
    )


def _content(n: int) -> str:
    return f"{n:064x}"
