"""What a page says of its own: labels, notices and the disclosure, by language.

The sentences are data, one TOML file a language under ``words/``. A story in a language
without a file gets English ones, marked as English; the agency's text is never translated.
"""

from collections.abc import Mapping
from functools import cache
from functools import lru_cache
from importlib import resources

import msgspec

from copytaster.language import primary
from copytaster.language import usable

FALLBACK = "en"

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
    house_title: str
    """these three where the house took it back, and not its agency"""
    house_sentence: str
    house_note: str


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


class BesideWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Other stories that are versions of one text."""

    also: str
    """before the agencies that have it too"""
    versions: str
    """before the agency's own other stories of it"""
    newer: str
    earlier: str
    extents: dict[str, str]
    """what another has of this text"""


class StatementWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The list of who says what."""

    title: str
    unnamed: str
    """in place of a speaker whom the text does not tell"""
    note: str


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
    language: str
    detected: str
    """nobody declared the language of the story"""
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
    agency: str
    none: str
    """in a list that had stories and has none now"""


class ChangesWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The page that tells a story's editions apart."""

    title: str
    intro: str
    link: str
    none: str
    story: str


class TermsWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who answers for reports, and by when."""

    title: str
    sentence: str
    officer: str
    address: str
    email: str
    phone: str


class ReportWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The form by which readers say that something is wrong, and the page of a ticket."""

    link: str
    """on a story's page"""
    title: str
    intro: str
    story: str
    """what the report is about"""
    story_gone: str
    """that it is not shown now"""
    address: str
    address_hint: str
    kind: str
    text: str
    text_hint: str
    name: str
    email: str
    email_hint: str
    optional: str
    mail: str
    """that nothing is mailed"""
    keep: str
    empty: str
    """beside a field that nobody sees"""
    send: str
    unsent: str
    """above what is wrong with the form"""
    reach: str
    remember: str
    """that the address of the page is all there is"""
    answer: str
    kinds: Mapping[str, str]
    faults: Mapping[str, str]
    titles: Mapping[str, str]
    """by state"""
    onward: Mapping[str, str]
    """what happens next, by state"""
    facts: Mapping[str, str]
    terms: TermsWords


class SearchWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Readers' search."""

    label: str
    """of the field"""
    button: str
    title: str
    since: str
    until: str
    agency: str
    section: str
    language: str
    any: str
    """no agency, section or language in particular"""
    help: str
    """what can be typed"""
    example: str
    """as it is typed: straight marks"""
    excerpt: str
    """said of lines that are cut out of a text"""
    none_title: str
    none_text: str
    one: str
    found: str
    """with ``{number}``"""
    more: str
    """the same of more than are counted"""
    errors: Mapping[str, str]
    """long, many, quote and without (query.AskError), and day"""


class VerifyWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The page on which readers check a story against the public log."""

    log: str
    """what the log is"""
    intro: str
    title: str
    log_title: str
    name: str
    """of the line with the link, among how a page was made"""
    link: str
    link_gone: str
    """the same of what was taken back"""
    without: str
    """JavaScript is switched off"""
    button: str
    files: str
    files_hint: str
    proof: str
    text: str
    files_button: str
    more: str
    key: str
    key_hint: str
    older: str
    older_hint: str
    remembered: str
    forget: str
    found: str
    checking: str
    reach: str
    limits: str
    trust: str
    script: str
    command: str
    names: Mapping[str, str]
    """of the four lines"""
    verdicts: Mapping[str, str]
    sums: Mapping[str, str]
    parts: Mapping[str, str]
    """what may be damaged"""
    says: Mapping[str, str]
    """what the script finds, in sentences"""


class TopicsWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Topics and places: their own names are the agency's."""

    topic: str
    """of one that no live story names now"""
    place: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language's words; the keys are the keys of its TOML file."""

    skip: str
    by: str
    by_prefixes: tuple[str, ...]
    """how a byline of this language may already begin"""
    published: str
    updated: str
    disclosure: str
    reviewed: str
    """in its place, where an editor of the house has read the edition"""
    how: str
    open_in: str
    correction: str
    corrected: str
    older: str
    read_current: str
    history: str
    edition: str
    this_edition: str
    joined: Mapping[str, str]
    """the text came in several messages; by plural category"""
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
    beside: BesideWords
    statements: StatementWords
    making: MakingWords
    fronts: FrontWords
    changes: ChangesWords
    report: ReportWords
    verify: VerifyWords
    topics: TopicsWords
    search: SearchWords
    facts: Mapping[str, str]
    reasons: Mapping[str, str]
    policies: Mapping[str, str] = {}
    """titles of the house's own pages, by their names; English where there is none"""
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


class Vocabulary:
    """The languages that a site's pages can speak. Two are the same only if they are one."""

    def __init__(self, languages: Mapping[str, Words], digest: str = "") -> None:
        self._languages = languages
        self.digest = digest
        """of the files that a house added; empty where it added none"""

    @property
    def tags(self) -> tuple[str, ...]:
        """The primary subtags of all of them."""
        return tuple(sorted(self._languages))

    def get(self, tag: str) -> Words | None:
        """The words in the language of a tag; None where there are none."""
        return self._languages.get(primary(tag))


def shipped_files() -> dict[str, bytes]:
    """The files of words that come with the package: language → TOML."""
    folder = resources.files("copytaster.press") / "words"
    return {
        file.name.removesuffix(".toml"): file.read_bytes()
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }


@cache
def shipped() -> Vocabulary:
    """The languages that come with the package."""
    return Vocabulary(
        {
            language: msgspec.toml.decode(content, type=Words)
            for language, content in shipped_files().items()
        }
    )


def direction(tag: str) -> str:
    """``rtl`` for languages and scripts written from right to left, else ``ltr``."""
    first, *rest = tag.lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if first in _RTL or first in _RTL_MORE else "ltr"


@lru_cache(maxsize=1024)
def tongue(*candidates: str | None, among: Vocabulary | None = None) -> Tongue:
    """The first candidate that is a usable BCP 47 tag, with the page's own words for it.

    ``among``: the languages of the site, where they are not just those that ship.
    """
    known = among or shipped()
    tag = next((clean for clean in map(usable, candidates) if clean), FALLBACK)
    found, fallback = known.get(tag), known.get(FALLBACK)
    if fallback is None:
        raise ValueError(f"a vocabulary without {FALLBACK!r}, which every page can fall back on")
    own = tag if found else FALLBACK
    return Tongue(tag=tag, dir=direction(tag), own=own, words=found or fallback)


def disclosure(words: Words, agency: str, site: str, *, reviewed: bool) -> str:
    """The sentence design §6 demands: that nobody here has read it, or that somebody has."""
    return (words.reviewed if reviewed else words.disclosure).format(agency=agency, site=site)
