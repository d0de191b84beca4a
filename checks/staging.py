"""A desk on loopback into which the script is played, and what the public saw of it."""

import asyncio
import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import msgspec

from bench.desk import Desk
from bench.desk import Voice
from bench.stories import Writer
from checks import canary
from checks.browser import MISSING
from checks.crawl import crawl
from checks.crawl import documented
from checks.finding import CheckFailed
from checks.saved import Answer
from checks.saved import Site
from checks.saved import save
from checks.script import BEFORE
from checks.script import HOUSE
from checks.script import PROFILES
from checks.script import written
from checks.states import STATUS
from copytaster.demo import Sending
from copytaster.demo import play
from copytaster.demo.drawings import draw
from copytaster.demo.script import Decide
from copytaster.demo.script import Expectation
from copytaster.demo.script import Script
from copytaster.demo.script import See
from copytaster.demo.script import Seen
from copytaster.demo.script import Send
from copytaster.demo.script import Step
from copytaster.demo.script import StoryName

PROJECT = Path(__file__).parents[1]
FILLERS = 32
"""stories beside those of the script, so that a front has a second page"""
_PATIENCE = 60.0
_GLANCE = 0.05
_LIVE = 200
_NOT_YET = 503
_FORMS = ("", ".txt", ".json", "/changes")
_CONFIG = f"""\
agencies = "{PROFILES}"

[site]
pages = "{HOUSE}"
name = "The Saltmere Courier"
tagline = "Agency copy, word for word"
language = "en"
zone = "Europe/London"
territories = ["GB"]
imprint = "The Saltmere Courier, Quay Street 1"
contact = "desk@courier.example"

[site.app]
name = "Courier"
url = "https://open.courier.example/s/"
ios_id = "123456789"
ios_team = "ABCDE12345.example.courier"
android_package = "example.courier"
android_fingerprints = ["{":".join(["AB"] * 32)}"]

[pictures]
allow_networks = ["127.0.0.0/8"]

[proof]
sample = 1

[drill]
every_hours = 0

[patrol]
per_minute = 0

[breaker]
kill_share = 0.0
"""


@contextlib.contextmanager
def staged(folder: Path) -> Iterator[Site]:
    """The site, its desk still running: pages can be looked at in a browser."""
    config = folder / "site.toml"
    config.write_text(_CONFIG, "utf-8")
    with (
        Desk(folder / "empty", config=config) as empty,
        Desk(folder / "data", config=config) as desk,
        _agencies() as pictures,
    ):
        first_run = crawl(empty.base, documented(PROJECT))
        _fill(desk)
        start = datetime.now(UTC) - BEFORE
        stage = Stage(desk, written(folder, start, pictures), start)
        asyncio.run(stage.play(pictures))
        answers = stage.look_around()
        site = Site(
            folder=folder / "answers",
            answers=first_run | answers,
            before=stage.before,
            stories=stage.stories,
            faces=stage.faces,
            data=desk.data,
            log=desk.said(),
            withdrawn_clean=stage.is_clean("canary"),
        )
        save(site)
        yield site


def _fill(desk: Desk) -> None:
    """Ordinary stories, so that lists are long."""
    writer = Writer(55, size=2400)
    first = datetime.now(UTC) - BEFORE - timedelta(minutes=FILLERS)
    with desk.speak() as voice:
        for number in range(FILLERS):
            made = first + timedelta(minutes=number)
            voice.settled(voice.push(writer.story(number, made), agency="gannet"))


@contextlib.contextmanager
def _agencies() -> Iterator[str]:
    """The agencies' picture server; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            agency, _, name = self.path.strip("/").partition("/")
            data = draw(agency, name.removesuffix(".jpg"))
            self.send_response(200)
            self.send_header("content-type", "image/jpeg")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *_: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class Stage:
    """Plays the script into the desk, on a clock of the script's own."""

    def __init__(self, desk: Desk, script: Script, start: datetime) -> None:
        self.desk = desk
        self.script = script
        self.stories: dict[str, str] = {}
        self.faces: dict[str, Seen] = {}
        self.before: dict[str, Answer] = {}
        self._now = start
        self._start = start
        self._client = httpx2.Client(base_url=desk.base, trust_env=False)

    async def play(self, pictures: str) -> None:
        async def push(sending: Sending) -> None:
            with self.desk.speak() as voice:  # between two sends the desk may hang up
                self._push(voice, sending)

        async def decide(decision: Decide, name: StoryName) -> None:
            self._decide(decision, name)

        async def look(_step: Step, expectation: Expectation) -> None:
            if isinstance(expectation, See):
                self._see(expectation)

        async def sleep(seconds: float) -> None:
            self._now += timedelta(seconds=seconds)

        await play(
            msgspec.structs.replace(self.script, start=self._start),
            push=push,
            decide=decide,
            clock=lambda: self._now,
            sleep=sleep,
            say=lambda _line: None,
            look=look,
            pictures=pictures,
        )

    def _push(self, voice: Voice, sending: Sending) -> None:
        delivery = voice.push(
            sending.data, agency=sending.agency, content_type=sending.content_type
        )
        fate = voice.settled(delivery)
        if fate["state"] != "taken":
            raise CheckFailed(f"{'/'.join(sending.stories)} was not taken: {fate}")
        for handle in sending.stories:
            self._pictures_came(handle, str(fate["stories"][0]["address"]))

    def _pictures_came(self, handle: str, path: str) -> None:
        """Note where the story is; wait for the picture that the script sends with it."""
        self.stories[handle] = urlsplit(path).path
        pictured = handle == canary.STORY or any(
            entry.says("picture")
            for step in self.script.steps
            if isinstance(step.act, Send)
            for entry in step.act.entries
            if entry.story == handle
        )
        if pictured and self._get(self.stories[handle]).status_code == _LIVE:
            self._until(
                lambda: "<figure" in self._get(self.stories[handle]).text,
                f"no picture came to {handle}",
            )

    def _decide(self, decision: Decide, name: StoryName) -> None:
        """As an editor does in a shell."""
        program = "from copytaster.cli import main; main()"
        path = self.stories[name.story]
        order = [decision.kind.value, path.rpartition("/")[2], "--reason", decision.reason]
        done = subprocess.run(
            [sys.executable, "-c", program, *order, "--data", str(self.desk.data)],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        if done.returncode:
            raise CheckFailed(f"copytaster {' '.join(order)}: {done.stderr.strip()}")

    def _see(self, wanted: See) -> None:
        """Wait until the public sees it; the canary's first sight is when we look around."""
        self.faces[wanted.story] = wanted.face
        path, status = self.stories[wanted.story], STATUS[wanted.face]
        self._until(
            lambda: self._get(path).status_code == status,
            f"{wanted.story} at {path} is never {wanted.face.value} ({status})",
        )
        if (wanted.story, wanted.face) == (canary.STORY, Seen.live):
            self.before = self.look_around()
        if (wanted.story, wanted.face) == (canary.STORY, Seen.gone):
            self._until(
                lambda: self.is_clean(canary.STORY), "the desk never saw the canary to be gone"
            )

    def look_around(self) -> dict[str, Answer]:
        """Everything that the site answers now, and again what it answered before."""
        self._until(self._is_signed, "the public log is not signed")
        own = [f"{path}{form}" for path in self.stories.values() for form in _FORMS]
        earlier = [answer.address for answer in self.before.values()]
        searches = [f"/search?q={word}" for word in (*canary.WORDS, "saltmere", "nothing-at-all")]
        asked = [*documented(PROJECT), *own, *earlier, *searches, MISSING]
        return crawl(self.desk.base, asked)

    def is_clean(self, handle: str) -> bool:
        """Whether the desk has seen every public copy of the story to be gone."""
        token = (self.desk.data / "secrets" / "desk.token").read_text("utf-8").strip()
        story = self.stories[handle].rpartition("/")[2]
        told = self._client.get(
            f"/api/desk/stories/{story}", headers={"authorization": f"Bearer {token}"}
        ).json()
        return bool(told["withdrawal"] and told["withdrawal"]["clean"])

    def _is_signed(self) -> bool:
        """Whether the log proves everything that has happened so far."""
        pages = self.stories.values()
        return all(self._get(f"{path}.tlog-proof").status_code != _NOT_YET for path in pages)

    def _get(self, path: str) -> httpx2.Response:
        return self._client.get(path)

    def _until(self, is_so: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not is_so():
            if time.monotonic() > deadline:
                raise CheckFailed(f"{otherwise} (waited {_PATIENCE:g} s)")
            time.sleep(_GLANCE)
