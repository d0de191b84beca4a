"""What a running desk calls a person for, and that it says when it is over."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from copytaster.newsroom.alerts import Alerts
from copytaster.store import Full
from copytaster.store import PressWork
from tests.newsroom import live as lives
from tests.newsroom.live import Live
from tests.newsroom.live import until
from tests.newsroom.making import MORNING
from tests.newsroom.making import ninjs

pytestmark = pytest.mark.anyio

FAR = MORNING + timedelta(days=365)


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with lives.live(tmp_path / "data") as running:
        yield running


def ringing(alerts: Alerts) -> list[tuple[str, str]]:
    return [bell.key for bell in alerts.opened]


async def test_a_full_disk_calls_a_person_until_there_is_room(
    live: Live, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise Full("no room for desk.sqlite")

    with monkeypatch.context() as patch:
        patch.setattr(live.desk, "accept", full)
        assert (await live.push(ninjs())).status_code == 503
    assert ringing(live.running.alerts) == [("disk-full", "disk")]
    assert (await live.push(ninjs())).status_code == 202
    assert ringing(live.running.alerts) == []
    printed = capsys.readouterr().err
    assert "ALERT disk-full: no room for desk.sqlite" in printed
    assert "ALL CLEAR disk-full" in printed


async def test_a_step_of_the_desk_that_fails_calls_a_person_until_it_works(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    alerts = live.running.alerts
    works = live.desk.read
    broken = asyncio.Event()

    def breaks(limit: int = 32) -> int:
        if broken.is_set():
            return works(limit)
        raise OSError("input/output error")

    monkeypatch.setattr(live.desk, "read", breaks)
    live.running.thread.wake()

    async def rings() -> bool:
        return ringing(alerts) == [("desk-step-failed", "desk")]

    async def rings_no_more() -> bool:
        return ringing(alerts) == []

    await until(rings)
    broken.set()
    await until(rings_no_more)


async def test_a_proof_that_breaks_off_calls_a_person_until_one_is_made(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    alerts, prover = live.running.alerts, live.running.prover
    story = await live.publish()
    works = prover.withdrawn
    tried = 0

    async def breaks_once(work: PressWork) -> bool:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise RuntimeError("a defect of ours")
        return await works(work)

    monkeypatch.setattr(prover, "withdrawn", breaks_once)
    held = asyncio.create_task(
        live.ask("decide", story=story.id, kind="hold", reason="desk", by="x")
    )

    async def rings() -> bool:
        return ringing(alerts) == [("proof-failed", story.id)]

    async def rings_no_more() -> bool:
        return ringing(alerts) == []

    await until(rings)
    (work,) = live.desk.store.work(FAR, 10)
    live.running.proofs.pressed([work])
    await until(rings_no_more)
    await held
