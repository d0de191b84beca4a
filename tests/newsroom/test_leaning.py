"""When an agency kills a story, a person is told of another's that rests on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from copytaster.newsroom import _leaning
from copytaster.story import DecisionKind
from copytaster.story import State
from tests.newsroom.making import House
from tests.newsroom.making import house
from tests.newsroom.making import ninjs

REPORT = (
    "Rockets fired at the border town of Przewa crossed into Norland and killed two people at a "
    "grain store, a senior official said."
)
QUOTING = (
    "Rockets crossed into Norland and killed two people at a grain store in the border town of "
    "Przewa, the Associated Press reported, citing a senior official."
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path) as opened:
        yield opened


def called_about(desk: House, theirs: bytes, agency: str = "harbour") -> list[str]:
    """The alert codes after AP killed its report, with this story of another agency live."""
    calls: list[str] = []
    desk.desk.alert = lambda code, _text, _about: calls.append(code)
    desk.receive(desk.delivery(ninjs("report", text=REPORT), agency="ap"))
    desk.receive(desk.delivery(theirs, agency=agency))
    gone = ninjs("report", version="2", pubstatus="canceled", text=REPORT)
    desk.receive(desk.delivery(gone, agency="ap"))
    found = desk.desk.store.story(desk.desk.find(agency, "theirs") or "")
    assert found is not None
    assert found.state is State.live, "another agency's story is not touched"
    return calls


def test_a_story_that_cites_the_killed_one_is_told_of(desk: House) -> None:
    assert called_about(desk, ninjs("theirs", text=QUOTING)) == ["leans-on-killed"]


def test_the_agency_s_short_name_counts_as_it_is_written(desk: House) -> None:
    cited = QUOTING.replace("the Associated Press reported", "AP reported")
    assert called_about(desk, ninjs("theirs", text=cited)) == ["leans-on-killed"]


@pytest.mark.parametrize(
    "text",
    [
        QUOTING.replace("the Associated Press reported", "local radio reported"),
        "The ferry to Vester is late again, the Associated Press reported from the quay.",
        QUOTING.replace("the Associated Press reported", "a man with an ap in his name said"),
    ],
)
def test_what_cites_nobody_or_is_about_something_else_is_not(desk: House, text: str) -> None:
    assert called_about(desk, ninjs("theirs", text=text)) == []


def test_a_killed_story_that_was_never_public_calls_nobody(desk: House) -> None:
    calls: list[str] = []
    desk.desk.alert = lambda code, _text, _about: calls.append(code)
    desk.receive(desk.delivery(ninjs("theirs", text=QUOTING), agency="harbour"))
    desk.receive(desk.delivery(ninjs("report", pubstatus="canceled", text=REPORT), agency="ap"))
    assert calls == []


def test_of_what_a_recall_kills_a_person_is_told_too(
    desk: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_leaning, "_MOST_CALLS", 2)
    calls: list[tuple[str, str | None]] = []
    desk.desk.alert = lambda code, _text, about: calls.append((code, about))
    for number in range(4):
        report = ninjs(f"report-{number}", text=f"{REPORT} It was the rocket of {number}.")
        theirs = ninjs(f"theirs-{number}", text=f"{QUOTING} It was the rocket of {number}.")
        desk.receive(desk.delivery(report, agency="ap"), desk.delivery(theirs, agency="harbour"))
    reports, theirs_ = (
        [desk.desk.find(agency, f"{name}-{number}") or "" for number in range(4)]
        for agency, name in (("ap", "report"), ("harbour", "theirs"))
    )
    desk.desk.recalls.begin(
        reports, DecisionKind.kill, reason="desk", by="chief", query="agency:ap"
    )
    desk.desk.settle()
    assert [code for code, _ in calls] == ["leans-on-killed"] * 3, "two, and one of the others"
    assert len({about for _, about in calls} & set(theirs_)) == 3


def test_a_recall_that_was_undone_meanwhile_calls_nobody(desk: House) -> None:
    calls: list[str] = []
    desk.desk.alert = lambda code, _text, _about: calls.append(code)
    desk.receive(
        desk.delivery(ninjs("report", text=REPORT), agency="ap"),
        desk.delivery(ninjs("theirs", text=QUOTING), agency="harbour"),
    )
    batch = desk.desk.recalls.begin(
        [desk.desk.find("ap", "report") or ""],
        DecisionKind.kill,
        reason="desk",
        by="chief",
        query="agency:ap",
    )
    desk.desk.recalls.step()
    desk.desk.recalls.undo(batch.id, reason="a mistake", by="chief")
    desk.desk.settle()
    assert calls == []


# --- versions of the text ------------------------------------------------------------------------

BRIDGE = (
    "The footbridge over the Aune at Kell was closed on Monday after divers found cracks in two "
    "of its four piers, the harbour office said. Nobody was hurt. The cracks are as wide as a "
    "hand and run from the water line to the bed of the river."
)
FURTHER = (
    " The bridge was built in 1934 and carries four thousand people a day to the mill quarter. "
    "Repairs begin when the water falls, which in most years it does in May."
)


def called(desk: House) -> list[tuple[str, str | None]]:
    calls: list[tuple[str, str | None]] = []
    desk.desk.alert = lambda code, _text, about: calls.append((code, about))
    return calls


def bring(desk: House, agency: str, guid: str, text: str, **fields: str) -> str:
    desk.receive(desk.delivery(ninjs(guid, text=text, **fields), agency=agency))
    return desk.desk.find(agency, guid) or ""


@pytest.mark.parametrize("agency", ["harbour", "seaboard"])
def test_a_version_of_a_killed_text_is_told_of_whosever_it_is(desk: House, agency: str) -> None:
    bring(desk, "seaboard", "ours", BRIDGE)
    other = bring(desk, agency, "longer", BRIDGE + FURTHER)
    calls = called(desk)
    desk.kill("ours")
    assert calls == [("leans-on-killed", other)]
    found = desk.desk.store.story(other)
    assert found is not None
    assert found.state is State.live


@pytest.mark.parametrize("agency", ["harbour", "seaboard"])
def test_one_that_comes_after_the_kill_is_told_of_too(desk: House, agency: str) -> None:
    bring(desk, "seaboard", "ours", BRIDGE)
    desk.kill("ours")
    calls = called(desk)
    assert calls == []
    other = bring(desk, agency, "longer", BRIDGE + FURTHER)
    assert calls == [("leans-on-killed", other)]


def test_a_copy_word_for_word_calls_once(desk: House) -> None:
    bring(desk, "seaboard", "ours", BRIDGE)
    other = bring(desk, "harbour", "theirs", BRIDGE)
    calls = called(desk)
    desk.kill("ours")
    assert calls == [("copy-elsewhere", other)]


def test_what_stands_in_the_place_of_the_killed_calls_nobody(desk: House) -> None:
    killed = bring(desk, "seaboard", "ours", BRIDGE)
    other = bring(desk, "seaboard", "better", BRIDGE + FURTHER)
    calls = called(desk)
    kill = DecisionKind.kill
    desk.desk.decide(killed, kill, reason="desk", by="chief", substitute=other)
    desk.desk.settle()
    assert calls == []


def test_a_version_that_is_not_shown_calls_nobody(desk: House) -> None:
    bring(desk, "seaboard", "ours", BRIDGE)
    bring(desk, "seaboard", "longer", BRIDGE + FURTHER)
    desk.hold("longer")
    calls = called(desk)
    desk.kill("ours")
    assert calls == []
    desk.release("longer")
    assert [code for code, _ in calls] == ["leans-on-killed"], "it is shown again"
