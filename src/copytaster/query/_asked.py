"""What readers type: words that must all occur, ``"exact phrases"``, ``-without``.

No fields, no joining words, no beginnings of words: whatever else stands there is a word, or
nothing. It gives the same tree as the text form, and so means the same.
"""

import re

from copytaster.query._errors import QueryError
from copytaster.query._tree import Every
from copytaster.query._tree import Not
from copytaster.query._tree import Phrase
from copytaster.text import needle

LONGEST_ASKED = 200
"""characters"""
MOST_ASKED = 20
"""words, those of phrases among them"""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"') | {"*": " "})
_TERM = re.compile(r'(-?)(?:"([^"]*)"|([^\s"]+))')


class AskError(QueryError):
    """What a reader typed cannot be looked for; ``code`` says why, in the words of the page:
    ``long``, ``many``, ``quote`` or ``without``."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def ask(text: str) -> Every | None:
    """The query in what a reader typed; None where there is no word in it."""
    if len(text) > LONGEST_ASKED:
        raise AskError("long", f"more than {LONGEST_ASKED} characters; ask for less")
    typed = text.translate(_QUOTES)
    if typed.count('"') % 2:
        raise AskError("quote", "a quotation mark is not closed; close it, or leave it out")
    terms = tuple(_term(found) for found in _TERM.finditer(typed) if _words(found))
    if sum(map(_words, _TERM.finditer(typed))) > MOST_ASKED:
        raise AskError("many", f"more than {MOST_ASKED} words; ask for less")
    if terms and all(isinstance(term, Not) for term in terms):
        raise AskError("without", "only words to leave out; add one to look for")
    return Every(terms) if terms else None


def sought(asked: Every) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The phrases of what a reader typed: those to look for, and those to leave out."""
    wanted = tuple(part.words for part in asked.of if isinstance(part, Phrase))
    left_out = (part.of for part in asked.of if isinstance(part, Not))
    return wanted, tuple(part.words for part in left_out if isinstance(part, Phrase))


def _words(found: re.Match[str]) -> int:
    return len(needle(found[2] or found[3] or "").split())


def _term(found: re.Match[str]) -> Phrase | Not:
    words = Phrase(found[2] or found[3])
    return Not(words) if found[1] else words
