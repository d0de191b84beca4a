"""What the editors' app asks of a running desk: what it knows, and orders to it.

The same orders that a shell gives (:mod:`copytaster.newsroom.orders`), so that there is one way to
do a thing, whoever does it.
"""

import asyncio
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from copytaster import query
from copytaster.copydesk import Answers
from copytaster.copydesk import Candidate
from copytaster.copydesk import Deed
from copytaster.copydesk import Fault
from copytaster.copydesk import Health
from copytaster.copydesk import Listing
from copytaster.copydesk import Look
from copytaster.copydesk import Pane
from copytaster.copydesk import Proofs
from copytaster.copydesk import Row
from copytaster.copydesk import Seat
from copytaster.copydesk import SourcePage
from copytaster.copydesk import Waiting
from copytaster.delivery import Delivery
from copytaster.newsroom import _health
from copytaster.newsroom import _watching
from copytaster.newsroom import proof_history
from copytaster.newsroom import recalls
from copytaster.newsroom import told
from copytaster.newsroom._latch import Bell
from copytaster.newsroom._looks import Looks
from copytaster.newsroom._pane import pane
from copytaster.newsroom._several import candidates
from copytaster.newsroom.control import Handle
from copytaster.newsroom.control import Request
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.evidence import write_pack
from copytaster.newsroom.evidence import write_recall
from copytaster.newsroom.letter_orders import letters_told
from copytaster.newsroom.order_trail import keep
from copytaster.newsroom.orders import dossier
from copytaster.newsroom.presets import Presets
from copytaster.newsroom.remarks import Remarks
from copytaster.newsroom.rules_office import RulesOffice
from copytaster.query import Facts
from copytaster.query import Query
from copytaster.query import QueryError
from copytaster.store import Story

_RECALLS = 20


class Refused(ValueError):
    """An order was not carried out; the message says why, in one sentence."""


class Office:
    """A running desk, as the app sees it; reading is safe from any thread."""

    def __init__(
        self,
        desk: Desk,
        handle: Handle,
        bells: Callable[[], Sequence[Bell]] = tuple,
        *,
        data: Path,
    ) -> None:
        """``bells``: what a person was called for and has no all-clear of. ``data``: the desk's
        folder."""
        self._data = data
        self._desk = desk
        self._handle = handle
        self._bells = bells
        self._looks = Looks(desk.store, desk.house.site.zone)
        grave = desk.house.config.desk.second_person
        self.remarks = Remarks(desk.store, desk.people, desk.clock, grave)
        self.presets = Presets(desk.store, desk.people, lambda: self.zone)
        self.rules = RulesOffice(desk.house, desk.store, desk.rules, desk.clock)

    @property
    def house(self) -> str:
        """The site's name."""
        return self._desk.house.site.name

    @property
    def zone(self) -> str | None:
        """The zone in which the house reads times."""
        return self._desk.house.site.zone

    def story(self, id: str) -> Story | None:
        """The story's record."""
        return self._desk.store.story(id)

    def delivery(self, id: str) -> Delivery | None:
        """The bytes that came; None where they are not kept (any more)."""
        return self._desk.store.delivery(id)

    def listing(self, *, kind: str | None = None, before: int | None = None) -> Listing:
        """A page of the wire, or of one kind of the queue (``kinds``)."""
        return _watching.listing(self._desk.house, self._desk.store, kind=kind, before=before)

    def theirs(self, person: str, *, before: int | None = None) -> Listing:
        """A page of what waits and is this person's to see to."""
        return _watching.theirs(self._desk.house, self._desk.store, person, before=before)

    def candidates(self, stories: Sequence[str]) -> tuple[Candidate, ...]:
        """Those of these stories that there are, as they are now."""
        return candidates(self._desk, stories)

    def search(self, asked: str, *, before: int | None = None) -> Answers:
        """What answers a query now, a page of it; or where the query is wrong."""
        if not asked.strip():
            return Answers(asked=asked)
        try:
            wanted = self._read(asked)
        except QueryError as error:
            return Answers(asked=asked, fault=Fault(what=error.what, at=error.at))
        house, store = self._desk.house, self._desk.store
        listing = _watching.found(house, store, wanted, self._desk.clock(), before=before)
        done, last = told.backlog(store)
        return Answers(asked=asked, listing=listing, not_yet=last - done)

    def facts(self, story: str) -> Facts | None:
        """What a query is asked of, of a story as it is now."""
        told = self._desk.store.told.of(story)
        return None if told is None else told.facts

    def wanted(self, asked: str) -> Callable[[Facts], bool]:
        """Whether a story answers this query, asked now. Raises ``QueryError`` for what is none."""
        wanted = self._read(asked)
        return lambda facts: query.matches(wanted, facts, self._desk.clock())

    def _read(self, asked: str) -> Query:
        return query.read(asked, ZoneInfo(self.zone or "UTC"))

    def waiting(self, person: str) -> tuple[Waiting, ...]:
        """How many stories of each kind are in the queue, and how many of this person's."""
        return _watching.waiting(self._desk.store, person)

    @property
    def last(self) -> int:
        """The newest place of the wire; cheap to ask for."""
        return self._desk.store.wire.last

    def since(self, place: int) -> list[Row]:
        """What happened after this place, the oldest first."""
        return _watching.since(self._desk.house, self._desk.store, place)

    def health(self) -> Health:
        """Who was called for what, what each source brings, the last drill, the patrol."""
        return _health.health(self._desk, self._bells())

    def source(self, id: str) -> SourcePage:
        """All that is known of one source. Raises LookupError when the house has none of it."""
        return _health.source(self._desk, id, self._bells())

    def proofs(self) -> Proofs:
        """What drills, kills and holds came to in the last ninety days."""
        return proof_history.proofs(self._desk)

    def letters(self) -> list[dict[str, Any]]:
        """The dead letters, the newest first."""
        return letters_told(self._desk)

    def begin_look(self, asked: str) -> str:
        """Look through everything for what answers a query; the look's id. Raises ValueError, with
        where the query is wrong, or that others look already."""
        return self._looks.begin(asked, self._desk.clock())

    def look(self, id: str) -> Look | None:
        """How far a look is, and what it has found."""
        return self._looks.look(id)

    def looked(self, id: str) -> tuple[str, list[str]] | None:
        """The query and the stories of a look that has ended."""
        return self._looks.found(id)

    def batches(self) -> list[dict[str, Any]]:
        """The newest recalls."""
        store = self._desk.store
        return [recalls.told(store, one) | {"failed": 0} for one in store.batches(_RECALLS)]

    def batch(self, id: str) -> dict[str, Any]:
        """One recall, and how far it has come. Raises LookupError."""
        return self._desk.recalls.told(id)

    def write_evidence(self, story: str, target: Path) -> None:
        """All that is kept of a story. Raises LookupError, ValueError."""
        write_pack(self._desk, self._data, story, target)

    def write_recall_evidence(self, batch: str, target: Path) -> None:
        """What was seen of each story of a recall. Raises LookupError, ValueError."""
        write_recall(self._desk, batch, target)

    def took_evidence(self, seat: Seat, of: str, id: str) -> None:
        """Enter in the audit trail that somebody took a pack away."""
        self._desk.people.note(seat, f"evidence of a {of}", id)

    def pane(self, id: str) -> Pane:
        """Everything that is known of a story. Raises LookupError when there is none."""
        return pane(self._desk, self.remarks, id)

    def dossier(self, id: str) -> dict[str, Any]:
        """The facts of it alone. Raises LookupError when there is no such story."""
        return dossier(self._desk, id)

    async def order(self, deed: Deed, **arguments: Any) -> Any:
        """Give an order; its first answer. What follows (a proof) the desk does by itself. Once it
        is done the audit trail says who did it, and why.

        A release that takes two persons is not given by the first of them: then the answer is
        ``{"asked": True}``. Raises :class:`Refused` with the desk's own words.
        """
        is_release = deed.order == "decide" and arguments["kind"] == "release"
        if is_release and not await asyncio.to_thread(self._agrees, deed, arguments):
            return {"asked": True}
        answers = self._handle(Request(order=deed.order, arguments=arguments))
        try:
            first = await anext(answers)
        finally:
            await answers.aclose()
        if first.error is not None:
            raise Refused(first.error)
        await asyncio.to_thread(keep, self._desk.people, deed, first.result)
        return first.result

    def _agrees(self, deed: Deed, arguments: Mapping[str, Any]) -> bool:
        """Of exactly the text that was seen."""
        story = arguments["story"]
        try:
            content = arguments.get("seen") or self._desk.sight(story).content
            return self.remarks.agrees(deed.seat, story, content, deed.why)
        except (LookupError, ValueError) as error:
            raise Refused(str(error)) from error
