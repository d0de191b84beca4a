"""A withdrawal is finished when every public address was seen clean, and not before."""

from collections.abc import AsyncIterator
from collections.abc import Callable
from datetime import timedelta

import httpx2
import pytest

from copytaster.newsroom import proving
from copytaster.newsroom.proving import Prover
from copytaster.store import PressWork
from copytaster.store import Story
from copytaster.store import WorkKind
from copytaster.story import DecisionKind
from tests.door import Door
from tests.newsroom.making import BASE
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.pager import Pager

pytestmark = pytest.mark.anyio

SECOND = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "headline": "Ferry full"}

Answer = Callable[[str], httpx2.Response | None]


class Public(httpx2.AsyncBaseTransport):
    """The public site, with some addresses served by somebody's stale cache."""

    def __init__(self, house: House) -> None:
        self._site = Door(house.site)
        self.stale: Answer = lambda path: None
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url.raw_path.decode())
        return self.stale(request.url.path) or await self._site.handle_async_request(request)


@pytest.fixture
def public(house: House) -> Public:
    return Public(house)


@pytest.fixture
def pager() -> Pager:
    return Pager()


@pytest.fixture
async def prover(
    house: House, public: Public, pager: Pager, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Prover]:
    monkeypatch.setattr(proving, "_WAITS", (0.0, 0.0))
    prover = Prover(house.desk, BASE, pager, transport=public)
    yield prover
    await prover.close()


def owed(house: House) -> list[PressWork]:
    """What the press still owes, however long it has been put off."""
    return house.desk.store.work(house.now + timedelta(days=365), 10)


def withdrawal(house: House) -> PressWork:
    (work,) = owed(house)
    assert work.kind is WorkKind.withdraw
    return work


def receipts(house: House, story: Story) -> dict[str, bool]:
    """Address → whether it was seen clean, of the withdrawal."""
    return {
        one.address: one.clean
        for one in house.desk.store.receipts(story.id)
        if one.kind is WorkKind.withdraw
    }


@pytest.mark.parametrize("kind", ["kill", "hold"])
async def test_a_withdrawal_is_proved_at_every_public_address(
    kind: str, house: House, public: Public, prover: Prover, pager: Pager
) -> None:
    house.send()
    story = house.send(**SECOND)
    getattr(house, kind)()
    assert await prover.withdrawn(withdrawal(house))
    seen = receipts(house, story)
    stems = [f"/s/{story.id}", f"/s/{story.id}/v1", f"/s/{story.id}/v2"]
    own = {stem + form for stem in stems for form in ("", ".txt", ".json")}
    lists = {"/", "/feed.atom", "/feed.rss", "/feed.json", "/sitemap.xml", "/news-sitemap.xml"}
    assert own | lists | {"/agency/seaboard", "/agency/seaboard/feed.atom"} <= set(seen)
    assert set(public.asked) >= {path for path in seen if not path.startswith("/search")}
    assert f"/search?q=<words of {story.id}>" in seen
    assert [one for one in public.asked if one.startswith("/search?q=ferry+")]
    assert all(seen.values())
    assert owed(house) == []
    assert pager.calls == []


async def test_a_surface_that_stays_dirty_calls_a_person_and_is_tried_again(
    house: House, public: Public, prover: Prover, pager: Pager
) -> None:
    story = house.send()
    page = await house.get(f"/s/{story.id}")
    house.kill()
    house.now += timedelta(seconds=11)
    public.stale = lambda path: (
        httpx2.Response(200, content=page.content) if path == f"/s/{story.id}" else None
    )
    assert not await prover.withdrawn(withdrawal(house))
    code, text = pager.calls[0]
    assert code == "withdrawal-not-clean"
    assert f"story {story.id}: 1 public addresses still show it" in text
    assert receipts(house, story)[f"/s/{story.id}"] is False
    assert withdrawal(house), "the work stays until it is proved"
    assert pager.open == {("withdrawal-not-clean", story.id)}

    public.stale = lambda path: None
    house.now += timedelta(seconds=30)
    (work,) = house.desk.press()
    assert await prover.withdrawn(work)
    assert all(receipts(house, story).values())
    assert owed(house) == []
    assert pager.open == set()


async def test_a_surface_that_comes_clean_within_the_alarm_calls_nobody(
    house: House, public: Public, prover: Prover, pager: Pager
) -> None:
    story = house.send()
    house.kill()
    left = [httpx2.Response(200, text=TEXT), httpx2.Response(500), None]
    public.stale = lambda path: left.pop(0) if path == f"/s/{story.id}" else None
    assert await prover.withdrawn(withdrawal(house))
    assert pager.calls == []
    assert public.asked.count(f"/s/{story.id}") == 3
    assert public.asked.count("/feed.atom") == 1, "what was seen clean is not asked again"


@pytest.mark.parametrize("path", ["/", "/agency/seaboard", "/sitemap.xml", "/news-sitemap.xml"])
async def test_a_list_that_still_names_the_story_is_not_clean(
    path: str, house: House, public: Public, prover: Prover
) -> None:
    story = house.send()
    house.kill()
    stale = f"<a href='/s/{story.id}'>"
    public.stale = lambda asked: httpx2.Response(200, text=stale) if asked == path else None
    assert not await prover.withdrawn(withdrawal(house))
    assert [address for address, clean in receipts(house, story).items() if not clean]


async def test_a_search_that_still_finds_it_is_not_clean_and_nobody_is_told_the_words(
    house: House, public: Public, prover: Prover, pager: Pager
) -> None:
    story = house.send()
    found = await house.get("/search?q=ferry")
    assert story.id in found.text
    house.kill()
    house.now += timedelta(seconds=11)
    public.stale = lambda path: (
        httpx2.Response(200, content=found.content) if path == "/search" else None
    )
    assert not await prover.withdrawn(withdrawal(house))
    dirty = [address for address, clean in receipts(house, story).items() if not clean]
    assert dirty == [f"/search?q=<words of {story.id}>"]
    assert "ferry" not in str(pager.calls).lower()


async def test_a_feed_that_still_has_the_words_is_not_clean(
    house: House, public: Public, prover: Prover
) -> None:
    story = house.send()
    feed = await house.get("/feed.rss")
    house.kill()
    public.stale = lambda path: (
        httpx2.Response(200, content=feed.content) if path == "/feed.rss" else None
    )
    assert not await prover.withdrawn(withdrawal(house))
    assert receipts(house, story)["/feed.rss"] is False
    assert receipts(house, story)["/feed.atom"] is True


async def test_an_address_that_does_not_answer_is_not_clean(
    house: House, public: Public, prover: Prover
) -> None:
    story = house.send()
    house.kill()

    def refuse(path: str) -> None:
        raise httpx2.ConnectError("refused")

    public.stale = refuse
    assert not await prover.withdrawn(withdrawal(house))
    assert not any(receipts(house, story).values())


async def test_a_hold_that_becomes_a_kill_is_left_to_the_proof_of_the_kill(
    house: House, public: Public, prover: Prover, pager: Pager
) -> None:
    story = house.send()
    house.hold()
    held = withdrawal(house)
    house.now += timedelta(minutes=1)
    killing = iter([True])

    def kill_meanwhile(path: str) -> None:
        if next(killing, False):
            house.kill()

    public.stale = kill_meanwhile
    assert not await prover.withdrawn(held)
    assert pager.calls == [], "it is clean, in another way than was expected"
    assert await prover.withdrawn(withdrawal(house))
    assert all(receipts(house, story).values())


async def test_a_release_ends_the_proof_of_the_hold(
    house: House, public: Public, prover: Prover, pager: Pager
) -> None:
    story = house.send()
    house.hold()
    held = withdrawal(house)
    house.release()
    house.now += timedelta(minutes=1)
    assert not await prover.withdrawn(held)
    assert pager.calls == []
    assert receipts(house, story) == {}


async def test_a_kill_of_what_was_never_public_owes_no_proof(house: House) -> None:
    house.receive(b"")
    house.send(embargoed="2026-03-02T10:00:00Z")
    house.kill()
    assert owed(house) == []


async def test_a_fetched_page_that_is_the_file_behind_it_is_clean(
    house: House, prover: Prover, pager: Pager
) -> None:
    story = house.send()
    work = PressWork(story=story.id, kind=WorkKind.publish, since=house.now)
    await prover.published(work)
    (receipt,) = house.desk.store.receipts(story.id)
    assert (receipt.clean, receipt.status, receipt.detail) == (True, 200, "fetched")
    assert pager.calls == []


async def test_a_fetched_page_with_other_bytes_calls_a_person(
    house: House, public: Public, prover: Prover, pager: Pager
) -> None:
    story = house.send()
    public.stale = lambda path: httpx2.Response(200, text=f"<h1>{HEADLINE}</h1><p>Advertisement")
    await prover.published(PressWork(story=story.id, kind=WorkKind.publish, since=house.now))
    (receipt,) = house.desk.store.receipts(story.id)
    assert not receipt.clean
    assert pager.calls == [
        ("page-differs", f"/s/{story.id} answered 200, other bytes than pressed")
    ]
    assert pager.open == {("page-differs", f"/s/{story.id}")}
    public.stale = lambda path: None
    await prover.published(PressWork(story=story.id, kind=WorkKind.publish, since=house.now))
    assert pager.open == set()


async def test_of_many_the_few_that_are_not_clean_hold_up_nobody(
    house: House, public: Public, prover: Prover, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "_FEW_WAITS", (0.0,))
    stories = [house.send(f"urn:{number}", text=f"{TEXT} ({number})") for number in range(3)]
    said = {"reason": "desk", "by": "chief", "query": "phrase:x"}
    house.desk.recalls.begin([story.id for story in stories], DecisionKind.hold, **said)
    house.desk.settle()
    stuck = stories[1].id
    public.stale = lambda path: httpx2.Response(500) if path == f"/s/{stuck}" else None
    works = house.desk.store.work_in_bulk(house.now + timedelta(days=1), 10)

    async def at_once() -> None:
        """The road is clear."""

    clean = await prover.withdrawn_together(works, wait=at_once)
    assert {story for story, *_ in clean} == {stories[0].id, stories[2].id}
    assert public.asked.count(f"/s/{stuck}") == 2
    assert public.asked.count("/feed.atom") == 1, "three stories shared it"
    (left,) = house.desk.store.work_in_bulk(house.now + timedelta(seconds=30), 10)
    assert (left.story, left.attempts) == (stuck, 2)
    public.stale = lambda path: None
    assert await prover.withdrawn_together([left], wait=at_once) == {left.key}
    assert all(receipts(house, stories[1]).values())
