"""A story whose language nobody declared, from its arrival to its notice; what a desk makes ready
for it."""

import logging

import pytest
from selectolax.lexbor import LexborHTMLParser

from copytaster.newsroom.warming import learn_languages
from copytaster.newsroom.warming import read_apart
from tests.newsroom.making import House

pytestmark = pytest.mark.anyio

HINDI = (
    "बंदरगाह खुला रहेगा, मंत्री ने गुरुवार को कहा। किसी ने हमसे इसे बंद करने के लिए नहीं कहा, "
    "उन्होंने पत्रकारों से कहा और चले गए।"
)


def _language(page: str) -> str | None:
    return LexborHTMLParser(page).css_first("html").attributes["lang"]


async def test_page_list_feed_and_notice_are_in_the_language_that_its_words_tell(
    house: House,
) -> None:
    story = house.send(headline="बंदरगाह खुला रहेगा", text=HINDI)
    assert story.language == "hi"
    assert _language((await house.get(f"/s/{story.id}")).text) == "hi"
    assert 'lang="hi"' in (await house.get("/")).text
    (entry,) = (await house.get("/feed.json")).json()["items"]
    assert (entry["language"], entry["_wire"]["languageSource"]) == ("hi", "detected")
    house.kill()
    notice = await house.get(f"/s/{story.id}")
    assert (notice.status_code, _language(notice.text)) == (410, "hi")


async def test_what_is_declared_is_believed(house: House) -> None:
    story = house.send(headline="बंदरगाह खुला रहेगा", text=HINDI, language="mr")
    assert story.language == "mr"
    (entry,) = (await house.get("/feed.json")).json()["items"]
    assert (entry["language"], entry["_wire"]["languageSource"]) == ("mr", "declared")


def test_the_same_words_told_again_make_no_new_edition(house: House) -> None:
    first = house.send(text=HINDI)
    house.restart()
    assert house.send(text=HINDI, version="2").edition == first.edition == 1


async def test_a_desk_that_cannot_tell_languages_says_so_and_runs(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    with caplog.at_level(logging.WARNING):
        await learn_languages(0, full)
    assert "languages cannot be told: [Errno 28] No space left on device" in caplog.text


async def test_a_desk_learns_languages_after_it_has_started() -> None:
    asked = []
    await learn_languages(0, lambda: asked.append(1))
    assert asked == [1]


async def test_a_desk_that_can_start_no_process_says_so_and_reads_itself(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def no_more() -> None:
        raise OSError(11, "Resource temporarily unavailable")

    with caplog.at_level(logging.WARNING):
        await read_apart(no_more, 0)
    assert "the desk reads itself: [Errno 11]" in caplog.text
