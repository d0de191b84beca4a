"""Figures on a page of the documentation: a place for them, and the machine they are from."""

import os
import platform
from datetime import UTC
from datetime import datetime
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "formats.md"


class NoPlace(ValueError):
    """The page has no markers of that name; the message says which to put there."""


def machine() -> str:
    """Processor, cores, system and Python: what a figure's reader needs, and no name of a host."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def heading(command: str) -> str:
    """The line above the figures: when, on what, with which command."""
    return f"{datetime.now(UTC).date().isoformat()}, {machine()}: `{command}`"


def placed(page: str, name: str, figures: str) -> str:
    """The page with ``figures`` between its two comments of that name.

    Raises :class:`NoPlace` when they are not there, once each and in order.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    if page.count(begin) != 1 or page.count(end) != 1 or page.index(end) < page.index(begin):
        raise NoPlace(f"the page needs {begin} and, below it, {end}, once each")
    before, _, rest = page.partition(begin)
    after = rest.partition(end)[2]
    return f"{before}{begin}\n\n{figures.strip()}\n\n{end}{after}"


def put(name: str, figures: str, page: Path = PAGE) -> None:
    """Write the figures into the page, everything else of it untouched."""
    page.write_text(placed(page.read_text("utf-8"), name, figures), "utf-8")


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
