"""The editors' app in a real browser: each job end to end, with the keyboard, on every screen."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import msgspec
import pytest

from bench.desk import Desk
from bench.desk import Voice
from copytaster.newsroom import control
from tests.browser.test_pages import broken_rules
from tests.newsroom.making import ninjs
from tests.newsroom.staffed import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import BrowserContext
    from playwright.sync_api import Locator
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SCHEMES = ("light", "dark")
WIDTHS = (390, 1440)
WIDE = {"width": 1440, "height": 900}
QUEUE_TREE = (
    'link "Skip to the page"',
    'navigation "The desk"',
    'heading "Queue" [level=1]',
    'list "What waits"',
    'checkbox "Choose: Tree falls on the quay"',
    'link "Tree falls on the quay"',
    'button "Release …"',
)
STORY_TREE = (
    'heading "Tree falls on the quay" [level=1]',
    'region "Why"',
    'textbox "Why you release it"',
    'button "Release this text"',
    'textbox "A note for whoever reads this next"',
    'combobox "Who sees to it"',
)
_SOON = 20_000
"""milliseconds within which whatever is waited for happens on a busy machine"""


class Staffed(msgspec.Struct, frozen=True, kw_only=True):
    """A desk that runs, and an editor who is signed in."""

    desk: Desk
    ada: "BrowserContext"

    def send(self, guid: str, **fields: Any) -> None:
        given = {"headline": f"News of {guid}", "text": f"What {guid} says is said by nobody else."}
        self.push(ninjs(guid, **(given | fields)))

    def push(self, data: bytes) -> None:
        """Hand it in, and wait until it was read."""
        with Voice(*self.desk.address) as voice:
            voice.settled(voice.push(data, agency="example", content_type="application/json"))

    def page(self, path: str = "/desk", **settings: Any) -> "Page":
        page = self.ada.new_page()
        page.set_viewport_size(settings.get("viewport", WIDE))
        page.set_default_timeout(_SOON)
        page.goto(self.desk.base + path)
        return page


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory, browser: "Browser") -> Iterator[Staffed]:
    data = tmp_path_factory.mktemp("desk") / "data"
    with Desk(data) as desk:
        context = browser.new_context()
        page = context.new_page()
        (told,) = control.ask(data, "people", action="invite", role="admin", by="root")
        page.goto(str(told["address"]))
        for field, words in (("name", "ada"), ("shown", "Ada Quay")):
            page.fill(f"#{field}", words)
        for field in ("password", "again"):
            page.fill(f"#{field}", PASSWORD)
        page.click("button.main")
        page.wait_for_url(f"{desk.base}/desk")
        page.close()
        yield Staffed(desk=desk, ada=context)
        context.close()


def unsaid(part: "Locator", tree: tuple[str, ...]) -> list[str]:
    """What of this assistive technology is not told of a part of a page."""
    told = part.aria_snapshot()
    return [one for one in tree if one not in told]


def looks_well(page: "Page", picture: Path) -> None:
    """By the rules of accessibility, and within its screen; the picture is for people."""
    page.screenshot(path=picture, full_page=True)
    assert broken_rules(page) == [], picture.name
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.evaluate("window.innerWidth"), f"{picture.name} is scrolled sideways"


def headlines(page: "Page") -> list[str]:
    return [one.strip() for one in page.locator(".row .headline a").all_text_contents()]


def test_a_held_story_is_found_understood_and_released_and_another_killed(
    staffed: Staffed, screenshots: Path
) -> None:
    """The two minutes of an editor who has never seen it, without the manual."""
    staffed.send("bank", headline="Bank keeps its rate", pubstatus="awaiting-desk")
    staffed.send("sails", headline="Old sails sold for a song")
    page = staffed.page()
    page.click("nav >> text=Queue")
    page.click("text=Bank keeps its rate")
    page.locator(
        ".reading .why >> text=The agency's status is not one that is known here"
    ).wait_for()
    page.screenshot(path=screenshots / "desk-held.png")
    page.fill("#why-release", "read, and fine")
    page.click("text=Release this text")
    page.locator(".told >> text=The story is released.").wait_for()
    page.locator(".reading .facts >> text=Live").wait_for()
    page.click("nav >> text=The wire")
    page.click("text=Old sails sold for a song")
    page.locator(".reading >> text=Kill …").wait_for()
    page.keyboard.press("x")
    page.keyboard.type("they were not sold")
    page.screenshot(path=screenshots / "desk-kill.png")
    page.keyboard.press("Enter")
    page.locator(".reading .clean >> text=Seen clean at").wait_for()
    page.screenshot(path=screenshots / "desk-killed.png")
    words = page.locator(".reading .clean").text_content() or ""
    assert re.search(r"Seen clean at \d+ public addresses after \d+\.\d\d s", words)
    page.close()


def test_with_the_keyboard_alone_one_reads_and_decides(staffed: Staffed) -> None:
    staffed.send("keys", headline="Keys found in the harbour")
    page = staffed.page()
    page.locator("text=Keys found in the harbour").first.wait_for()
    page.keyboard.press("j")
    page.locator(".reading h1 >> text=Keys found in the harbour").wait_for()
    page.keyboard.press("h")
    page.keyboard.type("whose are they")
    page.keyboard.press("Enter")
    page.locator(".told >> text=The story is on hold").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    page.wait_for_url("**/desk/queue")
    assert "Keys found in the harbour" in headlines(page)
    page.close()


def test_with_the_keyboard_alone_one_finds_and_kills(staffed: Staffed) -> None:
    staffed.send("lantern", headline="Lantern falls from the quay")
    page = staffed.page()
    page.locator("text=Lantern falls").first.wait_for()
    page.keyboard.press("/")
    page.wait_for_url("**/desk/search")
    page.keyboard.type("lantern -tram")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/search?q=*")
    page.keyboard.press("j")
    page.locator(".reading h1 >> text=Lantern falls").wait_for()
    page.keyboard.press("x")
    page.keyboard.type("it was a buoy")
    page.keyboard.press("Enter")
    page.locator(".reading >> text=Killed").first.wait_for()
    page.close()


def test_several_are_ticked_looked_at_and_released_together(staffed: Staffed) -> None:
    for guid in ("salt", "pepper"):
        staffed.send(guid, headline=f"Price of {guid} rises", pubstatus="awaiting-desk")
    page = staffed.page("/desk/search?q=price%20of%20rises")
    page.check("[aria-label='Choose: Price of salt rises']")
    page.check("[aria-label='Choose: Price of pepper rises']")
    page.click("#several >> text=Release")
    page.locator("h1 >> text=Release 2 stories").wait_for()
    page.uncheck("text=Price of pepper rises")
    page.fill("#why", "read both")
    page.click("text=Release what is ticked")
    page.locator("h1 >> text=Released: 1 of 1").wait_for()
    page.click("text=Price of salt rises")
    page.locator(".facts >> text=Live").wait_for()
    page.close()


def test_word_is_left_beside_a_story_without_leaving_the_list(staffed: Staffed) -> None:
    staffed.send("well", headline="Well runs dry", pubstatus="awaiting-desk")
    page = staffed.page("/desk/queue")
    page.click("text=Well runs dry")
    page.click("text=Between editors")
    page.fill("#note", "Rang the mayor.")
    page.click("text=Keep the note")
    page.locator(".told >> text=Your note is kept.").wait_for()
    page.locator(".reading .note >> text=Rang the mayor.").wait_for()
    page.select_option("#person", "ada")
    page.click("text=Give it")
    page.locator(".told >> text=It is noted who sees to it.").wait_for()
    page.click("nav >> text=Queue")
    page.click(".kinds >> text=Yours")
    page.locator("text=ada sees to it").first.wait_for()
    assert "Well runs dry" in headlines(page)
    page.close()


def test_a_search_is_kept_and_its_ticker_follows_the_wire(staffed: Staffed) -> None:
    page = staffed.page("/desk/search?q=gull%20state%3Aheld")
    page.click("text=Keep this search")
    page.fill("#name", "Gulls on hold")
    page.click("text=Keep it")
    page.locator(".kinds >> text=Gulls on hold").wait_for()
    ticker = staffed.page("/desk/ticker?q=gull%20state%3Aheld")
    ticker.locator("h1 >> text=Gulls on hold").wait_for()
    staffed.send("gull", headline="Gull steals a pie", pubstatus="awaiting-desk")
    staffed.send("crow", headline="Crow steals nothing")
    ticker.locator("text=Gull steals a pie").wait_for()
    page.locator("text=Gull steals a pie").wait_for()
    assert headlines(ticker) == ["Gull steals a pie"]
    newer = {"version": "2", "versioncreated": "2026-03-02T08:59:00Z"}
    staffed.send("gull", headline="Gull gives the pie back", **newer)
    ticker.locator("text=Gull steals a pie").wait_for(state="detached")
    assert headlines(ticker) == []
    ticker.close()
    page.close()


def test_a_screen_reader_is_told_what_is_seen(staffed: Staffed) -> None:
    """The tree that assistive technology gets, of the two pages on which is decided."""
    staffed.send("tree", headline="Tree falls on the quay", pubstatus="awaiting-desk")
    page = staffed.page("/desk/queue")
    assert unsaid(page.locator("body"), QUEUE_TREE) == []
    page.click("text=Tree falls on the quay")
    page.locator(".reading h1").wait_for()
    page.locator("summary", has_text="Between editors").click()
    assert unsaid(page.locator(".reading"), STORY_TREE) == []
    page.close()


def test_the_wire_follows_by_itself_and_loses_and_doubles_nothing(staffed: Staffed) -> None:
    page = staffed.page()
    staffed.send("live-1", headline="First of three")
    page.locator(".row.fresh >> text=First of three").wait_for()
    staffed.ada.set_offline(True)
    staffed.send("live-2", headline="Second of three")
    staffed.send("live-3", headline="Third of three")
    staffed.ada.set_offline(False)
    page.locator(".row.fresh >> text=Third of three").wait_for()
    page.locator(".row.fresh >> text=Second of three").wait_for()
    found = headlines(page)
    assert found[:3] == ["Third of three", "Second of three", "First of three"]
    assert len(set(found)) == len(found)
    page.close()


def test_a_pause_counts_what_comes_and_a_scrolled_list_stays_where_it_is(staffed: Staffed) -> None:
    page = staffed.page()
    page.click("text=Pause")
    staffed.send("paused", headline="While you looked away")
    page.locator("[data-unseen] >> text=1 new").wait_for()
    assert "While you looked away" not in headlines(page)
    assert page.title().startswith("(1) ")
    page.click("[data-unseen]")
    assert headlines(page)[0] == "While you looked away"
    page.close()


def test_the_second_of_two_editors_sees_what_happened(staffed: Staffed) -> None:
    staffed.send("two", headline="Two at one desk", pubstatus="awaiting-desk")
    first, second = staffed.page("/desk/queue"), staffed.page("/desk/queue")
    for page in (first, second):
        page.click("text=Two at one desk")
        page.locator("#why-release").wait_for()
    first.keyboard.press("x")
    first.keyboard.type("no")
    first.keyboard.press("Enter")
    first.locator(".reading .facts >> text=Killed").wait_for()
    second.fill("#why-release", "yes")
    second.click("text=Release this text")
    second.locator("text=The story has changed since you opened it: it is killed now.").wait_for()
    for page in (first, second):
        page.close()


def test_who_is_signed_out_in_the_middle_of_a_decision_loses_nothing(
    staffed: Staffed, browser: "Browser"
) -> None:
    staffed.send("late", headline="A late decision")
    other = browser.new_context(storage_state=staffed.ada.storage_state(), viewport=WIDE)
    page = other.new_page()
    page.set_default_timeout(_SOON)
    page.goto(f"{staffed.desk.base}/desk")
    page.click("text=A late decision")
    page.locator(".reading >> text=Kill …").wait_for()
    page.keyboard.press("x")
    page.keyboard.type("a reason that took long to write")
    other.clear_cookies()
    page.keyboard.press("Enter")
    page.locator(".told >> text=You are signed out.").wait_for()
    assert page.input_value("#why-kill") == "a reason that took long to write"
    other.close()


def test_all_of_it_works_without_javascript(staffed: Staffed, browser: "Browser") -> None:
    staffed.send("plain", headline="Plain and simple", pubstatus="awaiting-desk")
    state = staffed.ada.storage_state()
    context = browser.new_context(storage_state=state, java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto(f"{staffed.desk.base}/desk/queue")
    page.click("text=Plain and simple")
    page.fill("#why-release", "fine")
    page.click("text=Release this text")
    page.locator(".told >> text=The story is released.").wait_for()
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_the_desk_breaks_a_rule_of_accessibility(
    staffed: Staffed, scheme: str, width: int, screenshots: Path
) -> None:
    staffed.send("seen", headline="Seen on every screen", pubstatus="awaiting-desk")
    staffed.push(b"no news at all")
    control.ask(staffed.desk.data, "drill")
    page = staffed.page("/desk/queue", viewport={"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    story = page.locator("a", has_text="Seen on every screen").first.get_attribute("href") or ""
    places = {"wire": "/desk", "queue": "/desk/queue", "story": story}
    places |= {"recall": "/desk/recall", "letters": "/desk/letters"}
    places |= {"health": "/desk/health", "source": "/desk/health/inbox", "proofs": "/desk/proofs"}
    places |= {"search": "/desk/search?q=screen", "no-query": "/desk/search?q=urgency:x"}
    places |= {
        "several": f"/desk/several?order=kill&s={story[-16:]}",
        "ticker": "/desk/ticker?q=screen",
    }
    for name, path in places.items():
        page.goto(staffed.desk.base + path)
        looks_well(page, screenshots / f"desk-{name}-{scheme}-{width}.png")
    page.close()
