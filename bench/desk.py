"""A real desk in a process of its own: started, spoken to, stopped or killed.

The crash and browser tests use it too.
"""

import http.client
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any
from typing import Self
from urllib.parse import urlsplit

import msgspec

TOKEN = "a-token-for-loopback"
_SAYS = re.compile(r"Copytaster is running: (http://\S+?)/?\s")
_TICK = os.sysconf("SC_CLK_TCK")


class DeskFailed(RuntimeError):
    """The desk did not start or did not answer; the message holds what it said."""


class Desk:
    """``copytaster run`` on a free port of loopback, with its data in ``data``."""

    def __init__(self, data: Path, *, config: Path | None = None) -> None:
        self.data = data
        self._config = config
        self._log = data.with_name(f"{data.name}.log")
        self._process: subprocess.Popen[bytes] | None = None
        self.base = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self, *, patience: float = 60.0) -> float:
        """Start it; returns the seconds until it said that it serves."""
        began = time.monotonic()
        program = "from copytaster.cli import main; main()"
        arguments = ["run", "--data", str(self.data), "--listen", "127.0.0.1:0"]
        if self._config is not None:
            arguments += ["--config", str(self._config)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", program, *arguments],
                cwd=self.data.parent,
                env={**os.environ, "COPYTASTER_INBOX_TOKEN": TOKEN},
                stdout=subprocess.PIPE,
                stderr=log,
            )
        self.base = self._said_where(began + patience)
        return time.monotonic() - began

    def _said_where(self, deadline: float) -> str:
        """The address in the first line it prints."""
        pipe = self._running.stdout
        if pipe is None:
            raise DeskFailed("the desk has no stdout")
        said = b""
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while (left := deadline - time.monotonic()) > 0:
                if not selector.select(left):
                    continue
                piece = os.read(pipe.fileno(), 4096)
                said += piece
                if found := _SAYS.search(said.decode()):
                    return found.group(1)
                if not piece:
                    break
        self.kill()
        raise DeskFailed(f"the desk did not start: {self.said()[-2000:]}")

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise DeskFailed("the desk was not started")
        return self._process

    @property
    def pid(self) -> int:
        return self._running.pid

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        parts = urlsplit(self.base)
        return parts.hostname or "", parts.port or 80

    def said(self) -> str:
        """Everything it wrote to its log."""
        return self._log.read_text("utf-8", errors="replace")

    def kill(self) -> None:
        """``kill -9``: nothing of it runs on."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to stop, and insist after twenty seconds."""
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        process = self._running
        if process.poll() is None:
            process.send_signal(number)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def memory(self) -> int:
        """Resident bytes."""
        listed = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(self.pid)], capture_output=True, text=True, check=True
        )
        return int(listed.stdout) * 1024

    def cpu(self) -> float:
        """Seconds of CPU it has used."""
        if Path("/proc/self/stat").exists():
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / _TICK
        listed = subprocess.run(
            ["ps", "-o", "time=", "-p", str(self.pid)], capture_output=True, text=True, check=True
        )
        seconds = 0.0
        for part in listed.stdout.strip().replace("-", ":").split(":"):
            seconds = seconds * 60 + float(part)
        return seconds

    def speak(self) -> "Voice":
        """A connection of its own, one for each thread; leaving its block closes it."""
        return Voice(*self.address)


class Voice:
    """One keep-alive connection to the desk. Raises OSError or HTTPException when it is gone."""

    def __init__(self, host: str, port: int) -> None:
        self._connection = http.client.HTTPConnection(host, port, timeout=30)

    def push(self, data: bytes, *, agency: str, content_type: str = "application/xml") -> str:
        """Hand in a delivery; returns its id. Raises DeskFailed unless it was acknowledged."""
        status, _, body = self._ask(
            "POST",
            f"/wire/inbox?agency={agency}",
            data,
            {"authorization": f"Bearer {TOKEN}", "content-type": content_type},
        )
        if status != 202:
            raise DeskFailed(f"not acknowledged: {status} {body[:200]!r}")
        return str(msgspec.json.decode(body)["id"])

    def fate(self, delivery: str) -> dict[str, Any] | None:
        """What became of a delivery; None when the desk knows of no such id."""
        status, _, body = self._ask(
            "GET", f"/wire/inbox/{delivery}", None, {"authorization": f"Bearer {TOKEN}"}
        )
        return dict(msgspec.json.decode(body)) if status == 200 else None

    def settled(self, delivery: str, *, patience: float = 60.0) -> dict[str, Any]:
        """The fate of a delivery once it is no longer waiting."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            fate = self.fate(delivery)
            if fate is None:
                raise DeskFailed(f"delivery {delivery} was acknowledged and is not known")
            if fate["state"] != "waiting":
                return fate
            time.sleep(0.005)
        raise DeskFailed(f"delivery {delivery} still waits after {patience:g} s")

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of a public address."""
        status, _, body = self._ask("GET", path, None, {})
        return status, body

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()
