"""Alerts reach a person by every route there is, hold up nothing, and survive a restart."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from copytaster.newsroom import alerts as module
from copytaster.newsroom._latch import Call
from copytaster.newsroom.alerts import Alerts
from copytaster.newsroom.calling import Caller
from copytaster.newsroom.calling import Unreached
from copytaster.newsroom.calling._caller import LONGEST_WAIT
from tests.newsroom.making import MORNING
from tests.newsroom.test_terminal import HOSTILE

MINUTE = timedelta(minutes=1)


class Route:
    """A way to reach a person, which may be out of order."""

    def __init__(self, name: str = "email") -> None:
        self.name = name
        self.shown = name
        self.heard: list[str] = []
        self.broken: Exception | None = None
        self.doubt: str | None = None
        self.asked = 0

    def tell(self, call: Call) -> str | None:
        self.asked += 1
        if self.broken is not None:
            raise self.broken
        self.heard.append(f"{call.kind} {call.code}")
        return self.doubt


class House:
    """Alerts on a clock that stands still, and callers that take a step when they are told to."""

    def __init__(self, folder: Path, *routes: Route) -> None:
        self.folder = folder
        self.now = MORNING
        self.routes = routes
        self.restart()

    def restart(self) -> None:
        self.alerts = Alerts(self.folder, lambda: self.now)
        self.callers = [Caller(route, self.alerts, lambda: self.now) for route in self.routes]

    def call(self) -> None:
        """Every route tells all it can tell now."""
        for _ in range(50):
            for caller in self.callers:
                caller.step()

    def wait(self, span: timedelta) -> None:
        self.now += span
        self.call()


@pytest.fixture
def email() -> Route:
    return Route("email")


@pytest.fixture
def webhook() -> Route:
    return Route("webhook")


@pytest.fixture
def house(tmp_path: Path, email: Route, webhook: Route) -> House:
    return House(tmp_path, email, webhook)


# --- terminal and file --------------------------------------------------------------------------


def test_an_alert_is_printed_on_one_line_without_what_moves_the_cursor(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    house.alerts("page-differs", HOSTILE)
    printed = capsys.readouterr().err
    assert printed.startswith("*** ALERT page-differs: ")
    assert printed.count("\n") == 1
    assert not set("\x1b\r\x07\u202e\u2028") & set(printed)


def test_the_bell_rings_where_somebody_may_hear_it(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    house.alerts("page-differs", "a page differs")
    assert capsys.readouterr().err == "\a*** ALERT page-differs: a page differs\n"


def test_every_alert_is_kept_and_each_is_printed_once_an_hour(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    for minutes in (0, 30, 59, 61):
        house.now = MORNING + timedelta(minutes=minutes)
        house.alerts("feed-silent", "ministry")
    house.alerts("feed-silent", "harbour")
    house.alerts.over("feed-silent", "harbour")
    kept = [json.loads(line) for line in (house.folder / "alerts.jsonl").read_text().splitlines()]
    assert [(one["kind"], one["about"]) for one in kept] == [
        *[("alert", "ministry")] * 4,
        ("alert", "harbour"),
        ("over", "harbour"),
    ]
    assert kept[0] == {
        "at": MORNING.isoformat(),
        "kind": "alert",
        "code": "feed-silent",
        "about": "ministry",
        "text": "ministry",
    }
    printed = capsys.readouterr().err.splitlines()
    assert [line.removeprefix("*** ").split(":")[0] for line in printed] == [
        "ALERT feed-silent",
        "ALERT STILL feed-silent",
        "ALERT feed-silent",
        "ALL CLEAR feed-silent",
    ]


def test_the_kept_file_is_bounded(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_KEPT", 2000)
    for number in range(200):
        house.alerts("feed-gap", f"gap {number}", about="ministry")
    sizes = {path.name: path.stat().st_size for path in house.folder.glob("alerts*.jsonl")}
    assert set(sizes) == {"alerts.jsonl", "alerts.1.jsonl"}
    assert max(sizes.values()) < 2500
    assert "gap 199" in (house.folder / "alerts.jsonl").read_text()


def test_an_alert_that_cannot_be_kept_is_printed_and_told_all_the_same(
    tmp_path: Path,
    email: Route,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    house = House(tmp_path / "nowhere", email)
    house.alerts("disk-full", "make room", about="disk")
    house.call()
    assert "ALERT disk-full: make room" in capsys.readouterr().err
    assert email.heard == ["alert disk-full"]
    assert "alert not kept" in caplog.text


@pytest.mark.parametrize("kept", [b"", b"{", b"[1]", b"\xff", b'[{"code": 7}]'])
def test_a_board_that_cannot_be_read_silences_nobody(
    kept: bytes, house: House, email: Route, caplog: pytest.LogCaptureFixture
) -> None:
    (house.folder / "alerts.json").write_bytes(kept)
    house.restart()
    house.alerts("disk-full", "make room", about="disk")
    house.call()
    assert email.heard == ["alert disk-full"]
    assert "cannot be read" in caplog.text


# --- routes -------------------------------------------------------------------------------------


def test_every_route_tells_of_the_alert_and_of_its_end(
    house: House, email: Route, webhook: Route
) -> None:
    house.alerts("disk-full", "make room", about="disk")
    house.call()
    house.wait(MINUTE)
    house.alerts.over("disk-full", "disk")
    house.call()
    assert email.heard == webhook.heard == ["alert disk-full", "over disk-full"]
    assert house.alerts.opened == []


def test_what_was_over_before_a_route_worked_is_not_told_by_it(
    house: House, email: Route, webhook: Route
) -> None:
    email.broken = Unreached("no connection")
    house.alerts("disk-full", "make room", about="disk")
    house.call()
    house.alerts.over("disk-full", "disk")
    house.call()
    email.broken = None
    house.wait(LONGEST_WAIT)
    assert email.heard == []
    assert "over disk-full" in webhook.heard


def test_a_restart_calls_for_nothing_twice_and_forgets_nothing(
    house: House, email: Route, webhook: Route, capsys: pytest.CaptureFixture[str]
) -> None:
    webhook.broken = Unreached("no connection")
    for _ in range(20):
        house.alerts("desk-step-failed", "OSError", about="desk")
        house.call()
        house.restart()
    assert email.heard.count("alert desk-step-failed") == 1
    assert capsys.readouterr().err.count("ALERT desk-step-failed") == 1
    webhook.broken = None
    house.wait(LONGEST_WAIT)
    assert webhook.heard == ["alert desk-step-failed"]
    house.restart()
    house.alerts.over("desk-step-failed", "desk")
    house.call()
    assert email.heard.count("over desk-step-failed") == webhook.heard.count(
        "over desk-step-failed"
    )
    assert webhook.heard[-1] == "over desk-step-failed"


def test_a_route_that_fails_is_said_loudly_and_by_the_others_but_once(
    house: House, email: Route, webhook: Route, capsys: pytest.CaptureFixture[str]
) -> None:
    email.broken = Unreached("mail.example refused the login (535)")
    house.alerts("disk-full", "make room", about="disk")
    for _ in range(30):
        house.wait(MINUTE)
    printed = capsys.readouterr().err
    assert printed.count("ALERT alert-route-failing: email: mail.example refused the login") == 1
    assert "check [alerts.email]" in printed
    assert webhook.heard == ["alert disk-full", "alert alert-route-failing"]
    email.broken = None
    house.wait(LONGEST_WAIT)
    assert email.heard == ["alert disk-full"]
    assert webhook.heard[-1] == "over alert-route-failing"


def test_two_routes_that_fail_do_not_call_each_other_for_ever(
    house: House, email: Route, webhook: Route
) -> None:
    email.broken = webhook.broken = Unreached("no connection")
    house.alerts("disk-full", "make room", about="disk")
    for _ in range(180):
        house.wait(MINUTE)
    assert len(house.alerts.opened) == 3
    assert email.asked <= 20
    email.broken = webhook.broken = None
    house.wait(LONGEST_WAIT)
    assert email.heard.count("alert disk-full") == webhook.heard.count("alert disk-full") == 1
    assert [bell.code for bell in house.alerts.opened] == ["disk-full"]


def test_a_route_that_fails_is_tried_again_ever_more_seldom(house: House, email: Route) -> None:
    email.broken = Unreached("no connection")
    house.alerts("disk-full", "make room", about="disk")
    caller = house.callers[0]
    waits = []
    for _ in range(10):
        waits.append(caller.step())
        assert caller.step() == waits[-1], "not before its time"
        house.now += timedelta(seconds=waits[-1])
    assert waits[:4] == [5, 10, 20, 40]
    assert waits[-1] == LONGEST_WAIT.total_seconds()


def test_a_defect_of_ours_in_a_route_is_a_failing_route(
    house: House, email: Route, webhook: Route, caplog: pytest.LogCaptureFixture
) -> None:
    email.broken = KeyError("a defect")
    house.alerts("disk-full", "make room", about="disk")
    house.call()
    assert "alert alert-route-failing" in webhook.heard
    assert "a defect" in caplog.text


def test_an_alert_that_reached_only_some_is_not_sent_again_but_said(
    house: House, email: Route, capsys: pytest.CaptureFixture[str]
) -> None:
    email.doubt = "mail.example refused night@desk.example (550)"
    house.alerts("disk-full", "make room", about="disk")
    for _ in range(10):
        house.wait(MINUTE)
    assert email.heard == ["alert disk-full"]
    assert "refused night@desk.example (550)" in capsys.readouterr().err


# --- threads ------------------------------------------------------------------------------------


class Stuck(Route):
    """A route whose other end never answers."""

    def __init__(self) -> None:
        super().__init__("webhook")
        self.under_way = threading.Event()
        self.go_on = threading.Event()

    def tell(self, call: Call) -> str | None:
        self.under_way.set()
        self.go_on.wait(20)
        return super().tell(call)


class Heard(Route):
    """A route that says when it has told something."""

    def __init__(self) -> None:
        super().__init__("email")
        self.told = threading.Event()

    def tell(self, call: Call) -> str | None:
        told = super().tell(call)
        self.told.set()
        return told


@pytest.fixture
def stuck() -> Iterator[Stuck]:
    route = Stuck()
    yield route
    route.go_on.set()


def test_a_route_that_hangs_holds_up_neither_the_desk_nor_the_other_routes(
    tmp_path: Path, stuck: Stuck
) -> None:
    heard = Heard()
    alerts = Alerts(tmp_path, lambda: MORNING, [stuck, heard])
    alerts.start()
    alerts("disk-full", "make room", about="disk")
    assert stuck.under_way.wait(10)
    assert heard.told.wait(10)
    for number in range(500):
        alerts("feed-gap", f"gap {number}", about="ministry")
        alerts.over("feed-gap", "ministry")
    assert stuck.heard == []
    stuck.go_on.set()
    alerts.stop()
    assert stuck.heard[0] == "alert disk-full"
