"""What is made ready while nothing waits, so that the first story that needs it does not.

Starting is short, and what waited for the desk comes first; then what tells languages apart, the
words of notices, and the process that reads.
"""

import asyncio
import logging
from collections.abc import Awaitable
from collections.abc import Callable

from copytaster import agency
from copytaster import language
from copytaster.newsroom.house import House

log = logging.getLogger("copytaster")

SETTLED = 2.0
"""seconds after starting; then what had waited is read"""


async def learn_words(house: House) -> None:
    """The phrases of notices, for every agency that a way in is set up for."""
    named = (source.agency for source in house.config.sources.values())
    for one in dict.fromkeys(("default", *filter(None, named))):
        await asyncio.to_thread(agency.phrasebook, house.profile(one))


async def read_apart(open_process: Callable[[], Awaitable[None]], after: float = SETTLED) -> None:
    """Have texts read in a process of its own: until then, and where there can be none, the desk's
    thread reads them."""
    await asyncio.sleep(after)
    try:
        await open_process()
    except OSError as error:
        log.warning("no process can be started to read in, the desk reads itself: %s", error)


async def learn_languages(after: float = SETTLED, load: Callable[[], None] = language.load) -> None:
    """What tells languages apart; it takes a second to load."""
    await asyncio.sleep(after)
    try:
        await asyncio.to_thread(load)
    except OSError as error:
        log.warning(
            "languages cannot be told: %s; stories that declare none get their agency's. "
            "Make room in the folder for temporary files",
            error,
        )
