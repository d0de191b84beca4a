"""Files made again: after an upgrade behind everything else, and all at once by order."""

import shutil
from pathlib import Path

import pytest

from copytaster import press
from copytaster.newsroom import rebuilding
from copytaster.newsroom._freshness import Freshness
from copytaster.store import Locked
from copytaster.store import Story
from tests.newsroom import live as lives
from tests.newsroom.live import until
from tests.newsroom.making import BASE
from tests.newsroom.making import TEXT
from tests.newsroom.making import House

pytestmark = pytest.mark.anyio

SECOND = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "headline": "Ferry full"}
OLD = b"made by an older version"


def files(house: House) -> dict[str, bytes]:
    root = house.data / "site" / "s"
    return {path.name: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def spoil(house: House, story: Story, name: str = "v1.txt") -> Path:
    path = Path(house.desk.pressroom.folder.path(story.id, name))
    path.write_bytes(OLD)
    return path


def upgraded(house: House) -> Freshness:
    """What the desk of another version finds in this store."""
    return of_version(house, "another", [])


def of_version(house: House, version: str, calls: list[tuple[str, str | None]]) -> Freshness:
    """Freshness of this version, which notes whom it calls for what."""

    def alert(code: str, _text: str, about: str | None) -> None:
        calls.append((code, about))

    return Freshness(house.desk.store, house.desk.pressroom, version, alert)


# --- after an upgrade ---------------------------------------------------------------------------


def test_a_new_desk_has_nothing_to_make_again(house: House) -> None:
    house.send()
    assert house.desk.freshness.below is None
    assert not house.desk.freshness.step()
    house.restart()
    assert house.desk.freshness.below is None


def test_another_version_makes_all_again_the_newest_first(house: House) -> None:
    stories = [house.send(f"urn:{n}", text=f"{TEXT} {n}") for n in range(3)]
    paths = [spoil(house, story) for story in stories]
    freshness = upgraded(house)
    assert freshness.step()
    assert [path.read_bytes() == OLD for path in paths] == [True, True, False]
    while freshness.step():
        pass
    assert OLD not in [path.read_bytes() for path in paths]
    assert upgraded(house).below is None, "and does so once"


def test_it_goes_on_where_it_was_cut_off(house: House) -> None:
    stories = [house.send(f"urn:{n}", text=f"{TEXT} {n}") for n in range(3)]
    first = upgraded(house)
    first.step()
    first.keep()
    newest = spoil(house, stories[2])
    second = upgraded(house)
    while second.step():
        pass
    assert newest.read_bytes() == OLD, "that was made already"


def test_where_yet_another_version_comes_between_all_are_made(house: House) -> None:
    house.send()
    freshness = upgraded(house)
    freshness.step()
    freshness.keep()
    assert house.desk.store.setting("pages-from")
    assert of_version(house, "a third", []).step()


def test_a_story_that_cannot_be_made_stalls_no_other_and_a_person_is_called(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = [house.send(f"urn:{n}", text=f"{TEXT} {n}") for n in range(2)]
    path = spoil(house, stories[0])
    remake = house.desk.pressroom.remake

    def failing(id: str) -> bool:
        if id == stories[1].id:
            raise LookupError("its item is gone")
        return remake(id)

    monkeypatch.setattr(house.desk.pressroom, "remake", failing)
    calls: list[tuple[str, str | None]] = []
    freshness = of_version(house, "another", calls)
    while freshness.step():
        pass
    assert path.read_bytes() != OLD
    assert calls == [("page-not-made", stories[1].id)]


def test_what_was_taken_back_is_not_brought_back(house: House) -> None:
    house.send()
    house.kill()
    before = files(house)
    freshness = upgraded(house)
    while freshness.step():
        pass
    assert files(house) == before


async def test_the_running_desk_makes_them_when_there_is_nothing_else_to_do(
    house: House,
) -> None:
    story = house.send()
    path = spoil(house, story)
    house.desk.store.keep_setting("pages", "an older version")
    house.desk.close()

    async def made() -> bool:
        return path.read_bytes() != OLD

    async with lives.live(house.data) as live:
        await until(made)

        async def noted() -> bool:
            version = press.template_version(live.desk.house.site)
            return live.desk.store.setting("pages") == version

        await until(noted)


async def test_what_older_pages_lean_on_stays(house: House) -> None:
    older = "0123456789abcdef.css"
    house.desk.pressroom.folder.assets.keep({older: b"h1 { color: teal }"})
    house.restart()
    answer = await house.get(f"/assets/{older}")
    assert (answer.status_code, answer.content) == (200, b"h1 { color: teal }")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    for name in ("0123456789abcdee.css", "..%2f..%2fcopytaster.sqlite", "x.css"):
        assert (await house.get(f"/assets/{name}")).status_code == 404


# --- all at once --------------------------------------------------------------------------------


def rebuild(
    house: House, *, again: bool = False, jobs: int = 1
) -> tuple[rebuilding.Rebuilt, list[object]]:
    """Stop the desk, rebuild, start it again; what came of it and what was told meanwhile."""
    told: list[object] = []
    house.desk.close()
    done = rebuilding.rebuild(
        house.data,
        house.settings,
        jobs=jobs,
        url=BASE,
        again=again,
        begun=lambda done, total: told.append((done, total)),
        step=told.append,
    )
    house.restart()
    return done, told


def test_every_file_is_made_again_as_it_was(house: House) -> None:
    house.send()
    house.send(**SECOND)
    story = house.send(**{**SECOND, "version": "3", "headline": "Ferry late"})
    house.send("urn:killed", text=f"{TEXT} Killed.")
    house.kill("urn:killed")
    house.send("urn:held", text=f"{TEXT} Held.")
    house.hold("urn:held")
    house.send("urn:never", pubstatus="withheld", text=f"{TEXT} Never.")
    before = files(house)
    shutil.rmtree(house.data / "site" / "s")
    done, told = rebuild(house, jobs=2)
    after = files(house)
    assert after.keys() == before.keys()
    # The page of an edition that is older than the last but one had not been told of the third.
    assert [name for name in before if after[name] != before[name]] == [f"{story.id}.v1.html"]
    assert (done.stories, done.made, done.failed) == (4, 3, ())
    assert told == [(0, 4), 4]


def test_only_what_is_left_is_made_and_after_that_all(house: House) -> None:
    stories = [house.send(f"urn:{n}", text=f"{TEXT} {n}") for n in range(3)]
    cut_off = house.desk.freshness
    cut_off.forget()
    cut_off.step()
    cut_off.keep()
    paths = [spoil(house, story) for story in stories]
    done, told = rebuild(house)
    assert [path.read_bytes() == OLD for path in paths] == [False, False, True]
    assert (done.stories, told[0]) == (2, (1, 3))
    paths = [spoil(house, story) for story in stories]
    done, told = rebuild(house)
    assert OLD not in [path.read_bytes() for path in paths]


def test_what_this_desk_does_not_show_has_no_files_afterwards(house: House) -> None:
    house.send()
    before = files(house)
    house.desk.pressroom.folder.publish(
        "zzzzzzzzzzzzzzzz", 3, {"page": b"Of another past"}, house.now
    )
    done, _ = rebuild(house)
    assert done.removed == 1
    assert files(house) == before


def test_a_running_desk_is_not_worked_against(house: House) -> None:
    house.send()
    with pytest.raises(Locked, match="stop it first"):
        rebuilding.rebuild(
            house.data,
            house.settings,
            jobs=1,
            url=BASE,
            again=False,
            begun=lambda _done, _total: None,
            step=lambda _number: None,
        )
