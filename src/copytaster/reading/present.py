"""Who is spoken of in a text, and where: those with a name, those without, and who was heard.

Words for persons are data of the language; titles and appositions tell who a named person is, and
are nobody else.
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
from copytaster.reading.notes import Span
from copytaster.reading.quotes import Read
from copytaster.reading.sentences import BLANK
from copytaster.reading.tokens import Ground
from copytaster.reading.tokens import Token

_APPOSITION: Final = 140
"""characters in which it is told what somebody is: ``Ada Quay, the mayor of the port,``"""
_NEXT: Final = 30
"""characters in which "of" and a place stand behind a name"""
_BEFORE: Final = 8
"""words in front of a name that tell the same: ``deputy finance minister Ada Quay``"""
_NEAR: Final = 4
"""words between an article and the noun that it is of"""


class Present:
    """Everybody in a text; made once for it."""

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
        self.persons = persons
        self.starts = [one.span.start for one in persons]
        self.paragraphs = [one.paragraph.span.start for one in read]

    @cached_property
    def everybody(self) -> set[str]:
        return {one.name for one in self.persons}

    @cached_property
    def first(self) -> dict[str, int]:
        """Where each is named for the first time."""
        return {one.name: one.span.start for one in reversed(self.persons)}

    @cached_property
    def certain(self) -> set[str]:
        """Who is a person beyond doubt, and no firm: of whom it is told what he or she is, how
        old, or "who"; or whose last name stands alone somewhere."""
        return {one.name for one in self.persons if self._is_certain(one)}

    def _is_certain(self, one: Named) -> bool:
        span, words = one.span, self._words
        if " " not in self._text[span.start : span.end]:
            return one.name.endswith(f" {self._text[span.start : span.end]}")
        title = self._title(span.start)
        before = self._blank.words(title.start, title.end)
        if any(
            self.is_person(before[: at + 1]) or token.text.rstrip(".") in words.titles
            for at, token in enumerate(before)
        ):
            return True
        next_words = self._blank.words(span.end, span.end + _NEXT)
        if len(next_words) > 1 and next_words[0].lower in words.of and next_words[1].is_capital:
            return True
        if not self._blank.startswith(", ", span.end):
            return False
        behind = self._blank.words(span.end, span.end + _APPOSITION)[:_BEFORE]
        if behind and (behind[0].text.isdigit() or behind[0].lower in words.who):
            return True
        told = self._apposition(span.end)
        apposed = self._blank.words(told.start, told.end)
        return any(self.is_person(apposed[: at + 1]) for at in range(len(apposed)))

    @cached_property
    def heard(self) -> list[Mention]:
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

    def heard_before(self, at: int) -> Mention | None:
        before = bisect_left(self.heard, at, key=lambda one: one.span.start)
        return self.heard[before - 1] if before else None

    @cached_property
    def has_single_names(self) -> bool:
        """Whether anybody of one name speaks, of whom it is not known who that is."""
        return any(
            one.name is not None and self._full(one.name) not in self.everybody
            for one in self.heard
            if one.kind == "name"
        )

    def around(self, begin: int, at: int) -> set[str]:
        """The persons that are named between two places."""
        first, last = bisect_left(self.starts, begin), bisect_left(self.starts, at)
        return {one.name for one in self.persons[first:last]}

    @cached_property
    def _unnamed(self) -> list[int]:
        """Where persons without a name stand; not what tells who a named one is."""
        found = self._blank.words(0, len(self._blank))
        told = self._told
        return [
            token.start
            for at, token in enumerate(found)
            if self.is_person(found[max(0, at - _NEAR) : at + 1]) and token.start not in told
        ]

    def is_person(self, found: Sequence[Token]) -> bool:
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

    def is_anybody(self, start: int, end: int) -> bool:
        """Whether a person without a name is spoken of between two places."""
        first = bisect_left(self._unnamed, start)
        return first < len(self._unnamed) and self._unnamed[first] < end

    def is_mixed(self, start: int, end: int, word: str) -> bool:
        """Whether another pronoun stands between: that is somebody else."""
        kind = self._words.forms[word]
        return any(
            self._words.forms.get(token.lower, kind) != kind
            for token in self._blank.words(start, end)
        )

    def paragraph(self, at: int) -> int:
        return max(0, bisect_right(self.paragraphs, at) - 1)

    def is_spoken(self, number: int) -> bool:
        """Whether somebody goes on speaking in a paragraph."""
        one = self._read[number]
        return bool(one.paragraph.quotes) or any(told.sayings for told in one.told)

    def is_subject(self, span: Span) -> bool:
        """Whether a name begins its sentence, titles aside, and does not own what follows."""
        begin = self.sentence(span.start).start
        before = self._blank.words(begin, span.start)
        behind = self._blank[span.end : span.end + 5].lstrip()
        if len(before) > _BEFORE or behind.startswith(("'", "’", "and ", "&", "or ")):
            return False
        if BLANK in self._blank[begin : span.start]:
            return False
        if any(token.lower in self._words.cuts | self._words.finite for token in before):
            return False
        small = [at for at, token in enumerate(before) if not token.is_capital]
        return not small or self.is_person(before[: small[-1] + 1])

    def sentence(self, at: int) -> Span:
        begun = bisect_right(self.sentences, at, key=lambda one: one.start)
        paragraph = self._read[self.paragraph(at)].paragraph.span
        if begun and self.sentences[begun - 1].start >= paragraph.start:
            return self.sentences[begun - 1]
        return paragraph

    @cached_property
    def sentences(self) -> list[Span]:
        return [told.sentence.span for one in self._read for told in one.told]

    @cached_property
    def _told(self) -> set[int]:
        """Where the words beside a name begin that tell who that is."""
        spans = [
            span
            for one in self.persons
            for span in (self._title(one.span.start), self._apposition(one.span.end))
        ]
        return {token.start for span in spans for token in self._blank.words(span.start, span.end)}

    def _title(self, end: int) -> Span:
        """``her physics teacher, Yusuf Egal,``: up to the first small word that is none of it."""
        begin = self.sentence(end).start
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
