"""A desk with a few stories, and Debian's Chromium to look at it with."""

import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import httpx2
import msgspec
import pytest

from bench.desk import Desk
from bench.desk import Voice
from bench.stories import Writer
from copytaster.demo.drawings import draw

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AGENCY = "example"
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_CONFIG = """\
[site]
name = "The Harbour Gazette"
tagline = "Agency copy, word for word"
language = "en"
zone = "Asia/Kolkata"
imprint = "The Harbour Gazette, Quay Street 1"
contact = "desk@gazette.example"

[site.app]
name = "Gazette"
url = "https://open.gazette.example/s/"

[pictures]
allow_networks = ["127.0.0.0/8"]
"""


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A desk's public addresses, by what they show."""

    desk: Desk
    pages: dict[str, str]
    """name → path"""

    def url(self, name: str) -> str:
        return self.desk.base + self.pages[name]


def _missing(what: str) -> None:
    """Skip; fail where the tests are required, so that nobody takes a skip for a pass."""
    if os.environ.get("COPYTASTER_BROWSER") == "required":
        pytest.fail(f"{what}, and COPYTASTER_BROWSER=required")
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed: make browser installs it")
    program = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if program is None:
        _missing("no chromium found: Debian has it as chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Stories live, corrected, held and killed, on a desk that runs."""
    folder = tmp_path_factory.mktemp("browser")
    config = folder / "site.toml"
    config.write_text(_CONFIG)
    with Desk(folder / "data", config=config) as desk, _photographer() as base:
        yield Site(desk=desk, pages=_publish(desk, base))


@contextmanager
def _photographer() -> Iterator[str]:
    """A server on loopback with one picture; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = draw("example", "quay")
            self.send_response(200)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/quay.jpg"
        server.shutdown()
        thread.join()


def _publish(desk: Desk, picture: str) -> dict[str, str]:
    with desk.speak() as voice:
        pages = _tell(voice, Writer(21, size=3000))
        return pages | {"pictured": _pictured(desk, voice, picture)}


def _pictured(desk: Desk, voice: Voice, picture: str) -> str:
    """A story with a picture, once the picture is on its page."""
    said = {
        "uri": "urn:example:pictured",
        "version": "1",
        "headline": "The quay at Port Hallam is painted before the season begins",
        "byline": "Ada Quay",
        "body_text": "The quay at Port Hallam was painted on Monday. " * 12,
        "associations": {
            "main": {
                "name": "main",
                "uri": "urn:example:quay",
                "type": "picture",
                "pubstatus": "usable",
                "credit": "Example/Ada Quay",
                "descriptions": [
                    {"role": "caption", "value": "The houses above the quay at dawn."},
                    {"role": "alttext", "value": "A row of houses before hills"},
                ],
                "renditions": [{"name": "web", "href": picture}],
            }
        },
    }
    fate = voice.settled(voice.push(json.dumps(said).encode(), agency=AGENCY))
    path = str(fate["stories"][0]["address"])
    for _ in range(200):
        if "<figure" in httpx2.get(desk.base + path, trust_env=False).text:
            return path
        time.sleep(0.05)
    raise AssertionError(f"no picture on {path}")


def _tell(voice: Voice, writer: Writer) -> dict[str, str]:
    def push(number: int, *, corrects: bool = False, **change: Any) -> str:
        made = datetime.now(UTC) - timedelta(seconds=90 - change.get("version", 1))
        said = writer.story(number, made, **change)
        delivery = voice.push(_correcting(said) if corrects else said, agency=AGENCY)
        fate = voice.settled(delivery)
        assert fate["state"] == "taken", fate
        return str(fate["stories"][0]["address"])

    stories = {
        name: push(number) for number, name in enumerate(("story", "updated", "held", "killed"))
    }
    for number in range(10, 18):
        push(number)
    push(1, version=2)
    push(0, version=2, corrects=True)
    push(2, version=2, status="withheld")
    push(3, version=2, status="canceled")
    return {
        "front": "/",
        **stories,
        "older": f"{stories['updated']}/v1",
        "missing": "/s/nothing",
        "corrections": "/corrections",
        "verify": "/verify",
    }


def _correcting(said: bytes) -> bytes:
    """The same, said to be a correction, with some words others."""
    usable = b'<pubStatus qcode="stat:usable"/>'
    assert usable in said
    said = said.replace(usable, usable + b'<signal qcode="sig:correction"/>')
    return said.replace(b"in edition 2", b"in the corrected edition").replace(b"before", b"after")


@pytest.fixture(scope="session")
def screenshots(project: Path) -> Path:
    """Where the screenshots of this run go."""
    folder = project / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
