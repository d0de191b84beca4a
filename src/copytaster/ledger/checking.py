"""Checking one edition by its proof file (C2SP tlog-proof@v1, "Verifying a tlog proof").

In: the text as it was read, the proof, a policy, and where there are any an older checkpoint
and the log's files. Out: four checks, each with a sentence that a reader understands. What the
proof carries is believed only as far as the signed root reaches.
"""

from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Final

import msgspec

from copytaster.ledger import checkpoint
from copytaster.ledger import leaf
from copytaster.ledger import policy
from copytaster.ledger import proof
from copytaster.ledger import proving
from copytaster.ledger import tiles
from copytaster.ledger import tree
from copytaster.ledger._errors import LedgerError
from copytaster.ledger._errors import Malformed
from copytaster.ledger._errors import Missing
from copytaster.ledger._errors import Unproved
from copytaster.ledger._spelling import shown
from copytaster.ledger.checkpoint import Checkpoint
from copytaster.ledger.checkpoint import Signed
from copytaster.ledger.leaf import Event
from copytaster.ledger.policy import Believed
from copytaster.ledger.policy import Policy
from copytaster.ledger.proof import Extra
from copytaster.ledger.proof import Proof
from copytaster.ledger.proving import Prover
from copytaster.ledger.tiles import Read

TEXT: Final = "text"
INCLUDED: Final = "included"
SIGNED: Final = "signed"
APPEND_ONLY: Final = "append-only"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_SECOND = 253_402_300_799
"""of the year 9999"""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    name: str
    passed: bool | None
    """None: it was not looked at, as something for it was not given"""
    said: str
    """one sentence"""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be checked, and with what."""

    proof: bytes
    policy: Policy
    text: bytes | None = None
    """the canonical text as it was read; None where there is none, as of a kill"""
    story: str | None = None
    """whose address it was read from; None if from a file"""
    edition: int | None = None
    """by that address; None for the newest"""
    older: bytes | None = None
    """a checkpoint of the same log that was kept from before"""
    read: Read | None = None
    """the log's files"""


class _Unasked(Exception):
    """Something for a check was not given; the message says what."""


def check(case: Case) -> tuple[Check, ...]:
    """The four checks, in the order in which a reader asks."""
    return (
        _checked(TEXT, lambda: _opens(case)),
        _checked(INCLUDED, lambda: _is_included(case)),
        _checked(SIGNED, lambda: _is_signed(case)),
        _checked(APPEND_ONLY, lambda: _has_only_grown(case)),
    )


def _checked(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name=name, passed=True, said=look())
    except _Unasked as error:
        return Check(name=name, passed=None, said=str(error))
    except LedgerError as error:
        return Check(name=name, passed=False, said=str(error))


def _parts(case: Case) -> tuple[Proof, Extra, Event]:
    found = proof.decode(case.proof)
    if found.extra is None:
        raise Malformed("the proof does not carry the leaf")
    extra = proof.decode_extra(found.extra)
    return found, extra, leaf.decode(extra.leaf)


def _opens(case: Case) -> str:
    _, extra, event = _parts(case)
    if case.story is not None and event.story != case.story:
        raise Unproved(f"the proof is of the story {event.story}, not of {case.story}")
    if case.edition is not None and event.edition not in {case.edition, "all", None}:
        raise Unproved(f"the proof is of edition {event.edition}, not of {case.edition}")
    if event.text is None:
        return _tells_an_end(event, extra, case.text)
    if case.text is None:
        raise _Unasked(f"no text was given to compare with {_told(event)}")
    if extra.salt is None:
        raise Malformed("the proof does not carry the salt of the text")
    if leaf.commit("text", extra.salt, case.text) != event.text:
        raise Unproved(f"the text is not, character for character, that of {_told(event)}")
    return f"the text is, character for character, that of {_told(event)}"


def _tells_an_end(event: Event, extra: Extra, text: bytes | None) -> str:
    if extra.salt is not None:
        raise Malformed(f"the proof that {_told(event)} must not carry a salt")
    if text is not None:
        raise Unproved(f"a text is shown, and the proof is that {_told(event)}")
    return f"the log says that {_told(event)}"


def _told(event: Event) -> str:
    """``edition 3 of the story 7k…, updated (correction) on 2026-11-22 15:33:23 UTC``."""
    of = "" if event.edition is None else f"edition {event.edition} of "
    if event.edition == "all":
        of = "every edition of "
    why = f" ({event.reason})" if event.reason else ""
    verb = "," if event.text is not None else " was"
    return (
        f"{of}the story {event.story}{verb} {event.kind}{why} on {event.time:%Y-%m-%d %H:%M:%S} UTC"
    )


def _is_included(case: Case) -> str:
    found, extra, event = _parts(case)
    if event.prev is not None and event.prev >= found.index:
        raise Unproved(f"the leaf at index {found.index:,} says it follows index {event.prev:,}")
    said = checkpoint.read(found.checkpoint).checkpoint
    hashed = tree.leaf_hash(extra.leaf)
    proving.check_inclusion(hashed, found.index, said.size, found.hashes, said.root)
    return f"this is entry {found.index:,} of the {said.size:,} in the log {shown(said.origin)}"


def _is_signed(case: Case) -> str:
    believed = policy.believe(case.policy, proof.decode(case.proof).checkpoint)
    return told(believed)


def told(believed: Believed) -> str:
    """Who has signed a checkpoint that is believed, and who has seen it and when."""
    origin = shown(believed.signed.checkpoint.origin)
    times = [f"{shown(name)} at {_when(seconds)}" for name, seconds in believed.witnesses]
    seen = f", and seen by {', '.join(times)}" if times else "; the policy asks for no witness"
    return f"signed by the log {origin}{seen}"


def _when(seconds: int) -> str:
    if seconds > _LAST_SECOND:
        return f"second {seconds}"
    return f"{_EPOCH + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S} UTC"


def _has_only_grown(case: Case) -> str:
    if case.older is None and case.read is None:
        raise _Unasked("no older checkpoint was given to compare with")
    of_proof = policy.of_log(case.policy, proof.decode(case.proof).checkpoint).checkpoint
    newest, read = of_proof, case.read
    if read is not None:
        newest = current(read, case.policy).checkpoint
        grown(of_proof, newest, read)
    if case.older is None:
        return f"the log has only grown since the proof: {_sizes(of_proof, newest)}"
    older = policy.of_log(case.policy, case.older).checkpoint
    if read is None and older.size > newest.size:
        older, newest = newest, older
    grown(older, newest, read)
    return f"the log has only grown since the older checkpoint: {_sizes(older, newest)}"


def _sizes(older: Checkpoint, newer: Checkpoint) -> str:
    if older.size == newer.size:
        return f"{newer.size:,} entries then and now"
    return f"from {older.size:,} to {newer.size:,} entries"


def current(read: Read, trusted: Policy) -> Signed:
    """The log's checkpoint as it stands, signed by the log; witnesses may not have seen it yet.

    Raises :class:`Missing`, :class:`Malformed` and :class:`Unproved`.
    """
    data = read(tiles.CHECKPOINT)
    if data is None:
        raise Missing("the log has no checkpoint")
    return policy.of_log(trusted, data)


def grown(older: Checkpoint, newer: Checkpoint, read: Read | None) -> None:
    """That the newer log begins with the older one. Both must be signed by it.

    Raises :class:`Unproved`, :class:`Missing`, and :class:`_Unasked` where files are needed
    and there is nowhere to read them.
    """
    if older.origin != newer.origin:
        raise Unproved(f"{shown(older.origin)} and {shown(newer.origin)} are two logs")
    if older.size > newer.size:
        raise Unproved(f"the log has shrunk: {_sizes(older, newer)}")
    hashes: list[bytes] = []
    if 0 < older.size < newer.size:
        if read is None:
            raise _Unasked("the log's files are needed to compare with an older checkpoint")
        hashes = Prover(newer.size, read).consistency(older.size)
    proving.check_consistency(older.size, newer.size, older.root, newer.root, hashes)
