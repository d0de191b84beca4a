"""A section as readers see it: its name in their language and its front's address."""

from urllib.parse import quote

from copytaster.press._words import Vocabulary
from copytaster.press._words import tongue
from copytaster.section import NAMES


def section_name(code: str, language: str | None = None, *, among: Vocabulary | None = None) -> str:
    """The section's name in ``language`` (English where we have none)."""
    own = tongue(language, among=among).words.section_names
    return own.get(code) or NAMES.get(code) or code


def section_path(code: str) -> str:
    """Its front's address."""
    return f"/section/{quote(code, safe='')}"
