"""What is noted beside a story's text, and its twins, as shells and editors are told of them."""

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

import msgspec

from copytaster.agency import Profile
from copytaster.newsroom import noting
from copytaster.newsroom._beside import way
from copytaster.newsroom.house import House
from copytaster.newsroom.related import related
from copytaster.reading import Source
from copytaster.store import Store
from copytaster.store import Story
from copytaster.text import plain


def sources_told(house: House, store: Store, story: Story) -> list[dict[str, Any]]:
    """Whom the newest edition has its statements from, each with the words by which it is first
    mentioned and how often; of another newsroom also which agency of this house it is."""
    edition = store.edition(story.id, story.edition)
    item = noting.newest_item(store, story.id)
    notes = None if edition is None else noting.kept(edition.notes)
    if item is None or notes is None:
        return []
    text, named = plain(item.copy), _agencies(house)
    return [_source_told(source, text, named) for source in notes.sources if source.mentions]


def _source_told(source: Source, text: str, named: Mapping[str, str]) -> dict[str, Any]:
    first = source.mentions[0]
    return {
        "kind": source.kind,
        "name": source.name,
        "words": text[first.start : first.end],
        "mentions": len(source.mentions),
        "agency": named.get(source.name.casefold()) if source.name else None,
    }


def _agencies(house: House) -> dict[str, str]:
    """By the names under which texts cite them."""
    return {
        name.casefold(): profile.id
        for profile in house.profiles.values()
        for name in _names(profile)
    }


def _names(profile: Profile) -> Iterator[str]:
    yield from (profile.id, profile.name, *profile.cited_as)


def subjects_told(store: Store, story: Story) -> list[dict[str, Any]]:
    """What its newest edition is about, by the agency's codes and what they mean: under this the
    story is filed."""
    edition = store.edition(story.id, story.edition)
    noted = noting.subjects(edition.notes) if edition is not None else ()
    return [msgspec.to_builtins(one) for one in noted]


def twins_told(store: Store, story: Story) -> list[dict[str, Any]]:
    """The other stories that are versions of its text, in the order in which they came."""
    twins = [(twin, store.story(twin.other)) for twin in store.twins.of(story.id)]
    return [
        {
            "story": other.id,
            "agency": other.agency,
            "state": other.state.value,
            "face": other.face.value,
            "firstPublic": other.first_public.isoformat() if other.first_public else None,
            "way": way(twin).value,
            "inOther": round(twin.in_other, 4),
            "ofOther": round(twin.of_other, 4),
            "declared": twin.link,
            "scheme": twin.scheme,
        }
        for twin, other in twins
        if other is not None
    ]


def related_told(store: Store, story: Story) -> list[dict[str, Any]]:
    """The live stories that may be about the same event, the likest first."""
    found = [(one, store.story(one.story)) for one in related(store, story)]
    return [
        {
            "story": other.id,
            "agency": other.agency,
            "firstPublic": other.first_public.isoformat() if other.first_public else None,
            "likeness": round(one.likeness, 4),
            "scheme": one.scheme,
        }
        for one, other in found
        if other is not None
    ]
