"""An alert is one alert until its all-clear, and no route is told of it more than once an hour."""

from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from copytaster.newsroom import _latch
from copytaster.newsroom._latch import FAILING
from copytaster.newsroom._latch import LAPSE
from copytaster.newsroom._latch import MOST
from copytaster.newsroom._latch import OTHERS
from copytaster.newsroom._latch import QUIET
from copytaster.newsroom._latch import Board
from copytaster.newsroom._latch import CallKind
from tests.newsroom.making import MORNING

MINUTE = timedelta(minutes=1)


class Person:
    """Reads everything a route is owed as soon as it is due."""

    def __init__(self, route: str = "email") -> None:
        self.route = route
        self.board: Board = {}
        self.now = MORNING
        self.heard: list[tuple[str, str, str]] = []
        self.when: list[datetime] = []

    def rings(self, code: str = "feed-gone", about: str = "ministry", text: str = "gone") -> None:
        self.board = _latch.ring(self.board, code, text, about, self.now)
        self.listen()

    def is_over(self, code: str = "feed-gone", about: str = "ministry") -> None:
        self.board = _latch.clear(self.board, code, about, self.now)
        self.listen()

    def wait(self, span: timedelta) -> None:
        self.now += span
        self.listen()

    def listen(self) -> None:
        while (call := _latch.owed(self.board, self.route, self.now)) is not None:
            self.heard.append((call.kind.value, call.code, call.about))
            self.when.append(self.now)
            self.board = _latch.told(self.board, call, self.route, self.now)

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, _, _ in self.heard]


def test_what_rings_again_and_again_is_told_once_and_reminded_of_once_an_hour() -> None:
    person = Person()
    for _ in range(170):
        person.rings()
        person.wait(MINUTE)
    assert person.kinds == ["alert", "reminder", "reminder"]
    assert person.when == [MORNING, MORNING + QUIET, MORNING + 2 * QUIET]


def test_what_does_not_ring_again_is_not_told_again() -> None:
    person = Person()
    person.rings()
    person.wait(timedelta(days=3))
    assert person.kinds == ["alert"]


def test_the_all_clear_is_told_once_and_only_after_an_alert() -> None:
    person = Person()
    person.is_over()
    assert person.heard == []
    person.rings()
    person.wait(MINUTE)
    person.is_over()
    person.is_over()
    assert person.kinds == ["alert", "over"]
    assert _latch.opened(person.board) == []


def test_a_route_that_was_never_told_of_the_alert_gets_no_all_clear() -> None:
    board = _latch.ring({}, "disk-full", "make room", "disk", MORNING)
    board = _latch.clear(board, "disk-full", "disk", MORNING + MINUTE)
    assert _latch.owed(board, "email", MORNING + MINUTE) is None
    assert board == {}


def test_each_route_is_told_by_itself() -> None:
    board = _latch.ring({}, "disk-full", "make room", "disk", MORNING)
    call = _latch.owed(board, "email", MORNING)
    assert call is not None
    board = _latch.told(board, call, "email", MORNING)
    assert _latch.owed(board, "email", MORNING) is None
    assert _latch.owed(board, "webhook", MORNING) is not None
    board = _latch.clear(board, "disk-full", "disk", MORNING)
    assert _latch.owed(board, "email", MORNING).kind is CallKind.over
    assert _latch.owed(board, "webhook", MORNING) is None


def test_what_comes_and_goes_is_told_at_most_once_an_hour() -> None:
    person = Person()
    for _ in range(60):
        person.rings()
        person.wait(MINUTE)
        person.is_over()
        person.wait(MINUTE)
    assert person.kinds == ["alert", "over", "alert", "over"]


def test_what_came_back_within_the_hour_and_stays_is_told_when_the_hour_is_over() -> None:
    person = Person()
    person.rings()
    person.is_over()
    person.wait(MINUTE)
    person.rings()
    assert person.kinds == ["alert", "over"]
    person.wait(QUIET)
    assert person.kinds == ["alert", "over", "alert"]


def test_another_thing_is_another_alert() -> None:
    person = Person()
    person.rings(about="ministry")
    person.rings(about="harbour")
    person.rings(code="feed-dead", about="harbour")
    assert len(person.heard) == 3


def test_a_flood_of_one_code_is_one_alert_more_and_ends_with_the_others() -> None:
    person = Person()
    for number in range(10 * MOST):
        person.rings(code="page-differs", about=f"/s/{number}")
    assert len(person.heard) == MOST + 1
    assert person.heard[-1] == ("alert", "page-differs", OTHERS)
    person.rings(code="disk-full", about="disk")
    assert person.heard[-1] == ("alert", "disk-full", "disk"), "another code has room of its own"
    for number in range(10 * MOST):
        person.is_over("page-differs", f"/s/{number}")
    assert [bell.code for bell in _latch.opened(person.board)] == ["disk-full"]
    assert person.kinds.count("over") == MOST + 1


def test_a_route_is_not_told_that_it_fails_itself() -> None:
    board = _latch.ring({}, FAILING, "no connection", "email", MORNING)
    assert _latch.owed(board, "email", MORNING) is None
    assert _latch.owed(board, "webhook", MORNING) is not None


def test_what_nobody_ends_is_forgotten_after_a_week_without_a_word() -> None:
    person = Person()
    person.rings(code="feed-gap")
    person.now += LAPSE
    person.rings(code="disk-full", about="disk")
    assert [bell.code for bell in _latch.opened(person.board)] == ["disk-full"]
    assert "over" not in person.kinds


def test_a_clock_set_back_silences_nothing() -> None:
    person = Person()
    person.now += timedelta(days=300)
    person.rings(about="a")
    person.is_over(about="a")
    person.rings(about="b")
    person.now = MORNING
    person.rings(about="a")
    person.rings(about="b")
    assert person.kinds == ["alert", "over", "alert", "alert", "reminder"]
    person.wait(MINUTE)
    person.rings(about="b")
    assert len(person.kinds) == 5


def test_the_oldest_is_told_first_with_what_it_says_now() -> None:
    board = _latch.ring({}, "feed-gone", "ministry", "a", MORNING)
    board = _latch.ring(board, "feed-gone", "harbour", "b", MORNING + MINUTE)
    board = _latch.ring(board, "feed-gone", "harbour, twice", "b", MORNING + 2 * MINUTE)
    call = _latch.owed(board, "email", MORNING + 2 * MINUTE)
    assert call is not None
    assert call.about == "a"
    call = _latch.owed(_latch.told(board, call, "email", MORNING), "email", MORNING)
    assert call is not None
    assert (call.about, call.text, call.times) == ("b", "harbour, twice", 2)


def test_what_an_agency_wrote_does_not_grow_the_board_without_end() -> None:
    board: Board = {}
    for number in range(1000):
        board = _latch.ring(board, "page-differs", "x" * 9000, f"{'y' * 9000}{number}", MORNING)
        board = _latch.ring(board, "page-differs", "x" * 10_000, f"{number}" * 100, MORNING)
    assert len(board) == MOST + 1
    assert all(len(bell.text) < 1100 and len(bell.about) <= 300 for bell in board.values())


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ring", "over", "wait"]),
        st.sampled_from(["a", "b"]),
        st.integers(min_value=0, max_value=90),
    ),
    max_size=30,
)


@given(STEPS)
def test_no_route_hears_of_one_thing_twice_within_an_hour_nor_of_an_end_without_a_beginning(
    steps: Sequence[tuple[str, str, int]],
) -> None:
    person = Person()
    for act, about, minutes in steps:
        if act == "ring":
            person.rings(about=about)
        elif act == "over":
            person.is_over(about=about)
        person.wait(timedelta(minutes=minutes))
    heard = list(zip(person.heard, person.when, strict=True))
    for about in ("a", "b"):
        mine = [(kind, at) for (kind, _, one), at in heard if one == about]
        calls = [at for kind, at in mine if kind != "over"]
        assert all(later - earlier >= QUIET for earlier, later in pairwise(calls))
        rings = False
        for kind, _ in mine:
            assert rings == (kind != "alert"), mine
            rings = kind != "over"
