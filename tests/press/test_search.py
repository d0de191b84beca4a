"""The page of readers' search: excerpts verbatim, marks where the words stand, nothing unsafe."""

import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from copytaster import press
from copytaster.press._excerpt import cut_out
from copytaster.press._excerpt import excerpt
from copytaster.press._words import shipped
from copytaster.text import occurrences
from tests.press import making
from tests.press.making import SITE
from tests.press.making import facts

LONG = " ".join(["Nothing much happened on the quay."] * 40)
HOSTILE = '<script>alert("x")</script> & ferry </mark><b>'


def page(found: press.Found | None = None, **given: Any) -> LexborHTMLParser:
    form = press.SearchForm(typed=given.pop("typed", "ferry"))
    html = press.search(form, given.pop("site", SITE), found=found, **({"agencies": {}} | given))
    return LexborHTMLParser(html)


def found(*phrases: str, number: int = 1, **item: Any) -> press.Found:
    entry = press.edition(facts(making.item(**item)), SITE).entry
    return press.Found(entries=[entry], phrases=phrases, number=number)


def test_an_excerpt_is_verbatim_and_cut_between_words() -> None:
    text = f"{LONG} The ferry left. {LONG}\n\nSecond paragraph.\n"
    cut = excerpt(text, ["ferry"])
    assert cut is not None
    assert cut.words in text
    assert (cut.begun, cut.ended) == (False, False)
    assert [cut.words[b:e] for b, e in cut.marks] == ["ferry"]
    assert len(cut.words) <= 280
    start = text.index(cut.words)
    assert text[start - 1] == text[start + len(cut.words)] == " "
    assert "\n" not in cut.words
    assert re.fullmatch(r"…\xa0<q>.*<mark>ferry</mark>.*</q>\xa0…", cut_out(cut))


def test_a_short_paragraph_is_whole() -> None:
    cut = excerpt("First.\n\nThe ferry left.\n", ["ferry"])
    assert cut is not None
    assert cut_out(cut) == "<q>The <mark>ferry</mark> left.</q>"


def test_the_excerpt_is_where_most_of_the_words_are() -> None:
    text = f"A ferry. {LONG} The ferry left the north pier.\n"
    cut = excerpt(text, ["ferry", "pier"])
    assert cut is not None
    assert "north pier" in cut.words


def test_nothing_found_is_no_excerpt() -> None:
    assert excerpt(LONG, ["tram"]) is None


@given(st.text("ab \n-é\u0301京<&", max_size=600), st.sampled_from(["a", "b", "ab", "京", "é a"]))
def test_an_excerpt_of_anything_is_a_part_of_it_with_its_words(text: str, phrase: str) -> None:
    cut = excerpt(text, [phrase])
    assert (cut is None) == (not occurrences(text, [phrase]))
    if cut is not None:
        assert cut.words in text
        assert cut.marks
        stripped = re.sub(r"</?(q|mark)>|…\xa0|\xa0…", "", cut_out(cut))
        assert unescape(stripped) == cut.words


def test_words_are_marked_in_headline_and_text_and_markup_stays_words() -> None:
    tree = page(found("script", "ferry", headline=HOSTILE))
    title = tree.css_first("article h2")
    assert title.text() == HOSTILE
    assert [mark.text() for mark in title.css("mark")] == ["script", "script", "ferry"]
    assert not tree.css("article b, script")


def test_what_was_typed_is_shown_again_and_cannot_break_out() -> None:
    tree = page(typed='"><script>x</script>')
    assert tree.css_first("#q").attributes["value"] == '"><script>x</script>'
    assert not tree.css("script")
    assert "<script>x</script> – " in tree.css_first("title").text()


@pytest.mark.parametrize("language", shipped().tags)
def test_every_language_says_why_and_how_many(language: str) -> None:
    site = press.Site(name="Harbour Post", url="https://post.example", language=language)
    for code in ("long", "many", "quote", "without", "day"):
        tree = page(site=site, error=code)
        assert tree.css_first("[role=alert]").text().strip()
        assert tree.css_first("#q").attributes["aria-invalid"] == "true"
    told = {page(found("x", number=n), site=site).css_first(".count").text() for n in (1, 2, 999)}
    assert len(told) == 3
    empty = press.Found(entries=[], phrases=("x",), number=0)
    assert page(empty, site=site).css_first(".empty") is not None
    assert page(site=site).css_first(".empty, .count") is None


def test_more_than_are_counted_is_said() -> None:
    many = press.Found(entries=[], phrases=("x",), number=1000, is_more=True)
    assert page(many).css_first(".count").text() == "More than 1,000 stories, newest first"


def test_no_search_engine_keeps_it() -> None:
    assert page().css_first("meta[name=robots]").attributes["content"] == "noindex"
