"""What editors see: pages of the desk from facts, as bytes.

In: who is looking (:class:`Seat`), and what the newsroom knows. Out: finished pages, and the few
files they lean on. Pure: no clock, no store, no network; like ``press`` for readers. Not its
business: who may see what (``web.desk``), what an order does (``newsroom``), and how readers' pages
look.
"""

from copytaster.copydesk._assets import asset_path
from copytaster.copydesk._assets import assets
from copytaster.copydesk._frame import Frame
from copytaster.copydesk._letters import SHOWN as LETTERS_SHOWN
from copytaster.copydesk._letters import letters
from copytaster.copydesk._plain import said
from copytaster.copydesk._recall import Look
from copytaster.copydesk._recall import Sample
from copytaster.copydesk._recall import batch
from copytaster.copydesk._recall import look
from copytaster.copydesk._recall import recalls
from copytaster.copydesk._seat import Role
from copytaster.copydesk._seat import Seat
from copytaster.copydesk._story import CAUSES
from copytaster.copydesk._story import Asked
from copytaster.copydesk._story import Other
from copytaster.copydesk._story import Pane
from copytaster.copydesk._story import Said
from copytaster.copydesk._story import Version
from copytaster.copydesk._story import story
from copytaster.copydesk._wire import Listing
from copytaster.copydesk._wire import Row
from copytaster.copydesk._wire import Waiting
from copytaster.copydesk._wire import queue
from copytaster.copydesk._wire import row
from copytaster.copydesk._wire import wire

__all__ = [
    "CAUSES",
    "LETTERS_SHOWN",
    "Asked",
    "Frame",
    "Listing",
    "Look",
    "Other",
    "Pane",
    "Role",
    "Row",
    "Said",
    "Sample",
    "Seat",
    "Version",
    "Waiting",
    "asset_path",
    "assets",
    "batch",
    "letters",
    "look",
    "queue",
    "recalls",
    "row",
    "said",
    "story",
    "wire",
]
