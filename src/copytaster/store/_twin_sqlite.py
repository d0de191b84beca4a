"""Twins in SQLite: the store's part that :class:`TwinStore` describes."""

from collections.abc import Iterable
from collections.abc import Sequence

import apsw
import msgspec

from copytaster.store import _rows as rows
from copytaster.store._list_port import Listed
from copytaster.store._part import Part
from copytaster.store._statements import sql
from copytaster.store._story_port import Face
from copytaster.store._story_port import StoryChange
from copytaster.store._story_port import Twin

_MOST = 300
"""stories that one look at families reaches: a family is a handful, and a list is drawn often"""


class TwinsInSqlite(Part):
    """:class:`TwinStore` on one engine."""

    def of(self, story: str) -> list[Twin]:
        return [rows.twin(row) for row in self._all("twins_of", story=story)]

    def live(self, story: str) -> list[Listed]:
        return [rows.listed_again(row) for row in self._all("live_twins", story=story)]

    def families(self, stories: Sequence[str]) -> list[tuple[Listed, ...]]:
        found = _connected(self._all("families", stories=rows.json(stories), most=_MOST))
        if not found:
            return []
        numbers = rows.json(sorted(set().union(*found)))
        listed = [rows.listed_again(row) for row in self._all("listed", numbers=numbers)]
        families = ([one for one in listed if one.story.number in family] for family in found)
        return sorted(map(tuple, families), key=lambda family: -family[0].story.number)


def _connected(pairs: Iterable[rows.Row]) -> list[set[int]]:
    """What hangs together by these pairs."""
    family: dict[int, set[int]] = {}
    for one, other in pairs:
        mine, theirs = family.setdefault(one, {one}), family.setdefault(other, {other})
        if mine is not theirs:
            small, large = sorted((mine, theirs), key=len)
            large |= small
            family |= dict.fromkeys(small, large)
    return list({id(members): members for members in family.values()}.values())


def write_twins(db: apsw.Connection, change: StoryChange, *, was_live: bool) -> None:
    """Keep what the change says of a story's twins. The pages of those that say something else of
    it from now on are owed: it has come, or gone, or is another one."""
    is_live = change.story.face is Face.live
    if change.twins is None and was_live == is_live:
        return
    _owe_beside(db, change)
    if change.twins is not None:
        db.execute(sql("drop_twins"), {"id": change.story.id})
        db.executemany(sql("keep_twin"), _both_sides(change.twins))
        _owe_beside(db, change)


def _owe_beside(db: apsw.Connection, change: StoryChange) -> None:
    if change.story.face_changed is not None:
        at = rows.micros(change.story.face_changed)
        db.execute(sql("owe_beside"), {"story": change.story.id, "at": at})


def _both_sides(twins: Iterable[Twin]) -> list[rows.Bindings]:
    return [
        rows.twin_bindings(side) for twin in twins for side in (twin, _from_the_other_side(twin))
    ]


def _from_the_other_side(twin: Twin) -> Twin:
    return msgspec.structs.replace(
        twin,
        story=twin.other,
        other=twin.story,
        in_other=twin.of_other,
        of_other=twin.in_other,
    )
