"""What a delivery is given when it is made."""

import random
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.wire import make
from copytaster.wire import new_id
from copytaster.wire import urgent

NOON = datetime(2025, 12, 4, 12, 0, tzinfo=UTC)
instants = st.datetimes(
    min_value=datetime(1971, 1, 1),  # noqa: DTZ001  hypothesis adds the zone
    max_value=datetime(2999, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def test_a_delivery_keeps_its_bytes_and_their_hash():
    made = make(source="s", agency="a", data=b"copy", received=NOON, chance=random.Random(1))
    assert made.data == b"copy"
    assert made.sha256 == sha256(b"copy").hexdigest()
    assert made.received == NOON


@given(instants, st.randoms(use_true_random=False))
def test_an_id_is_always_26_characters_of_lower_case_crockford(now, chance):
    assert re.fullmatch(r"[0-7][0-9a-hjkmnp-tv-z]{25}", new_id(now, chance))


@given(instants, instants, st.randoms(use_true_random=False))
def test_ids_sort_by_time_to_the_millisecond(one, other, chance):
    early, late = sorted((one, other))
    if int(early.timestamp() * 1000) < int(late.timestamp() * 1000):
        assert new_id(early, chance) < new_id(late, chance)


def test_two_ids_of_one_instant_differ():
    chance = random.Random(1)
    assert new_id(NOON, chance) != new_id(NOON, chance)


@pytest.mark.parametrize(
    "data",
    [
        b'<pubStatus qcode="stat:canceled"/>',
        b'{"pubstatus": "WITHHELD"}',
        b"MANDATORY KILL",
        b"<embargoed/>",
        b'<at:deleted-entry ref="x"/>',
        b"Reuters is withdrawing the story",
        b"The item has been RETRACTED",
        b"ELIMINATION: do not use",
        b"HOLD FOR RELEASE at noon",
        '{"pubstatus": "canceled"}'.encode("utf-16"),
        b"x" * 2_000_000,
    ],
)
def test_bytes_that_might_restrict_are_urgent(data):
    assert urgent(data)


def test_ordinary_copy_waits_its_turn():
    assert not urgent(b'<pubStatus qcode="stat:usable"/><p>The council met on Monday.</p>')
    assert not urgent(b"")


LANGUAGES = sorted(resources.files("copytaster.agency").joinpath("phrases").iterdir(), key=str)
NOT_SEEN = {"zieht … <item> … zurück", "ziehen … <item> … zurück"}
"""every tenth story has such a word"""


def _phrases(table: Traversable) -> Iterator[str]:
    for asking in tomllib.loads(table.read_text("utf-8"))["asking"]:
        if asking["means"] in {"kill", "elimination", "withhold"}:
            for kind in ("banners", "titles", "orders", "announces"):
                yield from asking.get(kind, ())


@pytest.mark.parametrize("table", LANGUAGES, ids=lambda table: table.name)
@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "utf-16"])
def test_every_phrase_that_takes_copy_back_jumps_the_queue(table: Traversable, charset: str):
    asked = set(_phrases(table))
    assert len(asked) > 30
    assert {phrase for phrase in asked if not urgent(phrase.encode(charset))} <= NOT_SEEN


@pytest.mark.parametrize("coding", ["base64", "Quoted-Printable"])
def test_a_mail_whose_words_are_coded_jumps_the_queue(coding: str):
    assert urgent(f"Subject: note\r\nContent-Transfer-Encoding: {coding}\r\n\r\nS2lsbA==".encode())


def test_ordinary_prose_waits_its_turn():
    ordinary = [
        "Ferries ran again on Monday after the storm, the harbour office said.",
        "The council will hold its first meeting in April.",
        "Der Landtag hat am Montag den Haushalt beschlossen.",
        "Le conseil municipal a voté le budget lundi soir.",
        "El puerto vuelve a abrir tras la tormenta.",
    ]
    assert not any(urgent(text.encode()) for text in ordinary)
