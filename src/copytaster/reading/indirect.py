"""Reported speech by rule: the clause behind, or in front of, a verb of saying.

Less sure than what stands in quotation marks: it misses clauses that go on in the next sentence,
and takes in what a reporter adds at the end. So it is noted only where it is asked for, and its
precision stands in docs/reference/reading.md.
"""

from collections.abc import Iterator
from typing import Final

from copytaster.reading.attributing import Saying
from copytaster.reading.attributing import attributed
from copytaster.reading.lexicon import Lexicon
from copytaster.reading.mentions import Mention
from copytaster.reading.notes import Quote
from copytaster.reading.notes import Span
from copytaster.reading.quotes import Read
from copytaster.reading.quotes import Told
from copytaster.reading.sentences import BLANK
from copytaster.reading.tokens import Ground

RULE: Final = "indirect/1"
_LEAST: Final = 3
"""words of a clause"""
_NEAR: Final = 90
"""characters between a verb and the "that" of its clause"""
_TRIMMED: Final = " \n\N{NO-BREAK SPACE},.;:–—-"


def indirect(
    blank: Ground, read: list[Read], said: list[Quote], words: Lexicon
) -> Iterator[tuple[Quote, Mention]]:
    """The clauses that are given to somebody, and who says them."""
    quoted = {one.cue_start for one in said if one.kind == "direct"}
    group = max((one.group for one in said), default=0)
    for one in read:
        for told in one.told:
            for saying in told.sayings:
                if saying.kind == "call" or saying.speaker is None:
                    continue
                span = _clause(blank, told, saying, words, is_quoted=saying.cue.start in quoted)
                if span is not None:
                    group += 1
                    who = saying.speaker
                    note = attributed(
                        span, who, saying.cue, kind="indirect", rule=RULE, group=group
                    )
                    yield note, who


def _clause(
    blank: Ground, told: Told, saying: Saying, words: Lexicon, *, is_quoted: bool
) -> Span | None:
    behind = _behind(blank, told, saying, words, is_quoted=is_quoted)
    return behind or (None if is_quoted else _in_front(blank, told, saying, words))


def _behind(
    blank: Ground, told: Told, saying: Saying, words: Lexicon, *, is_quoted: bool
) -> Span | None:
    """``said the finding was …``, ``told reporters that two people had been arrested``."""
    if saying.is_inverted:
        return None
    later = [one for one in told.sayings if one.cue.start > saying.cue.start]
    end = told.sentence.span.end if not later else _begin_of(later[0])
    joined = blank.find(f" {words.that} ", saying.cue.end, min(end, saying.cue.end + _NEAR))
    if words.that and joined >= 0:
        return _span(blank, joined + len(words.that) + 2, end)
    cue = blank[saying.cue.start : saying.cue.end].lower()
    if is_quoted or cue in words.tells:
        return None
    found = blank.words(saying.cue.end, end)
    if not found or found[0].lower in words.cuts or found[0].lower in words.relative:
        return None
    return _span(blank, saying.cue.end, end)


def _begin_of(saying: Saying) -> int:
    """Where a later verb's own clause begins."""
    starts = [saying.cue.start]
    if saying.speaker is not None and not saying.is_inverted:
        starts.append(saying.speaker.span.start)
    return min(starts)


def _in_front(blank: Ground, told: Told, saying: Saying, words: Lexicon) -> Span | None:
    """``Repairs would take 12 days, sources said.``"""
    if saying.speaker is not None and saying.speaker.is_apposed:
        return None  # what stands in front tells who that is
    begin = told.sentence.span.start
    end = _begin_of(saying)
    if end < begin or not blank[begin:end].rstrip().endswith(","):
        return None
    first = blank.words(begin, end)[:1]
    if not saying.is_inverted and first and first[0].lower in words.cuts:
        return None  # "In a statement, the company said"
    if words.dashes and first and first[0].lower.endswith(words.openings):
        return None
    return _span(blank, begin, end)


def _span(blank: Ground, start: int, end: int) -> Span | None:
    inner = blank[start:end]
    first = start + len(inner) - len(inner.lstrip(_TRIMMED))
    last = start + len(inner.rstrip(_TRIMMED))
    if len(blank.words(first, last)) < _LEAST or blank[first : first + 1] == BLANK:
        return None
    return Span(start=first, end=last)
