"""A real mail server on loopback, and a certificate made for it on the spot."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP
from aiosmtpd.smtp import AuthResult
from aiosmtpd.smtp import Envelope

LOGIN = (b"desk", b"correct horse")


class Mailbox:
    """Takes letters, but for the addresses it refuses."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.refuses: set[str] = set()

    async def handle_RCPT(  # noqa: N802  aiosmtpd's own name
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return "250 OK"

    @property
    def letters(self) -> list[EmailMessage]:
        return [
            message_from_bytes(bytes(one.content), policy=default)  # type: ignore[misc]
            for one in self.envelopes
        ]


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine, signed by itself, and its key."""
    made, key = folder / "cert.pem", folder / "key.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1"
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    command = ["openssl", *words.split(), "-subj", "/CN=localhost", "-addext", names]
    subprocess.run(
        [*command, "-out", str(made), "-keyout", str(key)], check=True, capture_output=True
    )
    return made, key


def _log_in(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == LOGIN, handled=False)


@asynccontextmanager
async def serving(
    mailbox: Mailbox, *, tls: ssl.SSLContext | None = None, implicit: bool = False, **how: Any
) -> AsyncIterator[int]:
    """The server, for the length of a block; its port. ``tls`` is for STARTTLS unless
    ``implicit``; ``how`` may be ``auth_required``."""
    loop = asyncio.get_running_loop()
    given: dict[str, Any] = {"hostname": "mail.example", "authenticator": _log_in, **how}
    if tls is not None and not implicit:
        given |= {"tls_context": tls, "require_starttls": True}
    else:
        given["auth_require_tls"] = False
    server = await loop.create_server(
        lambda: SMTP(mailbox, loop=loop, **given),
        "127.0.0.1",
        0,
        ssl=tls if implicit else None,
    )
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
