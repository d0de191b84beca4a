"""Every key of a rule is in docs/reference/rules.md with its default, and every rule that ships."""

import json
import re
from collections.abc import Callable

import msgspec

from copytaster import copydesk
from copytaster import rules
from copytaster.newsroom import _rule_drafts
from copytaster.newsroom.house_rules import DOUBTFUL
from copytaster.newsroom.house_rules import TOO_MUCH


def test_the_keys_of_a_rule_are_those_documented(section: Callable[[str, str], str]) -> None:
    rows = re.findall(
        r"^\| `([a-z]+)` \| (.+?) \|", section("reference/rules.md", "Keys"), flags=re.MULTILINE
    )
    wanted = {field.name: _default(field) for field in msgspec.structs.fields(rules.Written)}
    assert dict(rows) == wanted
    assert len(rows) == len(wanted)


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.default is msgspec.NODEFAULT:
        return "required"
    return "none" if field.default is None else f"`{json.dumps(field.default)}`"


def test_what_a_rule_may_do_is_documented(section: Callable[[str, str], str]) -> None:
    told = section("reference/rules.md", "Keys")
    assert [then for then in rules.Then if f"`{then}`" not in told] == []


def test_the_rules_that_ship_are_those_documented(section: Callable[[str, str], str]) -> None:
    told = section("reference/rules.md", "The rules that ship")
    rows = re.findall(r"^\| `([a-z-]+)` \|.*\| (?:\*\*)?(yes|no)\b", told, flags=re.MULTILINE)
    assert {name: said == "yes" for name, said in rows} == {
        rule.name: rule.enabled for rule in rules.seeds()
    }


def test_the_limits_are_those_documented(page: Callable[[str], str]) -> None:
    told = page("reference/rules.md")
    assert f"| size of the file | {rules.LARGEST // 1024} KiB |" in told
    assert f"| rules | {rules.MOST} |" in told
    assert TOO_MUCH == 0.2
    assert "a fifth of everything" in page("how-to/house-rules.md")


def test_what_the_app_asks_for_is_documented(section: Callable[[str, str], str]) -> None:
    told = section("reference/rules.md", "Saved in the editors' app")
    assert f"more than {DOUBTFUL:.0%}".replace("%", " %") in told
    assert f"the newest {_rule_drafts.MOST} newly held" in told
    assert f"| {_rule_drafts.AT_A_TIME}, the newest {_rule_drafts.KEPT} are kept" in told
    assert set(copydesk.PERIODS) == set(_rule_drafts.SPANS)
    for words in ("last day", "7 days", "30 days"):
        assert words in told
        assert any(words in period for period in copydesk.PERIODS.values())


def test_the_examples_are_rules(page: Callable[[str], str]) -> None:
    for name in ("reference/rules.md", "how-to/house-rules.md"):
        examples = re.findall(r"```toml\n(.*?)```", page(name), flags=re.DOTALL)
        assert examples, name
        for example in examples:
            assert len(rules.read(example.encode(), name)) == 1
