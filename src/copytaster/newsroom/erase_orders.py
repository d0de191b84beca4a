"""Erasing on a running desk: hidden and seen to be gone first, then destroyed."""

import asyncio
from collections.abc import AsyncIterator
from collections.abc import Callable
from typing import TYPE_CHECKING
from typing import Any

import msgspec

from copytaster.newsroom import erasing
from copytaster.newsroom.control import Answer
from copytaster.store import Face
from copytaster.store import Story

if TYPE_CHECKING:
    from copytaster.newsroom.running import Running

_STEP = 5.0
"""seconds between two words to a shell that waits"""

Proof = Callable[[Story], AsyncIterator[Answer]]


async def carried_out(
    running: "Running", order: erasing.Order, proof: Proof
) -> AsyncIterator[Answer]:
    """The proof that it is hidden, how far it is, and last what was destroyed. What is still seen
    somewhere is not destroyed: its words are what tells whether it is gone."""
    desk = running.desk
    story = await running.thread.call(lambda: erasing.take_down(desk, order))
    running.thread.wake()
    if story.face is not Face.none:
        async for answer in proof(story):
            yield Answer(result={"proof": answer.result}, last=False)
            if not answer.result["clean"]:
                yield Answer(error=_still_seen(story, answer.result["receipts"]))
                return
    place = (0, 0)

    def looked(at: int, of: int) -> None:
        nonlocal place
        place = at, of

    found = asyncio.ensure_future(asyncio.to_thread(erasing.look, desk, order, looked))
    async for answer in _waiting(found, "Looking", lambda: place):
        yield answer
    done = await running.thread.call(
        lambda: erasing.destroy(desk, running.data, order, found.result())
    )
    swept = asyncio.ensure_future(asyncio.to_thread(erasing.sweep, desk))
    async for answer in _waiting(swept, "Writing the store anew", lambda: (0, 0)):
        yield answer
    yield Answer(result={"done": msgspec.to_builtins(done)})


async def _waiting(
    work: asyncio.Future[Any], stage: str, place: Callable[[], tuple[int, int]]
) -> AsyncIterator[Answer]:
    """How far it is, now and then, until it is done. Raises what went wrong."""
    while True:
        finished, _ = await asyncio.wait({work}, timeout=_STEP)
        if finished:
            work.result()
            return
        yield Answer(result={"stage": stage, "place": place()}, last=False)


def _still_seen(story: Story, receipts: list[dict[str, object]]) -> str:
    dirty = [one for one in receipts if not one["clean"]]
    where = f"{len(dirty)} public addresses still show it, first {dirty[0]['address']}"
    seen = where if dirty else "no public address was fetched yet"
    return (
        f"story {story.id} is taken down and not erased: {seen}; see `copytaster story "
        f"{story.id}`, and say it again when it is gone"
    )
