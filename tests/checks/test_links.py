"""A link leads to what is there, and one into the words of a page to words that stand there."""

from pathlib import Path

import pytest

from checks.links import links
from checks.saved import Answer
from checks.saved import Site

BASE = "http://desk.example"


def page(href: str, *others: Answer) -> Site:
    body = (
        "<!doctype html><title>Ferry</title><div data-copy=body><p>The ferry, "
        '"It floats - so far," left.</p><p>It left at eight.</p></div>'
        f'<a href="{href}">there</a>'
    )
    answer = Answer(
        base=BASE,
        address="/s/x",
        status=200,
        headers={"content-type": "text/html"},
        body=body.encode(),
    )
    return Site(folder=Path(), answers={one.url: one for one in (answer, *others)})


def answer(address: str, status: int, **headers: str) -> Answer:
    return Answer(base=BASE, address=address, status=status, headers=headers, body=b"")


@pytest.mark.parametrize(
    ("href", "is_there"),
    [
        ("#:~:text=It%20floats%20%2D%20so%20far%2C", True),
        ("#:~:text=The%20ferry%2C,left%20at%20eight.", True),
        ("#:~:text=ferry%2C-,%22It%20floats", True),
        ("#:~:text=It%20sinks", False),
        ("#:~:text=left%20at%20eight.,The%20ferry", False),
        ("#nowhere", False),
    ],
)
def test_a_text_fragment_leads_to_words_that_stand_in_the_copy(href: str, is_there: bool) -> None:
    assert (list(links(page(href))) == []) is is_there


def test_a_page_for_the_staff_alone_leads_strangers_to_the_door() -> None:
    desk, door = answer("/desk", 303, location="/desk/sign-in"), answer("/desk/sign-in", 200)
    assert list(links(page("/desk", desk, door))) == []


@pytest.mark.parametrize("status", [404, 500])
def test_a_link_that_is_led_on_to_nothing_is_broken(status: int) -> None:
    desk, door = answer("/desk", 303, location="/desk/sign-in"), answer("/desk/sign-in", status)
    assert [found.rule for found in links(page("/desk", desk, door))] == ["broken"]
