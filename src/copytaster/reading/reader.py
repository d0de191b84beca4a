"""Everything that is noted beside one text, put together."""

import re
from datetime import datetime
from typing import Final

from msgspec import structs

from copytaster.reading.attributing import sayings
from copytaster.reading.datelines import dateline
from copytaster.reading.days import days
from copytaster.reading.dialogue import dialogue
from copytaster.reading.lexicon import Lexicon
from copytaster.reading.lexicon import lexicon
from copytaster.reading.marks import Paragraph
from copytaster.reading.marks import paragraphs
from copytaster.reading.naming import Names
from copytaster.reading.naming import named
from copytaster.reading.notes import Notes
from copytaster.reading.quotes import Read
from copytaster.reading.quotes import Told
from copytaster.reading.quotes import quotes
from copytaster.reading.sentences import blanked
from copytaster.reading.sentences import sentences
from copytaster.reading.sources import sources
from copytaster.reading.tokens import Ground
from copytaster.reading.turns import turns

_DATELINE = re.compile(r"[^\n]{0,200}\n\n(?=[A-Z]{3})|[^\n.!?]{2,90}?(?:\s[-–—]{1,2}\s|\):?\s)")
READER: Final = "copytaster/reader/1"
"""name and version; a newer one may note other things, and ``copytaster reread`` runs it over
what is kept"""


def read(
    id: str,
    text: str,
    *,
    language: str | None,
    sent: datetime | None = None,
    agency: str | None = None,
) -> Notes:
    """The notes beside a text.

    ``language``: a BCP 47 tag; of a language that the reader does not know nothing is noted.
    ``sent``: when the story was sent, with the offset of its place: days are counted from its
    date, and without it none has a value. ``agency``: the id of the agency's profile, by which
    the letters of a zone are read.
    """
    where = dateline(text, language=language, sent=sent, agency=agency)
    when = days(text, language=language, sent=sent, agency=agency, dateline=where)
    noted = Notes(id=id, reader=READER, dateline=where, dates=when)
    words = lexicon(language)
    return noted if words is None else _said(noted, text, words)


def _said(noted: Notes, text: str, words: Lexicon) -> Notes:
    marked = paragraphs(text)
    ground = Ground(text)
    blank = Ground(_without_dateline(blanked(text, marked)))
    read = [_read(text, blank, one, words) for one in marked]
    known = Names(ground, read, words)
    found, mentions = quotes(ground, blank, read, words)
    for quote, speaker in dialogue(text, marked, words):
        found.append(quote)
        if speaker is not None:
            mentions[speaker.span.start] = speaker
    found.sort(key=lambda one: one.start)
    said = named(found, mentions, known)
    return structs.replace(
        noted,
        quotes=tuple(turns(text, read, known) or said),
        sources=tuple(sources(blank, read, found, known, words)),
    )


def _read(text: str, blank: Ground, paragraph: Paragraph, words: Lexicon) -> Read:
    cut = sentences(text, blank, paragraph, ordinals=words.separable)
    told = (Told(sentence=one, sayings=tuple(sayings(blank, one, words))) for one in cut)
    return Read(paragraph=paragraph, told=tuple(told))


def _without_dateline(blank: str) -> str:
    """The same, its dateline blanked out: a place says nothing."""
    found = _DATELINE.match(blank)
    return blank if found is None else " " * found.end() + blank[found.end() :]
