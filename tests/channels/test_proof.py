"""What counts as clean, and what does not."""

import asyncio
import base64
from datetime import UTC
from datetime import datetime

import pytest

from copytaster.channels import Surface
from copytaster.channels import marks_of
from copytaster.channels import prove
from copytaster.channels.proof import stain

STORY = "0123456789abcdef"
PARAGRAPH = "The harbour will be closed to all ships until the storm has passed, the port said."
MARKS = marks_of(STORY, ["Harbour closed after storm warning", PARAGRAPH])
OWN = Surface(address=f"/s/{STORY}", kind="own", status=410)
LIST = Surface(address="/", kind="list", status=200)
FEED = Surface(address="/feed.atom", kind="feed", status=200)


def now() -> datetime:
    return datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_notice_without_the_words_is_clean():
    assert stain(OWN, 410, b"<p>Withdrawn by the agency.</p>", MARKS) is None


def test_the_wrong_status_is_not_clean():
    assert stain(OWN, 200, b"<p>Withdrawn.</p>", MARKS) == "answered 200, expected 410"


@pytest.mark.parametrize(
    "body",
    [
        PARAGRAPH.encode(),
        f"<p>{PARAGRAPH}</p>".encode(),
        f'{{"content": "&lt;p&gt;{PARAGRAPH}"}}'.encode(),
        b"<title>Harbour closed after storm warning</title>",
    ],
)
def test_the_words_are_found_in_any_wrapping(body: bytes):
    assert stain(OWN, 410, body, MARKS) == "still shows the text"


def test_words_broken_by_markup_and_references_are_found_by_another_stretch():
    body = PARAGRAPH.replace("harbour will", "harbour <b>will</b>").replace(",", "&#44;")
    marks = marks_of(STORY, [PARAGRAPH, "A second paragraph that nobody has touched at all."])
    whole = body + " A second paragraph that nobody has touched at all."
    assert stain(OWN, 410, whole.encode(), marks) == "still shows the text"


def test_a_list_must_not_name_the_story():
    assert stain(LIST, 200, f'<a href="/s/{STORY}">'.encode(), MARKS) == "still listed"
    assert (
        stain(LIST, 200, b'<a href="/s/other">Harbour closed after storm warning</a>', MARKS)
        is None
    )


def test_a_feed_may_name_the_story_but_not_say_its_words():
    notice = f"<entry><id>/s/{STORY}</id><title>Withdrawn</title></entry>".encode()
    words = f"<entry><id>/s/{STORY}</id><p>{PARAGRAPH}</p></entry>".encode()
    assert stain(FEED, 200, notice, MARKS) is None
    assert stain(FEED, 200, words, MARKS) == "still shows the text"


def test_the_same_words_in_another_storys_entry_do_not_stain_a_feed():
    twin = f"<entry><id>/s/{STORY}</id></entry><entry><id>/s/twin</id>{PARAGRAPH}</entry>"
    assert stain(FEED, 200, twin.encode(), MARKS) is None


@pytest.mark.parametrize(
    "feed",
    [
        "<entry><id>/s/{twin}</id>{words}</entry><at:deleted-entry ref='/s/{story}'/>",
        "<item><guid>/s/{twin}</guid>{words}</item><item><guid>/s/{story}</guid></item>",
        "<article><a href='/s/{twin}'>{words}</a></article><article>/s/{story}</article>",
        '{{"items": [{{"id": "/s/{story}"}}, {{"id": "/s/{twin}", "x": "{words}"}}]}}',
    ],
)
def test_a_twins_words_beside_a_tombstone_do_not_stain_a_feed(feed: str):
    body = feed.format(story=STORY, twin="twin", words=PARAGRAPH)
    assert stain(FEED, 200, body.encode(), MARKS) is None


def test_words_outside_every_entry_stain_a_feed():
    body = f"<title>{PARAGRAPH}</title><entry><id>/s/twin</id>{PARAGRAPH}</entry>"
    assert stain(FEED, 200, body.encode(), MARKS) == "still shows the text"


def test_an_address_that_does_not_answer_is_not_clean():
    async def fetch(address: str) -> tuple[int, bytes]:
        raise ConnectionError("refused")

    seen = asyncio.run(prove([OWN, LIST], MARKS, fetch, now))
    assert [one.clean for one in seen] == [False, False]
    assert all("no answer: ConnectionError" in (one.detail or "") for one in seen)


def test_every_surface_is_fetched_and_dated():
    asked: list[str] = []

    async def fetch(address: str) -> tuple[int, bytes]:
        asked.append(address)
        return (410, b"gone") if address.startswith("/s/") else (200, b"")

    seen = asyncio.run(prove([OWN, LIST, FEED], MARKS, fetch, now))
    assert sorted(asked) == sorted(one.surface.address for one in seen)
    assert all(one.clean and one.at == now() for one in seen)


@pytest.mark.parametrize(
    "text",
    [
        "तट पर बाढ़ की चेतावनी जारी की गई है, विभाग ने कहा।",
        "قَالَ المُتَحَدِّثُ إِنَّ المِينَاءَ مُغْلَقٌ",
        "ท่าเรือถูกปิดหลังพายุเข้าเมื่อคืนนี้",
        "BREAKING: U.S. hits Iran",
        "Al-Hol's gate: shut",
        "洪水",
    ],
)
def test_words_of_any_script_and_length_leave_a_mark(text: str):
    marks = marks_of(STORY, [text])
    assert stain(OWN, 410, f"<p>{text}</p>".encode(), marks) == "still shows the text"


PROOF = Surface(address="/s/0123456789abcdef.tlog-proof", kind="proof")


def _proof(*extra: bytes) -> bytes:
    lines = [b"extra " + base64.b64encode(one) for one in extra]
    return b"\n".join([b"c2sp.org/tlog-proof@v1", *lines, b"index 7", b"", b"origin", b""])


def test_a_proof_must_not_open_the_text_that_was_taken_back():
    leaf = b"copytaster/event/v1\nevent killed\n"
    assert stain(PROOF, 200, _proof(leaf), MARKS) is None
    salt = b"salt text " + b"0f" * 32 + b"\n"
    for shown in (leaf + salt, b"\n" + salt):
        assert stain(PROOF, 200, _proof(shown), MARKS) == "still opens the text"
        assert stain(PROOF, 410, _proof(leaf, shown), MARKS) == "still opens the text"


def test_a_proof_that_cannot_be_read_is_not_clean():
    assert stain(PROOF, 200, b"c2sp.org/tlog-proof@v1\nextra *\n", MARKS) == "still opens the text"


@pytest.mark.parametrize("status", [200, 404, 410, 451, 503])
def test_until_the_log_has_the_withdrawal_there_is_no_proof_and_that_is_clean(status: int):
    assert stain(PROOF, status, b"This is not in the log yet.\n", MARKS) is None
