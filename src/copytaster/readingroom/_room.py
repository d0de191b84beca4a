"""The process and the lots that it is handed: read one after the other, while the desk goes on."""

import logging
import subprocess
import sys
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.connection import Pipe

import msgspec

from copytaster.reading import Notes
from copytaster.reading import read

log = logging.getLogger("copytaster.reading")

SECONDS = 10.0
"""without an answer; a text of 50,000 words takes one"""
_MOST = 256
"""texts that wait for it; what comes beyond them is read here"""
_STOPPING = 2.0

_COMMAND = (sys.executable, "-I", "-m", "copytaster.readingroom.process")


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be read, with all that its notes depend on (:func:`read`)."""

    text: str
    language: str | None
    sent: datetime | None = None
    agency: str | None = None

    def read(self, *, indirect: bool = False) -> Notes:
        """The notes beside it, made here; without the id of a story."""
        return read(
            "",
            self.text,
            language=self.language,
            sent=self.sent,
            agency=self.agency,
            indirect=indirect,
        )


class TooLong(Exception):
    """A text whose notes did not come; it goes out without."""


_asked = msgspec.json.Encoder()
"""JSON: unlike MessagePack it keeps the offset of a moment, and so texts that differ in nothing
else are told apart"""
_answer = msgspec.json.Decoder(Notes | None)


class ReadingRoom:
    """The process and what it was asked. For one thread at a time."""

    def __init__(self, seconds: float = SECONDS, command: Sequence[str] = _COMMAND) -> None:
        self._seconds = seconds
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._is_ready = False
        """it has said so"""
        self._answered = 0
        self._waiting: dict[bytes, None] = {}
        """asked and without an answer; answers come in the order of the questions"""
        self._read: dict[bytes, Notes | None] = {}
        """None where reading failed: it fails here too, and says why"""

    def open(self) -> None:
        """Start the process; until it is ready, texts are read here. Raises OSError."""
        ours, theirs = Pipe()
        with theirs:
            # A session of its own: Ctrl-C in a terminal is for the desk, whose end ends this too.
            self._process = subprocess.Popen(  # noqa: S603  ourselves
                (*self._command, str(theirs.fileno())),
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
                env={},
            )
        self._line, self._is_ready, self._answered = ours, False, 0

    def close(self) -> None:
        """End the process. Safe to call twice; texts are read here from then on."""
        if self._line is not None:
            self._line.close()
        self._line = None
        if self._process is not None:
            self._end(self._process)
        self._process = None
        self._waiting, self._read = {}, {}

    @staticmethod
    def _end(process: "subprocess.Popen[bytes]") -> None:
        process.terminate()
        try:
            process.wait(_STOPPING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def ahead(self, texts: Iterable[Text]) -> None:
        """Have these read while other things are done; those of the lot before are forgotten."""
        if not self.is_ready:
            return
        asked = dict.fromkeys(filter(None, map(_told, texts)))
        self._read = {one: notes for one, notes in self._read.items() if one in asked}
        for one in asked:
            if one not in self._read and one not in self._waiting:
                self._ask(one)

    def read(self, text: Text) -> Notes:
        """The notes beside a text, without the id of a story: as the process made them, where it
        was asked, else made here. Raises :class:`TooLong`, and whatever reading raises."""
        asked = _told(text)
        while asked in self._waiting and self._line is not None:
            if not self._take(self._line):
                self._lose(asked)
        return self._read.get(asked or b"") or text.read()

    @property
    def is_ready(self) -> bool:
        """Whether there is a process that reads what it is handed."""
        if self._line is not None and not self._is_ready:
            try:
                self._is_ready = self._line.poll() and self._line.recv_bytes() == b""
            except (EOFError, OSError):
                self._give_up("it did not start")
        return self._is_ready and self._line is not None

    def _ask(self, asked: bytes) -> None:
        if self._line is None or len(self._waiting) >= _MOST:
            return
        try:
            self._line.send_bytes(asked)
        except OSError as error:
            self._begin_again(error)
            return
        self._waiting[asked] = None

    def _take(self, line: Connection) -> bool:
        """One answer; whether one came in time."""
        try:
            if not line.poll(self._seconds):
                return False
            notes = _answer.decode(line.recv_bytes())
        except (EOFError, OSError, msgspec.MsgspecError) as error:
            self._begin_again(f"{type(error).__name__}: {error}")
            return True
        self._answered += 1
        first = next(iter(self._waiting))
        del self._waiting[first]
        self._read[first] = notes
        return True

    def _lose(self, asked: bytes) -> None:
        """No answer came. Raises :class:`TooLong` where this is the text that it stays with."""
        stuck = next(iter(self._waiting))
        self._begin_again(f"no answer in {self._seconds:g} s")
        if stuck == asked:
            raise TooLong(f"not read within {self._seconds:g} s")

    def _begin_again(self, why: object) -> None:
        """With another process; unless this one never gave an answer: then none will."""
        if not self._answered:
            self._give_up(why)
            return
        log.warning("the process that reads is started anew: %s", why)
        self.close()
        try:
            self.open()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, why: object) -> None:
        log.warning("there is no process that reads, the desk does it itself: %s", why)
        self.close()


def _told(text: Text) -> bytes | None:
    """A text as it goes over the line; None where it cannot, and is read here."""
    try:
        return _asked.encode(text)
    except UnicodeEncodeError:  # half of a pair of surrogates, which UTF-8 does not have
        return None
