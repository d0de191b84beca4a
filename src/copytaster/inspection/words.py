"""The words that an address shows, and where two texts part."""

import unicodedata
from typing import Final

import msgspec

from copytaster.inspection.site import Answer
from copytaster.text import read_back

_NAMELESS: Final = "a character without a name"
_CONTROLS: Final = {"\t": "TAB", "\n": "LINE FEED", "\r": "CARRIAGE RETURN"}
"""which have no name in Unicode"""


def of_page(answer: Answer) -> str | None:
    """The text that a page shows to a reader, whatever its status; None where it marks none."""
    return read_back(answer.body).text or None


def of_json(answer: Answer) -> str | None:
    """The text in a story's JSON form (ninjs); None where there is none to be read."""
    try:
        seen = msgspec.json.decode(answer.body, type=_Ninjs)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return next((one.value for one in seen.bodies if one.role == "main"), None)


class _Body(msgspec.Struct, frozen=True):
    value: str
    role: str | None = None


class _Ninjs(msgspec.Struct, frozen=True):
    bodies: tuple[_Body, ...] = ()


def parting(one: str, other: str, names: tuple[str, str]) -> str | None:
    """Where two texts differ first, by code points; None where they do not.

    ``names`` are what the texts are called in the sentence.
    """
    if one == other:
        return None
    shorter = min(len(one), len(other))
    at = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    return (
        f"at character {at + 1:,} {names[0]} has {_called(one, at)} "
        f"and {names[1]} has {_called(other, at)}"
    )


def _called(text: str, at: int) -> str:
    if at == len(text):
        return "its end"
    name = _CONTROLS.get(text[at]) or unicodedata.name(text[at], _NAMELESS)
    return f"U+{ord(text[at]):04X} {name}"
