"""A story that was erased is nowhere in the data folder, and never comes back.

Its words are unlikely ones, and each is seen to be there before: a walk that finds nothing proves
nothing.
"""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from copytaster.cli import main
from copytaster.newsroom import Unresolved
from copytaster.newsroom import erasing
from copytaster.newsroom import restoring
from copytaster.newsroom.alerts import Alerts
from copytaster.newsroom.erasing import Done
from copytaster.newsroom.erasing import Order
from copytaster.newsroom.erasing import Why
from copytaster.newsroom.evidence import write_pack
from copytaster.newsroom.orders import dossier
from copytaster.newsroom.proving import Prover
from copytaster.store import EventKind
from copytaster.store import Face
from copytaster.store import Report
from copytaster.store import ReportKind
from copytaster.store import Story
from copytaster.store import is_erased
from copytaster.story import DecisionKind
from copytaster.story import State
from tests.darkroom.drawing import jpeg
from tests.door import Door
from tests.newsroom import making
from tests.newsroom.live import Live
from tests.newsroom.live import live
from tests.newsroom.live import until
from tests.newsroom.making import AGENCY
from tests.newsroom.making import BASE
from tests.newsroom.making import House
from tests.newsroom.making import codes
from tests.newsroom.making import config
from tests.newsroom.making import feed
from tests.newsroom.making import ninjs
from tests.newsroom.photos import PHOTOS
from tests.newsroom.photos import Wall
from tests.newsroom.photos import photo
from tests.newsroom.traces import left
from tests.newsroom.traces import salts_left
from tests.pager import Pager

pytestmark = pytest.mark.anyio

GUID = "urn:seaboard:quexillion-guid-word"
HEADLINE = "Harbourmaster Zwyntherapol arrested"
BYLINE = "Brumhildax Quorvane"
SLUG = "SLUG-OKTAVIRU-ARREST"
NOTE = "Editors: Mirquastel is spelt so."
CAPTION = "The harbourmaster Fjordalinqua in his boat"
TEXT = "The police arrested the harbourmaster Zwyntherapol, said Vexumbrale of the harbour office."
CORRECTED = f"{TEXT} An earlier version said Plothranzik was there."
WORDS = (
    "quexillion-guid-word",
    "Zwyntherapol",
    "Brumhildax",
    "OKTAVIRU",
    "Mirquastel",
    "Fjordalinqua",
    "Vexumbrale",
    "Plothranzik",
)
SIBLING = "urn:seaboard:lighthouse"
SIBLING_HEADLINE = "Lighthouse at Skerrymore is painted"


def sent(version: int = 1, **fields: Any) -> bytes:
    given: dict[str, Any] = {
        "version": str(version),
        "versioncreated": f"2026-03-02T08:5{version}:00Z",
        "headline": HEADLINE,
        "byline": BYLINE,
        "slugline": SLUG,
        "ednote": NOTE,
        "text": TEXT if version == 1 else CORRECTED,
    }
    return ninjs(GUID, **(given | fields))


def pictured(name: str = "boat") -> dict[str, Any]:
    return {"associations": {"main": photo(name, description_text=CAPTION)}}


def order(story: Story | str, reason: Why = Why.request, *editions: int) -> Order:
    id = story if isinstance(story, str) else story.id
    return Order(story=id, reason=reason, by="an editor", editions=editions)


def unwatched(at: int, of: int) -> None:
    """Nobody watches."""


def erase(house: House, story: Story, reason: Why = Why.request, *editions: int) -> Done:
    """As a shell does where no desk runs."""
    house.now += timedelta(seconds=1)
    asked = order(story, reason, *editions)
    erasing.take_down(house.desk, asked)
    house.desk.settle()
    done = erasing.destroy(
        house.desk, house.data, asked, erasing.look(house.desk, asked, unwatched)
    )
    erasing.sweep(house.desk)
    return done


async def prove(house: House) -> None:
    """Fetch every address of what is owed a proof."""
    prover = Prover(house.desk, BASE, Pager(), transport=Door(house.site))
    for work in house.desk.store.work(house.now + timedelta(days=1), 10):
        assert await prover.withdrawn(work)
    await prover.close()


async def lived(house: House) -> Story:
    """A story with all that may happen to one: a picture, a correction, a search, a report, calls
    of persons, a recall, a pack, a kill by a notice, proved, and asked for once more."""
    wall = Wall(house)
    house.desk.alert = Alerts(house.data, house.desk.clock)
    wall.server.has[f"{PHOTOS}/boat.jpg"] = jpeg(1, (300, 200))
    house.receive(sent(**pictured()))
    await wall.fetch()
    story = house.story(GUID)
    assert wall.pictures(GUID)[0].picture is not None
    house.now += timedelta(minutes=1)
    house.receive(sent(2, **pictured(), genre=[{"name": "correction"}]))
    house.receive(b"this cannot be read: " + GUID.encode() + b" " + TEXT.encode())
    assert SIBLING_HEADLINE not in (await house.get("/search?q=zwyntherapol")).text
    house.desk.store.reports.keep(
        Report(
            ticket="7k2m9qx4e0",
            kind=ReportKind.fact,
            received=house.now,
            story=story.id,
            text="Zwyntherapol was never there.",
        )
    )
    house.desk.alert("dead-letter", f"about {HEADLINE}", about=story.id)
    house.desk.recalls.begin(
        [story.id],
        DecisionKind.hold,
        reason="Vexumbrale rang",
        by="me",
        query="phrase:zwyntherapol",
    )
    house.desk.settle()
    batch = house.desk.store.batches()[0].id
    house.now += timedelta(minutes=1)
    house.desk.recalls.undo(batch, reason="Vexumbrale rang again", by="me")
    house.desk.settle()
    write_pack(house.desk, house.data, story.id, house.data / "pack.zip")
    house.now += timedelta(minutes=1)
    house.receive(sent(3, pubstatus="canceled", headline=f"KILL: {HEADLINE}", **pictured()))
    await prove(house)
    assert house.story(GUID).state is State.killed
    return house.story(GUID)


def opening(house: House, story: Story) -> list[bytes]:
    """The salts of everything that the log commits to of a story."""
    log = house.desk.store.log
    opened = [one for leaf in log.of(story.id) if (one := log.opening(leaf.position))]
    return [salt for one in opened for salt in (one.raw, one.text, one.meta) if salt is not None]


def with_siblings() -> bytes:
    """A feed with the story and two others."""
    return feed(
        (GUID, HEADLINE, TEXT),
        (SIBLING, SIBLING_HEADLINE, "The lighthouse at Skerrymore is painted red and white."),
        ("urn:seaboard:fog", "Fog on the sound", "Fog lay on the sound from early morning."),
    )


async def test_a_story_that_lived_is_nowhere_once_it_is_erased(house: House) -> None:
    story = await lived(house)
    assert set(left(house.data, WORDS)) == set(WORDS)
    salts = opening(house, story)
    assert len(salts) >= 6
    assert len(salts_left(house.data, salts)) == len(salts)
    done = erase(house, story)
    assert left(house.data, WORDS) == {}
    assert salts_left(house.data, salts) == {}
    house.desk.close()
    assert left(house.data, WORDS) == {}
    assert salts_left(house.data, salts) == {}
    house.restart()
    assert left(house.data, WORDS) == {}
    assert (done.messages, done.deliveries, len(done.packs)) == (3, 4, 1)
    assert done.pictures == 1


async def test_it_stays_killed_and_what_is_sent_again_is_not_kept_with_it(house: House) -> None:
    story = await lived(house)
    erase(house, story)
    house.restart()
    for version in (1, 2, 4):
        house.receive(sent(version))
    again = house.story(GUID)
    assert again.id == story.id
    assert (again.state, again.face, codes(again)[-1]) == (State.killed, Face.gone, "erased")
    history = house.desk.store.history_of(story.id)
    assert all(message.item.headline is None for message in history.messages)
    assert (await house.get(f"/s/{story.id}")).status_code == 410
    # the deliveries themselves are kept as any; an erasure ordered again destroys those too
    assert "Zwyntherapol" in left(house.data, WORDS)
    assert erase(house, story).deliveries == 3
    assert left(house.data, WORDS) == {}
    assert erase(house, story).before is not None


async def test_siblings_keep_their_text_and_say_that_their_bytes_are_gone(house: House) -> None:
    house.receive(with_siblings())
    sibling = house.story(SIBLING)
    found = left(house.data, ["Zwyntherapol", "Skerrymore"])
    assert set(found) == {"Zwyntherapol", "Skerrymore"}
    done = erase(house, house.story(GUID))
    assert left(house.data, WORDS) == {}
    assert done.siblings == tuple(sorted([sibling.id, house.story("urn:seaboard:fog").id]))
    page = await house.get(f"/s/{sibling.id}")
    assert (page.status_code, SIBLING_HEADLINE in page.text) == (200, True)
    (version,) = dossier(house.desk, sibling.id)["versions"]
    assert version["rawDestroyed"] is True
    assert version["headline"] == SIBLING_HEADLINE
    assert house.desk.pressroom.remake(sibling.id)


async def test_a_package_keeps_its_other_stories_and_names_this_one_no_more(house: House) -> None:
    house.receive(package())
    sibling, whole = house.story(SIBLING), house.story("urn:seaboard:package")
    assert sibling.state is State.live
    found = left(house.data, ["Zwyntherapol", "quexillion-guid-word"])
    assert len(found) == 2
    done = erase(house, house.story(GUID))
    assert left(house.data, WORDS) == {}
    assert set(done.siblings) == {sibling.id, whole.id}
    (message,) = house.desk.store.history_of(whole.id).messages
    refs = [ref for group in message.item.groups for ref in group.refs]
    assert [(ref.uri.startswith("erased:"), ref.headline) for ref in refs] == [
        (True, None),
        (False, SIBLING_HEADLINE),
    ]


def package() -> bytes:
    """A NewsML-G2 message with two stories and the package that lists them by headline."""
    told = ((GUID, HEADLINE, TEXT), (SIBLING, SIBLING_HEADLINE, "It is painted red and white."))
    items = "".join(
        f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="1"
 standard="NewsML-G2" standardversion="2.30" conformance="power">
<itemMeta><itemClass qcode="ninat:text"/><provider literal="seaboard"/>
<versionCreated>2026-03-02T08:55:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline>{headline}</headline><language tag="en"/></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{text}</p></body></html>
</inlineXML></contentSet></newsItem>"""
        for guid, headline, text in told
    )
    refs = "".join(
        f'<itemRef residref="{guid}"><headline>{headline}</headline></itemRef>'
        for guid, headline, _ in told
    )
    return f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">
<header><sent>2026-03-02T08:56:00Z</sent></header><itemSet>
<packageItem guid="urn:seaboard:package" version="1" standard="NewsML-G2"
 standardversion="2.30" conformance="power">
<itemMeta><itemClass qcode="ninat:composite"/><provider literal="seaboard"/>
<versionCreated>2026-03-02T08:55:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<groupSet root="G1"><group id="G1" role="group:main">{refs}</group></groupSet></packageItem>
{items}</itemSet></newsMessage>""".encode()


async def test_readers_are_shown_that_it_is_gone_and_every_address_can_be_proved(
    house: House,
) -> None:
    house.receive(sent())
    story = house.story(GUID)
    assert (await house.get(f"/s/{story.id}")).status_code == 200
    erase(house, story)
    await prove(house)
    for address in (f"/s/{story.id}", f"/s/{story.id}/v1", f"/s/{story.id}.txt"):
        answer = await house.get(address)
        assert answer.status_code == 410
        assert "Zwyntherapol" not in answer.text
    for address in ("/", "/feed.atom", "/feed.json", "/corrections", "/api/stories"):
        answer = await house.get(address)
        assert (answer.status_code, "Zwyntherapol" in answer.text) == (200, False)
    kinds = [event.kind for event in house.desk.store.events(story=story.id)]
    assert kinds == [EventKind.published, EventKind.killed, EventKind.erased]


async def test_the_order_of_a_court_is_a_451(house: House) -> None:
    house.receive(sent())
    story = house.story(GUID)
    erase(house, story, Why.court)
    assert (await house.get(f"/s/{story.id}")).status_code == 451
    event = house.desk.store.events(story=story.id)[-1]
    assert (event.kind, event.reason, event.edition) == (EventKind.erased, "court", None)


async def test_what_nobody_saw_leaves_no_line_of_public_history(house: House) -> None:
    house.receive(sent(pubstatus="withheld"))
    story = house.story(GUID)
    assert story.face is Face.none
    erase(house, story)
    assert house.desk.store.events(story=story.id) == []
    assert left(house.data, WORDS) == {}
    house.receive(sent(2))
    assert house.story(GUID).state is State.killed


async def test_one_edition_is_erased_and_the_story_stays(house: House) -> None:
    house.receive(sent(2, text=f"{TEXT} Plothranzik was there."))
    house.now += timedelta(minutes=5)
    house.receive(sent(3, text="The police arrested nobody."))
    story = house.story(GUID)
    assert "Plothranzik" in left(house.data, ["Plothranzik"])
    erase(house, story, Why.request, 1)
    house.desk.settle()
    assert left(house.data, ["Plothranzik", "Vexumbrale"]) == {}
    now = house.story(GUID)
    assert (now.state, now.edition) == (State.live, 2)
    assert (await house.get(f"/s/{story.id}")).status_code == 200
    gone = await house.get(f"/s/{story.id}/v1")
    assert gone.status_code == 410
    site = house.desk.house.site.name
    assert f"Edition withdrawn by {site}" in gone.text, "nobody says it was the agency"
    for address in (f"/s/{story.id}", "/corrections"):
        told = (await house.get(address)).text
        assert f"An earlier edition of this story was withdrawn by {site}." in told
    kinds = [(e.kind.value, e.edition) for e in house.desk.store.events(story=story.id)]
    assert kinds[-2:] == [("withdrawn", 1), ("erased", 1)]
    assert erase(house, now, Why.request, 1).before is not None
    # a later look at it still gives the newest edition
    house.wait(minutes=1)
    house.receive(sent(4, text="The police arrested nobody at all."))
    assert (house.story(GUID).state, house.story(GUID).edition) == (State.live, 3)
    await prove(house)


async def test_the_newest_edition_is_not_erased_by_itself(house: House) -> None:
    house.receive(sent())
    story = house.story(GUID)
    with pytest.raises(Unresolved, match="is its newest"):
        erase(house, story, Why.request, 1)
    with pytest.raises(Unresolved, match="has no edition 7"):
        erase(house, story, Why.request, 7)
    assert house.story(GUID).state is State.live


async def test_a_picture_that_another_story_shows_stays(house: House) -> None:
    wall = Wall(house)
    wall.server.has[f"{PHOTOS}/boat.jpg"] = jpeg(1, (300, 200))
    for data in (
        sent(**pictured()),
        ninjs(SIBLING, headline=SIBLING_HEADLINE, associations={"main": photo("boat")}),
    ):
        house.receive(data)
        await wall.fetch()
    address = wall.address("urn:seaboard:photo:boat")
    assert erase(house, house.story(GUID)).pictures == 0
    assert (await house.get(address)).status_code == 200
    assert left(house.data, WORDS) == {}


async def test_a_notice_in_words_is_erased_with_its_story(house: House) -> None:
    house.receive(sent())
    kill = ninjs(
        "urn:seaboard:kill",
        headline="KILL NOTICE",
        text=f'Kill the story "{HEADLINE}", which moved at 0851 GMT. It is wrong.',
        slugline="KILL",
        byline=None,
        versioncreated="2026-03-02T09:00:00Z",
    )
    house.receive(kill)
    story = house.story(GUID)
    assert story.state is State.killed
    done = erase(house, story)
    assert (done.messages, done.notices_kept) == (2, 0)
    assert left(house.data, WORDS) == {}
    assert house.story("urn:seaboard:kill").face is Face.none


async def test_what_is_out_of_reach_is_said(tmp_path: Path) -> None:
    settings = config(erase={"backups_kept_days": 14})
    with making.house(tmp_path / "data", settings) as house:
        house.receive(sent())
        story = house.story(GUID)
        aside = house.data / "replaced-1"
        aside.mkdir()
        done = erase(house, story)
        assert done.backups_until == house.now + timedelta(days=14)
        assert any(str(aside) in one for one in done.beyond)
        note = house.desk.store.events(story=story.id)[-1].note
        assert note == f"backups until {done.backups_until:%Y-%m-%d}"


async def test_other_stories_with_the_same_words_are_named_and_left(house: House) -> None:
    house.receive(sent(), ninjs("urn:seaboard:copy", headline=HEADLINE, text=TEXT))
    copy = house.story("urn:seaboard:copy")
    done = erase(house, house.story(GUID))
    assert done.same_words == (copy.id,)
    assert "Vexumbrale" in left(house.data, WORDS)


async def test_what_is_left_can_be_shown_packed_and_made_again(house: House) -> None:
    story = await lived(house)
    erase(house, story)
    told = dossier(house.desk, story.id)
    assert [version["headline"] for version in told["versions"]] == [None, None, None]
    assert told["guid"].startswith("erased:")
    write_pack(house.desk, house.data, story.id, house.data / "after.zip")
    assert house.desk.pressroom.remake(story.id)
    assert left(house.data, WORDS) == {}


async def test_wherever_an_erasure_is_cut_off_the_next_ends_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = Wall(house)
    wall.server.has[f"{PHOTOS}/boat.jpg"] = jpeg(1, (300, 200))
    house.receive(sent(**pictured()))
    await wall.fetch()
    story = house.story(GUID)
    write_pack(house.desk, house.data, story.id, house.data / "pack.zip")

    def cut_off(*given: object, **named: object) -> None:
        raise OSError("the power went")

    folder = house.desk.pressroom.folder
    for place, name in ((folder, "erase"), (folder.pictures, "destroy")):
        with monkeypatch.context() as power:
            power.setattr(place, name, cut_off)
            with pytest.raises(OSError, match="the power went"):
                erase(house, story)
    assert folder.pictures.names()
    assert erase(house, story).before is not None
    assert folder.pictures.names() == set()
    assert left(house.data, WORDS) == {}


async def test_an_erasure_that_was_cut_off_is_ended_by_the_next(house: House) -> None:
    house.receive(sent())
    story = house.story(GUID)
    asked = order(story)
    erasing.take_down(house.desk, asked)
    house.desk.settle()
    erasing.destroy(house.desk, house.data, asked, erasing.look(house.desk, asked, unwatched))
    house.restart()
    assert house.desk.store.erasures.is_owed
    done = erasing.destroy(
        house.desk, house.data, asked, erasing.look(house.desk, asked, unwatched)
    )
    assert done.before is not None
    erasing.sweep(house.desk)
    assert not house.desk.store.erasures.is_owed
    assert left(house.data, WORDS) == {}


async def test_a_restored_backup_erases_it_again(tmp_path: Path) -> None:
    with making.house(tmp_path / "data") as house:
        house.receive(sent())
        story = house.story(GUID)
        backup = tmp_path / "backup.sqlite"
        house.desk.store.backup(backup)
        erase(house, story)
        house.desk.close()
        CliRunner().invoke(
            main, ["restore", "--replace", "--data", str(house.data), str(backup)],
            catch_exceptions=False,
        )  # fmt: skip
        assert set(restoring.replaced(house.data)) == {house.data / "replaced-1"}
        assert left(house.data, WORDS) == {}
        house._open()
        assert is_erased(house.desk.store.history_of(story.id).story)
        house.receive(sent(2))
        assert house.story(GUID).state is State.killed


# --- from a shell --------------------------------------------------------------------------------


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Any:
        return CliRunner().invoke(
            main, [*words, "--data", str(tmp_path / "data")], catch_exceptions=False
        )

    return run


def published(tmp_path: Path, shell: Callable[..., Any]) -> str:
    file = tmp_path / "in.json"
    file.write_bytes(sent(versioncreated="2020-03-02T08:55:00Z"))
    told = shell("receive", str(file), "--agency", AGENCY, "--json")
    file.unlink()
    return str(json.loads(told.stdout)["story"])


def test_a_shell_erases_where_no_desk_runs(tmp_path: Path, shell: Callable[..., Any]) -> None:
    id = published(tmp_path, shell)
    refused = shell("erase", id, "--reason", "request")
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "--yes" in refused.stderr
    unknown = shell("erase", "0000000000000000", "--reason", "request", "--yes")
    assert (unknown.exit_code, unknown.stderr.count("\n")) == (1, 1)
    assert "Zwyntherapol" in left(tmp_path / "data", WORDS)
    done = shell("erase", f"https://desk.example/s/{id}", "--reason", "request", "--yes")
    assert done.exit_code == 0, done.output
    assert f"/s/{id}: all of it is erased (request)" in done.stdout
    assert "not yet finished" in done.stdout
    assert left(tmp_path / "data", WORDS) == {}
    again = shell("erase", id, "--reason", "request", "--yes", "--json")
    told = json.loads(again.stdout)
    assert (again.exit_code, told["story"], told["messages"]) == (0, id, 0)
    assert told["before"] is not None
    assert shell("story", id).exit_code == 0


async def test_a_running_desk_proves_it_gone_and_erases_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with live(data) as desk:
        story = await desk.publish(GUID, **_fields())
        await _searched(desk)
        assert "Zwyntherapol" in left(data, WORDS)
        asked = {"story": story.id, "reason": "request", "by": "an editor", "editions": []}
        *_, proof, done = await desk.ask("erase", **asked)
        assert proof["proof"]["clean"] is True
        assert (done["done"]["story"], done["done"]["deliveries"]) == (story.id, 1)
        assert left(data, WORDS) == {}
        assert (await desk.client.get(f"/s/{story.id}")).status_code == 410
        *_, again = await desk.ask("erase", **asked)
        assert again["done"]["before"] is not None
        refused = await asyncio.to_thread(_erase_in_a_shell, data, "0" * 16)
        assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
        other = await desk.publish("urn:seaboard:other", headline=HEADLINE, text=CORRECTED)
        told = await asyncio.to_thread(_erase_in_a_shell, data, other.id)
        assert (told.exit_code, "is erased (retention)" in told.stdout) == (0, True), told.output
        assert "seen gone at" in told.stdout
        assert left(data, WORDS) == {}
        await desk.push(sent(2))
        assert (await desk.client.get(f"/s/{story.id}")).status_code == 410


def _erase_in_a_shell(data: Path, id: str) -> Any:
    words = ["erase", id, "--reason", "retention", "--yes", "--data", str(data)]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def _fields() -> dict[str, Any]:
    fields = json.loads(sent())
    fields["text"] = fields.pop("body_text")
    return {key: value for key, value in fields.items() if key != "uri"}


async def _searched(desk: Live) -> None:
    async def found() -> bool:
        return "Zwyntherapol" in (await desk.client.get("/search?q=zwyntherapol")).text

    await until(found)
