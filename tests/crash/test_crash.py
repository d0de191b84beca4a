"""``kill -9`` at random moments under load: nothing is lost, doubled, early or half written.

COPYTASTER_CRASHES says how often (2 in ``make test``, 20 in ``make ci``, 500 in ``make soak``),
COPYTASTER_SEED which.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from bench.desk import Voice
from copytaster import text
from copytaster.config import Config
from copytaster.newsroom import Desk
from copytaster.newsroom import open_desk
from copytaster.store import EventKind

if TYPE_CHECKING:
    from tests.crash.conftest import Aftermath
    from tests.crash.conftest import Pushed

pytestmark = pytest.mark.crash


@pytest.fixture(scope="module")
def voice(aftermath: "Aftermath") -> Iterator[Voice]:
    """A connection to the desk that came up after the last crash."""
    with aftermath.desk.speak() as voice:
        yield voice


@pytest.fixture(scope="module")
def addresses(aftermath: "Aftermath", voice: Voice) -> dict[int, str]:
    """The public id of every story with an acknowledged message, once all is settled."""
    found: dict[int, set[str]] = {}
    for one in aftermath.acknowledged():
        assert one.delivery is not None
        fate = voice.settled(one.delivery)
        assert fate["state"] == "taken", f"{one.kind} of story {one.number}: {fate}"
        found.setdefault(one.number, set()).update(told["story"] for told in fate["stories"])
    assert {number: ids for number, ids in found.items() if len(ids) != 1} == {}
    return {number: ids.pop() for number, ids in found.items()}


@pytest.fixture(scope="module")
def record(aftermath: "Aftermath", addresses: dict[int, str]) -> Iterator[Desk]:
    """The desk's own record, read beside it once everything is settled."""
    assert addresses
    desk = open_desk(aftermath.desk.data, Config(), lambda: datetime.now(UTC), reading=True)
    yield desk
    desk.close()


def test_the_desk_was_killed_while_it_worked(aftermath: "Aftermath") -> None:
    lost = [one for one in aftermath.pushed if one.delivery is None]
    assert aftermath.acknowledged()
    assert lost, "no message was under way when the desk was killed"


def test_nothing_acknowledged_is_lost(
    aftermath: "Aftermath", addresses: dict[int, str], record: Desk
) -> None:
    lost = [
        (number, sent.kind, sent.version)
        for number, story in aftermath.stories().items()
        for sent in story
        if sent.delivery is not None and not _is_kept(sent, record, addresses[number])
    ]
    assert lost == []


def _is_kept(sent: "Pushed", record: Desk, story: str) -> bool:
    versions = {m.item.version for m in record.store.history_of(story).messages}
    return str(sent.version) in versions


def test_every_story_is_what_its_messages_say(
    aftermath: "Aftermath", addresses: dict[int, str], record: Desk, voice: Voice
) -> None:
    wrong = {}
    for number, sent in aftermath.stories().items():
        _wait_for_embargo(sent)
        status, page = voice.get(f"/s/{addresses[number]}")
        version = re.search(rb"it was said in edition (\d+)\.", page)
        seen = (status, int(version.group(1)) if version else None)
        kinds = {event.kind for event in record.store.events(story=addresses[number])}
        allowed = _allowed(sent, was_public=EventKind.published in kinds)
        if seen not in allowed:
            wrong[number] = (seen, allowed)
    assert wrong == {}


def _wait_for_embargo(sent: "list[Pushed]") -> None:
    for one in sent:
        if one.kind == "soon" and one.opens is not None:
            time.sleep(max(0.0, 0.5 + (one.opens - datetime.now(UTC)).total_seconds()))


def _allowed(sent: "list[Pushed]", *, was_public: bool) -> set[tuple[int, int | None]]:
    """What the page may answer: what was not acknowledged may or may not have been kept. A kill
    overtakes its story; one that never was public answers as if it did not exist."""
    gone: tuple[int, int | None] = (410 if was_public else 404, None)
    if any(one.kind == "embargoed" for one in sent):
        return {(404, None)}
    kept = [one for one in sent if one.delivery is not None]
    killed = {one.version for one in sent if one.data.count(b'"stat:canceled"')}
    if any(one.version in killed for one in kept):
        return {gone}
    newest = max(one.version for one in kept)
    allowed: set[tuple[int, int | None]] = {
        (200, one.version) for one in sent if one.version >= newest and one.version not in killed
    }
    return allowed | ({gone} if killed else set())


def test_nothing_is_published_twice(addresses: dict[int, str], record: Desk, voice: Voice) -> None:
    doubled = {}
    for story in addresses.values():
        contents = Counter(edition.content_hash for edition in record.store.editions(story))
        events = Counter(event.kind for event in record.store.events(story=story))
        if set(contents.values()) - {1} or events[EventKind.published] > 1:
            doubled[story] = (contents, events)
    assert doubled == {}
    _, feed = voice.get("/feed.atom")
    ids = Counter(re.findall(rb"<entry[^>]*>.*?<id>([^<]+)</id>", feed, flags=re.DOTALL))
    assert ids
    assert {id for id, times in ids.items() if times > 1} == set()


def test_no_story_has_two_addresses(addresses: dict[int, str]) -> None:
    assert len(set(addresses.values())) == len(addresses)


def test_nothing_is_public_early(
    aftermath: "Aftermath", addresses: dict[int, str], record: Desk
) -> None:
    early = [
        (number, event.at, one.opens)
        for number, sent in aftermath.stories().items()
        for one in sent
        if one.opens is not None
        for event in record.store.events(story=addresses[number])
        if event.at < one.opens
    ]
    assert early == []


def test_no_page_is_half_written(addresses: dict[int, str], voice: Voice) -> None:
    half = {}
    for story in addresses.values():
        status, page = voice.get(f"/s/{story}")
        if status == 404:
            continue
        if not page.rstrip().endswith(b"</html>"):
            half[story] = page[-60:]
        elif status == 200:
            _, plain = voice.get(f"/s/{story}.txt")
            if text.read_back(page).text != plain.decode():
                half[story] = plain[:60]
    assert half == {}


def test_no_file_is_half_written_at_the_moment_of_a_crash(
    aftermath: "Aftermath", addresses: dict[int, str], voice: Voice
) -> None:
    """The desk makes such a file again, but not before somebody may have read it."""
    assert addresses, "what came before the crash is settled"
    served = [voice.get(f"/s/{story}")[0] for story in addresses.values()]
    assert 200 in served, "and a page that is served is written"
    assert list((aftermath.desk.data / "site").rglob("*.html")), "a notice of a hold is a page, too"
    assert aftermath.torn == []


def test_the_log_has_one_past_through_all_crashes(
    aftermath: "Aftermath", addresses: dict[int, str], record: Desk
) -> None:
    assert addresses, "what came before the crash is settled"
    whole = record.store.log.entries(0, 1_000_000)
    assert whole
    for told in aftermath.logs:
        assert told == whole[: len(told)]


def test_every_public_event_is_in_the_log_once(addresses: dict[int, str], record: Desk) -> None:
    wrong = {}
    for story in addresses.values():
        events = [event.kind.value for event in record.store.events(story=story)]
        told = [leaf.event for leaf in record.store.log.of(story)]
        if events != told:
            wrong[story] = (events, told)
    assert wrong == {}
