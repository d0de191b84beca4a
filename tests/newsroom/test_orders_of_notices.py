"""A day of stories and notices in words gives one public face, whatever the order (law 3).

Each day is a handful of messages. It is lived several times, its messages in another order each
time, in one lot, in two or one by one, with the desk restarted between; who is live in the
evening must be the same. What a notice only *may* mean is down as what it does mean is: whether
the desk says killed or held may depend on what was known first, and readers see neither.
"""

from collections.abc import Callable
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from itertools import islice
from itertools import permutations
from pathlib import Path
from random import Random

import pytest

from copytaster.store import ListQuery
from tests.newsroom.making import MORNING
from tests.newsroom.making import House
from tests.newsroom.making import config
from tests.newsroom.making import house
from tests.newsroom.making import ninjs

_LIVES = 7
"""of each day"""
_NAMES = ("Amber", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Grove")


class Day:
    """One life of a day: its date, and names that no other life of it has."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.date = MORNING + timedelta(days=3 * number)
        self.ferry = f"{_NAMES[number]} ferry hits the north quay"
        self.mayor = f"{_NAMES[number]} mayor steps down tonight"
        self.slug = f"{_NAMES[number]}-builder"

    def story(
        self, guid: str, moved: str, headline: str, slug: str | None = None, text: str = ""
    ) -> bytes:
        told = text or f"Words of {guid}, told in the hall at the quay where people stood in rain."
        return self._item(
            guid, moved, headline, f"{told} It is the {_NAMES[self.number]}.", slugline=slug
        )

    def kill(self, guid: str, at: str, what: str) -> bytes:
        words = f"Attention Editors: IANS is withdrawing {what}."
        return self._item(guid, at, "NEWS ADVISORY: STORY KILL", words)

    def hold(self, guid: str, at: str, what: str) -> bytes:
        return self._item(guid, at, "HOLD HOLD HOLD", f"Attention Editors: please hold {what}.")

    def clear(self, guid: str, at: str, what: str) -> bytes:
        words = f"Attention Editors: {what} may be used now."
        return self._item(guid, at, "RELEASE RELEASE RELEASE", words)

    def _item(
        self, guid: str, at: str, headline: str, words: str, slugline: str | None = None
    ) -> bytes:
        return ninjs(
            f"{guid}@{self.number}",
            headline=headline,
            slugline=slugline,
            versioncreated=f"{self.date:%Y-%m-%d}T{at}:00+05:30",
            text=words,
        )


def a_kill_with_a_substitute(day: Day) -> list[bytes]:
    return [
        day.story("bad", "11:00", day.ferry),
        day.story("good", "11:40", day.ferry),
        day.story("other", "11:00", day.mayor),
        day.kill(
            "kill",
            "11:45",
            f'the story "{day.ferry}" which moved at 1100 hours. '
            "A substitute version has moved at 1140 hours",
        ),
    ]


def a_substitute_three_minutes_later(day: Day) -> list[bytes]:
    return [
        day.story("bad", "11:00", day.ferry),
        day.story("good", "11:03", day.ferry),
        day.kill(
            "kill",
            "11:10",
            f'the story "{day.ferry}" which moved at 1100 hours. '
            "A substitute version has moved at 1103 hours",
        ),
    ]


def a_substitute_that_is_killed_as_well(day: Day) -> list[bytes]:
    again = day.kill("again", "12:10", f'the story "{day.ferry}" which moved at 1140 hours')
    return [*a_kill_with_a_substitute(day), again]


def a_hold_and_its_all_clear(day: Day) -> list[bytes]:
    return [
        day.story("held", "11:00", day.ferry),
        day.story("other", "11:00", day.mayor),
        day.hold("hold", "11:15", f'the story "{day.ferry}"'),
        day.clear("clear", "11:45", f'the story "{day.ferry}"'),
    ]


def a_hold_its_all_clear_and_a_kill(day: Day) -> list[bytes]:
    return [*a_hold_and_its_all_clear(day), day.kill("kill", "12:00", f'the story "{day.ferry}"')]


def an_all_clear_made_before_the_hold(day: Day) -> list[bytes]:
    return [
        day.story("held", "11:00", day.ferry),
        day.clear("clear", "11:10", f'the story "{day.ferry}"'),
        day.hold("hold", "11:15", f'the story "{day.ferry}"'),
    ]


def a_hold_that_a_newer_version_lifts(day: Day) -> list[bytes]:
    return [
        day.story("held", "11:00", day.ferry),
        day.hold("hold", "11:15", f'the story "{day.ferry}"'),
        day.story("held", "11:30", day.ferry, text="Checked words of it."),
    ]


def a_kill_that_may_mean_two(day: Day) -> list[bytes]:
    return [
        day.story("one", "11:00", day.ferry),
        day.story("two", "11:01", day.ferry),
        day.story("other", "11:00", day.mayor),
        day.kill("kill", "11:45", f'the story "{day.ferry}" which moved at 1100 hours'),
    ]


def an_all_clear_that_may_mean_two(day: Day) -> list[bytes]:
    return [
        day.story("one", "11:00", day.ferry),
        day.story("two", "11:00", day.mayor),
        day.hold("hold", "11:15", f'the story "{day.ferry}"'),
        day.hold("held", "11:16", f'the story "{day.mayor}"'),
        day.clear("clear", "11:45", "the story which moved at 1100 hours"),
    ]


def a_series(day: Day) -> list[bytes]:
    name = _NAMES[day.number]
    return [
        day.story("alert", "11:00", f"{name} builder is dead", day.slug),
        day.story("urgent", "11:05", f"Family tells of {name} builder's death", day.slug),
        day.story("lead", "11:30", f"Vester mourns the builder {name}", day.slug),
        day.story("other", "11:30", day.mayor, "Vester-mayor"),
        day.kill("kill", "11:45", f'the whole series "{name} builder is dead"'),
    ]


def a_story_nearly_of_the_name_and_the_one_of_the_name(day: Day) -> list[bytes]:
    return [
        day.story("near", "11:00", f"{day.ferry} at night"),
        day.story("exact", "11:20", day.ferry),
        day.kill("kill", "11:45", f'the story "{day.ferry}"'),
    ]


def a_story_a_few_minutes_off_and_the_one_of_the_minute(day: Day) -> list[bytes]:
    return [
        day.story("near", "11:04", day.ferry),
        day.story("exact", "11:00", day.ferry),
        day.kill("kill", "11:45", f'the story "{day.ferry}" which moved at 1100 hours'),
    ]


def a_slug_that_two_have_and_the_headline_of_one(day: Day) -> list[bytes]:
    return [
        day.story("near", "11:00", day.mayor, day.slug),
        day.story("exact", "11:20", day.ferry, day.slug),
        day.kill("kill", "11:45", f'the story slugged {day.slug}, "{day.ferry}"'),
    ]


def a_slug_alone(day: Day) -> list[bytes]:
    return [
        day.story("one", "11:00", day.mayor, day.slug),
        day.story("two", "11:20", day.ferry, day.slug),
        day.story("other", "11:20", f"{_NAMES[day.number]} harbour office opens late"),
        day.kill("kill", "11:45", f"the story slugged {day.slug}"),
    ]


def a_series_nearly_named_and_the_one_of_the_name(day: Day) -> list[bytes]:
    return [
        day.story("near", "11:00", f"{day.ferry} at night", "Vester-night"),
        day.story("beside", "11:10", day.mayor, "Vester-night"),
        day.story("exact", "11:20", day.ferry, day.slug),
        day.kill("kill", "11:45", f'the whole series "{day.ferry}"'),
    ]


def killed_words_under_another_id(day: Day) -> list[bytes]:
    words = "The ferry hit the quay in the night, and nobody on it was hurt, the harbour said."
    return [
        day.story("bad", "11:00", day.ferry, text=words),
        day.story("again", "11:20", day.mayor, text=words),
        day.story("other", "11:20", f"{_NAMES[day.number]} harbour office opens late"),
        day.kill("kill", "11:45", f'the story "{day.ferry}"'),
    ]


def a_hold_and_a_kill_of_one_story(day: Day) -> list[bytes]:
    what = f'the story "{day.ferry}" which moved at 1100 hours'
    return [
        day.story("bad", "11:00", day.ferry),
        day.story("other", "11:00", day.mayor),
        day.hold("hold", "11:15", what),
        day.kill("kill", "11:20", what),
    ]


DAYS: dict[Callable[[Day], list[bytes]], set[str]] = {
    a_kill_with_a_substitute: {"good", "other"},
    a_substitute_three_minutes_later: {"good"},
    a_substitute_that_is_killed_as_well: {"other"},
    a_hold_and_its_all_clear: {"held", "other"},
    a_hold_its_all_clear_and_a_kill: {"other"},
    an_all_clear_made_before_the_hold: set(),
    a_hold_that_a_newer_version_lifts: {"held"},
    a_kill_that_may_mean_two: {"other"},
    an_all_clear_that_may_mean_two: set(),
    a_series: {"other"},
    a_story_nearly_of_the_name_and_the_one_of_the_name: {"near"},
    a_story_a_few_minutes_off_and_the_one_of_the_minute: {"near"},
    a_slug_that_two_have_and_the_headline_of_one: {"near"},
    a_slug_alone: {"other"},
    a_series_nearly_named_and_the_one_of_the_name: {"near", "beside"},
    killed_words_under_another_id: {"other"},
    a_hold_and_a_kill_of_one_story: {"other"},
}
"""what comes, and who of it is live in the evening"""


def orders(count: int, chance: Random) -> Iterator[tuple[int, ...]]:
    """As it was sent, the other way round, then others by chance."""
    yield tuple(range(count))
    yield tuple(reversed(range(count)))
    rest = list(permutations(range(count)))
    chance.shuffle(rest)
    yield from cycle(rest)


def in_one_lot(desk: House, sent: list[bytes], _chance: Random) -> None:
    take(desk, sent)


def one_by_one(desk: House, sent: list[bytes], chance: Random) -> None:
    for message in sent:
        take(desk, [message])
        if chance.random() < 0.3:
            desk.restart()


def in_two_lots(desk: House, sent: list[bytes], chance: Random) -> None:
    cut = chance.randint(1, len(sent) - 1)
    take(desk, sent[:cut])
    desk.restart()
    take(desk, sent[cut:])


def take(desk: House, lot: list[bytes]) -> None:
    desk.receive(*(desk.delivery(message, agency="ians") for message in lot))
    desk.now += timedelta(seconds=7)


def live(desk: House, day: Day) -> set[str]:
    guids = (listed.story.guid.split("@") for listed in desk.desk.store.front(ListQuery(limit=99)))
    return {name for name, number in guids if number == str(day.number)}


@pytest.mark.parametrize("day", DAYS, ids=lambda told: told.__name__)
def test_who_is_live_does_not_depend_on_the_order(
    day: Callable[[Day], list[bytes]], tmp_path: Path
) -> None:
    chance = Random(day.__name__)
    plays = cycle([one_by_one, one_by_one, in_one_lot, in_two_lots])
    differ = []
    with house(tmp_path, config(breaker={"kill_share": 0})) as desk:
        tried = islice(orders(len(day(Day(0))), chance), _LIVES)
        for life, (order, play) in enumerate(zip(tried, plays, strict=False)):
            today = Day(life)
            desk.now = today.date
            messages = day(today)
            play(desk, [messages[place] for place in order], chance)
            if live(desk, today) != DAYS[day]:
                differ.append((order, play.__name__, live(desk, today)))
    assert differ == []
