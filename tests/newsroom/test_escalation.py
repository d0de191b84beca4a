"""A withdrawal that never comes clean is tried for ever, over restarts, and called out louder."""

import socket
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from copytaster.newsroom import proving
from copytaster.newsroom.alerts import Alerts
from copytaster.newsroom.proving import Prover
from copytaster.newsroom.running import Running
from copytaster.store import PressWork
from copytaster.store import WorkKind
from copytaster.story import DecisionKind
from tests.door import Door
from tests.newsroom.making import BASE
from tests.newsroom.making import MORNING
from tests.newsroom.making import House

pytestmark = pytest.mark.anyio


class Kept(httpx2.AsyncBaseTransport):
    """The public site behind a cache that keeps one page whatever happens."""

    def __init__(self, house: House, path: str, page: bytes) -> None:
        self._house, self._path, self._page = house, path, page

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if self._page and request.url.path == self._path:
            return httpx2.Response(200, content=self._page)
        return await Door(self._house.site).handle_async_request(request)

    def let_go(self) -> None:
        self._page = b""


async def proved(house: House, alerts: Alerts, cache: Kept) -> list[bool]:
    """What becomes of all that is due now, in this life of the process."""
    prover = Prover(house.desk, BASE, alerts, transport=cache)
    results = [await prover.withdrawn(work) for work in house.desk.press()]
    await prover.close()
    return results


async def test_what_never_comes_clean_is_called_out_every_hour_until_it_does(
    house: House,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(proving, "_WAITS", ())
    story = house.send()
    page = (await house.get(f"/s/{story.id}")).content
    cache = Kept(house, f"/s/{story.id}", page)
    house.desk.decide(story.id, DecisionKind.kill, reason="desk", by="an editor")
    alerts = Alerts(tmp_path, lambda: house.now)
    assert await proved(house, alerts, cache) == [False]
    for minutes in range(30, 250, 30):
        if minutes == 120:
            house.restart()
        house.now = MORNING + timedelta(minutes=minutes)
        assert await proved(house, alerts, cache) == [False], "it is due again, for ever"
    calls = [
        line for line in capsys.readouterr().err.splitlines() if "withdrawal-not-clean" in line
    ]
    assert len(calls) == 4
    assert "ALERT withdrawal-not-clean: story" in calls[0]
    for hours, call in enumerate(calls[1:], start=1):
        assert f"STILL NOT GONE AFTER {hours} h: story {story.id}: 1 public addresses" in call

    cache.let_go()
    house.wait(minutes=10)
    prover = Prover(house.desk, BASE, alerts, transport=cache)
    (work,) = house.desk.store.work(house.now + timedelta(minutes=5), 10)
    assert await prover.withdrawn(work)
    await prover.close()
    assert house.desk.store.counts()["work"] == 0
    assert "ALL CLEAR withdrawal-not-clean" in capsys.readouterr().err


async def test_a_clock_set_back_by_an_hour_neither_stops_the_proof_nor_silences_it(
    house: House,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(proving, "_WAITS", ())
    story = house.send()
    cache = Kept(house, f"/s/{story.id}", (await house.get(f"/s/{story.id}")).content)
    house.desk.decide(story.id, DecisionKind.kill, reason="desk", by="an editor")
    alerts = Alerts(tmp_path, lambda: house.now)
    assert await proved(house, alerts, cache) == [False]
    house.now -= timedelta(hours=1)
    assert await proved(house, alerts, cache) == [False]
    assert "withdrawal-not-clean" in capsys.readouterr().err


async def test_a_new_kill_is_proved_before_those_that_were_looked_at_in_vain(
    house: House,
) -> None:
    with socket.socket() as listener:
        running = Running(house.desk, house.data, BASE, listener, lambda _: ())
        late = [
            PressWork(story=f"{n:016d}", kind=WorkKind.withdraw, since=house.now, attempts=3)
            for n in range(5)
        ]
        new = PressWork(story="new", kind=WorkKind.withdraw, since=house.now)
        sample = PressWork(story="sample", kind=WorkKind.publish, since=house.now)
        for work in (*late, sample, new):
            running.proofs._to_prove(work)
        order = [running.proofs._single.get_nowait()[-1].story for _ in range(7)]
        await running.prover.close()
    assert order == ["new", *(work.story for work in late), "sample"]
