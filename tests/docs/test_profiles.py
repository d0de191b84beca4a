"""Every key of an agency profile is in docs/reference/profiles.md."""

import re
from collections.abc import Callable
from importlib import resources

import msgspec
import pytest

from copytaster import agency


@pytest.mark.parametrize(
    ("heading", "kind"), [("Keys", agency.Profile), ("`[contract]`", agency.Contract)]
)
def test_the_keys_of_a_profile_are_those_documented(
    heading: str, kind: type[msgspec.Struct], section: Callable[[str, str], str]
) -> None:
    told = re.findall(
        r"^\| `(\w+)` \|", section("reference/profiles.md", heading), flags=re.MULTILINE
    )
    assert told == [field.encode_name for field in msgspec.structs.fields(kind)]


def test_the_keys_of_phrases_are_those_documented(section: Callable[[str, str], str]) -> None:
    told = re.findall(
        r"^\| `(\w+)` \|", section("reference/profiles.md", "Phrases"), flags=re.MULTILINE
    )
    keys = {
        field.encode_name
        for kind in (agency.Marker, agency.Restricting)
        for field in msgspec.structs.fields(kind)
    }
    assert set(told) == keys


def test_every_place_of_a_phrase_is_documented(section: Callable[[str, str], str]) -> None:
    told = section("reference/profiles.md", "Phrases")
    assert [where for where in agency.Where if f"`{where}`" not in told] == []


def test_the_example_is_a_profile(page: Callable[[str], str]) -> None:
    example = page("reference/profiles.md").split("```toml\n")[1].split("```")[0]
    assert agency.read(example.encode(), "example").contract.retention_days == 30


def test_every_shipped_profile_says_where_its_facts_come_from() -> None:
    folder = resources.files("copytaster.agency") / "profiles"
    for profile in folder.iterdir():
        if profile.name.endswith(".toml"):
            assert profile.read_text("utf-8").startswith("#"), profile.name
