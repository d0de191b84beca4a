"""Fronts and the house's own pages."""

from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from copytaster.item import CorrectionText
from copytaster.press import Entry
from copytaster.press import about_automation
from copytaster.press import assets
from copytaster.press import error_page
from copytaster.press import front
from copytaster.press import not_found
from tests.press.making import FIRST
from tests.press.making import LATER
from tests.press.making import LINES
from tests.press.making import SITE
from tests.press.making import entry
from tests.press.making import item

NOW = datetime(2025, 12, 4, 20, 0, tzinfo=UTC)
LONG = "The pilots had heard that before and said so at length. " * 20


def _front(entries: Sequence[Entry], title: str | None = None, **more: object) -> LexborHTMLParser:
    return LexborHTMLParser(front(title, entries, SITE, **({"path": "/", "now": NOW} | more)))


def _several(number: int, **more: object) -> list[Entry]:
    """Entries newest first, a minute apart."""
    return [
        entry(
            item(headline=f"Story {n}"),
            story=f"{n:016d}",
            first_public=FIRST - timedelta(minutes=n),
            **more,
        )
        for n in range(number)
    ]


def _urgent(entries: list[Entry], place: int, urgency: int, **more: object) -> list[Entry]:
    told = msgspec.structs.replace(entries[place], urgency=urgency, **more)
    return [*entries[:place], told, *entries[place + 1 :]]


def _headlines(tree: LexborHTMLParser, where: str) -> list[str]:
    return [node.text() for node in tree.css(f"{where} :is(h2, h3)[lang]")]


def test_the_newest_story_leads_where_none_is_urgent() -> None:
    assert _headlines(_front(_several(20)), ".lead") == ["Story 0"]


@pytest.mark.parametrize(("urgency", "leads"), [(1, 5), (2, 5), (3, 0), (8, 0), (None, 0)])
def test_an_urgent_story_leads_over_newer_ones(urgency: int | None, leads: int) -> None:
    tree = _front(_urgent(_several(20), 5, urgency))
    assert _headlines(tree, ".lead") == [f"Story {leads}"]


def test_a_flash_leads_over_an_urgent_story_and_says_what_it_is() -> None:
    tree = _front(_urgent(_urgent(_several(20), 3, 2), 9, 1))
    assert _headlines(tree, ".lead") == ["Story 9"]
    assert tree.css_first(".lead .flash").text() == "Flash"
    assert "rank-0" in tree.css_first(".lead").attributes["class"]


def test_an_urgent_story_does_not_lead_for_ever() -> None:
    old = FIRST - timedelta(hours=7)
    tree = _front(_urgent(_several(20), 19, 1, first_public=old))
    assert _headlines(tree, ".lead") == ["Story 0"]


SEVERAL = _several(30)


@given(
    urgencies=st.lists(st.sampled_from([None, 1, 2, 3, 5, 8]), max_size=30),
    sections=st.lists(st.sampled_from(["sport", "culture", "economy", None]), max_size=30),
    title=st.sampled_from([None, "Sport"]),
    newer=st.sampled_from([None, "/"]),
)
def test_each_story_of_a_page_stands_on_it_once(
    urgencies: list[int | None], sections: list[str | None], title: str | None, newer: str | None
) -> None:
    entries = [
        msgspec.structs.replace(told, urgency=urgency, sections=(section,) if section else ())
        for told, urgency, section in zip(SEVERAL, urgencies, sections, strict=False)
    ]
    links = _front(entries, title, newer=newer).css(":is(h2, h3)[lang] a")
    shown = sorted(str(node.attributes["href"]) for node in links)
    assert shown == sorted(f"/s/{told.story}" for told in entries)


def test_a_later_page_is_a_river_newest_first_by_day() -> None:
    entries = _several(4)
    days = [
        msgspec.structs.replace(told, first_public=told.first_public - timedelta(days=n // 2))
        for n, told in enumerate(entries)
    ]
    tree = _front(days, newer="/", older="/?before=1-2")
    assert tree.css(".lead") == []
    assert _headlines(tree, ".day") == [f"Story {n}" for n in range(4)]
    assert [node.text() for node in tree.css(".rubric")] == ["Wednesday, 3 December 2025"]
    assert tree.css_first("[rel=next]").attributes["href"] == "/?before=1-2"
    assert tree.css_first("[rel=prev]").attributes["href"] == "/"


def test_the_stories_of_a_section_stand_together_under_its_name() -> None:
    entries = [
        msgspec.structs.replace(told, sections=("sport",) if n % 2 else ("culture",))
        for n, told in enumerate(_several(24))
    ]
    tree = _front(entries)
    assert [node.text() for node in tree.css(".block .rubric")] == ["Sport", "Culture"]
    assert [node.attributes["href"] for node in tree.css(".block .rubric a")] == [
        "/section/sport",
        "/section/culture",
    ]


def test_headings_of_a_front_leave_out_no_level() -> None:
    entries = [msgspec.structs.replace(one, sections=("sport",)) for one in _several(24)]
    for title, newer in ((None, None), ("Sport", None), (None, "/")):
        levels = [int(node.tag[1]) for node in _front(entries, title, newer=newer).css("h1,h2,h3")]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_teaser_is_never_cut() -> None:
    tree = _front([entry(item(f"<p>{LONG}</p>"))])
    assert [node.text() for node in tree.css(".teaser")] == [LONG.strip()]


def test_each_story_tells_its_agency_and_its_time_in_the_zone_that_the_page_names() -> None:
    site = msgspec.structs.replace(SITE, zone="Asia/Kolkata")
    page = front(None, [entry(updated=LATER)], site, path="/", now=NOW)
    tree = LexborHTMLParser(page)
    assert tree.css_first(".zone").text() == "All times: India Standard Time"
    assert tree.css_first(".today time").text() == "Friday, 5 December 2025"
    assert tree.css_first(".entry .times").text() == "4 Dec, 11:10 pm · ANI · Updated"
    when = tree.css_first(".entry time").attributes["datetime"]
    assert when == "2025-12-04T23:10:05+05:30"


def test_the_time_of_a_story_of_the_day_has_no_date_and_one_of_another_year_has_the_year() -> None:
    def told(now: datetime) -> str:
        return _front([entry()], now=now).css_first(".entry time").text()

    assert told(NOW) == "5:35 pm"
    assert told(NOW + timedelta(days=1)) == "4 Dec, 5:35 pm"
    assert told(NOW + timedelta(days=365)) == "4 Dec 2025, 5:35 pm"


def test_a_corrected_story_says_so() -> None:
    corrected = item(correction_text=CorrectionText(public="Corrects the day."))
    assert "Corrected" in _front([entry(corrected)]).css_first(".entry .times").text()


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
        front(None, [entry(item(language="ur"), sections=("sport",))], site, path="/", now=NOW)
    )
    assert tree.css_first("html").attributes["lang"] == "de"
    assert tree.css_first("h2").attributes == {"lang": "ur", "dir": "rtl"}
    assert tree.css_first(".entry time").text() == "17:35\N{NO-BREAK SPACE}Uhr"
    assert tree.css_first(".zone").text() == "Alle Uhrzeiten: Koordinierte Weltzeit"


@given(headline=LINES, teaser=LINES)
def test_any_words_stand_on_a_front_unchanged(headline: str, teaser: str) -> None:
    told = msgspec.structs.replace(entry(), headline=headline, teaser=teaser)
    tree = _front([told])
    assert tree.css_first("h2").text() == headline
    assert tree.css_first(".teaser").text() == teaser
    assert [node.text() for node in tree.css("script")] == [""]  # a file, and nothing inline


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
    for made in (front(None, [], SITE, path="/", now=NOW), not_found(SITE), about_automation(SITE)):
        tree = LexborHTMLParser(made)
        for link in tree.css('link[rel="stylesheet"], link[rel="icon"]'):
            assert link.attributes["href"] in assets()
