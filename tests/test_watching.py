"""``copytaster drill`` and ``copytaster patrol``: what they print and what they return."""

import asyncio
import json
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from click.testing import Result

from copytaster import store as stores
from copytaster.cli import main
from copytaster.finding import Fault
from copytaster.finding import Severity
from copytaster.newsroom import running
from copytaster.newsroom.drill_report import LAST
from copytaster.newsroom.drill_report import Outcome
from copytaster.newsroom.drill_report import Report
from copytaster.newsroom.drill_report import Row
from copytaster.newsroom.drill_report import encoded
from copytaster.store import DrillFigures
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.story import State
from tests.newsroom import live as lives
from tests.newsroom.making import config
from tests.store.making import change
from tests.store.making import event
from tests.store.making import live

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a desk that does not run."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data"
    folder.mkdir()
    stores.open_sqlite(folder / stores.STORE_FILE).close()
    return folder


def run(data: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, [*words, "--data", str(data)])
    assert "Traceback" not in result.output
    return result


def keep(data: Path, deed: Any) -> None:
    store = stores.open_sqlite(data / stores.STORE_FILE)
    deed(store)
    store.close()


# --- drill --------------------------------------------------------------------------------------


def test_a_drill_prints_its_table_and_its_end(tmp_path: Path) -> None:
    settings = config(site={}, drill={"slow_seconds": 60.0})

    async def drilled() -> tuple[Result, Result, Result]:
        async with lives.live(tmp_path / "data", settings) as live:
            first = await asyncio.to_thread(run, live.data, "drill")
            last = await asyncio.to_thread(run, live.data, "drill", "--last", "--json")
            patrolled = await asyncio.to_thread(run, live.data, "patrol")
        return first, last, patrolled

    shown, last, patrolled = asyncio.run(drilled())
    assert shown.exit_code == 0, shown.output
    lines = shown.stdout.splitlines()
    assert lines[0].endswith(": clean")
    story = lines[1].removeprefix("story ")
    own = next(line for line in lines if f"{story}/v1.json" in line)
    assert own.split()[1:] == ["s", "410", "own", f"{story}/v1.json", "clean"]
    assert any("list  /sitemap.xml  clean" in line for line in lines)
    assert lines[-1].startswith("the drill was clean: public after ")
    kept = json.loads(last.stdout)
    assert (last.exit_code, kept["outcome"], f"/s/{kept['story']}") == (0, "clean", story)
    assert {row["clean"] for row in kept["surfaces"]} == {True}
    assert "the patrol has not looked at anything yet" in patrolled.stdout


def test_a_drill_without_a_running_desk_says_what_to_do(data: Path) -> None:
    result = run(data, "drill")
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert f"no desk runs on {data}: without its public site a drill proves nothing" in line
    assert "copytaster run" in line


def test_the_last_drill_of_a_desk_that_never_had_one(data: Path) -> None:
    result = run(data, "drill", "--last")
    assert result.exit_code == 1
    assert "no drill was ever run on this desk" in result.stderr


def test_the_history_of_a_desk_that_has_none_says_how_to_begin_one(data: Path) -> None:
    result = run(data, "drill", "--history")
    assert result.exit_code == 0
    assert "no drill and no kill in the last 90 days" in result.stdout
    assert json.loads(run(data, "drill", "--history", "--json").stdout) == {
        "drills": [],
        "kills": [],
    }
    assert run(data, "drill", "--history", "--last").exit_code == 2


def test_the_history_lists_what_drills_and_kills_took(data: Path) -> None:
    now = running.utc_now()
    told = event(1, EventKind.killed, at=now, reason="agency")
    gone = live(1, state=State.killed, face=Face.gone)
    keep(data, lambda store: store.commit([change(gone, events=(told,))]))
    for days, outcome, took in ((1, "clean", 0.25), (2, "dirty", None), (91, "clean", 0.5)):
        figures = DrillFigures(
            began=now - timedelta(days=days),
            outcome=outcome,
            slow=5.0,
            to_publish=took,
            to_clean=took,
            kinds={"own": 0.2} if took else {},
        )
        keep(data, lambda store, one=figures: store.figures.keep_drill(one, timedelta(days=200)))
    lines = run(data, "drill", "--history").stdout.splitlines()
    assert len(lines) == 3
    assert lines[0].endswith("drill    0.250 s to page    0.250 s to clean  clean")
    assert lines[1].split()[-1] == "dirty"
    assert lines[2].endswith(f"– to clean  /s/{gone.id}  agency")
    kept = json.loads(run(data, "drill", "--history", "--json").stdout)
    assert [one["toClean"] for one in kept["drills"]] == [0.25, None]
    assert kept["drills"][0]["slowestOfKind"] == {"own": 0.2}
    assert kept["kills"] == [
        {"story": gone.id, "at": now.isoformat(), "reason": "agency", "toClean": None}
    ]


def test_a_dirty_drill_says_what_was_wrong_and_ends_with_one(data: Path) -> None:
    rows = (
        Row(address="/s/x", kind="own", status=410, clean=True, seconds=0.02),
        Row(address="/", kind="list", status=200, clean=False, detail="still listed"),
        Row(
            address="/feed.rss", kind="feed", status=None, clean=False, detail="no answer: \x1b[2J"
        ),
    )
    report = Report(
        began=NINE,
        outcome=Outcome.dirty,
        slow_seconds=5.0,
        story="x",
        to_publish=0.1,
        surfaces=rows,
        faults=("after its kill: /: still listed",),
    )
    keep(data, lambda store: store.keep_setting(LAST, encoded(report)))
    result = run(data, "drill", "--last")
    assert result.exit_code == 1
    assert "  0.020 s  410  own   /s/x  clean" in result.stdout
    assert "NOT CLEAN: still listed" in result.stdout
    assert "---  feed  /feed.rss  NOT CLEAN: no answer: \\x1b[2J" in result.stdout
    assert "wrong: after its kill: /: still listed" in result.stdout
    assert "1 of 3 public addresses clean" in result.stdout
    assert "the drill went wrong" in run(data, "doctor").stdout


# --- patrol -------------------------------------------------------------------------------------


def test_a_patrol_that_has_not_begun_says_so(data: Path) -> None:
    result = run(data, "patrol")
    assert result.exit_code == 0
    assert "the patrol has not looked at anything yet" in result.stdout
    assert "open findings: none" in result.stdout
    told = json.loads(run(data, "patrol", "--json").stdout)
    assert told["findings"] == []
    assert told["open"] == {"critical": 0, "major": 0, "minor": 0}
    assert told["progress"]["lastLook"] is None


def test_a_patrol_that_is_switched_off_says_so(data: Path) -> None:
    settings = data.parent / "copytaster.toml"
    settings.write_text("[patrol]\nper_minute = 0\n")
    assert "the patrol is switched off" in run(data, "patrol", "--config", str(settings)).stdout


def test_findings_are_shown_gravest_first_and_end_with_one(data: Path) -> None:
    def note(store: stores.Store) -> None:
        minor = Fault(code="header", severity=Severity.minor, detail="no-store is missing")
        grave = Fault(code="words-visible", severity=Severity.critical, detail="shows \x1b words")
        store.note_findings("/s/a", [minor], NINE)
        store.note_findings("/s/b", [grave], NINE)
        store.note_findings("/s/c", [grave], NINE)
        store.note_findings("/s/c", [], NINE)

    keep(data, note)
    result = run(data, "patrol")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    at = lines.index("open findings: critical 1  major 0  minor 1")
    assert lines[at + 1 : at + 3] == [
        "  critical  since 2026-03-02T09:00:00  /s/b  words-visible: shows \\x1b words",
        "  minor     since 2026-03-02T09:00:00  /s/a  header: no-store is missing",
    ]
    assert lines[at + 3 :] == [
        "right again, the latest first:",
        "  critical  until 2026-03-02T09:00:00  /s/c  words-visible: shows \\x1b words",
    ]
    doctor = run(data, "doctor")
    assert "patrol: critical: /s/b: shows \\x1b words" in doctor.stdout
    assert "/s/a" not in doctor.stdout


def test_minor_findings_alone_are_no_failure(data: Path) -> None:
    minor = Fault(code="header", severity=Severity.minor, detail="no-store is missing")
    keep(data, lambda store: store.note_findings("/s/a", [minor], NINE))
    assert run(data, "patrol").exit_code == 0


def test_a_house_may_not_take_the_drills_name(data: Path) -> None:
    settings = data.parent / "copytaster.toml"
    settings.write_text(
        '[sources.x]\nroute = "push"\nagency = "copytaster-drill"\ntoken_env = "X"\n'
    )
    result = run(data, "doctor", "--config", str(settings))
    assert result.exit_code == 2
    assert "sources.x.agency: copytaster-drill is the desk's own" in result.stderr
    profiles = data.parent / "profiles"
    profiles.mkdir()
    (profiles / "own.toml").write_text('id = "copytaster-drill"\nname = "Mine"\n')
    settings.write_text(f'agencies = "{profiles}"\n')
    result = run(data, "doctor", "--config", str(settings))
    assert result.exit_code == 2
    assert "copytaster-drill is the desk's own agency; give yours another id" in result.stderr
