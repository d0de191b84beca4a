"""Text plus named omissions must add up to every character that came."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.item import Block
from copytaster.item import BlockKind
from copytaster.item import Copy
from copytaster.item import Line
from copytaster.item import Piece
from copytaster.item import Run
from copytaster.text import account
from copytaster.text import from_html
from copytaster.text import naive_html
from copytaster.text import naive_xml
from copytaster.text import plain
from copytaster.text import read_back

STORY = "<p>One <b>two</b></p><script>x</script><p>three</p>"


def test_a_whole_copy_adds_up() -> None:
    found = account(naive_html(STORY), from_html(STORY))
    assert (found.ok, found.kept, found.omitted, found.at) == (True, 12, {"script": 1}, None)
    assert found.text == plain(from_html(STORY))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("One two y three", "after 'One two ': the source has 'y three', the copy 'x'"),
        ("One two", "after 'One two': the source has '', the copy 'x'"),
        ("One  two x three", "after 'One ': the source has ' two x three', the copy 'two'"),
        ("One two x three four", "after 'One two x three ': the source has 'four', the copy ''"),
        ("one two x three", "after '': the source has 'one two x three', the copy 'One two'"),
        ("One two x\xa0three", "after 'One two x': the source has '\\xa0three', the copy 'three'"),
    ],
)
def test_a_difference_is_shown_where_it_begins(source: str, said: str) -> None:
    found = account(source, from_html(STORY))
    assert (found.ok, found.at) == (False, said)


def test_only_layout_white_space_may_lie_between_pieces() -> None:
    copy = from_html(STORY)
    assert account(" \t\nOne two\r\n\fx three ", copy).ok
    assert not account("One two\u2003x three", copy).ok


def test_blocks_that_are_not_the_pieces_do_not_add_up() -> None:
    copy = from_html("<p>not guilty</p>")
    line = Line(cells=((Run(text="guilty"),),))
    lost = msgspec.structs.replace(copy, blocks=(Block(kind=BlockKind.paragraph, lines=(line,)),))
    found = account("not guilty", lost)
    assert not found.ok
    assert "the text" in (found.at or "")


def test_words_that_run_together_do_not_add_up() -> None:
    pieces = (Piece(text="not"), Piece(text="able"))
    line = Line(cells=((Run(text="notable"),),))
    copy = Copy(blocks=(Block(kind=BlockKind.paragraph, lines=(line,)),), pieces=pieces)
    found = account("not able", copy)
    assert (found.ok, found.at) == (False, "after 'not': the text runs on with no blank")


def test_words_around_what_is_left_out_stand_as_a_browser_shows_them() -> None:
    markup = "<p>harbour<script>x</script>side and <script>y</script>quay</p>"
    copy = from_html(markup)
    assert plain(copy) == "harbourside and quay\n"
    assert account(naive_html(markup), copy).ok


RICH = (
    "<h2>Head line</h2><p>One <b>two</b> three<br>four</p><ul><li>five</li><li>six 6</li></ul>"
    "<script>left out</script><table><tr><td>7</td><td>eight</td></tr></table>"
    "<blockquote>nine</blockquote><pre>ten\n  eleven</pre>"
)
SOUND = from_html(RICH)
_LAYOUT = " \t\n"


def test_a_rich_copy_adds_up() -> None:
    assert account(naive_html(RICH), SOUND).ok


def written_anew(copy: Copy, text: str) -> Copy:
    """The copy with another canonical text, its pieces as they were."""
    lines = tuple(Line(cells=((Run(text=line),),)) for line in text.split("\n"))
    return Copy(
        blocks=(Block(kind=BlockKind.paragraph, lines=lines),),
        pieces=copy.pieces,
    )


@given(
    st.integers(0, len(plain(SOUND)) - 1),
    st.sampled_from(["lost", "changed", "added", "exchanged"]),
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\f" + _LAYOUT),
)
def test_no_character_is_lost_changed_or_added(at: int, how: str, other: str) -> None:
    text = plain(SOUND).removesuffix("\n")
    before, here, behind = text[:at], text[at : at + 1], text[at + 1 :]
    changed = {
        "lost": before + behind,
        "changed": before + other + behind,
        "added": before + other + here + behind,
        "exchanged": before + behind[:1] + here + behind[1:],
    }[how]
    only_layout = changed.split() == text.split()
    if not only_layout:
        assert not account(naive_html(RICH), written_anew(SOUND, changed)).ok


@given(st.data())
def test_pieces_that_follow_a_changed_text_do_not_add_up_with_the_source(
    data: st.DataObject,
) -> None:
    index = data.draw(st.integers(0, len(SOUND.pieces) - 1))
    piece = SOUND.pieces[index]
    at = data.draw(st.integers(0, len(piece.text) - 1))
    other = data.draw(st.sampled_from(["", "x", "\xa0", "é", "\u200b"]))
    said = piece.text[:at] + other + piece.text[at + 1 :]
    if said.split() == piece.text.split():
        return
    pieces = list(SOUND.pieces)
    pieces[index] = msgspec.structs.replace(piece, text=said)
    copy = Copy(blocks=SOUND.blocks, pieces=tuple(pieces))
    assert not account(naive_html(RICH), copy).ok


@given(st.permutations(SOUND.blocks), st.sets(st.integers(0, len(SOUND.blocks) - 1)))
def test_blocks_that_are_moved_or_gone_do_not_add_up(blocks: list[Block], gone: set[int]) -> None:
    kept = tuple(block for index, block in enumerate(blocks) if index not in gone)
    copy = Copy(blocks=kept, pieces=SOUND.pieces)
    assert account(naive_html(RICH), copy).ok == (kept == SOUND.blocks)


def test_a_piece_that_came_from_nowhere_does_not_add_up() -> None:
    assert not account("", Copy(pieces=(Piece(text="added", omitted="note"),))).ok


@pytest.mark.parametrize(
    ("markup", "characters"),
    [
        ("a<b c='>'>d</b>", "ad"),
        ("a<!-- b > c -->d<!-->e<!--->f<!--x--!>g", "adefg"),
        ("a<?b?>c<!d>e</ f>g</>h", "acegh"),
        ("5 < 6 <3 a<", "5 < 6 <3 a<"),
        ("<p title=\"a'>\" x=y'>z", "z"),
        ("<script>a<b>&amp;</scripts></script>&amp;", "a<b>&amp;</scripts>&"),
        ("<textarea>a<b>&amp;</textarea>", "a<b>&"),
        ("a<plaintext>b</plaintext>&amp;", "ab</plaintext>&amp;"),
        ("a\r\nb\rc&#13;d", "a\nb\nc\nd"),
    ],
)
def test_the_naive_walk_of_html(markup: str, characters: str) -> None:
    assert naive_html(markup) == characters


@pytest.mark.parametrize(
    "markup",
    ["words <b", "words <a href='x", "words <!-- more", "<script>more", "words <iframe x>more",
     "words <![CDATA[more]]>", "words </b"],
)  # fmt: skip
def test_markup_that_was_cut_off_never_adds_up(markup: str) -> None:
    assert not account(naive_html(markup), from_html(markup)).ok


def test_text_that_the_parser_moves_does_not_add_up() -> None:
    markup = "<p>a</p><table><tr><td>b</td></tr>stray</table>"
    assert not account(naive_html(markup), from_html(markup)).ok


@pytest.mark.parametrize(
    ("source", "characters"),
    [
        ("a<b c='>' d=\"'>\">e</b><f/>", "ae"),
        ("<![CDATA[<x>&amp;]]>&amp;<!-- y --><?z?>", "<x>&amp;&"),
        ("&lt;p&gt; &#65;&#x42; &#147; &apos;&quot; &other;", "<p> AB “ '\" &other;"),
        ("<![CDATA[a]]]]><![CDATA[>b]]>", "a]]>b"),
        ("<![CDATA[a]]>", "a"),
        ("<![CDATA[a]bc", "a]bc"),
        ("<![CDATA[a]>", "a]>"),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_the_naive_walk_of_xml(source: str, characters: str) -> None:
    assert naive_xml(source) == characters


# --- reading back out of a page --------------------------------------------------------------

PAGE = """<!doctype html><title>x</title><main><h1 data-copy=headline>Quay &amp; <b>co</b></h1>
<p data-copy=byline>By A</p><div data-copy=body>
<p>One <a href=x>two</a></p><ul><li>a</li>
<li>b</li></ul><p>x<br>
y\xa0</p></div></main>"""


def test_the_words_of_a_page_are_read_as_a_browser_has_them() -> None:
    found = read_back(PAGE.encode())
    assert found.headline == "Quay & co"
    assert found.byline == "By A"
    assert found.text == "One two\n\na\nb\n\nx\ny\xa0\n"


@pytest.mark.parametrize("marker", ["headline", "byline", "body"])
def test_a_marker_that_is_there_twice_gives_nothing(marker: str) -> None:
    found = read_back(PAGE.encode() + f"<h1 data-copy={marker}>again</h1>".encode())
    gone = {"headline": found.headline, "byline": found.byline, "body": found.text or None}
    assert gone.pop(marker) is None
    assert all(gone.values())


def test_a_headline_that_is_no_h1_is_none() -> None:
    assert read_back(PAGE.replace("h1", "h2").encode()).headline is None


def test_words_beside_the_blocks_are_not_overlooked() -> None:
    assert read_back(PAGE.replace("<ul>", "more<ul>").encode()).text == ""


def test_a_page_without_a_body_has_no_text() -> None:
    found = read_back(b"<p>x")
    assert (found.headline, found.byline, found.text) == (None, None, "")
    assert read_back(b"<div data-copy=body></div>").text == ""
