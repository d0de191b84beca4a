"""Countries as editors write them: names in many languages, regions and parts, to ISO 3166 codes.

A leaf: words in, ISO 3166-1 alpha-2 codes out. The names are Unicode's (CLDR, through Babel)
and those of ``places.toml``. What is not known as a whole is not known: no name is guessed.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec
from babel import Locale

WORLD = frozenset({"*"})
"""what stands for every country"""

_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "nb", "da", "fi")
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""codes of two letters in CLDR that are no country's"""


class _Places(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``places.toml``."""

    also: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    world: Mapping[str, tuple[str, ...]]


def is_code(code: str) -> bool:
    """Whether this is a country's ISO 3166-1 alpha-2 code, in capitals."""
    return code in codes()


@cache
def codes() -> frozenset[str]:
    """Every country's code."""
    known = map(str, Locale("en").territories)
    return frozenset(code for code in known if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES


def named(name: str) -> frozenset[str] | None:
    """The countries that a name means, :data:`WORLD` for all; None when nobody knows it.

    A part of a country means the country, where something is denied: see :func:`is_part`.
    """
    return _names().get(" ".join(name.casefold().split()))


def is_part(name: str) -> bool:
    """Whether a name may mean a part of a country only: what is allowed there alone is not
    allowed in the country."""
    return " ".join(name.casefold().split()) in _parts()


@cache
def _parts() -> frozenset[str]:
    return frozenset(part.casefold() for parts in _places().parts.values() for part in parts)


def name(code: str) -> str:
    """A country's English name; the code itself when it has none."""
    return str(Locale("en").territories.get(code, code))


@cache
def _names() -> Mapping[str, frozenset[str]]:
    return {said.casefold(): meant for said, meant in _said()}


def _said() -> Iterator[tuple[str, frozenset[str]]]:
    """Names and what they mean; of two meanings of one name the later stands."""
    places = _places()
    for country, parts in places.parts.items():
        yield from ((part, frozenset({country})) for part in parts)
    for language in _LANGUAGES:
        known = Locale(language).territories
        yield from ((str(known[c]), frozenset({c})) for c in sorted(codes()) if c in known)
    for country, names in places.also.items():
        yield from ((said, frozenset({country})) for said in names)
    for group, members in places.groups.items():
        yield group, frozenset(members.split())
    yield from ((said, WORLD) for said in places.world["names"])


def _places() -> _Places:
    file = resources.files("copytaster.territory") / "places.toml"
    return msgspec.toml.decode(file.read_bytes(), type=_Places)
