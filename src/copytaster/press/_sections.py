"""Sections, topics and places as readers see them: their names, and the addresses of their fronts.

A section is named in the reader's language; topics and places as the agency named them.
"""

from collections.abc import Iterable

from copytaster import shelf
from copytaster.press._templates import written
from copytaster.press._types import Site
from copytaster.press._words import Vocabulary
from copytaster.press._words import tongue
from copytaster.section import NAMES


def section_name(code: str, language: str | None = None, *, among: Vocabulary | None = None) -> str:
    """The section's name in ``language`` (English where we have none)."""
    own = tongue(language, among=among).words.section_names
    return own.get(code) or NAMES.get(code) or code


def section_path(code: str) -> str:
    """Its front's address."""
    return shelf.path(f"section/{code}")


def shelf_links(kind: str, named: Iterable[shelf.Named]) -> list[tuple[object, str]]:
    """(address, name) of topics or places, for a template."""
    return [(written(shelf.path(f"{kind}/{code}")), name) for code, name in named]


def shelf_kind(kind: str, site: Site) -> str:
    """What a topic or place is called that no live story names now."""
    words = site.tongue(site.language).words.topics
    return words.topic if kind == "topic" else words.place
