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
from typing import Final

from copytaster.reading.lexicon import Lexicon
from copytaster.reading.mentions import Mention
from copytaster.reading.mentions import Named
from copytaster.reading.mentions import names
from copytaster.reading.notes import Span
from copytaster.reading.present import Present
from copytaster.reading.quotes import Read
from copytaster.reading.tokens import Ground
from copytaster.reading.tokens import Token
from copytaster.reading.wording import elsewhere
from copytaster.reading.wording import folded

_FAR: Final = 3_000
"""characters over which nobody goes on speaking"""


class Pronouns:
    """Who is meant by the pronouns of a text; made once for it."""

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
        self._words = words
        self._full = full
        self._there = Present(text, blank, read, persons, full, words)

    def name(self, mention: Mention) -> str | None:
        """The name of whom a pronoun means; None in every doubtful case."""
        word = self._blank[mention.span.start : mention.span.end].lower()
        if word not in self._words.forms or not self._words.roles:
            return None  # "it" is a body, "they" are several
        at = mention.span.start
        if at - self._there.paragraphs[self._there.paragraph(at)] > _FAR:
            return None
        name = self._alone(at, word) or self._going_on(at, word) or self._introduced(at, word)
        if name is None or name not in self._there.certain or self._is_told_of(name, at, word):
            return None
        return name

    # --- the three cases ---------------------------------------------------------------------

    def _alone(self, at: int, word: str) -> str | None:
        """The one person of the story, whom it spoke of right before."""
        name = next(iter(self._there.everybody), None)
        if len(self._there.everybody) != 1 or name is None or self._there.has_single_names:
            return None
        anchor = self._anchor(at)
        if anchor is None or self._there.is_anybody(0, at):
            return None
        last = self._there.heard_before(at)
        is_heard = last is not None and last.span == anchor
        if self._is_left(anchor, at, word) or not (is_heard or self._is_own(anchor, at, word)):
            return None
        return name

    def _going_on(self, at: int, word: str) -> str | None:
        """Whoever was heard last, in this paragraph or in those before that go on with it."""
        last = self._there.heard_before(at)
        if last is None or last.name is None:
            return None
        name = self._full(last.name)
        there = self._there
        begin, end = there.paragraph(last.span.start), there.paragraph(at)
        start = there.paragraphs[begin]
        if at - start > _FAR or there.around(start, at) != {name} or there.is_anybody(start, at):
            return None
        if not all(there.is_spoken(between) for between in range(begin + 1, end)):
            return None
        return None if self._is_left(last.span, at, word) else name

    def _introduced(self, at: int, word: str) -> str | None:
        """Who is named for the first time, as the subject in front of it, with nobody beside."""
        there = self._there
        begin = there.paragraphs[there.paragraph(at)]
        here = there.persons[bisect_left(there.starts, begin) : bisect_left(there.starts, at)]
        if not here or {one.name for one in here} != {here[0].name}:
            return None
        first = here[0]
        if there.first[first.name] != first.span.start or not there.is_subject(first.span):
            return None
        last = there.heard_before(at)
        if last is not None and last.span.start >= begin and last.span.start != first.span.start:
            return None
        if self._is_left(here[-1].span, at, word) or not self._is_own(first.span, at, word):
            return None
        return None if self._there.is_anybody(begin, at) else first.name

    def _anchor(self, at: int) -> Span | None:
        """Where the story's one person stands last before a place: speaking, or as a subject."""
        last = self._there.heard_before(at)
        before = bisect_left(self._there.starts, at)
        if not before or at - self._there.starts[before - 1] > _FAR:
            return None
        span = self._there.persons[before - 1].span
        if last is not None and last.span.start > span.start:
            return None
        if last is not None and last.span.start == span.start:
            return last.span
        return span if self._there.is_subject(span) else None

    def _is_told_of(self, name: str, at: int, word: str) -> bool:
        """Whether the words are about whom the pronoun would mean, who then is not the one that
        says them: ``"Hale is a thief," he said``. And where somebody else was heard shortly
        before, whether they are about or to somebody like that: ``"He is not," he said``."""
        sentence = self._there.sentence(at)
        first = bisect_left(self._there.starts, sentence.start)
        last = bisect_left(self._there.starts, sentence.end)
        before = self._there.heard_before(at)
        is_own = before is not None and before.span.start >= sentence.start
        if not is_own and any(one.name == name for one in self._there.persons[first:last]):
            return True
        if self._goes_right_on(sentence.start):
            return False
        said = self._text.words(sentence.start, at)
        is_about = any(
            self._words.forms.get(one.lower) == word or one.lower in self._words.hearers
            for one in said
        )
        return is_about and self._is_another_near(name, sentence.start)

    def _goes_right_on(self, at: int) -> bool:
        """Whether the sentence in front, in the same paragraph, is what somebody said."""
        last = self._there.heard_before(at)
        if last is None:
            return False
        number = bisect_left(self._there.sentences, at, key=lambda one: one.start)
        begin = self._there.sentences[number - 1].start if number else 0
        return last.span.start >= max(begin, self._there.paragraphs[self._there.paragraph(at)])

    def _is_another_near(self, name: str, at: int) -> bool:
        """Whether anybody else was heard in this paragraph or the two before."""
        begin = self._there.paragraphs[max(0, self._there.paragraph(at) - 2)]
        heard = self._there.heard
        first = bisect_left(heard, begin, key=lambda one: one.span.start)
        until = bisect_left(heard, at, key=lambda one: one.span.start)
        return any(one.name is None or self._full(one.name) != name for one in heard[first:until])

    # --- what is in the way ------------------------------------------------------------------

    def _is_left(self, anchor: Span, at: int, word: str) -> bool:
        """Whether the story has turned to somebody or something else since: another pronoun, or
        a sentence of its own about it."""
        if self._there.is_mixed(anchor.end, at, word):
            return True
        own, last = self._there.sentence(anchor.start), self._there.sentence(at)
        first = bisect_right(self._there.sentences, own.start, key=lambda one: one.start)
        until = bisect_left(self._there.sentences, last.start, key=lambda one: one.start)
        return not all(self._goes_on(one, word) for one in self._there.sentences[first:until])

    def _goes_on(self, sentence: Span, word: str) -> bool:
        """Whether a sentence is nothing but a quote, or begins with the same pronoun or name."""
        words = self._blank.words(sentence.start, sentence.end)
        if not words or words[0].lower == word:
            return True
        named = bisect_left(self._there.starts, sentence.start)
        return named < len(self._there.starts) and self._there.starts[named] == words[0].start

    def _is_own(self, anchor: Span, at: int, word: str) -> bool:
        """Whether somebody who was only spoken of may be whoever now speaks. Not in the same
        sentence; not of the dead; and not where the words are about somebody, or said to
        somebody: ``The driver, Tom Hale, was not to blame. "He could not stop," he said.``"""
        own, sentence = self._there.sentence(anchor.start), self._there.sentence(at)
        if own.start == sentence.start or self._there.is_mixed(own.start, sentence.end, word):
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
        if any(one.name in name.split() for name in self._there.everybody):
            return False
        before = self._blank.words(max(0, one.span.start - 14), one.span.start)
        if before and before[-1].lower in self._words.placing:
            return False
        return folded(one.name) not in elsewhere(self._words.language)
