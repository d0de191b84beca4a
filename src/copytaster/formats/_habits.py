"""What an agency's profile adds to an item of any format: kinds told in phrases, restrictions.

An agency that has no field for it says in words that a message is a kill, an advisory, a test
or a part of a story, and what its use is restricted to. The phrases are data: of its profile, and
for notices to editors the lists that all agencies share. They only ever make an item stricter.
"""

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from copytaster import text
from copytaster.agency import Phrases
from copytaster.agency import Profile
from copytaster.agency import Where
from copytaster.formats import _notice_words
from copytaster.formats import _status
from copytaster.formats._hash import seal
from copytaster.item import Concept
from copytaster.item import EditorialType
from copytaster.item import Item
from copytaster.item import Partial
from copytaster.item import Restriction

# Of these a person need not be asked whether they are notices.
_KNOWN_NOTICES = frozenset(
    {
        EditorialType.kill,
        EditorialType.elimination,
        EditorialType.withhold,
        EditorialType.release,
        EditorialType.disregard,
        EditorialType.advisory,
        EditorialType.schedule,
        EditorialType.test,
    }
)
_SOURCES = {Where.note: "edNote"}


def by_habit(item: Item, profile: Profile) -> Item:
    """The item with what the profile's phrases say of it, sealed anew where they say anything."""
    words = _notice_words.told(item, profile)
    types = _types(item, words, profile)
    restrictions = _restrictions(item, profile)
    holds = _holds(restrictions, profile)
    if words.is_likely and _KNOWN_NOTICES.isdisjoint(types):
        holds += ("notice-wording",)
    if (types, restrictions) == (item.editorial_types, item.restrictions) and not holds:
        return item
    partial = item.partial if item.partial is not Partial.none else _status.partial(types)
    return seal(
        msgspec.structs.replace(
            item,
            editorial_types=types,
            pub_status=_status.settle(item.pub_status, types),
            partial=partial,
            restrictions=restrictions,
            hold_reason=tuple(dict.fromkeys(item.hold_reason + holds)),
        )
    )


def _types(item: Item, words: _notice_words.Told, profile: Profile) -> tuple[EditorialType, ...]:
    told = [marker.means for marker in profile.markers if next(_said(item, marker), None)]
    if not told and not words.types:
        return item.editorial_types
    return tuple(dict.fromkeys((*item.editorial_types, *words.types, *told)))


def _restrictions(item: Item, profile: Profile) -> tuple[Restriction, ...]:
    found = [
        Restriction(kind=phrases.kind, value=value, source=_SOURCES.get(where, "field"))
        for phrases in profile.restricting
        for where, value in _said(item, phrases)
    ]
    return tuple(dict.fromkeys((*item.restrictions, *found)))


def _holds(restrictions: tuple[Restriction, ...], profile: Profile) -> tuple[str, ...]:
    gated = any(restriction.kind in profile.gates for restriction in restrictions)
    return ("rights-restricted",) if gated else ()


def _said(item: Item, phrases: Phrases) -> Iterator[tuple[Where, str]]:
    """Where one of the phrases stands, and the value it stands in."""
    pattern = _pattern(phrases)
    for where in phrases.where:
        for value in _VALUES[where](item):
            if value and pattern.search(value):
                yield where, value


@lru_cache(maxsize=1024)
def _pattern(phrases: Phrases) -> re.Pattern[str]:
    # A story quotes an agency's word to editors; a notice does not stand in quotation marks.
    forms = [rf"\A[^\w\"“”„«»‘']*(?:{_any(phrases.starts)})(?!\w)"] if phrases.starts else []
    forms += [rf"(?<!\w)(?:{_any(phrases.contains)})(?!\w)"] if phrases.contains else []
    forms += [rf"\A\s*(?:{_any(phrases.equals)})\s*\Z"] if phrases.equals else []
    # Without any phrase nothing is said: a pattern that matches nowhere.
    return re.compile("|".join(forms) or r"(?!)", 0 if phrases.capitals else re.IGNORECASE)


def _any(phrases: tuple[str, ...]) -> str:
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)


def _names(concepts: tuple[Concept, ...]) -> list[str | None]:
    return [value for found in concepts for value in (found.uri, found.literal, found.name)]


_VALUES: Mapping[Where, Callable[[Item], list[str | None]]] = {
    Where.headline: lambda item: [headline.value for headline in item.headlines],
    Where.slugline: lambda item: [item.slugline],
    Where.keyword: lambda item: list(item.keywords),
    Where.note: lambda item: [item.ed_note, item.advisory_line],
    Where.first_line: lambda item: [text.first_paragraph(item.copy)],
    Where.usage: lambda item: [*item.usage_terms, item.copyright_notice],
    Where.profile: lambda item: [item.profile],
    Where.genre: lambda item: _names(item.genres),
    Where.service: lambda item: list(item.services),
}
