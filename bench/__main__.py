"""``python -m bench``: run the measures, print the table, write the JSON."""

import argparse
import shlex
import sys
import tempfile
from datetime import UTC
from datetime import datetime
from pathlib import Path

import msgspec

from bench import finding
from bench import ledger
from bench import log_writing
from bench import measures
from bench import pressing
from bench import resolving
from bench import serving
from bench import watching
from bench import withdrawals
from bench.desk import Desk
from bench.measures import QUICK
from bench.measures import Scale
from bench.numbers import Result
from bench.numbers import table

NAMES = (
    "press",
    "ledger",
    "serving",
    "resolver",
    "finding",
    "watched",
    "sustained",
    "latency",
    "kills",
    "growth",
    "rebuild",
    "kill-under-load",
    "recall",
)
_ALONE = {"press", "ledger", "serving", "resolver", "finding", "watched", "sustained", "recall"}
"""measures that do not need the growing desk"""

_NO_BREAK = "[breaker]\nkill_share = 0.0\n"
"""a thousand kills one after another would stop the source of the stories that follow"""


def main() -> int:
    """Exit code 1 when a target is missed at full scale."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small scale: only to see it run")
    parser.add_argument("--only", help=f"comma-separated, of {', '.join(NAMES)}")
    parser.add_argument("--out", type=Path, default=Path("build/bench.json"))
    asked = parser.parse_args()
    wanted = asked.only.split(",") if asked.only else list(NAMES)
    if unknown := set(wanted) - set(NAMES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(NAMES)}")
    results = run(QUICK if asked.quick else Scale(), wanted)
    told = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": measures.machine(),
        "command": shlex.join(["python", "-m", "bench", *sys.argv[1:]]),
        "results": [{**msgspec.to_builtins(r), "met": r.met} for r in results],
    }
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_bytes(msgspec.json.format(msgspec.json.encode(told)))
    machine = measures.machine()
    print(
        f"\n{told['date']}, {machine['processor']}, {machine['cores']} cores, "
        f"{machine['system']}, Python {machine['python']}: `{told['command']}`\n"
    )
    print(table(results))
    missed = [result for result in results if result.met is False]
    return 1 if missed and not asked.quick else 0


def run(scale: Scale, wanted: list[str]) -> list[Result]:
    """The results of the wanted measures, in order."""
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="copytaster-bench-") as folder:
        if "press" in wanted:
            results += _say(pressing.surfaces(scale))
        if "ledger" in wanted:
            results += _say(ledger.log(scale))
            results += _say(log_writing.durable(Path(folder) / "log", scale))
        if "serving" in wanted:
            with Desk(Path(folder) / "serving") as desk:
                results += _say(serving.serving(desk, scale))
        if "resolver" in wanted:
            results += _say(resolving.resolver(Path(folder) / "resolver", scale))
        if "finding" in wanted:
            results += _say(finding.finding(Path(folder) / "finding", scale))
        if "watched" in wanted:
            with Desk(Path(folder) / "watched") as desk:
                results += _say(watching.watched(desk, scale))
        if "sustained" in wanted:
            with Desk(Path(folder) / "sustained") as desk:
                results += _say(measures.sustained(desk, scale))
        if "recall" in wanted:
            with Desk(Path(folder) / "recall") as desk:
                results += _say(withdrawals.recall(desk, scale))
        if set(wanted) - _ALONE:
            config = Path(folder) / "growing.toml"
            config.write_text(_NO_BREAK)
            with Desk(Path(folder) / "growing", config=config) as desk:
                results += _growing(desk, scale, wanted)
    return results


def _growing(desk: Desk, scale: Scale, wanted: list[str]) -> list[Result]:
    """One desk, from a few stories to many; each measure at its own number of them."""
    results: list[Result] = []
    measures.fill(desk, 10, scale.few)
    if "latency" in wanted:
        results += _say(measures.latency(desk, scale))
    small = measures.cost(desk, scale, 11) if "growth" in wanted else None
    live = scale.live if {"kills", "kill-under-load"} & set(wanted) else 0
    measures.fill(desk, withdrawals.LOT, live)
    if "kills" in wanted:
        results += _say(measures.kills(desk, scale, live))
    if {"growth", "rebuild", "kill-under-load"} & set(wanted):
        measures.fill(desk, 12, scale.many - scale.few - scale.lot - live)
    if small is not None:
        large = measures.cost(desk, scale, 13)
        results += _say(measures.growth(small, large, scale))
        results += _say(measures.size(desk, scale))
    if "rebuild" in wanted:
        results += _say(serving.rebuilding(desk, scale))
    if "kill-under-load" in wanted:
        results += _say(withdrawals.kills_under_load(desk, scale))
    return results


def _say(results: list[Result]) -> list[Result]:
    for result in results:
        print(f"{result.name}: {result.value:,.2f} {result.unit}", file=sys.stderr, flush=True)
    return results


if __name__ == "__main__":
    sys.exit(main())
