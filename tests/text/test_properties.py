"""What always and never holds of words, whatever the markup."""

import re
import time
from contextlib import suppress
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.item import Copy
from copytaster.text import Decoded
from copytaster.text import TextError
from copytaster.text import account
from copytaster.text import from_html
from copytaster.text import from_plain
from copytaster.text import from_xml
from copytaster.text import naive_html
from copytaster.text import naive_xml
from copytaster.text import parse_xml
from copytaster.text import plain
from copytaster.text import read_back
from copytaster.text import safe_href

LAYOUT = " \t\n\f\r"

characters = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\t\n"
)
paragraph = st.text(characters, min_size=1, max_size=40).map(
    lambda words: re.sub(r"\n[ \t]*(?=\n)", "", words.strip(LAYOUT))
)
story = st.lists(paragraph.filter(bool), max_size=5)

atoms = st.one_of(
    st.text(characters, max_size=12).map(lambda words: escape(words, quote=False)),
    st.sampled_from(
        "<p> </p> <b> </b> <i> </i> <br> <ul> </ul> <ol> <li> </li> <div> </div> <h2> </h2> "
        "<blockquote> </blockquote> <pre> </pre> <span class=x> </span> <a href=javascript:x> "
        "<a href=https://e.org> </a> <hr> &amp; &lt; &nbsp; &#146; &eacute &copy2 < & <!--c--> "
        "<script>s<b></script> <td> </td> <tr> <unknown> </unknown> </ <3 &#13; \r\n \n".split(" ")
    ),
)
markup = st.lists(atoms, max_size=25).map("".join)


def page(copy: Copy) -> bytes:
    """A page as the press would make it: a block per element, line ends between lines."""
    blocks = []
    for block in copy.blocks:
        lines = (
            "\t".join("".join(escape(run.text, quote=False) for run in cell) for cell in line.cells)
            for line in block.lines
        )
        blocks.append("<p>" + "<br>\n".join(lines) + "</p>")
    return f"<div data-copy=body>{''.join(blocks)}</div>".encode()


@given(story)
def test_plain_text_comes_back_character_for_character(paragraphs: list[str]) -> None:
    written = "".join(f"{words}\n\n" for words in paragraphs)
    copy = from_plain(written)
    assert plain(copy) == ("\n\n".join(paragraphs) + "\n" if paragraphs else "")
    assert account(written, copy).ok


@given(story)
def test_html_and_xhtml_give_the_same_words_as_were_written(paragraphs: list[str]) -> None:
    written = "".join(f"<p>{escape(words, quote=False)}</p>\n" for words in paragraphs)
    expected = "\n\n".join(paragraphs) + "\n" if paragraphs else ""
    source = f'<div xmlns="http://www.w3.org/1999/xhtml">{written}</div>'
    tree = parse_xml(Decoded(text=source, declared=None, used="utf-8", repairs=()))
    copies = [from_html(written), from_xml(tree.root, "xhtml")]
    assert [plain(copy) for copy in copies] == [expected, expected]
    assert account(naive_html(written), copies[0]).ok
    assert account(naive_xml(tree.source), copies[1]).ok


@given(markup)
def test_any_copy_reads_back_out_of_its_page_and_into_itself(source: str) -> None:
    copy = from_html(source)
    assert read_back(page(copy)).text == plain(copy)
    if not any(block.kind == "pre" for block in copy.blocks):
        assert plain(from_html(page(copy).decode())) == plain(copy)


@given(markup)
def test_any_markup_adds_up_unless_the_parser_moved_text(source: str) -> None:
    copy = from_html(source)
    found = account(naive_html(source), copy)
    assert found.ok or re.search(r"</?[a-zA-Z!/][^>]*$", source), found.at
    assert found.kept + sum(found.omitted.values()) == sum(len(p.text) for p in copy.pieces)


@given(markup, st.sampled_from([None, "x"]))
def test_no_dangerous_link_is_ever_kept_and_no_block_is_empty(
    source: str, selector: str | None
) -> None:
    for block in from_html(source, selector=selector).blocks:
        runs = [run for line in block.lines for cell in line.cells for run in cell]
        assert any(run.text for run in runs)
        for run in runs:
            assert run.href is None or run.href.startswith("https://")


@given(
    st.text(max_size=6),
    st.sampled_from(["javascript", "JavaScript", "data", "vbscript", "file", "blob", "x"]),
    st.text(st.sampled_from("\t\n\r \x00\x01:/\\@é#?"), max_size=6),
)
def test_no_spelling_of_another_scheme_gets_through(before: str, scheme: str, rest: str) -> None:
    found = safe_href(before + scheme + ":" + rest, "https://example.org/")
    assert found is None or re.match(r"(?:https?://[^/]|mailto:|tel:)", found, re.IGNORECASE)


@given(st.text(max_size=80), st.sampled_from(["", "<p>", "<svg>", "<table>", "<select>", "<math>"]))
def test_any_characters_become_a_copy_or_a_refusal(source: str, before: str) -> None:
    for read in (from_html, from_plain):
        try:
            words = plain(read(before + source))
        except TextError:
            continue
        words.encode()
        assert "\0" not in words
        assert "\r" not in words


@given(st.binary(max_size=100))
def test_any_bytes_can_be_read_back(page_bytes: bytes) -> None:
    assert read_back(page_bytes).text == ""


@pytest.mark.parametrize(
    "hostile",
    [
        "<" * 19_000,
        "<a" * 19_000,
        "<a b='" * 19_000,
        "<!--" * 19_000,
        "<![CDATA[" * 19_000,
        "<script>" * 19_000,
        "<title>" * 19_000,
        "</" * 19_000,
        "<a =" * 19_000,
        "<a " + "=" * 300_000,
        "&" * 500_000,
        "&#" * 300_000,
        "&x" * 300_000,
        "-" * 500_000 + "<!--" + "-" * 500_000,
        "]" * 500_000 + "<![CDATA[" + "]" * 500_000,
        "\n " * 300_000,
        "<b>x</b>" * 9_000,
        "<p>" + "<br>" * 19_000,
        "<ul><li>" * 120,
        "<table><tr><td>" * 80,
        "x<span>" * 19_000,
    ],
)
def test_hostile_markup_takes_no_more_than_linear_time(hostile: str) -> None:
    started = time.process_time()
    naive_html(hostile)
    naive_xml(hostile)
    from_plain(hostile)
    with suppress(TextError):
        account(naive_html(hostile), from_html(hostile))
    assert time.process_time() - started < 3
