"""Ordinary copy of real agencies flows as well: every usable story of the corpus goes live.

A usable story is an item that says it is one: usable by its agency's word, with an id, a
headline and words. Each is received a minute after it was made. What waits all the same is
written down with its reason in ``corpus.toml``; anything else fails.
"""

import tomllib
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec
import pytest

from conformance.corpus import File
from conformance.corpus import files
from copytaster import agency
from copytaster import formats
from copytaster import verdict
from copytaster.formats import FormatError
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.store import EventKind
from copytaster.story import Arrival
from copytaster.story import Message
from copytaster.story import State
from tests.newsroom.making import config
from tests.newsroom.making import house
from tests.newsroom.making import ninjs

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_SOON = timedelta(minutes=1)


class Waits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Usable stories that are right to wait: their files, by what, and why."""

    file: str
    codes: tuple[str, ...]
    reason: str


class Usable(msgspec.Struct, frozen=True, kw_only=True):
    """One usable story, and what the desk would say of it alone."""

    file: File
    item: Item
    state: State
    codes: tuple[str, ...]


def _known() -> list[Waits]:
    told = tomllib.loads(Path(__file__).with_name("corpus.toml").read_text("utf-8"))
    return msgspec.convert(told["waits"], list[Waits])


@pytest.fixture(scope="module")
def usable(corpus: Path) -> list[Usable]:
    return [one for file in files(corpus) for one in _usable(file)]


def _usable(file: File) -> Iterator[Usable]:
    profile = agency.load(file.agency)
    context = formats.Context(received=NOW)
    try:
        parsed = formats.parse(file.path.read_bytes(), profile, context)
    except FormatError:
        return
    for item in parsed.items:
        if not _says_it_is_a_story(item):
            continue
        made = item.version_created.instant if item.version_created else None
        received = min(NOW, made + _SOON) if made else NOW
        arrival = Arrival(source="wire", received=received)
        message = Message(item=item, arrival=arrival)
        told = verdict.decide([message], [], profile, received)
        codes = tuple(sorted({reason.code for reason in told.reasons}))
        yield Usable(file=file, item=item, state=told.state, codes=codes)


def _says_it_is_a_story(item: Item) -> bool:
    return (
        item.pub_status is PubStatus.usable
        and item.type in ("text", "composite")
        and "guid-missing" not in item.hold_reason
        and bool((item.headline or "").strip())
        and bool(formats.text_of(item).strip())
    )


def test_every_usable_story_of_the_corpus_goes_live(usable: list[Usable]) -> None:
    waiting = [one for one in usable if one.state is not State.live]
    unforeseen = [
        (one.file.name, one.state, one.codes)
        for one in waiting
        if not any(_speaks_of(each, one) for each in _known())
    ]
    assert unforeseen == []
    assert len(usable) - len(waiting) > 100


def _speaks_of(known: Waits, one: Usable) -> bool:
    return fnmatchcase(one.file.name, known.file) and set(one.codes) <= set(known.codes)


def test_what_waits_in_writing_waits_in_the_corpus(usable: list[Usable]) -> None:
    waiting = [one for one in usable if one.state is not State.live]
    stale = [each.file for each in _known() if not any(_speaks_of(each, one) for one in waiting)]
    assert stale == []
    assert all(len(each.reason) > 15 for each in _known())


def test_no_story_of_the_corpus_touches_another(usable: list[Usable], tmp_path: Path) -> None:
    """Beside each stands a story of its agency with the same headline and slug."""
    live = [one for one in usable if one.state is State.live]
    sent = {one.file.name: one.file for one in live}
    no_burst = config(breaker={"old_items": 0, "obituaries": 0, "changes": 0})
    with house(tmp_path / "data", no_burst) as opened:
        opened.now = NOW
        beside = [
            opened.delivery(_beside(number, one.item), agency=one.file.agency)
            for number, one in enumerate(live)
        ]
        half = len(beside) // 2
        bytes_ = [
            opened.delivery(file.path.read_bytes(), agency=file.agency) for file in sent.values()
        ]
        opened.receive(*beside[:half], *bytes_, *beside[half:])
        store = opened.desk.store
        fates = [store.fate(delivery.id) for delivery in beside]
        stories = [id for fate in fates if fate is not None for id in fate.stories]
        assert len(stories) == len(live)
        kinds = {id: [event.kind for event in store.events(story=id)] for id in stories}
        assert {id: all for id, all in kinds.items() if all != [EventKind.published]} == {}


def _beside(number: int, item: Item) -> bytes:
    told = {"headline": item.headline, "slugline": item.slugline}
    body = '<section class="main"><p>Another story, which stays where it is.</p></section>'
    return ninjs(
        f"urn:beside:{number}",
        versioncreated=NOW.isoformat(),
        body_text=None,
        body_html=body,
        **told,
    )
