"""A link into the words of a page leads to words that stand there."""

from pathlib import Path

import pytest

from checks.links import links
from checks.saved import Answer
from checks.saved import Site


def page(href: str) -> Site:
    body = (
        "<!doctype html><title>Ferry</title><div data-copy=body><p>The ferry, "
        '"It floats - so far," left.</p><p>It left at eight.</p></div>'
        f'<a href="{href}">there</a>'
    )
    base = "http://desk.example"
    answer = Answer(
        base=base,
        address="/s/x",
        status=200,
        headers={"content-type": "text/html"},
        body=body.encode(),
    )
    return Site(folder=Path(), answers={answer.url: answer})


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
