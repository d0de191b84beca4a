"""The port's part for stories: all that is known of one, and the one way to change it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from copytaster import shelf
from copytaster.store._call_port import Call
from copytaster.store._delivery_port import Taken
from copytaster.store._log_port import LeafDraft
from copytaster.store._name_port import Called
from copytaster.store._name_port import Seeking
from copytaster.store._picture_port import StoryPicture
from copytaster.store._press_port import PressWork
from copytaster.story import Decision
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

    @property
    def status(self) -> int:
        """What the story's own addresses answer."""
        return _STATUS[self]


_STATUS = {
    Face.none: 404,
    Face.live: 200,
    Face.hold: 200,
    Face.gone: 410,
    Face.expired: 410,
    Face.legal: 451,
}


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
    shelves: tuple[str, ...] = ()
    """where lists file it, as ``kind/code`` (copytaster.shelf)"""
    drill: bool = False
    """a synthetic story: has addresses, is in no list"""
    first_public: datetime | None = None
    """when the public first saw it"""
    face_changed: datetime | None = None
    """when what the public sees last changed"""
    look_again: datetime | None = None
    substitute: str | None = None
    """id of the story that replaces a killed one"""

    @property
    def sections(self) -> tuple[str, ...]:
        """The codes of its sections."""
        return shelf.codes("section", self.shelves)


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
    parts: tuple[str, ...] = ()
    """content hashes of the further parts that were joined to the item, in order"""
    notes: bytes | None = None
    """what was noted beside its text, encoded by the newsroom; opaque to the store. None: nothing
    was read, or it is an edition from before anything was"""


class EventKind(StrEnum):
    published = "published"
    updated = "updated"
    held = "held"
    released = "released"
    killed = "killed"
    expired = "expired"
    erased = "erased"
    withdrawn = "withdrawn"
    """one edition was taken back, and the story stays: no word of that edition is shown again"""


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


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What the desk held of a story from an instant on, and why."""

    story: str
    at: datetime
    state: State
    reasons: tuple[Reason, ...] = ()
    cause: str = "agency"


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A story's place in a chain of stories that share one clock."""

    story: str
    chain: str
    began: datetime
    """the story's first version"""
    first_public: datetime | None = None


class Twin(msgspec.Struct, frozen=True, kw_only=True):
    """Another story whose text is a version of this one's, seen from this one. Shares are of 1;
    by which scheme they were found, the reader knows."""

    story: str
    other: str
    in_other: float
    """how much of this story is in the other"""
    of_other: float
    """how much of the other is in this story"""
    is_top: bool
    """whether the longer of the two begins with the shorter"""
    link: str | None = None
    """what their agency declares of the two"""
    scheme: str


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """What lists and readers' search are told of a story that is live now."""

    story: str
    entry: bytes
    """its newest edition as a list entry, as the press makes it today"""
    headline: str
    byline: str
    text: str
    """its canonical text"""


class StoryChange(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one commit does to one story."""

    story: Story
    """the record as it shall be; ``revision`` is the one that was read"""
    messages: tuple[Message, ...] = ()
    decisions: tuple[Decision, ...] = ()
    edition: Edition | None = None
    events: tuple[Event, ...] = ()
    leaves: tuple[LeafDraft, ...] = ()
    """what the public log is told of these events, in their order"""
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
    filing: Filing | None = None
    """by what readers find it from now on; None: by what they did. One that is not live is found
    by nothing, from the same transaction on"""
    twins: tuple[Twin, ...] | None = None
    """all of its twins from now on; None: those that it has"""
    current: tuple[Message, ...] = ()
    """what the story says from now on, by which the desk finds it: the version that is meant, or
    the parts it is joined from, each kept by now. None of them: what it said; of a story that is
    new, all that it comes with"""


class History(msgspec.Struct, frozen=True, kw_only=True):
    """All that bears on one story's verdict."""

    story: Story | None
    messages: tuple[Message, ...] = ()
    decisions: tuple[Decision, ...] = ()


class StoryStore(Protocol):
    """The part of the store that keeps stories."""

    def commit(
        self,
        changes: Sequence[StoryChange],
        taken: Sequence[Taken] = (),
        calls: Sequence[Call] = (),
    ) -> int:
        """One transaction: keep messages (a message already held, by target and content hash,
        version and version date, and sighting, is not kept twice), decisions, records,
        editions, events, work, and the calls of persons that are owed now. Raises
        :class:`Moved`, keeping nothing, if a revision is not the one read. Returns the store's
        sequence."""

    @property
    def sequence(self) -> int:
        """Grows with every commit that may change a public list; cheap to read."""

    @property
    def amended(self) -> int:
        """The sequence of the last commit that did more than add stories never seen before:
        changed something public, or took it back."""

    def history(self, agency: str, guid: str) -> History: ...

    def history_of(self, story: str) -> History: ...

    def story(self, id: str) -> Story | None: ...

    def editions(self, story: str) -> list[Edition]:
        """Oldest first."""

    def edition(self, story: str, number: int) -> Edition | None: ...

    def note(self, story: str, number: int, notes: bytes) -> None:
        """Keep what was noted beside an edition's text in place of what was; nothing happens
        where there is no such edition. Nothing else of the story changes."""

    def item_of(self, story: str, content_hash: str) -> Message | None:
        """The message whose item has this content hash."""

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
