"""The whole desk over real HTTP on loopback, and what a shell may ask of it."""

import asyncio
import os
import stat
from base64 import b64encode
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from copytaster.config import ConfigError
from copytaster.newsroom import control
from copytaster.newsroom import open_desk
from copytaster.newsroom.control import DeskGone
from copytaster.newsroom.running import base_url
from copytaster.newsroom.running import bind
from copytaster.store import Face
from copytaster.store import Locked
from copytaster.store import WorkKind
from tests.newsroom import live as lives
from tests.newsroom.live import Live
from tests.newsroom.live import until
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import MORNING
from tests.newsroom.making import TEXT
from tests.newsroom.making import config
from tests.newsroom.making import ninjs

pytestmark = pytest.mark.anyio


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with lives.live(tmp_path / "data") as running:
        yield running


# --- from push to page, and back ----------------------------------------------------------------


async def test_what_is_pushed_is_read_by_readers(live: Live) -> None:
    answer = await live.push(ninjs())
    assert answer.status_code == 202
    fate = await live.fate(answer)
    assert fate["state"] == "taken"
    page = await live.client.get(fate["stories"][0]["address"])
    assert page.status_code == 200
    assert HEADLINE in page.text


async def test_one_bad_delivery_after_the_other_never_stalls_the_rest(live: Live) -> None:
    bad = await live.push(b"<!doctype html><p>502")
    good = await live.publish()
    assert (await live.fate(bad))["state"] == "dead"
    assert good.face is Face.live


@pytest.mark.parametrize("kind", ["kill", "hold"])
async def test_an_order_to_withdraw_is_answered_when_every_address_was_seen_clean(
    kind: str, live: Live
) -> None:
    story = await live.publish()
    decided, proof = await live.ask(
        "decide", story=story.id, kind=kind, reason="desk", by="an editor"
    )
    assert decided["face"] == {"kill": "gone", "hold": "hold"}[kind]
    assert proof["clean"] is True
    seen = {receipt["address"]: receipt["status"] for receipt in proof["receipts"]}
    status = {"kill": 410, "hold": 200}[kind]
    assert {seen[f"/s/{story.id}{form}"] for form in ("", ".txt", ".json")} == {status}
    assert all(receipt["seconds"] >= 0 for receipt in proof["receipts"])
    page = await live.client.get(f"/s/{story.id}")
    assert (page.status_code, TEXT in page.text) == (status, False)

    async def done() -> bool:
        return live.desk.store.counts()["work"] == 0

    assert await until(done)  # the work ends once its receipts are kept


async def test_a_kill_from_the_agency_is_proved_too(live: Live) -> None:
    story = await live.publish()
    kill = ninjs(version="2", pubstatus="canceled", versioncreated="2026-03-02T08:58:00Z")
    await live.fate(await live.push(kill))

    async def proved() -> list[bool]:
        if live.desk.store.counts()["work"]:
            return []
        found = live.desk.store.receipts(story.id)
        return [one.clean for one in found if one.kind is WorkKind.withdraw]

    assert all(await until(proved))


async def test_killing_what_is_killed_already_answers_at_once_with_the_first_proof(
    live: Live,
) -> None:
    story = await live.publish()
    order = {"story": story.id, "kind": "kill", "reason": "desk", "by": "an editor"}
    _, first = await live.ask("decide", **order)
    async with asyncio.timeout(10):
        again, second = await live.ask("decide", **order)
    assert again["state"] == "killed"
    assert second == first


async def test_a_hold_and_its_release(live: Live) -> None:
    story = await live.publish()
    order = {"story": story.id, "reason": "desk", "by": "an editor"}
    await live.ask("decide", kind="hold", **order)
    (released,) = await live.ask("decide", kind="release", **order)
    assert released["face"] == "live"
    page = await live.client.get(f"/s/{story.id}")
    assert (page.status_code, HEADLINE in page.text) == (200, True)


async def test_a_sample_of_one_in_one_fetches_every_published_page(tmp_path: Path) -> None:
    settings = config(site={}, proof={"sample": 1})
    async with lives.live(tmp_path / "data", settings) as live:
        for guid in ("urn:a", "urn:b", "urn:c"):
            story = await live.publish(guid)

            async def fetched(id: str = story.id) -> bool:
                return [one.detail for one in live.desk.store.receipts(id)] == ["fetched"]

            assert await until(fetched)


# --- what a shell may ask -----------------------------------------------------------------------


async def test_a_shell_hands_files_in_and_learns_their_fate(live: Live) -> None:
    files = [
        {"name": "a.json", "data": b64encode(ninjs()).decode()},
        {"name": "b.json", "data": b64encode(b"garbage").decode()},
    ]
    good, bad = await live.ask(
        "receive", files=files, source="inbox", agency="seaboard", archive=False
    )
    assert (good[0]["file"], good[0]["state"]) == ("a.json", "live")
    assert bad[0]["file"] == "b.json"
    assert "error" in bad[0]


async def test_pause_and_resume(live: Live) -> None:
    assert await live.ask("pause", source="*") == [{"paused": ["*"]}]
    story = await live.publish()
    assert (await live.client.get(f"/s/{story.id}")).status_code == 404
    assert await live.ask("resume", source="*") == [{"paused": [], "waited": 1}]

    async def is_public() -> bool:
        return (await live.client.get(f"/s/{story.id}")).status_code == 200

    assert await until(is_public)


async def test_a_backup_is_made_while_the_desk_runs(live: Live, tmp_path: Path) -> None:
    story = await live.publish()
    target = tmp_path / "backup.sqlite"
    assert await live.ask("backup", target=str(target)) == [{"backup": str(target)}]
    assert target.stat().st_size > 0
    with pytest.raises(ValueError, match="backup"):
        await live.ask("backup", target=str(target))
    assert (await live.client.get(f"/s/{story.id}")).status_code == 200


async def test_a_dead_letter_is_read_again(live: Live) -> None:
    bad = await live.push(b"garbage")
    assert (await live.fate(bad))["state"] == "dead"
    ((again,),) = await live.ask("retry", deliveries=[bad.json()["id"]])
    assert "no format known here" in again["error"]
    with pytest.raises(ValueError, match="no dead letter is called nothing"):
        await live.ask("retry", deliveries=["nothing"])


REFUSED = {
    "an order nobody knows": ("dance", {}, "unknown order 'dance'; known: decide, "),
    "a story nobody knows": (
        "decide",
        {"story": "0" * 16, "kind": "kill", "reason": "desk", "by": "x"},
        "no story 0000000000000000",
    ),
    "a kind nobody knows": (
        "decide",
        {"story": "0" * 16, "kind": "bless", "reason": "desk", "by": "x"},
        "'bless' is not a valid DecisionKind",
    ),
    "too little": ("decide", {"story": "0" * 16}, "missing 3 required positional arguments"),
    "a source nobody knows": ("pause", {"source": "inbxo"}, "no source 'inbxo' to pause"),
    "files of a source nobody knows": (
        "receive",
        {"files": [], "source": "inbxo", "agency": None, "archive": False},
        "no source 'inbxo'; known: inbox",
    ),
}


async def test_a_refusal_is_one_line_and_the_desk_goes_on(live: Live) -> None:
    for what, (order, arguments, words) in REFUSED.items():
        with pytest.raises(ValueError, match=words) as refusal:
            await live.ask(order, **arguments)
        assert "\n" not in str(refusal.value), what
    assert (await live.publish()).face is Face.live


async def test_a_line_that_is_no_order_is_refused(live: Live) -> None:
    for line in (b"\n", b"not json\n", b'{"order": 7}\n', b"[]\n", b"\xff\xfe\n"):
        reader, writer = await asyncio.open_unix_connection((live.data / "control").read_text())
        writer.write(line)
        assert b'"error"' in await reader.readline(), line
        writer.close()
    assert (await live.publish()).face is Face.live


async def test_a_shell_that_hangs_up_disturbs_nobody(live: Live) -> None:
    _, writer = await asyncio.open_unix_connection((live.data / "control").read_text())
    writer.write(b'{"order": "pau')
    writer.close()
    assert (await live.publish()).face is Face.live


# --- one desk, and its end ----------------------------------------------------------------------


async def test_a_second_desk_on_the_folder_is_refused(live: Live) -> None:
    with pytest.raises(Locked, match=f"process {os.getpid()}"):
        open_desk(live.data, config(), lambda: MORNING)


async def test_a_desk_to_look_at_opens_beside_the_running_one(live: Live) -> None:
    story = await live.publish()
    looked = open_desk(live.data, config(), lambda: MORNING, reading=True)
    assert looked.store.story(story.id) == story
    looked.close()


async def test_the_desk_says_that_it_runs_only_while_it_does(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert not control.is_running(data)
    async with lives.live(data):
        assert await asyncio.to_thread(control.is_running, data)
        socket = (data / "control").read_text()
        assert is_there(socket)
    assert not control.is_running(data)
    assert not is_there(socket)
    assert not is_there(data / "control")


def is_there(path: str | Path) -> bool:
    return Path(path).exists()


@pytest.mark.parametrize("pointer", [b"/nowhere/control.sock", b"", b"\0", b"\xff", b"x" * 500])
def test_a_pointer_left_behind_by_a_crash_is_no_running_desk(
    pointer: bytes, tmp_path: Path
) -> None:
    (tmp_path / "control").write_bytes(pointer)
    assert not control.is_running(tmp_path)


async def test_a_desk_that_stops_in_mid_answer_is_said_to_be_gone(tmp_path: Path) -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_unix_server(hang_up, path=tmp_path / "s")
    (tmp_path / "control").write_text(str(tmp_path / "s"))
    with pytest.raises(DeskGone, match="look at its log"):
        await asyncio.to_thread(lambda: list(control.ask(tmp_path, "pause", source="*")))
    server.close()
    await server.wait_closed()


async def test_what_was_accepted_just_before_the_end_is_there_after_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with lives.live(data) as live:
        answers = await asyncio.gather(*(live.push(ninjs(f"urn:{n}")) for n in range(20)))
        assert {answer.status_code for answer in answers} == {202}
    async with lives.live(data) as live:
        for answer in answers:
            assert (await live.fate(answer))["stories"][0]["state"] == "live"


# --- only the owner may come near ---------------------------------------------------------------


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_the_token_and_the_control_socket_are_for_their_owner_only(live: Live) -> None:
    token = live.running.routes_in.inbox_token_file
    assert (mode(token), mode(token.parent)) == (0o600, 0o700)
    assert token.read_text() == live.running.routes_in.inbox_token
    assert mode(Path((live.data / "control").read_text()).parent) == 0o700


async def test_a_wrong_token_keeps_nothing(live: Live) -> None:
    answer = await live.push(ninjs(), token="guess")
    assert answer.status_code == 401
    assert live.desk.store.counts()["waiting"] == 0
    assert live.desk.find("seaboard", "urn:seaboard:ferry") is None


async def test_the_token_is_in_no_log_no_repr_and_no_answer(
    live: Live, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    token = live.running.routes_in.inbox_token
    assert token
    with caplog.at_level("DEBUG"):
        await live.publish()
        await live.fate(await live.push(b"garbage"))
        wrong = await live.push(ninjs(), token=token[:-1])
    parts = (live.running, live.running.routes_in, live.running.prover, live.desk, live.desk.house)
    assert all(token not in repr(part) for part in parts)
    written = "".join(capfd.readouterr())
    assert token not in caplog.text + written + wrong.text
    assert token[:-1] not in caplog.text + wrong.text


async def test_the_token_stays_the_same_after_a_restart(tmp_path: Path) -> None:
    tokens = []
    for _ in range(2):
        async with lives.live(tmp_path / "data") as live:
            tokens.append(live.running.routes_in.inbox_token)
    assert tokens[0] == tokens[1]
    assert len(tokens[0] or "") >= 32


async def test_an_empty_token_lets_nobody_in(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("\n")
    table = {"route": "push", "agency": "seaboard", "token_file": str(token)}
    with pytest.raises(ConfigError, match="is empty; write the token into it"):
        async with lives.live(tmp_path / "data", config(sources={"wire": table})):
            pass


async def test_a_push_source_without_a_token_is_a_fault_of_the_configuration(
    tmp_path: Path,
) -> None:
    table = {"route": "push", "agency": "seaboard", "token_env": "COPYTASTER_TEST_UNSET"}
    with pytest.raises(ConfigError, match="COPYTASTER_TEST_UNSET is not set"):
        async with lives.live(tmp_path / "data", config(sources={"wire": table})):
            pass


# --- where it listens ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "listen", ["", "localhost", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536", "[::1]"]
)
def test_what_is_no_address_to_listen_on_is_a_usage_error(listen: str) -> None:
    with pytest.raises(ConfigError, match="give HOST:PORT"):
        bind(listen)


def test_an_address_in_use_is_refused_with_what_to_do() -> None:
    with bind("127.0.0.1:0") as taken:
        address = base_url(taken).removeprefix("http://")
        with pytest.raises(OSError, match="choose another address with --listen"):
            bind(address)
