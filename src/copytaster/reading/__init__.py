"""Notes beside a story's text: who said what, where it comes from, which day is meant.

In: a canonical text, its language, and what its item says of it. Out: notes, each with its place
in the text in code points and the rule by which it was made. Pure: no clock, no store, no model.
Not its business: the text itself, which never changes, and any decision: a note may be a reason
to hold a story, never one to release it (design.md §2).
"""

from copytaster.reading.notes import Credit
from copytaster.reading.notes import Dateline
from copytaster.reading.notes import Day
from copytaster.reading.notes import Notes
from copytaster.reading.notes import Quote
from copytaster.reading.notes import Source
from copytaster.reading.notes import Span
from copytaster.reading.reader import READER
from copytaster.reading.reader import read

__all__ = [
    "READER",
    "Credit",
    "Dateline",
    "Day",
    "Notes",
    "Quote",
    "Source",
    "Span",
    "read",
]
