"""Fronts and the few pages of the house itself."""

from collections.abc import Sequence
from functools import lru_cache

from copytaster.press._chrome import chrome
from copytaster.press._entries import Same
from copytaster.press._pictures import figure
from copytaster.press._pictures import fit
from copytaster.press._sections import section_name
from copytaster.press._sections import section_path
from copytaster.press._templates import asset
from copytaster.press._templates import markup
from copytaster.press._templates import render
from copytaster.press._templates import written
from copytaster.press._times import shown
from copytaster.press._types import Entry
from copytaster.press._types import Picture
from copytaster.press._types import Site
from copytaster.press._words import tongue


def front(
    title: str | None,
    entries: Sequence[Entry],
    site: Site,
    *,
    path: str,
    older: str | None = None,
    newer: str | None = None,
    sections: Sequence[str] = (),
    pictures: Sequence[Picture] = (),
) -> bytes:
    """A page of a list: the home front (``title`` None), a section's or an agency's.

    ``path`` is the list's own address (``/``, ``/section/world``): its feeds hang under it.
    ``older`` and ``newer`` are addresses of the neighbouring pages; ``sections`` are codes
    for the navigation. The first entry of a first page is its lead story; ``pictures`` are
    those beside it, of which the front shows the first.
    """
    spoken = tongue(site.language)
    base = path.rstrip("/")
    return render(
        "front.html",
        **chrome(site, spoken),
        title=title,
        url=written(f"{site.url}{path}"),
        feeds=[(name, written(f"{base}/feed.{suffix}")) for name, suffix in FEEDS],
        lead=_lead(entries[0], site) if entries and newer is None else None,
        rest=[_listed(Same(entry), site) for entry in entries[(newer is None) :]],
        picture=next((figure(one) for one in fit(pictures)), None),
        older=written(older) if older else None,
        newer=written(newer) if newer else None,
        sections=[_section(code, path, spoken.own) for code in sections],
    )


FEEDS = (("Atom", "atom"), ("RSS", "rss"), ("JSON", "json"))


def _section(code: str, path: str, language: str) -> dict[str, object]:
    address = section_path(code)
    return {
        "href": written(address),
        "name": section_name(code, language),
        "current": address == path,
    }


def _lead(entry: Entry, site: Site) -> dict[str, object]:
    return {"href": written(_address(entry)), "told": _listed(Same(entry), site)}


@lru_cache(maxsize=1024)
def _listed(same: Same[Entry], site: Site) -> object:
    """An entry as it stands in every list. Written once: a front is made anew at every kill,
    and thirty of its stories say what they said before."""
    entry = same.told
    spoken, house = tongue(entry.language), tongue(site.language)
    when = entry.updated or entry.published
    story = {
        "href": written(_address(entry)),
        "headline": written(entry.headline),
        "teaser": written(entry.teaser) if entry.teaser else None,
        "agency": entry.agency_name,
        "section": section_name(entry.sections[0], house.own) if entry.sections else None,
        "lang": spoken.tag,
        "dir": spoken.dir,
        "at": shown(when, zone=entry.zone, house_zone=site.zone, language=house.own),
        "what": "corrected" if entry.corrected else "updated" if entry.updated else "published",
    }
    return markup(render("entry.html", **chrome(site, house), story=story).decode())


def _address(entry: Entry) -> str:
    return f"/s/{entry.story}"


def not_found(site: Site) -> bytes:
    """404: says that a story's address never leads here, and nothing about what was asked."""
    words = tongue(site.language).words
    return _message(site, words.not_found_title, words.not_found_text)


def error_page(site: Site) -> bytes:
    """5xx: ours, and worth another try."""
    words = tongue(site.language).words
    return _message(site, words.error_title, words.error_text)


def _message(site: Site, title: str, text: str) -> bytes:
    spoken = tongue(tongue(site.language).own)
    return render("message.html", **chrome(site, spoken), title=title, text=text)


def about_automation(site: Site) -> bytes:
    """``/about/automation``: how a story gets here and what is promised about it (English)."""
    disclosure = tongue("en").words.disclosure
    return render(
        "automation.html",
        **chrome(site, tongue("en")),
        sentence=disclosure.format(agency="[agency]"),
        transform=written(asset("txt")),
    )
