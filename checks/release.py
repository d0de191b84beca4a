"""``python -m checks.release``: Lighthouse on a front and a story, five times, the medians.

Too noisy for every change, so it is run before a release. Lighthouse's mobile profile: a slow
phone on a slow network, both simulated (its defaults).
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from bench.numbers import Result
from bench.numbers import table
from checks.finding import CheckFailed
from checks.programs import CHROMIUM
from checks.programs import module
from checks.programs import run
from checks.saved import Site
from checks.staging import staged

OUT = Path("build/lighthouse.json")
RUNS = 5
_SCORES = ("performance", "accessibility", "best-practices", "seo")
_LIMITS = {
    "largest-contentful-paint": ("LCP", 1200.0, "ms"),
    "cumulative-layout-shift": ("CLS", 0.002, ""),
    "total-blocking-time": ("TBT", 50.0, "ms"),
}
"""audit → (what it is called, at most, unit); issue 5"""
_FRONT = "front"
_PAGES = {_FRONT: None, "story": "thousand", "story with noindex": "unindexed"}


class _Reference(msgspec.Struct):
    id: str
    weight: float


class _Category(msgspec.Struct):
    auditRefs: list[_Reference]  # noqa: N815  its own name for it
    score: float | None = None


class _Audit(msgspec.Struct):
    score: float | None = None
    numericValue: float | None = None  # noqa: N815
    details: dict[str, Any] | None = None


class _Environment(msgspec.Struct):
    benchmarkIndex: float  # noqa: N815


class _Report(msgspec.Struct):
    categories: dict[str, _Category]
    audits: dict[str, _Audit]
    environment: _Environment


def main() -> int:
    """Exit code 1 where a median misses its target."""
    parser = argparse.ArgumentParser(prog="python -m checks.release", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="how often each page is measured")
    asked = parser.parse_args()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="copytaster-release-") as folder,
            staged(Path(folder)) as site,
        ):
            results = [one for page in _PAGES for one in _measured(site, page, asked.runs)]
    except CheckFailed as error:
        print(f"release-check: {error}", file=sys.stderr)
        return 2
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes(msgspec.json.format(msgspec.json.encode(results)))
    print(table(results))
    return 0 if all(result.met for result in results) else 1


def _measured(site: Site, page: str, runs: int) -> Iterator[Result]:
    story = _PAGES[page]
    path = "/" if story is None else site.stories[story]
    url = next(reversed(site.answers.values())).base + path
    reports = [_lighthouse(url) for _ in range(runs)]
    failed = {
        f"{name}: {audit}"
        for report in reports
        for name in _SCORES
        for audit in _failed(report, report.categories[name])
    }
    for audit in sorted(failed):
        print(f"{page}: not passed in full: {audit}", flush=True)
    index = median(report.environment.benchmarkIndex for report in reports)
    load = f"median of {runs}, mobile; a machine of Lighthouse's index {index:.0f}"
    for name in _SCORES:
        yield Result(
            name=f"{page}: {name}",
            value=median(_score(report, page, name) for report in reports),
            unit="",
            target=100.0,
            at_least=True,
            load=load,
        )
    for audit, (name, limit, unit) in _LIMITS.items():
        values = [_number(report, audit) for report in reports]
        yield Result(
            name=f"{page}: {name}", value=median(values), unit=unit, target=limit, load=load
        )


def _score(report: _Report, page: str, category: str) -> float:
    """0 to 100; where nothing failed but what is excused, 100."""
    found = report.categories[category]
    failed = _failed(report, found)
    if failed and all(_excused(report, page, audit) for audit in failed):
        return 100.0
    return 100 * (found.score or 0)


def _excused(report: _Report, page: str, audit: str) -> bool:
    """Two audits ask for the contrary of what we mean.

    ``is-crawlable`` of a page whose contract forbids search engines; ``robots-txt``, which knows
    no ``Content-Usage`` (IETF aipref, draft) and calls it a fault, where it complains of no other
    line. It asks for that file from within the page, which a story's policy lets nobody do: there
    it cannot be read at all, and the front answers for the site.
    """
    if audit == "is-crawlable":
        return "noindex" in page
    if audit != "robots-txt":
        return False
    items = (report.audits[audit].details or {}).get("items", [])
    if not items:
        return page != _FRONT
    return all(str(item.get("line", "")).startswith("Content-Usage:") for item in items)


def _failed(report: _Report, category: _Category) -> list[str]:
    """The audits that weigh in a category and were not passed in full."""
    return [
        ref.id
        for ref in category.auditRefs
        if ref.weight and report.audits[ref.id].score not in (None, 1)
    ]


def _number(report: _Report, audit: str) -> float:
    value = report.audits[audit].numericValue
    if value is None:
        raise CheckFailed(f"lighthouse says nothing of {audit}")
    return value


def _lighthouse(url: str) -> _Report:
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        raise CheckFailed("no chromium found: Debian has it as chromium")
    os.environ["CHROME_PATH"] = chromium
    program = str(module("lighthouse/cli/index.js"))
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic"
    # Into a file: what it still has to write to a pipe when it exits is lost.
    with tempfile.NamedTemporaryFile(prefix="lighthouse-", suffix=".json") as answer:
        where = f"--output-path={answer.name}"
        run("node", [program, url, "--output=json", where, "--quiet", flags])
        told = Path(answer.name).read_bytes()
    try:
        return msgspec.json.decode(told, type=_Report)
    except msgspec.MsgspecError as error:
        raise CheckFailed(
            f"lighthouse's answer cannot be read ({error}): {told[:200]!r}"
        ) from error


if __name__ == "__main__":
    sys.exit(main())
