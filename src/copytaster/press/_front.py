"""Fronts: lists of stories, laid out by how urgent they are and where they belong.

The first page of a list has a lead and, on the home front, the stories beside it, the newest
in a column of their own, and the rest by section. Every other page is a river: newest first,
day by day. Each story of the page stands on it once.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from copytaster.press._chrome import chrome
from copytaster.press._entries import Same
from copytaster.press._pictures import FRONT
from copytaster.press._pictures import figure
from copytaster.press._pictures import fit
from copytaster.press._sections import section_name
from copytaster.press._sections import section_path
from copytaster.press._templates import asset
from copytaster.press._templates import markup
from copytaster.press._templates import render
from copytaster.press._templates import written
from copytaster.press._times import Shown
from copytaster.press._times import brief
from copytaster.press._times import day_words
from copytaster.press._times import zone_words
from copytaster.press._types import Entry
from copytaster.press._types import Picture
from copytaster.press._types import Site
from copytaster.press._urgency import alarm
from copytaster.press._urgency import rank
from copytaster.press._words import Tongue

FEEDS = (("Atom", "atom"), ("RSS", "rss"), ("JSON", "json"))

_LEADS_FOR = timedelta(hours=6)
"""an urgent story gives way to a newer one of no such rank after so long"""
_SECONDS = 6
_LATEST = 8
_BLOCK = 2
"""stories of one section that make a block of their own"""


class Arranged(msgspec.Struct, frozen=True, kw_only=True):
    """Where the stories of a page stand; each of them once."""

    lead: Entry | None = None
    seconds: tuple[Entry, ...] = ()
    latest: tuple[Entry, ...] = ()
    blocks: tuple[tuple[str, tuple[Entry, ...]], ...] = ()
    """section code with its stories"""
    others: tuple[Entry, ...] = ()
    """those of sections too small for a block"""
    river: tuple[Entry, ...] = ()


def front(
    title: str | None,
    entries: Sequence[Entry],
    site: Site,
    *,
    path: str,
    now: datetime,
    older: str | None = None,
    newer: str | None = None,
    sections: Sequence[str] = (),
    pictures: Mapping[str, Sequence[Picture]] = {},
    versions: Mapping[str, Sequence[Entry]] = {},
) -> bytes:
    """A page of a list: the home front (``title`` None), a section's or an agency's.

    ``path`` is the list's own address (``/``, ``/section/world``): its feeds hang under it.
    ``older`` and ``newer`` are addresses of the neighbouring pages; ``sections`` are codes
    for the navigation; ``pictures`` are those beside its stories, by story; ``versions`` the
    stories that one of the entries stands for as well.
    """
    spoken = site.tongue(site.language)
    base = path.rstrip("/")
    today = _day(now, site)
    page = arrange(entries, home=title is None, first=newer is None)
    list_of = _List(site=site, today=today, pictures=pictures, versions=versions)
    return render(
        "front.html",
        site,
        **chrome(site, spoken),
        title=title,
        url=written(f"{site.url}{path}"),
        feeds=[(name, written(f"{base}/feed.{suffix}")) for name, suffix in FEEDS],
        today={"machine": today.isoformat(), "words": day_words(today, spoken.own)},
        zone=_zone(now, site, spoken),
        lead=list_of.lead(page.lead) if page.lead else None,
        seconds=[list_of.listed(one, "second") for one in page.seconds],
        latest=[list_of.listed(one, "line", 3) for one in page.latest],
        blocks=[list_of.block(code, stories) for code, stories in page.blocks],
        others=[list_of.listed(one, "second", 3) for one in page.others],
        river=list_of.days(page.river),
        older=written(older) if older else None,
        newer=written(newer) if newer else None,
        live=written(asset("live.js", site.theme)) if site.live and newer is None else None,
        sections=[_section(code, path, spoken.own, site) for code in sections],
    )


def arrange(entries: Sequence[Entry], *, home: bool, first: bool) -> Arranged:
    """Which story stands where. ``entries``: newest first, as the list has them."""
    if not first or not entries:
        return Arranged(river=tuple(entries))
    ranked = _by_weight(entries)
    lead = ranked[0]
    if not home:
        return Arranged(lead=lead, river=_without(entries, [lead]))
    seconds = ranked[1 : 1 + _SECONDS]
    rest = _without(entries, [lead, *seconds])
    blocks = _blocks(rest[_LATEST:])
    placed = [entry for _, stories in blocks for entry in stories]
    return Arranged(
        lead=lead,
        seconds=tuple(seconds),
        latest=rest[:_LATEST],
        blocks=blocks,
        others=_without(rest[_LATEST:], placed),
    )


def _by_weight(entries: Sequence[Entry]) -> list[Entry]:
    """The most urgent first, and of one rank the newest; what led for long enough is as any."""
    fresh = entries[0].first_public - _LEADS_FOR

    def weight(entry: Entry) -> int:
        return rank(entry.urgency) if entry.first_public >= fresh else rank(None)

    return sorted(entries, key=weight)


def _without(entries: Iterable[Entry], placed: Sequence[Entry]) -> tuple[Entry, ...]:
    stories = {entry.story for entry in placed}
    return tuple(entry for entry in entries if entry.story not in stories)


def _blocks(entries: Iterable[Entry]) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """By section, the section of the newest story first."""
    by_section: dict[str, list[Entry]] = {}
    for entry in entries:
        for code in entry.sections[:1]:
            by_section.setdefault(code, []).append(entry)
    return tuple(
        (code, tuple(stories)) for code, stories in by_section.items() if len(stories) >= _BLOCK
    )


class _List(msgspec.Struct, frozen=True, kw_only=True):
    """What the stories of one page share."""

    site: Site
    today: date
    pictures: Mapping[str, Sequence[Picture]]
    versions: Mapping[str, Sequence[Entry]]

    def listed(self, entry: Entry, form: str, level: int = 2) -> object:
        versions = tuple(map(Same, self.versions.get(entry.story, ())))
        return _listed(Same(entry), versions, self.site, form, level, self.today)

    def lead(self, entry: Entry) -> dict[str, object]:
        return {
            "href": written(_address(entry)),
            "told": self.listed(entry, "lead"),
            "picture": self._picture(entry),
            "rank": rank(entry.urgency),
        }

    def block(self, code: str, stories: Sequence[Entry]) -> dict[str, object]:
        language = self.site.tongue(self.site.language).own
        first, *rest = stories
        return {
            "name": section_name(code, language, among=self.site.vocabulary),
            "href": written(section_path(code)),
            "stories": [
                self.listed(first, "column", 3),
                *(self.listed(one, "line", 3) for one in rest),
            ],
        }

    def days(self, stories: Sequence[Entry]) -> list[dict[str, object]]:
        """The river, by the day of first publication in the site's zone."""
        house = self.site.tongue(self.site.language)
        found: dict[date, list[Entry]] = {}
        for entry in stories:
            found.setdefault(_day(entry.first_public, self.site), []).append(entry)
        return [
            {
                "name": day_words(day, house.own) if day != self.today else None,
                "stories": [self.listed(one, "second", 2 + (day != self.today)) for one in entries],
            }
            for day, entries in found.items()
        ]

    def _picture(self, entry: Entry) -> dict[str, object] | None:
        hung = fit(self.pictures.get(entry.story, ()))
        return next((figure(one, FRONT) for one in hung), None)


def _day(at: datetime, site: Site) -> date:
    return at.astimezone(ZoneInfo(site.zone) if site.zone else UTC).date()


def _zone(now: datetime, site: Site, spoken: Tongue) -> str:
    words = zone_words(now, site.zone or "UTC", spoken.own)
    return spoken.words.fronts.times.format(zone=words)


def _section(code: str, path: str, language: str, site: Site) -> dict[str, object]:
    address = section_path(code)
    return {
        "href": written(address),
        "name": section_name(code, language, among=site.vocabulary),
        "current": address == path,
    }


@lru_cache(maxsize=2048)
def _listed(
    same: Same[Entry],
    versions: tuple[Same[Entry], ...],
    site: Site,
    form: str,
    level: int,
    today: date,
) -> object:
    """An entry as it stands in every list. Written once: a front is made anew at every kill,
    and thirty of its stories say what they said before."""
    entry = same.told
    spoken, house = site.tongue(entry.language), site.tongue(site.language)
    story = {
        "href": written(_address(entry)),
        "edition": entry.edition,
        "headline": written(entry.headline),
        "teaser": written(entry.teaser) if entry.teaser else None,
        "agency": entry.agency_name,
        "section": section_name(entry.sections[0], house.own, among=site.vocabulary)
        if entry.sections
        else None,
        "alarm": alarm(entry.urgency, house),
        "lang": spoken.tag,
        "dir": spoken.dir,
        "at": _at(entry, site, today, house.own),
        "what": "corrected" if entry.corrected else "updated" if entry.updated else "published",
    }
    more = [
        {
            "href": written(_address(one.told)),
            "agency": one.told.agency_name,
            "is_own": one.told.agency == entry.agency,
            "at": _at(one.told, site, today, house.own),
        }
        for one in versions
    ]
    words = chrome(site, house) | {"story": story, "more": more, "form": form, "level": level}
    return markup(render("entry.html", site, **words).decode())


def _at(entry: Entry, site: Site, today: date, language: str) -> Shown:
    when = entry.updated or entry.published
    return brief(when, zone=site.zone or "UTC", today=today, language=language)


def _address(entry: Entry) -> str:
    return f"/s/{entry.story}"
