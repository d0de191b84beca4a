"""The public log's addresses, and the proofs of stories: in whatever state, by nothing else."""

import base64
import hashlib
import re
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from copytaster.ledger import checkpoint
from copytaster.ledger import leaf
from copytaster.ledger import note
from copytaster.ledger import proof
from copytaster.ledger import tree
from copytaster.ledger.leaf import Event
from copytaster.ledger.proving import check_inclusion
from copytaster.store import Erasure
from copytaster.store import Story
from copytaster.story import DecisionKind
from tests.door import Door
from tests.newsroom import making
from tests.newsroom import test_taken_back as taken_back
from tests.newsroom.logs import keeper
from tests.newsroom.logs import read_whole
from tests.newsroom.making import BASE
from tests.newsroom.making import TEXT
from tests.newsroom.making import House

pytestmark = pytest.mark.anyio

SECOND = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "headline": "Ferry full"}


async def proved(house: House, address: str, status: int = 200) -> tuple[Event, bytes | None]:
    """The event that a proof proves, checked with what the site serves alone; and its salt."""
    answer = await house.get(f"{address}.tlog-proof")
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "text/plain; charset=utf-8",
    )
    assert answer.headers["x-robots-tag"] == "noindex"
    return await _checked(house, answer)


async def _checked(house: House, answer: httpx2.Response) -> tuple[Event, bytes | None]:
    found = proof.decode(answer.content)
    assert found.extra is not None
    extra = proof.decode_extra(found.extra)
    key = note.decode_vkey((await house.get("/log/vkey")).text.strip())
    said = checkpoint.verify(found.checkpoint, [key]).checkpoint
    leaf_hash = tree.leaf_hash(extra.leaf)
    check_inclusion(leaf_hash, found.index, said.size, found.hashes, said.root)
    return leaf.decode(extra.leaf), extra.salt


async def text_of(house: House, address: str) -> bytes:
    return (await house.get(f"{address}.txt")).content


def at(story: Story) -> str:
    return f"/s/{story.id}"


# --- the files ----------------------------------------------------------------------------------


async def test_the_log_s_files_are_served_as_others_read_them(house: House) -> None:
    house.send()
    keeper(house).step()
    served = {
        "/log/checkpoint": ("text/plain; charset=utf-8", "no-cache"),
        "/log/vkey": ("text/plain; charset=utf-8", "no-cache"),
        "/log/tile/0/000.p/3": ("application/octet-stream", "public, max-age=31536000, immutable"),
        "/log/tile/entries/000.p/3": (
            "application/octet-stream",
            "public, max-age=31536000, immutable",
        ),
    }
    for address, (kind, cache) in served.items():
        answer = await house.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
        assert answer.headers["cache-control"] == cache
        file = house.data / "site" / address.removeprefix("/")
        assert answer.content == file.read_bytes()


@pytest.mark.parametrize(
    "address",
    [
        "/log/tile/0/000",
        "/log/tile/0/0",
        "/log/tile/00/000.p/3",
        "/log/tile/0/000.p/3.new",
        "/log/tile/0/x000/000.p/3",
        "/log/tile/64/000",
        "/log/tile/entries/000.p/256",
        "/log/tile/0/000.p/%2e%2e/%2e%2e/%2e%2e/checkpoint",
        "/log/tile/%2e%2e/checkpoint",
        "/log/tile/0/000.p%2f3/",
        "/log/checkpoint/",
        "/log/log.key",
        "/log/",
        "/log",
    ],
)
async def test_nothing_else_of_the_folder_is_served(address: str, house: House) -> None:
    house.send()
    keeper(house).step()
    assert (await house.get(address)).status_code == 404


async def test_a_log_that_is_not_kept_has_no_addresses(tmp_path: Path) -> None:
    with making.house(tmp_path / "data", making.config(log={"enabled": False})) as house:
        story = house.send()
        for address in ("/log/checkpoint", "/log/vkey", f"{at(story)}.tlog-proof"):
            assert (await house.get(address)).status_code == 404
        assert "tlog-proof" not in (await house.get(at(story))).text
        assert (await house.get("/verify")).status_code == 404
        assert "/verify" not in (await house.get("/about/automation")).text


# --- the page that checks -----------------------------------------------------------------------


async def test_the_page_that_checks_may_run_its_script_and_nothing_else(house: House) -> None:
    answer = await house.get("/verify")
    assert answer.status_code == 200
    policy = dict(
        one.split(" ", 1) for one in answer.headers["content-security-policy"].split("; ")
    )
    assert policy["default-src"] == policy["form-action"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["style-src"] == "'self'"
    again = await house.get("/verify", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["content-security-policy"] == answer.headers["content-security-policy"]
    (script,) = re.findall(r'<script src="([^"]+)"', answer.text)
    served = await house.get(script)
    assert served.headers["content-type"] == "text/javascript; charset=utf-8"


async def test_a_theme_has_no_say_on_the_page_that_checks(tmp_path: Path) -> None:
    look = tmp_path / "look"
    look.mkdir()
    (look / "theme.toml").write_text('[policy]\nscript-src = ["https://ads.example"]\n')
    with making.house(tmp_path / "data", making.config(site={"theme": str(look)})) as house:
        front, check = await house.get("/"), await house.get("/verify")
        assert "https://ads.example" in front.headers["content-security-policy"]
        assert "https://ads.example" not in check.headers["content-security-policy"]


# --- a story that can be read -------------------------------------------------------------------


async def test_text_and_proof_are_all_that_is_needed(house: House) -> None:
    story = house.send()
    keeper(house).step()
    said, salt = await proved(house, at(story))
    assert (said.kind, said.story, said.edition) == ("published", story.id, 1)
    assert salt is not None
    assert said.text == leaf.commit("text", salt, await text_of(house, at(story)))


async def test_each_edition_has_its_own_proof(house: House) -> None:
    house.send()
    story = house.send(**SECOND, text="The ferry is full until Friday, the harbour office said.")
    keeper(house).step()
    for number, kind in ((1, "published"), (2, "updated")):
        said, salt = await proved(house, f"{at(story)}/v{number}")
        assert (said.kind, said.edition) == (kind, number)
        assert salt is not None
        text = await text_of(house, f"{at(story)}/v{number}")
        assert said.text == leaf.commit("text", salt, text)
    assert (await proved(house, at(story)))[0].edition == 2
    assert (await house.get(f"{at(story)}/v3.tlog-proof")).status_code == 404


async def test_no_proof_tells_a_salt_but_that_of_the_text(house: House) -> None:
    story = house.send()
    keeper(house).step()
    (entry,) = house.desk.store.log.of(story.id)
    opening = house.desk.store.log.opening(entry.position)
    assert opening is not None
    assert opening.raw is not None
    assert opening.meta is not None
    body = (await house.get(f"{at(story)}.tlog-proof")).content
    extra = base64.b64decode(body.split(b"\n")[1].removeprefix(b"extra "))
    for secret in (opening.raw, opening.meta):
        assert secret.hex().encode() not in extra
        assert secret not in extra


async def test_a_story_is_public_before_it_is_in_the_log(house: House) -> None:
    story = house.send()
    assert (await house.get(at(story))).status_code == 200
    answer = await house.get(f"{at(story)}.tlog-proof")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert answer.headers["cache-control"] == "no-store"
    keeper(house).step()
    house.send(**SECOND)
    assert (await house.get(f"{at(story)}.tlog-proof")).status_code == 503
    assert (await proved(house, f"{at(story)}/v1"))[0].edition == 1


async def test_a_proof_is_not_sent_twice_to_who_has_it(house: House) -> None:
    story = house.send()
    keeper(house).step()
    first = await house.get(f"{at(story)}.tlog-proof")
    assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"
    asked = {"if-none-match": first.headers["etag"]}
    assert (await house.get(f"{at(story)}.tlog-proof", headers=asked)).status_code == 304


async def test_a_page_names_its_proof_and_its_history(house: House) -> None:
    house.send()
    story = house.send(**SECOND)
    page = (await house.get(at(story))).text
    assert (
        f'<link rel="{BASE}/rel/tlog-proof" type="text/plain" href="{at(story)}/v2.tlog-proof">'
        in page
    )
    assert f'<link rel="version-history" href="{at(story)}/changes">' in page
    assert (await house.get(f"{at(story)}/changes")).status_code == 200


async def test_a_text_comes_with_its_digest(house: House) -> None:
    story = house.send()
    for address in (f"{at(story)}.txt", f"{at(story)}/v1.txt", f"{at(story)}.txt"):
        answer = await house.get(address)
        digest = base64.b64encode(hashlib.sha256(answer.content).digest()).decode()
        assert answer.headers["repr-digest"] == f"sha-256=:{digest}:"
        again = await house.get(address, headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, "repr-digest" in again.headers) == (304, False)


async def test_a_text_that_is_sent_packed_has_the_digest_of_the_packed_bytes(house: House) -> None:
    story = house.send(text="\n\n".join(f"{TEXT} Said in line {n}." for n in range(20)))
    door = Door(house.site)
    async with httpx2.AsyncClient(transport=door, headers={"accept-encoding": "gzip"}) as client:
        for _ in range(2):
            async with client.stream("GET", f"{BASE}{at(story)}.txt") as answer:
                sent = b"".join([chunk async for chunk in answer.aiter_raw()])
            digest = base64.b64encode(hashlib.sha256(sent).digest()).decode()
            assert answer.headers["content-encoding"] == "gzip"
            assert answer.headers["repr-digest"] == f"sha-256=:{digest}:"


async def test_only_a_text_has_a_digest(house: House) -> None:
    story = house.send()
    assert "repr-digest" not in (await house.get(f"{at(story)}.json")).headers


async def test_what_was_public_before_the_log_has_no_proof(tmp_path: Path) -> None:
    with making.house(tmp_path / "data", making.config(log={"enabled": False})) as house:
        story = house.send()
    with making.house(tmp_path / "data") as house:
        keeper(house).step()
        assert (await house.get(f"{at(story)}.tlog-proof")).status_code == 404
        house.kill()
        keeper(house).step()
        assert (await house.get(f"{at(story)}.tlog-proof")).status_code == 404


async def test_what_was_never_public_has_no_proof(house: House) -> None:
    story = house.send(embargoed=(house.now + timedelta(hours=1)).isoformat())
    keeper(house).step()
    for stem in ("", "/v1"):
        assert (await house.get(f"{at(story)}{stem}.tlog-proof")).status_code == 404


# --- a story that was taken back ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "reason", "logged", "editions"),
    [
        (DecisionKind.kill, "desk", "killed", 410),
        (DecisionKind.kill, "legal", "killed", 451),
        (DecisionKind.hold, "desk", "held", 200),
    ],
)
async def test_the_proof_of_a_story_that_is_gone_proves_that_and_opens_nothing(
    kind: DecisionKind, reason: str, logged: str, editions: int, house: House
) -> None:
    house.send()
    story = house.send(**SECOND)
    writer = keeper(house)
    writer.step()
    house.decide(kind, reason=reason)
    for stem in ("", "/v1", "/v2"):
        before = await house.get(f"{at(story)}{stem}.tlog-proof")
        assert b"extra" not in before.content, "gone before the log says why"
    assert ("blocked-by" in before.headers.get("link", "")) == (editions == 451)
    assert (await house.get(f"{at(story)}.tlog-proof")).status_code == 503
    writer.step()
    said, salt = await proved(house, at(story))
    assert (said.kind, said.story, salt) == (logged, story.id, None)
    for stem in ("/v1", "/v2"):
        said, salt = await proved(house, f"{at(story)}{stem}", editions)
        assert (said.kind, salt) == (logged, None)
    assert f'href="{at(story)}.tlog-proof"' in (await house.get(at(story))).text


async def test_a_story_that_is_let_go_again_opens_its_text_again(house: House) -> None:
    story = house.send()
    house.hold()
    house.release()
    keeper(house).step()
    said, salt = await proved(house, at(story))
    assert said.kind == "published"
    assert salt is not None


async def test_the_proof_of_one_edition_that_was_taken_back_opens_nothing(house: House) -> None:
    for lot in (taken_back.BAD, taken_back.GOOD, taken_back.KILL):
        story = taken_back.receive(house, lot)
    assert story is not None
    keeper(house).step()
    said, salt = await proved(house, f"{at(story)}/v1", 410)
    assert (said.kind, said.edition, salt) == ("killed", 1, None)
    said, salt = await proved(house, at(story))
    assert said.kind == "updated"
    assert salt is not None


async def test_a_destroyed_salt_is_told_by_nothing(house: House) -> None:
    story = house.send()
    keeper(house).step()
    house.desk.store.erasures.erase(Erasure(story=story.id, at=house.now, deliveries=()))
    assert (await proved(house, at(story)))[1] is None


async def test_a_stranger_can_read_the_whole_log(house: House) -> None:
    house.send()
    house.kill()
    keeper(house).step()
    assert len(read_whole(house.data / "site" / "log")[1]) == 4
