"""One story as its editors read it: all that is known of it, put together for the desk's page."""

from collections.abc import Iterator
from collections.abc import Sequence

from copytaster import reading
from copytaster.copydesk import Between
from copytaster.copydesk import Other
from copytaster.copydesk import Pane
from copytaster.copydesk import Remarked
from copytaster.copydesk import Said
from copytaster.copydesk import Version
from copytaster.newsroom import noting
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.orders import dossier
from copytaster.newsroom.remarks import Remarks
from copytaster.reading import Span
from copytaster.store import Remark
from copytaster.store import RemarkKind
from copytaster.store import Store
from copytaster.store import Story
from copytaster.story import Message
from copytaster.text import difference
from copytaster.text import plain

_NO_HEADLINE = "(no headline)"
_MOST_OTHERS = 5
"""versions by others whose paragraphs are compared: each is read whole"""


def pane(desk: Desk, remarks: Remarks, id: str) -> Pane:
    """Raises ``Unresolved`` when there is no such story."""
    told = dossier(desk, id)
    history = desk.store.history_of(id)
    assert history.story is not None, "there is a dossier"
    versions = tuple(_versions([m for m in history.messages if m.target is None]))[::-1]
    notes = (m.item.ed_note for m in reversed(history.messages) if m.item.ed_note)
    return Pane(
        told=told,
        agency=desk.house.profile(history.story.agency).name,
        headline=_headline(versions, told["current"]),
        between=_between(remarks, history.story, told["current"]),
        versions=versions,
        notes=tuple(dict.fromkeys(notes)),
        statements=tuple(_statements(desk.store, history.story)),
        others=tuple(_others(desk.store, history.story)),
        names={
            one["agency"]: desk.house.profile(one["agency"]).name
            for one in (*told["twins"], *told["related"])
        },
    )


def _between(remarks: Remarks, story: Story, current: str | None) -> Between:
    """What editors said to each other, and whom it waits for."""
    said = remarks.of(story.id)
    given = (one.person for one in said if one.kind is RemarkKind.given)
    return Between(
        said=tuple(_remarked(one) for one in said),
        person=next(given, None),
        persons=tuple(remarks.persons()),
        takes_two=remarks.takes_two(story),
        asked_by=remarks.asked_by(story.id, current),
    )


def _remarked(one: Remark) -> Remarked:
    return Remarked(
        at=one.at.isoformat(), by=one.by, kind=one.kind.value, words=one.words, person=one.person
    )


def _versions(messages: Sequence[Message]) -> Iterator[Version]:
    """In the order in which they came, each with what changed since the one before."""
    before: str | None = None
    for message in messages:
        item, text = message.item, plain(message.item.copy)
        yield Version(
            content=item.content_hash,
            headline=item.headline or _NO_HEADLINE,
            byline=item.by,
            text=text,
            language=item.language,
            urgency=item.urgency,
            version=item.version,
            received=message.arrival.received.isoformat(),
            source=message.arrival.source,
            delivery=message.arrival.delivery,
            format=item.format.name,
            changes=() if before is None else difference(before, f"{item.headline}\n\n{text}"),
        )
        before = f"{item.headline}\n\n{text}"


def _headline(versions: Sequence[Version], current: str | None) -> str:
    found = [one.headline for one in versions if one.content == current]
    said = (*found, *(one.headline for one in versions))
    return next((one for one in said if one != _NO_HEADLINE), _NO_HEADLINE)


def _statements(store: Store, story: Story) -> Iterator[Said]:
    edition = store.edition(story.id, story.edition)
    item = noting.newest_item(store, story.id)
    if edition is None or item is None:
        return
    text = plain(item.copy)
    for one in noting.statements(edition.notes, text):
        words = " … ".join(" ".join(text[start:end].split()) for start, end in one.spans)
        yield Said(speaker=one.speaker, words=words)


def _others(store: Store, story: Story) -> Iterator[Other]:
    """What other versions of its text have that it lacks, and the other way round."""
    item = noting.newest_item(store, story.id)
    if item is None:
        return
    here = plain(item.copy)
    for twin in store.twins.of(story.id)[:_MOST_OTHERS]:
        other = noting.newest_item(store, twin.other)
        if other is None:
            continue
        there = plain(other.copy)
        found = reading.differences(here, there)
        yield Other(
            story=twin.other,
            only_here=tuple(_words(here, span) for span in found.only_one),
            only_there=tuple(_words(there, span) for span in found.only_other),
            altered=tuple((_words(here, a.one), _words(there, a.other)) for a in found.altered),
        )


def _words(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())
