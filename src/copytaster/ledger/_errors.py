"""The errors of the ledger room; the tree is drawn in the package's docstring."""


class LedgerError(Exception):
    """Something about a log does not hold. The message says what, and where."""


class Malformed(LedgerError):
    """Bytes or values that are not what their format says. Nothing in them may be used."""


class Missing(LedgerError):
    """A file that a log of this size must have is not there, or has another length."""


class Unproved(LedgerError):
    """Well-formed, and false: a hash, a signature or a quorum does not come out."""
