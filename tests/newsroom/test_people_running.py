"""The app of a desk that runs: the first admin comes by the link that it prints."""

from pathlib import Path
from typing import Any

import httpx2
import pytest

from copytaster.cli._starting import _say_ready
from copytaster.newsroom import people_orders
from copytaster.store import Story
from tests import blank
from tests.newsroom import live as lives
from tests.newsroom.making import ninjs
from tests.newsroom.staffed import PASSWORD

pytestmark = pytest.mark.anyio
OWN = {"sec-fetch-site": "same-origin"}


async def test_the_first_admin_comes_by_the_printed_link_and_sees_the_wire(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank.lay(tmp_path / "data")
    async with lives.live(tmp_path / "data") as live:
        await _say_ready(live.running)
        said = capsys.readouterr().out
        link = said.split("to become the first admin:\n\n")[1].split()[0]
        assert link.startswith(f"{live.running.base}/desk/join/")
        story = await live.publish()
        nobody = await live.client.get("/desk")
        assert (nobody.status_code, nobody.headers["location"]) == (303, "/desk/sign-in?to=/desk")
        fields = {"name": "ada", "shown": "Ada", "password": PASSWORD, "again": PASSWORD}
        joined = await live.client.post(link, data=fields, headers=OWN)
        assert (joined.status_code, joined.headers["location"]) == (303, "/desk")
        wire = await live.client.get("/desk")
        assert wire.status_code == 200
        assert f"/desk/s/{story.id}" in wire.text
        assert (await live.client.get(f"/api/desk/stories/{story.id}")).status_code == 200
        await _say_ready(live.running)
        assert "first admin" not in capsys.readouterr().out
        await shell(live)
        await orders(live, story)
        await program(live)


async def shell(live: lives.Live) -> None:
    """What is ordered in a shell holds for browsers at once."""
    order = {"by": "root", "person": "bo"}
    (made,) = await live.ask("people", action="invite", role="admin", **order)
    assert made["address"].startswith(f"{live.running.base}/desk/join/")
    (told,) = await live.ask("people", action="tokens", by="root", person="ada", make="cron")
    bearing = {"authorization": f"Bearer {told['token']}"}
    path = "/api/desk/stories/0123456789abcdef"
    async with httpx2.AsyncClient(base_url=live.running.base, trust_env=False) as program:
        assert (await program.get(path, headers=bearing)).status_code == 404
        await live.ask("people", action="tokens", by="root", person="ada", end="cron")
        assert (await program.get(path, headers=bearing)).status_code == 401
    for wrong in ({"action": "disable", "person": "ada"}, {"action": "fire"}):
        with pytest.raises(ValueError, match=r"last admin|fire"):
            await live.ask("people", by="root", **wrong)
    assert people_orders.first_link(live.desk) is None


async def orders(live: lives.Live, story: Story) -> None:
    """What is ordered in the app, and in a shell, is in the audit trail; what is refused is not."""
    form = {"kind": "hold", "cause": "legal", "why": "a letter came", "revision": "x"}
    done = await live.client.post(f"/desk/s/{story.id}/decide", data=form, headers=OWN)
    assert done.status_code == 303
    await live.ask("decide", story=story.id, kind="release", reason="desk", by="root")
    with pytest.raises(ValueError, match="no story"):
        await live.ask("decide", story="0" * 16, kind="hold", reason="desk", by="root")
    deeds = live.desk.people.trail.deeds(limit=2)
    assert [(one.by, one.what, one.about, one.why, one.address) for one in deeds] == [
        ("root", "release", story.id, "desk", "shell"),
        ("ada", "hold", story.id, "a letter came", "127.0.0.1"),
    ]
    (hold, _) = live.desk.store.history_of(story.id).decisions
    assert (hold.by, hold.reason) == ("ada", "legal")


async def program(live: lives.Live) -> None:
    """A program orders by the desk's API, with a token of ada's, what ada would."""
    order = {"action": "tokens", "person": "ada", "make": "night", "role": "chief"}
    (told,) = await live.ask("people", by="root", **order)
    bearing = {"authorization": f"Bearer {told['token']}"}
    fate = await live.fate(await live.push(ninjs("urn:seaboard:odd", pubstatus="odd")))
    (held,) = [one["story"] for one in fate["stories"]]
    buried = (await live.push(b"no news at all")).json()["id"]
    async with httpx2.AsyncClient(
        base_url=live.running.base, trust_env=False, headers=bearing
    ) as client:

        async def does(path: str, **body: Any) -> Any:
            answer = await client.post(f"/api/desk/{path}", json=body)
            assert answer.status_code == 200, answer.text
            return answer.json()

        queue = (await client.get("/api/desk/queue")).json()
        assert [row["story"] for row in queue["rows"]] == [held]
        now = (await client.get(f"/api/desk/stories/{held}")).json()
        words = {"seen": now["current"], "revision": now["revision"]}
        released = await does(f"stories/{held}/decide", kind="release", why="read", **words)
        assert released["state"] == "live"
        killed = await does(f"stories/{held}/decide", kind="kill", why="false")
        assert killed["state"] == "killed"
        assert await does("sources/inbox/pause") == {"paused": ["inbox"]}
        assert await does("sources/inbox/resume") == {"paused": []}
        await does("letters/retry", letters=[buried])
        await does("letters/dismiss", letters=[buried], why="spam")
        look = (await does("looks", q="agency:seaboard"))["id"]

        async def ended() -> Any:
            found = (await client.get(f"/api/desk/looks/{look}")).json()
            return found if found["isDone"] else None

        count = (await lives.until(ended))["count"]
        recall = await does("recalls", look=look, kind="hold", why="in doubt", count=count)
        undone = await does(f"recalls/{recall['batch']}/undo", why="all is well")
        assert undone["undone"]["by"] == "ada"
    deeds = live.desk.people.trail.deeds(limit=8)
    assert {(one.by, one.token, one.address) for one in deeds} == {("ada", "night", "127.0.0.1")}
    assert [one.what for one in deeds][::-1] == [
        "release",
        "kill",
        "pause",
        "resume",
        "retry",
        "dismiss",
        "recall: hold",
        "recall: undo",
    ]
