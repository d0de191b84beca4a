"""``copytaster find``: any story, by a query; an error points at its character."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.newsroom import live as lives
from tests.newsroom.making import AGENCY
from tests.test_cli import Shell
from tests.test_cli import ninjs


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A desk with three stories of a tram, one of them withheld, and one that has none."""
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path)
    trams = [
        ninjs("urn:1", text="The tram stops at the south pier."),
        ninjs("urn:2", text="The tram runs.", urgency=2),
        ninjs("urn:3", text="The tram waits.", pubstatus="withheld"),
    ]
    files = [shell.file(f"{n}.json", tram) for n, tram in enumerate(trams)]
    shell.on_desk("receive", *files, shell.file("x.json", ninjs("urn:x")), "--agency", AGENCY)
    return shell


def test_stories_are_listed_with_state_address_and_headline(shell: Shell) -> None:
    lines = shell.on_desk("find", "tram").stdout.splitlines()
    assert lines[0] == "3 stories answer: tram"
    assert len(lines) == 4
    assert sum("  live       seaboard  /s/" in line for line in lines) == 2
    assert sum("  withheld   seaboard  /s/" in line for line in lines) == 1
    (one,) = shell.on_desk("find", '"south pier" -urgency:<=3').stdout.splitlines()[1:]
    assert "  live  " in one


def test_a_query_may_begin_with_a_dash(shell: Shell) -> None:
    assert shell.on_desk("find", "-tram").stdout.startswith("1 story answers: -tram\n")


def test_no_more_than_the_limit_are_shown_and_it_says_so(shell: Shell) -> None:
    lines = shell.on_desk("find", "tram", "--limit", "2").stdout.splitlines()
    assert lines[0] == "more than 2 stories answer: tram"
    assert len(lines) == 4
    assert "--limit" in lines[3]


def test_programs_read_json(shell: Shell) -> None:
    told = json.loads(shell.on_desk("find", "tram AND urgency:2", "--json").stdout)
    assert (told["query"], told["more"], told["notYet"]) == ("tram urgency:2", False, 0)
    (one,) = told["stories"]
    assert (one["guid"], one["state"], one["urgency"]) == ("urn:2", "live", 2)
    assert json.loads(shell.on_desk("find", "yacht", "--json").stdout)["stories"] == []


def test_nothing_found_says_what_may_help(shell: Shell, tmp_path: Path) -> None:
    said = shell.on_desk("find", "yacht")
    assert said.exit_code == 0
    assert said.stdout.startswith("no story answers: yacht (words are whole words")
    (tmp_path / "empty").mkdir()
    empty = Shell(tmp_path / "empty")
    empty.on_desk("receive", empty.file("broken.json", b"{"), "--agency", AGENCY)
    assert "none has come yet" in empty.on_desk("find", "yacht").stdout


@pytest.mark.parametrize(
    ("asked", "shown", "mark"),
    [
        ("tram state:dead", "  tram state:dead", "             ^"),
        ("\x1b[31m or", "  \\x1b[31m or", "             ^"),
        ("東京 (", "  東京 (", "        ^"),
        ("e\u0301 (", "  e\u0301 (", "     ^"),
        ("tram " * 30 + "urgency:0", "  m " + "tram " * 8 + "urgency:0", " " * 52 + "^"),
    ],
)
def test_an_error_points_at_its_character(asked: str, shown: str, mark: str, shell: Shell) -> None:
    for command in (("find", asked), ("recall", "--where", asked)):
        said = shell.on_desk(*command)
        assert (said.exit_code, said.stdout) == (2, "")
        what, where, pointed = said.stderr.splitlines()
        assert what.startswith("copytaster: query, character ")
        assert where.removeprefix("copytaster: ").endswith(shown.strip())
        assert pointed.index("^") == len("copytaster: ") + len(mark) - 1


@pytest.mark.anyio
async def test_it_looks_beside_a_running_desk(shell: Shell) -> None:
    async with lives.live(shell.data):
        said = await asyncio.to_thread(shell.on_desk, "find", "tram")
        assert said.stdout.startswith("3 stories answer")
