"""What readers of a story that is gone are told to read instead, and repeats of one that is not."""

from itertools import permutations
from typing import Any

import pytest

from copytaster.newsroom import Unresolved
from copytaster.store import Face
from copytaster.story import DecisionKind
from copytaster.story import State
from copytaster.verdict import notices
from tests.newsroom.making import AGENCY
from tests.newsroom.making import House
from tests.newsroom.making import ninjs

pytestmark = pytest.mark.anyio

BAD, GOOD = "urn:seaboard:bad", "urn:seaboard:good"


def bad(**fields: Any) -> bytes:
    return ninjs(BAD, headline="Ferry sinks", text="The ferry to Vester sank on Monday.", **fields)


def gone(**fields: Any) -> bytes:
    later = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "pubstatus": "canceled"}
    return bad(**(later | fields))


SENT = {
    "told by the one that is gone": (bad(), gone(replacedby=GOOD), ninjs(GOOD)),
    "told by the one to be read": (bad(), gone(), ninjs(GOOD, replacing=[BAD])),
    "told by both": (bad(), gone(replacedby=GOOD), ninjs(GOOD, replacing=[BAD])),
    "replaced and no more": (bad(), gone(pubstatus="replaced", replacedby=GOOD), ninjs(GOOD)),
}


@pytest.mark.parametrize("sent", SENT.values(), ids=SENT)
def test_a_field_links_what_is_gone_to_what_replaces_it_in_any_order(
    sent: tuple[bytes, ...], house: House
) -> None:
    for number, order in enumerate(permutations(sent)):
        old, new = f"{BAD}{number}", f"{GOOD}{number}"
        for one in order:
            named = one.replace(BAD.encode(), old.encode()).replace(GOOD.encode(), new.encode())
            house.desk.accept([house.delivery(named)])
            house.desk.read()
        assert house.story(new).face is Face.live
        assert house.story(old).substitute == house.story(new).id


def test_both_may_come_in_one_lot(house: House) -> None:
    house.receive(ninjs(GOOD, replacing=[BAD]), gone(), bad())
    assert house.story(BAD).substitute == house.story(GOOD).id


async def test_the_notice_links_to_it_and_repeats_no_word(house: House) -> None:
    house.receive(bad())
    house.receive(gone(replacedby=GOOD))
    house.receive(ninjs(GOOD))
    page = await house.get(f"/s/{house.story(BAD).id}")
    assert page.status_code == 410
    assert f"/s/{house.story(GOOD).id}" in page.text
    assert "sank" not in page.text


async def test_nothing_is_linked_before_it_is_here(house: House) -> None:
    house.receive(bad(), gone(replacedby=GOOD))
    assert house.story(BAD).substitute is None
    assert "/s/" + house.story(GOOD).id not in (await house.get(f"/s/{house.story(BAD).id}")).text


def test_a_field_that_says_what_replaces_a_story_takes_nothing_down(house: House) -> None:
    house.receive(bad(replacedby=GOOD), ninjs(GOOD, replacing=[BAD]))
    assert (house.story(BAD).face, house.story(BAD).substitute) == (Face.live, None)


def test_a_field_binds_only_its_own_agencys_stories(house: House) -> None:
    house.receive(bad(), gone())
    house.receive(house.delivery(ninjs(GOOD, replacing=[BAD]), agency="ians"))
    assert house.story(BAD).substitute is None


def test_what_stands_in_a_held_storys_place_is_not_said_of_it_once_it_is_back(house: House) -> None:
    house.receive(bad(), gone(pubstatus="withheld", replacedby=GOOD), ninjs(GOOD))
    assert house.story(BAD).substitute == house.story(GOOD).id
    house.receive(bad(version="3", versioncreated="2026-03-02T08:59:00Z"))
    assert (house.story(BAD).state, house.story(BAD).substitute) == (State.live, None)


# --- named by an editor -------------------------------------------------------------------------


async def test_an_editor_names_what_is_to_be_read_instead(house: House) -> None:
    old, new = house.send(BAD), house.send(GOOD, text="The ferry to Vester is late, not lost.")
    house.desk.decide(old.id, DecisionKind.kill, reason="desk", by="ed", substitute=new.id)
    house.desk.settle()
    assert house.story(BAD).substitute == new.id
    assert f"/s/{new.id}" in (await house.get(f"/s/{old.id}")).text
    house.restart()
    assert house.desk.store.history_of(old.id).decisions[0].substitute == new.id


def test_a_substitute_that_nobody_could_read_is_refused(house: House) -> None:
    old = house.send(BAD)
    dead = house.send(GOOD, text="Something else that was killed before.")
    house.kill(GOOD)

    def told(kind: DecisionKind, substitute: str) -> str:
        with pytest.raises(Unresolved) as refused:
            house.desk.decide(old.id, kind, reason="desk", by="ed", substitute=substitute)
        return str(refused.value)

    assert "is killed: nobody can read it instead" in told(DecisionKind.kill, dead.id)
    assert "instead of itself" in told(DecisionKind.kill, old.id)
    assert "no story 0000000000000000" in told(DecisionKind.kill, "0" * 16)
    assert "only a kill names a substitute" in told(DecisionKind.hold, dead.id)
    assert house.story(BAD).face is Face.live


# --- repeats ------------------------------------------------------------------------------------

FIRST = {"versioncreated": "2026-03-02T08:30:00Z"}
SECOND = {"version": "2", "versioncreated": "2026-03-02T08:40:00Z", "text": "It left at eight."}
REPEAT = {"version": "3", "versioncreated": "2026-03-02T08:58:00Z", "signals": ["sig:repeat"]}


async def updated(house: House) -> str:
    data = (await house.get(f"/s/{house.story().id}.json")).json()
    return str(data["versionCreated"])


async def test_a_repeat_changes_neither_date_nor_edition(house: House) -> None:
    house.send(**FIRST)
    shown = house.send(**SECOND)
    before = await updated(house)
    house.now = house.now.replace(hour=10)
    repeated = house.send(**(SECOND | REPEAT))
    assert repeated.edition == shown.edition == 2
    assert repeated.face_changed == shown.face_changed
    assert [event.edition for event in house.desk.store.events(story=shown.id)] == [1, 2]
    assert await updated(house) == before


async def test_a_repeat_under_another_headline_keeps_the_date_of_what_it_repeats(
    house: House,
) -> None:
    house.send(**FIRST)
    house.send(**SECOND)
    before = await updated(house)
    repeated = house.send(**(SECOND | REPEAT), headline="REPEAT: Ferry to Vester runs again")
    assert repeated.edition == 3
    assert await updated(house) == before


async def test_a_repeat_with_other_words_is_dated_as_what_it_is(house: House) -> None:
    house.send(**FIRST)
    before = await updated(house)
    house.send(**(SECOND | REPEAT))
    assert await updated(house) != before


async def test_a_held_story_comes_back_with_a_repeat_under_its_old_date(house: House) -> None:
    house.send(**FIRST)
    house.send(**SECOND)
    before = await updated(house)
    house.hold()
    house.send(**(SECOND | REPEAT))
    assert house.release().face is Face.live
    assert await updated(house) == before


def test_of_the_stories_that_one_says_it_replaces_twenty_are_looked_at(house: House) -> None:
    lost = [f"{BAD}{n}" for n in range(21)]
    house.receive(ninjs(GOOD, text="The ferry runs as ever.", replacing=lost))
    asked = list(notices.stands_for(house.desk.store.history(AGENCY, GOOD).messages, GOOD))
    assert asked == lost[:20]
