"""The type of a profile's ``[subjects]``: what the agency's own codes mean."""

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Annotated

import msgspec

from copytaster.subject import Code
from copytaster.subject import Kind
from copytaster.subject import Link
from copytaster.subject import Table
from copytaster.subject import code_named

MediaTopic = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{8}$")]
"""the number of one"""
_Links = Annotated[Mapping[str, MediaTopic], msgspec.Meta(max_length=5000)]


class Subjects(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[subjects]``: codes, as the agency writes them, to numbers of Media Topics."""

    version: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    """of this table, by which it can be known later what was said: a date"""
    exact: _Links = {}
    """both mean the same; only these file a story"""
    broad: _Links = {}
    """the code means more than the topic"""
    close: _Links = {}
    """nearly the same"""

    def table(self, name: str) -> Table:
        """The same as a table of codes, under this name."""
        links = {code: (link,) for _, code, link in self.stated() if code is not None}
        return Table(name=name, version=self.version, links=links)

    def stated(self) -> Iterator[tuple[str, Code | None, Link]]:
        """Each code as it is written, as it is read, and what it leads to."""
        kinds = {Kind.exact: self.exact, Kind.broad: self.broad, Kind.close: self.close}
        for kind, stated in kinds.items():
            for written, topic in stated.items():
                yield written, code_named(written), Link(topic=topic, kind=kind)


def unusable(subjects: Subjects) -> Iterator[str]:
    """What no story would ever be found by, or is said twice."""
    seen: set[Code] = set()
    for written, code, link in subjects.stated():
        where = f"at `$.subjects.{link.kind}`"
        if code is None or not written.isprintable():
            yield f"{written[:60]!r} is no code; give e.g. 'dpacat:sp' - {where}"
        elif code in seen:
            yield f"{written!r} is there twice; a code means one Media Topic - {where}"
        else:
            seen.add(code)
