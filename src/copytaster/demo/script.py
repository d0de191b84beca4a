"""What a wire script says, as values.

Times are kept as the script has them: a distance from its start. What a story is called in
a script (``flood``) is its *handle*; the first delivery of a handle binds it to an agency
and a guid.
"""

from datetime import datetime
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

import msgspec

from copytaster.story import DecisionKind
from copytaster.story import State


class _Part(msgspec.Struct, frozen=True):
    """Base of the parts of a script: immutable values."""


class WireFormat(StrEnum):
    """The formats the scripted agencies can write; ``file`` sends a file as it is."""

    rss = "rss"
    atom = "atom"
    tombstone = "tombstone"
    """an Atom feed with one RFC 6721 ``deleted-entry``"""
    ninjs = "ninjs"
    newsml_g2 = "newsml-g2"
    nitf = "nitf"
    file = "file"


class Seen(StrEnum):
    """What the address of a story shows the public (design §6)."""

    nowhere = "nowhere"
    """404, as if it did not exist"""
    live = "live"
    hold = "hold"
    gone = "gone"
    expired = "expired"
    legal = "legal"


class PictureSeen(StrEnum):
    """What the address of a picture shows."""

    shown = "shown"
    gone = "gone"
    """410, and no page, feed or front names it"""
    nowhere = "nowhere"
    """never public"""


class Entry(_Part, frozen=True, kw_only=True):
    """One story inside a delivery: its handle and its fields as ``(name, value)`` in order."""

    story: str
    guid: str
    first: timedelta
    """when the story was sent for the first time"""
    fields: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str | None:
        """The last value given for a field; the empty text when the field is there but empty."""
        return dict(self.fields).get(name)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may be repeated."""
        return tuple(value for key, value in self.fields if key == name)

    def says(self, name: str) -> bool:
        return any(key == name for key, _ in self.fields)


class Send(_Part, frozen=True, kw_only=True):
    """One delivery: a document in one format with one entry, in feeds more."""

    format: WireFormat
    agency: str
    entries: tuple[Entry, ...]
    written: timedelta
    """when the agency wrote it: the first time it is sent; ``again`` keeps it"""
    file: Path | None = None
    archive: bool = False
    publish_after: timedelta | None = None
    look: str | None = None

    @property
    def stories(self) -> tuple[str, ...]:
        return tuple(entry.story for entry in self.entries)

    def entry(self, story: str) -> Entry:
        return next(entry for entry in self.entries if entry.story == story)


class Decide(_Part, frozen=True, kw_only=True):
    """An editor's decision."""

    kind: DecisionKind
    story: str
    reason: str
    look: str | None = None


class Restart(_Part, frozen=True):
    """The desk is closed and opened again on the same data."""


class See(_Part, frozen=True, kw_only=True):
    """What the story's own addresses show: page, text, JSON, earlier editions."""

    story: str
    face: Seen
    edition: int | None = None
    facts: tuple[tuple[str, str], ...] = ()
    """``headline``, ``by``, ``has``, ``lacks``, ``published``, ``updated``, ``note`` …"""


class Lists(_Part, frozen=True, kw_only=True):
    """Whether fronts, feeds and sitemaps show the story."""

    story: str
    have: bool


class Folds(_Part, frozen=True, kw_only=True):
    """That the front shows a story by its headline, and others with it that are versions of it."""

    story: str
    others: tuple[str, ...]


class Feeds(_Part, frozen=True, kw_only=True):
    """Whether the feeds keep the story's id, with the notice instead of its words."""

    story: str
    keep: bool


class Events(_Part, frozen=True, kw_only=True):
    """The story's public history, oldest first."""

    story: str
    kinds: tuple[str, ...]


class Why(_Part, frozen=True, kw_only=True):
    """What the operator sees: the state, and a reason code among its reasons."""

    story: str
    state: State
    code: str | None = None


class DeadLetters(_Part, frozen=True, kw_only=True):
    """How many deliveries could not be read."""

    count: int


class Called(_Part, frozen=True, kw_only=True):
    """That a person was called by now, with this alert code, about this story if one is named."""

    code: str
    story: str | None = None


class Pictured(_Part, frozen=True, kw_only=True):
    """What the address of an agency's picture answers, and whether anything shows it."""

    picture: str
    agency: str
    seen: PictureSeen
    story: str | None = None


class Say(_Part, frozen=True, kw_only=True):
    """A line for whoever watches."""

    text: str


Expectation = See | Lists | Folds | Feeds | Events | Why | DeadLetters | Called | Pictured
Act = Send | Decide | Restart | Say | Expectation


class Step(_Part, frozen=True, kw_only=True):
    """One thing that happens, or must be seen, at one time after the start."""

    line: int
    at: timedelta
    act: Act


class Agency(_Part, frozen=True, kw_only=True):
    """An agency of the script, and the IANA zone in which it writes its times."""

    id: str
    zone: str = "UTC"


class StoryName(_Part, frozen=True, kw_only=True):
    """What a handle stands for."""

    story: str
    agency: str
    guid: str


class Script(_Part, frozen=True, kw_only=True):
    """A wire script."""

    name: str
    title: str
    start: datetime | None
    """None: the script starts whenever it is played"""
    agencies: tuple[Agency, ...]
    stories: tuple[StoryName, ...]
    steps: tuple[Step, ...]
    any_order: bool = False
    """what is seen at the end does not depend on the order of arrival"""
    rules: tuple[str, ...] = ()
    """those of the rules that ship which the house has in force, by their names"""

    def zone(self, agency: str) -> str:
        """The zone in which the agency writes its times."""
        return next(one.zone for one in self.agencies if one.id == agency)

    def named(self, story: str) -> StoryName:
        return next(one for one in self.stories if one.story == story)


class ScriptError(ValueError):
    """A wire script cannot be used: the message names file, line, and what was expected."""
