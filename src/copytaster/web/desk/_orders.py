"""Orders of whoever is signed in, with the rules that hold whether a form gives them or a program.

The guard has seen that the role is enough. What is ordered is done by the newsroom, which notes who
did; what is refused here is not even asked of it, and leaves no line.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from anyio import to_thread

from copytaster.copydesk import Deed
from copytaster.copydesk import Seat
from copytaster.web.desk._office import Office

LONGEST = 300
"""characters of a reason"""
_OF_WORDS = ("release", "review")
_LONGEST_ABOUT = 200
_SAY_WHY = "Say why, for the record."


class NotDone(Exception):
    """It was not done; with the status that says why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody decides on a story, and what they had before them."""

    kind: str
    cause: str
    """for whose sake; ``desk`` gives readers the desk's own"""
    why: str
    seen: str | None
    """the hash of the words they read"""
    revision: int | None
    """of the story as they read it"""


async def decide(office: Office, seat: Seat, id: str, said: Decision) -> Any:
    """Decide on a story; the story as it is then. Raises :class:`NotDone`: 404 for no story, 422
    without a reason, 409 when it has changed since it was read, or the desk refuses."""
    story, why = office.story(id), said.why.strip()
    if story is None:
        raise NotDone(404, "no such story")
    if not why:
        raise NotDone(422, _SAY_WHY)
    # What is said of words is said of those that were seen; a kill or a hold never waits.
    if said.kind in _OF_WORDS and said.revision is None:
        raise NotDone(422, "Say which revision of the story you have read.")
    if said.kind in _OF_WORDS and said.revision != story.revision:
        raise NotDone(
            409,
            f"The story has changed since you opened it: it is {story.state.value} now. Look at "
            "it as it is, and decide again.",
        )
    deed = Deed(seat=seat, order="decide", what=said.kind, about=id, why=why)
    return await _ordered(
        office,
        deed,
        story=id,
        kind=said.kind,
        reason=why if said.cause == "desk" else said.cause,
        by=seat.person,
        seen=said.seen,
    )


async def retry(office: Office, seat: Seat, chosen: Sequence[str], *, whole: bool) -> None:
    """Have dead letters read again: those chosen, or the ``whole`` shelf."""
    if not whole and not chosen:
        raise NotDone(422, "Choose at least one letter.")
    deed = Deed(seat=seat, order="retry", about=" ".join(chosen)[:_LONGEST_ABOUT] or "all")
    await _ordered(office, deed, deliveries=[] if whole else list(chosen))


async def dismiss(office: Office, seat: Seat, chosen: Sequence[str], why: str) -> None:
    """Have done with dead letters."""
    why = why.strip()
    if not chosen:
        raise NotDone(422, "Choose at least one letter.")
    if not why:
        raise NotDone(422, "Say why you have done with them.")
    about = " ".join(chosen)[:_LONGEST_ABOUT]
    deed = Deed(seat=seat, order="dismiss", about=about, why=why)
    await _ordered(office, deed, deliveries=list(chosen), why=why, by=seat.person)


async def undo(office: Office, seat: Seat, id: str, why: str) -> None:
    """Take back a recall."""
    why = why.strip()
    if not why:
        raise NotDone(422, _SAY_WHY)
    deed = Deed(seat=seat, order="undo", what="recall: undo", about=id, why=why)
    await _ordered(office, deed, batch=id, reason=why, by=seat.person)


async def pause(office: Office, seat: Seat, order: str, source: str, why: str = "") -> Any:
    """Pause a source, or go on with it (``order``: ``pause``, ``resume``); what is paused then."""
    deed = Deed(seat=seat, order=order, about=source, why=why.strip())
    return await _ordered(office, deed, source=source)


async def close(office: Office, seat: Seat, code: str, about: str) -> None:
    """Say that what somebody was called for is done."""
    deed = Deed(seat=seat, order="close", about=code)
    await _ordered(office, deed, code=code, about=about, by=seat.person)


class Recalling:
    """Recalls of what looks have found. What a look found is held, or killed, once: an order that
    is sent twice begins no second recall, which undoing the first would leave standing."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._turn = asyncio.Lock()
        self._begun: dict[tuple[str, str], str] = {}
        """look, kind → the recall that it began"""

    async def recall(self, seat: Seat, look: str, kind: str, why: str, count: int | None) -> str:
        """Hold or kill what a look has found; the recall's id. ``count``: how many that is, as
        whoever orders has typed it. Raises :class:`NotDone`."""
        found, why = self._office.looked(look), why.strip()
        if found is None:
            if self._office.look(look) is None:
                raise NotDone(404, "This look is not kept any more: look again.")
            raise NotDone(409, "Look first, until the look has ended.")
        query, stories = found
        if kind not in ("hold", "kill") or not why:
            raise NotDone(422, "Say what is to be done, and why.")
        if count != len(stories):
            raise NotDone(422, f"You typed another number than {len(stories)}: nothing was done.")
        async with self._turn:
            begun = await self._standing(look, kind)
            if begun is None:
                said = {"kind": kind, "reason": why, "by": seat.person, "query": query}
                deed = Deed(seat=seat, order="recall", what=f"recall: {kind}", why=why)
                told = await _ordered(self._office, deed, stories=stories, **said)
                begun = self._begun[look, kind] = str(told["batch"])
            return begun

    async def _standing(self, look: str, kind: str) -> str | None:
        """The recall that this look began, unless it was undone since."""
        self._begun = {key: id for key, id in self._begun.items() if self._is_kept(key[0])}
        begun = self._begun.get((look, kind))
        if begun is None:
            return None
        told = await to_thread.run_sync(self._office.batch, begun)
        return begun if told["undone"] is None else None

    def _is_kept(self, look: str) -> bool:
        return self._office.looked(look) is not None


async def _ordered(office: Office, deed: Deed, **arguments: Any) -> Any:
    """The desk's first answer, or its own words why not."""
    try:
        return await office.order(deed, **arguments)
    except ValueError as error:
        raise NotDone(409, str(error)) from error
