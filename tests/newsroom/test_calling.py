"""The routes to a person, over a real mail server, a real web server and a real program."""

import asyncio
import hashlib
import hmac
import json
import os
import shutil
import ssl
import stat
from base64 import b64decode
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from copytaster.config import AlertsTable
from copytaster.config import ConfigError
from copytaster.newsroom._latch import Call
from copytaster.newsroom._latch import CallKind
from copytaster.newsroom.calling import Route
from copytaster.newsroom.calling import Unreached
from copytaster.newsroom.calling import line
from copytaster.newsroom.calling import routes
from tests.newsroom import smtp
from tests.newsroom.making import MORNING
from tests.newsroom.test_terminal import HOSTILE

pytestmark = pytest.mark.anyio

CALL = Call(
    kind=CallKind.alert,
    code="feed-gone",
    about="ministry",
    text="ministry: answered 410, gone for good; polling stopped",
    since=MORNING,
    at=MORNING,
)
INJECTION = "dies\r\nBcc: everybody@rival.example\r\n\r\n<h1>x</h1>\r\n.\r\nQUIT"
PASSWORD = smtp.LOGIN[1].decode()


def made(table: str, environ: dict[str, str] | None = None, **facts: Any) -> Route:
    """The one route of a table, as the desk makes it."""
    (route,) = routes(msgspec.convert({table: facts}, AlertsTable), "The Daily", environ or {})
    return route


async def tell(route: Route, call: Call = CALL) -> str | None:
    return await asyncio.to_thread(route.tell, call)


async def fault(route: Route, call: Call = CALL) -> str:
    """Why nobody was told: one line."""
    with pytest.raises(Unreached) as unreached:
        await tell(route, call)
    assert "\n" not in str(unreached.value)
    return str(unreached.value)


# --- words --------------------------------------------------------------------------------------


def test_a_call_in_one_line() -> None:
    later = {"at": MORNING + timedelta(minutes=65), "times": 7}
    told = {
        kind: line(msgspec.structs.replace(CALL, kind=kind, **(later if kind != "alert" else {})))
        for kind in CallKind
    }
    assert told[CallKind.alert] == f"ALERT feed-gone: {CALL.text}"
    assert told[CallKind.reminder].startswith(f"ALERT STILL feed-gone: {CALL.text} (rang 7 times")
    assert told[CallKind.over] == "ALL CLEAR feed-gone: ministry (after 1 h 5 min)"
    assert told[CallKind.test].startswith("TEST feed-gone: ")


# --- e-mail -------------------------------------------------------------------------------------


@pytest.fixture
def mailbox() -> smtp.Mailbox:
    return smtp.Mailbox()


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    return smtp.certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def tls(pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What the server shows, and what this machine then trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pair[0]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*pair)
    return context


def mail(port: int, environ: dict[str, str] | None = None, **facts: Any) -> Route:
    given = {
        "host": "127.0.0.1",
        "port": port,
        "tls": "none",
        "from": "desk@daily.example",
        "to": ["night@daily.example", "chief@daily.example"],
    }
    return made("email", environ, **(given | facts))


async def test_a_letter_to_everybody_on_the_list(mailbox: smtp.Mailbox) -> None:
    async with smtp.serving(mailbox) as port:
        assert await tell(mail(port)) is None
    (envelope,), (letter,) = mailbox.envelopes, mailbox.letters
    assert envelope.mail_from == "desk@daily.example"
    assert envelope.rcpt_tos == ["night@daily.example", "chief@daily.example"]
    assert letter["Subject"] == f"[The Daily] ALERT feed-gone: {CALL.text}"
    assert letter["From"] == "desk@daily.example"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "About:  ministry" in letter.get_content()


async def test_an_alert_and_its_all_clear_are_one_thread(mailbox: smtp.Mailbox) -> None:
    over = msgspec.structs.replace(CALL, kind=CallKind.over, at=MORNING + timedelta(minutes=5))
    other = msgspec.structs.replace(CALL, about="harbour")
    async with smtp.serving(mailbox) as port:
        for call in (CALL, over, other):
            await tell(mail(port), call)
    threads = [letter["References"] for letter in mailbox.letters]
    assert threads[0] == threads[1] != threads[2]
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 3


@pytest.mark.parametrize("hostile", [INJECTION, HOSTILE, "\ud800 \x00 \u2029.\n.\n", "x" * 5000])
async def test_what_the_wire_says_forges_no_header_and_no_second_letter(
    hostile: str, mailbox: smtp.Mailbox
) -> None:
    call = msgspec.structs.replace(CALL, text=hostile, about=hostile, code="breaker-tripped")
    async with smtp.serving(mailbox) as port:
        await tell(mail(port), call)
    (envelope,), (letter,) = mailbox.envelopes, mailbox.letters
    assert envelope.rcpt_tos == ["night@daily.example", "chief@daily.example"]
    assert set(letter.keys()) == {
        *("From", "To", "Subject", "Date", "Message-ID", "References", "Auto-Submitted"),
        *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
    }
    assert len(str(letter["Subject"])) <= 150
    assert letter.get_content_type() == "text/plain"
    shown = letter.get_content()
    assert not set("\x1b\r\x07\x00\u202e\u2028\u2029") & set(shown.replace("\r\n", "\n"))
    assert shown.count("\n") == 10


@pytest.mark.parametrize("how", ["starttls", "implicit"])
async def test_over_tls_with_a_login(how: str, mailbox: smtp.Mailbox, tls: ssl.SSLContext) -> None:
    implicit = how == "implicit"
    async with smtp.serving(
        mailbox, tls=tls, implicit=implicit, auth_required=not implicit
    ) as port:
        environ = {"MAIL_LOGIN": f"desk:{PASSWORD}"}
        route = mail(port, environ, host="localhost", tls=how, login_env="MAIL_LOGIN")
        assert await tell(route) is None
    assert len(mailbox.letters) == 1


async def test_a_wrong_password_is_said_without_any_password(
    mailbox: smtp.Mailbox, tls: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        async with smtp.serving(mailbox, tls=tls, auth_required=True) as port:
            environ = {"MAIL_LOGIN": "desk:battery staple"}
            route = mail(port, environ, host="localhost", tls="starttls", login_env="MAIL_LOGIN")
            said = await fault(route)
    assert said == "localhost refused the login (535)"
    secret = b64encode(b"battery staple").decode()
    assert not any(word in caplog.text + repr(route) for word in ("battery staple", secret))


async def test_a_certificate_nobody_vouches_for_gets_no_letter_and_no_password(
    mailbox: smtp.Mailbox, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    for how in ("starttls", "implicit"):
        async with smtp.serving(mailbox, tls=tls, implicit=how == "implicit") as port:
            environ = {"MAIL_LOGIN": f"desk:{PASSWORD}"}
            route = mail(port, environ, host="localhost", tls=how, login_env="MAIL_LOGIN")
            assert "certificate verify failed" in await fault(route)
    assert mailbox.envelopes == []


async def test_a_server_without_starttls_is_not_spoken_to_in_the_clear(
    mailbox: smtp.Mailbox,
) -> None:
    async with smtp.serving(mailbox) as port:
        assert "STARTTLS" in await fault(mail(port, tls="starttls"))
    assert mailbox.envelopes == []


async def test_who_was_refused_is_said_and_the_others_have_it(mailbox: smtp.Mailbox) -> None:
    mailbox.refuses = {"chief@daily.example"}
    async with smtp.serving(mailbox) as port:
        doubt = await tell(mail(port))
        assert doubt == "127.0.0.1 refused chief@daily.example (550)"
        mailbox.refuses.add("night@daily.example")
        assert "chief@daily.example (550), night@daily.example (550)" in await fault(mail(port))
    assert len(mailbox.letters) == 1


async def test_a_mail_server_that_is_not_there_is_said() -> None:
    async with raw(b"") as port:
        gone = port
    assert "Connection refused" in await fault(mail(gone))


@asynccontextmanager
async def raw(answer: bytes, *, again: bool = False) -> AsyncIterator[int]:
    """A server on loopback that says this, whatever it is told, or says it for ever."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(answer)
            while again and not writer.is_closing():
                await asyncio.sleep(0.01)
                writer.write(answer)
                await writer.drain()
            await reader.read()
        except ConnectionError:
            pass  # they hung up
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@pytest.mark.parametrize(
    ("answer", "again"), [(b"220-wait\r\n", True), (b"2", True), (b"", False), (b"x" * 9000, False)]
)
async def test_a_mail_server_that_never_comes_to_an_end_is_cut_off(
    answer: bytes, again: bool
) -> None:
    async with raw(answer, again=again) as port:
        route = msgspec.structs.replace(mail(port), seconds=0.2)  # type: ignore[type-var]
        async with asyncio.timeout(10):
            assert (await fault(route)).startswith("127.0.0.1")


# --- webhook ------------------------------------------------------------------------------------


class Hook:
    """A web server on loopback: what it was posted, and what it answers."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, dict[str, str], bytes]] = []
        self.answer = b"HTTP/1.1 204 No Content\r\n\r\n"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.strip().split("\r\n")
            headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in lines)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.posted.append((first, headers, body))
            writer.write(self.answer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # they hung up
        finally:
            writer.close()


@pytest.fixture
async def hook() -> AsyncIterator[tuple[Hook, str]]:
    place = Hook()
    server = await asyncio.start_server(place.serve, "127.0.0.1", 0)
    yield place, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/desk?room=7"
    server.close()


async def test_json_is_posted_and_says_everything(hook: tuple[Hook, str]) -> None:
    place, url = hook
    assert await tell(made("webhook", url=url)) is None
    ((first, headers, body),) = place.posted
    assert first == "POST /desk?room=7 HTTP/1.1"
    assert headers["content-type"] == "application/json"
    assert not {"authorization", "webhook-signature"} & set(headers)
    assert json.loads(body) == {
        "kind": "alert",
        "code": "feed-gone",
        "about": "ministry",
        "text": CALL.text,
        "since": MORNING.isoformat(),
        "at": MORNING.isoformat(),
        "times": 1,
        "site": "The Daily",
    }


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("correct horse battery", b"correct horse battery"),
        ("whsec_" + b64encode(b"\x00\xff" * 16).decode(), b"\x00\xff" * 16),
    ],
    ids=["words", "whsec"],
)
async def test_a_receiver_can_tell_that_it_was_the_desk(
    word: str, key: bytes, hook: tuple[Hook, str], tmp_path: Path
) -> None:
    place, url = hook
    (tmp_path / "token").write_text("let me in\n".replace(" ", "-"))
    facts = {"url": url, "token_file": str(tmp_path / "token"), "secret_env": "HOOK_KEY"}
    route = made("webhook", {"HOOK_KEY": word}, **facts)
    await tell(route)
    await tell(route)
    (_, headers, body), (_, again, _) = place.posted
    assert headers["authorization"] == "Bearer let-me-in"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    version, _, mac = headers["webhook-signature"].partition(",")
    assert version == "v1"
    assert b64decode(mac) == hmac.new(key, signed, hashlib.sha256).digest()
    assert again["webhook-id"] == headers["webhook-id"], "a call told twice can be told apart"
    assert "let-me-in" not in repr(route)
    assert word not in repr(route)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n", "answered 500"),
        (
            b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\n\r\n",
            "answered 302, a redirect",
        ),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\nx", "the answer has more than"),
        (b"220 mail.example ESMTP\r\n", "no connection"),
        (b"", "no connection"),
    ],
    ids=["500", "302", "too much", "no HTTP", "nothing"],
)
async def test_anything_but_a_yes_is_a_no(
    answer: bytes, words: str, hook: tuple[Hook, str], caplog: pytest.LogCaptureFixture
) -> None:
    place, url = hook
    place.answer = answer
    with caplog.at_level("DEBUG"):
        said = await fault(made("webhook", {"HOOK": url}, url_env="HOOK"))
    assert words in said
    assert len(place.posted) == 1, "no redirect is followed, nothing is repeated here"
    assert "room=7" not in said + caplog.text
    assert "/desk" not in said + caplog.text


async def test_a_web_server_that_never_comes_to_an_end_is_cut_off() -> None:
    for answer in (b"H", b"HTTP/1.1 200 OK\r\ncontent-length: 90000\r\n\r\nx"):
        async with raw(answer, again=True) as port:
            route = made("webhook", url=f"http://127.0.0.1:{port}/")
            short = msgspec.structs.replace(route, seconds=0.2)  # type: ignore[type-var]
            async with asyncio.timeout(10):
                assert await fault(short)


# --- command ------------------------------------------------------------------------------------


def script(folder: Path, body: str) -> str:
    path = folder / "ring"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


async def test_a_program_is_given_the_call_as_json(tmp_path: Path) -> None:
    program = script(tmp_path, f'cat > "{tmp_path}/told"; printf %s "$1" > "{tmp_path}/argument"')
    call = msgspec.structs.replace(CALL, text=INJECTION)
    argument = "$(touch nothing); `touch nothing`"
    assert await tell(made("command", argv=[program, argument]), call) is None
    told = (tmp_path / "told").read_bytes()
    assert told.count(b"\n") == 1
    assert told.isascii()
    assert json.loads(told)["text"] == INJECTION
    assert (tmp_path / "argument").read_text() == argument, "no shell is in between"
    assert not (tmp_path / "nothing").exists()


async def test_a_program_that_fails_or_is_not_there_is_said(tmp_path: Path) -> None:
    assert "ended with exit code 3" in await fault(
        made("command", argv=[script(tmp_path, "exit 3")])
    )
    assert "cannot be started: No such file" in await fault(
        made("command", argv=[str(tmp_path / "nowhere")])
    )


async def test_a_program_that_reads_nothing_is_no_fault(tmp_path: Path) -> None:
    assert await tell(made("command", argv=[script(tmp_path, "exit 0")])) is None


async def test_a_program_that_takes_too_long_is_killed_with_what_it_started(
    tmp_path: Path,
) -> None:
    pid = tmp_path / "pid"
    program = script(tmp_path, f'sleep 600 & echo $! > "{pid}"; wait')
    async with asyncio.timeout(20):
        said = await fault(made("command", argv=[program], seconds=1.0))
    assert "was killed: it took longer than 1 s" in said

    async def gone() -> None:
        while is_alive(int(pid.read_text())):  # noqa: ASYNC110  the system tells nobody
            await asyncio.sleep(0.01)

    await asyncio.wait_for(gone(), 10)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


# --- secrets ------------------------------------------------------------------------------------


def test_no_setting_means_no_route() -> None:
    assert routes(AlertsTable(), "The Daily", {}) == []


NOT_THERE = {
    "a variable that is not set": ({"url_env": "UNSET"}, "alerts.webhook.url: UNSET holds no"),
    "a file that is not there": (
        {"url": "https://desk.example/", "token_file": "nowhere"},
        "alerts.webhook.token: nowhere: No such file",
    ),
    "a key that is no base64": (
        {"url": "https://desk.example/", "secret_env": "BAD"},
        "what follows whsec_ must be base64",
    ),
    "a line break in a secret": (
        {"url": "https://desk.example/", "token_env": "TWO"},
        "holds no secret",
    ),
}


@pytest.mark.parametrize("what", NOT_THERE)
def test_a_secret_that_is_not_there_is_a_fault_of_the_configuration(what: str) -> None:
    facts, words = NOT_THERE[what]
    with pytest.raises(ConfigError, match=words):
        made("webhook", {"BAD": "whsec_!!!", "TWO": "a\nb"}, **facts)


def test_a_login_without_a_password_is_a_fault_of_the_configuration() -> None:
    with pytest.raises(ConfigError, match="user:password"):
        mail(25, {"LOGIN": "desk"}, login_env="LOGIN")
