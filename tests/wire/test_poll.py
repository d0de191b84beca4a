"""When a feed is asked again: arithmetic, so tables and properties."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.wire.http import Fetched
from copytaster.wire.poll import UNCONDITIONAL
from copytaster.wire.poll import Limits
from copytaster.wire.poll import Outcome
from copytaster.wire.poll import PollState
from copytaster.wire.poll import Seen
from copytaster.wire.poll import Sort
from copytaster.wire.poll import alarms
from copytaster.wire.poll import conditions
from copytaster.wire.poll import decode
from copytaster.wire.poll import encode
from copytaster.wire.poll import endings
from copytaster.wire.poll import for_url
from copytaster.wire.poll import learn
from copytaster.wire.poll import missed
from copytaster.wire.poll import outcome
from copytaster.wire.poll import plan
from copytaster.wire.poll import sort

NOW = datetime(2025, 12, 4, 12, 0, tzinfo=UTC)  # a Thursday
LIMITS = Limits(floor=60, ceiling=3600)
SAME = Outcome(status=304)
NEW = PollState()


def fresh(sha256: str = "a", **more) -> Outcome:
    return Outcome(status=200, sha256=sha256, **more)


def answered(status: int, **headers: str) -> Outcome:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return outcome(Fetched(status=status, headers=named, body=b"", final_url="http://x/"), "h", NOW)


def wait(state: PollState, now: datetime = NOW) -> float:
    assert state.next_poll is not None
    return (state.next_poll - now).total_seconds()


def after(*outcomes: Outcome, state: PollState = NEW, jitter: float = 0.0) -> PollState:
    for one in outcomes:
        state = plan(state, one, LIMITS, NOW, jitter)
    return state


# --- how often -------------------------------------------------------------------------------


def test_a_new_feed_is_polled_at_its_floor():
    assert wait(after(fresh())) == 60


def test_a_run_of_304_grows_the_wait_to_the_ceiling():
    waits = [wait(after(*[SAME] * n)) for n in range(1, 31)]
    assert waits == sorted(waits)
    assert (waits[0] < 100, waits[-1]) == (True, 3600)


def test_a_fresh_item_halves_the_wait():
    quiet = after(fresh(), *[SAME] * 10)
    assert wait(after(fresh("b"), state=quiet)) == pytest.approx(wait(quiet) / 2)


def test_the_wait_is_no_longer_than_half_the_time_it_was_quiet():
    state = learn(after(fresh()), Seen(sha256="a", total=1, new=1), LIMITS, NOW, 0)
    later = NOW + timedelta(minutes=10)
    for _ in range(30):
        state = plan(state, SAME, LIMITS, later, 0)
    assert wait(state, later) == 300


def test_a_body_that_changes_without_news_is_no_reason_to_ask_more_often():
    state = PollState()
    for n in range(30):
        state = plan(state, fresh(str(n)), LIMITS, NOW, 0)
        state = learn(state, Seen(sha256=str(n), total=5, new=0), LIMITS, NOW, 0)
    assert wait(state) == 3600


def test_jitter_spreads_the_polls_but_not_below_the_floor():
    quiet = after(*[SAME] * 8)
    spread = [wait(after(SAME, state=quiet, jitter=j)) for j in (-0.1, 0.0, 0.1)]
    assert spread[1] * 0.9 == pytest.approx(spread[0])
    assert spread[1] * 1.1 == pytest.approx(spread[2])
    assert wait(after(fresh(), jitter=-0.1)) == 60


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache_control": "max-age=600"}, 600),
        ({"cache_control": "public, MAX-AGE=600"}, 600),
        ({"cache_control": 'max-age="600"'}, 600),
        ({"cache_control": "max-age=600", "age": "200"}, 400),
        ({"cache_control": "max-age=99999999"}, 3600),
        ({"cache_control": "no-cache, max-age=600"}, 75),
        ({"cache_control": "s-maxage=600"}, 75),
        ({"cache_control": "max-age=-5"}, 75),
        ({"cache_control": "max-age=lots"}, 75),
        ({}, 75),
    ],
)
def test_a_server_may_ask_for_less_traffic_up_to_the_ceiling(headers, seconds):
    assert wait(after(answered(304, **headers))) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "7200"}, 7200),
        ({"retry_after": " 7200 "}, 7200),
        ({"retry_after": "Thu, 04 Dec 2025 14:00:00 GMT"}, 7200),
        (
            {
                "retry_after": "Thu, 04 Dec 2025 14:00:00 GMT",
                "date": "Thu, 04 Dec 2025 13:00:00 GMT",
            },
            3600,
        ),
        ({"retry_after": "999999999"}, 86400),
        ({"retry_after": "Thu, 04 Dec 2024 14:00:00 GMT"}, 300),
        ({"retry_after": "soon"}, 300),
        ({"retry_after": "-1"}, 300),
        ({"retry_after": "9" * 5000}, 300),
        ({}, 300),
    ],
)
def test_429_waits_as_long_as_it_says_in_seconds_or_by_date(headers, seconds):
    assert wait(after(answered(429, **headers))) == seconds


@pytest.mark.parametrize("status", [200, 304, 500, 503])
def test_retry_after_counts_with_any_status(status):
    assert wait(after(answered(status, retry_after="5000"))) == 5000


def test_errors_double_the_wait_up_to_the_ceiling():
    failed = Outcome(error="no connection")
    waits = [wait(after(*[failed] * n)) for n in range(1, 9)]
    assert waits == [120, 240, 480, 960, 1920, 3600, 3600, 3600]


def test_refusals_double_from_minutes_to_hours():
    waits = [wait(after(*[answered(403)] * n)) for n in range(1, 9)]
    assert waits == [300, 600, 1200, 2400, 4800, 9600, 19200, 21600]


def test_a_good_answer_forgets_the_errors():
    state = after(*[answered(500)] * 6, SAME)
    assert (state.failures, state.error, state.last_ok) == (0, None, NOW)
    assert wait(state) < 100


@pytest.mark.parametrize(
    ("hints", "at", "seconds"),
    [
        ({"ttl": 900.0}, NOW, 900),
        ({"ttl": 90000.0}, NOW, 3600),
        ({"skip_hours": (12,)}, NOW, 3600),
        ({"skip_hours": (3,)}, NOW, 75),
        ({"skip_days": ("Thursday",)}, NOW, 3600),
        ({"skip_days": ("Sunday", "nonsense")}, NOW, 75),
        ({"skip_hours": tuple(range(24))}, NOW, 3600),
    ],
)
def test_a_feed_may_ask_for_less_traffic_up_to_the_ceiling(hints, at, seconds):
    state = learn(after(fresh()), Seen(sha256="a", total=1, new=1, **hints), LIMITS, at, 0)
    assert wait(plan(state, SAME, LIMITS, at + timedelta(seconds=1), 0), at) == pytest.approx(
        seconds, abs=20
    )


def test_what_was_read_never_brings_the_next_poll_forward():
    state = after(answered(200, retry_after="5000"))
    assert learn(state, Seen(sha256="h", total=1, new=1), LIMITS, NOW, 0).next_poll == (
        state.next_poll
    )


outcomes = st.builds(
    Outcome,
    status=st.sampled_from([None, 200, 204, 301, 304, 401, 403, 404, 429, 500, 503]),
    sha256=st.sampled_from(["a", "b", "c"]),
    error=st.none() | st.just("no"),
    retry_after=st.none() | st.floats(0, 1e12),
    max_age=st.none() | st.floats(0, 1e12),
    moved_to=st.sampled_from([None, "http://new/"]),
)
sights = st.builds(
    Seen,
    sha256=st.sampled_from(["a", "b", "c"]),
    total=st.integers(0, 3),
    new=st.integers(0, 3),
    dead=st.sampled_from([None, None, "no feed"]),
    ttl=st.none() | st.floats(0, 1e12),
    skip_hours=st.lists(st.integers(0, 23)).map(tuple),
)


@given(
    st.lists(st.tuples(outcomes | sights, st.floats(-0.1, 0.1)), max_size=40),
    st.floats(1, 100),
    st.floats(1, 100),
)
def test_a_poll_is_never_below_the_floor_and_never_beyond_a_day(steps, floor, factor):
    limits, state, now = Limits(floor=floor, ceiling=floor * factor), PollState(), NOW
    for step, jitter in steps:
        if isinstance(step, Outcome):
            state = plan(state, step, limits, now, jitter)
            assert wait(state, now) >= floor * 0.999999
        else:
            state = learn(state, step, limits, now, jitter)
        if state.next_poll is not None:
            assert wait(state, now) <= 24 * 3600
            now = max(now, state.next_poll)
        assert decode(encode(state)) == state


# --- what to send ----------------------------------------------------------------------------


def test_validators_are_sent_exactly_as_they_came():
    state = after(fresh(etag='W/"x\xe9" ', last_modified="Thu, 4 Dec 2025 23:10 IST"))
    assert conditions(state) == {
        "if-none-match": 'W/"x\xe9" ',
        "if-modified-since": "Thu, 4 Dec 2025 23:10 IST",
    }


def test_a_304_may_change_a_validator_and_keeps_the_other():
    state = after(fresh(etag='"1"', last_modified="then"), Outcome(status=304, etag='"2"'))
    assert (state.etag, state.last_modified) == ('"2"', "then")


def test_a_200_without_validators_takes_them_away():
    assert conditions(after(fresh(etag='"1"'), fresh("b"))) == {}


def test_a_failure_keeps_the_validators():
    assert after(fresh(etag='"1"'), answered(500, etag='"error"')).etag == '"1"'


def test_one_poll_in_a_hundred_is_unconditional():
    asked = [bool(conditions(PollState(etag='"1"', polls=n))) for n in range(2 * UNCONDITIONAL)]
    assert [n for n, conditional in enumerate(asked) if not conditional] == [99, 199]


def test_another_address_gets_no_validators_of_the_old_one():
    old = after(fresh(etag='"1"'), answered(410), state=PollState(url="http://a/", opened=NOW))
    new = for_url(old, "http://b/")
    assert conditions(new) == {}
    assert (new.stopped, new.opened, new.sha256) == (False, NOW, None)
    assert for_url(new, "http://b/") is new


# --- what an answer is -----------------------------------------------------------------------


def test_the_same_body_again_is_not_fresh_but_an_earlier_one_is():
    state = after(fresh("a"))
    assert sort(state, fresh("a")) is Sort.same
    assert sort(after(fresh("b"), state=state), fresh("a")) is Sort.fresh


def test_a_body_that_is_no_feed_is_handed_in_once_and_its_validators_forgotten():
    state = after(fresh("good"), fresh("error page", etag='"e"'))
    state = learn(state, Seen(sha256="error page", dead="HTML, not a feed"), LIMITS, NOW, 0)
    assert conditions(state) == {}
    assert state.error == "HTML, not a feed"
    assert sort(state, fresh("error page")) is Sort.dead
    assert sort(state, fresh("good")) is Sort.fresh


def test_a_body_that_is_no_feed_slows_polling_like_an_error():
    state = PollState()
    waits = []
    for n in range(6):
        state = plan(state, fresh(str(n)), LIMITS, NOW, 0)
        state = learn(state, Seen(sha256=str(n), dead="HTML"), LIMITS, NOW, 0)
        waits.append(wait(state))
    assert waits == [120, 240, 480, 960, 1920, 3600]
    well = learn(state, Seen(sha256="x", total=1, new=1), LIMITS, NOW, 0)
    assert (well.dead_run, well.error) == (0, None)


def test_a_late_word_on_an_older_body_leaves_the_newer_ones_validators():
    state = after(fresh("bad"), fresh("good", etag='"g"'))
    state = learn(state, Seen(sha256="bad", dead="HTML"), LIMITS, NOW, 0)
    assert state.etag == '"g"'
    assert sort(state, fresh("good")) is Sort.same


def test_the_bodies_remembered_as_dead_are_few():
    state = PollState()
    for n in range(50):
        state = learn(state, Seen(sha256=str(n), dead="HTML"), LIMITS, NOW, 0)
    assert state.dead == tuple(str(n) for n in range(42, 50))


def test_410_stops_for_good_and_calls_a_person():
    before = after(fresh())
    state = after(answered(410), state=before)
    assert (state.stopped, state.next_poll) == (True, None)
    assert [alarm.code for alarm in alarms("s", before, state)] == ["feed-gone"]
    assert learn(state, Seen(sha256="a", total=1), LIMITS, NOW, 0).next_poll is None


def test_a_person_may_start_a_stopped_feed_again():
    assert not after(answered(410), fresh("b")).stopped


def rung(status: int, times: int) -> list[tuple[int, str]]:
    state, bells = after(fresh()), []
    for n in range(1, times + 1):
        was, state = state, after(answered(status), state=state)
        bells += [(n, alarm.code) for alarm in alarms("s", was, state)]
    return bells


def test_404_calls_a_person_at_the_third_and_again_later():
    assert rung(404, 40) == [(3, "feed-missing"), (30, "feed-missing")]


def test_failures_call_a_person_at_the_third_and_again_later():
    assert rung(500, 40) == [(3, "feed-failing"), (30, "feed-failing")]
    assert rung(403, 3) == [(3, "feed-failing")]


def test_bodies_that_are_no_feed_call_a_person_at_the_third():
    state, bells = PollState(), []
    for n in range(4):
        was = after(fresh(str(n)), state=state)
        state = learn(was, Seen(sha256=str(n), dead="HTML"), LIMITS, NOW, 0)
        bells.append([alarm.code for alarm in alarms("s", was, state)])
    assert bells == [[], [], ["feed-dead"], []]


def test_a_move_for_good_is_proposed_after_three_consistent_answers():
    moved = fresh("a", moved_to="https://new.example/feed?key=secret")
    state, bells = PollState(), []
    for one in (moved, fresh("a"), moved, answered(500), moved, moved, moved):
        was, state = state, after(one, state=state)
        bells.append([alarm for alarm in alarms("s", was, state) if alarm.code == "feed-moved"])
    assert [len(each) for each in bells] == [0, 0, 0, 0, 0, 1, 0]
    assert "https://new.example/feed," in bells[5][0].text
    assert "secret" not in bells[5][0].text
    elsewhere = fresh("a", moved_to="https://other.example/")
    assert after(elsewhere, state=state).moved_times == 1


def ended(state: PollState) -> set[str]:
    return set(endings(state))


def test_a_feed_that_answers_again_is_failing_no_more():
    failing = after(answered(404), answered(404), answered(404))
    assert ended(NEW) == ended(failing) == set()
    assert ended(after(fresh(), state=failing)) >= {"feed-missing", "feed-failing", "feed-gone"}
    assert ended(after(answered(410))) == set()


def test_a_feed_is_alive_again_when_a_body_was_read():
    dead = learn(after(fresh("a")), Seen(sha256="a", dead="HTML"), LIMITS, NOW, 0)
    came = after(fresh("b"), state=dead)
    assert "feed-dead" not in ended(dead) | ended(came), "a body came; nobody has read it yet"
    assert "feed-dead" in ended(learn(came, Seen(sha256="b", total=1), LIMITS, NOW, 0))


def test_a_move_is_over_when_the_address_answers_itself():
    moved = after(fresh("a", moved_to="https://new.example/feed"))
    assert "feed-moved" not in ended(moved)
    assert "feed-moved" in ended(after(fresh("b"), state=moved))


def test_a_gap_is_never_over_by_itself():
    state = after(fresh(), fresh("b"))
    state = learn(state, Seen(sha256="b", total=2, new=1), LIMITS, NOW, 0)
    assert "feed-gap" not in ended(state)


# --- gaps ------------------------------------------------------------------------------------

EARLY, LATE = NOW - timedelta(hours=2), NOW - timedelta(hours=1)


def test_a_document_whose_items_are_all_new_and_later_than_all_kept_leaves_a_gap():
    seen = Seen(sha256="a", total=3, new=3, oldest=LATE, newest=NOW, newest_before=EARLY)
    assert missed(NEW, seen) == (EARLY, LATE)


@pytest.mark.parametrize(
    "changed",
    [
        {"new": 2},
        {"total": 0, "new": 0},
        {"oldest": EARLY},
        {"oldest": EARLY - timedelta(hours=1)},
        {"oldest": None},
        {"newest_before": None},
        {"dead": "HTML"},
    ],
)
def test_where_two_polls_meet_there_is_no_gap(changed):
    seen = Seen(sha256="a", total=3, new=3, oldest=LATE, newest=NOW, newest_before=EARLY)
    assert missed(NEW, msgspec.structs.replace(seen, **changed)) is None


def test_the_newest_item_is_remembered_where_nobody_says_it():
    seen = Seen(sha256="a", total=1, new=1, oldest=LATE, newest=LATE)
    assert missed(NEW, seen) is None
    assert missed(PollState(newest_item=EARLY), seen) == (EARLY, LATE)
    assert missed(PollState(newest_item=LATE), seen) is None


def test_a_gap_calls_a_person_at_once_and_a_run_of_them_not_each_time():
    state, bells = NEW, []
    for n in range(35):
        at = EARLY + timedelta(minutes=n)
        was = state
        state = learn(
            was, Seen(sha256=str(n), total=1, new=1, oldest=at, newest=at), LIMITS, NOW, 0
        )
        bells += [(n, alarm.text) for alarm in alarms("s", was, state)]
    assert [n for n, _ in bells] == [1, 3, 30]
    assert "2025-12-04T10:00:00+00:00 and 2025-12-04T10:01:00+00:00" in bells[0][1]
    met = learn(state, Seen(sha256="x", total=2, new=1, oldest=EARLY), LIMITS, NOW, 0)
    assert met.unseen_run == 0


def test_an_error_page_is_not_the_first_poll():
    page = learn(after(fresh("page")), Seen(sha256="page", dead="HTML"), LIMITS, NOW, 0)
    assert page.opened is None
    read = learn(after(fresh("a"), state=page), Seen(sha256="a", total=0), LIMITS, NOW, 0)
    assert learn(read, Seen(sha256="b", dead="HTML"), LIMITS, NOW, 0).opened == NOW


def test_what_was_read_is_remembered():
    state = learn(after(fresh()), Seen(sha256="a", total=1, new=1, newest=LATE), LIMITS, NOW, 0)
    assert (state.newest_item, state.last_new) == (LATE, NOW)
    state = learn(state, Seen(sha256="a", total=1, newest=EARLY), LIMITS, NOW, 0)
    assert state.newest_item == LATE


def test_nothing_kept_is_a_new_state():
    assert decode(None) == decode(b"") == PollState()
