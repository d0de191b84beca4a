"""Every alert code is in docs/reference/alerts.md, and none that nobody rings."""

import ast
import re
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

CODE = r"[a-z]+(?:-[a-z]+)+"


def _rung(project: Path) -> set[str]:
    """Codes that the newsroom and the wire room call a person with."""
    rooms = [project / "src/copytaster" / room for room in ("newsroom", "wire")]
    modules = [module for room in rooms for module in room.rglob("*.py")]
    return {code for module in modules for code in _codes(ast.parse(module.read_text("utf-8")))}


def _codes(tree: ast.Module) -> Iterator[str]:
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else _name(node.func)
        given = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
        if name in ("alert", "_alert", "alerts", "Alarm") or (name == "over" and node.args):
            given += node.args[:1]
        elif name != "Call":
            continue
        for value in given:
            found = constants.get(value.id) if isinstance(value, ast.Name) else value
            if isinstance(found, ast.Constant) and isinstance(found.value, str):
                yield found.value


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


COMPOSED = {
    "alert-route-failing",
    "breaker-tripped",
    "drill-slow",
    "patrol-critical",
    "patrol-major",
}
"""codes that no call says in one piece"""


def test_every_alert_is_documented_and_none_is_invented(
    project: Path, page: Callable[[str], str]
) -> None:
    told = page("reference/alerts.md").split("## JSON")[0]
    documented = {
        code
        for row in re.findall(r"^\| (`.+?) \|", told, flags=re.MULTILINE)
        for code in re.findall(rf"`({CODE})`", row)
    }
    rung = _rung(project) | COMPOSED
    assert rung == documented
    assert len(rung) > 15


def test_the_fields_given_to_programs_are_documented(page: Callable[[str], str]) -> None:
    from copytaster.newsroom._latch import Call

    told = page("reference/alerts.md").split("## JSON")[1].split("## Files")[0]
    fields = {*Call.__struct_fields__, "site"}
    assert {field for field in fields if f"`{field}`" not in told} == set()


def test_the_languages_of_obituaries_are_counted_right(page: Callable[[str], str]) -> None:
    from copytaster.newsroom._obituaries import _lists

    assert len(_lists("languages")) == 12
    assert "twelve languages" in page("reference/alerts.md")
