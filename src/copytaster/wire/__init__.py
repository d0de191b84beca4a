"""How copy arrives: push, watched folder, poll; and the one guarded HTTP client.

In: bytes from outside, by any route. Out: :class:`~copytaster.delivery.Delivery` values, handed
through one door (:data:`Accept`) that returns when they are durable; only then is a sender
answered, a file moved, a validator remembered. Not its business: what is in the bytes. A
route is one module: ``push``, ``folder``, ``poller`` (its arithmetic in ``poll``); ``http`` is
the client they and the channels fetch with.

    WireError
    ├── NoRoom            the desk cannot keep more just now: offer it again later
    └── FetchError        a remote address gave nothing usable
        ├── Forbidden
        ├── TooBig
        ├── TooSlow
        ├── Garbled
        └── Unreachable
"""

from copytaster.wire._delivery import make
from copytaster.wire._delivery import new_id
from copytaster.wire._delivery import urgent
from copytaster.wire._door import Accept
from copytaster.wire._door import Alert
from copytaster.wire._door import Clock
from copytaster.wire._door import FetchError
from copytaster.wire._door import Forbidden
from copytaster.wire._door import Garbled
from copytaster.wire._door import NoRoom
from copytaster.wire._door import TooBig
from copytaster.wire._door import TooSlow
from copytaster.wire._door import Unreachable
from copytaster.wire._door import WireError
from copytaster.wire._guard import Network
from copytaster.wire._guard import networks
from copytaster.wire._guard import permitted
from copytaster.wire.folder import Folder
from copytaster.wire.folder import FolderSource
from copytaster.wire.http import Client
from copytaster.wire.http import Fetch
from copytaster.wire.http import Fetched
from copytaster.wire.http import Secret
from copytaster.wire.poll import PollState
from copytaster.wire.poll import Seen
from copytaster.wire.poller import Poller
from copytaster.wire.poller import PollSource
from copytaster.wire.push import PushSource
from copytaster.wire.push import routes

__all__ = [
    "Accept",
    "Alert",
    "Client",
    "Clock",
    "Fetch",
    "FetchError",
    "Fetched",
    "Folder",
    "FolderSource",
    "Forbidden",
    "Garbled",
    "Network",
    "NoRoom",
    "PollSource",
    "PollState",
    "Poller",
    "PushSource",
    "Secret",
    "Seen",
    "TooBig",
    "TooSlow",
    "Unreachable",
    "WireError",
    "make",
    "networks",
    "new_id",
    "permitted",
    "routes",
    "urgent",
]
