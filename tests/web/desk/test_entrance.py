"""The ways in and out of the desk: sessions, cookies, forms from elsewhere, links."""

from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette

from copytaster.web.desk import SignedIn
from copytaster.web.desk import people_routes
from tests.door import Door
from tests.newsroom.staffed import PASSWORD
from tests.newsroom.staffed import seated
from tests.web.desk.visiting import HOUSE_TOKEN
from tests.web.desk.visiting import URL
from tests.web.desk.visiting import Browser
from tests.web.desk.visiting import Site
from tests.web.desk.visiting import fault
from tests.web.desk.visiting import seen
from tests.web.desk.visiting import shows

pytestmark = pytest.mark.anyio
OTHER = "four dry quayside dogs"


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def ada(site: Site) -> Browser:
    return site.join("ada")


# --- in and out -------------------------------------------------------------------------------


async def test_a_name_and_its_password_let_in_to_where_one_wanted(site: Site, ada: Browser) -> None:
    browser = site.browser()
    answer = await browser.get("/desk/x?q=1")
    assert answer.headers["location"] == "/desk/sign-in?to=/desk/x%3Fq%3D1"
    page = shows(await browser.get(answer.headers["location"]))
    to = page.css_first("input[name=to]")
    assert to is not None
    assert to.attributes["value"] == "/desk/x?q=1"
    fields = {"name": "ADA ", "password": PASSWORD, "to": "/desk/x?q=1"}
    answer = await browser.post("/desk/sign-in", fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/x?q=1")
    assert answer.headers["cache-control"] == "no-store"
    assert (await browser.get("/desk/x")).text == "ada admin None 127.0.0.1"


async def test_over_http_the_cookie_is_plain_and_out_of_scripts_reach(
    site: Site, ada: Browser
) -> None:
    browser = site.browser()
    await browser.sign_in()
    told = [part.strip() for part in browser.said.split(";")]
    assert told[0].startswith("copytaster=")
    assert set(told[1:]) == {"HttpOnly", "Max-Age=1209600", "Path=/", "SameSite=lax"}


async def test_over_https_the_cookie_is_of_this_host_alone() -> None:
    site = Site("https://desk.example")
    site.join("ada")
    browser = site.browser()
    await browser.sign_in()
    told = [part.strip() for part in browser.said.split(";")]
    assert told[0].startswith("__Host-copytaster=")
    assert set(told[1:]) == {"HttpOnly", "Max-Age=1209600", "Path=/", "SameSite=lax", "Secure"}
    assert await browser.who() == "ada"
    await browser.post("/desk/sign-out")
    assert "Secure" in browser.said


async def test_a_wrong_password_is_said_at_its_field_and_the_name_stays(
    site: Site, ada: Browser
) -> None:
    browser = site.browser()
    for name in ("ada", "nobody", "<b>"):
        answer = await browser.sign_in(name, "wrong")
        assert answer.status_code == 422
        assert fault(answer) == ("password", "The name or the password is wrong.")
        kept = shows(answer).css_first("input[name=name]")
        assert kept is not None
        assert kept.attributes["value"] == name
        assert "wrong" not in [one.attributes.get("value") for one in shows(answer).css("input")]
        assert browser.cookie is None


async def test_too_many_tries_say_how_long_to_wait(site: Site, ada: Browser) -> None:
    browser = site.browser()
    for _ in range(5):
        await browser.sign_in("ada", "wrong")
    answer = await browser.sign_in()
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "2")
    assert fault(answer) == ("", "Too many tries: wait 2 seconds, then try again.")
    site.staffed.wait(seconds=2)
    assert (await browser.sign_in()).status_code == 303


async def test_addresses_behind_a_proxy_are_told_apart(site: Site, ada: Browser) -> None:
    fields = {"name": "ada", "password": "wrong"}
    for number in range(25):
        answer = await ada.post(
            "/desk/sign-in", fields | {"name": f"n{number}"}, x_forwarded_for="192.0.2.9"
        )
    assert answer.status_code == 429, "the client is no proxy of ours: what it says is not believed"


async def test_a_secret_that_somebody_planted_is_worth_nothing_after(
    site: Site, ada: Browser
) -> None:
    planted = "A" * 43
    browser = site.browser(planted)
    await browser.sign_in()
    assert browser.cookie not in (planted, None)
    assert await site.browser(planted).who() is None


async def test_signing_in_again_ends_what_the_browser_had(site: Site, ada: Browser) -> None:
    before = ada.cookie
    await ada.sign_in()
    assert ada.cookie != before
    assert await ada.who() == "ada"
    assert await site.browser(before).who() is None


async def test_signing_out_ends_the_session_wherever_its_cookie_is(
    site: Site, ada: Browser
) -> None:
    copied = site.browser(ada.cookie)
    answer = await ada.post("/desk/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sign-in")
    assert ada.cookie is None
    assert await copied.who() is None
    again = await copied.post("/desk/sign-out")
    assert again.headers["location"].startswith("/desk/sign-in"), "twice does no harm"


async def test_whoever_is_signed_in_need_not_do_so(ada: Browser) -> None:
    answer = await ada.get("/desk/sign-in?to=/desk/queue")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/queue")


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "/desk\\@evil.example",
    "/desk.evil.example",
    "/desk//evil.example",
    "/deskevil",
    "desk",
    "javascript:alert(1)",
    "/desk/\r\nset-cookie: a=b",
    "/desk/ x",
    "/s/0123456789abcdef",
    "/desk/" + "x" * 3000,
    "",
]


@pytest.mark.parametrize("to", ELSEWHERE)
async def test_signing_in_leads_nowhere_else(site: Site, ada: Browser, to: str) -> None:
    fields = {"name": "ada", "password": PASSWORD, "to": to}
    answer = await site.browser().post("/desk/sign-in", fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    answer = await ada.get(f"/desk/sign-in?{urlencode({'to': to})}")
    assert answer.headers["location"] == "/desk"


async def test_who_was_signed_out_over_a_form_comes_back_to_its_page(site: Site) -> None:
    browser = site.browser()
    asked = {"referer": f"{URL}/desk/s/0123456789abcdef?x=1"}
    answer = await browser.post("/desk/x", **asked)
    assert answer.headers["location"] == "/desk/sign-in?to=/desk/s/0123456789abcdef"
    for foreign in ("https://evil.example/desk/y", "", "http://[", "/desk/y"):
        answer = await browser.post("/desk/x", referer=foreign)
        assert answer.headers["location"] == "/desk/sign-in?to=/desk"


# --- forms from elsewhere, and what is no form ------------------------------------------------


@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk/join/" + "A" * 43, "/desk/sign-out"])
@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "", "origin": URL},
    ],
)
async def test_a_form_from_elsewhere_is_not_taken(
    site: Site, ada: Browser, path: str, headers: dict[str, str]
) -> None:
    fields = {"name": "ada", "password": PASSWORD}
    answer = await ada.post(path, fields, **headers)
    assert answer.status_code == 403
    assert "nothing was done" in seen(answer)
    assert await ada.who() == "ada"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"x", {"content-type": "text/plain"}, 415),
        (b"name=" + b"a" * 20_000, {}, 413),
        (b"&".join(b"a%d=b" % n for n in range(20)), {}, 400),
        (b"name=%ff", {}, 400),
        (b"", {"content-encoding": "gzip"}, 415),
    ],
)
@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk/me/password", "/desk/people"])
async def test_what_no_page_sends_is_refused_with_a_page(
    site: Site, ada: Browser, path: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    said = {
        "content-type": "application/x-www-form-urlencoded",
        "sec-fetch-site": "same-origin",
        "cookie": f"copytaster={ada.cookie}",
    }
    answer = await site.door.ask("POST", URL + path, headers=said | headers, content=body)
    assert answer.status_code == status
    assert "Nothing was done" in seen(answer)


# --- links ------------------------------------------------------------------------------------


async def test_the_first_admin_takes_their_place_by_a_link(site: Site) -> None:
    link = f"/desk/join/{site.staffed.people.entrance.first_link()}"
    browser = site.browser()
    for _ in range(2):  # looking uses nothing up
        page = await browser.get(link)
        assert page.status_code == 200
        assert "You are invited as admin" in seen(page)
    fields = {"name": "ada", "shown": "Ada Quay", "password": PASSWORD, "again": PASSWORD}
    answer = await browser.post(link, fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert await browser.who() == "ada"
    spent = await site.browser().get(link)
    assert spent.status_code == 404
    assert "used or withdrawn" in seen(spent)
    twice = await browser.post(link, fields)
    assert twice.status_code == 404, "a double submit makes nobody"
    assert [one.name for one in site.staffed.store.persons()] == ["ada"]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"name": "Ada Quay"}, "name"),
        ({"name": ""}, "name"),
        ({"shown": " "}, "shown"),
        ({"password": "short", "again": "short"}, "password"),
        ({"again": OTHER}, "again"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_the_rest_stays(
    site: Site, change: dict[str, str], wrong: str
) -> None:
    link = f"/desk/join/{site.staffed.people.entrance.first_link()}"
    fields = {"name": "ada", "shown": '"><script>', "password": PASSWORD, "again": PASSWORD}
    answer = await site.browser().post(link, fields | change)
    assert answer.status_code == 422
    field, sentence = fault(answer)
    assert field == wrong
    assert sentence.endswith(".")
    kept = {one.attributes["name"]: one.attributes["value"] for one in shows(answer).css("input")}
    assert kept == {
        "name": change.get("name", "ada"),
        "shown": change.get("shown", '"><script>'),
        "password": "",
        "again": "",
    }


async def test_a_link_for_a_name_lets_nobody_choose_another(site: Site, ada: Browser) -> None:
    link = site.staffed.people.staff.invite(seated(), "reader", "bo")
    fields = {"name": "eve", "shown": "Bo", "password": PASSWORD, "again": PASSWORD}
    browser = site.browser()
    assert (await browser.post(f"/desk/join/{link}", fields)).status_code == 303
    assert await browser.who() == "bo"


async def test_a_link_to_reset_ends_sessions_elsewhere(site: Site, ada: Browser) -> None:
    link = f"/desk/join/{site.staffed.people.staff.reset(seated(), 'ada')}"
    assert "For ada" in seen(await site.browser().get(link))
    browser = site.browser()
    await browser.post(link, {"password": OTHER, "again": OTHER})
    assert await browser.who() == "ada"
    assert await ada.who() is None


@pytest.mark.parametrize("link", ["A" * 43, "x", "%00", "..%2f..", "é", "A" * 5000])
async def test_a_link_that_nobody_made_opens_nothing(site: Site, ada: Browser, link: str) -> None:
    answer = await site.browser().get(f"/desk/join/{link}")
    assert answer.status_code == 404


# --- tokens of programs -----------------------------------------------------------------------


def bearing(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


async def test_a_token_is_for_the_api_and_lets_no_cookie_through(site: Site, ada: Browser) -> None:
    token = site.staffed.people.staff.make_token(seated(), "ada", "cron", "editor", 5)
    program = site.browser()
    assert (await program.get("/api/x", **bearing(token))).text == "ada editor cron 127.0.0.1"
    assert (await program.get("/desk/x", **bearing(token))).status_code == 303
    assert (await ada.get("/api/x")).text == "ada admin None 127.0.0.1"
    for wrong in ("", "x", "A" * 43, HOUSE_TOKEN + "x"):
        assert (await ada.get("/api/x", **bearing(wrong))).status_code == 401
    assert (await ada.get("/desk/x", **bearing(token))).status_code == 303
    assert (await ada.get("/desk/x", authorization="Basic eDp5")).status_code == 200


async def test_the_houses_own_token_reads(site: Site) -> None:
    program = site.browser()
    answer = await program.get("/api/x", **bearing(HOUSE_TOKEN))
    assert answer.text == "house reader desk 127.0.0.1"
    assert (await program.get("/desk/x", **bearing(HOUSE_TOKEN))).status_code == 303


async def test_a_program_is_told_apart_from_a_page_elsewhere(site: Site, ada: Browser) -> None:
    """What changes something: a token needs no page of ours, a cookie does."""
    token = site.staffed.people.staff.make_token(seated(), "ada", "cron", "editor", 5)
    foreign = {"sec_fetch_site": "cross-site"}
    assert (await site.browser().post("/api/x", **bearing(token), **foreign)).status_code == 200
    assert (await ada.post("/api/x", **foreign)).status_code == 403


# --- a flood ----------------------------------------------------------------------------------


async def test_a_flood_of_tries_keeps_the_desk_from_nothing(site: Site) -> None:
    """No more than some wait to be looked at; the others are told to come back."""
    from anyio import create_task_group

    site.join("ada")
    statuses: list[int] = []

    async def try_it(number: int) -> None:
        answer = await site.browser().sign_in(f"n{number}", "wrong")
        statuses.append(answer.status_code)

    async with create_task_group() as group:
        for number in range(60):
            group.start_soon(try_it, number)
    assert len(statuses) == 60
    assert set(statuses) == {422, 429}
    assert statuses.count(422) <= 20


async def test_a_cookie_of_the_https_site_is_nobodys_over_http() -> None:
    site = Site("https://desk.example")
    ada = site.join("ada")
    seats = SignedIn(site.staffed.people, token="", url=URL)
    routes = people_routes(site.staffed.people, seats, house="Wire", zone=None, url=URL)
    door = Door(Starlette(routes=routes))
    said = {"cookie": f"__Host-copytaster={ada.cookie}"}
    assert (await door.ask("GET", f"{URL}/desk/me", headers=said)).status_code == 303
