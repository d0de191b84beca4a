"""Adds of a wire, joined to the story they go with, whichever comes first."""

import textwrap
from collections.abc import Mapping
from datetime import timedelta
from itertools import permutations

import pytest

from copytaster.newsroom._pile import Key
from copytaster.newsroom._pile import Pile
from copytaster.newsroom._ruling import Ruling
from copytaster.newsroom.orders import dossier
from copytaster.newsroom.recalls import _versions
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Reach
from copytaster.store import Story
from copytaster.story import DecisionKind
from copytaster.story import State
from tests.formats.test_anpa_1312 import message as anpa
from tests.newsroom.making import House
from tests.newsroom.making import codes

pytestmark = pytest.mark.anyio

AGENCY = "dpa"
HEADLINE = "Lowgate closes its harbour to the largest ships"
FIRST = (
    "Lowgate (dpa) - The harbour of Lowgate will be closed to all ships over ten thousand tonnes."
)
SECOND = "The channel has silted up faster than anybody at the port office reckoned in the autumn."
THIRD = "A dredger is on its way from Highgate and is to begin its work in the middle of the month."


def sent(
    number: int,
    text: str,
    take: str = "",
    at: str = "0830",
    keywords: str = "Lowgate/harbour/",
    headline: str = HEADLINE,
) -> bytes:
    """A message of IPTC 7901; ``take`` is its take key."""
    key = f"{take}\r\n" if take else ""
    lines = "\r\n".join(textwrap.wrap(text, 69, break_on_hyphens=False))
    return (
        f"\x01mxa{number:04} 4 i 52  dpa {number:04}\r\n\n{keywords}\r\n\x02{key}{headline} =\r\n\n"
        f"{lines}\r\n\r\n\x03020{at[1:]} GMT Mar 26\r\n\x7f\r\n\x7f\x04".encode()
    )


BASE = sent(61, FIRST)
ADD_1 = sent(62, SECOND, "ADD 1", "0836")
ADD_2 = sent(63, THIRD, "2ND ADD", "0841")


def kill(number: int) -> bytes:
    return sent(
        70,
        f"Please kill item dpa {number}. A kill is mandatory.",
        at="0850",
        keywords="Advisory/",
        headline="KILL KILL KILL",
    )


def receive(house: House, *lot: bytes) -> None:
    house.receive(*(house.delivery(one, agency=AGENCY) for one in lot))


def story(house: House, number: int = 61) -> Story:
    guid = f"iptc-7901:mxa{number:04}:dpa-{number}:02mar26"
    found = house.desk.store.story(house.desk.find(AGENCY, guid) or "")
    assert found is not None, guid
    return found


async def text(house: House, number: int = 61) -> list[str]:
    """The paragraphs that readers of a story see; none where they see none."""
    answer = await house.get(f"/s/{story(house, number).id}.txt")
    return answer.text.rstrip("\n").split("\n\n") if answer.status_code == 200 else []


@pytest.mark.parametrize("order", list(permutations([BASE, ADD_1, ADD_2])))
async def test_adds_are_put_behind_their_base_in_every_order(
    order: tuple[bytes, ...], house: House
) -> None:
    for one in order:
        receive(house, one)
    assert await text(house) == [FIRST, SECOND, THIRD]
    for number in (62, 63):
        add = story(house, number)
        assert (add.state, add.face, codes(add)) == (State.held, Face.none, ["joined"])
        assert add.reasons[0].detail == story(house).id


async def test_each_add_is_an_edition_that_names_its_messages(house: House) -> None:
    for one in (BASE, ADD_1, ADD_2):
        receive(house, one)
    base = story(house)
    editions = house.desk.store.editions(base.id)
    assert [len(edition.parts) for edition in editions] == [0, 1, 2]
    page = await house.get(f"/s/{base.id}")
    assert "sent this text in 3 messages" in page.text
    assert (await house.get(f"/s/{base.id}/v1")).text.count("messages") == 0
    assert "iptc-7901:mxa0063:dpa-63:02mar26" in page.text
    data = (await house.get(f"/s/{base.id}.json")).json()
    assert [one["value"] for one in data["altIds"] if one.get("role") == "joined"] == [
        "iptc-7901:mxa0062:dpa-62:02mar26",
        "iptc-7901:mxa0063:dpa-63:02mar26",
    ]


def test_the_record_of_a_story_names_its_parts(house: House) -> None:
    receive(house, BASE, ADD_1, sent(64, THIRD, "3RD ADD", "0841"))
    told = [
        (one["version"], one["joined"]) for one in dossier(house.desk, story(house).id)["parts"]
    ]
    assert told == [("ADD 1", True), ("3RD ADD", False)]
    assert dossier(house.desk, story(house, 62).id)["parts"] == []


def test_a_recall_finds_what_only_a_part_says(house: House) -> None:
    receive(house, BASE, ADD_1)
    (past,) = [one for one in house.desk.store.past(Reach()) if one.story.id == story(house).id]
    assert any("silted" in str(version.copy) for version in (m.item for m in _versions(past)))


async def test_an_edition_in_pieces_is_made_again_from_the_store(house: House) -> None:
    receive(house, BASE, ADD_1)
    base = story(house)
    for file in (house.data / "site").rglob(f"{base.id}.*"):
        file.unlink()
    assert await text(house) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("lot", "shown", "why"),
    [
        ((BASE, ADD_2), [FIRST], ["joined"]),
        ((BASE, sent(63, THIRD, "ADD", "0841")), [FIRST], ["partial"]),
        ((BASE, sent(63, THIRD, "1ST ADD", "0820")), [FIRST], ["partial"]),
        ((BASE, sent(63, THIRD, "1ST ADD", "0841", "Lowgate/market/")), [FIRST], ["partial"]),
        ((BASE, sent(63, THIRD, "INSERT", "0841")), [FIRST], ["partial"]),
        ((BASE, sent(63, THIRD, "SUB", "0841")), [FIRST], ["partial"]),
        ((BASE, sent(63, f"{FIRST} {THIRD}", "ADD 1", "0841")), [FIRST], ["joined"]),
        (
            (BASE, sent(64, SECOND, at="0833"), sent(63, THIRD, "ADD 1", "0841")),
            [FIRST],
            ["partial"],
        ),
    ],
    ids=[
        "a gap",
        "no number",
        "before it",
        "another slug",
        "insert",
        "sub",
        "a whole",
        "two bases",
    ],
)
async def test_what_is_not_proven_waits(
    lot: tuple[bytes, ...], shown: list[str], why: list[str], house: House
) -> None:
    receive(house, *lot)
    assert await text(house) == shown
    add = story(house, 63)
    assert (add.state, add.face, codes(add)) == (State.held, Face.none, why)


async def test_two_first_adds_of_different_words_are_not_told_apart(house: House) -> None:
    receive(house, BASE, ADD_1)
    assert await text(house) == [FIRST, SECOND]
    receive(house, sent(64, THIRD, "ADD 1", "0840"))
    assert await text(house) == [FIRST]


@pytest.mark.parametrize("order", list(permutations([BASE, ADD_1, kill(61)])))
async def test_a_kill_of_the_base_takes_everything_in_every_order(
    order: tuple[bytes, ...], house: House
) -> None:
    for one in order:
        receive(house, one)
    assert story(house).state is State.killed
    assert story(house, 62).face is Face.none
    assert await text(house) == []
    kept = b"".join(path.read_bytes() for path in (house.data / "site").rglob("*.*"))
    assert b"silted" not in kept


@pytest.mark.parametrize("order", list(permutations([BASE, ADD_1, ADD_2, kill(62)]))[::3])
async def test_a_kill_of_an_add_takes_it_and_what_follows_it_and_no_more(
    order: tuple[bytes, ...], house: House
) -> None:
    for one in order:
        receive(house, one)
    base = story(house)
    assert await text(house) == [FIRST]
    assert (story(house, 62).state, base.state) == (State.killed, State.live)
    for number in range(1, base.edition + 1):
        answer = await house.get(f"/s/{base.id}/v{number}")
        assert answer.status_code in (200, 410)
        assert "silted" not in answer.text


async def test_the_edition_with_a_killed_add_is_withdrawn(house: House) -> None:
    receive(house, BASE)
    receive(house, ADD_1)
    receive(house, kill(62))
    base = story(house)
    events = house.desk.store.events(story=base.id)
    assert [(event.kind, event.edition) for event in events] == [
        (EventKind.published, 1),
        (EventKind.updated, 2),
        (EventKind.withdrawn, 2),
        (EventKind.updated, 3),
    ]
    assert (await house.get(f"/s/{base.id}/v2.txt")).status_code == 410


async def test_an_editor_s_kill_of_an_add_takes_it_out_of_its_base(house: House) -> None:
    receive(house, BASE, ADD_1)
    house.desk.decide(story(house, 62).id, DecisionKind.kill, reason="desk", by="ed")
    house.desk.settle()
    assert await text(house) == [FIRST]
    receive(house, ADD_2)
    assert await text(house) == [FIRST]


async def test_a_base_that_an_editor_let_go_gets_nothing_unasked(house: House) -> None:
    receive(house, BASE)
    id = story(house).id
    house.now = house.now.replace(hour=10)
    house.desk.decide(id, DecisionKind.hold, reason="desk", by="ed")
    house.now = house.now.replace(hour=11)
    house.desk.decide(id, DecisionKind.release, reason="desk", by="ed")
    house.desk.settle()
    receive(house, ADD_1)
    assert await text(house) == [FIRST]


async def test_an_add_of_another_agency_is_no_part(house: House) -> None:
    receive(house, BASE)
    house.receive(house.delivery(ADD_1, agency="default"))
    assert await text(house) == [FIRST]


def decide(house: House, number: int, kind: DecisionKind) -> None:
    """An editor's word on a story, later than all before it."""
    house.now += timedelta(seconds=1)
    house.desk.decide(story(house, number).id, kind, reason="desk", by="ed")
    house.desk.settle()


@pytest.mark.parametrize("kind", [DecisionKind.kill, DecisionKind.hold, DecisionKind.erase])
async def test_what_the_desk_says_of_an_add_is_said_to_a_base_that_comes_later(
    kind: DecisionKind, house: House
) -> None:
    receive(house, ADD_1)
    decide(house, 62, kind)
    receive(house, ADD_2)
    receive(house, BASE)
    assert await text(house) == [FIRST]
    kept = b"".join(path.read_bytes() for path in (house.data / "site").rglob("*.*"))
    assert b"silted" not in kept


async def test_an_editor_s_hold_of_an_add_takes_it_out_until_it_is_released(house: House) -> None:
    receive(house, BASE, ADD_1, ADD_2)
    assert await text(house) == [FIRST, SECOND, THIRD]
    for _ in range(2):
        decide(house, 62, DecisionKind.hold)
        assert await text(house) == [FIRST]
        with_it = story(house).edition - 1
        assert (await house.get(f"/s/{story(house).id}/v{with_it}.txt")).status_code == 410
        decide(house, 62, DecisionKind.release)
        assert await text(house) == [FIRST, SECOND, THIRD]


async def test_a_hold_that_was_released_before_the_base_came_says_nothing_to_it(
    house: House,
) -> None:
    receive(house, ADD_1)
    decide(house, 62, DecisionKind.hold)
    decide(house, 62, DecisionKind.release)
    receive(house, BASE)
    assert await text(house) == [FIRST, SECOND]


async def test_a_release_takes_back_no_kill_of_an_add(house: House) -> None:
    receive(house, BASE, ADD_1)
    decide(house, 62, DecisionKind.kill)
    decide(house, 62, DecisionKind.release)
    receive(house, ADD_2)
    assert await text(house) == [FIRST]


@pytest.mark.parametrize("order", list(permutations(["base", "alone", "add"])))
async def test_killed_words_do_not_come_back_as_an_add(
    order: tuple[str, ...], house: House
) -> None:
    alone = sent(58, SECOND, at="0829", keywords="Silt/", headline=HEADLINE)
    lots = {"base": BASE, "alone": alone, "add": ADD_1}
    for one in order:
        receive(house, lots[one])
        if one == "alone":
            decide(house, 58, DecisionKind.kill)
    assert codes(story(house, 62)) in (["copy-of-killed"], ["copy-of-killed", "joined"])
    assert await text(house) == [FIRST]


async def test_an_add_held_as_a_copy_is_read_again_when_the_other_is_let_go(house: House) -> None:
    receive(house, BASE, sent(58, SECOND, at="0829", keywords="Silt/", headline=HEADLINE))
    decide(house, 58, DecisionKind.hold)
    receive(house, ADD_1)
    assert await text(house) == [FIRST]
    decide(house, 58, DecisionKind.release)
    assert await text(house) == [FIRST, SECOND]


async def test_an_add_is_killed_although_its_base_cannot_be_ruled_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(house, BASE, ADD_1)
    id, ruler = story(house).id, house.desk._ruler
    rule = ruler.rule

    def broken(pile: Pile, lot: Mapping[Key, Pile] = {}) -> Ruling:
        if pile.story.id == id:
            raise ValueError("broken")
        return rule(pile, lot)

    monkeypatch.setattr(ruler, "rule", broken)
    decide(house, 62, DecisionKind.kill)
    assert (story(house, 62).state, story(house).face) == (State.killed, Face.hold)


@pytest.mark.parametrize("order", list(permutations(["base", "add"])))
async def test_an_add_from_an_archive_waits_for_a_person(
    order: tuple[str, ...], house: House
) -> None:
    lots = {
        "base": house.delivery(BASE, agency=AGENCY),
        "add": house.delivery(ADD_1, agency=AGENCY, archive=True),
    }
    for one in order:
        house.receive(lots[one])
    assert await text(house) == [FIRST]
    assert codes(story(house, 62)) == ["partial", "backfill"]


@pytest.mark.parametrize("kind", [DecisionKind.hold, DecisionKind.kill])
async def test_the_undo_of_a_recall_puts_an_add_back(kind: DecisionKind, house: House) -> None:
    receive(house, BASE, ADD_1)
    add, recalls = story(house, 62).id, house.desk.recalls
    batch = recalls.begin([add], kind, reason="desk", by="chief", query="phrase:silted")
    house.wait(seconds=1)
    assert await text(house) == [FIRST]
    recalls.undo(batch.id, reason="a mistake", by="chief")
    house.wait(seconds=1)
    assert await text(house) == [FIRST, SECOND]


def numbered(number: int, text: str, at: str, take: str = " ") -> bytes:
    """A message of ANPA 1312, whose take key may give the number of another."""
    trailer = f"MPA-WF-03-02-26 {at}GMT"
    return anpa(text, first=f"a{number:04}", version=take, date="03-02", trailer=trailer)


async def texts(house: House, *numbers: int) -> list[list[str]]:
    """What readers see of these messages of ANPA 1312."""
    ids = [house.desk.find(AGENCY, f"anpa-1312:a{n:04}:2026-03-02") for n in numbers]
    answers = [await house.get(f"/s/{id}.txt") for id in ids]
    return [a.text.rstrip("\n").split("\n\n") if a.status_code == 200 else [] for a in answers]


@pytest.mark.parametrize("order", list(permutations(["other", "named", "add"])))
async def test_an_add_goes_with_the_number_that_it_gives_in_every_order(
    order: tuple[str, ...], house: House
) -> None:
    lots = {
        "other": numbered(60, THIRD, "0829"),
        "named": numbered(61, FIRST, "0830"),
        "add": numbered(62, SECOND, "0836", "1stAdd a0061"),
    }
    for one in order:
        receive(house, lots[one])
    assert await texts(house, 60, 61, 62) == [[THIRD], [FIRST, SECOND], []]
    add = house.desk.store.story(house.desk.find(AGENCY, "anpa-1312:a0062:2026-03-02") or "")
    assert add is not None
    assert codes(add) == ["joined"]


async def test_an_add_waits_for_the_number_that_it_gives(house: House) -> None:
    receive(house, numbered(60, THIRD, "0829"), numbered(62, SECOND, "0836", "1stAdd a0061"))
    assert await texts(house, 60, 62) == [[THIRD], []]
