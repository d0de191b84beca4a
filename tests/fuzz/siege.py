"""Every bomb and every flood for one reader: read or refused, in time, within bounds, told."""

from collections.abc import Iterator

import msgspec

from copytaster import agency
from copytaster.formats import FormatError
from tests.fuzz import bombs
from tests.fuzz import hunt
from tests.fuzz import oracle
from tests.fuzz.floods import floods

_WEIGHED_EACH = 3 if bombs.SCALE == 1 else 20
"""Counting memory makes a reading several times slower; a soak weighs every one."""
_AROUND = 2
"""sound documents of a format whose parts are repeated: the shortest of our own, the longest"""


class Siege(msgspec.Struct, frozen=True, kw_only=True):
    """How a reader stood."""

    name: str
    thrown: int
    caught: tuple[str, ...]


def siege(name: str) -> Siege:
    """Throw everything; go on behind what fails."""
    each = 1 if hunt.is_new() else _WEIGHED_EACH
    caught: list[str] = []
    thrown = 0
    for what, document in everything(name):
        thrown += 1
        try:
            throw(document)
            if thrown % each == 0:
                oracle.check_memory(document, agency.load("bench"))
        except Exception as error:  # noqa: BLE001 (whatever it is, it is what is sought)
            caught.append(f"{name}: {what}: {type(error).__name__}: {str(error)[:200]}")
    return Siege(name=name, thrown=thrown, caught=tuple(caught))


def everything(name: str) -> Iterator[tuple[str, bytes]]:
    """What is thrown at a reader, and what it is called."""
    for what, body in bombs.BODIES.items():
        yield f"body: {what}", bombs.with_body(name, body)
    yield from bombs.shapes(name)
    first, *others = hunt.seeds(name)
    yield from floods(name, [first, *sorted(others, key=len)[1 - _AROUND :]])


def throw(document: bytes) -> None:
    """Raises :class:`oracle.Wrong` where a limit of time is broken, and whatever gets out."""
    found = oracle.outcome(document, agency.load("bench"))
    if isinstance(found, FormatError) and not oracle.is_told(str(found)):
        raise oracle.Wrong(f"an error in one short line: {str(found)[:200]!r}")
