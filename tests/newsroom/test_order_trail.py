"""Every order leaves a line in the audit trail: who, what, about what, why, and whence."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from copytaster.copydesk import Deed
from copytaster.copydesk import Role
from copytaster.newsroom.control import Answer
from copytaster.newsroom.control import Request
from copytaster.newsroom.order_trail import keep
from copytaster.newsroom.order_trail import noted
from copytaster.store import Full
from tests.newsroom.staffed import HERE
from tests.newsroom.staffed import Staffed
from tests.newsroom.staffed import seated
from tests.store.twin import Twin
from tests.store.twin_people import TwinPeople

pytestmark = pytest.mark.anyio
STORY = "0123456789abcdef"
BO = seated("bo", Role.editor)


def lines(desk: Staffed) -> list[tuple[str, ...]]:
    """By, what, about, why, address."""
    deeds = desk.people.trail.deeds()
    return [(one.by, one.what, one.about, one.why, one.address) for one in deeds]


async def told(order: str, *answers: Answer, **given: Any) -> list[tuple[str, ...]]:
    """The lines that an order from a shell leaves, which is answered so."""
    desk = Staffed(Twin().people)

    async def handle(request: Request) -> AsyncGenerator[Answer, None]:
        for answer in answers:
            yield answer

    handled = noted(desk.people, handle)
    passed = [one async for one in handled(Request(order=order, arguments=given))]
    assert passed == list(answers), "whoever asked is answered as ever"
    return lines(desk)


@pytest.mark.parametrize(
    ("order", "result", "given", "what", "about", "why"),
    [
        ("decide", {}, {"story": STORY, "kind": "kill", "reason": "x"}, "kill", STORY, "x"),
        ("decide", {}, {"story": STORY, "kind": "hold", "reason": "legal"}, "hold", STORY, "legal"),
        (
            "recall",
            {"batch": "b1"},
            {"stories": [STORY], "kind": "kill", "reason": "x", "query": "a headline"},
            "recall: kill",
            "b1",
            "x",
        ),
        ("undo", {"batch": "b2"}, {"batch": "b1", "reason": "x"}, "recall: undo", "b1", "x"),
        ("picture", [], {"picture": "p", "kind": "kill", "reason": "x"}, "picture: kill", "p", "x"),
        ("dismiss", [], {"deliveries": ["d1", "d2"], "why": "x"}, "dismiss", "d1 d2", "x"),
        ("retry", [], {"deliveries": []}, "retry", "", ""),
        ("pause", {}, {"source": "ani"}, "pause", "ani", ""),
        ("close", {}, {"code": "x-y", "about": None}, "close", "x-y", ""),
        ("report", {}, {"ticket": "t", "answer": "words", "close": True}, "report", "t", ""),
        ("drill", {}, {}, "drill", "", ""),
    ],
)
async def test_an_order_of_a_shell_is_told_in_a_line(
    order: str, result: Any, given: dict[str, Any], what: str, about: str, why: str
) -> None:
    first = Answer(result=result, last=False)
    line = ("root", what, about, why, "shell")
    assert await told(order, first, Answer(result={"clean": True}), **given, by="root") == [line]


async def test_what_is_refused_leaves_no_line() -> None:
    given = {"story": STORY, "kind": "kill", "reason": "x", "by": "root"}
    assert await told("decide", Answer(error="no such story"), **given) == []


async def test_an_order_by_nobody_is_somebodys_in_a_shell() -> None:
    assert (await told("resume", Answer(), source="ani"))[0][0] == "somebody in a shell"


@pytest.mark.parametrize("order", ["people", "receive"])
async def test_what_tells_of_itself_leaves_no_second_line(order: str) -> None:
    assert await told(order, Answer(), by="root") == []


async def test_a_recall_of_the_app_is_told_by_its_id_and_not_by_its_query() -> None:
    desk = Staffed(Twin().people)
    deed = Deed(seat=BO, order="recall", what="recall: kill", why="x")
    keep(desk.people, deed, {"batch": "b1", "query": "a headline"})
    assert lines(desk) == [("bo", "recall: kill", "b1", "x", HERE)]


async def test_a_disk_without_room_for_the_line_undoes_nothing(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise Full("no room")

    monkeypatch.setattr(TwinPeople, "note", full)
    given = {"story": STORY, "kind": "kill", "reason": "x", "by": "root"}
    assert await told("decide", Answer(result={}), **given) == []
    assert "decide of 0123456789abcdef is not in the audit trail: no room" in caplog.text
