"""How a shell reaches the running desk: one JSON line each way over a Unix socket.

The socket lies in a folder only its owner may enter; its path is in ``control`` in the data
folder (a data folder's own path may be longer than a socket's may). Nothing listens on the
network.
"""

import asyncio
import contextlib
import getpass
import os
import shutil
import socket
import tempfile
from collections.abc import AsyncGenerator
from collections.abc import AsyncIterator
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

_LIMIT = 64 * 1024 * 1024
_TIMEOUT = 120.0


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a shell asks: an operation of :mod:`copytaster.newsroom.orders` by name."""

    order: str
    arguments: dict[str, Any] = {}
    user: str = ""
    """of the shell"""


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of an answer; ``last`` ends it."""

    result: Any = None
    error: str | None = None
    last: bool = True


def user() -> str:
    """Who gives orders here; in a container the system may have no name for its user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


class DeskGone(ConnectionError):
    """The desk that was running stopped answering."""


Handle = Callable[[Request], AsyncGenerator[Answer, None]]


@contextlib.asynccontextmanager
async def listening(data: Path, handle: Handle) -> AsyncIterator[None]:
    """Answer shells while the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="copytaster-"))
    path = folder / "control.sock"
    pointer = data / "control"
    server = await asyncio.start_unix_server(_answering(handle), path=path, limit=_LIMIT)
    pointer.write_text(str(path))
    try:
        yield
    finally:
        server.close()
        pointer.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


def _answering(
    handle: Handle,
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            line = await reader.readline()
            request = msgspec.json.decode(line, type=Request)
            async for part in handle(request):
                writer.write(msgspec.json.encode(part) + b"\n")
                await writer.drain()
        except (ConnectionError, msgspec.DecodeError, ValueError) as error:
            with contextlib.suppress(ConnectionError):
                writer.write(msgspec.json.encode(Answer(error=str(error))) + b"\n")
        finally:
            writer.close()

    return answer


def is_running(data: Path) -> bool:
    """Whether a desk answers for this data folder."""
    try:
        with _connected(data):
            return True
    except (OSError, ValueError):  # nobody there, or the pointer names nothing
        return False


def ask(data: Path, order: str, **arguments: Any) -> Iterator[Any]:
    """The results of an order given to the running desk. Raises DeskGone, or ValueError with
    the desk's own words when it refuses."""
    request = Request(order=order, arguments=arguments, user=user())
    for answer in _answers(data, request):
        if answer.error is not None:
            raise ValueError(answer.error)
        yield answer.result
        if answer.last:
            return
    raise DeskGone("the desk stopped before it answered; look at its log, then ask again")


def _answers(data: Path, request: Request) -> Iterator[Answer]:
    try:
        with _connected(data) as connection:
            connection.sendall(msgspec.json.encode(request) + b"\n")
            with connection.makefile("rb") as lines:
                for line in lines:
                    yield msgspec.json.decode(line, type=Answer)
    except TimeoutError as error:
        why = f"the desk did not answer within {_TIMEOUT:g} s; it may yet do as it was asked"
        raise DeskGone(f"{why}: look at its log") from error
    except ConnectionError:
        return  # it hung up before its last answer


@contextlib.contextmanager
def _connected(data: Path) -> Iterator[socket.socket]:
    pointer = data / "control"
    if not pointer.exists():
        raise FileNotFoundError(f"no desk runs on {data}")
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(_TIMEOUT)
        connection.connect(os.fspath(pointer.read_text()))
        yield connection
    finally:
        connection.close()
