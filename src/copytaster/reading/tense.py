"""Whether the day in a sentence was or is to come: by the words around it, nearest first.

No grammar of the language, only tables: words and endings of the past and of what is to come,
and in which direction from the day its verb stands. Looked at are a few hundred characters.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from copytaster.reading.wording import Tense


class Direction(StrEnum):
    """Where from the day of the text a day lies."""

    back = "back"
    ahead = "ahead"


_REACH = 300
_WORD = re.compile(
    r"(?P<stop>[.!?।](?=\s)|\n\s*\n)|(?P<break>[,;:\"“”«»„()]|\s[-–—]+\s)"
    r"|(?P<word>[^\W\d_][\w\u0900-\u0963\u0970-\u097f]*(?:['’][^\W\d_]+)*)"
)
_ABBREVIATED = 4
"""A full stop behind a word of up to so many letters, capitalised, ends no sentence: ``Gov.``"""


def direction(text: str, start: int, end: int, tense: Tense) -> Direction | None:
    """Of the day at ``text[start:end]``; None where no word tells."""
    before = list(reversed(_words(text[max(start - _REACH, 0) : start], before=True)))
    behind = _words(text[end : end + _REACH], before=False)
    owned = text[end : end + 2] in ("'s", "’s")
    if (told := _prefixed(before, tense)) and not (owned and told is Direction.ahead):
        return told
    if behind and behind[0].lower() in tense.ahead_behind:
        return Direction.ahead
    clause, rest = _split(before, tense)
    after, later = _split(behind, tense)
    if tense.side == "both":
        own = _nearest(clause, after, tense)
    elif tense.side == "behind":
        own = _told(after, tense)
    else:
        own = _told(clause, tense, reversed_=True) or _told(after, tense)
    return own or _told(rest, tense, reversed_=True) or _told(later, tense)


def _words(text: str, *, before: bool) -> list[str]:
    """The words of the sentence on one side; a break between clauses is an empty word."""
    found: list[str] = []
    for one in _WORD.finditer(text):
        if one["word"]:
            found.append(one["word"])
        elif one["break"]:
            found.append("")
        elif one["stop"].startswith("\n") or not _abbreviates(found):
            if not before:
                return found
            found.clear()
    return found


def _abbreviates(words: list[str]) -> bool:
    last = words[-1] if words else ""
    return last[:1].isupper() and len(last) <= _ABBREVIATED and not last.isupper()


def _split(words: list[str], tense: Tense) -> tuple[list[str], list[str]]:
    """The words of the day's own clause, and those beyond it; none beyond a word that opens a
    clause, for that has a verb of its own."""
    for at, word in enumerate(words):
        if not word:
            return words[:at], words[at + 1 :]
        if word.lower() in tense.breaks:
            return words[:at], [] if at > 1 and tense.otherwise == "ahead" else words[at + 1 :]
    return words, []


def _prefixed(before: list[str], tense: Tense) -> Direction | None:
    """``until Friday``, ``since Sunday``; articles and small words may stand between."""
    for word in before[:3]:
        low = word.lower()
        if low in tense.back_before:
            return Direction.back
        if low in tense.ahead_before:
            past = low in tense.unless_past and _is_past(before, tense)
            return None if past else Direction.ahead
        if len(low) > 4 or not low:
            return None
    return None


def _is_past(before: list[str], tense: Tense) -> bool:
    """``had been paid by Tuesday``, ``did not open until Friday``."""
    near = {word.lower() for word in before[:10]}
    return not near.isdisjoint(tense.past) and near.isdisjoint(tense.still_ahead)


def _nearest(before: list[str], behind: list[str], tense: Tense) -> Direction | None:
    """Of the words on both sides of one clause that which stands nearest."""
    for at in range(max(len(before), len(behind))):
        for side in (before, behind):
            if at < len(side) and (told := _of(side[at], tense)):
                return told
    return None


def _told(words: Iterable[str], tense: Tense, *, reversed_: bool = False) -> Direction | None:
    """The first word that tells. A participle behind "be" is what the word before "be" says."""
    known = list(words)
    for at, word in enumerate(known):
        if reversed_ and _is_prospective(word, known[at + 1 : at + 5], tense):
            return Direction.ahead
        told = _of(word, tense)
        if told is None:
            continue
        before = known[at + 1 : at + 3] if reversed_ else known[max(at - 2, 0) : at][::-1]
        if told is Direction.back and any(one.lower() in tense.carriers for one in before):
            if before[-1] == tense.infinitive:
                return Direction.ahead  # "to be held"
            continue
        return told
    return None


def _is_prospective(word: str, before: list[str], tense: Tense) -> bool:
    return word == tense.infinitive and any(one.lower() in tense.prospective for one in before)


def _of(word: str, tense: Tense) -> Direction | None:
    low = word.lower()
    if low in _set(tense.ahead):
        return Direction.ahead
    if low in _set(tense.back):
        return Direction.back
    if low in tense.no_verbs or word[:1].isupper() or len(low) < 4:
        return None
    if tense.ahead_endings and low.endswith(tense.ahead_endings):
        return Direction.ahead
    if tense.back_endings and low.endswith(tense.back_endings):
        return Direction.back
    return None


@cache
def _set(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)
