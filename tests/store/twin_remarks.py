"""Editors' remarks, in a plain list."""

from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from copytaster.store import Margin
from copytaster.store import Remark
from copytaster.store import RemarkKind

if TYPE_CHECKING:
    from tests.store.twin import Twin


class TwinRemarks:
    """:class:`copytaster.store.RemarkStore`, without a file."""

    def __init__(self, twin: "Twin") -> None:
        self._twin = twin

    def keep(self, remark: Remark) -> None:
        with self._twin.turn:
            if remark.story in self._twin.kept.stories:
                self._twin.kept.remarks.append(remark)

    def of(self, story: str, limit: int = 200) -> list[Remark]:
        return [one for one in self._twin.kept.remarks[::-1] if one.story == story][:limit]

    def person(self, story: str) -> str | None:
        """Whose a story is."""
        given = (one.person for one in self.of(story) if one.kind is RemarkKind.given)
        return next(given, None)

    def margins(self, stories: Sequence[str]) -> Mapping[str, Margin]:
        return {story: self._margin(story) for story in stories if self.of(story)}

    def _margin(self, story: str) -> Margin:
        notes = sum(one.kind is RemarkKind.note for one in self.of(story))
        asked = (one.by for one in self.of(story) if one.kind is RemarkKind.asked)
        return Margin(person=self.person(story), notes=notes, asked_by=next(asked, None))

    def forget(self, story: str) -> None:
        """Its story is erased, and what was said of it with it."""
        self._twin.kept.remarks = [
            replace(one, words="erased", content_hash=None) if one.story == story else one
            for one in self._twin.kept.remarks
        ]
