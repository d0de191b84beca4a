"""Looking at public addresses: each is fetched, and said to be clean of a story or not.

Several stories that were withdrawn before the looking began are looked for together: an address
they share is fetched once, and every story has its own :class:`Seen` of it. Pages of a front are
taken one after the other from the newest place on; one page counts for every story whose place
lies between its beginning and its end.
"""

import asyncio
import re
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime

import msgspec

from copytaster.channels.proof import Marks
from copytaster.channels.proof import Seen
from copytaster.channels.proof import Surface
from copytaster.channels.proof import stain

_OLDER = re.compile(rb"[?]before=([0-9]{1,16})(?:-([0-9]{1,12}))?")

Fetch = Callable[[str], Awaitable[tuple[int, bytes]]]
"""address → (status, body); raises OSError-like errors when nothing answered"""


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """A withdrawn story: by what it is recognised, and where it must not be seen."""

    marks: Marks
    surfaces: tuple[Surface, ...]


async def prove(
    surfaces: Sequence[Surface],
    marks: Marks,
    fetch: Fetch,
    clock: Callable[[], datetime],
    *,
    at_once: int = 6,
) -> tuple[Seen, ...]:
    """Fetch every surface of one story once, a few at a time, and say what each served."""
    sought = Sought(marks=marks, surfaces=tuple(surfaces))
    return (await prove_together([sought], fetch, clock, at_once=at_once))[marks.story]


async def prove_together(
    sought: Sequence[Sought],
    fetch: Fetch,
    clock: Callable[[], datetime],
    *,
    at_once: int = 6,
) -> dict[str, tuple[Seen, ...]]:
    """The same for stories that have all been withdrawn: by story, what each surface served."""
    eye = _Eye(fetch, clock)
    single, paged = _sorted(sought)
    # A look begins when its turn comes: one that a stopping desk never takes was never begun.
    jobs = iter([*((eye.page_by_page, one) for one in paged), *((eye.once, one) for one in single)])

    async def work() -> None:
        for look, wanted in jobs:
            await look(wanted)

    await asyncio.gather(*(work() for _ in range(at_once)))
    return {one.marks.story: tuple(eye.seen[one.marks.story]) for one in sought}


class _Wanted(msgspec.Struct, frozen=True):
    """One story at one address."""

    surface: Surface
    marks: Marks

    @property
    def place(self) -> tuple[int, int]:
        return self.surface.place or (0, 0)


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What an address served; ``fault`` where it did not answer."""

    address: str
    at: datetime
    status: int | None = None
    body: bytes = b""
    fault: str | None = None


def _sorted(sought: Sequence[Sought]) -> tuple[list[list[_Wanted]], list[list[_Wanted]]]:
    """What is wanted of each address, and of each list that is taken page by page."""
    single: dict[str, list[_Wanted]] = {}
    paged: dict[str, list[_Wanted]] = {}
    for wanted in _wanted(sought):
        address = wanted.surface.address
        if wanted.surface.place is None:
            single.setdefault(address, []).append(wanted)
        else:
            paged.setdefault(address.partition("?")[0], []).append(wanted)
    return list(single.values()), list(paged.values())


def _wanted(sought: Sequence[Sought]) -> Iterator[_Wanted]:
    for one in sought:
        yield from (_Wanted(surface, one.marks) for surface in one.surfaces)


class _Eye:
    """Fetches, and keeps what was seen of each story."""

    def __init__(self, fetch: Fetch, clock: Callable[[], datetime]) -> None:
        self._fetch = fetch
        self._clock = clock
        self.seen: dict[str, list[Seen]] = {}

    async def once(self, wanted: Sequence[_Wanted]) -> None:
        """One address, for every story that may have been there."""
        surface = wanted[0].surface
        answer = await self._ask(surface.asks or surface.address)
        for one in wanted:
            self._note(one, answer)

    async def page_by_page(self, wanted: Sequence[_Wanted]) -> None:
        """The pages of one list, as many as there must be to reach over every place."""
        left = sorted(wanted, key=lambda one: one.place, reverse=True)
        while left:
            answer = await self._ask(left[0].surface.address)
            end = _end(answer, left[0].place)
            here = [one for one in left if one.place >= end]
            for one in here:
                self._note(one, answer)
            left = left[len(here) :]

    async def _ask(self, address: str) -> _Answer:
        try:
            status, body = await self._fetch(address)
        except Exception as error:  # noqa: BLE001  whatever kept it from answering, it is not clean
            why = f"no answer: {type(error).__name__}: {error}"
            return _Answer(address=address, at=self._clock(), fault=why)
        return _Answer(address=address, at=self._clock(), status=status, body=body)

    def _note(self, wanted: _Wanted, answer: _Answer) -> None:
        surface = wanted.surface
        found = answer.fault
        if answer.status is not None:
            found = stain(surface, answer.status, answer.body, wanted.marks)
        seen = Seen(
            surface=surface,
            address=surface.address if surface.asks else answer.address,
            at=answer.at,
            status=answer.status,
            clean=found is None,
            detail=found,
        )
        self.seen.setdefault(wanted.marks.story, []).append(seen)


def _end(answer: _Answer, begin: tuple[int, int]) -> tuple[int, int]:
    """The last place a page reaches over: the one its link to older stories begins after, and
    the end of the list where there is none. What is no page reaches over nothing else."""
    if answer.status != 200:
        return begin
    links = _OLDER.findall(answer.body)
    ends = [(int(first), int(second or 0)) for first, second in links]
    return min(max(ends), begin) if ends else (0, 0)
