"""What is sent gzipped, to whom, and that it is the same words."""

import gzip
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.responses import StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from copytaster.web._packing import Packing
from copytaster.web._packing import takes_gzip
from tests.newsroom.making import House

GZIP = {"accept-encoding": "gzip"}
LONG = "The ferry to Saltmere runs again. " * 3000
PUBLIC = "public, max-age=0"


def answers(body: bytes, **headers: str) -> TestClient:
    """A site that answers everything so."""

    def answer(_request: object) -> Response:
        return Response(body, headers=headers)

    site = Starlette(routes=[Route("/", answer)], middleware=[Middleware(Packing)])
    return TestClient(site, headers={"accept-encoding": "identity"})


def bytes_of(client: TestClient, **headers: str) -> tuple[bytes, Any]:
    """The body as it was sent, and the answer's headers."""
    with client.stream("GET", "/", headers=headers) as answer:
        return b"".join(answer.iter_raw()), answer.headers


@pytest.mark.anyio
async def test_every_form_of_a_story_is_the_same_packed_and_plain(house: House) -> None:
    story = house.send(text=LONG)
    addresses = [f"/s/{story.id}{form}" for form in ("", ".txt", ".json")]
    for address in (*addresses, "/", "/feed.atom", "/feed.json", "/api/stories"):
        plain = await house.get(address)
        for _ in range(3):  # made, then kept in memory, then packed before
            packed = await house.get(address, headers=GZIP)
            assert packed.content == plain.content
            assert packed.headers["content-encoding"] == "gzip"
            assert int(packed.headers["content-length"]) < len(plain.content) / 2
            assert packed.headers["etag"] == f"W/{plain.headers['etag']}"
            assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
        assert "content-encoding" not in plain.headers


@pytest.mark.anyio
async def test_a_reader_who_has_it_is_told_so_whichever_way_it_came(house: House) -> None:
    story = house.send()
    plain = (await house.get(f"/s/{story.id}")).headers["etag"]
    packed = (await house.get(f"/s/{story.id}", headers=GZIP)).headers["etag"]
    for tag in (plain, packed):
        for how in ({}, GZIP):
            known = await house.get(f"/s/{story.id}", headers={**how, "if-none-match": tag})
            assert (known.status_code, known.content) == (304, b"")
            assert known.headers["etag"] == (packed if how else plain)
            assert known.headers["vary"] == "Accept-Encoding"


@pytest.mark.anyio
async def test_a_killed_story_is_gone_for_readers_of_packed_pages_too(house: House) -> None:
    story = house.send()
    await house.get(f"/s/{story.id}", headers=GZIP)
    house.kill()
    gone = await house.get(f"/s/{story.id}", headers=GZIP)
    assert gone.status_code == 410
    assert "content-encoding" not in gone.headers


def test_a_stylesheet_is_packed() -> None:
    body = b"a { color: red } " * 200
    client = answers(body, **{"cache-control": PUBLIC, "content-type": "text/css"})
    sent, headers = bytes_of(client, **GZIP)
    assert gzip.decompress(sent) == body
    assert "etag" not in headers


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (LONG.encode(), {"cache-control": "no-store", "content-type": "text/html"}),
        (LONG.encode(), {"content-type": "text/html"}),
        (LONG.encode(), {"cache-control": PUBLIC, "content-type": "image/webp"}),
        (b"Short.", {"cache-control": PUBLIC, "content-type": "text/html"}),
        (b"-" * (4 * 1024 * 1024 + 1), {"cache-control": PUBLIC, "content-type": "text/html"}),
    ],
    ids=["secret", "nothing said of caches", "packed already", "short", "huge"],
)
def test_some_answers_go_out_as_they_are(body: bytes, headers: dict[str, str]) -> None:
    sent, told = bytes_of(answers(body, **headers), **GZIP)
    assert sent == body
    assert "content-encoding" not in told


def test_what_comes_in_parts_goes_out_in_parts() -> None:
    def answer(_request: object) -> Response:
        headers = {"cache-control": PUBLIC, "content-type": "text/plain"}
        return StreamingResponse(iter([LONG, LONG]), headers=headers)

    site = Starlette(routes=[Route("/", answer)], middleware=[Middleware(Packing)])
    sent, headers = bytes_of(TestClient(site), **GZIP)
    assert sent.decode() == LONG * 2
    assert "content-encoding" not in headers


def test_what_is_kept_stays_within_its_memory() -> None:
    """More than is kept, and each is still itself."""
    bodies = {f"/{number}": bytes([number + 32]) * 1_000_000 for number in range(40)}

    def answer(request: Any) -> Response:
        headers = {"cache-control": PUBLIC, "content-type": "text/plain"}
        return Response(bodies[request.url.path], headers=headers)

    site = Starlette(routes=[Route("/{name}", answer)], middleware=[Middleware(Packing)])
    client = TestClient(site, headers=GZIP)
    for _ in range(2):
        for path, body in bodies.items():
            assert client.get(path).content == body


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("br, gzip;q=0.5", True),
        ("gzip; q=0.001", True),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("identity", False),
        ("br", False),
        ("x-gzipped", False),
        ("", False),
    ],
)
def test_who_takes_gzip(accepted: str, taken: bool) -> None:
    assert takes_gzip(accepted) is taken


@given(st.text(max_size=60))
def test_any_words_in_the_header_are_read(accepted: str) -> None:
    assert takes_gzip(accepted) in (True, False)
