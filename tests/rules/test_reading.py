"""A rules file: what can be written in it, and how a fault is told."""

import msgspec
import pytest

from copytaster import rules
from copytaster.rules import RulesError
from copytaster.rules import Then
from tests.rules.making import STORM
from tests.rules.making import facts
from tests.rules.making import file
from tests.rules.making import read
from tests.rules.making import table


def test_a_file_without_rules_is_a_file() -> None:
    assert rules.read(b"", "rules.toml") == ()
    assert rules.read(b"# none yet\n", "rules.toml") == ()


def test_what_is_not_said_is_ordinary() -> None:
    [rule] = read(table())
    assert (rule.priority, rule.stop, rule.notify, rule.since, rule.enabled) == (
        0,
        False,
        False,
        None,
        True,
    )
    assert (rule.then, rule.when) == (Then.hold, STORM)


def test_higher_priority_comes_first_and_equal_ones_as_they_stand() -> None:
    found = read(
        table("c"),
        table("a", priority=5),
        table("b"),
        table("z", priority=5),
        table("low", priority=-1),
    )
    assert [rule.name for rule in found] == ["a", "z", "c", "b", "low"]


def test_a_query_may_go_over_several_lines() -> None:
    text = table(when=None) + 'when = """\nphrase:storm\nor phrase:gale\n"""\n'
    [rule] = rules.read(text.encode(), "rules.toml")
    assert rules.judged([rule], facts("A gale is due.")).hold == rule


TABLE = table("first") + "\n" + "# between\n"
FAULTS = {
    "an unknown key": (
        TABLE + table("b", pirority=3),
        "rules.toml:13: rule 'b': unknown key 'pirority'; did you mean priority?",
    ),
    "an unknown table": ("[[rules]]\n", "rules.toml: unknown key 'rules'; did you mean rule?"),
    "one bracket": ("[rule]\nname = 'a'\n", "in two brackets"),
    "not TOML": (TABLE + "[[rule]\n", "rules.toml:8: not TOML:"),
    "nothing to hold for": (table(when=None), "rules.toml:1: rule 'storms': Object missing"),
    "a name with blanks": (table("Storm Rule"), "rules.toml:2: rule 'Storm Rule': name: expected"),
    "a name that ends a line": (table("storm\n"), "name: expected small letters"),
    "a name twice": (TABLE + table("first"), "rules.toml:9: rule 'first': another rule is called"),
    "an order nobody knows": (
        table(then="publish"),
        "rules.toml:4: rule 'storms': then: expected 'hold', 'pass' or 'notify'",
    ),
    "a priority in words": (
        table(priority="high"),
        "rules.toml:6: rule 'storms': priority: expected",
    ),
    "a query that is none": (
        table(when="phrase:a and ("),
        "rules.toml:3: rule 'storms': when: query",
    ),
    "an empty query": (table(when=""), "rules.toml:3: rule 'storms': when: expected a query"),
    "a query that asks a state": (table(when="not state:live"), "leave state: out"),
    "a number as a query": (table(when=3), "rules.toml:3: rule 'storms': when: expected a query"),
    "too many": ("\n".join(table(f"r{n}") for n in range(201)), "201 rules; at most 200"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_one_line_with_its_line(fault: str) -> None:
    text, told = FAULTS[fault]
    with pytest.raises(RulesError) as caught:
        rules.read(text.encode(), "rules.toml")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) <= 300


def test_where_lines_cannot_be_told_the_rule_is_named() -> None:
    text = 'rule = [{name = "a", when = "phrase:a", then = "hold", why = "b", wy = "c"}]'
    with pytest.raises(RulesError, match=r"^rules\.toml: rule 'a': unknown key 'wy'; did you mean"):
        rules.read(text.encode(), "rules.toml")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\n\n\xff", r"rules\.toml:3: not UTF-8"),
        (b"x = " + b"[" * 20_000, "not TOML"),
        (b"x = " + b"9" * 20_000, "not TOML"),
        (b"#" * (rules.LARGEST + 1), "more than 128 KiB"),
        (table(why="x" * 501).encode(), "why: expected a sentence of at most 500"),
        (table(when="phrase:a " * 500).encode(), "more than 4000 characters"),
        (table(when="(" * 400 + "phrase:a" + ")" * 400).encode(), "more than 20 brackets"),
    ],
)
def test_a_hostile_file_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(RulesError, match=told):
        rules.read(data, "rules.toml")


def test_the_largest_file_that_is_allowed_is_read_at_once() -> None:
    many = [table(f"rule-{n}", when=f"phrase:word{n} or phrase:other{n}") for n in range(200)]
    assert len(rules.read(file(*many), "rules.toml")) == 200


def test_a_digest_is_of_what_a_rule_does() -> None:
    [rule] = read(table())
    same = msgspec.structs.replace(rule, why="Because.", since="A storm.")
    assert rules.digest(same) == rules.digest(rule)
    others = [
        msgspec.structs.replace(rule, when="phrase:gale"),
        msgspec.structs.replace(rule, then=Then.notify),
        msgspec.structs.replace(rule, priority=1),
        msgspec.structs.replace(rule, stop=True),
        msgspec.structs.replace(rule, notify=True),
    ]
    assert len({rules.digest(one) for one in (rule, *others)}) == 6
