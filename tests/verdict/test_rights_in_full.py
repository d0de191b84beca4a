"""Restrictions whose clause goes on: what restricts nothing by itself, and then does.

Each of these was once read as far as it was known, and the rest of it dropped.
"""

import time

import msgspec
import pytest

from copytaster.agency import Contract
from copytaster.item import Restriction
from copytaster.story import State
from copytaster.verdict import Ground
from copytaster.verdict import Verdict
from copytaster.verdict import decide
from tests.verdict.making import PROFILE
from tests.verdict.making import clock
from tests.verdict.making import message
from tests.verdict.making import moment
from tests.verdict.making import release

NOON = clock("12:00")


def in_country(code: str, words: str) -> Verdict:
    """The verdict on a story with these usage terms, for a house in this country."""
    ground = Ground(territories=frozenset({code}))
    return decide([message(usage_terms=(words,))], [], PROFILE, NOON, ground)


ELSEWHERE = [
    "UK subscribers only",
    "For use by UK clients only",
    "Licensed clients only in Germany",
    "subscribers only in the United States",
    "No restrictions in the United Kingdom",
    "unrestricted in Germany",
    "without restrictions in Japan",
    "may not be edited or published in India",
    "This material may not be published, broadcast, rewritten or redistributed in India",
    "All rights reserved in India",
    "without permission in India",
    "For editorial and Japan use only",
    "For use only in Japan and editorial",
    "Use only with the written agreement with Seaboard in the United Kingdom",
    "one-time use in Japan",
    "for use within 14 days in Japan",
    "Rights: Germany, Austria, Switzerland",
    "UK & Ireland",
    "Licensed to users in the UK",
    "licensed for Japan",
    "Embargoed in India",
    "Worldwide ex India",
]


@pytest.mark.parametrize("words", ELSEWHERE)
def test_a_place_at_the_end_of_harmless_words_is_not_dropped(words: str) -> None:
    assert in_country("IN", words).state is State.held


@pytest.mark.parametrize(
    "words",
    [
        "print subscribers only",
        "International clients only",
        "German subscribers only",
        "broadcast clients only",
        "may not be edited or used online",
        "may not be altered or archived",
        "This material may not be published, broadcast, rewritten or redistributed online",
        "may not be published, broadcast, rewritten, or redistributed on the internet",
        "one-time use in print",
        "For use only in India and newspapers",
        "not intended for publication",
        "Web use requires additional fee",
        "use within 14 days of 1 January 2020",
        "Use for 7 days",
        "72 hour use",
        "Expiry: 2020-01-01",
        "valid till 01.01.2020",
    ],
)
def test_a_medium_or_a_time_that_is_not_understood_holds(words: str) -> None:
    assert in_country("IN", words).state is State.held


@pytest.mark.parametrize(
    "words",
    [
        "For clients only",
        "AFP subscribers only",
        "For use by licensed subscribers only",
        "UK and India subscribers only",
        "Rights: India",
        "Rights: worldwide",
        "All rights reserved by Press Trust of India",
        "Use only with the written agreement with Press Trust of India",
        "may not be published, broadcast, rewritten or redistributed without permission",
        "No part may be reproduced in any form or by any means",
        "not permitting deep hyperlinking to the content, framing of the content on a web site",
        "without permission of Press Trust of India",
        "For editorial and print use only",
        "For use only in India and online",
    ],
)
def test_ordinary_terms_hold_nothing(words: str) -> None:
    assert in_country("IN", words).state is State.live


def test_a_place_that_is_named_is_held_against_the_house() -> None:
    for words in ("UK subscribers only", "Rights: UK", "For editorial and UK use only"):
        assert in_country("GB", words).state is State.live


@pytest.mark.parametrize(
    "words",
    [
        "For use only in Scotland",
        "Rights: England",
        "not for use outside Wales",
        "GEORGIA ONLY",
        "Northern Ireland clients only",
        "UK and Scotland only",
    ],
)
def test_what_is_allowed_in_a_part_only_is_not_allowed_in_the_country(words: str) -> None:
    assert in_country("GB", words).state is State.held
    assert in_country("US", words).state is State.held


@pytest.mark.parametrize("words", ["SCOTLAND OUT", "Not for use in Northern Ireland"])
def test_what_is_denied_in_a_part_is_denied_in_the_country(words: str) -> None:
    assert in_country("GB", words).state is State.held
    assert in_country("IN", words).state is State.live


def test_a_field_of_places_that_names_a_part_closes_the_country() -> None:
    where = Restriction(kind="territory", value="Scotland", source="field")
    ground = Ground(territories=frozenset({"GB"}))
    assert decide([message(restrictions=(where,))], [], PROFILE, NOON, ground).state is State.held


def test_a_credit_is_named_by_whole_words() -> None:
    terms = {"usage_terms": ("mandatory credit: Apt",)}
    ground = Ground()
    held = decide([message(by="Ann Chapter", **terms)], [], PROFILE, NOON, ground)
    assert held.state is State.held
    assert decide([message(by="Apt Chapter", **terms)], [], PROFILE, NOON, ground).state is (
        State.live
    )


def test_a_version_dated_years_ahead_does_not_lengthen_the_licence() -> None:
    """An editor may let it go (``date-in-future``); its licence still began when it came."""
    profile = msgspec.structs.replace(PROFILE, contract=Contract(retention_days=30))
    wrong = message(version_created=moment(NOON.replace(year=2062)))
    released = release(wrong)
    verdict = decide([wrong], [released], profile, NOON, Ground())
    assert verdict.rights is not None
    assert verdict.rights.ends is not None
    assert verdict.rights.ends.year == NOON.year


@pytest.mark.parametrize(
    "hostile",
    [
        "subscribers only " * 400,
        "may not be edited or " * 350,
        "all rights reserved in " * 300,
        "use only with the written agreement with " + "a " * 3000,
        "one-time use in " + "x-" * 3500,
        "in accordance with the " * 300,
    ],
)
def test_hostile_terms_cost_little(hostile: str) -> None:
    began = time.process_time()
    in_country("IN", hostile)
    assert time.process_time() - began < 1
