"""What a query means over one story in memory."""

from datetime import datetime

from copytaster.query._facts import Facts
from copytaster.query._tree import Agency
from copytaster.query._tree import Byline
from copytaster.query._tree import Came
from copytaster.query._tree import Either
from copytaster.query._tree import Every
from copytaster.query._tree import Guid
from copytaster.query._tree import Has
from copytaster.query._tree import InSection
from copytaster.query._tree import InState
from copytaster.query._tree import Language
from copytaster.query._tree import Newer
from copytaster.query._tree import Not
from copytaster.query._tree import Older
from copytaster.query._tree import Person
from copytaster.query._tree import Phrase
from copytaster.query._tree import Query
from copytaster.query._tree import Since
from copytaster.query._tree import Slug
from copytaster.query._tree import Source
from copytaster.query._tree import Subject
from copytaster.query._tree import Term
from copytaster.query._tree import Title
from copytaster.query._tree import Until
from copytaster.query._tree import Urgency
from copytaster.query._tree import Words
from copytaster.text import needle


def matches(query: Query, facts: Facts, now: datetime) -> bool:
    """Whether this story answers the query at ``now``."""
    match query:
        case Every():
            return all(matches(part, facts, now) for part in query.of)
        case Either():
            return any(matches(part, facts, now) for part in query.of)
        case Not():
            return not matches(query.of, facts, now)
        case Since() | Until() | Newer() | Older():
            return any(came(query, version.received, now) for version in facts.versions)
        case Phrase() | Title() | Byline() | Slug() | Subject() | Person():
            return _says(query, facts)
        case _:
            return _is(query, facts)


def came(query: Came, received: datetime, now: datetime) -> bool:
    """Whether what was received then came in this time."""
    match query:
        case Since():
            return received >= query.at
        case Until():
            return received < query.at
        case Newer():
            return received >= now - query.span
        case Older():
            return received < now - query.span


def _says(query: Words, facts: Facts) -> bool:
    sought = needle(query.name if isinstance(query, Person) else query.words)
    return bool(sought) and any(sought in words for words in _where(query, facts))


def _where(query: Words, facts: Facts) -> tuple[str, ...]:
    match query:
        case Phrase():
            return facts.headline, facts.seen
        case Person():
            return facts.headline, facts.seen, facts.names
        case Title():
            return (facts.headline,)
        case Byline():
            return (facts.byline,)
        case Slug():
            return (facts.slug,)
        case Subject():
            return (facts.subjects,)


def _is(query: Term, facts: Facts) -> bool:
    match query:
        case Agency():
            return query.id == facts.agency
        case Source():
            return query.id in facts.sources
        case Guid():
            return query.id == facts.guid
        case InState():
            return query.state is facts.state
        case InSection():
            return query.code in facts.all_sections
        case Language():
            return query.tag in facts.languages
        case Urgency():
            return any(query.first <= urgency <= query.last for urgency in facts.urgencies)
        case Has():
            return query.thing in facts.things
        case _:
            raise TypeError(f"{query!r} is no fact of a story")
