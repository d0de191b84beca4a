"""A restored desk does not show what the store that was replaced did not show any more."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from copytaster import store as stores
from copytaster.newsroom import Desk
from copytaster.newsroom import restoring
from copytaster.newsroom.restoring import CarriedOver
from copytaster.store import Face
from copytaster.story import DecisionKind
from copytaster.story import State
from tests.newsroom import test_taken_back as quay
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.newsroom.making import feed

SOON, LATER = "2026-03-02T10:00:00Z", "2026-03-02T18:00:00Z"
OTHER = "urn:seaboard:market"


class Past:
    """A house, and how it went on after its backup, until that was put back."""

    def __init__(self, folder: Path) -> None:
        self.house = House(folder)
        self._backup = folder.parent / "backup.sqlite"

    def back_up(self) -> None:
        self.house.desk.store.backup(self._backup)

    def restore(self, **how: Any) -> CarriedOver:
        """Nothing is looked at or pressed after the restore but what is carried over."""
        folder = self.house.data
        self.house.desk.close()
        stores.restore(self._backup, folder, replace=True)
        self.house._open()
        (aside,) = restoring.replaced(folder)
        return restoring.carry_over(self.house.desk, aside, **how)


@pytest.fixture
def past(tmp_path: Path) -> Iterator[Past]:
    past = Past(tmp_path / "data")
    yield past
    past.house.desk.close()


def test_an_embargo_set_after_the_backup_holds_the_restored_story(past: Past) -> None:
    past.house.send()
    past.back_up()
    past.house.send(version="2", embargoed=LATER, versioncreated="2026-03-02T08:58:00Z")
    story = past.house.story()
    assert story.state is State.embargoed
    assert past.restore().held == (story.id,)
    assert past.house.story().face is Face.hold


def test_an_embargo_moved_later_after_the_backup_does_not_end_early(past: Past) -> None:
    past.house.send(embargoed=SOON)
    past.back_up()
    past.house.send(version="2", embargoed=LATER, versioncreated="2026-03-02T08:58:00Z")
    assert past.restore().held == (past.house.story().id,)
    past.house.wait(hours=2)
    assert past.house.story().face is Face.none


@pytest.mark.parametrize("same", [SOON, None])
def test_what_the_old_store_shows_as_well_is_left_alone(past: Past, same: str | None) -> None:
    past.house.send(embargoed=same)
    past.back_up()
    assert past.restore() == CarriedOver()


def test_what_expired_after_the_backup_is_not_shown(past: Past) -> None:
    past.house.send()
    past.back_up()
    story = past.house.story()
    db = past.house.desk.store
    db.commit([stores.StoryChange(story=_expired(story))])
    assert past.restore().held == (story.id,)
    assert past.house.story().face is Face.hold


def _expired(story: stores.Story) -> stores.Story:
    return msgspec.structs.replace(story, state=State.expired, face=Face.expired)


@pytest.mark.parametrize("only_kills", [False, True])
def test_a_version_withdrawn_after_the_backup_is_not_shown(past: Past, only_kills: bool) -> None:
    quay.receive(past.house, quay.BAD)
    past.back_up()
    quay.receive(past.house, quay.GOOD)
    story = quay.receive(past.house, quay.KILL)
    assert story is not None
    assert story.state is State.live
    assert past.restore(only_kills=only_kills).held == (story.id,)
    restored = quay.receive(past.house)
    assert restored is not None
    assert restored.face is Face.hold


def test_a_withdrawal_that_the_backup_knows_holds_nothing(past: Past) -> None:
    quay.receive(past.house, quay.BAD)
    quay.receive(past.house, quay.GOOD)
    quay.receive(past.house, quay.KILL)
    past.back_up()
    assert past.restore().held == ()


def test_a_story_killed_that_the_backup_never_had_stays_killed_when_it_is_sent_again(
    past: Past,
) -> None:
    past.back_up()
    listed = feed(("quay", "Quay closed", TEXT))
    past.house.receive(listed)
    story = past.house.kill("quay")
    assert past.restore().killed == (story.id,)
    past.house.receive(listed)
    restored = past.house.story("quay")
    assert (restored.id, restored.state, restored.face) == (story.id, State.killed, Face.none)


def test_one_story_that_cannot_be_taken_back_is_told_and_costs_no_other(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = past.house.send()
    past.house.send(OTHER, text=f"Markets. {TEXT}")
    past.back_up()
    past.house.kill()
    past.house.kill(OTHER)
    decide = Desk.decide

    def fails(desk: Desk, story: str, kind: DecisionKind, **how: Any) -> stores.Story:
        if story == bad.id:
            raise ValueError("no verdict")
        return decide(desk, story, kind, **how)

    monkeypatch.setattr(Desk, "decide", fails)
    done = past.restore()
    assert done.killed == (past.house.story(OTHER).id,)
    assert done.faults == (f"story {bad.id}, killed there (ValueError: no verdict)",)
