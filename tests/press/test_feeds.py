"""Feeds carry whole text, disclosure and credit; notices keep the story's id."""

import json
from datetime import UTC
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import settings
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from copytaster import text
from copytaster.item import Copy
from copytaster.item import CorrectionText
from copytaster.press import FeedLine
from copytaster.press import NoticeKind
from copytaster.press import atom
from copytaster.press import decode_entry
from copytaster.press import encode_entry
from copytaster.press import json_feed
from copytaster.press import rss
from tests.press.making import COPIES
from tests.press.making import FIRST
from tests.press.making import LATER
from tests.press.making import LINES
from tests.press.making import SITE
from tests.press.making import STORY
from tests.press.making import entry
from tests.press.making import item
from tests.press.making import notice_facts

URL = f"https://news.example/s/{STORY}"
CHANGED = datetime(2025, 12, 4, 17, 41, 0, tzinfo=UTC)
NS = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "c": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
FORMATS = ("atom", "rss", "json")


class Seen(NamedTuple):
    """An entry as a reader of any of the three would have it."""

    id: str
    url: str
    title: str
    content: str
    published: datetime | None
    updated: datetime
    author: str | None
    teaser: str | None


def _make(kind: str, *lines: FeedLine, path: str = "/", title: str | None = None) -> bytes:
    return {"atom": atom, "rss": rss, "json": json_feed}[kind](title, lines, SITE, path=path)


def _html(markup: str | None) -> str | None:
    return None if markup is None else LexborHTMLParser(markup).body.text()


def _read(kind: str, made: bytes) -> list[Seen]:
    if kind == "json":
        return [
            Seen(
                one["id"],
                one["url"],
                one["title"],
                one["content_html"],
                datetime.fromisoformat(one["date_published"]) if "date_published" in one else None,
                datetime.fromisoformat(one["date_modified"]),
                one["authors"][0]["name"] if "authors" in one else None,
                one.get("summary"),
            )
            for one in json.loads(made)["items"]
        ]
    root = etree.fromstring(made)
    if kind == "atom":
        return [
            Seen(
                one.findtext("a:id", namespaces=NS),
                one.find("a:link", NS).get("href"),
                one.findtext("a:title", namespaces=NS),
                one.findtext("a:content", namespaces=NS),
                (p := one.findtext("a:published", namespaces=NS)) and datetime.fromisoformat(p),
                datetime.fromisoformat(one.findtext("a:updated", namespaces=NS)),
                one.findtext("a:author/a:name", namespaces=NS),
                _html(one.findtext("a:summary", namespaces=NS)),
            )
            for one in root.findall("a:entry", NS)
        ]
    return [
        Seen(
            one.findtext("guid"),
            one.findtext("link"),
            one.findtext("title"),
            one.findtext("c:encoded", namespaces=NS),
            (p := one.findtext("pubDate")) and parsedate_to_datetime(p),
            datetime.fromisoformat(one.findtext("a:updated", namespaces=NS)),
            one.findtext("dc:creator", namespaces=NS),
            _html(one.findtext("description")),
        )
        for one in root.findall("channel/item")
    ]


def _line(**more: object) -> FeedLine:
    return FeedLine(story=entry(**more), face_changed=CHANGED)


@pytest.mark.parametrize("kind", FORMATS)
def test_an_entry_keeps_the_two_clocks_apart(kind: str) -> None:
    (seen,) = _read(kind, _make(kind, _line(updated=LATER)))
    assert seen.published == FIRST
    assert seen.updated == CHANGED


@pytest.mark.parametrize("kind", FORMATS)
def test_an_entry_is_the_storys_address_headline_and_byline(kind: str) -> None:
    (seen,) = _read(kind, _make(kind, _line()))
    assert (seen.id, seen.url, seen.title, seen.author) == (URL, URL, "Harbour stays open", "ANI")
    assert seen.teaser == "The harbour stays open, the minister said on Thursday."


@pytest.mark.parametrize("kind", FORMATS)
def test_disclosure_and_credit_ride_inside_the_content(kind: str) -> None:
    of = item(credit="ANI/Harbour desk", copyright_notice="© 2025 ANI")
    (seen,) = _read(kind, _make(kind, _line(of=of)))
    tree = LexborHTMLParser(seen.content)
    words = tree.body.text()
    assert "Published automatically from the ANI feed, word for word." in words
    assert "ANI/Harbour desk" in words
    assert "© 2025 ANI" in words
    assert "word for word" not in tree.css_first("[data-copy=body]").text()
    links = [node.attributes["href"] for node in tree.css("a")]
    assert links == ["https://news.example/about/automation"]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_correction_note_comes_first(kind: str) -> None:
    of = item(correction_text=CorrectionText(public="Corrects the <day>."))
    (seen,) = _read(kind, _make(kind, _line(of=of)))
    assert LexborHTMLParser(seen.content).body.text().startswith("Correction: Corrects the <day>.")


@settings(max_examples=50)
@given(copy=COPIES, headline=LINES, byline=LINES)
def test_any_words_come_out_of_every_feed_unchanged(copy: Copy, headline: str, byline: str) -> None:
    line = _line(of=item(copy, headline, by=byline, copyright_notice=byline))
    for kind in FORMATS:
        (seen,) = _read(kind, _make(kind, line))
        assert (seen.title, seen.author) == (headline, byline)
        assert text.read_back(seen.content.encode()).text == text.plain(copy)
        if kind == "json":
            assert seen.teaser == (text.first_paragraph(copy) or None)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    ("state", "title"),
    [(NoticeKind.gone, "Withdrawn by ANI"), (NoticeKind.hold, "On hold at the request of ANI")],
)
def test_a_notice_keeps_the_id_and_takes_the_place_of_the_words(
    kind: str, state: NoticeKind, title: str
) -> None:
    line = FeedLine(story=notice_facts(state), face_changed=CHANGED)
    (seen,) = _read(kind, _make(kind, line))
    assert (seen.id, seen.url, seen.title) == (URL, URL, title)
    assert seen.updated == CHANGED
    assert "4 December 2025, 11:10 pm India Standard Time" in LexborHTMLParser(seen.content).text()


def test_what_is_gone_has_a_tombstone_besides_and_what_is_held_has_none() -> None:
    for state, count in ((NoticeKind.gone, 1), (NoticeKind.legal, 1), (NoticeKind.hold, 0)):
        made = _make("atom", FeedLine(story=notice_facts(state), face_changed=CHANGED))
        stones = etree.fromstring(made).findall("at:deleted-entry", NS)
        assert len(stones) == count
        for stone in stones:
            assert dict(stone.attrib) == {"ref": URL, "when": "2025-12-04T17:41:00Z"}


def test_a_feed_is_as_new_as_its_newest_line() -> None:
    older = FeedLine(story=entry(story="0" * 16), face_changed=FIRST)
    root = etree.fromstring(_make("atom", older, _line()))
    assert root.findtext("a:updated", namespaces=NS) == "2025-12-04T17:41:00Z"


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_feed_is_still_a_feed(kind: str) -> None:
    assert _read(kind, _make(kind)) == []


@pytest.mark.parametrize("path", ["/", "/section/sport", "/agency/ani"])
def test_a_feed_names_its_own_address(path: str) -> None:
    title = None if path == "/" else "Sport"
    base = "https://news.example" + path.rstrip("/")
    name = "The Morning Wire" if title is None else "Sport – The Morning Wire"
    root = etree.fromstring(_make("atom", path=path, title=title))
    assert root.findtext("a:id", namespaces=NS) == f"{base}/feed.atom"
    assert root.findtext("a:title", namespaces=NS) == name
    channel = etree.fromstring(_make("rss", path=path, title=title))
    assert channel.find("channel/a:link", NS).get("href") == f"{base}/feed.rss"
    made = json.loads(_make("json", path=path, title=title))
    assert made["feed_url"] == f"{base}/feed.json"
    assert made["version"] == "https://jsonfeed.org/version/1.1"


def test_one_odd_character_in_a_rights_line_stops_no_feed() -> None:
    for kind in FORMATS:
        made = _make(kind, _line(of=item(copyright_notice="©\x01 ANI\ufffe")))
        assert len(_read(kind, made)) == 1


def test_an_entry_comes_back_from_the_store_as_it_was() -> None:
    told = entry(updated=LATER, sections=("sport",))
    assert decode_entry(encode_entry(told)) == told
