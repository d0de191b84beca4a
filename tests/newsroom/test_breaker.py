"""The breaker counts what is new, and says when it is too much of one thing."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.config import BreakerTable
from copytaster.config import SourceBreakerTable
from copytaster.newsroom import breaker
from copytaster.newsroom._obituaries import is_obituary
from copytaster.newsroom.breaker import Counts
from copytaster.newsroom.breaker import Sighting
from copytaster.newsroom.breaker import Trip
from tests.newsroom.making import MORNING

OFF: dict[str, Any] = {"kill_share": 0.0, "obituaries": 0, "changes": 0, "old_items": 0}


def seen(number: int, **facts: Any) -> Sighting:
    """An ordinary new story."""
    given = {"item": f"hash {number}", "story": f"seaboard urn:{number}", "public": True}
    return Sighting(**(given | {"headline": f"Headline {number}", "dated": MORNING} | facts))


def limits(**only: Any) -> BreakerTable:
    """A breaker with these limits and no others."""
    return BreakerTable(**(OFF | only))


class Source:
    """One source that is counted."""

    def __init__(self, rules: BreakerTable) -> None:
        self.rules = rules
        self.counts = Counts()
        self.now = MORNING

    def brings(self, *batch: Sighting) -> Trip | None:
        self.counts, trip = breaker.count(self.counts, self.rules, "rfi", batch, self.now)
        return trip

    def one_by_one(self, batch: Sequence[Sighting], every: timedelta = timedelta(0)) -> int | None:
        """Which of them trips it, counted from 1."""
        for number, one in enumerate(batch, start=1):
            if self.brings(one) is not None:
                return number
            self.now += every
        return None


RULES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "items_per_minute": ({"items_per_minute": 4}, {"public": False}),
    "obituaries": ({"obituaries": 4}, {"obituary": True}),
    "changes": ({"changes": 4}, {"change": True}),
    "old_items": ({"old_items": 4}, {"dated": MORNING - timedelta(days=3)}),
    "kill_share": ({"kill_share": 0.5, "kill_sample": 8}, {"kill": True, "public": False}),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_limit_itself_is_allowed_and_the_next_is_not(rule: str) -> None:
    rules, facts = RULES[rule]
    source = Source(limits(**rules))
    assert source.one_by_one([seen(number, **facts) for number in range(10)]) == 5


@pytest.mark.parametrize("rule", RULES)
def test_a_batch_that_goes_over_the_limit_trips_as_a_whole(rule: str) -> None:
    rules, facts = RULES[rule]
    trip = Source(limits(**rules)).brings(*(seen(number, **facts) for number in range(100)))
    assert trip is not None
    assert (trip.source, trip.rule, trip.at) == ("rfi", rule, MORNING)
    assert "'Headline 99'" in trip.text
    assert trip.told.endswith("`copytaster resume rfi`")


@pytest.mark.parametrize("rule", RULES)
def test_ordinary_copy_trips_nothing(rule: str) -> None:
    rules, _ = RULES[rule]
    source = Source(limits(**rules))
    batch = [seen(number, dated=MORNING + timedelta(minutes=number)) for number in range(200)]
    assert source.one_by_one(batch, every=timedelta(minutes=1)) is None


@pytest.mark.parametrize("rule", RULES)
def test_what_is_seen_again_is_not_counted_again(rule: str) -> None:
    rules, facts = RULES[rule]
    source = Source(limits(**rules))
    assert source.one_by_one([seen(number % 4, **facts) for number in range(100)]) is None


@pytest.mark.parametrize("rule", RULES)
def test_nought_is_no_limit(rule: str) -> None:
    _, facts = RULES[rule]
    source = Source(limits())
    assert source.brings(*(seen(number, **facts) for number in range(1000))) is None
    assert source.counts == Counts()


@pytest.mark.parametrize("rule", ["obituaries", "changes", "old_items"])
def test_only_what_would_go_to_readers_counts(rule: str) -> None:
    rules, facts = RULES[rule]
    source = Source(limits(**rules))
    batch = [seen(number, **(facts | {"public": False})) for number in range(100)]
    assert source.one_by_one(batch) is None


@pytest.mark.parametrize("rule", ["obituaries", "changes", "old_items"])
def test_as_many_over_a_longer_time_are_no_burst(rule: str) -> None:
    rules, facts = RULES[rule]
    batch = [seen(number, **facts) for number in range(50)]
    assert Source(limits(**rules)).one_by_one(batch, timedelta(minutes=2.6)) is None
    assert Source(limits(**rules)).one_by_one(batch, timedelta(minutes=2.4)) == 5
    assert Source(limits(**rules, minutes=60.0)).one_by_one(batch, timedelta(minutes=2.6)) == 5


def test_an_update_of_a_death_is_not_another_death() -> None:
    source = Source(limits(obituaries=4))
    batch = [seen(number, obituary=True, change=number > 0) for number in range(50)]
    assert source.one_by_one(batch) is None
    versions = [seen(n, story="seaboard urn:one", obituary=True) for n in range(50)]
    assert source.one_by_one(versions) is None


def test_kills_are_a_share_of_the_newest_items() -> None:
    source = Source(limits(kill_share=0.25, kill_sample=20))
    third = [seen(n, kill=n % 4 == 0) for n in range(400)]
    assert source.one_by_one(third) is None, "a quarter is not more than a quarter"
    assert source.one_by_one([seen(n, kill=True) for n in range(400, 500)]) == 2


def test_an_item_that_kills_several_stories_is_one_item() -> None:
    notice = [seen(0, story=f"seaboard urn:{n}", kill=True) for n in range(100)]
    assert Source(limits(kill_share=0.5, kill_sample=8)).brings(*notice) is None


@pytest.mark.parametrize(("back", "forgotten"), [(1, False), (3600, True)])
def test_a_clock_set_back_a_little_forgets_nothing(back: int, forgotten: bool) -> None:
    source = Source(limits(obituaries=4))
    source.brings(*(seen(n, obituary=True) for n in range(4)))
    source.now -= timedelta(seconds=back)
    assert (source.brings(seen(5, obituary=True)) is None) == forgotten


def test_a_source_has_the_limits_of_the_house_but_for_its_own() -> None:
    house = BreakerTable(obituaries=7)
    assert breaker.rules(house, None) is house
    own = breaker.rules(house, SourceBreakerTable(old_items=0, kill_share=0.0))
    assert (own.obituaries, own.old_items, own.kill_share) == (7, 0, 0.0)
    assert own.changes == BreakerTable().changes


def test_the_house_has_limits_where_nothing_is_set() -> None:
    """The decision: how many items come is nobody's business, what they say is."""
    table = BreakerTable()
    assert table.items_per_minute == 0
    assert min(table.kill_share, table.obituaries, table.changes, table.old_items) > 0


SIGHTINGS = st.lists(
    st.builds(
        lambda n, kind: seen(n, **{kind: True} if kind else {}),
        st.integers(min_value=0, max_value=60),
        st.sampled_from(["obituary", "change", "kill", ""]),
    ),
    max_size=60,
)


@given(SIGHTINGS)
def test_what_is_remembered_never_grows_beyond_the_limits(batch: Sequence[Sighting]) -> None:
    rules = BreakerTable(items_per_minute=9, obituaries=3, changes=4, old_items=5, kill_sample=6)
    source = Source(rules)
    source.one_by_one(batch)
    counts = source.counts
    assert len(counts.items) <= 10
    assert len(counts.obituaries) <= 4
    assert len(counts.changes) <= 5
    assert len(counts.old) <= 6
    assert len(counts.sample) <= 6


# --- whether a headline says that somebody has died ---------------------------------------------

DEATHS = [
    ("Veteran ferry captain Ada Quay dies at 91", "en"),
    ("OBITUARY: the man who lit the lamps", "en-GB"),
    ("Singer Tom Lark has died", None),
    ("Schauspielerin Mia Kranz ist tot", "de"),
    ("Alt-Bürgermeister Jan Feld gestorben", "de-AT"),
    ("L’actrice Louise Marne est morte à 88 ans", "fr"),
    ("Mort de l'écrivain Paul Rive", "fr-FR"),
    ("Muere el pintor Juan Prado", "es"),
    ("È morto il regista Carlo Ponte", "it"),
    ("Morre o poeta João Serra", "pt-BR"),
    ("Skuespilleren Ole Vik er død", "nb"),
    ("लेखक राम प्रसाद नहीं रहे", "hi"),
    ("Zanger Piet Duin overleden", "nl"),
]
NO_DEATHS = [
    ("Police kill three in raid", "en"),
    ("Death toll rises to 40 after quake", "en"),
    ("Three dead in crash near Port Hallam", "en"),
    ("Deadline for lock repairs set", "en"),
    ("Soldiers and bodies of water", "en"),
    ("Dies sind die neuen Regeln", "de"),
    ("Man charged over death of neighbour", "en"),
    ("30 døde i flom", "nb"),
    ("सड़क हादसे में पाँच की मौत", "hi"),
    ("Todesfalle Autobahn: Minister kündigt Umbau an", "de"),
    ("Le ministre remporte le vote", "fr"),
    ("", "en"),
    (None, None),
]


@pytest.mark.parametrize(("headline", "language"), DEATHS)
def test_a_death_is_heard_in_its_language(headline: str, language: str | None) -> None:
    assert is_obituary(headline, language)
    assert is_obituary(headline, None), "copy that states no language may be in any"
    assert is_obituary(headline, "sw"), "what is stated may be wrong"


@pytest.mark.parametrize(("headline", "language"), NO_DEATHS)
def test_other_news_is_not_counted_as_deaths(headline: str | None, language: str | None) -> None:
    assert not is_obituary(headline, language)


def test_of_a_headline_without_end_only_the_beginning_is_looked_at() -> None:
    assert is_obituary("Singer dies " + "x" * 10_000_000, "en")
    assert not is_obituary("x " * 400 + "dies", "en")
