"""The store in plain dictionaries: slow, forgetful, and short enough to be seen right."""

import hashlib
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from threading import RLock
from typing import Any
from typing import Concatenate
from typing import ParamSpec
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from copytaster import shelf
from copytaster.delivery import Delivery
from copytaster.finding import Finding
from copytaster.store import Acknowledgement
from copytaster.store import Batch
from copytaster.store import BatchProgress
from copytaster.store import Call
from copytaster.store import Called
from copytaster.store import Came
from copytaster.store import Correction
from copytaster.store import DeadLetter
from copytaster.store import Deed
from copytaster.store import Dismissal
from copytaster.store import DrillFigures
from copytaster.store import Edition
from copytaster.store import Event
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Fate
from copytaster.store import FateState
from copytaster.store import Filing
from copytaster.store import History
from copytaster.store import Invitation
from copytaster.store import Judged
from copytaster.store import Link
from copytaster.store import Listed
from copytaster.store import ListQuery
from copytaster.store import Mapped
from copytaster.store import Moved
from copytaster.store import Opening
from copytaster.store import Past
from copytaster.store import Person
from copytaster.store import Picture
from copytaster.store import PictureKill
from copytaster.store import Preset
from copytaster.store import PressWork
from copytaster.store import Reach
from copytaster.store import Receipt
from copytaster.store import Remark
from copytaster.store import ReportFate
from copytaster.store import Said
from copytaster.store import SearchQuery
from copytaster.store import Session
from copytaster.store import Shingled
from copytaster.store import SitemapPart
from copytaster.store import Sought
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.store import StoryPicture
from copytaster.store import Taken
from copytaster.store import Token
from copytaster.store import Twin as OtherStory
from copytaster.store import WorkKind
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import State
from copytaster.story import is_said_anew
from tests.store.twin_calls import TwinCalls
from tests.store.twin_erasures import TwinErasures
from tests.store.twin_figures import TwinFigures
from tests.store.twin_log import Entry
from tests.store.twin_log import TwinLog
from tests.store.twin_outbox import TwinOutbox
from tests.store.twin_patrol import PatrolTwin
from tests.store.twin_people import TwinPeople
from tests.store.twin_pictures import TwinPictures
from tests.store.twin_presets import TwinPresets
from tests.store.twin_remarks import TwinRemarks
from tests.store.twin_reports import TwinReports
from tests.store.twin_search import Filed
from tests.store.twin_search import filed
from tests.store.twin_search import found_by
from tests.store.twin_search import saying
from tests.store.twin_search import spoken
from tests.store.twin_told import TwinTold
from tests.store.twin_twins import TwinTwins
from tests.store.twin_window import TwinWindow
from tests.store.twin_wire import TwinWire

EVER = datetime(1970, 1, 1, tzinfo=UTC)
NOTICES = {Face.hold, Face.gone, Face.legal}
WITHDRAWALS = {EventKind.held, EventKind.killed, EventKind.erased}
PUBLIC_FACTS = ("face", "face_changed", "first_public", "edition", "language", "shelves")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Args = ParamSpec("Args")
Result = TypeVar("Result")


def _contents(edition: Edition) -> tuple[str, ...]:
    return (edition.content_hash, *edition.parts)


class Kept:
    """All that is kept; a transaction works on a copy of it."""

    def __init__(self) -> None:
        self.deliveries: dict[str, Delivery] = {}
        self.fates: dict[str, Fate] = {}
        self.stories: dict[str, Story] = {}
        self.messages: dict[str, list[Message]] = {}
        self.decisions: dict[str, list[Decision]] = {}
        self.editions: dict[str, dict[int, Edition]] = {}
        self.events: list[Event] = []
        self.verdicts: list[Judged] = []
        self.work: dict[str, PressWork] = {}
        self.receipts: dict[tuple[object, ...], Receipt] = {}
        self.parts: dict[int, datetime] = {}
        self.batches: dict[str, Batch] = {}
        self.decided: dict[str, dict[str, bool]] = {}
        self.owed: dict[str, dict[str, bool]] = {}
        self.names: dict[str, dict[int, tuple[datetime, datetime]]] = {}
        self.notices: dict[tuple[str, str], tuple[Sought, ...]] = {}
        self.links: dict[tuple[str, str], dict[str, datetime]] = {}
        self.pictures: dict[str, Picture] = {}
        self.hung: dict[str, list[StoryPicture]] = {}
        self.kills: dict[str, PictureKill] = {}
        self.states: dict[str, bytes] = {}
        self.settings: dict[str, str] = {}
        self.findings: list[Finding] = []
        self.acknowledgements: dict[tuple[object, ...], Acknowledgement] = {}
        self.calls: dict[int, Call] = {}
        self.filed: dict[str, Filed] = {}
        self.told: dict[str, tuple[int, ...]] = {}
        """by story: which of its messages it consists of"""
        self.places: dict[str, int] = {}
        self.last_told = 0
        self.last_call = 0
        self.log: list[Entry] = []
        self.openings: dict[int, Opening] = {}
        self.feeds: dict[str, int] = {}
        self.reports: list[ReportFate] = []
        self.persons: dict[str, Person] = {}
        self.sessions: dict[str, Session] = {}
        self.tokens: dict[str, Token] = {}
        self.invitations: dict[str, Invitation] = {}
        self.deeds: list[Deed] = []
        self.remarks: list[Remark] = []
        self.presets: dict[int, Preset] = {}
        self.last_preset = 0
        self.twins: dict[tuple[str, str], OtherStory] = {}
        self.window: dict[tuple[str, str], Shingled] = {}
        self.wire: dict[str, tuple[int, datetime]] = {}
        self.last_wired = 0
        self.erased: dict[tuple[str, str], str] = {}
        """by agency and guid: the story of which nothing else is kept"""
        self.counted: dict[tuple[str, int, str, str], int] = {}
        """by source, hour, what and kind"""
        self.drill_figures: dict[datetime, DrillFigures] = {}
        self.last_event = 0
        self.sequence = 0
        self.amended = 0

    def copied(self) -> "Kept":
        new = Kept()
        for name, value in vars(self).items():
            setattr(new, name, _copied(value))
        return new


def _copied(value: Any) -> Any:
    """The containers anew; the records in them never change."""
    if isinstance(value, dict):
        return {key: _copied(member) for key, member in value.items()}
    return list(value) if isinstance(value, list) else value


def whole(
    deed: "Callable[Concatenate[Twin, Args], Result]",
) -> "Callable[Concatenate[Twin, Args], Result]":
    """All of the deed is kept, or nothing; one deed at a time."""

    def done(self: "Twin", /, *args: Args.args, **named: Args.kwargs) -> Result:
        with self.turn:
            before, self.kept = self.kept, self.kept.copied()
            try:
                return deed(self, *args, **named)
            except BaseException:
                self.kept = before
                raise

    return done


class Twin(PatrolTwin):
    """:class:`copytaster.store.Store`, without a file."""

    def __init__(self) -> None:
        self.turn = RLock()
        self.kept = Kept()
        self.pictures = TwinPictures(self)
        self.outbox = TwinOutbox(self)
        self.calls = TwinCalls(self)
        self.reports = TwinReports(self)
        self.people = TwinPeople(self)
        self.remarks = TwinRemarks(self)
        self.presets = TwinPresets(self)
        self.log = TwinLog(self)
        self.erasures = TwinErasures(self)
        self.twins = TwinTwins(self)
        self.wire = TwinWire(self)
        self.window = TwinWindow(self)
        self.told = TwinTold(self)
        self.figures = TwinFigures(self)

    # --- deliveries ------------------------------------------------------------------------

    @whole
    def keep(self, deliveries: Sequence[Delivery]) -> None:
        for one in deliveries:
            if hashlib.sha256(one.data).hexdigest() != one.sha256:
                raise ValueError(f"{one.id}: other bytes")
            if one.id in self.kept.deliveries:
                raise ValueError(f"delivery {one.id} is kept already")
            self.kept.deliveries[one.id] = one
            self.kept.fates[one.id] = Fate(
                id=one.id, state=FateState.waiting, received=one.received
            )

    def delivery(self, id: str) -> Delivery | None:
        fate = self.kept.fates.get(id)
        return self.kept.deliveries[id] if fate is not None and fate.erased is None else None

    def waiting(self, limit: int) -> list[Delivery]:
        waiting = [self.kept.deliveries[id] for id in self._in_state(FateState.waiting)]
        return sorted(waiting, key=lambda d: (not d.urgent, d.received))[:limit]

    def _in_state(self, state: FateState) -> list[str]:
        return [id for id, fate in self.kept.fates.items() if fate.state is state]

    def fate(self, id: str) -> Fate | None:
        return self.kept.fates.get(id)

    def dead_letters(self, limit: int = 100) -> list[DeadLetter]:
        dead = sorted(
            self._in_state(FateState.dead), key=list(self.kept.deliveries).index, reverse=True
        )
        return [self._dead_letter(id) for id in dead][:limit]

    def _dead_letter(self, id: str) -> DeadLetter:
        one, fate = self.kept.deliveries[id], self.kept.fates[id]
        assert fate.error is not None
        return DeadLetter(
            delivery=id,
            source=one.source,
            agency=one.agency,
            received=one.received,
            error=fate.error,
            attempts=fate.attempts,
        )

    @whole
    def retry(self, delivery: str) -> bool:
        fate = self.kept.fates.get(delivery)
        if fate is None or fate.erased is not None:
            return False
        if fate.state is not FateState.dead and fate.dismissed is None:
            return False
        again = replace(fate, state=FateState.waiting, error=None, dismissed=None)
        self.kept.fates[delivery] = again
        return True

    def dead_sources(self) -> list[str]:
        return sorted({self.kept.deliveries[id].source for id in self._in_state(FateState.dead)})

    def came(self, source: str, since: datetime) -> Came:
        found = sorted(d.received for d in self.kept.deliveries.values() if d.source == source)
        hours = Counter(
            one.replace(minute=0, second=0, microsecond=0) for one in found if one >= since
        )
        ends = (found[0], found[-1]) if found else (None, None)
        return Came(first=ends[0], last=ends[1], hours=dict(sorted(hours.items())))

    @whole
    def dismiss(self, delivery: str, dismissal: Dismissal) -> bool:
        if delivery not in self._in_state(FateState.dead):
            return False
        fate = self.kept.fates[delivery]
        self.kept.fates[delivery] = replace(fate, state=FateState.taken, dismissed=dismissal)
        return True

    # --- stories ---------------------------------------------------------------------------

    @whole
    def commit(
        self,
        changes: Sequence[StoryChange],
        taken: Sequence[Taken] = (),
        calls: Sequence[Call] = (),
    ) -> int:
        for change in changes:
            self._refuse_other_stories(change)
        live = {id for id, story in self.kept.stories.items() if story.face is Face.live}
        moved = [c.story.id for c in changes if not self._applied(c)]
        if moved:
            raise Moved(moved)
        for change in changes:
            self._link(change)
            self.twins.write(change, was_live=change.story.id in live)
        for one in taken:
            self._take(one)
        self.calls.owe(calls)
        return self.kept.sequence

    def _link(self, change: StoryChange) -> None:
        for link in change.links:
            began = self.kept.links.setdefault((change.story.agency, link.chain), {})
            if link.story not in began or link.began < began[link.story]:
                began[link.story] = link.began
                self._wake_all(began if len(began) > 1 else ())

    def _wake_all(self, ids: Iterable[str]) -> None:
        for story in [self.kept.stories[id] for id in ids]:
            if story.look_again is not None:
                self.kept.stories[story.id] = replace(story, look_again=EPOCH)

    def _refuse_other_stories(self, change: StoryChange) -> None:
        parts = [*change.events, *change.leaves, *change.links]
        parts += filter(None, (change.edition, change.work, change.judged, change.filing))
        parts += [*(change.pictures or ()), *(change.twins or ())]
        if any(part.story != change.story.id for part in parts):
            raise ValueError(f"{change.story.id} has parts of another story")

    def _applied(self, change: StoryChange) -> bool:
        new = change.story
        old = self.kept.stories.get(new.id)
        if old is None and (new.revision or self.history(new.agency, new.guid).story):
            return False
        if old is not None and old.revision != new.revision:
            return False
        _refuse_missing_instants(new)
        highest = max((one.number for one in self.kept.stories.values()), default=0)
        number = old.number if old else highest + 1
        guid = old.guid if old else new.guid
        new = replace(new, revision=new.revision + 1, number=number, guid=guid)
        self.kept.stories[new.id] = new
        self._note_part(old, new)
        self._write_parts(change)
        is_moved = change.twins is not None or self._looks_different(old, new)
        if change.events or change.edition or is_moved:
            self.kept.sequence += 1
            if not self._only_adds(old, change):
                self.kept.amended = self.kept.sequence
        return True

    def _only_adds(self, old: Story | None, change: StoryChange) -> bool:
        unseen = old is None or old.face is Face.none
        return unseen and {event.kind for event in change.events} <= {EventKind.published}

    def _looks_different(self, old: Story | None, new: Story) -> bool:
        if old is None:
            return new.face is not Face.none
        return any(getattr(old, fact) != getattr(new, fact) for fact in PUBLIC_FACTS)

    def _note_part(self, old: Story | None, new: Story) -> None:
        was_live = old is not None and _is_live(old)
        changed = new.face_changed or (old.face_changed if old else None)
        if changed and (was_live or _is_live(new)):
            part = new.number // 1000
            self.kept.parts[part] = max(self.kept.parts.get(part, changed), changed)

    def _write_parts(self, change: StoryChange) -> None:
        id = change.story.id
        for message in change.messages:
            self._keep_message(id, message)
        for decision in change.decisions:
            known = self.kept.decisions.setdefault(id, [])
            if all((d.at, d.id) != (decision.at, decision.id) for d in known):
                known.append(decision)
                self._decided(id, decision)
        if change.edition:
            editions = self.kept.editions.setdefault(id, {})
            before = editions.get(change.edition.number)
            if before and _contents(before) != _contents(change.edition):
                raise ValueError(f"edition {before.number} of {id} was public")
            editions[change.edition.number] = change.edition
        names = self.kept.names.setdefault(id, {})
        for name in change.names:
            first, last = names.get(name.name, (name.first, name.last))
            names[name.name] = (min(first, name.first), max(last, name.last))
        for seeking in change.seeking:
            known = self.kept.notices.get((id, seeking.content_hash), ())
            new = [s for s in seeking.sought if s.name not in {one.name for one in known}]
            self.kept.notices[id, seeking.content_hash] = (*known, *new)
        for event in change.events:
            self.kept.last_event += 1
            self.kept.events.append(replace(event, sequence=self.kept.last_event))
        self.log.write(id, change.leaves)
        if change.judged:
            self.kept.verdicts.append(change.judged)
        self._file(id, change.filing)
        self.told.write(change)
        if change.work:
            self._owe(change.work)
        self.pictures.write(change)
        self.wire.write(change)

    def _file(self, id: str, filing: Filing | None) -> None:
        story = self.kept.stories[id]
        if not _is_live(story):
            self.kept.filed.pop(id, None)
        elif filing is not None:
            editions = self.kept.editions.get(id, {})
            if story.edition in editions:
                newest = replace(editions[story.edition], entry=filing.entry)
                editions[story.edition] = newest
            self.kept.filed[id] = filed(story, filing)

    def _keep_message(self, id: str, message: Message) -> None:
        known = self.kept.messages.setdefault(id, [])
        if all(_identity(one) != _identity(message) for one in known):
            known.append(message)

    def owe_page(self, story: str, since: datetime) -> None:
        """Unless something is owed to it anyway."""
        page = PressWork(story=story, kind=WorkKind.publish, since=since)
        self.kept.work.setdefault(story, page)

    def _owe(self, work: PressWork) -> None:
        owed = self.kept.work.get(work.story)
        if owed:
            next_instant = owed.since + timedelta(microseconds=1)
            if self._is_still_owed(owed, work):
                bulk = owed.bulk and work.bulk
                work = replace(work, kind=owed.kind, since=next_instant, bulk=bulk)
            else:
                work = replace(work, since=max(work.since, next_instant))
        self.kept.work[work.story] = work

    def _is_still_owed(self, owed: PressWork, newer: PressWork) -> bool:
        return (owed.kind, newer.kind) == (WorkKind.withdraw, WorkKind.publish) and any(
            event.kind is EventKind.withdrawn
            for event in self.kept.events
            if event.story == owed.story
        )

    def _take(self, taken: Taken) -> None:
        fate = self.kept.fates.get(taken.delivery)
        if fate is None:
            raise ValueError(f"no delivery {taken.delivery}")
        self.kept.fates[taken.delivery] = replace(
            fate,
            state=FateState.dead if taken.error is not None else FateState.taken,
            stories=taken.stories,
            aside=taken.aside,
            error=taken.error,
            attempts=fate.attempts + (taken.error is not None),
        )
        self.figures.count(taken)

    def history(self, agency: str, guid: str) -> History:
        if (agency, guid) in self.kept.erased:
            history = self.history_of(self.kept.erased[agency, guid])
            return replace(history, story=history.story and replace(history.story, guid=guid))
        found = [s for s in self.kept.stories.values() if (s.agency, s.guid) == (agency, guid)]
        return self.history_of(found[0].id) if found else History(story=None)

    def history_of(self, story: str) -> History:
        with self.turn:
            return History(
                story=self.kept.stories.get(story),
                messages=tuple(self.kept.messages.get(story, ())),
                decisions=tuple(
                    sorted(self.kept.decisions.get(story, ()), key=lambda d: (d.at, d.id))
                ),
            )

    def story(self, id: str) -> Story | None:
        return self.kept.stories.get(id)

    def editions(self, story: str) -> list[Edition]:
        return [one for _, one in sorted(self.kept.editions.get(story, {}).items())]

    def edition(self, story: str, number: int) -> Edition | None:
        return self.kept.editions.get(story, {}).get(number)

    def note(self, story: str, number: int, notes: bytes) -> None:
        found = self.kept.editions.get(story, {})
        if number in found:
            found[number] = replace(found[number], notes=notes)

    def item_of(self, story: str, content_hash: str) -> Message | None:
        found = [
            one
            for one in self.kept.messages.get(story, ())
            if one.item.content_hash == content_hash
        ]
        versions = [one for one in found if one.target is None]
        return (versions or found or [None])[-1]

    def named(self, sought: Sequence[Sought], limit: int = 100) -> list[str]:
        found = []
        for id, names in self.kept.names.items():
            lasts = [
                names[one.name][1]
                for one in sought
                if one.name in names
                and names[one.name][1] >= one.since
                and names[one.name][0] <= one.until
            ]
            if lasts:
                found.append((-max(lasts).timestamp(), self.kept.stories[id].number, id))
        return [id for _, _, id in sorted(found)][:limit]

    def seeking(self, names: Sequence[Called], limit: int = 100) -> list[tuple[str, str]]:
        found = [
            notice
            for notice, sought in self.kept.notices.items()
            if any(
                one.name == name.name and one.since <= name.last and one.until >= name.first
                for one in sought
                for name in names
            )
        ]
        return found[:limit]

    def events(self, *, story: str | None = None, since: int = 0, limit: int = 1000) -> list[Event]:
        found = [e for e in self.kept.events if e.sequence > since and story in {None, e.story}]
        return found[:limit]

    def verdicts(self, story: str) -> list[Judged]:
        return [one for one in self.kept.verdicts if one.story == story]

    def due(self, now: datetime, limit: int = 1000) -> list[str]:
        ringing = [s for s in self._timed() if s.look_again <= now]
        return [story.id for story in ringing[:limit]]

    def next_due(self) -> datetime | None:
        timed = self._timed()
        return timed[0].look_again if timed else None

    def _timed(self) -> list[Any]:
        timed = [s for s in self.kept.stories.values() if s.look_again is not None]
        return sorted(timed, key=lambda s: (s.look_again, s.number))

    def chain(self, agency: str, chain: str) -> list[Link]:
        began = self.kept.links.get((agency, chain), {})
        stories = sorted((self.kept.stories[id] for id in began), key=lambda s: s.number)
        links = [
            Link(story=s.id, chain=chain, began=began[s.id], first_public=s.first_public)
            for s in stories
        ]
        return sorted(links, key=lambda link: link.began)

    def kept_agencies(self) -> list[str]:
        return sorted({story.agency for story in self.kept.stories.values()})

    @whole
    def wake(self, agency: str, at: datetime) -> None:
        for story in [s for s in self.kept.stories.values() if s.agency == agency]:
            if story.face is Face.live and story.id not in self.kept.work:
                work = PressWork(story=story.id, kind=WorkKind.publish, since=at)
                self.kept.work[story.id] = work
            if story.state is not State.killed:
                self.kept.stories[story.id] = replace(story, look_again=at)

    # --- press and proof -------------------------------------------------------------------

    def work(self, now: datetime, limit: int) -> list[PressWork]:
        return sorted(self._work_due(now, bulk=False), key=self._turn_of)[:limit]

    def work_in_bulk(self, now: datetime, limit: int) -> list[PressWork]:
        due = self._work_due(now, bulk=True)
        return sorted(due, key=lambda w: (w.due or EVER, w.since, self._number_of(w)))[:limit]

    def _work_due(self, now: datetime, *, bulk: bool) -> list[PressWork]:
        owed = [w for w in self.kept.work.values() if w.bulk is bulk]
        far = now + timedelta(minutes=10)
        return [w for w in owed if w.due is None or not now < w.due <= far]

    def _number_of(self, work: PressWork) -> int:
        return self.kept.stories[work.story].number

    def unpressed(self, story: str) -> bool:
        owed = self.kept.work.get(story)
        return owed is not None and owed.attempts == 0

    def _turn_of(self, work: PressWork) -> tuple[object, ...]:
        return (work.kind is not WorkKind.withdraw, work.since, self._number_of(work))

    @whole
    def work_done(self, done: Sequence[PressWork]) -> None:
        for work in done:
            if self._is_owed(work):
                del self.kept.work[work.story]

    @whole
    def work_failed(self, work: PressWork, due: datetime) -> None:
        if self._is_owed(work):
            owed = self.kept.work[work.story]
            self.kept.work[work.story] = replace(owed, attempts=owed.attempts + 1, due=due)

    def work_put_off(self, work: Sequence[PressWork], due: datetime) -> None:
        for one in work:
            self.work_failed(one, due)

    def _is_owed(self, work: PressWork) -> bool:
        owed = self.kept.work.get(work.story)
        return owed is not None and (owed.kind, owed.since) == (work.kind, work.since)

    @whole
    def note_receipts(self, receipts: Sequence[Receipt]) -> None:
        for one in receipts:
            if one.story not in self.kept.stories:
                raise ValueError(f"no story {one.story}")
            key = (one.story, one.address, one.kind, one.since)
            known = self.kept.receipts.get(key)
            if known is None or one.seen >= known.seen:
                self.kept.receipts[key] = _looked(known, one)

    def receipts(self, story: str) -> list[Receipt]:
        found = [one for one in self.kept.receipts.values() if one.story == story]
        return sorted(found, key=lambda r: (r.since, r.seen, r.address, r.kind))

    # --- batches ---------------------------------------------------------------------------

    @whole
    def keep_batch(self, batch: Batch, stories: Sequence[str]) -> None:
        if batch.id in self.kept.batches or set(stories) - set(self.kept.stories):
            raise ValueError(f"batch {batch.id}")
        if len(set(stories)) != len(stories):
            raise ValueError(f"batch {batch.id} names a story twice")
        self.kept.batches[batch.id] = batch
        self.kept.decided[batch.id] = dict.fromkeys(stories, False)
        self.kept.owed[batch.id] = dict.fromkeys(stories, True)

    def _decided(self, id: str, decision: Decision) -> None:
        if id in self.kept.owed.get(decision.batch or "", {}):
            self.kept.owed[decision.batch][id] = False
            self.kept.decided[decision.batch][id] = decision.kind is not DecisionKind.undo

    @whole
    def undo_batch(self, id: str, *, at: datetime, by: str, reason: str) -> bool:
        batch = self.kept.batches.get(id)
        if batch is None or batch.undone_at is not None:
            return False
        self.kept.batches[id] = replace(batch, undone_at=at, undone_by=by, undone_reason=reason)
        self.kept.owed[id] = dict(self.kept.decided[id])
        return True

    def batch(self, id: str) -> Batch | None:
        return self.kept.batches.get(id)

    def batches(self, limit: int = 100) -> list[Batch]:
        return list(self.kept.batches.values())[::-1][:limit]

    def batches_owed(self) -> list[Batch]:
        return [one for one in self.kept.batches.values() if any(self.kept.owed[one.id].values())]

    def batch_owed(self, id: str, limit: int, after: int = 0) -> list[tuple[str, int]]:
        owed = [story for story, is_owed in self.kept.owed.get(id, {}).items() if is_owed]
        numbered = sorted((self.kept.stories[story].number, story) for story in owed)
        return [(story, number) for number, story in numbered if number > after][:limit]

    def batch_stories(self, id: str, limit: int, after: int = 0) -> list[tuple[str, int]]:
        known = [self.kept.stories[story] for story in self.kept.owed.get(id, {})]
        numbered = sorted((story.number, story.id) for story in known)
        return [(story, number) for number, story in numbered if number > after][:limit]

    def batch_progress(self, id: str) -> BatchProgress:
        decided, owed = self.kept.decided.get(id, {}), self.kept.owed.get(id, {})
        work = (self.kept.work.get(story) for story in owed)
        return BatchProgress(
            stories=len(owed),
            decided=sum(decided.values()),
            owed=sum(owed.values()),
            pressing=sum(one is not None and one.bulk for one in work),
        )

    def past_of(self, story: str) -> Past | None:
        known = self.kept.stories.get(story)
        return None if known is None else self._past(known)

    def past(self, reach: Reach) -> list[Past]:
        stories = sorted(self.kept.stories.values(), key=lambda story: story.number)
        found = [story for story in stories if story.number > reach.after]
        return [self._past(story) for story in found if self._is_in(story, reach)][: reach.limit]

    def _is_in(self, story: Story, reach: Reach) -> bool:
        came = [message.arrival for message in self.kept.messages.get(story.id, ())]
        return (
            (reach.agencies is None or story.agency in reach.agencies)
            and (reach.sources is None or any(one.source in reach.sources for one in came))
            and (reach.since is None or any(one.received >= reach.since for one in came))
            and (reach.until is None or any(one.received < reach.until for one in came))
        )

    def _past(self, story: Story) -> Past:
        return Past(
            story=story,
            messages=tuple(self.kept.messages.get(story.id, ())),
            shown=frozenset(
                content
                for one in self.editions(story.id)
                for content in (one.content_hash, *one.parts)
            ),
        )

    # --- lists -----------------------------------------------------------------------------

    def front(self, query: ListQuery) -> list[Listed]:
        found = [s for s in self.kept.stories.values() if _is_live(s)]
        return self._page(query, found, lambda story: (story.first_public, story.number))

    def feed(self, query: ListQuery) -> list[Listed]:
        found = [
            story
            for story in self.kept.stories.values()
            if _is_live(story) or _is_notice(story, query.notices_since)
        ]
        return self._page(query, found, lambda story: (story.face_changed, story.number))

    def _page(
        self, query: ListQuery, found: Iterable[Story], place: Callable[[Story], Any]
    ) -> list[Listed]:
        wanted = [
            story
            for story in found
            if query.shelf is None or query.shelf in story.shelves
            if query.agency in {None, story.agency}
            if query.before is None or place(story) < query.before
        ]
        return self.listed(sorted(wanted, key=place, reverse=True)[: query.limit])

    def listed(self, stories: Iterable[Story]) -> list[Listed]:
        listed = []
        for story in stories:
            made = self.edition(story.id, story.edition) if _is_live(story) else None
            listed.append(Listed(story=story, entry=made.entry if made else None))
        return listed

    def corrections(
        self, *, story: str | None = None, before: int | None = None, limit: int = 30
    ) -> list[Correction]:
        found = [
            self._correction(event)
            for event in reversed(self.kept.events)
            if self._is_listed(event)
            if story in {None, event.story}
            if before is None or event.sequence < before
        ]
        return found[:limit]

    def _is_listed(self, event: Event) -> bool:
        if self.kept.stories[event.story].drill:
            return False
        if event.kind is EventKind.updated:
            return event.reason in {"correction", "refile"}
        if event.kind is EventKind.withdrawn:
            return True
        own = [
            one
            for one in self.kept.events
            if one.story == event.story
            and (one.kind is not EventKind.erased or one.edition is None)
        ]
        return event.kind in WITHDRAWALS and event in own[-1:]

    def _correction(self, event: Event) -> Correction:
        (listed,) = self.listed([self.kept.stories[event.story]])
        return Correction(event=event, story=listed.story, entry=listed.entry)

    def sitemap(self) -> list[SitemapPart]:
        parts = [
            SitemapPart(number=number, changed=changed, stories=len(self.sitemap_part(number)))
            for number, changed in sorted(self.kept.parts.items())
        ]
        return [part for part in parts if part.stories]

    def sitemap_part(self, number: int) -> list[Mapped]:
        stories = sorted(self.kept.stories.values(), key=lambda story: story.number)
        return [
            Mapped(story=s.id, agency=s.agency, changed=s.face_changed)
            for s in stories
            if _is_live(s) and s.number // 1000 == number
        ]

    def recent(self, since: datetime, limit: int = 1000) -> list[Listed]:
        front = self.front(ListQuery(limit=limit))
        return [one for one in front if one.story.first_public >= since]

    def elsewhere(self, agency: str, since: datetime, limit: int) -> list[str]:
        others = [one.story for one in self.recent(since, 10**9) if one.story.agency != agency]
        return [story.id for story in others[:limit]]

    def agencies(self) -> list[str]:
        return sorted({s.agency for s in self.kept.stories.values() if _is_live(s)})

    def shelves(self, kind: str, *, after: str = "", limit: int = 1000) -> list[str]:
        live = [s for s in self.kept.stories.values() if _is_live(s)]
        found = sorted({code for story in live for code in shelf.codes(kind, story.shelves)})
        return [code for code in found if code > after][:limit]

    def search(self, query: SearchQuery) -> list[Listed]:
        return self.listed(found_by(query, self.kept)[: query.limit])

    def count_found(self, query: SearchQuery, most: int) -> int:
        return len(found_by(replace(query, before=None), self.kept)[:most])

    def spoken(self, phrases: Sequence[str]) -> dict[str, int]:
        return spoken(phrases, self.kept)

    def saying(
        self,
        phrases: Sequence[str],
        since: datetime,
        until: datetime,
        *,
        besides: str,
        limit: int = 50,
    ) -> list[Said]:
        return saying(phrases, since, until, besides, self.kept)[:limit]

    def counts(self) -> dict[str, int]:
        counts = {state.value: 0 for state in State}
        for story in self.kept.stories.values():
            counts[story.state.value] += not story.drill
        return counts | {
            "waiting": len(self._in_state(FateState.waiting)),
            "dead": len(self._in_state(FateState.dead)),
            "work": len(self.kept.work),
        }

    # --- sources and settings --------------------------------------------------------------

    def source_state(self, source: str) -> bytes | None:
        return self.kept.states.get(source)

    @whole
    def keep_source_state(self, source: str, state: bytes) -> None:
        self.kept.states[source] = state

    def setting(self, key: str) -> str | None:
        return self.kept.settings.get(key)

    @whole
    def keep_setting(self, key: str, value: str | None) -> None:
        self.kept.settings.pop(key, None)
        if value is not None:
            self.kept.settings[key] = value

    @property
    def sequence(self) -> int:
        return self.kept.sequence

    @property
    def amended(self) -> int:
        return self.kept.amended

    def backup(self, target: Path) -> None:
        raise NotImplementedError("a twin has no files")

    def check(self) -> list[str]:
        return []

    def close(self) -> None:
        """Nothing is held."""


def _looked(known: Receipt | None, one: Receipt) -> Receipt:
    dirty = one if not one.clean else None
    looks = known.looks + (one.seen > known.seen) if known else 1
    return replace(
        one,
        looks=looks,
        dirty_seen=dirty.seen if dirty else known and known.dirty_seen,
        dirty_detail=dirty.detail if dirty else known and known.dirty_detail,
    )


def _refuse_missing_instants(story: Story) -> None:
    if story.face is not Face.none and story.face_changed is None:
        raise ValueError("a public face has the instant it changed")
    if story.face is Face.live and story.first_public is None:
        raise ValueError("a live story has the instant it was first public")


def _is_live(story: Story) -> bool:
    return story.face is Face.live and not story.drill


def _is_notice(story: Story, since: datetime | None) -> bool:
    return (
        since is not None
        and story.face in NOTICES
        and not story.drill
        and story.face_changed is not None
        and story.face_changed >= since
    )


def _identity(message: Message) -> tuple[object, ...]:
    item = message.item
    dated = item.version_created.raw if item.version_created else None
    target = msgspec.json.encode(message.target)
    guid = item.guid if message.target is not None else None
    anew = message.arrival.received if is_said_anew(message) else None
    return (target, item.content_hash, item.version, dated, message.arrival.seen, guid, anew)
