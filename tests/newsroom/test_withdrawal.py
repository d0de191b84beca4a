"""What a withdrawal says, and what a story that moves to another section does."""

from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from copytaster import wire
from copytaster.config import Config
from copytaster.newsroom import Desk
from copytaster.newsroom import open_desk
from copytaster.store import Face
from copytaster.story import DecisionKind

APOLOGY = "An earlier version wrongly said that the ferryman was arrested for fraud."
G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="{version}"
 standard="NewsML-G2" standardversion="2.30" conformance="power">
<itemMeta><itemClass qcode="ninat:text"/><provider literal="x"/>
<versionCreated>2026-03-02T09:0{version}:00Z</versionCreated>
<pubStatus qcode="stat:{status}"/>{note}</itemMeta>
<contentMeta><headline>Ferry runs again</headline><language tag="en"/></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>The ferry runs again.</p></body></html>
</inlineXML></contentSet></newsItem>"""
NOTE = f'<edNote role="dpaednoterole:correction_consumerready">{APOLOGY}</edNote>'


@pytest.fixture
def desk(tmp_path: Path):
    desk = open_desk(tmp_path, Config(), lambda: datetime(2026, 3, 2, 10, tzinfo=UTC))
    yield desk
    desk.close()


@pytest.fixture
def send(desk: Desk) -> Callable[[bytes], None]:
    def send(data: bytes) -> None:
        now = desk.clock()
        desk.accept([wire.make(source="inbox", agency="x", data=data, received=now)])
        desk.settle()

    return send


def g2(version: int, status: str, note: str = "") -> bytes:
    return G2.format(version=version, status=status, note=note).encode()


@pytest.mark.parametrize("kind", [DecisionKind.hold, DecisionKind.kill])
@pytest.mark.parametrize("reason", ["desk", "legal"])
def test_a_notice_repeats_no_sentence_of_the_agency(
    desk: Desk, send: Callable[[bytes], None], kind: DecisionKind, reason: str
):
    send(g2(1, "usable", NOTE))
    story = desk.find("x", "urn:x:1") or ""
    face = desk.decide(story, kind, reason=reason, by="test").face
    desk.settle()
    for form in ("html", "txt", "json"):
        notice = desk.pressroom.folder.read(story, f"{face.status}.{form}")
        assert notice is not None
        assert b"arrested" not in notice


def test_a_kill_that_explains_itself_does_not_repeat_the_claim(
    desk: Desk, send: Callable[[bytes], None]
):
    send(g2(1, "usable"))
    send(g2(2, "canceled", NOTE))
    story = desk.find("x", "urn:x:1") or ""
    assert b"arrested" not in (desk.pressroom.folder.read(story, "410.html") or b"arrested")


def test_a_story_that_only_moves_to_another_section_is_listed_there(
    desk: Desk, send: Callable[[bytes], None]
):
    item = {"uri": "urn:x:2", "headline": "A bill and a ball", "body_text": "Words of a story."}
    send(msgspec.json.encode({**item, "version": "1", "subject": [{"name": "Sport"}]}))
    send(msgspec.json.encode({**item, "version": "2", "subject": [{"name": "Politics"}]}))
    story = desk.store.story(desk.find("x", "urn:x:2") or "")
    assert story is not None
    assert story.face is Face.live
    assert story.sections == ("politics",)
    assert desk.store.shelves("section") == ["politics"]
