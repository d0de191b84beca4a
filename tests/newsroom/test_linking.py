"""A notice and the stories it means, whichever comes first."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from copytaster.newsroom import _linking
from copytaster.newsroom import _ruler
from copytaster.newsroom import _table
from copytaster.newsroom._pile import Pile
from copytaster.newsroom.orders import retry
from copytaster.store import Face
from copytaster.store import FateState
from copytaster.store import Store
from copytaster.story import DecisionKind
from copytaster.story import State
from copytaster.verdict import notices
from tests.newsroom.making import House
from tests.newsroom.making import codes
from tests.newsroom.making import feed
from tests.newsroom.making import house
from tests.newsroom.making import ninjs
from tests.pager import Pager

IANS = "ians"
LONG = (
    "The harbour office said on Monday that the north quay stays closed to cars until the last "
    "of the cranes has been taken down, which may take until the middle of May."
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path) as opened:
        opened.desk.alert = pager = Pager()
        opened.calls = pager.about  # type: ignore[attr-defined]
        yield opened


def story(guid: str, moved: str, headline: str = "Quay stays closed", text: str = LONG) -> bytes:
    return ninjs(
        guid,
        headline=headline,
        versioncreated=f"2026-03-02T{moved}:00+05:30",
        text=f"{text} It was written at {moved}.",
    )


def kill(
    headline: str = "Quay stays closed",
    moved: str = "1156",
    substitute: str | None = "1244",
    guid: str = "kill-1",
) -> bytes:
    instead = f" A substitute version has moved at {substitute} hours." if substitute else ""
    return ninjs(
        guid,
        headline="NEWS ADVISORY: STORY KILL (13:00)",
        versioncreated="2026-03-02T13:00:00+05:30",
        text="Attention Editors: IANS is withdrawing a story "
        f'"{headline}" which moved at {moved} hours.{instead}',
    )


def held(guid: str, opening: str) -> bytes:
    return ninjs(
        guid,
        headline="HOLD HOLD HOLD",
        versioncreated="2026-03-02T13:00:00+05:30",
        text=f'Attention Editors: please hold the story "{opening} closed".',
    )


def slugged(guid: str, moved: str) -> bytes:
    return ninjs(
        guid,
        headline=f"Harbour at {moved}",
        slugline="HARBOUR-WRAP",
        versioncreated=f"2026-03-02T{moved}:00+05:30",
        text=f"At {moved} " + f" at {moved} ".join(LONG.split()),
    )


def withdrawing(what: str) -> bytes:
    return ninjs(
        "withdrawing",
        headline="NEWS ADVISORY: STORY KILL",
        versioncreated="2026-03-02T13:00:00+05:30",
        text=f"Attention Editors: IANS is withdrawing {what}.",
    )


def receive(desk: House, *sent: bytes) -> None:
    desk.receive(*(desk.delivery(data, agency=IANS) for data in sent))


def state(desk: House, guid: str) -> tuple[State, Face]:
    found = desk.desk.store.story(desk.desk.find(IANS, guid) or "")
    assert found is not None
    return found.state, found.face


DEAD = (State.killed, Face.gone)
LIVE = (State.live, Face.live)


def test_a_kill_in_prose_takes_its_story_and_spares_the_substitute(desk: House) -> None:
    receive(desk, story("bad", "11:56"))
    receive(desk, story("good", "12:44"))
    receive(desk, kill())
    assert state(desk, "bad") == DEAD
    assert state(desk, "good") == LIVE
    assert state(desk, "kill-1")[1] is Face.none
    bad = desk.desk.store.story(desk.desk.find(IANS, "bad") or "")
    assert bad is not None
    assert bad.substitute == desk.desk.find(IANS, "good")
    assert desk.calls == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("together", [False, True])
def test_the_order_of_story_substitute_and_kill_does_not_matter(
    order: tuple[int, ...], together: bool, desk: House
) -> None:
    messages = [story("bad", "11:56"), story("good", "12:44"), kill()]
    sent = [messages[place] for place in order]
    for lot in [sent] if together else [[one] for one in sent]:
        receive(desk, *lot)
    assert state(desk, "bad")[0] is State.killed
    assert state(desk, "good") == LIVE
    bad = desk.desk.store.story(desk.desk.find(IANS, "bad") or "")
    assert bad is not None
    assert bad.substitute == desk.desk.find(IANS, "good")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_near_story_is_free_and_the_exact_one_killed_in_every_order(
    order: tuple[int, ...], desk: House
) -> None:
    messages = [story("near", "11:52"), story("exact", "11:56"), kill(substitute=None)]
    for place in order:
        receive(desk, messages[place])
    assert state(desk, "near") == LIVE
    assert state(desk, "exact")[0] is State.killed


def test_what_alone_may_be_meant_is_suspended_and_a_person_is_called(desk: House) -> None:
    receive(desk, slugged("one", "11:00"))
    receive(desk, withdrawing("the story slugged HARBOUR-WRAP"))
    assert state(desk, "one") == (State.held, Face.hold)
    assert [code for code, _ in desk.calls] == ["notice-not-unique"]  # type: ignore[attr-defined]


def test_what_was_set_free_is_suspended_again_when_it_fits_again(desk: House) -> None:
    receive(desk, kill(substitute=None), story("near", "11:52"))
    receive(desk, story("exact", "11:56"))
    assert state(desk, "near") == LIVE
    again = {"headline": "Quay stays closed", "versioncreated": "2026-03-02T11:56:30+05:30"}
    receive(desk, ninjs("near", version="2", **again))
    assert state(desk, "near") == (State.held, Face.hold)


def test_what_a_person_released_stays_released_when_another_is_meant(desk: House) -> None:
    receive(desk, kill(substitute=None), story("near", "11:52"))
    desk.wait(seconds=1)
    near = desk.desk.find(IANS, "near") or ""
    desk.desk.decide(near, DecisionKind.release, reason="not meant", by="an editor")
    assert state(desk, "near")[0] is State.live
    receive(desk, story("exact", "11:56"))
    assert state(desk, "near")[0] is State.live


def test_where_two_may_be_meant_both_are_suspended_and_a_person_is_called(desk: House) -> None:
    receive(desk, story("one", "11:56"), story("two", "11:56", text="Other words. " + LONG))
    receive(desk, kill(substitute=None))
    for guid in ("one", "two"):
        assert state(desk, guid) == (State.held, Face.hold)
        found = desk.desk.store.story(desk.desk.find(IANS, guid) or "")
        assert found is not None
        assert codes(found) == ["kill-unresolved"]
    assert [code for code, _ in desk.calls] == ["notice-not-unique"]  # type: ignore[attr-defined]


def test_a_person_says_which_of_two_was_meant(desk: House) -> None:
    receive(desk, story("one", "11:56"), story("two", "11:56", text="Other words. " + LONG))
    receive(desk, kill(substitute=None))
    desk.wait(seconds=1)
    one, two = (desk.desk.find(IANS, guid) or "" for guid in ("one", "two"))
    desk.desk.decide(one, DecisionKind.kill, reason="agency", by="an editor")
    desk.desk.decide(two, DecisionKind.release, reason="not meant", by="an editor")
    desk.desk.settle()
    assert state(desk, "one") == DEAD
    assert state(desk, "two") == LIVE


def test_an_all_clear_that_may_mean_two_lets_neither_go(desk: House) -> None:
    receive(desk, story("one", "11:56"), story("two", "11:57", "Bank stays closed"))
    receive(desk, *(held("hold-" + words[:4], words) for words in ("Quay stays", "Bank stays")))
    assert state(desk, "one")[0] is state(desk, "two")[0] is State.withheld
    desk.calls.clear()  # type: ignore[attr-defined]
    receive(
        desk,
        ninjs(
            "clear",
            headline="RELEASE RELEASE RELEASE",
            versioncreated="2026-03-02T13:30:00+05:30",
            text="Attention Editors: the story which moved at 1156 hours may now be used.",
        ),
    )
    assert state(desk, "one") == state(desk, "two") == (State.withheld, Face.hold)
    assert [code for code, _ in desk.calls] == ["notice-not-unique"]  # type: ignore[attr-defined]


def test_a_kill_of_nothing_here_waits_and_a_person_is_called(desk: House) -> None:
    receive(desk, kill(substitute=None))
    assert [code for code, _ in desk.calls] == ["notice-waits"]  # type: ignore[attr-defined]
    receive(desk, story("bad", "11:56"))
    assert state(desk, "bad") == (State.killed, Face.none)


def test_a_kill_waits_over_a_restart(desk: House) -> None:
    receive(desk, kill(substitute=None))
    desk.restart()
    receive(desk, story("bad", "11:56"))
    assert state(desk, "bad") == (State.killed, Face.none)


def test_the_one_story_named_by_id_is_not_crowded_out_by_many_of_its_slug(
    desk: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_table, "MOST", 3)
    receive(desk, slugged("urn:ians:0004711", "08:00"))
    receive(desk, *(slugged(f"urn:ians:000000{n}", f"09:0{n}") for n in range(4)))
    receive(desk, withdrawing("the story slugged HARBOUR-WRAP, urn:ians:0004711"))
    assert state(desk, "urn:ians:0004711") == DEAD
    assert state(desk, "urn:ians:0000003") == LIVE
    assert desk.calls == []  # type: ignore[attr-defined]


def test_of_more_than_are_looked_at_a_person_is_called(
    desk: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_table, "MOST", 3)
    receive(desk, *(slugged(f"urn:ians:000000{n}", f"09:0{n}") for n in range(4)))
    receive(desk, withdrawing("the story slugged HARBOUR-WRAP"))
    assert [state(desk, f"urn:ians:000000{n}")[1] for n in (3, 0)] == [Face.hold, Face.live]
    codes = [code for code, _ in desk.calls]  # type: ignore[attr-defined]
    assert codes == ["notice-not-unique", "notice-too-wide"]


def test_of_a_notice_too_long_to_be_read_whole_a_person_is_called(desk: House) -> None:
    receive(desk, slugged("urn:ians:0000001", "09:01"))
    many = ".\n\nPlease kill the story ".join(f"urn:ians:{n:07}" for n in range(1, 70))
    receive(desk, withdrawing(f"the story {many}"))
    assert state(desk, "urn:ians:0000001") == DEAD
    assert "notice-too-wide" in [code for code, _ in desk.calls]  # type: ignore[attr-defined]


def test_a_story_of_the_same_minute_is_freed_when_the_one_that_is_meant_comes(desk: House) -> None:
    receive(
        desk, kill(substitute=None), story("other", "11:56", "Bank stays closed", "Others. " + LONG)
    )
    assert state(desk, "other") == (State.held, Face.none)
    receive(desk, story("bad", "11:56"))
    assert state(desk, "bad")[0] is State.killed
    assert state(desk, "other") == LIVE


def test_what_more_notices_wait_for_than_can_be_laid_does_not_go_live(
    desk: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_linking, "MOST_WAITING", 2)
    for number in range(3):
        receive(desk, kill(moved=f"115{number}", substitute=None, guid=f"kill-{number}"))
    ids = desk.receive(
        desk.delivery(story("bad", "11:52"), agency=IANS),
        desk.delivery(story("other", "09:52", "Bank stays closed"), agency=IANS),
    )
    assert desk.desk.find(IANS, "bad") is None
    assert state(desk, "other") == LIVE
    fate = desk.desk.store.fate(ids[0])
    assert fate is not None
    assert fate.state is FateState.dead
    assert "more than 2 notices" in (fate.error or "")


def test_a_notice_that_could_not_be_linked_is_linked_by_a_retry(
    desk: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(desk, story("bad", "11:56"))
    with monkeypatch.context() as broken:
        broken.setattr(notices, "ask", _broken)
        receive(desk, kill(substitute=None))
    assert [code for code, _ in desk.calls] == ["notice-not-linked"]  # type: ignore[attr-defined]
    assert len(retry(desk.desk, [])) == 1
    desk.desk.settle()
    assert state(desk, "bad") == DEAD
    assert retry(desk.desk, []) == []


def test_a_story_that_a_notice_means_and_nobody_can_rule_on_is_taken_down(
    desk: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(desk, story("bad", "11:56"), story("other", "09:56", "Bank stays closed"))
    with monkeypatch.context() as broken:
        broken.setattr(_ruler, "hanging", _broken_for(desk, "bad", _ruler.hanging))
        receive(desk, kill(substitute=None))
        assert state(desk, "bad") == (State.held, Face.hold)
        assert [code for code, _ in desk.calls] == ["story-not-ruled"]  # type: ignore[attr-defined]
        desk.wait(minutes=2)
        assert state(desk, "bad") == (State.held, Face.hold)
    desk.wait(minutes=2)
    assert state(desk, "bad") == DEAD
    assert state(desk, "other") == LIVE


def _broken_for(desk: House, guid: str, ruling: Callable[..., Any]) -> Callable[..., Any]:
    id = desk.desk.find(IANS, guid)

    def broken(store: Store, pile: Pile) -> object:
        return _broken() if pile.story.id == id else ruling(store, pile)

    return broken


def _broken(*_: object) -> None:
    raise ArithmeticError("a defect of ours")


def test_a_story_of_another_minute_is_not_meant(desk: House) -> None:
    receive(desk, story("morning", "08:10"))
    receive(desk, kill(substitute=None))
    assert state(desk, "morning") == LIVE


def undated(guid: str, headline: str, order: str) -> bytes:
    return ninjs(guid, headline=headline, versioncreated=None, text=f"Attention Editors: {order}.")


HELD = undated("hold", "HOLD HOLD HOLD", 'please hold the story "Quay stays closed"')
CLEAR = undated("clear", "RELEASE RELEASE RELEASE", 'the story "Quay stays closed" may be used now')


def test_an_undated_hold_said_again_after_its_all_clear_holds_again(desk: House) -> None:
    for said in (story("held", "11:56"), HELD, CLEAR):
        receive(desk, said)
        desk.wait(seconds=30)
    assert state(desk, "held") == LIVE
    receive(desk, HELD)
    assert state(desk, "held") == (State.withheld, Face.hold)


def test_an_undated_all_clear_that_comes_twice_lifts_no_later_hold(desk: House) -> None:
    for said in (story("held", "11:56"), HELD, CLEAR, HELD, CLEAR):
        receive(desk, said)
        desk.wait(seconds=30)
    assert state(desk, "held") == (State.withheld, Face.hold)


def test_an_undated_hold_counts_from_its_latest_word_for_a_story_that_comes_later(
    desk: House,
) -> None:
    for said in (HELD, CLEAR, HELD):
        receive(desk, said)
        desk.wait(seconds=30)
    receive(desk, story("held", "11:56"))
    assert state(desk, "held")[0] is State.withheld


def test_a_notice_binds_only_its_own_agency(desk: House) -> None:
    desk.receive(story("theirs", "11:56"))
    receive(desk, kill(substitute=None))
    assert desk.story("theirs").state is State.live


# --- the words of a killed story ----------------------------------------------------------------


def resent(guid: str, **fields: str) -> bytes:
    return ninjs(guid, **({"text": LONG} | fields))


def test_the_words_of_a_killed_story_do_not_come_back_under_another_id(desk: House) -> None:
    desk.receive(resent("first"))
    desk.kill("first", "agency")
    desk.receive(resent("again", headline="Under another headline"))
    assert desk.story("again").face is Face.none
    assert codes(desk.story("again")) == ["copy-of-killed"]


def test_a_copy_that_is_live_already_goes_with_the_story(desk: House) -> None:
    desk.receive(resent("first"), resent("twin"))
    assert desk.story("twin").state is State.live
    desk.receive(resent("first", version="2", pubstatus="canceled"))
    assert desk.story("twin").face is Face.hold
    assert codes(desk.story("twin")) == ["copy-of-killed"]


def test_kill_and_copy_in_one_lot(desk: House) -> None:
    desk.receive(resent("first"), resent("first", version="2", pubstatus="canceled"), resent("b"))
    assert codes(desk.story("b")) == ["copy-of-killed"]


def test_a_released_copy_is_not_held_again_for_the_same_kill(desk: House) -> None:
    desk.receive(resent("first"))
    desk.kill("first", "agency")
    desk.receive(resent("again"))
    desk.release("again")
    assert desk.story("again").state is State.live
    desk.receive(resent("again", version="2"), resent("first", version="3"))
    assert desk.story("again").state is State.live
    assert desk.story("first").state is State.killed


def test_another_agency_s_copy_is_not_touched_and_a_person_is_told(desk: House) -> None:
    desk.receive(resent("first"))
    desk.receive(desk.delivery(resent("theirs"), agency="harbour"))
    desk.kill("first", "agency")
    theirs = desk.desk.store.story(desk.desk.find("harbour", "theirs") or "")
    assert theirs is not None
    assert theirs.state is State.live
    assert ("copy-elsewhere", theirs.id) in desk.calls  # type: ignore[attr-defined]


SHORT = {"headline": "Markets open higher", "text": "Shares rose in early trade."}
NEXT_DAY = {"version": "1", "versioncreated": "2026-03-03T08:55:00Z"}


def test_a_line_does_not_come_back_under_another_id(desk: House) -> None:
    desk.receive(ninjs("first", **SHORT))
    desk.kill("first", "agency")
    desk.receive(ninjs("again", **SHORT))
    assert desk.story("again").face is Face.none
    assert codes(desk.story("again")) == ["copy-of-killed"]


def test_a_line_of_an_old_archive_does_not_come_back_later(desk: House) -> None:
    desk.receive(ninjs("first", **SHORT))
    desk.kill("first", "agency")
    desk.wait(days=9)
    desk.receive(ninjs("again", **SHORT))
    assert codes(desk.story("again")) == ["copy-of-killed"]


@pytest.mark.parametrize(
    "other",
    [{"headline": "Bonds open higher"}, {"text": "Shares rose again."}, NEXT_DAY],
    ids=["headline", "text", "day"],
)
def test_the_line_of_another_message_is_no_copy(other: dict[str, str], desk: House) -> None:
    desk.receive(ninjs("first", **SHORT))
    desk.kill("first", "agency")
    desk.wait(days=1)
    desk.receive(ninjs("second", **(SHORT | other)))
    assert desk.story("second").state is State.live


def test_the_two_lines_under_every_alert_are_no_copy(desk: House) -> None:
    told = "This is breaking news. More follows as we get it: look at this page again in an hour."
    desk.receive(ninjs("first", headline="Ferry hits the north quay at night", text=told))
    desk.receive(ninjs("second", headline="Mayor of Kell steps down after vote", text=told))
    desk.kill("first", "agency")
    assert desk.story("second").state is State.live
    desk.receive(ninjs("third", headline="Bank of Vester raises rates again", text=told))
    assert desk.story("third").state is State.live
    desk.receive(ninjs("again", headline="Ferry hits north quay at night", text=told))
    assert codes(desk.story("again")) == ["copy-of-killed"]


# --- the words of a story that is only held -----------------------------------------------------


def test_the_words_of_a_withheld_story_are_held_and_freed_with_it(desk: House) -> None:
    desk.receive(resent("first"), resent("twin"))
    desk.receive(resent("first", version="2", pubstatus="withheld"))
    assert codes(desk.story("twin")) == ["copy-of-held"]
    desk.receive(resent("again"))
    assert (desk.story("again").face, codes(desk.story("again"))) == (Face.none, ["copy-of-held"])
    desk.wait(minutes=1)
    desk.receive(resent("first", version="3"))
    assert [desk.story(guid).state for guid in ("first", "twin", "again")] == [State.live] * 3
    desk.wait(minutes=1)
    desk.receive(resent("first", version="4", pubstatus="withheld"))
    assert codes(desk.story("twin")) == codes(desk.story("again")) == ["copy-of-held"]


def test_what_an_editor_holds_and_lets_go_takes_its_copies_along(desk: House) -> None:
    desk.receive(resent("first"), resent("twin"))
    desk.hold("first")
    assert codes(desk.story("twin")) == ["copy-of-held"]
    desk.release("first")
    assert desk.story("twin").state is State.live


def test_a_copy_that_a_person_released_stays_live_until_its_story_is_killed(desk: House) -> None:
    desk.receive(resent("first"), resent("twin"))
    desk.hold("first")
    desk.release("twin")
    desk.receive(resent("twin", version="2"))
    assert desk.story("twin").state is State.live
    desk.kill("first", "agency")
    assert codes(desk.story("twin")) == ["copy-of-killed"]
    desk.release("twin")
    assert desk.story("twin").state is State.live


def test_the_copy_of_a_held_story_that_is_killed_says_so(desk: House) -> None:
    desk.receive(resent("first"), resent("twin"))
    desk.hold("first")
    desk.kill("first", "agency")
    assert codes(desk.story("twin")) == ["copy-of-killed"]


def test_a_hold_of_its_own_outlasts_that_of_a_copy(desk: House) -> None:
    desk.receive(resent("first"), resent("twin"))
    desk.hold("twin")
    desk.receive(resent("other", text="Quite another text, but long enough to be told by: " + LONG))
    desk.receive(resent("first", version="2", pubstatus="withheld"))
    desk.wait(minutes=1)
    desk.receive(resent("first", version="3"))
    assert codes(desk.story("twin")) == ["desk-hold"]


def test_the_copy_of_two_is_free_when_neither_is_held(desk: House) -> None:
    desk.receive(resent("one"), resent("two"), resent("copy"))
    desk.receive(
        resent("one", version="2", pubstatus="withheld"),
        resent("two", version="2", pubstatus="withheld"),
    )
    desk.wait(minutes=1)
    desk.receive(resent("one", version="3"))
    assert codes(desk.story("one")) == codes(desk.story("copy")) == ["copy-of-held"]
    desk.wait(minutes=1)
    desk.receive(resent("two", version="3"))
    assert [desk.story(guid).state for guid in ("one", "two", "copy")] == [State.live] * 3


def test_words_under_an_embargo_hold_no_other_story(desk: House) -> None:
    desk.receive(resent("first", embargoed="2026-03-02T12:00:00Z"), resent("twin"))
    assert desk.story("twin").state is State.live


def test_the_copy_of_what_is_suspected_goes_and_comes_with_it(desk: House) -> None:
    receive(desk, story("near", "11:52"), resent("twin", text=f"{LONG} It was written at 11:52."))
    receive(desk, kill(substitute=None))
    assert [state(desk, guid)[0] for guid in ("near", "twin")] == [State.held] * 2
    receive(desk, story("exact", "11:56"))
    assert [state(desk, guid) for guid in ("near", "twin")] == [LIVE] * 2


def test_the_words_of_a_lot_are_compared_once_and_not_each_with_each(
    desk: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    real = notices.words_of
    monkeypatch.setattr(notices, "words_of", lambda item: (seen.append(item.guid), real(item))[1])
    desk.receive(feed(*((f"g{n}", f"Ferry number {n} runs", f"{LONG} {n}") for n in range(30))))
    assert max(Counter(seen).values()) <= 3
