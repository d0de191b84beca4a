"""Anybody's desk looked at from outside, and held against its public log.

In: the address of a story or a site, or files that were kept. Out: what was checked, each with a
sentence that a reader understands. It knows of a desk what everybody can fetch, and trusts
nothing of it but what its log's signatures reach. Not its business: how a log is made and kept,
what a desk knows of itself (that is the patrol's), what to do about a lie.

::

    InspectionError
    ├── NoAddress   what was given names no story, no site, or no file that can be read
    ├── NoAnswer    the site gave no answer that says anything: nothing is held against it
    └── NoState     what was kept from before cannot be gone on from
"""

from copytaster.inspection._errors import InspectionError
from copytaster.inspection._errors import NoAddress
from copytaster.inspection._errors import NoAnswer
from copytaster.inspection._errors import NoState
from copytaster.inspection.memory import Memory
from copytaster.inspection.monitoring import Monitor
from copytaster.inspection.monitoring import Round
from copytaster.inspection.sighting import Lie
from copytaster.inspection.site import Answer
from copytaster.inspection.site import Get
from copytaster.inspection.site import Target
from copytaster.inspection.site import Visit
from copytaster.inspection.trust import Trust
from copytaster.inspection.verifying import Verdict
from copytaster.inspection.verifying import verify

__all__ = [
    "Answer",
    "Get",
    "InspectionError",
    "Lie",
    "Memory",
    "Monitor",
    "NoAddress",
    "NoAnswer",
    "NoState",
    "Round",
    "Target",
    "Trust",
    "Verdict",
    "Visit",
    "verify",
]
