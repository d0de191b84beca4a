"""The measure of the resolver measures what it says: each of its notices finds what it names."""

from pathlib import Path

import msgspec

from bench.measures import QUICK
from bench.resolving import resolver


def test_every_notice_of_the_measure_finds_its_stories(tmp_path: Path) -> None:
    scale = msgspec.structs.replace(QUICK, many=420, kills=1)
    names = [result.name for result in resolver(tmp_path, scale)]
    assert len(names) == len(set(names)) == 12
