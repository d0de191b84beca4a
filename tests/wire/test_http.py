"""The one outgoing client: bounded in bytes, time and hops."""

import asyncio
import gzip
import logging
import random
import zlib

import httpx2
import pytest

from copytaster.wire import Forbidden
from copytaster.wire import Garbled
from copytaster.wire import TooBig
from copytaster.wire import TooSlow
from copytaster.wire import Unreachable
from copytaster.wire import networks
from copytaster.wire.http import Client
from copytaster.wire.http import Fetch
from copytaster.wire.http import Secret
from copytaster.wire.http import _target
from copytaster.wire.http import origin
from copytaster.wire.http import shown

pytestmark = pytest.mark.anyio
LOOPBACK = networks(["127.0.0.0/8"])


@pytest.fixture
async def client():
    async with Client(LOOPBACK) as opened:
        yield opened


async def test_an_answer_comes_back_as_it_is(client, remote):
    remote.answer("/feed", 200, b"<rss/>", ETag='W/"a\xe9"', X_Two="1")
    fetched = await client.fetch(Fetch(url=f"{remote.url}/feed", headers={"X-Mine": "yes"}))
    assert (fetched.status, fetched.body, fetched.final_url) == (
        200,
        b"<rss/>",
        f"{remote.url}/feed",
    )
    assert fetched.headers["etag"] == 'W/"a\xe9"'
    assert remote.asked[0][1]["x-mine"] == "yes"
    assert fetched.moved_to is None
    assert not fetched.permanent


async def test_any_status_is_an_answer(client, remote):
    for status in (204, 304, 404, 410, 500):
        remote.answers.clear()
        remote.answer("/", status)
        assert (await client.fetch(Fetch(url=f"{remote.url}/"))).status == status


async def test_connections_are_kept_open_between_fetches(client, remote):
    remote.answer("/", 200, b"x")
    before = len(client._pool.connections)
    for _ in range(3):
        await client.fetch(Fetch(url=f"{remote.url}/"))
    assert (before, len(client._pool.connections)) == (0, 1)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body, wbits=-15)),
        ("gzip", lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:])),
        ("gzip", lambda body: gzip.compress(body) + b"\0" * 40),
    ],
)
async def test_content_codings_are_undone(client, remote, coding, pack):
    body = b"<rss>" + b"copy " * 50_000 + b"</rss>"
    remote.answer("/", 200, pack(body), content_encoding=coding)
    fetched = await client.fetch(Fetch(url=f"{remote.url}/"))
    assert fetched.body == body
    assert 0 < fetched.wire_bytes < len(body)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b"copy" * 100, mtime=0)[:-5]),
        ("gzip", b"not gzip at all"),
        ("gzip", b"\x1f"),
        ("gzip", gzip.compress(b"copy", mtime=0) + b"more"),
        ("deflate", zlib.compress(b"copy") + b"more"),
        ("br", b"anything"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"copy", mtime=0), mtime=0)),
    ],
)
async def test_a_broken_or_unknown_coding_is_garbled(client, remote, coding, body):
    remote.answer("/", 200, body, content_encoding=coding)
    with pytest.raises(Garbled):
        await client.fetch(Fetch(url=f"{remote.url}/"))


async def test_a_body_over_the_limit_is_refused_announced_or_not(client, remote):
    remote.answer("/announced", 200, b"x" * 2000)
    remote.raw(
        "/chunked",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
        + b"3e8\r\n%b\r\n" % (b"x" * 1000) * 3,
    )
    for path in ("/announced", "/chunked"):
        with pytest.raises(TooBig, match="1500"):
            await client.fetch(Fetch(url=remote.url + path, limit=1500))


async def test_a_gzip_bomb_does_not_go_off(client, remote):
    bomb = gzip.compress(b"\0" * 40_000_000)
    remote.answer("/", 200, bomb, content_encoding="gzip")
    with pytest.raises(TooBig, match="inflates more than 100 times"):
        await client.fetch(Fetch(url=f"{remote.url}/", limit=64_000_000))
    with pytest.raises(TooBig, match="when inflated"):
        await client.fetch(Fetch(url=f"{remote.url}/", limit=900_000))


async def test_a_slow_server_is_left(client, remote):
    remote.raw("/silent", b"STALL")
    remote.raw("/half", b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf")
    for path in ("/silent", "/half"):
        with pytest.raises(TooSlow, match=r"0\.15 s"):
            await client.fetch(Fetch(url=remote.url + path, seconds=0.15))


async def test_what_is_not_http_or_not_there_is_unreachable(client, remote):
    remote.raw("/", b"220 mail server ready\r\n\r\n")
    with pytest.raises(Unreachable):
        await client.fetch(Fetch(url=f"{remote.url}/"))
    closed = await asyncio.start_server(remote.serve, "127.0.0.1", 0)
    port = closed.sockets[0].getsockname()[1]
    closed.close()
    await closed.wait_closed()
    with pytest.raises(Unreachable):
        await client.fetch(Fetch(url=f"http://127.0.0.1:{port}/"))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://x/",
        "//x/",
        "x",
        "http://",
        "http://u:p@example.org/",
        "http://[::1",
    ],
)
async def test_only_plain_http_and_https_addresses_are_asked(client, url):
    with pytest.raises(Forbidden):
        await client.fetch(Fetch(url=url))


async def test_redirects_are_followed_and_permanent_ones_told(client, remote):
    remote.answer("/a", 301, Location="/b")
    remote.answer("/b", 308, Location="/c")
    remote.answer("/c", 200, b"here")
    fetched = await client.fetch(Fetch(url=f"{remote.url}/a"))
    assert (fetched.body, fetched.final_url) == (b"here", f"{remote.url}/c")
    assert fetched.moved_to == f"{remote.url}/c"
    assert fetched.permanent


async def test_a_move_for_good_ends_at_the_first_temporary_hop(client, remote):
    remote.answer("/a", 301, Location="/b")
    remote.answer("/b", 302, Location="/c")
    remote.answer("/c", 301, Location="/d")
    remote.answer("/d", 200, b"here")
    fetched = await client.fetch(Fetch(url=f"{remote.url}/a"))
    assert fetched.moved_to == f"{remote.url}/b"
    assert not fetched.permanent


async def test_a_redirect_to_a_closed_address_is_not_followed(client, remote):
    remote.answer("/meta", 302, Location="http://169.254.169.254/latest/meta-data/")
    remote.answer("/name", 302, Location=f"http://[::1]:{remote.port}/inside")
    for path in ("/meta", "/name"):
        with pytest.raises(Forbidden, match="not a public address"):
            await client.fetch(Fetch(url=remote.url + path))


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://0177.0.0.1/", "data:,x"]
)
async def test_a_redirect_to_another_scheme_is_not_followed(client, remote, target):
    remote.answer("/", 302, Location=target)
    with pytest.raises(Forbidden):
        await client.fetch(Fetch(url=f"{remote.url}/"))


def test_a_redirect_from_https_to_http_is_not_followed():
    home = httpx2.URL("https://example.org/feed")
    with pytest.raises(Forbidden, match="from https to http"):
        _target(Fetch(url=str(home)), home, 302, {"location": "http://example.org/feed"})
    assert _target(Fetch(url=str(home)), home, 302, {"location": "//b.example/"}) == (
        "https://b.example/"
    )


async def test_redirects_in_a_circle_end(client, remote):
    remote.answer("/", 302, Location="/")
    with pytest.raises(Forbidden, match="more than 5 redirects"):
        await client.fetch(Fetch(url=f"{remote.url}/"))
    assert len(remote.asked) == 6


async def test_what_is_posted_is_never_redirected(client, remote):
    remote.answer("/hook", 307, Location="/else")
    fetched = await client.fetch(Fetch(url=f"{remote.url}/hook", method="POST", body=b""))
    assert fetched.status == 307


async def test_a_secret_stays_at_home(client, remote):
    other = f"http://127.0.0.2:{remote.port}"
    remote.answer("/a", 302, Location="/b")
    remote.answer("/b", 302, Location=f"{other}/c")
    remote.answer("/c", 200, b"x")
    secrets = {"Authorization": Secret("Bearer s3cret-word")}
    server = await asyncio.start_server(remote.serve, "127.0.0.2", remote.port)
    async with server:
        await client.fetch(Fetch(url=f"{remote.url}/a", secrets=secrets))
    sent = [headers.get("authorization") for _, headers in remote.asked]
    assert sent == ["Bearer s3cret-word", "Bearer s3cret-word", None]


async def test_no_secret_is_in_logs_errors_or_reprs(client, remote, caplog):
    caplog.set_level(logging.DEBUG)
    remote.answer("/", 200, b"x")
    fetch = Fetch(
        url=f"{remote.url}/?apikey=s3cret-word",
        secrets={"Authorization": Secret("Bearer s3cret-word")},
        limit=0,
    )
    remote.answers["/?apikey=s3cret-word"] = remote.answers.pop("/")
    with pytest.raises(TooBig) as caught:
        await client.fetch(fetch)
    told = caplog.text + str(caught.value) + repr(fetch.secrets)
    assert "s3cret-word" not in told


def test_an_address_is_shown_without_what_may_be_a_key():
    assert shown("https://u:pw@Example.org:8443/feed?key=1#x") == "https://example.org:8443/feed"
    assert shown("http://0177.0.0.1/") == "an address that is not a URL"


def test_an_origin_is_scheme_host_and_port():
    assert origin("https://example.org/a") == origin("https://EXAMPLE.org:443/b?c")
    assert origin("http://example.org/") != origin("https://example.org/")


async def test_many_members_cannot_buy_much_time(client, remote):
    tiny = gzip.compress(b"")
    remote.answer("/", 200, tiny * 10_000, content_encoding="gzip")
    with pytest.raises(Garbled):
        await client.fetch(Fetch(url=f"{remote.url}/"))


async def test_hostile_bytes_never_escape_the_named_errors(client, remote):
    chance = random.Random(7)
    for _ in range(30):
        body = b"\x1f\x8b\x08" + chance.randbytes(60)
        remote.answers.clear()
        remote.answer("/", 200, body, content_encoding="gzip")
        with pytest.raises(Garbled):
            await client.fetch(Fetch(url=f"{remote.url}/"))
