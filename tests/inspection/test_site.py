"""Which site and story an address means, and fetching from it and from nowhere else."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result

from copytaster.cli import main
from copytaster.inspection import Memory
from copytaster.inspection import NoAddress
from copytaster.inspection import NoAnswer
from copytaster.inspection import Visit
from copytaster.inspection import site
from tests.newsroom.live import live

STORY = "7k2m9qx4e0v8tn3c"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (f"https://wire.example/s/{STORY}", ("https://wire.example", None)),
        (f"https://Wire.Example/s/{STORY}/v3", ("https://wire.example", 3)),
        (f"http://wire.example:8420/s/{STORY}.txt", ("http://wire.example:8420", None)),
        (f"https://wire.example/s/{STORY}/v3.tlog-proof", ("https://wire.example", 3)),
        (f"https://wire.example/news/s/{STORY}/", ("https://wire.example/news", None)),
        (f"https://wire.example/s/{STORY}?from=feed#s1", ("https://wire.example", None)),
    ],
)
def test_an_address_means_a_story_of_a_site(url: str, found: tuple[str, int | None]) -> None:
    target = site.target(url)
    assert (target.site, target.edition, target.story) == (*found, STORY)
    assert site.root(url) == found[0]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://wire.example/", "is no story's address"),
        ("https://wire.example/s/short", "is no story's address"),
        (f"https://wire.example/s/{STORY}/v0", "is no story's address"),
        (f"https://wire.example/s/{STORY}/changes", "is no story's address"),
        (f"ftp://wire.example/s/{STORY}", "begin it with https://"),
        (f"https:///s/{STORY}", "begin it with https://"),
        (f"https://wire.example:port/s/{STORY}", "is no web address"),
        (f"https://ada:secret@wire.example/s/{STORY}", "leave it out"),
    ],
)
def test_what_is_no_story_s_address_is_said_to_be_none(url: str, said: str) -> None:
    with pytest.raises(NoAddress, match=said):
        site.target(url)


def test_a_site_is_what_its_addresses_lie_under() -> None:
    assert site.root("https://wire.example/") == "https://wire.example"
    assert site.root("https://wire.example/news/") == "https://wire.example/news"


@pytest.mark.parametrize(
    ("url", "is_here"),
    [
        ("http://127.0.0.1:8420", True),
        ("http://[::1]:8420", True),
        ("http://localhost", True),
        ("https://wire.example", False),
        ("http://127.0.0.1.wire.example", False),
    ],
)
def test_a_site_of_this_machine_is_known_as_such(url: str, is_here: bool) -> None:
    assert site.is_loopback(url) is is_here


def test_sites_are_remembered_apart(tmp_path: Path) -> None:
    memory = Memory(folder=tmp_path)
    sites = ("https://wire.example", "https://wire.example:8443", "https://wire.example/news/x")
    places = {memory.place(one) for one in sites}
    assert len(places) == 3
    assert all(place.parent == tmp_path for place in places)
    memory.keep(sites[2], vkey="key", checkpoint=b"one")
    memory.keep(sites[2], vkey="another", checkpoint=b"two")
    assert (memory.vkey(sites[2]), memory.checkpoint(sites[2])) == ("key", b"two")
    assert list(memory.vkeys()) == [("wire.example/news/x", "key")]


async def run(*words: str) -> Result:
    return await asyncio.to_thread(lambda: CliRunner().invoke(main, list(words)))


@pytest.mark.anyio
async def test_the_commands_look_at_a_real_desk(tmp_path: Path) -> None:
    async with live(tmp_path / "data") as desk:
        story = await desk.publish()
        base = str(desk.client.base_url).rstrip("/")
        kept = tmp_path / "kept"
        found = await run("verify", f"{base}/s/{story.id}", "--state", str(kept))
        assert found.exit_code == 0, found.output
        assert [line.split()[0] for line in found.stdout.splitlines()] == ["holds"] * 4
        assert "the next visit will compare with this one" in found.stdout
        found = await run("verify", f"{base}/s/{story.id}", "--state", str(kept))
        assert "since the older checkpoint" in found.stdout
        found = await run("monitor", base, "--once", "--rate", "1000", "--state", str(kept))
        assert found.exit_code == 0, found.output
        assert "1 of 1 stories looked at: all as logged" in found.stdout
        found = await run("monitor", base, "--once", "--rate", "1000", "--json")
        assert '"lies":[]' in found.stdout
        for suffix in (".html", ".tlog-proof"):
            answer = await desk.client.get(f"/s/{story.id}{suffix.removesuffix('.html')}")
            (tmp_path / f"kept{suffix}").write_bytes(answer.content)
        found = await run("verify", str(tmp_path / "kept.html"), "--state", str(kept))
        assert found.exit_code == 0, found.output
        assert [line.split()[0] for line in found.stdout.splitlines()] == ["holds"] * 3 + ["not"]


@pytest.mark.anyio
async def test_nothing_is_fetched_where_an_answer_points(tmp_path: Path) -> None:
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        where = b"http://127.0.0.1:9/elsewhere"
        writer.write(b"HTTP/1.1 302 Found\r\nlocation: %b\r\ncontent-length: 0\r\n\r\n" % where)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]

        def fetch() -> None:
            with Visit(f"http://127.0.0.1:{port}") as visit:
                visit.get("/s/x")

        with pytest.raises(NoAnswer, match=r"sends on to 'http://127.0.0.1:9/elsewhere'"):
            await asyncio.to_thread(fetch)
    assert len(asked) == 1


def test_a_public_name_that_leads_to_a_private_address_is_refused() -> None:
    with Visit("http://10.1.2.3.wire.invalid") as visit, pytest.raises(NoAnswer):
        visit.get("/")
