"""One story, looked at: its messages and decisions in, the change to keep out.

Pure but for nothing: everything needed is passed in. The verdict room says what may be
public; this module says what that does to the story's public face, its editions, its history
and the press's work.
"""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime

import msgspec

from copytaster import press
from copytaster import shelf
from copytaster import verdict
from copytaster.agency import Profile
from copytaster.channels.site import names
from copytaster.item import Item
from copytaster.newsroom import _facts
from copytaster.newsroom import _hanging
from copytaster.newsroom import licence
from copytaster.newsroom import noting
from copytaster.newsroom._hanging import Hanging
from copytaster.newsroom._hanging import Hung
from copytaster.newsroom._hanging import Terms
from copytaster.newsroom._made_from import said_now
from copytaster.newsroom._pile import Pile
from copytaster.newsroom._replacing import is_gone
from copytaster.newsroom.noting import Reads
from copytaster.press import Pressed
from copytaster.press import Site
from copytaster.readingroom import Text
from copytaster.store import Edition
from copytaster.store import Event
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Judged
from copytaster.store import PressWork
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.store import StoryPicture
from copytaster.store import WorkKind
from copytaster.story import Cause
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import Reason
from copytaster.story import State
from copytaster.subject import Mappings
from copytaster.verdict import Ground
from copytaster.verdict import Verdict
from copytaster.verdict import rights
from copytaster.verdict.rights import Use

UNTIL_RESUMED = datetime(9999, 1, 1, tzinfo=UTC)
"""``look_again`` of a story that nothing but ``copytaster resume`` can change"""
NOT_RULED = "ruling-failed"
"""the reason of a story that a message may take back and that could not be ruled on"""
PAUSED = "paused"
"""the reason of a story that waits for ``copytaster resume``"""

_FACES = {
    State.killed: Face.gone,
    State.expired: Face.expired,
}
_REVIEWS = (DecisionKind.review, DecisionKind.unreview)
_LABELS = ("correction", "refile", "update")


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What to keep of one look at one story, and the pages already made for it."""

    change: StoryChange
    verdict: Verdict
    read: Story | None
    """the record this look began with; None for a story not yet kept"""
    pile: Pile
    pressed: Pressed | None = None


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one look at a story takes."""

    pile: Pile
    events: tuple[Event, ...]
    profile: Profile
    site: Site
    ground: Ground
    """what the story's licence is held against"""
    mappings: Mappings = Mappings()
    """what the codes of its subjects mean"""
    now: datetime
    paused: frozenset[str] = frozenset()
    """sources whose publishing is paused; ``*`` is all"""
    hanging: Hanging = Hanging()
    """the pictures beside the story"""
    instead: str | None = None
    """public id of the story that the agency's fields put in this one's place"""
    editions: tuple[Edition, ...] = ()
    """those there are, where one of them may be taken back while the story stays"""
    reads: Reads = Text.read
    """makes the notes beside words that are new"""
    notes: bytes | None = None
    """beside the newest edition, of a story that is not shown and may be shown again"""


def rule(look: Look) -> Ruling:
    """The change this look brings about."""
    messages = look.pile.messages
    decisions = (*look.pile.history.decisions, *look.pile.decisions)
    ruled = verdict.decide(messages, decisions, look.profile, look.now, look.ground)
    if ruled.state is State.live and ruled.current is not None:
        return _live(look, messages, ruled, ruled.current)
    return _not_live(look, ruled)


def suspend(look: Look, again: datetime) -> Ruling:
    """The change that takes a story down without a verdict, until it can be ruled on."""
    unruled = Verdict(
        state=State.held,
        reasons=(Reason(code=NOT_RULED),),
        cause=Cause.desk,
        look_again=again,
    )
    return _not_live(look, unruled)


# --- live ----------------------------------------------------------------------------------------


def _live(look: Look, messages: Sequence[Message], ruled: Verdict, item: Item) -> Ruling:
    digest = _facts.public_digest(item)
    gone = _gone(look, ruled)
    new_words = digest != look.pile.story.edition_hash or look.pile.story.edition in (0, *gone)
    hung = _hang(look, messages, ruled, item)
    ruled = _with_pictures(ruled, hung)
    is_reviewed = any(d.kind in _REVIEWS for d in look.pile.decisions)
    if not new_words and look.pile.story.face is Face.live and not is_reviewed:
        return _same_words(look, ruled, hung, gone)
    if _is_paused(look, messages, _contents(ruled, item)):
        return _wait(look, ruled, gone)
    return _publish(look, messages, ruled, item, digest, hung, gone, new_words=new_words)


def _gone(look: Look, ruled: Verdict) -> tuple[int, ...]:
    """The editions that are to be taken back now: what they were made from is withdrawn."""
    known = _facts.withdrawn(look.events)
    return tuple(
        edition.number
        for edition in look.editions
        if not {edition.content_hash, *edition.parts}.isdisjoint(ruled.withdrawn)
        if edition.number not in known
    )


def _takings(look: Look, gone: Sequence[int]) -> tuple[Event, ...]:
    """The history of editions that are taken back."""
    return tuple(
        Event(
            story=look.pile.story.id,
            kind=EventKind.withdrawn,
            at=look.now,
            edition=number,
            reason=Cause.agency.value,
        )
        for number in gone
    )


def _hang(look: Look, messages: Sequence[Message], ruled: Verdict, item: Item) -> Hung:
    contents = _contents(ruled, item)
    sources = [m.arrival.source for m in messages if m.item.content_hash == contents[0]]
    return _hanging.hang(
        look.pile.story.id,
        item,
        look.hanging,
        Terms(
            profile=look.profile,
            territories=look.ground.territories,
            began=rights.first_version([m for m in messages if m.target is None]),
            gate=ruled.rights.gate(Use.pictures) if ruled.rights else None,
        ),
        source=sources[0],
        now=look.now,
    )


def _contents(ruled: Verdict, item: Item) -> tuple[str, ...]:
    """Content hashes of the messages that the current item is made from."""
    return ruled.parts or (item.content_hash,)


def _with_pictures(ruled: Verdict, hung: Hung) -> Verdict:
    """The clock of a picture is the story's too."""
    instants = [at for at in (ruled.look_again, hung.look_again) if at is not None]
    return msgspec.structs.replace(ruled, look_again=min(instants, default=None))


def _same_words(look: Look, ruled: Verdict, hung: Hung, gone: Sequence[int]) -> Ruling:
    """Nothing new to read. What hangs beside it may be another picture, or none: the same
    edition is pressed again, without an event, because no word of it changed. An earlier edition
    may be gone: its addresses are proved as those of a withdrawn story are."""
    story, work = _record(look, ruled), None
    if gone or hung.shown != Hung(pictures=look.hanging.hung).shown:
        story = msgspec.structs.replace(story, face_changed=look.now)
        work = _work(look, WorkKind.withdraw if gone else WorkKind.publish)
    change = msgspec.structs.replace(
        _change(look, story),
        events=_takings(look, gone),
        pictures=_rehung(look, hung),
        work=work,
    )
    return _ruling(look, ruled, change)


def _rehung(look: Look, hung: Hung) -> tuple[StoryPicture, ...] | None:
    """What the store is told of the pictures: nothing where they hang so already."""
    return hung.pictures if hung.pictures != look.hanging.hung else None


def _publish(
    look: Look,
    messages: Sequence[Message],
    ruled: Verdict,
    item: Item,
    digest: str,
    hung: Hung,
    gone: Sequence[int],
    *,
    new_words: bool,
) -> Ruling:
    notes = _notes(look, item) if new_words else look.notes
    story = _shown(look, ruled, item, digest, notes, new_words=new_words)
    events = (
        *_takings(look, gone),
        *_showing(look, ruled, item, story, new_words=new_words),
    )
    pressed = press.edition(
        _facts.edition_facts(
            story,
            item,
            look.profile,
            messages,
            (*look.events, *events),
            edition=story.edition,
            ruled=ruled,
            pictures=hung.shown,
            parts=_parts(messages, ruled),
            notes=notes,
        ),
        look.site,
    )
    if pressed.faults:
        return _not_live(look, _held(ruled, "gate-failed", pressed.faults[0]))
    story = msgspec.structs.replace(story, language=pressed.entry.language)
    change = msgspec.structs.replace(
        _change(look, story),
        edition=_edition(story, _contents(ruled, item), pressed, events[-1], notes)
        if new_words
        else None,
        events=events,
        work=_work(look, WorkKind.withdraw if gone else WorkKind.publish),
        pictures=_rehung(look, hung),
        filing=_facts.filing(pressed.entry, pressed.files["text"].decode()),
    )
    return _ruling(look, ruled, change, pressed)


def _notes(look: Look, item: Item) -> bytes | None:
    id = look.pile.story.id
    return noting.read(id, item, look.profile, look.site, look.mappings, look.reads)


def _shown(
    look: Look,
    ruled: Verdict,
    item: Item,
    digest: str,
    notes: bytes | None,
    *,
    new_words: bool,
) -> Story:
    """The record of a story whose page shows this item."""
    story = _record(look, ruled)
    return msgspec.structs.replace(
        story,
        face=Face.live,
        edition=story.edition + new_words,
        edition_hash=digest,
        shelves=shelf.of(item, noting.subjects(notes)),
        first_public=story.first_public or look.now,
        face_changed=look.now,
    )


def _showing(
    look: Look, ruled: Verdict, item: Item, story: Story, *, new_words: bool
) -> Iterator[Event]:
    """The line of its history that shows a story. That a person has read what readers see already
    is none: the page says so, and no word of it changed."""
    if new_words or look.pile.story.face is not Face.live:
        yield _event_of(look, ruled, item, story, new_words=new_words)


def _event_of(look: Look, ruled: Verdict, item: Item, story: Story, *, new_words: bool) -> Event:
    note = item.correction_text.public if item.correction_text else None
    if not new_words:
        return Event(story=story.id, kind=EventKind.released, at=look.now, edition=story.edition)
    if story.edition == 1:
        kind, reason = EventKind.published, None
    else:
        kind, reason = EventKind.updated, _label(ruled)
    return Event(
        story=story.id,
        kind=kind,
        at=look.now,
        edition=story.edition,
        reason=reason,
        note=note if reason else None,
    )


def _label(ruled: Verdict) -> str:
    return next((label for label in _LABELS if label in ruled.labels), "update")


def _parts(messages: Sequence[Message], ruled: Verdict) -> tuple[Item, ...]:
    """The messages that the current item is put together from; none where its words are one's."""
    if len(ruled.parts) < 2:
        return ()
    items = {message.item.content_hash: message.item for message in messages}
    return tuple(items[content] for content in ruled.parts)


def _edition(
    story: Story, contents: Sequence[str], pressed: Pressed, event: Event, notes: bytes | None
) -> Edition:
    return Edition(
        notes=notes,
        story=story.id,
        number=story.edition,
        content_hash=contents[0],
        parts=tuple(contents[1:]),
        transform=press.TRANSFORM_SHA256,
        made=event.at,
        label=event.reason or event.kind.value,
        entry=press.encode_entry(pressed.entry),
        files=names(story.edition, pressed.files),
    )


def _is_paused(look: Look, messages: Sequence[Message], contents: Sequence[str]) -> bool:
    if not look.paused or look.pile.story.drill:
        return False  # a pause must not hide a broken way of a kill, and nobody reads a drill
    sources = {m.arrival.source for m in messages if m.item.content_hash in contents}
    return "*" in look.paused or bool(sources & look.paused)


def _wait(look: Look, ruled: Verdict, gone: Sequence[int]) -> Ruling:
    """Publishing is paused: what is public stays, what is new waits for ``resume``.

    The clock goes on: an embargo set late, a licence that ends, still take the page down; and so
    does a notice that takes back what is public, whatever it declares good in its place.
    """
    again = min(ruled.look_again or UNTIL_RESUMED, UNTIL_RESUMED)
    held = msgspec.structs.replace(_held(ruled, PAUSED, None), look_again=again)
    if look.pile.story.edition in gone:
        return _not_live(look, held)
    change = _change(look, _record(look, held))
    if gone and look.pile.story.face is Face.live:
        change = _without(look, change, gone)
    return _ruling(look, held, change)


def _without(look: Look, change: StoryChange, gone: Sequence[int]) -> StoryChange:
    """The change that takes earlier editions away as well, while the newest stays public."""
    return msgspec.structs.replace(
        change,
        story=msgspec.structs.replace(change.story, face_changed=look.now),
        events=_takings(look, gone),
        work=_work(look, WorkKind.withdraw),
    )


def _held(ruled: Verdict, code: str, detail: str | None) -> Verdict:
    return msgspec.structs.replace(
        ruled, state=State.held, reasons=(Reason(code=code, detail=detail),), cause=Cause.desk
    )


# --- not live ------------------------------------------------------------------------------------


def _not_live(look: Look, ruled: Verdict) -> Ruling:
    face = _face(look.pile.story, ruled)
    story = _record(look, ruled)
    if face is look.pile.story.face:
        return _ruling(look, ruled, _still_down(look, story))
    story = msgspec.structs.replace(story, face=face, face_changed=look.now)
    event = Event(
        story=story.id,
        kind=_left_by(face),
        at=look.now,
        edition=story.edition,
        reason="licence" if face is Face.expired else ruled.cause.value,
    )
    work = _work(look, WorkKind.withdraw)
    change = msgspec.structs.replace(_change(look, story), events=(event,), work=work)
    return _ruling(look, ruled, change)


def _still_down(look: Look, story: Story) -> StoryChange:
    """Nothing new for readers, but a substitute that its notice must link to now."""
    change = _change(look, story)
    if story.substitute == look.pile.story.substitute or story.face is Face.none:
        return change
    work = PressWork(story=story.id, kind=WorkKind.withdraw, since=look.pile.since)
    return msgspec.structs.replace(change, work=work)


def _face(story: Story, ruled: Verdict) -> Face:
    """What the address shows of a story that may not be live (design §6)."""
    if story.first_public is None:
        return Face.none
    if ruled.state is State.killed and ruled.cause is Cause.legal:
        return Face.legal
    return _FACES.get(ruled.state, Face.hold)


def _left_by(face: Face) -> EventKind:
    if face is Face.hold:
        return EventKind.held
    return EventKind.expired if face is Face.expired else EventKind.killed


# --- both ----------------------------------------------------------------------------------------


def _record(look: Look, ruled: Verdict) -> Story:
    return msgspec.structs.replace(
        look.pile.story,
        state=ruled.state,
        reasons=ruled.reasons,
        cause=ruled.cause.value,
        look_again=ruled.look_again,
        substitute=_substitute(look, ruled),
    )


def _substitute(look: Look, ruled: Verdict) -> str | None:
    """What to read instead of a story that is gone; what was once said of a kill stands."""
    if not is_gone(ruled.state):
        return None
    said = ruled.substitute or look.instead
    return said or (look.pile.story.substitute if ruled.state is State.killed else None)


def _work(look: Look, kind: WorkKind) -> PressWork:
    pile = look.pile
    return PressWork(story=pile.story.id, kind=kind, since=pile.since, bulk=pile.bulk)


def _change(look: Look, story: Story) -> StoryChange:
    pile = look.pile
    return StoryChange(
        story=story,
        messages=pile.fresh,
        decisions=pile.decisions,
        names=pile.names,
        seeking=pile.seeking,
        links=licence.links(story.id, pile.fresh),
    )


def _ruling(
    look: Look, ruled: Verdict, change: StoryChange, pressed: Pressed | None = None
) -> Ruling:
    change = msgspec.structs.replace(
        change,
        judged=_judged(look, change.story),
        current=said_now(look.pile.messages, ruled),
    )
    return Ruling(
        change=change,
        verdict=ruled,
        read=look.pile.history.story,
        pile=look.pile,
        pressed=pressed,
    )


def _judged(look: Look, story: Story) -> Judged | None:
    """The line of the story's record of verdicts, where this look holds another one."""
    before = look.pile.history.story
    held = (story.state, story.reasons, story.cause)
    if before is not None and held == (before.state, before.reasons, before.cause):
        return None
    return Judged(
        story=story.id, at=look.now, state=story.state, reasons=story.reasons, cause=story.cause
    )


def is_unruled(story: Story) -> bool:
    """A story that was taken down because nobody could rule on it."""
    return any(reason.code == NOT_RULED for reason in story.reasons)


def is_killed_now(ruling: Ruling) -> bool:
    """A story that the public saw was killed by this ruling."""
    story, read = ruling.change.story, ruling.read
    if story.state is not State.killed or story.first_public is None or story.drill:
        return False
    return read is None or read.state is not State.killed


def says_something(ruling: Ruling) -> bool:
    """Whether anything of this ruling is not yet kept."""
    change = ruling.change
    said = (change.messages, change.decisions, change.events, change.names, change.seeking)
    return any(said) or change.pictures is not None or change.story != ruling.read
