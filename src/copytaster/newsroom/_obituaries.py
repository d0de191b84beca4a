"""Whether a headline says that somebody has died: by set phrases, as data for each language."""

import re
import tomllib
from functools import cache
from importlib import resources

_LONGEST = 400
"""characters of a headline that are looked at"""


def is_obituary(headline: str | None, language: str | None) -> bool:
    """Whether the headline says so in its language (a BCP 47 tag); with none stated, or none of
    those known, in any."""
    if not headline:
        return False
    words = " ".join(headline[:_LONGEST].casefold().replace("\u2019", "'").split())
    return _pattern((language or "").partition("-")[0].lower()).search(words) is not None


@cache
def _phrases() -> dict[str, list[str]]:
    data = resources.files("copytaster.newsroom").joinpath("obituaries.toml").read_text("utf-8")
    languages: dict[str, list[str]] = tomllib.loads(data)["languages"]
    return languages


def _pattern(language: str) -> re.Pattern[str]:
    return _compiled(language if language in _phrases() else "")


@cache
def _compiled(language: str) -> re.Pattern[str]:
    """One alternation of literals: its time grows with the headline only."""
    known = _phrases()
    lists = [known[language]] if language else known.values()
    phrases = sorted({phrase.casefold() for each in lists for phrase in each}, key=len)
    # Not \b: a vowel sign at the end of a Devanagari word is no word character.
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, reversed(phrases)))})(?!\w)")
