"""What a shell may ask of a desk, whether it runs or not.

Each order is a function of a desk; :class:`Orders` gives them to a running one, on its own
thread, and waits for the proof. Without a running desk the same functions work on the data
folder directly, and a withdrawal is suspended but not yet finished: nobody fetched anything.
"""

import asyncio
from collections.abc import AsyncGenerator
from collections.abc import AsyncIterator
from collections.abc import Callable
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import msgspec

from copytaster.agency import DRILL
from copytaster.item import Target
from copytaster.item import TargetKind
from copytaster.newsroom import acknowledging
from copytaster.newsroom import erase_orders
from copytaster.newsroom import licence
from copytaster.newsroom import people_orders
from copytaster.newsroom._made_from import told_parts
from copytaster.newsroom._noted_told import related_told
from copytaster.newsroom._noted_told import sources_told
from copytaster.newsroom._noted_told import subjects_told
from copytaster.newsroom._noted_told import twins_told
from copytaster.newsroom._ruler import Unresolved
from copytaster.newsroom._sight import Sight
from copytaster.newsroom.alert_orders import close
from copytaster.newsroom.control import Answer
from copytaster.newsroom.control import Request
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.erasing import Order
from copytaster.newsroom.erasing import Why
from copytaster.newsroom.house import House
from copytaster.newsroom.house_rules import keep_trials
from copytaster.newsroom.letter_orders import dismiss
from copytaster.newsroom.letter_orders import retry
from copytaster.newsroom.picture_orders import decide_picture
from copytaster.newsroom.picture_orders import proved
from copytaster.newsroom.picture_orders import told_picture
from copytaster.newsroom.picture_orders import told_pictures
from copytaster.newsroom.proof_told import WITHDRAWN
from copytaster.newsroom.proof_told import proof_of
from copytaster.newsroom.proof_told import receipt_told
from copytaster.newsroom.proof_told import withdrawal_told
from copytaster.newsroom.report_orders import settle
from copytaster.press import decode_entry
from copytaster.store import Face
from copytaster.store import Fate
from copytaster.store import FateState
from copytaster.store import History
from copytaster.store import Receipt
from copytaster.store import StoreError
from copytaster.store import Story
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import Reason
from copytaster.verdict import sentence
from copytaster.verdict import weight
from copytaster.wire import make

if TYPE_CHECKING:
    from copytaster.newsroom.running import Running

_PATIENCE = 60.0
_GLANCE = 0.01
_STEP = 0.25
"""seconds between two words on how far a recall has come"""


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """A file handed in from a shell."""

    name: str
    data: bytes
    content_type: str | None = None


def told(story: Story) -> dict[str, Any]:
    """A story as shells see it: state, reasons in words, address."""
    return {
        "story": story.id,
        "agency": story.agency,
        "guid": story.guid,
        "revision": story.revision,
        "state": story.state.value,
        "reasons": _reasons_told(story.reasons),
        "address": f"/s/{story.id}",
        "face": story.face.value,
        "edition": story.edition,
        "firstPublic": _iso(story.first_public),
        "faceChanged": _iso(story.face_changed),
        "lookAgain": _iso(story.look_again),
        "substitute": story.substitute,
    }


def dossier(desk: Desk, id: str) -> dict[str, Any]:
    """Everything known of a story: versions, decisions, history, receipts.

    Raises :class:`Unresolved` when there is none.
    """
    history = desk.store.history_of(id)
    if history.story is None:
        raise Unresolved(f"no story {id}; give the 16 characters of its address /s/<id>")
    receipts = desk.store.receipts(id)
    return {
        **told(history.story),
        "current": desk.sight(id).content,
        "reviewed": _reviewed(desk, history.story),
        "withdrawal": withdrawal_told(history.story, receipts),
        "notices": [
            _notice_told(message, target)
            for message in history.messages
            if (target := message.target) is not None and target.kind is TargetKind.notice
        ],
        "versions": [
            {
                "rawDestroyed": _is_raw_destroyed(desk, message),
                "content": message.item.content_hash,
                "headline": message.item.headline,
                "version": message.item.version,
                "versionCreated": _iso(_instant(message.item.version_created)),
                "status": message.item.pub_status.value,
                "embargo": message.item.embargo.raw,
                "source": message.arrival.source,
                "received": _iso(message.arrival.received),
                "delivery": message.arrival.delivery,
                "notice": message.target is not None,
                "repairs": list(message.item.repairs),
                "format": message.item.format.name,
                "sha256": message.item.raw_ref.sha256,
            }
            for message in history.messages
        ],
        "parts": told_parts(desk.store, history.story, history.messages),
        "decisions": [
            {"kind": d.kind.value, "at": _iso(d.at), "by": d.by, "reason": d.reason}
            for d in history.decisions
        ],
        "events": [
            {
                "kind": event.kind.value,
                "at": _iso(event.at),
                "edition": event.edition,
                "reason": event.reason,
                "note": event.note,
            }
            for event in desk.store.events(story=id)
        ],
        "sources": sources_told(desk.house, desk.store, history.story),
        "twins": twins_told(desk.store, history.story),
        "related": related_told(desk.store, history.story),
        "subjects": subjects_told(desk.store, history.story),
        "pictures": told_pictures(desk.store.pictures.of(id)),
        "verdicts": [
            {
                "at": _iso(judged.at),
                "state": judged.state.value,
                "cause": judged.cause,
                "reasons": _reasons_told(judged.reasons),
            }
            for judged in desk.store.verdicts(id)
        ],
        "receipts": [receipt_told(receipt) for receipt in receipts],
        "acknowledgements": acknowledging.told(desk.house, desk.store, id),
        "rights": rights_told(desk, history.story, history),
    }


def _reviewed(desk: Desk, story: Story) -> str | None:
    """When somebody here read what readers see."""
    edition = desk.store.edition(story.id, story.edition)
    if edition is None or story.face is not Face.live:
        return None
    return _iso(decode_entry(edition.entry).reviewed)


def _reasons_told(reasons: Sequence[Reason]) -> list[dict[str, str]]:
    return [
        {"code": one.code, "sentence": sentence(one), "weight": weight(one.code).value}
        for one in reasons
    ]


def rights_told(desk: Desk, story: Story, history: History) -> list[dict[str, Any]]:
    """Each use of a story, whether it is allowed now, until when and by what rule."""
    rights = licence.ruled(desk.house, desk.store, story, history, desk.clock()).rights
    return [
        {
            "use": gate.use.value,
            "open": gate.open,
            "until": _iso(gate.until),
            "rule": gate.rule.value,
            "words": gate.words,
        }
        for gate in (() if rights is None else rights.gates)
    ]


def _notice_told(message: Message, target: Target) -> dict[str, Any]:
    """A notice about a story, and how it was found to mean it."""
    return {
        "received": _iso(message.arrival.received),
        "guid": message.item.guid,
        "asks": target.new_status.value,
        "sure": not target.suspected,
        "foundBy": target.evidence or "its id",
        "score": target.score,
        "substitute": target.substitute,
        "delivery": message.arrival.delivery,
    }


def fate_told(desk: Desk, name: str, fate: Fate) -> list[dict[str, Any]]:
    """One line for each item of a delivery, with its verdict; or why there is none."""
    base = {"file": name, "delivery": fate.id}
    if fate.state is FateState.dead:
        return [{**base, "error": fate.error}]
    found = (desk.store.story(story) for story in fate.stories)
    lines = [{**base, **told(story)} for story in found if story is not None]
    return lines + [{**base, "aside": aside} for aside in fate.aside]


def agency_of(house: House, source: str, agency: str | None) -> str:
    """Whose copy a source brings. Raises ValueError naming what is known."""
    if source not in house.sources:
        raise ValueError(f"no source {source!r}; known: {', '.join(sorted(house.sources))}")
    if agency == DRILL.id:
        raise ValueError(f"agency {DRILL.id} is the desk's own; name the agency whose copy it is")
    table = house.config.sources.get(source)
    return agency or (table.agency if table is not None else None) or "default"


def receive(
    desk: Desk, files: Sequence[Handed], *, source: str, agency: str | None, archive: bool
) -> list[tuple[str, str]]:
    """Keep files as deliveries; returns (file name, delivery id) in order."""
    named = agency_of(desk.house, source, agency)
    deliveries = [
        make(
            source=source,
            agency=named,
            data=file.data,
            received=desk.clock(),
            content_type=file.content_type,
            archive=archive,
        )
        for file in files
    ]
    desk.accept(deliveries)
    return [(file.name, d.id) for file, d in zip(files, deliveries, strict=True)]


def given(desk: Desk, story: str, kind: str, seen: str | None) -> Sight | None:
    """What a release or a review that is ordered now means; other decisions mean no words."""
    of_words = kind in (DecisionKind.release, DecisionKind.review)
    return desk.sight(story, seen) if of_words else None


class Orders:
    """The orders of a running desk."""

    def __init__(self, running: "Running") -> None:
        self._running = running
        self._desk = running.desk

    async def handle(self, request: Request) -> AsyncGenerator[Answer, None]:
        """Carry out one order; refusals are answers."""
        orders: dict[str, Callable[..., AsyncIterator[Answer]]] = {
            "decide": self._decide,
            "picture": self._picture,
            "receive": self._receive,
            "pause": self._pause,
            "resume": self._resume,
            "backup": self._backup,
            "retry": self._retry,
            "recall": self._recall,
            "undo": self._undo,
            "drill": self._drill,
            "dismiss": self._dismiss,
            "close": self._close,
            "report": self._report,
            "erase": self._erase,
            "people": self._people,
            "rules-save": self._rules_save,
            "rules-tried": self._rules_tried,
        }
        order = orders.get(request.order)
        if order is None:
            yield Answer(error=f"unknown order {request.order!r}; known: {', '.join(orders)}")
            return
        try:
            async for answer in order(**request.arguments):
                yield answer
        except (LookupError, ValueError, StoreError, OSError, TypeError) as error:
            yield Answer(error=str(error))

    async def _decide(
        self,
        story: str,
        kind: str,
        reason: str,
        by: str,
        seen: str | None = None,
        substitute: str | None = None,
    ) -> AsyncIterator[Answer]:
        # Now, and not when its turn comes: what arrives in between nobody has seen.
        before = await asyncio.to_thread(given, self._desk, story, kind, seen)
        decided = await self._running.thread.call(
            lambda: self._desk.decide(
                story,
                DecisionKind(kind),
                reason=reason,
                by=by,
                seen=before,
                substitute=substitute,
            )
        )
        finished = decided.face not in WITHDRAWN
        yield Answer(result=told(decided), last=finished)
        if finished:
            return
        async for answer in self._proof(decided):
            yield answer

    async def _erase(
        self, story: str, reason: str, by: str, editions: list[int]
    ) -> AsyncIterator[Answer]:
        order = Order(story=story, reason=Why(reason), by=by, editions=tuple(editions))
        async for answer in erase_orders.carried_out(self._running, order, self._proof):
            yield answer

    async def _picture(
        self, picture: str, kind: str, reason: str, by: str
    ) -> AsyncIterator[Answer]:
        names = await self._running.thread.call(
            lambda: decide_picture(self._desk, DecisionKind(kind), picture, reason=reason, by=by)
        )
        yield Answer(result=[told_picture(self._desk, name) for name in names], last=False)
        yield Answer(result={"clean": await proved(self._desk, names)})

    async def _proof(self, story: Story) -> AsyncIterator[Answer]:
        """The receipts of the withdrawal, as soon as every surface is clean.

        Of a story that was withdrawn already, and had nothing left to withdraw: that proof.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + _PATIENCE
        receipts: list[Receipt] = []
        while loop.time() < end:
            receipts = proof_of(story, self._desk.store.receipts(story.id))
            if receipts and all(receipt.clean for receipt in receipts):
                break
            await asyncio.sleep(_GLANCE)
        clean = bool(receipts) and all(receipt.clean for receipt in receipts)
        yield Answer(result={"clean": clean, "receipts": [receipt_told(r) for r in receipts]})

    async def _recall(
        self, stories: list[str], kind: str, reason: str, by: str, query: str
    ) -> AsyncIterator[Answer]:
        batch = await self._running.thread.call(
            lambda: self._desk.recalls.begin(
                stories, DecisionKind(kind), reason=reason, by=by, query=query
            )
        )
        async for answer in self._followed(batch.id):
            yield answer

    async def _undo(self, batch: str, reason: str, by: str) -> AsyncIterator[Answer]:
        undone = await self._running.thread.call(
            lambda: self._desk.recalls.undo(batch, reason=reason, by=by)
        )
        async for answer in self._followed(undone.id):
            yield answer

    async def _followed(self, id: str) -> AsyncIterator[Answer]:
        """How far a recall has come, until every public copy was seen to be as it should.

        Whoever asked may go away: the desk carries on, and `copytaster recall --list` tells.
        """
        self._running.thread.wake()
        while True:
            told = await asyncio.to_thread(self._desk.recalls.told, id)
            finished = told["owed"] <= told["failed"] and not told["pressing"]
            yield Answer(result=told, last=finished)
            if finished:
                return
            await asyncio.sleep(_STEP)

    async def _receive(
        self, files: list[dict[str, Any]], source: str, agency: str | None, archive: bool
    ) -> AsyncIterator[Answer]:
        handed = msgspec.convert(files, type=list[Handed])
        kept = await asyncio.to_thread(
            lambda: receive(self._desk, handed, source=source, agency=agency, archive=archive)
        )
        self._running.thread.wake()
        for number, (name, delivery) in enumerate(kept, start=1):
            fate = await self._fate(delivery)
            yield Answer(result=fate_told(self._desk, name, fate), last=number == len(kept))

    async def _fate(self, delivery: str) -> Fate:
        while True:
            fate = self._desk.store.fate(delivery)
            if fate is not None and fate.state is not FateState.waiting:
                return fate
            await asyncio.sleep(_GLANCE)

    async def _pause(self, source: str) -> AsyncIterator[Answer]:
        await self._running.thread.call(lambda: self._desk.pause(source))
        yield Answer(result={"paused": sorted(self._desk.paused)})

    async def _resume(self, source: str) -> AsyncIterator[Answer]:
        waited = await self._running.thread.call(lambda: self._desk.resume(source))
        yield Answer(result={"paused": sorted(self._desk.paused), "waited": waited})

    async def _backup(self, target: str) -> AsyncIterator[Answer]:
        await asyncio.to_thread(self._desk.store.backup, Path(target))
        yield Answer(result={"backup": target})

    async def _drill(self) -> AsyncIterator[Answer]:
        yield Answer(result=msgspec.to_builtins(await self._running.drill.run()))

    async def _dismiss(self, deliveries: list[str], why: str, by: str) -> AsyncIterator[Answer]:
        yield Answer(
            result=await self._running.thread.call(
                lambda: dismiss(self._desk, deliveries, why=why, by=by)
            )
        )

    async def _close(self, code: str, about: str | None, by: str) -> AsyncIterator[Answer]:
        yield Answer(result=close(self._running.alerts, code, about, by))

    async def _people(self, **order: Any) -> AsyncIterator[Answer]:
        given = msgspec.convert(order, type=people_orders.Order)
        yield Answer(result=await asyncio.to_thread(people_orders.carry_out, self._desk, given))

    async def _report(self, ticket: str, answer: str | None, close: bool) -> AsyncIterator[Answer]:
        told = await asyncio.to_thread(settle, self._desk, ticket, answer=answer, close=close)
        yield Answer(result=told)

    async def _rules_tried(self, kept: str) -> AsyncIterator[Answer]:
        await self._running.thread.call(lambda: keep_trials(self._desk.store, kept))
        yield Answer()

    async def _rules_save(self, **said: str) -> AsyncIterator[Answer]:
        rules, alerts = self._desk.rules, self._running.alerts
        await self._running.thread.call(lambda: rules.save(**said, alert=alerts))
        yield Answer()

    async def _retry(self, deliveries: list[str]) -> AsyncIterator[Answer]:
        retried = await self._running.thread.call(lambda: retry(self._desk, deliveries))
        self._running.thread.wake()
        for number, delivery in enumerate(retried, start=1):
            fate = await self._fate(delivery)
            yield Answer(result=fate_told(self._desk, delivery, fate), last=number == len(retried))
        if not retried:
            yield Answer(result=[])


def _is_raw_destroyed(desk: Desk, message: Message) -> bool:
    """Whether the bytes that brought it were destroyed, for it or for what came with it."""
    fate = desk.store.fate(message.arrival.delivery or "")
    return fate is not None and fate.erased is not None


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None


def _instant(moment: Any) -> datetime | None:
    return moment.instant if moment is not None else None
