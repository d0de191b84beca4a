"""``python -m tests.fuzz``: the hunt and then the siege of every reader, on all cores.

What is read of a public log, and IPTC's file, are hunted and not besieged: they are bounded in
bytes before they are read.
"""

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import click

from tests.fuzz import house_rules
from tests.fuzz import hunt
from tests.fuzz import logs
from tests.fuzz import topics
from tests.fuzz.siege import siege


def main() -> int:
    began, lasting = time.monotonic(), hunt.seconds()
    names = sys.argv[1:] or [*hunt.NAMES, *logs.NAMES, topics.NAME, house_rules.NAME]
    caught: list[str] = []
    thrown = 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        hunted = pool.map(partial(_hunt, lasting=lasting, begun=hunt.seed()), names)
        besieged = pool.map(siege, [name for name in names if name in hunt.NAMES])
        for done in hunted:
            _tell(f"{done.name}: {done.readings:,} readings, seed {done.seed}", done.caught)
            caught += done.caught
        for stood in besieged:
            _tell(f"{stood.name}: {stood.thrown:,} bombs", stood.caught)
            caught += stood.caught
            thrown += stood.thrown
    took = time.monotonic() - began
    click.echo(
        f"{len(names)} readers hunted, for {lasting:g} s each; "
        f"{thrown} bombs: {len(caught)} failed in {took:.1f}s"
    )
    return 1 if caught else 0


def _hunt(name: str, lasting: float, begun: str) -> hunt.Hunt:
    """What is no copy is small, and soon hunted: a sixth of the time."""
    if name == house_rules.NAME:
        return house_rules.hunt(lasting / 6, begun)
    if name == topics.NAME:
        return topics.hunt(lasting / 6, begun)
    if name in logs.NAMES:
        return logs.hunt(name, lasting / 6, begun)
    return hunt.hunt(name, lasting, begun)


def _tell(what: str, caught: tuple[str, ...]) -> None:
    click.echo(f"{what}: {'caught' if caught else 'clean'}")
    for line in caught:
        click.echo(f"  {line}")


if __name__ == "__main__":
    sys.exit(main())
