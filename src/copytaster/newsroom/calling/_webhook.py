"""By webhook: the call as JSON, posted to an address of the house's own.

Signed as the Standard Webhooks specification says (standardwebhooks.com): ``webhook-id``,
``webhook-timestamp``, and ``webhook-signature: v1,`` HMAC-SHA256 of ``id.timestamp.body``. The
address comes from the operator alone, so it may lie inside the house; what must not happen is
that whoever answers there leads the desk elsewhere: a redirect is refused, a proxy variable is
not read, and of the answer, whose size and time are bounded, only the status counts.
"""

import asyncio
import base64
import hashlib
import hmac
import time
from urllib.parse import urlsplit

import msgspec

from copytaster.newsroom._latch import Call
from copytaster.newsroom.calling._route import Unreached
from copytaster.newsroom.calling._words import packed
from copytaster.wire import Client
from copytaster.wire import Fetch
from copytaster.wire import FetchError
from copytaster.wire import Forbidden
from copytaster.wire import Garbled
from copytaster.wire import Network
from copytaster.wire import Secret
from copytaster.wire import TooBig
from copytaster.wire import TooSlow
from copytaster.wire import Unreachable
from copytaster.wire import networks

SECONDS = 15.0
"""for everything, from the name's look-up to the answer's status"""
_PREFIX = "whsec_"
_MOST_ANSWERED = 256 * 1024
_ANYWHERE = networks(("0.0.0.0/0", "::/0"))
_KINDS = {
    Forbidden: "the address is none that can be posted to",
    Garbled: "the answer cannot be read",
    TooBig: f"the answer has more than {_MOST_ANSWERED} bytes",
    TooSlow: "no whole answer in time",
    Unreachable: "no connection",
}


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    """The route of ``[alerts.webhook]``."""

    url: Secret
    """the address itself may be what opens the door"""
    site: str
    token: Secret | None = None
    key: Secret | None = None
    allow: tuple[Network, ...] = _ANYWHERE
    """networks it may lie in beside the public ones"""
    seconds: float = SECONDS
    name: str = "webhook"

    @property
    def shown(self) -> str:
        """The host alone: path and query may be secret."""
        parts = urlsplit(self.url.word)
        return f"{parts.scheme}://{parts.hostname}"

    def tell(self, call: Call) -> str | None:
        """Post it. Raises :class:`Unreached` for anything but a status of 200 to 299."""
        self.post(packed(call, self.site), _id(call))
        return None

    def post(self, body: bytes, id: str) -> None:
        """Post any JSON under this id. Raises :class:`Unreached` as ``tell`` does."""
        try:
            status = asyncio.run(self._post(body, id))
        except FetchError as error:
            # By its kind alone: the message names the path, which may be a secret.
            raise Unreached(f"{self.shown}: {_KINDS.get(type(error), 'no answer')}") from None
        if 300 <= status < 400:
            raise Unreached(f"{self.shown} answered {status}, a redirect: they are not followed")
        if not 200 <= status < 300:
            raise Unreached(f"{self.shown} answered {status}")

    async def _post(self, body: bytes, id: str) -> int:
        request = Fetch(
            url=self.url.word,
            method="POST",
            headers={"content-type": "application/json"},
            secrets=self._secrets(body, id),
            body=body,
            limit=_MOST_ANSWERED,
            seconds=self.seconds,
        )
        async with Client(self.allow) as client:
            return (await client.fetch(request)).status

    def _secrets(self, body: bytes, id: str) -> dict[str, Secret]:
        """The headers by which the receiver knows the desk."""
        headers = {}
        if self.token is not None:
            headers["authorization"] = f"Bearer {self.token.word}"
        if self.key is not None:
            stamp = str(int(time.time()))
            headers |= {
                "webhook-id": id,
                "webhook-timestamp": stamp,
                "webhook-signature": signature(self.key, id, stamp, body),
            }
        return {name: Secret(value) for name, value in headers.items()}


def signature(key: Secret, id: str, stamp: str, body: bytes) -> str:
    """``v1,`` and the base64 of the HMAC; a key ``whsec_…`` is base64 of its bytes."""
    signed = b".".join((id.encode(), stamp.encode(), body))
    digest = hmac.new(_bytes(key.word), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def _bytes(word: str) -> bytes:
    if not word.startswith(_PREFIX):
        return word.encode()
    return base64.b64decode(word.removeprefix(_PREFIX), validate=True)


def _id(call: Call) -> str:
    """The same for the same call, so that one told twice can be told apart."""
    named = (call.kind.value, call.code, call.about, call.since.isoformat(), call.at.isoformat())
    digest = hashlib.sha256("\0".join(named).encode(errors="backslashreplace"))
    return f"msg_{digest.hexdigest()[:32]}"
