"""What a page says of its own: labels, notices and the disclosure, by language.

The sentences are data, one TOML file a language under ``words/``. A story in a language
without a file gets English ones, marked as English; the agency's text is never translated.
"""

import re
from collections.abc import Mapping
from functools import cache
from functools import lru_cache
from importlib import resources

import msgspec

FALLBACK = "en"

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,5}")
_RTL_SCRIPTS = frozenset({"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})
_RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug"})
_RTL_MORE = frozenset({"ur", "yi", "iw", "pnb", "lrc", "mzn", "uzs"})


class NoticeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A notice's title and sentence for each cause: agency, desk, rights, legal."""

    titles: Mapping[str, str]
    sentences: Mapping[str, str]


class ExpiredWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    sentence: str
    link: str


class LegalWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    sentence: str


class VersionWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One edition of a story that stays."""

    title: str
    sentence: str
    note: str
    """on the pages of the editions that stand"""


class CorrectionsWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The corrections page."""

    title: str
    intro: str
    headline: str
    byline: str
    text: str
    removed: str
    """before words that went, for those who hear the page"""
    added: str
    rewritten: str
    unchanged: str
    gone: str
    """a story that was corrected is not shown now"""
    empty_title: str
    empty_text: str


class MakingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The panel that says how a page was made."""

    title: str
    origin: str
    modification: str
    review: str
    status: str
    first_public: str
    expires: str
    source: str
    license: str
    values: Mapping[str, str]
    """of each axis of the label (``_labels``), the sentence"""


class FrontWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fronts, and the lists that an article leads to."""

    latest: str
    more: str
    flash: str
    urgent: str
    news: str
    """on the button by which a reader lets new stories onto an open front"""
    times: str
    """in which zone a front's times are"""
    topics: str
    places: str


class ChangesWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The page that tells a story's editions apart."""

    title: str
    intro: str
    link: str
    none: str
    story: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language's words; the keys are the keys of its TOML file."""

    skip: str
    by: str
    by_prefixes: tuple[str, ...]
    """how a byline of this language may already begin"""
    published: str
    updated: str
    disclosure: str
    how: str
    open_in: str
    correction: str
    corrected: str
    older: str
    read_current: str
    history: str
    edition: str
    this_edition: str
    joined: str
    """the text came in several messages"""
    formats: str
    plain_text: str
    feeds: str
    sections: str
    newest: str
    newer_page: str
    older_page: str
    empty_title: str
    empty_text: str
    contact: str
    front_page: str
    not_found_title: str
    not_found_text: str
    error_title: str
    error_text: str
    events: Mapping[str, str]
    hold: NoticeWords
    gone: NoticeWords
    version: VersionWords
    expired: ExpiredWords
    legal: LegalWords
    corrections: CorrectionsWords
    making: MakingWords
    fronts: FrontWords
    changes: ChangesWords
    facts: Mapping[str, str]
    reasons: Mapping[str, str]
    section_names: Mapping[str, str] = {}
    """section code → name; English names are those of :mod:`copytaster.section`"""


class Tongue(msgspec.Struct, frozen=True, kw_only=True):
    """The language of a page and of the words around its text."""

    tag: str
    """BCP 47 tag of the text: ``lang`` of the document"""
    dir: str
    """ltr or rtl"""
    own: str
    """BCP 47 tag of the words the page says of its own; times are written in it"""
    words: Words

    @property
    def differs(self) -> bool:
        """The page's own words are not in the language of the text and need their own mark."""
        return self.own != self.tag


@cache
def _words() -> dict[str, Words]:
    folder = resources.files("copytaster.press") / "words"
    return {
        file.name.removesuffix(".toml"): msgspec.toml.decode(file.read_bytes(), type=Words)
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }


def direction(tag: str) -> str:
    """``rtl`` for languages and scripts written from right to left, else ``ltr``."""
    primary, *rest = tag.lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if primary in _RTL or primary in _RTL_MORE else "ltr"


def _clean(tag: str | None) -> str | None:
    if tag is None:
        return None
    tag = tag.strip().replace("_", "-")
    if not _TAG.fullmatch(tag) or tag.lower().split("-")[0] in ("und", "mul", "zxx", "mis"):
        return None
    return tag


@lru_cache(maxsize=1024)
def tongue(*candidates: str | None) -> Tongue:
    """The first candidate that is a usable BCP 47 tag, with the page's own words for it."""
    tag = next((clean for clean in map(_clean, candidates) if clean), FALLBACK)
    primary = tag.lower().split("-")[0]
    own = tag if primary in _words() else FALLBACK
    words = _words()[own.lower().split("-")[0]]
    return Tongue(tag=tag, dir=direction(tag), own=own, words=words)


def disclosure(agency: str, language: str | None) -> str:
    """The sentence design §6 demands, in the reader's language (English where we have none)."""
    return tongue(language).words.disclosure.format(agency=agency)
