"""The drill: a story of our own published and killed through the whole way, and watched.

Real kills are rare, and unused paths rot (design §5). The drill's bytes go in as deliveries do;
formats, verdict, press, site and proof are those of every day. It looks on from outside: that
the page was there, word for word, that it is gone from every address, and that no list ever
named it. A pause does not stop it: a desk that cannot take back must be known at any time.
"""

import asyncio
from collections.abc import AsyncIterator
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from copytaster import wire
from copytaster.agency import DRILL
from copytaster.agency import DRILL_SOURCE
from copytaster.channels import Seen
from copytaster.channels import Surface
from copytaster.channels import prove
from copytaster.channels import surfaces
from copytaster.channels.patrol import Words
from copytaster.channels.patrol import differs
from copytaster.channels.patrol import digest
from copytaster.newsroom import _drill_copy
from copytaster.newsroom import drill_report
from copytaster.newsroom._drill_copy import DrillCopy
from copytaster.newsroom._drill_copy import compose
from copytaster.newsroom._expecting import addresses
from copytaster.newsroom._placing import placement
from copytaster.newsroom._reader import Reader
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.drill_report import Outcome
from copytaster.newsroom.drill_report import Report
from copytaster.newsroom.drill_report import Row
from copytaster.newsroom.drill_report import in_words
from copytaster.newsroom.house import new_story_id
from copytaster.newsroom.proof_told import proof_of
from copytaster.newsroom.proving import public_marks
from copytaster.store import Face
from copytaster.store import FateState
from copytaster.store import Story
from copytaster.wire import Accept
from copytaster.wire import Alert

KEPT = 10
"""drills of which the store still knows; of older ones only the bytes that came"""
ABOUT = "drill"
_Found = TypeVar("_Found")

_GLANCE = 0.01
_MARK = 6


class Busy(ValueError):
    """A drill is under way; two at a time would be in each other's way."""


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How long a drill waits, in seconds, before it says that something never happened."""

    publish: float = 20.0
    read: float = 5.0
    """until what is public says what was sent"""
    clean: float = 60.0


class _Course(msgspec.Struct, kw_only=True):
    """A drill under way."""

    began: datetime
    copy: DrillCopy
    story: Story | None = None
    to_publish: float | None = None
    to_clean: float | None = None
    rows: dict[str, Row] = {}
    faults: list[str] = []


class Drill:
    """Drills of one running desk, one at a time. ``accept`` keeps deliveries, as for an agency."""

    def __init__(
        self,
        desk: Desk,
        reader: Reader,
        accept: Accept,
        alert: Alert,
        *,
        patience: Patience | None = None,
    ) -> None:
        self._desk = desk
        self._store = desk.store
        self._reader = reader
        self._accept = accept
        self._alert = alert
        self._patience = patience or Patience()
        self._running_since: datetime | None = None

    async def run(self) -> Report:
        """One drill, whole. Raises :class:`Busy` while another runs, ``wire.NoRoom`` on a full
        disk; whatever it finds is in the report, which is kept and, where bad, calls a person."""
        if self._running_since is not None:
            raise Busy(
                f"a drill has been running since {self._running_since.isoformat()}; "
                "see its result with `copytaster drill --last`"
            )
        self._running_since = self._desk.clock()
        try:
            report = await self._drill(self._running_since)
        finally:
            self._running_since = None
        drill_report.keep(self._store, report)
        self._call(report)
        self._forget_old()
        return report

    def unproved(self) -> list[Story]:
        """Drills that were taken back and not yet seen to be gone everywhere."""
        withdrawn = [one for one in self._store.drills() if one.face is Face.gone]
        return [story for story in withdrawn if not self._is_proved(story)]

    def _is_proved(self, story: Story) -> bool:
        receipts = proof_of(story, self._store.receipts(story.id))
        return bool(receipts) and all(receipt.clean for receipt in receipts)

    async def _drill(self, began: datetime) -> Report:
        await self._kill_left_overs()
        copy = compose(new_story_id()[:_MARK], self._desk.house.site.name, began)
        course = _Course(began=began, copy=copy)
        await self._publish(course)
        if course.story is None:  # it may yet be read: the kill then waits for it
            await self._send(_drill_copy.kill(copy.guid, self._desk.clock()))
        else:
            await self._look_for_it(course, "while it was public")
            await self._kill(course)
            await self._look_again(course)
        return self._report(course)

    def _report(self, course: _Course) -> Report:
        limit = self._desk.house.config.drill.slow_seconds
        slowest = max(course.to_publish or 0.0, course.to_clean or 0.0)
        outcome = Outcome.slow if slowest > limit else Outcome.clean
        return Report(
            began=course.began,
            outcome=Outcome.dirty if course.faults else outcome,
            slow_seconds=limit,
            story=course.story.id if course.story else None,
            to_publish=course.to_publish,
            to_clean=course.to_clean,
            surfaces=tuple(course.rows.values()),
            faults=tuple(course.faults),
        )

    # --- its two messages ------------------------------------------------------------------

    async def _send(self, data: bytes) -> str:
        """Hand in bytes as an agency does; returns the delivery's id."""
        delivery = wire.make(
            source=DRILL_SOURCE,
            agency=DRILL.id,
            data=data,
            received=self._desk.clock(),
            content_type="application/json",
        )
        await self._accept([delivery])
        return delivery.id

    async def _publish(self, course: _Course) -> None:
        began = _ticks()
        delivery = await self._send(_drill_copy.story(course.copy, self._desk.clock()))
        course.story = await self._until(self._patience.publish, lambda: self._read(delivery))
        if course.story is None:
            course.faults.append(f"its copy was not published: {self._why_not(delivery)}")
            return
        story = course.story
        wrong = await self._read_until_right(story, course.copy)
        course.to_publish = None if wrong else _ticks() - began
        course.faults += wrong

    async def _read(self, delivery: str) -> Story | None:
        """The drill's story, as soon as it is live."""
        fate = self._store.fate(delivery)
        found = [self._store.story(id) for id in fate.stories] if fate else []
        return next((one for one in found if one is not None and one.face is Face.live), None)

    def _why_not(self, delivery: str) -> str:
        fate = self._store.fate(delivery)
        if fate is None or fate.state is FateState.waiting:
            return f"nobody read it in {self._patience.publish:g} s"
        found = [self._store.story(id) for id in fate.stories]
        reasons = [r.code for one in found if one is not None for r in one.reasons]
        return fate.error or ", ".join([*reasons, *fate.aside]) or "it is not live"

    async def _read_until_right(self, story: Story, copy: DrillCopy) -> list[str]:
        """Every form word for word; what is still wrong after all patience."""
        wrong: list[str] = []

        async def look() -> bool:
            wrong[:] = [fault async for fault in self._misread(story, copy)]
            return not wrong

        await self._until(self._patience.read, look)
        return wrong

    async def _misread(self, story: Story, copy: DrillCopy) -> AsyncIterator[str]:
        texts = frozenset({digest(copy.text.encode())})
        words = Words(headline=copy.headline, byline=copy.byline, texts=texts)
        for address, _, form in addresses(story):
            try:
                answer = await self._reader.get(address)
            except Exception as error:  # noqa: BLE001  whatever it was, the page was not seen
                yield f"{address} did not answer: {type(error).__name__}: {error}"
                continue
            if answer.status != 200:
                yield f"{address} answered {answer.status} while it was public"
            elif (differing := differs(form, answer.body, words)) is not None:
                yield f"{address} is not what was sent: {differing}"
            elif "noindex" not in answer.headers.get("x-robots-tag", ""):
                yield f"{address} does not forbid search engines to keep it"

    async def _kill(self, course: _Course) -> None:
        story = course.story
        if story is None:
            return
        began = _ticks()
        delivery = await self._send(_drill_copy.kill(course.copy.guid, self._desk.clock()))
        proved = await self._until(self._patience.clean, lambda: self._proved(story.id))
        course.to_clean = _ticks() - began if proved else None
        self._note_receipts(course, story.id)
        if not proved:
            course.faults.append(self._why_unproved(story.id, delivery))

    async def _proved(self, id: str) -> bool:
        story = self._store.story(id)
        return story is not None and story.face is Face.gone and self._is_proved(story)

    def _why_unproved(self, id: str, delivery: str) -> str:
        within = f"within {self._patience.clean:g} s"
        story = self._store.story(id)
        if story is None or story.face is not Face.gone:
            return f"its kill was not carried out {within}: {self._why_not(delivery)}"
        return f"its kill was not proved {within}; the desk goes on trying"

    def _note_receipts(self, course: _Course, id: str) -> None:
        story = self._store.story(id)
        if story is None or story.face is not Face.gone:
            return
        kinds = {one.address: one.kind for one in self._surfaces(story)}
        for receipt in proof_of(story, self._store.receipts(id)):
            course.rows[receipt.address] = Row(
                address=receipt.address,
                kind=kinds.get(receipt.address, "own"),
                status=receipt.status,
                clean=receipt.clean,
                seconds=(receipt.seen - receipt.since).total_seconds() if receipt.clean else None,
                detail=receipt.detail,
            )

    # --- looking on from outside -----------------------------------------------------------

    def _surfaces(self, story: Story) -> tuple[Surface, ...]:
        placed = placement(self._store, story)
        return () if placed is None else surfaces(placed, 410)

    async def _look_for_it(self, course: _Course, when: str) -> None:
        """That no list names it: a drill is in none, live or dead."""
        if course.story is None:
            return
        unlisted = [_unlisted(one) for one in self._surfaces(course.story) if one.kind != "own"]
        for seen in await self._seen(course.story, unlisted):
            if not seen.clean:
                course.faults.append(f"{when}: {seen.surface.address}: {seen.detail}")

    async def _look_again(self, course: _Course) -> None:
        """After the proof, with eyes of our own: every address once more."""
        story = self._store.story(course.story.id) if course.story else None
        if story is None or story.face is not Face.gone:
            return
        everywhere = [_unlisted(one) for one in self._surfaces(story)]
        for seen in await self._seen(story, everywhere):
            address = seen.surface.address
            row = course.rows.get(address) or Row(
                address=address, kind=seen.surface.kind, status=seen.status, clean=seen.clean
            )
            if not seen.clean:
                row = msgspec.structs.replace(
                    row, status=seen.status, clean=False, seconds=None, detail=seen.detail
                )
                course.faults.append(f"after its kill: {address}: {seen.detail}")
            course.rows[address] = row

    async def _seen(self, story: Story, wanted: Sequence[Surface]) -> tuple[Seen, ...]:
        marks = public_marks(self._store, story.id)
        return await prove(wanted, marks, self._reader.look, self._desk.clock)

    async def _until(self, seconds: float, look: Callable[[], Awaitable[_Found]]) -> _Found | None:
        """What ``look`` finds as soon as it finds something; None when patience ends."""
        end = _ticks() + seconds
        while not (found := await look()):
            if _ticks() >= end:
                return None
            await asyncio.sleep(_GLANCE)
        return found

    # --- before and after ------------------------------------------------------------------

    async def _kill_left_overs(self) -> None:
        """A drill that was cut off between its two messages must not stay public."""
        for story in self._store.drills():
            if story.face is Face.live:
                await self._send(_drill_copy.kill(story.guid, self._desk.clock()))

    def _forget_old(self) -> None:
        for story in self._store.forget_drills(KEPT):
            self._desk.pressroom.folder.forget(story.id, story.edition)

    def _call(self, report: Report) -> None:
        self._alert.over("drill-missed", ABOUT)
        if report.outcome is Outcome.dirty:
            self._alert("drill-dirty", in_words(report), ABOUT)
            return
        self._alert.over("drill-dirty", ABOUT)
        if report.outcome is Outcome.slow:
            self._alert("drill-slow", in_words(report), ABOUT)
        else:
            self._alert.over("drill-slow", ABOUT)


def _unlisted(surface: Surface) -> Surface:
    """The same address, which must not so much as name the drill: feeds too."""
    return surface if surface.kind == "own" else msgspec.structs.replace(surface, kind="list")


def _ticks() -> float:
    """Seconds of a clock that nobody sets."""
    return asyncio.get_running_loop().time()
