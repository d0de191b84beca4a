"""``python -m conformance``: read everything under the corpus, print the table.

Exit status 1 when anything is wrong that no exception names, 2 when there is no corpus.
"""

import argparse
import sys
from pathlib import Path

import msgspec

from bench import page
from conformance import corpus
from conformance import report

COMMAND = "make conformance"


def main(arguments: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    try:
        folder = corpus.find(asked.corpus)
    except corpus.Absent as error:
        print(f"conformance: {error}", file=sys.stderr)
        return 2
    found = report.run(folder)
    if asked.json:
        print(msgspec.json.encode(report.plain(found)).decode())
    else:
        print(report.told(found, verbose=asked.verbose))
    for fault in found.faults:
        print(f"conformance: {fault}", file=sys.stderr)
    if asked.write:
        page.put("conformance", f"{page.heading(COMMAND)}\n\n{report.told(found)}")
    return 1 if found.faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="the folder; else COPYTASTER_CORPUS")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--write", action="store_true", help="put it into docs/reference/formats")
    parser.add_argument("-v", "--verbose", action="store_true", help="why files were refused, too")
    return parser


if __name__ == "__main__":
    sys.exit(main())
