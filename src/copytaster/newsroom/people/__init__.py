"""The persons of the desk: how they come in, who manages them, and what they did.

In: what somebody filled in at a door, or ordered in a shell. Out: seats of those who are signed
in, links and tokens that are shown once, and lines of the audit trail. Nothing here leaves the desk
without an admin who can sign in. Not its business: cookies and forms (``web.desk``), and what a
role may do (each door says it).
"""

from copytaster.newsroom.people._entrance import LINK_HOURS
from copytaster.newsroom.people._entrance import SESSION_DAYS
from copytaster.newsroom.people._entrance import Entrance
from copytaster.newsroom.people._passwords import Passwords
from copytaster.newsroom.people._people import People
from copytaster.newsroom.people._people import in_a_shell
from copytaster.newsroom.people._staff import Staff
from copytaster.newsroom.people._trail import Trail

__all__ = [
    "LINK_HOURS",
    "SESSION_DAYS",
    "Entrance",
    "Passwords",
    "People",
    "Staff",
    "Trail",
    "in_a_shell",
]
