"""The house's own rules over the query language: what waits for a person, and who is called.

In: the bytes of a rules file, and the facts of one version as it arrives. Out: the rules, in the
order in which they are asked, and what they say of that version: held, or an editor called, or
nothing. A rule only ever restricts; there is nothing here that could publish. Pure: no clock, no
disk. Not its business: when a version is new, and how a hold is kept.
"""

from copytaster.rules._difference import Difference
from copytaster.rules._difference import difference
from copytaster.rules._editing import added
from copytaster.rules._editing import changed
from copytaster.rules._editing import removed
from copytaster.rules._filling import Misfilled
from copytaster.rules._filling import filled
from copytaster.rules._judging import Judgement
from copytaster.rules._judging import answers_any
from copytaster.rules._judging import judged
from copytaster.rules._reading import LARGEST
from copytaster.rules._reading import MOST
from copytaster.rules._reading import RulesError
from copytaster.rules._reading import read
from copytaster.rules._rule import Rule
from copytaster.rules._rule import Then
from copytaster.rules._rule import Written
from copytaster.rules._rule import digest
from copytaster.rules._seeds import begun
from copytaster.rules._seeds import seeds

__all__ = [
    "LARGEST",
    "MOST",
    "Difference",
    "Judgement",
    "Misfilled",
    "Rule",
    "RulesError",
    "Then",
    "Written",
    "added",
    "answers_any",
    "begun",
    "changed",
    "difference",
    "digest",
    "filled",
    "judged",
    "read",
    "removed",
    "seeds",
]
