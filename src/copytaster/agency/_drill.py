"""The desk's own agency: the one whose stories are drills (design §5, "Drill and patrol")."""

from copytaster.agency._contract import Contract
from copytaster.agency._contract import Indexing
from copytaster.agency._profile import Profile

DRILL = Profile(
    id="copytaster-drill",
    name="Copytaster drill",
    language="en",
    contract=Contract(indexing=Indexing.noindex),
)
"""In code and not among the shipped profiles, so that no house can override it. No copy from
outside may bear its id: what does is refused, or kept and never published."""
DRILL_SOURCE = "(drill)"
"""by which its copy comes; no source of a configuration can have brackets in its id"""
