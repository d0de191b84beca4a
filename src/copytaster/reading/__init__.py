"""Notes beside a story's text: who said what, where it comes from, which day is meant; and which
other stories have the same text, or may be about the same event.

In: a canonical text, its language, and what its item says of it; of two items also what agencies
declare. Out: notes, each with its place in the text in code points and the rule by which it was
made, and what two texts have of each other, with the scheme by which it was found. Pure: no clock,
no store, no model. Not its business: the text itself, which never changes, what is kept of a note,
and any decision: a note may be a reason to hold a story, never one to release it (design.md §2).
"""

from copytaster.reading.declared import Link
from copytaster.reading.declared import declared
from copytaster.reading.declared import joins
from copytaster.reading.declared import links
from copytaster.reading.differences import Altered
from copytaster.reading.differences import Differences
from copytaster.reading.differences import differences
from copytaster.reading.events import EVENT_SCHEME
from copytaster.reading.events import SPAN
from copytaster.reading.events import Related
from copytaster.reading.events import Spread
from copytaster.reading.events import Terms
from copytaster.reading.events import related
from copytaster.reading.events import telling
from copytaster.reading.events import terms
from copytaster.reading.notes import Credit
from copytaster.reading.notes import Dateline
from copytaster.reading.notes import Day
from copytaster.reading.notes import Notes
from copytaster.reading.notes import Quote
from copytaster.reading.notes import Source
from copytaster.reading.notes import Span
from copytaster.reading.reader import READER
from copytaster.reading.reader import prepare
from copytaster.reading.reader import read
from copytaster.reading.shingles import SCHEME
from copytaster.reading.shingles import Shingles
from copytaster.reading.shingles import shingles
from copytaster.reading.twins import Near
from copytaster.reading.twins import Pair
from copytaster.reading.twins import Way
from copytaster.reading.twins import compare
from copytaster.reading.twins import groups
from copytaster.reading.twins import is_likely
from copytaster.reading.twins import is_twin
from copytaster.reading.twins import least_shared
from copytaster.reading.twins import pairs
from copytaster.reading.twins import way

__all__ = [
    "EVENT_SCHEME",
    "READER",
    "SCHEME",
    "SPAN",
    "Altered",
    "Credit",
    "Dateline",
    "Day",
    "Differences",
    "Link",
    "Near",
    "Notes",
    "Pair",
    "Quote",
    "Related",
    "Shingles",
    "Source",
    "Span",
    "Spread",
    "Terms",
    "Way",
    "compare",
    "declared",
    "differences",
    "groups",
    "is_likely",
    "is_twin",
    "joins",
    "least_shared",
    "links",
    "pairs",
    "prepare",
    "read",
    "related",
    "shingles",
    "telling",
    "terms",
    "way",
]
