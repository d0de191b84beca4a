"""The one query language: its tree, its meaning over a story in memory, its text form.

In: a query, built as a tree or read from a line of text, and the facts of a story. Out:
whether the story answers it, and between which bounds any answer must lie, so that a store
need not be read whole. Pure: no clock, no store. Not its business: where stories are kept, or
what is done with those that are found.
"""

from copytaster.query._asked import LONGEST_ASKED
from copytaster.query._asked import MOST_ASKED
from copytaster.query._asked import AskError
from copytaster.query._asked import ask
from copytaster.query._asked import sought
from copytaster.query._bounds import Bounds
from copytaster.query._bounds import bounds
from copytaster.query._meaning import Facts
from copytaster.query._meaning import Version
from copytaster.query._meaning import matches
from copytaster.query._text import QueryError
from copytaster.query._text import read
from copytaster.query._text import term
from copytaster.query._text import write
from copytaster.query._tree import Agency
from copytaster.query._tree import Either
from copytaster.query._tree import Every
from copytaster.query._tree import InSection
from copytaster.query._tree import InState
from copytaster.query._tree import Not
from copytaster.query._tree import Person
from copytaster.query._tree import Phrase
from copytaster.query._tree import Query
from copytaster.query._tree import Since
from copytaster.query._tree import Source
from copytaster.query._tree import Until
from copytaster.query._tree import names_a_state

__all__ = [
    "LONGEST_ASKED",
    "MOST_ASKED",
    "Agency",
    "AskError",
    "Bounds",
    "Either",
    "Every",
    "Facts",
    "InSection",
    "InState",
    "Not",
    "Person",
    "Phrase",
    "Query",
    "QueryError",
    "Since",
    "Source",
    "Until",
    "Version",
    "ask",
    "bounds",
    "matches",
    "names_a_state",
    "read",
    "sought",
    "term",
    "write",
]
