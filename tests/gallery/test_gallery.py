"""Every state and kind of page, made and read again."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from copytaster.gallery import PICTURE
from copytaster.gallery import Shown
from copytaster.gallery import gallery
from copytaster.press import NoticeKind
from copytaster.press import Site

SITE = Site(
    name="The Morning Wire",
    url="https://news.example",
    language="en-GB",
    zone="Europe/London",
    tagline="As it was sent",
)
PAGES = gallery(SITE)
NAMES = [shown.name for shown in PAGES]
pages = pytest.mark.parametrize("shown", PAGES, ids=NAMES)


def _tree(shown: Shown) -> LexborHTMLParser:
    return LexborHTMLParser(shown.page)


def test_no_two_pages_have_one_name() -> None:
    assert len(set(NAMES)) == len(NAMES)


@pages
def test_each_page_stands(shown: Shown) -> None:
    tree = _tree(shown)
    assert shown.faults == ()
    assert len(tree.css("h1")) == 1
    assert len(tree.css("main")) == 1
    assert tree.css_first("html").attributes["lang"]
    assert tree.css_first("title").text().strip()


@pages
def test_only_the_first_page_of_a_front_has_a_script(shown: Shown) -> None:
    scripts = [s for s in _tree(shown).css("script") if s.attributes.get("type") is None]
    first = shown.group == "Fronts" and shown.name != "river"
    assert len(scripts) == first
    assert all(s.text() == "" and "defer" in s.attributes for s in scripts)


@pages
def test_every_picture_has_a_size_and_an_alternative(shown: Shown) -> None:
    for image in _tree(shown).css("img"):
        assert image.attributes["width"]
        assert image.attributes["height"]
        assert "alt" in image.attributes
        assert image.attributes["src"] == PICTURE


@pages
def test_no_id_stands_twice_on_a_page(shown: Shown) -> None:
    ids = [node.attributes["id"] for node in _tree(shown).css("[id]")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("kind", NoticeKind)
def test_each_state_of_a_story_that_is_not_live_is_shown(kind: NoticeKind) -> None:
    prefix = {NoticeKind.hold: "hold-", NoticeKind.gone: "gone-"}.get(kind, kind.value)
    assert any(name.startswith(prefix) for name in NAMES)


def test_notices_answer_with_the_status_of_their_state() -> None:
    said = {shown.name: shown.status for shown in PAGES}
    assert (said["hold-agency"], said["gone-agency"]) == (200, 410)
    assert (said["expired"], said["legal"], said["version"]) == (410, 451, 410)


def test_every_direction_and_language_is_shown() -> None:
    marks = {
        (html.attributes["lang"], html.attributes["dir"])
        for html in (_tree(shown).css_first("html") for shown in PAGES)
    }
    assert {("en-GB", "ltr"), ("hi", "ltr"), ("ur", "rtl"), ("de", "ltr"), ("es", "ltr")} <= marks
