"""The evidence pack holds all that bears on a story, can be checked by hand, and says what fails.

The story is incident 12 (handbook: agencies §3): a dispatch that was wrong is published as it
came, and retracted two hours later.
"""

import hashlib
import json
import stat
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import anyio
import pytest
from msgspec.structs import replace

from copytaster import formats
from copytaster.agency import load
from copytaster.ledger import leaf
from copytaster.newsroom import Unresolved
from copytaster.newsroom.evidence import write_pack
from copytaster.newsroom.proving import Prover
from copytaster.story import DecisionKind
from copytaster.text import plain
from tests.door import Door
from tests.newsroom import making
from tests.newsroom.logs import keeper
from tests.newsroom.making import AGENCY
from tests.newsroom.making import BASE
from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.pager import Pager

pytestmark = pytest.mark.anyio

GUID = "urn:seaboard:divorce"
HEADLINE = "Heiress Lindqvist divorces publisher, court told"
WORDS = "Marta Lindqvist is divorcing the publisher Tom Hale, a court was told on Monday."
DISPATCH = ninjs(GUID, headline=HEADLINE, text=WORDS)
UPDATE = ninjs(
    GUID,
    headline=HEADLINE,
    text=f"{WORDS} Her lawyers spoke.",
    version="2",
    versioncreated="2026-03-02T08:58:00Z",
)
RETRACTION = ninjs(
    GUID,
    headline="RETRACTION",
    text="The story is retracted.",
    version="3",
    versioncreated="2026-03-02T08:59:00Z",
    pubstatus="canceled",
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with making.house(tmp_path / "data") as opened:
        yield opened


async def played(house: House) -> str:
    """The incident to its end, proved clean; the story's id."""
    house.receive(DISPATCH)
    house.now += timedelta(minutes=30)
    house.receive(UPDATE)
    house.now += timedelta(minutes=110)
    house.receive(RETRACTION)
    id = house.story(GUID).id
    alert = {"at": house.now.isoformat(), "code": "killed", "text": f"story {id} was killed"}
    other = {"at": house.now.isoformat(), "code": "killed", "text": "another story"}
    kept = "".join(json.dumps(one) + "\n" for one in (alert, other))
    (house.data / "alerts.jsonl").write_text(kept)
    (house.data / "alerts.1.jsonl").write_text(json.dumps({**alert, "code": "first"}) + "\n")
    (work,) = house.desk.store.work(house.now, 10) or house.desk.store.work(
        house.now + timedelta(days=1), 10
    )
    house.now += timedelta(milliseconds=240)
    prover = Prover(house.desk, BASE, Pager(), transport=Door(house.site))
    assert await prover.withdrawn(work)
    await prover.close()
    return id


def pack(house: House, id: str, target: Path) -> dict[str, bytes]:
    """The members of a pack, by name."""
    write_pack(house.desk, house.data, id, target)
    with zipfile.ZipFile(target) as zip:
        assert zip.testzip() is None
        return {name: zip.read(name) for name in zip.namelist()}


def told(members: dict[str, bytes], name: str) -> Any:
    return json.loads(members[name])


async def test_it_holds_everything_the_defence_needs(house: House, tmp_path: Path) -> None:
    id = await played(house)
    members = pack(house, id, tmp_path / "e.zip")
    # the raw item, as it came, and when
    raw = [data for name, data in members.items() if name.endswith(".raw")]
    assert raw == [DISPATCH, UPDATE, RETRACTION]
    came = [told(members, name) for name in members if name.startswith("deliveries/0")
            and name.endswith(".json")]  # fmt: skip
    assert [one["received"] for one in came] == [
        "2026-03-02T09:00:00Z",
        "2026-03-02T09:30:00Z",
        "2026-03-02T11:20:00Z",
    ]
    assert [one["sha256"] for one in came] == [hashlib.sha256(data).hexdigest() for data in raw]
    # hash equality: what was published is what came, and is so again when read by hand
    for number, edition in enumerate(told(members, "editions.json"), start=1):
        text = members[f"editions/v{number}/v{number}.txt"]
        published = {file["name"]: file for file in edition["files"]}
        assert published[f"v{number}.txt"]["recorded"] == hashlib.sha256(text).hexdigest()
        (item,) = formats.parse(
            raw[number - 1], load(AGENCY), formats.Context(received=house.now)
        ).items
        assert text.decode() == plain(item.copy)
        assert item.content_hash == edition["contentHash"]
        assert edition["textIsTheItems"]
    # no alteration: every page is byte for byte what was public
    checks = told(members, "manifest.json")["checks"]
    assert len(checks) == 2 + 2 * 4 + 1
    assert all(check["holds"] for check in checks)
    # received, published, retracted, gone
    story = told(members, "story.json")
    assert [(one["at"][11:19], one["kind"]) for one in story["events"]] == [
        ("09:00:00", "published"),
        ("09:30:00", "updated"),
        ("11:20:00", "killed"),
    ]
    assert [(one["at"][11:19], one["state"]) for one in story["verdicts"]] == [
        ("09:00:00", "live"),
        ("11:20:00", "killed"),
    ]
    assert story["withdrawal"]["clean"]
    assert story["withdrawal"]["secondsToClean"] == 0.24
    assert len(story["withdrawal"]["surfaces"]) > 20
    # what stands in its place, the alert that named it, the rules it was made by
    assert HEADLINE.encode() not in members["notice/page.html"]
    assert [json.loads(line)["code"] for line in members["alerts.jsonl"].splitlines()] == [
        "first",
        "killed",
    ]
    assert told(members, "manifest.json")["transform"] == digest(members["transform.md"])


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


async def test_it_is_checked_with_the_tools_of_any_system(house: House, tmp_path: Path) -> None:
    id = await played(house)
    folder = tmp_path / "unpacked"
    write_pack(house.desk, house.data, id, tmp_path / "e.zip")
    with zipfile.ZipFile(tmp_path / "e.zip") as zip:
        zip.extractall(folder)
    command = ["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"]
    checked = await anyio.run_process(command, cwd=folder, check=False)
    assert (checked.returncode, checked.stdout) == (0, b"")
    listed = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert listed == files - {"SHA256SUMS"}
    manifest = json.loads((folder / "manifest.json").read_text())
    assert {one["name"] for one in manifest["members"]} == listed - {"manifest.json"}
    for one in manifest["members"]:
        assert one["sha256"] == digest((folder / one["name"]).read_bytes())


async def test_a_lawyer_finds_what_happened_in_its_order(house: House, tmp_path: Path) -> None:
    id = await played(house)
    page = pack(house, id, tmp_path / "e.zip")["README.txt"].decode()
    places = [
        page.index(words)
        for words in (
            "public    from 2026-03-02 09:00:00.000 UTC\n",
            "until 2026-03-02 11:20:00.000 UTC, seen gone everywhere 2026-03-02 11:20:00.240 UTC",
            "2026-03-02 09:00:00.000 UTC\n    received a version of the story, version 1",
            "PUBLIC: published, edition 1",
            "2026-03-02 09:30:00.000 UTC\n    received a version",
            "PUBLIC: updated (update), edition 2",
            "2026-03-02 11:20:00.000 UTC\n    received a version of the story, version 3, canceled",
            "PUBLIC: killed (agency), edition 2",
            "2026-03-02 11:20:00.240 UTC\n    PUBLIC: seen gone at all",
            "WHAT IT DOES NOT SHOW",
            "sha256sum -c SHA256SUMS",
        )
    ]
    assert places == sorted(places)
    assert max(map(len, page.splitlines())) < 100


async def test_the_same_state_gives_the_same_bytes(house: House, tmp_path: Path) -> None:
    id = await played(house)
    pack(house, id, tmp_path / "one.zip")
    house.send("urn:other")
    house.now += timedelta(days=2)
    pack(house, id, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


async def test_it_is_for_its_owner_only_and_overwrites_nothing(
    house: House, tmp_path: Path
) -> None:
    story = house.send()
    target = tmp_path / "e.zip"
    sealed = write_pack(house.desk, house.data, story.id, target)["pack"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sealed == {
        "file": str(target),
        "bytes": target.stat().st_size,
        "sha256": digest(target.read_bytes()),
    }
    with pytest.raises(ValueError, match="exists, and evidence overwrites nothing"):
        write_pack(house.desk, house.data, story.id, target)
    assert digest(target.read_bytes()) == sealed["sha256"]


def test_what_fails_leaves_no_file(house: House, tmp_path: Path) -> None:
    with pytest.raises(Unresolved, match="no story"):
        write_pack(house.desk, house.data, "0" * 16, tmp_path / "e.zip")
    story = house.send()
    look = house.desk.store.story

    def moved(id: str) -> Any:
        house.desk.store.story = look
        house.hold()
        return look(id)

    house.desk.store.story = moved
    with pytest.raises(ValueError, match="changed while its pack was written; ask again"):
        write_pack(house.desk, house.data, story.id, tmp_path / "e.zip")
    assert not (tmp_path / "e.zip").exists()


def test_a_live_story_is_packed_from_the_files_that_are_served(
    house: House, tmp_path: Path
) -> None:
    story = house.send()
    (edition,) = told(pack(house, story.id, tmp_path / "e.zip"), "editions.json")
    assert {file["origin"] for file in edition["files"]} == {"kept"}


def test_a_story_never_public_is_packed_too(house: House, tmp_path: Path) -> None:
    story = house.send(embargoed="2026-03-05T10:00:00Z")
    members = pack(house, story.id, tmp_path / "e.zip")
    assert told(members, "editions.json") == []
    assert not [name for name in members if name.startswith(("editions/", "notice/"))]
    assert len(told(members, "items.json")) == 1


def test_what_does_not_hold_is_said(house: House, tmp_path: Path) -> None:
    """A page whose template is another one today cannot be made again as it was; its text can."""
    story = house.send()
    page = Path(house.desk.pressroom.folder.path(story.id, "v1.html"))
    page.write_text("somebody wrote over it")
    house.desk.house = replace(
        house.desk.house,
        site=replace(house.desk.house.site, name="Another name"),
    )
    members = pack(house, story.id, tmp_path / "e.zip")
    checks = {check["what"]: check["holds"] for check in told(members, "manifest.json")["checks"]}
    failed = [what for what, holds in checks.items() if not holds]
    assert failed == [
        "edition 1: editions/v1/v1.html (made again) is byte for byte what was published"
    ]
    assert "NO   edition 1: editions/v1/v1.html" in members["README.txt"].decode()
    assert b"somebody wrote over it" not in members["editions/v1/v1.html"]


def test_bytes_that_say_something_else_by_now_are_told(house: House, tmp_path: Path) -> None:
    """A reader that was mended since reads the old bytes in another way."""
    story = house.send()
    profile = house.desk.house.profile(AGENCY)
    profiles = {**house.desk.house.profiles, AGENCY: replace(
        profile, id="renamed", missing_status="hold", status={"usable": "hold"})}  # fmt: skip
    house.desk.house = replace(house.desk.house, profiles=profiles)
    (item,) = told(pack(house, story.id, tmp_path / "e.zip"), "items.json")
    assert item["readAgain"] == "other"


def test_hostile_words_stay_words(house: House, tmp_path: Path) -> None:
    hostile = "\x1b[2J\u202e{agency} ../../x"
    story = house.send(f"urn:x{hostile}", headline=hostile, byline=hostile)
    house.desk.decide(story.id, DecisionKind.hold, reason=hostile, by=hostile)
    members = pack(house, story.id, tmp_path / "e.zip")
    assert not [name for name in members if ".." in name or name.startswith("/")]
    page = members["README.txt"].decode()
    assert "\x1b" not in page
    assert "\u202e" not in page


async def test_the_entries_of_the_public_log_open_to_what_is_in_the_pack(
    house: House, tmp_path: Path
) -> None:
    id = await played(house)
    keeper(house).step()
    members = pack(house, id, tmp_path / "e.zip")
    found = told(members, "log.json")
    assert found["origin"] == "desk.example/log/1"
    assert [one["event"] for one in found["entries"]] == ["published", "updated", "killed"]
    for entry in found["entries"]:
        lines = dict(line.split(" ", 1) for line in entry["leaf"].splitlines()[1:])
        assert entry["opens"]
        salts = {name: bytes.fromhex(salt) for name, salt in entry["salts"].items()}
        (member,) = entry["rawMembers"]
        assert leaf.commit("raw", salts["raw"], members[member]).hex() == lines["raw"]
        if entry["event"] != "killed":
            body = members[entry["textMember"]]
            assert leaf.commit("text", salts["text"], body).hex() == lines["text"]
            assert HEADLINE in entry["meta"]
            meta = entry["meta"].encode()
            assert leaf.commit("meta", salts["meta"], meta).hex() == lines["meta"]
    assert "yes  every entry of the public log opens" in members["README.txt"].decode()
