"""What all commands share: where the desk is, how they speak, and errors in one line."""

import os
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.progress import MofNCompleteColumn
from rich.progress import Progress

from copytaster import agency as agencies
from copytaster import config as configs
from copytaster import store as stores
from copytaster.config import Config
from copytaster.config import ConfigError
from copytaster.newsroom import Desk
from copytaster.newsroom import Unresolved
from copytaster.newsroom import control
from copytaster.newsroom import open_desk
from copytaster.newsroom import order_trail
from copytaster.newsroom import running
from copytaster.newsroom.alerts import Alerts
from copytaster.newsroom.recalls import NoBatch
from copytaster.newsroom.terminal import plain

REFUSED = 1
USAGE = 2


class Failure(click.ClickException):
    """One line on stderr, exit code 2."""

    exit_code = USAGE

    def show(self, file: Any = None) -> None:
        for line in self.format_message().splitlines():
            complain(f"copytaster: {line}")


class Refused(Failure):
    """One line on stderr, exit code 1."""

    exit_code = REFUSED


def common(command: Any) -> Any:
    command = click.option(
        "--data", type=click.Path(path_type=Path), help="The data folder (default: data)."
    )(command)
    return click.option(
        "--config",
        "config_file",
        type=click.Path(path_type=Path),
        help="The TOML file (default: copytaster.toml here, if there is one).",
    )(command)


as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def settings(
    config_file: Path | None, data: Path | None, listen: str | None = None
) -> tuple[Config, Path]:
    default = Path("copytaster.toml")
    if config_file is None and default.exists():
        config_file = default
    try:
        config = configs.load(config_file)
    except ConfigError as error:
        raise Failure(str(error)) from error
    if listen is not None:
        config = msgspec.structs.replace(config, listen=listen)
    return config, data or Path(config.data)


@contextmanager
def desk_in(config: Config, folder: Path) -> Iterator[Desk]:
    desk = open_desk(folder, config, running.utc_now, url=f"http://{config.listen}")
    # Printed and kept; the running desk tells it by the routes of [alerts] when it starts.
    desk.alert = Alerts(folder, desk.clock)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def looking_in(config: Config, folder: Path) -> Iterator[Desk]:
    """A desk to look at only; works beside a running one."""
    desk = open_desk(
        known(folder), config, running.utc_now, url=f"http://{config.listen}", reading=True
    )
    try:
        yield desk
    finally:
        desk.close()


def known(folder: Path) -> Path:
    """The folder of a desk that exists: a slip in --data must not make a new one."""
    if not (folder / stores.STORE_FILE).exists():
        raise Failure(f"{folder}: no desk was ever here; name its folder with --data")
    return folder


def file_name(path: Path) -> str:
    """A file's name as text, whatever bytes are in it."""
    return os.fsencode(path).decode(errors="replace")


def say(line: str) -> None:
    """A line for people; what an agency said is in it."""
    click.echo(plain(line))


def complain(line: str) -> None:
    click.echo(plain(line), err=True)


@contextmanager
def plain_errors() -> Iterator[None]:
    """One line for what a user can mend; anything else is a defect and keeps its traceback."""
    try:
        yield
    except (ConfigError, agencies.ProfileError, stores.StoreError) as error:
        raise Failure(str(error)) from error
    except (Unresolved, NoBatch, control.DeskGone, ValueError) as error:
        raise Refused(str(error)) from error
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise Failure(f"{place}{error.strerror or error}") from error


def me() -> str:
    """Who gives the order."""
    return control.user()


def noted(desk: Desk, order: str, result: object = None, **said: Any) -> None:
    """What was ordered here, without a running desk, is in the audit trail as well."""
    request = control.Request(order=order, arguments=said, user=me())
    order_trail.keep(desk.people, order_trail.deed(request), result)


@contextmanager
def progress(title: str, total: int, *, quiet: bool) -> Iterator[Any]:
    """A progress bar on stderr when a person watches and there is something to wait for."""
    if quiet or total < 20 or not os.isatty(2):
        yield lambda: None
        return
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=total)
        yield lambda: bar.advance(task)


@contextmanager
def counted(title: str, total: int, *, quiet: bool) -> Iterator[Callable[[str, int], None]]:
    """The same for work that says how far it is, and in which stage: ``at(stage, number)``."""
    if quiet or total < 20 or not os.isatty(2):
        yield lambda _stage, _number: None
        return
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=total)
        yield lambda stage, number: bar.update(task, description=stage, completed=number)


@contextmanager
def measured(
    title: str, *, quiet: bool
) -> Iterator[tuple[Callable[[int, int], None], Callable[[int], None]]]:
    """The same for work that says how much there is when it knows, part of it done already:
    ``begun(done, total)``, then ``step(number)`` for each piece; with an estimate of the rest."""
    if quiet or not os.isatty(2):
        yield (lambda _done, _total: None), (lambda _number: None)
        return
    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), speed_estimate_period=120) as bar:
        task = bar.add_task(title, total=None)
        yield (
            lambda done, total: bar.update(task, completed=done, total=total),
            lambda number: bar.advance(task, number),
        )
