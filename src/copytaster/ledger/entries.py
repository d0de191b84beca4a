"""Whatever may stand in this log: a story's event or a control entry, by its first line."""

from copytaster.ledger import control
from copytaster.ledger import leaf
from copytaster.ledger._errors import Malformed

Entry = leaf.Event | control.Control

_EVENT = f"{leaf.HEADER}\n".encode()
_CONTROL = f"{control.HEADER}\n".encode()


def encode(entry: Entry) -> bytes:
    """The bytes that the log holds."""
    return leaf.encode(entry) if isinstance(entry, leaf.Event) else control.encode(entry)


def decode(data: bytes) -> Entry:
    """What an entry says; raises :class:`Malformed` for what this log may not hold."""
    if data.startswith(_EVENT):
        return leaf.decode(data)
    if data.startswith(_CONTROL):
        return control.decode(data)
    raise Malformed(f"an entry begins with {data[:40]!r}: neither an event nor a control entry")
