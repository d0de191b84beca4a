"""``python -m checks``: build the site, run every check, print what is wrong, and a table."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from checks import proving
from checks.budgets import budgets
from checks.canary import sweep
from checks.feeds import feeds
from checks.finding import CheckFailed
from checks.finding import Finding
from checks.finding import Sorted
from checks.finding import read_ignored
from checks.finding import sort
from checks.linked_data import linked_data
from checks.links import links
from checks.looking import looking
from checks.markup import html_validate
from checks.markup import nu
from checks.open_graph import open_graph
from checks.policies import csp
from checks.policies import headers
from checks.saved import Site
from checks.sitemaps import sitemaps
from checks.staging import staged
from checks.states import states

ANSWERS = Path("build/site-check")
SHOTS = Path("build/screenshots")
Check = Callable[[Site], Iterable[Finding]]


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """A check that was made."""

    name: str
    findings: tuple[Finding, ...]
    seconds: float


def checks(shots: Path | None) -> dict[str, Check]:
    """Every check by its name, the long ones first."""
    return {
        "browser": lambda site: looking(site, shots),
        "vnu": nu,
        "html-validate": html_validate,
        "json-ld": linked_data,
        "csp": csp,
        "headers": headers,
        "states": states,
        "links": links,
        "feeds": feeds,
        "sitemaps": sitemaps,
        "open-graph": open_graph,
        "budgets": budgets,
        "kill-sweep": sweep,
    }


TOOLS = {"browser": ("axe", "browser", "keyboard")}
"""what a check calls itself in its findings, where that is not its name"""


def main() -> int:
    """Exit code 1 when anything was found that is not ignored, 2 when there is no site to check."""
    parser = argparse.ArgumentParser(prog="python -m checks", description=__doc__)
    parser.add_argument("--only", help=f"comma-separated, of {', '.join(checks(None))}")
    parser.add_argument("--prove", action="store_true", help="only show that each check can fail")
    parser.add_argument("--no-shots", action="store_true", help="keep no screenshots")
    asked = parser.parse_args()
    shots = None if asked.no_shots else SHOTS
    wanted = checks(shots)
    if asked.only:
        if unknown := set(asked.only.split(",")) - set(wanted):
            parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(wanted)}")
        wanted = {name: wanted[name] for name in asked.only.split(",")}
    try:
        proving.prove({name: check for name, check in checks(None).items() if name in wanted})
        if asked.prove:
            return 0
        return _judged(_run(wanted, shots))
    except CheckFailed as error:
        print(f"checks: {error}", file=sys.stderr)
        return 2


def _run(wanted: dict[str, Check], shots: Path | None) -> list[Done]:
    if shots is not None:
        shutil.rmtree(shots, ignore_errors=True)
        shots.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="copytaster-checks-") as folder:
        began = time.monotonic()
        with staged(Path(folder)) as site:
            took = time.monotonic() - began
            print(f"a site of {len(site.answers)} addresses, in {took:.0f} s", flush=True)
            shutil.rmtree(ANSWERS, ignore_errors=True)
            shutil.copytree(site.folder, ANSWERS)
            return _made(wanted, site)


def _made(wanted: dict[str, Check], site: Site) -> list[Done]:
    """Two at a time: one waits for a browser or a program while another reads."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        running: list[Future[Done]] = [
            pool.submit(_timed, name, check, site) for name, check in wanted.items()
        ]
        return [future.result() for future in running]


def _timed(name: str, check: Check, site: Site) -> Done:
    """A check that could not be made is a fault of its own, and the others go on."""
    began = time.monotonic()
    try:
        findings = tuple(check(site))
    except CheckFailed as error:
        fault = Finding(tool=name, address="-", rule="not-made", text=str(error))
        findings = (fault,)
    return Done(name=name, findings=findings, seconds=time.monotonic() - began)


def _judged(done: Sequence[Done]) -> int:
    tools = [tool for one in done for tool in TOOLS.get(one.name, (one.name,))]
    found = [finding for one in done for finding in one.findings]
    judged = sort(found, read_ignored(), tools)
    for fault in judged.faults:
        print(fault.line())
    _print_table(done, judged)
    return 1 if judged.faults else 0


def _print_table(done: Sequence[Done], judged: Sorted) -> None:
    print(f"\n{'check':<16} {'faults':>7} {'ignored':>8} {'seconds':>8}")
    for one in done:
        tools = TOOLS.get(one.name, (one.name,))
        faults = sum(fault in judged.faults for fault in one.findings)
        print(f"{one.name:<16} {faults:>7} {len(one.findings) - faults:>8} {one.seconds:>8.1f}")
        for ignored, times in judged.ignored:
            if ignored.tool in tools:
                print(f"    {times} × {ignored.rule}: {ignored.reason}")
    print(f"\n{len(judged.faults)} faults")


if __name__ == "__main__":
    sys.exit(main())
