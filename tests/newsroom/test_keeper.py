"""Group commit: deliveries that come together share one sync, in order, and nobody is told that
something was kept which was not."""

import asyncio
import threading
from collections.abc import AsyncIterator
from collections.abc import Sequence

import pytest

from copytaster.delivery import Delivery
from copytaster.newsroom.keeper import Keeper
from copytaster.store import Full
from copytaster.store import StoreError
from copytaster.wire import NoRoom
from tests.newsroom.making import MORNING

pytestmark = pytest.mark.anyio

_PATIENCE = 10


def delivery(id: str) -> Delivery:
    return Delivery(id=id, source="inbox", agency="x", received=MORNING, data=b"", sha256=id)


class Disk:
    """Keeps what it is given; a sync lasts until the test lets it end."""

    def __init__(self) -> None:
        self.syncs: list[list[str]] = []
        self.busy = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()
        self.errors: dict[str, Exception] = {}
        self.told = 0

    def keep(self, deliveries: Sequence[Delivery]) -> None:
        self.busy.set()
        assert self.go_on.wait(_PATIENCE)
        ids = [one.id for one in deliveries]
        for id in ids:
            if id in self.errors:
                raise self.errors[id]
        self.syncs.append(ids)

    def kept(self) -> None:
        self.told += 1

    @property
    def all(self) -> list[str]:
        return [id for sync in self.syncs for id in sync]


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
async def keeper(disk: Disk) -> AsyncIterator[Keeper]:
    keeper = Keeper(disk.keep, disk.kept)
    keeper.start()
    yield keeper
    disk.go_on.set()
    await asyncio.to_thread(keeper.stop)


async def gather_behind(disk: Disk, keeper: Keeper, ids: Sequence[str]) -> list[asyncio.Task[None]]:
    """Hand these in one by one while the sync of another delivery is under way."""
    disk.go_on.clear()
    tasks = [asyncio.create_task(keeper.accept([delivery("first")]))]
    await asyncio.to_thread(disk.busy.wait, _PATIENCE)
    for id in ids:
        tasks.append(asyncio.create_task(keeper.accept([delivery(id)])))
        await asyncio.sleep(0)
    return tasks


async def test_a_lone_delivery_is_kept_at_once(disk: Disk, keeper: Keeper) -> None:
    await keeper.accept([delivery("a")])
    assert disk.syncs == [["a"]]
    assert disk.told == 1


async def test_what_gathers_during_a_sync_shares_the_next_in_order(
    disk: Disk, keeper: Keeper
) -> None:
    ids = [f"d{number}" for number in range(100)]
    tasks = await gather_behind(disk, keeper, ids)
    assert not any(task.done() for task in tasks), "nobody is answered before it is durable"
    disk.go_on.set()
    await asyncio.gather(*tasks)
    assert disk.syncs == [["first"], ids]


async def test_no_sync_is_longer_than_the_limit_and_none_is_forgotten(
    disk: Disk, keeper: Keeper
) -> None:
    ids = [f"d{number}" for number in range(600)]
    tasks = await gather_behind(disk, keeper, ids)
    disk.go_on.set()
    await asyncio.gather(*tasks)
    assert disk.all == ["first", *ids]
    assert max(len(sync) for sync in disk.syncs) == 256


async def test_deliveries_handed_in_together_stay_together(disk: Disk, keeper: Keeper) -> None:
    await keeper.accept([delivery("a"), delivery("b"), delivery("c")])
    assert disk.syncs == [["a", "b", "c"]]


async def test_a_full_disk_is_said_to_every_sender(disk: Disk, keeper: Keeper) -> None:
    disk.errors["b"] = Full("less than 64 MB are free")
    tasks = await gather_behind(disk, keeper, ["a", "b", "c"])
    disk.go_on.set()
    first, *rest = await asyncio.gather(*tasks, return_exceptions=True)
    assert first is None
    assert [type(one) for one in rest] == [NoRoom, NoRoom, NoRoom]
    assert "64 MB" in str(rest[0])
    assert disk.all == ["first"]


async def test_what_cannot_be_kept_does_not_take_its_neighbours_with_it(
    disk: Disk, keeper: Keeper
) -> None:
    disk.errors["b"] = ValueError("refuses the record")
    tasks = await gather_behind(disk, keeper, ["a", "b", "c"])
    disk.go_on.set()
    _, *rest = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(one) for one in rest] == [type(None), ValueError, type(None)]
    assert disk.all == ["first", "a", "c"]


async def test_after_an_error_the_next_delivery_is_kept(disk: Disk, keeper: Keeper) -> None:
    disk.errors["a"] = StoreError("the disk failed")
    with pytest.raises(StoreError):
        await keeper.accept([delivery("a")])
    await keeper.accept([delivery("b")])
    assert disk.all == ["b"]


async def test_a_sender_that_gave_up_does_not_disturb_the_others(
    disk: Disk, keeper: Keeper
) -> None:
    tasks = await gather_behind(disk, keeper, ["a", "b"])
    tasks[1].cancel()
    disk.go_on.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(results[1], asyncio.CancelledError)
    assert results[2] is None
    assert disk.all == ["first", "a", "b"]


async def test_stop_keeps_what_was_handed_in(disk: Disk, keeper: Keeper) -> None:
    tasks = await gather_behind(disk, keeper, ["a", "b", "c"])
    stopping = asyncio.create_task(asyncio.to_thread(keeper.stop))
    disk.go_on.set()
    await stopping
    await asyncio.gather(*tasks)
    assert disk.all == ["first", "a", "b", "c"]
