"""May this be public, and why?

In: the set of messages received for one story, the house's decisions about it, the agency's
profile and the time. Out: a :class:`Verdict` with its reasons and the instant at which to
look again. Pure: no clock, no store. Not its business: how a page looks, or who is told.
The specification is the handbook's formats §2, told in ``docs/explanation/lifecycle.md``.
"""

from copytaster.verdict import rights
from copytaster.verdict._desk import desk_word
from copytaster.verdict._desk import is_taken_back
from copytaster.verdict._types import Verdict
from copytaster.verdict.lifecycle import decide
from copytaster.verdict.reasons import REASONS
from copytaster.verdict.reasons import Weight
from copytaster.verdict.reasons import sentence
from copytaster.verdict.reasons import weight
from copytaster.verdict.rights import Gate
from copytaster.verdict.rights import Ground
from copytaster.verdict.rights import Rights
from copytaster.verdict.rights import Use

__all__ = [
    "REASONS",
    "Gate",
    "Ground",
    "Rights",
    "Use",
    "Verdict",
    "Weight",
    "decide",
    "desk_word",
    "is_taken_back",
    "rights",
    "sentence",
    "weight",
]
