"""What the press owes, carried out: files written, checked, or replaced by a notice."""

import logging
import threading
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import datetime
from datetime import timedelta

from copytaster import press
from copytaster.channels import SiteFolder
from copytaster.channels.site import names
from copytaster.newsroom import _facts
from copytaster.newsroom import licence
from copytaster.newsroom._beside import beside
from copytaster.newsroom._corrections import Corrections
from copytaster.newsroom._made_from import items_of
from copytaster.newsroom._ruling import Ruling
from copytaster.newsroom.house import House
from copytaster.press import Beside
from copytaster.press import CorrectionLine
from copytaster.press import NoticeFacts
from copytaster.store import Correction
from copytaster.store import Edition
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import PressWork
from copytaster.store import Receipt
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.store import StoryPicture
from copytaster.store import WorkKind
from copytaster.verdict.parts import put_together

log = logging.getLogger("copytaster.press")

RETRY = timedelta(seconds=30)
"""a withdrawal that was not proved by then is pressed and proved again"""

BULK_RETRY = timedelta(minutes=5)
"""the same for a withdrawal that is one of thousands"""

Files = Mapping[str, bytes]


class Pressroom:
    """Writes the files of one site."""

    def __init__(self, house: House, store: Store, folder: SiteFolder) -> None:
        self._house = house
        self._store = store
        self.folder = folder
        self._lock = threading.Lock()
        self._made: dict[str, tuple[int, Files]] = {}
        """by story: the edition made while ruling, until it is written"""
        self._corrections = Corrections(house, store)

    def expect(self, rulings: Iterable[Ruling], kept: Iterable[StoryChange]) -> None:
        """Keep the pages made while ruling, so that they are not made twice; but those of stories
        that have twins, which nobody knew then."""
        beside = {change.story.id for change in kept if change.twins}
        with self._lock:
            for ruling in rulings:
                story = ruling.change.story
                if ruling.pressed is not None and story.id not in beside:
                    self._made[story.id] = (story.edition, ruling.pressed.files)

    @contextmanager
    def shutting(self, changes: Iterable[StoryChange]) -> Iterator[None]:
        """File servers leave to the desk, from before the block on, what a commit within it takes
        back of stories: from the commit on it is served by nobody, however late the press is.

        Nobody can press while the block lasts. Where it raises, all is as it was.
        """
        stories = [c.story.id for c in changes if c.work and c.work.kind is WorkKind.withdraw]
        if not stories:
            yield
            return
        with self._lock:
            opened = [id for id in stories if self.folder.is_open(id)]
            for id in stories:
                self.folder.shut(id)
            try:
                yield
            except BaseException:
                self._reopen(opened)
                raise

    @contextmanager
    def taking_down(self, stories: Iterable[str]) -> Iterator[None]:
        """The newest pages of these stories are gone from before the block, in which pictures
        beside them are taken back. Each is made again, without them, when it is pressed or asked
        for: whatever happens in between, none shows them."""
        with self._lock:
            for id in stories:
                story = self._store.story(id)
                if story is not None and story.face is Face.live:
                    self._made.pop(id, None)
                    self.folder.shut(id)
                    self.folder.discard(id, story.edition)
            yield

    def _reopen(self, stories: Iterable[str]) -> None:
        for id in stories:
            story = self._store.story(id)
            if story is not None and story.face is Face.live:
                self.folder.open(id, story.edition)

    def erase(self, id: str) -> None:
        """Destroy every file of a story that was taken down, also what no list of the store's
        names; its notice is made again."""
        with self._lock:
            self._made.pop(id, None)
            self._corrections.forget(id)
            self.folder.erase(id)
            story = self._store.story(id)
            if story is not None and story.face is not Face.none:
                self._withdraw(story)

    def press_again(self, id: str) -> None:
        """Press a live story's newest edition anew, before anything that waits: its pictures
        are others now."""
        with self._lock:
            story = self._store.story(id)
            self._made.pop(id, None)
            if story is not None and story.face is Face.live:
                self._publish(story)

    def press(self, now: datetime, limit: int) -> list[PressWork]:
        """Carry out what is due; returns what was carried out. One failure stalls nothing.

        A publication is done when its files are written and checked. A withdrawal stays due
        until it is proved (``Desk.proved``), and comes again after :data:`RETRY`.
        """
        return self._press(self._store.work(now, limit), now, RETRY)

    def press_in_bulk(self, now: datetime, limit: int) -> list[PressWork]:
        """The same for the work of batches; a withdrawal comes again after
        :data:`BULK_RETRY`."""
        return self._press(self._store.work_in_bulk(now, limit), now, BULK_RETRY)

    def _press(self, owed: Sequence[PressWork], now: datetime, retry: timedelta) -> list[PressWork]:
        carried: list[PressWork] = []
        receipts: list[Receipt] = []
        for piece in owed:
            try:
                receipts.extend(self._carry_out(piece, now))
            except Exception:
                log.exception("pressing story %s failed", piece.story)
                self._store.work_failed(piece, now + RETRY)
                continue
            carried.append(piece)
        withdrawn = [piece for piece in carried if piece.kind is WorkKind.withdraw]
        if withdrawn:
            self._store.work_put_off(withdrawn, now + retry)
        published = [piece for piece in carried if piece.kind is WorkKind.publish]
        if published:
            self._store.note_receipts(receipts)
            self._store.work_done(published)
        return carried

    def restore(self, id: str, number: int | None = None) -> None:
        """Make a story's files again from the store: after a crash, a restore, a lost disk.

        Safe from any thread. ``number`` is the edition that is missing, None for what the
        story's own address shows. What may be shown is read again under the lock, so that
        nobody can bring back what was withdrawn a moment ago.
        """
        with self._lock:
            story = self._store.story(id)
            if story is None or story.face is Face.none:
                return
            if story.face is not Face.live:
                self._withdraw(story)
            elif number in self._withdrawn(story.id):
                self.folder.discard(story.id, number or 0)
            elif number is None or number == story.edition:
                self._publish(story)
            else:
                self._older(story, number)

    def remake(self, id: str) -> bool:
        """Make every file of a story again; whether it has any. As safe as :meth:`restore`."""
        with self._lock:
            story = self._store.story(id)
            if story is None or story.face is Face.none:
                return False
            if story.face is not Face.live:
                self._withdraw(story)
                return True
            gone = self._withdrawn(id)
            for number in sorted(set(range(1, story.edition - 1)) - gone):
                self._older(story, number)
            self._publish(story)
            return True

    def afresh(self, story: Story, number: int) -> Files:
        """The forms of an edition as they would be pressed now, from what is kept; writes
        nothing. Raises LookupError or ValueError where that is not possible."""
        edition = self._store.edition(story.id, number)
        if edition is None:
            raise LookupError(f"story {story.id} has no edition {number}")
        return self._make(story, edition)

    def _older(self, story: Story, number: int) -> None:
        """Make the forms of an older edition again; its page then says that it is older."""
        edition = self._store.edition(story.id, number)
        if edition is not None and number not in self._withdrawn(story.id):
            made = self._make(story, edition)
            self.folder.publish(story.id, number, made, _shown(story), is_newest=False)

    def _carry_out(self, piece: PressWork, now: datetime) -> Sequence[Receipt]:
        with self._lock:
            return self._carry_out_locked(piece, now)

    def _carry_out_locked(self, piece: PressWork, now: datetime) -> Sequence[Receipt]:
        story = self._store.story(piece.story)
        if story is None:
            return ()
        if piece.kind is WorkKind.withdraw:
            self._withdraw_editions(story) if story.face is Face.live else self._withdraw(story)
            return ()
        if story.face is not Face.live:
            return ()  # newer work will say what to do
        return (self._checked(story, piece, now, self._publish(story)),)

    def _publish(self, story: Story) -> Files:
        number, files = self._made.pop(story.id, (0, {}))
        if number != story.edition:
            edition = self._store.edition(story.id, story.edition)
            if edition is None:
                raise LookupError(f"story {story.id} has no edition {story.edition}")
            files = self._make(story, edition)
        if story.edition > 1:
            self._discard_withdrawn(story.id)
        # A drill's pages ask robots away in their headers, which no file has.
        self.folder.publish(story.id, story.edition, files, _shown(story), is_open=not story.drill)
        if story.edition > 1:
            self._older(story, story.edition - 1)
        return files

    def _make(self, story: Story, edition: Edition) -> Files:
        """The forms of an edition, made again from what is kept, through the gate again."""
        items = items_of(self._store, edition)
        if not items:
            raise LookupError(f"story {story.id}: the item of edition {edition.number} is gone")
        history = self._store.history_of(story.id)
        facts = _facts.edition_facts(
            story,
            put_together(items),
            self._house.profile(story.agency),
            history.messages,
            self._store.events(story=story.id),
            edition=edition.number,
            ruled=licence.ruled(self._house, self._store, story, history, _shown(story)),
            pictures=self._pictures(story, edition),
            parts=items if edition.parts else (),
            notes=edition.notes,
            beside=self._beside(story) if edition.number == story.edition else (),
        )
        pressed = press.edition(facts, self._house.site)
        if pressed.faults:
            raise ValueError(f"story {story.id} fails the gate: {pressed.faults[0]}")
        return pressed.files

    def _beside(self, story: Story) -> tuple[Beside, ...]:
        return beside(self._store, story, self._house.profile)

    def _pictures(self, story: Story, edition: Edition) -> Sequence[StoryPicture]:
        """Pictures hang beside the newest edition only: they belong to the story as it is now."""
        return self._store.pictures.of(story.id) if edition.number == story.edition else ()

    def _withdraw(self, story: Story) -> None:
        self._made.pop(story.id, None)
        self._corrections.forget(story.id)
        files = press.notice(self.notice_facts(story), self._house.site).files
        self.folder.withdraw(story.id, story.edition, files, story.face.status)

    def _withdraw_editions(self, story: Story) -> None:
        """Take away the editions that are gone; the others say so from now on."""
        gone = self._withdrawn(story.id)
        self._made.pop(story.id, None)
        self._corrections.forget(story.id)
        self.folder.shut(story.id)
        for number in gone:
            self.folder.discard(story.id, number)
        for number in sorted(set(range(1, story.edition)) - gone):
            self._older(story, number)
        self._publish(story)

    def _discard_withdrawn(self, id: str) -> None:
        """Before a gate is opened: behind it file servers serve whatever edition is there."""
        for number in self._withdrawn(id):
            self.folder.discard(id, number)

    def _withdrawn(self, id: str) -> frozenset[int]:
        return _facts.withdrawn(self._store.events(story=id))

    def edition_notice(self, story: Story, number: int) -> Files | None:
        """What stands in the place of an edition that is gone while its story stays; None where
        that edition stands."""
        events = self._store.events(story=story.id)
        gone = [e for e in events if e.kind is EventKind.withdrawn and e.edition == number]
        if not gone:
            return None
        profile = self._house.profile(story.agency)
        return press.notice(_facts.edition_notice(story, profile, gone[0]), self._house.site).files

    def notice_facts(self, story: Story) -> NoticeFacts:
        """What may be said in the place of a story that is not live."""
        return _facts.notice_facts(
            story,
            self._house.profile(story.agency),
            self._store.events(story=story.id),
            self._link(story),
        )

    def correction(self, listed: Correction) -> CorrectionLine:
        """A line of the corrections page; of a story that is not live now, none of its words."""
        corrected = listed.event.kind in (EventKind.updated, EventKind.withdrawn)
        if corrected and (listed.entry is not None or listed.event.kind is EventKind.updated):
            return self._corrections.line(listed)
        return CorrectionLine(story=self.notice_facts(listed.story), face_changed=listed.event.at)

    def changes(self, story: Story) -> bytes:
        """The page that tells the editions of a live story apart."""
        entry, changes = self._corrections.of_story(story)
        return press.story_changes(press.decode_entry(entry), changes, self._house.site)

    def _link(self, story: Story) -> str | None:
        """The agency's own address of the story, shown when our licence has ended."""
        if story.face is not Face.expired:
            return None
        messages = self._store.history_of(story.id).messages
        return next((m.item.link for m in reversed(messages) if m.item.link), None)

    def _checked(self, story: Story, piece: PressWork, now: datetime, files: Files) -> Receipt:
        """A receipt for the written files, by their hashes (design §5)."""
        wrong = self.folder.differences(story.id, dict(names(story.edition, files)))
        return Receipt(
            story=story.id,
            channel="site",
            address=f"/s/{story.id}",
            kind=WorkKind.publish,
            since=piece.since,
            seen=now,
            clean=not wrong,
            detail=f"differs on disk: {', '.join(wrong)}" if wrong else "hash",
        )


def _shown(story: Story) -> datetime:
    """Since when the page shows what it shows: what its rights allow was settled by then."""
    if story.face_changed is None:
        raise ValueError(f"story {story.id} has never been public")
    return story.face_changed
