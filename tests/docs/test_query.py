"""Every word of the query language is told, and every example that is told can be read."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from copytaster import query
from copytaster import section
from copytaster.query import Thing
from copytaster.story import State

PAGE = (Path(__file__).parents[2] / "docs/reference/query.md").read_text()
ROWS = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE, re.MULTILINE))
EXAMPLE = re.compile(r"`([^`]+)`")


@pytest.mark.parametrize("field", query.FIELDS)
def test_every_field_is_told_with_an_example_that_can_be_read(field: str) -> None:
    told = ROWS[field].rpartition(" | ")[2]
    examples = EXAMPLE.findall(told)
    assert examples
    for example in examples:
        assert f"{field}:" in example
        query.read(example)


@pytest.mark.parametrize(
    ("field", "values"), [("has", Thing), ("state", State), ("section", section.NAMES)]
)
def test_every_value_is_told(field: str, values: Iterable[object]) -> None:
    told = set(EXAMPLE.findall(ROWS[field].rpartition(" | ")[0]))
    assert told == {str(value) for value in values}


def test_no_field_is_told_that_there_is_not() -> None:
    begin, end = PAGE.index("## Fields"), PAGE.index("**Times.**")
    told = re.findall(r"^\| `(\w+)` \|", PAGE[begin:end], re.MULTILINE)
    assert told == list(query.FIELDS)


def test_the_query_at_the_top_can_be_read() -> None:
    (first,) = re.findall(r"```\n(.+)\n```\n\nStories that", PAGE)
    assert query.write(query.read(first)) == first


def test_the_error_that_is_shown_is_the_one_that_is_raised() -> None:
    with pytest.raises(query.QueryError) as refused:
        query.read("ferry state:dead")
    assert str(refused.value) in PAGE


def test_the_limits_are_told() -> None:
    for limit in (query.LONGEST, query.MOST, query.MOST_WORDS):
        assert f"{limit:,} " in PAGE
    assert f"{query.DEEPEST} brackets and nots" in PAGE
