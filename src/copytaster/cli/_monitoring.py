"""`copytaster monitor`: a log followed, and what its site shows held against it."""

import os
import time
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.progress import MofNCompleteColumn
from rich.progress import Progress

from copytaster.cli._manners import REFUSED
from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import complain
from copytaster.cli._manners import say
from copytaster.cli._verifying import inspection_errors
from copytaster.cli._verifying import memory_of
from copytaster.cli._verifying import policy_option
from copytaster.cli._verifying import state_option
from copytaster.cli._verifying import trust_in
from copytaster.inspection import Monitor
from copytaster.inspection import NoAnswer
from copytaster.inspection import Round
from copytaster.inspection import Visit
from copytaster.inspection import monitoring
from copytaster.inspection import site as sites
from copytaster.inspection import trust as trusts
from copytaster.newsroom import running

_A_STORY = 4
"""requests: page, text, JSON and proof"""


@click.command()
@click.argument("url", metavar="URL")
@click.option("--once", is_flag=True, help="Look at everything once, and end; for cron.")
@policy_option
@state_option
@click.option(
    "--interval",
    type=click.FloatRange(1, 86_400),
    default=60.0,
    show_default=True,
    help="Seconds from one round to the next.",
)
@click.option(
    "--rate",
    type=click.FloatRange(0.1, 1000),
    default=10.0,
    show_default=True,
    help="Requests a second, at most.",
)
@as_json_option
def monitor(
    url: str,
    once: bool,
    policy_file: Path | None,
    state: Path | None,
    interval: float,
    rate: float,
    as_json: bool,
) -> None:
    """Follow the public log of anybody's desk, and compare what its site shows with it.

    Every entry and tile is read, every story's addresses are held against its newest event.
    Ends with exit code 1 at the first lie, and says which; with --once also where some address
    did not answer.
    """
    with inspection_errors():
        site = sites.root(url)
        memory = memory_of(site, state)
        with Visit(site, pace=_pace(rate)) as visit:
            trust = trust_in(policy_file) or trusts.of_site(site, visit.get, memory)
            watch = Monitor(
                site,
                visit.get,
                trust,
                memory,
                clock=running.utc_now,
                pause=time.sleep,
            )
            if once:
                found = _round(watch, None, as_json=as_json)
                _end(found, as_json=as_json)
                if found.unanswered:
                    raise SystemExit(REFUSED)
                return
            most = max(1, int(rate * interval / _A_STORY))
            while True:
                began = time.monotonic()
                _step(watch, most, as_json=as_json)
                time.sleep(max(0.0, began + interval - time.monotonic()))


def _step(watch: Monitor, most: int, *, as_json: bool) -> None:
    """One of many rounds: a site that does not answer is asked again in the next."""
    try:
        found = _round(watch, most, as_json=as_json)
    except NoAnswer as error:
        complain(f"copytaster: {error}; asking again")
        return
    _end(found, as_json=as_json)


def _round(watch: Monitor, most: int | None, *, as_json: bool) -> Round:
    with _progress(quiet=as_json) as progress:
        return watch.round(most=most, progress=progress)


def _end(found: Round, *, as_json: bool) -> None:
    """Say what a round found; at a lie, end."""
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
    else:
        say(_in_words(found))
        for lie in found.lies:
            click.secho("FALSE     ", fg="red", nl=False)
            say(f"{lie.where}: {lie.said}")
    if found.lies:
        raise SystemExit(REFUSED)


def _in_words(found: Round) -> str:
    at = f"{found.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    fresh = f", {found.fresh:,} of them new" if found.fresh else ""
    left = f", {found.left:,} to come" if found.left and found.left != found.stories else ""
    silent = f"; {found.unanswered:,} did not answer" if found.unanswered else ""
    end = f"{len(found.lies):,} things are not as the log says" if found.lies else "all as logged"
    return (
        f"{at}  {found.entries:,} entries{fresh}; "
        f"{found.looked:,} of {found.stories:,} stories looked at{left}{silent}: {end}"
    )


def _pace(rate: float) -> Callable[[], None]:
    """Waits until another request may be sent."""
    due = 0.0

    def wait() -> None:
        nonlocal due
        now = time.monotonic()
        if now < due:
            time.sleep(due - now)
        due = max(now, due) + 1 / rate

    return wait


@contextmanager
def _progress(*, quiet: bool) -> Iterator[monitoring.Progress | None]:
    """Bars on stderr, one for the log and one for the stories, when a person watches."""
    if quiet or not os.isatty(2):
        yield None
        return
    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def told(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=of)
            bars.update(tasks[what], completed=done, total=of)

        yield told
