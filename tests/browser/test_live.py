"""An open front follows the paper, and moves nothing under the reader's eyes."""

from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import pytest

from bench.desk import Desk
from bench.stories import Writer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

AGENCY = "example"
_PATIENCE = 30_000
"""milliseconds; the desk looks every two seconds, the page within two more"""


def _pusher(desk: Desk, writer: Writer) -> Callable[..., str]:
    """Pushes a story, by a connection of its own: the server closes one that is quiet."""

    def push(number: int, **change: Any) -> str:
        said = writer.story(number, datetime.now(UTC), **change)
        with desk.speak() as voice:
            fate = voice.settled(voice.push(said, agency=AGENCY))
        return str(fate["stories"][0]["address"])

    return push


def test_what_is_killed_leaves_and_what_is_new_waits_for_the_reader(
    tmp_path: Path, browser: "Browser"
) -> None:
    with Desk(tmp_path / "data") as desk:
        push = _pusher(desk, Writer(33, size=800))
        killed, stays = push(1), push(2)
        page = browser.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(desk.base + "/")
        assert page.locator(f'a[href="{killed}"]').count() == 1
        push(1, version=2, status="canceled")
        page.locator(f'a[href="{killed}"]').wait_for(state="detached", timeout=_PATIENCE)
        assert page.locator("[data-live]").is_hidden()
        new = push(3)
        page.locator("[data-live] button").wait_for(state="visible", timeout=_PATIENCE)
        assert page.locator(f'a[href="{new}"]').count() == 0
        page.locator("[data-live] button").click()
        assert page.locator(f'a[href="{new}"]').count() == 1
        assert page.locator(f'a[href="{stays}"]').count() == 1
        assert page.locator("[data-live]").is_hidden()
        assert page.evaluate("document.activeElement.tagName") == "MAIN"
        page.close()
        assert faults == []


def test_without_scripts_the_front_is_whole_and_shows_no_button(
    tmp_path: Path, browser: "Browser"
) -> None:
    with Desk(tmp_path / "data") as desk:
        told = _pusher(desk, Writer(34, size=800))(1)
        page = browser.new_page(java_script_enabled=False)
        page.goto(desk.base + "/")
        assert page.locator(f'a[href="{told}"]').count() == 1
        assert page.locator("[data-live]").is_hidden()
        page.close()
