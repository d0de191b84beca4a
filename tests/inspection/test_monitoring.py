"""A log followed round after round, and what its site shows held against it."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from copytaster.inspection import Answer
from copytaster.inspection import Memory
from copytaster.inspection import NoAnswer
from copytaster.inspection import NoState
from copytaster.inspection.memory import Evidence
from tests.inspection.making import Outside
from tests.newsroom import test_taken_back as taken_back
from tests.newsroom.making import BASE

SECOND = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "text": "It left at eight."}


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(folder=tmp_path / "kept")


def test_an_honest_site_is_all_as_logged_in_every_state(outside: Outside, memory: Memory) -> None:
    house = outside.house
    house.send("urn:seaboard:live")
    house.send("urn:seaboard:live", **SECOND)
    house.send("urn:seaboard:killed", text="High water is at noon.")
    house.kill("urn:seaboard:killed")
    house.send("urn:seaboard:legal", text="The lock keeper was sued.")
    house.kill("urn:seaboard:legal", reason="legal")
    house.send("urn:seaboard:held")
    house.hold("urn:seaboard:held")
    for lot in (taken_back.BAD, taken_back.GOOD, taken_back.KILL):
        taken_back.receive(house, lot)
    outside.log()
    found = outside.once(memory)
    assert (found.lies, found.stories, found.looked, found.unanswered) == ((), 5, 5, 0)
    assert outside.waited == 0


def test_an_empty_log_is_all_as_logged(outside: Outside) -> None:
    outside.log()
    found = outside.once()
    assert (found.entries, found.stories, found.lies) == (0, 0, ())


def test_what_was_read_is_not_read_again(outside: Outside, memory: Memory) -> None:
    outside.house.send()
    outside.lengthen(260)
    outside.log()
    assert outside.once(memory).fresh == 263
    outside.house.send(**SECOND)
    outside.log()
    outside.asked.clear()
    found = outside.once(memory)
    assert (found.fresh, found.entries, found.lies) == (1, 264, ())
    assert "/log/tile/entries/000" not in outside.asked
    assert "/log/tile/entries/001.p/8" in outside.asked


def test_stories_that_changed_come_before_all_others(outside: Outside) -> None:
    for number in range(5):
        outside.house.send(f"urn:seaboard:{number}", text=f"Berth {number} is free.")
    outside.log()
    watch = outside.monitor()
    first = watch.round(most=2)
    assert (first.looked, first.left, first.stories) == (2, 3, 5)
    changed = outside.house.kill("urn:seaboard:0")
    outside.log()
    outside.asked.clear()
    assert watch.round(most=1).left in {2, 3}
    assert f"/s/{changed.id}" in outside.asked
    assert watch.round(most=9).left == 5, "then it begins again with the first"


def test_a_kill_that_is_not_logged_yet_is_no_lie(outside: Outside, memory: Memory) -> None:
    """Hide first: the page is gone a moment before the log says why."""
    story = outside.house.send()
    outside.log()
    assert outside.once(memory).lies == ()
    outside.house.kill()
    assert outside.get(f"/s/{story.id}").status == 410
    outside.meanwhile = outside.log
    found = outside.once(memory)
    assert (found.lies, found.fresh) == ((), 1)
    assert outside.waited >= 5


def test_a_kill_that_is_never_logged_is_a_lie(outside: Outside, memory: Memory) -> None:
    story = outside.house.send()
    outside.log()
    outside.house.kill()
    (lie,) = outside.once(memory).lies
    assert (lie.where, lie.said) == (f"/s/{story.id}", "answers 410, and by the log it is shown")


def test_a_story_that_is_not_in_the_log_yet_is_no_lie(outside: Outside) -> None:
    outside.log()
    outside.house.send()

    outside.meanwhile = outside.log
    assert outside.once().lies == ()


def test_a_story_older_than_the_log_may_be_unknown_to_it(outside: Outside) -> None:
    outside.house.send()
    outside.log()
    other = "0" * 16
    outside.swaps("/api/stories", outside.house.story().id.encode(), other.encode())
    before = {"last-modified": "Sun, 01 Mar 2026 09:00:00 GMT"}
    outside.false[f"/s/{other}"] = lambda _: Answer(status=200, headers=before)
    assert outside.once().lies == ()
    after = {"last-modified": "Mon, 02 Mar 2026 09:00:01 GMT"}
    for headers in (after, {}, {"last-modified": "yesterday"}):
        outside.false[f"/s/{other}"] = lambda _, said=headers: Answer(status=200, headers=said)
        assert [lie.said for lie in outside.once().lies] == [
            "is shown, and the log has never heard of it"
        ]


def test_what_does_not_answer_is_held_against_nobody(outside: Outside) -> None:
    story = outside.house.send()
    outside.house.send("urn:seaboard:other")
    outside.log()
    outside.shows(f"/s/{story.id}", b"", 503)
    found = outside.once()
    assert (found.lies, found.unanswered, found.looked) == ((), 1, 2)
    outside.false.clear()
    outside.shows("/log/checkpoint", b"", 500)
    with pytest.raises(NoAnswer, match="answered 500"):
        outside.once()
    outside.shows("/log/checkpoint", b"", 404)
    with pytest.raises(NoAnswer, match="keeps no public log"):
        outside.once()


def test_a_lie_is_kept_with_the_checkpoints_that_show_it(outside: Outside, memory: Memory) -> None:
    outside.house.send()
    outside.log()
    older = outside.checkpoint
    outside.house.send(**SECOND)
    outside.log()
    newest = outside.checkpoint
    outside.once(memory)
    outside.shows("/log/checkpoint", older)
    for _ in range(2):
        assert outside.once(memory).lies, "it goes on being one"
    (kept,) = memory.place(BASE).glob("lie-*.json")
    evidence = msgspec.json.decode(kept.read_bytes(), type=Evidence)
    assert (evidence.kept, evidence.shown) == (newest.decode(), older.decode())
    assert evidence.lies[0] == "/log/: the log has shrunk: from 4 to 3 entries"


def test_an_entry_from_the_future_is_a_lie(outside: Outside) -> None:
    outside.house.send()
    outside.log()
    outside.house.now -= timedelta(minutes=4)
    assert outside.once().lies == ()
    outside.house.now -= timedelta(minutes=2)
    assert "which is yet to come" in outside.once().lies[0].said


@pytest.mark.parametrize("data", [b"", b"\xff" * 40, b"\x80"])
def test_what_was_kept_and_is_spoiled_is_said_to_be(
    data: bytes, outside: Outside, memory: Memory
) -> None:
    outside.house.send()
    outside.log()
    outside.once(memory)
    (memory.place(BASE) / "followed").write_bytes(data)
    if data == b"\x80":
        assert outside.once(memory).fresh == 3
        return
    with pytest.raises(NoState, match="remove it to begin anew"):
        outside.once(memory)


def test_a_position_that_does_not_come_to_its_checkpoint_is_not_gone_on_from(
    outside: Outside, memory: Memory
) -> None:
    outside.house.send()
    outside.log()
    outside.once(memory)
    place = memory.place(BASE) / "followed"
    kept = place.read_bytes()
    outside.house.send(**SECOND)
    outside.log()
    place.write_bytes(kept.replace(b"\n3\n", b"\n4\n"))
    with pytest.raises(NoState, match="does not come to its checkpoint"):
        outside.once(memory)
