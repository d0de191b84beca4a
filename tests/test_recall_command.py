"""``copytaster recall``: look first, say the number, do it, take it back."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.newsroom import live as lives
from tests.newsroom.making import AGENCY
from tests.test_cli import Shell
from tests.test_cli import ninjs
from tests.test_cli import refusal

CITES = "The Shoreline Institute warned of higher tides on Monday, its chairman said."


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A desk with a dozen stories that cite the institute, and one that does not."""
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path)
    cite = [shell.file(f"{n}.json", ninjs(f"urn:{n}", text=CITES)) for n in range(12)]
    shell.on_desk("receive", *cite, shell.file("x.json", ninjs("urn:x")), "--agency", AGENCY)
    return shell


def told(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def test_without_do_it_only_looks(shell: Shell) -> None:
    result = shell.on_desk("recall", "--person", "shoreline institute")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == '12 stories answer: person:"shoreline institute"'
    assert "  by face: live 12" in lines
    assert "  by agency: seaboard 12" in lines
    assert "  and 2 more" in lines
    assert sum("/s/" in line for line in lines) == 10
    assert lines[-1].startswith("nothing was changed")
    looked = told(shell.on_desk("recall", "--person", "shoreline institute", "--json"))
    assert (looked["count"], looked["byFace"], len(looked["sample"])) == (12, {"live": 12}, 10)


def test_options_narrow_and_a_repeated_one_widens(shell: Shell) -> None:
    def count(*words: str) -> int:
        return int(told(shell.on_desk("recall", *words, "--json"))["count"])

    assert count("--agency", AGENCY) == 13
    assert count("--agency", AGENCY, "--agency", "other") == 13
    assert count("--agency", "other") == 0
    assert count("--agency", AGENCY, "--where", "not phrase:tides") == 1
    assert count("--phrase", "tid*", "--phrase", "vester") == 13
    assert count("--source", "inbox", "--since", "2020-01-01", "--until", "2100-01-01") == 13
    assert count("--until", "2020-01-01") == 0
    assert count("--section", "sport", "--state", "live") == 0


def test_it_is_done_when_the_number_is_said_and_undone_when_asked(shell: Shell) -> None:
    order = ("--phrase", "shoreline institute", "--do", "kill", "--reason", "legal")
    done = told(shell.on_desk("recall", *order, "--yes-count", "12", "--json"))
    assert (done["decided"], done["owed"], done["pressing"]) == (12, 0, 12)
    assert told(shell.on_desk("recall", "--agency", AGENCY, "--json"))["count"] == 1

    listed = shell.on_desk("recall", "--list").stdout
    assert f"{done['batch']}  " in listed
    assert "kill of 12 stories" in listed
    assert ': "shoreline institute"' in listed

    undone = shell.on_desk("recall", "--undo", done["batch"], "--reason", "a mistake")
    assert undone.exit_code == 0
    assert "undone by" in undone.stdout
    assert told(shell.on_desk("recall", "--agency", AGENCY, "--json"))["count"] == 13
    assert json.loads(shell.on_desk("recall", "--list", "--json").stdout)[0]["decided"] == 0


def test_without_a_desk_it_is_suspended_and_says_that_it_is_not_finished(shell: Shell) -> None:
    order = ("--phrase", "shoreline institute", "--do", "hold", "--reason", "desk")
    result = shell.on_desk("recall", *order, "--yes-count", "12")
    assert result.exit_code == 0
    assert "12 of 12 stories suspended, 12 not yet seen as they should be" in result.stdout
    assert "not yet finished: no desk is running" in result.stdout
    assert "copytaster recall --undo " in result.stdout


REFUSED = {
    "no question": ([], 2, "say which stories"),
    "no reason": (["--phrase", "tides", "--do", "hold"], 2, "say why with --reason"),
    "no number": (["--phrase", "tides", "--do", "hold", "--reason", "x"], 2, "say --yes-count 12"),
    "another number": (
        ["--phrase", "tides", "--do", "hold", "--reason", "x", "--yes-count", "11"],
        1,
        "12 stories answer now, not 11",
    ),
    "no section": (["--section", "yachts"], 1, "no section 'yachts'"),
    "no day": (["--since", "monday"], 1, "'monday' is no day, instant or span"),
    "no batch": (["--undo", "nothing", "--reason", "x"], 1, "recall nothing is not known"),
    "undo without a reason": (["--undo", "nothing"], 2, "say why with --reason"),
}


def test_a_slip_is_one_line_and_changes_nothing(shell: Shell) -> None:
    for what, (words, code, line) in REFUSED.items():
        assert line in refusal(shell.on_desk("recall", *words), code), what
    assert told(shell.on_desk("recall", "--agency", AGENCY, "--json"))["byFace"] == {"live": 13}
    assert "there were no recalls" in shell.on_desk("recall", "--list").stdout


def test_nothing_that_answers_is_nothing_done(shell: Shell) -> None:
    result = shell.on_desk("recall", "--phrase", "yacht", "--do", "kill", "--reason", "desk")
    assert result.exit_code == 0
    assert "0 stories answer" in result.stdout
    assert "there were no recalls" in shell.on_desk("recall", "--list").stdout


@pytest.mark.anyio
async def test_a_running_desk_is_waited_for_until_all_is_clean(shell: Shell) -> None:
    async with lives.live(shell.data) as live:

        async def ask(*words: str) -> Result:
            return await asyncio.to_thread(shell.on_desk, "recall", *words)

        order = ("--phrase", "tides", "--do", "hold", "--reason", "desk", "--yes-count", "12")
        done = told(await ask(*order, "--json"))
        assert (done["decided"], done["pressing"]) == (12, 0)
        assert "Shoreline" not in (await live.client.get("/feed.json")).text
        back = await ask("--undo", done["batch"], "--reason", "a mistake")
        assert back.exit_code == 0
        assert "undone by" in back.stdout
        assert "Shoreline" in (await live.client.get("/feed.json")).text
