"""CLDR's rules for a language tag."""

from functools import lru_cache

from babel import Locale
from babel import UnknownLocaleError

from copytaster.language import primary


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """The locale of a BCP 47 tag; without its script and region where CLDR knows no more, and
    international English where it does not know the language."""
    # CLDR's bare "en" is American; a site that only says English gets the international one.
    if language.lower() == "en":
        return Locale.parse("en_001")
    for wanted in (language, language.split("-", maxsplit=1)[0]):
        try:
            return Locale.parse(wanted, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_001")


def name_of(tag: str, language: str) -> str:
    """What a language is called in another: ``Hindi``, ``Allemand``. Its tag where CLDR has no
    name for it."""
    name = locale_of(language).languages.get(primary(tag))
    return f"{name[:1].upper()}{name[1:]}" if name else tag
