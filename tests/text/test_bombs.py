"""Hostile markup is refused, or read, in time that grows with its length and no faster."""

import time

import pytest

from copytaster.item import Copy
from copytaster.text import OverLimit
from copytaster.text import decode_xml
from copytaster.text import from_html
from copytaster.text import from_xml
from copytaster.text import parse_xml

BOLD = "".join(f"<b id={n}>" for n in range(1500))
BLOCKS = "<p>x" * 1500


@pytest.mark.parametrize(
    "bought",
    ["</b>" * 1500 + f"<p>{BOLD}</p>", "".join(f"<b id={n}><!--</b>--></i>" for n in range(1500))],
    ids=["end tags in front", "end tags that close nothing"],
)
def test_end_tags_that_close_nothing_buy_no_formatting(bought: str) -> None:
    began = time.perf_counter()
    with pytest.raises(OverLimit, match="left open"):
        from_html(bought + BLOCKS)
    assert time.perf_counter() - began < 1


def test_few_tags_are_counted_as_many_are() -> None:
    with pytest.raises(OverLimit, match="left open"):
        from_html("".join(f"<b id={n}>" for n in range(400)) + "<p>x" * 400)


def test_a_long_body_of_closed_formatting_is_read() -> None:
    assert from_html("<p><b>a</b> <i>b</i></p>" * 400).blocks


@pytest.mark.parametrize("depth", [151, 245, 600])
def test_markup_nested_too_deep_is_over_the_limit_and_nothing_else(depth: int) -> None:
    with pytest.raises(OverLimit, match="nested"):
        from_html("<div>" * depth + "x" + "</div>" * depth)


def test_many_elements_left_out_take_no_longer_than_their_length() -> None:
    markup = ("<button>Share</button>" + "x" * 495) * 6000
    began = time.perf_counter()
    assert from_html(markup).omissions == {"button": 30_000}
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("dialect", ["xhtml", "nitf"])
def test_a_body_of_more_elements_than_the_limit_is_refused(dialect: str) -> None:
    def body(elements: int) -> Copy:
        root = parse_xml(decode_xml(f"<body>{'<p>x</p>' * elements}</body>".encode())).root
        return from_xml(root, dialect)

    assert len(body(14_999).blocks) == 14_999
    with pytest.raises(OverLimit, match="15000 elements"):
        body(15_000)
