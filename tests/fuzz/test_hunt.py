"""Hostile bytes for every reader: no crash, no hang, bounded memory, no silent change.

COPYTASTER_FUZZ says for how many seconds each; ``make fuzz`` runs a minute each, side by side.
"""

import random

import pytest

from bench import wires
from copytaster import agency
from copytaster import formats
from copytaster import rules
from copytaster import subject
from tests.fuzz import house_rules
from tests.fuzz import hunt
from tests.fuzz import logs
from tests.fuzz import oracle
from tests.fuzz import topics
from tests.fuzz.mutations import Mutator


@pytest.mark.fuzz
@pytest.mark.parametrize("name", hunt.NAMES)
def test_no_bytes_make_a_reader_fail_in_any_way_but_its_own(name: str) -> None:
    done = hunt.hunt(name, hunt.seconds(), hunt.seed())
    assert done.caught == ()
    assert done.readings >= hunt.FEWEST


@pytest.mark.fuzz
@pytest.mark.parametrize("name", logs.NAMES)
def test_no_bytes_make_a_reader_of_logs_fail_or_praise_what_is_false(name: str) -> None:
    done = logs.hunt(name, hunt.seconds(), hunt.seed())
    assert done.caught == ()
    assert done.readings >= hunt.FEWEST


@pytest.mark.parametrize("name", logs.NAMES)
def test_what_the_hunt_in_logs_begins_with_is_read(name: str) -> None:
    seeds, judge = logs.READERS[name]
    for data in seeds:
        judge(data)


@pytest.mark.fuzz
def test_no_bytes_make_the_reader_of_media_topics_fail_or_invent_one() -> None:
    done = topics.hunt(hunt.seconds(), hunt.seed())
    assert done.caught == ()
    assert done.readings >= hunt.FEWEST


def test_what_the_hunt_in_media_topics_begins_with_is_read() -> None:
    for data in topics.SEEDS:
        assert subject.read(data, "en").labels
        topics.judge(data)


@pytest.mark.fuzz
def test_no_bytes_make_the_reader_of_rules_fail_in_any_way_but_its_own() -> None:
    done = house_rules.hunt(hunt.seconds(), hunt.seed())
    assert done.caught == ()
    assert done.readings >= hunt.FEWEST


def test_what_the_hunt_in_rules_begins_with_is_read() -> None:
    for data in house_rules.SEEDS:
        assert rules.read(data, "rules.toml")
        house_rules.judge(data)


def test_every_format_is_hunted() -> None:
    assert set(hunt.NAMES) == set(formats.names())


@pytest.mark.parametrize("name", hunt.NAMES)
def test_what_the_hunt_begins_with_is_read_as_its_format(name: str) -> None:
    document = wires.WRITERS[name](wires.story(1, size=300))
    found = formats.parse(document, agency.load("bench"), oracle.CONTEXT)
    assert (found.format.name, len(found.items), found.failed) == (name, 1, ())
    oracle.check(found, agency.load("bench"))


def test_the_same_seed_makes_the_same_changes() -> None:
    seeds = [write(wires.story(1, size=300)) for write in wires.WRITERS.values()]
    one, other = (Mutator(random.Random("7"), seeds) for _ in range(2))
    made = [one.next() for _ in range(300)]
    assert made == [other.next() for _ in range(300)]
    assert len({*made}) > 250
