"""``python -m bench.reading``: the reader held against the gold; prints the table, writes JSON.

``--part tune`` is what a rule may be written with an eye on; ``test`` is for measuring only.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec

from bench.reading import gold
from bench.reading import judging
from bench.reading.notes import Notes
from copytaster import reading

_OWN = ("en", "hi", "de", "fr", "es")


def main() -> int:
    """Exit code 0: what is missed is in the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("--part", choices=("tune", "test"), default="test")
    parser.add_argument("--language", choices=_OWN)
    parser.add_argument("--out", type=Path, default=Path("build/bench-reading.json"))
    asked = parser.parse_args()
    chosen = [
        one
        for one in gold.stories()
        if one.part == asked.part and asked.language in (None, one.language)
    ]
    counts: dict[str, Counter[str]] = {}
    spent = 0.0
    for story in chosen:
        began = time.process_time()
        read = reading.read(
            story.id, story.text, language=story.language, sent=story.sent, indirect=True
        )
        spent += time.process_time() - began
        cell = counts.setdefault(story.language, Counter())
        cell.update(judging.judged(story, msgspec.convert(read, Notes, from_attributes=True)))
    figures = {language: told(cell) for language, cell in counts.items()}
    print(f"part {asked.part}, {len(chosen)} stories, {len(chosen) / spent:,.0f} stories/s\n")
    print(table(figures))
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_bytes(msgspec.json.format(msgspec.json.encode(figures)) + b"\n")
    return 0


def told(cell: Counter[str]) -> dict[str, str]:
    """The figures of one language, by name."""
    rows: dict[str, str] = {"stories": str(cell["stories"])}
    for kind in ("direct", "mixed", "turn", "indirect"):
        rows[kind] = _prf(cell[f"{kind} true"], cell[f"{kind} told"], cell[f"{kind} found"],
                          cell[f"{kind} gold"])  # fmt: skip
    for side in ("quoted", "indirect"):
        rows[f"{side}: speaker"] = _share(cell[f"{side} speakers right"], cell[f"{side} pairs"])
        rows[f"{side}: no speaker"] = _share(cell[f"{side} without a speaker"],
                                             cell[f"{side} pairs"])  # fmt: skip
    rows["false: scare, title"] = f"{cell['false from scare']}, {cell['false from title']}"
    rows["pronouns named"] = _share(cell["pronouns named"], cell["pronouns"])
    rows["of these wrong"] = _share(cell["pronouns misnamed"], cell["pronouns named"])
    rows["full names right"] = _share(cell["names right"], cell["names"])
    for what in ("sources", "replies"):
        found = cell[f"{what} found"]
        rows[what] = _prf(found, cell[f"{what} told"], found, cell[f"{what} gold"])
    for what in ("datelines", "bylines", "signoffs", "dates"):
        right = cell[f"{what} right"]
        rows[what] = _prf(right, cell[f"{what} told"], right, cell[f"{what} gold"])
    rows["flagged taken"] = _share(
        cell["flagged taken"], cell["flagged taken"] + cell["flagged refused"]
    )
    return rows


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} % ({part}/{whole})" if whole else "–"


def _prf(true: int, told: int, found: int, gold: int) -> str:
    if not gold and not told:
        return "–"
    precision = true / told if told else 0.0
    recall = found / gold if gold else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return f"P {100 * precision:.0f} R {100 * recall:.0f} F {100 * f1:.0f} ({gold})"


def table(figures: dict[str, dict[str, str]]) -> str:
    """Languages beside each other."""
    names: Iterable[str] = next(iter(figures.values())) if figures else ()
    rows = [["", *figures]]
    rows += [[name, *(cell[name] for cell in figures.values())] for name in names]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows
    )


if __name__ == "__main__":
    sys.exit(main())
