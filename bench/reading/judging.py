"""Counting a reader's notes against the gold, by the rules of the gold's guide
(``docs/reference/reading-gold.md``, "Counting a reader against it")."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from datetime import datetime

from bench.reading.gold import Story
from bench.reading.notes import Credit
from bench.reading.notes import Dateline
from bench.reading.notes import Day
from bench.reading.notes import Named
from bench.reading.notes import Notes
from bench.reading.notes import Quote

ENOUGH = 0.3
"""of the letters and digits that either quote has, so many must be in both"""
QUOTED = ("direct", "mixed", "turn")


def judged(story: Story, found: Notes) -> Counter[str]:
    """What is right and wrong in one story; sums over stories give the figures."""
    words = _Words(story.text)
    counts: Counter[str] = Counter({"stories": 1})
    for kinds in (QUOTED, ("indirect",)):
        _quotes(words, story, found, kinds, counts)
    _false(words, story, found, counts)
    _sources(story.notes.sources, found.sources, words, counts)
    _dateline(story.notes.dateline, found.dateline, counts)
    for name in ("byline", "signoff"):
        _credit(name, story.notes.dateline, found.dateline, counts)
    _dates(story.notes.dates, found.dates, words, counts)
    return counts


class _Words:
    """Letters and digits of a text by their places: marks and spaces do not count."""

    def __init__(self, text: str) -> None:
        self.counting = {at for at, sign in enumerate(text) if _counts(sign)}
        self._ends = [at for at in range(len(text)) if text.startswith("\n\n", at)]

    def of(self, one: Quote | Day) -> set[int]:
        return self.between(one.start, one.end)

    def between(self, start: int, end: int) -> set[int]:
        return {at for at in range(start, end) if at in self.counting}

    def paragraph(self, at: int) -> int:
        return sum(end < at for end in self._ends)


def _counts(sign: str) -> bool:
    """Devanagari's vowel signs are part of a word and no letters."""
    return unicodedata.category(sign)[0] in "LNM"


# --- quotes --------------------------------------------------------------------------------------


def _quotes(
    words: _Words, story: Story, found: Notes, kinds: Sequence[str], counts: Counter[str]
) -> None:
    gold = [one for one in story.notes.quotes if one.kind in kinds]
    told = [one for one in found.quotes if one.kind in kinds]
    pairs = matched(gold, told, words)
    for kind in kinds:
        sure = [one for one in gold if one.kind == kind and one.flag is None]
        counts[f"{kind} gold"] += len(sure)
        counts[f"{kind} found"] += sum(any(g is one for g, _ in pairs) for one in sure)
        counts[f"{kind} told"] += sum(one.kind == kind for one in told)
        counts[f"{kind} true"] += sum(p.kind == kind for _, p in pairs)
        counts[f"{kind} kind right"] += sum(g.kind == p.kind == kind for g, p in pairs)
    for one in (one for one in gold if one.flag is not None):
        taken = any(g is one for g, _ in pairs)
        counts["flagged taken" if taken else "flagged refused"] += 1
    for one, other in pairs:
        _speaker(words, story, one, other, counts)


def matched(
    gold: Sequence[Quote], told: Sequence[Quote], words: _Words
) -> list[tuple[Quote, Quote]]:
    """One to one, the best pairs first."""
    scored = [
        (_overlap(words.of(one), words.of(other)), at, to)
        for at, one in enumerate(gold)
        for to, other in enumerate(told)
    ]
    pairs: list[tuple[Quote, Quote]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for score, at, to in sorted(scored, key=lambda one: (-one[0], one[1:])):
        if score >= ENOUGH and at not in used[0] and to not in used[1]:
            used[0].add(at)
            used[1].add(to)
            pairs.append((gold[at], told[to]))
    return pairs


def _overlap(one: set[int], other: set[int]) -> float:
    either = one | other
    return len(one & other) / len(either) if either else 0.0


def _speaker(words: _Words, story: Story, gold: Quote, told: Quote, counts: Counter[str]) -> None:
    side = "indirect" if gold.kind == "indirect" else "quoted"
    counts[f"{side} pairs"] += 1
    counts[f"{side} speakers right"] += _is_of(words, story, gold, told)
    counts[f"{side} without a speaker"] += told.speaker_start is None
    if gold.mention == "pronoun":
        counts["pronouns"] += 1
        named = told.speaker_name is not None
        counts["pronouns named"] += named
        counts["pronouns misnamed"] += named and told.speaker_name != gold.speaker_name
    elif gold.speaker_name is not None and told.speaker_name is not None:
        counts["names"] += 1
        counts["names right"] += _folded(told.speaker_name) == _folded(gold.speaker_name)


def _is_of(words: _Words, story: Story, gold: Quote, told: Quote) -> bool:
    """A mention of another paragraph will do where it is of the same source."""
    if gold.speaker_start is None or gold.speaker_end is None:
        return told.speaker_start is None
    if told.speaker_start is None or told.speaker_end is None:
        return False
    mention = words.between(told.speaker_start, told.speaker_end)
    if mention & words.between(gold.speaker_start, gold.speaker_end):
        return True
    if words.paragraph(gold.speaker_start) == words.paragraph(gold.start):
        return False
    return any(mention & words.between(*span) for span in _same_source(story.notes, gold))


def _same_source(notes: Notes, gold: Quote) -> Iterator[tuple[int, int]]:
    for source in notes.sources:
        spans = [(one.start, one.end) for one in source.mentions]
        if (gold.speaker_start, gold.speaker_end) in spans:
            yield from spans


def _false(words: _Words, story: Story, found: Notes, counts: Counter[str]) -> None:
    """Predictions that are nobody's speech, and what they were taken from."""
    pairs = matched(
        [one for one in story.notes.quotes if one.kind in QUOTED],
        told := [one for one in found.quotes if one.kind in QUOTED],
        words,
    )
    for one in told:
        if any(p is one for _, p in pairs):
            continue
        counts["false speech"] += 1
        for trap in story.notes.quotes:
            if trap.kind in ("scare", "title") and _is_most_of(words.of(one), words.of(trap)):
                counts[f"false from {trap.kind}"] += 1


def _is_most_of(one: set[int], trap: set[int]) -> bool:
    return len(one & trap) * 2 > len(one)


# --- sources -------------------------------------------------------------------------------------


def _sources(
    gold: Iterable[Named], told: Iterable[Named], words: _Words, counts: Counter[str]
) -> None:
    for side, chosen in (("replies", True), ("sources", False)):
        ours = [one for one in gold if (one.kind == "reply") is chosen]
        theirs = [one for one in told if (one.kind == "reply") is chosen]
        counts[f"{side} gold"] += len(ours)
        counts[f"{side} told"] += len(theirs)
        left = list(theirs)
        for one in ours:
            same = next((t for t in left if _is_same_source(one, t, words)), None)
            if same is not None:
                left.remove(same)
                counts[f"{side} found"] += 1


def _is_same_source(one: Named, other: Named, words: _Words) -> bool:
    if one.name is not None and other.name is not None and one.kind != "reply":
        return _folded(one.name) == _folded(other.name)
    mine = {at for span in one.mentions for at in words.between(span.start, span.end)}
    theirs = {at for span in other.mentions for at in words.between(span.start, span.end)}
    return bool(mine & theirs)


# --- datelines and dates -------------------------------------------------------------------------


def _folded(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def _dateline(gold: Dateline, told: Dateline, counts: Counter[str]) -> None:
    is_there, is_told = gold.start is not None, told.start is not None
    counts["datelines gold"] += is_there
    counts["datelines told"] += is_told
    same = (
        _folded(gold.place) == _folded(told.place)
        and gold.date == told.date
        and _folded(gold.agency) == _folded(told.agency)
    )
    counts["datelines right"] += is_there and is_told and same


def _credit(name: str, gold: Dateline, told: Dateline, counts: Counter[str]) -> None:
    ours, theirs = (getattr(one, name) for one in (gold, told))
    counts[f"{name}s gold"] += ours is not None
    counts[f"{name}s told"] += theirs is not None
    counts[f"{name}s right"] += (
        ours is not None and theirs is not None and _credited(ours) == _credited(theirs)
    )


def _credited(credit: Credit) -> tuple[tuple[str, ...], str]:
    return tuple(map(_folded, credit.names)), _folded(credit.agency)


def _dates(gold: Sequence[Day], told: Sequence[Day], words: _Words, counts: Counter[str]) -> None:
    counts["dates gold"] += len(gold)
    counts["dates told"] += len(told)
    left = list(told)
    for one in gold:
        same = next((t for t in left if words.of(one) & words.of(t)), None)
        if same is None:
            continue
        left.remove(same)
        counts["dates found"] += 1
        counts["dates right"] += _value(one.value) == _value(same.value)


def _value(value: str | None) -> date | datetime | None:
    if value is None:
        return None
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
