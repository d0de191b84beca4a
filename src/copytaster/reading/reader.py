"""Everything that is noted beside one text, put together."""

from datetime import datetime
from typing import Final

from copytaster.reading.notes import Notes

READER: Final = "copytaster/reader/1"
"""name and version; a newer one may note other things, and ``copytaster reread`` runs it over
what is kept"""


def read(id: str, text: str, *, language: str | None, sent: datetime | None = None) -> Notes:
    """The notes beside a text.

    ``language``: a BCP 47 tag; of a language that the reader does not know nothing is noted.
    ``sent``: when the story was sent, with the offset of its place: days are counted from its
    date, and without it none has a value.
    """
    del text, language, sent
    return Notes(id=id, reader=READER)
