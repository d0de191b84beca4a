"""Where a story stands on the site, for whoever looks at all its addresses."""

from copytaster import press
from copytaster.channels import Placement
from copytaster.query import LONGEST_ASKED
from copytaster.query import MOST_ASKED
from copytaster.store import Store
from copytaster.store import Story
from copytaster.text import fold


def placement(store: Store, story: Story, corrections: tuple[int, ...] = ()) -> Placement | None:
    """Where readers may have met it; None for one that was never public.

    ``corrections``: the events by which the corrections page lists it.
    """
    if story.first_public is None:
        return None
    return Placement(
        story=story.id,
        editions=story.edition,
        agency=story.agency,
        shelves=story.shelves,
        first_public=story.first_public,
        number=story.number,
        corrections=corrections,
        found_by=_found_by(store, story),
        logged=bool(store.log.of(story.id)),
    )


def _found_by(store: Store, story: Story) -> str | None:
    """The words of its newest headline, as many as readers may look for at once."""
    edition = store.edition(story.id, story.edition)
    if edition is None or not edition.entry:  # erased: no word of it is known any more
        return None
    words = fold(press.decode_entry(edition.entry).headline).split()[:MOST_ASKED]
    while words and len(" ".join(words)) > LONGEST_ASKED:
        words.pop()
    return " ".join(words) or None
