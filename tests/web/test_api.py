"""The public API: what it says is what the site says, and a kill turns it as well."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx2
import msgspec
import pytest

from copytaster import press
from copytaster.web import api
from tests.newsroom.making import AGENCY
from tests.newsroom.making import BASE
from tests.newsroom.making import GUID
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import TEXT
from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.web.test_machines import opened

pytestmark = pytest.mark.anyio

SECOND = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z", "headline": "Ferry full"}
PUBLIC = ("/api/stories", "/api/changes", "/api/openapi.json")


async def ask(house: House, path: str, kind: type) -> Any:
    """A good answer, which has the fields of its type and no others."""
    answer = await house.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return msgspec.json.decode(answer.content, type=kind)


async def listed(house: House, query: str = "") -> list[str]:
    """Ids of the stories that this list has, over all its pages."""
    path, found = f"/api/stories{query}", []
    while path:
        page = await ask(house, path, press.ApiStories)
        found += [one.id for one in page.stories]
        path = page.next.removeprefix(BASE) if page.next else ""
    return found


async def changes(house: House, since: int = 0, limit: int = 100) -> list[press.ApiChange]:
    path, found = f"/api/changes?since={since}&limit={limit}", []
    while True:
        page = await ask(house, path, press.ApiChanges)
        found += page.changes
        if not page.more:
            return found
        path = page.next.removeprefix(BASE)


# --- stories ------------------------------------------------------------------------------------


async def test_a_live_story_is_listed_with_both_of_its_clocks(house: House) -> None:
    house.send()
    house.wait(hours=1)
    story = house.send(**SECOND)
    page = await ask(house, "/api/stories", press.ApiStories)
    (line,) = page.stories
    assert (line.id, line.headline, line.edition) == (story.id, "Ferry full", 2)
    assert line.url == f"{BASE}/s/{story.id}"
    assert line.content == f"{BASE}/api/stories/{story.id}"
    assert line.teaser == TEXT
    assert line.published == "2026-03-02T08:55:00+00:00"
    assert line.updated == "2026-03-02T08:58:00+00:00"
    assert line.changed == house.now.isoformat()
    assert "No editor has reviewed it." in line.disclosure
    assert page.next is None


async def test_stories_are_paged_newest_first_without_gaps(house: House) -> None:
    sent = []
    for number in range(7):
        house.now += timedelta(seconds=1)
        sent.append(house.send(f"urn:{number}").id)
    for limit in (1, 2, 3, 7, 100):
        assert await listed(house, f"?limit={limit}") == sent[::-1], limit
    assert await listed(house) == sent[::-1]


async def test_stories_are_filtered_by_section_agency_language_and_change(house: House) -> None:
    sport = [{"name": "sport", "code": "medtop:15000000"}]
    german = house.send("urn:de", language="de").id
    house.now += timedelta(minutes=1)
    indian = house.send("urn:in", language="en-IN", subject=sport).id
    house.now += timedelta(minutes=1)
    house.receive(house.delivery(ninjs("urn:other", language="fr"), agency="otherwire"))
    elsewhere = house.desk.find("otherwire", "urn:other")
    assert await listed(house, "?language=en") == [indian]
    assert await listed(house, "?language=de") == [german]
    assert await listed(house, "?language=en-IN") == [indian]
    assert await listed(house, "?agency=otherwire") == [elsewhere]
    assert await listed(house, f"?agency={AGENCY}&language=DE") == [german]
    assert await listed(house, "?section=sport") == [indian]
    assert await listed(house, "?section=sport&language=de") == []
    house.now += timedelta(minutes=1)
    since = house.now.isoformat().replace("+00:00", "Z")
    assert await listed(house, f"?updated_since={since}") == []
    house.send("urn:de", language="de", **SECOND)
    assert await listed(house, f"?updated_since={since}") == [german]
    early = "2026-03-02T09:00:00Z"
    assert await listed(house, f"?updated_since={early}&limit=1") == [german, elsewhere, indian]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("?sections=sport", "no parameter is called so; known: before, limit, section"),
        ("?section=sprot", "section cannot be read"),
        ("?agency=../x", "agency cannot be read"),
        ("?language=%3Cscript%3E", "language cannot be read"),
        ("?limit=0", "limit cannot be read; it is how many at most, 1 to 100"),
        ("?limit=101", "limit cannot be read"),
        ("?limit=1&limit=2", "limit is given twice"),
        ("?before=yesterday", "before cannot be read"),
        ("?before=9999999999999999-1", None),
        ("?updated_since=2026-03-02", "updated_since cannot be read; it is RFC 3339"),
        ("?updated_since=2026-03-02T09:00:00+00:00", "updated_since cannot be read"),
        ("?updated_since=0001-01-01T00:00:00%2B14:00", "updated_since cannot be read"),
    ],
)
async def test_what_cannot_be_read_is_said_in_one_line(
    query: str, why: str | None, house: House
) -> None:
    answer = await house.get(f"/api/stories{query}")
    if why is None:
        assert answer.status_code == 200
        return
    assert answer.status_code == 400
    error = msgspec.json.decode(answer.content, type=press.ApiFault).error
    assert why in error
    assert "script" not in error, "it says nothing back"
    assert "\n" not in error


async def test_lists_carry_what_feeds_may_carry(tmp_path: Any) -> None:
    with opened(tmp_path, contract='feeds = "headline"') as house:
        house.send()
        (line,) = (await ask(house, "/api/stories", press.ApiStories)).stories
        assert (line.headline, line.teaser) == (HEADLINE, None)
    with opened(tmp_path / "none", contract='feeds = "none"') as house:
        house.send()
        assert await listed(house) == []


# --- one story ----------------------------------------------------------------------------------


async def test_a_story_is_the_ninjs_of_its_own_address(house: House) -> None:
    story = house.send()
    answer, own = (
        await house.get(f"/api/stories/{story.id}"),
        await house.get(f"/s/{story.id}.json"),
    )
    assert answer.content == own.content
    for name in ("etag", "last-modified", "content-type", "content-usage"):
        assert answer.headers[name] == own.headers[name]
    again = await house.get(
        f"/api/stories/{story.id}", headers={"if-none-match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("reason", "status"), [("desk", 410), ("legal", 451), ("hold", 200)])
async def test_the_notice_stands_in_the_place_of_a_withdrawn_story(
    reason: str, status: int, house: House
) -> None:
    house.send()
    story = house.hold() if reason == "hold" else house.kill(reason=reason)
    for path in (f"/api/stories/{story.id}", f"/api/stories/{story.id}/editions"):
        answer, own = await house.get(path), await house.get(f"/s/{story.id}.json")
        assert (answer.status_code, answer.content) == (status, own.content)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers.get("link") == own.headers.get("link")
        told = msgspec.json.decode(answer.content, type=press.ApiNinjs)
        assert told.pub_status in {"withheld", "canceled"}
        assert HEADLINE not in answer.text
        assert TEXT not in answer.text
    assert await listed(house) == []


async def test_what_was_never_public_does_not_exist(house: House) -> None:
    held = house.send("urn:held", headline="Ferry\x07")
    answers = [
        await house.get(f"/api/stories/{id}{more}")
        for id in (held.id, "0123456789abcdef", "x", "%3Cscript%3E", held.id.upper())
        for more in ("", "/editions")
    ]
    assert {(one.status_code, one.content) for one in answers} == {(404, answers[0].content)}
    assert len({tuple(sorted(one.headers.items())) for one in answers}) == 1
    assert await changes(house) == []


async def test_the_editions_say_which_is_current_and_which_was_withdrawn(house: House) -> None:
    first = house.send()
    house.wait(hours=1)
    house.send(**SECOND)
    path = f"/api/stories/{first.id}/editions"
    told = await ask(house, path, press.ApiEditions)
    assert [(one.edition, one.state, one.label) for one in told.editions] == [
        (1, "earlier", "published"),
        (2, "current", "update"),
    ]
    for one in told.editions:
        assert (await house.get(urlsplit(one.url).path)).status_code == 200
        assert (await house.get(urlsplit(one.content).path)).status_code == 200
    before = (await house.get(path)).headers["etag"]
    house.wait(hours=1)
    house.send(**{**SECOND, "version": "3", "headline": "Ferry gone"})
    assert (await house.get(path)).headers["etag"] != before


# --- changes ------------------------------------------------------------------------------------


async def test_every_public_event_is_told_in_order_and_a_kill_for_good(house: House) -> None:
    story = house.send()
    house.wait(hours=1)
    house.send(**SECOND)
    house.hold()
    house.release()
    house.kill()
    house.wait(days=400)
    told = await changes(house)
    assert [one.kind for one in told] == ["published", "updated", "held", "released", "killed"]
    assert {(one.id, one.agency, one.url) for one in told} == {
        (story.id, AGENCY, f"{BASE}/s/{story.id}")
    }
    assert [one.reason for one in told][1:] == ["update", "desk", None, "desk"]
    for limit in (1, 2, 5):
        assert await changes(house, limit=limit) == told, limit
    assert await changes(house, since=told[2].cursor) == told[3:]


async def test_changes_never_say_what_a_story_said(house: House) -> None:
    house.send()
    house.send(**SECOND, correctiontext={"public": "Corrects the harbour."})
    house.kill()
    answer = await house.get("/api/changes")
    for words in (HEADLINE, "Ferry full", TEXT, "Corrects the harbour", "Ada Quay"):
        assert words not in answer.text


async def test_a_cursor_stays_good_when_nothing_happens(house: House) -> None:
    empty = await ask(house, "/api/changes", press.ApiChanges)
    assert (empty.changes, empty.more) == ((), False)
    assert empty.next == f"{BASE}/api/changes?since=0&limit=100"
    house.send()
    page = await ask(house, "/api/changes", press.ApiChanges)
    again = await ask(house, page.next.removeprefix(BASE), press.ApiChanges)
    assert (again.changes, again.next) == ((), page.next)


async def test_a_cursor_of_another_time_is_refused(house: House) -> None:
    house.send()
    answer = await house.get("/api/changes?since=999")
    assert answer.status_code == 410
    assert "begin again" in msgspec.json.decode(answer.content, type=press.ApiFault).error
    for odd in ("-1", "x", "1.0", "99999999999999999999"):
        assert (await house.get(f"/api/changes?since={odd}")).status_code == 400


# --- open, and described -------------------------------------------------------------------------


async def test_any_page_may_ask_and_only_here(house: House) -> None:
    story = house.send()
    for path in (*PUBLIC, f"/api/stories/{story.id}", "/api/stories/x", "/api/stories?x=1"):
        assert (await house.get(path)).headers["access-control-allow-origin"] == "*", path
    for path in ("/", f"/s/{story.id}.json", "/feed.json", "/api/desk/stories/x", "/robots.txt"):
        assert "access-control-allow-origin" not in (await house.get(path)).headers, path


async def test_every_answer_revalidates_and_changes_when_the_store_does(house: House) -> None:
    house.send()
    for path in PUBLIC:
        first = await house.get(path)
        assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"
        assert first.headers["x-robots-tag"] == "noindex"
        again = await house.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    tags = [(await house.get(path)).headers["etag"] for path in PUBLIC[:2]]
    house.kill()
    assert not {(await house.get(path)).headers["etag"] for path in PUBLIC[:2]} & set(tags)


@pytest.fixture
async def document(house: House) -> dict[str, Any]:
    told: dict[str, Any] = (await house.get("/api/openapi.json")).json()
    return told


def _served(house: House) -> set[str]:
    paths = (getattr(route, "path", "") for route in house.site.routes)
    return {path for path in paths if path.startswith("/api/") and "desk" not in path}


async def test_every_route_is_described(document: dict[str, Any], house: House) -> None:
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": BASE}]
    assert set(document["paths"]) == _served(house)
    assert {one.path for one in api.table(house.desk)} == _served(house)


def _check(value: Any, schema: dict[str, Any], parts: dict[str, Any], at: str = "$") -> None:
    """As much of JSON Schema as the document uses."""
    schema = parts[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if "anyOf" in schema:
        assert any(_fits(value, one, parts) for one in schema["anyOf"]), at
        return
    if schema.get("type") == "null":
        assert value is None, at
    types = {"string": str, "integer": int, "array": list, "object": dict, "boolean": bool}
    if schema.get("type") in types:
        assert isinstance(value, types[schema["type"]]), at
    if isinstance(value, dict):
        assert set(schema.get("required", ())) <= set(value), at
        known = schema.get("properties", {})
        assert schema.get("additionalProperties", True) or set(value) <= set(known), at
        for name in known.keys() & value.keys():
            _check(value[name], known[name], parts, f"{at}.{name}")
    if isinstance(value, list):
        for number, one in enumerate(value):
            _check(one, schema.get("items", {}), parts, f"{at}[{number}]")


def _fits(value: Any, schema: dict[str, Any], parts: dict[str, Any]) -> bool:
    try:
        _check(value, schema, parts)
    except AssertionError:
        return False
    return True


async def test_real_answers_are_what_is_described(document: dict[str, Any], house: House) -> None:
    parts = document["components"]["schemas"]
    live, gone = house.send(), house.send("urn:gone")
    house.kill("urn:gone")
    asked = [
        *(("/api/stories", q) for q in ("", "?limit=1", "?limit=0")),
        *(("/api/changes", q) for q in ("", "?limit=1", "?since=999", "?x=1")),
        ("/api/openapi.json", ""),
        *(("/api/stories/{id}", id) for id in (live.id, gone.id, "x")),
        *(("/api/stories/{id}/editions", id) for id in (live.id, gone.id, "x")),
    ]
    seen = set()
    for path, given in asked:
        address = path.replace("{id}", given) if "{id}" in path else path + given
        answer: httpx2.Response = await house.get(address)
        described = document["paths"][path]["get"]["responses"][str(answer.status_code)]
        schema = described["content"]["application/json"]["schema"]
        _check(json.loads(answer.content), schema, parts)
        seen.add((path, answer.status_code))
    wanted = {
        (path, int(status))
        for path, operation in document["paths"].items()
        for status in operation["get"]["responses"]
    }
    assert wanted - seen == {(path, 304) for path in document["paths"]} | {
        ("/api/stories/{id}", 451),
        ("/api/stories/{id}/editions", 451),
    }
    with pytest.raises(AssertionError):
        _check({"stories": [{}]}, {"$ref": "#/components/schemas/ApiStories"}, parts)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_nothing_but_reading_is_possible(method: str, house: House) -> None:
    story = house.send(GUID)
    for path in ("/api/stories", f"/api/stories/{story.id}", "/api/changes"):
        assert (await house.get(path, method=method)).status_code in {404, 405}
