"""What the desk's search finds, in the words of whoever looks."""

from typing import Any

from copytaster.newsroom import _telling
from copytaster.newsroom._backlog import progress
from copytaster.store import Store
from copytaster.store import Told


def backlog(store: Store) -> tuple[int, int]:
    """How many stories from before the search can be found by now, and of how many; (0, 0) when
    all can be."""
    return progress(store, _telling.NOTE)


def headline(told: Told) -> str | None:
    """The first there is."""
    return next((one.item.headline for one in told.messages if one.item.headline), None)


def summary(told: Told) -> dict[str, Any]:
    """One story as programs see it."""
    story, first = told.story, told.messages[0]
    return {
        "story": story.id,
        "address": f"/s/{story.id}",
        "agency": story.agency,
        "guid": story.guid,
        "state": story.state.value,
        "face": story.face.value,
        "reasons": [reason.code for reason in story.reasons],
        "received": told.came.isoformat(),
        "source": first.arrival.source,
        "headline": headline(told),
        "slug": first.item.slugline,
        "language": first.item.language,
        "urgency": first.item.urgency,
    }
