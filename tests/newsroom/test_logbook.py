"""What the public log is told: every public event, in its own transaction, and nothing else."""

import hashlib
import tempfile
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from copytaster import press
from copytaster.agency import DRILL
from copytaster.agency import DRILL_SOURCE
from copytaster.ledger import audit
from copytaster.ledger import leaf
from copytaster.ledger import policy
from copytaster.ledger.control import Feed
from copytaster.ledger.control import Transform
from copytaster.ledger.leaf import Kind
from copytaster.newsroom import _drill_copy
from copytaster.newsroom._logbook import framed
from copytaster.newsroom._logbook import public_name
from copytaster.store import Erasure
from copytaster.store import Event
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Filing
from copytaster.store import Leaf
from copytaster.store import Moved
from copytaster.store import Opening
from copytaster.store import StoryChange
from copytaster.story import DecisionKind
from tests.newsroom import making
from tests.newsroom import test_joining as adds
from tests.newsroom import test_licence as licences
from tests.newsroom import test_taken_back as taken_back
from tests.newsroom.logs import controls
from tests.newsroom.logs import events
from tests.newsroom.logs import keeper
from tests.newsroom.logs import logged
from tests.newsroom.making import AGENCY
from tests.newsroom.making import GUID
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import MORNING
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.newsroom.making import ninjs

pytestmark = pytest.mark.anyio


def leaves(house: House, guid: str = GUID) -> list[Leaf]:
    return house.desk.store.log.of(house.story(guid).id)


def opening(house: House, place: int = -1) -> Opening:
    """What opens an entry of the story."""
    found = house.desk.store.log.opening(leaves(house)[place].position)
    assert found is not None
    return found


def kinds(house: House) -> list[tuple[str, object, str | None]]:
    return [(one.kind.value, one.edition, one.reason) for one in events(house)]


def kept(salt: bytes | None) -> bytes:
    assert salt is not None
    return salt


# --- what is logged -----------------------------------------------------------------------------


def test_the_first_entries_say_what_the_later_ones_stand_on(house: House) -> None:
    story = house.send()
    feed, transform = controls(house)
    assert isinstance(feed, Feed)
    assert isinstance(transform, Transform)
    assert (feed.feed, feed.name) == (1, "seaboard")
    assert transform.transform.hex() == press.TRANSFORM_SHA256
    (said,) = events(house)
    assert (said.kind, said.feed, said.story, said.edition) == (Kind.published, 1, story.id, 1)
    assert (said.prev, said.time, said.transform) == (None, MORNING, transform.transform)


def test_each_event_of_a_story_has_its_entry_and_names_the_one_before(house: House) -> None:
    house.send()
    house.send(version="2", versioncreated="2026-03-02T08:58:00Z", headline="Ferry full")
    house.hold()
    house.release()
    house.kill()
    assert kinds(house) == [
        ("published", 1, None),
        ("updated", 2, "update"),
        ("held", None, "desk"),
        ("released", None, None),
        ("killed", "all", "desk"),
    ]
    first = leaves(house)[0].position
    assert [one.prev for one in events(house)] == [None, *range(first, first + 4)]


def test_words_of_the_agency_say_who_took_a_story_back(house: House) -> None:
    house.send()
    notice = ninjs(version="2", pubstatus="canceled", versioncreated="2026-03-02T08:59:00Z")
    house.receive(notice)
    killed = events(house)[-1]
    assert (killed.kind, killed.reason) == (Kind.killed, "agency")
    assert killed.raw == leaf.commit("raw", kept(opening(house).raw), notice)
    assert opening(house) == Opening(raw=opening(house).raw), "nothing else opens in a kill"


def test_a_kill_by_the_desk_commits_to_no_bytes(house: House) -> None:
    house.send()
    house.kill(reason="legal")
    killed = events(house)[-1]
    assert (killed.reason, killed.raw) == ("legal", None)
    assert house.desk.store.log.opening(leaves(house)[-1].position) is None


def test_one_edition_that_is_taken_back_is_killed_by_its_number(house: House) -> None:
    for lot in (taken_back.BAD, taken_back.GOOD, taken_back.KILL):
        taken_back.receive(house, lot)
    assert ("killed", 1, "agency") in kinds(house)
    killed = next(one for one in events(house) if one.kind is Kind.killed)
    assert killed.raw is not None


def test_the_end_of_a_licence_is_logged_as_that(tmp_path: Path) -> None:
    licences.contract(tmp_path / "data", retention_days=2)
    named = making.config(agencies=str(tmp_path / "agencies"))
    with making.house(tmp_path / "data", named) as house:
        house.send()
        house.wait(days=3)
        assert kinds(house)[-1] == ("expired", "all", "licence")


def test_what_was_never_public_is_never_logged(house: House) -> None:
    later = (MORNING + timedelta(hours=1)).isoformat()
    house.send("urn:seaboard:embargoed", embargoed=later)
    house.send("urn:seaboard:canceled", pubstatus="canceled")
    house.send("urn:seaboard:withheld", pubstatus="withheld")
    house.kill("urn:seaboard:embargoed")
    assert logged(house) == []


def test_a_drill_is_logged_nowhere(house: House) -> None:
    copy = _drill_copy.compose("4711", "Desk", MORNING)

    def sent(data: bytes) -> None:
        house.receive(house.delivery(data, source=DRILL_SOURCE, agency=DRILL.id))

    sent(_drill_copy.story(copy, MORNING))
    sent(_drill_copy.kill(copy.guid, MORNING))
    assert len(house.desk.store.events()) == 2, "it was public and taken back"
    assert logged(house) == []


def test_a_house_without_a_log_logs_nothing(tmp_path: Path) -> None:
    with making.house(tmp_path / "data", making.config(log={"enabled": False})) as house:
        house.send()
        assert logged(house) == []


# --- what opens the commitments -----------------------------------------------------------------


async def test_an_edition_commits_to_what_readers_get_and_what_the_agency_sent(
    house: House,
) -> None:
    sent = ninjs()
    house.receive(sent)
    story = house.story()
    (said,), salts = events(house), opening(house)
    text = (await house.get(f"/s/{story.id}.txt")).content
    assert said.text == leaf.commit("text", kept(salts.text), text)
    assert said.raw == leaf.commit("raw", kept(salts.raw), sent)
    assert salts.told is not None
    assert said.meta == leaf.commit("meta", kept(salts.meta), salts.told)
    for told in (AGENCY, GUID, HEADLINE, "Ada Quay"):
        assert told.encode() in salts.told


def test_every_salt_is_fresh(house: House) -> None:
    house.send()
    house.send(version="2", versioncreated="2026-03-02T08:58:00Z", headline="Ferry full")
    salts = [
        salt
        for place in (0, 1)
        for salt in (opening(house, place).raw, opening(house, place).text, opening(house).meta)
    ]
    salts[2] = opening(house, 0).meta
    assert len({kept(salt) for salt in salts}) == 6
    assert {len(kept(salt)) for salt in salts} == {leaf.SALT}


def test_a_text_in_pieces_commits_to_all_its_deliveries(house: House) -> None:
    for one in (adds.BASE, adds.ADD_1):
        adds.receive(house, one)
    base = house.desk.store.log.of(adds.story(house).id)
    salts = house.desk.store.log.opening(base[-1].position)
    assert salts is not None
    pieces = hashlib.sha256(adds.BASE).digest() + hashlib.sha256(adds.ADD_1).digest()
    assert events(house)[-1].raw == leaf.commit("raw", kept(salts.raw), pieces)


def test_bytes_that_are_not_at_hand_are_read_from_the_store(house: House) -> None:
    opens = MORNING + timedelta(minutes=10)
    sent = ninjs(embargoed=opens.isoformat())
    house.receive(sent)
    house.wait(minutes=11)
    said, salts = events(house)[-1], opening(house)
    assert said.raw == leaf.commit("raw", kept(salts.raw), sent)


def test_no_word_of_an_agency_enters_the_log(house: House) -> None:
    house.send()
    house.send(version="2", versioncreated="2026-03-02T08:58:00Z", headline="Ferry full")
    house.kill()
    whole = b"".join(logged(house))
    for said in (HEADLINE, TEXT, "Ferry full", "Ada Quay", GUID):
        assert said.encode() not in whole
        assert hashlib.sha256(said.encode()).hexdigest().encode() not in whole


def test_what_was_destroyed_keeps_its_entries(house: House) -> None:
    house.send()
    story = house.kill()
    before = logged(house)
    house.desk.store.erasures.erase(Erasure(story=story.id, at=house.now, deliveries=()))
    assert house.desk.store.log.opening(leaves(house)[0].position) is None
    assert logged(house) == before


# --- when an entry cannot be made ---------------------------------------------------------------


def unloggable(house: House, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """From now on no entry can be made; who is called for what."""
    calls: list[tuple[str, str | None]] = []

    def failing(*_: object, **__: object) -> bytes:
        raise ValueError("no such event")

    def alert(code: str, _text: str, about: str | None = None) -> None:
        calls.append((code, about))

    monkeypatch.setattr("copytaster.newsroom._logbook.leaf.encode", failing)
    monkeypatch.setattr(house.desk, "alert", alert)
    return calls


async def test_a_kill_waits_for_no_entry_and_a_person_is_called(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.send()
    calls = unloggable(house, monkeypatch)
    story = house.kill()
    assert story.face is Face.gone
    assert (await house.get(f"/s/{story.id}")).status_code == 410
    assert ("log-entry-missing", story.id) in calls


def test_what_cannot_be_entered_is_not_published(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = unloggable(house, monkeypatch)
    house.receive(ninjs())
    assert house.desk.find(AGENCY, GUID) is None
    assert [code for code, _ in calls] == ["dead-letter"]


# --- always and never ---------------------------------------------------------------------------

STEPS = st.lists(
    st.sampled_from(
        ["version", "words", "canceled", "hold", "release", "kill", "legal", "embargo"]
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=8)
@given(STEPS)
def test_every_public_event_has_one_entry_and_no_entry_has_no_event(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, making.house(Path(folder)) as house:
        house.send(headline="Never to be seen", embargoed=(MORNING + timedelta(days=9)).isoformat())
        for number, step in enumerate(steps, 2):
            _take(house, number, step)
        told = house.desk.store.events()
        said = events(house)
        assert [one.kind.value for one in said] == [one.kind.value for one in told]
        assert [one.time for one in said] == [one.at.replace(microsecond=0) for one in told]
        assert [one.edition for one in said if isinstance(one.edition, int)] == [
            one.edition
            for one in told
            if one.kind in (EventKind.published, EventKind.updated, EventKind.withdrawn)
        ]
        assert _chained(house)
        keeper(house).step()
        log = house.data / "site" / "log"
        trusted = policy.decode(f"log {(log / 'vkey').read_text()}quorum none\n".encode())
        assert audit(house.desk.pressroom.folder.log.read, trusted).passed


def _take(house: House, number: int, step: str) -> None:
    house.now += timedelta(minutes=1)
    dated = {"version": str(number), "versioncreated": house.now.isoformat()}
    match step:
        case "version":
            house.send(**dated)
        case "words":
            house.send(**dated, text=f"{TEXT} It was said in edition {number}.")
        case "canceled":
            house.send(**dated, pubstatus="canceled")
        case "embargo":
            house.send(**dated, embargoed=(house.now + timedelta(hours=1)).isoformat())
        case "legal":
            house.kill(reason="legal")
        case kind:
            house.decide(DecisionKind(kind))


def _chained(house: House) -> bool:
    before = [None, *(one.position for one in leaves(house))]
    return [one.prev for one in events(house)] == before[:-1]


def test_whatever_the_reason_of_an_event_its_entry_can_be_written(house: House) -> None:
    story = house.send()
    shown = house.desk.store.edition(story.id, 1)
    words = Filing(story=story.id, entry=b"", headline=HEADLINE, byline="", text=TEXT)
    reasons = (None, "agency", "desk", "rights", "legal", "refile", "court", "nonsense")
    told = [
        Event(story=story.id, kind=kind, at=house.now, edition=1, reason=reason)
        for kind in EventKind
        for reason in reasons
    ]
    change = StoryChange(story=story, edition=shown, events=tuple(told), filing=words)
    house.desk._keep([change], (), ())
    said = events(house)[1:]
    assert len(said) == len(told)
    assert all(one.reason in (leaf.RULES[one.kind].reasons or (None,)) for one in said)


def test_a_story_from_before_the_log_is_known_from_when_it_is_next_shown(tmp_path: Path) -> None:
    before = making.config(log={"enabled": False})
    with making.house(tmp_path / "data", before) as house:
        house.send("urn:seaboard:gone")
        house.send()
    with making.house(tmp_path / "data") as house:
        house.kill("urn:seaboard:gone")
        house.hold()
        assert kinds(house) == []
        house.release()
        house.kill()
        assert kinds(house) == [("published", 1, None), ("killed", "all", "desk")]
        said = events(house)[0]
        assert said.raw == leaf.commit("raw", kept(opening(house, 0).raw), ninjs())


def test_a_commit_that_is_not_kept_logs_nothing(house: House) -> None:
    story = house.send()
    stale = msgspec.structs.replace(story, revision=story.revision - 1)
    event = Event(story=story.id, kind=EventKind.killed, at=house.now, reason="desk")
    change = StoryChange(story=stale, events=(event,))
    before = logged(house)
    with pytest.raises(Moved):
        house.desk._keep([change], (), ())
    assert logged(house) == before


# --- forms --------------------------------------------------------------------------------------


def test_what_else_an_edition_says_is_framed_so_that_it_reads_one_way() -> None:
    assert framed({"guid": "urn:1\nx", "version": None, "byline": "é"}) == (
        b"guid 7\nurn:1\nx\nversion -\nbyline 2\n\xc3\xa9\n"
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Asian News International", "Asian News International"),
        ("  two\nlines\x00 ", "two lines"),
        ("é" * 150, "é" * 100),
        ("\n", ""),
    ],
)
def test_an_agency_s_name_is_cut_to_what_the_log_can_hold(name: str, told: str) -> None:
    assert public_name(name) == told
