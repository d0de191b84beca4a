"""Signing in and managing persons in a real browser: with the keyboard alone, on every screen."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from bench.desk import Desk
from copytaster.newsroom import control
from tests.browser.test_pages import broken_rules
from tests.newsroom.staffed import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import BrowserContext
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SCHEMES = ("light", "dark")
WIDTHS = (390, 1440)


class Staffed(msgspec.Struct, frozen=True, kw_only=True):
    """A desk that runs, with its first admin, signed in."""

    base: str
    ada: "BrowserContext"
    link: str
    """an invitation that nobody uses"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, browser: "Browser") -> Iterator[Staffed]:
    data = tmp_path_factory.mktemp("people") / "data"
    with Desk(data) as desk:
        context = browser.new_context()
        page = context.new_page()
        page.goto(_invited(data))
        _type(page, "name", "ada")
        _type(page, "shown", "Ada Quay")
        _type(page, "password", PASSWORD)
        _type(page, "again", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{desk.base}/desk")
        yield Staffed(base=desk.base, ada=context, link=_invited(data))
        context.close()


def _invited(data: Path) -> str:
    (told,) = control.ask(data, "people", action="invite", role="admin", by="root")
    return str(told["address"])


def _type(page: "Page", field: str, words: str) -> None:
    """Go on to this field with the tab key, and type."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == field:
            page.keyboard.type(words)
            return
    raise AssertionError(f"the tab key does not reach {field}")


def test_one_signs_in_and_out_with_the_keyboard_alone(browser: "Browser", desk: Staffed) -> None:
    context = browser.new_context(java_script_enabled=True)
    page = context.new_page()
    page.goto(f"{desk.base}/desk/trail?about=ada")
    _type(page, "name", "ada")
    _type(page, "password", "not this one")
    page.keyboard.press("Enter")
    page.locator("#password-fault").wait_for()
    field = page.locator("#password")
    assert field.get_attribute("aria-describedby") == "password-fault"
    assert page.evaluate("document.activeElement.id") == "password", "it is where one goes on"
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{desk.base}/desk/trail?about=ada")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Sign out":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"{desk.base}/desk/sign-in")
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_about_persons_breaks_a_rule_of_accessibility(
    desk: Staffed, browser: "Browser", scheme: str, width: int, screenshots: Path
) -> None:
    nobody = browser.new_context()
    places = {
        "sign-in": (nobody, f"{desk.base}/desk/sign-in"),
        "join": (nobody, desk.link),
        "spent": (nobody, desk.link + "x"),
        "me": (desk.ada, f"{desk.base}/desk/me"),
        "people": (desk.ada, f"{desk.base}/desk/people"),
        "person": (desk.ada, f"{desk.base}/desk/people/ada"),
        "trail": (desk.ada, f"{desk.base}/desk/trail"),
    }
    for name, (context, address) in places.items():
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        page.screenshot(path=screenshots / f"desk-{name}-{scheme}-{width}.png", full_page=True)
        assert broken_rules(page) == [], name
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is scrolled sideways"
        page.close()
    nobody.close()


def test_it_works_without_javascript_and_says_what_is_wrong(
    desk: Staffed, browser: "Browser", screenshots: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(desk.link)
    page.fill("#name", "Bo Quay")
    page.fill("#shown", "Bo")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("button.main")
    page.locator("#name-fault").wait_for()
    page.screenshot(path=screenshots / "desk-join-wrong.png", full_page=True)
    assert page.input_value("#name") == "Bo Quay"
    context.close()
