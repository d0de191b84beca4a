"""Two pages of the house itself: no page at an address, and a fault of ours."""

from copytaster.press._chrome import chrome
from copytaster.press._templates import render
from copytaster.press._types import Site


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
