"""A story's own addresses: what each answers, and with what headers."""

from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx2
import pytest

from tests.newsroom import making
from tests.newsroom.making import AGENCY
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.newsroom.making import config

pytestmark = pytest.mark.anyio

SECOND = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "headline": "Ferry full"}
FORMS = {
    "": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
}


def check_security(answer: httpx2.Response) -> None:
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy, "no script may run: there is none"
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in answer.headers


# --- live ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("edition", ["", "/v1"])
async def test_a_live_story_answers_in_every_form(edition: str, form: str, house: House) -> None:
    story = house.send()
    answer = await house.get(f"/s/{story.id}{edition}{form}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMS[form]
    assert TEXT in answer.text
    assert (HEADLINE in answer.text) == (form != ".txt"), "plain text is the body alone"
    check_security(answer)
    assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert answer.headers.get("x-robots-tag") == ("noindex" if form else None), "no duplicates"


async def test_last_modified_is_when_the_public_face_changed(house: House) -> None:
    house.send()
    house.now += timedelta(hours=3)
    story = house.send(**SECOND)
    answer = await house.get(f"/s/{story.id}")
    assert parsedate_to_datetime(answer.headers["last-modified"]) == house.now


async def test_a_reader_who_has_the_page_is_told_so_without_a_body(house: House) -> None:
    story = house.send()
    for form in FORMS:
        first = await house.get(f"/s/{story.id}{form}")
        tag = first.headers["etag"]
        for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = await house.get(f"/s/{story.id}{form}", headers={"if-none-match": asked})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
        other = await house.get(f"/s/{story.id}{form}", headers={"if-none-match": '"other"'})
        assert other.status_code == 200


async def test_every_change_of_the_public_face_has_an_etag_of_its_own(house: House) -> None:
    story = house.send()
    tags = [(await house.get(f"/s/{story.id}")).headers["etag"]]
    house.wait(minutes=1)
    house.send(**SECOND)
    tags.append((await house.get(f"/s/{story.id}")).headers["etag"])
    house.hold()
    house.release()
    tags.append((await house.get(f"/s/{story.id}")).headers["etag"])
    assert len(set(tags)) == 3
    forms = {(await house.get(f"/s/{story.id}{form}")).headers["etag"] for form in FORMS}
    assert len(forms) == 3


async def test_a_head_request_is_answered_as_a_get_without_its_body(house: House) -> None:
    story = house.send()
    for path in (f"/s/{story.id}", "/", "/feed.atom", "/robots.txt"):
        get, head = await house.get(path), await house.get(path, method="HEAD")
        assert head.status_code == 200
        assert head.headers["etag"] == get.headers["etag"]
        assert head.headers["content-type"] == get.headers["content-type"]


# --- withdrawn ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("edition", ["", "/v1", "/v2"])
@pytest.mark.parametrize(
    ("kind", "reason", "status"),
    [("kill", "desk", 410), ("kill", "legal", 451), ("hold", "desk", 200)],
)
async def test_a_notice_is_never_stored_and_never_indexed_and_says_none_of_the_words(
    kind: str, reason: str, status: int, edition: str, form: str, house: House
) -> None:
    house.send()
    story = house.send(**SECOND)
    live = await house.get(f"/s/{story.id}{edition}{form}")
    house.decide(making.DecisionKind(kind), reason=reason)
    tag = {"if-none-match": live.headers["etag"]}
    answer = await house.get(f"/s/{story.id}{edition}{form}", headers=tag)
    assert answer.status_code == status
    assert answer.headers["content-type"] == FORMS[form]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert not {"etag", "last-modified"} & set(answer.headers)
    for words in (HEADLINE, "Ferry full", TEXT, "Ada Quay"):
        assert words not in answer.text
    check_security(answer)


async def test_a_legal_order_names_who_blocked_it(house: House) -> None:
    story = house.send()
    house.kill(reason="legal")
    answer = await house.get(f"/s/{story.id}")
    assert answer.headers["link"] == f'<{making.BASE}/>; rel="blocked-by"'
    house.send("urn:b")
    house.kill("urn:b")
    assert "link" not in (await house.get(f"/s/{house.story('urn:b').id}")).headers


async def test_a_licence_that_ended_answers_410_with_the_agencys_own_address(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "agencies"
    folder.mkdir()
    (folder / f"{AGENCY}.toml").write_text(
        f'id = "{AGENCY}"\nname = "Seaboard"\n[contract]\nretention_days = 1\n'
    )
    with making.house(tmp_path / "data", config(agencies=str(folder))) as house:
        story = house.send(url="https://seaboard.example/ferry")
        house.wait(days=2)
        answer = await house.get(f"/s/{story.id}")
        assert answer.status_code == 410
        assert TEXT not in answer.text
        assert house.story().face.value == "expired"


# --- never there --------------------------------------------------------------------------------


async def test_what_was_never_live_does_not_exist(house: House) -> None:
    never = await house.get("/s/0123456789abcdef")
    held = house.send("urn:held", headline="Ferry\x07")
    shut = house.send("urn:shut", embargoed="2026-03-02T10:00:00Z")
    killed = house.send("urn:killed", pubstatus="canceled")
    for story in (held, shut, killed):
        for path in (f"/s/{story.id}", f"/s/{story.id}.txt", f"/s/{story.id}.json"):
            answer = await house.get(path)
            assert (answer.status_code, answer.content) == (404, never.content)
            assert dict(answer.headers) == dict(never.headers)
        assert (await house.get(f"/s/{story.id}/v1")).status_code == 404


ODD = [
    "/s",
    "/s/",
    "/s/{id}/",
    "/s/{id}/v0",
    "/s/{id}/v01",
    "/s/{id}/v2",
    "/s/{id}/v",
    "/s/{id}/v-1",
    "/s/{id}/v1/",
    "/s/{id}/v1.html",
    "/s/{id}/v999999999999999999999",
    "/s/{id}/v%31%00",
    "/s/{id}.html",
    "/s/{id}.TXT",
    "/s/{id}.txt.json",
    "/s/{id}%0a",
    "/s/{id}%20",
    "/s/ {id}",
    "/s//{id}",
    "/S/{id}",
    "/s/{id}x",
    "/s/..%2f..%2fdesk.sqlite",
    "/s/%2e%2e/%2e%2e/desk.sqlite",
    "/s/....//....//desk.sqlite",
    "/s/{id}/../../../desk.sqlite",
    "/s/%2fetc%2fpasswd",
    "/s/{id}.notice.html",
    "/s/{id}.v1.html",
    "/s/\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669abcdef",
]


async def test_an_odd_path_is_no_story(house: House) -> None:
    story = house.send()
    for path in ODD:
        answer = await house.get(path.replace("{id}", story.id))
        assert answer.status_code == 404, path
        assert HEADLINE not in answer.text, path


async def test_an_id_in_upper_case_is_no_story(house: House) -> None:
    story = house.send()
    assert (await house.get(f"/s/{story.id.upper()}")).status_code == 404
