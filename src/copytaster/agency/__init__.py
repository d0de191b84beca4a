"""Agency profiles: what is known of an agency's habits, as data.

In: TOML files (shipped in ``profiles/``, or the house's own, which win). Out: frozen
:class:`Profile` values that the pure rooms read. Not its business: deciding anything.
A profile states only facts with a source; what it does not state falls to the default
rules, which fail closed.
"""

from copytaster.agency._load import ProfileError
from copytaster.agency._load import known
from copytaster.agency._load import load
from copytaster.agency._load import read
from copytaster.agency._profile import Contract
from copytaster.agency._profile import Indexing
from copytaster.agency._profile import Marker
from copytaster.agency._profile import Phrases
from copytaster.agency._profile import Profile
from copytaster.agency._profile import Restricting
from copytaster.agency._profile import Where

__all__ = [
    "Contract",
    "Indexing",
    "Marker",
    "Phrases",
    "Profile",
    "ProfileError",
    "Restricting",
    "Where",
    "known",
    "load",
    "read",
]
