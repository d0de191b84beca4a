"""The command line. Each command is a thin door to a room.

Exit codes: 0 done, 1 some input refused, 2 usage or configuration (design §7). Errors are one
line on stderr: what happened, where, what to do.
"""

import getpass
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import click
import msgspec
import uvloop
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from copytaster import agency as agencies
from copytaster import config as configs
from copytaster import formats
from copytaster import store as stores
from copytaster.config import Config
from copytaster.config import ConfigError
from copytaster.formats import lines
from copytaster.newsroom import Desk
from copytaster.newsroom import Unresolved
from copytaster.newsroom import control
from copytaster.newsroom import open_desk
from copytaster.newsroom import orders
from copytaster.newsroom import running
from copytaster.newsroom.terminal import plain
from copytaster.story import DecisionKind

_REFUSED = 1
_USAGE = 2
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T")
_REASONS = ("desk", "agency", "legal", "rights")


class Failure(click.ClickException):
    """One line on stderr, exit code 2."""

    exit_code = _USAGE

    def show(self, file: Any = None) -> None:
        for line in self.format_message().splitlines():
            _complain(f"copytaster: {line}")


class Refused(Failure):
    """One line on stderr, exit code 1."""

    exit_code = _REFUSED


def _common(command: Any) -> Any:
    command = click.option(
        "--data", type=click.Path(path_type=Path), help="The data folder (default: data)."
    )(command)
    return click.option(
        "--config",
        "config_file",
        type=click.Path(path_type=Path),
        help="The TOML file (default: copytaster.toml here, if there is one).",
    )(command)


_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(metadata.version("copytaster"), prog_name="copytaster")
def main() -> None:
    """Copytaster: agency copy straight to readers, word for word, and taken back everywhere."""


# --- running ---------------------------------------------------------------------------------


@main.command()
@_common
@click.option("--listen", help="HOST:PORT to serve on (default 127.0.0.1:8420).")
def run(config_file: Path | None, data: Path | None, listen: str | None) -> None:
    """Receive, decide, publish, deliver and serve, until stopped."""
    config, folder = _settings(config_file, data, listen)
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    with _plain_errors():
        uvloop.run(running.serve(config, folder, ready=_say_ready))


async def _say_ready(desk: running.Running) -> None:
    token = desk.routes_in.inbox_token
    click.echo(f"Copytaster is running: {desk.base}/   (Ctrl-C stops it)")
    if token is None:
        return
    shown = token if sys.stdout.isatty() else desk.routes_in.inbox_token_in_shell
    click.echo(
        "Send it a first story:\n\n"
        f"  curl -X POST '{desk.base}/wire/inbox?agency=example' \\\n"
        f'    -H "Authorization: Bearer {shown}" \\\n'
        "    -H 'Content-Type: application/json' -d '"
        '{"uri":"urn:example:1","version":"1","headline":"A first story",'
        '"byline":"Your Name","body_text":"The first paragraph of a first story."}'
        "'\n"
    )


@main.command()
@click.option("--listen", default="127.0.0.1:8420", show_default=True, help="HOST:PORT.")
@click.option("--data", type=click.Path(path_type=Path), help="Keep the day's data here.")
@click.option("--speed", default=1.0, show_default=True, help="Play the day so many times faster.")
@click.option("--once", is_flag=True, help="Stop when the day has been played.")
def demo(listen: str, data: Path | None, speed: float, once: bool) -> None:
    """Watch a scripted agency day arrive: alerts, a correction, an embargo, a hold, a kill."""
    from copytaster.demo import show

    with _plain_errors(), _folder(data) as folder:
        uvloop.run(show.run(folder, listen=listen, speed=speed, once=once))


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    if data is not None:
        yield data
        return
    folder = Path(tempfile.mkdtemp(prefix="copytaster-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# --- reading ---------------------------------------------------------------------------------


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--agency", default="default", help="Whose copy it is: an agency profile's id.")
@click.option("--format", "format_name", help="Read as this format instead of detecting it.")
def parse(files: tuple[Path, ...], agency: str, format_name: str | None) -> None:
    """Print the items in FILES, one JSON line each; bad files are named on stderr."""
    profile = agencies.load(agency)
    refused = False
    for path in files:
        context = formats.Context(received=datetime.now(UTC))
        try:
            parsed = formats.parse(path.read_bytes(), profile, context, format=format_name)
        except (formats.FormatError, OSError) as error:
            refused = True
            reason = error.strerror if isinstance(error, OSError) else str(error)
            _complain(f"{path}: {reason}")
            continue
        refused |= _print_items(_name(path), parsed)
    if refused:
        raise SystemExit(_REFUSED)


def _name(path: Path) -> str:
    """A file's name as text, whatever bytes are in it."""
    return os.fsencode(path).decode(errors="replace")


def _print_items(path: str, parsed: formats.Parsed) -> bool:
    out = sys.stdout.buffer
    for item in parsed.items:
        out.write(lines.line(item, file=path) + b"\n")
    out.flush()
    for aside in parsed.aside:
        detail = aside.detail or aside.guid or "no id"
        _complain(f"{path}: set aside: {aside.code}: {detail}")
    for bad in parsed.failed:
        _complain(f"{path}: entry {bad.index}: {bad.error}")
    return bool(parsed.failed)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", default="inbox", show_default=True, help="The way in it came by.")
@click.option("--agency", help="Whose copy it is, where the source does not say.")
@click.option("--archive", is_flag=True, help="Keep only: back-fill is never published.")
@_common
@_as_json
def receive(
    files: tuple[Path, ...],
    source: str,
    agency: str | None,
    archive: bool,
    config_file: Path | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """Hand FILES in as deliveries; one line per item with its verdict and reasons."""
    config, folder = _settings(config_file, data)
    refused = False
    way = {"source": source, "agency": agency, "archive": archive}
    with (
        _plain_errors(),
        _receiver(config, folder, way) as take,
        _progress("Receiving", len(files), quiet=as_json) as step,
    ):
        for path in files:
            for line in _received(path, take, config.limits.delivery_bytes):
                refused |= "error" in line
                _print_received(line, as_json=as_json)
            step()
    if refused:
        raise SystemExit(_REFUSED)


_Take = Callable[[orders.Handed], list[dict[str, Any]]]


def _received(path: Path, take: _Take, limit: int) -> list[dict[str, Any]]:
    """What became of one file; one that cannot be taken is refused and stops no other."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        return [{"file": _name(path), "error": error.strerror}]
    if len(data) > limit:
        return [{"file": _name(path), "error": f"more than {limit} bytes, the limit of a delivery"}]
    return take(orders.Handed(name=_name(path), data=data))


@contextmanager
def _receiver(config: Config, folder: Path, way: Mapping[str, Any]) -> Iterator[_Take]:
    """Hands a file to the running desk, else to the data folder's own."""
    if control.is_running(folder):
        yield lambda file: [
            line
            for lines in control.ask(folder, "receive", files=msgspec.to_builtins([file]), **way)
            for line in lines
        ]
        return
    with _desk(config, folder) as desk:
        yield lambda file: _take_alone(desk, file, way)


def _take_alone(desk: Desk, file: orders.Handed, way: Mapping[str, Any]) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for name, delivery in orders.receive(desk, [file], **way):
        desk.settle()
        fate = desk.store.fate(delivery)
        lines += orders.fate_told(desk, name, fate) if fate else []
    return lines


def _print_received(line: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(line).decode())
    elif "error" in line:
        _complain(f"{line['file']}: refused: {line['error']}")
    elif "aside" in line:
        _say(f"{line['file']}: set aside: {line['aside']}")
    else:
        reasons = "; ".join(reason["sentence"] for reason in line["reasons"])
        _say(
            f"{line['file']}: {line['state']}: {line['story']} {line['guid']}"
            + (f": {reasons}" if reasons else "")
        )


# --- one story -------------------------------------------------------------------------------


@main.command()
@click.argument("id")
@_common
@_as_json
def story(id: str, config_file: Path | None, data: Path | None, as_json: bool) -> None:
    """Show story ID: its state and why, its versions, its history, and what was seen where."""
    config, folder = _settings(config_file, data)
    with _plain_errors(), _reading(config, folder) as desk:
        told = orders.dossier(desk, _id(id))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(told)).decode())
    else:
        _print_story(told)


def _id(address: str) -> str:
    """The story id in an address or as it is."""
    address = os.fsencode(address).decode(errors="replace")
    return address.rstrip("/").rpartition("/s/")[2].partition("/")[0].partition(".")[0]


def _print_story(told: Mapping[str, Any]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = _WIDEST
    console.print(_words(told["address"], "bold"), told["agency"], _words(told["guid"]), sep="  ")
    console.print(
        Text.assemble(
            "state    ", (told["state"], "bold"), f", shown to the public as {told['face']}"
        )
    )
    for reason in told["reasons"]:
        sentence = _words(reason["sentence"])
        console.print(Text.assemble("because  ", sentence, " ", (reason["code"], "dim")))
    _table(console, "Versions", told["versions"], _VERSION_COLUMNS)
    _table(console, "Decisions", told["decisions"], ("at", "kind", "by", "reason"))
    _table(console, "History", told["events"], ("at", "kind", "edition", "reason", "note"))
    _table(console, "Receipts", told["receipts"], _RECEIPT_COLUMNS)


_WIDEST = 100_000
"""columns when no person watches: a program finds each row on one line"""
_VERSION_COLUMNS = ("received", "version", "status", "embargo", "format", "source", "headline")
_RECEIPT_COLUMNS = ("address", "kind", "status", "clean", "seconds", "detail")


def _table(
    console: Console, title: str, rows: list[Mapping[str, Any]], columns: tuple[str, ...]
) -> None:
    if not rows:
        console.print(_words(f"{title}: none", "dim"))
        return
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, no_wrap=column != "headline")
    for row in rows:
        table.add_row(*(_words(_cell(row[column])) for column in columns))
    console.print(table, soft_wrap=True)


def _words(words: str, style: str = "") -> Text:
    """Words as they are: brackets are no markup, and nothing in them moves the cursor."""
    return Text(plain(words), style=style)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    return str(value).replace("T", " ")[:19] if _INSTANT.match(str(value)) else str(value)


def _decision(kind: DecisionKind, summary: str) -> click.Command:
    @click.argument("id")
    @click.option(
        "--reason",
        required=True,
        help=f"Why: {', '.join(_REASONS)}, or a sentence for the record.",
    )
    @_common
    @_as_json
    def command(
        id: str, reason: str, config_file: Path | None, data: Path | None, as_json: bool
    ) -> None:
        _decide(kind, _id(id), reason, config_file, data, as_json=as_json)

    return main.command(name=kind.value, help=summary)(command)


kill = _decision(DecisionKind.kill, "Kill story ID for good; waits until every copy is gone.")
hold = _decision(DecisionKind.hold, "Hold story ID: its page says so until it is released.")
release = _decision(DecisionKind.release, "Release story ID from the desk's hold.")


def _decide(
    kind: DecisionKind,
    id: str,
    reason: str,
    config_file: Path | None,
    data: Path | None,
    *,
    as_json: bool,
) -> None:
    config, folder = _settings(config_file, data)
    arguments = {"story": id, "kind": kind.value, "reason": reason, "by": _me()}
    with _plain_errors():
        if control.is_running(folder):
            results = list(control.ask(folder, "decide", **arguments))
        else:
            results = [_decide_alone(config, folder, kind, arguments)]
    if as_json:
        merged = {**results[0], "proof": results[1] if len(results) > 1 else None}
        click.echo(msgspec.json.encode(merged).decode())
    else:
        _print_decided(kind, results)
    if len(results) > 1 and not results[1]["clean"]:
        raise SystemExit(_REFUSED)


def _decide_alone(
    config: Config, folder: Path, kind: DecisionKind, said: Mapping[str, str]
) -> dict[str, Any]:
    with _desk(config, _known(folder)) as desk:
        decided = desk.decide(said["story"], kind, reason=said["reason"], by=said["by"])
        desk.settle()
        proof = orders.proof_of(decided, desk.store.receipts(decided.id))
        clean = bool(proof) and all(receipt.clean for receipt in proof)
        unfinished = decided.face in orders.WITHDRAWN and not clean
        return {**orders.told(decided), "unfinished": unfinished}


def _me() -> str:
    """Who gives the order; in a container the system may have no name for its user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def _print_decided(kind: DecisionKind, results: list[Mapping[str, Any]]) -> None:
    now = results[0]
    click.echo(f"{now['address']}: {now['state']}, shown to the public as {now['face']}")
    for reason in now["reasons"]:
        _say(f"  {reason['sentence']}")
    if now.get("unfinished"):
        click.echo(
            f"suspended; not yet finished: no desk is running, so no public copy was fetched. "
            f"Start `copytaster run`; it proves the {kind.value} at once."
        )
    if len(results) > 1:
        _print_proof(results[1])


def _print_proof(proof: Mapping[str, Any]) -> None:
    receipts = proof["receipts"]
    slowest = max((receipt["seconds"] for receipt in receipts), default=0.0)
    for receipt in receipts:
        mark = "clean" if receipt["clean"] else f"NOT CLEAN: {receipt['detail']}"
        click.echo(
            f"  {receipt['seconds']:7.3f} s  {receipt['status']}  {receipt['address']}  {mark}"
        )
    if proof["clean"]:
        click.echo(f"seen clean at {len(receipts)} public addresses after {slowest:.3f} s")
    else:
        click.echo("not finished: the desk goes on trying; see `copytaster story`", err=True)


# --- the whole desk --------------------------------------------------------------------------


@main.command()
@click.argument("source", required=False, default="*")
@_common
def pause(source: str, config_file: Path | None, data: Path | None) -> None:
    """Stop publishing (all, or SOURCE); receiving, holds and kills go on."""
    config, folder = _settings(config_file, data)
    with _plain_errors():
        if control.is_running(folder):
            list(control.ask(folder, "pause", source=source))
        else:
            with _desk(config, folder) as desk:
                desk.pause(source)
    click.echo(f"publishing is paused ({'all' if source == '*' else source}); receiving goes on")


@main.command()
@click.argument("source", required=False, default="*")
@_common
def resume(source: str, config_file: Path | None, data: Path | None) -> None:
    """Publish again (all, or SOURCE), beginning with what waited."""
    config, folder = _settings(config_file, data)
    with _plain_errors():
        if control.is_running(folder):
            (now,) = control.ask(folder, "resume", source=source)
        else:
            with _desk(config, _known(folder)) as desk:
                now = {"waited": desk.resume(source), "paused": sorted(desk.paused)}
                desk.settle()
    click.echo(f"publishing again; {now['waited']} stories waited and are looked at")
    if now["paused"]:
        click.echo(f"still paused: {' '.join(now['paused'])}")


@main.command()
@click.argument("target", type=click.Path(path_type=Path))
@_common
def backup(target: Path, config_file: Path | None, data: Path | None) -> None:
    """Write a consistent copy of everything kept to the file TARGET, while the desk runs."""
    config, folder = _settings(config_file, data)
    with _plain_errors():
        if control.is_running(folder):
            list(control.ask(folder, "backup", target=str(target.resolve())))
        else:
            with _desk(config, _known(folder)) as desk:
                desk.store.backup(target)
    click.echo(f"backed up to {target}; bring it back with `copytaster restore {target}`")


@main.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Move what is in the data folder aside first.")
@_common
def restore(source: Path, replace: bool, config_file: Path | None, data: Path | None) -> None:
    """Put the backup SOURCE into the data folder. No desk may be running on it."""
    _, folder = _settings(config_file, data)
    with _plain_errors():
        stores.restore(source, folder, replace=replace)
        # The pages of another past: the store can make its own, and would not know these.
        shutil.rmtree(folder / "site", ignore_errors=True)
    click.echo(f"restored {source} into {folder}; pages are made again as they are asked for")


@main.command()
@_common
@_as_json
def doctor(config_file: Path | None, data: Path | None, as_json: bool) -> None:
    """Say what is wrong with configuration, disk, store and feeds, and how to mend it."""
    config, folder = _settings(config_file, data)
    with _plain_errors(), _reading(config, folder) as desk:
        findings = list(_findings(desk, folder))
        counts = desk.store.counts()
    if as_json:
        click.echo(msgspec.json.encode({"findings": findings, "counts": counts}).decode())
    else:
        click.echo("  ".join(f"{key} {value}" for key, value in sorted(counts.items())))
        for finding in findings:
            _say(f"wrong: {finding}")
        click.echo(f"{len(findings)} findings" if findings else "nothing wrong was found")
    if findings:
        raise SystemExit(_REFUSED)


def _findings(desk: Desk, folder: Path) -> Iterator[str]:
    yield from desk.store.check()
    free = shutil.disk_usage(folder).free
    reserve = desk.house.config.limits.disk_reserve_bytes
    if free < reserve:
        yield f"{folder}: {free} bytes free, below the reserve of {reserve}: make room"
    for letter in desk.store.dead_letters(20):
        yield f"dead letter {letter.delivery} from {letter.source}: {letter.error}"
    if desk.paused:
        yield f"publishing is paused ({' '.join(sorted(desk.paused))}): `copytaster resume`"
    if desk.house.config.site.url is None:
        yield "no [site] url: pages name the listening address; set it before readers come"


# --- shared ----------------------------------------------------------------------------------


def _settings(
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
def _desk(config: Config, folder: Path) -> Iterator[Desk]:
    desk = open_desk(folder, config, running.utc_now, url=f"http://{config.listen}")
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def _reading(config: Config, folder: Path) -> Iterator[Desk]:
    """A desk to look at only; works beside a running one."""
    desk = open_desk(
        _known(folder), config, running.utc_now, url=f"http://{config.listen}", reading=True
    )
    try:
        yield desk
    finally:
        desk.close()


def _known(folder: Path) -> Path:
    """The folder of a desk that exists: a slip in --data must not make a new one."""
    if not (folder / stores.STORE_FILE).exists():
        raise Failure(f"{folder}: no desk was ever here; name its folder with --data")
    return folder


def _say(line: str) -> None:
    """A line for people; what an agency said is in it."""
    click.echo(plain(line))


def _complain(line: str) -> None:
    click.echo(plain(line), err=True)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """One line for what a user can mend; anything else is a defect and keeps its traceback."""
    try:
        yield
    except (ConfigError, agencies.ProfileError, stores.StoreError) as error:
        raise Failure(str(error)) from error
    except (Unresolved, control.DeskGone, ValueError) as error:
        raise Refused(str(error)) from error
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise Failure(f"{place}{error.strerror or error}") from error


@contextmanager
def _progress(title: str, total: int, *, quiet: bool) -> Iterator[Any]:
    """A progress bar on stderr when a person watches and there is something to wait for."""
    if quiet or total < 20 or not os.isatty(2):
        yield lambda: None
        return
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=total)
        yield lambda: bar.advance(task)
