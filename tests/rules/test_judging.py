"""What rules say of a version: which is asked first, which last, and that none publishes."""

from collections.abc import Sequence
from datetime import UTC
from datetime import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from copytaster import query
from copytaster import rules
from copytaster.rules import Rule
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import decide
from tests.rules.making import answered
from tests.rules.making import facts
from tests.rules.making import read
from tests.rules.making import table
from tests.verdict.making import PROFILE
from tests.verdict.making import clock
from tests.verdict.making import message
from tests.verdict.strategies import INSTANTS
from tests.verdict.strategies import told

GALE = "phrase:gale"
NOTHING = "phrase:earthquake"


def test_what_answers_is_held_and_what_does_not_goes_its_way() -> None:
    found = read(table())
    assert rules.judged(found, facts()).hold == found[0]
    assert rules.judged(found, facts("The ferry runs again.")) == rules.Judgement()
    assert rules.judged((), facts()) == rules.Judgement()


def test_a_rule_that_is_not_enabled_is_not_asked() -> None:
    assert rules.judged(read(table(enabled=False)), facts()) == rules.Judgement()


def test_after_a_pass_no_rule_is_asked() -> None:
    found = read(
        table("hold-storms"),
        table("weather-office", when="agency:seaboard", then="pass", priority=9),
    )
    assert answered(rules.judged(found, facts())) == ["weather-office"]
    assert rules.judged(found, facts()).hold is None
    assert rules.judged(found, facts(agency="other")).hold == found[1]


def test_a_stop_keeps_what_was_asked_before_it() -> None:
    found = read(table("one"), table("two", then="notify", stop=True), table("three"))
    assert answered(rules.judged(found, facts())) == ["one", "two"]


def test_the_first_that_holds_gives_the_reason_and_all_may_call() -> None:
    found = read(
        table("low", priority=-5, notify=True),
        table("bell", then="notify"),
        table("quiet"),
    )
    judgement = rules.judged(found, facts())
    assert answered(judgement) == ["bell", "quiet", "low"]
    assert judgement.hold is not None
    assert judgement.hold.name == "quiet"
    assert [rule.name for rule in judgement.calls] == ["bell", "low"]


def test_of_many_rules_each_that_answers_is_found() -> None:
    many = [
        table(f"r{n}", when='phrase:"storm warning"' if n % 7 == 3 else NOTHING) for n in range(60)
    ]
    found = rules.judged(read(*many), facts())
    assert answered(found) == [f"r{n}" for n in range(60) if n % 7 == 3]


TABLES = st.builds(
    table,
    name=st.just("x"),
    when=st.sampled_from(
        ['phrase:"storm warning"', GALE, "agency:seaboard", f"not {GALE}", NOTHING]
    ),
    then=st.sampled_from(["hold", "pass", "notify"]),
    priority=st.integers(-2, 2),
    stop=st.booleans(),
    notify=st.booleans(),
    enabled=st.booleans(),
)
HOUSES = st.lists(TABLES, max_size=8).map(
    lambda written: read(*(one.replace('"x"', f'"x{n}"') for n, one in enumerate(written)))
)
TEXTS = st.sampled_from(["A storm warning and a gale.", "A gale.", "A storm warning.", "Calm."])


def _one_by_one(house: Sequence[Rule], text: str) -> list[str]:
    """What the rules are by their definition."""
    named = []
    for rule in house:
        if rule.enabled and rules.judged([rule], facts(text)).matched:
            named.append(rule.name)
            if rule.stop or rule.then is rules.Then.let_pass:
                break
    return named


@settings(deadline=None, max_examples=40)
@given(HOUSES, TEXTS)
def test_all_at_once_is_one_after_the_other(house: Sequence[Rule], text: str) -> None:
    assert answered(rules.judged(house, facts(text))) == _one_by_one(house, text)
    assert rules.answers_any(house, facts(text)) is bool(rules.judged(house, facts(text)).matched)


@settings(deadline=None, max_examples=40)
@given(HOUSES, TABLES, TEXTS)
def test_one_more_rule_that_ends_nothing_lets_nothing_go(
    house: Sequence[Rule], more: str, text: str
) -> None:
    [rule] = read(more.replace('"x"', '"more"'))
    rule = msgspec.structs.replace(rule, stop=False)
    if rule.then is rules.Then.let_pass:
        return
    grown = sorted([*house, rule], key=lambda one: -one.priority)
    if rules.judged(house, facts(text)).hold is not None:
        assert rules.judged(grown, facts(text)).hold is not None


@settings(deadline=None, max_examples=40)
@given(told(), HOUSES, INSTANTS)
def test_no_rules_make_anything_public(
    said: tuple[list[Message], list[Decision]], house: Sequence[Rule], now: datetime
) -> None:
    """For any messages, decisions and rules: what is not live without rules is not with them, and
    what is killed stays so."""
    messages, decisions = said
    held = [
        Decision(
            id=f"rule-{place}",
            kind=DecisionKind.hold,
            at=max(clock("23:00"), one.arrival.received),
            reason=judgement.hold.name,
            by="copytaster",
            content_hash=one.item.content_hash,
            code="house-rule",
        )
        for place, one in enumerate(messages)
        if one.target is None
        and (judgement := rules.judged(house, facts(one.item.headline or "")))
        and judgement.hold is not None
    ]
    without = decide(messages, decisions, PROFILE, now)
    ruled = decide(messages, [*decisions, *held], PROFILE, now)
    assert ruled.state is not State.live or without.state is State.live
    assert without.state is not State.killed or ruled.state is State.killed
    assert not held or ruled.state is not State.live


def test_asking_two_hundred_rules_of_a_long_text_is_bounded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Counted, not timed: for a text that answers nothing the words are prepared once."""
    asked: list[object] = []
    real = query.matches

    def matches(wanted: query.Query, of: query.Facts, now: datetime) -> bool:
        asked.append(wanted)
        return real(wanted, of, now)

    monkeypatch.setattr(query, "matches", matches)
    many = read(*(table(f"r{n}", when=f"phrase:word{n}") for n in range(200)))
    assert rules.judged(many, facts("calm " * 10_000)).matched == ()
    assert len(asked) == 1
    assert answered(rules.judged(many, facts("calm " * 10_000 + "word7"))) == ["r7"]
    assert len(asked) <= 2 + 2 * 8


def test_every_decision_of_a_rule_is_lifted_by_a_release() -> None:
    one = message("A storm warning.", made="09:00", received="09:00")
    hold = Decision(
        id="a",
        kind=DecisionKind.hold,
        at=clock("09:00"),
        reason="storms",
        by="copytaster",
        code="house-rule",
    )
    ruled = decide([one], [hold], PROFILE, datetime(2026, 3, 2, 10, tzinfo=UTC))
    assert [(reason.code, reason.detail) for reason in ruled.reasons] == [("house-rule", "storms")]
    release = Decision(
        id="b",
        kind=DecisionKind.release,
        at=clock("09:30"),
        reason="desk",
        by="an editor",
        content_hash=one.item.content_hash,
    )
    assert decide([one], [hold, release], PROFILE, clock("10:00")).state is State.live
