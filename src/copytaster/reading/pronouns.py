"""Whom "he said" or "she said" means, where there is no doubt; else nobody.

A wrong name under a quotation is a libel, not a lower score (handbook: reading §1.3). A pronoun
has a name in three cases only: the story speaks of one person alone; whoever was heard last goes
on speaking and nobody else is spoken of since; somebody who is named for the first time is the
subject right before, with nobody else near. In all of them nobody without a name ("her lawyer")
may stand between, and the pronoun must be the one that stood there before: two pronouns are two
people. Nobody's gender is guessed, looked up or kept.
"""

from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from copytaster.reading.attributing import Saying
from copytaster.reading.lexicon import Lexicon
from copytaster.reading.mentions import Mention
from copytaster.reading.mentions import Named
from copytaster.reading.mentions import names
from copytaster.reading.notes import Span
from copytaster.reading.quotes import Read
from copytaster.reading.sentences import BLANK
from copytaster.reading.tokens import Ground
from copytaster.reading.tokens import Token
from copytaster.reading.wording import elsewhere
from copytaster.reading.wording import folded

_APPOSITION: Final = 140
"""characters in which it is told what somebody is: ``Ada Quay, the mayor of the port,``"""
_FAR: Final = 3_000
"""characters over which nobody goes on speaking"""
_BEFORE: Final = 8
"""words in front of a name that tell the same: ``deputy finance minister Ada Quay``"""
_NEAR: Final = 4
"""words between an article and the noun that it is of"""


class Pronouns:
    """Who is spoken of in a text, and where; made once for it."""

    def __init__(
        self,
        text: Ground,
        blank: Ground,
        read: Sequence[Read],
        persons: Sequence[Named],
        full: Callable[[str], str],
        words: Lexicon,
    ) -> None:
        self._text = text
        self._blank = blank
        self._read = read
        self._words = words
        self._full = full
        self._persons = persons
        self._starts = [one.span.start for one in persons]
        self._paragraphs = [one.paragraph.span.start for one in read]

    def name(self, mention: Mention) -> str | None:
        """The name of whom a pronoun means; None in every doubtful case."""
        word = self._blank[mention.span.start : mention.span.end].lower()
        if word not in self._words.forms or not self._words.roles:
            return None  # "it" is a body, "they" are several
        at = mention.span.start
        if at - self._paragraphs[self._paragraph(at)] > _FAR:
            return None
        return self._alone(at, word) or self._going_on(at, word) or self._introduced(at, word)

    # --- the three cases ---------------------------------------------------------------------

    def _alone(self, at: int, word: str) -> str | None:
        """The one person of the story, whom it spoke of right before."""
        name = next(iter(self._everybody), None)
        if len(self._everybody) != 1 or name is None or self._single:
            return None
        anchor = self._anchor(at)
        if anchor is None or self._is_anybody(0, at):
            return None
        is_heard = any(one.span == anchor for one in self._heard)
        if self._is_left(anchor, at, word) or not (is_heard or self._is_own(anchor, at, word)):
            return None
        return name

    def _going_on(self, at: int, word: str) -> str | None:
        """Whoever was heard last, in this paragraph or in those before that go on with it."""
        last = self._heard_before(at)
        if last is None or last.name is None:
            return None
        name = self._full(last.name)
        begin = self._paragraph(last.span.start)
        if at - self._paragraphs[begin] > _FAR:
            return None
        if self._around(self._paragraphs[begin], at) != {name}:
            return None
        if not all(self._is_spoken(between) for between in range(begin + 1, self._paragraph(at))):
            return None
        if self._is_anybody(self._paragraphs[begin], at):
            return None
        return None if self._is_left(last.span, at, word) else name

    def _introduced(self, at: int, word: str) -> str | None:
        """Who is named for the first time, as the subject in front of it, with nobody beside."""
        begin = self._paragraphs[self._paragraph(at)]
        here = self._persons[bisect_left(self._starts, begin) : bisect_left(self._starts, at)]
        if not here or {one.name for one in here} != {here[0].name}:
            return None
        first = here[0]
        if self._first[first.name] != first.span.start or not self._is_subject(first.span):
            return None
        last = self._heard_before(at)
        if last is not None and last.span.start >= begin and last.span.start != first.span.start:
            return None
        if self._is_left(here[-1].span, at, word) or not self._is_own(first.span, at, word):
            return None
        return None if self._is_anybody(begin, at) else first.name

    def _anchor(self, at: int) -> Span | None:
        """Where the story's one person stands last before a place: speaking, or as a subject."""
        last = self._heard_before(at)
        before = bisect_left(self._starts, at)
        if not before or at - self._starts[before - 1] > _FAR:
            return None
        span = self._persons[before - 1].span
        if last is not None and last.span.start > span.start:
            return None
        is_heard = last is not None and last.span.start == span.start
        return (
            last.span if last is not None and is_heard else span if self._is_subject(span) else None
        )

    # --- what is in the way ------------------------------------------------------------------

    def _is_left(self, anchor: Span, at: int, word: str) -> bool:
        """Whether the story has turned to somebody or something else since: another pronoun, or
        a sentence of its own about it."""
        if self._is_mixed(anchor.end, at, word):
            return True
        own, last = self._of_sentence(anchor.start), self._of_sentence(at)
        first = bisect_right(self._sentences, own.start, key=lambda one: one.start)
        until = bisect_left(self._sentences, last.start, key=lambda one: one.start)
        return not all(self._goes_on(one, word) for one in self._sentences[first:until])

    def _goes_on(self, sentence: Span, word: str) -> bool:
        """Whether a sentence is nothing but a quote, or begins with the same pronoun or name."""
        words = self._blank.words(sentence.start, sentence.end)
        if not words or words[0].lower == word:
            return True
        named = bisect_left(self._starts, sentence.start)
        return named < len(self._starts) and self._starts[named] == words[0].start

    def _is_own(self, anchor: Span, at: int, word: str) -> bool:
        """Whether somebody who was only spoken of may be whoever now speaks. Not in the same
        sentence; not of the dead; and not where the words are about somebody, or said to
        somebody: ``The driver, Tom Hale, was not to blame. "He could not stop," he said.``"""
        own, sentence = self._of_sentence(anchor.start), self._of_sentence(at)
        if own.start == sentence.start or self._is_mixed(own.start, sentence.end, word):
            return False
        told = self._blank.words(own.start, own.end)
        if any(token.lower in self._words.silent for token in told) or self._is_undergoing(told):
            return False
        if any(
            self._is_unknown(one) for one in names(self._blank, anchor.end, own.end, self._words)
        ):
            return False
        if sentence.start == at:
            return True
        said = self._text.words(sentence.start, at)
        return not any(
            one.lower in self._words.forms or one.lower in self._words.hearers for one in said
        )

    def _is_undergoing(self, told: Sequence[Token]) -> bool:
        """``was arrested``: the words that follow are rather the constable's."""
        done = [
            token.lower
            for at, token in enumerate(told)
            if any(one.lower in self._words.passive for one in told[max(0, at - 2) : at])
        ]
        return any(
            one not in self._words.answering
            and (one.endswith("ed") or one in self._words.participles)
            for one in done
        )

    def _is_unknown(self, one: Named) -> bool:
        """Somebody of one name ("lost to Neymar"), as far as it is none of a place or a day."""
        if " " in one.name or one.name in self._words.titles | self._words.organisations:
            return False
        if any(one.name in name.split() for name in self._everybody):
            return False
        before = self._blank.words(max(0, one.span.start - 14), one.span.start)
        if before and before[-1].lower in self._words.placing:
            return False
        return folded(one.name) not in elsewhere(self._words.language)

    # --- who is there ------------------------------------------------------------------------

    @cached_property
    def _everybody(self) -> set[str]:
        return {one.name for one in self._persons}

    @cached_property
    def _first(self) -> dict[str, int]:
        """Where each is named for the first time."""
        return {one.name: one.span.start for one in reversed(self._persons)}

    @cached_property
    def _heard(self) -> list[Mention]:
        return sorted(
            (
                saying.speaker
                for one in self._read
                for told in one.told
                for saying in told.sayings
                if saying.speaker is not None and self._is_one(saying)
            ),
            key=lambda one: one.span.start,
        )

    def _is_one(self, saying: Saying) -> bool:
        """Whether whoever is heard may be one person: ``people had believed`` speaks of many."""
        who = saying.speaker
        if who is None or who.kind == "pronoun":
            return False
        before = self._blank.words(max(0, saying.cue.start - 20), saying.cue.start)
        if before and before[-1].lower in self._words.earlier:
            return False  # "had denied" is of before
        first = self._blank[who.span.start : who.span.end].partition(" ")[0].lower()
        return saying.kind != "call" or who.kind == "name" or first in self._words.articles

    @cached_property
    def _single(self) -> bool:
        """Whether anybody of one name speaks, of whom it is not known who that is."""
        return any(
            one.name is not None and self._full(one.name) not in self._everybody
            for one in self._heard
            if one.kind == "name"
        )

    def _heard_before(self, at: int) -> Mention | None:
        before = bisect_left(self._heard, at, key=lambda one: one.span.start)
        return self._heard[before - 1] if before else None

    def _around(self, begin: int, at: int) -> set[str]:
        """The persons that are named between two places."""
        first, last = bisect_left(self._starts, begin), bisect_left(self._starts, at)
        return {one.name for one in self._persons[first:last]}

    @cached_property
    def _unnamed(self) -> list[int]:
        """Where persons without a name stand; not what tells who a named one is."""
        found = self._blank.words(0, len(self._blank))
        told = self._told
        return [
            token.start
            for at, token in enumerate(found)
            if self._is_person(found[max(0, at - _NEAR) : at + 1]) and token.start not in told
        ]

    def _is_person(self, found: Sequence[Token]) -> bool:
        """Whether the last of these is a word for one person, or has the ending of such a word
        behind an article: ``a young Danish cellist``."""
        last = found[-1].lower
        if last in self._words.roles:
            return True
        if not last.endswith(self._words.persons_end) or last in self._words.no_persons:
            return False
        before = [token.lower for token in found[:-1]]
        articles = [at for at, one in enumerate(before) if one in self._words.articles]
        return bool(articles) and not self._words.cuts & set(before[articles[-1] + 1 :])

    def _is_anybody(self, start: int, end: int) -> bool:
        """Whether a person without a name is spoken of between two places."""
        first = bisect_left(self._unnamed, start)
        return first < len(self._unnamed) and self._unnamed[first] < end

    def _is_mixed(self, start: int, end: int, word: str) -> bool:
        """Whether another pronoun stands between: that is somebody else."""
        kind = self._words.forms[word]
        return any(
            self._words.forms.get(token.lower, kind) != kind
            for token in self._blank.words(start, end)
        )

    # --- where it stands ---------------------------------------------------------------------

    def _paragraph(self, at: int) -> int:
        return max(0, bisect_right(self._paragraphs, at) - 1)

    def _is_spoken(self, number: int) -> bool:
        """Whether somebody goes on speaking in a paragraph."""
        one = self._read[number]
        return bool(one.paragraph.quotes) or any(told.sayings for told in one.told)

    def _is_subject(self, span: Span) -> bool:
        """Whether a name begins its sentence, titles aside, and does not own what follows."""
        begin = self._sentence(span.start)
        before = self._blank.words(begin, span.start)
        behind = self._blank[span.end : span.end + 5].lstrip()
        if len(before) > _BEFORE or behind.startswith(("'", "’", "and ", "&", "or ")):
            return False
        if BLANK in self._blank[begin : span.start]:
            return False
        if any(token.lower in self._words.cuts | self._words.finite for token in before):
            return False
        small = [at for at, token in enumerate(before) if not token.is_capital]
        return not small or self._is_person(before[: small[-1] + 1])

    def _sentence(self, at: int) -> int:
        return self._of_sentence(at).start

    def _of_sentence(self, at: int) -> Span:
        begun = bisect_right(self._sentences, at, key=lambda one: one.start)
        paragraph = self._read[self._paragraph(at)].paragraph.span
        if begun and self._sentences[begun - 1].start >= paragraph.start:
            return self._sentences[begun - 1]
        return paragraph

    @cached_property
    def _sentences(self) -> list[Span]:
        return [told.sentence.span for one in self._read for told in one.told]

    @cached_property
    def _told(self) -> set[int]:
        """Where the words beside a name begin that tell who that is."""
        spans = [
            span
            for one in self._persons
            for span in (self._title(one.span.start), self._apposition(one.span.end))
        ]
        return {token.start for span in spans for token in self._blank.words(span.start, span.end)}

    def _title(self, end: int) -> Span:
        """``her physics teacher, Yusuf Egal,``: up to the first small word that is none of it."""
        begin = self._sentence(end)
        start = end
        for token in reversed(self._blank.words(max(begin, end - _APPOSITION), end)[-_BEFORE:]):
            between = self._blank[token.end : start].strip(" \N{NO-BREAK SPACE}")
            if between not in ("", ",") or (between and start != end):
                break
            if token.lower in self._words.cuts | self._words.joining:
                break
            start = token.start
        return Span(start=start, end=end)

    def _apposition(self, start: int) -> Span:
        """``, the mayor of the port,``: up to its end or to "of", behind which others may be."""
        if not self._blank.startswith(",", start):
            return Span(start=start, end=start)
        ends = [
            at
            for sign in (",", ".", BLANK)
            if (at := self._blank.find(sign, start + 1, start + _APPOSITION)) >= 0
        ]
        told = Span(start=start, end=min(ends, default=start))
        for token in self._blank.words(told.start, told.end):
            if token.lower in self._words.finite:
                return Span(start=start, end=start)  # a clause, and no apposition
            if token.lower in self._words.cuts:
                return Span(start=start, end=token.start)
        return told
