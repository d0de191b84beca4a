"""Versions of one text in lists: the one that readers saw last stands for all of them.

None is left out of anything: each is named by the one that stands for it, and keeps its address,
its place in feeds and in search.
"""

from collections.abc import Callable
from collections.abc import Sequence

import msgspec

from copytaster.store import Listed
from copytaster.store import Store
from copytaster.store import Story

MOST = 12
"""older versions that one entry names; more stand by themselves"""


class Fold(msgspec.Struct, frozen=True, kw_only=True):
    """A story as a list shows it, and what it stands for."""

    listed: Listed
    beside: tuple[Listed, ...] = ()
    """older versions that the list has too, the newest first"""


def fold(store: Store, page: Sequence[Listed], belongs: Callable[[Story], bool]) -> list[Fold]:
    """The stories of a page of a list, newest first, each family by its newest; the others of it
    are left out where they would stand by themselves, on this page or another.

    ``belongs``: whether a story is in this list.
    """
    families: dict[str, list[Listed]] = {}
    for family in store.twins.families([one.story.id for one in page]):
        members = [member for member in family if belongs(member.story)]
        families |= {member.story.id: members for member in members}
    folds: list[Fold] = []
    for one in page:
        first, *others = families.get(one.story.id, [one])
        if first.story.id == one.story.id:
            folds.append(Fold(listed=one, beside=tuple(others[:MOST])))
        elif one.story.id in {other.story.id for other in others[MOST:]}:
            folds.append(Fold(listed=one))
    return folds
