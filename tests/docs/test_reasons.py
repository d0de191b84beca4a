"""Every code that says why something is held is in docs/reference."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

from copytaster.verdict import REASONS


def test_every_reason_is_documented(page: Callable[[str], str]) -> None:
    told = page("reference/reasons.md")
    assert [code for code in REASONS if f"`{code}`" not in told] == []


def test_no_reason_is_documented_that_is_not_given(page: Callable[[str], str]) -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|", page("reference/reasons.md"), flags=re.MULTILINE)
    assert [code for code in rows if code not in REASONS] == []


def test_a_sentence_for_people_is_one_sentence() -> None:
    wrong = {
        code: words
        for code, words in REASONS.items()
        if not re.fullmatch(r"[A-Z].*\.", words) or "\n" in words
    }
    assert wrong == {}


def _codes_given(project: Path) -> set[str]:
    """Every code that a reader of a format writes into an item, or sets something aside with."""
    codes = set()
    for module in (project / "src/copytaster/formats").glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else _name(node.func)
            if name in ("Remark", "SetAside"):
                codes |= {_text(k.value) for k in node.keywords if k.arg == "code"}
            elif name in ("remark", "hold") and node.args:
                codes.add(_text(node.args[0]))
    return codes - {""}


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_every_code_a_reader_gives_is_documented(project: Path, page: Callable[[str], str]) -> None:
    told = page("reference/formats.md") + page("reference/reasons.md")
    given = _codes_given(project)
    assert len(given) > 5
    assert sorted(code for code in given if f"`{code}`" not in told) == []
