"""How a person is called: by e-mail, webhook, or a command of the house's own.

In: a call (an alert, a reminder, an all-clear). Out: a person told, or :class:`Unreached` with
the reason. A route is a value with ``name``, ``shown`` and ``tell``; each has a :class:`Caller`,
a thread that asks what is owed and tells it. The same mail server and the same way of posting
serve acknowledgements to agencies. Not its business: what is worth a call, and when.
"""

from copytaster.newsroom._latch import Bell
from copytaster.newsroom._latch import Call
from copytaster.newsroom._latch import CallKind
from copytaster.newsroom.calling._caller import Caller
from copytaster.newsroom.calling._mail import Mail
from copytaster.newsroom.calling._mail import written
from copytaster.newsroom.calling._route import Route
from copytaster.newsroom.calling._route import Unreached
from copytaster.newsroom.calling._routes import by_mail
from copytaster.newsroom.calling._routes import routes
from copytaster.newsroom.calling._secrets import signing_key
from copytaster.newsroom.calling._steps import IDLE
from copytaster.newsroom.calling._steps import Steps
from copytaster.newsroom.calling._webhook import Webhook
from copytaster.newsroom.calling._words import line

__all__ = [
    "IDLE",
    "Bell",
    "Call",
    "CallKind",
    "Caller",
    "Mail",
    "Route",
    "Steps",
    "Unreached",
    "Webhook",
    "by_mail",
    "line",
    "routes",
    "signing_key",
    "written",
]
