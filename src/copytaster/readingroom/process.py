"""The process that reads: texts come over the line whose number is its one argument, notes go back.

It takes in what comes while it reads, so that whoever asks never waits to be heard, and ends when
the line does.
"""

import logging
import queue
import sys
import threading
from multiprocessing.connection import Connection

import msgspec

from copytaster.reading import Notes
from copytaster.reading import prepare
from copytaster.readingroom import Text

log = logging.getLogger("copytaster.reading")

_asked = msgspec.json.Decoder(Text)
_answer = msgspec.json.Encoder()


def main() -> None:
    """Say that one is ready, then read until the line ends."""
    line = Connection(int(sys.argv[1]))
    waiting: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=_take_in, args=(line, waiting), daemon=True).start()
    prepare()
    try:
        line.send_bytes(b"")
        while (told := waiting.get()) is not None:
            line.send_bytes(_answer.encode(_read(_asked.decode(told))))
    except OSError:
        return  # nobody listens any more


def _take_in(line: Connection, waiting: "queue.SimpleQueue[bytes | None]") -> None:
    try:
        while True:
            waiting.put(line.recv_bytes())
    except (EOFError, OSError):
        waiting.put(None)


def _read(text: Text) -> Notes | None:
    try:
        return text.read()
    except Exception:
        # Told by whoever asked, who tries it again: here nobody hears it.
        log.debug("reading failed", exc_info=True)
        return None


if __name__ == "__main__":
    main()
