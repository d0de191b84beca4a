"""Readers' search in the twin: every story read through, each time."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct

from copytaster.store import Filing
from copytaster.store import Said
from copytaster.store import SearchQuery
from copytaster.store import Story
from copytaster.text import fold


class Filed(Struct, frozen=True):
    """What a story was filed with."""

    fields: tuple[str, str, str]
    agency: str
    shelves: tuple[str, ...]
    language: str


def filed(story: Story, filing: Filing) -> Filed:
    fields = (fold(filing.headline), fold(filing.byline), fold(filing.text))
    language = (story.language or "").lower().partition("-")[0]
    return Filed(fields, story.agency, story.shelves, language)


def found_by(query: SearchQuery, kept: Any) -> list[Story]:
    """All that answer it, newest first."""
    stories = [kept.stories[id] for id, one in kept.filed.items() if _answers(query, one)]
    stories.sort(key=_place, reverse=True)
    return [
        story
        for story in stories
        if query.since is None or story.first_public >= query.since
        if query.until is None or story.first_public < query.until
        if query.before is None or _place(story) < query.before
    ]


def spoken(phrases: Iterable[str], kept: Any) -> dict[str, int]:
    """How many say each word; of several, no more than say the rarest."""

    def saying(word: str) -> int:
        return sum(word in " ".join(one.fields).split() for one in kept.filed.values())

    return {phrase: min(map(saying, phrase.split()), default=0) for phrase in phrases}


def saying(
    phrases: Iterable[str], since: datetime, until: datetime, besides: str, kept: Any
) -> list[Said]:
    """Those that say any of them, newest first."""
    wanted = [phrase for phrase in phrases if phrase.strip()]
    stories = [
        kept.stories[id]
        for id, one in kept.filed.items()
        if id != besides and any(_says(one, phrase) for phrase in wanted)
    ]
    stories = [story for story in stories if since <= story.first_public < until]
    stories.sort(key=_place, reverse=True)
    fields = [(story.id, kept.filed[story.id].fields) for story in stories]
    return [Said(story=id, headline=said[0], text=said[2]) for id, said in fields]


def _place(story: Story) -> tuple[Any, int]:
    return (story.first_public, story.number)


def _answers(query: SearchQuery, one: Filed) -> bool:
    wanted = [phrase for phrase in map(fold, query.phrases) if phrase.strip()]
    unwanted = [phrase for phrase in map(fold, query.without) if phrase.strip()]
    return (
        bool(wanted)
        and all(_says(one, phrase) for phrase in wanted)
        and not any(_says(one, phrase) for phrase in unwanted)
        and query.agency in {None, one.agency}
        and (query.shelf is None or query.shelf in one.shelves)
        and (not query.language or query.language.lower().partition("-")[0] == one.language)
    )


def _says(one: Filed, phrase: str) -> bool:
    return any(phrase in field for field in one.fields)
