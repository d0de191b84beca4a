"""One rule of a file changed: what was not touched stays, to the letter."""

from random import Random
from typing import Any

import msgspec
import pytest

from copytaster import rules
from copytaster.rules import Rule
from copytaster.rules import RulesError
from tests.rules.making import STORM
from tests.rules.making import read
from tests.rules.making import table

FILE = '''\
# Rules of the Harbour Gazette. Ask Ida before you change one.

[[rule]]
name = "storms"  # the first we had
# every storm since the flood
when = """
phrase:"storm #warning" or phrase:gale
or phrase:"[[rule]] # this sign is in the query, and no comment"
"""
then = "hold"
why = 'Ring the weather office: "always".'
stop = true # until the flood report is out

# The lawyer's. [[rule]] is how one begins.
  [["rule"]]
  name = "harbour-board"
  when = '"harbour board"'
  then = "notify"
  since = "The board, March 2026" # in court
  why = "We are in court."
# the end
'''
TRICKY = (
    "phrase:rape",
    'phrase:"a b" or by:ada',
    'phrase:"a" or by:"o\'brien"',
    "phrase:a\nor phrase:b",
    'phrase:"a \\"\\"\\" b"\nor phrase:b',
    'phrase:"a \'\'\' b"\nor phrase:"c \\"\\"\\" d"',
    'phrase:"back \\\\ slash" by:o\'brien',
    'phrase:"«a»" or phrase:“b”',
    "phrase:बलात्कार",
    'phrase:"\ttab"',
    "phrase:a\x7fb",
)


def rule(name: str = "gales", **fields: Any) -> Rule:
    [made] = read(table(name, **fields))
    return made


def by_name(toml: bytes) -> dict[str, Rule]:
    return {rule.name: rule for rule in rules.read(toml, "rules.toml")}


def comments(toml: bytes) -> list[str]:
    """Behind the last sign of each line; a query may have the sign too."""
    lines = (line for line in toml.decode().splitlines() if "phrase:" not in line)
    return [line[line.rindex("#") :] for line in lines if "#" in line]


def change(old: str, **fields: Any) -> bytes:
    wanted = msgspec.structs.replace(by_name(FILE.encode())[old], **fields)
    return rules.changed(FILE.encode(), "rules.toml", old, wanted)


def test_a_new_rule_stands_at_the_end_and_nothing_else_moves() -> None:
    done = rules.added(FILE.encode(), "rules.toml", rule(priority=5))
    assert done.decode() == FILE + (
        '\n[[rule]]\nname = "gales"\nwhen = \'phrase:"storm warning"\'\nthen = "hold"\n'
        'why = "Ring the weather office."\npriority = 5\n'
    )


def test_the_first_rule_begins_the_file() -> None:
    assert by_name(rules.added(b"", "rules.toml", rule())) == {"gales": rule()}


def test_only_the_value_that_is_another_is_written_anew() -> None:
    done = change("storms", why="Ring twice.")
    assert done.decode() == FILE.replace("'Ring the weather office: \"always\".'", '"Ring twice."')


def test_a_key_that_was_not_there_comes_behind_the_last_one() -> None:
    done = change("storms", priority=7).decode()
    assert done == FILE.replace("report is out\n", "report is out\npriority = 7\n")


def test_a_key_that_goes_leaves_its_comment() -> None:
    done = change("harbour-board", since=None).decode()
    assert done == FILE.replace('  since = "The board, March 2026" # in court\n', "# in court\n")


def test_a_query_that_is_broken_into_lines_stays_so_where_it_says_the_same() -> None:
    when = by_name(FILE.encode())["storms"].when
    done = change("storms", when=when.strip(), enabled=False).decode()
    assert done == FILE.replace("report is out\n", "report is out\nenabled = false\n")


def test_a_rule_is_renamed_where_it_stands() -> None:
    assert change("storms", name="gales").decode() == FILE.replace('"storms"', '"gales"')


def test_a_rule_that_is_removed_leaves_the_comments_above_it_and_all_others() -> None:
    done = rules.removed(FILE.encode(), "rules.toml", "harbour-board").decode()
    assert list(by_name(done.encode())) == ["storms"]
    assert done == FILE[: FILE.index('  [["rule"]]')] + "# the end\n"
    last = rules.removed(done.encode(), "rules.toml", "storms")
    assert rules.read(last, "rules.toml") == ()


def test_a_file_keeps_its_kind_of_lines() -> None:
    there = FILE.replace("\n", "\r\n").encode()
    for done in (
        rules.added(there, "rules.toml", rule(when="phrase:a\nor phrase:b")),
        rules.changed(there, "rules.toml", "storms", rule("storms", priority=3)),
        rules.removed(there, "rules.toml", "storms"),
    ):
        assert done.count(b"\r\n") == done.count(b"\n")


@pytest.mark.parametrize("when", TRICKY)
def test_whatever_a_query_is_written_with_it_is_read_again(when: str) -> None:
    wanted = msgspec.structs.replace(rule(), when=when, why="Say \"no\" \\ or 'no'.")
    added = by_name(rules.added(FILE.encode(), "rules.toml", wanted))["gales"]
    assert (added.when.strip(), added.why) == (when, wanted.why)
    there = msgspec.structs.replace(wanted, name="storms")
    done = by_name(rules.changed(FILE.encode(), "rules.toml", "storms", there))
    assert done["storms"].when.strip() == when


@pytest.mark.parametrize(
    "there",
    [
        b"rule = [{name = 'a', when = 'b', then = 'hold', why = 'c'}]\n",
        b"[[rule]]\nname = 'a'\nwhen = 'b'\nthen = 'hold'\n\"w\\u0068y\" = 'c'\n",
    ],
)
def test_a_file_in_which_rules_cannot_be_told_apart_is_left_alone(there: bytes) -> None:
    assert len(rules.read(there, "rules.toml")) == 1
    with pytest.raises(RulesError, match="change the whole file instead"):
        rules.changed(there, "rules.toml", "a", rule("a"))


def test_a_rule_that_is_not_there_is_named() -> None:
    with pytest.raises(RulesError, match="there is no rule 'gone'"):
        rules.removed(FILE.encode(), "rules.toml", "gone")


def test_no_change_loses_a_rule_or_a_comment_that_it_does_not_touch() -> None:
    """For any row of changes: all others say what they said, and every comment stands that was
    not inside a rule that went."""
    chance = Random(4711)
    toml = rules.begun() + FILE.encode()
    for turn in range(40):
        known = by_name(toml)
        old = chance.choice(sorted(known))
        deed = chance.choice(("add", "change", "change", "change", "remove"))
        wanted = rule(
            f"rule-{turn}",
            when=chance.choice(("phrase:a", STORM, "phrase:a\nor phrase:b")),
            then=chance.choice(("hold", "notify", "pass")),
            priority=chance.choice((0, 3)),
            stop=chance.random() < 0.5,
            since=chance.choice((None, "March")),
        )
        if deed == "add":
            done, gone = rules.added(toml, "rules.toml", wanted), {""}
        elif deed == "change":
            done, gone = rules.changed(toml, "rules.toml", old, wanted), {old}
        else:
            done, gone = rules.removed(toml, "rules.toml", old), {old}
        after = by_name(done)
        assert {n: r for n, r in known.items() if n not in gone} == {
            n: r for n, r in after.items() if n != wanted.name
        }
        assert (wanted.name in after) is (deed != "remove")
        lost = set(comments(toml)) - set(comments(done))
        assert deed == "remove" or lost == set()
        assert set(comments(toml)[:9]) <= set(comments(done)), "the head of the file"
        toml = done
    assert len(by_name(toml)) > 5
