"""The account of law 1: text plus named omissions must add up to every character that came."""

import re
from collections.abc import Iterable

import msgspec

from copytaster.item import Copy
from copytaster.item import Piece
from copytaster.text._plain import plain

_LAYOUT = re.compile(r"[ \t\n\f\r]*")
_SHOWN = 24


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a copy accounts for its source, and where it first does not."""

    ok: bool
    kept: int
    """characters of text"""
    omitted: dict[str, int]
    """characters left out, by the omission's name"""
    at: str | None
    """one line that shows the first difference"""


def account(naive: str, copy: Copy) -> Account:
    """Walk the copy's pieces along the naive characters, and its text along the kept pieces.

    Between pieces only layout white space (space, TAB, LF, FF, CR) may be passed over;
    inside a piece every character must be equal, and both walks must come out at the end.
    """
    kept = [piece for piece in copy.pieces if piece.omitted is None]
    at = _difference(naive, copy.pieces, "the source") or _difference(plain(copy), kept, "the text")
    return Account(
        ok=at is None,
        kept=sum(len(piece.text) for piece in kept),
        omitted=copy.omissions,
        at=at,
    )


def _difference(characters: str, pieces: Iterable[Piece], name: str) -> str | None:
    """Where ``characters`` and the pieces part, in words; None when they add up."""
    at = 0
    for piece in pieces:
        text = piece.text
        if not characters.startswith(text, at):
            begins = _past_layout(characters, at)
            # A preformatted piece begins with white space of its own.
            found = characters.find(text, at, begins + len(text))
            if found < 0:
                return _shown(characters, begins, text, name)
            at = found
        at += len(text)
    at = _past_layout(characters, at)
    return None if at == len(characters) else _shown(characters, at, "", name)


def _past_layout(characters: str, at: int) -> int:
    found = _LAYOUT.match(characters, at)
    return found.end() if found else at


def _shown(characters: str, at: int, text: str, name: str) -> str:
    same = _common(characters[at : at + len(text)], text)
    before = characters[max(0, at + same - _SHOWN) : at + same]
    there = characters[at + same : at + same + _SHOWN]
    here = text[same : same + _SHOWN]
    return f"after {before!r}: {name} has {there!r}, the copy {here!r}"


def _common(one: str, other: str) -> int:
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return index
    return min(len(one), len(other))
