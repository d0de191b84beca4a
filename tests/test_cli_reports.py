"""Readers' reports in a shell: listed, shown, answered, disclosed."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from copytaster.newsroom.running import utc_now
from copytaster.store import STORE_FILE
from copytaster.store import Report
from copytaster.store import ReportKind
from copytaster.store import open_sqlite
from tests.test_cli import Shell
from tests.test_cli import refusal

TICKET = "7k2m9qx4e0"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path)
    shell.data.mkdir()
    return shell


def keep(shell: Shell, **facts: Any) -> Report:
    """A report that came 30 hours ago."""
    came = utc_now() - timedelta(hours=30)
    said: dict[str, Any] = {
        "ticket": TICKET,
        "kind": ReportKind.fact,
        "received": came,
        "acknowledge_by": came + timedelta(hours=24),
        "decide_by": came + timedelta(days=15, minutes=30),
        "story": "0123456789abcdef",
        "text": "It was Tuesday.\nNot \x1b[2JMonday.",
        "name": "Åsa",
        "email": "asa@a.example",
    }
    report = Report(**(said | facts))
    store = open_sqlite(shell.data / STORE_FILE)
    store.reports.keep(report)
    store.close()
    return report


def test_the_list_says_how_long_there_is_and_nothing_of_the_reader(shell: Shell) -> None:
    keep(shell)
    keep(shell, ticket="1" * 10, acknowledged=utc_now(), story=None)
    keep(shell, ticket="2" * 10, acknowledge_by=None, decide_by=None)
    late, early, free = shell.on_desk("reports").stdout.splitlines()
    assert late.startswith(TICKET)
    assert late.endswith("open  fact  /s/0123456789abcdef  acknowledge: 6 h 0 min LATE")
    assert "no story  decide: 13 d 18 h left" in early
    assert free.endswith("/s/0123456789abcdef")
    assert "Tuesday" not in late
    assert "asa" not in late


def test_a_report_is_shown_with_what_was_said_and_cannot_steer_the_terminal(shell: Shell) -> None:
    keep(shell)
    told = shell.on_desk("reports", TICKET.upper()).stdout
    assert "  from: Åsa\n" in told
    assert "  story: /s/0123456789abcdef\n" in told
    assert "  | It was Tuesday.\n  | Not \\x1b[2JMonday.\n" in told
    as_json = json.loads(shell.on_desk("reports", TICKET, "--json").stdout)
    assert as_json["text"] == "It was Tuesday.\nNot \x1b[2JMonday."
    assert as_json["email"] == "asa@a.example"


def test_a_report_is_acknowledged_answered_and_closed(shell: Shell) -> None:
    keep(shell)
    seen = json.loads(shell.on_desk("reports", TICKET, "--acknowledge", "--json").stdout)
    assert (seen["state"], seen["next"]) == ("open", "decide")
    assert seen["acknowledged"] is not None
    answered = shell.on_desk("reports", TICKET, "--answer", "It was.\nThank you.").stdout
    assert "  the answer:\n  > It was.\n  > Thank you.\n" in answered
    assert shell.on_desk("reports").stdout == "no report waits\n"
    assert TICKET in shell.on_desk("reports", "--all").stdout
    closed = json.loads(shell.on_desk("reports", TICKET, "--close", "--json").stdout)
    assert (closed["state"], closed["answer"]) == ("closed", "It was.\nThank you.")
    again = shell.on_desk("reports", TICKET, "--answer", "Another.")
    assert "is closed" in refusal(again, 1)


def test_an_empty_desk_says_so(shell: Shell) -> None:
    open_sqlite(shell.data / STORE_FILE).close()
    assert shell.on_desk("reports").stdout == "no report waits\n"
    assert shell.on_desk("reports", "--all").stdout == "no reports are kept\n"
    assert shell.on_desk("reports", "--json").stdout == ""
    assert "no report has the ticket" in refusal(shell.on_desk("reports", "nothing"), 1)


def test_the_disclosure_of_a_month_has_numbers_and_no_persons(shell: Shell) -> None:
    report = keep(shell)
    month = f"{report.received:%Y-%m}"
    as_csv = shell.on_desk("reports", "--month", month, "--csv").stdout
    rows = list(csv.DictReader(io.StringIO(as_csv)))
    assert [row["kind"] for row in rows] == [*ReportKind, "all"]
    assert rows[-1] == {
        "month": month,
        "kind": "all",
        "received": "1",
        "acknowledged": "0",
        "acknowledged_in_time": "0",
        "decided": "0",
        "decided_in_time": "0",
        "pending": "1",
    }
    as_json = shell.on_desk("reports", "--month", month, "--json").stdout
    assert json.loads(as_json)["reports"][-1]["received"] == 1
    in_words = shell.on_desk("reports", "--month", month).stdout
    assert in_words.splitlines()[-1].startswith("all       received 1, acknowledged 0")
    for told in (as_csv, as_json, in_words):
        assert not any(word in told for word in (TICKET, "Tuesday", "asa@", "Åsa"))


@pytest.mark.parametrize(
    "words",
    [
        ("--answer", "x"),
        ("--close",),
        ("--month", "2026-11", TICKET),
        ("--all", TICKET),
        ("--csv",),
        ("--month", "2026-11", "--csv", "--json"),
    ],
)
def test_options_that_do_not_go_together_are_a_usage_error(
    words: tuple[str, ...], shell: Shell
) -> None:
    result = shell.on_desk("reports", *words)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


def test_what_is_no_month_is_refused_in_a_line(shell: Shell) -> None:
    open_sqlite(shell.data / STORE_FILE).close()
    assert "no month; give e.g. 2026-11" in refusal(shell.on_desk("reports", "--month", "May"), 1)
