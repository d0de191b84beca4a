"""The few pages of the house itself: no page at an address, a fault of ours, how it works."""

from copytaster.press._chrome import chrome
from copytaster.press._templates import asset
from copytaster.press._templates import render
from copytaster.press._templates import written
from copytaster.press._types import Site
from copytaster.press._words import tongue


def not_found(site: Site) -> bytes:
    """404: says that a story's address never leads here, and nothing about what was asked."""
    words = site.tongue(site.language).words
    return _message(site, words.not_found_title, words.not_found_text)


def error_page(site: Site) -> bytes:
    """5xx: ours, and worth another try."""
    words = site.tongue(site.language).words
    return _message(site, words.error_title, words.error_text)


def _message(site: Site, title: str, text: str) -> bytes:
    spoken = site.tongue(site.tongue(site.language).own)
    return render("message.html", site, **chrome(site, spoken), title=title, text=text)


def about_automation(site: Site) -> bytes:
    """``/about/automation``: how a story gets here and what is promised about it (English)."""
    disclosure = tongue("en").words.disclosure
    return render(
        "automation.html",
        site,
        **chrome(site, tongue("en")),
        sentence=disclosure.format(agency="[agency]"),
        transform=written(asset("txt", site.theme)),
    )
