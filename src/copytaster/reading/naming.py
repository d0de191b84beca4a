"""Whose name stands behind a mention: the full names of a text, and the parts of them."""

import msgspec

from copytaster.reading.lexicon import Lexicon
from copytaster.reading.mentions import Mention
from copytaster.reading.mentions import Named
from copytaster.reading.mentions import names
from copytaster.reading.mentions import titled
from copytaster.reading.notes import Quote
from copytaster.reading.notes import Span
from copytaster.reading.people import People
from copytaster.reading.pronouns import Pronouns
from copytaster.reading.quotes import Read
from copytaster.reading.tokens import Ground
from copytaster.reading.wording import elsewhere
from copytaster.reading.wording import folded


class Names:
    """Every name of a text, where it stands, and who was heard last."""

    def __init__(self, text: Ground, blank: Ground, read: list[Read], words: Lexicon) -> None:
        self._text = text
        self._words = words
        self._people = People(words)
        sentences = [told.sentence.span for one in read for told in one.told]
        found = [one for span in sentences for one in names(text, span.start, span.end, words)]
        if words.before:
            found = _without_capitals(text, read, sentences, words)
        for one in found:
            self._people.add(one.name)
        self.places = [
            Named(span=one.span, name=full)
            for one in found
            if " " in (full := self._people.full(one.name))
        ]
        self._nobody = {one.name for one in self.places if self._is_thing(one)}
        persons = [one for one in self.places if self.is_person(one.name)]
        self._pronouns = Pronouns(text, blank, read, persons, self._people.full, words)

    def full(self, mention: Mention) -> str | None:
        """The full name of a mention; for a pronoun only where there is no doubt."""
        if mention.name is not None:
            return self._people.full(mention.name)
        if self._words.before and mention.kind == "description":
            return self._people.known(self._text[mention.span.start : mention.span.end])
        if mention.kind == "pronoun":
            return self._pronouns.name(mention)
        return None

    def is_person(self, name: str) -> bool:
        """Whether a name is somebody's: of two words at least, none of them a body's, and not
        that of a place or a thing."""
        parts = name.split()
        if len(parts) < 2 or any(part in self._words.organisations for part in parts):
            return False
        if parts[-1] in self._words.things or parts[0] in self._words.things_first:
            return False
        return name not in self._nobody and folded(name) not in elsewhere(self._words.language)

    def _is_thing(self, one: Named) -> bool:
        """What stands behind "the" or "in", or behind somebody and "of": ``in Umm Rawaq``."""
        text, words = self._text, self._words
        start, end = one.span.start, one.span.end
        if " " not in text[start:end] or text.startswith(("'", "’"), end):
            return False
        before = text.words(max(0, start - 40), start)
        if not before or before[-1].end + 1 != start:
            return False
        if before[-1].lower in words.within:
            return True
        if before[-1].lower in words.of:
            return len(before) > 1 and before[-2].is_capital
        return before[-1].lower == words.the and self._ends_here(end)

    def _ends_here(self, at: int) -> bool:
        """Whether a name owns no word behind it: "the Tom Hale trial" is of a person."""
        behind = self._text.words(at, at + 30)
        if not behind or self._text[at : behind[0].start].strip():
            return True
        return behind[0].lower in self._words.cuts | self._words.joining


def _without_capitals(
    text: Ground, read: list[Read], sentences: list[Span], words: Lexicon
) -> list[Named]:
    """Where names have no capitals: those that speak, and those behind a title."""
    said = {
        saying.speaker.span.start: Named(span=saying.speaker.span, name=saying.speaker.name)
        for one in read
        for told in one.told
        for saying in told.sayings
        if saying.speaker is not None and saying.speaker.name is not None
    }
    for span in sentences:
        for one in titled(text, span.start, span.end, words):
            said.setdefault(one.span.start, one)
    return [said[at] for at in sorted(said)]


def named(found: list[Quote], mentions: dict[int, Mention], known: Names) -> list[Quote]:
    """The quotes with the full names of their speakers. ``mentions`` are by where they begin."""
    return [
        one
        if one.speaker_start is None
        else msgspec.structs.replace(one, speaker_name=known.full(mentions[one.speaker_start]))
        for one in found
    ]
