"""The least of clients against a server that does what servers do."""

import asyncio
from collections.abc import AsyncIterator
from collections.abc import Callable

import pytest

from copytaster.channels import PlainFetch
from copytaster.channels import fetch as fetching
from copytaster.channels.fetch import NoAnswer

pytestmark = pytest.mark.anyio


class Server:
    """Answers every request with these bytes; closes after so many."""

    def __init__(self, answer: Callable[[bytes], bytes]) -> None:
        self.answer = answer
        self.requests: list[bytes] = []
        self.connections = 0
        self.closes_after = 1000

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            for _ in range(self.closes_after):
                request = await reader.readuntil(b"\r\n\r\n")
                self.requests.append(request)
                writer.write(self.answer(request))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def answer(body: bytes, head: str = "", status: int = 200) -> bytes:
    return f"HTTP/1.1 {status} X\r\ncontent-length: {len(body)}\r\n{head}\r\n".encode() + body


@pytest.fixture
def server() -> Server:
    return Server(lambda request: answer(request.split()[1]))


@pytest.fixture
async def fetch(server: Server) -> AsyncIterator[PlainFetch]:
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    fetch = PlainFetch(f"http://127.0.0.1:{port}/site/")
    yield fetch
    fetch.close()
    listening.close()
    await asyncio.sleep(0)


async def test_addresses_are_asked_one_after_the_other_on_a_kept_connection(
    server: Server, fetch: PlainFetch
) -> None:
    for address in ("/a", "/b?before=1-1"):
        assert await fetch(address) == (200, f"/site{address}".encode())
    assert server.connections == 1
    assert b"accept-encoding: identity\r\n" in server.requests[0]


async def test_at_once_they_go_on_connections_of_their_own(
    server: Server, fetch: PlainFetch
) -> None:
    answers = await asyncio.gather(*(fetch(f"/{n}") for n in range(5)))
    assert answers == [(200, f"/site/{n}".encode()) for n in range(5)]


async def test_a_connection_that_was_closed_meanwhile_is_made_anew(
    server: Server, fetch: PlainFetch
) -> None:
    server.closes_after = 1
    for n in range(3):
        assert (await fetch(f"/{n}"))[0] == 200
    assert server.connections == 3


async def test_a_body_of_megabytes_comes_whole(server: Server, fetch: PlainFetch) -> None:
    body = bytes(range(256)) * 20_000
    server.answer = lambda _: answer(body, "x: y\r\n", 410)
    assert await fetch("/") == (410, body)


async def test_a_body_in_pieces_comes_whole(server: Server, fetch: PlainFetch) -> None:
    head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
    server.answer = lambda _: head + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    assert await fetch("/") == (200, b"abcde")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (b"SSH-2.0-hello\r\n\r\n", "no HTTP"),
        (answer(b"x", "content-encoding: gzip\r\n"), "coded as b'gzip'"),
        (b"HTTP/1.1 200 OK\r\nx: " + b"y" * 100_000, "a head of more than"),
    ],
)
async def test_what_is_no_answer_is_an_error_and_the_next_is_asked_anew(
    said: bytes, told: str, server: Server, fetch: PlainFetch
) -> None:
    server.answer = lambda _: said
    with pytest.raises(NoAnswer, match=told):
        await fetch("/")
    server.answer = lambda _: answer(b"good")
    assert await fetch("/") == (200, b"good")


async def test_an_answer_that_breaks_off_is_an_error(server: Server, fetch: PlainFetch) -> None:
    server.closes_after = 1
    server.answer = lambda _: b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc"
    with pytest.raises(NoAnswer, match="broke in the middle"):
        await fetch("/")


async def test_a_body_without_end_is_cut_off(
    server: Server, fetch: PlainFetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_BODY_LIMIT", 10)
    server.answer = lambda _: answer(b"x" * 100)
    with pytest.raises(NoAnswer, match="more than 10 bytes"):
        await fetch("/")


async def test_a_server_that_says_nothing_is_not_waited_for(
    server: Server, fetch: PlainFetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_PATIENCE", 0.05)
    server.answer = lambda _: b""
    with pytest.raises(TimeoutError):
        await fetch("/")
