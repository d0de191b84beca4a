"""The page that checks, on a desk that runs: its stories, its files, its policy."""

import re
import shutil
import time
from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import httpx2
import pytest

from bench.desk import Desk
from bench.stories import Writer
from tests.browser.test_pages import broken_rules

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page

    from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

AGENCY = "example"
_PATIENCE = 20_000
"""milliseconds"""


def _found(page: "Page") -> list[str]:
    """The four verdicts, once they are shown."""
    page.locator("[data-found] dl").wait_for(timeout=_PATIENCE)
    verdicts: list[str] = page.evaluate(
        "[...document.querySelectorAll('[data-verdict]')].map(e => e.dataset.verdict)"
    )
    return verdicts


def _signed(base: str, path: str) -> None:
    """Wait until the log has signed what last happened to a story."""
    _until(lambda: httpx2.get(f"{base}{path}.tlog-proof", trust_env=False).status_code != 503)


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE / 1000
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("name", ["story", "older", "held", "killed"])
def test_what_a_desk_shows_holds_in_four_lines(name: str, browser: "Browser", site: "Site") -> None:
    path = site.pages[name]
    _signed(site.desk.base, path)
    context = browser.new_context(color_scheme="dark", viewport={"width": 320, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text))
    page.goto(f"{site.desk.base}{path}")
    page.locator('a[href^="/verify?story="]').evaluate("link => link.click()")
    page.wait_for_url(re.compile(r"/verify\?story="))
    assert _found(page) == ["yes"] * 4
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    gone = "Failed to load resource: the server responded with a status of 410 (Gone)"
    assert [line for line in faults if line != gone] == []
    assert gone not in faults or name == "killed"
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_what_was_found_can_be_read_by_all(
    width: int, scheme: Any, browser: "Browser", site: "Site", screenshots: Path
) -> None:
    _signed(site.desk.base, site.pages["story"])
    size: Any = {"width": width, "height": 900}
    context = browser.new_context(color_scheme=scheme, viewport=size)
    page = context.new_page()
    page.goto(f"{site.desk.base}/verify?story={site.pages['story'].removeprefix('/s/')}")
    assert _found(page) == ["yes"] * 4
    for summary in page.locator("main summary").all():
        summary.click()
    page.locator("#key").fill("none")
    page.locator("button[value=story]").click()
    page.locator('[data-verdict="no"]').first.wait_for()
    assert broken_rules(page) == []
    page.screenshot(path=str(screenshots / f"check-{width}-{scheme}.png"), full_page=True)
    context.close()


def test_a_check_is_told_to_those_who_listen_and_leaves_the_focus(
    browser: "Browser", site: "Site"
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(site.url("verify"))
    page.locator("#address").fill(site.pages["story"])
    page.keyboard.press("Enter")
    assert _found(page) == ["yes"] * 4
    assert page.locator("[aria-live=polite] dl").count() == 1
    assert page.evaluate("document.activeElement.id") == "address"
    context.close()


def test_without_scripts_the_page_names_the_command(browser: "Browser", site: "Site") -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url("verify"))
    assert page.locator("[data-without]").is_visible()
    assert page.locator("form").is_hidden()
    assert f"copytaster verify {site.desk.base}/s/" in page.locator("pre").inner_text()
    context.close()


def test_a_desk_whose_files_were_changed_is_found_out(tmp_path: Path, browser: "Browser") -> None:
    writer = Writer(35, size=800)
    with Desk(tmp_path / "data") as desk, desk.speak() as voice:

        def push(number: int) -> str:
            said = writer.story(number, datetime.now(UTC))
            fate = voice.settled(voice.push(said, agency=AGENCY))
            path = str(fate["stories"][0]["address"])
            _signed(desk.base, path)
            return path

        told = push(1)
        id, files = told.removeprefix("/s/"), desk.data / "site"
        context = browser.new_context()
        page = context.new_page()

        def check() -> list[str]:
            page.goto("about:blank")
            page.goto(f"{desk.base}/verify?story={id}")
            return _found(page)

        assert check() == ["yes"] * 4
        _change_a_word(*files.glob(f"s/*/{id}.v1.html"), *files.glob(f"s/*/{id}.html"))
        assert check() == ["no", "yes", "yes", "yes"]
        shutil.copy(files / "log" / "checkpoint", tmp_path / "checkpoint")
        push(2)
        tile = max((files / "log/tile/0").glob("000.p/*"), key=lambda one: int(one.name))
        whole = tile.read_bytes()
        tile.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
        assert check()[2:] == ["yes", "no"]
        tile.write_bytes(whole)
        assert check()[2:] == ["yes", "yes"]
        shutil.copy(tmp_path / "checkpoint", files / "log" / "checkpoint")
        assert check()[2:] == ["yes", "no"]
        assert "was set back" in page.locator("[data-found]").inner_text()
        context.close()


def _change_a_word(*files: Path) -> None:
    """One character in the text of a page."""
    assert files
    for file in files:
        before, mark, text = file.read_text("utf-8").rpartition('data-copy="body">')
        changed = re.sub("e", "\N{CYRILLIC SMALL LETTER IE}", text, count=1)
        file.write_text(f"{before}{mark}{changed}", "utf-8")
