"""What a log may hold, and in which one spelling."""

import hashlib
import re
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.ledger import Event
from copytaster.ledger import Kind
from copytaster.ledger import Malformed
from copytaster.ledger import SignerKey
from copytaster.ledger import control
from copytaster.ledger import entries
from copytaster.ledger import leaf
from copytaster.ledger import note
from tests.ledger.making import NOON
from tests.ledger.making import controls
from tests.ledger.making import event
from tests.ledger.making import events
from tests.ledger.making import hashed

LEAF = b"""copytaster/event/v1
event updated
feed f03
story 7k2m9qx4e0v8tn3c
edition 3
prev 18231
time 2026-11-22T15:33:23Z
transform 35f179474366d7aa519483a310439fdd17c3f0b284af74f4a7f998ee28fea85c
raw 12f7118d43313d10db9eff1c1514b149dde2ddceac3dded38e550a64a4a36368
text 031b17eef863255f026e325f0faad03f4075fce3c656f721af661c9914bc965a
meta 4c4c26fd49848ac2d6b381b4896f49f104b9561c14d20d4a7e32367ff9f71bc9
reason correction
"""


@given(events())
def test_a_leaf_says_what_the_event_said(said: Event) -> None:
    data = leaf.encode(said)
    assert leaf.decode(data) == said
    assert entries.decode(data) == said
    assert len(data) <= leaf.LONGEST
    assert data.count(b"\n") == 12


@given(controls())
def test_a_control_entry_says_what_was_meant(said: control.Control) -> None:
    data = entries.encode(said)
    assert entries.decode(data) == said
    assert len(data) <= leaf.LONGEST


def test_a_leaf_is_read_line_by_line() -> None:
    found = leaf.decode(LEAF)
    assert (found.kind, found.feed, found.story) == (Kind.updated, 3, "7k2m9qx4e0v8tn3c")
    assert (found.edition, found.prev, found.reason) == (3, 18231, "correction")
    assert found.time.isoformat() == "2026-11-22T15:33:23+00:00"
    assert found.text is not None
    assert found.text.hex().startswith("031b17ee")
    assert leaf.encode(found) == LEAF


@given(events() | controls(), st.data())
def test_no_other_bytes_mean_the_same(said: entries.Entry, data: st.DataObject) -> None:
    """Whatever is changed, a reader refuses it or reads something else; and what it reads, it
    would write in the very bytes that it read."""
    whole = bytearray(entries.encode(said))
    at = data.draw(st.integers(0, len(whole) - 1))
    change = data.draw(st.sampled_from(["flip", "cut", "double", "put"]))
    if change == "flip":
        whole[at] ^= data.draw(st.integers(1, 255))
    elif change == "cut":
        del whole[at]
    elif change == "double":
        whole.insert(at, whole[at])
    else:
        whole[at:at] = data.draw(st.sampled_from([b"\n", b" ", b"0", b"-", b"\r", b"\xc3\xa9"]))
    changed = bytes(whole)
    try:
        found = entries.decode(changed)
    except Malformed:
        return
    assert entries.encode(found) == changed
    assert found != said or changed == entries.encode(said)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"feed f03", b"feed f3", "feed 'f3'"),
        (b"feed f03", b"feed f003", "feed 'f003'"),
        (b"feed f03", b"feed f00", "feed 'f00'"),
        (b"7k2m9qx4e0v8tn3c", b"7k2m9qx4e0v8tn3u", "story"),
        (b"7k2m9qx4e0v8tn3c", b"7K2M9QX4E0V8TN3C", "story"),
        (b"edition 3", b"edition 0", "edition '0'"),
        (b"edition 3", b"edition 03", "edition '03'"),
        (b"edition 3", b"edition all", "edition 'all'"),
        (b"edition 3", b"edition -", "edition '-'"),
        (b"prev 18231", b"prev -", "prev '-'"),
        (b"prev 18231", b"prev 018231", "prev"),
        (b"prev 18231", b"prev 9223372036854775808", "not a number"),
        (b"15:33:23Z", b"15:33:23.0Z", "time"),
        (b"15:33:23Z", b"15:33:23+00:00", "time"),
        (b"15:33:23Z", b"25:33:23Z", "no day or time"),
        (b"11-22T", b"02-30T", "no day or time"),
        (b"031b17ee", b"031B17EE", "text"),
        (b"text 031b17ee", b"text 31b17ee", "text"),
        (b"reason correction", b"reason update ", "reason"),
        (b"reason correction", b"reason -", "reason '-'"),
        (b"reason correction", b"reason licence", "reason 'licence'"),
        (b"event updated", b"event withdrawn", "there is not"),
        (b"event updated", b"event published", "prev '18231'"),
        (b"event updated", b"event held", "edition '3'"),
        (b"/v1\n", b"/v2\n", "begins with"),
        (b"\n", b"\r\n", "begins with"),
        (b"meta ", b"Meta ", "should be 'meta'"),
        (b"reason correction\n", b"reason correction", "11 lines"),
        (b"reason correction\n", b"reason correction\n\n", "11 lines"),
        (b"reason correction\n", b"reason correction\nnote x\n", "11 lines"),
    ],
)
def test_a_leaf_in_another_spelling_is_refused(old: bytes, new: bytes, told: str) -> None:
    with pytest.raises(Malformed, match=re.escape(told)) as caught:
        leaf.decode(LEAF.replace(old, new))
    assert "\n" not in str(caught.value)


def test_a_leaf_is_never_long() -> None:
    with pytest.raises(Malformed, match="more than 1,024"):
        leaf.decode(LEAF + b"x" * 1000)


@pytest.mark.parametrize("kind", Kind)
def test_each_event_needs_what_the_table_says(kind: Kind) -> None:
    whole = event(kind)
    assert leaf.decode(leaf.encode(whole)) == whole
    rule = leaf.RULES[kind]
    wrong = [
        {"edition": 1 if rule.edition == "-" else None},
        {"prev": 7 if rule.first else None},
        {"text": None if rule.opens else hashed("text")},
        {"meta": None if rule.opens else hashed("meta")},
        {"transform": None if rule.opens else hashed("transform")},
        {"reason": None if rule.reasons else "update"},
        {"reason": "fun"},
        {"feed": 0},
        {"story": "short"},
        {"story": "7k2m9qx4e0v8tn3\udc80"},
        {"text": b"short"},
        {"time": NOON.replace(microsecond=1)},
        {"time": NOON.replace(tzinfo=None)},
    ]
    for said in wrong:
        with pytest.raises(Malformed):
            leaf.encode(msgspec.structs.replace(whole, **said))


def test_only_a_notice_may_be_committed_to_where_a_text_is_gone() -> None:
    for kind in Kind:
        if leaf.RULES[kind].opens:
            continue
        said = event(kind, raw=hashed("notice"))
        if kind in {Kind.killed, Kind.expired}:
            assert leaf.decode(leaf.encode(said)) == said
        else:
            with pytest.raises(Malformed):
                leaf.encode(said)


def test_an_event_in_another_zone_is_written_in_utc() -> None:
    kolkata = timezone(timedelta(hours=5, minutes=30))
    said = event(time=datetime(2026, 11, 22, 17, 30, tzinfo=kolkata))
    assert b"\ntime 2026-11-22T12:00:00Z\n" in leaf.encode(said)


def test_a_commitment_is_what_sha256sum_says() -> None:
    salt, text = bytes(range(32)), "Ein Satz — mit „Zitat“.\n".encode()
    whole = b"copytaster/commit/v1 text\n" + salt + text
    assert leaf.commit("text", salt, text) == hashlib.sha256(whole).digest()
    assert leaf.commit("raw", salt, text) != leaf.commit("text", salt, text)
    with pytest.raises(Malformed, match="32 bytes"):
        leaf.commit("text", b"", text)


def test_the_agencys_ids_are_one_text_whatever_their_order() -> None:
    assert control.ids(["b2", "a1", "b2", "ä"]) == "a1\nb2\nä\n".encode()
    assert control.ids([]) == b""
    with pytest.raises(Malformed, match="line end"):
        control.ids(["a\nb"])


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("control feed\ntime 2026-11-22T12:00:00Z\nfeed f03\nname  Vasant\n", "bare of blanks"),
        ("control feed\ntime 2026-11-22T12:00:00Z\nfeed f3\nname Vasant\n", "f03"),
        (f"control feed\ntime 2026-11-22T12:00:00Z\nfeed f03\nname {'v' * 201}\n", "short"),
        ("control feed\ntime 2026-11-22T12:00:00Z\nname Vasant\nfeed f03\n", "should be 'feed'"),
        ("control feed\ntime 2026-11-22T12:00Z\nfeed f03\nname Vasant\n", "instant"),
        ("control key\ntime 2026-11-22T12:00:00Z\nold -\nnew desk+00000000+AQ==\n", "bytes"),
        ("control transform\ntime 2026-11-22T12:00:00Z\ntransform ABCD\n", "hex"),
        ("control secret\ntime 2026-11-22T12:00:00Z\n", "no control entry"),
        ("event feed\n", "no control entry"),
    ],
)
def test_a_control_entry_in_another_spelling_is_refused(lines: str, told: str) -> None:
    with pytest.raises(Malformed, match=re.escape(told)):
        entries.decode(f"copytaster/control/v1\n{lines}".encode())


def test_an_entry_of_another_make_is_refused() -> None:
    with pytest.raises(Malformed, match="neither an event nor a control entry"):
        entries.decode(b"hello\n")


def test_a_control_entry_holds_no_value_that_it_could_not_say() -> None:
    vkey = note.encode_vkey(SignerKey(name="desk.example/log", seed=b"k" * 32).verifier)
    tally = control.Tally(time=NOON, feed=1, day=date(2026, 11, 22), deliveries=3, ids=hashed("i"))
    assert control.decode(control.encode(tally)) == tally
    for wrong in (
        control.Feed(time=NOON, feed=1, name="two\nlines"),
        control.Feed(time=NOON, feed=1, name="half \udc80"),
        control.Feed(time=NOON, feed=1, name=""),
        control.Feed(time=NOON.replace(microsecond=5), feed=1, name="x"),
        control.Key(time=NOON, new="nothing"),
        control.Key(time=NOON, new=vkey.replace("+", "+0", 1)),
        control.Policy(time=NOON, policy=b""),
        msgspec.structs.replace(tally, deliveries=-1),
    ):
        with pytest.raises(Malformed):
            control.encode(wrong)
