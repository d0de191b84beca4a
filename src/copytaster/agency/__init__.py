"""Agency profiles: what is known of an agency's habits, as data.

In: TOML files (shipped in ``profiles/``, or the house's own, which win), and the shared lists
of phrases by language (``phrases/``). Out: frozen :class:`Profile` values that the pure rooms
read, and the :class:`Phrasebook` in which notices are looked up. Not its business: deciding
anything. A profile states only facts with a source; what it does not state falls to the default
rules, which fail closed.
"""

from copytaster.agency._acknowledge import Acknowledge
from copytaster.agency._acknowledge import is_mailbox
from copytaster.agency._contract import Contract
from copytaster.agency._contract import Counted
from copytaster.agency._contract import Feeds
from copytaster.agency._contract import Indexing
from copytaster.agency._contract import Medium
from copytaster.agency._contract import Since
from copytaster.agency._contract import narrowed
from copytaster.agency._drill import DRILL
from copytaster.agency._drill import DRILL_SOURCE
from copytaster.agency._load import ProfileError
from copytaster.agency._load import codes
from copytaster.agency._load import known
from copytaster.agency._load import load
from copytaster.agency._load import read
from copytaster.agency._phrasebook import Asked
from copytaster.agency._phrasebook import Phrasebook
from copytaster.agency._phrasebook import either
from copytaster.agency._phrasebook import phrasebook
from copytaster.agency._phrasebook import plain
from copytaster.agency._profile import Marker
from copytaster.agency._profile import Phrases
from copytaster.agency._profile import Profile
from copytaster.agency._profile import Restricting
from copytaster.agency._profile import Where
from copytaster.agency._subjects import Subjects
from copytaster.agency._wording import Asking
from copytaster.agency._wording import Wording
from copytaster.agency._wording import Words
from copytaster.agency._wording import wordings

__all__ = [
    "DRILL",
    "DRILL_SOURCE",
    "Acknowledge",
    "Asked",
    "Asking",
    "Contract",
    "Counted",
    "Feeds",
    "Indexing",
    "Marker",
    "Medium",
    "Phrasebook",
    "Phrases",
    "Profile",
    "ProfileError",
    "Restricting",
    "Since",
    "Subjects",
    "Where",
    "Wording",
    "Words",
    "codes",
    "either",
    "is_mailbox",
    "known",
    "load",
    "narrowed",
    "phrasebook",
    "plain",
    "read",
    "wordings",
]
