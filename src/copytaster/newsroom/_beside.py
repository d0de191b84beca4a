"""The other stories that are versions of a story's text, as its page is told of them."""

from collections.abc import Callable
from datetime import datetime

from copytaster import press
from copytaster import reading
from copytaster.agency import Profile
from copytaster.press import Beside
from copytaster.press import Extent
from copytaster.reading import Way
from copytaster.store import Listed
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import Twin

_MOST = 20
"""that a page names, those that were seen first"""
_EXTENTS = {
    Way.same: Extent.same,
    Way.one_is_top: Extent.longer,
    Way.one_is_part: Extent.longer,
    Way.other_is_top: Extent.shorter,
    Way.other_is_part: Extent.shorter,
}


def beside(store: Store, story: Story, profile: Callable[[str], Profile]) -> tuple[Beside, ...]:
    """The live twins of a story, as its page is told of them."""
    live = store.twins.live(story.id)
    if not live:
        return ()
    twins = {twin.other: twin for twin in store.twins.of(story.id)}
    return tuple(
        Beside(
            story=one.story.id,
            agency=profile(one.story.agency),
            published=_published(one),
            first_public=_first_public(one.story),
            extent=extent(twins[one.story.id]),
        )
        for one in live[:_MOST]
        if one.story.id in twins
    )


def extent(twin: Twin) -> Extent:
    """What the other has of the story."""
    return _EXTENTS.get(way(twin), Extent.other)


def way(twin: Twin) -> Way:
    """Which of the two has the other."""
    return reading.way(twin.in_other, twin.of_other, is_top=twin.is_top)


def _published(listed: Listed) -> datetime:
    if listed.entry is None:
        return _first_public(listed.story)
    return press.decode_entry(listed.entry).published


def _first_public(story: Story) -> datetime:
    if story.first_public is None:
        raise ValueError(f"story {story.id} has never been public")
    return story.first_public
