"""Whose request it is, and how often one sender may."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from starlette.requests import Request

from copytaster.web._address import networks
from copytaster.web._address import sender
from copytaster.web._pace import Pace

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PROXIES = networks(("127.0.0.0/8", "::1/128", "10.1.0.7/32"))


def asked(peer: str | None, *forwarded: str) -> str:
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    client = None if peer is None else (peer, 1)
    return sender(Request({"type": "http", "client": client, "headers": headers}), PROXIES)


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("203.0.113.5", (), "203.0.113.5"),
        ("203.0.113.5", ("198.51.100.1",), "203.0.113.5"),
        ("127.0.0.1", (), "127.0.0.1"),
        ("127.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("127.0.0.1", ("192.0.2.66, 198.51.100.1",), "198.51.100.1"),
        ("127.0.0.1", ("192.0.2.66", "198.51.100.1"), "198.51.100.1"),
        ("127.0.0.1", ("198.51.100.1, 10.1.0.7",), "198.51.100.1"),
        ("10.1.0.8", ("198.51.100.1",), "10.1.0.8"),
        ("::ffff:127.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", (), "2001:db8:1:2::/64"),
        ("::1", ("[2001:db8:1:2::9]",), "2001:db8:1:2::/64"),
        ("127.0.0.1", ("drop table, '--",), "unknown"),
        (None, (), "unknown"),
    ],
)
def test_a_sender_is_the_nearest_that_is_no_proxy_of_ours(
    peer: str | None, forwarded: tuple[str, ...], counted: str
) -> None:
    assert asked(peer, *forwarded) == counted


def test_the_wait_ends_when_the_first_is_old_enough() -> None:
    pace = Pace(2, MINUTE)
    assert pace.wait("a", NOW) is None
    assert pace.wait("a", NOW + MINUTE / 2) is None
    assert pace.wait("a", NOW + MINUTE / 2) == MINUTE / 2
    assert pace.wait("b", NOW + MINUTE / 2) is None
    assert pace.wait("a", NOW + MINUTE) is None
    assert pace.wait("a", NOW + MINUTE) == MINUTE / 2


def test_a_clock_that_was_set_back_locks_nobody_out() -> None:
    pace = Pace(1, MINUTE)
    assert pace.wait("a", NOW + timedelta(days=365)) is None
    assert pace.wait("a", NOW) is None
    assert pace.wait("a", NOW) == MINUTE


def test_a_flood_from_many_addresses_does_not_grow_the_table() -> None:
    pace = Pace(3, MINUTE, senders=50)
    for number in range(500):
        pace.wait(str(number), NOW)
        pace.wait("steady", NOW)
    assert len(pace._known) == 50
    assert pace.wait("steady", NOW) == MINUTE, "who keeps coming is not forgotten"
