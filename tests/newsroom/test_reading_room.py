"""Stories that are read in a process of their own, and what its failures do to them: nothing."""

import time

import pytest

from copytaster.newsroom import noting
from copytaster.readingroom import TooLong
from copytaster.story import State
from tests.newsroom.making import House

TEXT = 'The ferry was full on Monday. "We turned forty people away," said Ada Quay.'


def notes(house: House, story: str) -> bytes | None:
    edition = house.desk.store.edition(story, 1)
    assert edition is not None
    return edition.notes


def test_its_notes_are_those_that_the_desk_makes_itself(house: House) -> None:
    alone = house.send("alone", text=TEXT)
    house.desk.reading_room.open()
    ends = time.monotonic() + 20
    while not house.desk.reading_room.is_ready:
        assert time.monotonic() < ends
        time.sleep(0.01)
    apart = house.send("apart", text=TEXT)
    one, other = noting.kept(notes(house, alone.id)), noting.kept(notes(house, apart.id))
    assert one is not None
    assert other is not None
    assert (one.quotes, one.dates, one.sources) == (other.quotes, other.dates, other.sources)
    assert [quote.speaker_name for quote in other.quotes] == ["Ada Quay"]


def test_a_defect_in_handing_texts_over_holds_up_no_story(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(texts: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(house.desk.reading_room, "ahead", broken)
    story = house.send(text=TEXT)
    assert story.state is State.live
    assert notes(house, story.id) is not None


def test_a_text_whose_notes_do_not_come_goes_out_without(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(text: object) -> None:
        raise TooLong("not read within 10 s")

    monkeypatch.setattr(house.desk.reading_room, "read", slow)
    story = house.send(text=TEXT)
    assert story.state is State.live
    assert notes(house, story.id) is None
