"""Days and instants in words: by date, by name, counted from the day of the text.

A value is only what the text and its instant of sending settle. Without the instant nothing is
counted; a zone's letters are read as the agency's place reads them, or not at all; two figures
that could both be the month are no day. What recurs, and what only looks like a day ("the March
on Washington", "Black Friday"), is not noted (handbook: reading §4).
"""

from datetime import datetime

from copytaster import almanac
from copytaster import language as languages
from copytaster.reading.dated_text import DatedText
from copytaster.reading.dated_text import Taken
from copytaster.reading.dates import stamps
from copytaster.reading.dates import written
from copytaster.reading.notes import Dateline
from copytaster.reading.notes import Day
from copytaster.reading.relative_days import relative_days
from copytaster.reading.weekdays import weekdays
from copytaster.reading.wording import LANGUAGES
from copytaster.reading.wording import wording
from copytaster.reading.zones import at_home
from copytaster.reading.zones import zone_rules

MOST = 1_000
"""notes of days beside one text; a text with more is a table"""
_READERS = (stamps, written, weekdays, relative_days)
"""the surest first: what one has read, the next leaves alone"""


def days(
    text: str,
    *,
    language: str | None,
    sent: datetime | None,
    agency: str | None = None,
    dateline: Dateline,
) -> tuple[Day, ...]:
    """The days of a text in their order; that of its dateline is not among them.

    ``agency``: the id of whose copy it is; without it, the agency that the text itself names
    tells what "IST" is.
    """
    tongue = languages.primary(language) if language else ""
    if tongue not in LANGUAGES:
        return ()
    local = at_home(sent, agency)
    known = DatedText(
        text=text,
        language=tongue,
        words=wording(tongue).days,
        calendar=almanac.calendar(tongue),
        day=None if local is None else local.date(),
        rules=zone_rules(agency, dateline, sent),
    )
    taken = Taken()
    if dateline.start is not None and dateline.end is not None:
        taken.takes(dateline.start, dateline.end)
    found: list[Day] = []
    for reader in _READERS:
        for day in reader(known, taken):
            if len(found) == MOST:
                break
            found.append(day)
    return tuple(sorted(found, key=lambda one: one.start))
