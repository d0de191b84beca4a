"""What a request to the API asks for: its parameters, read strictly."""

import re
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import TypeVar

import msgspec
from starlette.requests import Request

from copytaster import section

_T = TypeVar("_T")
_EPOCH = datetime.fromtimestamp(0, UTC)
_CURSOR = re.compile(r"([0-9]{1,16})-([0-9]{1,12})")
_AGENCY = re.compile(r"[a-z0-9-]{1,40}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")
_NUMBER = re.compile(r"[0-9]{1,16}")
_MOST = 100
_MOST_CHANGES = 500


STORIES: Mapping[str, str] = {
    "before": "where the page before ended: take it from `next`",
    "limit": f"how many at most, 1 to {_MOST}; 30 without it",
    "section": "a section's code, e.g. `sport`",
    "agency": "an agency's id",
    "language": "a BCP 47 tag; `en` is also `en-IN`",
    "updated_since": "RFC 3339 with its offset: what changed since then, newest change first",
}
CHANGES: Mapping[str, str] = {
    "since": "the cursor of the last event that is known; 0, or none, begins at the first",
    "limit": f"how many at most, 1 to {_MOST_CHANGES}; 100 without it",
}
"""parameters of the lists → what they mean"""


class Unusable(ValueError):
    """A parameter cannot be used; the message names it and what to give."""


class AskedStories(msgspec.Struct, frozen=True, kw_only=True):
    """Which stories."""

    section: str | None = None
    agency: str | None = None
    language: str | None = None
    since: datetime | None = None
    """changed since then: newest change first, else newest story first"""
    before: tuple[datetime, int] | None = None
    limit: int = 30

    def speaks(self, language: str) -> bool:
        """Whether a story in this language is asked for: ``en`` is also ``en-IN``."""
        if self.language is None:
            return True
        asked, found = self.language.lower(), language.lower()
        return found == asked or found.startswith(f"{asked}-")


class AskedChanges(msgspec.Struct, frozen=True, kw_only=True):
    """Which events."""

    since: int = 0
    limit: int = 100


def stories(request: Request) -> AskedStories:
    """The stories a request asks for; raises :class:`Unusable`."""
    given = _given(request, STORIES)
    return AskedStories(
        section=_read(given, "section", STORIES, _section),
        agency=_read(given, "agency", STORIES, _matching(_AGENCY)),
        language=_read(given, "language", STORIES, _matching(_LANGUAGE)),
        since=_read(given, "updated_since", STORIES, _instant),
        before=_read(given, "before", STORIES, place),
        limit=_read(given, "limit", STORIES, lambda text: _count(text, _MOST)) or 30,
    )


def changes(request: Request) -> AskedChanges:
    """The events a request asks for; raises :class:`Unusable`."""
    given = _given(request, CHANGES)
    return AskedChanges(
        since=_read(given, "since", CHANGES, _cursor) or 0,
        limit=_read(given, "limit", CHANGES, lambda text: _count(text, _MOST_CHANGES)) or 100,
    )


def _given(request: Request, known: Collection[str]) -> Mapping[str, str]:
    """Each parameter once; one that nobody knows would be a filter that does not filter."""
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in known:
            raise Unusable(f"no parameter is called so; known: {', '.join(known)}")
        if name in given:
            raise Unusable(f"{name} is given twice; give it once")
        given[name] = value
    return given


def _read(
    given: Mapping[str, str],
    name: str,
    known: Mapping[str, str],
    read: Callable[[str], _T | None],
) -> _T | None:
    if name not in given:
        return None
    found = read(given[name])
    if found is None:
        raise Unusable(f"{name} cannot be read; it is {known[name]}")
    return found


def place(text: str) -> tuple[datetime, int] | None:
    """A place in a list: microseconds since 1970, and the story's number."""
    match = _CURSOR.fullmatch(text)
    if match is None:
        return None
    try:
        return _EPOCH + timedelta(microseconds=int(match[1])), int(match[2])
    except OverflowError:
        return None


def _cursor(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None


def _count(text: str, most: int) -> int | None:
    number = _cursor(text)
    return number if number is not None and 1 <= number <= most else None


def _section(text: str) -> str | None:
    return text if text in section.NAMES else None


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda text: text if pattern.fullmatch(text) else None


def _instant(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text)
        return read.astimezone(UTC) if read.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
