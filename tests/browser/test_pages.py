"""The pages in a real browser: readable by all, on every screen, with nothing switched on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import pytest

from bench.stories import Writer

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page
    from playwright.sync_api import Request

    from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

PAGES = (
    *("front", "story", "pictured", "updated", "older", "held", "killed", "missing"),
    *("corrections", "verify"),
)
STATUS = {"killed": 410, "missing": 404}
SCHEMES = ("light", "dark")
WIDTHS = (390, 1280)
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@contextmanager
def _opened(browser: "Browser", url: str, **settings: Any) -> Iterator["Page"]:
    context = browser.new_context(**settings)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.extend(_failed(request)))
    page.goto(url)
    yield page
    context.close()
    assert faults == []


def _failed(request: "Request") -> list[str]:
    """What a page still asks for ends with the page that is left: that is no failure."""
    is_left = request.resource_type == "fetch" and request.failure == "net::ERR_ABORTED"
    return [] if is_left else [f"failed: {request.url}"]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_a_rule_of_accessibility(
    name: str, scheme: str, browser: "Browser", site: "Site"
) -> None:
    for width in (320, 1280):
        settings = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
        with _opened(browser, site.url(name), **settings) as page:
            assert broken_rules(page) == [], f"at {width} px"


def broken_rules(page: "Page") -> list[tuple[str, str]]:
    """(rule, the first element that breaks it), as axe sees the page."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": {"type": "tag", "values": list(_RULES)}}
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found]


def test_a_page_that_breaks_the_rules_is_caught(browser: "Browser") -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_content('<p style="color:#ccc;background:#fff">pale</p><img src="data:,">')
    broken = {rule for rule, _ in broken_rules(page)}
    context.close()
    assert {"color-contrast", "image-alt"} <= broken


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_headline(name: str, browser: "Browser", site: "Site") -> None:
    with _opened(browser, site.url(name)) as page:
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize("name", [name for name in PAGES if name != "verify"])
def test_a_page_is_the_same_with_javascript_off(
    name: str, browser: "Browser", site: "Site"
) -> None:
    seen = []
    for on in (True, False):
        with _opened(browser, site.url(name), java_script_enabled=on) as page:
            seen.append((page.title(), page.locator("body").inner_text()))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_from_elsewhere(
    name: str, browser: "Browser", site: "Site"
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url(name))
    context.close()
    assert asked
    assert [url for url in asked if not url.startswith((site.desk.base, "data:"))] == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_has_to_be_scrolled_sideways(name: str, browser: "Browser", site: "Site") -> None:
    with _opened(browser, site.url(name), viewport={"width": 320, "height": 800}) as page:
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


@pytest.mark.parametrize("name", PAGES)
def test_a_page_answers_what_its_state_demands(name: str, browser: "Browser", site: "Site") -> None:
    context = browser.new_context()
    answer = context.new_page().goto(site.url(name))
    context.close()
    assert answer is not None
    assert answer.status == STATUS.get(name, 200)


@pytest.mark.parametrize("name", ["held", "killed"])
def test_a_notice_repeats_nothing_of_what_it_replaced(
    name: str, browser: "Browser", site: "Site"
) -> None:
    number = {"held": 2, "killed": 3}[name]
    with _opened(browser, site.url(name)) as page:
        assert Writer(21, size=3000).headline(number) not in page.content()


def test_the_first_thing_a_keyboard_reaches_skips_to_the_story(
    browser: "Browser", site: "Site"
) -> None:
    with _opened(browser, site.url("story")) as page:
        page.keyboard.press("Tab")
        target = page.evaluate("document.activeElement.getAttribute('href')")
        assert target is not None
        assert target.startswith("#")
        assert page.locator(target).count() == 1


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_can_be_looked_at(
    width: int, scheme: str, browser: "Browser", site: "Site", screenshots: Path
) -> None:
    for name in PAGES:
        settings = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
        with _opened(browser, site.url(name), **settings) as page:
            target = screenshots / f"{name}-{width}-{scheme}.png"
            page.screenshot(path=str(target), full_page=True)
        assert target.stat().st_size > 2000


def test_a_printed_story_keeps_its_words_and_its_disclosure(
    browser: "Browser", site: "Site"
) -> None:
    with _opened(browser, site.url("story")) as page:
        shown = page.locator("[data-copy=body]").inner_text()
        page.emulate_media(media="print")
        assert page.locator("[data-copy=body]").inner_text() == shown
        assert "word for word" in page.locator("body").inner_text()
