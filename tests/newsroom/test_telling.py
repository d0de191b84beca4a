"""What the desk finds stories by follows what they say and what becomes of them."""

from datetime import timedelta

from copytaster import query
from copytaster.newsroom import told
from copytaster.newsroom._telling import NOTE
from tests.newsroom.making import House
from tests.newsroom.making import ninjs

MINUTE = timedelta(minutes=1)
SECOND = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z"}


def found(house: House, asked: str) -> list[str]:
    """The guids that answer, in their order."""
    tree = query.read(asked)
    return [one.story.guid for one in house.desk.store.told.find(tree, house.desk.clock())]


def made_older(house: House) -> None:
    """As the migration finds a store of before: nothing can be found."""
    db = house.desk.store._engine._writer
    db.execute("DELETE FROM told; DELETE FROM told_words")
    db.execute("INSERT INTO settings SELECT 'telling', '0/' || max(number) FROM stories")
    house.restart()


def test_a_story_is_found_whatever_became_of_it(house: House) -> None:
    house.send("urn:live", text="The tram stops at the quay.")
    house.send("urn:waits", text="The tram waits.", pubstatus="withheld")
    house.send("urn:gone", text="The tram is gone.")
    house.kill("urn:gone")
    assert found(house, "tram state:live") == ["urn:live"]
    assert found(house, "tram state:withheld") == ["urn:waits"]
    assert found(house, "tram state:killed") == ["urn:gone"]
    assert len(found(house, "tram")) == 3
    house.hold("urn:live")
    assert found(house, "tram state:live") == []
    assert found(house, '"at the quay" state:held') == ["urn:live"]


def test_a_story_is_found_by_its_newest_version_in_whichever_order_they_came(house: House) -> None:
    house.send("urn:a", text="The tram stops.", **SECOND)
    house.send("urn:b")
    house.send("urn:a", text="The tram runs.", version="1", versioncreated="2026-03-02T08:00:00Z")
    assert found(house, '"tram stops"') == ["urn:a"]
    assert found(house, '"tram runs"') == []
    house.now += MINUTE
    third = {"version": "3", "versioncreated": "2026-03-02T09:00:00Z"}
    house.send("urn:a", text="The tram is sold.", **third)
    assert found(house, '"tram stops"') == []
    assert found(house, "agency:seaboard") == ["urn:a", "urn:b"]


def test_what_the_agency_kills_is_found_by_what_it_said(house: House) -> None:
    house.send("urn:a", text="The tram stops.")
    house.send("urn:a", text="", pubstatus="canceled", headline="", **SECOND)
    assert found(house, "tram state:killed") == ["urn:a"]


def test_stories_of_before_are_told_when_there_is_nothing_else_to_do(house: House) -> None:
    sent = [f"urn:{number}" for number in range(45)]
    house.receive(*(ninjs(guid, pubstatus="withheld") for guid in sent))
    house.send("urn:waits", text="The tram waits.", pubstatus="withheld")
    house.send("urn:gone", text="The tram is gone.")
    house.kill("urn:gone")
    made_older(house)
    assert found(house, "agency:seaboard") == []
    assert house.desk.tidy()
    assert told.backlog(house.desk.store) == (20, 47)
    house.restart()
    house.send("urn:new")
    house.desk.settle()
    assert sorted(found(house, "agency:seaboard -tram")[:46]) == sorted([*sent, "urn:new"])
    assert sorted(found(house, "tram")) == ["urn:gone", "urn:waits"]
    assert house.desk.store.setting(NOTE) is None
    assert told.backlog(house.desk.store) == (0, 0)


def test_telling_is_no_new_edition_and_no_event(house: House) -> None:
    before = house.send("urn:a")
    made_older(house)
    house.desk.settle()
    after = house.story("urn:a")
    assert (after.edition, after.face_changed) == (before.edition, before.face_changed)
    assert len(house.desk.store.events(story=after.id)) == 1


def test_what_is_found_is_told_to_programs(house: House) -> None:
    house.send("urn:a", urgency=3, slugline="TRAM-Stops")
    (one,) = house.desk.store.told.find(query.read("slug:tram"), house.desk.clock())
    summary = told.summary(one)
    assert summary["address"] == f"/s/{one.story.id}"
    facts = ("guid", "state", "face", "reasons", "slug", "urgency", "headline")
    assert {fact: summary[fact] for fact in facts} == {
        "guid": "urn:a",
        "state": "live",
        "face": "live",
        "reasons": [],
        "slug": "TRAM-Stops",
        "urgency": 3,
        "headline": one.messages[0].item.headline,
    }
