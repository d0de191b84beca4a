"""The port's part for calls: whom a person is to be called for, until that was done."""

from collections.abc import Sequence
from typing import Protocol

import msgspec


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """That a person is to be called; kept in the commit that keeps what it tells of."""

    code: str
    text: str
    about: str


class OwedCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call that was kept and not yet made."""

    number: int
    call: Call


class CallStore(Protocol):
    """What the store keeps of calls. They are kept by ``commit``."""

    def owed(self, limit: int = 100) -> list[OwedCall]:
        """Those still to be made, in the order in which they were kept."""

    def made(self, calls: Sequence[OwedCall]) -> None:
        """A person was called for these: nothing more is kept of them."""
