"""The dead-letter shelf."""

import pytest

from tests.newsroom.making import House
from tests.web.desk.making import App
from tests.web.desk.making import seen

pytestmark = pytest.mark.anyio


@pytest.fixture
def app(house: House) -> App:
    return App(house)


def bury(app: App, many: int = 1) -> list[str]:
    return app.house.receive(*(f"no news at all {n}".encode() for n in range(many)))


async def test_an_empty_shelf_says_so(app: App) -> None:
    assert "There are none." in seen(await app.get("/desk/letters"))


async def test_each_letter_says_why_and_has_its_bytes(app: App) -> None:
    (id,) = bury(app)
    answer = await app.get("/desk/letters")
    assert "no format known here" in seen(answer)
    assert f"/desk/raw/{id}" in answer.text
    assert (await app.get(f"/desk/raw/{id}")).content == b"no news at all 0"


async def test_letters_are_read_again_and_those_that_still_fail_stay(app: App) -> None:
    one, two = bury(app, 2)
    answer = await app.post("/desk/letters", do="retry", letter=[one])
    assert answer.headers["location"] == "/desk/letters?done=retry"
    told = seen(await app.get("/desk/letters?done=retry"))
    assert "what could not be is still here" in told
    assert "tried 2 times" in told
    assert (await app.post("/desk/letters", do="retry-all")).status_code == 303
    assert {one, two} == {letter["delivery"] for letter in app.office.letters()}


async def test_letters_are_dismissed_with_a_reason(app: App) -> None:
    one, two = bury(app, 2)
    answer = await app.post("/desk/letters", do="dismiss", letter=[one])
    assert answer.status_code == 422
    assert "Say why you have done with them." in seen(answer)
    await app.post("/desk/letters", do="dismiss", letter=[one], why="spam")
    assert [letter["delivery"] for letter in app.office.letters()] == [two]
    fate = app.house.desk.store.fate(one)
    assert fate is not None
    assert fate.dismissed is not None
    assert (fate.dismissed.by, fate.dismissed.why) == ("ada", "spam")


@pytest.mark.parametrize(
    ("fields", "status", "why"),
    [
        ({"do": "retry"}, 422, "Choose at least one letter."),
        ({"do": "burn", "letter": ["x"]}, 422, "No such thing can be done."),
        ({"do": "retry", "letter": ["x"]}, 409, "no dead letter is called x"),
        ({"do": "retry", "letter": ["x"] * 300}, 400, "this is no form"),
    ],
)
async def test_what_cannot_be_done_is_said(
    app: App, fields: dict[str, str | list[str]], status: int, why: str
) -> None:
    bury(app)
    answer = await app.post("/desk/letters", **fields)
    assert answer.status_code == status
    assert why in seen(answer)


async def test_a_reader_looks_and_does_nothing(app: App) -> None:
    bury(app)
    assert "Read all again" not in seen(await app.get("/desk/letters", "reader bo"))
    assert (await app.post("/desk/letters", "reader bo", do="retry-all")).status_code == 403
