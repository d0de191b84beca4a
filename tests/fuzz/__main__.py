"""``python -m tests.fuzz``: hunt every reader, as many side by side as there are cores."""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import click

from tests.fuzz import hunt


def main() -> int:
    lasting, begun = hunt.seconds(), hunt.seed()
    names = sys.argv[1:] or hunt.NAMES
    failures = 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for done in pool.map(partial(hunt.hunt, lasting=lasting, begun=begun), names):
            state = "caught" if done.caught else "clean"
            click.echo(f"{done.name}: {state}, {done.readings:,} readings, seed {done.seed}")
            for line in done.caught:
                click.echo(f"  {line}")
            failures += len(done.caught)
    click.echo(f"fuzz: {len(names)} readers, {lasting:g} s each, {failures} kinds of failure")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
