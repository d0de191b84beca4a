"""What is read of a public log, hunted: notes, checkpoints, proofs, policies, entries, bundles.

A reader refuses in its own way and in one line, or reads a value that is written in the very
bytes that were read; a whole proof or log that was changed is never praised.
"""

import random
import time
from collections.abc import Callable
from typing import Any

from copytaster.ledger import Audit
from copytaster.ledger import Case
from copytaster.ledger import Check
from copytaster.ledger import Event
from copytaster.ledger import Kind
from copytaster.ledger import LedgerError
from copytaster.ledger import Proof
from copytaster.ledger import Prover
from copytaster.ledger import audit
from copytaster.ledger import check
from copytaster.ledger import checkpoint
from copytaster.ledger import control
from copytaster.ledger import cosignature
from copytaster.ledger import entries
from copytaster.ledger import leaf
from copytaster.ledger import note
from copytaster.ledger import policy
from copytaster.ledger import proof
from copytaster.ledger import tiles
from copytaster.ledger.note import Note
from copytaster.ledger.proof import Extra
from tests.fuzz import oracle
from tests.fuzz.hunt import FEWEST
from tests.fuzz.hunt import Hunt
from tests.fuzz.hunt import keep
from tests.fuzz.hunt import kind_of
from tests.fuzz.mutations import Mutator
from tests.ledger.making import KEY
from tests.ledger.making import NOON
from tests.ledger.making import STORY
from tests.ledger.making import WITNESSES
from tests.ledger.making import Log
from tests.ledger.making import event
from tests.ledger.making import hashed
from tests.ledger.making import history

_SALT, _TEXT = bytes(range(32)), "Der Text — genau so.\n".encode()
_FIRST = event(text=leaf.commit("text", _SALT, _TEXT))
_LOG = Log([_FIRST, *history(60)[1:]])
_CHECKPOINT = _LOG.files["checkpoint"]
_SAID = note.decode(_CHECKPOINT).text
_COSIGNED = note.encode(
    Note(
        text=_SAID,
        signatures=(
            note.sign(_SAID, KEY),
            *(cosignature.cosign(_SAID, key, 1_795_000_000) for key in WITNESSES),
        ),
    )
)
_PROOF = proof.encode(
    Proof(
        index=0,
        hashes=tuple(Prover(60, _LOG.read).inclusion(0)),
        checkpoint=_CHECKPOINT,
        extra=proof.encode_extra(Extra(leaf=leaf.encode(_FIRST), salt=_SALT)),
    )
)
_VKEY = note.encode_vkey(KEY.verifier)
_POLICY = (
    "# whom we trust\n"
    f"log {_VKEY} https://desk.example/log\n"
    + "".join(f"witness w{n} {note.encode_vkey(w.verifier)}\n" for n, w in enumerate(WITNESSES))
    + "group two 2 w0 w1 w2\nquorum two\n"
).encode()
_TRUSTED = policy.decode(f"log {_VKEY}\nquorum none\n".encode())
_CONTROLS: tuple[control.Control, ...] = (
    control.Feed(time=NOON, feed=3, name="Vasant Wire"),
    control.Transform(time=NOON, transform=hashed("transform")),
    control.Key(time=NOON, old=_VKEY, new=_VKEY),
    control.Policy(time=NOON, policy=hashed("policy")),
    control.Tally(time=NOON, feed=3, day=NOON.date(), deliveries=412, ids=hashed("ids")),
)
_EVENTS: tuple[Event, ...] = tuple(event(kind) for kind in Kind)


def _exact(read: Callable[[bytes], Any], write: Callable[[Any], bytes]) -> Callable[[bytes], None]:
    """Such a reader takes one spelling only."""

    def judge(data: bytes) -> None:
        if write(read(data)) != data:
            raise oracle.Wrong("does not hold: what is read is written in the bytes it came in")

    return judge


def _bundle(data: bytes) -> None:
    for width in (1, 60, 256):
        try:
            found = tiles.decode_bundle(data, width)
        except LedgerError:
            continue
        if tiles.encode_bundle(found) != data:
            raise oracle.Wrong("does not hold: a bundle has one spelling")


def _path(data: bytes) -> None:
    path = data.decode("utf-8", "replace")
    if tiles.path(tiles.place(path)) != path:
        raise oracle.Wrong("does not hold: a path has one spelling")


def _policy(data: bytes) -> None:
    found = policy.decode(data)
    if policy.decode(policy.encode(found)) != found:
        raise oracle.Wrong("does not hold: a policy is written as it was read")
    try:
        policy.believe(found, _COSIGNED)
    except LedgerError:
        return


def _praised(data: bytes) -> None:
    """A proof that passes says what the true one says; beside the log's signature there may be
    lines of others."""
    found = check(Case(proof=data, policy=_TRUSTED, text=_TEXT, story=STORY, read=_LOG.read))
    _told(found)
    if all(each.passed for each in found) and _meant(data) != _meant(_PROOF):
        raise oracle.Wrong("does not hold: a changed proof does not pass")


def _meant(data: bytes) -> tuple[Any, ...]:
    found = proof.decode(data)
    return found.index, found.hashes, found.extra, checkpoint.read(found.checkpoint).checkpoint


def _audited(data: bytes) -> None:
    found: Audit = audit((_LOG.files | {"tile/entries/000.p/60": data}).get, _TRUSTED)
    _told(found.checks)
    if found.passed and data != _LOG.files["tile/entries/000.p/60"]:
        raise oracle.Wrong("does not hold: a log with a changed bundle does not pass")


def _told(found: tuple[Check, ...]) -> None:
    if not all(oracle.is_told(each.said) or each.passed for each in found):
        raise oracle.Wrong("does not hold: what is wrong is told in one line")


READERS: dict[str, tuple[list[bytes], Callable[[bytes], None]]] = {
    "log-note": ([_CHECKPOINT, _COSIGNED], _exact(note.decode, note.encode)),
    "log-checkpoint": (
        [_SAID.encode()],
        _exact(
            lambda data: checkpoint.decode(data.decode("utf-8", "surrogateescape")),
            lambda said: checkpoint.encode(said).encode("utf-8", "surrogateescape"),
        ),
    ),
    "log-proof": ([_PROOF], _exact(proof.decode, proof.encode)),
    "log-policy": ([_POLICY], _policy),
    "log-entry": (
        [entries.encode(said) for said in (*_EVENTS, *_CONTROLS)],
        _exact(entries.decode, entries.encode),
    ),
    "log-bundle": ([_LOG.files["tile/entries/000.p/60"]], _bundle),
    "log-path": ([b"tile/0/x001/x234/067.p/8", b"tile/entries/000", b"tile/63/999"], _path),
    "log-check": ([_PROOF], _praised),
    "log-audit": ([_LOG.files["tile/entries/000.p/60"]], _audited),
}
NAMES = tuple(READERS)


def hunt(name: str, lasting: float, begun: str) -> Hunt:
    """Read changed bytes until the time is over; stop early at three kinds of failure."""
    seeds, judge = READERS[name]
    mutator = Mutator(random.Random(f"{begun}/{name}"), seeds)
    caught: dict[str, str] = {}
    readings = 0
    end = time.monotonic() + lasting
    while (readings < FEWEST or time.monotonic() < end) and len(caught) < 3:
        data = mutator.next()
        readings += 1
        try:
            _judged(judge, data)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is what is hunted)
            caught.setdefault(kind_of(error), keep(name, data, error))
    return Hunt(name=name, seed=begun, readings=readings, caught=tuple(caught.values()))


def _judged(judge: Callable[[bytes], None], data: bytes) -> None:
    try:
        judge(data)
    except LedgerError as error:
        if not oracle.is_told(str(error)):
            raise oracle.Wrong(f"an error in one short line: {str(error)[:200]!r}") from error
