"""What a shell learns of alerts and of the breaker, and a desk that really calls somebody."""

import asyncio
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import _NamedTextIOWrapper

from tests.newsroom import live as lives
from tests.newsroom.live import until
from tests.newsroom.making import config
from tests.newsroom.making import ninjs
from tests.test_cli import Shell
from tests.test_cli import refusal

SITE = '[site]\nurl = "https://news.example.org"\n[limits]\ndisk_reserve_bytes = 0\n'


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path)


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """A program that writes down what it is told."""
    program = tmp_path / "pager"
    program.write_text(f'#!/bin/sh\ncat >> "{tmp_path}/told"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def told(folder: Path) -> list[tuple[str, str]]:
    """Kind and code of each call the program was given."""
    path = folder / "told"
    lines = path.read_text().splitlines() if path.exists() else []
    return [(one["kind"], one["code"]) for one in map(json.loads, lines)]


def deaths(shell: Shell, count: int) -> list[Path]:
    dated: dict[str, Any] = {"versioncreated": "2020-03-02T08:55:00Z"}
    return [
        shell.file(f"{n}.json", ninjs(f"urn:{n}", headline=f"Captain {n} dies", **dated))
        for n in range(count)
    ]


# --- doctor -------------------------------------------------------------------------------------


def test_a_test_alert_goes_by_every_route_and_the_shell_says_what_became_of_it(
    shell: Shell, pager: Path
) -> None:
    toml = (
        f'[alerts.command]\nargv = ["{pager}"]\n[alerts.webhook]\nurl = "http://127.0.0.1:1/key"\n'
    )
    settings = shell.file("house.toml", toml.encode())
    result = shell.on_desk("doctor", "--alert", "--config", settings)
    assert result.exit_code == 1
    webhook, command = sorted(result.stdout.splitlines(), reverse=True)
    assert command == f"command ({pager}): told"
    assert webhook == "webhook (http://127.0.0.1): NOT told: http://127.0.0.1: no connection"
    assert told(shell.folder) == [("test", "test")]
    tried = json.loads(shell("doctor", "--alert", "--config", settings, "--json").stdout)["tried"]
    assert [one["fault"] is None for one in tried] == [False, True]
    assert not shell.data.exists(), "a test needs no desk, and makes none"


def test_a_test_that_reaches_everybody_is_well(shell: Shell, pager: Path) -> None:
    settings = shell.file("house.toml", f'[alerts.command]\nargv = ["{pager}"]\n'.encode())
    assert shell.on_desk("doctor", "--alert", "--config", settings).exit_code == 0


def test_with_no_route_there_is_nobody_to_test(shell: Shell) -> None:
    result = shell.on_desk("doctor", "--alert")
    assert result.exit_code == 1
    assert "no route is set" in result.stdout


def test_the_doctor_says_whom_alerts_call(shell: Shell, pager: Path) -> None:
    shell.story()
    plain = shell.file("plain.toml", SITE.encode())
    result = shell.on_desk("doctor", "--config", plain)
    assert "alerts are printed and kept only" in result.stdout
    assert result.exit_code == 0
    routes = f'[alerts.command]\nargv = ["{pager}"]\n'
    result = shell.on_desk("doctor", "--config", shell.file("house.toml", (SITE + routes).encode()))
    assert f"alerts go by command ({pager})" in result.stdout
    assert result.exit_code == 0


def test_a_secret_this_shell_does_not_have_is_a_finding_and_hides_no_other(shell: Shell) -> None:
    shell.story()
    shell.on_desk("pause")
    toml = SITE + '[alerts.webhook]\nurl = "https://desk.example/"\ntoken_env = "UNSET_HERE"\n'
    settings = shell.file("house.toml", toml.encode())
    result = shell.on_desk("doctor", "--config", settings)
    assert result.exit_code == 1
    assert "alerts.webhook.token: UNSET_HERE holds no secret" in result.stdout
    assert "publishing is paused" in result.stdout
    assert "UNSET_HERE" in refusal(shell.on_desk("run", "--config", settings, "--listen", ":0"), 2)


# --- the breaker, from a shell ------------------------------------------------------------------


def test_a_burst_from_a_shell_waits_is_told_and_goes_on_when_a_person_says_so(
    shell: Shell,
) -> None:
    settings = shell.file("house.toml", (SITE + "[breaker]\nobituaries = 3\n").encode())
    received = shell.on_desk("receive", *deaths(shell, 6), "--config", settings)
    assert "*** ALERT breaker-tripped: inbox: publishing stopped: more than 3" in received.stderr
    assert received.stdout.count("Publishing is paused") == 3

    doctor = shell.on_desk("doctor", "--config", settings, "--json")
    assert doctor.exit_code == 1
    said = json.loads(doctor.stdout)
    assert any("the breaker has stopped inbox" in one for one in said["findings"])
    assert any("alert breaker-tripped since" in one for one in said["findings"])
    ((bell,), routes) = (said["alerts"]["open"], said["alerts"]["routes"])
    assert (bell["code"], bell["about"], bell["told"]) == (
        "breaker-tripped",
        "inbox",
        ["terminal"],
    )
    assert routes == []

    resumed = shell.on_desk("resume", "inbox", "--config", settings)
    assert "3 stories waited" in resumed.stdout
    assert "ALL CLEAR breaker-tripped: inbox" in resumed.stderr
    doctor = shell.on_desk("doctor", "--config", settings)
    assert doctor.exit_code == 0, doctor.stdout
    assert "live 6" in doctor.stdout


# --- a desk that runs ---------------------------------------------------------------------------


@pytest.mark.anyio
async def test_a_running_desk_calls_a_person_and_says_when_it_is_over(
    tmp_path: Path, pager: Path
) -> None:
    settings = config(
        site={}, breaker={"obituaries": 2}, alerts={"command": {"argv": [str(pager)]}}
    )

    async def heard() -> int:
        return len(told(tmp_path))

    async with lives.live(tmp_path / "data", settings) as live:
        for number in range(5):
            answer = await live.push(ninjs(f"urn:{number}", headline=f"Captain {number} dies"))
            assert answer.status_code == 202
            await live.fate(answer)
        await until(heard)
        assert live.desk.store.counts()["live"] == 2
        assert await live.ask("resume", source="inbox") == [{"paused": [], "waited": 3}]

        async def both() -> bool:
            return await heard() == 2

        await until(both)
    assert told(tmp_path) == [("alert", "breaker-tripped"), ("over", "breaker-tripped")]


# --- what a person is called for, and its end ---------------------------------------------------

NOTICE = {"headline": "KILL KILL KILL", "text": "Please kill what moved this morning."}


def test_an_alert_is_listed_and_closed_and_the_doctor_is_well_meanwhile(shell: Shell) -> None:
    settings = shell.file("house.toml", SITE.encode())
    shell.story(guid="urn:notice", **NOTICE)
    (open_,) = json.loads(shell.on_desk("alerts", "--json").stdout)
    assert open_["code"] == "notice-names-nothing"
    doctor = shell.on_desk("doctor", "--config", settings)
    assert doctor.exit_code == 0, "the desk is well"
    what = f"notice-names-nothing:{open_['about']}"
    assert f"`copytaster alerts --close {what}`" in doctor.stdout

    line = refusal(shell.on_desk("alerts", "--close", "notice-names-nothing:another"), 1)
    assert "no alert notice-names-nothing:another is open" in line
    closed = shell.on_desk("alerts", "--close", what)
    assert closed.stdout.startswith(f"closed: {what}")
    assert "*** ALL CLEAR notice-names-nothing" in closed.stderr
    assert shell.on_desk("alerts").stdout == "nothing rings\n"
    kept = (shell.data / "alerts.jsonl").read_text().splitlines()
    assert json.loads(kept[-1])["text"].startswith("closed by ")


def test_all_alerts_of_a_code_are_closed_together(shell: Shell) -> None:
    for n in range(3):
        shell.story(guid=f"urn:notice:{n}", **NOTICE)
    closed = json.loads(shell.on_desk("alerts", "--close", "notice-names-nothing", "--json").stdout)
    assert len(closed) == 3
    assert json.loads(shell.on_desk("alerts", "--json").stdout) == []


def test_dead_letters_are_listed_shown_and_dismissed(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    memo = b"a memo\xff\x00 of noise"
    refusal(shell.on_desk("receive", shell.file("memo.txt", memo)), 1)
    (letter,) = [
        json.loads(line) for line in shell.on_desk("letters", "--json").stdout.splitlines()
    ]
    assert (letter["source"], letter["attempts"]) == ("inbox", 1)
    assert letter["delivery"] in shell.on_desk("letters").stdout
    assert shell.on_desk("letters", letter["delivery"]).stdout_bytes == memo

    monkeypatch.setattr(_NamedTextIOWrapper, "isatty", lambda _: True, raising=False)
    assert "\x00" not in shell.on_desk("letters", letter["delivery"]).stdout
    monkeypatch.undo()
    monkeypatch.chdir(shell.folder)
    hasty = shell.on_desk("letters", "--dismiss", letter["delivery"])
    assert (hasty.exit_code, "--reason" in hasty.stderr) == (2, True)
    assert "no delivery is called x" in refusal(shell.on_desk("letters", "x"), 1)
    said = ("--dismiss", letter["delivery"], "--reason", "read by hand")
    assert "dismissed" in shell.on_desk("letters", *said).stdout
    assert shell.on_desk("letters").stdout == "there are no dead letters\n"
    assert shell.on_desk("alerts").stdout == "nothing rings\n"
    assert "no dead letter is called" in refusal(shell.on_desk("letters", *said), 1)


@pytest.mark.anyio
async def test_a_running_desk_is_told_what_is_done(shell: Shell) -> None:
    async with lives.live(shell.data) as live:
        bad = await live.push(b"a memo of noise")
        notice = await live.push(ninjs("urn:notice", headline="KILL KILL KILL", text="Kill it."))
        bad, notice = [(await live.fate(answer))["id"] for answer in (bad, notice)]

        async def called() -> bool:
            return len(live.running.alerts.opened) == 2

        await until(called)

        async def ask(command: str, *words: str) -> Any:
            return await asyncio.to_thread(shell.on_desk, command, *words)

        dismissed = await ask("letters", "--dismiss", bad, "--reason", "noise", "--json")
        assert json.loads(dismissed.stdout) == {"dismissed": [bad]}
        for bell in live.running.alerts.opened:
            await ask("alerts", "--close", f"{bell.code}:{bell.about}")
        assert live.running.alerts.opened == []
