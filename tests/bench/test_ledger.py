"""The measure of the public log measures a log: one that holds, and whole."""

from pathlib import Path

from bench import ledger
from bench import log_writing
from bench.measures import Scale
from copytaster.ledger import leaf
from tests.newsroom.logs import read_whole


def test_every_figure_is_taken_of_a_log_that_holds() -> None:
    found = {result.name: result for result in ledger.log(Scale(logged=700))}
    assert len(found) == 5
    assert all(result.value > 0 for result in found.values())
    assert found["leaves appended to the log"].load.startswith("700 leaves")
    assert found["the whole log checked"].target is None, "the target is of a million"


def test_the_events_of_the_measure_are_of_both_kinds() -> None:
    kinds = [leaf.decode(leaf.encode(ledger.event(n))).kind for n in range(6)]
    assert kinds == ["published", "published", "updated"] * 2


def test_what_is_written_for_the_measure_is_a_log_of_leaves(tmp_path: Path) -> None:
    (found,) = log_writing.durable(tmp_path / "data", Scale(logged=250))
    assert found.value > 0
    said, told = read_whole(tmp_path / "data" / "site" / "log")
    assert said.size == 200
    assert leaf.HEADER.encode() in told[0]
    assert b"\nprev 198\ntime" in told[-1]
