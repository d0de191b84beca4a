"""The form for reports and the page of a ticket, in every language and state."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from copytaster.press import REPORT_KINDS
from copytaster.press import Officer
from copytaster.press import Reported
from copytaster.press import ReportForm
from copytaster.press import Reporting
from copytaster.press import ReportReceipt
from copytaster.press import edition
from copytaster.press import report_form
from copytaster.press import report_receipt
from copytaster.press._theme import SLOTS
from copytaster.press._theme import theme
from copytaster.press._words import ReportWords
from copytaster.press._words import shipped
from copytaster.press._words import shipped_files
from copytaster.store import ReportKind
from copytaster.store import ReportState
from tests.press.making import FIRST
from tests.press.making import SITE
from tests.press.making import STORY
from tests.press.making import facts

OFFICER = Officer(
    name="Asha Rao <&>",
    address="12 Dockyard Road",
    email="officer@desk.example",
    phone="+91 22 5550-0100",
    acknowledge_hours=24,
    decide_days=15,
)
PLAIN = replace(SITE, reporting=Reporting(contact="desk@news.example", keep_days=60))
ASKING = replace(SITE, reporting=Reporting(keep_days=60, officer=OFFICER))
LANGUAGES = sorted(shipped_files())


def words_in(language: str) -> ReportWords:
    words = shipped().get(language)
    assert words is not None
    return words.report


def form(site: Any = PLAIN, **said: Any) -> LexborHTMLParser:
    return LexborHTMLParser(report_form(ReportForm(asked=FIRST, **said), site))


def receipt(site: Any = PLAIN, **said: Any) -> LexborHTMLParser:
    told = {"ticket": "7k2m9qx4e0", "kind": "fact", "state": "open", "received": FIRST}
    kept = {"kept_until": FIRST + timedelta(days=60)}
    return LexborHTMLParser(report_receipt(ReportReceipt(**(told | kept | said)), site))


def test_the_kinds_and_states_are_those_of_the_store() -> None:
    assert tuple(ReportKind) == REPORT_KINDS
    for language in LANGUAGES:
        assert set(words_in(language).kinds) == set(ReportKind)
        assert set(words_in(language).titles) == set(ReportState)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words_and_placeholders(language: str) -> None:
    ours, theirs = words_in("en"), words_in(language)
    for part in ("kinds", "faults", "titles", "onward", "facts"):
        assert set(getattr(ours, part)) == set(getattr(theirs, part)), part
    for part, fields in (("intro", "{site}"), ("text_hint", "{number}"), ("keep", "{days}")):
        assert fields in getattr(theirs, part)
    assert all(field in theirs.terms.sentence for field in ("{hours}", "{days}"))
    assert all("{site}" in sentence for sentence in theirs.onward.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_label_and_every_fault_leads_to_its_field(language: str) -> None:
    wrong = tuple((field, field) for field in ("kind", "text", "address", "name", "email"))
    page = form(replace(ASKING, language=language), faults=wrong)
    labelled = {label.attributes["for"] for label in page.css("label")}
    shown = page.css("form input:not([type=hidden]), form textarea")
    assert {one.attributes["id"] for one in shown} == labelled
    ids = [one.attributes["id"] for one in page.css("[id]")]
    assert len(ids) == len(set(ids))
    links = [one.attributes["href"] or "" for one in page.css(".faults a")]
    assert [link.removeprefix("#") for link in links] == [
        "kind-fact", "text", "address", "name", "email"
    ]  # fmt: skip
    assert set(links) <= {f"#{id}" for id in ids}
    for one in page.css("[aria-describedby]"):
        described = (one.attributes["aria-describedby"] or "").split()
        assert set(described) <= set(ids)
    invalid = {one.attributes["id"] for one in page.css("[aria-invalid]")}
    assert invalid == {"text", "address", "name", "email"}
    assert page.css_first("fieldset legend") is not None
    assert page.css_first("[role=alert] h2") is not None
    assert (page.css_first("html").attributes["lang"] or "").startswith(language)


def test_a_form_without_fault_says_nothing_of_faults() -> None:
    page = form()
    assert page.css(".faults, .fault, [aria-invalid]") == []
    assert (page.css_first("title").text()).startswith("Report an error")


def test_what_is_asked_of_persons_says_how_it_may_be_filled_in_for_them() -> None:
    page = form()
    fields = page.css("input[autocomplete]")
    filled = {one.attributes["id"]: one.attributes["autocomplete"] for one in fields}
    assert (filled["name"], filled["email"]) == ("name", "email")


def test_name_and_address_are_asked_for_only_by_those_who_must() -> None:
    def needed(page: LexborHTMLParser) -> set[str | None]:
        return {one.attributes["id"] for one in page.css("input[required]:not([type=radio])")}

    assert needed(form(PLAIN)) == set()
    assert needed(form(ASKING)) == {"name", "email"}


def test_the_officer_is_named_and_can_be_reached() -> None:
    page = form(ASKING)
    told = page.css_first("main dl").text()
    assert all(said in told for said in ("Asha Rao <&>", "12 Dockyard Road", "+91 22 5550-0100"))
    links = [one.attributes["href"] for one in page.css("main dl a")]
    assert links == ["mailto:officer@desk.example", "tel:+912255500100"]
    assert form(PLAIN).css("main dl") == []


def test_a_headline_is_shown_in_its_own_language_and_only_when_it_is_given() -> None:
    told = form(story=Reported(id=STORY, headline="کراچی میں <بارش>", language="ur"))
    link = told.css_first(".about-story a")
    assert (link.text(), link.attributes["dir"]) == ("کراچی میں <بارش>", "rtl")
    gone = form(story=Reported(id=STORY)).css_first(".about-story a")
    assert gone.attributes["href"] == f"/s/{STORY}"
    assert "not shown" in gone.text()


@pytest.mark.parametrize("state", list(ReportState))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_of_a_ticket_is_told_in_every_language(language: str, state: str) -> None:
    site = replace(ASKING, language=language)
    page = receipt(site, state=state, answer="Ja." if state == "answered" else None)
    words = words_in(language)
    assert page.css_first("h1").text() == words.titles[state]
    assert "7k2m9qx4e0" in page.css_first("dl").text()
    assert (page.css_first(".answer") is not None) is (state == "answered")


def test_an_answer_is_only_text() -> None:
    page = receipt(state="answered", answer="<script>x</script>\nSecond line")
    assert page.css("script") == []
    assert page.css_first(".said").text() == "<script>x</script>\nSecond line"


def test_a_term_is_shown_until_it_is_met() -> None:
    later = [FIRST + timedelta(hours=n) for n in range(1, 5)]
    promised = {"acknowledge_by": later[0], "decide_by": later[1]}

    def labels(**more: Any) -> list[str]:
        return [
            one.text() for one in receipt(ASKING, **promised, **more).css("dl:first-of-type dt")
        ]

    assert labels()[2:5] == ["Received", "Will be acknowledged by", "Will be decided by"]
    assert labels(acknowledged=later[2])[3:5] == ["Acknowledged", "Will be decided by"]
    told = labels(acknowledged=later[2], answered=later[3], state="answered", answer="Yes.")
    assert told[3:5] == ["Acknowledged", "Answered"]


def test_machines_are_told_where_to_report_only_where_it_can_be_done() -> None:
    address = b'"actionableFeedbackPolicy":"https://news.example/report"'
    assert address in edition(facts(), PLAIN).files["page"]
    assert b"actionableFeedbackPolicy" not in edition(facts(), SITE).files["page"]


def test_what_a_publisher_puts_on_other_pages_does_not_watch_readers_here() -> None:
    slots = dict.fromkeys(SLOTS, '<img src="https://ads.example/pixel">')
    look = theme(templates={}, slots=slots, style="", icon=None, policy={})
    watched = replace(PLAIN, theme=look)
    assert b"ads.example" in edition(facts(), watched).files["page"]
    for page in (form(watched), receipt(watched)):
        assert "ads.example" not in (page.html or "")
