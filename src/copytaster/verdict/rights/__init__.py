"""What a licence allows: for each use of a story, whether its gate is open, until when, and why.

In: the versions of a story, the agency's contract (its profile), the ground a house stands on
(its countries, what narrows the contract by source, when the story was first public, when its
chain began) and the time. Out: :class:`Rights`, or for one picture a :class:`Gate`. What
restricts and is not understood closes the use that it is about. Not its business: status,
embargo and kill of a story, which come first. ``docs/reference/rights.md`` tells it in words.
"""

from copytaster.verdict.rights import _prose
from copytaster.verdict.rights._clock import LAST
from copytaster.verdict.rights._clock import first_version
from copytaster.verdict.rights._clock import utc
from copytaster.verdict.rights._pictures import may_show
from copytaster.verdict.rights._story import contract_of
from copytaster.verdict.rights._story import of_story
from copytaster.verdict.rights._types import Closing
from copytaster.verdict.rights._types import Gate
from copytaster.verdict.rights._types import Ground
from copytaster.verdict.rights._types import Rights
from copytaster.verdict.rights._types import Rule
from copytaster.verdict.rights._types import Use

NOWHERE = Ground()
"""a house that has said nothing of where it publishes"""

__all__ = [
    "LAST",
    "NOWHERE",
    "Closing",
    "Gate",
    "Ground",
    "Rights",
    "Rule",
    "Use",
    "contract_of",
    "first_version",
    "may_show",
    "of_story",
    "utc",
    "without_limits",
]


def without_limits(note: str) -> str:
    """A note to editors without what was understood in it as a limit of use."""
    return _prose.note(note, None).rest
