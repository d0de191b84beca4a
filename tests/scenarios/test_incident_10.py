"""RFI, 16 November 2020: about a hundred stored obituaries of living people went public in a
move between two systems, and the aggregators took them within minutes (handbook: agencies §3,
row 10).

Played as it may come to a desk: one by one within minutes, in one feed, with their old dates or
with new ones. No more than the limit is ever public, a person is called, and nothing but that
person's word lets a single one more out. What is not played: the copies that others had taken
already; the desk serves its own site only.
"""

from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest

from copytaster.config import BreakerTable
from copytaster.demo.config import config
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import ListQuery
from copytaster.story import DecisionKind
from tests.newsroom.making import AGENCY
from tests.newsroom.making import House
from tests.newsroom.making import feed
from tests.newsroom.making import ninjs
from tests.pager import Pager

pytestmark = pytest.mark.anyio

LIMIT = BreakerTable().obituaries
DAY = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
WORDS = ("Mort de {}, figure de la scène", "{} est morte", "Décès de {}", "{} s’est éteint")
LIVING = [f"Camille Rivage{n:03}" for n in range(100)]
PREPARED = "Texte préparé : une longue vie, racontée de son vivant."


class Moving(House):
    """The house with nothing set but its name, and a person who can be called."""

    def _open(self) -> None:
        super()._open()
        self.desk.alert = self.pager = Pager()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Moving]:
    opened = Moving(tmp_path / "data", config())
    opened.now = DAY
    yield opened
    opened.desk.close()


def obituary(number: int, dated: datetime) -> bytes:
    headline = WORDS[number % len(WORDS)].format(LIVING[number])
    return ninjs(
        f"urn:rfi:{number}",
        text=f"{PREPARED} ({number})",
        headline=headline,
        versioncreated=dated.isoformat(),
        language="fr",
    )


def public(house: House) -> int:
    return sum(one.story.face is Face.live for one in house.desk.store.front(ListQuery(limit=200)))


def called(house: Moving) -> list[str]:
    assert {about for _, about in house.pager.about} <= {"inbox"}
    return [code for code, _ in house.pager.about]


@pytest.mark.parametrize(("years", "count"), [(0, 100), (4, 40)], ids=["of today", "old"])
async def test_one_by_one_within_minutes(years: int, count: int, house: Moving) -> None:
    for number in range(count):
        house.now += timedelta(seconds=3)
        house.receive(obituary(number, house.now - timedelta(days=365 * years, seconds=5)))
    assert public(house) == LIMIT
    published = [event.kind for event in house.desk.store.events()]
    assert published == [EventKind.published] * LIMIT, "none came and went in between"
    assert called(house) == ["breaker-tripped"]
    for number in (LIMIT, count - 1):
        page = await house.get(f"/s/{house.story(f'urn:rfi:{number}').id}")
        assert page.status_code == 404
    front = (await house.get("/feed.atom")).text
    assert LIVING[LIMIT] not in front


async def test_all_in_one_feed(house: Moving) -> None:
    entries = [
        (f"urn:rfi:{n}", WORDS[n % len(WORDS)].format(who), f"{PREPARED} ({n})")
        for n, who in enumerate(LIVING)
    ]
    house.receive(feed(*entries))
    assert public(house) == 0
    assert called(house) == ["breaker-tripped"]
    assert (await house.get("/feed.atom")).text.count("<entry>") == 0


def test_with_a_restart_in_the_middle_of_it(house: Moving) -> None:
    for number in range(40):
        house.now += timedelta(seconds=3)
        house.receive(obituary(number, house.now))
        if number % 10 == 9:
            house.restart()
    assert public(house) == LIMIT
    house.wait(days=2)
    assert public(house) == LIMIT


async def test_the_person_who_was_called_takes_them_back_and_the_wire_goes_on(
    house: Moving,
) -> None:
    for number in range(40):
        house.now += timedelta(seconds=3)
        house.receive(obituary(number, house.now))
    ordinary = ninjs("urn:rfi:port", headline="Le port rouvre", text="Le port a rouvert lundi.")
    house.receive(ordinary)
    assert house.story("urn:rfi:port").face is Face.none
    for number in range(40):
        house.decide(DecisionKind.kill, f"urn:rfi:{number}")
    assert public(house) == 0
    house.desk.resume("inbox")
    house.desk.settle()
    assert public(house) == 1
    assert house.pager.ended == [("breaker-tripped", "inbox")]
    page = await house.get(f"/s/{house.story('urn:rfi:0').id}")
    assert page.status_code == 410
    assert LIVING[0] not in page.text


def test_a_move_that_is_declared_as_one_publishes_nothing_and_calls_nobody(house: Moving) -> None:
    for number in range(40):
        moved = obituary(number, DAY - timedelta(days=900))
        house.receive(house.delivery(moved, archive=True))
    assert public(house) == 0
    assert called(house) == []
    assert house.desk.find(AGENCY, "urn:rfi:39") is not None, "received and kept all the same"
