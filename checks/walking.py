"""The keyboard alone: each stop can be seen, they follow the text, and none is left out."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

from checks.finding import Finding
from checks.saved import Answer

_MOST = 400
_STOP = """
() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const all = [...document.querySelectorAll('*')];
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    place: all.indexOf(e),
    html: e.outerHTML.slice(0, 120),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
    marked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
      || style.boxShadow !== 'none',
    tabindex: e.tabIndex,
  };
}
"""
_STOPS = """
() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.getClientRects().length
    && getComputedStyle(e).visibility !== 'hidden'
    && !(e.closest('details:not([open])') && !e.closest('summary'))
    && !(e.type === 'radio' && e !== (document.querySelector(`[name="${e.name}"]:checked`)
      || document.querySelector(`[name="${e.name}"]`))))
  .map(e => e.outerHTML.slice(0, 120))
"""
_SKIPPED = """
() => {
  const e = document.activeElement, main = document.querySelector('main');
  return !!(main && e && main.contains(e));
}
"""


def walked(answer: Answer, page: Page) -> Iterator[Finding]:
    """Tab from the beginning of the page to its end."""
    wanted = page.evaluate(_STOPS)
    stops: list[dict[str, Any]] = []
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None or (stops and stop["place"] == stops[0]["place"]):
            break
        stops.append(stop)
    else:
        yield _fault(answer, "endless", f"after {_MOST} stops the end was not reached")
    for stop in stops:
        if not stop["seen"]:
            yield _fault(answer, "unseen", f"the focus is where nobody sees it: {stop['html']}")
        if not stop["marked"]:
            yield _fault(answer, "unmarked", f"nothing shows that the focus is on {stop['html']}")
        if stop["tabindex"] > 0:
            yield _fault(answer, "tabindex", f"a tabindex of its own: {stop['html']}")
    places = [stop["place"] for stop in stops]
    if places != sorted(places):
        yield _fault(answer, "order", "the stops are not in the order of the text")
    reached = [stop["html"] for stop in stops]
    for html in wanted:
        if html not in reached:
            yield _fault(answer, "left-out", f"not reached: {html}")


def skipped(answer: Answer, page: Page) -> Iterator[Finding]:
    """WCAG 2.4.1: the first stop leads past the head; the next one is in the text or after it."""
    page.keyboard.press("Tab")
    target = page.evaluate("document.activeElement.getAttribute('href')")
    if not (isinstance(target, str) and target.startswith("#")):
        yield _fault(answer, "skip-link", f"the first stop leads to {target}, not to the text")
        return
    page.keyboard.press("Enter")
    if page.evaluate("location.hash") != target:
        yield _fault(answer, "skip-link", f"{target} was not gone to")
    if page.locator("main").locator("a[href], button, input, summary").count():
        page.keyboard.press("Tab")
        if not page.evaluate(_SKIPPED):
            yield _fault(answer, "skip-link", "the next stop is not in the text")


def _fault(answer: Answer, rule: str, text: str) -> Finding:
    return Finding(tool="keyboard", address=answer.address, rule=rule, text=text)
