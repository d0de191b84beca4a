"""A notice that takes back one version of a story and declares a later one of it good."""

from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from copytaster.delivery import Delivery
from copytaster.newsroom import proving
from copytaster.newsroom._expecting import Expecting
from copytaster.newsroom.proving import Prover
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Story
from copytaster.store import WorkKind
from copytaster.story import State
from tests.door import Door
from tests.newsroom.making import BASE
from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.pager import Pager

pytestmark = pytest.mark.anyio

IANS, GUID = "ians", "quay"
CLAIM = "The harbour master stole the harbour's money, two clerks of the office said on Monday."
SHARED = "The harbour office said on Monday that the north quay stays closed to cars until May."


def version(number: int, moved: str, text: str, **fields: object) -> bytes:
    return ninjs(
        GUID,
        version=str(number),
        headline="Quay stays closed",
        versioncreated=f"2026-03-02T{moved}:00+05:30",
        body_html=f"<p>{SHARED}</p><p>{text}</p>",
        body_text=None,
        **fields,
    )


BAD = version(1, "11:56", CLAIM)
GOOD = version(2, "12:44", "Nobody is accused of anything.")
KILL = ninjs(
    "kill-1",
    headline="NEWS ADVISORY: STORY KILL (13:00)",
    versioncreated="2026-03-02T13:00:00+05:30",
    text='Attention Editors: IANS is withdrawing a story "Quay stays closed" which moved at 1156 '
    "hours. A substitute version has moved at 1244 hours.",
)


def receive(house: House, *sent: bytes) -> Story | None:
    def made(data: bytes) -> Delivery:
        return house.delivery(data, agency=IANS)

    house.receive(*map(made, sent))
    return house.desk.store.story(house.desk.find(IANS, GUID) or "")


def spoil(file: Path) -> None:
    """As a stale copy would."""
    file.write_bytes(file.read_bytes() + CLAIM.encode())


async def readers_see(house: House, path: str) -> tuple[int, bool]:
    """(status, whether the claim can be read there)."""
    answer = await house.get(path)
    return answer.status_code, "stole" in answer.text


LOTS = [[[one] for one in order] for order in permutations([BAD, GOOD, KILL])]


@pytest.mark.parametrize("lots", [*LOTS, [[BAD, GOOD, KILL]], [[BAD], [KILL, GOOD]]])
async def test_the_killed_version_is_nowhere_and_its_substitute_is_live_in_every_order(
    lots: list[list[bytes]], house: House
) -> None:
    for lot in lots:
        story = receive(house, *lot)
    assert story is not None
    assert (story.state, story.face) == (State.live, Face.live)
    assert (await readers_see(house, f"/s/{story.id}")) == (200, False)
    for number in range(1, story.edition + 1):
        for form in ("", ".txt", ".json"):
            status, seen = await readers_see(house, f"/s/{story.id}/v{number}{form}")
            assert not seen
            assert status == (200 if number == story.edition else 410)
    for path in ("/", "/feed.atom", "/feed.rss", "/feed.json", "/corrections"):
        assert not (await readers_see(house, path))[1]
    assert f"/s/{story.id}" not in (await house.get("/search?q=stole")).text
    assert b"stole" not in b"".join(p.read_bytes() for p in (house.data / "site").rglob("*.*"))


async def test_a_reader_who_asks_before_the_press_opens_no_gate_to_a_killed_version(
    house: House,
) -> None:
    receive(house, BAD)
    story = receive(house, GOOD)
    assert story is not None
    house.desk.accept([house.delivery(KILL, agency=IANS)])
    house.desk.read()  # taken back, and nothing pressed yet
    folder = house.desk.pressroom.folder
    assert not folder.is_open(story.id)
    folder.discard(story.id, 2)  # as after a lost disk: it is made again when it is asked for
    assert (await readers_see(house, f"/s/{story.id}")) == (200, False)
    assert folder.is_open(story.id)
    files = (house.data / "site").rglob(f"{story.id}.*")
    assert [path.name for path in files if b"stole" in path.read_bytes()] == []


async def test_a_page_says_that_an_edition_was_withdrawn(house: House) -> None:
    receive(house, BAD)
    receive(house, GOOD)
    story = receive(house, KILL)
    assert story is not None
    page = (await house.get(f"/s/{story.id}")).text
    assert "An earlier edition of this story was withdrawn by IANS." in page
    assert f'href="/s/{story.id}/v1"' not in page
    assert "predecessor-version" not in page
    gone = await house.get(f"/s/{story.id}/v1")
    assert "Edition withdrawn by IANS" in gone.text
    assert f"{BASE}/s/{story.id}" in gone.text
    assert gone.headers["cache-control"] == "no-store"
    corrections = await house.get("/corrections")
    assert "Edition withdrawn" in corrections.text
    assert [event.kind for event in house.desk.store.events(story=story.id)] == [
        EventKind.published,
        EventKind.updated,
        EventKind.withdrawn,
    ]


async def test_what_a_correction_changed_is_told_no_more_once_one_side_of_it_is_gone(
    house: House,
) -> None:
    receive(house, BAD)
    receive(house, version(2, "12:44", "Nobody is accused.", signals=["sig:correction"]))
    assert (await readers_see(house, "/corrections"))[1]
    receive(house, KILL)
    for path in ("/corrections", "/corrections/feed.atom", "/corrections/feed.json"):
        assert not (await readers_see(house, path))[1]


def test_a_later_version_goes_on_from_the_substitute(house: House) -> None:
    receive(house, BAD, GOOD, KILL)
    story = receive(house, version(3, "13:30", "The quay opens in April after all."))
    assert story is not None
    assert story.face is Face.live


def test_the_killed_text_sent_again_as_a_newer_version_is_not_published(house: House) -> None:
    receive(house, BAD)
    receive(house, GOOD)
    receive(house, KILL)
    story = receive(house, version(1, "13:40", CLAIM))
    assert story is not None
    assert story.edition == 2


def test_a_second_kill_that_spares_nothing_ends_the_story(house: House) -> None:
    receive(house, BAD, GOOD, KILL)
    again = KILL.replace(b"kill-1", b"kill-2").replace(b"1156", b"1244")
    story = receive(house, again.replace(b" A substitute version has moved at 1244 hours.", b""))
    assert story is not None
    assert (story.state, story.face) == (State.killed, Face.gone)


def test_a_paused_desk_takes_the_killed_version_down_and_shows_nothing_new(house: House) -> None:
    receive(house, BAD)
    house.desk.pause()
    story = receive(house, GOOD, KILL)
    assert story is not None
    assert story.face is Face.hold
    house.desk.resume()
    house.desk.settle()
    story = receive(house)
    assert story is not None
    assert (story.face, story.edition) == (Face.live, 2)


async def test_a_paused_desk_takes_an_earlier_edition_away_and_leaves_the_good_one(
    house: House,
) -> None:
    receive(house, BAD)
    receive(house, GOOD)
    house.desk.pause()
    receive(house, version(3, "13:30", "The quay opens in April after all."))
    story = receive(house, KILL)
    assert story is not None
    assert (story.state, story.face, story.edition) == (State.held, Face.live, 2)
    assert (await readers_see(house, f"/s/{story.id}/v1")) == (410, False)
    assert (await readers_see(house, f"/s/{story.id}")) == (200, False)
    (work,) = house.desk.store.work(house.now + timedelta(days=1), 10)
    assert work.kind is WorkKind.withdraw
    house.desk.resume()
    house.desk.settle()
    story = receive(house)
    assert story is not None
    assert (story.state, story.face, story.edition) == (State.live, Face.live, 3)
    assert (await readers_see(house, f"/s/{story.id}/v1")) == (410, False)


def test_a_substitute_under_an_embargo_shows_neither(house: House) -> None:
    receive(house, BAD)
    story = receive(house, version(2, "12:44", "Later.", embargoed="2026-03-02T12:00:00Z"), KILL)
    assert story is not None
    assert story.face is not Face.live
    house.wait(hours=4)
    story = receive(house)
    assert story is not None
    assert (story.face, story.edition) == (Face.live, 2)


async def test_every_address_is_seen_to_be_without_the_edition_that_is_gone(house: House) -> None:
    receive(house, BAD)
    receive(house, GOOD)
    story = receive(house, KILL)
    assert story is not None
    (work,) = house.desk.store.work(house.now + timedelta(days=1), 10)
    assert work.kind is WorkKind.withdraw
    prover = Prover(house.desk, BASE, Pager(), transport=Door(house.site))
    assert await prover.withdrawn(work)
    await prover.close()
    seen = {r.address: r for r in house.desk.store.receipts(story.id) if r.kind is work.kind}
    assert seen[f"/s/{story.id}/v1.txt"].status == 410
    assert seen[f"/s/{story.id}"].status == 200
    assert "/corrections" in seen
    assert all(receipt.clean for receipt in seen.values())


async def test_a_new_version_does_not_end_the_proof_that_an_edition_is_gone(house: House) -> None:
    receive(house, BAD)
    receive(house, GOOD)
    receive(house, KILL)
    house.wait(seconds=1)
    story = receive(house, version(3, "13:30", "The quay opens in April after all."))
    assert story is not None
    assert story.edition == 3
    assert (await readers_see(house, f"/s/{story.id}")) == (200, False)
    (work,) = house.desk.store.work(house.now + timedelta(days=1), 10)
    assert work.kind is WorkKind.withdraw
    prover = Prover(house.desk, BASE, Pager(), transport=Door(house.site))
    assert await prover.withdrawn(work)
    await prover.close()
    seen = {r.address: r for r in house.desk.store.receipts(story.id) if r.since == work.since}
    assert seen[f"/s/{story.id}/v1"].status == 410
    assert not house.desk.store.work(house.now + timedelta(days=1), 10)


async def test_a_page_that_still_has_the_words_is_not_clean(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(house, BAD)
    receive(house, GOOD)
    story = receive(house, KILL)
    assert story is not None
    (work,) = house.desk.store.work(house.now + timedelta(days=1), 10)
    monkeypatch.setattr(proving, "_WAITS", (0.0,))
    spoil(Path(house.desk.pressroom.folder.path(story.id, "v2.html")))
    prover = Prover(house.desk, BASE, Pager(), transport=Door(house.site))
    assert not await prover.withdrawn(work)
    await prover.close()
    dirty = [r.address for r in house.desk.store.receipts(story.id) if not r.clean]
    assert dirty == [f"/s/{story.id}", f"/s/{story.id}/v2"]


def test_the_patrol_expects_the_notice_of_an_edition_that_is_gone(house: House) -> None:
    receive(house, BAD)
    receive(house, GOOD)
    story = receive(house, KILL)
    assert story is not None
    expected = Expecting(house.desk).of(story, f"/s/{story.id}/v1", 1, "page")
    assert expected.status == 410
    assert any(b"clerks" in mark for mark in expected.marks.words)
    assert not any(SHARED[:12].encode() in mark for mark in expected.marks.words)
