"""`copytaster verify`: anybody's story held against its public log, in four lines."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec

from copytaster import inspection
from copytaster.cli._manners import REFUSED
from copytaster.cli._manners import Failure
from copytaster.cli._manners import Refused
from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import say
from copytaster.inspection import InspectionError
from copytaster.inspection import Memory
from copytaster.inspection import NoAddress
from copytaster.inspection import Trust
from copytaster.inspection import Verdict
from copytaster.inspection import Visit
from copytaster.inspection import site as sites
from copytaster.inspection import trust as trusts
from copytaster.inspection import verifying
from copytaster.ledger import LedgerError
from copytaster.ledger import checkpoint as checkpoints
from copytaster.ledger import proof as proofs
from copytaster.ledger.checking import APPEND_ONLY

_LARGEST = 16 * 1024 * 1024
"""bytes of a file that is looked at"""
_MARKS = {True: ("holds", "green"), False: ("FALSE", "red"), None: ("not known", "yellow")}
_TEXTS = (".html", ".htm", ".txt")

file_option = click.Path(path_type=Path, dir_okay=False)
policy_option = click.option(
    "--policy", "policy_file", type=file_option, help="Whose signatures are believed."
)
state_option = click.option(
    "--state",
    "state",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where logs are remembered (default: $XDG_STATE_HOME/copytaster/logs).",
)


@click.command()
@click.argument("what", metavar="URL|FILE")
@policy_option
@click.option(
    "--old-checkpoint",
    "older_file",
    type=file_option,
    help="A checkpoint of the log that was kept from before.",
)
@click.option(
    "--proof",
    "proof_file",
    type=file_option,
    help="The proof of FILE (default: the file beside it that ends in .tlog-proof).",
)
@state_option
@as_json_option
def verify(
    what: str,
    policy_file: Path | None,
    older_file: Path | None,
    proof_file: Path | None,
    state: Path | None,
    as_json: bool,
) -> None:
    """Check a story of anybody's desk, or a page or proof that was kept, against its public log.

    Four lines: the words are those of the log's entry; the entry is in the log; the log is
    signed; it has only grown. Exit code 0 where nothing is wrong, 1 where something is.
    """
    older = None if older_file is None else bytes_of(older_file)
    with inspection_errors():
        if "://" in what:
            if proof_file is not None:
                raise Failure("--proof goes with a FILE; the proof of a URL is fetched from there")
            told = _at_address(what, policy_file, older, state)
        else:
            told = _in_file(Path(what), proof_file, policy_file, older, state)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(told)).decode())
    else:
        for one in told["checks"]:
            say_check(one["passed"], one["said"])
    if not told["holds"]:
        raise SystemExit(REFUSED)


def say_check(passed: bool | None, said: str) -> None:
    """One line: whether it holds, in a word, and what was looked at."""
    word, colour = _MARKS[passed]
    click.secho(f"{word:<10}", fg=colour, nl=False)
    say(said)


def _at_address(
    url: str, policy_file: Path | None, older: bytes | None, state: Path | None
) -> dict[str, Any]:
    target = sites.target(url)
    memory = memory_of(target.site, state)
    with Visit(target.site) as visit:
        trust = trust_in(policy_file) or trusts.of_site(target.site, visit.get, memory)
        if older is None and memory is not None:
            older = memory.checkpoint(target.site)
        verdict = inspection.verify(target, visit.get, trust, older=older, pause=time.sleep)
    remembered = _remember(memory, target.site, trust, verdict, older)
    return {
        "address": target.url,
        "story": target.story,
        "edition": target.edition,
        **_as_told(verdict, _remembered_said(remembered, older)),
        "remembered": None if remembered is None else str(remembered),
    }


def _remember(
    memory: Memory | None, site: str, trust: Trust, verdict: Verdict, older: bytes | None
) -> Path | None:
    """Keep the newest checkpoint where everything held; where it is kept."""
    newest = verdict.checkpoint
    if memory is None or newest is None:
        return None
    size = checkpoints.read(newest).checkpoint.size
    if older is None or size >= checkpoints.read(older).checkpoint.size:
        memory.keep(site, vkey=trust.vkey, checkpoint=newest)
    return memory.place(site)


def _remembered_said(remembered: Path | None, older: bytes | None) -> str:
    if older is not None:
        return ""
    kept = ", and this is a site of this machine" if remembered is None else ""
    later = "; the next visit will compare with this one" if remembered is not None else ""
    return f" (no older checkpoint is known{kept}{later})"


def _as_told(verdict: Verdict, more: str = "") -> dict[str, Any]:
    checks = [
        {
            "name": one.name,
            "passed": one.passed,
            "said": one.said + (more if one.name == APPEND_ONLY and one.passed else ""),
        }
        for one in verdict.checks
    ]
    event = verdict.event
    return {
        "holds": verdict.holds,
        "event": None if event is None else event.kind,
        "time": None if event is None else event.time,
        "checks": checks,
    }


def _in_file(
    file: Path,
    proof_file: Path | None,
    policy_file: Path | None,
    older: bytes | None,
    state: Path | None,
) -> dict[str, Any]:
    kept, proved = _pair(file, proof_file)
    trust = trust_in(policy_file) or _trust_kept(proved, state)
    verdict = verifying.verify_kept(kept, proved, trust, older)
    event = verdict.event
    return {
        "file": str(file),
        "story": None if event is None else event.story,
        "edition": None if event is None else event.edition,
        **_as_told(verdict),
    }


def _pair(file: Path, proof_file: Path | None) -> tuple[bytes | None, bytes]:
    """What was kept, if anything, and its proof."""
    data = bytes_of(file)
    if data.startswith(proofs.HEADER.encode()):
        if proof_file is not None:
            raise Failure(f"{file} is a proof itself; leave --proof out")
        beside = (file.with_suffix(ending) for ending in _TEXTS)
        return next((bytes_of(one) for one in beside if one.is_file()), None), data
    proof_file = proof_file or file.with_suffix(verifying.PROOF)
    if not proof_file.is_file():
        raise Failure(f"{proof_file}: no such file; name the proof of {file} with --proof")
    return data, bytes_of(proof_file)


def _trust_kept(proved: bytes, state: Path | None) -> Trust | None:
    """By the key of an earlier visit to the site whose log has signed the proof."""
    try:
        origin = checkpoints.read(proofs.decode(proved).checkpoint).checkpoint.origin
    except LedgerError:
        return None
    memory = Memory(folder=state or state_folder())
    return trusts.of_log(memory, origin)


# --- what verify and monitor share --------------------------------------------------------------


@contextmanager
def inspection_errors() -> Iterator[None]:
    """One line for what a user can mend."""
    try:
        yield
    except NoAddress as error:
        raise Failure(str(error)) from error
    except (InspectionError, LedgerError) as error:
        raise Refused(str(error)) from error


def bytes_of(file: Path) -> bytes:
    """A file that was named, within limits."""
    try:
        if file.stat().st_size > _LARGEST:
            raise Failure(f"{file}: more than {_LARGEST:,} bytes")
        return file.read_bytes()
    except OSError as error:
        hint = "; an address begins with https://" if "/s/" in str(file) else ""
        raise Failure(f"{file}: {error.strerror}{hint}") from error


def state_folder() -> Path:
    """Where logs are remembered for this user (XDG Base Directory Specification)."""
    given = os.environ.get("XDG_STATE_HOME", "")
    home = Path(given) if Path(given).is_absolute() else Path.home() / ".local" / "state"
    return home / "copytaster" / "logs"


def memory_of(site: str, state: Path | None) -> Memory | None:
    """None for a site of this machine, unless a folder was named for it."""
    if state is None and sites.is_loopback(site):
        return None
    return Memory(folder=state or state_folder())


def trust_in(policy_file: Path | None) -> Trust | None:
    """By a policy file, if one was named."""
    if policy_file is None:
        return None
    try:
        return trusts.given(bytes_of(policy_file), str(policy_file))
    except LedgerError as error:
        raise Failure(f"{policy_file}: {error}") from error
