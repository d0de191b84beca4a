"""What the public log is told of one commit: an entry for each public event in it.

One place turns the changes of a commit into entries, just before they are kept, so that nothing
becomes public without one. What was never public has no event, and so no entry; a drill has
events and no readers, and is logged nowhere. The entries say nothing that could have to be taken
out again: text, delivery and the rest are committed to under salts that are kept apart and can
be destroyed (docs/reference/log.md).
"""

import hashlib
import logging
import secrets
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import datetime

import msgspec

from copytaster.delivery import Delivery
from copytaster.item import PubStatus
from copytaster.ledger import control
from copytaster.ledger import leaf
from copytaster.ledger.leaf import Kind
from copytaster.newsroom.house import House
from copytaster.store import Call
from copytaster.store import ControlDraft
from copytaster.store import Edition
from copytaster.store import Event
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Filing
from copytaster.store import LeafDraft
from copytaster.store import Opening
from copytaster.store import Store
from copytaster.store import StoreError
from copytaster.store import StoryChange
from copytaster.story import Message

Salts = Callable[[], bytes]
"""makes a salt of 32 bytes, fresh each time"""

log = logging.getLogger("copytaster.log")

_MISSING = "log-entry-missing"
_SHOWINGS = (EventKind.published, EventKind.updated, EventKind.released)
_EDITIONS = (Kind.published, Kind.updated)
_REASONS = {
    Kind.updated: "update",
    Kind.held: "desk",
    Kind.killed: "desk",
    Kind.expired: "licence",
    Kind.erased: "request",
}
"""where the event's own is none that such an entry may give: a hold by a court is the desk's"""


def salt() -> bytes:
    """From the system's generator, as the log's readers are promised."""
    return secrets.token_bytes(leaf.SALT)


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """Changes with their entries, and whom to call for one that has none."""

    changes: Sequence[StoryChange]
    calls: Sequence[Call]


class Logbook:
    """Writes the entries of one house's desk; keeps nothing itself but what agencies are called."""

    def __init__(self, house: House, store: Store, salts: Salts = salt) -> None:
        self._house = house
        self._store = store
        self._salts = salts
        self._feeds = dict(store.log.feeds())
        self._told: set[str] = set()
        """transformations that the log knows"""
        self._at_hand: Mapping[str, bytes] = {}

    @contextmanager
    def reading(self, deliveries: Sequence[Delivery]) -> Iterator[None]:
        """Within the block the bytes of these deliveries are at hand: a kill is not kept waiting
        for its own notice to be read once more."""
        before, self._at_hand = self._at_hand, {one.id: one.data for one in deliveries}
        try:
            yield
        finally:
            self._at_hand = before

    def entered(self, changes: Sequence[StoryChange]) -> Entered:
        """The same changes with what the log is told of them.

        An agency, and a way of making texts, are told to the log before anything of them is, in
        commits of their own. What cannot be entered is not shown; but what takes something back
        waits for no entry (handbook: ledger §6, hide first): it is kept without, and a person is
        called."""
        calls: list[Call] = []
        return Entered(changes=[self._entered(change, calls) for change in changes], calls=calls)

    def _entered(self, change: StoryChange, calls: list[Call]) -> StoryChange:
        if not self._house.config.log.enabled or not change.events or change.story.drill:
            return change
        try:
            return msgspec.structs.replace(change, leaves=tuple(self._leaves(change)))
        except StoreError:
            raise  # the commit would fail as well
        except Exception as error:
            if change.story.face is Face.live:
                raise
            log.exception("entering what became of story %s failed", change.story.id)
            text = (
                f"story {change.story.id} was taken back, and the public log was not told "
                f"({type(error).__name__}: {error}): whoever follows the log will ask; report it"
            )
            calls.append(Call(code=_MISSING, text=text, about=change.story.id))
            return change

    def _leaves(self, change: StoryChange) -> Iterator[LeafDraft]:
        """The log knows a story from its first edition on that becomes public while there is a
        log: then it is told that it is published, and before that nothing."""
        feed = self._feed(change.story.agency, change.events[0].at)
        is_known = change.story.revision > 0 and bool(self._store.log.of(change.story.id))
        for event in change.events:
            kind = _kind(event, is_known=is_known)
            if kind is not None:
                is_known = True
                yield self._leaf(change, event, kind, feed)

    def _leaf(self, change: StoryChange, event: Event, kind: Kind, feed: int) -> LeafDraft:
        opening = self._opening(change, kind)
        edition = _edition(change, event, kind)
        is_first = kind is Kind.published
        said = leaf.Event(
            kind=kind,
            feed=feed,
            story=event.story,
            edition=edition,
            prev=None if is_first else 0,
            time=event.at.replace(microsecond=0),
            reason=_reason(kind, event),
            **self._commitments(change, event, opening),
        )
        before, _, after = leaf.encode(said).partition(b"\nprev -\n" if is_first else b"\nprev 0\n")
        return LeafDraft(
            story=event.story,
            event=kind.value,
            edition=edition if isinstance(edition, int) else None,
            at=event.at,
            before=before + b"\nprev ",
            after=b"\n" + after,
            opening=opening,
        )

    # --- commitments -----------------------------------------------------------------------

    def _opening(self, change: StoryChange, kind: Kind) -> Opening | None:
        """The salts of an event's entry; fresh for each commitment, also to the same bytes."""
        if kind in _EDITIONS:
            raw, text, meta = self._salts(), self._salts(), self._salts()
            return Opening(raw=raw, text=text, meta=meta, told=self._about(change))
        if leaf.RULES[kind].notice and _notice(change) is not None:
            return Opening(raw=self._salts())
        return None

    def _commitments(
        self, change: StoryChange, event: Event, opening: Opening | None
    ) -> dict[str, bytes]:
        if opening is None or opening.raw is None:
            return {}
        if opening.text is None or opening.meta is None or opening.told is None:
            notice = _notice(change)
            return {"raw": leaf.commit("raw", opening.raw, self._raw([notice] if notice else []))}
        edition, filing = self._edition(change), _filing(change)
        return {
            "transform": self._transform(edition.transform, event.at),
            "raw": leaf.commit("raw", opening.raw, self._raw(self._made_from(edition, change))),
            "text": leaf.commit("text", opening.text, filing.text.encode()),
            "meta": leaf.commit("meta", opening.meta, opening.told),
        }

    def _edition(self, change: StoryChange) -> Edition:
        """The edition that is public from now on."""
        story = change.story
        found = change.edition or self._store.edition(story.id, story.edition)
        if found is None:
            raise LookupError(f"story {story.id} has no edition {story.edition}")
        return found

    def _about(self, change: StoryChange) -> bytes:
        """What else the edition says, as it is committed to."""
        filing = _filing(change)
        messages = self._made_from(self._edition(change), change)
        return framed(
            {
                "agency": change.story.agency,
                "guid": change.story.guid,
                "version": messages[0].item.version if messages else None,
                "language": change.story.language,
                "headline": filing.headline,
                "byline": filing.byline,
            }
        )

    def _made_from(self, edition: Edition, change: StoryChange) -> list[Message]:
        """The messages of an edition, in the order in which their texts are joined."""
        fresh = {m.item.content_hash: m for m in reversed(change.messages)}
        contents = (edition.content_hash, *edition.parts)
        found = (fresh.get(c) or self._store.item_of(edition.story, c) for c in contents)
        return [message for message in found if message is not None]

    def _raw(self, messages: Sequence[Message]) -> bytes:
        """What the ``raw`` commitment is over: the delivery's bytes; of several deliveries their
        digests, one behind the other; of none that is kept (any more) nothing."""
        ids = dict.fromkeys(message.arrival.delivery for message in messages)
        found = [data for id in ids if id is not None and (data := self._bytes(id)) is not None]
        if len(found) == 1:
            return found[0]
        return b"".join(hashlib.sha256(data).digest() for data in found)

    def _bytes(self, id: str) -> bytes | None:
        if id in self._at_hand:
            return self._at_hand[id]
        kept = self._store.delivery(id)
        return kept.data if kept is not None else None

    # --- what the log must know before -----------------------------------------------------

    def _feed(self, agency: str, at: datetime) -> int:
        """The agency's number, which its name is told with when it is first given."""
        if agency not in self._feeds:

            def told(number: int) -> ControlDraft:
                name = public_name(self._house.profile(agency).name) or agency
                said = control.Feed(time=at.replace(microsecond=0), feed=number, name=name)
                return drafted(f"feed {number}", said, at)

            self._feeds[agency] = self._store.log.register(agency, told)
        return self._feeds[agency]

    def _transform(self, sha256: str, at: datetime) -> bytes:
        digest = bytes.fromhex(sha256)
        if sha256 not in self._told:
            said = control.Transform(time=at.replace(microsecond=0), transform=digest)
            self._store.log.add(drafted(f"transform {sha256}", said, at))
            self._told.add(sha256)
        return digest


def drafted(
    event: str, said: control.Control, at: datetime, opening: Opening | None = None
) -> ControlDraft:
    """A control entry to be kept; ``event`` is what it tells of, told once."""
    return ControlDraft(event=event, at=at, bytes=control.encode(said), opening=opening)


def framed(said: Mapping[str, str | None]) -> bytes:
    """Names and values as bytes that can be read in one way only: of each a line with its name
    and the number of bytes, then the bytes and a line end; ``-`` for what there is none of."""
    lines: list[bytes] = []
    for name, value in said.items():
        if value is None:
            lines.append(f"{name} -\n".encode())
        else:
            data = value.encode(errors="surrogatepass")
            lines.append(b"%b %d\n%b\n" % (name.encode(), len(data), data))
    return b"".join(lines)


def public_name(name: str) -> str:
    """An agency's name as the log can hold it: one line, and not too long."""
    plain = "".join(sign for sign in " ".join(name.split()) if sign.isprintable())
    cut = plain.encode()[: control.LONGEST_NAME].decode(errors="ignore")
    return cut.strip()


def _filing(change: StoryChange) -> Filing:
    if change.filing is None:
        raise LookupError(f"story {change.story.id} becomes public without its words")
    return change.filing


def _kind(event: Event, *, is_known: bool) -> Kind | None:
    """What the log calls an event; None: what it does not know was taken back."""
    if not is_known:
        return Kind.published if event.kind in _SHOWINGS else None
    if event.kind is EventKind.published:
        return Kind.updated
    return Kind.killed if event.kind is EventKind.withdrawn else Kind(event.kind.value)


def _edition(change: StoryChange, event: Event, kind: Kind) -> leaf.Edition | None:
    if kind in _EDITIONS:
        return change.story.edition
    if event.kind in (EventKind.withdrawn, EventKind.erased):
        return event.edition or "all"
    return "all" if leaf.RULES[kind].notice else None


def _reason(kind: Kind, event: Event) -> str | None:
    allowed = leaf.RULES[kind].reasons
    if not allowed:
        return None
    return event.reason if event.reason in allowed else _REASONS[kind]


def _notice(change: StoryChange) -> Message | None:
    """The newest message among these that takes something back."""
    taking = [
        message
        for message in change.messages
        if message.target is not None
        or message.item.editorial_types
        or message.item.pub_status is not PubStatus.usable
    ]
    return taking[-1] if taking else None
