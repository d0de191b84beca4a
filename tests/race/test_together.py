"""Copy of one story that comes at the same instant: from two sources, from many threads."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from copytaster import wire
from copytaster.store import EventKind
from copytaster.store import Face
from tests.newsroom import live as lives
from tests.newsroom.live import Live
from tests.newsroom.live import until
from tests.newsroom.making import AGENCY
from tests.newsroom.making import House
from tests.newsroom.making import house
from tests.newsroom.making import ninjs

STORIES = [f"urn:together:{number}" for number in range(12)]
_SENDERS = 4
_PATIENCE = 20


def _version(guid: str, number: int) -> bytes:
    when = f"2026-03-02T08:5{number}:00Z"
    return ninjs(
        guid, version=str(number), versioncreated=when, text=f"Version {number} of {guid}."
    )


async def _by_wire(live: Live, data: bytes) -> None:
    """What another source than the inbox hands to the keeper."""
    now = live.desk.clock()
    one = wire.make(source="wire", agency=AGENCY, data=data, received=now)
    await live.running.keeper.accept([one])


async def _settled(live: Live) -> bool:
    counts = live.desk.store.counts()
    return counts["waiting"] == counts["work"] == 0


@pytest.mark.anyio
async def test_two_sources_that_send_one_story_at_once_make_one_story(tmp_path: Path) -> None:
    async with lives.live(tmp_path / "data") as live:
        await asyncio.gather(
            *(live.push(_version(guid, number)) for guid in STORIES for number in (1, 2)),
            *(_by_wire(live, _version(guid, number)) for guid in STORIES for number in (2, 1)),
        )
        await until(lambda: _settled(live))
        for guid in STORIES:
            await _shows_the_newest(live, guid)
        assert live.desk.store.counts()["dead"] == 0


async def _shows_the_newest(live: Live, guid: str) -> None:
    """One story, published once; each text one edition; the newest is what readers get."""
    story = live.desk.store.story(live.desk.find(AGENCY, guid) or "")
    assert story is not None
    assert story.face is Face.live
    events = [event.kind for event in live.desk.store.events(story=story.id)]
    assert events in ([EventKind.published], [EventKind.published, EventKind.updated])
    assert len(live.desk.store.editions(story.id)) == len(events)
    assert len(live.desk.store.history_of(story.id).messages) == 2
    page = await live.client.get(f"/s/{story.id}.txt")
    assert page.text == f"Version 2 of {guid}.\n"


def test_many_threads_that_hand_in_one_story_while_it_is_read_leave_what_one_would(
    tmp_path: Path,
) -> None:
    with house(tmp_path / "many") as many, house(tmp_path / "one") as one:
        _hand_in_by_threads(many)
        for guid in STORIES:
            for number in range(1, _SENDERS + 1):
                one.receive(_version(guid, number))
            told = [_told(each, guid) for each in (many, one)]
            assert told[0] == told[1]
        assert many.desk.store.counts()["dead"] == 0


def _hand_in_by_threads(house: House) -> None:
    """Each thread sends one version of every story; the desk reads all the while."""
    deliveries = [
        [house.delivery(_version(guid, number)) for guid in STORIES]
        for number in range(1, _SENDERS + 1)
    ]
    start = threading.Barrier(_SENDERS + 1)

    def send(number: int) -> None:
        start.wait(_PATIENCE)
        for delivery in deliveries[number]:
            house.desk.accept([delivery])

    with ThreadPoolExecutor(_SENDERS) as senders:
        sent = [senders.submit(send, number) for number in range(_SENDERS)]
        start.wait(_PATIENCE)
        while not all(one.done() for one in sent):
            house.desk.settle()
        for one in sent:
            one.result()
    house.desk.settle()


def _told(house: House, guid: str) -> tuple[object, ...]:
    """What must not depend on who came first: the state, the words, and what is kept."""
    story = house.story(guid)
    messages = house.desk.store.history_of(story.id).messages
    page = house.desk.pressroom.folder.read(story.id, f"v{story.edition}.txt")
    return story.state, page, sorted(message.item.version or "" for message in messages)
