"""The port: what is kept, and the operations on it. Engines implement :class:`Store`.

Every instant is an aware datetime in UTC. Every operation is safe to call from any thread.
Writing operations are durable when they return.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import msgspec

from copytaster.delivery import Delivery
from copytaster.store._outbox import Outbox
from copytaster.store._patrol import PatrolStore
from copytaster.store._picture_port import PictureStore
from copytaster.store._picture_port import StoryPicture
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import Reason
from copytaster.story import State


class Face(StrEnum):
    """What a story's address shows the public (design §6)."""

    none = "none"
    """404, as if it did not exist"""
    live = "live"
    hold = "hold"
    """200 notice"""
    gone = "gone"
    """410: killed"""
    expired = "expired"
    """410: licence ended"""
    legal = "legal"
    """451"""


class FateState(StrEnum):
    waiting = "waiting"
    taken = "taken"
    dead = "dead"


class Fate(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a delivery."""

    id: str
    state: FateState
    received: datetime
    stories: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    """items set aside, with the reason"""
    error: str | None = None
    """a dead letter's reason, one line"""


class DeadLetter(msgspec.Struct, frozen=True, kw_only=True):
    delivery: str
    source: str
    agency: str
    received: datetime
    error: str
    attempts: int


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """All items with the same (agency, guid), and the public address they share."""

    id: str
    """16 characters of lower-case Crockford base32, random"""
    agency: str
    guid: str
    revision: int = 0
    """grows by one with each commit that touches the story; the optimistic check"""
    number: int = 0
    """running number given by the store at creation; partitions sitemaps"""
    state: State
    reasons: tuple[Reason, ...] = ()
    cause: str = "agency"
    face: Face = Face.none
    edition: int = 0
    """number of the newest edition; 0 when none was public yet"""
    edition_hash: str | None = None
    """digest of the public content of the newest edition"""
    language: str | None = None
    sections: tuple[str, ...] = ()
    drill: bool = False
    """a synthetic story: has addresses, is in no list"""
    first_public: datetime | None = None
    """when the public first saw it"""
    face_changed: datetime | None = None
    """when what the public sees last changed"""
    look_again: datetime | None = None
    substitute: str | None = None
    """id of the story that replaces a killed one"""


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """One public form of one story, numbered as the public saw them."""

    story: str
    number: int
    content_hash: str
    """content hash of the item it was made from"""
    transform: str
    """SHA-256 of the transformation's specification"""
    made: datetime
    label: str
    """published, correction, update or refile"""
    entry: bytes
    """the edition as a list entry, encoded by the press; opaque to the store"""
    files: tuple[tuple[str, str], ...] = ()
    """(file name under the story's folder, SHA-256) as pressed"""


class EventKind(StrEnum):
    published = "published"
    updated = "updated"
    held = "held"
    released = "released"
    killed = "killed"
    expired = "expired"
    erased = "erased"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a story's public history."""

    story: str
    kind: EventKind
    at: datetime
    edition: int | None = None
    reason: str | None = None
    """correction, update, refile; or agency, desk, rights, legal, licence"""
    note: str | None = None
    """the agency's reader-ready correction note, verbatim"""
    sequence: int = 0
    """given by the store: order of all events"""


class WorkKind(StrEnum):
    publish = "publish"
    withdraw = "withdraw"


class PressWork(msgspec.Struct, frozen=True, kw_only=True):
    """What the press and the channels still owe a story."""

    story: str
    kind: WorkKind
    since: datetime
    """arrival of the message that caused it: time to clean counts from here"""
    attempts: int = 0
    due: datetime | None = None
    """not before this instant, after a failure"""
    bulk: bool = False
    """part of a batch: done beside everything else, so that a single kill overtakes it"""

    @property
    def key(self) -> tuple[str, WorkKind, datetime]:
        """What makes it this work, whatever became of it meanwhile."""
        return self.story, self.kind, self.since


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What a channel was seen to serve at one public address, and when."""

    story: str
    channel: str
    address: str
    kind: WorkKind
    since: datetime
    seen: datetime
    clean: bool
    status: int | None = None
    detail: str | None = None
    looks: int = 1
    """given by the store: how often the address was seen for this work"""
    dirty_seen: datetime | None = None
    """given by the store: when it was last seen not clean, and what was wrong then"""
    dirty_detail: str | None = None


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What the desk held of a story from an instant on, and why."""

    story: str
    at: datetime
    state: State
    reasons: tuple[Reason, ...] = ()
    cause: str = "agency"


class Called(msgspec.Struct, frozen=True, kw_only=True):
    """A name a story goes by, as a number, and when its versions of that name moved."""

    name: int
    first: datetime
    last: datetime


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """A name to look for, among versions that moved between two instants."""

    name: int
    since: datetime
    until: datetime


class Seeking(msgspec.Struct, frozen=True, kw_only=True):
    """That a message of this story is a notice about others, and the names it gives them.

    It is kept as looking for them for good: what it means may arrive later.
    """

    content_hash: str
    sought: tuple[Sought, ...]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A story's place in a chain of stories that share one clock."""

    story: str
    chain: str
    began: datetime
    """the story's first version"""
    first_public: datetime | None = None


class StoryChange(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one commit does to one story."""

    story: Story
    """the record as it shall be; ``revision`` is the one that was read"""
    messages: tuple[Message, ...] = ()
    decisions: tuple[Decision, ...] = ()
    edition: Edition | None = None
    events: tuple[Event, ...] = ()
    work: PressWork | None = None
    names: tuple[Called, ...] = ()
    """what these messages add to the names the story goes by"""
    seeking: tuple[Seeking, ...] = ()
    """those of these messages that are notices about other stories"""
    links: tuple[Link, ...] = ()
    """chains that its new messages name; the stories of a chain whose beginning moves are due"""
    judged: Judged | None = None
    """set when the verdict, or its reasons, are other than before"""
    pictures: tuple[StoryPicture, ...] | None = None
    """all that hang beside the story from now on; None: those that do"""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a delivery's way through intake."""

    delivery: str
    stories: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    error: str | None = None
    """set: keep it as a dead letter with this reason"""


class History(msgspec.Struct, frozen=True, kw_only=True):
    """All that bears on one story's verdict."""

    story: Story | None
    messages: tuple[Message, ...] = ()
    decisions: tuple[Decision, ...] = ()


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A story in a list: its record and its newest edition's entry."""

    story: Story
    entry: bytes | None
    """None where the face is a notice"""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A correction or refile, or the withdrawal (hold, kill) that stands, and its story now."""

    event: Event
    story: Story
    entry: bytes | None
    """the newest edition's entry; None where the face is a notice"""


class ListQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which list. Fronts hold live stories by first publication, newest first; feeds hold
    live stories and the notices of the last days, by the change of their public face."""

    section: str | None = None
    agency: str | None = None
    limit: int = 30
    before: tuple[datetime, int] | None = None
    """continue after this (first_public or face_changed, story number)"""
    notices_since: datetime | None = None
    """set for feeds: include notices (hold, gone) that changed since then"""


class SitemapPart(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    """part n holds the stories with number // 1000 == n"""
    changed: datetime
    stories: int


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """Which stories to look through, so many at a time, by their number."""

    agencies: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    """some message of the story came by one of these"""
    since: datetime | None = None
    """some message came at this instant or later"""
    until: datetime | None = None
    """some message came before this instant"""
    after: int = 0
    """continue after the story of this number"""
    limit: int = 200


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """A story with everything that was said in it, and what of that readers saw."""

    story: Story
    messages: tuple[Message, ...]
    shown: frozenset[str]
    """content hashes of its editions"""


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """One order about many stories."""

    id: str
    kind: DecisionKind
    """hold or kill"""
    reason: str
    by: str
    at: datetime
    query: str
    """what was asked for, as text"""
    stories: int
    """how many were found, and shown to whoever gave the order"""
    undone_at: datetime | None = None
    undone_by: str | None = None
    undone_reason: str | None = None


class BatchProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a batch has come, in stories."""

    stories: int
    decided: int
    """on which its decision stands"""
    owed: int
    """on which its next decision is still to be made"""
    pressing: int
    """whose public copies are not yet seen to be as they should"""


class StoreError(Exception):
    """Root of what can go wrong in the store.

    StoreError
    ├── Locked        another desk owns this data folder
    ├── Unfit         the linked SQLite has the WAL-reset fault, or the schema is newer than us
    ├── Full          no room on the disk: nothing of this call was kept
    └── Moved         the story changed since it was read: read again
    """


class Locked(StoreError):
    """Another desk owns this data folder."""


class Unfit(StoreError):
    """This engine or this schema cannot be used; the message says what to do."""


class Full(StoreError):
    """The disk is full: nothing of this call was kept."""


class Moved(StoreError):
    """A story changed since it was read; ``stories`` names them."""

    def __init__(self, stories: Sequence[str]) -> None:
        super().__init__("changed meanwhile: " + ", ".join(stories))
        self.stories = tuple(stories)


class Store(PatrolStore, Protocol):
    """The only memory of the desk."""

    @property
    def pictures(self) -> PictureStore:
        """What is kept of pictures."""

    @property
    def outbox(self) -> Outbox:
        """What agencies are to be told."""

    # deliveries and intake
    def keep(self, deliveries: Sequence[Delivery]) -> None:
        """Make deliveries durable, in one transaction, and note the work of reading them."""

    def delivery(self, id: str) -> Delivery | None: ...
    def waiting(self, limit: int) -> list[Delivery]:
        """Deliveries not yet taken: urgent ones first, then in order of arrival."""

    def fate(self, id: str) -> Fate | None: ...
    def dead_letters(self, limit: int = 100) -> list[DeadLetter]: ...
    def retry(self, delivery: str) -> bool:
        """Put a dead letter back to the waiting ones; False when there is none."""

    # stories
    def commit(
        self,
        changes: Sequence[StoryChange],
        taken: Sequence[Taken] = (),
    ) -> int:
        """One transaction: keep messages (a message already held, by target and content hash,
        version and version date, and sighting, is not kept twice), decisions, records,
        editions, events and work. Raises :class:`Moved`, keeping nothing, if a revision is not
        the one read. Returns the store's sequence."""

    def history(self, agency: str, guid: str) -> History: ...
    def history_of(self, story: str) -> History: ...
    def story(self, id: str) -> Story | None: ...
    def editions(self, story: str) -> list[Edition]:
        """Oldest first."""

    def edition(self, story: str, number: int) -> Edition | None: ...
    def item_of(self, story: str, content_hash: str) -> Message | None:
        """The message whose item has this content hash."""

    def named(self, sought: Sequence[Sought], limit: int = 100) -> list[str]:
        """Ids of the stories that go by any of these names, the last moved first."""

    def seeking(self, names: Sequence[Called], limit: int = 100) -> list[tuple[str, str]]:
        """(story, content hash) of the notices that look for any of these, the oldest first."""

    def events(self, *, story: str | None = None, since: int = 0, limit: int = 1000) -> list[Event]:
        """In order of their sequence, after ``since``."""

    def verdicts(self, story: str) -> list[Judged]:
        """What was held of it and why, oldest first."""

    def due(self, now: datetime, limit: int = 1000) -> list[str]:
        """Ids of stories whose ``look_again`` has come."""

    def next_due(self) -> datetime | None: ...
    def chain(self, agency: str, chain: str) -> list[Link]:
        """The stories of a chain, the earliest first."""

    def kept_agencies(self) -> list[str]:
        """Agencies of which there is any story, public or not."""

    def wake(self, agency: str, at: datetime) -> None:
        """All stories of the agency but the killed are due at ``at``, and the pages of those
        that are live are to be made again."""

    # press and proof
    def work(self, now: datetime, limit: int) -> list[PressWork]:
        """Work that is due and not of a batch: withdrawals first, then oldest first."""

    def work_in_bulk(self, now: datetime, limit: int) -> list[PressWork]:
        """Work of batches that is due: what was never tried first, then oldest first."""

    def unpressed(self, story: str) -> bool:
        """Whether it is owed something that was never tried yet."""

    def work_done(self, done: Sequence[PressWork]) -> None:
        """Remove work, unless newer work (a later ``since``) replaced it."""

    def work_failed(self, work: PressWork, due: datetime) -> None:
        """Put it off, by no more than ten minutes: longer is taken for a clock set back."""

    def work_put_off(self, work: Sequence[PressWork], due: datetime) -> None:
        """``work_failed`` for many, in one transaction."""

    def note_receipts(self, receipts: Sequence[Receipt]) -> None:
        """Keep the newest receipt for each (story, address, kind, since), how many there were,
        and the newest that was not clean."""

    def receipts(self, story: str) -> list[Receipt]: ...

    # batches, and looking through everything
    def keep_batch(self, batch: Batch, stories: Sequence[str]) -> None:
        """Keep an order and the stories it is about. Its decisions are then committed with
        the stories' other changes, each with ``batch`` set, in as many commits as it takes."""

    def undo_batch(self, id: str, *, at: datetime, by: str, reason: str) -> bool:
        """Owe an undo to each story the batch has decided on, and nothing to the rest; False
        when there is no such batch, or it was undone before."""

    def batch(self, id: str) -> Batch | None: ...
    def batches(self, limit: int = 100) -> list[Batch]:
        """Newest first."""

    def batches_owed(self) -> list[Batch]:
        """Those that still owe a decision, oldest first."""

    def batch_owed(self, id: str, limit: int, after: int = 0) -> list[tuple[str, int]]:
        """(id, number) of stories to which the batch owes a decision, by number."""

    def batch_progress(self, id: str) -> BatchProgress: ...
    def past_of(self, story: str) -> Past | None: ...
    def past(self, reach: Reach) -> list[Past]:
        """Stories by their number; the next page continues after the last one's."""

    # lists
    def front(self, query: ListQuery) -> list[Listed]: ...
    def feed(self, query: ListQuery) -> list[Listed]: ...
    def corrections(
        self, *, story: str | None = None, before: int | None = None, limit: int = 30
    ) -> list[Correction]:
        """Newest first, those of an event before this sequence; of one story or all. No drills."""

    def sitemap(self) -> list[SitemapPart]: ...
    def sitemap_part(self, number: int) -> list[Story]:
        """Live stories of one part."""

    def recent(self, since: datetime, limit: int = 1000) -> list[Listed]:
        """Live stories first public since then (the news sitemap)."""

    def agencies(self) -> list[str]:
        """Agencies with a live story."""

    def sections(self) -> list[str]:
        """Sections with a live story."""

    def counts(self) -> dict[str, int]:
        """Stories by state, deliveries waiting (``waiting``), dead letters (``dead``), work."""

    # sources, settings, the folder itself
    def source_state(self, source: str) -> bytes | None:
        """What a way in remembers between runs (wire owns its meaning)."""

    def keep_source_state(self, source: str, state: bytes) -> None: ...
    def setting(self, key: str) -> str | None: ...
    def keep_setting(self, key: str, value: str | None) -> None: ...
    @property
    def sequence(self) -> int:
        """Grows with every commit that may change a public list; cheap to read."""

    def backup(self, target: Path) -> None:
        """A consistent copy of everything, while the desk runs. Refuses an existing file."""

    def check(self) -> list[str]:
        """What is wrong with the files, in sentences; empty when sound."""

    def close(self) -> None: ...
