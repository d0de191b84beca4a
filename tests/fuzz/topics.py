"""IPTC's file of Media Topics, hunted: it is refused in one line, or states what stands in it."""

import random
import re
import time

from copytaster import subject
from copytaster.subject import ExportError
from copytaster.subject import Mappings
from tests.fuzz import oracle
from tests.fuzz.hunt import FEWEST
from tests.fuzz.hunt import Hunt
from tests.fuzz.hunt import keep
from tests.fuzz.hunt import kind_of
from tests.fuzz.mutations import Mutator
from tests.subject.making import FERRIES
from tests.subject.making import LIGHTS
from tests.subject.making import QUAYS
from tests.subject.making import TIDES
from tests.subject.making import export
from tests.subject.making import topic

NAME = "media-topics"
_RETIRED = "2025-03-31T12:00:00+00:00"
SEEDS = [
    export(),
    export(
        topic(TIDES, exactMatch=["99001001"], retired=_RETIRED, isReplacedBy=f"medtop:{QUAYS}"),
        topic(QUAYS, exactMatch=["99001001"], broadMatch=["99001002", "99001003"]),
        topic(LIGHTS, closeMatch=["99001002"], prefLabel={"en-GB": "lights", "zh-Hans": "灯塔"}),
        topic(FERRIES, prefLabel={"se": "färjor", "no-NB": "ferger", "en-US": "ferries"}),
    ),
]
_NUMBER = re.compile(r"[0-9]{8}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def judge(data: bytes) -> None:
    """Raises where what the reader does is not what was promised."""
    for language in ("en", "nb"):
        try:
            found = subject.read(data, language)
        except ExportError as error:
            if not oracle.is_told(str(error)):
                raise oracle.Wrong(f"an error in one short line: {str(error)[:200]!r}") from error
            return
        _states_what_stands_in(data, found)


def _states_what_stands_in(data: bytes, found: Mappings) -> None:
    (table,) = found.tables
    if not _DAY.fullmatch(table.version):
        raise oracle.Wrong(f"does not hold: a version is a day: {table.version!r}")
    linked = {link.topic for links in table.links.values() for link in links}
    numbers = linked | set(found.labels) | {code.code for code in table.links}
    for number in numbers:
        if not _NUMBER.fullmatch(number) or number.encode() not in data:
            raise oracle.Wrong(f"does not hold: no number that is not in the file: {number!r}")


def hunt(lasting: float, begun: str) -> Hunt:
    """Read changed files until the time is over; stop early at three kinds of failure."""
    mutator = Mutator(random.Random(f"{begun}/{NAME}"), SEEDS)
    caught: dict[str, str] = {}
    readings = 0
    end = time.monotonic() + lasting
    while (readings < FEWEST or time.monotonic() < end) and len(caught) < 3:
        data = mutator.next()
        readings += 1
        try:
            judge(data)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is what is hunted)
            caught.setdefault(kind_of(error), keep(NAME, data, error))
    return Hunt(name=NAME, seed=begun, readings=readings, caught=tuple(caught.values()))
