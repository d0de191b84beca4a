"""A whole log checked through its files: sound ones pass, every falsification is told."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.ledger import Audit
from copytaster.ledger import Entry
from copytaster.ledger import Event
from copytaster.ledger import Kind
from copytaster.ledger import Read
from copytaster.ledger import audit
from copytaster.ledger import control
from copytaster.ledger import entries
from copytaster.ledger import note
from copytaster.ledger import policy
from copytaster.ledger import tiles
from copytaster.ledger import tree
from copytaster.ledger.auditing import START
from tests.ledger.making import KEY
from tests.ledger.making import NOON
from tests.ledger.making import THIEF
from tests.ledger.making import WITNESSES
from tests.ledger.making import Log
from tests.ledger.making import event
from tests.ledger.making import history
from tests.ledger.making import plain
from tests.ledger.making import story_id

TRUSTED = policy.decode(f"log {note.encode_vkey(KEY.verifier)}\nquorum none\n".encode())
SIZE = 600


def failed(found: Audit) -> dict[str, str]:
    return {check.name: check.said for check in found.checks if check.passed is False}


def looked(read: Read, older: bytes | None = None) -> dict[str, str]:
    return failed(audit(read, TRUSTED, older=older))


@pytest.fixture(scope="module")
def sound() -> dict[str, bytes]:
    return dict(Log(history(SIZE)).files)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 255, 256, 257, 511, 512, 513])
def test_a_sound_log_passes(size: int) -> None:
    log = Log(history(size))
    told: list[int] = []
    found = audit(log.read, TRUSTED, progress=lambda done, _: told.append(done))
    assert found.passed
    assert failed(found) == {}
    assert found.checkpoint == log.checkpoint
    assert told == [*range(256, size, 256), *([size] if size else [])]
    assert [check.passed for check in found.checks] == [True] * 6 + [None]


def test_each_check_says_what_was_looked_at(sound: dict[str, bytes]) -> None:
    found = audit(sound.get, TRUSTED, older=Log(history(300)).files["checkpoint"])
    assert {check.name: check.said for check in found.checks} == {
        "signed": "signed by the log desk.example/log/1; the policy asks for no witness",
        "entries": "all 600 entries are there, each in its one spelling",
        "tiles": "every tile, at every level, is what the entries hash to",
        "root": "the entries hash to the root that was signed",
        "history": "the events of 400 stories follow each other",
        "times": "the times do not run backwards",
        "append-only": "the log has only grown, from 300 to 600 entries",
    }


def test_one_byte_of_an_entry_is_told(sound: dict[str, bytes]) -> None:
    for path in ("tile/entries/000", "tile/entries/002.p/88"):
        for at in (5, 2000, len(sound[path]) - 1):
            data = bytearray(sound[path])
            data[at] ^= 1
            found = looked((sound | {path: bytes(data)}).get)
            assert {"tiles", "root"} <= found.keys() or "entries" in found


@pytest.mark.parametrize(
    "path",
    ["tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"],
)
def test_one_bit_of_a_tile_at_any_level_is_told(path: str, sound: dict[str, bytes]) -> None:
    for bit in (0, 300, len(sound[path]) * 8 - 1):
        data = bytearray(sound[path])
        data[bit // 8] ^= 1 << bit % 8
        found = looked((sound | {path: bytes(data)}).get)
        assert found == {"tiles": f"hash {bit // 256} of {path} is not what the entries hash to"}


@pytest.mark.parametrize("path", ["tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"])
def test_a_missing_bundle_is_told_and_nothing_behind_it_is_praised(
    path: str, sound: dict[str, bytes]
) -> None:
    files = {name: data for name, data in sound.items() if name != path}
    found = audit(files.get, TRUSTED)
    assert failed(found) == {"entries": f"{path} is not there, in a log of 600 entries"}
    assert not found.passed
    unsure = {check.name for check in found.checks if check.passed is None}
    assert unsure == {"tiles", "root", "history", "times", "append-only"}


@pytest.mark.parametrize("path", ["tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2"])
def test_a_missing_tile_is_told(path: str, sound: dict[str, bytes]) -> None:
    files = {name: data for name, data in sound.items() if name != path}
    assert looked(files.get) == {"tiles": f"{path} is not there, in a log of 600 entries"}


@pytest.mark.parametrize("path", ["tile/0/002", "tile/1/000", "tile/entries/002"])
def test_a_partial_file_shown_as_full_is_told(path: str, sound: dict[str, bytes]) -> None:
    (partial,) = [name for name in sound if name.startswith(f"{path}.p/")]
    padded = (sound[partial] + bytes(8192))[:8192]
    for shown in (sound[partial], padded[:-1], b""):
        found = looked((sound | {path: shown}).get)
        assert found == {"tiles": f"{path} is shown as full and is not"}
    without = {name: data for name, data in sound.items() if name != partial}
    assert looked((without | {path: sound[partial]}).get)


def test_a_log_that_grew_behind_its_checkpoint_is_sound(sound: dict[str, bytes]) -> None:
    """The files are written first: whoever reads in between sees full ones already."""
    log = Log(history(SIZE))
    before = log.files["checkpoint"]
    log.add(history(SIZE + 300)[SIZE:])
    assert looked((log.files | {"checkpoint": before}).get) == {}
    other = Log(history(SIZE - 1))
    other.add([event(story=story_id(10**6), time=NOON + timedelta(hours=1)), *plain(300)])
    mixed = {"tile/0/002": other.files["tile/0/002"]}
    assert looked((sound | mixed).get) == {"tiles": "tile/0/002 is shown as full and is not"}


def resigned(files: dict[str, bytes], size: int, root: bytes) -> dict[str, bytes]:
    log = Log()
    log.tree = tree.Tree(size=size, edge=(root,))
    return files | {"checkpoint": log.sign()}


def test_an_edited_size_is_told(sound: dict[str, bytes]) -> None:
    text = sound["checkpoint"].replace(b"\n600\n", b"\n599\n")
    assert looked((sound | {"checkpoint": text}).get).keys() == {"signed"}
    root = Log(history(SIZE)).checkpoint.root
    for size in (599, 601, 1):
        found = looked(resigned(sound, size, root).get)
        assert found.keys() & {"root", "entries"}


def test_another_root_is_told(sound: dict[str, bytes]) -> None:
    found = looked(resigned(sound, SIZE, bytes(32)).get)
    assert found == {"root": "the entries do not hash to the root that was signed"}


def test_another_key_or_no_checkpoint_is_told(sound: dict[str, bytes]) -> None:
    log = Log(history(SIZE))
    log.sign(THIEF)
    found = audit(log.read, TRUSTED)
    assert (found.checkpoint, found.passed, len(found.checks)) == (None, False, 1)
    assert "no key that is trusted" in failed(found)["signed"]
    assert looked({**sound, "checkpoint": None}.get) == {"signed": "the log has no checkpoint"}


def test_a_log_that_no_witness_has_seen_is_looked_at_and_told(sound: dict[str, bytes]) -> None:
    witness = f"witness w1 {note.encode_vkey(WITNESSES[0].verifier)}"
    log = f"log {note.encode_vkey(KEY.verifier)}"
    found = audit(sound.get, policy.decode(f"{log}\n{witness}\nquorum w1\n".encode()))
    assert failed(found) == {"signed": "the quorum 'w1' is not reached: cosigned by nobody"}
    assert [check.passed for check in found.checks] == [False, *[True] * 5, None]


def test_history_rewritten_and_signed_with_the_true_key_is_told() -> None:
    older = Log(history(300)).files["checkpoint"]
    for size in (300, 600):
        forged = history(size)
        forged[77] = event(story=story_id(77_777), time=forged[77].time)
        told = looked(Log(forged).read, older)
        assert "append-only" in told
        assert "append-only" not in looked(Log(forged).read)


def test_a_rollback_to_an_old_checkpoint_is_told(sound: dict[str, bytes]) -> None:
    back = Log(history(300))
    found = looked((sound | {"checkpoint": back.files["checkpoint"]}).get, sound["checkpoint"])
    assert found["append-only"] == "the log has shrunk: from 600 to 300 entries"


def test_an_entry_that_this_log_may_not_hold_is_told() -> None:
    log = Log([entries.encode(history(1)[0]), b"a headline\n", b"another\n"])
    assert looked(log.read)["entries"].startswith("entry 1: an entry begins with b'a headline")
    assert looked(log.read)["entries"].endswith("(and 1 more)")


FIRST = event(time=NOON)
SECOND = event(Kind.updated, edition=2, prev=0)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ([event(Kind.killed, prev=0)], "is killed and was never published"),
        ([FIRST, FIRST], "is published twice, before at 0"),
        ([FIRST, SECOND, event(Kind.held, prev=0)], "goes on from 0, not from 1"),
        ([FIRST, event(Kind.held, prev=7)], "goes on from 7, not from 0"),
        ([FIRST, event(Kind.updated, edition=3, prev=0)], "has edition 3 after 1"),
        ([FIRST, SECOND, event(Kind.updated, edition=2, prev=1)], "has edition 2 after 2"),
        ([FIRST, event(Kind.killed, edition=2, prev=0)], "has no edition 2 to be killed"),
        ([FIRST, event(Kind.erased, edition="all", prev=0), event(Kind.released, prev=1)], "after"),
        (
            [
                FIRST,
                event(Kind.erased, edition="all", prev=0),
                event(Kind.killed, edition="all", prev=1),
                event(Kind.updated, edition=2, prev=2),
            ],
            "is updated after it was erased",
        ),
    ],
)
def test_a_history_that_does_not_follow_is_told(said: list[Entry], told: str) -> None:
    found = looked(Log(said).read)
    assert found.keys() == {"history"}
    assert told in found["history"]


def test_a_life_in_order_passes() -> None:
    said = [
        FIRST,
        SECOND,
        event(Kind.held, prev=1),
        event(Kind.updated, edition=3, prev=2, reason="correction"),
        event(Kind.killed, edition=2, prev=3),
        event(Kind.expired, edition="all", prev=4),
        event(Kind.released, prev=5),
        event(Kind.killed, edition="all", prev=6, reason="legal"),
        event(Kind.erased, edition=1, prev=7),
        event(Kind.erased, edition="all", prev=8, reason="court"),
        event(story=story_id(5)),
    ]
    assert looked(Log(said).read) == {}


def test_stories_that_are_older_than_the_log_are_counted() -> None:
    """A desk that was there before its log tells of a story from the edition it had then."""
    said = [event(edition=3), event(Kind.updated, edition=4, prev=0), event(story=story_id(5))]
    found = {check.name: check for check in audit(Log(said).read, TRUSTED).checks}["history"]
    told = "the events of 2 stories follow each other; 1 of them not from edition 1 on"
    assert (found.passed, found.said) == (True, told)


def test_times_may_lag_by_five_minutes_and_no_more() -> None:
    def at(minutes: int) -> Entry:
        return control.Feed(time=NOON + timedelta(minutes=minutes), feed=1, name="Vasant Wire")

    assert looked(Log([at(0), at(10), at(5), at(9), at(30), at(25)]).read) == {}
    found = looked(Log([at(0), at(10), at(7), at(4)]).read)
    assert found == {
        "times": "entry 3 is of 2026-11-22 12:04:00+00:00, after one of 2026-11-22 12:10:00+00:00"
    }


@given(st.integers(1, 80), st.data())
def test_whatever_bit_of_a_file_is_changed_it_is_told(size: int, data: st.DataObject) -> None:
    log = Log(history(size))
    path = data.draw(st.sampled_from(sorted(log.files)))
    whole = bytearray(log.files[path])
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert not audit((log.files | {path: bytes(whole)}).get, TRUSTED).passed


def test_hostile_files_are_told_and_bring_nothing_down(sound: dict[str, bytes]) -> None:
    for path in sound:
        for data in (b"", b"\xff" * 70_000):
            found = audit((sound | {path: data}).get, TRUSTED)
            assert not found.passed
            assert all("\n" not in check.said for check in found.checks)


def test_a_checkpoint_of_a_vast_log_is_not_believed_by_its_size_alone() -> None:
    log = Log()
    log.tree = tree.Tree(size=2**62, edge=(bytes(32),))
    log.sign()
    found = looked(log.read)
    assert found == {
        "entries": "tile/entries/000 is not there, in a log of 4,611,686,018,427,387,904 entries"
    }
    assert tiles.width_at(None, 0, 2**62) == 256


@given(st.lists(st.integers(0, 700), min_size=1, max_size=6), st.data())
def test_in_steps_a_log_is_found_to_stand_as_at_once(sizes: list[int], data: st.DataObject) -> None:
    position, older, log = START, None, Log()
    whole = history(max(sizes))
    for size in sorted(sizes):
        log.add(whole[log.tree.size : size])
        found = audit(log.read, TRUSTED, older=older, since=position)
        assert found.passed
        fresh = {e.story for e in whole[position.tree.size : size] if isinstance(e, Event)}
        assert found.changed == fresh
        assert found.position is not None
        position, older = found.position, log.files["checkpoint"]
    assert position == audit(log.read, TRUSTED).position


def test_what_was_looked_at_before_must_still_be_there() -> None:
    log = Log(history(300))
    position = audit(log.read, TRUSTED).position
    assert position is not None
    back = Log(history(299))
    found = failed(audit(back.read, TRUSTED, since=position))
    assert found["entries"] == "300 entries were there, and 299 are left"
    forged = history(310)
    forged[270] = event(story=story_id(270_270), time=forged[270].time)
    found = failed(audit(Log(forged).read, TRUSTED, since=position))
    assert found["entries"].startswith("entries before 300 are not what they were")
    assert "root" in found
    forged = history(310)
    forged[7] = event(story=story_id(7_007), time=forged[7].time)
    assert "root" in failed(audit(Log(forged).read, TRUSTED, since=position))


def test_nothing_goes_on_from_where_something_is_wrong(sound: dict[str, bytes]) -> None:
    files = {name: data for name, data in sound.items() if name != "tile/1/000.p/2"}
    assert audit(files.get, TRUSTED).position is None
