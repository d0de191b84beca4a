"""``python -m bench.formats``: bytes → items in one process, beside what others need.

Each figure is the median of five rounds in which all candidates take turns, in processor time.
The inputs are written here, the same at every run. See docs/reference/formats.md.
"""

import argparse
import gc
import json
import shlex
import statistics
import sys
import time
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from pathlib import Path

import msgspec
from lxml import etree

from bench import memory
from bench import page
from bench import peers
from bench import wires
from bench.numbers import Result
from bench.numbers import table
from copytaster import agency
from copytaster import formats
from copytaster.formats import _detect

_FULL = "with words"
_BARE = "without words"
_FLOOR = "bare parse"
_DETECTION = "detection"
_ROUNDS = 5
_RECEIVED = datetime(2026, 11, 22, tzinfo=UTC)
_MESSAGES = ("iptc-7901", "anpa-1312")
_FEEDS = ("rss", "atom", "json-feed")
_XML = ("atom", "newsml-1", "newsml-g2", "nitf", "rss")
_JSON = ("ap-media", "digitalwires", "json-feed", "ninjs")

Call = Callable[[], object]


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    """How much of everything."""

    items: int = 500
    """in a feed"""
    least: float = 0.05
    """seconds of work in each round of one candidate"""
    peers: bool = True


QUICK = Scale(items=20, least=0.002, peers=False)


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """One input, and the seconds each candidate needs for it."""

    format: str
    name: str
    size: int
    items: int
    seconds: Mapping[str, float]

    def each(self, candidate: str) -> float | None:
        """Microseconds for an item."""
        whole = self.seconds.get(candidate)
        return None if whole is None else whole / self.items * 1e6

    def ratio(self, one: str, other: str) -> float | None:
        """How many times ``other``'s time ``one`` needs."""
        beside = self.seconds.get(other)
        return self.seconds[one] / beside if beside and one in self.seconds else None


def main(arguments: list[str] | None = None) -> int:
    """Targets are marked as met or missed, and never an error: machines differ."""
    asked = _parser().parse_args(arguments)
    scale = QUICK if asked.quick else Scale()
    found = peers.gather() if scale.peers else peers.Peers(found={}, missing={})
    stories = [_said(load) for load in each_format(scale)]
    feeds = [_said(load) for load in each_feed(scale, found)]
    kept = memory.kept(scale.items, [*found.found]) if scale.peers else {}
    results = targets(stories, feeds)
    command = shlex.join(["python", "-m", "bench.formats", *(arguments or sys.argv[1:])])
    told = f"{page.heading(command)}\n\n{report(stories, feeds, results, found.missing, kept)}"
    print(told)
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_bytes(_plain(command, stories, feeds, results, kept))
    if asked.write:
        page.put("speed", told)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.formats", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small scale: only to see it run")
    parser.add_argument("--json", type=Path, help="write the figures for programs")
    parser.add_argument("--write", action="store_true", help="put them into docs/reference/formats")
    return parser


# --- measuring ------------------------------------------------------------------------------------


def each_format(scale: Scale) -> list[Load]:
    """One story of 5 KB, or a message of 2.5 KB, in each format that can be read."""
    loads = []
    for name, write in wires.WRITERS.items():
        size = 2200 if name in _MESSAGES else 5000
        data = [write(wires.story(number, size=size)) for number in range(5)]
        loads.append(_measured(name, "one story", data, 1, scale, {}))
    return loads


def each_feed(scale: Scale, found: peers.Peers) -> list[Load]:
    """A feed with bodies of 4 to 5 KB, in each feed format."""
    told = [wires.story(number, size=4500) for number in range(scale.items)]
    inputs = {
        ("rss", "RSS, bodies in CDATA"): wires.rss(*told),
        ("rss", "RSS, bodies escaped"): wires.rss(*told, escaped=True),
        ("atom", "Atom, bodies escaped"): wires.atom(*told),
        ("json-feed", "JSON Feed"): wires.json_feed(*told),
    }
    loads = []
    for (name, said), data in inputs.items():
        beside = {who: read[name] for who, read in found.found.items() if name in read}
        loads.append(_measured(name, said, [data], scale.items, scale, beside))
    return loads


def _measured(
    name: str,
    said: str,
    data: Sequence[bytes],
    items: int,
    scale: Scale,
    beside: Mapping[str, peers.Count],
) -> Load:
    """Every candidate over the same bytes; each has to find all items."""
    for each in data:
        parsed = formats.parse(each, agency.load("bench"), _context(words=True))
        if (parsed.format.name, len(parsed.items)) != (name, items):
            raise ValueError(f"{name}: {len(parsed.items)} items read as {parsed.format.name}")
    for who, read in beside.items():
        if (count := read(data[0])) != items:
            raise ValueError(f"{who} finds {count} of {items} items in {said}")
    candidates = _candidates(name, data)
    for who, read in beside.items():
        candidates[who] = _over(data, read)
    seconds = _medians(candidates, scale)
    return Load(
        format=name,
        name=said,
        size=len(data[0]),
        items=items,
        seconds={who: whole / len(data) for who, whole in seconds.items()},
    )


def _candidates(name: str, data: Sequence[bytes]) -> dict[str, Call]:
    profile = agency.load("bench")
    with_words, without = _context(words=True), _context(words=False)
    readers = list(_detect.registered().values())
    documents = [_detect.document(each, None) for each in data]

    def parse(context: formats.Context) -> Call:
        return _over(data, lambda each: formats.parse(each, profile, context))

    def detect() -> None:
        for document in documents:
            _detect.choose(document, readers)

    candidates: dict[str, Call] = {
        _FULL: parse(with_words),
        _BARE: parse(without),
        _DETECTION: detect,
    }
    if name in _XML:
        candidates[_FLOOR] = _over(data, etree.fromstring)
    if name in _JSON:
        candidates[_FLOOR] = _over(data, json.loads)
    return candidates


def _context(*, words: bool) -> formats.Context:
    return formats.Context(received=_RECEIVED, words=words)


def _over(data: Sequence[bytes], read: Callable[[bytes], object]) -> Call:
    def call() -> None:
        for each in data:
            read(each)

    return call


def _medians(candidates: Mapping[str, Call], scale: Scale) -> dict[str, float]:
    """Seconds of processor time for one call of each, candidates taking turns."""
    gc.collect()
    times = {name: _times(call, scale.least) for name, call in candidates.items()}
    taken: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(_ROUNDS):
        for name, call in candidates.items():
            taken[name].append(_one_round(call, times[name]))
    return {name: statistics.median(rounds) for name, rounds in taken.items()}


def _times(call: Call, least: float) -> int:
    """How often a round has to call, to last long enough; the first call warms up."""
    call()
    once = _one_round(call, 1)
    return max(1, int(least / max(once, 1e-7)))


def _one_round(call: Call, times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - began) / times


# --- targets (issue 3, Speed) ---------------------------------------------------------------------


def targets(stories: Sequence[Load], feeds: Sequence[Load]) -> list[Result]:
    """What was asked for, and what was measured."""
    by_name = {load.format: load for load in stories}
    results = [*_of_stories(by_name)]
    for load in feeds:
        results += _of_feed(load, by_name[load.format])
    return results


def _of_stories(loads: Mapping[str, Load]) -> list[Result]:
    results: list[Result] = []
    for name in ("newsml-g2", "nitf"):
        load = loads[name]
        if (ratio := load.ratio(_BARE, _FLOOR)) is not None:
            said = f"{name} without words, against lxml.etree.fromstring"
            results.append(_ceiling(said, ratio, "×", 4, load))
        results.append(_ceiling(f"{name} with words", load.each(_FULL), "µs a story", 300, load))
    ninjs = loads["ninjs"]
    results.append(_ceiling("ninjs with words", ninjs.each(_FULL), "µs a story", 250, ninjs))
    for name in _MESSAGES:
        load = loads[name]
        rate = 1 / load.seconds[_FULL]
        results.append(_floor(f"{name} with words", rate, "messages/s", 10_000, load))
    worst = max(loads.values(), key=lambda load: load.ratio(_DETECTION, _FULL) or 0)
    part = 100 * (worst.ratio(_DETECTION, _FULL) or 0)
    said = f"detection, of parsing with words (largest: {worst.format})"
    results.append(_ceiling(said, part, "%", 5, worst))
    return results


def _of_feed(load: Load, story: Load) -> list[Result]:
    results: list[Result] = []
    rust = [load.seconds[who] for who in peers.RUST if who in load.seconds]
    if rust and load.format != "json-feed":
        ratio = load.seconds[_BARE] / min(rust)
        said = f"{load.name}: without words, against the fastest Rust core"
        results.append(_ceiling(said, ratio, "×", 2, load))
    if "atoma" in load.seconds:
        ratio = load.seconds["atoma"] / load.seconds[_BARE]
        said = f"{load.name}: without words, times the items/s of atoma"
        results.append(_floor(said, ratio, "×", 1, load))
    if "feedparser" in load.seconds:
        ratio = load.seconds["feedparser"] / load.seconds[_FULL]
        said = f"{load.name}: with words, times the items/s of feedparser"
        results.append(_floor(said, ratio, "×", 20, load))
    alone, among = story.each(_FULL), load.each(_FULL)
    if alone is not None and among is not None:
        said = f"{load.name}: one story alone, against one in the feed"
        results.append(_ceiling(said, alone / among, "×", 3, load))
    return results


def _ceiling(name: str, value: float | None, unit: str, target: float, load: Load) -> Result:
    return Result(name=name, value=value or 0.0, unit=unit, target=target, load=_of(load))


def _floor(name: str, value: float, unit: str, target: float, load: Load) -> Result:
    return Result(name=name, value=value, unit=unit, target=target, at_least=True, load=_of(load))


def _of(load: Load) -> str:
    many = f"{load.items} items, " if load.items > 1 else ""
    return f"{many}{load.size / 1024:,.1f} KB"


# --- telling --------------------------------------------------------------------------------------


def report(
    stories: Sequence[Load],
    feeds: Sequence[Load],
    results: Sequence[Result],
    missing: Mapping[str, str],
    kept: Mapping[str, float],
) -> str:
    """All figures in Markdown."""
    parts = [table(results), _stories(stories), _feeds(feeds)]
    if kept:
        told = ", ".join(f"{name} {times:.1f} ×" for name, times in kept.items())
        parts.append(f"Peak of resident memory over the input (RSS, bodies in CDATA): {told}.")
    if missing:
        why = "; ".join(f"{name} ({reason})" for name, reason in missing.items())
        parts.append(f"Not compared, because not there: {why}.")
    return "\n\n".join(parts)


def _stories(loads: Sequence[Load]) -> str:
    lines = [
        (
            "| one story | KB | with words, µs | without, µs | bare parse, µs "
            "| without, against bare | detection, of all |"
        ),
        "| --- |" + " --: |" * 6,
    ]
    for load in loads:
        cells = (
            f"{load.size / 1024:.1f}",
            _number(load.each(_FULL)),
            _number(load.each(_BARE)),
            _number(load.each(_FLOOR)),
            _number(load.ratio(_BARE, _FLOOR), " ×"),
            f"{100 * (load.ratio(_DETECTION, _FULL) or 0):.1f} %",
        )
        lines.append(f"| {load.format} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _feeds(loads: Sequence[Load]) -> str:
    lines = ["| feed | read by | ms | items/s | µs an item |", "| --- | --- | --: | --: | --: |"]
    for load in loads:
        for who, seconds in sorted(load.seconds.items(), key=lambda pair: pair[1]):
            if who == _DETECTION:
                continue
            name = f"**copytaster, {who}**" if who in (_FULL, _BARE) else who
            rate = load.items / seconds
            lines.append(
                f"| {load.name}, {_of(load)} | {name} | {seconds * 1e3:,.1f} | {rate:,.0f} "
                f"| {_number(load.each(who))} |"
            )
    return "\n".join(lines)


def _number(value: float | None, unit: str = "") -> str:
    if value is None:
        return ""
    return f"{value:,.0f}{unit}" if value >= 20 else f"{value:.1f}{unit}"


def _plain(
    command: str,
    stories: Sequence[Load],
    feeds: Sequence[Load],
    results: Sequence[Result],
    kept: Mapping[str, float],
) -> bytes:
    told = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": page.machine(),
        "command": command,
        "stories": msgspec.to_builtins(stories),
        "feeds": msgspec.to_builtins(feeds),
        "targets": [{**msgspec.to_builtins(r), "met": r.met} for r in results],
        "memory": dict(kept),
    }
    return msgspec.json.format(msgspec.json.encode(told))


def _said(load: Load) -> Load:
    each = load.each(_FULL) or 0.0
    print(f"{load.name} ({load.format}): {each:,.0f} µs an item", file=sys.stderr, flush=True)
    return load


if __name__ == "__main__":
    sys.exit(main())
