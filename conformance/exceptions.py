"""What is not as it should be and is known, with its reason: ``exceptions.toml``."""

from fnmatch import fnmatchcase

import msgspec

from conformance.corpus import told


class Known(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One exception: the files it speaks of, and why."""

    file: str
    """below the corpus; ``*`` stands for anything"""
    reason: str
    error: str | None = None
    """for refusals: the error's name"""
    says: str = ""
    """for refusals: what its message has to contain"""


class Exceptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of them, by what they excuse."""

    refused: tuple[Known, ...] = ()
    """files that give no items at all"""
    failed: tuple[Known, ...] = ()
    """files of which single items cannot be read"""
    characters: tuple[Known, ...] = ()
    """files whose characters are not all accounted for"""
    harmless: tuple[Known, ...] = ()
    """cases that a schema refuses, and that may be published all the same"""


def known() -> Exceptions:
    """The exceptions as they are written down."""
    return msgspec.convert(told("exceptions.toml"), Exceptions)


def excused(name: str, by: tuple[Known, ...], error: Exception | None = None) -> Known | None:
    """The exception that speaks of this file (and, of a refusal, of this error), if any does."""
    kind, message = type(error).__name__, str(error)
    for each in by:
        told = error is None or (each.error in (None, kind) and each.says in message)
        if told and fnmatchcase(name, each.file):
            return each
    return None
