"""The pages behind Debian's nginx: the configuration that is printed, and what it answers.

The desk's own answers are what nginx's are held against. Where its desk cannot be reached, what
nginx answers it has from the files alone.
"""

import shutil
import socket
from collections.abc import AsyncIterator
from collections.abc import Callable
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx2
import msgspec
import pytest

from bench.front import LARGEST
from bench.front import NGINX
from bench.front import nginx
from copytaster import web
from copytaster.newsroom import house as houses
from copytaster.story import DecisionKind
from tests.newsroom import live as lives
from tests.newsroom import making
from tests.newsroom.live import until
from tests.newsroom.logs import keeper
from tests.newsroom.making import BASE
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import MORNING
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.newsroom.making import ninjs

pytestmark = pytest.mark.anyio

needs_nginx = pytest.mark.skipif(NGINX is None, reason="no nginx here (Debian: nginx-light)")
SECOND = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "headline": "Ferry full"}
FORMS = ("", ".txt", ".json")
OWN = {"date", "server", "connection", "keep-alive", "etag", "vary", "repr-digest"}
"""what nginx says of itself, of how it was asked, and its own validator; and the one thing that
it cannot say, which is computed from the bytes"""
SITE = houses.site(making.config(), BASE)


@pytest.fixture
async def alone(house: House, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """nginx over the house's files, whose desk nobody can reach."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        desk = f"127.0.0.1:{nobody.getsockname()[1]}"
        with nginx(tmp_path / "nginx", SITE, house.data / "site", desk) as (base, _):
            async with httpx2.AsyncClient(base_url=base, trust_env=False) as client:
                client.headers["accept-encoding"] = "identity"
                yield client


def told(answer: httpx2.Response) -> tuple[int, dict[str, str], bytes]:
    headers = {name: said for name, said in answer.headers.items() if name not in OWN}
    return answer.status_code, headers, answer.content


# --- from files alone ---------------------------------------------------------------------------


@needs_nginx
async def test_a_live_story_is_served_as_the_desk_serves_it(
    house: House, alone: httpx2.AsyncClient
) -> None:
    house.send()
    house.now += timedelta(minutes=3)
    story = house.send(**SECOND)
    for stem in ("", "/v1", "/v2"):
        for form in FORMS:
            address = f"/s/{story.id}{stem}{form}"
            assert told(await alone.get(address)) == told(await house.get(address))
            head = await alone.head(address)
            assert (head.status_code, head.content) == (200, b"")


@needs_nginx
@pytest.mark.parametrize(
    ("kind", "reason", "status"),
    [
        (DecisionKind.hold, "desk", 200),
        (DecisionKind.kill, "desk", 410),
        (DecisionKind.kill, "legal", 451),
    ],
)
async def test_a_notice_is_served_as_the_desk_serves_it(
    kind: DecisionKind, reason: str, status: int, house: House, alone: httpx2.AsyncClient
) -> None:
    story = house.send()
    house.decide(kind, reason=reason)
    for form in FORMS:
        answer = await alone.get(f"/s/{story.id}{form}")
        assert told(answer) == told(await house.get(f"/s/{story.id}{form}"))
        assert answer.status_code == status
        assert TEXT not in answer.text
        again = await alone.get(
            f"/s/{story.id}{form}", headers={"if-modified-since": "Sun, 01 Mar 2037 00:00:00 GMT"}
        )
        assert (again.status_code, again.content) == (status, answer.content)


@needs_nginx
async def test_a_story_that_comes_back_is_served_again(
    house: House, alone: httpx2.AsyncClient
) -> None:
    story = house.send()
    house.hold()
    house.release()
    assert told(await alone.get(f"/s/{story.id}")) == told(await house.get(f"/s/{story.id}"))


@needs_nginx
async def test_a_withdrawal_is_kept_from_the_files_before_the_press_knows_of_it(
    house: House, alone: httpx2.AsyncClient
) -> None:
    house.send()
    story = house.send(**SECOND)
    house.desk.decide(story.id, DecisionKind.kill, reason="desk", by="an editor")
    for stem in ("", "/v1", "/v2"):
        for form in FORMS:
            answer = await alone.get(f"/s/{story.id}{stem}{form}")
            assert answer.status_code == 502, "it asks the desk, whom it cannot reach here"


@needs_nginx
async def test_a_reader_who_has_the_page_is_told_so(
    house: House, alone: httpx2.AsyncClient
) -> None:
    story = house.send()
    first = await alone.get(f"/s/{story.id}")
    for name, said in (
        ("if-none-match", first.headers["etag"]),
        ("if-modified-since", first.headers["last-modified"]),
    ):
        again = await alone.get(f"/s/{story.id}", headers={name: said})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert parsedate_to_datetime(first.headers["last-modified"]) == MORNING


@needs_nginx
async def test_two_editions_of_one_second_and_one_size_are_told_apart(
    house: House, alone: httpx2.AsyncClient
) -> None:
    story = house.send()
    first = await alone.get(f"/s/{story.id}.txt")
    house.send(**SECOND, text=TEXT.replace("seven", "eight"))
    again = await alone.get(f"/s/{story.id}.txt", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 200
    assert len(again.content) == len(first.content)


@needs_nginx
async def test_pages_go_compressed_to_whoever_takes_them_so(
    house: House, alone: httpx2.AsyncClient
) -> None:
    story = house.send()
    plain = await alone.get(f"/s/{story.id}")
    packed = await alone.get(f"/s/{story.id}", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"


@needs_nginx
async def test_an_asset_is_served_as_the_desk_serves_it(
    house: House, alone: httpx2.AsyncClient
) -> None:
    names = [path.name for path in (house.data / "site" / "assets").iterdir()]
    assert {name.rpartition(".")[2] for name in names} >= {"css", "svg", "txt"}
    for name in names:
        address = f"/assets/{name}"
        assert told(await alone.get(address)) == told(await house.get(address))


@needs_nginx
async def test_the_log_is_served_as_the_desk_serves_it(
    house: House, alone: httpx2.AsyncClient
) -> None:
    house.send()
    keeper(house).step()
    for address in ("checkpoint", "vkey", "tile/0/000.p/3", "tile/entries/000.p/3"):
        answer = await alone.get(f"/log/{address}")
        assert answer.status_code == 200
        assert told(answer) == told(await house.get(f"/log/{address}"))
    for address in ("tile/0/000", "tile/0/000.p/3.new", "vkey.new", "tile/0/../../checkpoint.new"):
        assert (await alone.get(f"/log/{address}")).status_code == 502, "the desk is asked"
    assert (await alone.get(f"/s/{house.story().id}.tlog-proof")).status_code == 502


@needs_nginx
async def test_no_other_address_serves_a_file(house: House, alone: httpx2.AsyncClient) -> None:
    story = house.send()
    ends = ("%0a", "/", ".html", "/v0", "/v01", "/v3", ".410.html")
    others = (f"//s/{story.id}", f"/s/{story.id[:2]}/{story.id}.html")
    for address in (*(f"/s/{story.id}{end}" for end in ends), *others):
        answer = await alone.get(address)
        assert answer.status_code == 502, "it asks the desk, whom it cannot reach here"


@needs_nginx
async def test_of_the_editors_app_nothing_is_kept(alone: httpx2.AsyncClient) -> None:
    for address in (
        "/desk",
        "/desk/sign-in",
        "/desk/people/ada",
        "/desk/assets/x.css",
        "/api/live",
    ):
        assert (await alone.get(address)).status_code == 502, "the desk alone answers"


# --- with a desk --------------------------------------------------------------------------------


@needs_nginx
async def test_what_is_no_file_is_asked_of_the_desk(tmp_path: Path) -> None:
    async with lives.live(tmp_path / "data") as live:
        desk = live.running.base.removeprefix("http://")
        with nginx(tmp_path / "nginx", SITE, live.data / "site", desk) as (base, _):
            async with httpx2.AsyncClient(base_url=base, trust_env=False) as reader:
                for client in (reader, live.client):
                    client.headers["accept-encoding"] = "identity"
                await live.publish("urn:other")
                token = live.running.routes_in.inbox_token
                pushed = await reader.post(
                    "/wire/inbox?agency=seaboard",
                    content=ninjs(),
                    headers={"authorization": f"Bearer {token}"},
                )
                assert pushed.status_code == 202, "copy comes in by nginx too"
                id = (await live.fate(pushed))["stories"][0]["story"]
                for address in (
                    "/",
                    "/feed.atom",
                    "/verify",
                    f"/s/{id}/v7",
                    "/s/0123456789abcdef",
                    "/desk/sign-in",
                    "/desk/me",
                    "/nothing",
                ):
                    assert told(await reader.get(address)) == told(await live.client.get(address))
                assert HEADLINE in (await reader.get(f"/s/{id}")).text
                too_much = await reader.post("/s/none", content=b"x" * 70_000)
                assert too_much.status_code == 413
                await live.ask("decide", story=id, kind="kill", reason="desk", by="an editor")
                for end in ("", ".txt", "/v1", "/v1.json"):
                    gone = await reader.get(f"/s/{id}{end}")
                    assert gone.status_code == 410
                    assert told(gone) == told(await live.client.get(f"/s/{id}{end}"))
                posted = await reader.post(f"/s/{id}")
                assert posted.status_code == (await live.client.post(f"/s/{id}")).status_code


@needs_nginx
async def test_a_lost_file_is_made_again_when_it_is_asked_for(tmp_path: Path) -> None:
    async with lives.live(tmp_path / "data") as live:
        desk = live.running.base.removeprefix("http://")
        with nginx(tmp_path / "nginx", SITE, live.data / "site", desk) as (base, _):
            async with httpx2.AsyncClient(base_url=base, trust_env=False) as reader:
                story = await live.publish()
                folder = live.desk.pressroom.folder

                async def opened() -> bool:
                    return folder.is_open(story.id)

                assert await until(opened)
                shutil.rmtree(live.data / "site" / "s")
                assert HEADLINE in (await reader.get(f"/s/{story.id}")).text
                assert await until(opened)


# --- the text itself ----------------------------------------------------------------------------


def test_it_listens_everywhere_and_is_called_what_the_site_is(tmp_path: Path) -> None:
    said = web.nginx(
        site=msgspec.structs.replace(SITE, url="https://news.example/base"),
        root=str(tmp_path),
        listen=None,
        server_name=None,
        desk="0.0.0.0:8420",
        largest=LARGEST,
    )
    assert "    listen 80;\n    listen [::]:80;\n    server_name news.example;\n" in said
    assert "    server 127.0.0.1:8420;\n" in said
    assert f'    root "{tmp_path}";\n' in said


@pytest.mark.parametrize(
    "spoil",
    [
        lambda **told: web.nginx(**{**told, "server_name": "a b;"}),
        lambda **told: web.nginx(**{**told, "listen": "80; include /etc/passwd"}),
        lambda **told: web.nginx(**{**told, "root": '/srv/"quoted"'}),
        lambda **told: web.nginx(**{**told, "root": "/srv/$money"}),
    ],
)
def test_what_would_break_out_of_the_configuration_is_refused(spoil: Callable[..., str]) -> None:
    with pytest.raises(ValueError, match="cannot be in an nginx configuration"):
        spoil(
            site=SITE,
            root="/srv/site",
            listen=None,
            server_name=None,
            desk="127.0.0.1:8420",
            largest=LARGEST,
        )
