"""The rules that ship: what they hold, and how little of ordinary copy."""

import re
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from copytaster import rules
from copytaster.item import Headline
from copytaster.query import Facts
from copytaster.query import Version
from copytaster.story import State
from tests.ordinary.stories import Story
from tests.ordinary.stories import stories
from tests.rules.making import answered
from tests.rules.making import facts
from tests.verdict.making import clock
from tests.verdict.making import copy
from tests.verdict.making import item

SEEDS = rules.seeds()
ALL = tuple(msgspec.structs.replace(rule, enabled=True) for rule in SEEDS)
HELD = {
    "sexual-offences": "Two teachers are accused of sexual assault in Arnes.",
    "minors": "Police found a nine year old girl alive in a barn near Vester.",
    "named-suspect": "Police have arrested Dev Karan in connection with the fire at the mill.",
    "death-of-a-living-person": "The builder Martial Bruyas est mort, a mayor said.",
    "profanity": "The minister called the report bullshit, and left.",
    "listed-company-shocks": "The company will restate its accounts; its shares fell by a fifth.",
    "press-releases": "FOR IMMEDIATE RELEASE. Oswin Quays opens a hotel.",
    "internal-jargon": "Pls fix the name before it moves, can you call the harbour office?",
}
ALLOWED = 0.01


def ordinary(story: Story) -> Facts:
    """An ordinary story as a version that has just come."""
    told = item(
        headlines=(Headline(value=story.headline),),
        copy=copy(*story.paragraphs),
        language=story.language,
    )
    version = Version(item=told, source="inbox", received=clock("09:00"))
    return Facts(agency="seaboard", guid="urn:1", state=State.held, versions=(version,))


@pytest.fixture(scope="module")
def counts() -> Counter[str]:
    """How many ordinary stories each rule holds, those that are not enabled asked as well."""
    named = Counter[str]()
    for one in map(ordinary, stories()):
        named.update(answered(rules.judged(ALL, one)))
        named.update(["any"] if rules.judged(SEEDS, one).hold is not None else [])
    return named


def test_each_says_why_and_after_which_incident() -> None:
    assert [rule.name for rule in SEEDS if not rule.since or not rule.why.endswith(".")] == []
    assert {rule.then for rule in SEEDS} == {rules.Then.hold}
    assert {rule.name for rule in SEEDS} == set(HELD)


@pytest.mark.parametrize("name", HELD)
def test_each_holds_what_it_is_for(name: str) -> None:
    [rule] = [rule for rule in ALL if rule.name == name]
    told = Story(language="en", headline=HELD[name], paragraphs=("More follows.",))
    assert answered(rules.judged([rule], ordinary(told))) == [name]
    assert answered(rules.judged([rule], facts("The ferry to Vester runs again."))) == []


def test_of_ordinary_copy_the_enabled_ones_together_hold_less_than_one_in_a_hundred(
    counts: Counter[str],
) -> None:
    assert counts["any"] <= ALLOWED * len(stories())


@pytest.mark.parametrize("name", HELD)
def test_what_holds_more_is_not_enabled(name: str, counts: Counter[str]) -> None:
    [rule] = [rule for rule in SEEDS if rule.name == name]
    assert rule.enabled is (counts[name] <= ALLOWED * len(stories()))


def test_the_file_says_what_was_counted(counts: Counter[str]) -> None:
    told = rules.begun().decode()
    held = counts["death-of-a-living-person"]
    assert f"of {len(stories())} ordinary stories in five languages it holds {held} " in told


def test_the_reference_says_what_was_counted(counts: Counter[str], project: Path) -> None:
    told = (project / "docs/reference/rules.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \|.*\| ([0-9.]+) % \|", told, flags=re.MULTILINE))
    assert {name: float(share) for name, share in rows.items()} == {
        name: round(100 * counts[name] / len(stories()), 1) for name in HELD
    }
    assert f"{100 * counts['any'] / len(stories()):.1f} % together" in told
