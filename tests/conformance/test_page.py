"""The figures stand on the page, with date, machine and command."""

import re
from pathlib import Path

import pytest

from bench import page


@pytest.mark.parametrize(
    ("name", "command", "column"),
    [("conformance", "make conformance", "accounted for"), ("speed", "bench.formats", "target")],
)
def test_the_page_of_formats_has_the_table(
    project: Path, name: str, command: str, column: str
) -> None:
    text = (project / "docs" / "reference" / "formats.md").read_text("utf-8")
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    assert text.count(begin) == text.count(end) == 1
    figures = text.partition(begin)[2].partition(end)[0]
    assert re.search(r"^\d{4}-\d\d-\d\d, .*\d cores, .*Python 3\.\d+", figures, re.MULTILINE)
    assert command in figures
    assert f" {column} " in figures
    assert "| --- |" in figures


def test_figures_replace_what_stood_between_their_marks_and_nothing_else() -> None:
    before = "a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n"
    after = page.placed(before, "x", "| new |")
    assert after == "a\n<!-- x: begin -->\n\n| new |\n\n<!-- x: end -->\nb\n"
    assert page.placed(after, "x", "| new |") == after


@pytest.mark.parametrize(
    "text", ["", "<!-- x: begin -->", "<!-- x: end --><!-- x: begin -->", "<!-- x: begin -->" * 2]
)
def test_a_page_without_its_marks_is_left_alone(text: str) -> None:
    with pytest.raises(page.NoPlace, match="x: begin"):
        page.placed(text, "x", "| new |")


def test_the_machine_has_no_name() -> None:
    assert re.fullmatch(r".+, \d+ cores, \w+, Python [\d.]+", page.machine())
