"""Sorting the sentences of a notice: what it takes back, and what it declares to be good instead.

"A substitute version has moved at 1844 hours" names a good story; taking it for the bad one would
kill the substitute and leave the error (IANS, 12 September 2018; handbook: agencies §3).
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from copytaster import agency
from copytaster import text
from copytaster.agency import Asked
from copytaster.agency import Phrasebook
from copytaster.agency import Words
from copytaster.item import EditorialType
from copytaster.verdict.notices._moved import Clock
from copytaster.verdict.notices._pointing import names_in
from copytaster.verdict.notices._pointing import pointers
from copytaster.verdict.notices._types import Pointer

_CLAUSE = re.compile(r"(?:[,;]| and| und| et| y) (?=[^,;]*\Z)", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\A\W{0,12}\([^()]{0,30}\)\W{0,6}")


class Sorted(msgspec.Struct, frozen=True, kw_only=True):
    """What one sentence asks for, and what it names."""

    asked: EditorialType | None = None
    bad: tuple[Pointer, ...] = ()
    good: tuple[Pointer, ...] = ()
    goes_on: bool = False
    """the sentence speaks of what was named before: "It moved at …" """
    is_series: bool = False
    """all dispatches of an event are meant"""
    names_copy: bool = False
    """the sentence speaks of a piece of copy"""
    is_label: bool = False
    """a line that is a label and its value"""


class _Turns(msgspec.Struct, frozen=True, kw_only=True):
    """The words at which a sentence turns from the bad to the good, or back."""

    substitutes: re.Pattern[str]
    replaces: re.Pattern[str]
    replaced_by: re.Pattern[str]
    instead: re.Pattern[str]
    instead_of: re.Pattern[str]
    reasons: re.Pattern[str]
    it: re.Pattern[str]
    moved: re.Pattern[str]
    labelled: re.Pattern[str]


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(agency.either(words), re.IGNORECASE)


@lru_cache(maxsize=32)
def _turns(words: tuple[Words, ...]) -> _Turns:
    labels = [
        label
        for one in words
        for label in (*one.titled, *one.slugs, *one.numbers, *one.ids, *one.dates)
    ]
    its = agency.either(word for one in words for word in one.it)
    return _Turns(
        substitutes=_pattern(word for one in words for word in one.substitutes),
        replaces=_pattern(word for one in words for word in one.replaces),
        replaced_by=_pattern(word for one in words for word in one.replaced_by),
        instead=_pattern(word for one in words for word in one.instead),
        instead_of=_pattern(word for one in words for word in one.instead_of),
        reasons=_pattern(word for one in words for word in one.reasons),
        it=re.compile(rf"\A{its}", re.IGNORECASE),
        moved=_pattern(word for one in words for word in one.moved),
        labelled=re.compile(rf"\A\W{{0,3}}{agency.either(labels)} ?[:=#]", re.IGNORECASE),
    )


def sort(sentence: str, book: Phrasebook, clock: Clock) -> Sorted:
    """What a sentence names, and on which side."""
    turns = _turns(book.words)
    sentence = _without_heading(sentence, book)
    bare = agency.plain(text.unquoted(sentence))
    asked = book.order(bare) or book.announce(bare)
    if turns.labelled.match(bare) is not None:
        return Sorted(bad=tuple(pointers(sentence, book, clock)), is_label=True)
    reason = turns.reasons.search(bare, 0 if asked is None else asked.end)
    if reason is not None:
        sentence, bare = sentence[: reason.start()], bare[: reason.start()]
    good, bad = _sides(sentence, bare, asked, turns, book, clock)
    return Sorted(
        asked=None if asked is None else asked.means,
        bad=tuple(bad),
        good=tuple(good),
        is_series=asked is not None and names_in(book.words).series.search(bare) is not None,
        names_copy=names_in(book.words).items.search(bare) is not None,
        goes_on=asked is None and turns.it.match(bare) is not None,
    )


def _without_heading(sentence: str, book: Phrasebook) -> str:
    """Without what heads a notice: the banner with its own time, the address."""
    folded = agency.plain(sentence)
    banner = book.banner(folded)
    if banner is not None:
        after = _PARENTHESIS.match(folded[banner.end :])
        cut = banner.end + (0 if after is None else after.end())
        sentence, folded = sentence[cut:].lstrip(" :,.-–—*"), folded[cut:].lstrip(" :,.-–—*")
    address = book.address.match(folded)
    return sentence if address is None else sentence[address.end() :]


def _sides(
    sentence: str, bare: str, asked: Asked | None, turns: _Turns, book: Phrasebook, clock: Clock
) -> tuple[list[Pointer], list[Pointer]]:
    """The good and the bad of one sentence."""

    def named(start: int, end: int) -> list[Pointer]:
        return pointers(sentence[:end], book, clock, start)

    whole = len(bare)
    if (turn := turns.replaced_by.search(bare)) is not None:
        return named(turn.end(), whole), named(0, turn.start())
    for pattern in (turns.instead_of, turns.replaces):
        if (turn := pattern.search(bare)) is not None:
            return named(0, turn.start()), named(turn.end(), whole)
    if (turn := turns.instead.search(bare)) is not None:
        clause = _CLAUSE.search(bare, 0, turn.start()) if asked is not None else None
        cut = 0 if clause is None else clause.end()
        return named(cut, whole), named(0, cut) if cut else []
    if (turn := turns.substitutes.search(bare)) is not None:
        if asked is not None and asked.start < turn.start():
            return named(turn.end(), whole), named(0, turn.start())
        return named(0, whole), []
    begins = asked.start if asked is not None else 0
    return [], named(begins, whole) or (named(0, whole) if begins else [])
