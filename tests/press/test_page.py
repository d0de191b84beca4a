"""The article page: everything on it once, whole, and from the agency (publishing §1)."""

import json
import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

from copytaster.agency import Contract
from copytaster.agency import Indexing
from copytaster.item import Byline
from copytaster.item import Copy
from copytaster.item import CorrectionText
from copytaster.item import Description
from copytaster.press import Change
from copytaster.press import edition
from tests.press.making import ANI
from tests.press.making import COPIES
from tests.press.making import FIRST
from tests.press.making import LATER
from tests.press.making import LINES
from tests.press.making import SITE
from tests.press.making import STORY
from tests.press.making import entry
from tests.press.making import facts
from tests.press.making import item
from tests.press.making import page

CUT = "The harbour stays open, the minister ..."
SENTENCE = "Published automatically from the ANI feed, word for word. No editor has reviewed it."


def _tree(of: str) -> LexborHTMLParser:
    return LexborHTMLParser(of)


def _text(of: str, selector: str) -> list[str]:
    return [node.text() for node in _tree(of).css(selector)]


def _meta(of: str, name: str) -> list[str | None]:
    found = _tree(of).css(f'meta[name="{name}"], meta[property="{name}"]')
    return [node.attributes["content"] for node in found]


def _link(of: str, rel: str) -> list[str | None]:
    return [node.attributes["href"] for node in _tree(of).css(f'link[rel="{rel}"]')]


def _graph(of: str) -> list[dict[str, Any]]:
    data = _text(of, 'script[type="application/ld+json"]')
    assert len(data) == 1
    found: list[dict[str, Any]] = json.loads(data[0])["@graph"]
    return found


def test_the_headline_stands_once_on_the_page() -> None:
    finished = page()
    assert _text(finished, "h1") == ["Harbour stays open"]
    body = finished[finished.index("<body") :]
    assert body.count("Harbour stays open") == 1


@pytest.mark.parametrize(
    ("language", "by", "shown"),
    [
        ("en-IN", "ANI", "By ANI"),
        ("en", "By Ann Other", "By Ann Other"),
        ("en", "BY ANN OTHER", "BY ANN OTHER"),
        ("en", "Byron Example", "By Byron Example"),
        ("en", "By", "By By"),
        ("de", "Ann Other", "Von Ann Other"),
        ("de", "Von Ann Other", "Von Ann Other"),
        ("fr", "Ann Other", "Par Ann Other"),
        ("es", "Ann Other", "Por Ann Other"),
        ("hi", "एएनआई", "एएनआई"),
        ("ur", "اے این آئی", "اے این آئی"),
    ],
)
def test_by_is_said_once_and_outside_the_agencys_words(language: str, by: str, shown: str) -> None:
    finished = page(item(by=by, language=language))
    assert _text(finished, ".byline") == [shown]
    assert _text(finished, "[data-copy=byline]") == [by]


def test_times_say_their_zone_in_words_and_in_the_machine_value() -> None:
    finished = page(updated=LATER)
    assert _text(finished, ".times .when") == [
        "Published 4 December 2025, 11:05 pm India Standard Time",
        "Updated 4 December 2025, 11:10 pm India Standard Time",
    ]
    assert [t.attributes["datetime"] for t in _tree(finished).css(".times time")] == [
        "2025-12-04T23:05:03+05:30",
        "2025-12-04T23:10:05+05:30",
    ]


def test_a_story_never_updated_says_nothing_of_updates() -> None:
    assert "Updated" not in page()


def test_the_disclosure_stands_between_byline_and_body_and_at_the_foot() -> None:
    finished = page()
    assert [text.strip() for text in _text(finished, ".disclosure")] == [
        SENTENCE,
        f"{SENTENCE} How this works",
    ]
    order = [finished.index(mark) for mark in ('"byline"', SENTENCE + "</p>", '"body"')]
    assert order == sorted(order)
    assert finished.rindex(SENTENCE) > order[-1]
    assert _tree(finished).css_first(".disclosure a").attributes["href"] == "/about/automation"


@pytest.mark.parametrize("language", ["en", "en-US", "fa", "sw"])
def test_the_disclosure_is_english_where_we_have_no_other_words(language: str) -> None:
    assert SENTENCE in page(item(language=language))


@pytest.mark.parametrize("language", ["de", "fr-CA", "es", "hi", "ur-PK"])
def test_the_disclosure_is_in_the_readers_language(language: str) -> None:
    (said, _) = _text(page(item(language=language)), ".disclosure")
    assert said.strip() != SENTENCE
    assert "ANI" in said


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "hi", "ur"])
def test_what_an_editor_has_read_says_so_and_no_longer_that_nobody_has(language: str) -> None:
    read = facts(item(language=language), reviewed=LATER)
    finished = edition(read, SITE)
    assert not finished.faults
    text = finished.files["page"].decode()
    (said, _) = _text(text, ".disclosure")
    assert "ANI" in said
    assert SITE.name in said
    (unread, _) = _text(page(item(language=language)), ".disclosure")
    assert unread.strip() not in text
    assert _tree(text).css_first('[data-label="review"]').attributes["data-value"] == "reviewed"
    assert unread.strip().encode() not in finished.files["json"]
    assert finished.entry.reviewed == LATER


# --- teaser -------------------------------------------------------------------------------------


def test_the_agencys_own_abstract_is_shown_whole() -> None:
    told = "Why the quays never believed it. " * 30
    finished = page(item(descriptions=(Description(value=told),)))
    assert _text(finished, ".abstract") == [told]
    assert _meta(finished, "description") == [told]
    assert _meta(finished, "og:description") == [told]


@pytest.mark.parametrize(
    "summary",
    [
        CUT,
        "The harbour stays open, the minister…",
        "The harbour stays open, the minister said on Thursday.",
        "Harbour stays open",
        " ",
    ],
)
def test_a_summary_that_only_cuts_or_repeats_the_text_is_not_shown(summary: str) -> None:
    finished = page(item(descriptions=(Description(value=summary),)))
    assert _text(finished, ".abstract") == []
    assert _meta(finished, "description") == [
        "The harbour stays open, the minister said on Thursday."
    ]


def test_without_an_abstract_the_whole_first_paragraph_is_the_teaser() -> None:
    long = "A very long sentence that goes on " * 40
    pressed = edition(facts(item(f"<h2>Heading</h2><p>{long}</p><p>More.</p>")), SITE)
    assert pressed.entry.teaser == long.strip()
    assert _meta(pressed.files["page"].decode(), "description") == [long.strip()]


def test_a_summary_in_markup_is_not_taken_for_a_teaser() -> None:
    described = Description(value="<p>Other words</p>", content_type="text/html")
    assert "Other words" not in page(item(descriptions=(described,)))


# --- dateline -------------------------------------------------------------------------------------


def test_a_dateline_is_shown_as_sent() -> None:
    assert _text(page(item(dateline="NEW DELHI, Dec 4 -")), ".dateline") == ["NEW DELHI, Dec 4 -"]


@pytest.mark.parametrize("dateline", ["THE HARBOUR", "The harbour -", "the harbour stays —"])
def test_a_dateline_the_text_begins_with_is_not_said_twice(dateline: str) -> None:
    assert _text(page(item(dateline=dateline)), ".dateline") == []


# --- corrections and history -------------------------------------------------------------------

CHANGES = (
    Change(kind="published", at=FIRST, edition=1),
    Change(kind="held", at=FIRST + timedelta(minutes=1)),
    Change(kind="released", at=FIRST + timedelta(minutes=2)),
    Change(kind="updated", at=LATER, edition=2, reason="correction", note="Corrects the <day>."),
    Change(kind="updated", at=LATER + timedelta(minutes=9), edition=3, reason="refile"),
)


def test_a_correction_note_stands_above_the_text_verbatim_and_dated() -> None:
    finished = page(changes=CHANGES, edition=3, newest=3)
    assert _text(finished, ".correction p") == [
        "Correction, 4 December 2025, 11:10 pm India Standard Time",
        "Corrects the <day>.",
    ]
    assert finished.index('class="correction"') < finished.index('data-copy="body"')
    assert _graph(finished)[0]["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "Corrects the <day>.",
            "datePublished": "2025-12-04T23:10:05+05:30",
            "creator": {"@type": "Organization", "name": "ANI"},
        }
    ]


def test_a_note_that_is_also_on_the_item_is_said_once() -> None:
    noted = item(correction_text=CorrectionText(public="Corrects the <day>.", internal="slip"))
    finished = page(noted, changes=CHANGES, edition=3, newest=3)
    assert len(_text(finished, ".correction")) == 1
    assert "slip" not in finished
    alone = edition(facts(noted), SITE)
    assert alone.entry.correction == "Corrects the <day>."
    assert alone.entry.corrected


def test_the_history_tells_each_change_newest_first() -> None:
    finished = page(changes=CHANGES, edition=3, newest=3)
    lines = [re.sub(r" \d+ December.*Time", "", line) for line in _text(finished, ".history li")]
    assert lines == [
        "Refiled · this edition",
        "Corrected · Edition 2",
        "Released from hold",
        "Put on hold",
        "Published · Edition 1",
    ]
    assert [a.attributes["href"] for a in _tree(finished).css(".history a")] == [
        f"/s/{STORY}/v2",
        f"/s/{STORY}/v1",
        f"/s/{STORY}/changes",
    ]


def test_an_older_edition_says_so_and_leads_to_the_newest() -> None:
    older = page(edition=2, newest=3)
    banner = _tree(older).css_first(".older")
    assert "A newer edition has replaced it." in banner.text()
    assert banner.css_first("a").attributes["href"] == f"/s/{STORY}"
    assert _link(older, "canonical") == [f"https://news.example/s/{STORY}"]
    assert _link(older, "predecessor-version") == [f"/s/{STORY}/v1"]
    assert _tree(page(edition=3, newest=3)).css(".older") == []


# --- head -------------------------------------------------------------------------------------


def _agency(indexing: Indexing, **more: Any) -> Any:
    return msgspec.structs.replace(ANI, contract=Contract(indexing=indexing, **more))


@pytest.mark.parametrize(
    ("indexing", "link", "robots", "news", "canonical"),
    [
        (Indexing.own, None, ["max-image-preview:large"], [], None),
        (Indexing.news_noindex, None, [], ["noindex"], None),
        (Indexing.noindex, None, ["noindex"], [], None),
        (Indexing.canonical_to_source, "https://ani.example/x", [], [], "https://ani.example/x"),
        (Indexing.canonical_to_source, None, ["noindex"], [], None),
    ],
)
def test_search_engines_are_told_what_the_contract_says(
    indexing: Indexing, link: str | None, robots: list[str], news: list[str], canonical: str | None
) -> None:
    finished = page(item(link=link), agency=_agency(indexing))
    assert _meta(finished, "robots") == robots
    assert _meta(finished, "Googlebot-News") == news
    assert _link(finished, "canonical") == [canonical or f"https://news.example/s/{STORY}"]


def test_the_end_of_the_licence_is_told_to_machines() -> None:
    end = datetime(2026, 1, 3, 17, 35, 3, tzinfo=UTC)
    finished = page(agency=_agency(Indexing.own), expires=end)
    assert _meta(finished, "robots")[1] == "unavailable_after: 2026-01-03T17:35:03+00:00"
    assert _graph(finished)[0]["expires"] == "2026-01-03T17:35:03+00:00"


def test_the_app_link_is_there_when_an_app_is_configured_and_only_then() -> None:
    finished = page()
    link = _tree(finished).css_first(".app a")
    assert link.text() == "Open in Morning"
    assert link.attributes["href"] == f"https://open.example.org/s/{STORY}"
    assert _meta(finished, "apple-itunes-app") == [
        f"app-id=42, app-argument=https://open.example.org/s/{STORY}"
    ]
    without = page(site=msgspec.structs.replace(SITE, app=None))
    assert "Open in" not in without
    assert "al:ios" not in without


def test_the_page_names_its_other_forms() -> None:
    finished = page(edition=3, newest=3)
    alternates = _link(finished, "alternate")
    assert alternates[:2] == [f"/s/{STORY}/v3.txt", f"/s/{STORY}/v3.json"]
    assert set(alternates[2:]) == {"/feed.atom", "/feed.rss", "/feed.json"}


def test_machines_get_both_times_and_who_said_it() -> None:
    finished = page(updated=LATER, edition=2, newest=2)
    article, web_page, publisher = _graph(finished)
    assert article["datePublished"] == "2025-12-04T23:05:03+05:30"
    assert article["dateModified"] == "2025-12-04T23:10:05+05:30"
    assert article["headline"] == "Harbour stays open"
    assert article["author"] == {"@type": "Organization", "name": "ANI"}
    assert article["isBasedOn"]["identifier"] == "urn:example:harbour"
    assert article["backstory"] == SENTENCE
    assert web_page["mainEntity"] == {"@id": article["@id"]}
    assert publisher["name"] == "The Morning Wire"
    assert _meta(finished, "article:modified_time") == ["2025-12-04T23:10:05+05:30"]
    assert not re.search('reviewedBy|lastReviewed|editor"', finished)


def test_persons_are_authors_only_where_the_agency_names_them_apart() -> None:
    named = item(by="Ann Other in Pune", bylines=(Byline(name="Ann Other"),))
    assert _graph(page(named))[0]["author"] == [{"@type": "Person", "name": "Ann Other"}]
    agency = item(bylines=(Byline(name="ani"),))
    assert _graph(page(agency))[0]["author"]["@type"] == "Organization"


def test_the_editors_note_never_reaches_the_public() -> None:
    noted = item(ed_note="EDS: do not use", advisory_line="ADV", slugline="BC-HARBOUR")
    for name, content in edition(facts(noted), SITE).files.items():
        for secret in (b"EDS", b"ADV", b"BC-HARBOUR"):
            assert secret not in content, name


@given(copy=COPIES, headline=LINES, other=LINES)
def test_no_words_break_out_of_the_machine_data(copy: Copy, headline: str, other: str) -> None:
    told = item(copy, headline, copyright_notice=other, credit=other, dateline=other)
    finished = page(told)
    start = finished.index('ld+json">') + len('ld+json">')
    raw = finished[start : finished.index("</script>", start)]
    assert not re.search("[<>&\u2028\u2029]", raw)
    assert json.loads(raw)["@graph"][0]["headline"] == headline
    tree = _tree(finished)
    assert len(tree.css("script")) == 1
    assert len(tree.css("h1")) == 1
    assert _meta(finished, "og:title") == [headline]


def test_a_headline_with_a_script_end_is_only_a_headline() -> None:
    headline = "</script><script>alert(1)</script>"
    finished = page(item(headline=headline))
    assert _text(finished, "h1") == [headline]
    assert len(_tree(finished).css("script")) == 1


# --- language -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "lang", "direction"),
    [
        ("en-IN", "en-IN", "ltr"),
        ("en_GB", "en-GB", "ltr"),
        ("ur", "ur", "rtl"),
        ("ar-EG", "ar-EG", "rtl"),
        ("he", "he", "rtl"),
        ("ks-Deva", "ks-Deva", "ltr"),
        ("pa-Arab-PK", "pa-Arab-PK", "rtl"),
        (None, "en-IN", "ltr"),
        ("und", "en-IN", "ltr"),
        ('en" onload="x', "en-IN", "ltr"),
        ("English", "en-IN", "ltr"),
    ],
)
def test_the_page_is_in_the_language_of_the_item(
    sent: str | None, lang: str, direction: str
) -> None:
    root = _tree(page(item(language=sent))).css_first("html")
    assert root.attributes == {"lang": lang, "dir": direction}


HINDI = (
    "<p>बंदरगाह खुला रहेगा, मंत्री ने गुरुवार को कहा। किसी ने हमसे इसे बंद करने के लिए नहीं कहा, "
    "उन्होंने पत्रकारों से कहा और चले गए।</p>"
)


def test_a_page_whose_language_nobody_declared_says_that_a_program_told_it() -> None:
    guessed, declared = page(item(HINDI, language=None)), page(item(HINDI, language="hi"))
    assert _tree(guessed).css_first("html").attributes == {"lang": "hi", "dir": "ltr"}
    assert "हिन्दी। ANI ने भाषा नहीं बताई थी" in _text(guessed, ".making")[0]
    assert "भाषा नहीं बताई" not in declared
    assert entry(item(HINDI, language=None)).language_source == "detected"
    assert entry(item(HINDI, language="hi")).language_source == "declared"
    assert entry(item(language=None)).language_source == "agency"


def test_the_houses_own_words_are_marked_where_they_are_in_another_language() -> None:
    finished = page(item(language="fa"))
    tree = _tree(finished)
    for selector in (".masthead", ".disclosure", ".times", ".foot"):
        assert tree.css_first(selector).attributes["lang"] == "en"
        assert tree.css_first(selector).attributes["dir"] == "ltr"
    assert "lang" not in (_tree(page()).css_first(".disclosure").attributes)


def test_links_leave_no_trace_and_pass_no_power() -> None:
    finished = page(item('<p><a href="https://example.org/?a=1&amp;b=2"><b>one</b> two</a></p>'))
    links = _tree(finished).css("[data-copy=body] a")
    assert [link.attributes for link in links] == [
        {"href": "https://example.org/?a=1&b=2", "rel": "nofollow noopener"}
    ]


def test_lines_inside_a_list_item_are_seen_apart() -> None:
    finished = page(item("<ul><li>One<ul><li>Two</li></ul></li><li><p>a</p><p>b</p></li></ul>"))
    assert "<li><p>" not in finished
    assert "a<br>\nb</li>" in finished


def test_there_is_no_script_to_run_and_nothing_from_elsewhere() -> None:
    tree = _tree(page())
    assert {node.attributes["type"] for node in tree.css("script")} == {"application/ld+json"}
    sheet = tree.css_first('link[rel="stylesheet"]')
    assert sheet.attributes["href"].startswith("/assets/")
    assert tree.css("img, iframe, style, [style], [onclick]") == []


def test_the_same_facts_give_the_same_bytes() -> None:
    assert edition(facts(), SITE) == edition(facts(), SITE)
