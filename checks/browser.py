"""Debian's Chromium, and the pages it is to look at."""

import contextlib
import re
import shutil
from collections.abc import Iterator
from collections.abc import Mapping

from playwright.sync_api import Browser
from playwright.sync_api import ConsoleMessage
from playwright.sync_api import Error
from playwright.sync_api import Page
from playwright.sync_api import Request
from playwright.sync_api import sync_playwright

from checks.finding import CheckFailed
from checks.finding import Finding
from checks.programs import CHROMIUM
from checks.saved import Answer
from checks.saved import Site
from copytaster.demo.script import Seen

_OK = 200
_NOT_FOUND = 404
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = "/s/nothing"
"""an address at which there was never anything"""
_FIRST_RUN = "first-run"
_EXTRA = {
    "front": r"/",
    "front-page-2": r"/\?before=.+",
    "section": r"/section/[a-z]+",
    "agency": r"/agency/[a-z]+",
    "corrections": r"/corrections",
    "automation": r"/about/automation",
    "older-edition": r"/s/\w{16}/v1",
    "missing": re.escape(MISSING),
    "search": r"/search",
    "search-found": r"/search\?q=saltmere",
    "search-empty": r"/search\?q=nothing-at-all",
    "topic": r"/topic/[^.]+",
    "place": r"/place/[^.]+",
    "policy": r"/about/(?!automation)[^.]+",
    "report": r"/report",
    "report-on-a-story": r"/report\?story=.+",
    "verify": r"/verify",
    "verify-a-story": r"/verify\?story=.+",
    "changes": r"/s/\w{16}/changes.*",
}
"""kinds of pages beside the stories of the script; of those that are one, the fullest is taken"""


def pages(site: Site) -> dict[str, Answer]:
    """One page of each kind that there is: the script's stories, and whatever else the site
    has."""
    html = list(site.pages())
    base = next(answer.base for answer in reversed(html))
    found = {
        name: site.answers[base + path]
        for name, path in site.stories.items()
        if base + path in site.answers and site.faces.get(name) is not Seen.nowhere
    }
    ours = [answer for answer in html if answer.base == base]
    for name, pattern in _EXTRA.items():
        wanted = _NOT_FOUND if name == "missing" else _OK
        fits = [one for one in ours if _is_one(one, pattern, wanted)]
        if fits:
            found[name] = max(fits, key=lambda one: (len(one.body), one.address))
    first_run = next((one for one in html if one.base != base and one.address == "/"), None)
    return found if first_run is None else found | {_FIRST_RUN: first_run}


def _is_one(answer: Answer, pattern: str, status: int) -> bool:
    """Whether it is a page of a kind, and not the notice of a hold in its place."""
    is_there = answer.status == status and b'<body class="notice hold' not in answer.body
    return is_there and re.fullmatch(pattern, answer.address) is not None


def unseen(seen: Mapping[str, Answer]) -> Iterator[Finding]:
    """Kinds of pages of which there is none: what nobody looks at is not sound."""
    for name in (*_EXTRA, _FIRST_RUN):
        if name not in seen:
            text = f"the site has no page of the kind {name}"
            yield Finding(tool="browser", address="-", rule="no-page", text=text)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """The browser. Raises CheckFailed where there is none."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        raise CheckFailed("no chromium found: Debian has it as chromium")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
            yield browser
            browser.close()
    except Error as error:
        raise CheckFailed(f"chromium: {error.message.splitlines()[0]}") from error


class Window:
    """One page of the browser, used again for each address: opening a window is what takes long.

    What goes wrong while an address is looked at is added to ``faults``.
    """

    def __init__(self, browser: Browser, faults: list[Finding], *, scripts: bool = True) -> None:
        self.faults = faults
        self.page = browser.new_context(java_script_enabled=scripts).new_page()
        self._answer: Answer | None = None
        self.page.on("pageerror", lambda error: self.fault("script-error", str(error)))
        self.page.on("requestfailed", self._failed)
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("console", self._said)

    def open(self, answer: Answer) -> Page:
        """The page of an answer, as on a wide screen in the light."""
        self._answer = answer
        self.page.emulate_media(media="screen", color_scheme="light")
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.goto(answer.url)
        return self.page

    def fault(self, rule: str, text: str) -> None:
        address = "-" if self._answer is None else self._answer.address
        self.faults.append(Finding(tool="browser", address=address, rule=rule, text=text))

    def _failed(self, request: Request) -> None:
        """What an open front still asks for ends with the page that is left: that is no failure."""
        left = request.resource_type == "fetch" and request.failure == "net::ERR_ABORTED"
        if request.resource_type != "eventsource" and not left:
            self.fault("failed", f"{request.url}: {request.failure}")

    def _asked(self, url: str) -> None:
        if self._answer and not url.startswith((f"{self._answer.base}/", "data:")):
            self.fault("elsewhere", f"asks for {url}")

    def _said(self, message: ConsoleMessage) -> None:
        own = self._answer is not None and _is_own_status(message.text, self._answer)
        if message.type in ("error", "warning") and not own:
            self.fault("console", message.text)


def _is_own_status(text: str, answer: Answer) -> bool:
    """Chromium tells the console of a page that answers 404, 410 or 451: that is as it should. The
    page that checks asks for what was taken back, too."""
    statuses = (410, 451) if answer.address.startswith("/verify?") else ()
    own = (answer.status, *statuses) if answer.status >= 400 else statuses
    return any(f"status of {status}" in text for status in own)
