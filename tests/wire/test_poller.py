"""Polling real servers on loopback: what is handed in, remembered, and told."""

import asyncio
import logging
import random
from datetime import timedelta

import msgspec
import pytest

from copytaster.wire.poll import PollState
from copytaster.wire.poll import decode
from copytaster.wire.poll import encode
from copytaster.wire.poller import Poller
from copytaster.wire.poller import PollSource
from copytaster.wire.poller import Seen
from tests.pager import Pager

pytestmark = pytest.mark.anyio


class Memory:
    """What a store keeps of the sources."""

    def __init__(self) -> None:
        self.states: dict[str, bytes] = {}

    def load(self, source: str) -> bytes | None:
        return self.states.get(source)

    def keep(self, source: str, state: bytes) -> None:
        self.states[source] = state


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def alerts() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def pager(alerts) -> Pager:
    return Pager(alerts)


@pytest.fixture
async def poller(desk, memory, clock, pager):
    made = []

    def make(*sources: PollSource, environ=None, accept=desk.accept, clock=clock) -> Poller:
        made.append(
            Poller(
                sources,
                accept,
                memory.load,
                memory.keep,
                clock,
                pager,
                environ or {},
                random.Random(1),
            )
        )
        return made[-1]

    yield make
    for one in made:
        await one.aclose()


def feed(remote, path: str = "/feed", **more) -> PollSource:
    facts = {"id": "ani", "agency": "ani", "url": remote.url + path, "allow": ("127.0.0.0/8",)}
    return PollSource(**{**facts, **more})


def codes(alerts) -> list[str]:
    return [code for code, _ in alerts]


async def test_a_body_is_handed_in_once_and_asked_for_conditionally(poller, remote, desk):
    dated = "Thu, 04 Dec 2025 17:40:05 GMT"
    remote.answer("/feed", 200, b"<rss/>", ETag='W/"1"', Last_Modified=dated, Content_Type="a/b")
    remote.answer("/feed", 304)
    desk_poller = poller(feed(remote))
    for _ in range(3):
        await desk_poller.poll_now("ani")
    (kept,) = desk.kept
    assert (kept.source, kept.agency, kept.data) == ("ani", "ani", b"<rss/>")
    assert (kept.content_type, kept.url) == ("a/b", f"{remote.url}/feed")
    first, *rest = [headers for _, headers in remote.asked]
    assert "if-none-match" not in first
    assert [headers["if-none-match"] for headers in rest] == ['W/"1"'] * 2
    assert [headers["if-modified-since"] for headers in rest] == [dated] * 2


async def test_a_server_that_never_says_304_delivers_a_body_once(poller, remote, desk):
    remote.answer("/feed", 200, b"<rss/>")
    desk_poller = poller(feed(remote))
    for _ in range(3):
        await desk_poller.poll_now("ani")
    assert desk.bodies == [b"<rss/>"]


async def test_text_a_then_b_then_a_again_is_three_deliveries(poller, remote, desk):
    for body in (b"A", b"B", b"A"):
        remote.answer("/feed", 200, body)
    desk_poller = poller(feed(remote))
    for _ in range(4):
        await desk_poller.poll_now("ani")
    assert desk.bodies == [b"A", b"B", b"A"]


async def test_what_is_remembered_outlives_the_process(poller, remote, desk, clock):
    remote.answer("/feed", 200, b"<rss/>", ETag='"1"')
    remote.answer("/feed", 304)
    await poller(feed(remote)).poll_now("ani")
    clock.move(60)
    state = await poller(feed(remote)).poll_now("ani")
    assert remote.asked[1][1]["if-none-match"] == '"1"'
    assert (state.polls, len(desk.kept)) == (2, 1)


async def test_the_age_of_a_first_poll_is_fixed_for_good(poller, remote, desk, clock):
    for body in (b"1", b"2", b"3"):
        remote.answer("/feed", 200, body)
    started = clock.now
    for _ in range(3):
        await poller(feed(remote, first_poll_age=3600)).poll_now("ani")
        clock.move(5000)
    assert {kept.publish_after for kept in desk.kept} == {started - timedelta(hours=1)}


async def test_the_age_of_a_first_poll_outlives_a_crash_before_its_end(poller, remote, desk, clock):
    async def crash(deliveries):
        await desk.accept(deliveries)
        raise RuntimeError("durable, and then the power failed")

    remote.answer("/feed", 200, b"1")
    started = clock.now
    with pytest.raises(RuntimeError):
        await poller(feed(remote), accept=crash).poll_now("ani")
    clock.move(5000)
    await poller(feed(remote)).poll_now("ani")
    assert [kept.publish_after for kept in desk.kept] == [started - timedelta(hours=6)] * 2


async def test_an_error_before_the_first_body_opens_nothing(poller, remote, desk, clock):
    remote.answer("/feed", 500)
    remote.answer("/feed", 200, b"1")
    desk_poller = poller(feed(remote))
    await desk_poller.poll_now("ani")
    clock.move(5000)
    await desk_poller.poll_now("ani")
    assert desk.kept[0].publish_after == clock.now - timedelta(hours=6)


async def test_a_full_desk_loses_nothing_and_remembers_no_validator(poller, remote, desk, memory):
    remote.answer("/feed", 200, b"<rss/>", ETag='"1"')
    desk_poller = poller(feed(remote))
    desk.full = True
    state = await desk_poller.poll_now("ani")
    assert (state.etag, decode(memory.states["ani"]).etag, state.failures) == (None, None, 0)
    desk.full = False
    state = await desk_poller.poll_now("ani")
    assert (state.etag, desk.bodies) == ('"1"', [b"<rss/>"])


async def test_a_page_that_is_no_feed_is_handed_in_once(poller, remote, desk):
    from hashlib import sha256

    page = b"<html>We will be back soon</html>"
    remote.answer("/feed", 200, page, ETag='"e"')
    desk_poller = poller(feed(remote))
    await desk_poller.poll_now("ani")
    await desk_poller.seen("ani", Seen(sha256=sha256(page).hexdigest(), dead="HTML, not a feed"))
    for _ in range(2):
        state = await desk_poller.poll_now("ani")
    assert desk.bodies == [page]
    assert (state.failures, state.error) == (2, "HTML, not a feed")
    assert all("if-none-match" not in headers for _, headers in remote.asked)


async def test_a_word_that_comes_during_the_hand_in_is_not_lost(poller, remote, desk, memory):
    """The newsroom may have read a delivery before the poll that brought it has ended."""
    remote.answer("/feed", 200, b"page", ETag='"e"')

    async def read_at_once(deliveries):
        await desk.accept(deliveries)
        await desk_poller.seen("ani", Seen(sha256=deliveries[0].sha256, dead="no feed"))

    desk_poller = poller(feed(remote), accept=read_at_once)
    state = await desk_poller.poll_now("ani")
    assert (state.dead_run, state.etag) == (1, None)
    assert decode(memory.states["ani"]) == state


async def test_a_gap_between_two_polls_is_told(poller, remote, clock, alerts):
    remote.answer("/feed", 200, b"<rss/>")
    desk_poller = poller(feed(remote))
    await desk_poller.poll_now("ani")
    seen = Seen(
        sha256="a",
        total=2,
        new=2,
        oldest=clock.now,
        newest=clock.now,
        newest_before=clock.now - timedelta(hours=1),
    )
    await desk_poller.seen("ani", msgspec.structs.replace(seen, new=1))
    assert alerts == []
    await desk_poller.seen("ani", seen)
    ((code, text),) = alerts
    assert code == "feed-gap"
    assert "2025-12-04T11:00:00+00:00 and 2025-12-04T12:00:00+00:00" in text


async def test_a_feed_that_is_gone_is_asked_no_more_until_a_person_says_so(
    poller, remote, desk, alerts, pager
):
    remote.answer("/feed", 410)
    remote.answer("/feed", 200, b"<rss/>")
    desk_poller = poller(feed(remote))
    running = asyncio.create_task(desk_poller.run())
    while not alerts:  # noqa: ASYNC110  an alert is a plain call
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    assert (codes(alerts), len(remote.asked)) == (["feed-gone"], 1)
    assert pager.open == {("feed-gone", "ani")}
    state = await desk_poller.poll_now("ani")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert (state.stopped, desk.bodies) == (False, [b"<rss/>"])
    assert pager.open == set()


async def test_a_redirect_inside_is_an_error_of_the_feed_not_of_the_desk(poller, remote, desk):
    remote.answer("/feed", 302, Location="http://169.254.169.254/latest/")
    state = await poller(feed(remote)).poll_now("ani")
    assert "not a public address" in (state.error or "")
    assert desk.kept == []


async def test_without_leave_loopback_is_not_asked(poller, remote, desk):
    remote.answer("/feed", 200, b"<rss/>")
    state = await poller(feed(remote, allow=())).poll_now("ani")
    assert "not a public address" in (state.error or "")
    assert remote.asked == []


async def test_leave_for_one_source_is_no_leave_for_another(poller, remote, desk):
    remote.answer("/feed", 200, b"<rss/>")
    desk_poller = poller(feed(remote, id="in"), feed(remote, id="out", allow=()))
    await desk_poller.poll_now("in")
    state = await desk_poller.poll_now("out")
    assert "not a public address" in (state.error or "")
    assert len(desk.kept) == 1


async def test_a_body_over_the_limit_is_an_error_and_kept_nowhere(poller, remote, desk):
    remote.answer("/feed", 200, b"x" * 5000)
    state = await poller(feed(remote, limit=1000)).poll_now("ani")
    assert "5000 bytes" in (state.error or "")
    assert desk.kept == []


@pytest.mark.parametrize(
    ("word", "header", "sent"),
    [
        ("s3cret", "Authorization", "Bearer s3cret"),
        ("desk:s3cret", "Authorization", "Basic ZGVzazpzM2NyZXQ="),
        ("Token s3cret", "Authorization", "Token s3cret"),
        ("s3cret", "X-Api-Key", "s3cret"),
    ],
)
async def test_a_secret_is_sent_and_shown_nowhere(
    poller, remote, desk, memory, alerts, caplog, word, header, sent
):
    caplog.set_level(logging.DEBUG)
    remote.answer("/feed?k=s3cret", 200, b"<rss/>")
    for _ in range(3):
        remote.answer("/feed?k=s3cret", 500)
    source = feed(remote, "/feed?k=s3cret", secret_env="ANI", secret_header=header)
    desk_poller = poller(source, environ={"ANI": word})
    for _ in range(4):
        await desk_poller.poll_now("ani")
    assert remote.asked[0][1][header.lower()] == sent
    assert desk.kept[0].url == f"{remote.url}/feed"
    told = caplog.text + repr(alerts) + repr(vars(desk_poller))
    assert "polled source=ani" in caplog.text
    assert "ZGVzazpzM2NyZXQ" not in told
    assert "s3cret" not in told.replace(source.url, "")


async def test_a_secret_that_is_not_set_is_told_at_the_start(poller, remote):
    with pytest.raises(ValueError, match="set ANI_KEY"):
        poller(feed(remote, secret_env="ANI_KEY"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"floor": 0},
        {"floor": 10, "ceiling": 5},
        {"allow": ("here",)},
        {"url": "ftp://example.org/"},
        {"url": "https://user:word@example.org/"},
    ],
)
async def test_a_source_that_contradicts_itself_is_refused(remote, wrong):
    with pytest.raises(ValueError, match="source ani"):
        feed(remote, **wrong)


# --- the loop --------------------------------------------------------------------------------


class Wall:
    """A clock that runs a thousand times as fast as the wall's."""

    def __init__(self, start) -> None:
        self._start = start
        self._loop = asyncio.get_running_loop()
        self._zero = self._loop.time()

    def __call__(self):
        return self._start + timedelta(seconds=1000 * (self._loop.time() - self._zero))


async def run_until(poller: Poller, done) -> None:
    running = asyncio.create_task(poller.run())
    try:
        async with asyncio.timeout(20):
            while not done():
                poller._changed.set()  # the fast clock is past what the loop sleeps for
                await asyncio.sleep(0.01)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_each_source_is_polled_when_due_and_one_origin_once_at_a_time(
    poller, remote, desk, clock
):
    sources = [feed(remote, f"/{n}", id=f"s{n}", floor=60) for n in range(4)]
    for n in range(4):
        remote.answer(f"/{n}", 200, b"%d" % n)
    desk_poller = poller(*sources, clock=Wall(clock.now))
    await run_until(desk_poller, lambda: len(remote.asked) >= 12)
    assert sorted(desk.bodies) == [b"0", b"1", b"2", b"3"]
    assert {path for path, _ in remote.asked} == {"/0", "/1", "/2", "/3"}
    assert remote.open_most == 1


async def test_a_slow_origin_holds_up_no_other(poller, remote, desk, memory, clock):
    remote.raw("/slow", b"STALL")
    remote.answer("/quick", 200, b"quick")
    slow = [feed(remote, "/slow", id=f"s{n:02}") for n in range(40)]
    quick = feed(remote, id="z", url=f"http://127.0.0.2:{remote.port}/quick")
    later = clock.now + timedelta(seconds=200)
    memory.keep("z", encode(PollState(url=quick.url, next_poll=later)))
    server = await asyncio.start_server(remote.serve, "127.0.0.2", remote.port)
    async with server:
        await run_until(poller(*slow, quick, clock=Wall(clock.now)), lambda: desk.kept)
    assert desk.bodies == [b"quick"]


async def test_a_poll_that_was_put_off_is_not_made_at_its_first_time(poller, remote, clock):
    remote.answer("/feed", 200, b"<rss/>")
    desk_poller = poller(feed(remote))
    await desk_poller.poll_now("ani")
    await desk_poller.seen("ani", Seen(sha256="x", total=1, new=1, ttl=3000))
    clock.move(100)
    running = asyncio.create_task(desk_poller.run())
    await asyncio.sleep(0.05)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(remote.asked) == 1


async def test_what_is_not_due_is_not_asked(poller, remote, memory, clock):
    remote.answer("/feed", 200, b"<rss/>")
    await poller(feed(remote)).poll_now("ani")
    again = poller(feed(remote))
    running = asyncio.create_task(again.run())
    await asyncio.sleep(0.05)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(remote.asked) == 1


async def test_retry_after_quiets_the_whole_origin(poller, remote, clock):
    remote.answer("/busy", 429, Retry_After="500")
    remote.answer("/other", 200, b"x")
    desk_poller = poller(feed(remote, "/busy", id="busy"), feed(remote, "/other", id="other"))
    await desk_poller.poll_now("busy")
    held = desk_poller._hold(feed(remote, "/other", id="other"), clock.now)
    assert held == 500
    clock.move(501)
    assert desk_poller._hold(feed(remote, "/other", id="other"), clock.now) == 0


async def test_retry_after_may_be_meant_for_one_address_only(poller, remote, clock):
    remote.answer("/busy", 429, Retry_After="500")
    source = feed(remote, "/busy", origin_backoff=False)
    desk_poller = poller(source)
    state = await desk_poller.poll_now("ani")
    assert state.next_poll == clock.now + timedelta(seconds=500)
    assert desk_poller._hold(source, clock.now) == 0


async def test_an_origin_gets_few_polls_in_a_burst(poller, remote, clock):
    source = feed(remote)
    desk_poller = poller(source)
    holds = [desk_poller._hold(source, clock.now) for _ in range(5)]
    assert holds == [0, 0, 0, 0, 1]
    clock.move(1)
    assert desk_poller._hold(source, clock.now) == 0


async def test_a_fault_in_one_source_does_not_stop_the_others(
    poller, remote, desk, clock, alerts, pager
):
    remote.answer("/bad", 200, b"bad")
    remote.answer("/good", 200, b"good")

    async def choke(deliveries):
        if deliveries[0].source == "bad":
            raise RuntimeError("a fault of ours")
        await desk.accept(deliveries)

    sources = feed(remote, "/bad", id="bad"), feed(remote, "/good", id="good")
    desk_poller = poller(*sources, accept=choke, clock=Wall(clock.now))
    await run_until(desk_poller, lambda: codes(alerts).count("feed-fault") >= 2)
    assert desk.bodies == [b"good"]
    assert "a fault of ours" in alerts[0][1]
    assert pager.open == {("feed-fault", "bad")}
    assert ("feed-fault", "good") in pager.ended
