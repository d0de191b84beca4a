"""Fronts and the house's own pages."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

from copytaster.item import CorrectionText
from copytaster.press import Entry
from copytaster.press import about_automation
from copytaster.press import assets
from copytaster.press import error_page
from copytaster.press import front
from copytaster.press import not_found
from tests.press.making import LATER
from tests.press.making import LINES
from tests.press.making import SITE
from tests.press.making import entry
from tests.press.making import item

LONG = "The pilots had heard that before and said so at length. " * 20


def _front(entries: Sequence[Entry], title: str | None = None, **more: object) -> LexborHTMLParser:
    return LexborHTMLParser(front(title, entries, SITE, **({"path": "/"} | more)))


def test_the_newest_story_leads_and_the_rest_follow_in_order() -> None:
    entries = [entry(item(headline=f"Story {n}"), story=str(n) * 16) for n in range(4)]
    tree = _front(entries)
    assert [node.text() for node in tree.css(".lead h2")] == ["Story 0"]
    links = [node.attributes["href"] for node in tree.css("h2 a")]
    assert links == [f"/s/{str(n) * 16}" for n in range(4)]


def test_a_later_page_has_no_lead() -> None:
    tree = _front([entry()], newer="/", older="/?before=1-2")
    assert tree.css(".lead") == []
    assert tree.css_first("[rel=next]").attributes["href"] == "/?before=1-2"
    assert tree.css_first("[rel=prev]").attributes["href"] == "/"


def test_a_teaser_is_never_cut() -> None:
    tree = _front([entry(item(f"<p>{LONG}</p>"))])
    assert [node.text() for node in tree.css(".teaser")] == [LONG.strip()]


def test_each_story_tells_its_agency_and_its_time_with_the_zone() -> None:
    tree = _front([entry(updated=LATER)])
    assert tree.css_first(".times").text() == (
        "ANI Updated 4 December 2025, 11:10 pm India Standard Time"
    )
    assert tree.css_first("time").attributes["datetime"] == "2025-12-04T23:10:05+05:30"


def test_a_corrected_story_says_so() -> None:
    corrected = item(correction_text=CorrectionText(public="Corrects the day."))
    assert "Corrected" in _front([entry(corrected)]).css_first(".times").text()


def test_an_empty_front_says_what_will_be_there() -> None:
    tree = _front([])
    assert "Nothing has been published yet." in tree.css_first("main").text()
    assert len(tree.css("h1")) == 1


@pytest.mark.parametrize("title", [None, "Sport"])
def test_a_front_has_one_headline_of_its_own(title: str | None) -> None:
    tree = _front([entry()], title)
    assert [node.text() for node in tree.css("h1")] == [title or SITE.name]


def test_a_section_front_names_its_own_feeds_and_its_place() -> None:
    tree = _front([entry()], "Sport", path="/section/sport", sections=("sport", "weather"))
    feeds = [node.attributes["href"] for node in tree.css('link[rel="alternate"]')]
    assert feeds == [f"/section/sport/feed.{kind}" for kind in ("atom", "rss", "json")]
    assert [node.text() for node in tree.css("nav a")] == ["Sport", "Weather"]
    assert [node.text() for node in tree.css("nav [aria-current]")] == ["Sport"]


def test_a_front_is_in_the_houses_language_and_each_story_in_its_own() -> None:
    site = msgspec.structs.replace(SITE, language="de")
    tree = LexborHTMLParser(
        front(None, [entry(item(language="ur"), sections=("sport",))], site, path="/")
    )
    assert tree.css_first("html").attributes["lang"] == "de"
    assert tree.css_first("h2").attributes == {"lang": "ur", "dir": "rtl"}
    assert tree.css_first("time").text() == "4. Dezember 2025, 23:05 Indische Normalzeit"


@given(headline=LINES, teaser=LINES)
def test_any_words_stand_on_a_front_unchanged(headline: str, teaser: str) -> None:
    told = msgspec.structs.replace(entry(), headline=headline, teaser=teaser)
    tree = _front([told])
    assert tree.css_first("h2").text() == headline
    assert tree.css_first(".teaser").text() == teaser
    assert tree.css("script") == []


def test_the_pages_of_the_house_have_one_headline_and_say_nothing_of_what_was_asked() -> None:
    for made in (not_found(SITE), error_page(SITE), about_automation(SITE)):
        tree = LexborHTMLParser(made)
        assert len(tree.css("h1")) == 1
        assert tree.css_first("html").attributes["dir"] == "ltr"
    assert "noindex" in not_found(SITE).decode()


def test_the_written_transformation_is_linked_and_served() -> None:
    tree = LexborHTMLParser(about_automation(SITE))
    links = [node.attributes["href"] for node in tree.css("main a")]
    assert len([link for link in links if link in assets()]) == 1


def test_every_page_asks_only_for_assets_there_are() -> None:
    for made in (front(None, [], SITE, path="/"), not_found(SITE), about_automation(SITE)):
        tree = LexborHTMLParser(made)
        for link in tree.css('link[rel="stylesheet"], link[rel="icon"]'):
            assert link.attributes["href"] in assets()
