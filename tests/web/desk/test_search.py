"""The desk's search: every story by one line, and where the line is wrong."""

from urllib.parse import urlencode

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.web.desk.making import App
from tests.web.desk.making import seen
from tests.web.desk.test_wire import rows
from tests.web.desk.test_wire import send

pytestmark = pytest.mark.anyio
PATH = "/desk/search"


@pytest.fixture
def app(house: House) -> App:
    return App(house)


async def test_a_search_finds_what_readers_never_see(app: App) -> None:
    send(app.house, "one", headline="Ferry runs")
    send(app.house, "two", headline="Ferry stops", pubstatus="odd")
    send(app.house, "three", headline="Choir sings")
    both = rows(await app.get(f"{PATH}?q=ferry"))
    assert len(both) == 2
    assert "◐ Held harbour Ferry stops" in both[0]
    assert "● Live harbour Ferry runs" in both[1]
    (held,) = rows(await app.get(f"{PATH}?q=ferry+state:held"))
    assert "Ferry stops" in held


async def test_nothing_asked_for_tells_what_can_be(app: App) -> None:
    answer = await app.get(PATH)
    assert answer.status_code == 200
    assert "What can be asked for" in seen(answer)
    assert "No story answers" not in seen(answer)


async def test_nothing_found_says_how_words_are_meant(app: App) -> None:
    told = seen(await app.get(f"{PATH}?q=ferry"))
    assert "No story answers." in told
    assert "storm* is how one begins" in told


@pytest.mark.parametrize(
    ("asked", "marked"), [("ferry (quay", None), ("ferry urgency:x", "x"), ("ferry stat:live", "s")]
)
async def test_what_is_no_query_is_shown_with_the_character(
    app: App, asked: str, marked: str | None
) -> None:
    answer = await app.get(f"{PATH}?{urlencode({'q': asked})}")
    assert answer.status_code == 422
    page = LexborHTMLParser(answer.content)
    field, mark = page.css_first("input[name=q]"), page.css_first(".notice mark")
    assert field is not None
    assert field.attributes["value"] == asked
    assert mark is not None
    if marked is not None:
        assert mark.text() == marked


async def test_a_hostile_query_is_shown_as_letters(app: App) -> None:
    asked = urlencode({"q": '"><script>x</script> stat:y'})
    answer = await app.get(f"{PATH}?{asked}")
    assert b"<script>x" not in answer.content


async def test_pages_go_on_where_the_last_one_ended(app: App) -> None:
    app.house.receive(
        *(
            app.house.delivery(ninjs(f"n{n}", headline=f"Lot {n}", text=f"Lot {n} & so on."))
            for n in range(120)
        )
    )
    path, found = f'{PATH}?q=lot+"so+on"', []
    for _ in range(3):
        answer = await app.get(path)
        found += rows(answer)
        older = LexborHTMLParser(answer.content).css_first("a[rel=next]")
        path = "" if older is None else str(older.attributes["href"])
    assert path == ""
    assert len(found) == len(set(found)) == 120


async def test_a_chief_goes_on_to_recall_what_was_found(app: App) -> None:
    send(app.house, "one", headline="Ferry runs")
    assert "Recall what answers" not in seen(await app.get(f"{PATH}?q=ferry"))
    page = LexborHTMLParser((await app.get(f"{PATH}?q=ferry+-tram", "chief ida")).content)
    recall = page.css_first("main a[href^='/desk/recall?']")
    assert recall is not None
    asked = LexborHTMLParser((await app.get(str(recall.attributes["href"]), "chief ida")).content)
    field = asked.css_first("input[name=q]")
    assert field is not None
    assert field.attributes["value"] == "ferry -tram"


# --- kept searches -----------------------------------------------------------------------------


async def keep(app: App, name: str, asked: str, seat: str = "reader ada", **more: str) -> str:
    answer = await app.post("/desk/searches", seat, q=asked, name=name, **more)
    if answer.status_code == 303:
        assert answer.headers["location"] == f"{PATH}?{urlencode({'q': asked})}"
        return ""
    assert answer.status_code == 422
    return seen(answer)


async def kept(app: App, seat: str) -> list[tuple[str, str]]:
    """Names of kept searches and where they lead."""
    links = LexborHTMLParser((await app.get(PATH, seat)).content).css("[aria-label^=Kept] a")
    return [(link.text(), str(link.attributes["href"])) for link in links]


async def test_a_search_is_kept_for_oneself_or_for_all(app: App) -> None:
    await keep(app, " Held  here ", "state:held")
    await keep(app, "Boats", 'ferry OR "tram"', shared="yes")
    boats = ("Boats", f"{PATH}?q=ferry%20OR%20%22tram%22")
    assert await kept(app, "reader ada") == [boats, ("Held here", f"{PATH}?q=state%3Aheld")]
    assert await kept(app, "reader bo") == [boats]
    await keep(app, "Boats", "ferry", shared="yes")
    assert await kept(app, "reader bo") == [("Boats", f"{PATH}?q=ferry")]


@pytest.mark.parametrize(
    ("name", "asked", "says"),
    [
        (" ", "ferry", "Give the search a name."),
        ("x" * 61, "ferry", "A name has 60 characters at most."),
        ("x", "ferry (", "This is no query:"),
        ("x", "", "This is no query:"),
    ],
)
async def test_what_cannot_be_kept_is_told(app: App, name: str, asked: str, says: str) -> None:
    assert says in await keep(app, name, asked)
    assert await kept(app, "reader ada") == []


async def test_only_its_owner_or_a_chief_drops_what_all_have(app: App) -> None:
    await keep(app, "Boats", "ferry", shared="yes")
    await keep(app, "Mine", "tram")
    numbers = [str(one.number) for one in app.house.desk.store.presets.of("ada")]
    for number in numbers:
        answer = await app.post("/desk/searches/drop", "editor bo", number=number, q="ferry")
        assert answer.status_code == 422
        assert "only they or a chief drop it" in seen(answer)
    answer = await app.post("/desk/searches/drop", "chief cy", number=numbers[1], q="")
    assert answer.status_code == 422
    assert (await app.post("/desk/searches/drop", "chief cy", number=numbers[0])).status_code == 303
    assert (await app.post("/desk/searches/drop", number=numbers[1])).status_code == 303
    assert (await app.post("/desk/searches/drop", number="9" * 30)).status_code == 303
    assert await kept(app, "reader ada") == []


async def test_a_ticker_is_a_list_in_a_window_of_its_own(app: App) -> None:
    send(app.house, "one", headline="Ferry runs")
    send(app.house, "two", headline="Choir sings")
    await keep(app, "Boats", "ferry")
    answer = await app.get("/desk/ticker?q=ferry", "reader ada")
    (line,) = rows(answer)
    assert "Ferry runs" in line
    page = LexborHTMLParser(answer.content)
    assert page.css_first("nav") is None
    title = page.css_first("h1")
    live = page.css_first("[data-live]")
    assert title is not None
    assert title.text() == "Boats"
    assert live is not None
    assert live.attributes["data-live"] == f"{app.office.last}&q=ferry"
    assert (await app.get("/desk/ticker?q=ferry+(")).status_code == 422
    assert "Nothing answers yet" in seen(await app.get("/desk/ticker?q=zebra"))
