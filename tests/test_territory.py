"""Countries by the names that editors write."""

import pytest

from copytaster import territory


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Turkey", "TR"),
        ("TÜRKEI", "TR"),
        ("Turquie", "TR"),
        ("united  states", "US"),
        ("UK", "GB"),
        ("Österreich", "AT"),
        ("Benelux", "BE LU NL"),
        ("Québec", "CA"),
        ("Georgia", "GE US"),
    ],
)
def test_a_country_is_known_by_its_names(name: str, codes: str) -> None:
    assert territory.named(name) == set(codes.split())


@pytest.mark.parametrize("name", ["", "Ruritania", "Turkey and", "XX", "the"])
def test_what_is_not_known_is_not_guessed(name: str) -> None:
    assert territory.named(name) is None


def test_all_the_world_is_every_country() -> None:
    assert territory.named("worldwide") == territory.WORLD


def test_codes_are_those_of_countries() -> None:
    assert all(territory.is_code(code) for code in ("IN", "GB", "XK"))
    assert not any(territory.is_code(code) for code in ("UK", "EU", "in", "ZZ", "IND", ""))


def test_every_code_in_the_table_is_a_countrys() -> None:
    table = territory._places()
    groups = [code for members in table.groups.values() for code in members.split()]
    assert [c for c in (*table.also, *table.parts, *groups) if not territory.is_code(c)] == []
    assert territory.name("TR") == "Türkiye"
