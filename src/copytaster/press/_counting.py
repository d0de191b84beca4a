"""Numbers in words: grouped as a language groups them, and with the plural that they ask for.

Digits are the Latin ones in every language: Hindi and Urdu news sites write them, CLDR's default
for both is ``latn``, and the dates beside them have no others.
"""

from collections.abc import Mapping
from functools import lru_cache

from babel.numbers import format_decimal

from copytaster.press._locales import locale_of


@lru_cache(maxsize=4096)
def numbered(number: int, language: str) -> str:
    """``1,234`` or ``1.234``, as ``language`` writes it."""
    return str(format_decimal(number, locale=locale_of(language)))


def counted(forms: Mapping[str, str], number: int, language: str, **names: str) -> str:
    """The one of ``forms`` (by CLDR's plural category) that ``number`` asks for, filled in."""
    form = forms.get(locale_of(language).plural_form(number)) or forms["other"]
    return form.format(number=numbered(number, language), **names)
