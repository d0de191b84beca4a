"""What the desk's API takes and answers, as types: it reads and writes by them, and its OpenAPI
document is made from them. What a page is made of is answered as it is.
"""

from typing import Annotated
from typing import Literal

import msgspec
from msgspec import Meta

from copytaster.copydesk import LETTERS_SHOWN
from copytaster.copydesk import Between
from copytaster.copydesk import Other
from copytaster.copydesk import Row
from copytaster.copydesk import Said
from copytaster.copydesk import Saved
from copytaster.copydesk import Version
from copytaster.copydesk import Waiting
from copytaster.web.desk._orders import LONGEST

Id = Annotated[str, Meta(pattern="^[0-9a-hjkmnp-tv-z]{16}$")]
"""of a story, a look, a recall"""
Delivery = Annotated[str, Meta(pattern="^[0-9a-hjkmnp-tv-z]{26}$")]
Why = Annotated[str, Meta(max_length=LONGEST, description="for the record; not blank")]
SourceName = Annotated[str, Meta(min_length=1, max_length=200)]
Next = Annotated[str, Meta(extra_json_schema={"format": "uri-reference"})]
"""the address of the next page, on the host that was asked: a token is for no other"""
Place = Annotated[
    int, Meta(ge=1, le=2**63 - 1, description="where the page before ended: take it from `next`")
]


class _Answer(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Base of what is answered."""


class _Sent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what is sent: an unknown field would be a wish that nobody heeds."""


class DeskFault(_Answer, frozen=True, kw_only=True, omit_defaults=True):
    """Why it was not done, or is not answered."""

    error: str
    at: int | None = None
    """of a query: of which character it speaks, counted from 0; behind the last one: its end"""


# --- reading -----------------------------------------------------------------------------------


class AskedWire(_Sent, frozen=True, kw_only=True):
    """Which page of the wire."""

    before: Place | None = None


class AskedQueue(_Sent, frozen=True, kw_only=True):
    """Which page of which part of the queue."""

    kind: Annotated[
        Literal["held", "embargoed", "withheld", "yours"],
        Meta(description="which part; held without it. yours: what whoever asks is to see to"),
    ] = "held"
    before: Place | None = None


class AskedSearch(_Sent, frozen=True, kw_only=True):
    """Which page of what answers."""

    q: Annotated[str, Meta(description="a query")]
    before: Place | None = None


class AskedLetters(_Sent, frozen=True, kw_only=True):
    """Which page of the shelf."""

    before: (
        Annotated[Delivery, Meta(description="where the page before ended: take it from `next`")]
        | None
    ) = None


class AskedNothing(_Sent, frozen=True, kw_only=True):
    """No parameter is known."""


class AskedLive(_Sent, frozen=True, kw_only=True):
    """From where on, and what of it."""

    after: Annotated[str, Meta(description="the place that is known; Last-Event-ID is better")] = ""
    q: Annotated[str, Meta(description="a query: what answers it no more is told as gone")] = ""


class WirePage(_Answer, frozen=True, kw_only=True):
    """The wire: the last thing that happened first."""

    rows: tuple[Row, ...]
    last: int
    """the newest place there was: what comes later is told by /api/live after it"""
    next: Next | None


class QueuePage(_Answer, frozen=True, kw_only=True):
    """One part of what waits."""

    kind: str
    waiting: tuple[Waiting, ...]
    """every part, with how many wait in it"""
    rows: tuple[Row, ...]
    last: int
    next: Next | None


class SearchPage(_Answer, frozen=True, kw_only=True):
    """What answers a query, that which came last first."""

    asked: str
    rows: tuple[Row, ...]
    not_yet: int
    """stories from before an upgrade that cannot be found yet"""
    next: Next | None


class StoryWords(_Answer, frozen=True, kw_only=True):
    """What a story says, as its page shows it to editors."""

    story: str
    agency: str
    """its name"""
    headline: str
    versions: tuple[Version, ...]
    """newest first, each with its canonical text and what changed since the one before"""
    notes: tuple[str, ...]
    """the agency's notes to editors, the newest first"""
    statements: tuple[Said, ...]
    """what a machine read in the newest edition"""
    between: Between
    """what editors say to each other of it, and whose it is to see to"""
    others: tuple[Other, ...]
    """what other versions of the text have that this one lacks, and the other way round"""


class Letter(_Answer, frozen=True, kw_only=True):
    """A delivery that could not be read or kept."""

    delivery: str
    source: str
    agency: str | None
    received: str
    attempts: int
    error: str | None


class LetterPage(_Answer, frozen=True, kw_only=True):
    """The dead-letter shelf, newest first."""

    letters: tuple[Letter, ...]
    count: int
    """on the whole shelf; 10,000 are counted"""
    next: Next | None


class SearchesKept(_Answer, frozen=True, kw_only=True):
    """One's own, then what others share."""

    searches: tuple[Saved, ...]


class RecallUndone(_Answer, frozen=True, kw_only=True):
    """That a recall was taken back."""

    at: str
    by: str | None
    reason: str | None


class Recall(_Answer, frozen=True, kw_only=True):
    """One order about many stories, and how far it has come."""

    batch: str
    """its id"""
    kind: str
    reason: str
    by: str
    at: str
    query: str
    stories: int
    decided: int
    owed: int
    """stories still to be decided on"""
    pressing: int
    """addresses of which nobody has seen yet that they are as they should be"""
    undone: RecallUndone | None
    failed: int
    """stories on which the desk could not decide since it started"""


class RecallPage(_Answer, frozen=True, kw_only=True):
    """The newest twenty recalls, newest first."""

    recalls: tuple[Recall, ...]


# --- ordering ----------------------------------------------------------------------------------


class Decide(_Sent, frozen=True, kw_only=True):
    """A decision on a story."""

    kind: Literal["hold", "release", "kill", "review", "unreview"]
    why: Why
    cause: Literal["desk", "agency", "legal", "rights"] = "desk"
    """for whose sake, as readers are told of a kill"""
    seen: Annotated[str, Meta(min_length=8, max_length=64)] | None = None
    """hash of the words that were read (`current`), or how it begins"""
    revision: Annotated[int, Meta(ge=0, le=2**63 - 1)] | None = None
    """of the story as it was read; a release or a review needs it"""


class Note(_Sent, frozen=True, kw_only=True):
    """What whoever reads the story next should know."""

    words: Annotated[str, Meta(max_length=2000)]


class Give(_Sent, frozen=True, kw_only=True):
    """To whom a story is given to see to."""

    person: Annotated[str, Meta(max_length=200)] | None
    """null: to nobody any more"""


class KeepSearch(_Sent, frozen=True, kw_only=True):
    """A search, and the name under which it is kept."""

    name: Annotated[str, Meta(max_length=200)]
    q: str
    shared: bool = False
    """whether all see it"""


class DropSearch(_Sent, frozen=True, kw_only=True):
    """Which search to keep no more."""

    number: Annotated[int, Meta(ge=1, le=2**63 - 1)]


Letters = Annotated[tuple[Delivery, ...], Meta(max_length=LETTERS_SHOWN)]


class Retry(_Sent, frozen=True, kw_only=True):
    """Which letters to read again."""

    letters: Letters = ()
    all: bool = False
    """the whole shelf; then name none"""


class Dismiss(_Sent, frozen=True, kw_only=True):
    """Which letters to have done with."""

    letters: Letters
    why: Why


class BeginLook(_Sent, frozen=True, kw_only=True):
    """What to look for."""

    q: str


class BeginRecall(_Sent, frozen=True, kw_only=True):
    """What to do with what a look found."""

    look: Id
    kind: Literal["hold", "kill"]
    why: Why
    count: Annotated[int, Meta(ge=0, le=2**63 - 1)]
    """how many stories the look found: nobody recalls more than they saw"""


class UndoRecall(_Sent, frozen=True, kw_only=True):
    """Why it is taken back."""

    why: Why


class Switch(_Sent, frozen=True, kw_only=True):
    """A pause, or its end."""

    why: Annotated[str, Meta(max_length=LONGEST)] = ""
    """for the record"""


class CloseCall(_Sent, frozen=True, kw_only=True):
    """Which call is done."""

    code: Annotated[str, Meta(min_length=1, max_length=200)]
    about: Annotated[str, Meta(max_length=2000)] = ""


class Done(_Answer, frozen=True, kw_only=True):
    """It is done."""

    done: str
    """note, give, keep, drop, retry, dismiss or close"""


class Awaited(_Answer, frozen=True, kw_only=True):
    """A release that takes two persons: it is asked for, and another has to agree."""

    asked: bool


class Paused(_Answer, frozen=True, kw_only=True):
    """Which sources are paused now; `*` is publishing as a whole."""

    paused: tuple[str, ...]
