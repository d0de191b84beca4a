"""The public log: leaves, tiles, notes and proofs. Arithmetic on bytes, and nothing else.

In: events, entries and keys as values, and a function that gets a log's file by its path. Out:
the files to write, proofs, and what checking them says. Pure: no clock, no disk, no network;
randomness (salts, seeds) is passed in. Not its business: where a log is kept, when it is signed,
who may read it. The formats are C2SP's, to the byte (``docs/reference/log.md``); only the leaf
is our own.

One module for each format; call sites read ``leaf.encode(event)``, ``tree.grow(tree, entries)``,
``checkpoint.sign(checkpoint, [key])``.

::

    LedgerError
    ├── Malformed   not what its format says
    ├── Missing     a file that the log must have is not there
    └── Unproved    well-formed and false
"""

from copytaster.ledger import auditing
from copytaster.ledger import checking
from copytaster.ledger import checkpoint
from copytaster.ledger import control
from copytaster.ledger import cosignature
from copytaster.ledger import entries
from copytaster.ledger import history
from copytaster.ledger import leaf
from copytaster.ledger import note
from copytaster.ledger import policy
from copytaster.ledger import proof
from copytaster.ledger import proving
from copytaster.ledger import tiles
from copytaster.ledger import tree
from copytaster.ledger._errors import LedgerError
from copytaster.ledger._errors import Malformed
from copytaster.ledger._errors import Missing
from copytaster.ledger._errors import Unproved
from copytaster.ledger.auditing import Audit
from copytaster.ledger.auditing import audit
from copytaster.ledger.checking import Case
from copytaster.ledger.checking import Check
from copytaster.ledger.checking import check
from copytaster.ledger.checkpoint import Checkpoint
from copytaster.ledger.entries import Entry
from copytaster.ledger.leaf import Event
from copytaster.ledger.leaf import Kind
from copytaster.ledger.note import SignerKey
from copytaster.ledger.note import VerifierKey
from copytaster.ledger.policy import Policy
from copytaster.ledger.proof import Proof
from copytaster.ledger.proving import Prover
from copytaster.ledger.tiles import Read
from copytaster.ledger.tree import Growth
from copytaster.ledger.tree import Tree

__all__ = [
    "Audit",
    "Case",
    "Check",
    "Checkpoint",
    "Entry",
    "Event",
    "Growth",
    "Kind",
    "LedgerError",
    "Malformed",
    "Missing",
    "Policy",
    "Proof",
    "Prover",
    "Read",
    "SignerKey",
    "Tree",
    "Unproved",
    "VerifierKey",
    "audit",
    "auditing",
    "check",
    "checking",
    "checkpoint",
    "control",
    "cosignature",
    "entries",
    "history",
    "leaf",
    "note",
    "policy",
    "proof",
    "proving",
    "tiles",
    "tree",
]
