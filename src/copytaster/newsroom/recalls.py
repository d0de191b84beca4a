"""Recalls: one order about many stories, kept first, then carried out lot by lot.

What a batch is about is fixed when the order is given: nobody recalls more than he saw. Copy
that arrives afterwards is judged by the rules, not by an old order. Which stories are still to
be done is in the store, so a desk that was killed goes on where it was.
"""

import logging
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from copytaster import query
from copytaster.newsroom.house import new_story_id
from copytaster.query import Facts
from copytaster.query import Query
from copytaster.query import Version
from copytaster.store import Batch
from copytaster.store import Face
from copytaster.store import Past
from copytaster.store import Reach
from copytaster.store import Store
from copytaster.store import StoreError
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import parts

log = logging.getLogger("copytaster.recall")

_LOT = 100
"""stories suspended in one commit: a kill from an agency waits for no more than one"""
_OVER = frozenset({State.killed, State.expired, State.never})
"""nothing is left to recall; looked through only when a query names a state"""


class NoBatch(LookupError):
    """No recall answers to what was named, or it cannot be undone."""


class Recalls:
    """The batches of one desk, on its thread."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        decide: Callable[[Mapping[str, Decision]], None],
        alert: Callable[[str, str, str | None], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._decide = decide
        self._alert = alert
        self._passed: dict[str, int] = {}
        """by batch: the number of the last story that was tried"""
        self._failed: dict[str, int] = {}
        """by batch: how many stories could not be decided on since the desk started"""

    def begin(
        self, stories: Sequence[str], kind: DecisionKind, *, reason: str, by: str, query: str
    ) -> Batch:
        """Keep the order; :meth:`step` carries it out. Raises ValueError for a kind that takes
        nothing back, and for stories that are not there."""
        if kind not in (DecisionKind.hold, DecisionKind.kill):
            raise ValueError(f"a recall holds or kills; it cannot {kind.value}")
        batch = Batch(
            id=new_story_id(),
            kind=kind,
            reason=reason,
            by=by,
            at=self._clock(),
            query=query,
            stories=len(stories),
        )
        self._store.keep_batch(batch, stories)
        return batch

    def undo(self, id: str, *, reason: str, by: str) -> Batch:
        """Take back what a batch decided, story by story; what it had not reached yet it never
        will. Raises :class:`NoBatch`."""
        if not self._store.undo_batch(id, at=self._clock(), by=by, reason=reason):
            undone = "was undone already" if self._store.batch(id) else "is not known"
            raise NoBatch(f"recall {id} {undone}; `copytaster recall --list` shows them")
        self._passed.pop(id, None)
        self._failed.pop(id, None)
        return self._known(id)

    def _known(self, id: str) -> Batch:
        batch = self._store.batch(id)
        if batch is None:
            raise NoBatch(f"no recall {id}; `copytaster recall --list` shows them")
        return batch

    def told(self, id: str) -> dict[str, Any]:
        """A batch as shells see it, and how far it has come. Raises :class:`NoBatch`."""
        return {**told(self._store, self._known(id)), "failed": self._failed.get(id, 0)}

    def step(self) -> int:
        """Decide on the next lot of the oldest batch that owes something; returns how many."""
        for batch in self._store.batches_owed():
            owed = self._store.batch_owed(batch.id, _LOT, self._passed.get(batch.id, 0))
            if owed:
                self._decide_on(batch, [story for story, _ in owed])
                self._passed[batch.id] = owed[-1][1]
                return len(owed)
        return 0

    def _decide_on(self, batch: Batch, stories: Sequence[str]) -> None:
        """Together; where that fails, each by itself, and what fails alone stays owed: it is
        tried again when the desk starts anew, and the batch says that it is not finished."""
        try:
            self._decide({story: self._decision(batch) for story in stories})
        except StoreError:
            raise
        except Exception:
            log.exception("recall %s: deciding on %s failed", batch.id, " ".join(stories))
            if len(stories) == 1:
                self._failed[batch.id] = self._failed.get(batch.id, 0) + 1
                self._tell(batch, stories[0])
                return
            for story in stories:
                self._decide_on(batch, [story])

    def _tell(self, batch: Batch, story: str) -> None:
        """Nobody may wait at the shell any more, and what was to be taken back is still up."""
        self._alert(
            "recall-failed",
            f"recall {batch.id} could not decide on {self._failed[batch.id]} stories, the last "
            f"{story}: do it by hand (`copytaster {batch.kind.value} {story}`), and report it with "
            "the log; it is tried again when the desk starts anew",
            batch.id,
        )

    def _decision(self, batch: Batch) -> Decision:
        undone = batch.undone_at is not None
        return Decision(
            id=new_story_id(),
            kind=DecisionKind.undo if undone else batch.kind,
            at=batch.undone_at or batch.at,
            reason=(batch.undone_reason if undone else batch.reason) or "",
            by=(batch.undone_by if undone else batch.by) or "",
            batch=batch.id,
        )


# --- looking -------------------------------------------------------------------------------


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A story that answers a query, in the words of whoever looks."""

    story: str
    agency: str
    state: State
    face: Face
    sections: tuple[str, ...]
    came: datetime
    """when readers first saw it; when it came, if they never did"""
    headline: str | None


def search(store: Store, asked: Query, now: datetime) -> Iterator[Found | None]:
    """Look through everything that readers saw or may yet see; None for each story that does
    not answer, so that whoever waits can be told how far it is."""
    bounds = query.bounds(asked, now)
    all_states = query.names_a_state(asked)
    reach = Reach(
        agencies=bounds.agencies, sources=bounds.sources, since=bounds.since, until=bounds.until
    )
    while page := store.past(reach):
        for past in page:
            yield _found(past, asked, now, all_states=all_states)
        reach = msgspec.structs.replace(reach, after=page[-1].story.number)


def _found(past: Past, asked: Query, now: datetime, *, all_states: bool) -> Found | None:
    story = past.story
    versions = _versions(past)
    if story.drill or not versions or (story.state in _OVER and not all_states):
        return None
    facts = Facts(
        agency=story.agency,
        guid=story.guid,
        state=story.state,
        versions=tuple(_version(message) for message in versions),
        sections=story.sections,
    )
    if not query.matches(asked, facts, now):
        return None
    return Found(
        story=story.id,
        agency=story.agency,
        state=story.state,
        face=story.face,
        sections=story.sections,
        came=story.first_public or min(message.arrival.received for message in versions),
        headline=versions[-1].item.headline,
    )


def _versions(past: Past) -> list[Message]:
    """What readers saw; and of a story that is not live, what they may yet see."""
    own = [message for message in past.messages if _is_said(message)]
    if past.story.state is not State.live:
        return own
    return [message for message in own if message.item.content_hash in past.shown]


def _is_said(message: Message) -> bool:
    """Whether it is a version of the story, or a further part of it."""
    return message.target is None or parts.is_itself(message, message.target)


def _version(message: Message) -> Version:
    return Version(
        item=message.item, source=message.arrival.source, received=message.arrival.received
    )


# --- telling -------------------------------------------------------------------------------


def told(store: Store, batch: Batch) -> dict[str, Any]:
    """A batch as shells see it, and how far it has come."""
    progress = store.batch_progress(batch.id)
    return {
        "batch": batch.id,
        "kind": batch.kind.value,
        "reason": batch.reason,
        "by": batch.by,
        "at": batch.at.isoformat(),
        "query": batch.query,
        "stories": batch.stories,
        "decided": progress.decided,
        "owed": progress.owed,
        "pressing": progress.pressing,
        "undone": None
        if batch.undone_at is None
        else {
            "at": batch.undone_at.isoformat(),
            "by": batch.undone_by,
            "reason": batch.undone_reason,
        },
    }
