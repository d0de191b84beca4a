"""What a shell learns of alerts and of the breaker, and a desk that really calls somebody."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

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
