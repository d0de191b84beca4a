"""Pictures: shown with a story when they may be, and taken down alone."""

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from copytaster.newsroom import Unresolved
from copytaster.newsroom.orders import dossier
from copytaster.newsroom.photo_desk import PhotoDesk
from copytaster.newsroom.picture_orders import decide_picture
from copytaster.newsroom.picture_orders import told_picture
from copytaster.newsroom.picture_orders import told_pictures
from copytaster.store import Face
from copytaster.store import PictureState
from copytaster.story import DecisionKind
from tests.darkroom.drawing import encoded
from tests.darkroom.drawing import jpeg
from tests.darkroom.drawing import scene
from tests.newsroom.making import GUID
from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.newsroom.photos import PHOTOS
from tests.newsroom.photos import Wall
from tests.newsroom.photos import photo

pytestmark = pytest.mark.anyio

QUAY = jpeg(1, (300, 200))
SAME = encoded(scene(1, (400, 267)), quality=60)
CRANE = jpeg(2, (300, 200))
OTHER = "urn:seaboard:other"
LATER = "2026-03-02T08:58:00Z"
QUAY_ID = "urn:seaboard:photo:quay"
CAPTION = 'The ferry at "North Quay" & its pilot\non Monday'


@pytest.fixture
def wall(house: House) -> Wall:
    wall = Wall(house)
    wall.server.has = {f"{PHOTOS}/quay.jpg": QUAY, f"{PHOTOS}/crane.jpg": CRANE}
    return wall


async def page_of(house: House, guid: str = GUID) -> LexborHTMLParser:
    answer = await house.get(f"/s/{house.story(guid).id}")
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content)


async def mentions(house: House, name: str, guid: str = GUID) -> list[str]:
    """Which public addresses hold this name."""
    id = house.story(guid).id
    forms = (f"/s/{id}", f"/s/{id}.json", f"/s/{id}/v1", f"/s/{id}/v1.json")
    lists = ("/", "/agency/seaboard", "/feed.atom", "/feed.rss", "/feed.json")
    answers = {path: (await house.get(path)).text for path in (*forms, *lists)}
    return [path for path, text in answers.items() if name in text]


# --- shown -------------------------------------------------------------------------------------


async def test_text_does_not_wait_for_its_picture_and_the_picture_comes_without_an_update(
    house: House, wall: Wall
) -> None:
    story = house.send(associations={"main": photo()})
    assert story.face is Face.live
    assert (await page_of(house)).css("img") == []
    house.now = house.now.replace(second=3)
    await wall.fetch()
    page = await page_of(house)
    (image,) = page.css("figure img")
    assert image.attributes["src"] == wall.address(QUAY_ID)
    assert (image.attributes["width"], image.attributes["height"]) == ("300", "200")
    assert "Updated" not in page.css_first(".times").text()
    now = house.story()
    assert (now.edition, now.face_changed) == (1, house.now)
    assert [event.kind.value for event in house.desk.store.events(story=now.id)] == ["published"]


async def test_the_bytes_are_served_as_they_were_sent_and_revalidate(
    house: House, wall: Wall
) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    address = wall.address(QUAY_ID)
    answer = await house.get(address)
    assert (answer.status_code, answer.content) == (200, QUAY)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    again = await house.get(address, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    for wrong in (address.replace(".jpg", ".png"), address[:-5] + ".jpg", "/media/x.jpg"):
        assert (await house.get(wrong)).status_code == 404


async def test_the_page_is_another_to_those_who_ask_with_the_old_validator(
    house: House, wall: Wall
) -> None:
    path = f"/s/{house.send(associations={'main': photo()}).id}"
    before = (await house.get(path)).headers["etag"]
    house.now = house.now.replace(second=1)
    await wall.fetch()
    assert (await house.get(path, headers={"if-none-match": before})).status_code == 200


async def test_words_stand_beside_the_picture_verbatim(house: House, wall: Wall) -> None:
    said = photo(
        headline="Ferry",
        descriptions=[
            {"role": "caption", "value": CAPTION},
            {"role": "alttext", "value": "A <white> ship"},
        ],
        by="Ada Quay",
        copyrightnotice="© Harbour Eye",
    )
    house.send(associations={"main": said})
    await wall.fetch()
    page = await page_of(house)
    assert page.css_first("figcaption .caption").text() == CAPTION
    assert page.css_first("figure img").attributes["alt"] == "A <white> ship"
    assert page.css_first("figcaption .source").text() == "Ada Quay / © Harbour Eye"
    assert page.css("figure [data-copy]") == []


async def test_a_picture_without_a_text_for_the_blind_has_an_empty_one(
    house: House, wall: Wall
) -> None:
    house.send(associations={"main": photo(descriptions=[{"role": "caption", "value": CAPTION}])})
    await wall.fetch()
    assert (await page_of(house)).css_first("figure img").attributes["alt"] in ("", None)


async def test_machines_and_feeds_find_it_too(house: House, wall: Wall) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    name = wall.known(QUAY_ID).name
    assert await mentions(house, name) == [
        *(f"/s/{house.story().id}{form}" for form in ("", ".json", "/v1", "/v1.json")),
        *("/", "/agency/seaboard", "/feed.atom", "/feed.rss", "/feed.json"),
    ]
    page = await page_of(house)
    assert (
        page.css_first('meta[property="og:image"]')
        .attributes["content"]
        .endswith(wall.address(QUAY_ID))
    )
    assert page.css_first('meta[name="twitter:card"]').attributes["content"] == (
        "summary_large_image"
    )


async def test_the_next_version_shows_the_picture_at_once_and_the_older_edition_does_not(
    house: House, wall: Wall
) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    story = house.send(
        associations={"main": photo()}, version="2", text="New.", versioncreated=LATER
    )
    assert story.edition == 2
    assert len((await page_of(house)).css("figure")) == 1
    older = await house.get(f"/s/{story.id}/v1")
    assert "<figure" not in older.text
    assert wall.server.asked == [f"{PHOTOS}/quay.jpg"]


async def test_a_new_version_with_the_same_words_and_another_picture_changes_the_picture(
    house: House, wall: Wall
) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    quay = wall.address(QUAY_ID)
    story = house.send(associations={"main": photo("crane")}, version="2", versioncreated=LATER)
    await wall.fetch()
    assert story.edition == 1
    (image,) = (await page_of(house)).css("figure img")
    assert image.attributes["src"] == wall.address("urn:seaboard:photo:crane")
    assert (await house.get(quay)).status_code == 410


async def test_a_picture_named_twice_hangs_once_and_ten_are_enough(
    house: House, wall: Wall
) -> None:
    many = {f"p{n}": photo(f"p{n}") for n in range(12)} | {"again": photo("p0")}
    house.send(associations=many)
    hung = wall.pictures()
    assert [one.id.rpartition(":")[2] for one in hung] == [f"p{n}" for n in range(11)]
    assert [reason.code for reason in hung[10].reasons] == ["picture-left-out"]


# --- fetching ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "again"), [(404, False), (503, True), (429, True), (0, True), (b"<svg/>", False)]
)
async def test_what_does_not_come_leaves_the_story_as_it_is(
    given: bytes | int, again: bool, house: House, wall: Wall
) -> None:
    wall.server.has = {f"{PHOTOS}/quay.jpg": given}
    assert house.send(associations={"main": photo()}).face is Face.live
    await wall.fetch()
    await wall.fetch()
    (hung,) = wall.pictures()
    assert (hung.attempts, hung.due is not None) == (1, again)
    assert hung.error
    assert len(wall.server.asked) == 1
    wall.server.has = {f"{PHOTOS}/quay.jpg": QUAY}
    house.wait(minutes=1)
    await wall.fetch()
    assert len((await page_of(house)).css("figure")) == again


async def test_a_server_that_never_answers_is_given_up(house: House, wall: Wall) -> None:
    wall.server.has = {f"{PHOTOS}/quay.jpg": 0}
    house.send(associations={"main": photo()})
    for _ in range(10):
        await wall.fetch()
        house.wait(hours=2)
    assert len(wall.server.asked) == 6


async def test_nothing_is_fetched_for_a_story_that_is_not_live_or_is_paused(
    house: House, wall: Wall
) -> None:
    house.send(associations={"main": photo()}, embargoed="2026-03-02T10:00:00Z")
    house.desk.pause()
    house.send(OTHER, associations={"main": photo("crane")})
    await wall.fetch()
    assert wall.server.asked == []
    house.desk.resume()
    house.desk.settle()
    await wall.fetch()
    assert wall.server.asked == [f"{PHOTOS}/crane.jpg"]


async def test_the_rendition_that_suits_a_page_is_fetched(house: House, wall: Wall) -> None:
    widths = {"thumb": 200, "huge": 4000, "web": 1400, "preview": 800}
    renditions = [
        {"name": name, "href": f"{PHOTOS}/{name}.jpg", "width": width, "height": 10}
        for name, width in widths.items()
    ]
    film = {"name": "film", "href": f"{PHOTOS}/film.mp4", "mimetype": "video/mp4", "width": 1280}
    house.send(associations={"main": photo(renditions=[*renditions, film])})
    house.send(OTHER, associations={"main": photo("b", renditions=renditions[:1] + renditions[3:])})
    await wall.fetch()
    assert wall.server.asked == [f"{PHOTOS}/web.jpg", f"{PHOTOS}/preview.jpg"]


async def test_a_file_that_is_lost_is_fetched_again(house: House, wall: Wall) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    address = wall.address(QUAY_ID)
    house.desk.photos.folder.destroy(wall.known(QUAY_ID).name)
    assert (await house.get(address)).status_code == 503
    await wall.fetch()
    assert (await house.get(address)).content == QUAY


async def test_a_restart_forgets_nothing(house: House, wall: Wall) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    address = wall.address(QUAY_ID)
    house.restart()
    assert (await house.get(address)).content == QUAY
    assert len((await page_of(house)).css("figure")) == 1


# --- permission --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "closed",
    [
        {"pubstatus": "withheld"},
        {"pubstatus": "odd"},
        {"embargoed": "2026-03-02T10:00:00Z"},
        {"usageterms": "TURKEY OUT"},
        {"usageterms": "Not to be used without consent"},
        {"expires": "2026-03-02T08:00:00Z"},
    ],
)
async def test_a_picture_that_may_not_be_shown_leaves_its_story_live_without_it(
    closed: dict[str, Any], house: House, wall: Wall
) -> None:
    story = house.send(associations={"main": photo(**closed)})
    await wall.fetch()
    assert story.face is Face.live
    assert wall.server.asked == []
    assert "<figure" not in (await house.get(f"/s/{story.id}")).text
    (hung,) = told_pictures(wall.pictures())
    assert hung["because"]


async def test_a_pictures_embargo_ends_by_the_clock_alone(house: House, wall: Wall) -> None:
    house.send(associations={"main": photo(embargoed="2026-03-02T10:00:00Z")})
    house.wait(minutes=59)
    await wall.fetch()
    assert wall.server.asked == []
    house.wait(minutes=1)
    await wall.fetch()
    assert len((await page_of(house)).css("figure")) == 1


async def test_a_pictures_licence_ends_by_the_clock_alone_and_is_proved(
    house: House, wall: Wall
) -> None:
    house.send(associations={"main": photo(expires="2026-03-02T10:00:00Z")})
    await wall.fetch()
    address = wall.address(QUAY_ID)
    assert (await house.get(address)).status_code == 200
    house.wait(hours=1)
    assert (await house.get(address)).status_code == 410
    assert (await page_of(house)).css("figure") == []
    await wall.fetch()
    assert wall.known(QUAY_ID).since is None
    seen = {one.address: one for one in house.desk.store.receipts(house.story().id)}
    assert (seen[address].clean, seen[address].status) == (True, 410)


# --- taken back --------------------------------------------------------------------------------


def kill_photo(name: str = "quay", **facts: Any) -> bytes:
    """AP's way: a message under the picture's own id."""
    said = {"type": "picture", "pubstatus": "canceled", "headline": "Photo kill", "body_text": None}
    return ninjs(f"urn:seaboard:photo:{name}", **(said | facts))


@pytest.mark.parametrize(
    "said",
    [{}, {"pubstatus": "usable", "editorialtypes": ["Elimination"]}, {"pubstatus": "withheld"}],
)
async def test_a_picture_is_taken_down_alone_and_everywhere(
    said: dict[str, Any], house: House, wall: Wall
) -> None:
    story = house.send(associations={"main": photo(), "more": photo("crane")})
    await wall.fetch()
    address, name = (
        wall.address(QUAY_ID),
        wall.known(QUAY_ID).name,
    )
    house.now = house.now.replace(minute=5)
    house.receive(kill_photo(**said))
    assert house.story().face is Face.live
    gone = await house.get(address)
    assert (gone.status_code, gone.headers["cache-control"]) == (410, "no-store")
    assert await mentions(house, name) == []
    assert len((await page_of(house)).css("figure")) == 1, "the other picture stays"
    ((code, text),) = wall.calls
    assert code == "picture-killed"
    assert address in text
    assert f"/s/{story.id}" in text
    house.now = house.now.replace(second=1)
    await wall.fetch()
    receipts = {one.address: one for one in house.desk.store.receipts(story.id) if one.clean}
    assert {address, f"/s/{story.id}", "/", "/feed.rss", "/feed.json"} <= set(receipts)
    assert (receipts[address].seen - receipts[address].since).total_seconds() == 1
    assert dossier(house.desk, story.id)["withdrawal"] is None, "the story was never withdrawn"


async def test_the_bytes_of_a_killed_picture_are_destroyed(house: House, wall: Wall) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    name = wall.known(QUAY_ID).name
    house.receive(kill_photo())
    assert house.desk.photos.folder.read(name) is None


async def test_a_desk_that_dies_over_a_kill_shows_the_picture_on_no_page(
    house: House, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = house.send(associations={"main": photo()})
    await wall.fetch()
    name = wall.known(QUAY_ID).name
    assert name in (await house.get(f"/s/{story.id}")).text

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(PhotoDesk, "_press_again", dies)
    with pytest.raises(KeyboardInterrupt):
        house.receive(kill_photo())
    monkeypatch.undo()
    house.restart()
    house.desk.catch_up()
    assert not house.desk.pressroom.folder.is_open(story.id)
    for form in ("", ".json"):
        answer = await house.get(f"/s/{story.id}{form}")
        assert answer.status_code == 200
        assert name not in answer.text


async def test_a_kill_beside_the_story_is_a_kill_of_the_picture(house: House, wall: Wall) -> None:
    house.send(associations={"main": photo()})
    house.send(OTHER, associations={"main": photo()})
    await wall.fetch()
    house.send(
        associations={"main": photo(pubstatus="canceled")}, version="2", versioncreated=LATER
    )
    assert wall.known(QUAY_ID).state is PictureState.killed
    for guid in (GUID, OTHER):
        assert house.story(guid).face is Face.live
        assert (await page_of(house, guid)).css("figure") == []


async def test_a_kill_that_comes_before_its_picture_waits_for_it(house: House, wall: Wall) -> None:
    house.receive(kill_photo())
    assert [code for code, _ in wall.calls] == ["picture-kill-waits"]
    house.send(associations={"main": photo()})
    await wall.fetch()
    assert wall.server.asked == []
    assert (await page_of(house)).css("figure") == []


async def test_a_kill_that_comes_while_the_picture_is_fetched_is_heeded(
    house: House, wall: Wall
) -> None:
    house.send(associations={"main": photo()})
    fetch = wall.server.fetch

    async def killed_meanwhile(request: Any) -> Any:
        house.receive(kill_photo())
        return await fetch(request)

    wall.server.fetch = killed_meanwhile  # type: ignore[method-assign]
    await wall.fetch()
    assert (await page_of(house)).css("figure") == []
    picture = wall.known(QUAY_ID)
    assert picture.state is PictureState.killed
    assert house.desk.photos.folder.read(picture.name) is None
    assert (await house.get(wall.address(QUAY_ID))).status_code == 404


async def test_kill_and_story_in_one_batch_show_nothing(house: House, wall: Wall) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    house.hold()
    later = ninjs(associations={"main": photo()}, version="2", text="New.", versioncreated=LATER)
    house.release()
    house.receive(later, kill_photo())
    assert (await page_of(house)).css("figure") == []


async def test_a_kill_names_only_its_own_agencys_pictures(house: House, wall: Wall) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    house.receive(house.delivery(kill_photo(), agency="kestrel"))
    assert len((await page_of(house)).css("figure")) == 1


async def test_what_looks_like_a_killed_picture_is_suspended_whoever_sent_it(
    house: House, wall: Wall
) -> None:
    wall.server.has |= {f"{PHOTOS}/kestrel.jpg": SAME}
    house.send(associations={"main": photo()})
    house.receive(
        house.delivery(ninjs(OTHER, associations={"main": photo("kestrel")}), agency="kestrel"),
        ninjs("urn:seaboard:crane", associations={"main": photo("crane")}),
    )
    await wall.fetch()
    house.receive(kill_photo())
    like, crane = wall.known("urn:seaboard:photo:kestrel"), wall.known("urn:seaboard:photo:crane")
    assert (like.state, crane.state) == (PictureState.suspended, PictureState.good)
    assert (await house.get(wall.address("urn:seaboard:photo:kestrel"))).status_code == 410
    ((_, text),) = wall.calls
    assert "also suspended" in text
    assert "kestrel /s/" in text
    house.now = house.now.replace(second=9)
    await wall.fetch()
    assert house.desk.store.pictures.owed(house.now, 10) == []


@pytest.mark.parametrize("bytes", [QUAY, SAME], ids=["the same bytes", "a copy"])
async def test_a_late_copy_of_a_killed_picture_is_held_under_any_id(
    bytes: bytes, house: House, wall: Wall
) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    house.receive(kill_photo())
    wall.server.has |= {f"{PHOTOS}/late.jpg": bytes}
    story = house.send(OTHER, associations={"main": photo("late")})
    await wall.fetch()
    assert story.face is Face.live
    assert (await page_of(house, OTHER)).css("figure") == []
    assert (await house.get(wall.address("urn:seaboard:photo:late"))).status_code in (404, 410)


async def test_a_person_puts_a_suspended_picture_back_and_a_second_kill_takes_it_again(
    house: House, wall: Wall
) -> None:
    wall.server.has |= {f"{PHOTOS}/alike.jpg": SAME}
    house.send(associations={"main": photo()})
    house.send(OTHER, associations={"main": photo("alike")})
    await wall.fetch()
    house.receive(kill_photo())
    address = wall.address("urn:seaboard:photo:alike")
    decide_picture(house.desk, DecisionKind.release, address, reason="another", by="an editor")
    assert (await house.get(address)).status_code == 200
    assert len((await page_of(house, OTHER)).css("figure")) == 1
    house.receive(kill_photo())
    assert (await house.get(address)).status_code == 200, "the same kill is no news"
    house.receive(kill_photo("alike", version="2"))
    assert (await house.get(address)).status_code == 410


async def test_a_storys_kill_takes_its_pictures_along_unless_another_story_shows_them(
    house: House, wall: Wall
) -> None:
    house.send(associations={"main": photo(), "more": photo("crane")})
    words = {"headline": "Crane sold", "text": "The old crane of Vester was sold on Monday."}
    house.send(OTHER, associations={"main": photo("crane")}, **words)
    await wall.fetch()
    quay, crane = wall.address(QUAY_ID), wall.address("urn:seaboard:photo:crane")
    killed = house.kill()
    assert (await house.get(quay)).status_code == 410
    assert (await house.get(crane)).status_code == 200
    taken = [one.address for one in house.desk.photos.surfaces(killed)]
    assert taken == wall.addresses(QUAY_ID)
    assert taken[0] == quay
    assert len(taken) > 1


async def test_a_hold_takes_the_picture_along_and_a_release_brings_it_back(
    house: House, wall: Wall
) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    address = wall.address(QUAY_ID)
    house.hold()
    assert (await house.get(address)).status_code == 410
    house.release()
    assert (await house.get(address)).status_code == 200
    assert len((await page_of(house)).css("figure")) == 1


async def test_a_picture_that_was_never_public_does_not_exist(house: House, wall: Wall) -> None:
    wall.server.has |= {f"{PHOTOS}/late.jpg": SAME}
    house.send(associations={"main": photo()})
    await wall.fetch()
    house.receive(kill_photo())
    house.send(OTHER, associations={"main": photo("late")})
    await wall.fetch()
    assert (await house.get(wall.address("urn:seaboard:photo:late"))).status_code == 404


# --- an editor's word --------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["address", "url", "name", "id"])
async def test_an_editor_kills_a_picture_by_any_of_its_names(
    how: str, house: House, wall: Wall
) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    picture, address = (
        wall.known(QUAY_ID),
        wall.address(QUAY_ID),
    )
    said = {
        "address": address,
        "url": f"https://news.example{address}",
        "name": picture.name,
        "id": QUAY_ID,
    }[how]
    names = decide_picture(house.desk, DecisionKind.kill, said, reason="legal", by="an editor")
    assert names == [picture.name]
    told = told_picture(house.desk, picture.name)
    assert (told["state"], told["shown"], told["why"]) == ("killed", False, "legal")
    with pytest.raises(ValueError, match="nothing brings it back"):
        decide_picture(house.desk, DecisionKind.release, said, reason="oops", by="an editor")


async def test_an_editor_holds_a_picture_and_puts_it_back(house: House, wall: Wall) -> None:
    house.send(associations={"main": photo()})
    await wall.fetch()
    id, address = QUAY_ID, wall.address(QUAY_ID)
    decide_picture(house.desk, DecisionKind.hold, id, reason="doubt", by="an editor")
    assert (await house.get(address)).status_code == 410
    decide_picture(house.desk, DecisionKind.release, id, reason="settled", by="an editor")
    assert (await house.get(address)).status_code == 200


async def test_a_picture_nobody_knows_is_refused_in_a_sentence(house: House) -> None:
    with pytest.raises(Unresolved, match="no picture urn:nothing; give its address"):
        decide_picture(house.desk, DecisionKind.kill, "urn:nothing", reason="desk", by="me")


# --- proof -------------------------------------------------------------------------------------


async def test_a_stale_page_calls_a_person_and_is_tried_again(
    house: House, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copytaster.newsroom.picture_proving._WAITS", (0.0,))
    story = house.send(associations={"main": photo()})
    await wall.fetch()
    address = wall.address(QUAY_ID)
    stale = (await house.get(f"/s/{story.id}")).content
    house.receive(kill_photo())
    fetch = wall._picturing._prover._fetch

    async def from_cache(path: str) -> tuple[int, bytes]:
        return (200, stale) if path == f"/s/{story.id}" else await fetch(path)

    wall._picturing._prover._fetch = from_cache
    house.now = house.now.replace(second=30)
    await wall.fetch()
    assert wall.calls[-1][0] == "picture-not-gone"
    assert "1 public addresses still show it" in wall.calls[-1][1]
    seen = {one.address: one.clean for one in house.desk.store.receipts(story.id)}
    assert (seen[address], seen[f"/s/{story.id}"]) == (True, False)
    wall._picturing._prover._fetch = fetch
    house.wait(seconds=31)
    await wall.fetch()
    assert all(one.clean for one in house.desk.store.receipts(story.id))
    assert "picture-not-gone" not in dict(wall.calls), "it is over"
    assert house.desk.store.pictures.owed(house.now, 10) == []
