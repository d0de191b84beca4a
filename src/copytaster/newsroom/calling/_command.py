"""By command: a program of the house's own is given the call as JSON on its standard input.

No shell is in between, so that nothing an agency writes is ever read as a command. The program
and what it started are killed when they take too long.
"""

import contextlib
import os
import signal
import subprocess

import msgspec

from copytaster.config import CommandTable
from copytaster.newsroom._latch import Call
from copytaster.newsroom.calling._route import Unreached
from copytaster.newsroom.calling._words import packed


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """The route of ``[alerts.command]``."""

    table: CommandTable
    site: str
    name: str = "command"

    @property
    def shown(self) -> str:
        return self.table.argv[0]

    def tell(self, call: Call) -> str | None:
        """Run the program to its end. What it prints on stderr is seen on the desk's own."""
        try:
            program = subprocess.Popen(  # noqa: S603  the operator's own argv, without a shell
                self.table.argv,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            why = (isinstance(error, OSError) and error.strerror) or str(error)
            raise Unreached(f"{self.shown} cannot be started: {why}") from error
        with program:
            self._wait(program, packed(call, self.site))
        if program.returncode:
            raise Unreached(f"{self.shown} ended with {_ending(program.returncode)}")
        return None

    def _wait(self, program: subprocess.Popen[bytes], told: bytes) -> None:
        try:
            program.communicate(told, timeout=self.table.seconds)
        except subprocess.TimeoutExpired as error:
            _kill(program.pid)
            raise Unreached(
                f"{self.shown} was killed: it took longer than {self.table.seconds:g} s"
            ) from error


def _kill(group: int) -> None:
    """The program and what it started: it leads a session of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _ending(code: int) -> str:
    return f"exit code {code}" if code > 0 else f"signal {-code}"
