"""A desk on a clock that stands still, and copy to send it: each argument says only what its
test is about."""

import json
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from xml.sax.saxutils import escape

import httpx2
import msgspec
from starlette.routing import BaseRoute

from copytaster import wire
from copytaster.config import Config
from copytaster.delivery import Delivery
from copytaster.newsroom import Desk
from copytaster.newsroom import open_desk
from copytaster.store import Story
from copytaster.story import DecisionKind
from copytaster.web import public_site
from tests import blank
from tests.door import Door

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
BASE = "http://desk.example"
AGENCY = "seaboard"
HEADLINE = "Ferry to Vester runs again"
TEXT = "The ferry to Vester left the north quay at seven on Monday, the harbour office said."
GUID = "urn:seaboard:ferry"


def ninjs(guid: str = GUID, *, text: str = TEXT, **fields: Any) -> bytes:
    """One ninjs item; a field given as None is left out."""
    said = {
        "uri": guid,
        "version": "1",
        "versioncreated": "2026-03-02T08:55:00Z",
        "pubstatus": "usable",
        "headline": HEADLINE,
        "byline": "Ada Quay",
        "body_text": text,
    } | fields
    return json.dumps({key: value for key, value in said.items() if value is not None}).encode()


def feed(*entries: tuple[str, str, str]) -> bytes:
    """An RSS feed of (guid, headline, text), newest first as feeds are."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{escape(guid)}</guid><title>{escape(title)}</title>"
        f"<description>{escape(text)}</description>"
        "<pubDate>Mon, 02 Mar 2026 08:55:00 +0000</pubDate></item>"
        for guid, title, text in entries
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Seaboard</title>"
        f"<link>https://seaboard.example/</link><description>News</description>{items}"
        "</channel></rss>"
    ).encode()


def config(**tables: Any) -> Config:
    """A configuration; no room is kept free on the disk, so that tests run on any."""
    given: dict[str, Any] = {"limits": {"disk_reserve_bytes": 0}, "site": {"url": BASE}}
    return msgspec.convert(given | tables, type=Config)


class House:
    """A desk, its clock, and its public site as a reader reaches it."""

    def __init__(self, data: Path, settings: Config | None = None) -> None:
        self.data = data
        self.settings = settings or config()
        self.now = MORNING
        self.chance = Random(4711)
        blank.lay(data)
        self._open()

    def _open(self) -> None:
        self.desk: Desk = open_desk(self.data, self.settings, lambda: self.now, url=BASE)
        self.serve([])

    def serve(self, more: Sequence[BaseRoute]) -> None:
        """The public site, with these routes beside its own."""
        self.site = public_site(self.desk, more)

    def restart(self) -> None:
        """The same folder, a new process."""
        self.desk.close()
        self._open()

    def wait(self, **span: float) -> None:
        """Time passes; what its passing changes is done."""
        self.now += timedelta(**span)
        self.desk.settle()

    def delivery(self, data: bytes, **facts: Any) -> Delivery:
        given = {"source": "inbox", "agency": AGENCY, "received": self.now, "chance": self.chance}
        return wire.make(data=data, **(given | facts))

    def receive(self, *sent: bytes | Delivery) -> list[str]:
        """Take these in one batch, and do all there is to do; returns the deliveries' ids."""
        batch = [one if isinstance(one, Delivery) else self.delivery(one) for one in sent]
        self.desk.accept(batch)
        self.desk.settle()
        return [one.id for one in batch]

    def send(self, guid: str = GUID, **fields: Any) -> Story:
        """Receive one ninjs item; returns its story as it is now."""
        self.receive(ninjs(guid, **fields))
        return self.story(guid)

    def story(self, guid: str = GUID) -> Story:
        found = self.desk.store.story(self.desk.find(AGENCY, guid) or "")
        assert found is not None, f"no story {guid}"
        return found

    def decide(self, kind: DecisionKind, guid: str = GUID, reason: str = "desk") -> Story:
        self.now += timedelta(seconds=1)  # nobody decides twice at the same instant
        self.desk.decide(self.story(guid).id, kind, reason=reason, by="an editor")
        self.desk.settle()
        return self.story(guid)

    def kill(self, guid: str = GUID, reason: str = "desk") -> Story:
        return self.decide(DecisionKind.kill, guid, reason)

    def hold(self, guid: str = GUID) -> Story:
        return self.decide(DecisionKind.hold, guid)

    def release(self, guid: str = GUID) -> Story:
        return self.decide(DecisionKind.release, guid)

    async def get(self, path: str, **request: Any) -> httpx2.Response:
        """What a reader is answered, who asks for bytes as they are; the address goes out as it
        is written here."""
        headers = {"accept-encoding": "identity"} | request.pop("headers", {})
        door = Door(self.site, raising=False)
        return await door.ask(request.pop("method", "GET"), BASE + path, headers=headers, **request)


@contextmanager
def house(data: Path, settings: Config | None = None) -> Iterator[House]:
    """A house for the length of a block."""
    opened = House(data, settings)
    try:
        yield opened
    finally:
        opened.desk.close()


def codes(story: Story) -> list[str]:
    return [reason.code for reason in story.reasons]
