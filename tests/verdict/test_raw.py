"""What may be a kill, of bytes that nobody could read."""

import time

import pytest

from copytaster import agency
from copytaster.agency import Profile
from copytaster.verdict.notices import may_take_back

SEABOARD = Profile(
    id="seaboard", name="Seaboard", status={"spiked": "canceled"}, signals={"ZZ9": "kill"}
)

TAKEN_BACK = {
    "G2": b'<newsItem><itemMeta><pubStatus qcode="stat:canceled"/><itemMeta></newsItem>',
    "G2 hold": b'<pubStatus qcode="stat:withheld" /',
    "G2 signal": b'<signal qcode="sig:kill"/>',
    "ninjs": b'{"uri":"urn:1","pubstatus":"canceled",,}',
    "NewsML 1": b'<NewsManagement><Status FormalName="Canceled"/>',
    "AP": b"<AssociatedPress><PubStatus>Canceled</PubStatus>",
    "tombstone": b'<at:deleted-entry ref="urn:1" when="yesterday">',
    "a status of the agency's own": b'<x status="Spiked">',
    "a signal of the agency's own": b"<signal>ZZ9</signal",
    "a banner": b"zczc\r\nKILL KILL KILL\r\nnnnn",
    "a banner in JSON": b'{"headline": "MANDATORY KILL: Ferry", "body',
    "an order": b"<p>Attention editors: please kill item seaboard 157, <b",
    "an order over two lines": b"To all who took our copy this morning: please\r\nkill story 157",
    "German": "<p>Bitte verwenden Sie die Meldung seaboard 157 nicht".encode("latin-1"),
    "UTF-16": "KILL KILL KILL".encode("utf-16"),
    "a hold": b"STORY HOLD: Ferry",
    "a picture's": b"PHOTO KILL: the quay",
}


@pytest.mark.parametrize("name", TAKEN_BACK)
def test_what_takes_copy_back_is_heard_in_bytes_that_no_format_reads(name: str) -> None:
    assert may_take_back(TAKEN_BACK[name], SEABOARD)


ORDINARY = {
    "a usable item, broken": b'<pubStatus qcode="stat:usable"/><headline>Police kill three</head',
    "a page": b"<html><body><h1>Hold the line</h1><p>Storm kills two. The law was withdrawn.</p>",
    "ninjs, broken": b'{"uri":"urn:1","pubstatus":"usable","headline":"Kill Bill returns",,}',
    "noise": bytes(range(256)) * 20,
    "nothing": b"",
}


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_bytes_that_cannot_be_read_are_no_kill(name: str) -> None:
    assert not may_take_back(ORDINARY[name], SEABOARD)


def test_a_profile_without_english_hears_its_own_language_only() -> None:
    only = Profile(id="seaboard", name="Seaboard", notice_languages=("fr",))
    assert not may_take_back(b"KILL KILL KILL", only)


def test_every_profile_that_ships_can_be_asked() -> None:
    for profile in agency.known().values():
        assert may_take_back(b'"pubstatus":"canceled"', profile)


@pytest.mark.parametrize(
    "hostile",
    [
        b"status " * 40_000,
        b"<" * 300_000,
        b"please kill " * 30_000,
        b"a" * 300_000,
        b'KILL-\n"' * 40_000,
        b"please \n" * 40_000,
    ],
)
def test_hostile_bytes_cost_little(hostile: bytes) -> None:
    began = time.process_time()
    may_take_back(hostile, SEABOARD)
    assert time.process_time() - began < 2
