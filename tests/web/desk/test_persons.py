"""Pages about persons: oneself, everybody, and what everybody did; and who gets to them."""

from threading import Event

import anyio.lowlevel
import pytest
from anyio import create_task_group
from starlette.routing import Route

from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.copydesk import Wrong
from copytaster.web.desk._forms import Slowly
from tests.newsroom.staffed import PASSWORD
from tests.newsroom.staffed import seated
from tests.web.desk.visiting import URL
from tests.web.desk.visiting import Browser
from tests.web.desk.visiting import Site
from tests.web.desk.visiting import fault
from tests.web.desk.visiting import seen
from tests.web.desk.visiting import shows

pytestmark = pytest.mark.anyio
OTHER = "four dry quayside dogs"
OPEN = {"/desk/sign-in", "/desk/join/{link}"}
"""what everybody gets to"""
OURS = {"/desk/x", "/api/x"}
"""which the tests put there"""
NEEDS = {
    "/desk/people": Role.admin,
    "/desk/people/{name}": Role.admin,
    "/desk/people/links/withdraw": Role.admin,
    "/desk/people/{name}/reset": Role.admin,
    "/desk/people/{name}/role": Role.admin,
    "/desk/people/{name}/disable": Role.admin,
    "/desk/people/{name}/enable": Role.admin,
    "/desk/people/{name}/sessions": Role.admin,
    "/desk/people/{name}/tokens/end": Role.admin,
    "/desk/trail": Role.chief,
}
"""all others need a reader"""


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def ada(site: Site) -> Browser:
    return site.join("ada")


def ways() -> list[tuple[str, str]]:
    """Every way there is: (method, path)."""
    found = [route for route in Site().routes if isinstance(route, Route)]
    return [
        (method, route.path)
        for route in found
        for method in sorted((route.methods or set()) - {"HEAD"})
        if route.path not in OPEN | OURS
    ]


@pytest.mark.parametrize(("method", "path"), ways())
async def test_every_role_on_every_way(site: Site, ada: Browser, method: str, path: str) -> None:
    needed = NEEDS.get(path, Role.reader)
    for role in (None, *Role):
        name = f"a-{role}"
        browser = site.browser() if role is None else site.join(name, role.value)
        deeds = len(site.staffed.whats())
        address = path.replace("{name}", name)
        answer = await (browser.get(address) if method == "GET" else browser.post(address))
        if role is None:
            assert answer.headers["location"].startswith("/desk/sign-in?to=")
        else:
            assert (answer.status_code == 403) is not role.may(needed)
        if role is None or not role.may(needed):
            assert len(site.staffed.whats()) == deeds, "nothing was done"
        assert answer.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(("method", "path"), [one for one in ways() if one[0] == "POST"])
async def test_no_form_from_elsewhere_does_anything(
    site: Site, ada: Browser, method: str, path: str
) -> None:
    deeds = site.staffed.whats()
    fields = {"role": "reader", "why": "x", "all": "yes", "name": "eve", "token": "x", "days": "1"}
    address = path.replace("{name}", "ada")
    answer = await ada.post(address, fields, sec_fetch_site="cross-site")
    assert answer.status_code == 403
    assert site.staffed.whats() == deeds
    assert await ada.who() == "ada"


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("reader", set()),
        ("editor", set()),
        ("chief", {"/desk/trail"}),
        ("admin", {"/desk/people", "/desk/trail"}),
    ],
)
async def test_places_are_shown_to_whom_they_are_open(
    site: Site, ada: Browser, role: str, shown: set[str]
) -> None:
    page = shows(await site.join("bo", role).get("/desk/me"))
    places = {one.attributes["href"] for one in page.css("nav a")}
    assert places & {"/desk/people", "/desk/trail"} == shown
    assert {"/desk", "/desk/queue"} <= places


# --- oneself ----------------------------------------------------------------------------------


async def test_one_sees_where_one_is_signed_in_and_ends_it(site: Site, ada: Browser) -> None:
    other = site.browser()
    site.staffed.wait(seconds=5)
    await other.post(
        "/desk/sign-in", {"name": "ada", "password": PASSWORD}, user_agent="<b>Other</b>/2"
    )
    page = await ada.get("/desk/me")
    assert "<b>Other</b>/2 from 127.0.0.1, since 2 Mar 2026, 09:00:05" in seen(page)
    assert seen(page).count("(this one)") == 1
    keys = [one.attributes["value"] or "" for one in shows(page).css("input[name=session]")]
    assert other.cookie not in keys
    answer = await ada.post("/desk/me/sessions", {"session": keys[0]})
    assert answer.headers["location"] == "/desk/me?done=session"
    assert "The session is ended." in seen(await ada.get("/desk/me?done=session"))
    assert await other.who() is None
    assert await ada.who() == "ada"
    await ada.post("/desk/me/sessions", {"all": "yes"})
    assert await ada.who() is None


async def test_nobody_ends_a_session_of_somebody_else(site: Site, ada: Browser) -> None:
    bo = site.join("bo", "reader")
    (session,) = site.staffed.people.staff.sessions("ada")
    await bo.post("/desk/me/sessions", {"session": session.digest})
    assert await ada.who() == "ada"


async def test_another_password_signs_out_everywhere_else(site: Site, ada: Browser) -> None:
    other = site.browser()
    await other.sign_in()
    fields = {"old": PASSWORD, "password": OTHER, "again": OTHER}
    answer = await ada.post("/desk/me/password", fields)
    assert answer.headers["location"] == "/desk/me?done=password"
    assert await other.who() is None
    assert await ada.who() == "ada"
    assert (await other.sign_in("ada", OTHER)).status_code == 303


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"old": OTHER}, "old"),
        ({"password": "short", "again": "short"}, "password"),
        ({"again": "x"}, "again"),
    ],
)
async def test_a_password_that_cannot_be_changed_is_said_at_its_field(
    ada: Browser, change: dict[str, str], field: str
) -> None:
    fields = {"old": PASSWORD, "password": OTHER, "again": OTHER} | change
    answer = await ada.post("/desk/me/password", fields)
    assert (answer.status_code, fault(answer)[0]) == (422, field)
    assert OTHER not in answer.text
    assert await ada.who() == "ada"


async def test_a_token_is_shown_once(site: Site, ada: Browser) -> None:
    fields = {"token": "cron <1>", "role": "editor", "days": "30"}
    page = await ada.post("/desk/me/tokens", fields)
    secret = shows(page).css_first(".secret")
    assert secret is not None
    program = await site.browser().get("/api/x", authorization=f"Bearer {secret.text()}")
    assert program.text == "ada editor cron <1> 127.0.0.1"
    later = await ada.get("/desk/me")
    assert secret.text() not in later.text
    assert "cron <1>" in seen(later)
    assert "last used 2 Mar 2026, 09:00:00" in seen(later)
    again = await ada.post("/desk/me/tokens", fields)
    assert fault(again)[0] == "token", "a double submit makes no second one"
    await ada.post("/desk/me/tokens/end", {"token": "cron <1>"})
    program = await site.browser().get("/api/x", authorization=f"Bearer {secret.text()}")
    assert program.status_code == 401


async def test_nobody_makes_a_token_of_more_than_their_own_role(site: Site, ada: Browser) -> None:
    bo = site.join("bo", "reader")
    offered = [one.text() for one in shows(await bo.get("/desk/me")).css("option")]
    assert offered == ["reader"]
    answer = await bo.post("/desk/me/tokens", {"token": "x", "role": "admin", "days": "1"})
    assert answer.status_code == 422
    assert site.staffed.people.staff.tokens() == []


# --- everybody --------------------------------------------------------------------------------


async def test_an_admin_invites_somebody(site: Site, ada: Browser) -> None:
    page = await ada.post("/desk/people", {"name": "Bo@Wire", "role": "editor"})
    link = shows(page).css_first(".secret")
    assert link is not None
    assert link.text().startswith(f"{URL}/desk/join/")
    later = await ada.get("/desk/people")
    assert link.text() not in later.text
    assert "bo@wire , as editor made by ada, good until 3 Mar 2026, 09:00:00" in seen(later)
    again = await ada.post("/desk/people", {"name": "bo@wire", "role": "editor"})
    newer = shows(again).css_first(".secret")
    assert newer is not None
    assert len(shows(again).css("input[name=link]")) == 1, "a double submit leaves one link"
    browser = site.browser()
    fields = {"shown": "Bo", "password": PASSWORD, "again": PASSWORD}
    assert (await browser.post(link.text().removeprefix(URL), fields)).status_code == 404
    assert (await browser.post(newer.text().removeprefix(URL), fields)).status_code == 303
    assert await browser.who() == "bo@wire"
    assert (await ada.get("/desk/people/bo%40wire")).status_code == 200


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "", "role": "editor"}, "name"),
        ({"name": "ada", "role": "editor"}, "name"),
        ({"name": "<b>", "role": "editor"}, "name"),
        ({"name": "bo", "role": "king"}, "role"),
        ({"name": "bo"}, "role"),
    ],
)
async def test_who_cannot_be_invited_is_said_at_the_field(
    site: Site, ada: Browser, fields: dict[str, str], field: str
) -> None:
    answer = await ada.post("/desk/people", fields)
    assert (answer.status_code, fault(answer)[0]) == (422, field)
    kept = shows(answer).css_first("input[name=name]")
    assert kept is not None
    assert kept.attributes["value"] == fields["name"]
    assert site.staffed.people.staff.links() == []


async def test_a_link_is_withdrawn(site: Site, ada: Browser) -> None:
    secret = site.staffed.people.staff.invite(seated(), "reader", "bo")
    key = shows(await ada.get("/desk/people")).css_first("input[name=link]")
    assert key is not None
    for _ in range(2):
        answer = await ada.post(
            "/desk/people/links/withdraw", {"link": str(key.attributes["value"])}
        )
        assert answer.headers["location"] == "/desk/people?done=withdraw"
    assert (await site.browser().get(f"/desk/join/{secret}")).status_code == 404
    assert site.staffed.whats().count("withdraw-link") == 1


async def test_an_admin_changes_a_role_disables_and_enables(site: Site, ada: Browser) -> None:
    bo = site.join("bo", "reader")
    await ada.post("/desk/people/bo/role", {"role": "chief"})
    assert (await bo.get("/desk/x")).text.startswith("bo chief")
    answer = await ada.post("/desk/people/bo/disable", {"why": " "})
    assert fault(answer) == ("why", "Say why, for the record.")
    answer = await ada.post("/desk/people/bo/disable", {"why": "has left"})
    assert answer.headers["location"] == "/desk/people/bo?done=disable"
    assert await bo.who() is None
    assert (await bo.sign_in("bo")).status_code == 422
    assert "disabled 2 Mar" in seen(await ada.get("/desk/people/bo"))
    await ada.post("/desk/people/bo/enable")
    assert (await bo.sign_in("bo")).status_code == 303
    trail = seen(await ada.get("/desk/trail?about=bo"))
    for told in ("role bo reader to chief", "disable bo has left", "enable bo"):
        assert told in trail


async def test_the_last_admin_is_told_why_they_stay(ada: Browser) -> None:
    for order, fields in (("disable", {"why": "x"}), ("role", {"role": "reader"})):
        answer = await ada.post(f"/desk/people/ada/{order}", fields)
        assert answer.status_code == 422
        assert fault(answer) == (
            "",
            "ada is the last admin who can sign in; make another one first.",
        )
    assert await ada.who() == "ada"


async def test_an_admin_ends_sessions_and_tokens_of_others(site: Site, ada: Browser) -> None:
    bo, again = site.join("bo", "editor"), site.browser()
    await again.sign_in("bo")
    site.staffed.people.staff.make_token(seated("bo"), "bo", "cron", "reader", 5)
    page = shows(await ada.get("/desk/people/bo"))
    keys = [one.attributes["value"] or "" for one in page.css("input[name=session]")]
    assert len(keys) == 2
    await ada.post("/desk/people/bo/sessions", {"session": keys[0]})
    assert [await bo.who(), await again.who()].count(None) == 1
    await ada.post("/desk/people/bo/sessions", {"all": "yes"})
    assert await bo.who() is await again.who() is None
    await ada.post("/desk/people/bo/tokens/end", {"token": "cron"})
    assert site.staffed.people.staff.tokens() == []


async def test_a_link_for_another_password_is_made(site: Site, ada: Browser) -> None:
    site.join("bo", "editor")
    link = shows(await ada.post("/desk/people/bo/reset")).css_first(".secret")
    assert link is not None
    browser = site.browser()
    await browser.post(link.text().removeprefix(URL), {"password": OTHER, "again": OTHER})
    assert await browser.who() == "bo"


@pytest.mark.parametrize("name", ["nobody", "%3Cb%3E", "%00", "é", "a" * 3000])
async def test_nobodys_page_says_so(ada: Browser, name: str) -> None:
    assert (await ada.get(f"/desk/people/{name}")).status_code == 404
    for order in ("role", "reset", "enable", "sessions", "tokens/end"):
        answer = await ada.post(f"/desk/people/{name}/{order}", {"role": "reader"})
        assert answer.status_code == 404


# --- the audit trail --------------------------------------------------------------------------


async def test_the_trail_is_paged_and_sought(site: Site, ada: Browser) -> None:
    bo = Seat(person="bo", role=Role.editor, token="cron", address="192.0.2.1")
    for number in range(150):
        site.staffed.people.note(bo, "hold", f"s{number % 3}", f"<i>{number}</i>")
    page = await ada.get("/desk/trail?by=bo")
    assert len(shows(page).css("tbody tr")) == 100
    assert "bo by the token cron hold s2 <i>149</i> 192.0.2.1" in seen(page)
    older = shows(page).css_first("a[rel=next]")
    assert older is not None
    assert older.attributes["href"] == "/desk/trail?by=bo&before=54"
    page = await ada.get(str(older.attributes["href"]))
    assert len(shows(page).css("tbody tr")) == 50
    assert shows(page).css_first("a[rel=next]") is None
    assert len(shows(await ada.get("/desk/trail?by=bo&about=s1")).css("tbody tr")) == 50
    assert "Nothing was done that answers this." in seen(await ada.get("/desk/trail?about=x"))
    for odd in ("0", "-1", "x", "9" * 99, "1' OR 1"):
        assert len(shows(await ada.get(f"/desk/trail?before={odd}")).css("tbody tr")) == 100


# --- what takes long --------------------------------------------------------------------------


async def test_of_what_takes_long_two_are_done_at_once_and_sixteen_wait() -> None:
    slowly, go = Slowly(), Event()
    done: list[str] = []

    async def one() -> None:
        try:
            await slowly.run(go.wait)
            done.append("done")
        except Wrong as wrong:
            done.append(wrong.sentence)
            go.set()

    async with create_task_group() as group:
        for _ in range(2 + 16 + 1):
            group.start_soon(one)
            await anyio.lowlevel.checkpoint()
    assert done.count("done") == 18
    assert done[0] == "Many are trying at once; wait a moment, then try again."
