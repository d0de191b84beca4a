"""The account of law 1: text plus named omissions must add up to every character that came."""

import re
from collections.abc import Iterable

import msgspec

from copytaster.item import Copy
from copytaster.item import Piece
from copytaster.text._plain import plain

_LAYOUT_CHARACTERS = " \t\n\f\r"
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
    text: str
    """the canonical text that was walked"""


def account(naive: str, copy: Copy) -> Account:
    """Walk the copy's pieces along the naive characters, and its text along the kept pieces.

    Between pieces only layout white space (space, TAB, LF, FF, CR) may be passed over;
    inside a piece every character must be equal, and both walks must come out at the end.
    In the text no two pieces run together, unless something was left out between them: a
    blank that was lost is a word that was changed.
    """
    omitted = copy.omissions
    pieces = [piece.text for piece in copy.pieces]
    kept = [p.text for p in copy.pieces if p.omitted is None] if omitted else pieces
    text = plain(copy)
    at = _unlike(naive, pieces) or _lost(text, copy, kept)
    return Account(ok=at is None, kept=sum(map(len, kept)), omitted=omitted, at=at, text=text)


def _lost(text: str, copy: Copy, kept: list[str]) -> str | None:
    """Where the canonical text and the kept pieces part; None when they add up."""
    if text == "\n\n".join(kept) + "\n":
        return None  # one piece to a block, as most copies are
    return _difference(text, kept, "the text") or _together(text, copy.pieces)


def _together(text: str, pieces: Iterable[Piece]) -> str | None:
    """Where two kept pieces stand without white space, and nothing is left out between them."""
    at, parted = 0, True
    for piece in pieces:
        if piece.omitted is not None:
            parted = True
            continue
        begins = at if text.startswith(piece.text, at) else _behind_layout(text, piece.text, at)
        edges = text[at - 1 : at] + piece.text[:1]
        if begins == at and not parted and edges == edges.strip(_LAYOUT_CHARACTERS):
            return f"after {text[max(0, at - _SHOWN) : at]!r}: the text runs on with no blank"
        at, parted = begins + len(piece.text), False
    return None


def _unlike(naive: str, pieces: list[str]) -> str | None:
    """Where the source's characters and the pieces part; None when they add up."""
    if naive.strip(_LAYOUT_CHARACTERS) == "\n".join(pieces):
        return None  # a line end between two blocks and nothing else, as many bodies are laid out
    return _difference(naive, pieces, "the source")


def _difference(characters: str, pieces: Iterable[str], name: str) -> str | None:
    """Where ``characters`` and the pieces part, in words; None when they add up."""
    at = 0
    begins_with = characters.startswith
    for text in pieces:
        if not begins_with(text, at):
            begins = _behind_layout(characters, text, at)
            if begins < 0:
                return _shown(characters, _past_layout(characters, at), text, name)
            at = begins
        at += len(text)
    at = _past_layout(characters, at)
    return None if at == len(characters) else _shown(characters, at, "", name)


def _behind_layout(characters: str, text: str, at: int) -> int:
    """Where ``text`` begins when only layout stands before it, else -1."""
    if characters[at : at + 1] == "\n" and characters.startswith(text, at + 1):
        return at + 1  # the commonest: one line end
    begins = _past_layout(characters, at)
    if characters.startswith(text, begins):
        return begins
    # A preformatted piece begins with white space of its own.
    return characters.find(text, at, begins + len(text))


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
