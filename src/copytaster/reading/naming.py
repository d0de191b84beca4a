"""Whose name stands behind a mention: full names, and the one case in which a pronoun has one.

A wrong name under a quotation is a libel, not a lower score (handbook: reading §1.3). "He" is
given a name only where the paragraph and the one before speak of one person alone, and this
person is also the last who was heard. Nobody's gender is guessed or kept.
"""

from bisect import bisect_right
from typing import Final

import msgspec

from copytaster.reading.lexicon import Lexicon
from copytaster.reading.mentions import Mention
from copytaster.reading.mentions import Named
from copytaster.reading.mentions import People
from copytaster.reading.mentions import names
from copytaster.reading.notes import Quote
from copytaster.reading.quotes import Read
from copytaster.reading.tokens import Ground

PRONOUN: Final = "pronoun/1"


class Names:
    """Every name of a text, where it stands, and who was heard last."""

    def __init__(self, text: Ground, read: list[Read], words: Lexicon) -> None:
        self._text = text
        self._words = words
        self._paragraphs = [one.paragraph.span for one in read]
        self._people = People(words)
        sentences = [told.sentence.span for one in read for told in one.told]
        found = [one for span in sentences for one in names(text, span.start, span.end, words)]
        for one in found:
            self._people.add(one.name)
        self.places = [
            Named(span=one.span, name=full)
            for one in found
            if " " in (full := self._people.full(one.name))
        ]
        self._starts = [one.span.start for one in self.places]
        self._heard = [
            saying.speaker
            for one in read
            for told in one.told
            for saying in told.sayings
            if saying.speaker is not None and saying.speaker.kind != "pronoun"
        ]

    def full(self, mention: Mention) -> str | None:
        """The full name of a mention; for a pronoun only where there is no doubt."""
        if mention.name is not None:
            return self._people.full(mention.name)
        if mention.kind == "pronoun":
            return self._of_pronoun(mention)
        return None

    def is_person(self, name: str) -> bool:
        """Whether a name is somebody's: of two words at least, none of them a body's."""
        parts = name.split()
        return len(parts) > 1 and not any(part in self._words.organisations for part in parts)

    def _of_pronoun(self, mention: Mention) -> str | None:
        word = mention.span
        if self._text[word.start : word.end].lower() not in self._words.persons:
            return None  # "it" is a body, "they" are several
        heard = [one for one in self._heard if one.span.start < word.start]
        if not heard or heard[-1].name is None:
            return None
        name = self._people.full(heard[-1].name)
        begin = self._begin(word.start)
        is_near = heard[-1].span.start >= begin
        if not is_near or not self.is_person(name) or self._around(begin, word.start) != {name}:
            return None
        return None if self._may_be_another(heard[-1].span.end, word.start) else name

    def _may_be_another(self, start: int, end: int) -> bool:
        """Whether somebody without a name stands between a name and a pronoun; in a language
        whose words for persons are not known there may always be one."""
        if not self._words.roles:
            return True
        between = self._text.words(start, end)
        return any(token.lower in self._words.roles for token in between)

    def _begin(self, at: int) -> int:
        """Where the paragraph before begins."""
        starts = [span.start for span in self._paragraphs]
        return starts[max(0, bisect_right(starts, at) - 2)]

    def _around(self, begin: int, at: int) -> set[str]:
        """The persons that are spoken of between two places."""
        first = bisect_right(self._starts, begin - 1)
        last = bisect_right(self._starts, at)
        return {one.name for one in self.places[first:last] if self.is_person(one.name)}


def named(found: list[Quote], mentions: dict[int, Mention], known: Names) -> list[Quote]:
    """The quotes with the full names of their speakers. ``mentions`` are by where they begin."""
    return [
        one
        if one.speaker_start is None
        else msgspec.structs.replace(one, speaker_name=known.full(mentions[one.speaker_start]))
        for one in found
    ]
