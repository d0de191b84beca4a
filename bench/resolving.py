"""How soon a notice finds the stories it means, against a store of many.

In one process and without the network: the names of as many stories as are asked for are
committed, and then one notice after another is read, looked up, weighed and laid on the stories
it means, as the desk does it in the transaction that understands it; nothing of that is kept.
"""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from bench.measures import Scale
from bench.numbers import Result
from bench.numbers import percentile
from bench.stories import Writer
from copytaster import formats
from copytaster import store as stores
from copytaster.config import Config
from copytaster.newsroom._linking import Linker
from copytaster.newsroom._pile import Pile
from copytaster.newsroom._table import called
from copytaster.newsroom.house import House
from copytaster.newsroom.house import house
from copytaster.newsroom.house import new_story_id
from copytaster.store import Face
from copytaster.store import History
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.story import Arrival
from copytaster.story import Message
from copytaster.story import State

_AGENCY = "dpa"
_ZONE = ZoneInfo("Europe/Berlin")
_NOW = datetime(2026, 3, 12, 20, tzinfo=UTC)
_SPAN = timedelta(days=7)
"""the stories moved evenly over so long before the notices"""
_CROWD = 100
"""stories that share the crowded slug"""
_LOT = 500
"""stories in one commit"""
_LIMIT = 5.0
"""milliseconds (issue 4)"""


def resolver(folder: Path, scale: Scale) -> list[Result]:
    """Notices of each way of naming, against ``scale.many`` stories."""
    bench = _Bench(folder, scale)
    with closing(bench.store):
        bench.fill()
        return [
            result
            for name, words, meant, target in (
                ("id", bench.by_id, 1, _LIMIT),
                ("number", bench.by_number, 1, _LIMIT),
                ("headline and minute", bench.by_headline, 1, _LIMIT),
                ("slug and minute", bench.by_slug, 1, _LIMIT),
                ("a slug of 100 and a headline", bench.by_crowd_and_headline, 1, _LIMIT),
                ("a slug of 100 alone, all of them suspended", bench.by_crowd, _CROWD, None),
            )
            for result in bench.measured(name, list(words()), meant, target)
        ]


class _Bench:
    """One store of many stories, and the notices that name some of them."""

    def __init__(self, folder: Path, scale: Scale) -> None:
        self._many, self._notices = scale.many, scale.kills
        self._writer = Writer(41, size=2048)
        self._house: House = house(Config(), "http://bench.example")
        folder.mkdir(parents=True, exist_ok=True)
        self.store: Store = stores.open_sqlite(folder / "desk.sqlite", reserve=0)
        self._linker = Linker(self._house, self.store)

    # --- the stories -----------------------------------------------------------------------

    def fill(self) -> None:
        for first in range(0, self._many, _LOT):
            numbers = range(first, min(first + _LOT, self._many))
            self.store.commit([self._change(number) for number in numbers])

    def _change(self, number: int) -> StoryChange:
        guid = self._writer.guid(number)
        story = Story(
            id=new_story_id(), agency=_AGENCY, guid=guid, state=State.live, face=Face.none
        )
        message = self._message(self._writer.story(number, self._moved(number)), number)
        pile = called(_pile(story, message))
        return StoryChange(story=story, messages=pile.fresh, names=pile.names)

    def _message(self, data: bytes, number: int | None = None) -> Message:
        parsed = formats.parse(data, self._house.profile(_AGENCY), formats.Context(received=_NOW))
        item = parsed.items[0]
        if number is not None:
            slug, told = self._slug(number), self._number(number)
            item = msgspec.structs.replace(item, slugline=slug, transmit_id=told)
        return Message(item=item, arrival=Arrival(source="bench", received=_NOW))

    def _moved(self, number: int) -> datetime:
        return _NOW - _SPAN * (self._many - number) / self._many

    def _slug(self, number: int) -> str:
        """A story of the last hours is one of the crowd, or of a slug that moves daily."""
        return "Vester-crowd" if self._is_crowd(number) else f"Vester-{number % self._daily}"

    def _is_crowd(self, number: int) -> bool:
        return 0 <= number - (self._many - 4 * _CROWD) < 4 * _CROWD and number % 4 == 0

    @property
    def _daily(self) -> int:
        return max(1, self._many // 7)

    def _number(self, number: int) -> str:
        """One story's only: of two of one number both would be meant."""
        return f"dpa {number}"

    # --- the notices -----------------------------------------------------------------------

    def _some(self) -> Iterator[int]:
        """Of the stories of the agency's day, one after another, none of the crowd."""
        midnight = _NOW.astimezone(_ZONE).replace(hour=0, minute=0)
        today = [
            number
            for number in range(self._many - self._daily, self._many)
            if self._moved(number) > midnight and not self._is_crowd(number)
        ]
        step = max(1, len(today) // self._notices)
        yield from today[::step][: self._notices]

    def by_id(self) -> Iterator[str]:
        return (f"the story {self._writer.guid(number)}" for number in self._some())

    def by_number(self) -> Iterator[str]:
        return (f"item {self._number(number)}" for number in self._some())

    def by_headline(self) -> Iterator[str]:
        for number in self._some():
            yield f'the story "{self._writer.headline(number)}" which moved at {self._at(number)}'

    def by_slug(self) -> Iterator[str]:
        for number in self._some():
            yield f"the story slugged {self._slug(number)}, which moved at {self._at(number)}"

    def by_crowd_and_headline(self) -> Iterator[str]:
        for number in self._crowd():
            yield f'the story slugged Vester-crowd, "{self._writer.headline(number)}"'

    def by_crowd(self) -> Iterator[str]:
        return ("the story slugged Vester-crowd" for _ in range(min(20, self._notices)))

    def _crowd(self) -> Iterator[int]:
        numbers = [n for n in range(self._many - 4 * _CROWD, self._many) if self._is_crowd(n)]
        yield from numbers[: self._notices]

    def _at(self, number: int) -> str:
        return f"{self._moved(number).astimezone(_ZONE):%H:%M}"

    def measured(
        self, name: str, words: list[str], meant: int, target: float | None
    ) -> list[Result]:
        took = [self._resolved(one, meant) for one in words]
        load = f"{self._many:,} stories of a week in the store, {len(took)} notices, in-process"
        return [
            Result(
                name=f"finding what a notice means by {name}, p{part}",
                value=percentile(took, part) * 1000,
                unit="ms",
                target=target,
                load=load,
            )
            for part in (50, 99)
        ]

    def _resolved(self, words: str, meant: int) -> float:
        """Seconds for one notice; it must mean as many stories as are said."""
        notice = self._message(_notice(words))
        guid = notice.item.guid
        story = Story(id=new_story_id(), agency=_AGENCY, guid=guid, state=State.held)
        began = time.perf_counter()
        linked = self._linker.link([_pile(story, notice)], _NOW)
        took = time.perf_counter() - began
        if linked.failed or len(linked.piles) - 1 != meant:
            raise RuntimeError(f"{words}: {len(linked.piles) - 1} stories found; {linked.failed}")
        return took


def _pile(story: Story, message: Message) -> Pile:
    return Pile(story=story, history=History(story=None), since=_NOW, fresh=(message,))


def _notice(words: str) -> bytes:
    said = {
        "uri": "urn:newsml:bench.example:kill",
        "version": "1",
        "versioncreated": _NOW.isoformat(),
        "pubstatus": "usable",
        "headline": "KILL KILL KILL",
        "body_text": f"Attention Editors: please kill {words}.",
    }
    return msgspec.json.encode(said)
