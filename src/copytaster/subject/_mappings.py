"""Tables of what codes mean, each with its name and version, and which of them holds."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from copytaster.subject._code import SUBJECT_CODES
from copytaster.subject._code import Code


class Kind(StrEnum):
    """How a code stands to a Media Topic, in the words of SKOS (mapping properties)."""

    exact = "exact"
    """both mean the same"""
    broad = "broad"
    """the code means more than the topic: what has the code may be about something else"""
    close = "close"
    """nearly the same, and not in every story"""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """One Media Topic that a code leads to."""

    topic: str
    """its number of eight digits"""
    kind: Kind


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody states of codes, as of one version."""

    name: str
    version: str
    links: Mapping[Code, tuple[Link, ...]]
    """an exact link stands alone: beside it nothing is worth telling"""

    @property
    def called(self) -> str:
        """As it is told: ``IPTC Media Topics 2026-07-02``."""
        return f"{self.name} {self.version}"


class Mappings(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of the codes in one agency's copy."""

    tables: tuple[Table, ...] = ()
    """of those that know a code the first holds"""
    labels: Mapping[str, str] = {}
    """Media Topics by number, as IPTC calls them in the site's language"""

    def of(self, code: Code) -> tuple[Table | None, tuple[Link, ...]]:
        """What a code leads to, and by which table; nothing where none knows it."""
        for table in self.tables:
            if found := table.links.get(code):
                return table, found
        return None, ()

    def after(self, table: Table | None) -> "Mappings":
        """The same, but what this table knows comes first."""
        if table is None:
            return self
        return msgspec.structs.replace(self, tables=(table, *self.tables))


def _tops() -> Mapping[Code, tuple[Link, ...]]:
    """Of the seventeen top terms that the two vocabularies seem to share, fourteen mean the same.
    Human interest is only close; what is called unrest, conflicts and war is broader than conflict,
    war and peace; and of social issues nothing is stated: society has the number of one of them."""
    same = [f"{number:02d}000000" for number in (*range(1, 8), *range(9, 14), 15, 17)]
    stated = [(number, number, Kind.exact) for number in same]
    stated.append(("08000000", "08000000", Kind.close))
    stated.append(("14025000", "14000000", Kind.exact))
    stated.append(("16000000", "16000000", Kind.broad))
    return {
        Code(scheme=SUBJECT_CODES, code=code): (Link(topic=topic, kind=kind),)
        for code, topic, kind in stated
    }


TOP_TERMS = Table(name="IPTC top terms", version="2026-07-02", links=_tops())
"""what holds without a file: IPTC's releases of 2019-04-06 and 2026-07-02 state it alike"""
