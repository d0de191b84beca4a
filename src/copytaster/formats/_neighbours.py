"""One document, many items: what cannot be read never costs its neighbours."""

from collections.abc import Callable
from collections.abc import Iterable
from typing import TypeVar

import msgspec

from copytaster.formats._types import BadItem
from copytaster.formats._types import SetAside
from copytaster.formats._types import bad_item
from copytaster.item import Item

Member = TypeVar("Member")


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """What the members of a document were, in its order."""

    items: tuple[Item, ...]
    aside: tuple[SetAside, ...]
    failed: tuple[BadItem, ...]


def each(
    members: Iterable[Member],
    read: Callable[[int, Member], Item | SetAside | BadItem],
    guid_of: Callable[[Member], str | None],
    *,
    first: int = 0,
) -> Gathered:
    """Every member by ``read``, with its place in the document, counted from ``first``.

    Whatever fails in one is told as a :class:`BadItem` in its place. ``guid_of`` names a member
    that could not be read, where even that can be read.
    """
    items: list[Item] = []
    aside: list[SetAside] = []
    failed: list[BadItem] = []
    for index, member in enumerate(members, start=first):
        try:
            found = read(index, member)
        except Exception as error:  # noqa: BLE001  one item never loses its neighbours
            found = bad_item(index, _named(member, guid_of), error)
        if isinstance(found, Item):
            items.append(found)
        elif isinstance(found, SetAside):
            aside.append(found)
        else:
            failed.append(found)
    return Gathered(items=tuple(items), aside=tuple(aside), failed=tuple(failed))


def _named(member: Member, guid_of: Callable[[Member], str | None]) -> str | None:
    try:
        return guid_of(member)
    except Exception:  # noqa: BLE001  the name may be what could not be read
        return None
