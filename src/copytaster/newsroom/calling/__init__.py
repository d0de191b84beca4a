"""How a person is called: by e-mail, webhook, or a command of the house's own.

In: a call (an alert, a reminder, an all-clear). Out: a person told, or :class:`Unreached` with
the reason. A route is a value with ``name``, ``shown`` and ``tell``; each has a :class:`Caller`,
a thread that asks what is owed and tells it. Not its business: what is worth a call, and when.
"""

from copytaster.newsroom._latch import Call
from copytaster.newsroom._latch import CallKind
from copytaster.newsroom.calling._caller import Caller
from copytaster.newsroom.calling._route import Route
from copytaster.newsroom.calling._route import Unreached
from copytaster.newsroom.calling._routes import routes
from copytaster.newsroom.calling._words import line

__all__ = ["Call", "CallKind", "Caller", "Route", "Unreached", "line", "routes"]
