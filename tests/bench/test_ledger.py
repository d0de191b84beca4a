"""The measure of the public log measures a log: one that holds, and whole."""

from bench import ledger
from bench.measures import Scale
from copytaster.ledger import leaf


def test_every_figure_is_taken_of_a_log_that_holds() -> None:
    found = {result.name: result for result in ledger.log(Scale(logged=700))}
    assert len(found) == 5
    assert all(result.value > 0 for result in found.values())
    assert found["leaves appended to the log"].load.startswith("700 leaves")
    assert found["the whole log checked"].target is None, "the target is of a million"


def test_the_events_of_the_measure_are_of_both_kinds() -> None:
    kinds = [leaf.decode(leaf.encode(ledger.event(n))).kind for n in range(6)]
    assert kinds == ["published", "published", "updated"] * 2
