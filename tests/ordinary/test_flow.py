"""Ordinary copy flows: stories full of the words of the wire go live unattended, in every
format and under the habits of many agencies, and none of them touches another (design §1, law 2).

``make test`` sends each story in one way, ``make properties`` in four, ``make soak`` in all.
"""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from copytaster import agency
from copytaster import formats
from copytaster import verdict
from copytaster.delivery import Delivery
from copytaster.store import EventKind
from copytaster.story import Arrival
from copytaster.story import Message
from copytaster.story import State
from tests.newsroom.making import House
from tests.newsroom.making import codes
from tests.newsroom.making import house
from tests.newsroom.making import ninjs
from tests.ordinary.exceptions import Held
from tests.ordinary.exceptions import known
from tests.ordinary.stories import Story
from tests.ordinary.stories import stories
from tests.ordinary.writing import AGENCIES
from tests.ordinary.writing import FORMATS
from tests.ordinary.writing import SILENT
from tests.ordinary.writing import can_carry
from tests.ordinary.writing import written

pytestmark = pytest.mark.examples

EACH = max(1, int(os.environ.get("COPYTASTER_EXAMPLES", "0")) // 250)
"""in how many ways a story is sent"""
WAYS = [(format, agency) for format in FORMATS for agency in AGENCIES]
NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
MOVED = datetime(2026, 11, 20, 17, 56, tzinfo=UTC)
"""when every story moved, the minute that one of them names"""
_LOT = 40
NEIGHBOUR = "This is another story, and it stays where it is."
STORIES = stories()


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """One story, handed in one way."""

    story: Story
    format: str
    agency: str
    delivery: str

    @property
    def way(self) -> tuple[str, str]:
        return self.format, self.agency


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was sent, and the house that received it."""

    house: House
    sent: list[Sent]
    neighbours: list[str]
    """deliveries of stories that stand beside: the same headline and slug, other words"""

    def not_live(self) -> Iterator[tuple[Sent, State | None, list[str]]]:
        for one in self.sent:
            for id in self._stories(one.delivery) or [""]:
                story = self.house.desk.store.story(id)
                if story is None or story.state is not State.live:
                    yield one, story and story.state, codes(story) if story else []

    def touched(self) -> list[str]:
        """Neighbours that are not, or were not always, as they were published."""
        store = self.house.desk.store
        ids = [id for delivery in self.neighbours for id in self._stories(delivery)]
        kinds = {id: [event.kind for event in store.events(story=id)] for id in ids}
        return [id for id in ids if kinds[id] != [EventKind.published]]

    def _stories(self, delivery: str) -> list[str]:
        fate = self.house.desk.store.fate(delivery)
        assert fate is not None
        return list(fate.stories)


def _ways(number: int, story: Story) -> list[tuple[str, str]]:
    """How this story is sent; over all stories every way is used."""
    able = [way for way in WAYS if can_carry(*way, story)]
    return [able[number * (7 + turn) % len(able)] for turn in range(min(EACH, len(able)))]


def _play(house: House, chosen: list[Story]) -> Day:
    """Half of the neighbours are there before the story, half come after it."""
    house.now = NOW
    sent: list[Sent] = []
    beside: list[Delivery] = []
    late: list[Delivery] = []
    coming: list[Delivery] = []
    for number, story in enumerate(chosen, start=1):
        for turn, (format, sender) in enumerate(_ways(number, story)):
            data = _data(format, story, number, len(sent) + 1)
            delivery = house.delivery(data, agency=sender, source="inbox")
            coming.append(delivery)
            sent.append(Sent(story=story, format=format, agency=sender, delivery=delivery.id))
            for place, headline in enumerate(_beside(story)):
                guid = f"urn:beside:{number}:{turn}:{place}"
                neighbour = _neighbour(house, guid, headline, story.slug, sender)
                (late if (number + turn) % 2 else beside).append(neighbour)
    _through_the_day(house, [*beside, *coming, *late])
    return Day(house=house, sent=sent, neighbours=[one.id for one in (*beside, *late)])


def _through_the_day(house: House, deliveries: list[Delivery]) -> None:
    """A few dozen in a quarter of an hour: everything at once would be a burst, and stopped."""
    for first in range(0, len(deliveries), _LOT):
        house.receive(*deliveries[first : first + _LOT])
        house.now += timedelta(minutes=15)


def _data(format: str, story: Story, number: int, place: int) -> bytes:
    """A service number has four figures at most; an id may be any."""
    id = number if format in SILENT else place
    return written(format, story, guid=f"urn:ordinary:{place}", number=id, made=MOVED)


def _beside(story: Story) -> list[str]:
    """Headlines of stories that could be taken for this one, or for what it speaks of."""
    own = [] if any(each.headline == story.headline for each in known()) else [story.headline]
    return [*own, *filter(None, [story.near])]


def _neighbour(house: House, guid: str, headline: str, slug: str, sender: str) -> Delivery:
    body = f'<section class="main"><p>{NEIGHBOUR}</p></section>'
    said = {"body_text": None, "body_html": body, "headline": headline, "slugline": slug or None}
    data = ninjs(guid, versioncreated=MOVED.isoformat(), **said)
    return house.delivery(data, agency=sender)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    with house(tmp_path_factory.mktemp("ordinary") / "data") as opened:
        yield _play(opened, STORIES)


def test_there_are_stories_enough_in_five_languages() -> None:
    languages = Counter(story.language for story in STORIES)
    assert languages.total() >= 400
    assert languages["en"] >= 250
    assert set(languages) == {"en", "de", "fr", "es", "hi"}
    assert len({story.headline for story in STORIES}) == len(STORIES)
    assert all(len(story.paragraphs) >= 2 for story in STORIES)


def test_every_format_and_every_agency_is_met(day: Day) -> None:
    assert {one.format for one in day.sent} == set(FORMATS)
    assert {one.agency for one in day.sent} == set(AGENCIES)


def test_ordinary_copy_goes_live_unattended(day: Day) -> None:
    held = list(day.not_live())
    unforeseen = [
        (one.story.headline, one.way, state, why)
        for one, state, why in held
        if not any(each.speaks_of(one.story.headline, one.format) for each in known())
    ]
    assert unforeseen == []
    assert len(held) <= len(day.sent) / 100


def test_no_ordinary_story_touches_another(day: Day) -> None:
    assert len(day.neighbours) > len(day.sent) * 0.95
    assert day.touched() == []
    counts = day.house.desk.store.counts()
    assert counts["dead"] == 0


@pytest.mark.parametrize("held", known(), ids=lambda held: held.headline[:30])
def test_no_exception_speaks_of_a_story_that_goes_live(held: Held) -> None:
    [story] = [story for story in STORIES if story.headline == held.headline]
    for format in held.formats or ("ninjs", "newsml-g2"):
        data = written(format, story, guid="urn:ordinary:1", number=1, made=MOVED)
        profile = agency.load("dpa")
        [item] = formats.parse(data, profile, formats.Context(received=NOW)).items
        message = Message(item=item, arrival=Arrival(source="wire", received=NOW))
        assert verdict.decide([message], [], profile, NOW).state is not State.live, format


def test_a_story_that_is_touched_would_be_seen(tmp_path: Path) -> None:
    """The tests above can fail: a kill of one neighbour shows."""
    with house(tmp_path / "data") as opened:
        day = _play(opened, STORIES[:3])
        assert day.touched() == []
        killed = opened.desk.store.fate(day.neighbours[0])
        assert killed is not None
        story = opened.desk.store.story(killed.stories[0])
        assert story is not None
        late = (MOVED + timedelta(minutes=1)).isoformat()
        cancel = ninjs(story.guid, version="2", versioncreated=late, pubstatus="canceled")
        opened.receive(opened.delivery(cancel, agency=story.agency))
        assert day.touched() == [story.id]
