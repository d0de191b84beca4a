"""Which language a story is in, and who says so.

A leaf: what the item declares and what its words look like in, a BCP 47 tag with its source out.
Used for what readers see only; whether a text is a notice is never decided by a guess.
"""

import re
from enum import StrEnum
from functools import cache
from typing import Protocol

import msgspec

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,5}")
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis"})
_READ = 800
"""characters that are looked at; more makes nothing surer"""
_ENOUGH = 120
"""bytes of letters in UTF-8: a sentence or two, in every script"""
_CERTAIN = 0.95
"""of the files of agencies that were read to set it, none came out wrong above it"""
_NO_NEWS = frozenset({"eo", "grc", "hbo", "la", "vo", "zxx"})
"""languages no agency sends: what looks like one is filler, names or figures"""
_WRITTEN = {"ary": "ar", "arz": "ar", "no": "nb", "wuu": "zh", "yue": "zh"}
"""as news is written where it is spoken so: the model has the Arabic of Egypt and of Morocco,
Wu and Cantonese apart, and one Norwegian beside Nynorsk"""


class Source(StrEnum):
    """Who says which language it is."""

    declared = "declared"
    """the item"""
    detected = "detected"
    """its words"""
    agency = "agency"
    """the agency's profile"""
    site = "site"
    """nobody: the site's own stands in"""


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """The language of one text."""

    tag: str
    """BCP 47"""
    source: Source


class _Identifier(Protocol):
    def rank(self, text: str, /) -> list[tuple[str, float]]: ...


def of(declared: str | None, text: str, *, agency: str | None, site: str) -> Language:
    """The language of ``text``: the item's own word, else what is certain from the words, else
    the agency's usual one, else the site's.

    Words before profile: a profile tells what an agency usually sends, and agencies that send
    German send English too. Where the two agree the profile's tag stands, for it says more
    (``en-IN``), and it is no guess.
    """
    if tag := usable(declared):
        return Language(tag=tag, source=Source.declared)
    usual, seen = usable(agency), detect(text)
    if seen and (usual is None or seen != primary(usual)):
        return Language(tag=seen, source=Source.detected)
    if usual:
        return Language(tag=usual, source=Source.agency)
    return Language(tag=site, source=Source.site)


def detect(text: str) -> str | None:
    """The primary tag of the language that ``text`` is certainly in; None where it is too short
    or may be in another."""
    start = text[:_READ]
    if len("".join(filter(str.isalpha, start)).encode("utf-8", "replace")) < _ENOUGH:
        return None
    try:
        ranked = _identifier().rank(start)
    except OSError:  # it unpacks its model into a temporary file: no page waits for that
        return None
    first = _written(ranked[0][0])
    certainty = sum(share for code, share in ranked if _written(code) == first)
    return first if certainty >= _CERTAIN and first not in _NO_NEWS else None


def _written(code: str) -> str:
    return _WRITTEN.get(code, code)


def load() -> None:
    """Have the model in memory (a second, 100 MB), so that no story waits for it."""
    _identifier()


def usable(tag: str | None) -> str | None:
    """``tag`` as BCP 47 writes it; None for what is no tag, or names no language."""
    if tag is None:
        return None
    tag = tag.strip().replace("_", "-")
    if not _TAG.fullmatch(tag) or primary(tag) in _NO_LANGUAGE:
        return None
    return tag


def primary(tag: str) -> str:
    """The language of a tag, without script and region, in lower case."""
    return tag.split("-", maxsplit=1)[0].lower()


@cache
def _identifier() -> _Identifier:
    # Imported here: a shell command need not wait for numpy.
    from py3langid.langid import MODEL_FILE
    from py3langid.langid import LanguageIdentifier

    found: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return found
