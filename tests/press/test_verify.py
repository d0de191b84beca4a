"""The page that checks a story against the public log, and the ways to it."""

import base64
import gzip
import hashlib
import json
import re
from string import Formatter

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from copytaster.press import NoticeKind
from copytaster.press import about_automation
from copytaster.press import assets
from copytaster.press import notice
from copytaster.press import verify_page
from copytaster.press import verify_path
from copytaster.press._theme import SLOTS
from copytaster.press._theme import theme
from copytaster.press._words import VerifyWords
from copytaster.press._words import shipped
from copytaster.press._words import shipped_files
from tests.press.making import SITE
from tests.press.making import STORY
from tests.press.making import notice_facts
from tests.press.making import page

LOGGED = replace(SITE, log=True)
LANGUAGES = sorted(shipped_files())


def words_in(language: str) -> VerifyWords:
    words = shipped().get(language)
    assert words is not None
    return words.verify


def checks(language: str = "en") -> LexborHTMLParser:
    return LexborHTMLParser(verify_page(replace(LOGGED, language=language)))


def script() -> bytes:
    """The page's one script, as it is served."""
    (node,) = checks().css("script[src]")
    return assets()[node.attributes["src"] or ""][1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language_of_the_site(language: str) -> None:
    made, words = checks(language), words_in(language)
    assert made.css_first("html").attributes["lang"] == language
    assert made.css_first("html").attributes["dir"] == ("rtl" if language == "ur" else "ltr")
    assert made.css_first("h1").text() == words.title
    assert made.css_first("button").text() == words.button
    data = json.loads(made.css_first("[data-words]").text())
    assert data["says"] == words.says
    assert data["events"]["killed"]
    main = made.css_first("main")
    main.css_first("[data-words]").decompose()
    assert not {"{", "}"} & set(main.text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fills_in_what_english_does(language: str) -> None:
    for key, said in words_in("en").says.items():
        assert _places(words_in(language).says[key]) == _places(said), key


def _places(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def test_every_sentence_is_said_and_every_one_that_is_said_is_there() -> None:
    says, text = words_in("en").says, script().decode()
    assert [key for key in says if not re.search(rf'"{key}"|says\.{key}\b', text)] == []
    said = re.findall(r'(?:\bno|unseen)\(\["(\w+)"|return \[\["(\w+)"', text)
    assert len(said) > 20
    assert {one or other for one, other in said} <= set(says)
    files = re.findall(r'torn\("(\w+)"\)', text)
    assert set(files) <= set(words_in("en").parts)


def test_the_script_is_small_and_makes_no_markup() -> None:
    assert len(gzip.compress(script(), 6)) <= 10 * 1024
    for making in (
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "import(",
    ):
        assert making not in script().decode()


def test_the_script_can_be_told_from_any_other() -> None:
    digest = hashlib.sha256(script()).digest()
    (node,) = checks().css("script[src]")
    assert node.attributes["integrity"] == f"sha256-{base64.b64encode(digest).decode()}"
    assert digest.hex() in checks().css_first("main").text()


def test_without_scripts_the_page_says_what_to_do_instead() -> None:
    made = checks()
    assert "hidden" in made.css_first("form").attributes
    assert "hidden" not in made.css_first("[data-without]").attributes
    assert "copytaster verify https://news.example/s/…" in made.css_first("pre").text()


def test_a_publisher_puts_nothing_into_the_page_that_checks() -> None:
    slots = dict.fromkeys(SLOTS, "<b>own</b>")
    filled = theme(templates={}, slots=slots, style="", icon=None, policy={})
    assert b"<b>own</b>" not in verify_page(replace(LOGGED, theme=filled))


def test_a_story_leads_to_its_check() -> None:
    assert f'<a href="/verify?story={STORY}">' in page(site=LOGGED)
    older = page(site=LOGGED, edition=1, newest=2)
    assert f'<a href="/verify?story={STORY}/v1">' in older
    assert verify_path(STORY, 3) == f"/verify?story={STORY}/v3"


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_notice_leads_to_what_the_log_says_of_it(kind: NoticeKind) -> None:
    made = notice(notice_facts(kind), LOGGED).files["page"].decode()
    assert (f'<a href="/verify?story={STORY}">' in made) == (kind is not NoticeKind.version)


def test_how_the_site_works_tells_of_the_log() -> None:
    told = about_automation(LOGGED).decode()
    assert words_in("en").log in told
    assert '<a href="/verify">Check a story</a>' in told


def test_where_there_is_no_log_nothing_leads_there() -> None:
    pages = (page(), about_automation(SITE).decode(), notice(notice_facts(), SITE).files["page"])
    assert not [one for one in pages if "/verify" in str(one)]
