"""Seeing that it was done: every address of a withdrawn story fetched until it is clean.

A publication is checked by the hash of its files, and by fetching a sample (design §5).
"""

import asyncio
import hashlib
import logging
from collections.abc import Iterator
from collections.abc import Sequence

import httpx2
import msgspec

from copytaster.channels import Marks
from copytaster.channels import Seen
from copytaster.channels import Surface
from copytaster.channels import marks_of
from copytaster.channels import prove
from copytaster.channels import surfaces
from copytaster.newsroom.desk import Desk
from copytaster.store import Face
from copytaster.store import PressWork
from copytaster.store import Receipt
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import WorkKind
from copytaster.story import Message
from copytaster.wire import Alert

log = logging.getLogger("copytaster.proof")

_WAITS = (0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 12.0)
"""seconds between rounds; after the last the work's own retry presses and proves anew"""
STATUS = {Face.hold: 200, Face.gone: 410, Face.expired: 410, Face.legal: 451}
"""what the addresses of a story that is not live answer"""
_MOST_PAGES = 100
"""pages of the corrections that are fetched for one story"""
_BODY_LIMIT = 64 * 1024 * 1024
_NOT_CLEAN = "withdrawal-not-clean"
_DIFFERS = "page-differs"


class Prover:
    """Fetches public addresses at ``base`` and keeps what was seen.

    ``transport``: how they are fetched, when not over the network.
    """

    def __init__(
        self,
        desk: Desk,
        base: str,
        alert: Alert,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._desk = desk
        self._alert = alert
        self._client = httpx2.AsyncClient(
            base_url=base, trust_env=False, timeout=10.0, transport=transport
        )
        self._alarm = desk.house.config.proof.alarm_seconds

    async def withdrawn(self, work: PressWork) -> bool:
        """Prove one withdrawal; False when it was not clean in time, or no longer matters."""
        story = self._desk.store.story(work.story)
        if story is None or story.face not in STATUS:
            self._alert.over(_NOT_CLEAN, work.story)
            return False
        wanted = self._surfaces(story)
        marks = self._marks(story)
        seen: dict[str, Seen] = {}
        for wait in (*_WAITS, None):
            for one in await prove(wanted, marks, self.fetch, self._desk.clock):
                seen[one.surface.address] = one
            wanted = tuple(one.surface for one in seen.values() if not one.clean)
            if not wanted:
                self._alert.over(_NOT_CLEAN, work.story)
                self._alert.over(_DIFFERS, f"/s/{work.story}")
                self._desk.proved(work, self._receipts(work, tuple(seen.values())))
                return True
            if self._overtaken(story):
                return False  # newer work says what its addresses must show, and proves it
            self._desk.store.note_receipts(self._receipts(work, tuple(seen.values())))
            self._complain(work, seen)
            if wait is None:
                break
            await asyncio.sleep(wait)
        return False

    def _surfaces(self, story: Story) -> tuple[Surface, ...]:
        if story.first_public is None:
            return ()
        own = surfaces(
            story.id,
            editions=story.edition,
            status=STATUS[story.face],
            agency=story.agency,
            sections=story.sections,
            first_public=story.first_public,
            number=story.number,
            corrections=self._listed_by(story),
        )
        return (*own, *self._desk.photos.surfaces(story))

    def _listed_by(self, story: Story) -> tuple[int, ...]:
        """The events by which the corrections page lists it."""
        listed = self._desk.store.corrections(story=story.id, limit=_MOST_PAGES)
        return tuple(one.event.sequence for one in listed)

    def _marks(self, story: Story) -> Marks:
        marks = public_marks(self._desk.store, story.id)
        pictures = tuple(name.encode() for name in self._desk.photos.gone_with(story))
        return msgspec.structs.replace(marks, words=(*marks.words, *pictures))

    def _overtaken(self, began: Story) -> bool:
        """Whether the story's face is another one by now: released, or a hold become a kill."""
        story = self._desk.store.story(began.id)
        return story is None or story.face_changed != began.face_changed

    def _complain(self, work: PressWork, seen: dict[str, Seen]) -> None:
        passed = (self._desk.clock() - work.since).total_seconds()
        if 0 <= passed < self._alarm:  # before its beginning: the clock was set back, be loud
            return
        dirty = [one for one in seen.values() if not one.clean]
        self._alert(
            _NOT_CLEAN,
            f"{_loudly(passed)}story {work.story}: {len(dirty)} public addresses still show it, "
            f"first {dirty[0].surface.address} ({dirty[0].detail}); "
            f"see `copytaster story {work.story}`",
            about=work.story,
        )

    async def fetch(self, address: str) -> tuple[int, bytes]:
        """What a public address answers."""
        async with self._client.stream("GET", address) as response:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > _BODY_LIMIT:
                    raise ValueError(f"{address}: more than {_BODY_LIMIT} bytes")
        return response.status_code, bytes(body)

    def _receipts(self, work: PressWork, seen: Sequence[Seen]) -> list[Receipt]:
        return [
            Receipt(
                story=work.story,
                channel="site",
                address=one.surface.address,
                kind=WorkKind.withdraw,
                since=work.since,
                seen=one.at,
                clean=one.clean,
                status=one.status,
                detail=one.detail,
            )
            for one in seen
        ]

    async def published(self, work: PressWork) -> None:
        """Fetch one published page and compare it with the file behind it."""
        story = self._desk.store.story(work.story)
        if story is None or story.face is not Face.live:
            return
        file = self._desk.pressroom.folder.read(story.id, f"v{story.edition}.html")
        address = f"/s/{story.id}"
        status, body = await self.fetch(address)
        if self._desk.store.story(work.story) != story or file is None:
            return  # it moved on meanwhile; the newer work has its own check
        clean = status == 200 and hashlib.sha256(body).digest() == hashlib.sha256(file).digest()
        if clean:
            self._alert.over(_DIFFERS, address)
        else:
            text = f"{address} answered {status}, other bytes than pressed"
            self._alert(_DIFFERS, text, about=address)
        receipt = Receipt(
            story=story.id,
            channel="site",
            address=address,
            kind=WorkKind.publish,
            since=work.since,
            seen=self._desk.clock(),
            clean=clean,
            status=status,
            detail="fetched",
        )
        self._desk.store.note_receipts([receipt])

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()


def _loudly(passed: float) -> str:
    """How an alert begins: louder with every hour that the story is still there."""
    hours = int(passed // 3600)
    return f"STILL NOT GONE AFTER {hours} h: " if hours > 0 else ""


def public_marks(store: Store, story: str) -> Marks:
    """Marks of every edition of a story that the public ever saw."""
    public = {edition.content_hash for edition in store.editions(story)}
    shown = [m for m in store.history_of(story).messages if m.item.content_hash in public]
    return marks_of(story, [words for message in shown for words in _words(message)])


def kept_marks(store: Store, story: str) -> Marks:
    """Marks of every version of a story, public or not."""
    versions = [m for m in store.history_of(story).messages if m.target is None]
    return marks_of(story, [words for message in versions for words in _words(message)])


def _words(message: Message) -> Iterator[str]:
    """Everything of a version that readers saw, in stretches that no markup interrupts."""
    item = message.item
    note = item.correction_text.public if item.correction_text else None
    yield from (words for words in (item.headline, item.summary, note) if words)
    for block in item.copy.blocks:
        for line in block.lines:
            yield from (run.text for cell in line.cells for run in cell)
