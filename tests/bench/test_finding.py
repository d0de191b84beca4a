"""The measure of the desk's search measures what it says: its queries find what they may."""

from pathlib import Path

import msgspec

from bench.finding import finding
from bench.measures import QUICK


def test_every_query_of_the_measure_is_asked(tmp_path: Path) -> None:
    scale = msgspec.structs.replace(QUICK, many=400, kills=1)
    results = finding(tmp_path, scale)
    assert len({result.name for result in results}) == len(results)
    loads = {result.name: result.load for result in results}
    assert ", 50 found" in loads["finding a word of every story, p95"]
    assert ", 1 found" in loads["finding a word of one story, p95"]
    assert ", 0 found" in loads["finding words in no story together, p95"]
