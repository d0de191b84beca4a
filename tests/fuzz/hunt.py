"""One reader, hunted for a time: seeds, changes, the oracle, and what it caught."""

import hashlib
import os
import random
import time
from functools import cache
from pathlib import Path

import msgspec

from bench import wires
from conformance import corpus
from copytaster import agency
from copytaster import formats
from copytaster.agency import Profile
from tests.fuzz import oracle
from tests.fuzz.mutations import Mutator

NAMES = tuple(wires.WRITERS)
CAUGHT = Path(__file__).resolve().parents[2] / "build" / "fuzz"
_LARGEST_SEED = 30_000
FEWEST = 4
"""readings that a hunt has, however slow the machine is"""
_MEMORY_EACH = 40
_TWICE_EACH = 10
_COUNTED_EACH = 3
_COUNTED = frozenset(("digitalwires", "json-feed", "newsml-1", "newsml-g2", "ninjs", "nitf"))
"""formats whose body stands in the document as it is, however the document is changed"""


class Hunt(msgspec.Struct, frozen=True, kw_only=True):
    """How a hunt went."""

    name: str
    seed: str
    readings: int
    caught: tuple[str, ...]
    """one line for each kind of failure: what, and the file that shows it"""


def seconds() -> float:
    """For each reader: COPYTASTER_FUZZ, else a moment."""
    return float(os.environ.get("COPYTASTER_FUZZ", "0.2"))


def seed() -> str:
    """The same at every run; COPYTASTER_CHANCE=new looks elsewhere, or names where."""
    return os.urandom(4).hex() if is_new() else os.environ.get("COPYTASTER_CHANCE", "1")


def is_new() -> bool:
    """Whether a soak runs, which looks elsewhere each time and takes its time."""
    return os.environ.get("COPYTASTER_CHANCE") == "new"


def seeds(name: str) -> list[bytes]:
    """Documents of our own in that format, and the corpus's where it is there."""
    write = wires.WRITERS[name]
    own = [
        write(wires.story(number, size=size)) for number, size in ((1, 200), (2, 900), (3, 3000))
    ]
    found = [
        data
        for file in _corpus()
        if name in file.expected.split(", ")
        and file.path.stat().st_size <= _LARGEST_SEED
        and (data := file.path.read_bytes())
    ]
    return own + found


@cache
def _corpus() -> tuple[corpus.File, ...]:
    try:
        return tuple(corpus.files(corpus.find()))
    except corpus.Absent:
        return ()


def hunt(name: str, lasting: float, begun: str) -> Hunt:
    """Read changed documents, a few at least, until the time is over; stop early at three kinds of
    failure."""
    chance = random.Random(f"{begun}/{name}")
    mutator = Mutator(chance, seeds(name))
    profiles = list(agency.known().values())
    caught: dict[str, str] = {}
    readings = 0
    end = time.monotonic() + lasting
    while (readings < FEWEST or time.monotonic() < end) and len(caught) < 3:
        data = mutator.next()
        profile = chance.choice(profiles)
        named = name if chance.random() < 0.25 else None
        readings += 1
        try:
            _judge(data, name, profile, named, readings)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is what is hunted)
            how = f"--agency {profile.id}" + (f" --format {named}" if named else "")
            caught.setdefault(kind_of(error), keep(name, data, error, how))
    return Hunt(name=name, seed=begun, readings=readings, caught=tuple(caught.values()))


def _judge(data: bytes, name: str, profile: Profile, named: str | None, number: int) -> None:
    found = oracle.outcome(data, profile, named)
    oracle.check(found, profile)
    if number % _COUNTED_EACH == 0 and name in _COUNTED:
        oracle.check_characters(data, found)
    if number % _TWICE_EACH == 0 and isinstance(found, formats.Parsed):
        again = oracle.outcome(data, profile, named)
        if again != found:
            raise oracle.Wrong("does not hold: the same bytes give the same items")
    if number % _MEMORY_EACH == 0:
        oracle.check_memory(data, profile, named)


def kind_of(error: Exception) -> str:
    """Failures in the same line of code are one kind."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    told = str(error) if isinstance(error, oracle.Wrong) else ""
    return f"{type(error).__name__} {place} {told[:40]}"


def keep(name: str, data: bytes, error: Exception, how: str = "") -> str:
    """Keeps what shows the failure; returns the line about it."""
    CAUGHT.mkdir(parents=True, exist_ok=True)
    path = CAUGHT / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}.bin"
    path.write_bytes(data)
    told = f"{name}: {type(error).__name__}: {str(error)[:300]}"
    return f"{told} (build/fuzz/{path.name} {how}".rstrip() + ")"
