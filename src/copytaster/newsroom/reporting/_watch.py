"""Watching the terms of readers' reports, for as long as the desk runs."""

import asyncio
import logging
from collections.abc import Awaitable
from collections.abc import Callable

from copytaster.newsroom.reporting._desk import ReportDesk

log = logging.getLogger("copytaster.reports")

_LOOK = 60.0

Sleep = Callable[[float], Awaitable[None]]


async def watch(reports: ReportDesk, sleep: Sleep = asyncio.sleep) -> None:
    """Look again and again, for ever; a fault of one look must not end the next."""
    while True:
        try:
            await asyncio.to_thread(reports.look)
        except Exception:
            log.exception("the terms of reports were not looked at; tried again in a minute")
        await sleep(_LOOK)
