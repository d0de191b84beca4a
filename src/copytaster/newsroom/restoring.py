"""A restored desk taught what was taken back after its backup was made.

A backup knows nothing of later kills: what was killed since would be live again, and what was
under embargo would open. The store that was replaced knows, where it can still be read; what it
does not allow readers, the restored desk does not show them either.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from copytaster import store as stores
from copytaster.newsroom.desk import Desk
from copytaster.store import PictureState
from copytaster.store import Store
from copytaster.store import Story
from copytaster.story import DecisionKind
from copytaster.story import State

_BY = "copytaster restore"
_REASON = "taken back after the backup was made"
_SHOWN = frozenset({State.live, State.embargoed})
"""states that show a story to readers, now or by themselves"""
_TAKEN_BACK = frozenset({State.held, State.withheld, State.never})


class CarriedOver(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken back on the restored desk."""

    killed: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


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
    been released later; a restore that was cut off leaves such a one. Raises ``store.StoreError``
    when that store cannot be read (to the end): what was found until then is taken back.
    """
    killed: list[str] = []
    held: list[str] = []
    pictures: list[str] = []
    old = stores.open_sqlite(aside / stores.STORE_FILE, reserve=0)
    try:
        for story in _all(old):
            known = desk.store.story(story.id)
            kind = None if known is None else _kind(story, known)
            if kind is DecisionKind.kill:
                desk.decide(story.id, kind, reason=story.cause, by=_BY)
                killed.append(story.id)
            elif kind is DecisionKind.hold and not only_kills:
                desk.decide(story.id, kind, reason=_REASON, by=_BY)
                held.append(story.id)
            pictures += _pictures(desk, old, story, only_kills=only_kills)
    finally:
        old.close()
    return CarriedOver(killed=tuple(killed), held=tuple(held), pictures=tuple(pictures))


def _all(store: Store) -> Iterator[Story]:
    story = store.story_after(0)
    while story is not None:
        yield story
        story = store.story_after(story.number)


def _kind(old: Story, restored: Story) -> DecisionKind | None:
    """What is to be decided on a story that the old store shows less of."""
    if old.state is State.killed:
        return None if restored.state is State.killed else DecisionKind.kill
    if old.state in _TAKEN_BACK and restored.state in _SHOWN:
        return DecisionKind.hold
    return None


def _pictures(desk: Desk, old: Store, story: Story, *, only_kills: bool) -> Iterator[str]:
    """Pictures beside it that were taken back."""
    for hung in old.pictures.of(story.id):
        was = hung.picture
        if was is None or was.state is PictureState.good:
            continue
        now = desk.store.pictures.get(was.name)
        is_final = was.state is PictureState.killed
        if now is not None and now.state is PictureState.good and (is_final or not only_kills):
            desk.photos.eliminate(
                None, [was.sha256], reason=_REASON, by=_BY, since=desk.clock(), final=is_final
            )
            yield was.name
