"""The patrol finds what is really wrong at public addresses, mends our own files, and calls."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from copytaster.finding import Finding
from copytaster.finding import Severity
from copytaster.newsroom import patrol_report
from copytaster.newsroom.patrol import Patrol
from copytaster.newsroom.patrol import Unanswered
from copytaster.store import Story
from tests.door import Door
from tests.newsroom import live as lives
from tests.newsroom.calls import Calls
from tests.newsroom.making import BASE
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.newsroom.stale import Stale

pytestmark = pytest.mark.anyio

SECOND = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "headline": "Ferry is full"}


class Naps:
    """Sleeps of no length, counted; what happens during one may be given."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.meanwhile: list[Any] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        if self.meanwhile:
            self.meanwhile.pop(0)()


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
async def stale(house: House) -> AsyncIterator[Stale]:
    site = Door(house.site, raising=False)
    async with Stale(BASE, site) as reader:
        yield reader


@pytest.fixture
def patrol(house: House, stale: Stale, calls: Calls, naps: Naps) -> Patrol:
    return made(house, stale, calls, naps)


def made(house: House, stale: Stale, calls: Calls, naps: Naps) -> Patrol:
    ticks = iter(range(10_000))
    return Patrol(house.desk, stale.reader, calls, sleep=naps, ticks=lambda: float(next(ticks)))


def found(house: House) -> list[tuple[str, str]]:
    """(address, code) of what is open."""
    return [(one.address, one.code) for one in house.desk.store.findings()]


def ended(house: House) -> list[Finding]:
    return [one for one in house.desk.store.findings(resolved=99) if one.resolved is not None]


def file(house: House, story: Story, name: str) -> Path:
    return Path(house.desk.pressroom.folder.path(story.id, name))


def corrupt(path: Path, old: bytes, new: bytes) -> None:
    path.write_bytes(path.read_bytes().replace(old, new))


async def look_at(patrol: Patrol, house: House, story: Story) -> None:
    now = house.desk.store.story(story.id)
    assert now is not None
    await patrol.story(now)


# --- nothing wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["nothing", "update", "hold", "kill", "release"])
async def test_a_site_in_order_gives_no_finding(
    deed: str, house: House, patrol: Patrol, stale: Stale, calls: Calls
) -> None:
    story = house.send()
    if deed == "update":
        house.wait(minutes=5)
        story = house.send(**SECOND)
    elif deed == "release":
        house.hold()
        house.release()
    elif deed != "nothing":
        getattr(house, deed)()
    house.send("urn:seaboard:held", pubstatus="withheld", headline="Not for the public at all")
    house.wait(seconds=5)
    for _ in range(34):
        await patrol.beat()
    assert found(house) == ended(house) == []
    assert calls.all == []
    forms = {f"/s/{story.id}{form}" for form in ("", ".txt", ".json", "/v1", "/v1.txt", "/v1.json")}
    assert forms | {"/", "/feed.atom", "/feed.rss", "/feed.json"} <= set(stale.asked)
    assert patrol.progress.rounds >= 1


async def test_many_versions_are_all_in_order(house: House, patrol: Patrol) -> None:
    house.send()
    for n in range(2, 6):
        house.wait(minutes=1)
        fields = {"version": str(n), "versioncreated": f"2026-03-02T08:5{n}:30Z"}
        story = house.send(text=f"{TEXT} Take {n}.", **fields)
    assert story.edition == 5
    await look_at(patrol, house, story)
    assert found(house) == []


async def test_an_empty_desk_is_no_fault(house: House, patrol: Patrol) -> None:
    for _ in range(10):
        await patrol.beat()
    assert found(house) == []
    assert patrol.progress.rounds == 0


# --- our own files ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("v1.html", b"left the north quay", b"left the south quay"),
        ("v1.txt", b"north", b"south"),
        ("v1.json", b"north", b"south"),
        ("v1.html", b"Ferry to Vester runs again</h1>", b"Ferry to Vester sank</h1>"),
    ],
)
async def test_a_corrupted_file_is_found_told_and_mended(
    name: str, old: bytes, new: bytes, house: House, patrol: Patrol, calls: Calls
) -> None:
    story = house.send()
    path = file(house, story, name)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(old, new))
    await look_at(patrol, house, story)
    assert path.read_bytes() == whole
    assert found(house) == []
    first = ended(house)[-1]
    assert (first.code, first.severity) == ("words-differ", Severity.critical)
    assert first.detail.endswith("; our own file was wrong and was pressed again")
    assert calls.all[0][0] == "patrol-critical"
    assert first.address in calls.all[0][1]
    assert calls.open == [], "and the all-clear when it was seen right again"


async def test_a_page_with_other_furniture_is_mended_without_calling_anybody(
    house: House, patrol: Patrol, calls: Calls
) -> None:
    story = house.send()
    path = file(house, story, "v1.html")
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"</main>", b"<p>Advertisement</p></main>"))
    assert path.read_bytes() != whole
    await look_at(patrol, house, story)
    assert path.read_bytes() == whole
    assert {one.code for one in ended(house)} == {"bytes-differ"}
    assert calls.all == []


async def test_an_older_edition_is_compared_too(house: House, patrol: Patrol, calls: Calls) -> None:
    house.send()
    house.wait(minutes=5)
    story = house.send(**SECOND)
    path = file(house, story, "v1.html")
    path.write_bytes(path.read_bytes().replace(b"north quay", b"south quay"))
    await look_at(patrol, house, story)
    (one,) = ended(house)
    assert (one.address, one.code) == (f"/s/{story.id}/v1", "words-differ")
    assert b"north quay" in path.read_bytes()


async def test_a_lost_file_is_made_again(house: House, patrol: Patrol) -> None:
    story = house.send()
    path = file(house, story, "v1.html")
    path.unlink()
    await look_at(patrol, house, story)
    assert found(house) == []
    assert path.exists()


async def test_killed_words_in_a_notice_are_critical_and_taken_out(
    house: House, patrol: Patrol, calls: Calls
) -> None:
    story = house.send()
    house.kill()
    path = file(house, story, "410.html")
    notice = path.read_bytes()
    path.write_bytes(notice + f"<h1>{HEADLINE}</h1><p>{TEXT}</p>".encode())
    await look_at(patrol, house, story)
    assert path.read_bytes() == notice
    codes = {(one.code, one.severity) for one in ended(house)}
    assert codes == {("words-visible", Severity.critical)}
    assert calls.all[0][0] == "patrol-critical"
    assert TEXT not in (await house.get(f"/s/{story.id}")).text


async def test_editions_left_on_our_disk_after_a_kill_go_at_once(
    house: House, patrol: Patrol, calls: Calls
) -> None:
    story = house.send()
    page = file(house, story, "v1.html").read_bytes()
    house.kill()
    file(house, story, "v1.html").write_bytes(page)
    await look_at(patrol, house, story)
    assert not file(house, story, "v1.html").exists()
    (one,) = ended(house)
    assert (one.code, one.severity) == ("files-left", Severity.major)
    assert one.detail == "editions of a withdrawn story on our disk: v1.html; removed"
    assert calls.all[0][0] == "patrol-major"
    assert calls.open == []


# --- what stands in front of us -----------------------------------------------------------------


async def test_a_cache_that_keeps_a_killed_page_is_found_until_it_lets_go(
    house: House, patrol: Patrol, stale: Stale, calls: Calls
) -> None:
    story = house.send()
    kept = await house.get(f"/s/{story.id}")
    house.kill()

    async def cached(path: str) -> httpx2.Response | None:
        return httpx2.Response(200, content=kept.content) if path == f"/s/{story.id}" else None

    stale.answer = cached
    await look_at(patrol, house, story)
    assert found(house) == [(f"/s/{story.id}", "words-visible")]
    assert calls.open == [("patrol-critical", f"/s/{story.id}")]
    (first,) = house.desk.store.findings()
    assert "pressed again" not in first.detail, "our own files were right"
    house.wait(hours=2)
    await look_at(patrol, house, story)
    assert len(calls.all) == 2, "said again at each look; the alerts keep the quiet"
    (again,) = house.desk.store.findings()
    assert again.last_seen - again.first_seen == timedelta(hours=2)

    async def fresh(path: str) -> None:
        return None

    stale.answer = fresh
    await look_at(patrol, house, story)
    assert found(house) == []
    assert calls.open == []


async def test_a_cache_that_shows_the_version_before_a_correction_is_found(
    house: House, patrol: Patrol, stale: Stale
) -> None:
    story = house.send()
    kept = await house.get(f"/s/{story.id}")
    house.wait(minutes=5)
    house.send(**SECOND)

    async def cached(path: str) -> httpx2.Response | None:
        return httpx2.Response(200, content=kept.content) if path == f"/s/{story.id}" else None

    stale.answer = cached
    await look_at(patrol, house, story)
    assert found(house) == [(f"/s/{story.id}", "words-differ")]


async def test_a_front_that_still_names_a_killed_story_is_found(
    house: House, patrol: Patrol, stale: Stale, calls: Calls
) -> None:
    house.send()
    front = await house.get("/")
    house.wait(minutes=1)
    house.kill()
    house.wait(minutes=1)

    async def cached(path: str) -> httpx2.Response | None:
        return httpx2.Response(200, content=front.content) if path == "/" else None

    stale.answer = cached
    await patrol.next_list()
    assert found(house) == [("/", "words-visible")]
    assert calls.open == [("patrol-critical", "/")]


async def test_a_front_without_the_newest_story_is_minor(
    house: House, patrol: Patrol, stale: Stale, calls: Calls
) -> None:
    front = await house.get("/")
    house.send()

    async def cached(path: str) -> httpx2.Response | None:
        return httpx2.Response(200, content=front.content) if path == "/" else None

    stale.answer = cached
    await patrol.next_list()
    assert found(house) == [("/", "list-drift")]
    assert calls.all == []


async def test_one_address_that_does_not_answer_is_one_finding(
    house: House, patrol: Patrol, stale: Stale
) -> None:
    story = house.send()

    async def dead(path: str) -> None:
        if path == f"/s/{story.id}/v1":
            raise httpx2.ConnectError("refused")

    stale.answer = dead
    await look_at(patrol, house, story)
    assert found(house) == [(f"/s/{story.id}/v1", "no-answer")]


async def test_silence_does_not_end_what_was_found_before(
    house: House, patrol: Patrol, stale: Stale
) -> None:
    story = house.send()
    kept = await house.get(f"/s/{story.id}")
    house.kill()

    async def cached(path: str) -> httpx2.Response | None:
        return httpx2.Response(200, content=kept.content) if path == f"/s/{story.id}" else None

    async def dead(path: str) -> None:
        if path == f"/s/{story.id}":
            raise httpx2.ConnectError("refused")

    for answer in (cached, dead):
        stale.answer = answer
        await look_at(patrol, house, story)
    address = f"/s/{story.id}"
    assert found(house) == [(address, "words-visible"), (address, "no-answer")]


async def test_a_site_that_is_down_is_one_finding_and_the_round_waits(
    house: House, patrol: Patrol, stale: Stale, calls: Calls
) -> None:
    for n in range(5):
        house.send(f"urn:{n}", text=f"{TEXT} Number {n}.")

    async def dead(path: str) -> None:
        raise httpx2.ConnectError("refused")

    stale.answer = dead
    for _ in range(12):
        with pytest.raises(Unanswered):
            await patrol.beat()
    assert found(house) == [("/robots.txt", "no-site")]
    assert calls.open == [("patrol-major", "no-site")]
    assert patrol.progress.after == 0

    async def fresh(path: str) -> None:
        return None

    stale.answer = fresh
    for _ in range(12):
        await patrol.beat()
    assert patrol.progress.rounds == 1
    assert found(house) == []
    assert calls.open == []


# --- things that move ---------------------------------------------------------------------------


async def test_a_story_killed_between_reading_and_fetching_is_no_finding(
    house: House, patrol: Patrol, naps: Naps, calls: Calls
) -> None:
    story = house.send()
    naps.meanwhile = [house.kill]
    await look_at(patrol, house, story)
    assert found(house) == ended(house) == []
    assert calls.all == []


async def test_a_story_that_changes_at_every_look_is_left_for_its_next_turn(
    house: House, patrol: Patrol, naps: Naps, calls: Calls
) -> None:
    story = house.send()
    naps.meanwhile = [house.hold, house.release] * 20
    await look_at(patrol, house, story)
    assert found(house) == []


async def test_a_fault_that_is_gone_at_the_second_look_is_no_finding(
    house: House, patrol: Patrol, stale: Stale
) -> None:
    story = house.send()
    answers = [httpx2.Response(503), None]

    async def once(path: str) -> httpx2.Response | None:
        return answers.pop(0) if answers and path == f"/s/{story.id}" else None

    stale.answer = once
    await look_at(patrol, house, story)
    assert found(house) == ended(house) == []
    assert stale.asked.count(f"/s/{story.id}") == 2


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_is_set_makes_no_finding_and_loses_none(
    hours: int, house: House, patrol: Patrol, stale: Stale
) -> None:
    story = house.send()
    killed = house.send("urn:b", text=f"{TEXT} B.")
    kept = await house.get(f"/s/{killed.id}")
    house.kill("urn:b")

    async def cached(path: str) -> httpx2.Response | None:
        return httpx2.Response(200, content=kept.content) if path == f"/s/{killed.id}" else None

    stale.answer = cached
    await look_at(patrol, house, killed)
    house.now += timedelta(hours=hours)
    for _ in range(12):
        await patrol.beat()
    assert found(house) == [(f"/s/{killed.id}", "words-visible")]
    assert f"/s/{story.id}" in stale.asked
    (one,) = house.desk.store.findings()
    assert one.last_seen >= one.first_seen


# --- the way round ------------------------------------------------------------------------------


async def test_a_restart_goes_on_where_it_was(
    house: House, stale: Stale, calls: Calls, naps: Naps
) -> None:
    stories = [house.send(f"urn:{n}", text=f"{TEXT} Number {n}.") for n in range(12)]
    first = made(house, stale, calls, naps)
    while first.progress.after < stories[9].number:
        await first.beat()
    stale.asked.clear()
    second = made(house, stale, calls, naps)
    assert second.progress.after == stories[9].number
    await second.beat()
    assert f"/s/{stories[10].id}" in stale.asked
    assert f"/s/{stories[0].id}" not in stale.asked


async def test_what_was_withdrawn_lately_is_looked_at_more_often(
    house: House, patrol: Patrol, stale: Stale
) -> None:
    stories = [house.send(f"urn:{n}", text=f"{TEXT} Number {n}.") for n in range(8)]
    house.kill("urn:3")
    house.wait(minutes=1)
    for _ in range(12):
        await patrol.beat()
    asked = [stale.asked.count(f"/s/{story.id}") for story in stories]
    assert asked[3] >= 3
    assert sum(asked[:3]) == 3
    house.wait(days=8)
    stale.asked.clear()
    for _ in range(6):
        await patrol.beat()
    assert stale.asked.count(f"/s/{stories[3].id}") <= 1


async def test_it_goes_at_the_pace_it_was_given(
    house: House, patrol: Patrol, naps: Naps, stale: Stale
) -> None:
    house.send()
    naps.slept.clear()
    await patrol.beat()
    assert naps.slept == [1.0] * 6, "60 a minute: one second before each address"
    assert patrol.progress.looked == len(stale.asked) == 6
    assert patrol.progress.per_minute == pytest.approx(60)


async def test_progress_and_findings_are_told(house: House, patrol: Patrol) -> None:
    story = house.send()
    file(house, story, "v1.txt").write_bytes(b"Something else\n")
    for _ in range(9):
        await patrol.beat()
    told = patrol_report.told(house.desk.store)
    assert told["progress"]["rounds"] >= 1
    assert told["progress"]["roundLooked"] >= 6
    assert told["open"] == {"critical": 0, "major": 0, "minor": 0}
    (one,) = {finding["code"] for finding in told["findings"]}
    assert one == "words-differ"
    assert all(finding["resolved"] for finding in told["findings"])


async def test_a_story_that_cannot_be_pressed_again_stops_nobody(
    house: House, patrol: Patrol, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = house.send()
    second = house.send("urn:b", text=f"{TEXT} B.")
    afresh = house.desk.pressroom.afresh

    def refuse(story: Story, number: int) -> Any:
        if story.id == first.id:
            raise ValueError(f"story {story.id} fails the gate: headline")
        return afresh(story, number)

    monkeypatch.setattr(house.desk.pressroom, "afresh", refuse)
    for _ in range(8):
        await patrol.beat()
    assert {code for _, code in found(house)} == {"cannot-press"}
    assert {address for address, _ in found(house)} <= {
        f"/s/{first.id}{form}" for form in ("", ".txt", ".json", "/v1", "/v1.txt", "/v1.json")
    }
    assert patrol.progress.rounds >= 1
    assert second.id


async def test_the_patrol_itself_never_ends(
    house: House, patrol: Patrol, naps: Naps, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever happens in one beat, the next one comes."""
    beats: list[int] = []

    async def beat() -> None:
        beats.append(1)
        if len(beats) == 1:
            raise Unanswered("down")
        if len(beats) == 2:
            raise RuntimeError("a defect")
        raise asyncio.CancelledError

    monkeypatch.setattr(patrol, "beat", beat)
    with pytest.raises(asyncio.CancelledError):
        await patrol.run()
    assert len(beats) == 3
    assert calls.open == [("patrol-failed", "patrol")]


# --- over real HTTP -----------------------------------------------------------------------------


async def test_the_patrol_of_a_running_desk_finds_and_mends(tmp_path: Path) -> None:
    calls = Calls()
    async with lives.live(tmp_path / "data") as live, Stale(live.running.base) as stale:
        story = await live.publish()
        patrol = Patrol(live.desk, stale.reader, calls, sleep=Naps())
        await patrol.story(story)
        assert live.desk.store.findings(resolved=9) == []
        corrupt(Path(live.desk.pressroom.folder.path(story.id, "v1.html")), b"seven", b"eight")
        await patrol.story(story)
        page = await live.client.get(f"/s/{story.id}")
        assert TEXT in page.text
        codes = [one.code for one in live.desk.store.findings(resolved=9)]
        assert codes == ["words-differ"]
        assert [code for code, _ in calls.all] == ["patrol-critical"]


async def test_the_search_is_asked_for_what_is_live_and_for_what_was_withdrawn(
    house: House, patrol: Patrol, stale: Stale
) -> None:
    story = house.send(subject=[{"code": "medtop:20000217", "name": "shipping"}])
    house.wait(minutes=1)
    listing = patrol._listing
    places = [listing.next() for _ in range(len([*listing._lists(), *listing._searches()]))]
    assert {"topic/20000217"} <= {place.shelf for place in places}
    (live,) = (place for place in places if place.sought)
    assert await listing.look(live) == ()
    kept = await house.get(live.surface.asks or "")
    house.kill()
    house.wait(minutes=1)
    assert await listing.look(live) == ()

    async def cached(path: str) -> httpx2.Response | None:
        return httpx2.Response(200, content=kept.content) if path.startswith("/search") else None

    stale.answer = cached
    (fault,) = await listing.look(live)
    assert story.id in fault.detail
    assert "ferry" not in live.surface.address


async def test_a_search_that_does_not_find_a_live_story_has_drifted(
    house: House, patrol: Patrol
) -> None:
    house.send()
    house.desk.store._engine._writer.execute("INSERT INTO found (found) VALUES ('delete-all')")
    listing = patrol._listing
    (live,) = listing._searches()
    assert [fault.code for fault in await listing.look(live)] == ["list-drift"]
