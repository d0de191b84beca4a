"""The patrol: every public copy fetched again and again, for ever, and compared (design §5).

It goes round all stories by their number at a steady pace; what was withdrawn lately is looked
at more often, and lists in between. What it finds is kept, calls a person where readers are
concerned, and is mended where the fault is in a file of our own. A story that changes while it
is looked at is looked at again: only what is wrong twice, with nothing moving, is a finding.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta

import msgspec

from copytaster.channels.patrol import compare
from copytaster.finding import Fault
from copytaster.finding import Finding
from copytaster.finding import Severity
from copytaster.newsroom._expecting import Expecting
from copytaster.newsroom._expecting import addresses
from copytaster.newsroom._expecting import file_behind
from copytaster.newsroom._listing import Listing
from copytaster.newsroom._picture_patrol import PicturePatrol
from copytaster.newsroom._reader import Answer
from copytaster.newsroom._reader import Reader
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.patrol_report import PROGRESS
from copytaster.newsroom.patrol_report import progress_of
from copytaster.store import Face
from copytaster.store import Store
from copytaster.store import Story
from copytaster.wire import Alert

log = logging.getLogger("copytaster.patrol")

RECENT = timedelta(days=7)
"""what was withdrawn since then is looked at more often"""
_KEPT = timedelta(days=90)
_WITNESS = "/robots.txt"
"""asked whether the site answers at all, when one address does not"""
_AGAIN = 1.0
"""seconds between the look that finds something and the one that confirms it"""
_LOOKS = 3
"""at a story that keeps changing; after these its turn is over"""
_LIST_EVERY = 8
_SAVE_EVERY = 10
_AT_START = 60.0
_MENDED = "; our own file was wrong and was pressed again"
_MADE_AGAIN = "; our own file was wrong and is made again"

Sleep = Callable[[float], Awaitable[None]]


class Unanswered(ConnectionError):
    """The whole site did not answer: that is one finding, not one for every address."""


class Patrol:
    """Looks at public addresses through ``reader``."""

    def __init__(
        self,
        desk: Desk,
        reader: Reader,
        alert: Alert,
        *,
        sleep: Sleep = asyncio.sleep,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._desk = desk
        self._store = desk.store
        self._reader = reader
        self._alert = alert
        self._sleep = sleep
        self._ticks = ticks
        self._began = ticks()
        self._looked = 0
        self._pace = 60.0 / max(desk.house.config.patrol.per_minute, 1)
        self._expecting = Expecting(desk)
        self._listing = Listing(desk, self.fetch)
        self._pictures = PicturePatrol(desk, self.fetch)
        self._turn = 0
        self._met: tuple[datetime, int] | None = None
        self._unsaved = 0
        self._is_down = bool(desk.store.findings_at(_WITNESS))
        self.progress = progress_of(desk.store)

    async def run(self) -> None:
        """For ever, at the pace of the configuration."""
        await self._sleep(_AT_START)
        self._began = self._ticks()
        while True:
            try:
                await self.beat()
            except Unanswered:
                continue  # noted; the pace goes on, and so does the place
            except Exception as error:
                # Whatever one story does to it, the patrol goes on with the next.
                log.exception("the patrol stumbled")
                told = f"the patrol stumbled and goes on: {type(error).__name__}: {error}"
                self._alert("patrol-failed", told, "patrol")

    async def beat(self) -> None:
        """Look at the next thing: a list, something withdrawn lately, or the next in the round."""
        self._turn += 1
        if self._turn % _LIST_EVERY == 0:
            await self.next_list()
            return
        lately = self._next_withdrawn() if self._turn % 2 == 0 else None
        if lately is not None:
            await self.story(lately)
            return
        await self._go_round()

    def _next_withdrawn(self) -> Story | None:
        """The next of those withdrawn lately, newest first; None at their end."""
        since = self._desk.clock() - RECENT
        found = self._store.withdrawn(since, before=self._met, limit=1)
        story = found[0] if found else None
        if story is None or story.face_changed is None:
            self._met = None
            return None
        self._met = (story.face_changed, story.number)
        return story

    async def _go_round(self) -> None:
        story = self._store.story_after(self.progress.after)
        if story is None:
            await self._sleep(self._pace)
            self._end_round()
            return
        try:
            await self.story(story)
        except Unanswered:
            raise
        except Exception:
            self._passed(story)  # or it would be the next for ever
            raise
        self._passed(story)

    # --- progress --------------------------------------------------------------------------

    def _passed(self, story: Story) -> None:
        now = self._desk.clock()
        began = self.progress.began or now
        self.progress = msgspec.structs.replace(self.progress, after=story.number, began=began)
        self._unsaved += 1
        if self._unsaved >= _SAVE_EVERY:
            self._save()

    def _end_round(self) -> None:
        now = self._desk.clock()
        self._alert.over("patrol-failed", "patrol")
        if self.progress.after:
            self.progress = msgspec.structs.replace(
                self.progress,
                after=0,
                began=None,
                looked=0,
                rounds=self.progress.rounds + 1,
                round_began=self.progress.began,
                round_ended=now,
                round_looked=self.progress.looked,
            )
        self._store.forget_findings(now - _KEPT)
        self._save()

    def _save(self) -> None:
        self._unsaved = 0
        kept = msgspec.json.encode(self.progress).decode()
        self._store.keep_setting(PROGRESS, kept)

    # --- fetching --------------------------------------------------------------------------

    async def fetch(self, address: str) -> Answer | Fault:
        """One look, at the patrol's pace; a fault when this address alone does not answer.

        Raises :class:`Unanswered` when the whole site does not.
        """
        await self._sleep(self._pace)
        self._count()
        try:
            answer = await self._reader.get(address)
        except Exception as error:  # noqa: BLE001  whatever kept it from answering, it is a fault
            await self._witness(error)
            told = f"no answer: {_told(error)}"
            return _major("no-answer", told)
        if self._is_down:
            self._is_up_again()
        return answer

    def _count(self) -> None:
        self._looked += 1
        passed = self._ticks() - self._began
        self.progress = msgspec.structs.replace(
            self.progress,
            looked=self.progress.looked + 1,
            last_look=self._desk.clock(),
            per_minute=round(60.0 * self._looked / passed, 1) if passed > 0 else 0.0,
        )

    async def _witness(self, error: Exception) -> None:
        try:
            await self._reader.get(_WITNESS)
        except Exception as again:  # noqa: BLE001  the same
            told = f"the public site does not answer: {_told(again)}"
            self._is_down = True
            self._note(_WITNESS, [_major("no-site", told)])
            raise Unanswered(told) from error
        if self._is_down:
            self._is_up_again()

    def _is_up_again(self) -> None:
        self._is_down = False
        self._note(_WITNESS, [])

    # --- a story ---------------------------------------------------------------------------

    async def story(self, story: Story) -> None:
        """Look at every address of a story."""
        if story.face is Face.none:
            await self._address(story.id, f"/s/{story.id}", 0, "page")
            return
        self._clear_away(story)
        for address, number, form in addresses(story):
            await self._address(story.id, address, number, form)
        for name, address in self._pictures.addresses(story, self.progress.rounds):
            await self._picture(story.id, name, address)

    async def _picture(self, id: str, name: str, address: str) -> None:
        """Look at one file of a picture beside a story."""
        faults = await self._pictures.look(name, address)
        if faults:
            await self._sleep(_AGAIN)
            faults = await self._pictures.look(name, address)
        if faults is None:
            return
        mended = bool(faults) and self._pictures.mend(name, address)
        if mended:
            faults = [
                msgspec.structs.replace(one, detail=one.detail + _MADE_AGAIN) for one in faults
            ]
        silent = any(one.code == "no-answer" for one in faults)
        self._note(address, [*(_still(self._store, address) if silent else ()), *faults], id)

    def _clear_away(self, story: Story) -> None:
        """Editions left on our own disk, of a story that is not live, go at once."""
        left = self._left(story.id)
        if not left:
            return
        self._desk.pressroom.restore(story.id)
        still = self._left(story.id)
        done = "still there" if still else "removed"
        told = f"editions of a withdrawn story on our disk: {', '.join(left)}; {done}"
        self._note(f"site/{story.id}", [_major("files-left", told)], story.id)
        if not still:
            self._note(f"site/{story.id}", [], story.id)

    def _left(self, id: str) -> list[str]:
        story = self._store.story(id)
        if story is None or story.face in (Face.live, Face.none) or self._store.unpressed(id):
            return []  # what the press has yet to take away was not forgotten
        return self._desk.pressroom.folder.left_over(id, story.edition)

    async def _address(self, id: str, address: str, number: int, form: str) -> None:
        seen = await self._look(id, address, number, form)
        if seen is None:
            return
        faults, answer, story = seen
        if faults:
            await self._sleep(_AGAIN)
            seen = await self._look(id, address, number, form)
            if seen is None:
                return
            faults, answer, story = seen
        if not faults:
            self._note(address, [], id)
            return
        await self._found(story, address, number, form, faults, answer)

    async def _look(
        self, id: str, address: str, number: int, form: str
    ) -> tuple[Sequence[Fault], Answer | None, Story] | None:
        """What is wrong at one address while nothing moved; None when that cannot be said."""
        for _ in range(_LOOKS):
            story = self._store.story(id)
            if story is None or number > story.edition:
                return None
            try:
                wanted = await asyncio.to_thread(self._expecting.of, story, address, number, form)
            except (LookupError, ValueError) as error:
                told = f"what it must show cannot be made from what is kept: {error}"
                return (_major("cannot-press", told),), None, story
            answer = await self.fetch(address)
            if not self._stood_still(story):
                continue
            if isinstance(answer, Fault):
                return (answer,), None, story
            found = compare(wanted, answer.status, answer.headers, answer.body)
            return found, answer, story
        return None

    def _stood_still(self, began: Story) -> bool:
        now = self._store.story(began.id)
        return now is not None and _face(now) == _face(began)

    async def _found(
        self,
        story: Story,
        address: str,
        number: int,
        form: str,
        faults: Sequence[Fault],
        answer: Answer | None,
    ) -> None:
        """Keep it and call; where our own file is wrong, mend that and look again."""
        if answer is None:
            self._note(address, [*_still(self._store, address), *faults], story.id)
            return
        name = file_behind(story, number, form)
        if self._desk.pressroom.folder.read(story.id, name) != answer.body:
            self._note(address, faults, story.id)
            return  # our file is another: what stands in front of us serves this
        await asyncio.to_thread(self._desk.pressroom.restore, story.id, number or None)
        told = [msgspec.structs.replace(one, detail=one.detail + _MENDED) for one in faults]
        self._note(address, told, story.id)
        seen = await self._look(story.id, address, number, form)
        if seen is not None:
            self._note(address, seen[0], story.id)

    # --- lists -----------------------------------------------------------------------------

    async def next_list(self) -> None:
        """Look at the next list."""
        place = self._listing.next()
        faults = await self._listing.look(place)
        if faults:
            await self._sleep(_AGAIN)
            faults = await self._listing.look(place)
        address = place.surface.address
        silent = any(one.code == "no-answer" for one in faults)
        kept = _still(self._store, address) if silent else ()
        self._note(address, [*kept, *faults])

    # --- findings --------------------------------------------------------------------------

    def _note(self, address: str, faults: Sequence[Fault], story: str | None = None) -> None:
        once = {one.code: one for one in faults}
        now = self._desk.clock()
        noted = self._store.note_findings(address, tuple(once.values()), now, story=story)
        for fault in once.values():
            self._call(address, fault)
        for finding in noted.resolved:
            self._all_clear(finding)

    def _call(self, address: str, fault: Fault) -> None:
        told = f"{address}: {fault.detail}; see `copytaster patrol`"
        if fault.severity is Severity.critical:
            self._alert("patrol-critical", told, _about(fault, address))
        elif fault.severity is Severity.major:
            self._alert("patrol-major", told, _about(fault, address))

    def _all_clear(self, ended: Finding) -> None:
        """When nothing else is open that the same alert was for."""
        about = (ended.severity, _about(ended, ended.address))
        still = {(one.severity, _about(one, one.address)) for one in self._store.findings()}
        if about in still:
            return
        if ended.severity is Severity.critical:
            self._alert.over("patrol-critical", about[1])
        elif ended.severity is Severity.major:
            self._alert.over("patrol-major", about[1])


def _about(fault: Fault, address: str) -> str:
    """What an alert is about: a critical one its address; others their kind, so that a site in
    disorder is one call and not a thousand."""
    return address if fault.severity is Severity.critical else fault.code


def _face(story: Story) -> tuple[object, ...]:
    return story.face, story.face_changed, story.edition, story.edition_hash


def _still(store: Store, address: str) -> list[Fault]:
    """What was wrong before: silence says nothing of it."""
    return [
        Fault(code=one.code, severity=one.severity, detail=one.detail)
        for one in store.findings_at(address)
    ]


def _major(code: str, detail: str) -> Fault:
    return Fault(code=code, severity=Severity.major, detail=detail)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
