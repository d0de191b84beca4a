"""Whether a headline says that somebody has died: by set phrases, as data for each language."""

import re
import tomllib
from functools import cache
from importlib import resources

_LONGEST = 400
"""characters of a headline that are looked at"""


def is_obituary(headline: str | None, language: str | None) -> bool:
    """Whether the headline says so in any language; ``language`` is the BCP 47 tag of the one
    it is thought to be in, whose words are not taken for another's."""
    if not headline:
        return False
    words = " ".join(headline[:_LONGEST].casefold().replace("\u2019", "'").split())
    spoken = (language or "").partition("-")[0].lower()
    return _pattern(spoken if spoken in _lists("false_friends") else "").search(words) is not None


@cache
def _lists(name: str) -> dict[str, list[str]]:
    data = resources.files("copytaster.newsroom").joinpath("obituaries.toml").read_text("utf-8")
    lists: dict[str, list[str]] = tomllib.loads(data)[name]
    return lists


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """One alternation of literals: its time grows with the headline only."""
    others = _lists("false_friends").get(language, [])
    known = {phrase.casefold() for each in _lists("languages").values() for phrase in each}
    phrases = sorted(known - set(others), key=len, reverse=True)
    # Not \b: a vowel sign at the end of a Devanagari word is no word character.
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")
