"""Whatever an agency sends and the desk lets pass gives a page that stands."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from copytaster.press import edition
from copytaster.press import front
from copytaster.text import plain
from tests.press.making import FIRST
from tests.press.making import SITE
from tests.press.making import facts
from tests.press.making import item

HEADLINES = {
    "one character": "X",
    "five hundred characters": "Ministers say, " * 33 + "again",
    "one word without an end": "Donaudampfschiff" * 31,
    "both directions": "A \N{RIGHT-TO-LEFT OVERRIDE}noitcerid\N{POP DIRECTIONAL FORMATTING} שלום",
    "markup": "<b>Bold</b> &amp; <i>",
    "a script's end": "</script><script>alert(1)</script>",
    "an end of CDATA": "]]>",
    "emoji": "👩\N{ZERO WIDTH JOINER}🚀 lands 🇮🇳",
    "zero width": "a\N{ZERO WIDTH SPACE}b\N{WORD JOINER}c",
    "template": "{{ site }}{% raw %}",
}
TABLE = "".join(f"<tr><td>{n}</td><td>Row {n}</td><td>{n * n}</td></tr>" for n in range(200))
BODIES = {
    "one word": "<p>No.</p>",
    "fifty thousand words": "<p>" + "words " * 500 + "</p>" + ("<p>" + "more " * 500 + "</p>") * 99,
    "a table of two hundred rows": f"<table>{TABLE}</table>",
    "a hundred lists": "<ul><li>one</li></ul>" * 100,
}


@pytest.mark.parametrize("headline", HEADLINES.values(), ids=HEADLINES)
def test_any_headline_stands_on_its_page_and_on_a_front(headline: str) -> None:
    pressed = edition(facts(item(headline=headline)), SITE)
    assert pressed.faults == ()
    tree = LexborHTMLParser(pressed.files["page"])
    assert tree.css_first("h1").text() == headline
    assert len(tree.css("script")) == 1
    listed = LexborHTMLParser(front(None, [pressed.entry], SITE, path="/", now=FIRST))
    assert listed.css_first(".lead h2").text() == headline


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_any_length_of_text_is_published_whole(body: str) -> None:
    said = item(body)
    pressed = edition(facts(said), SITE)
    assert pressed.faults == ()
    assert pressed.files["text"].decode() == plain(said.copy)


@pytest.mark.parametrize("missing", ["language", "by", "dateline", "urgency", "credit"])
def test_a_story_without_one_of_its_fields_has_a_page(missing: str) -> None:
    pressed = edition(facts(item(**{missing: None})), SITE)
    assert pressed.faults == ()
    assert LexborHTMLParser(pressed.files["page"]).css_first("[data-copy=byline]").text() == "ANI"
