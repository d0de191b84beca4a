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
from copytaster.query._errors import QueryError
from copytaster.query._facts import Facts
from copytaster.query._facts import Version
from copytaster.query._meaning import came
from copytaster.query._meaning import matches
from copytaster.query._terms import FIELDS
from copytaster.query._text import DEEPEST
from copytaster.query._text import LONGEST
from copytaster.query._text import MOST
from copytaster.query._text import MOST_WORDS
from copytaster.query._text import read
from copytaster.query._text import term
from copytaster.query._text import write
from copytaster.query._tree import Agency
from copytaster.query._tree import Byline
from copytaster.query._tree import Came
from copytaster.query._tree import Either
from copytaster.query._tree import Every
from copytaster.query._tree import Guid
from copytaster.query._tree import Has
from copytaster.query._tree import InSection
from copytaster.query._tree import InState
from copytaster.query._tree import Language
from copytaster.query._tree import Newer
from copytaster.query._tree import Not
from copytaster.query._tree import Older
from copytaster.query._tree import Person
from copytaster.query._tree import Phrase
from copytaster.query._tree import Query
from copytaster.query._tree import Since
from copytaster.query._tree import Slug
from copytaster.query._tree import Source
from copytaster.query._tree import Subject
from copytaster.query._tree import Term
from copytaster.query._tree import Thing
from copytaster.query._tree import Title
from copytaster.query._tree import Until
from copytaster.query._tree import Urgency
from copytaster.query._tree import Words
from copytaster.query._tree import names_a_state

__all__ = [
    "DEEPEST",
    "FIELDS",
    "LONGEST",
    "LONGEST_ASKED",
    "MOST",
    "MOST_ASKED",
    "MOST_WORDS",
    "Agency",
    "AskError",
    "Bounds",
    "Byline",
    "Came",
    "Either",
    "Every",
    "Facts",
    "Guid",
    "Has",
    "InSection",
    "InState",
    "Language",
    "Newer",
    "Not",
    "Older",
    "Person",
    "Phrase",
    "Query",
    "QueryError",
    "Since",
    "Slug",
    "Source",
    "Subject",
    "Term",
    "Thing",
    "Title",
    "Until",
    "Urgency",
    "Version",
    "Words",
    "ask",
    "bounds",
    "came",
    "matches",
    "names_a_state",
    "read",
    "sought",
    "term",
    "write",
]
