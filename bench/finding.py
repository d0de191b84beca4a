"""How soon an editor has the newest fifty stories that answer a query, of a store of many.

In one process and without the network: stories of five agencies, in every state, are committed as
the desk commits them, and then each query is asked again and again, with the stories and what
they say read too. The words of the stories are few and so in most of them: that is the worst case
for an index. Held against the target is the CPU it takes, which is the time it takes on a machine
with nothing else to do; what the clock says stands beside it.
"""

import random
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import msgspec

from bench.measures import Scale
from bench.numbers import Result
from bench.numbers import percentile
from bench.stories import Writer
from copytaster import agency as agencies
from copytaster import formats
from copytaster import query
from copytaster import store as stores
from copytaster.newsroom.house import new_story_id
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.store import Told
from copytaster.story import Arrival
from copytaster.story import Message
from copytaster.story import State

_NOW = datetime(2026, 3, 12, 20, tzinfo=UTC)
_SPAN = timedelta(days=30)
_AGENCIES = ("hill", "dale", "quay", "moor", "fen")
_STATES = (State.live,) * 90 + (State.never,) * 6 + (State.killed,) * 3 + (State.held,)
_LOT = 200
"""stories in one commit"""
_PAGE = 50
_LIMIT = 50.0
"""milliseconds (issue 8)"""
_BEGINNING = "the beginning of a common word"
_ASKED = {
    "a word of every story": "harbour",
    "a phrase": '"flood wall near the bridge"',
    "a word of one story": "{number}",
    "common words and a rare state": "harbour rain state:held",
    "common words and a few facts": "harbour -quarry agency:hill urgency:<=3 lang:en",
    "agencies apart": '(agency:hill headline:lock) OR (agency:dale "night bus") OR agency:fen',
    "words in no story together": '"harbour engineers" rain',
    "all but common words": "-harbour -tram",
    "a time long ago": "harbour before:29d",
    "times apart": "(harbour after:2h) OR (tram before:28d after:29d) OR (state:held -after:10d)",
    "a headline": "headline:ferry headline:reservoir",
    _BEGINNING: "re*",
}
"""the queries, by their names"""


def finding(folder: Path, scale: Scale) -> list[Result]:
    """Each query's newest fifty, against ``scale.many`` stories."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "desk.sqlite"
    with closing(stores.open_sqlite(file, reserve=0)) as store:
        filled = _fill(store, scale.many)
        load = f"{scale.many:,} stories of a month, a page of {_PAGE}, in-process"
        found = [
            _asked(
                store, name, text.format(number=scale.many // 2), max(2, scale.kills // 10), load
            )
            for name, text in _ASKED.items()
        ]
        return [*found, *_scrolled(store, scale), *_costs(store, filled, scale)]


def _fill(store: Store, many: int) -> float:
    """Seconds that the commits took."""
    writer, chance, took = Writer(43, size=4096), random.Random(43), 0.0
    for first in range(0, many, _LOT):
        lot = [_change(writer, chance, n, many) for n in range(first, min(first + _LOT, many))]
        began = time.perf_counter()
        store.commit(lot)
        took += time.perf_counter() - began
    return took


def _change(writer: Writer, chance: random.Random, number: int, many: int) -> StoryChange:
    came = _NOW - _SPAN * (many - number) / many
    name = chance.choice(_AGENCIES)
    context = formats.Context(received=came)
    parsed = formats.parse(writer.story(number, came), agencies.load("default"), context)
    item = msgspec.structs.replace(
        parsed.items[0],
        urgency=chance.randint(1, 8),
        language=chance.choice(("en", "en-GB", "de")),
        slugline=f"Vester-{number % 977}",
    )
    story = Story(id=new_story_id(), agency=name, guid=item.guid, state=chance.choice(_STATES))
    message = Message(item=item, arrival=Arrival(source=name, received=came))
    return StoryChange(story=story, messages=(message,), current=(message,))


def _asked(store: Store, name: str, text: str, turns: int, load: str) -> Result:
    asked, took, clock = query.read(text), list[float](), list[float]()
    found: list[Told] = []
    for _ in range(turns):
        began, cpu = time.perf_counter(), time.process_time()
        found = store.told.find(asked, _NOW, limit=_PAGE)
        took.append((time.process_time() - cpu) * 1000)
        clock.append((time.perf_counter() - began) * 1000)
    if any(not query.matches(asked, one.facts, _NOW) for one in found):
        raise RuntimeError(f"{text}: the index and memory do not agree")
    return Result(
        name=f"finding {name}, p95",
        value=percentile(took, 95),
        unit="ms",
        target=None if name == _BEGINNING else _LIMIT,
        load=f"`{text}`, {len(found)} found, {percentile(clock, 95):.1f} ms by the clock; {load}",
    )


def _scrolled(store: Store, scale: Scale) -> Iterator[Result]:
    """A page of the wire, wherever one has scrolled to: a list must not grow slow."""
    last = store.wire.last
    places = {"the newest page of the wire": None, "the middle": last // 2, "the end": _PAGE + 2}
    for name, before in places.items():
        took = list[float]()
        for _ in range(max(2, scale.kills // 10)):
            cpu = time.process_time()
            found = store.wire.newest(before=before, limit=_PAGE + 1)
            store.remarks.margins([one.story.id for one in found])
            took.append((time.process_time() - cpu) * 1000)
        yield Result(
            name=f"scrolling to {name}, p95",
            value=percentile(took, 95),
            unit="ms",
            target=_LIMIT,
            load=f"{scale.many:,} stories, a page of {_PAGE} read from the store",
        )


def _costs(store: Store, filled: float, scale: Scale) -> list[Result]:
    """What the index asks of whoever writes."""
    live = store.told.find(query.read("state:live"), _NOW, limit=scale.kills)
    began = time.perf_counter()
    for one in live:
        held = msgspec.structs.replace(one.story, state=State.held)
        store.commit([StoryChange(story=held)])
    changed = (time.perf_counter() - began) / len(live) * 1000
    began = time.perf_counter()
    store.erasures.sweep()
    swept = time.perf_counter() - began
    load = f"{scale.many:,} stories of some 2,500 characters"
    return [
        Result(
            name="keeping a story, so that it is found",
            value=filled / scale.many * 1000,
            unit="ms",
            load=f"{load}, {_LOT} in a commit",
        ),
        Result(
            name="finding a story under its new state",
            value=changed,
            unit="ms",
            load=f"{load}, one in a commit, synced",
        ),
        Result(name="writing the store anew after an erasure", value=swept, unit="s", load=load),
    ]
