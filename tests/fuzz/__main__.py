"""``python -m tests.fuzz``: the hunt and then the siege of every reader, on all cores."""

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import click

from tests.fuzz import hunt
from tests.fuzz.siege import siege


def main() -> int:
    began, lasting = time.monotonic(), hunt.seconds()
    names = sys.argv[1:] or hunt.NAMES
    caught: list[str] = []
    thrown = 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        hunted = pool.map(partial(hunt.hunt, lasting=lasting, begun=hunt.seed()), names)
        besieged = pool.map(siege, names)
        for done in hunted:
            _tell(f"{done.name}: {done.readings:,} readings, seed {done.seed}", done.caught)
            caught += done.caught
        for stood in besieged:
            _tell(f"{stood.name}: {stood.thrown:,} bombs", stood.caught)
            caught += stood.caught
            thrown += stood.thrown
    took = time.monotonic() - began
    click.echo(
        f"{len(names)} readers hunted for {lasting:g} s each; "
        f"{thrown} bombs: {len(caught)} failed in {took:.1f}s"
    )
    return 1 if caught else 0


def _tell(what: str, caught: tuple[str, ...]) -> None:
    click.echo(f"{what}: {'caught' if caught else 'clean'}")
    for line in caught:
        click.echo(f"  {line}")


if __name__ == "__main__":
    sys.exit(main())
