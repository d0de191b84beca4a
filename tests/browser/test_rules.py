"""Rules of the house in a real browser: written, tried, saved, and at work; on every screen."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import test_desk
from tests.browser.test_desk import SCHEMES
from tests.browser.test_desk import WIDE
from tests.browser.test_desk import WIDTHS
from tests.browser.test_desk import Staffed
from tests.browser.test_desk import looks_well

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
staffed = test_desk.staffed


def test_a_rule_is_written_tried_and_saved_with_the_keyboard_and_holds_what_comes(
    staffed: Staffed, screenshots: Path
) -> None:
    staffed.send("tide", headline="Spring tide at the quay", text="A spring tide came in.")
    page = staffed.page("/desk/rules")
    page.click("text=A new rule")
    fields = {"#name": "tides", "#when": '"spring tide"', "#why": "Ring the harbour office."}
    for field, words in fields.items():
        while not page.evaluate("(id) => document.activeElement.matches(id)", field):
            page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.locator("#more >> text=Newly held: 1").wait_for()
    page.locator(".plain a >> text=Spring tide at the quay").wait_for()
    page.screenshot(path=screenshots / "desk-rules-draft.png", full_page=True)
    page.focus("#reason")
    page.keyboard.type("the quay was flooded")
    if page.locator("#count").count():
        page.keyboard.press("Tab")
        page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.locator(".told >> text=in force as they stand here").wait_for()
    staffed.send("tide-2", headline="Another tide", text="A second spring tide came in.")
    page.goto(f"{staffed.desk.base}/desk/queue")
    page.locator(".row >> text=Another tide").wait_for()
    page.goto(f"{staffed.desk.base}/desk/trail")
    page.locator("tr >> text=the quay was flooded").wait_for()
    page.close()


def test_a_rule_is_changed_without_javascript(staffed: Staffed, browser: "Browser") -> None:
    state = staffed.ada.storage_state()
    context = browser.new_context(storage_state=state, java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto(f"{staffed.desk.base}/desk/rules/file")
    page.fill("#text", "# an empty book\n")
    page.click("text=Check and try it")
    page.fill("#reason", "a new beginning")
    if page.locator("#count").count():
        label = page.locator("label[for=count]").text_content() or ""
        page.fill("#count", "".join(filter(str.isdecimal, label)))
    page.click("text=Save: in force at once")
    page.locator("text=No rule is in force.").wait_for()
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_rules_breaks_a_rule_of_accessibility(
    staffed: Staffed, scheme: str, width: int, screenshots: Path
) -> None:
    word = f"{scheme}{width}"
    staffed.send(f"seen-{word}", headline="Seen by a rule", text=f"Nobody says {word} but this.")
    page = staffed.page("/desk/rules/file", viewport={"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)

    def seen_well(name: str) -> None:
        looks_well(page, screenshots / f"desk-{name}-{scheme}-{width}.png")

    page.fill("#text", "[[rule]\n")
    page.click("text=Check and try it")
    page.locator("#wrong").wait_for()
    seen_well("rules-file")
    page.goto(f"{staffed.desk.base}/desk/rules/new")
    page.fill("#name", word)
    page.fill("#when", "urgency:x")
    page.fill("#why", "It is a test.")
    page.click("text=Check and try it")
    page.locator("#when-fault").wait_for()
    seen_well("rule")
    page.fill("#when", word)
    page.click("text=Check and try it")
    page.locator("#count").wait_for()
    page.click("text=Line by line")
    seen_well("rules-draft")
    label = page.locator("label[for=count]").text_content() or ""
    page.fill("#reason", "a test")
    page.fill("#count", "".join(filter(str.isdecimal, label)))
    page.click("text=Save: in force at once")
    page.locator(".house-rules").wait_for()
    page.click("text=Its query, and where it comes from >> nth=0")
    seen_well("rules")
    page.close()
