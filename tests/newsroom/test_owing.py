"""What an agency is owed once its withdrawal was seen clean, and what nobody is."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from copytaster.newsroom.proving import Prover
from copytaster.store import StoryChange
from copytaster.story import DecisionKind
from tests.door import Door
from tests.newsroom import making
from tests.newsroom.asking import DESK
from tests.newsroom.asking import HOLD
from tests.newsroom.asking import KILL
from tests.newsroom.asking import LATER
from tests.newsroom.asking import owed
from tests.newsroom.asking import profile
from tests.newsroom.asking import prove
from tests.newsroom.asking import settings
from tests.newsroom.asking import withdrawals
from tests.newsroom.making import AGENCY
from tests.newsroom.making import BASE
from tests.newsroom.making import GUID
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.pager import Pager

pytestmark = pytest.mark.anyio


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    asks = profile(tmp_path / "agencies", f'email = "{DESK}"')
    with making.house(tmp_path / "data", settings(asks)) as opened:
        yield opened


async def test_a_kill_of_the_agency_seen_clean_is_owed_with_its_times(house: House) -> None:
    house.send()
    house.now += timedelta(minutes=5)
    killed = house.send(**KILL)
    received = house.now
    assert owed(house) == [], "nothing is owed before every address was seen clean"
    await prove(house)
    (one,) = owed(house)
    assert one.agency == AGENCY
    assert (one.guid, one.state.value, one.notices) == (GUID, "killed", ())
    assert (one.received, one.suspended) == (received, killed.face_changed)
    assert one.clean == received + timedelta(seconds=0.24)
    seen = [r for r in house.desk.store.receipts(killed.id) if r.kind.value == "withdraw"]
    assert one.addresses == len(seen) > 10
    assert withdrawals(house) == []


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        (KILL, "killed"),
        (HOLD, "withheld"),
        ({**LATER, "embargoed": "2026-03-02T12:00:00Z"}, "embargoed"),
        ({**LATER, "type": "picture"}, "never"),
    ],
    ids=["kill", "hold", "embargo", "no story any more"],
)
async def test_what_the_agency_takes_back_is_owed(
    sent: dict[str, str], state: str, house: House
) -> None:
    house.send()
    assert house.send(**sent).state.value == state
    await prove(house)
    assert [one.state.value for one in owed(house)] == [state]


async def test_what_the_desk_takes_back_is_owed_to_nobody(house: House) -> None:
    for guid, order in (("urn:a", house.kill), ("urn:b", house.hold)):
        house.send(guid)
        order(guid)
        await prove(house)
        assert owed(house, guid) == []


async def test_a_recall_for_the_agencys_sake_sends_it_no_flood_of_letters(house: House) -> None:
    stories = [house.send(f"urn:{n}", text=f"Pier {n} was closed on Monday.").id for n in range(3)]
    recall = {"reason": "agency", "by": "an editor", "query": "agency:seaboard"}
    house.desk.recalls.begin(stories, DecisionKind.kill, **recall)
    house.desk.settle()
    assert {house.story(f"urn:{n}").cause for n in range(3)} == {"agency"}
    work = house.desk.store.work_in_bulk(house.now + timedelta(days=1), 9)
    assert len(work) == 3
    prover = Prover(house.desk, BASE, Pager(), transport=Door(house.site))
    assert len(await prover.withdrawn_together(work)) == 3
    await prover.close()
    assert house.desk.store.outbox.ways() == []


async def test_the_agencys_word_entered_by_a_person_is_owed(house: House) -> None:
    house.send()
    house.kill(reason="agency")
    await prove(house)
    (one,) = owed(house)
    assert one.received == house.desk.store.history_of(one.story).decisions[0].at


async def test_a_story_that_was_never_public_is_owed_to_nobody(house: House) -> None:
    house.send(pubstatus="withheld")
    house.send(**KILL)
    await prove(house)
    assert owed(house) == []


async def test_what_the_clock_alone_takes_back_is_owed_to_nobody(house: House) -> None:
    """An embargo that is on again because the clock was set back by an hour."""
    house.send(embargoed="2026-03-02T09:30:00Z")
    house.wait(hours=1)
    assert house.story().state.value == "live"
    house.now -= timedelta(minutes=50)
    house.desk.settle()
    assert house.story().state.value == "embargoed"
    await prove(house)
    assert owed(house) == []


async def test_an_agency_that_does_not_ask_is_told_nothing(house: House) -> None:
    silent = house.delivery(ninjs(), agency="harbour"), house.delivery(ninjs(), agency="ani")
    house.receive(*silent)
    house.receive(*(house.delivery(ninjs(**KILL), agency=one.agency) for one in silent))
    await prove(house)
    assert house.desk.store.outbox.ways() == []


async def test_a_notice_that_named_the_story_is_named(tmp_path: Path) -> None:
    asks = profile(tmp_path / "agencies", f'email = "{DESK}"')
    notice = "urn:seaboard:" + "kill" * 60
    with making.house(tmp_path / "data", settings(asks)) as house:
        house.send()
        house.receive(
            ninjs(
                notice,
                headline="KILL KILL KILL",
                text=f'Attention Editors: please kill the story "{HEADLINE}" at once.',
                versioncreated="2026-03-02T08:59:00Z",
            )
        )
        assert house.story().state.value == "killed"
        await prove(house)
        (one,) = owed(house)
        assert one.notices == (notice,), "whole, however long"


async def test_a_kill_that_comes_twice_in_one_lot_is_owed_once(house: House) -> None:
    house.send()
    first = house.delivery(ninjs(**KILL))
    house.now += timedelta(seconds=20)
    house.receive(first, house.delivery(ninjs(**KILL)))
    await prove(house)
    assert len(owed(house)) == 1


async def test_one_withdrawal_is_owed_once_however_often_it_is_proved(house: House) -> None:
    """A substitute that arrives later has the notice pressed and proved again."""
    house.send()
    house.send(**KILL)
    (work,) = withdrawals(house)
    await prove(house)
    before = owed(house)
    pressed_again = msgspec.structs.replace(work, since=house.now)
    house.desk.store.commit([StoryChange(story=house.story(), work=pressed_again)])
    await prove(house, after=1)
    assert withdrawals(house) == []
    assert owed(house) == before


async def test_a_story_held_released_and_held_again_is_owed_twice(house: House) -> None:
    house.send()
    for number, status in enumerate(["withheld", "usable", "canceled"], start=2):
        house.now += timedelta(seconds=1)
        created = f"2026-03-02T08:5{4 + number}:00Z"
        house.send(version=str(number), versioncreated=created, pubstatus=status)
        if status != "usable":
            await prove(house)
    assert [one.state.value for one in owed(house)] == ["withheld", "killed"]
    assert len({one.id for one in owed(house)}) == 2
