"""Where a story stands after each of its events."""

from collections.abc import Sequence

import pytest

from copytaster.ledger import Event
from copytaster.ledger import Kind
from copytaster.ledger import history
from copytaster.ledger.history import Standing
from copytaster.ledger.history import State
from tests.ledger.making import event


def stands(events: Sequence[Event]) -> Standing:
    standing: Standing | None = None
    for index, said in enumerate(events):
        assert history.broken(said, standing) is None
        standing = history.follow(said, index, standing)
    assert standing is not None
    return standing


FIRST = event()
SECOND = event(Kind.updated, edition=2, prev=0)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (Kind.held, State.held),
        (Kind.killed, State.killed),
        (Kind.expired, State.expired),
        (Kind.erased, State.erased),
    ],
)
def test_a_story_that_was_taken_back_is_not_shown(kind: Kind, state: State) -> None:
    edition = None if kind is Kind.held else "all"
    standing = stands([FIRST, SECOND, event(kind, edition=edition, prev=1)])
    assert (standing.state, standing.edition, standing.index) == (state, 2, 2)
    if kind is not Kind.erased:
        back = history.follow(event(Kind.released, prev=2), 3, standing)
        assert (back.state, back.edition, back.made) == (State.shown, 2, (0, 1))


def test_an_edition_that_was_taken_back_alone_leaves_its_story_shown() -> None:
    standing = stands([FIRST, SECOND, event(Kind.killed, edition=1, prev=1)])
    assert (standing.state, standing.gone, standing.edition) == (State.shown, (1,), 2)
    again = history.follow(event(Kind.erased, edition=1, prev=2), 3, standing)
    assert (again.state, again.gone, again.is_erased) == (State.shown, (1,), False)


def test_a_story_older_than_its_log_counts_from_the_edition_it_had() -> None:
    standing = stands([event(edition=4), event(Kind.updated, edition=5, prev=0)])
    assert (standing.first, standing.edition, standing.made) == (4, 5, (0, 1))


def test_what_was_erased_stays_so() -> None:
    standing = stands([FIRST, event(Kind.erased, edition="all", prev=0)])
    assert standing.is_erased
    assert history.broken(event(Kind.released, prev=1), standing) is not None
