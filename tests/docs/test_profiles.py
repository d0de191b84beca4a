"""Every key of an agency profile is in docs/reference/profiles.md."""

import re
import tomllib
from collections.abc import Callable
from importlib import resources

import msgspec
import pytest

from copytaster import agency
from copytaster.newsroom.acknowledging._sender import MOST_ATTEMPTS
from copytaster.newsroom.acknowledging._words import facts
from copytaster.press import Site
from tests.store.contract_outbox import acknowledgement

OWED = acknowledgement()


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Keys", agency.Profile),
        ("`[subjects]`", agency.Subjects),
        ("`[contract]`", agency.Contract),
    ],
)
def test_the_keys_of_a_profile_are_those_documented(
    heading: str, kind: type[msgspec.Struct], section: Callable[[str, str], str]
) -> None:
    told = re.findall(
        r"^\| `(\w+)` \|", section("reference/profiles.md", heading), flags=re.MULTILINE
    )
    assert told == [field.encode_name for field in msgspec.structs.fields(kind)]


def test_the_keys_and_the_fields_of_acknowledgements_are_those_documented(
    section: Callable[[str, str], str],
) -> None:
    told = section("reference/profiles.md", "`[acknowledge]`")
    keys, fields = told.split("**What is acknowledged.**")
    rows = re.findall(r"^\| `(\w+)` \|", keys, flags=re.MULTILINE)
    assert rows == [field.encode_name for field in msgspec.structs.fields(agency.Acknowledge)]
    first = " ".join(re.findall(r"^\| (`.+?) \|", fields, flags=re.MULTILINE))
    assert re.findall(r"`(\w+)`", first) == list(facts(OWED, Site(url="x", name="x")))


def test_an_acknowledgement_is_given_up_as_documented(section: Callable[[str, str], str]) -> None:
    told = section("reference/profiles.md", "`[acknowledge]`")
    assert f"{MOST_ATTEMPTS} times in all" in told


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
    found = agency.read(example.encode(), "example")
    assert found.contract.retention_days == 30
    shipped = agency.load("ani")
    assert msgspec.structs.replace(found, contract=shipped.contract, url=shipped.url) == shipped


def test_every_shipped_profile_is_in_the_table_with_what_it_states(
    section: Callable[[str, str], str],
) -> None:
    told = section("reference/profiles.md", "Shipped profiles")
    rows = re.findall(r"^\| `([\w-]+)` \| [^|]+ \| ([^|]+) \| [^|]+ \|$", told, flags=re.MULTILINE)
    folder = resources.files("copytaster.agency") / "profiles"
    stated = {}
    for file in folder.iterdir():
        if file.name.endswith(".toml"):
            keys = tomllib.loads(file.read_text("utf-8"))
            stated[keys["id"]] = set(keys) - {"id", "name", "cited_as", "url"}
    assert [id for id, _ in rows] == sorted(stated)
    assert {id: set(re.findall(r"`(\w+)`", keys)) for id, keys in rows} == stated


def test_every_agency_of_which_something_is_known_has_a_profile() -> None:
    wanted = (
        "aap afp ani ansa ap ats belga business-wire cp dpa efe globenewswire ians kyodo ntb pa "
        "pti reuters ritzau stt tass tt"
    )
    assert set(wanted.split()) <= set(agency.known())


def test_every_shipped_profile_says_where_its_facts_come_from() -> None:
    folder = resources.files("copytaster.agency") / "profiles"
    for profile in folder.iterdir():
        if profile.name.endswith(".toml"):
            assert profile.read_text("utf-8").startswith("#"), profile.name
