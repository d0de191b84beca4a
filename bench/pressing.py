"""What it costs to make every surface of one story: the press alone, in this process.

Each story is another, so that nothing made for one is found again for the next. Measured is the
CPU of this thread, which other programs on the machine lengthen less than they lengthen time.
"""

import time
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta

from bench.measures import Scale
from bench.numbers import Result
from bench.numbers import percentile
from bench.stories import Writer
from copytaster import agency
from copytaster import formats
from copytaster import press
from copytaster.press import Change
from copytaster.press import Facts
from copytaster.press import FeedLine
from copytaster.press import Picture
from copytaster.press import Site

_SITE = Site(name="The Bench", url="https://bench.example", language="en-GB", tagline="Timed")
_BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
_AT_ONCE = 10
_BYTES = 7_600
"""of NewsML-G2 for a story of 1,000 words"""


def surfaces(scale: Scale) -> list[Result]:
    """One edition with a picture, the third of its story, and its place in every list."""
    everything = [facts(number) for number in range(scale.pressed)]
    words = [len(press.edition(one, _SITE).files["text"].split()) for one in everything[:10]]
    took = [_cost(everything[n : n + _AT_ONCE]) for n in range(0, len(everything), _AT_ONCE)]
    mean = sum(words) // len(words)
    load = f"{len(everything)} stories of {mean:,} words with a picture, ten at a time"
    return [
        Result(
            name=f"CPU for every surface of one story, p{part}",
            value=percentile(took, part) * 1000,
            unit="ms",
            target=target,
            load=load,
        )
        for part, target in ((50, 3.0), (90, None))
    ]


def _cost(several: Sequence[Facts]) -> float:
    """Seconds of CPU for one story, measured over several: on some machines the reading of the
    clock itself takes a tenth of one."""
    began = time.thread_time()
    for one in several:
        _press(one)
    return (time.thread_time() - began) / len(several)


def _press(one: Facts) -> None:
    """Page, text, ninjs and list entry through the gate, then the entry in three feeds."""
    pressed = press.edition(one, _SITE)
    if pressed.faults:
        raise RuntimeError(f"the gate refuses the bench's own story: {pressed.faults[0]}")
    line = FeedLine(story=pressed.entry, face_changed=one.face_changed, pictures=one.pictures)
    for feed in (press.atom, press.rss, press.json_feed):
        feed(None, [line], _SITE, path="")
    press.encode_entry(pressed.entry)


def facts(number: int) -> Facts:
    """The third edition of story ``number``."""
    profile = agency.load("default")
    made = _BEGAN + timedelta(minutes=number)
    data = Writer(21, size=_BYTES).story(number, made, version=3)
    item = formats.parse(data, profile, formats.Context(received=made)).items[0]
    times = [made + timedelta(minutes=late) for late in (0, 4, 9)]
    told = ((None, "published"), ("update", "updated"), ("correction", "updated"))
    changes = tuple(
        Change(kind=kind, at=at, edition=edition, reason=reason)
        for edition, (at, (reason, kind)) in enumerate(zip(times, told, strict=True), start=1)
    )
    return Facts(
        story=f"{number:016d}",
        edition=3,
        newest=3,
        item=item,
        agency=profile,
        published=times[0],
        updated=times[2],
        first_public=times[0],
        face_changed=times[2],
        changes=changes,
        sections=("economy",),
        pictures=(
            Picture(
                id=f"urn:bench:picture:{number}",
                path=f"/media/{number:032x}.jpg",
                media_type="image/jpeg",
                width=1200,
                height=800,
                size=150_000,
                caption=f"The northern lock on Monday, picture {number}",
                alt="A lock with its gates open",
                credit="Bench",
            ),
        ),
    )
