"""The port's part for names: by which notices find stories, and stories the notices for them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec


class Called(msgspec.Struct, frozen=True, kw_only=True):
    """A name a story goes by, as a number, and when its versions of that name moved."""

    name: int
    first: datetime
    last: datetime


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """A name to look for, among versions that moved between two instants."""

    name: int
    since: datetime
    until: datetime


class Seeking(msgspec.Struct, frozen=True, kw_only=True):
    """That a message of this story is a notice about others, and the names it gives them.

    It is kept as looking for them for good: what it means may arrive later.
    """

    content_hash: str
    sought: tuple[Sought, ...]


class NameStore(Protocol):
    """The part of the store that knows what stories and notices call each other."""

    def named(self, sought: Sequence[Sought], limit: int = 100) -> list[str]:
        """Ids of the stories that go by any of these names, the last moved first."""

    def seeking(self, names: Sequence[Called], limit: int = 100) -> list[tuple[str, str]]:
        """(story, content hash) of the notices that look for any of these, the oldest first."""
