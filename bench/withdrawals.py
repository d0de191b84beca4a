"""How soon everything is gone: single kills under load, and a recall of many stories.

Seen from this process, which is not the desk's: it asks for the addresses itself until none of
them shows the story, and believes no receipt.
"""

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import closing
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime
from pathlib import Path

import msgspec
import uvloop

from bench.desk import Desk
from bench.measures import Scale
from bench.measures import fill
from bench.numbers import Result
from bench.numbers import percentile
from bench.sender import AGENCY
from bench.sender import Line
from bench.sender import Order
from bench.sender import connect
from bench.sender import request
from bench.stories import Writer
from copytaster import query
from copytaster.channels import Marks
from copytaster.channels import Placement
from copytaster.channels import Surface
from copytaster.channels import marks_of
from copytaster.channels import surfaces
from copytaster.channels.proof import stain
from copytaster.config import Config
from copytaster.newsroom import Desk as Newsdesk
from copytaster.newsroom import control
from copytaster.newsroom import open_desk
from copytaster.newsroom.recalls import Found
from copytaster.newsroom.recalls import search

LOT = 3
"""the seed of the stories that are killed; ``measures.kills`` takes its first ones"""
_LINES = 4
_PAUSE = 0.005
"""between two questions for the same address"""
_PATIENCE = 30.0
_BETWEEN = 5.0
"""seconds between two kills during a recall"""
_FIRST, _SECOND = 21, 22
"""the seeds of the two lots among which a recall chooses one"""


# --- one by one, while stories arrive ------------------------------------------------------


def kills_under_load(desk: Desk, scale: Scale) -> list[Result]:
    """Kills one after another while stories arrive; until every address is clean, from here."""
    writer = Writer(LOT)
    with (
        closing(_looking(desk)) as looked,
        _arriving(desk, scale),
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        took = runner.run(_kill_all(desk, looked, writer, scale))
    load = (
        f"{scale.many:,} live stories, {scale.rate:.0f} stories/s arriving, "
        f"{scale.kills} kills a second apart, asked from another process"
    )
    return [
        Result(
            name=f"kill sent to every local address seen clean from outside, p{part}",
            value=percentile(took, part) * 1000,
            unit="ms",
            target=target,
            load=load,
        )
        for part, target in ((50, None), (99, 250.0))
    ]


def _looking(desk: Desk) -> Newsdesk:
    return open_desk(desk.data, Config(), lambda: datetime.now(UTC), reading=True)


@contextmanager
def _arriving(desk: Desk, scale: Scale) -> Iterator[None]:
    """Stories arrive while the block runs, from a process of their own."""
    order = Order(port=desk.address[1], seed=31, rate=scale.rate, seconds=3600, connections=4)
    sender = subprocess.Popen(
        [sys.executable, "-m", "bench.sender", msgspec.json.encode(order).decode()],
        stdout=subprocess.DEVNULL,
        cwd=Path(__file__).parent.parent,
    )
    try:
        time.sleep(1)
        yield
    finally:
        sender.terminate()
        sender.wait()


async def _kill_all(desk: Desk, looked: Newsdesk, writer: Writer, scale: Scale) -> list[float]:
    lines = [await connect(desk.address[1]) for _ in range(_LINES + 1)]
    took: list[float] = []
    for number in range(scale.kills, 2 * scale.kills):
        places, marks = _places(looked, writer.guid(number))
        notice = writer.story(number, datetime.now(UTC), version=2, status="canceled")
        began = time.monotonic()
        answered, _ = await asyncio.gather(
            lines[0].ask(request(notice)), _until_gone(lines[1:], places, marks)
        )
        took.append(time.monotonic() - began)
        if answered[0] != 202:
            raise RuntimeError(f"kill {number} was answered {answered[0]}")
        await asyncio.sleep(max(0.0, 1.0 - took[-1]))
    return took


def _places(looked: Newsdesk, guid: str) -> tuple[list[Surface], Marks]:
    history = looked.store.history(AGENCY, guid)
    story = history.story
    if story is None or story.first_public is None:
        raise RuntimeError(f"{guid} is not live")
    placed = Placement(
        story=story.id,
        editions=story.edition,
        agency=story.agency,
        shelves=story.shelves,
        first_public=story.first_public,
        number=story.number,
    )
    places = surfaces(placed, 410)
    headlines = (message.item.headline or "" for message in history.messages)
    return list(places), marks_of(story.id, headlines)


async def _until_gone(lines: Sequence[Line], places: list[Surface], marks: Marks) -> None:
    """Ask for every address again and again until it is clean, on a few connections."""
    deadline = time.monotonic() + _PATIENCE

    async def ask(line: Line) -> None:
        while places:
            place = places.pop(0)
            status, body = await line.ask(_get(place.address))
            dirt = stain(place, status, body, marks)
            if dirt is None:
                continue
            if time.monotonic() > deadline:
                raise TimeoutError(f"{place.address}: {dirt}")
            places.append(place)
            await asyncio.sleep(_PAUSE)

    await asyncio.gather(*(ask(line) for line in lines))


def _get(address: str) -> bytes:
    return f"GET {address} HTTP/1.1\r\nhost: desk\r\n\r\n".encode()


# --- many at once --------------------------------------------------------------------------


class Recalled(msgspec.Struct, kw_only=True):
    """What one recall took, in seconds from the order."""

    looking: float
    suspended: float = 0.0
    clean: float = 0.0
    undone: float = 0.0
    kills: list[float] = []
    """single kills by the agency meanwhile, by the desk's own receipts"""


def recall(desk: Desk, scale: Scale) -> list[Result]:
    """One of two lots that came mixed is recalled, by a phrase all its headlines have."""
    lots = [
        threading.Thread(target=fill, args=(desk, lot, scale.recalled)) for lot in (_FIRST, _SECOND)
    ]
    for lot in lots:
        lot.start()
    for lot in lots:
        lot.join()
    with closing(_looking(desk)) as looked:
        began = time.monotonic()
        asked = query.read(f'phrase:"lot {_FIRST}"')
        answers = search(looked.store, asked, looked.clock())
        found = [one for one in answers if one is not None]
        took = Recalled(looking=time.monotonic() - began)
        if len(found) != scale.recalled:
            raise RuntimeError(f"{len(found)} stories answer, not {scale.recalled}")
        _do(desk, looked, found, took)
    dirty = _still_there(desk, found)
    took.undone = _undo(desk)
    return _told(took, dirty, scale)


def _do(desk: Desk, looked: Newsdesk, found: Sequence[Found], took: Recalled) -> None:
    ended = threading.Event()
    killing = threading.Thread(target=_kill_meanwhile, args=(desk, looked, took, ended))
    killing.start()
    order = {"kind": "hold", "reason": "desk", "by": "bench", "query": "bench"}
    began = time.monotonic()
    try:
        for now in control.ask(desk.data, "recall", stories=[o.story for o in found], **order):
            if not now["owed"] and not took.suspended:
                took.suspended = time.monotonic() - began
        took.clean = time.monotonic() - began
    finally:
        ended.set()
        killing.join()


def _kill_meanwhile(desk: Desk, looked: Newsdesk, took: Recalled, ended: threading.Event) -> None:
    """The agency kills a story of the other lot now and then."""
    writer = Writer(_SECOND)
    number = 0
    while not ended.wait(_BETWEEN):
        notice = writer.story(number, datetime.now(UTC), version=2, status="canceled")
        with desk.speak() as voice:
            told = voice.settled(voice.push(notice, agency=AGENCY))
        took.kills.append(_proved(looked, told["stories"][0]["story"]))
        number += 1


def _proved(looked: Newsdesk, story: str) -> float:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        receipts = [r for r in looked.store.receipts(story) if r.kind.value == "withdraw"]
        if receipts and all(receipt.clean for receipt in receipts):
            return max((r.seen - r.since).total_seconds() for r in receipts)
        time.sleep(0.02)
    raise TimeoutError(f"story {story} was not seen clean")


def _still_there(desk: Desk, found: Sequence[Found]) -> int:
    """Own addresses that show a recalled story after all, fetched from here."""
    with desk.speak() as voice:
        bodies = (voice.get(f"/s/{one.story}")[1] for one in found)
        return sum(
            (one.headline or "").encode() in body for one, body in zip(found, bodies, strict=True)
        )


def _undo(desk: Desk) -> float:
    with closing(_looking(desk)) as looked:
        (batch,) = looked.store.batches(1)
    began = time.monotonic()
    *_, last = control.ask(desk.data, "undo", batch=batch.id, reason="desk", by="bench")
    if last["decided"]:
        raise RuntimeError(f"{last['decided']} stories were not released")
    return time.monotonic() - began


def _told(took: Recalled, dirty: int, scale: Scale) -> list[Result]:
    load = f"{scale.recalled:,} of {2 * scale.recalled:,} live stories, mixed"
    return [
        Result(name="recall: looking through all", value=took.looking, unit="s", load=load),
        Result(name="recall: until all are suspended", value=took.suspended, unit="s", load=load),
        Result(
            name="recall: until every address was seen clean",
            value=took.clean,
            unit="s",
            target=60,
            load=f"{load}; the agency kills another every {_BETWEEN:.0f} s",
        ),
        Result(
            name="recalled stories still shown afterwards",
            value=dirty,
            unit=f"of {scale.recalled:,}",
            target=0,
            load="fetched from outside",
        ),
        Result(
            name="a kill during the recall, p50",
            value=percentile(took.kills, 50) * 1000 if took.kills else 0,
            unit="ms",
            load=f"{len(took.kills)} kills, by the desk's receipts",
        ),
        Result(
            name="a kill during the recall, slowest",
            value=max(took.kills, default=0) * 1000,
            unit="ms",
            load="the same",
        ),
        Result(name="recall: until all are undone", value=took.undone, unit="s", load=load),
    ]
