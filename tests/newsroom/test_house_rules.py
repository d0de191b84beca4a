"""Rules of the house at the desk: asked of what arrives, and of nothing else; never lost."""

import os
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from copytaster import rules
from copytaster.agency import DRILL
from copytaster.agency import DRILL_SOURCE
from copytaster.newsroom.house_rules import HOUSE_RULE
from copytaster.newsroom.house_rules import Backtest
from copytaster.newsroom.house_rules import HouseRules
from copytaster.newsroom.house_rules import Match
from copytaster.newsroom.house_rules import RuleCalls
from copytaster.newsroom.house_rules import Trial
from copytaster.newsroom.house_rules import backtest
from copytaster.newsroom.house_rules import current
from copytaster.newsroom.house_rules import keep_trials
from copytaster.newsroom.house_rules import load
from copytaster.newsroom.house_rules import place
from copytaster.newsroom.house_rules import record
from copytaster.newsroom.house_rules import trials
from copytaster.newsroom.house_rules._force import LOOK
from copytaster.rules import Rule
from copytaster.rules import RulesError
from copytaster.rules import digest
from copytaster.store import Face
from copytaster.story import DecisionKind
from copytaster.story import State
from tests import blank
from tests.fuzz.mutations import Mutator
from tests.newsroom import test_joining as joining
from tests.newsroom.making import AGENCY
from tests.newsroom.making import MORNING
from tests.newsroom.making import House
from tests.newsroom.making import codes
from tests.newsroom.making import config
from tests.newsroom.making import house as a_house
from tests.newsroom.making import ninjs
from tests.newsroom.test_joining import ADD_1
from tests.newsroom.test_joining import BASE
from tests.newsroom.test_joining import FIRST
from tests.newsroom.test_joining import SECOND
from tests.pager import Pager
from tests.rules.making import file
from tests.rules.making import table

STORM = "A storm warning is in force for the whole coast, the weather office said on Monday."
CALM = "The ferry to Vester left the north quay at seven on Monday, the harbour office said."
TURN = 6.0
"""seconds after which the desk looks at its file again"""


def write(house: House, *tables: str) -> None:
    (house.data / "rules.toml").write_bytes(file(*tables))


def change(house: House, *tables: str) -> None:
    """Another file, once the desk has seen that nobody is writing it any more."""
    path = house.data / "rules.toml"
    before = path.stat().st_mtime_ns if path.exists() else 0
    write(house, *tables)
    os.utime(path, ns=(before + 10**9, before + 10**9))
    settle(house)


def settle(house: House) -> None:
    for _ in range(2):
        house.wait(seconds=TURN)


@pytest.fixture
def pager(house: House) -> Pager:
    house.desk.alert = pager = Pager()
    return pager


@pytest.fixture
def strict(house: House) -> House:
    """A house with one rule in force."""
    write(house, table())
    return house


def version(number: int, text: str) -> dict[str, str]:
    return {
        "version": str(number),
        "versioncreated": f"2026-03-02T08:{number:02d}:00Z",
        "text": text,
    }


# --- what is asked ---------------------------------------------------------------------------


def test_what_a_rule_holds_is_public_for_no_instant(strict: House) -> None:
    story = strict.send(text=STORM)
    assert (story.state, story.face, story.edition) == (State.held, Face.none, 0)
    assert [(reason.code, reason.detail) for reason in story.reasons] == [(HOUSE_RULE, "storms")]
    assert strict.desk.store.events(story=story.id) == []
    [decision] = strict.desk.store.history_of(story.id).decisions
    assert (decision.kind, decision.by, decision.code) == (
        DecisionKind.hold,
        "copytaster",
        HOUSE_RULE,
    )


def test_what_no_rule_holds_goes_its_way(strict: House) -> None:
    assert strict.send(text=CALM).state is State.live


def test_a_release_lifts_it_and_the_same_again_is_not_held_again(strict: House) -> None:
    strict.send(**version(1, STORM))
    assert strict.release().state is State.live
    again = strict.send(**version(2, STORM))
    assert again.state is State.live
    assert len(strict.desk.store.history_of(again.id).messages) == 2


def test_a_new_version_is_asked_anew(strict: House) -> None:
    strict.send(**version(1, STORM))
    strict.release()
    assert strict.send(**version(2, f"{STORM} Two ferries stay in port.")).state is State.held
    assert strict.release().state is State.live


def test_a_better_version_lifts_no_hold(strict: House) -> None:
    strict.send(**version(1, STORM))
    better = strict.send(**version(2, CALM))
    assert (better.state, codes(better)) == (State.held, [HOUSE_RULE])


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_the_order_of_arrival_does_not_matter(strict: House, order: tuple[int, int]) -> None:
    texts = {1: STORM, 2: CALM}
    for number in order:
        strict.send(**version(number, texts[number]))
    assert (strict.story().state, codes(strict.story())) == (State.held, [HOUSE_RULE])


def test_two_that_come_together_are_both_asked(strict: House) -> None:
    strict.receive(ninjs(**version(1, STORM)), ninjs(**version(2, f"{STORM} Again.")))
    decisions = strict.desk.store.history_of(strict.story().id).decisions
    assert len({decision.content_hash for decision in decisions}) == 2
    assert strict.release().state is State.live


def test_a_new_rule_leaves_what_was_live_alone(house: House) -> None:
    assert house.send(**version(1, STORM)).state is State.live
    change(house, table())
    house.wait(hours=1)
    assert house.story().state is State.live
    assert house.send(**version(2, STORM)).state is State.live, "the same content has come before"
    assert house.send(**version(3, f"{STORM} More.")).state is State.held


def test_a_kill_is_a_kill_and_nobody_is_called_for_its_words(strict: House) -> None:
    strict.desk.alert = pager = Pager()
    change(strict, table(notify=True))
    strict.send(**version(1, CALM))
    killed = strict.send(**version(2, STORM), pubstatus="canceled")
    assert (killed.state, codes(killed)) == (State.killed, ["canceled"])
    assert [code for code, _ in pager.calls if code == "rule-matched"] == []


def test_a_kill_of_what_a_rule_holds_stands(strict: House) -> None:
    strict.send(**version(1, STORM))
    assert strict.send(**version(2, STORM), pubstatus="canceled").state is State.killed


def test_what_is_for_editors_and_what_is_replayed_is_not_asked(strict: House) -> None:
    advisory = strict.send("urn:seaboard:plan", text=STORM, editorialtypes=["Advisory"])
    assert codes(advisory) == ["advisory"]
    assert strict.desk.store.history_of(advisory.id).decisions == ()
    strict.receive(strict.delivery(ninjs("urn:seaboard:old", text=STORM), archive=True))
    assert codes(strict.story("urn:seaboard:old")) == ["backfill"]


def test_a_drill_is_not_asked(house: House) -> None:
    """A rule that holds everything must not keep the way of a kill from being walked."""
    write(house, table(when="not phrase:earthquake", notify=True))
    house.desk.alert = pager = Pager()
    held = house.send(text=CALM)
    assert held.state is State.held
    data = ninjs("urn:drill:1", text=CALM, provider=DRILL.name)
    house.receive(house.delivery(data, agency=DRILL.id, source=DRILL_SOURCE))
    drill = house.desk.store.story(house.desk.find(DRILL.id, "urn:drill:1") or "")
    assert drill is not None
    assert drill.drill
    assert house.desk.store.history_of(drill.id).decisions == ()
    assert [about for code, about in pager.about if code == "rule-matched"] == [held.id]


def test_a_pass_publishes_nothing_that_the_desk_holds(house: House) -> None:
    write(house, table(when=f"agency:{AGENCY}", then="pass", priority=9))
    assert house.send(text=STORM, pubstatus="perhaps").state is not State.live
    assert house.send("urn:seaboard:other", headline=None, text=STORM).state is not State.live


def test_a_section_that_a_code_means_is_asked_as_its_front_is(house: House) -> None:
    write(house, table(when="section:weather"))
    held = house.send(subjects=[{"name": "weather", "uri": "medtop:17000000"}], text=CALM)
    assert codes(held) == [HOUSE_RULE]


@pytest.mark.anyio
@pytest.mark.parametrize("order", [(BASE, ADD_1), (ADD_1, BASE)])
async def test_a_further_part_that_a_rule_holds_is_not_read_in_its_story(
    house: House, order: tuple[bytes, ...]
) -> None:
    write(house, table(when="phrase:silted"))
    for one in order:
        joining.receive(house, one)
    assert await joining.text(house) == [FIRST]
    add = joining.story(house, 62)
    assert HOUSE_RULE in codes(add)
    house.now += timedelta(seconds=1)
    house.desk.decide(add.id, DecisionKind.release, reason="desk", by="an editor")
    house.desk.settle()
    assert await joining.text(house) == [FIRST, SECOND]


# --- whom it calls ---------------------------------------------------------------------------


def told(pager: Pager) -> list[str]:
    return [text for code, text in pager.calls if code == "rule-matched"]


def test_a_rule_that_only_calls_holds_nothing(house: House, pager: Pager) -> None:
    write(house, table(then="notify"))
    story = house.send(text=STORM)
    assert story.state is State.live
    assert ("rule-matched", story.id) in pager.about
    [text] = told(pager)
    assert text.startswith(f"rule storms: story {story.id} of {AGENCY}; Ring the weather office.")
    assert text.endswith("look at it, and hold or kill it if it must not be there")


def test_a_rule_that_holds_calls_only_if_it_says_so(house: House, pager: Pager) -> None:
    write(house, table(), table("gales", when="phrase:gale", notify=True))
    house.send(text=STORM)
    assert told(pager) == []
    story = house.send("urn:2", text="A gale.")
    assert [
        text.endswith(f"It is held: `copytaster release {story.id}` lets it go")
        for text in told(pager)
    ] == [True]


def test_a_burst_makes_one_call_at_once_and_one_when_ten_minutes_are_over(
    house: House, pager: Pager
) -> None:
    write(house, table(notify=True))
    for number in range(12):
        house.send(f"urn:seaboard:{number}", text=f"{STORM} Number {number}.")
        house.now += timedelta(seconds=1)
    assert len(told(pager)) == 1
    house.wait(minutes=9)
    assert len(told(pager)) == 1
    house.wait(minutes=1)
    assert len(told(pager)) == 2
    assert "11 more since 09:00 UTC" in told(pager)[1]
    house.wait(hours=1)
    assert len(told(pager)) == 2


def test_a_story_that_comes_when_they_are_over_tells_of_those_before_it() -> None:
    [rule] = rules.read(file(table(notify=True)), "rules.toml")
    calls = RuleCalls()
    told: list[str] = []
    for number, minutes in enumerate((0, 1, 2, 10, 11), 1):
        match = Match(rule=rule, story=f"story{number}", agency=AGENCY, is_held=True)
        made, state = calls.of([match], MORNING + timedelta(minutes=minutes))
        calls.keep(state)
        told += [call.text.split(";")[0] for call in made]
    assert told == [
        f"rule storms: story story1 of {AGENCY}",
        f"rule storms: story story4 of {AGENCY}, and 2 before it since 09:00 UTC",
    ]
    [rest], _ = calls.over(MORNING + timedelta(minutes=20))
    assert rest.text.startswith("rule storms: 1 more since 09:10 UTC, the last story story5 of")
    assert rest.about == "story5"


def test_calls_that_were_not_kept_are_made_again() -> None:
    [rule] = rules.read(file(table(notify=True)), "rules.toml")
    calls = RuleCalls()
    match = Match(rule=rule, story="story", agency=AGENCY, is_held=True)
    assert [len(calls.of([match], MORNING)[0]) for _ in range(2)] == [1, 1]


def test_two_rules_about_one_story_are_one_call(house: House, pager: Pager) -> None:
    write(house, table(then="notify"), table("coast", when="phrase:coast", notify=True))
    house.send(text=STORM)
    [text] = told(pager)
    assert [part.split(":")[0] for part in text.split(" | ")] == ["rule storms", "rule coast"]


def test_of_a_story_that_is_killed_nobody_is_called(strict: House) -> None:
    strict.send(**version(1, CALM))
    strict.kill()
    strict.desk.alert = pager = Pager()
    change(strict, table(notify=True))
    strict.send(**version(2, STORM))
    assert (strict.story().state, told(pager)) == (State.killed, [])


# --- the file --------------------------------------------------------------------------------


def test_a_changed_file_counts_without_a_restart(strict: House) -> None:
    assert strict.send("urn:1", text=STORM).state is State.held
    change(strict, table(when="phrase:gale"))
    assert strict.send("urn:2", text=f"{STORM} Two.").state is State.live
    assert strict.send("urn:3", text="A gale.").state is State.held


def test_a_file_that_is_being_written_is_not_read(strict: House) -> None:
    """Half a file may be a file: one without its last rule."""
    strict.send("urn:0", text=CALM)
    strict.now += timedelta(seconds=TURN)
    write(strict)
    assert strict.send("urn:1", text=STORM).state is State.held
    strict.now += timedelta(seconds=TURN)
    write(strict, table(), table("gales", when="phrase:gale"))
    assert strict.send("urn:2", text=f"{STORM} Two.").state is State.held
    settle(strict)
    assert strict.send("urn:3", text="A gale.").state is State.held


def test_a_broken_file_takes_no_rule_away_and_calls(strict: House) -> None:
    strict.send("urn:0", text=CALM)
    strict.desk.alert = pager = Pager()
    change(strict, table(then="publish"))
    [(code, text)] = pager.calls
    assert code == "rules-broken"
    assert "rules.toml:4: rule 'storms': then: expected 'hold', 'pass' or 'notify'" in text
    assert "1 rules read before stay in force" in text
    assert strict.send("urn:1", text=STORM).state is State.held
    change(strict, table())
    assert pager.open == set()


def test_a_broken_file_takes_no_rule_away_over_a_restart(strict: House) -> None:
    strict.send("urn:0", text=CALM)
    (strict.data / "rules.toml").write_bytes(b"[[rule]\n")
    strict.restart()
    assert strict.send("urn:1", text=STORM).state is State.held


@pytest.mark.parametrize("restarts", [False, True])
def test_a_file_that_has_gone_takes_no_rule_away(strict: House, *, restarts: bool) -> None:
    strict.send("urn:0", text=CALM)
    (strict.data / "rules.toml").unlink()
    if restarts:
        strict.restart()
    strict.desk.alert = pager = Pager()
    settle(strict)
    assert [code for code, _ in pager.calls] == ["rules-broken"]
    assert strict.send("urn:1", text=STORM).state is State.held


def test_an_empty_file_takes_them_away(strict: House) -> None:
    strict.send("urn:0", text=CALM)
    change(strict)
    assert strict.send("urn:1", text=STORM).state is State.live
    (strict.data / "rules.toml").unlink()
    strict.restart()
    strict.desk.alert = pager = Pager()
    settle(strict)
    assert strict.send("urn:2", text=f"{STORM} Two.").state is State.live
    assert pager.calls == []


def test_a_broken_file_from_the_beginning_calls_and_nothing_stalls(house: House) -> None:
    house.desk.alert = pager = Pager()
    (house.data / "rules.toml").write_bytes(b"\xff")
    assert house.send(text=STORM).state is State.live
    [(code, text)] = pager.calls
    assert code == "rules-broken"
    assert "no rule is in force until it is mended" in text


def test_whatever_the_file_becomes_no_rule_is_lost_by_a_fault(tmp_path: Path) -> None:
    """For any bytes: either they are a rules file, and count, or what counted before does."""
    path = tmp_path / "rules.toml"
    chance = Random(4711)
    mutator = Mutator(chance, [rules.begun(), file(table(), table("gales", when="phrase:gale"))])
    store = blank.in_memory()
    known = HouseRules(path, store, None)
    expected: tuple[Rule, ...] = ()
    pager, now, read, broken = Pager(), MORNING, 0, 0
    for turn in range(60):
        data = mutator.next()
        path.write_bytes(data)
        os.utime(path, ns=(turn, turn))
        try:
            expected, read = rules.read(data, str(path)), read + 1
        except RulesError:
            broken += 1
        for _ in range(2):
            now += LOOK
            known.look(now, pager)
        assert known.in_force == expected
        again = HouseRules(path, store, None)
        again.look(now, Pager())
        assert again.in_force == expected
    assert min(read, broken) >= 5
    store.close()


def test_a_file_may_stand_elsewhere_and_must_then_be_there(tmp_path: Path) -> None:
    named = tmp_path / "house.toml"
    settings = config(rules={"file": str(named)})
    assert place(settings, tmp_path / "data") == named
    with a_house(tmp_path / "data", settings) as house:
        house.desk.alert = pager = Pager()
        house.send("urn:0", text=CALM)
        assert [code for code, _ in pager.calls] == ["rules-broken"]
        named.write_bytes(file(table()))
        settle(house)
        assert pager.open == set()
        assert house.send("urn:1", text=STORM).state is State.held


def test_whoever_looks_sees_what_is_in_force_and_what_is_wrong(strict: House) -> None:
    path = strict.data / "rules.toml"
    strict.send("urn:0", text=CALM)
    assert current(strict.settings, path, strict.desk.store) == (load(path, None), None)
    in_force = load(path, None)
    path.write_bytes(b"[[rule]\n")
    found, fault = current(strict.settings, path, strict.desk.store)
    assert found == in_force
    assert fault is not None
    assert "rules.toml:1: not TOML" in fault


# --- trying ----------------------------------------------------------------------------------


@pytest.fixture
def day(strict: House) -> House:
    """Three versions held by the rule of the house, and five that were not."""
    for number in range(3):
        strict.send(f"urn:storm:{number}", text=f"{STORM} Number {number}.")
    strict.now += timedelta(minutes=30)
    for number in range(4):
        strict.send(
            f"urn:calm:{number}", text=f"{CALM} Number {number}.", headline=f"Calm {number}"
        )
    strict.send("urn:gale", text="A gale is due in the evening.", headline="Gale due")
    strict.receive(strict.delivery(ninjs("urn:old", text=STORM), archive=True))
    strict.now += timedelta(minutes=30)
    return strict


def tried(house: House, *tables: str, hours: float = 24.0) -> Backtest:
    asked = rules.read(file(*tables), "new.toml")
    seen: list[int] = []
    done = backtest(
        house.desk.house,
        house.desk.store,
        asked,
        house.now - timedelta(hours=hours),
        house.now,
        seen.append,
    )
    assert seen == sorted(seen)
    return done


def test_the_same_rules_would_have_done_the_same(day: House) -> None:
    done = tried(day, table())
    assert (done.versions, done.held, done.more, done.fewer) == (8, 3, (), ())
    assert (done.matches, done.holds) == ({"storms": 3}, {"storms": 3})


def test_changed_rules_show_exactly_what_goes_another_way(day: House) -> None:
    done = tried(
        day, table("gales", when="phrase:gale"), table("bell", when="phrase:harbour", then="notify")
    )
    assert [(one.rule, one.headline) for one in done.more] == [("gales", "Gale due")]
    assert [one.rule for one in done.fewer] == ["storms"] * 3
    assert {one.story for one in done.fewer} == {
        day.story(f"urn:storm:{number}").id for number in range(3)
    }
    assert done.matches == {"gales": 1, "bell": 4}
    assert done.held == 1


def test_only_the_period_is_looked_at(day: House) -> None:
    done = tried(day, table(), hours=0.75)
    assert (done.versions, done.held, done.fewer) == (5, 0, ())


def test_a_rule_that_would_hold_everything_is_named(day: House) -> None:
    done = tried(
        day, table("all", when=f"agency:{AGENCY}"), table("few", when="phrase:gale", priority=5)
    )
    assert (done.holds, done.too_much) == ({"few": 1, "all": 7}, ["all"])
    assert tried(day, table("none", when="phrase:earthquake")).too_much == []


def test_a_backtest_changes_no_story(day: House) -> None:
    before = {guid: day.story(guid) for guid in ("urn:storm:0", "urn:gale")}
    tried(day, table("all", when=f"agency:{AGENCY}"))
    assert {guid: day.story(guid) for guid in before} == before


def test_what_an_editor_released_counts_as_held_then(day: House) -> None:
    day.release("urn:storm:0")
    assert tried(day, table()).more == ()


def test_the_store_remembers_which_rules_were_tried(day: House) -> None:
    assert trials(day.desk.store) == {}
    done = tried(day, table(), table("off", enabled=False))
    keep_trials(day.desk.store, record(done))
    known = trials(day.desk.store)
    assert list(known) == [digest(done.rules[0])]
    assert known[digest(done.rules[0])] == Trial(
        at=day.now, since=day.now - timedelta(hours=24), versions=8, matches=3
    )
    with pytest.raises(ValueError, match="JSON"):
        keep_trials(day.desk.store, "nonsense")
