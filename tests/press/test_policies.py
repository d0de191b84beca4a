"""The house's own pages: there only when filled in, and then linked and named in the data."""

import json
import re
from importlib import resources
from string import Formatter
from typing import Any

import msgspec
import pytest

from copytaster import text
from copytaster.press import POLICIES
from copytaster.press import Officer
from copytaster.press import Reporting
from copytaster.press import Site
from copytaster.press import Uses
from copytaster.press import about_automation
from copytaster.press import policy_page
from copytaster.press import policy_path
from copytaster.press._policies import _texts
from copytaster.press._words import shipped_files
from copytaster.press._words import tongue
from tests.press.making import SITE
from tests.press.making import page

FILLED = msgspec.structs.replace(SITE, pages=frozenset(POLICIES))


def _publisher(site: Site) -> dict[str, Any]:
    data = re.search(r'<script type="application/ld\+json">(.+?)</script>', page(site=site))
    assert data is not None
    graph: list[dict[str, Any]] = json.loads(data[1])["@graph"]
    return next(one for one in graph if one["@type"] == "NewsMediaOrganization")


def test_a_page_that_is_not_filled_in_is_linked_nowhere() -> None:
    bare = page()
    assert set(re.findall(r'href="(/about[^"]*)"', bare)) == {"/about/automation"}
    assert not {known for known in POLICIES.values() if known} & set(_publisher(SITE))
    assert "usageInfo" not in bare


def test_a_page_that_is_filled_in_is_linked_from_every_page_and_named_in_the_data() -> None:
    told = page(site=FILLED)
    for name in POLICIES:
        assert f'<a href="{policy_path(name)}">' in told
    publisher = _publisher(FILLED)
    for name, known in POLICIES.items():
        if known is not None:
            assert publisher[known] == f"https://news.example{policy_path(name)}"
    assert '"usageInfo":"https://news.example/about/reuse"' in told


def test_a_page_says_what_the_house_wrote_and_nothing_that_acts() -> None:
    copy = text.from_html(
        "<h2>Who pays</h2><p>Our <b>readers</b> &amp; "
        '<a href="https://fund.example/">a fund</a>.</p>'
        "<script>alert(1)</script><p onclick='x()'>Nobody <a href='javascript:x()'>else</a></p>"
    )
    told = policy_page("ownership", copy, FILLED).decode()
    assert '<h1 id="headline">Ownership and funding</h1>' in told
    assert "<h2>Who pays</h2>" in told
    assert "<strong>readers</strong> &amp; " in told
    assert 'href="https://fund.example/"' in told
    for acting in ("alert", "onclick", "javascript:", "<script>"):
        assert acting not in told
    assert '<link rel="canonical" href="https://news.example/about/ownership">' in told


def test_the_policy_on_corrections_leads_to_the_corrections() -> None:
    copy = text.from_plain("We say so.\n\nAt once.")
    assert (
        '<p class="onward"><a href="/corrections">'
        in policy_page("corrections", copy, FILLED).decode()
    )
    assert "onward" not in policy_page("ethics", copy, FILLED).decode()


@pytest.mark.parametrize("language", ["de", "es", "fr", "hi", "ur"])
def test_how_it_works_is_told_in_the_sites_language(language: str) -> None:
    told = about_automation(msgspec.structs.replace(SITE, language=language)).decode()
    assert f'<html lang="{language}"' in told
    assert _texts()[language].parts[0].title in told
    assert _texts()["en"].parts[0].title not in told


def test_how_it_works_is_told_in_english_and_marked_so_where_there_is_no_other() -> None:
    told = about_automation(msgspec.structs.replace(SITE, language="fi")).decode()
    assert '<html lang="en" dir="ltr">' in told
    assert "Word for word" in told


def test_every_text_has_the_same_parts_and_places() -> None:
    english = _texts()["en"]
    for language, told in _texts().items():
        assert len(told.parts) == len(english.parts), language
        for own, other in zip(_all(told), _all(english), strict=True):
            assert _places(own) == _places(other), (language, own)
            assert own.strip()


def _all(told: Any) -> list[str]:
    parts = [words for part in (*told.parts, told.reserved) for words in part.text]
    return [told.lead, told.contact, told.transform, told.agency, *parts]


def _places(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def test_every_language_that_ships_names_every_page() -> None:
    for language in shipped_files():
        assert set(tongue(language).words.policies) == set(POLICIES), language


def test_the_contact_is_told_and_the_reservation_where_nothing_was_allowed() -> None:
    reached = msgspec.structs.replace(SITE, contact="desk@news.example")
    told = about_automation(reached).decode()
    assert '<a href="mailto:desk@news.example">desk@news.example</a>.' in told
    assert "may not be used to train AI models" in told
    allowed = msgspec.structs.replace(SITE, uses=Uses(train_ai=True, tdm=True))
    assert "train AI models" not in about_automation(allowed).decode()
    assert "mailto:" not in about_automation(SITE).decode()


def test_the_words_of_the_configuration_are_not_markup() -> None:
    odd = msgspec.structs.replace(SITE, name="A <b>& {lead}", contact="<i>{site}</i>")
    told = about_automation(odd).decode()
    assert "A &lt;b&gt;&amp; {lead}" in told
    assert "&lt;i&gt;{site}&lt;/i&gt;" in told
    assert "<i>" not in told


def test_the_texts_are_shipped() -> None:
    folder = resources.files("copytaster.press") / "automation"
    assert {file.name for file in folder.iterdir()} >= {"en.toml", "de.toml", "hi.toml", "ur.toml"}


def test_how_it_works_leads_to_the_report_and_tells_what_is_promised() -> None:
    officer = Officer(
        name="A. <Quay>", address="B", email="c@d.example", acknowledge_hours=24, decide_days=15
    )
    promised = msgspec.structs.replace(SITE, reporting=Reporting(keep_days=60, officer=officer))
    told = about_automation(promised).decode()
    assert '<a href="/report">Report an error</a>' in told
    assert "A. &lt;Quay&gt;. Every report is acknowledged within 24 hours" in told
    plain = about_automation(
        msgspec.structs.replace(SITE, reporting=Reporting(keep_days=60))
    ).decode()
    assert '<a href="/report">' in plain
    assert "acknowledged within" not in plain
    assert "/report" not in about_automation(SITE).decode()
