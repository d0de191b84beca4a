"""The command line: what it prints, what it returns, and that a user's slip is one line."""

import asyncio
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from click.testing import Result

from bench.desk import Desk as Process
from copytaster import formats
from copytaster import store as stores
from copytaster.cli import main
from copytaster.newsroom import control
from copytaster.newsroom.running import base_url
from copytaster.newsroom.running import bind
from tests.newsroom import live as lives
from tests.newsroom.making import GUID
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import TEXT
from tests.newsroom.making import feed
from tests.newsroom.making import ninjs as _ninjs

COMMANDS = sorted(main.commands)


def ninjs(guid: str = GUID, **fields: Any) -> bytes:
    """An item that was new long before any clock on which these tests run."""
    return _ninjs(guid, **({"versioncreated": "2020-03-02T08:55:00Z"} | fields))


class Shell:
    """A shell in an empty folder, with the data of one desk below it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    def __call__(self, *words: str | Path, env: dict[str, str] | None = None) -> Result:
        """Run one command; a traceback is never an answer."""
        result = CliRunner().invoke(main, [str(word) for word in words], env=env)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert "Traceback" not in result.output
        return result

    def on_desk(self, command: str, *words: str | Path, **how: Any) -> Result:
        return self(command, *words, "--data", self.data, **how)

    def file(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def story(self, **fields: Any) -> str:
        """A story that was received; returns its id."""
        path = self.file("story.json", ninjs(**fields))
        result = self.on_desk("receive", path, "--agency", "seaboard", "--json")
        return str(json.loads(result.stdout)["story"])

    def told(self, id: str) -> dict[str, Any]:
        return dict(json.loads(self.on_desk("story", id, "--json").stdout))


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path)


def refusal(result: Result, code: int) -> str:
    """The one line of a refused command, beside the alerts that a person is called with."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    (line,) = [line for line in result.stderr.splitlines() if not line.startswith("*** ALERT")]
    return line


# --- help ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command: str, shell: Shell) -> None:
    result = shell(command, "--help")
    assert result.exit_code == 0
    assert f"{command} [OPTIONS]" in result.stdout
    assert len(result.stdout.splitlines()) > 4


def test_the_commands_of_the_design_that_exist_are_listed(shell: Shell) -> None:
    result = shell("--help")
    assert all(command in result.stdout for command in COMMANDS)
    wanted = "run demo parse receive story kill hold release pause resume backup restore doctor"
    assert set(wanted.split()) <= set(COMMANDS)


def test_a_command_nobody_knows_is_a_usage_error(shell: Shell) -> None:
    result = shell("publish")
    assert result.exit_code == 2
    assert "No such command" in result.stderr


# --- parse --------------------------------------------------------------------------------------


def test_parse_prints_one_json_line_for_each_item(shell: Shell) -> None:
    one = shell.file("one.json", ninjs())
    many = shell.file("feed.xml", feed(("a", "First", TEXT), ("b", "Second", TEXT)))
    result = shell("parse", one, many)
    assert result.exit_code == 0
    items = [json.loads(line) for line in result.stdout.splitlines()]
    assert [item["file"] for item in items] == [str(one), str(many), str(many)]
    assert items[0]["text"].strip() == TEXT
    assert items[0]["versionCreated"] == {
        "instant": "2020-03-02T08:55:00+00:00",
        "precision": "second",
        "zoneSource": "explicit",
        "raw": "2020-03-02T08:55:00Z",
    }
    assert [item["guid"] for item in items[1:]] == ["a", "b"]


def test_parse_names_each_bad_file_and_reads_the_rest(shell: Shell) -> None:
    bad = shell.file("bad.xml", b"garbage \x1b[31m")
    missing = shell.folder / "missing.xml"
    good = shell.file("good.json", ninjs())
    result = shell("parse", bad, missing, shell.folder, good)
    assert result.exit_code == 1
    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == [str(good)]
    told = result.stderr.splitlines()
    assert told[0].startswith(f"{bad}: no format known here claims this text")
    assert told[1] == f"{missing}: No such file or directory"
    assert told[2] == f"{shell.folder}: Is a directory"
    assert len(told) == 3


def test_parse_with_a_format_nobody_knows_says_which_there_are(shell: Shell) -> None:
    path = shell.file("one.json", ninjs())
    line = refusal(shell("parse", path, "--format", "telex"), 1)
    assert f"known: {', '.join(formats.names())}" in line


def test_parse_takes_a_file_whose_name_is_no_text(shell: Shell) -> None:
    path = Path(os.fsdecode(os.fsencode(shell.folder) + b"/\xff.json"))
    path.write_bytes(ninjs())
    result = CliRunner().invoke(main, ["parse", str(path)])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["file"].endswith("/\ufffd.json")


# --- receive ------------------------------------------------------------------------------------


def test_receive_tells_the_verdict_on_each_item(shell: Shell) -> None:
    live = shell.file("live.json", ninjs("urn:a"))
    shut = shell.file("shut.json", ninjs("urn:b", embargoed="2999-01-01T00:00:00Z"))
    result = shell.on_desk("receive", live, shut, "--agency", "seaboard")
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first.startswith(f"{live}: live: ")
    assert first.endswith(" urn:a")
    assert second.startswith(f"{shut}: embargoed: ")
    assert "urn:b: " in second


def test_receive_names_each_bad_file_and_takes_the_rest(shell: Shell) -> None:
    bad = shell.file("bad.xml", b"garbage")
    good = shell.file("good.json", ninjs())
    missing = shell.folder / "missing"
    result = shell.on_desk("receive", bad, missing, shell.folder, good, "--json")
    assert result.exit_code == 1
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["file"] for one in told] == [str(bad), str(missing), str(shell.folder), str(good)]
    assert [("error" in one) for one in told] == [True, True, True, False]
    assert "dead 1" in shell.on_desk("doctor").stdout, "what was read is kept as a dead letter"


def test_receive_refuses_what_is_over_the_limit_before_reading_it_whole(shell: Shell) -> None:
    settings = shell.file("small.toml", b"[limits]\ndelivery_bytes = 100\n")
    path = shell.file("big.json", ninjs())
    result = shell.on_desk("receive", path, "--config", settings)
    assert refusal(result, 1) == f"{path}: refused: more than 100 bytes, the limit of a delivery"


def test_what_is_received_as_archive_is_never_published(shell: Shell) -> None:
    path = shell.file("old.json", ninjs())
    result = shell.on_desk("receive", path, "--archive", "--agency", "seaboard", "--json")
    told = json.loads(result.stdout)
    assert (told["state"], told["face"]) == ("held", "none")
    assert [reason["code"] for reason in told["reasons"]] == ["backfill"]
    assert told["edition"] == 0


def test_receive_by_a_source_nobody_knows_says_which_there_are(shell: Shell) -> None:
    path = shell.file("one.json", ninjs())
    line = refusal(shell.on_desk("receive", path, "--source", "inbxo"), 1)
    assert line == "copytaster: no source 'inbxo'; known: inbox"


# --- story --------------------------------------------------------------------------------------


def test_story_tells_state_versions_history_and_receipts(shell: Shell) -> None:
    id = shell.story()
    result = shell.on_desk("story", id)
    assert result.exit_code == 0
    for words in (f"/s/{id}", "state    live", HEADLINE, "published", "hash"):
        assert words in result.stdout
    told = shell.told(id)
    assert told["state"] == "live"
    assert [version["headline"] for version in told["versions"]] == [HEADLINE]
    assert [event["kind"] for event in told["events"]] == ["published"]
    assert [receipt["clean"] for receipt in told["receipts"]] == [True]
    assert told["decisions"] == []


@pytest.mark.parametrize("given", ["/s/{}", "https://news.example.org/s/{}", "/s/{}/v1", "{}.txt"])
def test_a_story_is_named_by_its_address_too(given: str, shell: Shell) -> None:
    id = shell.story()
    assert shell.told(given.format(id))["story"] == id


@pytest.mark.parametrize("id", ["0" * 16, "nonsense", "../../etc/passwd", "\udcff", "' OR 1=1 --"])
def test_a_story_nobody_knows_is_one_line(id: str, shell: Shell) -> None:
    shell.story()
    for command in (("story",), ("kill", "--reason", "desk")):
        line = refusal(shell.on_desk(*command, id), 1)
        assert line.startswith("copytaster: no story ")
        assert "give the 16 characters of its address" in line


MARKUP = "[bold]Ferry[/bold] [/x] [red]runs[/] :smile: [link=http://x.example]again[/link] \\[b]"


@pytest.mark.parametrize("colour", [None, {"FORCE_COLOR": "1", "COLUMNS": "300"}])
def test_brackets_in_a_headline_are_no_markup(colour: dict[str, str] | None, shell: Shell) -> None:
    id = shell.story(headline=MARKUP)
    result = shell.on_desk("story", id, env=colour)
    assert result.exit_code == 0
    assert MARKUP in result.stdout


@pytest.mark.parametrize("colour", [None, {"FORCE_COLOR": "1", "COLUMNS": "300"}])
def test_nothing_an_agency_or_editor_writes_moves_the_cursor(
    colour: dict[str, str] | None, shell: Shell
) -> None:
    hostile = "\x1b]0;owned\x07\x1b[2J\r\u202e"
    id = shell.story(headline=hostile, byline=hostile, pubstatus=hostile, uri=f"urn:x{hostile}")
    bad = shell.file("bad\x1b[2J.xml", b"garbage" + hostile.encode())
    shell.on_desk("hold", id, "--reason", hostile)
    outputs = [
        shell.on_desk("story", id, env=colour),
        shell.on_desk("doctor", env=colour),
        shell.on_desk("receive", shell.folder / "story.json", bad, env=colour),
        shell.on_desk("kill", id, "--reason", hostile, env=colour),
        shell("parse", bad, env=colour),
    ]
    for result in outputs:
        for forbidden in ("\x1b]", "\x1b[2J", "\x07", "\r", "\u202e"):
            assert forbidden not in result.output


def test_a_long_headline_is_on_one_line_for_programs(shell: Shell) -> None:
    headline = "Ferry " * 200 + "end"
    id = shell.story(headline=headline)
    assert headline in shell.on_desk("story", id).stdout


def test_a_story_tells_that_its_withdrawal_is_not_proved(shell: Shell) -> None:
    id = shell.story()
    shell.on_desk("kill", id, "--reason", "desk")
    shown = shell.on_desk("story", id).stdout
    assert "not yet proved: no address was fetched" in shown
    told = shell.told(id)
    assert told["withdrawal"]["stands"]
    assert not told["withdrawal"]["clean"]
    assert [one["state"] for one in told["verdicts"]] == ["live", "killed"]


def test_the_evidence_is_written_to_a_new_file(shell: Shell) -> None:
    id = shell.story()
    pack = shell.folder / "e.zip"
    result = shell.on_desk("story", id, "--evidence", pack)
    assert result.exit_code == 0
    digest = hashlib.sha256(pack.read_bytes()).hexdigest()
    assert f"sha256  {digest}" in result.stdout
    assert "does not hold" not in result.stdout
    line = refusal(shell.on_desk("story", id, "--evidence", pack), 1)
    assert line == f"copytaster: {pack} exists, and evidence overwrites nothing: name another"
    other = shell.folder / "other.zip"
    told = json.loads(shell.on_desk("story", id, "--evidence", other, "--json").stdout)
    assert told["pack"] == {"file": str(other), "bytes": pack.stat().st_size, "sha256": digest}
    assert all(check["holds"] for check in told["checks"])
    nowhere = refusal(shell.on_desk("story", id, "--evidence", shell.folder / "no" / "e.zip"), 2)
    assert "No such file or directory" in nowhere


# --- decisions without a running desk -----------------------------------------------------------


def test_a_kill_without_a_desk_is_suspended_and_says_that_it_is_not_finished(shell: Shell) -> None:
    id = shell.story()
    result = shell.on_desk("kill", id, "--reason", "desk")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"/s/{id}: killed, shown to the public as gone\n")
    assert "suspended; not yet finished: no desk is running" in result.stdout
    told = shell.told(id)
    assert (told["state"], told["face"]) == ("killed", "gone")
    assert told["decisions"][0]["reason"] == "desk"
    assert not list((shell.data / "site").rglob("*.v1.html"))


def test_a_kill_names_the_story_to_be_read_instead_by_its_address(shell: Shell) -> None:
    id, other = shell.story(), shell.story(uri="urn:example:instead")
    instead = ("--substitute", f"https://news.example/s/{other}/v1.txt")
    shell.on_desk("kill", id, "--reason", "desk", *instead)
    assert shell.told(id)["substitute"] == other
    again = shell.on_desk("kill", id, "--reason", "desk", "--substitute", id)
    assert "cannot be read instead of itself" in refusal(again, 1)
    assert shell.on_desk("hold", other, "--reason", "desk", *instead).exit_code == 2
    picture = shell.on_desk("kill", "--picture", "x", "--reason", "desk", *instead)
    assert "a picture has no --substitute" in picture.stderr


def test_a_kill_of_what_was_never_public_is_finished_at_once(shell: Shell) -> None:
    id = shell.story(embargoed="2999-01-01T00:00:00Z")
    result = shell.on_desk("kill", id, "--reason", "desk")
    assert "not yet finished" not in result.stdout


def test_a_release_names_what_was_seen(shell: Shell) -> None:
    id = shell.story(ednote="This story is killed.")
    told = shell.told(id)
    (version,) = told["versions"]
    assert version["content"] == told["current"]
    assert f"{told['current'][:12]} current" in shell.on_desk("story", id).stdout
    later = {"version": "2", "versioncreated": "2020-03-02T09:00:00Z", "headline": "Other words"}
    shell.story(**later, ednote="This story is killed.")
    said = ("release", id, "--reason", "desk", "--seen")
    assert "not those that were seen" in refusal(shell.on_desk(*said, told["current"]), 1)
    assert "no version of story" in refusal(shell.on_desk(*said, "cafecafe"), 1)
    assert shell.told(id)["state"] == "held"
    released = shell.on_desk(*said, shell.told(id)["current"][:12])
    assert f"/s/{id}: live" in released.stdout
    picture = shell.on_desk("release", "--picture", "x", "--reason", "desk", "--seen", "cafecafe")
    assert picture.exit_code == 2


def test_hold_and_release(shell: Shell) -> None:
    id = shell.story()
    held = shell.on_desk("hold", id, "--reason", "legal")
    assert "held, shown to the public as hold" in held.stdout
    assert shell.told(id)["face"] == "hold"
    released = shell.on_desk("release", id, "--reason", "checked")
    assert "live, shown to the public as live" in released.stdout
    assert [one["kind"] for one in shell.told(id)["decisions"]] == ["hold", "release"]


def test_a_decision_in_json(shell: Shell) -> None:
    id = shell.story()
    told = json.loads(shell.on_desk("kill", id, "--reason", "legal", "--json").stdout)
    assert (told["story"], told["face"], told["unfinished"]) == (id, "legal", True)


def test_a_decision_needs_a_reason(shell: Shell) -> None:
    id = shell.story()
    result = shell.on_desk("kill", id)
    assert result.exit_code == 2
    assert "--reason" in result.stderr


def test_who_decided_is_recorded_even_where_the_system_has_no_name_for_them(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    id = shell.story()
    monkeypatch.setattr("getpass.getuser", nameless)
    shell.on_desk("hold", id, "--reason", "desk")
    assert shell.told(id)["decisions"][0]["by"] == f"uid {os.getuid()}"


def test_pause_and_resume(shell: Shell) -> None:
    shell.story()
    assert "publishing is paused (all)" in shell.on_desk("pause").stdout
    id = shell.story(uri="urn:waiting")
    assert shell.told(id)["reasons"][0]["code"] == "paused"
    assert "paused (*)" in shell.on_desk("doctor").stdout
    assert "1 stories waited" in shell.on_desk("resume").stdout
    assert shell.told(id)["state"] == "live"


def test_a_slip_in_the_name_of_a_source_pauses_nothing(shell: Shell) -> None:
    shell.story()
    line = refusal(shell.on_desk("pause", "inbxo"), 1)
    assert line == "copytaster: no source 'inbxo' to pause; known: inbox"
    assert "not paused" in refusal(shell.on_desk("resume", "inbox"), 1)


# --- backup, restore, doctor --------------------------------------------------------------------


def test_a_backup_comes_back_whole(shell: Shell) -> None:
    id = shell.story()
    told = shell.told(id)
    target = shell.folder / "backup.sqlite"
    assert shell.on_desk("backup", target).exit_code == 0
    shell.on_desk("kill", id, "--reason", "desk")
    elsewhere = shell.folder / "elsewhere"
    result = shell("restore", target, "--data", elsewhere)
    assert result.exit_code == 0
    again = shell("story", id, "--json", "--data", elsewhere)
    assert json.loads(again.stdout) == told


def test_a_backup_overwrites_nothing(shell: Shell) -> None:
    shell.story()
    target = shell.file("precious", b"precious")
    assert "is there already" in refusal(shell.on_desk("backup", target), 2)
    assert target.read_bytes() == b"precious"


def test_a_rebuild_makes_the_files_of_all_stories_again(shell: Shell) -> None:
    assert "no desk was ever here" in refusal(shell.on_desk("rebuild"), 2)
    id = shell.story()
    site = shell.data / "site"
    before = sorted(site.rglob(f"{id}.*"))
    shutil.rmtree(site / "s")
    result = shell.on_desk("rebuild", "--jobs", "1")
    assert result.stdout == (
        "1 stories: the files of 1 were made again\n"
        "the public log has 3 entries, and all their files\n"
    )
    assert sorted(site.rglob(f"{id}.*")) == before
    told = json.loads(shell.on_desk("rebuild", "--jobs", "1", "--json").stdout)
    whole = {"stories": 1, "made": 1, "removed": 0, "failed": [], "log": 3, "log_refused": None}
    assert told == whole


def test_a_restored_desk_signs_nothing_beside_the_log_that_readers_know(shell: Shell) -> None:
    shell.story()
    target = shell.folder / "backup.sqlite"
    shell.on_desk("backup", target)
    shell.story(uri="urn:later")
    shell.on_desk("rebuild", "--jobs", "1")
    known = (shell.data / "site" / "log" / "checkpoint").read_bytes()
    assert shell.on_desk("restore", target, "--replace").exit_code == 0
    refused = shell.on_desk("rebuild", "--jobs", "1")
    assert refused.exit_code == 1
    assert "the public log is not signed: the log was signed with 4 entries" in refused.stderr
    assert (shell.data / "site" / "log" / "checkpoint").read_bytes() == known
    assert "it will not be signed" in shell.on_desk("doctor").stdout


def test_what_is_printed_for_nginx_names_this_desk_and_its_files(shell: Shell) -> None:
    config = shell.file(
        "desk.toml", b"listen = '127.0.0.1:9999'\n[site]\nurl='https://a.example'\n"
    )
    printed = shell("nginx", "--config", config, "--data", shell.data).stdout
    assert "server 127.0.0.1:9999;" in printed
    assert "server_name a.example;" in printed
    assert f'root "{shell.data.resolve()}/site";' in printed
    other = shell("nginx", "--config", config, "--server-name", "b.example", "--listen", "8080")
    assert "listen 8080;\n    server_name b.example;" in other.stdout
    assert "cannot be in" in refusal(shell("nginx", "--server-name", "a; b"), 1)


def test_a_restore_overwrites_nothing_unless_told_to_move_it_aside(shell: Shell) -> None:
    id = shell.story()
    target = shell.folder / "backup.sqlite"
    shell.on_desk("backup", target)
    later = shell.story(uri="urn:later")
    assert "--replace" in refusal(shell.on_desk("restore", target), 2)
    assert shell.told(later)["state"] == "live"
    assert shell.on_desk("restore", target, "--replace").exit_code == 0
    assert shell.told(id)["state"] == "live"
    assert "no story" in refusal(shell.on_desk("story", later), 1)
    assert (shell.data / "replaced-1" / stores.STORE_FILE).exists()
    assert not (shell.data / "site" / "s").exists(), "pages of another past are not kept"


def test_what_was_taken_back_after_the_backup_stays_so_in_the_restored_desk(shell: Shell) -> None:
    ids = {name: shell.story(uri=f"urn:{name}", text=f"{name}. {TEXT}") for name in "abcd"}
    soon = {"embargoed": "2125-01-01T00:00:00Z", "text": f"e. {TEXT}"}
    ids["e"] = shell.story(uri="urn:e", **soon)
    target = shell.folder / "backup.sqlite"
    shell.on_desk("backup", target)
    shell.on_desk("kill", ids["a"], "--reason", "legal")
    later = {"version": "2", "versioncreated": "2020-03-02T09:00:00Z"}
    shell.story(uri="urn:b", pubstatus="canceled", text=f"b. {TEXT}", **later)
    shell.on_desk("hold", ids["c"], "--reason", "desk")
    shell.story(uri="urn:e", pubstatus="canceled", **later, **soon)

    restored = shell.on_desk("restore", target, "--replace")
    assert restored.exit_code == 0
    assert restored.stdout.count("killed, as it was") == 3
    faces = {name: shell.told(id)["face"] for name, id in ids.items()}
    assert faces == {"a": "legal", "b": "gone", "c": "hold", "d": "live", "e": "none"}
    assert shell.told(ids["e"])["state"] == "killed", "its embargo will not open"


def test_a_restore_that_was_cut_off_forgets_no_kill_and_starts_no_empty_desk(shell: Shell) -> None:
    id = shell.story()
    target = shell.folder / "backup.sqlite"
    shell.on_desk("backup", target)
    shell.on_desk("kill", id, "--reason", "desk")
    aside = shell.data / "replaced-1"
    aside.mkdir()
    for file in shell.data.glob("desk.sqlite*"):
        file.rename(aside / file.name)
    (shell.data / stores.RESTORED_FILE).write_bytes(target.read_bytes())

    assert "a restore was cut off" in refusal(shell.on_desk("pause"), 2)
    again = shell.on_desk("restore", target)
    assert again.exit_code == 0
    assert shell.told(id)["state"] == "killed"


def test_a_replaced_store_that_cannot_be_read_is_told(shell: Shell) -> None:
    id = shell.story()
    target = shell.folder / "backup.sqlite"
    shell.on_desk("backup", target)
    (shell.data / stores.STORE_FILE).write_bytes(b"no database at all" * 100)
    restored = shell.on_desk("restore", target, "--replace")
    assert restored.exit_code == 1
    assert "close the gap by hand" in restored.stderr
    assert shell.told(id)["state"] == "live"


def test_a_story_that_cannot_be_carried_over_is_told(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = shell.story()
    target = shell.folder / "backup.sqlite"
    shell.on_desk("backup", target)
    shell.on_desk("kill", id, "--reason", "desk")

    def fails(*_: object, **__: object) -> None:
        raise ValueError("no verdict")

    monkeypatch.setattr("copytaster.newsroom.desk.Desk.decide", fails)
    restored = shell.on_desk("restore", target, "--replace")
    assert restored.exit_code == 1
    assert f"story {id}, killed there (ValueError: no verdict)" in restored.stderr


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_what_is_no_backup_is_not_restored(content: bytes, shell: Shell) -> None:
    path = shell.file("backup", content)
    result = shell("restore", path, "--data", shell.folder / "elsewhere")
    refusal(result, 2)
    assert not (shell.folder / "elsewhere" / stores.STORE_FILE).exists()


def test_the_doctor_finds_nothing_wrong_with_a_sound_house(shell: Shell) -> None:
    settings = shell.file(
        "copytaster.toml",
        b'[site]\nurl = "https://news.example.org"\n[limits]\ndisk_reserve_bytes = 0\n',
    )
    shell.story()
    result = shell.on_desk("doctor", "--config", settings)
    assert result.exit_code == 0
    assert "nothing wrong was found" in result.stdout
    assert "live 1" in result.stdout


def test_the_doctor_says_what_is_wrong(shell: Shell) -> None:
    settings = shell.file("full.toml", b"[limits]\ndisk_reserve_bytes = 1000000000000000000\n")
    shell.story()
    shell.on_desk("pause")
    shell.on_desk("receive", shell.file("bad", b"garbage"))
    result = shell.on_desk("doctor", "--config", settings, "--json")
    assert result.exit_code == 1
    findings = "\n".join(json.loads(result.stdout)["findings"])
    for words in ("below the reserve", "dead letter", "publishing is paused", "no [site] url"):
        assert words in findings


# --- slips --------------------------------------------------------------------------------------


TOML = {
    "[sit]\nname = 'x'": "unknown key sit; did you mean site?",
    "[site]\nnmae = 'x'": "unknown key site.nmae; did you mean site.name?",
    "[proof]\nsample = 0": "`int` >= 1",
    "[site]\nzone = 'Mars/Olympus'": "no zone is called 'Mars/Olympus'",
    "[site]\nzone = '../etc/passwd'": "no zone is called",
    "[site]\nurl = 'news.example.org'": "is no web address",
    "[site]\nlanguage = 'in English'": "is no BCP 47 tag",
    "[sources.'two words']\nroute = 'push'": "a source's id is",
    "[sources.x]\nroute = ['push']": "must be one of push, poll, folder",
    "[sources.x]\nroute = 'fax'": "must be one of push, poll, folder",
    "sources = 7": "sources",
    "listen = ": "not TOML",
    "agencies = 'nowhere'": "nowhere is no folder",
}


@pytest.mark.parametrize("toml", TOML)
def test_a_fault_of_the_configuration_is_one_line_with_what_to_do(toml: str, shell: Shell) -> None:
    shell.story()
    settings = shell.file("house.toml", toml.encode())
    line = refusal(shell.on_desk("doctor", "--config", settings), 2)
    assert TOML[toml] in line


def test_two_faults_are_two_lines(shell: Shell) -> None:
    settings = shell.file("house.toml", b"[sit]\n[proof]\nsampel = 1\n")
    result = shell.on_desk("doctor", "--config", settings)
    assert result.exit_code == 2
    assert [line.partition(": ")[2].partition(": ")[2] for line in result.stderr.splitlines()] == [
        "unknown key sit; did you mean site?",
        "unknown key proof.sampel; did you mean proof.sample?",
    ]


SLIPS: dict[str, Callable[[Shell], tuple[str | Path, ...]]] = {
    "a configuration that is not there": lambda s: ("doctor", "--config", s.folder / "no.toml"),
    "a configuration that is a folder": lambda s: ("doctor", "--config", s.folder),
    "a configuration that is not text": lambda s: ("doctor", "--config", s.file("x", b"\xff")),
    "a data folder that is not there": lambda s: ("doctor", "--data", s.folder / "no"),
    "a data folder that is a file": lambda s: ("story", "x", "--data", s.file("x", b"")),
    "a story of a desk that is not there": lambda s: ("story", "x", "--data", s.folder / "no"),
    "a kill on a desk that is not there": lambda s: (
        *("kill", "x", "--reason", "desk", "--data"),
        s.folder / "no",
    ),
    "a resume of a desk that is not there": lambda s: ("resume", "--data", s.folder / "no"),
    "a backup of a desk that is not there": lambda s: (
        *("backup", s.folder / "b", "--data"),
        s.folder / "no",
    ),
    "a backup into a folder that is not there": lambda s: (
        *("backup", s.folder / "no" / "b", "--data"),
        s.data,
    ),
    "a run on what is no address": lambda s: ("run", "--listen", "here", "--data", s.data),
    "a run on a port there is not": lambda s: ("run", "--listen", ":65536", "--data", s.data),
    "a run on a file": lambda s: ("run", "--listen", ":0", "--data", s.file("x", b"")),
    "a run below a file": lambda s: ("run", "--listen", ":0", "--data", s.file("x", b"") / "y"),
    "a demo on what is no address": lambda s: ("demo", "--listen", "here"),
    "a pause below a file": lambda s: ("pause", "--data", s.file("x", b"") / "y"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_one_line_and_leaves_nothing_behind(slip: str, shell: Shell) -> None:
    shell.story()
    refusal(shell(*SLIPS[slip](shell)), 2)
    assert not (shell.folder / "no").exists()


@pytest.mark.parametrize("content", [b"SQLite format 3\0" + b"\xff" * 5000, b"hello" * 1000])
def test_a_damaged_store_is_one_line(content: bytes, shell: Shell) -> None:
    shell.data.mkdir()
    (shell.data / stores.STORE_FILE).write_bytes(content)
    for command in (("doctor",), ("story", "x"), ("pause",), ("run", "--listen", ":0")):
        line = refusal(shell.on_desk(*command), 2)
        assert "is damaged" in line
        assert "use a sound backup" in line


def test_another_programs_database_is_not_touched(shell: Shell) -> None:
    import sqlite3

    shell.data.mkdir()
    path = shell.data / stores.STORE_FILE
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE precious (value)")
    db.close()
    before = path.read_bytes()
    assert "is not a Copytaster store" in refusal(shell.on_desk("doctor"), 2)
    assert path.read_bytes() == before


def test_a_port_in_use_is_one_line_with_what_to_do(shell: Shell) -> None:
    with bind("127.0.0.1:0") as taken:
        address = base_url(taken).removeprefix("http://")
        line = refusal(shell.on_desk("run", "--listen", address), 2)
    assert line == (
        f"copytaster: cannot listen on {address}: Address already in use; "
        "choose another address with --listen"
    )


def test_a_folder_that_another_desk_has_is_one_line(shell: Shell) -> None:
    shell.story()
    with stores.lock_folder(shell.data):
        for command in (("run", "--listen", ":0"), ("pause",), ("restore", shell.file("b", b""))):
            assert "another desk" in refusal(shell.on_desk(*command), 2)


# --- with a running desk ------------------------------------------------------------------------


def test_a_dead_letter_is_read_again_and_what_became_of_it_is_told(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shell.file("one.json", ninjs())
    with monkeypatch.context() as patch:
        patch.setattr(formats, "parse", fails)
        refusal(shell.on_desk("receive", path, "--agency", "seaboard"), 1)
    refusal(shell.on_desk("receive", shell.file("memo.txt", b"a memo")), 1)

    letters = shell.on_desk("retry", "--json")
    assert letters.exit_code == 1
    story, memo = [json.loads(line) for line in letters.stdout.splitlines()]
    assert (story["state"], story["guid"]) == ("live", GUID)
    assert "no format known here" in memo["error"]

    assert f"{memo['delivery']}: refused" in refusal(shell.on_desk("retry", memo["delivery"]), 1)
    line = refusal(shell.on_desk("retry", story["delivery"]), 1)
    assert "no dead letter is called" in line


def test_a_desk_without_dead_letters_says_so(shell: Shell) -> None:
    shell.on_desk("receive", shell.file("one.json", ninjs()))
    assert shell.on_desk("retry").stdout == "there are no dead letters\n"


def fails(*_: object, **__: object) -> None:
    raise ZeroDivisionError("a slip")


@pytest.mark.anyio
async def test_every_order_reaches_the_running_desk(shell: Shell) -> None:
    async with lives.live(shell.data) as live:

        async def ask(command: str, *words: str | Path) -> Result:
            result = await asyncio.to_thread(shell.on_desk, command, *words)
            assert result.exit_code == 0, result.output
            return result

        path = shell.file("one.json", ninjs())
        received = await ask("receive", path, "--agency", "seaboard", "--json")
        id = json.loads(received.stdout)["story"]
        assert HEADLINE in (await live.client.get(f"/s/{id}")).text
        assert HEADLINE in (await ask("story", id)).stdout

        await ask("hold", id, "--reason", "desk")
        await ask("release", id, "--reason", "desk")
        killed = await ask("kill", id, "--reason", "legal")
        assert f"/s/{id}: killed, shown to the public as legal" in killed.stdout
        assert f"451  /s/{id}.txt  clean" in killed.stdout
        assert "not yet finished" not in killed.stdout
        assert "NOT CLEAN" not in killed.stdout
        assert (await live.client.get(f"/s/{id}")).status_code == 451

        again = json.loads((await ask("kill", id, "--reason", "legal", "--json")).stdout)
        assert again["proof"]["clean"] is True

        await ask("pause", "inbox")
        waiting = json.loads((await ask("receive", shell.file("b", ninjs("b")), "--json")).stdout)
        assert waiting["reasons"][0]["code"] == "paused"
        assert "1 stories waited" in (await ask("resume")).stdout
        assert "backed up" in (await ask("backup", shell.folder / "backup")).stdout

        await asyncio.to_thread(shell.on_desk, "receive", shell.file("c", b"a memo"))
        refused = await asyncio.to_thread(shell.on_desk, "retry", "--json")
        assert refused.exit_code == 1
        assert "no format known here" in json.loads(refused.stdout)["error"]

        refused = await asyncio.to_thread(shell.on_desk, "story", "0" * 16)
        assert "no story" in refusal(refused, 1)
        refused = await asyncio.to_thread(shell.on_desk, "hold", "0" * 16, "--reason", "x")
        assert "no story" in refusal(refused, 1)
        refused = await asyncio.to_thread(shell.on_desk, "run", "--listen", ":0")
        assert "another desk" in refusal(refused, 2)
        assert await asyncio.to_thread(control.is_running, shell.data)


def test_a_terminated_desk_ends_within_seconds_and_loses_nothing(tmp_path: Path) -> None:
    desk = Process(tmp_path / "data")
    desk.start()
    with desk.speak() as voice:
        sent = [voice.push(ninjs(f"urn:{n}"), agency="seaboard") for n in range(20)]
    process = desk._running
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) == 0
    assert time.monotonic() - began < 5
    desk.stop()
    assert "Traceback" not in desk.said()
    assert not control.is_running(tmp_path / "data")
    with desk, desk.speak() as voice:
        fates = [voice.settled(delivery) for delivery in sent]
    assert {fate["stories"][0]["state"] for fate in fates} == {"live"}


def test_the_command_is_a_program(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_bytes(ninjs())
    program = "from copytaster.cli import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", program, "parse", "one.json", "missing.json"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["headlines"][0]["value"] == HEADLINE
    assert ended.stderr == b"missing.json: No such file or directory\n"
