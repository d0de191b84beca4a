"""By e-mail: one letter to everybody on the list, through the house's own mail server."""

import contextlib
import hashlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WITH_CRLF
from email.utils import format_datetime
from email.utils import make_msgid
from typing import Any

import msgspec

from copytaster.config import MailTable
from copytaster.newsroom._latch import Call
from copytaster.newsroom.calling._route import Unreached
from copytaster.newsroom.calling._words import letter
from copytaster.newsroom.calling._words import line
from copytaster.newsroom.terminal import plain
from copytaster.wire import Secret

SECONDS = 30.0
"""for the whole dialogue: a server that says one letter a second is cut off"""
_PORTS = {"starttls": 587, "implicit": 465, "none": 25}
_LONGEST_SUBJECT = 150
_LONGEST_REPLY = 120


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """The route of ``[alerts.email]``."""

    table: MailTable
    site: str
    login: Secret | None = None
    """``user:password``"""
    seconds: float = SECONDS
    name: str = "email"

    @property
    def shown(self) -> str:
        return f"{', '.join(self.table.to)} by way of {self.table.host}"

    def tell(self, call: Call) -> str | None:
        """Send the letter; returns who was refused, when others were not."""
        return self.send(message(call, self.table, self.site), self.table.to)

    def send(self, letter: EmailMessage, to: Sequence[str]) -> str | None:
        """Send any letter, to whomever. Raises :class:`Unreached` as ``tell`` does."""
        try:
            with self._connected() as server:
                refused = server.send_message(letter, self.table.sender, to)
        except smtplib.SMTPAuthenticationError as error:
            # Never the server's own words here: they may repeat what was said to it.
            raise Unreached(f"{self.table.host} refused the login ({error.smtp_code})") from None
        except smtplib.SMTPRecipientsRefused as error:
            raise Unreached(f"{self.table.host} refused {_refusals(error.recipients)}") from error
        except smtplib.SMTPResponseException as error:
            raise Unreached(f"{self.table.host} said {_reply(error)}") from error
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise Unreached(f"{self.table.host}: {_told(error)}") from error
        return f"{self.table.host} refused {_refusals(refused)}" if refused else None

    @contextlib.contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """Connected, in TLS unless it is this machine itself, and logged in."""
        with self._opened() as server:
            if self.table.tls == "starttls":
                server.starttls(context=ssl.create_default_context())
            if self.login is not None:
                user, _, password = self.login.word.partition(":")
                server.login(user, password)
            yield server

    def _opened(self) -> smtplib.SMTP:
        port = self.table.port or _PORTS[self.table.tls]
        # By the sender's domain: asking the system for its own name may ask a name server.
        us = self.table.sender.rpartition("@")[2]
        if self.table.tls == "implicit":
            safe = ssl.create_default_context()
            return _BoundedTls(self.table.host, port, us, timeout=self.seconds, context=safe)
        return _Bounded(self.table.host, port, us, timeout=self.seconds)


class _Bounded(smtplib.SMTP):
    """A dialogue that is cut off after its timeout, counted from the first byte: a socket's own
    timeout begins anew with every byte that comes."""

    def connect(
        self, host: str = "localhost", port: int = 0, source_address: Any = None
    ) -> tuple[int, bytes]:
        self._watch = threading.Timer(self.timeout, self._cut)
        self._watch.daemon = True
        self._watch.start()
        try:
            return super().connect(host, port, source_address)
        except BaseException:
            self._watch.cancel()
            raise

    def close(self) -> None:
        self._watch.cancel()
        super().close()

    def _cut(self) -> None:
        with contextlib.suppress(OSError):
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)


class _BoundedTls(_Bounded, smtplib.SMTP_SSL):
    """The same in TLS from the first byte."""


def message(call: Call, table: MailTable, site: str) -> EmailMessage:
    """The letter. What an agency wrote stands in it on one line, without control characters."""
    domain = table.sender.rpartition("@")[2]
    made = written(table, table.to, f"[{site}] {line(call)}", letter(call, site))
    made["Message-ID"] = make_msgid(domain=domain)
    # One thread for an alert, its reminders and its all-clear (RFC 5322 §3.6.4).
    made["References"] = f"<{_thread(call)}@{domain}>"
    return made


def written(table: MailTable, to: Sequence[str], subject: str, words: str) -> EmailMessage:
    """A letter from the house's sender, without an id of its own yet."""
    made = EmailMessage(policy=WITH_CRLF)
    made["From"] = Address(addr_spec=table.sender)
    made["To"] = [Address(addr_spec=one) for one in to]
    made["Subject"] = plain(subject)[:_LONGEST_SUBJECT]
    made["Date"] = format_datetime(datetime.now(UTC))
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies
    made.set_content(words)
    return made


def _thread(call: Call) -> str:
    named = f"{call.code}\0{call.about}\0{call.since.isoformat()}"
    return hashlib.sha256(named.encode(errors="backslashreplace")).hexdigest()[:32]


def _refusals(refused: dict[str, tuple[int, bytes]]) -> str:
    return ", ".join(f"{address} ({code})" for address, (code, _) in sorted(refused.items()))


def _reply(error: smtplib.SMTPResponseException) -> str:
    said = error.smtp_error
    words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return plain(f"{error.smtp_code} {' '.join(words[:_LONGEST_REPLY].split())}")


def _told(error: Exception) -> str:
    why = (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
    return plain(" ".join(why[:_LONGEST_REPLY].split()))
