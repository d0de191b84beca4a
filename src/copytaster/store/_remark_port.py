"""The port's part for what editors say to each other of a story; readers never see any of it."""

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec


class RemarkKind(StrEnum):
    """What a remark is."""

    note = "note"
    given = "given"
    """the story is somebody's to see to"""
    asked = "asked"
    """somebody else is asked to agree to a release"""


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was said of a story. It stays as it is; its words go when its story is
    erased."""

    story: str
    """public id"""
    at: datetime
    by: str
    kind: RemarkKind
    words: str = ""
    person: str | None = None
    """``given``: to whom; None: to nobody any more"""
    content_hash: str | None = None
    """``asked``: of which content"""


class Margin(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside a story in a list."""

    person: str | None = None
    """whose it is to see to"""
    notes: int = 0
    asked_by: str | None = None
    """who asked last for its release, whatever its text was then"""


class RemarkStore(Protocol):
    """What the store keeps of remarks."""

    def keep(self, remark: Remark) -> None:
        """One more; ``given`` changes whose the story is with it. Of a story that there is not,
        nothing."""

    def of(self, story: str, limit: int = 200) -> list[Remark]:
        """Those of a story, the newest first."""

    def margins(self, stories: Sequence[str]) -> Mapping[str, Margin]:
        """Of these stories, those of which something was said."""
