"""From the oracle's rows to real messages: an item of the corpus, or of our own, sent again.

Only what a row says is changed; the words are those of the item, byte for byte, and a row with
other words differs in its headline.
"""

import os
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import msgspec

from bench import wires
from conformance.corpus import Absent
from conformance.corpus import File
from conformance.corpus import files
from conformance.corpus import find
from copytaster import agency
from copytaster import formats
from copytaster.agency import Profile
from copytaster.formats import FormatError
from copytaster.formats._hash import seal
from copytaster.item import EditorialType
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import Partial
from copytaster.item import PubStatus
from copytaster.item import Target
from copytaster.moment import Moment
from copytaster.moment import Precision
from copytaster.moment import ZoneSource
from copytaster.story import Arrival
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import decide
from tests.lives.oracle import ENDLESS
from tests.lives.oracle import Life
from tests.lives.oracle import Notice
from tests.lives.oracle import Row
from tests.lives.oracle import Word

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PROFILE = Profile(id="lives", name="Lives")
_WHOLE_CORPUS = int(os.environ.get("COPYTASTER_EXAMPLES", "0")) >= 1000


def at(minute: int) -> datetime:
    return DAY + timedelta(minutes=minute)


# --- items to begin with ------------------------------------------------------------------------


def items() -> list[Item]:
    """Items that are live as they stand, one of each format of our own and the corpus's."""
    return [item for item in (*_own(), *_of_corpus()) if _is_live(item)]


def _own() -> list[Item]:
    context = formats.Context(received=NOW)
    profile = agency.load("dpa")
    told = wires.story(3, size=400)
    return [
        formats.parse(write(told), profile, context).items[0]
        for name, write in wires.WRITERS.items()
        if name not in ("mail", "page-text")
    ]


def _of_corpus() -> list[Item]:
    try:
        corpus = find()
    except Absent:
        return []
    return [item for file in _some(corpus) for item in _read(file)]


def _some(corpus: Path) -> list[File]:
    """All files, or some of the agencies' own, which are enough for a few dozen lives."""
    found = list(files(corpus))
    if _WHOLE_CORPUS:
        return found
    return [file for file in found if file.name.startswith("agency-samples/")][::3]


def _read(file: File) -> Sequence[Item]:
    context = formats.Context(received=NOW)
    try:
        return formats.parse(file.path.read_bytes(), agency.load(file.agency), context).items
    except FormatError:
        return ()


def _is_live(item: Item) -> bool:
    """As it stands, but for when it came."""
    plain = reissue(item, Row(content="", words="A"))
    arrival = Arrival(source="wire", received=DAY)
    return decide([Message(item=plain, arrival=arrival)], [], PROFILE, DAY).state is State.live


# --- sent again ---------------------------------------------------------------------------------


def reissue(item: Item, row: Row) -> Item:
    """The item as a row says it is sent."""
    kinds = (EditorialType(row.kind),) if row.kind else ()
    headline = item.headline or "Without a headline"
    other = () if row.words == "A" else (Headline(value=f"{headline} ({row.words})"),)
    return seal(
        msgspec.structs.replace(
            item,
            version=None if row.number is None else str(row.number),
            version_number=row.number,
            version_created=None if row.made is None else _moment(row.made),
            first_created=None,
            expires=None,
            pub_status=PubStatus(row.status),
            status_raw=None,
            embargo=_embargo(row.embargo),
            editorial_types=kinds,
            partial=Partial.add if row.part else Partial.none,
            headlines=other or item.headlines,
            hold_reason=(),
            targets=(),
            repairs=(),
        )
    )


def _moment(minute: int) -> Moment:
    instant = at(minute)
    return Moment(
        instant=instant,
        precision=Precision.second,
        zone_source=ZoneSource.explicit,
        raw=instant.isoformat(),
    )


def _embargo(minute: int | None) -> Embargo:
    if minute is None:
        return Embargo()
    if minute == ENDLESS:
        return Embargo(state=EmbargoState.indefinite)
    return Embargo(state=EmbargoState.until, until=at(minute), raw=at(minute).isoformat())


def version(item: Item, row: Row) -> Message:
    """The row as it arrives."""
    arrival = Arrival(
        source="wire",
        received=at(row.received),
        seen=None if row.seen is None else at(row.seen),
    )
    return Message(item=reissue(item, row), arrival=arrival)


def settled(item: Item, life: Life) -> Life:
    """The life with the contents that its messages have, by which the oracle tells them apart."""
    rows = tuple(row._replace(content=reissue(item, row).content_hash) for row in life.rows)
    words = tuple(
        word if word.content is None else word._replace(content=rows[int(word.content)].content)
        for word in life.words
    )
    return life._replace(rows=rows, words=words)


def notice(item: Item, said: Notice, turn: int) -> Message:
    """The notice as it arrives."""
    target = Target(
        idref=item.guid,
        new_status=PubStatus(said.status),
        when=None if said.when is None else _moment(said.when),
    )
    made = None if said.made is None else _moment(said.made)
    bare = reissue(item, Row(content="", words="A"))
    about = msgspec.structs.replace(
        bare,
        guid=f"{item.guid}#{turn}",
        version_created=made,
        targets=(target,),
        keywords=(f"{turn}",),
    )
    arrival = Arrival(source="wire", received=at(said.received))
    return Message(item=seal(about), arrival=arrival, target=target)


def decision(word: Word) -> Decision:
    return Decision(
        id=f"{word.turn:02}",
        kind=DecisionKind(word.kind),
        at=at(word.at),
        reason="desk",
        by="an editor",
        content_hash=word.content,
    )


def messages(item: Item, life: Life) -> list[Message]:
    """All messages of a life, in the order in which it names them."""
    about = [notice(item, said, turn) for turn, said in enumerate(life.notices)]
    return [*(version(item, row) for row in life.rows), *about]
