"""Rules saved by the desk; and what their backtest says, against what a desk does with them."""

import stat
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from copytaster import rules
from copytaster.newsroom.house_rules import HOUSE_RULE
from copytaster.newsroom.house_rules import Backtest
from copytaster.newsroom.house_rules import FileChanged
from copytaster.newsroom.house_rules import backtest
from copytaster.rules import RulesError
from copytaster.story import State
from tests.newsroom.making import AGENCY
from tests.newsroom.making import House
from tests.newsroom.making import config
from tests.newsroom.making import house as a_house
from tests.newsroom.making import ninjs
from tests.newsroom.test_house_rules import STORM
from tests.newsroom.test_house_rules import change
from tests.newsroom.test_house_rules import settle
from tests.newsroom.test_house_rules import write
from tests.pager import Pager
from tests.rules.making import file
from tests.rules.making import table


def save(house: House, *tables: str, seen: str | None = None) -> None:
    known = house.desk.rules
    mark = known.standing().mark if seen is None else seen
    known.save(file(*tables).decode(), seen=mark, tried="", alert=house.desk.alert)


def test_what_is_saved_is_in_force_at_once_and_is_not_read_again(house: House) -> None:
    house.desk.settle()
    save(house, table())
    before = house.desk.rules.in_force
    assert house.send(text=STORM).state is State.held
    settle(house)
    assert house.desk.rules.in_force is before
    house.restart()
    assert house.send("urn:2", text=f"{STORM} Two.").state is State.held


def test_what_is_broken_is_not_saved(house: House) -> None:
    write(house, table())
    house.desk.settle()
    with pytest.raises(RulesError, match="then: expected"):
        save(house, table(then="publish"))
    assert (house.data / "rules.toml").read_bytes() == file(table())
    assert house.send(text=STORM).state is State.held


def test_a_file_that_another_hand_changed_is_not_written_over(house: House) -> None:
    write(house, table())
    seen = house.desk.rules.standing().mark
    write(house, table("gales", when="phrase:gale"))
    with pytest.raises(FileChanged, match="nothing was saved"):
        save(house, table("third"), seen=seen)
    (house.data / "rules.toml").unlink()
    with pytest.raises(FileChanged):
        save(house, table("third"), seen=seen)
    assert not (house.data / "rules.toml").exists()


def test_saving_mends_a_broken_file_and_ends_the_call(house: House) -> None:
    write(house, table())
    house.desk.settle()
    house.desk.alert = pager = Pager()
    change(house, table(then="publish"))
    assert pager.open == {("rules-broken", "rules")}
    save(house, table("gales", when="phrase:gale"))
    assert pager.open == set()


def test_who_may_read_the_file_stays_and_a_link_is_followed(house: House) -> None:
    elsewhere = house.data / "kept"
    elsewhere.mkdir()
    there = elsewhere / "house.toml"
    there.write_bytes(file(table()))
    there.chmod(0o640)
    (house.data / "rules.toml").symlink_to(there)
    save(house, table("gales", when="phrase:gale"))
    assert (house.data / "rules.toml").is_symlink()
    assert b"gales" in there.read_bytes()
    assert stat.S_IMODE(there.stat().st_mode) == 0o640
    assert [one.name for one in elsewhere.iterdir()] == ["house.toml"]


def test_a_disk_that_refuses_leaves_the_rules_as_they_were(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(house, table())
    house.desk.settle()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("copytaster.durable.write", full)
    with pytest.raises(ValueError, match="No space left on device; the file may not be saved"):
        save(house)
    assert house.send(text=STORM).state is State.held


def test_where_the_file_cannot_be_written_that_is_said(tmp_path: Path) -> None:
    settings = config(rules={"file": str(tmp_path / "nowhere" / "house.toml")})
    with a_house(tmp_path / "data", settings) as house:
        standing = house.desk.rules.standing()
        assert standing.fault == f"{tmp_path}/nowhere/house.toml: there is no such file"
        assert standing.locked == (
            f"there is no folder {tmp_path}/nowhere: make it, or name another file in [rules]"
        )


def test_a_file_that_is_too_big_is_not_shown_as_if_it_were_whole(house: House) -> None:
    (house.data / "rules.toml").write_bytes(b"#" * (rules.LARGEST + 1))
    assert "too big" in (house.desk.rules.standing().locked or "")


def test_what_a_rule_held_is_counted_for_a_day(house: House) -> None:
    write(house, table(), table("gales", when="phrase:gale"))
    house.send("urn:1", text=STORM)
    house.send("urn:2", text="A gale.")
    house.wait(hours=12)
    house.send("urn:3", text=f"{STORM} Again.")
    lately = house.desk.rules.lately
    assert lately.held(house.now) == {"storms": 2, "gales": 1}
    house.wait(hours=12)
    assert lately.held(house.now) == {"storms": 1}
    house.wait(hours=13)
    assert lately.held(house.now) == {}


# --- what a backtest says, and what a desk does ----------------------------------------------

OLD = (table("storms", priority=2), table("tides", when="phrase:tide"))
NEW = (
    table("storms", when='phrase:"storm warning" -phrase:ferry'),
    table("bell", when="phrase:bell", then="pass", priority=9),
    table("gales", when="phrase:gale or headline:tide"),
    table("off", when="phrase:quay", enabled=False),
)
WORDS = ("storm warning", "tide", "gale", "bell", "ferry", "quay", "rope")
Held = set[tuple[str, str]]
"""guid, and the rule that holds a version of it"""


def play(house: House, *tables: str) -> Held:
    """The same morning at a desk with these rules: what they held."""
    write(house, *tables)
    chance = Random(20)
    guids: set[str] = set()
    for number in range(30):
        house.now += timedelta(seconds=30)
        guid = f"urn:{chance.randrange(20)}"
        said = chance.sample(WORDS, 2)
        text = f"About {said[0]} and {said[1]}." if chance.random() < 0.8 else "The same again."
        sent = ninjs(
            guid,
            text=text,
            headline=f"On {chance.choice(WORDS)}",
            version=str(number),
            pubstatus=chance.choice(("usable", "usable", "usable", "canceled", "withheld")),
        )
        house.desk.accept([house.delivery(sent, archive=chance.random() < 0.1)])
        house.desk.read()
        guids.add(guid)
    return {
        (guid, decision.reason)
        for guid in guids
        for decision in house.desk.store.history_of(house.desk.find(AGENCY, guid) or "").decisions
        if decision.code == HOUSE_RULE
    }


def tried(house: House, *tables: str, instead_of: tuple[str, ...] | None = None) -> Backtest:
    return backtest(
        house.desk.house,
        house.desk.store,
        rules.read(file(*tables), "new.toml"),
        house.now - timedelta(days=1),
        house.now + timedelta(seconds=1),
        lambda _: None,
        instead_of=None if instead_of is None else rules.read(file(*instead_of), "old.toml"),
    )


def test_a_backtest_says_what_a_desk_with_these_rules_would_have_done(tmp_path: Path) -> None:
    with a_house(tmp_path / "without") as without:
        assert play(without) == set()
        guids = {
            without.desk.find(AGENCY, f"urn:{number}"): f"urn:{number}" for number in range(20)
        }
        alone, both = tried(without, *NEW), tried(without, *NEW, instead_of=OLD)
        said = {(guids[one.story], one.rule) for one in alone.more}
        new, old, more, fewer = (
            {(one.story, one.received) for one in outcomes}
            for outcomes in (alone.more, tried(without, *OLD).more, both.more, both.fewer)
        )
    with a_house(tmp_path / "with") as house:
        assert play(house, *NEW) == said
    assert (more, fewer) == (new - old, old - new)
    assert min(len(more), len(fewer), len(new & old)) > 0
    assert sum(both.more_by.values()) == len(both.more)


def test_only_the_newest_outcomes_are_kept_one_by_one_and_all_are_counted(house: House) -> None:
    for number in range(6):
        house.now += timedelta(seconds=1)
        house.desk.accept([house.delivery(ninjs(f"urn:{number}", text=f"{STORM} {number}"))])
    house.desk.read(9)
    done = backtest(
        house.desk.house,
        house.desk.store,
        rules.read(file(table()), "new.toml"),
        house.now - timedelta(days=1),
        house.now + timedelta(seconds=1),
        lambda _: None,
        instead_of=(),
        most=2,
    )
    assert [one.story for one in done.more] == [house.story(f"urn:{n}").id for n in (4, 5)]
    assert (done.more_by, done.moved, done.is_doubtful) == ({"storms": 6}, 6, True)
