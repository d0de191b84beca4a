"""The evidence pack: all that is kept of one story, in one file that can be checked by hand; and
that of a recall, with what was seen of each of its stories.

In: a desk and a story's id. Out: a ZIP with the bytes as they came, what was read in them, what
was public and when, what was decided, seen and said, and a manifest with the SHA-256 of every
member. For the wire-service defence (handbook: agencies §1.8) it shows that the words were
published as they came, when a withdrawal was known, and when each address was clean. The same
state gives the same bytes. Not its business: what a court makes of it.
"""

from copytaster.newsroom.evidence._pack import write_pack
from copytaster.newsroom.evidence._recall import write_recall

__all__ = ["write_pack", "write_recall"]
