"""Everything that is noted beside one text, put together."""

import re
from datetime import datetime
from typing import Final

import msgspec

from copytaster.reading.attributing import sayings
from copytaster.reading.lexicon import Lexicon
from copytaster.reading.lexicon import lexicon
from copytaster.reading.marks import paragraphs
from copytaster.reading.mentions import People
from copytaster.reading.mentions import names
from copytaster.reading.notes import Notes
from copytaster.reading.notes import Quote
from copytaster.reading.quotes import Read
from copytaster.reading.quotes import Told
from copytaster.reading.quotes import quotes
from copytaster.reading.sentences import blanked
from copytaster.reading.sentences import sentences

_DATELINE = re.compile(r"[^\n]{0,200}\n\n(?=[A-Z]{3})|[^\n.!?]{2,90}?(?:\s[-–—]{1,2}\s|\):?\s)")
READER: Final = "copytaster/reader/1"
"""name and version; a newer one may note other things, and ``copytaster reread`` runs it over
what is kept"""


def read(id: str, text: str, *, language: str | None, sent: datetime | None = None) -> Notes:
    """The notes beside a text.

    ``language``: a BCP 47 tag; of a language that the reader does not know nothing is noted.
    ``sent``: when the story was sent, with the offset of its place: days are counted from its
    date, and without it none has a value.
    """
    words = lexicon(language)
    if words is None:
        return Notes(id=id, reader=READER)
    said = _said(text, words)
    return Notes(id=id, reader=READER, quotes=tuple(said))


def _said(text: str, words: Lexicon) -> list[Quote]:
    found = paragraphs(text)
    blank = _without_dateline(blanked(text, found))
    read = [
        Read(
            paragraph=one,
            told=tuple(
                Told(sentence=sentence, sayings=tuple(sayings(blank, sentence, words)))
                for sentence in sentences(text, blank, one, ordinals=words.separable)
            ),
        )
        for one in found
    ]
    return _named(text, quotes(text, blank, read, words), read, words)


def _without_dateline(blank: str) -> str:
    """The same, its dateline blanked out: a place says nothing."""
    found = _DATELINE.match(blank)
    return blank if found is None else " " * found.end() + blank[found.end() :]


def _named(text: str, found: list[Quote], read: list[Read], words: Lexicon) -> list[Quote]:
    """The full names of those who are named."""
    people = People()
    for one in read:
        for told in one.told:
            for name in names(text, told.sentence.span.start, told.sentence.span.end, words):
                people.add(name)
    return [
        one
        if one.speaker_name is None
        else msgspec.structs.replace(one, speaker_name=people.full(one.speaker_name))
        for one in found
    ]
