"""Who is meant by the words before or behind a verb: a name, a pronoun, a description.

Names are told by their capitals, without titles; a description is the noun phrase as it stands.
Languages whose nouns have capitals too, or that have none, bring words that mark the place.
"""

import re
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Final

import msgspec

from copytaster.reading.lexicon import Lexicon
from copytaster.reading.notes import Span
from copytaster.reading.tokens import Ground
from copytaster.reading.tokens import Token
from copytaster.reading.wording import elsewhere
from copytaster.reading.wording import folded

_PARTICLES: Final = frozenset(
    "de da do dos del della di du des la le van der den ten ter von zu zum zur".split()
    + "al el bin ben ibn bint binti abu ould wa ole ap y e af av ter ten op dal degli lo".split()
)
_OPENING: Final = " \"'“‘«„»\N{NO-BREAK SPACE}"
_ENDS: Final = ("", "\n", *".!?:-–—)")
_ABBREVIATED: Final = 5
"""letters of a word with its full stop that may be cut short: ``Capt.``"""
_ROLE: Final = 24
"""characters of a word for a person in front of a name"""
_LEAST: Final = 4
"""words of "de l'Intérieur" and a name"""
_WITH_NOUN: Final = 2
_MOST: Final = 5
"""words of a name; more are two names, or none"""


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """Words that mean somebody."""

    span: Span
    kind: str
    """name, pronoun or description"""
    name: str | None = None
    """as it stands, where it is one"""
    is_apposed: bool = False
    """it stands behind what tells who that is: "the mayor, Ada Quay" """


class Named(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A place in the text where a name, or a part of one, stands."""

    span: Span
    name: str


def phrase(text: Ground, start: int, end: int, words: Lexicon) -> Mention | None:
    """Who a noun phrase means."""
    found = text.words(start, end)
    while found and found[0].lower in words.joining:
        found = found[1:]
    if not found:
        return None
    if found[0].lower in words.pronouns:
        return _mention("pronoun", found[:1])
    head = _head(found, words)
    named = _named(text, head, words) or _named_behind(text, found, head, words)
    if named:
        return _mention("name", named, text)
    return _mention("description", head)


def _named_behind(text: str, found: list[Token], head: list[Token], words: Lexicon) -> list[Token]:
    """``le ministre de l'Intérieur Philippe Castaing``: the name behind what somebody is of."""
    behind = found[len(head) :]
    if behind and behind[0].lower in words.joins and all(_is_title(one, words) for one in head):
        return _of_office(text, behind[1:], words)
    if len(behind) < _LEAST or behind[0].lower not in words.joins_small or len(head) < _WITH_NOUN:
        return []
    at = 2 if behind[1].lower in words.articles else 1
    of = behind[at]
    if (
        of.is_capital
        and not _is_title(of, words)
        and folded(of.text) not in elsewhere(words.language)
    ):
        return []
    for run in _runs(text, behind[at + 1 :], words):
        is_near = run[0] is behind[at + 1]
        return run if is_near and _WITH_NOUN <= len(run) <= _MOST else []
    return []


def _of_office(text: str, behind: list[Token], words: Lexicon) -> list[Token]:
    """``Secretary of State Ada Quay``: the name behind the rest of a title."""
    run = next(_runs(text, behind, words), [])
    kept = _untitled(text, run, words)
    is_name = run[:1] == behind[:1] and _WITH_NOUN <= len(kept) < len(run)
    return kept if is_name else []


def marked(text: str, before: list[Token], words: Lexicon) -> Mention | None:
    """The noun phrase that ends where a subject is marked, in a language without capitals."""
    kept: list[Token] = []
    for token in reversed(before):
        if token.text in words.cuts or (kept and text[token.end : kept[0].start].strip()):
            break
        kept.insert(0, token)
        if len(kept) > _MOST + 2:
            break
    if not kept:
        return None
    last = max((at for at, token in enumerate(kept) if _is_title(token, words)), default=-1)
    named = kept[last + 1 :]
    if not named or kept[0].text in words.articles or len(named) > _MOST:
        return _mention("description", kept)
    return _mention(
        "name" if len(named) > 1 else "description", named, text if len(named) > 1 else None
    )


def _mention(kind: str, found: Sequence[Token], text: str | None = None) -> Mention:
    span = Span(start=found[0].start, end=found[-1].end)
    if text is not None and text[span.start : span.end].endswith("."):
        span = Span(start=span.start, end=span.end - 1)
    name = None if text is None else _without_possessive(text[span.start : span.end])
    if name is not None:
        span = Span(start=span.start, end=span.start + len(name))
    return Mention(span=span, kind=kind, name=name)


def _without_possessive(name: str) -> str:
    return re.sub(r"['’]s?$", "", name)


def _head(found: list[Token], words: Lexicon) -> list[Token]:
    """The noun phrase up to its first preposition or conjunction; a capital may follow "of"."""
    at = 1
    while at < len(found):
        if joined := _of_body(found, at, words) or _of_noble(found, at, words):
            at += joined
        elif _ends_phrase(found, at, words):
            return found[:at]
        else:
            at += 1
    return found


def _ends_phrase(found: list[Token], at: int, words: Lexicon) -> bool:
    token = found[at]
    if token.lower in words.cuts and token.text not in words.agencies:
        return True
    if not words.separable or token.is_capital or not found[at - 1].is_capital:
        return False
    if found[at - 1].lower in words.articles:
        return False
    if token.lower not in words.articles | _PARTICLES:
        return True  # behind a noun stands a verb, or what is no part of it
    name = [one for one in found[:at] if one.is_capital and not _is_title(one, words)]
    return len(name) > 1 and found[at - 1] is name[-1] and found[at - 2] is name[-2]


def _of_noble(found: list[Token], at: int, words: Lexicon) -> int:
    """``Hannes von der Heide``; not ``Wiebke Harms von der CDU``, nor of a body."""
    if found[at].lower not in words.nobles or not found[at - 1].is_capital:
        return 0
    behind = at + 1
    if behind < len(found) and found[behind].lower in _PARTICLES:
        behind += 1
    if behind >= len(found) or not found[behind].is_capital or found[behind].text.isupper():
        return 0
    named = found[behind].text
    is_other = named in words.organisations or folded(named) in elsewhere(words.language)
    return 0 if is_other else behind - at + 1


def _of_body(found: list[Token], at: int, words: Lexicon) -> int:
    """How many words from here on go on with the name of a body: ``Bank of England``, ``Union of
    the Maritimes``, ``Agence des médicaments``. A person is *of* somewhere."""
    is_small = found[at - 1].text in words.organisations and not found[at].is_capital
    if is_small and found[at].lower.endswith(words.adjective_ends):
        return 1  # Chambre maritime
    if found[at].lower not in words.joins or at + 1 >= len(found):
        return 0
    if not any(token.text in words.organisations for token in found[:at]):
        return 0
    behind = at + 1
    if found[behind].lower in words.articles and behind + 1 < len(found):
        behind += 1
    if found[behind].is_capital:
        return behind - at + 1 if found[at - 1].is_capital else 0
    is_next = found[at - 1].text in words.organisations and found[at].lower in words.joins_small
    return behind - at + 1 if is_next else 0


def _named(text: str, head: list[Token], words: Lexicon) -> list[Token]:
    """The last run of capitals that is no title and owns nothing behind it."""
    best: list[Token] = []
    for run in _runs(text, head, words):
        kept = _untitled(text, _behind_article(run, head, words), words)
        owner = kept and re.search(r"['’]s?$", kept[-1].text) and kept[-1] is not head[-1]
        if kept and not owner and len(kept) <= _MOST and not _is_of_many(text, head, kept, words):
            best = kept
    return best


def _is_of_many(text: str, head: list[Token], kept: list[Token], words: Lexicon) -> bool:
    """``Hedmark analysts``: of whom the name tells no more than where they are from; and what only
    begins a sentence (``Coffee growers``)."""
    behind = head.index(kept[-1]) + 1
    if behind >= len(head):
        return False
    is_first = len(kept) == 1 and not words.separable and _begins(text, kept[0].start)
    many = head[behind].lower.endswith("s") and not head[behind].is_capital
    return _is_many(head[behind], words) or (is_first and many)


def _is_many(token: Token, words: Lexicon) -> bool:
    """Persons in the plural: ``analysts``."""
    lower = token.lower
    is_es = lower.endswith("es") and lower[:-2] in words.roles
    return is_es or (lower.endswith("s") and lower[:-1] in words.roles)


def _behind_article(run: list[Token], head: list[Token], words: Lexicon) -> list[Token]:
    """Where nouns have capitals, what stands behind an article is one: ``der Landwirt Onno``."""
    at = head.index(run[0])
    if not words.separable or at == 0 or head[at - 1].is_capital:
        return run
    return [] if len(run) < 2 or run[1].lower in _PARTICLES else run[1:]


def _runs(text: str, head: list[Token], words: Lexicon) -> Iterator[list[Token]]:
    """Capitals that stand side by side, with the small words that names have in them."""
    run: list[Token] = []
    joined = 0
    for at, token in enumerate(head):
        if not (run or token.is_capital):
            continue  # nothing begins with it
        if run and not joined and not _goes_on(text, run[-1], token):
            yield from _owned(text, run, words)
            run = []
        if run and not joined:
            joined = _of_body(head, at, words) or _of_noble(head, at, words)
        if joined or _belongs(head, at, run, words):
            joined = max(0, joined - 1)
            run.append(token)
        elif run:
            yield from _owned(text, run, words)
            run = []
    if run:
        yield from _owned(text, run, words)


def _owned(text: str, run: list[Token], words: Lexicon) -> Iterator[list[Token]]:
    """A run without the newsroom in front of a name (``à l'AFP Maëlle Kervadec``), and without
    whom it is of (``Japan's Kyodo``): but that is a part of the name of a body (``King's
    College``), unless it is a place's."""
    is_known = text[run[0].start : run[-1].end] in words.agencies or bool(words.newsrooms)
    if len(run) > 1 and run[0].text in words.agencies and not is_known:
        yield run[1:]
        return
    for at in range(len(run) - 1, 0, -1):
        owner, rest = run[at - 1], run[at:]
        is_plural = text[owner.end : rest[0].start].strip() != ""
        if not is_plural and not owner.text.endswith(("'s", "’s")):
            continue
        is_whole = len(rest) == 1 or any(token.text in words.organisations for token in rest)
        place = {folded(owner.text[:-2]), folded(text[run[0].start : owner.end - 2])}
        if not is_whole or place & elsewhere(words.language):
            yield run[:at]
            yield rest
            return
    yield run


def _goes_on(text: str, last: Token, token: Token) -> bool:
    """Whether nothing that ends a name stands between two words."""
    between = text[last.end : token.start].strip(" \N{NO-BREAK SPACE}")
    if between in ("'", "’") and last.text.endswith("s"):
        return text[last.end + 1] == " "  # the Seafarers' Union
    if between not in ("", "-"):
        return False
    return not last.text.endswith(".") or len(last.text) <= _ABBREVIATED or "." in last.text[:-1]


def _belongs(head: list[Token], at: int, run: list[Token], words: Lexicon) -> bool:
    token = head[at]
    lower = token.lower
    if token.is_capital:
        return lower not in words.small and (at > 0 or lower not in words.articles)
    if not run:
        return False
    if lower.startswith(("al-", "el-")):
        return True
    follows = at + 1 < len(head) and head[at + 1].is_capital
    if not follows and lower in _PARTICLES and at + 2 < len(head):
        follows = head[at + 1].lower in _PARTICLES and head[at + 2].is_capital
    if lower in words.no_particles:
        return follows and run[-1].lower in words.nobles
    return follows and lower in _PARTICLES


def _untitled(text: str, run: list[Token], words: Lexicon) -> list[Token]:
    """A run without the titles at its beginning; all of it where it is the name of a body."""
    if all(_is_title(t, words) for t in run):
        return []
    bodies = [at for at, _ in enumerate(run) if _is_body(run, at, words)]
    heads = [at for at, _ in enumerate(run[:-1]) if _heads(run, at, words)]
    if heads == [0] and run[0].text in words.also_given and _is_behind_role(text, run[0], words):
        heads = []
    if bodies:
        return run[heads[-1] + 1 :] if heads and heads[-1] > bodies[-1] else run
    last = 0 if _is_role(run, words) and (words.separable or _begins(text, run[0].start)) else -1
    kept = run[max([last, *heads]) + 1 :]
    is_day = len(kept) == 1 and kept[0].lower in words.times
    return [] if is_day or all(token.lower in _PARTICLES for token in kept) else kept


def _heads(run: list[Token], at: int, words: Lexicon) -> bool:
    """Whether a title stands in front of a name here. In the midst of a run (``West Indies Coach
    Ada Quay``) it may be a part of one: ``Tom King Jr.``"""
    if not _is_title(run[at], words) or not run[at + 1].is_capital:
        return False
    if at == 0 or at + 2 < len(run):
        return True
    before = run[at - 1]
    is_place = folded(before.text) in elsewhere(words.language)
    return is_place or before.text.isupper() or _is_title(before, words)


def _is_behind_role(text: str, first: Token, words: Lexicon) -> bool:
    """``the striker Prince Adeyemi``: one who has told what he is needs no title."""
    before = text[max(0, first.start - _ROLE) : first.start].split()
    return bool(before) and before[-1] in words.roles


def _is_body(run: list[Token], at: int, words: Lexicon) -> bool:
    """Some words are both: the Union Minister is no union, the Union of Seafarers is one."""
    if run[at].text not in words.organisations:
        return False
    is_end = at + 1 == len(run) or run[at + 1].lower in words.joins
    return is_end or run[at].text not in words.titles


def _is_title(token: Token, words: Lexicon) -> bool:
    text = token.text.rstrip(".")
    if text in words.titles or token.lower.endswith(words.title_ends):
        return True
    return _is_many(token, words)


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins here: elsewhere "commuter" has no capital."""
    before = text[max(0, at - 4) : at].rstrip(_OPENING)[-1:]
    return before in _ENDS


def _is_role(run: list[Token], words: Lexicon) -> bool:
    """``Commuter Shazia Anwar``, ``MEP Isabelle Carnot``: what stands before two names more."""
    first = run[0].text
    if len(run) < 3 or first in words.given:
        return False
    return first.endswith(words.suffixes) or (first.isupper() and 1 < len(first) <= 4)


def titled(text: Ground, start: int, end: int, words: Lexicon) -> Iterator[Named]:
    """The names behind titles, in a language without capitals: ``मंत्री विक्रम नायर को``."""
    run: list[Token] = []
    is_titled = False
    for token in text.words(start, end):
        if _is_title(token, words):
            run, is_titled = [], True
        elif token.text in words.cuts:
            if is_titled and _WITH_NOUN <= len(run) <= _LEAST:
                span = Span(start=run[0].start, end=run[-1].end)
                yield Named(span=span, name=text[span.start : span.end])
            run, is_titled = [], False
        else:
            run.append(token)


def names(text: Ground, start: int, end: int, words: Lexicon) -> Iterator[Named]:
    """The names between two places, and parts of names."""
    for run in _runs(text, text.words(start, end), words):
        kept = _untitled(text, run, words)
        if kept and len(kept) <= _MOST:
            name = _without_possessive(text[kept[0].start : kept[-1].end].rstrip("."))
            span = Span(start=kept[0].start, end=kept[0].start + len(name))
            yield Named(span=span, name=name)
