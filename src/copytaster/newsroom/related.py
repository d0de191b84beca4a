"""Stories that may be about the same event as one: for people to look at, and never merged."""

from copytaster import reading
from copytaster.newsroom import noting
from copytaster.reading import Related
from copytaster.reading import Spread
from copytaster.reading import Terms
from copytaster.store import Store
from copytaster.store import Story
from copytaster.text import plain


def related(store: Store, story: Story) -> list[Related]:
    """Live stories, first public within 72 hours of this one, that share its rarest words; the
    likest first. Versions of its text are not among them: these are known for what they are."""
    item = noting.newest_item(store, story.id)
    if item is None or story.first_public is None:
        return []
    one = reading.terms(item.headline or "", plain(item.copy))
    stories = store.counts()["live"]
    words = reading.telling(one, Spread(stories=stories, saying=store.spoken(list(one))))
    since, until = story.first_public - reading.SPAN, story.first_public + reading.SPAN
    twins = {twin.other for twin in store.twins.of(story.id)}
    others: dict[str, Terms] = {
        said.story: reading.terms(said.headline, said.text)
        for said in store.saying(words, since, until, besides=story.id)
        if said.story not in twins
    }
    told = sorted({*one, *(term for other in others.values() for term in other)})
    return reading.related(one, others, Spread(stories=stories, saying=store.spoken(told)))
