"""The running process: it alone knows every room, and hands things from one to the next.

In: deliveries and editors' decisions. Out: stories whose public face is what their verdict
says, and the proof of it. :class:`Desk` does this one step at a time, with the clock passed
in, so that tests play days in milliseconds; ``running`` wraps it in threads and a server.
Not its business: any rule. What may be public is the verdict's, how it looks is the press's.
"""

from copytaster.newsroom._ruler import Unresolved
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.opening import open_desk

__all__ = ["Desk", "Unresolved", "open_desk"]
