"""The page of readers' search: the form, what was found, and where the words stand in it."""

from collections.abc import Mapping
from collections.abc import Sequence

import msgspec

from copytaster.press._chrome import chrome
from copytaster.press._counting import numbered
from copytaster.press._excerpt import cut_out
from copytaster.press._excerpt import excerpt
from copytaster.press._excerpt import marked
from copytaster.press._front import FEEDS
from copytaster.press._locales import name_of
from copytaster.press._sections import section_name
from copytaster.press._templates import markup
from copytaster.press._templates import render
from copytaster.press._templates import written
from copytaster.press._times import shown
from copytaster.press._types import Entry
from copytaster.press._types import Site
from copytaster.press._words import Tongue
from copytaster.press._words import shipped
from copytaster.text import occurrences
from copytaster.text import read_back


class SearchForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader typed and chose, as the form shows it again."""

    typed: str = ""
    since: str = ""
    """the first day, as the browser sends it: 2026-03-02"""
    until: str = ""
    agency: str = ""
    section: str = ""
    language: str = ""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One page of what was found."""

    entries: Sequence[Entry]
    phrases: tuple[str, ...]
    number: int
    """how many there are on all pages, as far as they were counted"""
    is_more: bool = False
    older: str | None = None
    """address of the next page"""
    newest: str | None = None
    """of the first, on a later one"""
    feeds: Mapping[str, str] = {}
    """suffix → address"""


def search(
    form: SearchForm,
    site: Site,
    *,
    found: Found | None = None,
    error: str | None = None,
    agencies: Mapping[str, str],
    sections: Sequence[str] = (),
) -> bytes:
    """``/search``: the form alone, with what was found, or with why that cannot be looked for
    (``error``: a key of the words' errors). ``agencies`` and ``sections``: what can be chosen."""
    spoken = site.tongue(site.language)
    words = spoken.words.search
    return render(
        "search.html",
        site,
        **chrome(site, spoken),
        form={name: written(value) for name, value in msgspec.structs.asdict(form).items()},
        error=words.errors[error] if error else None,
        choices=[
            _choice("agency", words.agency, form.agency, agencies),
            _choice("section", words.section, form.section, _sections(sections, site, spoken)),
            _choice("language", words.language, form.language, _languages(site, spoken)),
        ],
        count=_count(found, spoken) if found else None,
        entries=[_entry(entry, found.phrases, site) for entry in found.entries] if found else None,
        older=written(found.older) if found and found.older else None,
        newest=written(found.newest) if found and found.newest else None,
        feeds=_feeds(found.feeds) if found else [],
    )


def _feeds(addresses: Mapping[str, str]) -> list[tuple[str, object]]:
    return [(name, written(addresses[kind])) for name, kind in FEEDS if kind in addresses]


def _choice(name: str, label: str, chosen: str, options: Mapping[str, str]) -> dict[str, object]:
    return {
        "name": name,
        "label": label,
        "options": [(written(value), said, value == chosen) for value, said in options.items()],
    }


def _sections(codes: Sequence[str], site: Site, spoken: Tongue) -> dict[str, str]:
    return {code: section_name(code, spoken.own, among=site.vocabulary) for code in codes}


def _languages(site: Site, spoken: Tongue) -> dict[str, str]:
    """Those this site has words in, each by its name in the page's own."""
    return {tag: name_of(tag, spoken.own) for tag in (site.vocabulary or shipped()).tags}


def _count(found: Found, spoken: Tongue) -> str | None:
    words = spoken.words.search
    if found.number < 2:
        return words.one if found.number else None
    number = numbered(found.number, spoken.own)
    return (words.more if found.is_more else words.found).format(number=number)


def _entry(entry: Entry, phrases: Sequence[str], site: Site) -> dict[str, object]:
    spoken, house = site.tongue(entry.language), site.tongue(site.language)
    cut = excerpt(_text(entry), phrases)
    when = entry.updated or entry.published
    return {
        "href": written(f"/s/{entry.story}"),
        "headline": markup(marked(entry.headline, occurrences(entry.headline, phrases))),
        "excerpt": markup(cut_out(cut)) if cut else None,
        "byline": _byline(entry, phrases),
        "agency": entry.agency_name,
        "section": _section(entry, site, house),
        "lang": spoken.tag,
        "dir": spoken.dir,
        "at": shown(
            when,
            zone=site.zone or entry.zone,
            house_zone=site.zone or "UTC",
            language=house.own,
        ),
        "what": "corrected" if entry.corrected else "updated" if entry.updated else "published",
    }


def _section(entry: Entry, site: Site, house: Tongue) -> str | None:
    codes = entry.sections[:1]
    return next((section_name(code, house.own, among=site.vocabulary) for code in codes), None)


def _byline(entry: Entry, phrases: Sequence[str]) -> object:
    """None where it only repeats the agency's name."""
    if entry.byline.casefold() == entry.agency_name.casefold():
        return None
    return markup(marked(entry.byline, occurrences(entry.byline, phrases)))


def _text(entry: Entry) -> str:
    """The words of its text, read back out of their markup as the gate reads them."""
    page = f'<div data-copy="body">{entry.body_html}</div>'
    return read_back(page.encode(errors="surrogatepass")).text
