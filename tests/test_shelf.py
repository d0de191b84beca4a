"""Shelves: what an agency declared makes a list, and nothing else does."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import shelf
from copytaster.item import Concept
from copytaster.item import Item
from copytaster.item import Place
from copytaster.text import fold
from tests.store.making import item


def about(*subjects: Concept, **facts: Any) -> Item:
    return item(subjects=subjects, **facts)


def codes(*subjects: Concept, **facts: Any) -> list[str]:
    return [code for code, _ in shelf.topics(about(*subjects, **facts))]


@pytest.mark.parametrize(
    ("concept", "code"),
    [
        ({"uri": "medtop:20000002"}, "20000002"),
        ({"literal": "medtop:20000002"}, "20000002"),
        ({"uri": "http://cv.iptc.org/newscodes/mediatopic/20000002"}, "20000002"),
        ({"uri": "https://cv.iptc.org/newscodes/mediatopic/20000002"}, "20000002"),
        ({"uri": "http://cv.iptc.org/newscodes/subjectcode/15054001"}, "subj-15054001"),
    ],
)
def test_iptc_codes_are_read_as_they_are(concept: dict[str, str], code: str) -> None:
    assert codes(Concept(name="theatre", **concept)) == [code]


def test_a_uri_means_the_same_at_every_agency_and_an_alias_does_not() -> None:
    uri = Concept(uri="http://www.wikidata.org/entity/Q64", name="Berlin wall")
    own = Concept(literal="cat:7", name="Harbours")
    assert codes(uri) == codes(uri, provider="hill")
    assert codes(own) != codes(own, provider="hill")
    assert codes(own) == codes(own)
    assert codes(Concept(literal="7", scheme="cat", name="Harbours")) == codes(own)
    assert all(code.isalnum() and code.islower() for code in codes(uri, own))


@pytest.mark.parametrize(
    "concept",
    [
        {"literal": "ferries", "name": "ferries"},
        {"name": "ferries"},
        {"uri": "medtop:20000002"},
        {"uri": "medtop:20000002", "name": " "},
        {"uri": "medtop:20000002", "name": "…"},
        {"uri": "medtop:20000002", "name": "a\u202eb c"},
        {"uri": "medtop:20000002", "name": "x" * 61},
        {"uri": "medtop:15000000", "name": "sport"},
        {"uri": "cat:9 or more", "name": "ferries"},
        {"uri": "javascript:", "name": "ferries"},
    ],
)
def test_a_keyword_a_nameless_code_and_a_section_are_no_topics(concept: dict[str, str]) -> None:
    assert codes(Concept(**concept)) == []


def test_the_name_is_the_agencys_and_hindi_keeps_its_joiners() -> None:
    named = "शक्\u200dति"
    assert shelf.topics(about(Concept(uri="medtop:20000002", name=f" {named}\n"))) == (
        ("20000002", named),
    )


def test_a_place_is_its_name_folded() -> None:
    placed = item(
        dateline_detail=Place(city="NEW DELHI", country="India"),
        located="elsewhere",
        places=(Concept(name="São Paulo"), Concept(name="New Delhi"), Concept(name="मुंबई")),
    )
    assert shelf.places(placed) == (
        ("new-delhi", "NEW DELHI"),
        ("sao-paulo", "São Paulo"),
        ("मुंबई", "मुंबई"),
    )


@pytest.mark.parametrize(
    "junk",
    [
        "WASHINGTON (AP)",
        "Mumbai, Dec 4",
        "http://x.example/",
        "a b c d e f g",
        "-",
        "\u0000",
        "x",
        "ﷺ" * 9,
    ],
)
def test_what_a_dateline_says_besides_a_name_is_no_place(junk: str) -> None:
    assert shelf.places(item(located=junk)) == ()


def test_a_story_has_no_more_than_twenty_of_each() -> None:
    many = tuple(Concept(uri=f"medtop:2{n:07}", name=f"topic {n}") for n in range(100))
    named = tuple(Concept(name=f"Place {chr(97 + n % 26)}{chr(97 + n // 26)}") for n in range(100))
    filed = shelf.of(item(subjects=many, places=named))
    assert len(filed) == 40
    assert len(shelf.codes("topic", filed)) == len(shelf.codes("place", filed)) == 20


def test_an_address_holds_no_character_that_could_spoil_it() -> None:
    assert shelf.path("place/new-delhi") == "/place/new-delhi"
    assert shelf.path("topic/a/../b?c#d") == "/topic/a%2F..%2Fb%3Fc%23d"


@given(st.text(max_size=80))
def test_whatever_is_said_gives_a_bounded_printable_code_or_none(said: str) -> None:
    hostile = Concept(uri=said, literal=said, name=said, scheme=said)
    filed = item(subjects=(hostile,), places=(hostile,), located=said)
    for code, name in (*shelf.topics(filed), *shelf.places(filed)):
        assert 0 < len(code) <= shelf.LONGEST
        assert code.isprintable()
        assert "/" not in code
        assert fold(name).strip()
        assert len(name) <= shelf.LONGEST
