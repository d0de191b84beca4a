"""The ``categories`` of a digitalwires entry: one list of everything that a code can say.

Each has a ``type`` (``dnltype:dpasubject``, ``dnltype:wire`` …), a name, a QCode and a rank.
What dpa's own conversion makes of a type in NewsML-G2 is made of it here, so that a story
says the same in both.
"""

from collections.abc import Mapping

from copytaster.formats._catalog import Catalog
from copytaster.formats._g2_meta import local
from copytaster.formats._json_values import objects
from copytaster.formats._json_values import string
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import Place
from copytaster.item import Source

_ALIASES = Catalog(())
"""IPTC's aliases; dpa's own schemes have no address"""

_SUBJECTS = ("desk", "dpasubject", "subject")
_PLACES = ("geosubject", "poi")
_PEOPLE = ("person",)
_ORGANISATIONS = ("organisation", "organization", "company")
_EVENTS = ("event",)


class Categories:
    """The categories of one entry by their type, those of a type by rank."""

    def __init__(self, value: object) -> None:
        self._types: dict[str, list[Mapping[str, object]]] = {}
        for member in objects(value):
            kind = member.get("type")
            if isinstance(kind, str):
                self._types.setdefault(kind.rpartition(":")[2].lower(), []).append(member)
        for members in self._types.values():
            if len(members) > 1:
                members.sort(key=_rank)

    def all(self, *kinds: str) -> list[Mapping[str, object]]:
        return [member for kind in kinds for member in self._types.get(kind, ())]

    def codes(self, kind: str) -> tuple[str, ...]:
        """The QCode of each, else its name."""
        found = (string(m.get("qcode")) or string(m.get("name")) for m in self.all(kind))
        return tuple(code for code in found if code)

    def names(self, kind: str) -> tuple[str, ...]:
        return tuple(name for m in self.all(kind) if (name := string(m.get("name"))))

    def subjects(self) -> tuple[Concept, ...]:
        """The desk as the broadest subject, as in dpa's NewsML-G2."""
        return self._concepts(*_SUBJECTS)

    def genres(self) -> tuple[Concept, ...]:
        return self._concepts("genre")

    def people(self) -> tuple[Concept, ...]:
        return self._concepts(*_PEOPLE)

    def organisations(self) -> tuple[Concept, ...]:
        return self._concepts(*_ORGANISATIONS)

    def events(self) -> tuple[Concept, ...]:
        return self._concepts(*_EVENTS)

    def places(self) -> tuple[Concept, ...]:
        """Places the story is about, and the points of interest it names."""
        return self._concepts(*_PLACES)

    def _concepts(self, *kinds: str) -> tuple[Concept, ...]:
        found = (_concept(member) for member in self.all(*kinds))
        return tuple(concept for concept in found if concept != Concept())

    def makers(self) -> tuple[Byline, ...]:
        """Who wrote it or took the picture, by name; a name without a blank is that of a staff
        account."""
        found = (
            Byline(name=name, role=local(string(member.get("role"))))
            for member in self.all("creator")
            if (name := string(member.get("name"))) and " " in name
        )
        return tuple(dict.fromkeys(found))

    def sources(self) -> tuple[Source, ...]:
        """Who supplied what (``infosource``)."""
        return tuple(
            Source(
                name=string(member.get("name")),
                uri=_ALIASES.resolve(string(member.get("qcode"))),
                role=local(string(member.get("role"))),
            )
            for member in self.all("infosource")
        )

    def located(self) -> tuple[str | None, Place | None]:
        """Where the content was made: of a text ``located``, of a picture ``locationcreated``."""
        for member in self.all("located", "locationcreated"):
            if name := string(member.get("name")):
                about = properties(member)
                return name, Place(
                    city=string(about.get("locality")) or name,
                    area=string(about.get("administrative_area_level_1")),
                    country=string(about.get("country")),
                )
        return None, None


def resolved(qcode: str) -> str | None:
    """The URI of a QCode with an alias of IPTC's."""
    return _ALIASES.resolve(qcode)


def properties(member: Mapping[str, object]) -> Mapping[str, object]:
    """What a place's GeoJSON says of it in words."""
    geojson = member.get("geojson")
    found = geojson.get("properties") if isinstance(geojson, dict) else None
    return found if isinstance(found, dict) else {}


def _concept(member: Mapping[str, object]) -> Concept:
    qcode = string(member.get("qcode"))
    uri = resolved(qcode) if qcode else None
    placed = string(properties(member).get("name")) if "geojson" in member else None
    name = placed or string(member.get("name"))
    return Concept(uri=uri, literal=None if uri else qcode, name=name)


def _rank(member: Mapping[str, object]) -> int:
    """1 is highest; without a rank as highest, as NewsML-G2 has it."""
    rank = member.get("rank")
    return rank if isinstance(rank, int) and not isinstance(rank, bool) else 1
