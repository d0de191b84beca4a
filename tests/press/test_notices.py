"""What stands in a story's place: who, when, what instead; never the headline or the claim."""

import json
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from copytaster.press import FeedLine
from copytaster.press import NoticeKind
from copytaster.press import atom
from copytaster.press import json_feed
from copytaster.press import notice
from copytaster.press import rss
from tests.press.making import LATER
from tests.press.making import SITE
from tests.press.making import STORY
from tests.press.making import notice_facts

CASES = [
    (NoticeKind.hold, "agency", "On hold at the request of ANI"),
    (NoticeKind.hold, "desk", "Put on hold by The Morning Wire"),
    (NoticeKind.hold, "rights", "On hold over a question of rights"),
    (NoticeKind.hold, "legal", "On hold for legal reasons"),
    (NoticeKind.gone, "agency", "Withdrawn by ANI"),
    (NoticeKind.gone, "desk", "Withdrawn by The Morning Wire"),
    (NoticeKind.gone, "rights", "Withdrawn for reasons of rights"),
    (NoticeKind.gone, "legal", "Withdrawn for legal reasons"),
    (NoticeKind.gone, "some new cause", "Withdrawn by The Morning Wire"),
    (NoticeKind.expired, "rights", "No longer available under licence"),
    (NoticeKind.legal, "legal", "Unavailable for legal reasons"),
]


def _page(kind: NoticeKind = NoticeKind.gone, **more: object) -> LexborHTMLParser:
    return LexborHTMLParser(notice(notice_facts(kind, **more), SITE).files["page"])


def _facts(tree: LexborHTMLParser) -> dict[str, str]:
    return {row.css_first("dt").text(): row.css_first("dd").text() for row in tree.css("dl div")}


@pytest.mark.parametrize(("kind", "cause", "title"), CASES)
def test_each_state_says_who_and_since_when(kind: NoticeKind, cause: str, title: str) -> None:
    files = notice(notice_facts(kind, cause=cause), SITE).files
    tree = LexborHTMLParser(files["page"])
    assert [node.text() for node in tree.css("h1")] == [title]
    assert "4 December 2025, 11:10 pm India Standard Time" in _facts(tree).values()
    assert "ANI" in tree.css_first("main").text()
    assert files["text"].decode().startswith(f"{title}\n\n")
    assert json.loads(files["json"])["descriptions"][0]["value"].startswith(title)


def test_a_kill_notice_tells_times_reason_and_substitute() -> None:
    other = "0123456789abcdef"
    tree = _page(reason="correction", substitute=other)
    assert _facts(tree) == {
        "Source": "ANI",
        "First published here": "4 December 2025, 11:05 pm India Standard Time",
        "Last shown here": "4 December 2025, 11:10 pm India Standard Time",
        "Withdrawn": "4 December 2025, 11:10 pm India Standard Time",
        "Reason": "an error in the story",
        "In its place": "Read the story that replaces it",
    }
    assert tree.css_first("dd a").attributes["href"] == f"https://news.example/s/{other}"


def test_the_agencys_own_sentence_is_given_as_it_is() -> None:
    sentence = "Withdrawn as it ran <b>twice</b> & more"
    assert _facts(_page(reason=sentence))["Reason"] == sentence


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_no_notice_is_indexed_or_offers_itself_for_sharing(kind: NoticeKind) -> None:
    tree = _page(kind, link="https://ani.example/harbour")
    assert tree.css_first('meta[name="robots"]').attributes["content"] == "noindex"
    assert tree.css('meta[property^="og:"], meta[name^="twitter:"], img, .app, [data-copy]') == []
    assert tree.css('link[rel="canonical"], link[rel="alternate"]') == []


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_only_an_expired_licence_leads_to_the_agencys_page(kind: NoticeKind) -> None:
    files = notice(notice_facts(kind, link="https://ani.example/harbour-shut"), SITE).files
    leads = [b"harbour-shut" in content for content in (files["page"], files["text"])]
    assert leads == [kind is NoticeKind.expired] * 2
    assert b"harbour-shut" not in files["json"]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (NoticeKind.hold, "withheld"),
        (NoticeKind.gone, "canceled"),
        (NoticeKind.expired, "withheld"),
        (NoticeKind.legal, "canceled"),
    ],
)
def test_machines_are_told_the_status(kind: NoticeKind, status: str) -> None:
    files = notice(notice_facts(kind), SITE).files
    told = json.loads(files["json"])
    assert told["pubStatus"] == status
    assert ("expires" in told) is (kind is NoticeKind.expired)
    assert told["uri"] == f"https://news.example/s/{STORY}"
    assert "headlines" not in told
    assert "bodies" not in told
    data = LexborHTMLParser(files["page"]).css('script[type="application/ld+json"]')
    assert len(data) == (kind in (NoticeKind.hold, NoticeKind.gone))
    for script in data:
        article = json.loads(script.text())["@graph"][0]
        assert article["creativeWorkStatus"]["termCode"] == status
        assert "headline" not in article


@pytest.mark.parametrize("language", ["de", "fr", "es", "hi", "ur-IN", "en-US", "fa", None])
@pytest.mark.parametrize(("kind", "cause", "title"), CASES)
def test_a_notice_is_whole_in_every_language(
    kind: NoticeKind, cause: str, title: str, language: str | None
) -> None:
    files = notice(notice_facts(kind, cause=cause, language=language), SITE).files
    tree = LexborHTMLParser(files["page"])
    lang = {"fa": "en", None: "en-IN"}.get(language, language)
    assert tree.css_first("html").attributes["lang"] == lang
    assert not re.search("[{}]", tree.css_first("main").text())
    assert (tree.css_first("h1").text() == title) == (lang is not None and lang[:2] == "en")


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind is not NoticeKind.expired])
def test_no_feed_repeats_the_agencys_address_of_what_it_withdrew(kind: NoticeKind) -> None:
    """An agency's own address often tells the headline."""
    line = FeedLine(
        story=notice_facts(kind, link="https://ani.example/harbour-shut"), face_changed=LATER
    )
    for feed in (atom, rss, json_feed):
        made = feed(None, [line], SITE, path="/")
        assert STORY.encode() in made
        assert b"harbour-shut" not in made
