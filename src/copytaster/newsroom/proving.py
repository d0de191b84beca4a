"""Seeing that it was done: every address of a withdrawn story fetched until it is clean.

A publication is checked by the hash of its files, and by fetching a sample (design §5).
"""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx2
import msgspec

from copytaster.channels import Marks
from copytaster.channels import PlainFetch
from copytaster.channels import Seen
from copytaster.channels import Sought
from copytaster.channels import Surface
from copytaster.channels import edition_surfaces
from copytaster.channels import marks_of
from copytaster.channels import prove_together
from copytaster.channels import surfaces
from copytaster.item import Item
from copytaster.newsroom._facts import withdrawn
from copytaster.newsroom._made_from import items_of
from copytaster.newsroom._placing import placement
from copytaster.newsroom._pressroom import RETRY
from copytaster.newsroom._reader import trusted
from copytaster.newsroom.desk import Desk
from copytaster.store import Face
from copytaster.store import PressWork
from copytaster.store import Receipt
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import WorkKind
from copytaster.wire import Alert

log = logging.getLogger("copytaster.proof")

_WAITS = (0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 12.0)
"""seconds between rounds; after the last the work's own retry presses and proves anew"""
_FEW_WAITS = (0.1, 0.5)
"""the same for the stories of a recall"""
WITHDRAWN = frozenset({Face.hold, Face.gone, Face.expired, Face.legal})
"""what the addresses of a story that is not live answer"""
Key = tuple[str, WorkKind, datetime]
_MOST_PAGES = 100
"""pages of the corrections that are fetched for one story"""
_BODY_LIMIT = 64 * 1024 * 1024
_NOT_CLEAN = "withdrawal-not-clean"
_DIFFERS = "page-differs"


class _Case(msgspec.Struct, kw_only=True):
    """One withdrawal while it is being proved."""

    work: PressWork
    story: Story
    """as it was when the proof began"""
    marks: Marks
    wanted: tuple[Surface, ...]
    seen: dict[str, Seen]
    """by the address of the surface: what was last seen there"""

    def note(self, seen: Sequence[Seen]) -> None:
        """Keep what was seen; what was clean is not asked again."""
        for one in seen:
            self.seen[one.surface.address] = one
        self.wanted = tuple(one.surface for one in self.seen.values() if not one.clean)


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
            base_url=base, trust_env=False, timeout=10.0, verify=trusted(), transport=transport
        )
        # Our own server codes no body, so there the least client is enough; what stands before
        # it in public may keep a copy for each coding, and is asked as browsers ask.
        self._plain = PlainFetch(base) if transport is None and _is_own(base) else None
        self._alarm = desk.house.config.proof.alarm_seconds

    async def withdrawn(self, work: PressWork) -> bool:
        """Prove one withdrawal; False when it was not clean in time, or no longer matters."""
        return work.key in await self.withdrawn_together([work])

    async def withdrawn_together(
        self, works: Sequence[PressWork], wait: Callable[[], Awaitable[None]] | None = None
    ) -> set[Key]:
        """Prove these withdrawals, fetching once what they share; the keys of those that were
        seen clean in time. All of them were suspended before this is called.

        ``wait``: awaited before each fetch. Where it is given, what is not clean soon is put
        off, so that a few stories do not hold up thousands.
        """
        cases = await asyncio.to_thread(lambda: list(self._cases(works)))
        clean: set[Key] = set()
        for pause in (*(_WAITS if wait is None else _FEW_WAITS), None):
            await self._look(cases, wait)
            done = [case for case in cases if not case.wanted]
            clean |= {case.work.key for case in done}
            await asyncio.to_thread(self._finish, done)
            cases = [case for case in cases if case.wanted and not self._overtaken(case.story)]
            if not cases:
                return clean
            self._desk.store.note_receipts([r for case in cases for r in self._receipts(case)])
            self._complain(cases)
            if pause is not None:
                await asyncio.sleep(pause)
        if wait is not None:
            again = self._desk.clock() + RETRY
            self._desk.store.work_put_off([case.work for case in cases], again)
        return clean

    def _cases(self, works: Sequence[PressWork]) -> Iterator[_Case]:
        for work in works:
            story = self._desk.store.story(work.story)
            gone = self._gone(story)
            if story is None or (story.face not in WITHDRAWN and not gone):
                self._alert.over(_NOT_CLEAN, work.story)
                continue
            yield _Case(
                work=work,
                story=story,
                marks=edition_marks(self._desk.store, story, gone) if gone else self._marks(story),
                wanted=self._surfaces(story, gone),
                seen={},
            )

    def _gone(self, story: Story | None) -> frozenset[int]:
        """The editions of a live story that were taken back."""
        if story is None or story.face is not Face.live:
            return frozenset()
        return withdrawn(self._desk.store.events(story=story.id))

    async def _look(
        self, cases: Sequence[_Case], wait: Callable[[], Awaitable[None]] | None
    ) -> None:
        async def patiently(address: str) -> tuple[int, bytes]:
            if wait is not None:
                await wait()
            return await self.fetch(address)

        sought = [Sought(marks=case.marks, surfaces=case.wanted) for case in cases]
        seen = await prove_together(sought, patiently, self._desk.clock)
        for case in cases:
            case.note(seen[case.story.id])

    def _finish(self, done: Sequence[_Case]) -> None:
        for case in done:
            self._alert.over(_NOT_CLEAN, case.work.story)
            self._alert.over(_DIFFERS, f"/s/{case.work.story}")
        if done:
            receipts = [receipt for case in done for receipt in self._receipts(case)]
            self._desk.proved([case.work for case in done], receipts)

    def _surfaces(self, story: Story, gone: frozenset[int]) -> tuple[Surface, ...]:
        placed = placement(self._desk.store, story, self._listed_by(story))
        if placed is None:
            return ()
        if gone:
            return edition_surfaces(placed, gone)
        return (*surfaces(placed, story.face.status), *self._desk.photos.surfaces(story))

    def _listed_by(self, story: Story) -> tuple[int, ...]:
        """The events by which the corrections page lists it."""
        listed = self._desk.store.corrections(story=story.id, limit=_MOST_PAGES)
        return tuple(one.event.sequence for one in listed)

    def _marks(self, story: Story) -> Marks:
        marks = public_marks(self._desk.store, story.id)
        pictures = tuple(name.encode() for name in self._desk.photos.gone_with(story))
        return msgspec.structs.replace(marks, words=(*marks.words, *pictures))

    def _overtaken(self, began: Story) -> bool:
        """Whether the story's face is another one by now (released, or a hold become a kill):
        newer work says what its addresses must show, and proves it."""
        story = self._desk.store.story(began.id)
        return story is None or story.face_changed != began.face_changed

    def _complain(self, cases: Sequence[_Case]) -> None:
        # Before its beginning: the clock was set back, be loud.
        late = [case for case in cases if not 0 <= self._passed(case.work) < self._alarm]
        if not late:
            return
        work = late[0].work
        dirty = [one for one in late[0].seen.values() if not one.clean]
        others = f"; {len(late) - 1} other stories too" if len(late) > 1 else ""
        self._alert(
            _NOT_CLEAN,
            f"{_loudly(self._passed(work))}story {work.story}: {len(dirty)} public addresses "
            f"still show it, first {dirty[0].surface.address} ({dirty[0].detail}); "
            f"see `copytaster story {work.story}`{others}",
            about=work.story,
        )

    def _passed(self, work: PressWork) -> float:
        return (self._desk.clock() - work.since).total_seconds()

    async def fetch(self, address: str) -> tuple[int, bytes]:
        """What a public address answers."""
        if self._plain is not None:
            return await self._plain(address)
        async with self._client.stream("GET", address) as response:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > _BODY_LIMIT:
                    raise ValueError(f"{address}: more than {_BODY_LIMIT} bytes")
        return response.status_code, bytes(body)

    def _receipts(self, case: _Case) -> list[Receipt]:
        return [
            Receipt(
                story=case.work.story,
                channel="site",
                address=one.address,
                kind=WorkKind.withdraw,
                since=case.work.since,
                seen=one.at,
                clean=one.clean,
                status=one.status,
                detail=one.detail,
            )
            for one in case.seen.values()
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
        if self._plain is not None:
            self._plain.close()
        await self._client.aclose()


def _is_own(base: str) -> bool:
    """Whether this is a server on this machine's loopback, spoken to in the clear."""
    parts = urlsplit(base)
    try:
        return parts.scheme == "http" and ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return parts.scheme == "http" and parts.hostname == "localhost"


def _loudly(passed: float) -> str:
    """How an alert begins: louder with every hour that the story is still there."""
    hours = int(passed // 3600)
    return f"STILL NOT GONE AFTER {hours} h: " if hours > 0 else ""


def public_marks(store: Store, story: str) -> Marks:
    """Marks of every edition of a story that the public ever saw."""
    past = store.past_of(story)
    if past is None:
        return marks_of(story, ())
    shown = [m for m in past.messages if m.item.content_hash in past.shown]
    return marks_of(story, [words for message in shown for words in _words(message.item)])


def edition_marks(store: Store, story: Story, gone: frozenset[int]) -> Marks:
    """Marks of editions that were taken back: of what they say, what the story as it is now does
    not say as well."""
    editions = [one for one in store.editions(story.id) if one.number in (*gone, story.edition)]
    said: dict[bool, list[str]] = {True: [], False: []}
    for edition in editions:
        for item in items_of(store, edition):
            said[edition.number in gone] += _words(item)
    standing = "\n".join(said[False]).encode(errors="surrogatepass")
    marks = marks_of(story.id, said[True])
    words = tuple(mark for mark in marks.words if mark not in standing)
    return msgspec.structs.replace(marks, words=words)


def kept_marks(store: Store, story: str) -> Marks:
    """Marks of every version of a story, public or not."""
    versions = [m for m in store.history_of(story).messages if m.target is None]
    return marks_of(story, [words for message in versions for words in _words(message.item)])


def _words(item: Item) -> Iterator[str]:
    """Everything of a version that readers saw, in stretches that no markup interrupts."""
    note = item.correction_text.public if item.correction_text else None
    yield from (words for words in (item.headline, item.summary, note) if words)
    for block in item.copy.blocks:
        for line in block.lines:
            yield from (run.text for cell in line.cells for run in cell)
