"""What the public log's arithmetic costs: growing it, proving, and checking all of it.

All in memory and in one thread; what a disk costs is the writer's to measure. The clock is the
CPU of this thread, which other programs on the machine lengthen less than they lengthen time.
"""

import time
from datetime import UTC
from datetime import datetime
from datetime import timedelta

from bench.measures import Scale
from bench.numbers import Result
from copytaster.ledger import Case
from copytaster.ledger import Checkpoint
from copytaster.ledger import Event
from copytaster.ledger import Kind
from copytaster.ledger import Proof
from copytaster.ledger import Prover
from copytaster.ledger import SignerKey
from copytaster.ledger import audit
from copytaster.ledger import check
from copytaster.ledger import checkpoint
from copytaster.ledger import leaf
from copytaster.ledger import note
from copytaster.ledger import policy
from copytaster.ledger import proof
from copytaster.ledger import proving
from copytaster.ledger import tree
from copytaster.ledger.proof import Extra

_KEY = SignerKey(name="bench.example/log/1", seed=bytes(range(32)))
_TRUSTED = policy.decode(f"log {note.encode_vkey(_KEY.verifier)}\nquorum none\n".encode())
_BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_SALT, _TEXT = bytes(32), b"A text of an agency.\n" * 300
_BATCH = 1000
_PROOFS = 2_000


def log(scale: Scale) -> list[Result]:
    """Of leaves as a desk writes them: two of three publish a story, one updates one."""
    count = scale.logged
    leaves = [leaf.encode(event(number)) for number in range(count)]
    files, grown = _grow(leaves)
    signed = Checkpoint(origin=_KEY.name, size=count, root=tree.root(grown))
    files["checkpoint"] = checkpoint.sign(signed, [_KEY])
    size = len(leaves[-1])
    load = f"{count:,} leaves of {size} bytes, {_BATCH:,} a batch, in memory"
    began = time.thread_time()
    _grow(leaves)
    appended = count / (time.thread_time() - began)
    began = time.thread_time()
    whole = audit(files.get, _TRUSTED)
    audited = time.thread_time() - began
    if not whole.passed:
        raise RuntimeError(f"the log of the bench is false: {whole.checks}")
    target = 20.0 if count == 1_000_000 else None
    return [
        _rate("leaves appended to the log", appended, 100_000, load),
        *_proofs(files, leaves, signed),
        Result(
            name="the whole log checked", value=audited, unit="s of CPU", target=target, load=load
        ),
    ]


def event(number: int) -> Event:
    """The ``number``-th event of the log."""
    is_first = number % 3 != 2
    said = number if is_first else number - 1
    story = "".join(_DIGITS[said >> (5 * at) & 31] for at in reversed(range(16)))
    hashed = number.to_bytes(32, "big")
    return Event(
        kind=Kind.published if is_first else Kind.updated,
        feed=3,
        story=story,
        edition=1 if is_first else 2,
        prev=None if is_first else number - 1,
        time=_BEGAN + timedelta(seconds=number),
        transform=hashed,
        raw=hashed,
        text=leaf.commit("text", _SALT, _TEXT) if number < _PROOFS else hashed,
        meta=hashed,
        reason=None if is_first else "update",
    )


def _grow(leaves: list[bytes]) -> tuple[dict[str, bytes], tree.Tree]:
    files: dict[str, bytes] = {}
    grown = tree.EMPTY
    for at in range(0, len(leaves), _BATCH):
        growth = tree.grow(grown, leaves[at : at + _BATCH])
        files.update(growth.files)
        grown = growth.tree
    return files, grown


def _proofs(files: dict[str, bytes], leaves: list[bytes], signed: Checkpoint) -> list[Result]:
    count = min(_PROOFS, signed.size)
    prover = Prover(signed.size, files.get)
    indices = range(0, signed.size, signed.size // count)
    began = time.thread_time()
    hashes = [prover.inclusion(index) for index in indices]
    made = len(indices) / (time.thread_time() - began)
    hashed = [tree.leaf_hash(leaves[index]) for index in indices]
    began = time.thread_time()
    for index, entry, path in zip(indices, hashed, hashes, strict=True):
        proving.check_inclusion(entry, index, signed.size, path, signed.root)
    verified = len(indices) / (time.thread_time() - began)
    load = f"{len(indices):,} proofs over {signed.size:,} leaves"
    return [
        _rate("proofs made from tiles", made, None, load),
        _rate("proofs verified", verified, 5_000, load),
        _rate("proof files checked, text, proof and signature", _checked(files, count), None, load),
    ]


def _checked(files: dict[str, bytes], count: int) -> float:
    said = checkpoint.read(files["checkpoint"]).checkpoint
    prover = Prover(said.size, files.get)
    made = [
        Proof(
            index=index,
            hashes=tuple(prover.inclusion(index)),
            checkpoint=files["checkpoint"],
            extra=proof.encode_extra(Extra(leaf=leaf.encode(event(index)), salt=_SALT)),
        )
        for index in range(min(count, 500))
    ]
    cases = [Case(proof=proof.encode(one), policy=_TRUSTED, text=_TEXT) for one in made]
    began = time.thread_time()
    found = [check(case) for case in cases]
    took = time.thread_time() - began
    if any(each.passed is False for checks in found for each in checks):
        raise RuntimeError("a proof of the bench is false")
    return len(cases) / took


def _rate(name: str, value: float, target: float | None, load: str) -> Result:
    return Result(name=name, value=value, unit="/s of CPU", target=target, at_least=True, load=load)
