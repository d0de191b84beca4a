"""Restrictions told in words: usage terms, notes to editors, advisory lines.

In: a text, and where it stood. Out: the :class:`Limit` values it states. Words that restrict
and that no phrase knows are a limit too, of the meaning ``unread``. In usage terms whatever may
restrict does; a note speaks mostly of what a story says, so that there only words which nothing
but rights have count (handbook: formats §6, agencies §1).
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache

import msgspec

from copytaster.verdict.rights import _dates
from copytaster.verdict.rights._phrases import Kind
from copytaster.verdict.rights._phrases import Named
from copytaster.verdict.rights._phrases import Phrase
from copytaster.verdict.rights._phrases import abouts
from copytaster.verdict.rights._phrases import clients
from copytaster.verdict.rights._phrases import cue
from copytaster.verdict.rights._phrases import goes_on
from copytaster.verdict.rights._phrases import phrases
from copytaster.verdict.rights._phrases import places
from copytaster.verdict.rights._phrases import things
from copytaster.verdict.rights._types import Limit
from copytaster.verdict.rights._types import Means
from copytaster.verdict.rights._types import Use

_LONGEST_TERMS = 8_000
_LONGEST_NOTE = 40_000
_MOST = 40
"""limits that one phrase may state in a text, and clauses of a note that may state one: more is
no agency's, and closes the page"""
_WORDS = 200
"""characters of the agency's own words that a limit keeps"""

_DOTTED = re.compile(r"\b(?:U\.S\.A\.|U\.S\.|U\.K\.)")
_WRAPPED = re.compile(r"\r?\n[ \t]{2,}(?=\S)")
_CLAUSES = re.compile(r"(?:[^.;\n]|\.(?!\s)){1,2000}")
_CAPITALS = re.compile(
    r"(?<![A-Za-z])(?:[A-Z]{2,}[A-Z ,/&'-]{0,120}? OUT|NO [A-Z]{3,}[A-Z ,/-]*)\b"
)
_MANDATORY = re.compile(r"\b(?:mandatory credit|must credit)\b", re.IGNORECASE)
_ALL_OUT = re.compile(r"\W*(?:[A-Z'-]{2,}[ ,/&]{1,3}){1,6}OUT\W*")
_IN_CLAUSE = re.compile(r"(?:[^.;:\n*()\[\]|=!]|\.(?!\s|\Z)){0,200}")
_BOUNDS = re.compile(r"[;:\n*()\[\]|=!]|\.\s")
_MAY_GO_ON = frozenset(
    {Kind.nothing, Kind.clients, Kind.within_days, Kind.within_hours, Kind.no_archive}
)
"""kinds of phrases that restrict nothing, or only in time, if that is all that is said"""
_EMPTY = re.compile(r"\W*(?:none|n/?a|nil|keine|aucune?|ninguna?)?\W*\Z", re.IGNORECASE)


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """A text, read."""

    limits: tuple[Limit, ...] = ()
    rest: str = ""
    """the text without what was understood, for whoever looks for something else in it"""


@lru_cache(maxsize=2048)
def terms(text: str, zone: str | None) -> Read:
    """What usage terms limit; ``zone``, in which the agency writes its days."""
    if _EMPTY.match(text):
        return Read(rest=text)
    if len(text) > _LONGEST_TERMS:
        return Read(limits=(_too_much(text),), rest=text)
    return _read(_plain(text), zone, "usage")


@lru_cache(maxsize=512)
def note(text: str, zone: str | None) -> Read:
    """What a note to editors limits."""
    plain = _plain(text)
    clauses = [found for found in _CLAUSES.finditer(plain[:_LONGEST_NOTE]) if _cues(found[0])]
    if len(clauses) > _MOST or len(text) > _LONGEST_NOTE:
        return Read(limits=(_too_much(text),), rest=plain)
    limits: list[Limit] = []
    for clause in clauses:
        read = _read(clause[0], zone, "note")
        limits += read.limits
        plain = plain[: clause.start()] + read.rest + plain[clause.end() :]
    return Read(limits=tuple(dict.fromkeys(limits)), rest=plain)


def _plain(text: str) -> str:
    """Without dots that end no sentence, and lines that markup has broken and indented; no
    character moves."""
    dotless = _DOTTED.sub(lambda found: found[0].replace(".", "").ljust(len(found[0])), text)
    unwrapped = _WRAPPED.sub(lambda found: " " * len(found[0]), dotless)
    return unwrapped.replace("’", "'").replace("\r", "\n").replace("\t", " ")


def _cues(clause: str) -> bool:
    return bool(cue("note").search(clause) or _CAPITALS.search(clause) or _MANDATORY.search(clause))


def _read(text: str, zone: str | None, where: str) -> Read:
    limits: list[Limit] = []
    rest = text
    for phrase in phrases():
        start, tries = 0, 0
        while phrase.needs in text.lower() and (found := phrase.pattern.search(text, start)):
            limit, is_known = _limit(phrase, found, zone)
            if phrase.kind in _MAY_GO_ON and goes_on(_rest(found)):
                limit, is_known = _unread(found[0] + _rest(found)), False
            tries += 1
            if tries > _MOST:
                return Read(limits=(_too_much(text),), rest=rest)
            if not is_known and where == "note" and not cue("note").search(found[0]):
                start = found.start() + 1  # a word about the story
                continue
            if limit is not None:
                limits.append(limit)
            text = _blanked(text, found)
            rest = _blanked(rest, found) if is_known else rest
            start = found.start()
    limits += _left(text, where)
    return Read(limits=tuple(dict.fromkeys(limits)), rest=rest)


def _rest(found: re.Match[str]) -> str:
    """What follows in the same clause."""
    rest = _IN_CLAUSE.match(found.string, found.end())
    return rest[0] if rest is not None else ""


def _before(found: re.Match[str]) -> str:
    """What stands before it in the same clause."""
    before = found.string[max(0, found.start() - _WORDS) : found.start()]
    return _BOUNDS.split(before)[-1]


def _blanked(text: str, found: re.Match[str]) -> str:
    """What a phrase has read ends the clause before it; no other character moves."""
    return text[: found.start()] + ";".ljust(len(found[0])) + text[found.end() :]


def _left(text: str, where: str) -> Iterator[Limit]:
    """What restricts and no phrase has read."""
    for clause in re.split(r"[;\n*]+|\.\s+|\.\Z", text):
        if cue(where).search(clause) or (where == "note" and _ALL_OUT.fullmatch(clause)):
            yield _unread(clause)
        elif where == "usage" and (named := places(clause)) is not None:
            yield _only_there(clause, named)


def _only_there(clause: str, named: Named) -> Limit:
    """Only in these countries; a part of one does not stand for it."""
    if named.part:
        return _unread(clause)
    return Limit(means=Means.only, words=_kept(clause), countries=named.countries)


def _unread(clause: str) -> Limit:
    about = frozenset(use for use, words in abouts() if words.search(clause))
    return Limit(means=Means.unread, words=_kept(clause), uses=about or frozenset({Use.page}))


def _too_much(text: str) -> Limit:
    """What nobody writes in good faith closes the page."""
    return Limit(means=Means.unread, words=_kept(text[:_WORDS]), uses=frozenset({Use.page}))


def _kept(words: str) -> str:
    return " ".join(words.split()).strip(" ;:,.()[]*")[:_WORDS]


# --- what a phrase says -------------------------------------------------------------------------


def _limit(phrase: Phrase, found: re.Match[str], zone: str | None) -> tuple[Limit | None, bool]:
    """The limit, None where it restricts nothing; and whether all of it was understood."""
    words = _kept(found[0])
    match phrase.kind:
        case Kind.nothing | Kind.credit if _hides(found):
            return _unread(words), False
        case Kind.nothing:
            return None, True
        case Kind.clients:
            return _of_clients(words, found)
        case Kind.credit:
            return Limit(means=Means.credit, words=words, name=_kept(found["name"])), True
        case Kind.no_archive:
            return Limit(means=Means.denied, words=words, uses=frozenset({Use.archive})), True
        case Kind.within_days:
            return _within(words, timedelta(days=int(found["n"]))), True
        case Kind.within_hours:
            return _within(words, timedelta(hours=int(found["n"]))), True
        case Kind.until | Kind.online_after:
            return _dated(phrase.kind, words, found["date"], zone)
        case Kind.only | Kind.denied:
            return _listed(phrase.kind, words, found["list"])


def _hides(found: re.Match[str]) -> bool:
    """Whether what was taken for a name may itself restrict: ``mandatory credit INDIA OUT``."""
    name = found.groupdict().get("name")
    if name is None:
        return False
    return cue("usage").search(name) is not None or any(
        goes_on(name[space:]) for space in range(len(name)) if name[space] == " "
    )


def _of_clients(words: str, found: re.Match[str]) -> tuple[Limit | None, bool]:
    """ "UK subscribers only" leaves out all others; "for clients only" nobody who reads this."""
    named = clients(_before(found))
    if named is None:
        return None, True
    if named.unknown or named.uses or named.others or not named.countries:
        return _unread(f"{_before(found)} {words}"), False
    limit = _only_there(words, named)
    return limit, limit.means is Means.only


def _within(words: str, span: timedelta) -> Limit:
    return Limit(means=Means.within, words=words, span=span)


def _dated(kind: Kind, words: str, date: str, zone: str | None) -> tuple[Limit, bool]:
    """The last moment of a last day, the last possible of a first one: the careful end of each."""
    ends = kind is Kind.until
    day = _dates.day(date)
    at = None if day is None else (_dates.end if ends else _dates.beginning)(day, zone)
    if at is None:
        return _unread(words), False
    return Limit(means=Means.until if ends else Means.since, words=words, at=at), True


def _listed(kind: Kind, words: str, said: str) -> tuple[Limit | None, bool]:
    named = things(said)
    if named.unknown:
        return _unread(words), False
    if kind is Kind.only and named.part:
        return _unread(words), False  # "only in Scotland" is not all of the country
    if kind is Kind.only and named.ours and not named.countries:
        return None, True  # "editorial use only": so we are
    if kind is Kind.denied and named.ours:
        return _unread(words), False
    if kind is Kind.denied and not named.countries and not named.uses:
        return None, True  # "no advertising": we do none with it
    return (
        Limit(
            means=Means.only if kind is Kind.only else Means.denied,
            words=words,
            countries=named.countries,
            uses=named.uses,
            others=named.others,
        ),
        True,
    )
