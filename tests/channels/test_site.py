"""The folder of our own site: whole files, nothing left of what was withdrawn."""

import errno
import hashlib
import itertools
import os
import shutil
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.channels import Placement
from copytaster.channels import SiteFolder
from copytaster.channels import surfaces
from copytaster.channels.site import cursor
from copytaster.channels.site import names
from tests.newsroom.making import MORNING

STORY = "0123456789abcdef"
PAGES = {"page": b"<h1>Ferry", "text": b"Ferry\n", "json": b"{}"}
OTHERS = {"page": b"<h1>Wherry", "text": b"Wherry\n", "json": b"[]"}
FORMS = ("html", "json", "txt")
EDITION = sorted(f"{STORY}.{stem}{form}" for form in FORMS for stem in ("", "v1."))
"""the files of a story with one edition"""
NOTICE = {"page": b"<p>Withdrawn", "text": b"Withdrawn\n", "json": b"{}"}


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    return SiteFolder(tmp_path)


def there(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("*") if path.is_file())


def test_what_is_published_is_read_back(folder: SiteFolder) -> None:
    folder.publish(STORY, 1, PAGES, MORNING)
    assert folder.read(STORY, "v1.html") == b"<h1>Ferry"
    assert folder.read(STORY, "v1.txt") == b"Ferry\n"
    assert folder.read(STORY, "v1.json") == b"{}"
    assert folder.read(STORY, "v2.html") is None
    assert folder.read(STORY, "410.html") is None


def test_a_notice_takes_the_place_of_every_edition(folder: SiteFolder, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        folder.publish(STORY, number, PAGES, MORNING)
    folder.withdraw(STORY, 3, NOTICE, 410)
    assert there(tmp_path) == [f"{STORY}.410.{form}" for form in ("html", "json", "txt")]


def test_an_edition_takes_the_place_of_the_notice(folder: SiteFolder, tmp_path: Path) -> None:
    folder.withdraw(STORY, 0, NOTICE, 410)
    folder.publish(STORY, 1, PAGES, MORNING)
    assert there(tmp_path) == EDITION


def test_both_can_be_done_again(folder: SiteFolder, tmp_path: Path) -> None:
    for _ in range(2):
        folder.publish(STORY, 1, PAGES, MORNING)
        folder.publish(STORY, 1, PAGES, MORNING)
        folder.withdraw(STORY, 1, NOTICE, 410)
        folder.withdraw(STORY, 1, NOTICE, 410)
        assert len(there(tmp_path)) == 3


def test_what_a_crash_left_half_written_goes_with_the_story(
    folder: SiteFolder, tmp_path: Path
) -> None:
    folder.publish(STORY, 1, PAGES, MORNING)
    Path(folder.path(STORY, "v1.txt.new")).write_bytes(b"Fer")
    folder.withdraw(STORY, 1, NOTICE, 410)
    assert not [name for name in there(tmp_path) if name.endswith(".new")]


def test_the_story_itself_is_its_newest_edition(folder: SiteFolder) -> None:
    folder.publish(STORY, 1, PAGES, MORNING)
    folder.publish(STORY, 2, OTHERS, MORNING + timedelta(minutes=1))
    folder.publish(STORY, 1, PAGES, MORNING + timedelta(minutes=1), is_newest=False)
    assert folder.read(STORY, "html") == folder.read(STORY, "v2.html") == b"<h1>Wherry"
    assert folder.read(STORY, "txt") == b"Wherry\n"
    assert folder.read(STORY, "v1.html") == b"<h1>Ferry"


def test_what_was_shut_is_served_by_no_name_but_the_desks(folder: SiteFolder) -> None:
    folder.publish(STORY, 1, PAGES, MORNING)
    assert folder.is_open(STORY)
    folder.shut(STORY)
    assert not folder.is_open(STORY)
    assert [folder.read(STORY, form) for form in FORMS] == [None] * 3
    assert folder.read(STORY, "v1.html") == b"<h1>Ferry"
    folder.open(STORY, 1)
    assert [folder.read(STORY, form) for form in FORMS] == [b"<h1>Ferry", b"{}", b"Ferry\n"]


@pytest.mark.parametrize(
    ("number", "is_told"), [(errno.EPERM, False), (errno.EMLINK, False), (errno.ENOSPC, True)]
)
def test_where_a_story_cannot_be_opened_nothing_older_is_open(
    number: int, is_told: bool, folder: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise OSError(number, "refused")

    folder.publish(STORY, 1, PAGES, MORNING)
    monkeypatch.setattr("copytaster.channels.site.os.link", failing)
    told = pytest.raises(OSError, match="refused") if is_told else nullcontext()
    with told:
        folder.publish(STORY, 2, OTHERS, MORNING)
    assert not folder.is_open(STORY)
    assert folder.read(STORY, "v2.html") == b"<h1>Wherry"


def test_what_is_not_to_be_opened_has_its_editions_only(folder: SiteFolder) -> None:
    folder.publish(STORY, 1, PAGES, MORNING, is_open=False)
    assert not folder.is_open(STORY)
    assert folder.read(STORY, "v1.html") == b"<h1>Ferry"


def test_a_story_that_was_forgotten_has_no_file(folder: SiteFolder, tmp_path: Path) -> None:
    folder.publish(STORY, 1, PAGES, MORNING)
    folder.publish(STORY, 2, OTHERS, MORNING)
    folder.forget(STORY, 2)
    assert there(tmp_path) == []
    folder.withdraw(STORY, 2, NOTICE, 451)
    folder.forget(STORY, 2)
    assert there(tmp_path) == []


def test_one_notice_takes_the_place_of_another(folder: SiteFolder, tmp_path: Path) -> None:
    for status in (200, 451, 410):
        folder.withdraw(STORY, 1, NOTICE, status)
        assert there(tmp_path) == [f"{STORY}.{status}.{form}" for form in FORMS]


def test_other_bytes_under_a_name_have_another_time(folder: SiteFolder) -> None:
    """A file server's validator is time and size: a reader's copy must not pass for the page."""

    def time() -> float:
        return Path(folder.path(STORY, "html")).stat().st_mtime

    folder.publish(STORY, 1, PAGES, MORNING)
    assert time() == MORNING.timestamp(), "when what the public sees last changed"
    folder.publish(STORY, 1, PAGES, MORNING)
    assert time() == MORNING.timestamp(), "the same bytes are no change"
    folder.publish(STORY, 1, {**PAGES, "page": b"<h1>Derry"}, MORNING)
    assert time() == MORNING.timestamp() + 1
    folder.publish(STORY, 2, OTHERS, MORNING)
    assert time() == MORNING.timestamp() + 2


STEPS = st.lists(
    st.sampled_from(["publish", "update", "withdraw", "hold", "shut"]), min_size=1, max_size=6
)


@given(STEPS, st.integers(min_value=0, max_value=40))
def test_wherever_a_crash_comes_no_notice_is_beside_an_open_story(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str], end: int
) -> None:
    root = tmp_path_factory.mktemp("site")
    folder = SiteFolder(root)
    folder.publish(STORY, 1, PAGES, MORNING)
    with ending_after(end):
        for step in steps:
            try:
                carry_out(folder, step)
            except Crash:
                break
            finally:
                check(folder)


class Crash(BaseException):
    """The process ends here."""


@contextmanager
def ending_after(number: int) -> Iterator[None]:
    """Of the calls that change the disk only so many happen."""
    left = itertools.count(number, -1)

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def counting(*given: object) -> object:
            if next(left) <= 0:
                raise Crash
            return call(*given)

        return counting

    with pytest.MonkeyPatch.context() as patch:
        for name in ("replace", "unlink", "link"):
            patch.setattr(f"copytaster.channels.site.os.{name}", counted(getattr(os, name)))
        yield


def carry_out(folder: SiteFolder, step: str) -> None:
    if step == "publish":
        folder.publish(STORY, 1, PAGES, MORNING)
    elif step == "update":
        folder.publish(STORY, 2, OTHERS, MORNING)
    elif step == "shut":
        folder.shut(STORY)
    else:
        folder.withdraw(STORY, 2, NOTICE, 410 if step == "withdraw" else 200)


def check(folder: SiteFolder) -> None:
    notices = [s for s in (200, 410, 451) if folder.read(STORY, f"{s}.html") is not None]
    assert not (notices and folder.is_open(STORY))


def test_a_lost_folder_is_made_again(folder: SiteFolder, tmp_path: Path) -> None:
    folder.publish(STORY, 1, PAGES, MORNING)
    shutil.rmtree(tmp_path / "s")
    folder.publish(STORY, 1, PAGES, MORNING)
    assert folder.read(STORY, "v1.html") == b"<h1>Ferry"


def test_another_story_keeps_its_files(folder: SiteFolder, tmp_path: Path) -> None:
    other = STORY[:-1] + "0"
    folder.publish(STORY, 1, PAGES, MORNING)
    folder.publish(other, 1, PAGES, MORNING)
    folder.withdraw(STORY, 1, NOTICE, 410)
    assert folder.read(other, "v1.html") == b"<h1>Ferry"


@given(st.dictionaries(st.sampled_from(["page", "text", "json"]), st.binary(), min_size=1))
def test_a_changed_or_missing_file_is_told_by_its_hash(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    folder = SiteFolder(tmp_path_factory.mktemp("site"))
    kept = dict(names(7, files))
    assert folder.differences(STORY, kept) == list(kept)
    folder.publish(STORY, 7, files, MORNING)
    assert folder.differences(STORY, kept) == []
    for name, digest in kept.items():
        assert hashlib.sha256(folder.read(STORY, name) or b"").hexdigest() == digest
        Path(folder.path(STORY, name)).write_bytes(b"something else altogether")
        assert folder.differences(STORY, {name: digest}) == [name]


def placed_at(**facts: Any) -> Placement:
    given = {"editions": 1, "agency": "seaboard", "shelves": (), "number": 1}
    return Placement(story=STORY, first_public=MORNING, **(given | facts))


def test_every_address_that_showed_a_story_is_a_surface() -> None:
    shelves = ("section/sport", "section/politics", "topic/20000002", "place/नई-दिल्ली")
    placed = placed_at(shelves=shelves, editions=2, number=2345, found_by="ferry & tram")
    found = surfaces(placed, 410)
    addresses = {one.address: one for one in found}
    assert len(addresses) == len(found), "none is fetched twice"
    own = [one for one in found if one.kind == "own"]
    assert len(own) == 11
    assert {one.status for one in own} == {410}
    assert {f"/api/stories/{STORY}", f"/api/stories/{STORY}/editions"} <= set(addresses)
    place = cursor(MORNING, 2346)
    assert addresses["/api/stories"].kind == "list"
    assert addresses[f"/api/stories?before={place}"].kind == "list"
    place_front = "/place/%E0%A4%A8%E0%A4%88-%E0%A4%A6%E0%A4%BF%E0%A4%B2%E0%A5%8D%E0%A4%B2%E0%A5%80"
    sections = ("/section/sport", "/section/politics")
    for base in ("/", "/agency/seaboard", *sections, "/topic/20000002", place_front):
        assert addresses[base].kind == addresses[f"{base}?before={place}"].kind == "list"
        for feed in ("feed.atom", "feed.rss", "feed.json"):
            assert addresses[f"{base.rstrip('/')}/{feed}"].kind == "feed"
    assert addresses["/sitemap/2.xml"].kind == "list"
    assert {"/sitemap.xml", "/news-sitemap.xml"} <= set(addresses)


def test_a_search_is_asked_for_the_words_and_told_without_them() -> None:
    (found,) = (one for one in surfaces(placed_at(found_by="ferry & tram"), 410) if one.asks)
    assert found.address == f"/search?q=<words of {STORY}>"
    assert found.asks == f"/search?q=ferry+%26+tram&before={cursor(MORNING, 2)}"
    assert (found.kind, found.status) == ("list", 200)
    assert not [one for one in surfaces(placed_at(), 410) if one.asks]


def test_the_corrections_are_surfaces_that_may_name_a_story_but_not_quote_it() -> None:
    found = surfaces(placed_at(corrections=(17, 4)), 410)
    kinds = {one.address: (one.kind, one.status) for one in found if "corrections" in one.address}
    assert set(kinds.values()) == {("feed", 200)}
    assert list(kinds) == [
        "/corrections",
        "/corrections?before=18",
        "/corrections?before=5",
        "/corrections/feed.atom",
        "/corrections/feed.rss",
        "/corrections/feed.json",
    ]
