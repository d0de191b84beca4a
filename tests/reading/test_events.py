"""Which stories may be about one event."""

from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading import EVENT_SCHEME
from copytaster.reading import Spread
from copytaster.reading import Terms
from copytaster.reading import events
from copytaster.reading import related
from copytaster.reading import telling
from copytaster.reading import terms
from tests.reading.stories import ARABIC
from tests.reading.stories import CHINESE
from tests.reading.stories import FERRY
from tests.reading.stories import HINDI
from tests.reading.stories import TRAM
from tests.reading.stories import story

ELSEWHERE = """\
OYLE, March 3 (Vasant) - Islanders on Oyle are cut off from the mainland for at least two days \
after the harbour board in Port Ansel took their only ferry out of service. Divers had found a \
crack in the rudder. Ilse Brandvold, who chairs the board, said passengers would be put up.
"""


FERRY_TERMS = terms("Oyle ferry stopped by cracked rudder", FERRY)
ELSEWHERE_TERMS = terms("Oyle cut off as ferry stays in port", ELSEWHERE)


def wire(**more: Terms) -> dict[str, Terms]:
    """A day of forty stories, two of them about the ferry to Oyle."""
    day = {f"{n}": terms(f"Lot {n}", story(n, 12)) for n in range(40)}
    day["tram"] = terms("Trams to run again in Lindow", TRAM)
    return day | {"ferry": FERRY_TERMS, "elsewhere": ELSEWHERE_TERMS} | more


def spread(day: Mapping[str, Terms]) -> Spread:
    return Spread(stories=len(day), saying=Counter(term for told in day.values() for term in told))


def found(day: Mapping[str, Terms], name: str) -> list[str]:
    """The stories of a day that may be about the same as this one."""
    others = {other: told for other, told in day.items() if other != name}
    return [one.story for one in related(day[name], others, spread(day))]


def test_two_agencies_on_one_event_are_possibly_related() -> None:
    day = wire()
    (one,) = related(day["ferry"], {"elsewhere": ELSEWHERE_TERMS}, spread(day))
    assert events.ALIKE <= one.likeness <= 1
    assert one.scheme == EVENT_SCHEME
    assert found(day, "ferry") == ["elsewhere"]
    assert found(day, "elsewhere") == ["ferry"]
    assert found(day, "tram") == []


def test_the_most_telling_words_are_the_rarest_that_another_says_too() -> None:
    day = wire()
    saying = spread(day).saying
    words = telling(day["ferry"], spread(day))
    assert len(words) == 12
    others = [saying[word] for word in day["ferry"] if word not in words and saying[word] > 1]
    assert max(saying[word] for word in words) <= min(others)
    assert all(any(word in told for name, told in day.items() if name != "ferry") for word in words)
    assert telling(day["ferry"], Spread(stories=1, saying=Counter(day["ferry"].keys()))) == []


def test_among_a_handful_of_stories_nobody_knows_which_words_are_rare() -> None:
    assert found({"ferry": FERRY_TERMS, "elsewhere": ELSEWHERE_TERMS}, "ferry") == []


def test_the_likest_come_first_and_no_more_than_wanted() -> None:
    day = wire(same=FERRY_TERMS)
    assert found(day, "ferry")[0] == "same"
    others = {name: day[name] for name in ("same", "elsewhere")}
    assert [one.story for one in related(FERRY_TERMS, others, spread(day), limit=1)] == ["same"]


@given(st.permutations(range(12)))
def test_the_order_of_the_others_does_not_matter(order: list[int]) -> None:
    texts = [*(story(n, 8) for n in range(10)), FERRY, ELSEWHERE]
    day = {str(n): terms("", texts[n]) for n in order}
    assert found(day, "10") == ["11"]


@given(st.text(), st.text())
def test_likeness_is_a_share_and_the_same_from_both_sides(one: str, other: str) -> None:
    told = [terms("", one), terms("", other)]
    common = Spread(stories=50, saying=Counter(term for some in told for term in some))
    likeness = events.likeness(told[0], told[1], common)
    assert 0 <= likeness <= 1 + 1e-9
    assert likeness == pytest.approx(events.likeness(told[1], told[0], common))


@pytest.mark.parametrize("words", [HINDI, CHINESE, ARABIC])
def test_any_script_is_compared(words: str) -> None:
    day = wire(one=terms("", words), other=terms("", f"{words[30:]} {FERRY[:80]}"))
    assert "other" in found(day, "one")


@pytest.mark.parametrize("words", ["", "?!", "a" * 100_000, "again " * 50_000, "\n" * 1000])
def test_hostile_texts(words: str) -> None:
    assert found(wire(bad=terms(words, words)), "bad") == []
