"""Every route, parameter, field and refusal of the desk's API is in docs/reference/desk-api.md."""

import re
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from copytaster import copydesk
from copytaster.newsroom.office import Office
from copytaster.web.desk import Watched
from copytaster.web.desk._api import table
from copytaster.web.desk._api_dossier import Dossier
from copytaster.web.desk._api_dossier import StoryNow
from copytaster.web.desk._evidence import Evidence
from copytaster.web.desk._orders import Recalling
from tests.newsroom import making
from tests.web.desk.making import App
from tests.web.desk.making import Named

COMMON = {200, 400, 401, 403, 408, 413, 415, 422}
ELSEWHERE = (Dossier, StoryNow)
"""told under `copytaster story`"""
LINES = "A line of a list"


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """By the heading under which each is told."""
    with making.house(Path(tmp_path_factory.mktemp("desk-api")) / "data") as house:
        office: Office = App(house).office
        told = table(office, Watched(office, Named()), Recalling(office), Evidence(office))
        yield {
            f"`{one.method} {one.path.replace('{', '<').replace('}', '>')}`": one for one in told
        }


def test_every_route_is_told_and_no_other(
    routes: dict[str, Any], page: Callable[[str], str]
) -> None:
    told = re.findall(r"^## (`(?:GET|POST) .+`)$", page("reference/desk-api.md"), re.MULTILINE)
    assert sorted(told) == sorted(routes)


def test_every_route_says_its_role_what_it_takes_and_what_it_refuses(
    routes: dict[str, Any], section: Callable[[str, str], str]
) -> None:
    for heading, one in routes.items():
        text = section("reference/desk-api.md", heading)
        assert f"Role: {one.needs}." in text, heading
        assert _table(text, "parameter") == _names(one.asked), heading
        assert _table(text, "field sent") == _names(one.body), heading
        silent = [status for status in one.answers if status not in COMMON and _no(status, text)]
        assert silent == [], heading


def test_every_answer_is_told_once(
    routes: dict[str, Any], section: Callable[[str, str], str]
) -> None:
    told: set[type] = set()
    for heading, one in routes.items():
        fields = _table(section("reference/desk-api.md", heading), "field")
        kinds = [kind for kind in one.answers[200] if kind not in ELSEWHERE]
        if fields:
            assert [fields] == [_names(kind) for kind in kinds], heading
            told.update(kinds)
    answered = {kind for one in routes.values() for kind in one.answers[200]}
    untold = {kind.__name__ for kind in answered - told - set(ELSEWHERE)}
    assert untold == {"ApiDescription"}


def test_every_field_of_a_line_is_told(section: Callable[[str, str], str]) -> None:
    text = section("reference/desk-api.md", LINES)
    assert _table(text, "field") == _names(copydesk.Row)


def test_what_stands_in_other_things_is_told(section: Callable[[str, str], str]) -> None:
    for heading, kinds in {
        "`GET /api/desk/stories/<id>/words`": (
            copydesk.Version,
            copydesk.Said,
            copydesk.Between,
            copydesk.Remarked,
            copydesk.Other,
        ),
        "`GET /api/desk/health`": (copydesk.Ringing, copydesk.SourceHealth),
        "`GET /api/desk/sources/<source>`": (copydesk.Span, copydesk.Rhythm, copydesk.Tallied),
        "`GET /api/desk/proofs`": (copydesk.Drilled, copydesk.Killed, copydesk.DayCount),
        "`GET /api/desk/looks/<id>`": (copydesk.Sample,),
        "`GET /api/desk/queue`": (copydesk.Waiting,),
        "`GET /api/desk/searches`": (copydesk.Saved,),
    }.items():
        text = section("reference/desk-api.md", heading)
        untold = [name for kind in kinds for name in _names(kind) if f"`{name}`" not in text]
        assert untold == [], heading


def _table(text: str, head: str) -> list[str]:
    """The first column of the table with this heading."""
    _, _, rest = text.partition(f"| {head} | what |\n")
    return re.findall(r"^\| `(\w+)` \|", rest.split("\n\n")[0], flags=re.MULTILINE)


def _names(kind: type[msgspec.Struct] | None) -> list[str]:
    fields = () if kind is None else msgspec.structs.fields(kind)
    return [field.encode_name for field in fields]


def _no(status: int, text: str) -> bool:
    return re.search(rf"\b{status}\b", text) is None
