"""The desk's API: everything of a story for whoever bears the token, nothing for anybody else."""

import stat
from collections.abc import AsyncGenerator
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from copytaster.config import ConfigError
from copytaster.newsroom import _watching
from copytaster.newsroom import proving
from copytaster.newsroom.control import Answer
from copytaster.newsroom.control import Request
from copytaster.newsroom.office import Office
from copytaster.newsroom.orders import dossier
from copytaster.newsroom.proving import Prover
from copytaster.newsroom.tokens import desk_token
from copytaster.newsroom.tokens import kept_token
from copytaster.web import desk
from tests.door import Door
from tests.newsroom import making
from tests.newsroom.making import BASE
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.pager import Pager

pytestmark = pytest.mark.anyio

TOKEN = "a token of our own"


def serve(house: House, token: str) -> None:
    """The desk's API behind this token."""
    seats = desk.SignedIn(house.desk.people, token=token, url=BASE)
    office = Office(house.desk, _unasked, data=house.data)
    house.serve(desk.app(office, seats, desk.Watched(office, seats)))


async def _unasked(_: Request) -> AsyncGenerator[Answer, None]:
    yield Answer(error="nothing is ordered here")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with making.house(tmp_path / "data") as opened:
        serve(opened, TOKEN)
        yield opened


async def ask(house: House, id: str, said: str | None = f"Bearer {TOKEN}") -> httpx2.Response:
    headers = {} if said is None else {"authorization": said.encode("latin-1")}
    return await house.get(f"/api/desk/stories/{id}", headers=headers)


async def told(house: House, id: str) -> dict[str, Any]:
    answer = await ask(house, id)
    assert answer.status_code == 200
    return dict(answer.json())


WRONG = [None, "", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer \xe9"]


@pytest.mark.parametrize("said", WRONG)
async def test_without_the_token_it_says_nothing(said: str | None, house: House) -> None:
    story = house.send()
    answers = [await ask(house, id, said) for id in (story.id, "0" * 16, "x")]
    for answer in answers:
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.content == answers[0].content


async def test_an_empty_token_opens_nothing(house: House) -> None:
    serve(house, "")
    assert (await ask(house, house.send().id, "Bearer ")).status_code == 401


async def test_the_whole_story_is_told_and_may_not_be_kept(house: House) -> None:
    story = house.send()
    house.hold()
    answer = await ask(house, story.id)
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]
    said = answer.json()
    assert said == dossier(house.desk, story.id)
    assert (said["state"], said["face"]) == ("held", "hold")
    assert [one["headline"] for one in said["versions"]] == [HEADLINE]
    assert [one["kind"] for one in said["events"]] == ["published", "held"]
    assert [(one["state"], one["cause"]) for one in said["verdicts"]] == [
        ("live", "agency"),
        ("held", "desk"),
    ]
    assert [one["kind"] for one in said["decisions"]] == ["hold"]


@pytest.mark.parametrize("id", ["0" * 16, "x", "..%2f..", "0" * 17, "%00", "ABCDEFGHJKMNPQRS"])
async def test_a_story_nobody_knows_is_a_404(id: str, house: House) -> None:
    assert (await ask(house, id)).status_code == 404


async def test_a_withdrawal_is_told_surface_by_surface(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was seen while an address was not yet clean stays known when it is."""
    monkeypatch.setattr(proving, "_WAITS", (0.0, 0.0))
    story = house.send()
    assert (await told(house, story.id))["withdrawal"] is None
    house.kill()
    before = (await told(house, story.id))["withdrawal"]
    assert (before["stands"], before["clean"], before["surfaces"]) == (True, False, [])
    (work,) = house.desk.store.work(house.now.replace(year=2030), 10)
    left = [200, 500]

    class Stale(httpx2.AsyncBaseTransport):
        site = Door(house.site)

        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            if request.url.path == f"/s/{story.id}.txt":
                house.now += timedelta(milliseconds=70)
                if left:
                    return httpx2.Response(left.pop(0), text=TEXT)
            return await self.site.handle_async_request(request)

    prover = Prover(house.desk, BASE, Pager(), transport=Stale())
    assert await prover.withdrawn(work)
    await prover.close()
    seen = (await told(house, story.id))["withdrawal"]
    assert (seen["stands"], seen["clean"], seen["looks"]) == (True, True, 3)
    assert seen["secondsToClean"] == max(one["seconds"] for one in seen["surfaces"]) == 0.21
    assert seen["lastDirty"]["address"] == f"/s/{story.id}.txt"
    assert "answered 500" in seen["lastDirty"]["detail"]
    surfaces = {one["address"]: one for one in seen["surfaces"]}
    assert surfaces["/corrections"]["status"] == 200
    assert surfaces[f"/s/{story.id}"]["status"] == 410
    assert surfaces[f"/s/{story.id}.txt"]["looks"] == 3
    assert surfaces[f"/s/{story.id}"]["dirtySeen"] is None


async def test_a_hold_that_was_lifted_keeps_what_was_seen(house: House) -> None:
    story = house.send()
    house.hold()
    (work,) = house.desk.store.work(house.now.replace(year=2030), 10)
    door = Door(house.site)
    prover = Prover(house.desk, BASE, Pager(), transport=door)
    assert await prover.withdrawn(work)
    await prover.close()
    house.release()
    seen = (await told(house, story.id))["withdrawal"]
    assert (seen["stands"], seen["clean"]) == (False, True)


async def test_what_fails_here_is_told_to_programs_as_json(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("words of a held story")

    monkeypatch.setattr(_watching, "listing", fail)
    headers = {"authorization": f"Bearer {TOKEN}"}
    answer = await house.get("/api/desk/wire", headers=headers)
    assert answer.status_code == 500
    assert answer.json() == {"error": "something failed here; it is in the desk's log"}
    nowhere = await house.get("/api/nowhere")
    assert (nowhere.status_code, list(nowhere.json())) == (404, ["error"])


# --- the token ----------------------------------------------------------------------------------


def test_the_token_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    token = desk_token(tmp_path)
    file = tmp_path / "secrets" / "desk.token"
    assert len(token) > 30
    assert file.read_text() == token == desk_token(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYTASTER_DESK_TOKEN", "from outside")
    assert desk_token(tmp_path) == "from outside"
    assert not (tmp_path / "secrets").exists()


def test_an_empty_token_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "desk.token"
    file.write_text(" \n")
    with pytest.raises(ConfigError, match=r"desk\.token is empty; write the token into it"):
        kept_token(file, "the desk's API")


async def test_a_message_tells_the_delivery_that_brought_it(house: House) -> None:
    (delivery,) = house.receive(ninjs())
    (version,) = (await told(house, house.story().id))["versions"]
    assert version["delivery"] == delivery
