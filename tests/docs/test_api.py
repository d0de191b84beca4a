"""Every route, parameter and field of the public API is in docs/reference/api.md."""

import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from copytaster import press
from copytaster.web import _asking
from copytaster.web import api
from tests.newsroom import making

SECTIONS: dict[str, tuple[type[msgspec.Struct], dict[str, str]]] = {
    "`GET /api/stories`": (press.ApiStory, dict(_asking.STORIES)),
    "`GET /api/stories/<id>/editions`": (press.ApiEdition, {}),
    "`GET /api/changes`": (press.ApiChange, dict(_asking.CHANGES)),
}


def _table(text: str, head: str) -> list[str]:
    """The first column of the table with this heading."""
    _, _, rest = text.partition(f"| {head} | what |\n")
    return re.findall(r"^\| `(\w+)` \|", rest.split("\n\n")[0], flags=re.MULTILINE)


@pytest.mark.parametrize("heading", SECTIONS)
def test_the_fields_and_parameters_are_those_documented(
    heading: str, section: Callable[[str, str], str]
) -> None:
    kind, parameters = SECTIONS[heading]
    text = section("reference/api.md", heading)
    assert _table(text, "field") == [one.encode_name for one in msgspec.structs.fields(kind)]
    assert _table(text, "parameter") == list(parameters)


def test_every_route_is_documented(tmp_path: Path, page: Callable[[str], str]) -> None:
    told = page("reference/api.md")
    with making.house(tmp_path) as house:
        paths = [one.path.replace("{", "<").replace("}", ">") for one in api.table(house.desk)]
    assert len(paths) == 5
    assert [path for path in paths if path not in told] == []
