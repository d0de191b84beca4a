"""``python -m bench.reading.twins``: twins found and missed among versions, how fast, how large.

The stories are the gold's and as many made by a grammar; of each there are thirteen versions, and
beside them different stories that share a block of background as long as they are. ``--corpus``
takes the texts of a folder of agencies' files in the stories' place: to look with, never to copy.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from math import comb
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from bench.numbers import Result
from bench.numbers import table
from bench.reading import composing
from bench.reading import gold
from bench.reading.versions import Version
from bench.reading.versions import background
from bench.reading.versions import versions
from bench.reading.window import window
from copytaster import agency
from copytaster import formats
from copytaster import reading
from copytaster import text
from copytaster.item import Item

_FAMILIES = 300
_WORDS = 450
_BLOCKS = 40
_LEAST_WORDS = 60
"""of a corpus's text to be a seed"""


def main() -> int:
    """Exit code 0: what is missed is in the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading.twins", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="take the texts in this folder as stories")
    parser.add_argument("--quick", action="store_true", help="a tenth, to see that it runs")
    parser.add_argument("--json", type=Path, default=Path("build/bench-twins.json"))
    asked = parser.parse_args()
    part = 10 if asked.quick else 1
    results: list[Result] = []
    if asked.corpus is not None:
        results += judged(dict(real(asked.corpus)), "corpus")
    else:
        told = {story.id: story.text for story in gold.stories()[::part]}
        made = {f"made {n}": composing.story(n) for n in range(_FAMILIES // part)}
        results += judged(told, "gold")
        results += judged(made, "made")
        results += [*formulas(200 // part), speed(made)]
        with TemporaryDirectory() as folder:
            results += window(Path(folder), 50_000 // part // part)
    print(table(results))
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    asked.json.write_bytes(msgspec.json.format(msgspec.json.encode(results)) + b"\n")
    return 0


# --- what is compared ----------------------------------------------------------------------------


def families(seeds: Mapping[str, str]) -> list[Version]:
    """Thirteen versions of each, and different stories with one background."""
    chance = random.Random("background")
    blocks = ["\n\n".join(composing.paragraphs(chance, _WORDS)) for _ in range(_BLOCKS)]
    made = [one for name, words in seeds.items() for one in versions(name, words, blocks, chance)]
    for n, (name, words) in enumerate(seeds.items()):
        block = blocks[n % _BLOCKS]
        made.append(Version(family=name, how="hard", text=background(words, 1, [block], chance)))
    return made


def real(folder: Path) -> Iterator[tuple[str, str]]:
    """The texts of a corpus, each once and without what is a twin of one before it."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            for number, item in enumerate(_items(path)):
                words = text.plain(item.copy)
                if len(words.split()) >= _LEAST_WORDS:
                    found[f"{path.relative_to(folder)} {number}"] = words
    read = {name: reading.shingles(words) for name, words in found.items()}
    twins = [(a, b) for a, b, pair in reading.pairs(read) if reading.is_twin(pair)]
    second = {name for group in reading.groups(twins) for name in group[1:]}
    print(f"{len(found)} texts; {len(twins)} pairs of twins; {len(found) - len(second)} stories")
    for one, other, pair in reading.pairs(read):
        is_copy = reading.is_twin(pair)
        if max(pair.one_in_other, pair.other_in_one) >= 0.2 and (one not in second or not is_copy):
            print(f"{'twins' if is_copy else 'apart'} {pair.way} {pair.one_in_other:.2f} "
                  f"{pair.other_in_one:.2f}: {one} | {other}")  # fmt: skip
    yield from ((name, words) for name, words in found.items() if name not in second)


def _items(path: Path) -> tuple[Item, ...]:
    context = formats.Context(received=datetime(2026, 3, 1, tzinfo=UTC))
    try:
        return formats.parse(path.read_bytes(), agency.load("default"), context).items
    except formats.FormatError:
        return ()


# --- how well ------------------------------------------------------------------------------------


def judged(seeds: Mapping[str, str], load: str) -> list[Result]:
    """Precision and recall over all pairs, recall by the way a version was made, and groups."""
    made = [one for one in families(seeds) if text.fold(one.text).strip()]
    read = {n: reading.shingles(one.text) for n, one in enumerate(made)}
    found = [
        (made[one], made[other], one, other)
        for one, other, pair in reading.pairs(read)
        if reading.is_twin(pair)
    ]
    true = sum(one.family == other.family for one, other, _, _ in found)
    sizes = Counter(one.family for one in made)
    all_true = sum(comb(size, 2) for size in sizes.values())
    of_original = Counter(
        other.how
        for one, other, _, _ in found
        if one.family == other.family and one.how == "original"
    )
    groups = reading.groups((one, other) for _, _, one, other in found)
    said = f"{load}: {len(sizes)} stories, {len(made)} texts"
    wrong = [f"{a.family} {a.how} | {b.family} {b.how}" for a, b, _, _ in found
             if a.family != b.family]  # fmt: skip
    print(f"{load}: {len(wrong)} pairs wrong", *wrong[:10], sep="\n  ")
    return [
        Result(name="twins, precision", value=true / max(1, len(found)), unit="", target=0.999,
               at_least=True, load=said),
        Result(name="twins, recall", value=true / all_true, unit="", target=0.95, at_least=True,
               load=said),
        Result(name="groups, adjusted Rand index", value=_rand(groups, made), unit="", load=said),
        *(
            Result(name=f"found of {how}", value=of_original[how] / len(sizes), unit="", load=load)
            for how in dict.fromkeys(one.how for one in made)
            if how != "original"
        ),
    ]  # fmt: skip


def _rand(groups: Sequence[Sequence[int]], made: Sequence[Version]) -> float:
    """Hubert and Arabie's index: 1 where the groups are the families, 0 by chance."""
    grouped = {n: number for number, group in enumerate(groups) for n in group}
    label = [grouped.get(n, -1 - n) for n in range(len(made))]
    cells = Counter((label[n], one.family) for n, one in enumerate(made))
    both = sum(comb(size, 2) for size in cells.values())
    rows = sum(comb(size, 2) for size in Counter(label).values())
    columns = sum(comb(size, 2) for size in Counter(one.family for one in made).values())
    chance = rows * columns / comb(len(made), 2)
    return (both - chance) / ((rows + columns) / 2 - chance)


def formulas(many: int) -> Iterator[Result]:
    """What an agency writes by one form, with other figures each time: each is a story of its
    own, a day's table or an earthquake."""
    for name, made in (("daily tables", composing.table), ("earthquakes", composing.quake)):
        read = {n: reading.shingles(made(n)) for n in range(many)}
        wrong = sum(reading.is_twin(pair) for _, _, pair in reading.pairs(read))
        yield Result(
            name=f"{name} taken for twins",
            value=wrong,
            unit="pairs",
            target=0,
            load=f"{many} of one form, {comb(many, 2):,} pairs",
        )


# --- how fast ------------------------------------------------------------------------------------


def speed(seeds: Mapping[str, str]) -> Result:
    """Stories a second and core, the best of ten rounds: the machine is shared."""
    words = list(seeds.values())
    rounds = []
    for _ in range(10):
        began = time.process_time()
        for one in words:
            shingles = reading.shingles(one)
            assert shingles.kept
        rounds.append(len(words) / (time.process_time() - began))
    mean = sum(len(one.split()) for one in words) / len(words)
    return Result(name="shingles", value=max(rounds), unit="stories/s", target=3000, at_least=True,
                  load=f"{mean:.0f} words, one core, best of ten")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
