"""Group commit: deliveries that arrive together are made durable together.

A lone delivery is kept at once; while one sync is under way the next deliveries gather and
share the following one (handbook: feeds §3).
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from collections.abc import Sequence

from copytaster.delivery import Delivery
from copytaster.store import Full
from copytaster.wire import NoRoom

_MOST = 256

_Waiting = tuple[Sequence[Delivery], asyncio.Future[None], asyncio.AbstractEventLoop]


class Keeper:
    """A thread that keeps what is handed to :meth:`accept`, many at a time."""

    def __init__(
        self, keep: Callable[[Sequence[Delivery]], None], kept: Callable[[], None]
    ) -> None:
        self._keep = keep
        self._kept = kept
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Keep what was handed in, then end."""
        self._queue.put(None)
        self._thread.join()

    async def accept(self, deliveries: Sequence[Delivery]) -> None:
        """Returns when the deliveries are durable. Raises ``wire.NoRoom`` on a full disk."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        self._queue.put((deliveries, future, loop))
        await future

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            batch = [first]
            ending = self._gather(batch)
            self._keep_batch(batch)
            if ending:
                return

    def _gather(self, batch: list[_Waiting]) -> bool:
        """Add what else waits; True when the end was asked for."""
        while len(batch) < _MOST:
            try:
                more = self._queue.get_nowait()
            except queue.Empty:
                return False
            if more is None:
                return True
            batch.append(more)
        return False

    def _keep_batch(self, batch: Sequence[_Waiting]) -> None:
        fault = self._fault(batch)
        if fault is not None and len(batch) > 1 and not isinstance(fault, NoRoom):
            for one in batch:  # what cannot be kept must not take its neighbours with it
                self._keep_batch([one])
            return
        self._kept()
        for _, future, loop in batch:
            loop.call_soon_threadsafe(_settle, future, fault)

    def _fault(self, batch: Sequence[_Waiting]) -> Exception | None:
        """Keep them all; what went wrong, for their senders, or None."""
        try:
            self._keep([delivery for deliveries, _, _ in batch for delivery in deliveries])
        except Full as error:
            return NoRoom(str(error))
        except Exception as error:  # noqa: BLE001  the sender must not be told it was kept
            return error
        return None


def _settle(future: asyncio.Future[None], fault: Exception | None) -> None:
    if future.cancelled():
        return
    if fault is None:
        future.set_result(None)
    else:
        future.set_exception(fault)
