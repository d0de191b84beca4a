"""A restored desk taught what was taken back after its backup was made.

A backup knows nothing of later kills: what was killed since would be live again, and what was
under embargo would open. The store that was replaced knows, where it can still be read; what it
does not allow readers, the restored desk does not show them either.
"""

import logging
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

import msgspec

from copytaster import store as stores
from copytaster.newsroom import erasing
from copytaster.newsroom._facts import withdrawn
from copytaster.newsroom.desk import Desk
from copytaster.store import ERASURE_KEY
from copytaster.store import PictureState
from copytaster.store import Store
from copytaster.store import StoreError
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.store import is_erased
from copytaster.story import DecisionKind
from copytaster.story import State

log = logging.getLogger("copytaster.desk")

_BY = "copytaster restore"
_REASON = "taken back after the backup was made"
_SHOWN = frozenset({State.live, State.embargoed})
"""states that show a story to readers, now or by themselves"""
_TAKEN_BACK = frozenset({State.held, State.withheld, State.never, State.expired})


class CarriedOver(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken back on the restored desk."""

    killed: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    """stories that could not be taken back, and why"""


def replaced(folder: Path) -> list[Path]:
    """The stores that restores have moved aside in this data folder, the newest first."""
    found = [path for path in folder.glob("replaced-*") if (path / stores.STORE_FILE).exists()]
    return sorted(found, key=_number, reverse=True)


def _number(path: Path) -> int:
    number = path.name.partition("-")[2]
    return int(number) if number.isdecimal() else 0


def carry_over(desk: Desk, aside: Path, *, only_kills: bool = False) -> CarriedOver:
    """Kill, hold and take away on this desk what the store in ``aside`` says was.

    ``only_kills``: of a store older than the one that was replaced, since what it held may have
    been released later; a restore that was cut off leaves such a one. One story that cannot be
    taken back is a fault, and costs no other. Raises ``store.StoreError`` when that store cannot
    be read (to the end): what was found until then is taken back.
    """
    old = stores.open_sqlite(aside / stores.STORE_FILE, reserve=0)
    carrying = _Carrying(desk, old, aside.parent, only_kills=only_kills)
    try:
        _adopt_key(desk.store, old)
        for story in _all(old):
            carrying.carry(story)
    finally:
        old.close()
    return carrying.done


def _adopt_key(store: Store, old: Store) -> None:
    """Know the guids again of what was erased after the backup."""
    key = old.setting(ERASURE_KEY)
    if key is not None and store.setting(ERASURE_KEY) is None:
        store.keep_setting(ERASURE_KEY, key)


def _all(store: Store) -> Iterator[Story]:
    story = store.story_after(0)
    while story is not None:
        yield story
        story = store.story_after(story.number)


class _Carrying:
    """One old store, carried over story by story."""

    def __init__(self, desk: Desk, old: Store, data: Path, *, only_kills: bool) -> None:
        self._desk = desk
        self._data = data
        self._old = old
        self._only_kills = only_kills
        self._killed: list[str] = []
        self._erased: list[str] = []
        self._held: list[str] = []
        self._taken: list[str] = []
        self._faults: list[str] = []

    @property
    def done(self) -> CarriedOver:
        return CarriedOver(
            killed=tuple(self._killed),
            erased=tuple(self._erased),
            held=tuple(self._held),
            pictures=tuple(self._taken),
            faults=tuple(self._faults),
        )

    def carry(self, story: Story) -> None:
        """Take back of one story what the old store says was."""
        for part in (self._story, self._pictures):
            self._guarded(story, part)

    def _guarded(self, story: Story, part: Callable[[Story], None]) -> None:
        try:
            part(story)
        except StoreError:
            raise
        except Exception as error:
            log.exception("carrying story %s over failed", story.id)
            why = f"{type(error).__name__}: {error}"
            self._faults.append(f"story {story.id}, {story.state.value} there ({why})")

    def _story(self, old: Story) -> None:
        known = self._known(old)
        if old.state is State.killed:
            if known is None or known.state is not State.killed:
                self._kill(old, known)
            if is_erased(old):
                self._erase(old)
        elif known is not None and self._shows_less(old, known):
            self._desk.decide(known.id, DecisionKind.hold, reason=_REASON, by=_BY)
            self._held.append(known.id)

    def _known(self, old: Story) -> Story | None:
        """The story here; a desk that went on from an older backup may know it by another id."""
        store = self._desk.store
        return store.story(old.id) or store.history(old.agency, old.guid).story

    def _kill(self, old: Story, known: Story | None) -> None:
        if known is None:
            if not self._may_come_again(old):
                return
            known = Story(id=old.id, agency=old.agency, guid=old.guid, state=State.held)
            self._desk.store.commit([StoryChange(story=known)])
        self._desk.decide(known.id, DecisionKind.kill, reason=old.cause, by=_BY)
        self._killed.append(known.id)

    def _erase(self, old: Story) -> None:
        """Destroy here too what was erased there after the backup."""
        known = self._desk.store.story(old.id)
        if known is None or is_erased(known):
            return
        decisions = self._old.history_of(old.id).decisions
        reason = next(d.reason for d in decisions if d.kind is DecisionKind.erase)
        order = erasing.Order(story=old.id, reason=erasing.Why(reason), by=_BY)
        erasing.take_down(self._desk, order)
        found = erasing.look(self._desk, order, _nobody)
        erasing.destroy(self._desk, self._data, order, found)
        self._erased.append(old.id)

    def _may_come_again(self, old: Story) -> bool:
        """Whether a kill needs a record here that waits for the words: a feed may still list
        them. What only the agency killed, and nobody ever saw, comes with its kill."""
        if old.drill:
            return False
        decisions = self._old.history_of(old.id).decisions
        return old.first_public is not None or any(d.kind is DecisionKind.kill for d in decisions)

    def _shows_less(self, old: Story, known: Story) -> bool:
        """Whether the old store does not show, or only later, what is shown here now or by
        itself."""
        if not _may_show(known, old):
            return False
        if old.state is State.live:
            return self._lost_an_edition(old, known)
        return not self._only_kills and _is_stricter(old, known)

    def _lost_an_edition(self, old: Story, known: Story) -> bool:
        """Whether words are here that the old store had withdrawn from a story that stays."""
        gone = withdrawn(self._old.events(story=old.id))
        if not gone:
            return False
        done = withdrawn(self._desk.store.events(story=known.id))
        history = self._desk.store.history_of(known.id)
        here = {message.item.content_hash for message in history.messages}
        return any(
            here.issuperset((edition.content_hash, *edition.parts))
            for edition in self._old.editions(old.id)
            if edition.number in gone - done
        )

    def _pictures(self, story: Story) -> None:
        """Take away the pictures beside it that were taken back."""
        for hung in self._old.pictures.of(story.id):
            was = hung.picture
            if was is None or was.state is PictureState.good:
                continue
            now = self._desk.store.pictures.get(was.name)
            is_final = was.state is PictureState.killed
            is_meant = is_final or not self._only_kills
            if now is not None and now.state is PictureState.good and is_meant:
                since = self._desk.clock()
                self._desk.photos.eliminate(
                    None, [was.sha256], reason=_REASON, by=_BY, since=since, final=is_final
                )
                self._taken.append(was.name)


def _nobody(at: int, of: int) -> None:
    """Nobody watches."""


def _may_show(known: Story, old: Story) -> bool:
    """Whether readers see it here, now or by itself: a time that has not come, or a pause, may be
    all that holds it, and the old store may have had another reason."""
    if known.state is State.held:
        return known.look_again is not None and known.reasons != old.reasons
    return known.state in _SHOWN


def _is_stricter(old: Story, known: Story) -> bool:
    if old.state is not State.embargoed:
        return old.state in _TAKEN_BACK
    if known.state is not State.embargoed:
        return known.state is State.live
    return known.look_again is not None and (
        old.look_again is None or old.look_again > known.look_again
    )
