"""The other versions of a story's text: whose they are, of when, and how much they have of it.

Nothing of their words stands here, so that a page never shows what another story took back. Which
was first is told by when readers could first see each. Their times are in the zone of the page's
own, without the day where it is the same.
"""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from copytaster.press._templates import written
from copytaster.press._times import brief
from copytaster.press._told import Told
from copytaster.press._types import Beside
from copytaster.press._types import Facts
from copytaster.press._types import Site


class Versions(msgspec.Struct, frozen=True, kw_only=True):
    """The lines of a page about other versions, as its template is given them."""

    also: tuple[dict[str, Any], ...]
    """other agencies'"""
    versions: tuple[dict[str, Any], ...]
    """the same agency's"""


def beside(facts: Facts, told: Told, site: Site) -> Versions:
    """Each by when it was first seen."""
    own = facts.agency.id
    return Versions(
        also=tuple(_lines((b for b in facts.beside if b.agency.id != own), facts, told, site)),
        versions=tuple(_lines((b for b in facts.beside if b.agency.id == own), facts, told, site)),
    )


def _lines(
    others: Iterator[Beside], facts: Facts, told: Told, site: Site
) -> Iterator[dict[str, Any]]:
    words, zone = told.tongue.words.beside, site.zone or facts.agency.zone or "UTC"
    today = facts.published.astimezone(ZoneInfo(zone)).date()
    for one in others:
        is_newer = (one.first_public, one.story) > (facts.first_public, facts.story)
        yield {
            "href": written(f"/s/{one.story}"),
            "agency": written(one.agency.name),
            "at": brief(one.published, zone=zone, today=today, language=told.tongue.own),
            "order": words.newer if is_newer else words.earlier,
            "extent": words.extents[one.extent.value],
        }
