"""Everything that is noted beside one text, put together."""

import re
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from typing import Final

from msgspec import structs

from copytaster.reading.attributing import sayings
from copytaster.reading.datelines import dateline
from copytaster.reading.days import days
from copytaster.reading.dialogue import dialogue
from copytaster.reading.indirect import indirect as clauses
from copytaster.reading.lexicon import Lexicon
from copytaster.reading.lexicon import languages
from copytaster.reading.lexicon import lexicon
from copytaster.reading.marks import Paragraph
from copytaster.reading.marks import paragraphs
from copytaster.reading.naming import Names
from copytaster.reading.naming import named
from copytaster.reading.notes import Dateline
from copytaster.reading.notes import Notes
from copytaster.reading.quotes import Read
from copytaster.reading.quotes import Told
from copytaster.reading.quotes import quotes
from copytaster.reading.sentences import blanked
from copytaster.reading.sentences import is_one
from copytaster.reading.sentences import sentences
from copytaster.reading.sources import sources
from copytaster.reading.tokens import Ground
from copytaster.reading.turns import turns

READER: Final = "copytaster/reader/2"
"""name and version; a newer one may note other things, and ``copytaster reread`` runs it over
what is kept"""


_FIRST: Final = """By Ana Reyes
LONDON, Jan 3 (Reuters) - "One," said Ana Reyes of the harbour board on Monday, January 3, 2000.

"Two," she said at 10:00. The board, which reports to AP, declined to comment: it asked why.
"""
"""what everything that reads has something to look at in"""


def read(
    id: str,
    text: str,
    *,
    language: str | None,
    sent: datetime | None = None,
    agency: str | None = None,
    indirect: bool = False,
) -> Notes:
    """The notes beside a text.

    ``language``: a BCP 47 tag; of a language that the reader does not know nothing is noted.
    ``sent``: when the story was sent, with the offset of its place: days are counted from its
    date, and without it none has a value. ``agency``: the id of the agency's profile, by which
    the letters of a zone are read. ``indirect``: reported speech is noted as well.
    """
    where = dateline(text, language=language, sent=sent, agency=agency)
    when = days(text, language=language, sent=sent, agency=agency, dateline=where)
    noted = Notes(id=id, reader=READER, dateline=where, dates=when)
    words = lexicon(language)
    return noted if words is None else _said(noted, text, words, indirect=indirect)


def prepare() -> None:
    """Load what is known of every language: the first story in it waits for nothing."""
    for language in sorted(languages()):
        read("", _FIRST, language=language, sent=datetime(2000, 1, 3, tzinfo=UTC))


def _said(noted: Notes, text: str, words: Lexicon, *, indirect: bool) -> Notes:
    marked = paragraphs(text)
    ground = Ground(text)
    bare = _bare(blanked(text, marked), noted.dateline)
    blank = ground if bare == text else Ground(bare)
    read = [_read(text, blank, one, words) for one in marked]
    known = Names(ground, blank, read, words)
    found, mentions = quotes(ground, blank, read, words)
    for quote, speaker in dialogue(text, marked, words):
        found.append(quote)
        if speaker is not None:
            mentions[speaker.span.start] = speaker
    if indirect:
        for quote, speaker in clauses(blank, read, list(found), words):
            found.append(quote)
            mentions[speaker.span.start] = speaker
    found.sort(key=lambda one: one.start)
    said = turns(text, read, known) or named(found, mentions, known)
    return structs.replace(
        noted,
        quotes=tuple(said),
        sources=tuple(sources(blank, read, said, known, words)),
    )


def _read(text: str, blank: Ground, paragraph: Paragraph, words: Lexicon) -> Read:
    cut = sentences(text, blank, paragraph, ordinals=words.separable)
    kept = [one for one in cut if is_one(one)]
    told = (Told(sentence=one, sayings=tuple(sayings(blank, one, words))) for one in kept)
    return Read(paragraph=paragraph, told=tuple(told))


def _bare(blank: str, where: Dateline) -> str:
    """The same without byline, dateline and sign-off: nobody speaks in them."""
    for start, end in _beside(where):
        blank = blank[:start] + re.sub(r"[^\n]", " ", blank[start:end]) + blank[end:]
    return blank


def _beside(where: Dateline) -> Iterator[tuple[int, int]]:
    for one in (where, where.byline, where.signoff):
        if one is not None and one.start is not None and one.end is not None:
            yield one.start, one.end
