"""Stories of an older store are filed by the desk: a few at a time, and never twice."""

import logging

import pytest

from copytaster.newsroom._filing import NOTE
from copytaster.store import ListQuery
from copytaster.store import SearchQuery
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import TEXT
from tests.newsroom.making import House

FILED = {
    "subject": [{"code": "medtop:20000217", "name": "shipping"}],
    "place": [{"name": "Vester"}],
}


def found(house: House) -> list[str]:
    listed = house.desk.store.search(SearchQuery(phrases=(HEADLINE, "ada quay"), limit=100))
    return [one.story.guid for one in listed]


def made_older(house: House) -> None:
    """As the migration finds a store of before: nothing is filed but the sections."""
    db = house.desk.store._engine._writer
    db.execute("INSERT INTO found (found) VALUES ('delete-all')")
    db.execute("UPDATE findable SET words_z = NULL; UPDATE stories SET shelves = '[]'")
    db.execute("INSERT INTO settings SELECT 'filing', '0/' || max(number) FROM stories")
    house.restart()


def test_older_stories_are_filed_when_there_is_nothing_else_to_do(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    sent = [f"urn:{number}" for number in range(45)]
    for guid in sent:
        house.send(guid, **FILED)
    house.send("urn:held", text="The bridge is open, the mayor said.", **FILED)
    house.hold("urn:held")
    made_older(house)
    assert found(house) == []
    with caplog.at_level(logging.INFO):
        house.desk.settle()
    assert sorted(found(house)) == sorted(sent)
    assert "filed" in caplog.text
    assert house.desk.store.setting(NOTE) is None
    assert house.desk.store.shelves("topic") == ["20000217"]
    assert len(house.desk.store.front(ListQuery(shelf="place/vester", limit=100))) == 45
    house.release("urn:held")
    assert "urn:held" in found(house)


def test_filing_goes_on_where_it_was_after_a_restart(house: House) -> None:
    for number in range(45):
        house.send(f"urn:{number}", **FILED)
    made_older(house)
    assert house.desk.tidy()
    assert len(found(house)) == 20
    assert house.desk.store.setting(NOTE) == "20/45"
    house.restart()
    house.desk.settle()
    assert len(found(house)) == 45


def test_filing_is_no_new_edition_and_no_event(house: House) -> None:
    before = house.send(**FILED)
    made_older(house)
    house.desk.settle()
    after = house.story()
    assert (after.edition, after.face_changed) == (before.edition, before.face_changed)
    assert len(house.desk.store.events(story=after.id)) == 1
    assert after.shelves == before.shelves


def test_words_of_a_killed_story_are_not_left_in_the_index(house: House) -> None:
    odd = [b"zyxomma", b"kwyjibo", b"jynx", b"wombat"]  # no other word begins with their letters
    house.send(text=b" ".join(odd).decode())
    house.send("urn:other", text=TEXT)

    def kept() -> list[bytes]:
        rows = house.desk.store._engine._writer.execute("SELECT block FROM found_data")
        blocks = [bytes(block) for (block,) in rows]
        return [word for word in odd if any(word in block for block in blocks)]

    assert kept() == odd
    house.kill()
    assert kept() == []
    filed = house.desk.store._engine._writer.execute("SELECT count(words_z) FROM findable")
    assert filed.get == 1
