"""Every kind of page in a browser: axe, sideways scrolling, without scripts, on paper."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from checks.browser import Window
from checks.browser import chromium
from checks.browser import pages
from checks.browser import unseen
from checks.finding import Finding
from checks.saved import Answer
from checks.saved import Site
from checks.walking import skipped
from checks.walking import walked

WIDTHS = (1280, 768, 320)
SCHEMES = ("light", "dark")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_AXE_AT = (1280, 320)
_NOT_ON_PAPER = "nav, .skip, [role=search], .app, .formats"
_NOT_ON_A_STORY = f"{_NOT_ON_PAPER}, form, button"


def looking(site: Site, shots: Path | None) -> Iterator[Finding]:
    """All kinds of pages in all widths and schemes; pictures of them go into ``shots``."""
    faults: list[Finding] = []
    with chromium() as browser:
        window = Window(browser, faults)
        plain = Window(browser, faults, scripts=False)
        kinds = pages(site)
        faults += unseen(kinds)
        for name, answer in kinds.items():
            page = window.open(answer)
            if not _is_whole(page, plain.open(answer)):
                window.fault("needs-script", "says something else where scripts are switched off")
            faults += walked(answer, page)
            page = window.open(answer)
            faults += skipped(answer, page)
            page = window.open(answer)
            for scheme in SCHEMES:
                _looked_at(window, name, answer, scheme, shots)
            _on_paper(window, name, shots)
    yield from faults


def _is_whole(page: Page, plain: Page) -> bool:
    """Whether it is the same without scripts; the page that is there for its script says, where
    none runs, what to do instead."""
    instead = "[data-without]"
    if page.locator(instead).count():
        return bool(page.locator(instead).is_hidden() and plain.locator(instead).is_visible())
    return _words(page) == _words(plain)


def _words(page: Page) -> tuple[str, str]:
    return page.title(), page.locator("main").inner_text()


def _looked_at(window: Window, name: str, answer: Answer, scheme: str, shots: Path | None) -> None:
    page = window.page
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if shots is not None:
            file = shots / f"{_shot(name, page)}-{width}-{scheme}.png"
            page.screenshot(path=str(file), full_page=True)
        if width in _AXE_AT:
            window.faults += _axe(answer, page, f"{scheme}, {width} px")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            window.fault("sideways", f"{wide} px have to be scrolled sideways at {width} px")


def _shot(name: str, page: Page) -> str:
    """``rtl-`` before what is read from right to left."""
    rtl = page.evaluate("document.documentElement.dir") == "rtl"
    return f"rtl-{name}" if rtl else name


def _axe(answer: Answer, page: Page, how: str) -> list[Finding]:
    options = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}
    found: list[Any] = Axe().run(page, options=options).response["violations"]
    return [
        Finding(
            tool="axe",
            address=answer.address,
            rule=str(rule["id"]),
            text=f"{how}: {node['html']} {node['failureSummary']}",
        )
        for rule in found
        for node in rule["nodes"]
    ]


def _on_paper(window: Window, name: str, shots: Path | None) -> None:
    """The words, and no navigation."""
    page = window.page
    page.emulate_media(media="screen", color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    copy = page.locator("[data-copy=body]")
    words = copy.inner_text() if copy.count() else ""
    page.emulate_media(media="print", color_scheme="light")
    left = page.evaluate(
        "one => [...document.querySelectorAll(one)]"
        ".filter(e => e.getClientRects().length).map(e => e.outerHTML.slice(0, 80))",
        _NOT_ON_A_STORY if words else _NOT_ON_PAPER,
    )
    for one in left:
        window.fault("printed-navigation", str(one))
    if words and copy.inner_text() != words:
        window.fault("printed-words", "the text is another on paper")
    if shots is not None:
        page.screenshot(path=str(shots / f"{_shot(name, page)}-print.png"), full_page=True)
        page.pdf(path=str(shots / f"{_shot(name, page)}.pdf"), format="A4")
