"""Which stories may be about one event."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading import EVENT_SCHEME
from copytaster.reading import SPAN
from copytaster.reading import Recent
from copytaster.reading import events
from copytaster.reading import terms
from tests.reading.stories import ARABIC
from tests.reading.stories import CHINESE
from tests.reading.stories import FERRY
from tests.reading.stories import HINDI
from tests.reading.stories import TRAM
from tests.reading.stories import story

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ELSEWHERE = """\
OYLE, March 3 (Vasant) - Islanders on Oyle are cut off from the mainland for at least two days \
after the harbour board in Port Ansel took their only ferry out of service. Divers had found a \
crack in the rudder. Ilse Brandvold, who chairs the board, said passengers would be put up.
"""


def _desk() -> Recent:
    """A day of forty stories, two of them about the ferry to Oyle."""
    recent = Recent()
    for n in range(40):
        recent.add(f"{n}", NOON + n * HOUR / 4, terms(f"Lot {n}", story(n, 12)))
    recent.add("tram", NOON, terms("Trams to run again in Lindow", TRAM))
    recent.add("ferry", NOON, terms("Oyle ferry stopped by cracked rudder", FERRY))
    recent.add("elsewhere", NOON + HOUR, terms("Oyle cut off as ferry stays in port", ELSEWHERE))
    return recent


def test_two_agencies_on_one_event_are_possibly_related() -> None:
    recent = _desk()
    (found,) = recent.related("ferry")
    assert found.story == "elsewhere"
    assert events.ALIKE <= found.likeness <= 1
    assert found.scheme == EVENT_SCHEME
    assert [one.story for one in recent.related("elsewhere")] == ["ferry"]
    assert recent.related("tram") == recent.related("nobody") == []


def test_days_apart_is_another_event() -> None:
    recent = _desk()
    told = terms("Oyle cut off as ferry stays in port", ELSEWHERE)
    recent.add("elsewhere", NOON + SPAN, told)
    assert [one.story for one in recent.related("ferry")] == ["elsewhere"]
    recent.add("elsewhere", NOON + SPAN + HOUR, told)
    assert recent.related("ferry") == []


def test_what_was_taken_back_is_related_to_nothing() -> None:
    recent = _desk()
    recent.remove("elsewhere")
    recent.remove("elsewhere")
    assert recent.related("ferry") == recent.related("elsewhere") == []


def test_what_is_old_is_forgotten() -> None:
    recent = _desk()
    recent.forget(NOON + SPAN)
    assert len(recent) == 43
    recent.forget(NOON + SPAN + HOUR)
    assert recent.related("ferry") == []
    recent.forget(NOON + 2 * SPAN)
    assert len(recent) == 0
    assert recent._saying == {}


def test_among_a_handful_of_stories_nobody_knows_which_words_are_rare() -> None:
    recent = Recent()
    recent.add("ferry", NOON, terms("Oyle ferry stopped", FERRY))
    recent.add("elsewhere", NOON, terms("Oyle cut off", ELSEWHERE))
    assert recent.related("ferry") == []


def test_the_newest_version_counts() -> None:
    recent = _desk()
    recent.add("elsewhere", NOON, terms("Trams to run again", TRAM))
    assert recent.related("ferry") == []
    assert [one.story for one in recent.related("tram")] == ["elsewhere"]


@given(st.permutations(range(12)))
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    wire = [*((f"{n}", story(n, 8)) for n in range(10)), ("ferry", FERRY), ("oyle", ELSEWHERE)]
    recent = Recent()
    for n in order:
        recent.add(wire[n][0], NOON, terms("", wire[n][1]))
    (found,) = recent.related("ferry")
    assert found.story == "oyle"


@pytest.mark.parametrize("words", [HINDI, CHINESE, ARABIC])
def test_any_script_is_compared(words: str) -> None:
    recent = _desk()
    recent.add("one", NOON, terms("", words))
    recent.add("other", NOON, terms("", f"{words[30:]} {FERRY[:80]}"))
    assert [one.story for one in recent.related("one")] == ["other"]


def test_no_more_is_remembered_than_there_is_room_for() -> None:
    recent = Recent()
    for n in range(10_050):
        recent.add(f"{n}", NOON, {"ferry": 1})
    assert len(recent) == 10_000
    assert recent.related("10049") == []


@pytest.mark.parametrize("words", ["", "?!", "a" * 100_000, "again " * 50_000, "\n" * 1000])
def test_hostile_texts(words: str) -> None:
    recent = _desk()
    recent.add("bad", NOON, terms(words, words))
    assert recent.related("bad") == []
