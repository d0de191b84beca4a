"""Persons in a shell: lists, links, roles, tokens, without a running desk."""

import json
from typing import Any

import pytest
from click.testing import Result

from copytaster.newsroom import control
from copytaster.newsroom.people import People
from copytaster.newsroom.running import utc_now
from copytaster.store import STORE_FILE
from copytaster.store import open_sqlite
from tests import blank
from tests.newsroom.staffed import HERE
from tests.newsroom.staffed import PASSWORD
from tests.newsroom.staffed import quick
from tests.test_cli import Shell
from tests.test_cli import refusal


@pytest.fixture
def shell(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    opened = Shell(tmp_path)
    blank.lay(opened.data)
    return opened


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def people(shell: Shell, *words: str) -> Result:
    return shell.on_desk("people", *words)


def join(shell: Shell, address: str, name: str = "ada", shown: str = "Ada Quay") -> None:
    """Somebody opens a link."""
    store = open_sqlite(shell.data / STORE_FILE)
    entrance = People(store.people, utc_now, passwords=quick()).entrance
    entrance.join(
        address.rpartition("/")[2],
        name=name,
        shown=shown,
        password=PASSWORD,
        again=PASSWORD,
        agent="",
        address=HERE,
    )
    store.close()


@pytest.fixture
def ada(shell: Shell) -> str:
    """The first admin is here."""
    join(shell, told(people(shell, "invite", "--role", "admin", "--json"))["address"])
    return "ada"


def test_a_desk_with_nobody_says_how_the_first_one_comes(shell: Shell) -> None:
    said = people(shell).stdout
    assert said == "nobody can sign in yet: `copytaster people invite --role admin` prints a link\n"
    assert told(people(shell, "--json")) == {"people": [], "links": []}
    refused = refusal(people(shell, "invite", "--role", "reader"), 1)
    assert "first person here is an admin" in refused


def test_an_invitation_is_printed_once(shell: Shell, ada: str) -> None:
    said = people(shell, "invite", "bo", "--role", "editor").stdout
    assert said.startswith("editor, link for bo, made by ")
    address = said.split("\n\n")[1].strip()
    assert address.startswith("http://127.0.0.1:8420/desk/join/")
    listed = people(shell, "list").stdout
    assert "editor, link for bo" in listed
    assert address.rpartition("/")[2] not in listed
    join(shell, address, "ignored", "Bo \x1b[2J")
    lines = people(shell).stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [["ada", "admin"], ["bo", "editor"]]
    assert "\x1b" not in people(shell).stdout


def test_roles_and_ends_are_ordered_and_leave_a_line(shell: Shell, ada: str) -> None:
    join(shell, told(people(shell, "invite", "bo", "--role", "admin", "--json"))["address"])
    changed = told(people(shell, "role", "BO", "--role", "chief", "--json"))
    assert (changed["name"], changed["role"], changed["sessions"]) == ("bo", "chief", 1)
    ended = told(people(shell, "disable", "bo", "--reason", "has left", "--json"))
    assert (ended["sessions"], ended["disabled"] is None) == (0, False)
    assert "disabled since" in people(shell).stdout
    assert "enable them first" in refusal(people(shell, "reset", "bo"), 1)
    assert told(people(shell, "enable", "bo", "--json"))["disabled"] is None
    store = open_sqlite(shell.data / STORE_FILE)
    deeds = store.people.deeds(about="bo")
    store.close()
    assert [(one.what, one.why, one.address) for one in deeds][:3] == [
        ("enable", "", "shell"),
        ("disable", "has left", "shell"),
        ("role", "admin to chief", "shell"),
    ]


def test_the_last_admin_stays(shell: Shell, ada: str) -> None:
    for words in (("disable", "ada"), ("role", "ada", "--role", "reader")):
        assert "ada is the last admin" in refusal(people(shell, *words), 1)
    assert "nobody called 'eve'" in refusal(people(shell, "disable", "eve"), 1)


def test_a_lost_password_is_reset_by_a_link(shell: Shell, ada: str) -> None:
    made = told(people(shell, "reset", "ada", "--json"))
    assert (made["name"], made["resets"]) == ("ada", True)
    assert people(shell, "reset", "ada").stdout.startswith("another password for ada, made by")


def test_tokens_are_made_listed_and_ended(shell: Shell, ada: str) -> None:
    made = told(people(shell, "tokens", "ada", "--make", "cron", "--days", "7", "--json"))
    assert len(made["token"]) == 43
    listed = told(people(shell, "tokens", "--json"))
    assert listed == {"tokens": made["tokens"]}
    assert [(one["person"], one["name"], one["role"]) for one in listed["tokens"]] == [
        ("ada", "cron", "reader")
    ]
    assert made["token"] not in people(shell, "tokens").stdout
    assert "ada  cron  reader  never used" in people(shell, "tokens").stdout
    assert "a token called 'cron'" in refusal(people(shell, "tokens", "ada", "--make", "cron"), 1)
    assert people(shell, "tokens", "ada", "--end", "cron").stdout == "no tokens\n"
    assert "no token called 'cron'" in refusal(people(shell, "tokens", "ada", "--end", "cron"), 1)
    words = people(shell, "tokens", "ada", "--make", "x", "--role", "admin").stdout
    assert words.startswith("The new token; it is not shown again:\n\n  ")


@pytest.mark.parametrize(
    "words",
    [
        ("disable",),
        ("reset",),
        ("role", "ada"),
        ("invite",),
        ("list", "ada"),
        ("list", "--make", "x"),
        ("tokens", "--make", "x"),
        ("tokens", "ada", "--make", "x", "--end", "y"),
        ("tokens", "ada", "--make", "x", "--days", "0"),
        ("invite", "--role", "king"),
        ("fire", "ada"),
    ],
)
def test_words_that_do_not_go_together_are_a_usage_error(
    words: tuple[str, ...], shell: Shell
) -> None:
    result = people(shell, *words)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


def test_a_slip_in_the_folders_name_makes_no_desk(shell: Shell) -> None:
    for words in (("list",), ("invite", "--role", "admin")):
        result = shell("people", *words, "--data", shell.folder / "slip")
        assert "no desk was ever here" in refusal(result, 2)
    assert not (shell.folder / "slip").exists()


def test_orders_without_a_running_desk_leave_their_lines(shell: Shell) -> None:
    id = shell.story()
    shell.on_desk("hold", id, "--reason", "desk")
    doubt = ("--do", "hold", "--reason", "a doubt", "--yes-count", "1")
    shell.on_desk("pause")
    shell.on_desk("resume")
    shell.on_desk("recall", "--agency", "seaboard", *doubt)
    assert shell.on_desk("kill", "0" * 16, "--reason", "desk").exit_code == 1
    store = open_sqlite(shell.data / STORE_FILE)
    (recall, *deeds) = store.people.deeds()
    (batch,) = store.batches(1)
    store.close()
    assert (recall.what, recall.about, recall.why) == ("recall: hold", batch.id, "a doubt")
    assert [(one.what, one.about, one.why) for one in deeds] == [
        ("resume", "*", ""),
        ("pause", "*", ""),
        ("hold", id, "desk"),
    ]
    assert {(one.by, one.address) for one in (recall, *deeds)} == {(control.user(), "shell")}
