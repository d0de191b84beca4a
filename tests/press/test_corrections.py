"""The corrections page: what changed while the story is live, and nothing once it is not."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from copytaster.item import Item
from copytaster.press import CorrectionFacts
from copytaster.press import CorrectionLine
from copytaster.press import NoticeKind
from copytaster.press import Quoted
from copytaster.press import Site
from copytaster.press import atom
from copytaster.press import changes
from copytaster.press import corrections
from copytaster.press import json_feed
from copytaster.press import rss
from tests.press.making import ANI
from tests.press.making import FIRST
from tests.press.making import LATER
from tests.press.making import LINES
from tests.press.making import SITE
from tests.press.making import STORY
from tests.press.making import item
from tests.press.making import notice_facts

BEFORE = item("<p>The budget grows by a tenth, the mayor said.</p>", "Budget grows by a tenth")
AFTER = item(
    "<p>The budget grows by a twentieth, the mayor said.</p>", "Budget grows by a twentieth"
)
NOTE = "Corrects the rise to a twentieth, not a tenth."


def line(
    before: Item | None = BEFORE, after: Item | None = AFTER, *, live: bool = True, **facts: Any
) -> CorrectionLine:
    quoted = Quoted(
        headline=(after or AFTER).headline or "",
        language="en",
        note=facts.pop("note", NOTE),
        changes=changes(before, after, ANI),
    )
    given = {"story": STORY, "edition": 2, "what": "correction", "at": FIRST, "agency": ANI}
    told = CorrectionFacts(**(given | facts), quoted=quoted if live else None)
    return CorrectionLine(story=told, face_changed=LATER)


def withdrawn(kind: NoticeKind = NoticeKind.gone, **facts: Any) -> CorrectionLine:
    return CorrectionLine(story=notice_facts(kind, **facts), face_changed=LATER)


def page(*lines: CorrectionLine, site: Site = SITE, **more: str) -> LexborHTMLParser:
    return LexborHTMLParser(corrections(lines, site, **more))


def test_a_correction_tells_what_changed_with_its_note_and_both_editions() -> None:
    tree = page(line())
    (article,) = tree.css("article")
    assert article.css_first(".kicker").text() == "Corrected"
    assert article.css_first("h2 a").attributes["href"] == f"/s/{STORY}"
    assert article.css_first("h2").text() == "Budget grows by a twentieth"
    assert article.css_first(".correction [dir=auto]").text() == NOTE
    assert [node.text() for node in article.css("dt")] == ["Headline", "Text"]
    assert [node.text() for node in article.css("del")] == ["[removed: tenth]"] * 2
    assert [node.text() for node in article.css("ins")] == ["[added: twentieth]"] * 2
    editions = [node.attributes["href"] for node in article.css(".editions a")]
    assert editions == [f"/s/{STORY}/v1", f"/s/{STORY}/v2"]
    assert article.css_first("time").text() == "4 December 2025, 11:05 pm India Standard Time"


def test_a_change_of_the_byline_is_a_change() -> None:
    after = msgspec.structs.replace(BEFORE, by="Asha Rao, ANI")
    tree = page(line(after=after))
    assert [node.text() for node in tree.css("dt")] == ["Byline"]
    assert [node.text() for node in tree.css("ins")] == ["[added: Asha Rao,]"]


def test_what_is_beside_the_text_is_said_to_be_beside_it() -> None:
    tree = page(line(after=msgspec.structs.replace(BEFORE, credit="ANI/Photo")))
    assert tree.css("dl") == []
    assert "word for word the same" in tree.css_first(".why").text()


@pytest.mark.parametrize(
    ("before", "after"),
    [(item("<p>" + "old " * 300 + "</p>"), item("<p>" + "new " * 300 + "</p>")), (None, AFTER)],
)
def test_too_much_to_list_is_left_to_the_two_editions(before: Item | None, after: Item) -> None:
    tree = page(line(before, after))
    assert tree.css("del, ins") == []
    assert "Compare the two editions" in tree.css_first(".why").text()
    assert len(tree.css(".editions a")) == 2


def test_a_story_that_is_not_live_keeps_its_line_and_none_of_its_words() -> None:
    made = corrections([line(live=False)], SITE).decode()
    for words in ("tenth", "twentieth", "Budget", "mayor", "/v1", "/v2"):
        assert words not in made
    (article,) = LexborHTMLParser(made).css("article")
    assert article.css_first("h2").text() == "Corrected"
    assert "The notice at its address says why." in article.css_first(".why").text()


@pytest.mark.parametrize("kind", [NoticeKind.gone, NoticeKind.hold, NoticeKind.legal])
def test_a_withdrawal_says_what_its_notice_says_in_the_houses_language(kind: NoticeKind) -> None:
    site = msgspec.structs.replace(SITE, language="de")
    tree = page(withdrawn(kind, substitute="8" * 16, language="fr"), site=site)
    (article,) = tree.css("article")
    told = {"gone": "Von ANI zurückgezogen", "hold": "Auf Wunsch von ANI zurückgestellt"}
    title = told.get(kind, "Aus rechtlichen Gründen nicht verfügbar")
    assert article.css_first("h2").text() == title
    links = [node.attributes["href"] for node in article.css("a")]
    assert links == [f"/s/{STORY}", f"{SITE.url}/s/{'8' * 16}"]


def test_an_empty_page_says_what_will_be_there() -> None:
    tree = page()
    assert "Nothing has been corrected or withdrawn yet." in tree.css_first("main").text()
    assert len(tree.css("h1")) == 1


def test_pages_lead_to_each_other() -> None:
    tree = page(line(), older="/corrections?before=4", newer="/corrections")
    assert tree.css_first("[rel=next]").attributes["href"] == "/corrections?before=4"
    assert tree.css_first("[rel=prev]").attributes["href"] == "/corrections"


def test_it_is_kept_out_of_search_engines() -> None:
    assert page().css_first('meta[name="robots"]').attributes["content"] == "noindex"


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "hi", "ta"])
def test_it_speaks_every_language_the_house_speaks(language: str) -> None:
    site = msgspec.structs.replace(SITE, language=language)
    tree = page(line(), line(live=False), withdrawn(), site=site)
    assert tree.css_first("html").attributes["lang"] == ("en" if language == "ta" else language)
    assert all(node.text().strip() for node in tree.css("h1, h2, .kicker, .why, dt, dd"))


@given(LINES, LINES)
def test_any_words_stand_in_it_as_words(headline: str, note: str) -> None:
    tree = page(line(after=item("<p>x</p>", headline), note=note))
    assert tree.css_first("h2").text() == headline
    assert tree.css_first(".correction [dir=auto]").text() == note
    assert tree.css("script") == []


# --- feeds --------------------------------------------------------------------------------------

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_each_line_is_an_entry_and_a_correction_is_known_by_its_edition() -> None:
    made = atom("Corrections", [withdrawn(), line()], SITE, path="/corrections")
    tree = etree.fromstring(made)
    base = f"https://news.example/s/{STORY}"
    assert tree.xpath("//a:entry/a:id/text()", namespaces=ATOM) == [base, f"{base}/v2"]
    titles = tree.xpath("//a:entry/a:title/text()", namespaces=ATOM)
    assert titles == ["Withdrawn by ANI", "Corrected: Budget grows by a twentieth"]
    content = tree.xpath("//a:entry/a:content/text()", namespaces=ATOM)[1]
    said = LexborHTMLParser(content)
    assert NOTE in said.text()
    assert [node.text() for node in said.css("ins")] == ["[added: twentieth]"] * 2
    links = [node.attributes["href"] for node in said.css("a")]
    assert links == [f"{base}/v1", f"{base}/v2", base]


@pytest.mark.parametrize("write", [atom, rss, json_feed])
def test_a_feed_says_nothing_of_a_story_that_is_not_live(write: Any) -> None:
    made = write("Corrections", [line(live=False)], SITE, path="/corrections").decode()
    assert f"/s/{STORY}/v2" in made
    for words in ("tenth", "twentieth", "Budget", "mayor"):
        assert words not in made
    if write is json_feed:
        (entry,) = json.loads(made)["items"]
        assert entry["_wire"]["status"] == "canceled"
