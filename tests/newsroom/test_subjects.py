"""A story on the shelf of the Media Topic that its code means, and there until it is filed anew."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from copytaster import query
from copytaster.config import ConfigError
from copytaster.newsroom import house as houses
from copytaster.newsroom import noting
from copytaster.newsroom import orders
from copytaster.newsroom import recalls
from copytaster.newsroom import rereading
from copytaster.newsroom.evidence import write_pack
from copytaster.subject import MEDIA_TOPICS
from tests.newsroom import making
from tests.newsroom.making import AGENCY
from tests.newsroom.making import BASE
from tests.newsroom.making import House
from tests.subject.making import FERRIES
from tests.subject.making import QUAYS
from tests.subject.making import export
from tests.subject.making import topic

pytestmark = pytest.mark.anyio

SHIPS = {"subject": [{"code": "subj:99001001", "name": "ships"}]}
VERSION = "IPTC Media Topics 2026-02-03"
NEWER = export(
    topic(FERRIES), topic(QUAYS, exactMatch=["99001001"]), dateReleased="2026-03-01T12:00:00+00:00"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "topics.json"
    path.write_bytes(export())
    return path


@pytest.fixture
def house(tmp_path: Path, file: Path) -> Iterator[House]:
    settings = making.config(topics={"media_topics": str(file)})
    with making.house(tmp_path / "data", settings) as opened:
        yield opened


def profiles(folder: Path, exact: str) -> str:
    """A folder with a profile of the agency that sends, which states this of its codes."""
    (folder / "agencies").mkdir()
    (folder / "agencies" / "seaboard.toml").write_text(
        f'id = "{AGENCY}"\nname = "Seaboard"\n[subjects]\nversion = "4"\nexact = {{ {exact} }}\n'
    )
    return str(folder / "agencies")


def reread(house: House) -> rereading.Reread:
    done = rereading.reread(house.desk, lambda _done, _all: None, lambda _stories: None)
    house.desk.settle()
    return done


def newer(house: House, file: Path) -> None:
    """Another release of IPTC's, and the desk started with it."""
    file.write_bytes(NEWER)
    house.restart()
    house.desk.settle()


def shelves(house: House) -> list[str]:
    return house.desk.store.shelves("topic")


async def forms(house: House) -> dict[str, Any]:
    """What the story's own JSON and the data in its page say of its subjects."""
    home = f"/s/{house.story().id}"
    page = (await house.get(home)).text
    data = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    (article, *_) = json.loads(data)["@graph"]
    return {
        "ninjs": (await house.get(f"{home}.json")).json()["subjects"],
        "about": article.get("about"),
    }


async def test_it_stands_on_the_shelf_of_its_media_topic(house: House) -> None:
    story = house.send(**SHIPS)
    assert story.shelves == (f"topic/{FERRIES}",)
    front = await house.get(f"/topic/{FERRIES}")
    assert ">ships</h1>" in front.text
    assert story.id in front.text
    assert (await house.get("/topic/subj-99001001")).status_code == 404
    assert await forms(house) == {
        "ninjs": [
            {"name": "ships", "literal": "subj:99001001"},
            {"uri": f"{MEDIA_TOPICS}{FERRIES}"},
        ],
        "about": [
            {
                "@type": "Thing",
                "name": "ships",
                "url": f"{BASE}/topic/{FERRIES}",
                "sameAs": f"{MEDIA_TOPICS}{FERRIES}",
            }
        ],
    }


async def test_a_media_topic_that_the_agency_sent_is_not_sent_twice(house: House) -> None:
    house.send(subject=[{"code": f"medtop:{FERRIES}", "name": "boats"}, *SHIPS["subject"]])
    assert (await forms(house))["ninjs"] == [
        {"name": "boats", "literal": f"medtop:{FERRIES}"},
        {"name": "ships", "literal": "subj:99001001"},
    ]


def test_a_code_without_a_name_is_filed_under_iptcs(house: House) -> None:
    house.send(subject=[{"code": "subj:99001001"}])
    assert shelves(house) == [FERRIES]
    (line,) = orders.dossier(house.desk, house.story().id)["subjects"]
    assert (line["name"], line["mapping"]) == ("ferries", VERSION)


def test_without_a_file_a_subject_code_stands_where_it_stood(tmp_path: Path) -> None:
    with making.house(tmp_path / "data") as house:
        house.send(**SHIPS)
        assert shelves(house) == ["subj-99001001"]
        other = house.send("urn:other", subject=[{"code": "subj:04000000"}])
        (line,) = orders.dossier(house.desk, other.id)["subjects"]
        assert (line["mediaTopic"], line["mapping"]) == ("04000000", "IPTC top terms 2026-07-02")
        assert other.shelves == ("section/economy",)


def test_the_profile_of_its_agency_comes_first(tmp_path: Path, file: Path) -> None:
    agencies = profiles(tmp_path, f'"subj:99001001" = "{QUAYS}"')
    settings = making.config(topics={"media_topics": str(file)}, agencies=agencies)
    with making.house(tmp_path / "data", settings) as house:
        house.send(**SHIPS)
        assert shelves(house) == [QUAYS]
        told = orders.dossier(house.desk, house.story().id)["subjects"]
        assert [one["mapping"] for one in told] == ["Seaboard 4"]
        assert house.desk.house.mappings("somebody") == house.desk.house.topics


def test_a_recall_finds_a_story_by_the_section_that_its_code_means(tmp_path: Path) -> None:
    agencies = profiles(tmp_path, '"dept:16" = "15000000"')
    with making.house(tmp_path / "data", making.config(agencies=agencies)) as house:
        story = house.send(subject=[{"code": "dept:16", "name": "Urheilu"}])
        assert story.shelves == ("section/sport",)
        found = recalls.search(house.desk.store, query.read("section:sport"), house.now)
        assert [one.story for one in found if one is not None] == [story.id]


# --- another release ----------------------------------------------------------------------------


async def test_a_newer_file_reaches_a_story_with_its_next_edition(house: House, file: Path) -> None:
    house.send(**SHIPS)
    before = await forms(house)
    newer(house, file)
    assert shelves(house) == [FERRIES]
    house.desk.pressroom.remake(house.story().id)
    assert await forms(house) == before, "made again, it names the shelves it stands on"
    house.send(**SHIPS, version="2", versioncreated="2026-03-02T08:58:00Z", headline="Ferry full")
    assert shelves(house) == [QUAYS]
    assert [one["url"] for one in (await forms(house))["about"]] == [f"{BASE}/topic/{QUAYS}"]


async def test_held_and_released_it_stands_where_it_stood(house: House, file: Path) -> None:
    house.send(**SHIPS)
    house.hold()
    assert shelves(house) == []
    newer(house, file)
    house.release()
    assert shelves(house) == [FERRIES]


async def test_the_archive_is_filed_anew_by_order(house: House, file: Path) -> None:
    story = house.send(**SHIPS)
    other = house.send("urn:other")
    newer(house, file)
    done = reread(house)
    assert (done.read, done.changed, done.pages, done.filed) == (2, 1, 1, 1)
    assert house.story().shelves == (f"topic/{QUAYS}",)
    assert story.id in (await house.get(f"/topic/{QUAYS}")).text
    assert story.id not in (await house.get(f"/topic/{FERRIES}")).text
    assert [one["url"] for one in (await forms(house))["about"]] == [f"{BASE}/topic/{QUAYS}"]
    assert (house.story().edition, house.story("urn:other").shelves) == (1, other.shelves)
    assert len(house.desk.store.events(story=story.id)) == 1
    again = reread(house)
    assert (again.changed, again.pages, again.filed) == (0, 0, 0)


def test_filing_that_was_cut_off_is_made_up_for(house: House, file: Path) -> None:
    story = house.send(**SHIPS)
    newer(house, file)
    edition = house.desk.store.edition(story.id, 1)
    assert edition is not None
    noted = noting.noted(house.desk.house, house.desk.store, edition)
    house.desk.store.note(story.id, 1, msgspec.msgpack.encode(noted))
    assert shelves(house) == [FERRIES]
    done = reread(house)
    assert (done.changed, done.filed, done.pages) == (0, 1, 1)
    assert shelves(house) == [QUAYS]


def test_what_is_not_live_is_noted_and_filed_when_it_comes_back(house: House, file: Path) -> None:
    house.send(**SHIPS)
    house.hold()
    newer(house, file)
    done = reread(house)
    assert (done.changed, done.pages, done.filed) == (1, 0, 0)
    house.release()
    assert shelves(house) == [QUAYS]


def test_evidence_shows_what_was_public_then(house: House, file: Path, tmp_path: Path) -> None:
    story = house.send(**SHIPS)
    newer(house, file)
    for name in ("v1.html", "v1.json"):
        Path(house.desk.pressroom.folder.path(story.id, name)).write_bytes(b"spoilt")
    write_pack(house.desk, house.data, story.id, tmp_path / "e.zip")
    with zipfile.ZipFile(tmp_path / "e.zip") as pack:
        (edition,) = json.loads(pack.read("editions.json"))
    again = {one["name"]: one for one in edition["files"] if one["origin"] == "made again"}
    assert set(again) == {"v1.html", "v1.json"}
    assert all(one["recorded"] == one["sha256"] for one in again.values())


# --- a file that cannot be used -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{}", "is no export"),
        (export(dateReleased="?"), "is no date"),
        (b" " * (16 * 1024 * 1024 + 1), "larger than 16384 KiB"),
        (None, "No such file"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_line(
    data: bytes | None, why: str, tmp_path: Path
) -> None:
    path = tmp_path / "topics.json"
    if data is not None:
        path.write_bytes(data)
    settings = making.config(topics={"media_topics": str(path)})
    with pytest.raises(ConfigError, match=why) as refused:
        houses.house(settings, BASE)
    told = str(refused.value)
    assert told.startswith(f"topics.media_topics: {path}")
    assert "\n" not in told
