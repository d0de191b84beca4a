"""The judge of twins: its versions are what they are called, and it sees what is wrong."""

import random

import pytest

from bench.reading import composing
from bench.reading import twins
from bench.reading.versions import versions
from copytaster import reading
from copytaster.reading import Way


def _family(seed: int = 1) -> dict[str, str]:
    blocks = ["\n\n".join(composing.paragraphs(random.Random("block"), 450))]
    made = versions("a", composing.story(seed), blocks, random.Random(seed))
    return {one.how: one.text for one in made}


@pytest.mark.parametrize(
    ("how", "way"),
    [
        ("headline", Way.same),
        ("75 %", Way.one_is_top),
        ("25 %", Way.one_is_top),
        ("dateline", Way.same),
        ("marks", Way.same),
        ("style", Way.overlap),
        ("+100 %", Way.other_is_top),
        ("mix A", Way.overlap),
        ("mix B", Way.overlap),
    ],
)
def test_a_version_is_what_it_is_called(how: str, way: Way) -> None:
    family = _family()
    original, made = (reading.shingles(family[name]) for name in ("original", how))
    assert reading.compare(made, original).way is way
    assert len(family) == 13


def test_the_same_seed_makes_the_same_story_and_another_another() -> None:
    assert composing.story(1) == composing.story(1) != composing.story(2)
    assert 450 <= len(composing.story(1).split()) <= 520


def test_different_stories_share_half_of_their_words_and_are_told_apart() -> None:
    seeds = {f"{n}": composing.story(n) for n in range(41)}
    hard = [one for one in twins.families(seeds) if one.how == "hard"]
    one, other = (reading.shingles(hard[n].text) for n in (0, 40))  # there are forty backgrounds
    pair = reading.compare(one, other)
    assert pair.one_in_other > 0.45
    assert not reading.is_twin(pair)


def test_precision_recall_and_groups_are_those_of_the_pairs() -> None:
    seeds = {"a": composing.story(1), "b": composing.story(2)}
    good = {one.name: one.value for one in twins.judged(seeds, "two")}
    assert good["twins, precision"] == good["groups, adjusted Rand index"] == 1
    assert good["found of marks"] == good["found of 50 %"] == 1
    assert 0.9 < good["twins, recall"] <= 1
    same = {one.name: one.value for one in twins.judged(dict.fromkeys("ab", seeds["a"]), "one")}
    assert same["twins, precision"] < 0.6
    assert same["groups, adjusted Rand index"] == 0


def test_what_is_written_by_one_form_is_counted() -> None:
    tables, quakes = twins.formulas(3)
    assert (tables.value, tables.met) == (0, True)
    assert (quakes.value, quakes.met) == (0, True)
