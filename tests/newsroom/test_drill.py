"""A drill is published and killed like agency copy, seen from outside, and listed nowhere."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from copytaster.agency import DRILL
from copytaster.agency import DRILL_SOURCE
from copytaster.newsroom import drill_report
from copytaster.newsroom.drill import KEPT
from copytaster.newsroom.drill import Busy
from copytaster.newsroom.drill import Drill
from copytaster.newsroom.drill import Patience
from copytaster.newsroom.drill_report import Outcome
from copytaster.newsroom.drill_report import Report
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.story import State
from tests.newsroom import live as lives
from tests.newsroom.calls import Calls
from tests.newsroom.live import Live
from tests.newsroom.live import until
from tests.newsroom.making import MORNING
from tests.newsroom.making import House
from tests.newsroom.making import config
from tests.newsroom.making import ninjs
from tests.newsroom.stale import Stale

pytestmark = pytest.mark.anyio

PATIENT = config(site={}, drill={"slow_seconds": 60.0})
"""on a machine that is busy with other things a drill may take long"""
HASTY = Patience(read=0.0)
"""for what will never be right"""


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with lives.live(tmp_path / "data", PATIENT) as running:
        yield running


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
async def stale(live: Live) -> AsyncIterator[Stale]:
    """The public site behind a cache that some tests make stale."""
    async with Stale(live.running.base) as reader:
        yield reader


@pytest.fixture
def drill(live: Live, stale: Stale, calls: Calls) -> Drill:
    """A drill that looks through that cache."""
    return Drill(live.desk, stale.reader, live.running.keeper.accept, calls, patience=HASTY)


def only(live: Live) -> Story:
    (story,) = live.desk.store.drills()
    return story


async def test_a_drill_is_seen_whole_then_gone_from_every_address(live: Live) -> None:
    await live.publish()
    assert drill_report.last(live.desk.store) is None
    (told,) = await live.ask("drill")
    assert told["outcome"] == "clean", told["faults"]
    assert told["faults"] == []
    story = only(live)
    assert told["story"] == story.id
    assert (story.agency, story.face) == (DRILL.id, Face.gone)
    kinds = [event.kind for event in live.desk.store.events(story=story.id)]
    assert kinds == [EventKind.published, EventKind.killed]
    rows = {row["address"]: row for row in told["surfaces"]}
    assert all(row["clean"] for row in rows.values())
    own = {f"/s/{story.id}{v}{form}" for v in ("", "/v1") for form in ("", ".txt", ".json")}
    assert own | {"/", "/feed.atom", "/feed.rss", "/feed.json", "/sitemap.xml"} <= set(rows)
    assert {rows[address]["status"] for address in own} == {410}
    assert all(rows[address]["seconds"] >= 0 for address in own)
    assert told["toPublish"] > 0
    assert told["toClean"] > 0
    kept = drill_report.last(live.desk.store)
    assert isinstance(kept, Report)
    assert (kept.story, kept.outcome) == (told["story"], Outcome.clean)
    (figures,) = live.desk.store.figures.drills(kept.began)
    assert (figures.to_publish, figures.to_clean) == (kept.to_publish, kept.to_clean)
    own = [row.seconds for row in kept.surfaces if row.kind == "own" and row.seconds is not None]
    assert figures.kinds["own"] == max(own)


async def test_no_reader_meets_a_drill_while_it_is_public(live: Live, stale: Stale) -> None:
    """Whatever is asked between its publication and its kill, only its own addresses know it."""
    seen: dict[str, bytes] = {}

    async def look_round(path: str) -> httpx2.Response | None:
        stories = live.desk.store.drills()
        if stories and stories[0].face is Face.live and not seen:
            lists = ("/", "/feed.atom", "/feed.rss", "/feed.json", "/sitemap.xml")
            parts = ("/news-sitemap.xml", "/sitemap/0.xml", f"/agency/{DRILL.id}")
            for address in (*lists, *parts):
                seen[address] = (await live.client.get(address)).content
            page = await live.client.get(f"/s/{stories[0].id}")
            assert "noindex" in page.text
            assert page.headers["x-robots-tag"] == "noindex"
            assert "this page is no news" in page.text
        return None

    await live.publish()
    stale.answer = look_round
    drill = Drill(live.desk, stale.reader, live.running.keeper.accept, Calls())
    assert (await drill.run()).outcome is Outcome.clean
    id = only(live).id.encode()
    assert len(seen) == 8
    assert [address for address, body in seen.items() if id in body] == []
    counts = live.desk.store.counts()
    assert {state: n for state, n in counts.items() if n} == {"live": 1}


async def test_a_page_with_other_words_makes_the_drill_dirty_until_one_is_clean(
    live: Live, stale: Stale, drill: Drill, calls: Calls
) -> None:
    async def spoiled(path: str) -> httpx2.Response | None:
        if not path.startswith("/s/") or path.endswith((".txt", ".json")):
            return None
        page = await live.client.get(path)
        return httpx2.Response(page.status_code, content=page.content.replace(b"no news", b"news"))

    stale.answer = spoiled
    report = await drill.run()
    assert report.outcome is Outcome.dirty
    assert report.to_publish is None
    assert f"/s/{report.story} is not what was sent: page: another headline" in report.faults
    assert only(live).face is Face.gone, "whatever was wrong, the drill is taken back"
    assert calls.open == [("drill-dirty", "drill")]
    stale.answer = lambda path: nothing()
    assert (await drill.run()).outcome is Outcome.clean
    assert calls.open == []
    assert calls.ended == [("drill-dirty", "drill")]


async def nothing() -> None:
    """The cache has forgotten everything."""


async def test_a_page_that_a_cache_keeps_makes_the_drill_dirty(
    stale: Stale, drill: Drill, calls: Calls
) -> None:
    stale.keep(lambda path: path.endswith("/v1.txt"))
    report = await drill.run()
    assert report.outcome is Outcome.dirty
    (row,) = [row for row in report.surfaces if not row.clean]
    assert (row.address, row.status) == (f"/s/{report.story}/v1.txt", 200)
    assert report.faults == (f"after its kill: {row.address}: answered 200, expected 410",)
    assert "drill went wrong" in calls.text("drill-dirty")


async def test_a_list_that_names_the_drill_makes_it_dirty(
    live: Live, stale: Stale, drill: Drill
) -> None:
    lists = ("/", "/feed.rss", "/sitemap.xml")

    async def naming(asked: str) -> httpx2.Response | None:
        stories = live.desk.store.drills()
        if asked not in lists or not stories or stories[0].face is not Face.live:
            return None
        return httpx2.Response(200, text=f"<a href='/s/{stories[0].id}'>")

    stale.answer = naming
    report = await drill.run()
    assert report.outcome is Outcome.dirty
    assert {f"while it was public: {path}: still listed" for path in lists} <= set(report.faults)


async def test_a_kill_that_is_not_proved_makes_the_drill_dirty_and_is_gone_on_with(
    live: Live, stale: Stale, calls: Calls
) -> None:
    withdraw = live.desk.pressroom.folder.withdraw

    def fails(*_: object) -> None:
        raise OSError("read-only file system")

    live.desk.pressroom.folder.withdraw = fails
    patience = Patience(clean=0.1)
    accept = live.running.keeper.accept
    report = await Drill(live.desk, stale.reader, accept, calls, patience=patience).run()
    assert report.outcome is Outcome.dirty
    assert "its kill was not proved within 0.1 s; the desk goes on trying" in report.faults
    assert report.to_clean is None
    assert ("drill-dirty", "drill") in calls.open
    assert [story.id for story in live.running.drill.unproved()] == [report.story]
    live.desk.pressroom.folder.withdraw = withdraw
    assert live.desk.store.counts()["work"] == 1


async def test_a_slow_drill_calls_a_person(tmp_path: Path, calls: Calls) -> None:
    settings = config(site={}, drill={"slow_seconds": 1e-9})
    async with (
        lives.live(tmp_path / "data", settings) as live,
        Stale(live.running.base) as stale,
    ):
        drill = Drill(live.desk, stale.reader, live.running.keeper.accept, calls)
        assert (await drill.run()).outcome is Outcome.slow
    assert calls.open == [("drill-slow", "drill")]
    assert "allowed are 1e-09 s" in calls.text("drill-slow")


async def test_a_second_drill_is_refused_while_one_runs(live: Live) -> None:
    first = asyncio.create_task(live.running.drill.run())
    await asyncio.sleep(0)
    with pytest.raises(Busy, match="a drill has been running since"):
        await live.running.drill.run()
    assert (await first).outcome is Outcome.clean
    assert (await live.running.drill.run()).outcome is Outcome.clean, "one after the other"


async def test_a_pause_does_not_stop_drills(live: Live) -> None:
    await live.ask("pause", source="*")
    (told,) = await live.ask("drill")
    assert told["outcome"] == "clean"
    story = await live.publish()
    assert story.face is Face.none, "agency copy still waits"


async def test_old_drills_do_not_pile_up(live: Live) -> None:
    first = (await live.running.drill.run()).story
    store = live.desk.store
    others = [
        Story(
            id=f"{n:016d}",
            agency=DRILL.id,
            guid=f"urn:{n}",
            state=State.killed,
            face=Face.gone,
            face_changed=MORNING,
            drill=True,
        )
        for n in range(KEPT - 1)
    ]
    await live.running.thread.call(lambda: store.commit([StoryChange(story=s) for s in others]))
    assert len(store.drills()) == KEPT
    assert list((live.data / "site").rglob(f"{first}.*"))
    assert (await live.running.drill.run()).outcome is Outcome.clean
    assert len(store.drills()) == KEPT
    assert drill_report.last(store).story not in {s.id for s in live.running.drill.unproved()}
    assert store.story(str(first)) is None
    assert (await live.client.get(f"/s/{first}")).status_code == 404
    assert list((live.data / "site").rglob(f"{first}.*")) == []


async def test_a_drill_that_was_cut_off_is_taken_back_by_the_next(live: Live) -> None:
    drill = live.running.drill
    lost = asyncio.create_task(drill.run())

    async def public() -> bool:
        stories = live.desk.store.drills()
        return bool(stories) and stories[0].face is Face.live

    await until(public)
    lost.cancel()
    await asyncio.gather(lost, return_exceptions=True)
    left = live.desk.store.drills()[0]
    await drill.run()

    async def gone() -> bool:
        now = live.desk.store.story(left.id)
        return now is not None and now.face is Face.gone

    assert await until(gone)


async def test_copy_that_nobody_reads_makes_the_drill_dirty_and_never_appears_later(
    live: Live, stale: Stale, calls: Calls
) -> None:
    """Its kill is sent all the same, so that it is dead when the desk reads on."""
    held: list[object] = []

    async def stuck(deliveries: object) -> None:
        held.append(deliveries)

    report = await Drill(
        live.desk, stale.reader, stuck, calls, patience=Patience(publish=0.05)
    ).run()
    assert report.outcome is Outcome.dirty
    assert report.faults == ("its copy was not published: nobody read it in 0.05 s",)
    assert len(held) == 2
    for deliveries in held:
        await live.running.keeper.accept(deliveries)

    async def read() -> Story | None:
        found = live.desk.store.drills()
        return found[0] if found and live.desk.store.counts()["waiting"] == 0 else None

    assert (await until(read)).face in (Face.none, Face.gone)


# --- nobody else may speak for it ---------------------------------------------------------------


async def test_copy_from_outside_under_the_drills_name_is_never_published(live: Live) -> None:
    headers = {"authorization": f"Bearer {live.running.routes_in.inbox_token}"}
    answer = await live.client.post(
        f"/wire/inbox?agency={DRILL.id}", content=ninjs(), headers=headers
    )
    assert answer.status_code == 202
    assert "never published" in answer.json()["warning"]
    fate = await live.fate(answer)
    assert [story["state"] for story in fate["stories"]] == ["held"]
    assert live.desk.store.drills() == []
    with pytest.raises(ValueError, match="is the desk's own"):
        await live.ask("receive", files=[], source="inbox", agency=DRILL.id, archive=False)


@pytest.mark.parametrize(("source", "agency"), [("inbox", DRILL.id), (DRILL_SOURCE, "seaboard")])
def test_the_desk_itself_refuses_copy_that_claims_to_be_a_drill(
    source: str, agency: str, house: House
) -> None:
    made = house.delivery(ninjs(), source=source, agency=agency)
    with pytest.raises(ValueError, match="is no drill of this desk"):
        house.desk.accept([made])
