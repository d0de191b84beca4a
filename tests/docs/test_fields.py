"""Every field of an item, and of each of its parts, is in docs/reference/item.md."""

import re
from collections.abc import Callable

import msgspec
import pytest

from copytaster import item
from copytaster.moment import Moment

PARTS = [
    part
    for part in vars(item).values()
    if isinstance(part, type)
    and issubclass(part, msgspec.Struct)
    and part.__module__ == item.__name__
    and not part.__name__.startswith("_")
    and part is not item.Item
]
GROUPS = (
    "Identity",
    "Version",
    "Control",
    "Editorial",
    "Words",
    "Subjects",
    "Rights",
    "Media, package, source",
    "Evidence",
)


def _names(kind: type[msgspec.Struct]) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(kind)]


def _rows(text: str) -> list[str]:
    return re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)


def test_the_documented_fields_are_those_of_an_item(section: Callable[[str, str], str]) -> None:
    told = [row for group in GROUPS for row in _rows(section("reference/item.md", group))]
    assert sorted(told) == sorted(_names(item.Item))


def test_the_documented_fields_are_those_of_a_moment(section: Callable[[str, str], str]) -> None:
    assert _rows(section("reference/item.md", "Moments")) == _names(Moment)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_field_of_a_part_is_documented(
    part: type[msgspec.Struct], section: Callable[[str, str], str]
) -> None:
    told = section("reference/item.md", f"`{part.__name__}`")
    assert [name for name in _names(part) if f"`{name}`" not in told] == []


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        (item.PubStatus, "Control"),
        (item.EditorialType, "Control"),
        (item.Partial, "Control"),
        (item.BodyKind, "Words"),
        (item.EmbargoState, "`Embargo`"),
        (item.BlockKind, "`Block`"),
        (item.Mark, "`Run`"),
    ],
)
def test_every_word_a_field_may_hold_is_documented(
    words: type[item.PubStatus], heading: str, section: Callable[[str, str], str]
) -> None:
    told = section("reference/item.md", heading)
    assert [word.value for word in words if f"`{word.value}`" not in told] == []
