"""Queries typed in a shell: read, or refused with a mark under the character that is wrong."""

import unicodedata
from zoneinfo import ZoneInfo

from copytaster import query
from copytaster.cli._manners import Failure
from copytaster.newsroom.terminal import plain
from copytaster.query import Query
from copytaster.query import QueryError

_BEFORE = 50
_BEHIND = 20
"""characters of a long query that are shown around the one that is wrong"""


def asked_for(text: str, zone: ZoneInfo) -> Query:
    """The query somebody typed; dates in it are days of ``zone``. Raises :class:`Failure`."""
    try:
        return query.read(text, zone)
    except QueryError as error:
        lines = [str(error)]
        if error.at is not None:
            lines += _pointed(text, error.at)
        raise Failure("\n".join(lines)) from error


def _pointed(text: str, at: int) -> tuple[str, str]:
    """The part of the text around a character, on one line, and a mark under that character."""
    begin = max(0, at - _BEFORE)
    before, behind = plain(text[begin:at]), plain(text[at : at + _BEHIND])
    return f"  {before}{behind}", f"  {' ' * _columns(before)}^"


def _columns(shown: str) -> int:
    """How wide a terminal shows it: marks take no place, letters of East Asia two."""
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in shown
    )
