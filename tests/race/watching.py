"""A kill that races its own story's first publication, and a reader who never looks away."""

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator
from collections.abc import Awaitable
from collections.abc import Callable
from contextlib import asynccontextmanager
from datetime import datetime
from datetime import timedelta

import msgspec

from copytaster.demo.script import WireFormat
from copytaster.demo.writers import Version
from copytaster.demo.writers import write
from copytaster.store import Face
from copytaster.store import Receipt
from copytaster.store import WorkKind
from copytaster.story import State
from tests.newsroom.live import Live
from tests.newsroom.live import until
from tests.newsroom.making import AGENCY
from tests.newsroom.making import MORNING
from tests.newsroom.making import ninjs

_LISTS = ("/feed.json", "/", "/feed.atom")
_OWN = ("", ".txt", ".json", "/v1", "/v1.txt")
_AHEAD = 0.010
_BEHIND = 0.030
"""seconds by which the kill may leave before the story, or after it"""


def going() -> Callable[[], datetime]:
    """A clock that starts in the morning and goes on as time does."""
    begun = time.monotonic()
    return lambda: MORNING + timedelta(seconds=time.monotonic() - begun)


class Look(msgspec.Struct, frozen=True):
    """One fetch of one public address, by when it was begun."""

    at: datetime
    address: str
    status: int
    shown: bool
    """it held the words"""


class Race(msgspec.Struct, frozen=True, kw_only=True):
    """One story and its kill: everything that a reader saw, and what the desk says was seen."""

    number: int
    looks: list[Look]
    receipts: list[Receipt]
    state: State
    face: Face

    @property
    def clean(self) -> datetime | None:
        """When the last public address was seen clean; None: there was nothing to withdraw."""
        return max((receipt.seen for receipt in self.receipts), default=None)

    @property
    def was_shown(self) -> bool:
        return any(look.shown for look in self.looks)

    def wrong(self) -> list[Look]:
        """What nobody may see: words after the clean receipt, or words never published."""
        return [
            look
            for look in self.looks
            if look.shown and (self.clean is None or look.at > self.clean)
        ]


async def race(live: Live, number: int) -> Race:
    """Run one race; the same number runs at the same distance between story and kill."""
    chance = random.Random(number)
    lead = chance.uniform(-_AHEAD, _BEHIND)
    guid, words = f"urn:race:{number}", f"Raceword{number:06d} over the harbour"
    story = ninjs(guid, headline=words, text=f"{words} was seen by all.", versioncreated=_at(5))
    async with _watched(live, guid, words) as looks:
        await asyncio.gather(
            _after(max(0.0, -lead), live.push(story)),
            _after(max(0.0, lead), live.push(_kill(guid, number))),
        )
        found = await until(lambda: _finished(live, guid))
        receipts = [r for r in live.desk.store.receipts(found.id) if r.kind is WorkKind.withdraw]
        seen = len(looks)
        # The reader looks at every address once more.
        await until(lambda: _more(looks, seen + len(_LISTS) + len(_OWN)))
    return Race(number=number, looks=looks, receipts=receipts, state=found.state, face=found.face)


def _at(minute: int) -> str:
    return (MORNING - timedelta(minutes=10 - minute)).isoformat()


def _kill(guid: str, number: int) -> bytes:
    """A newer version that is canceled; of every third story, a notice that names it."""
    if number % 3:
        return ninjs(guid, version="2", pubstatus="canceled", versioncreated=_at(6))
    fields = (("kills", guid), ("status", "usable"), ("headline", "A word to editors"))
    told = Version(guid=f"{guid}:kill", published="", updated="", fields=fields)
    return write(WireFormat.nitf, [told], AGENCY)


async def _after(seconds: float, act: Awaitable[object]) -> None:
    await asyncio.sleep(seconds)
    await act


async def _more(looks: list[Look], count: int) -> bool:
    return len(looks) >= count


async def _finished(live: Live, guid: str) -> object:
    """The story, once it is killed and every address of it was seen clean."""
    id = live.desk.find(AGENCY, guid)
    story = live.desk.store.story(id) if id else None
    if story is None or story.state is not State.killed:
        return None
    if not any(message.target is None for message in live.desk.store.history_of(story.id).messages):
        return None  # the kill waits for its story
    receipts = [r for r in live.desk.store.receipts(story.id) if r.kind is WorkKind.withdraw]
    proved = bool(receipts) and all(receipt.clean for receipt in receipts)
    return story if story.face is Face.none or proved else None


@asynccontextmanager
async def _watched(live: Live, guid: str, words: str) -> AsyncIterator[list[Look]]:
    """Everything a reader sees meanwhile, who fetches one address after the other."""
    looks: list[Look] = []
    watching = asyncio.create_task(_watch(live, guid, words.encode(), looks))
    try:
        yield looks
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def _watch(live: Live, guid: str, words: bytes, looks: list[Look]) -> None:
    for turn in itertools.count():
        id = live.desk.find(AGENCY, guid)
        own = [f"/s/{id}{form}" for form in _OWN] if id else []
        for address in (*own, *(_LISTS[turn % len(_LISTS)],)):
            at = live.desk.clock()
            answer = await live.client.get(address)
            looks.append(Look(at, address, answer.status_code, words in answer.content))
