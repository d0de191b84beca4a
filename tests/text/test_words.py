"""Markup becomes blocks of words; nothing is changed and nothing is lost without a name."""

import pytest

from copytaster.item import BlockKind
from copytaster.item import Copy
from copytaster.item import Mark
from copytaster.text import Decoded
from copytaster.text import Malformed
from copytaster.text import OverLimit
from copytaster.text import account
from copytaster.text import block_text
from copytaster.text import first_paragraph
from copytaster.text import from_html
from copytaster.text import from_plain
from copytaster.text import from_xml
from copytaster.text import naive_html
from copytaster.text import naive_xml
from copytaster.text import parse_xml
from copytaster.text import plain
from copytaster.text import safe_href


def html(markup: str, **how: object) -> Copy:
    """The copy of HTML that accounts for all its characters."""
    copy = from_html(markup, **how)
    assert account(naive_html(markup), copy).at is None
    return copy


def xml(source: str, dialect: str = "xhtml", **how: object) -> Copy:
    """The copy of an XML body that accounts for all its characters."""
    document = parse_xml(Decoded(text=source, declared=None, used="utf-8", repairs=()))
    copy = from_xml(document.root, dialect, **how)
    assert account(naive_xml(document.source), copy).at is None
    return copy


def shape(copy: Copy) -> list[tuple[str, str]]:
    return [(block.kind.value, block_text(block)) for block in copy.blocks]


BOTH = pytest.mark.parametrize(
    "read", [html, lambda m: xml(f"<div>{m}</div>")], ids=["html", "xml"]
)


# --- blocks ----------------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p>one</p><p>two <b>bold</b> end</p>", [("p", "one"), ("p", "two bold end")]),
        (
            "loose <i>words</i><p>in p</p>after",
            [("p", "loose words"), ("p", "in p"), ("p", "after")],
        ),
        ("<div><div>a</div>b<div>c</div></div>", [("p", "a"), ("p", "b"), ("p", "c")]),
        ("<h1>A</h1><h4>B</h4>", [("h2", "A"), ("h2", "B")]),
        (
            "<blockquote>a<p>b</p></blockquote>c",
            [("blockquote", "a"), ("blockquote", "b"), ("p", "c")],
        ),
        ("<p>a<br/>b</p>", [("p", "a\nb")]),
        ("<p>a<br/> \n b<br/></p>", [("p", "a\nb")]),
        ("<p>a<br/><br/>b<br/><br/><br/>c</p>", [("p", "a"), ("p", "b"), ("p", "c")]),
        ("<p> a  b\n\t c </p>", [("p", "a  b\n\t c")]),
        ("<p>\xa0a\u2003</p><p>\xa0</p>", [("p", "\xa0a\u2003"), ("p", "\xa0")]),
        ("<p></p><p> \n</p><div></div><p>a</p>", [("p", "a")]),
        ("<p>a</p><hr/>b<hr/>c", [("p", "a"), ("p", "b"), ("p", "c")]),
        ("<unknown>a<b>b</b></unknown>c", [("p", "abc")]),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul>d</li></ul>", [("ul", "a\nb\nc\nd")]),
        ("<ol> <li><p>a</p><p>b</p></li> <li/> <li>c<br/>d</li></ol>", [("ol", "a\nb\nc\nd")]),
        ("<li>a</li><li>b</li>c", [("ul", "a"), ("ul", "b"), ("p", "c")]),
        ("<ul>x<li>a</li></ul>", [("ul", "x\na")]),
        ("<ul><li>a<blockquote>q</blockquote>b</li></ul>", [("ul", "a\nq\nb")]),
        (
            "<ul><li>a<table><tr><td>1</td></tr></table>b</li></ul>c",
            [("ul", "a"), ("table", "1"), ("ul", "b"), ("p", "c")],
        ),
        (
            "<table><caption>T</caption><tr><th>h</th><th>i</th></tr><tr><td>1<br/>2</td><td/>\
<td>3</td></tr><tr><td> </td></tr></table>",
            [("p", "T"), ("table", "h\ti\n1\n2\t\t3")],
        ),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", [("table", "a\nb\tc")]),
        (
            "<table><tr><td>a<table><tr><td>x</td><td>y</td></tr></table></td><td>b</td></tr></table>",
            [("table", "a\nx\ny\tb")],
        ),
        ("<pre>\n\n  a\n    b <b>c</b>\n</pre>", [("pre", "  a\n    b c")]),
        ("<pre>a<br/>b</pre>", [("pre", "a\nb")]),
        ("<dl><dt>a</dt><dd>b</dd></dl>", [("p", "a"), ("p", "b")]),
    ],
)
def test_markup_becomes_these_blocks(read, markup: str, blocks: list) -> None:
    assert shape(read(markup)) == blocks


def test_the_sections_of_a_table_stay_one_table_and_header_rows_are_marked() -> None:
    markup = (
        "<table><thead><tr><th>h</th></tr></thead>"
        "<tbody><tr><th>r</th><td>1</td></tr></tbody><tfoot><tr><td>f</td></tr></tfoot></table>"
    )
    (table,) = html(markup).blocks
    assert [line.header for line in table.lines] == [True, False, False]
    assert block_text(table) == "h\nr\t1\nf"


def test_nitf_has_its_own_words_for_the_same_blocks() -> None:
    source = """<body.content xmlns="http://iptc.org/std/NITF/2006-10-18/"><block>
<hl2>Sub</hl2><p>By <person>A. B.</person> in <location>Rome<country>Italy</country></location></p>
<media><media-caption><p>A quay</p></media-caption></media><bq><block><p>said</p></block></bq>
<note type="npa"><p>Editors: call</p></note><note><p>For all</p></note>
<p><num><frac><frac-num>1</frac-num><frac-sep>/</frac-sep><frac-den>2</frac-den></frac></num></p>
</block></body.content>"""
    copy = xml(source, "nitf")
    assert shape(copy) == [
        ("h2", "Sub"),
        ("p", "By A. B. in RomeItaly"),
        ("blockquote", "said"),
        ("p", "For all"),
        ("p", "1/2"),
    ]
    assert copy.omissions == {"media": 6, "editors-note": 13}


def test_names_in_capitals_are_the_same_names() -> None:
    assert shape(xml("<BODY><P>a</P><UL><LI>b</LI></UL></BODY>")) == [("p", "a"), ("ul", "b")]


# --- characters ------------------------------------------------------------------------------


@BOTH
def test_no_character_inside_a_block_is_touched(read) -> None:
    kept = "“e\u0301” ’ – … \u00ad \u200b\u200d ﬁ Å ... -- ''quote'' \u2028 \u202e ½ 😀 \ufffd"
    assert plain(read(f"<p>{kept}</p>")) == f"{kept}\n"


def test_every_line_end_becomes_lf() -> None:
    assert plain(html("<p>a\r\nb\rc&#13;&#10;d&#13;e</p>")) == "a\nb\nc\nd\ne\n"
    assert plain(xml("<p>a\r\nb\rc&#13;\nd&#xD;e</p>")) == "a\nb\nc\nd\ne\n"
    assert plain(from_plain("a\r\nb\rc")) == "a\nb\nc\n"


def test_html_is_unescaped_exactly_once() -> None:
    markup = (
        "&amp;lt;b&amp;gt; &lt;i&gt; &nbsp; &#8364; &#x80; &copy &notit; &nosuch; 5 &gt 3 < 4 &"
    )
    expected = "&lt;b&gt; <i> \xa0 € € © ¬it; &nosuch; 5 > 3 < 4 &\n"
    assert plain(html(markup)) == expected


@pytest.mark.parametrize("bad", ["a\0b", "a\ud800b"])
def test_what_is_no_character_never_reaches_a_copy(bad: str) -> None:
    for read in (from_html, from_plain):
        with pytest.raises(Malformed):
            read(f"<p>{bad}</p>")


@pytest.mark.parametrize("reference", ["&#0;", "&#xD800;", "&#x110000;", "&#" + "9" * 6000 + ";"])
def test_references_to_what_is_no_character_become_the_replacement_mark(reference: str) -> None:
    assert plain(html(f"<p>a{reference}b</p>")) == "a\ufffdb\n"


# --- marks and links -------------------------------------------------------------------------


def test_marks_dress_words_and_neighbours_of_one_style_are_one_run() -> None:
    (block,) = html("<p>a <b>b<i>c</i></b><u></u>d<span>e</span><sub>2</sub></p>").blocks
    runs = block.lines[0].cells[0]
    assert [(run.text, run.marks) for run in runs] == [
        ("a ", ()),
        ("b", (Mark.strong,)),
        ("c", (Mark.strong, Mark.emphasis)),
        ("de", ()),
        ("2", (Mark.subscript,)),
    ]


def test_a_mark_around_blocks_dresses_each() -> None:
    copy = html("<b><p>a</p><p>b</p></b>c")
    marks = [block.lines[0].cells[0][0].marks for block in copy.blocks]
    assert marks == [(Mark.strong,), (Mark.strong,), ()]


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://example.org/a?b=1&amp;c#d", "https://example.org/a?b=1&c#d"),
        ("HTTP://Example.org", "HTTP://Example.org"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("tel:+49301234", "tel:+49301234"),
        (" \n https://example.org/a b ", "https://example.org/a%20b"),
        ("ht\ntps://exa\tmple.org/", "https://example.org/"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("\x01javascript:alert(1)", None),
        ("JaVaScRiPt&#58;alert(1)", None),
        ("data:text/html,x", None),
        ("vbscript:x", None),
        ("file:///etc/passwd", None),
        ("https:example.org", None),
        ("https:\\\\example.org", None),
        ("https://\u202eexample.org/", None),
        ("//example.org/a", None),
        ("/a", None),
        ("#a", None),
        ("", None),
    ],
)
def test_a_link_is_kept_only_when_it_is_safe_and_its_words_always(href: str, kept: str) -> None:
    (block,) = html(f'<p>see <a href="{href}">this</a></p>').blocks
    assert block_text(block) == "see this"
    assert block.lines[0].cells[0][-1].href == kept


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("/a", "https://example.org/a"),
        ("b", "https://example.org/n/b"),
        ("//cdn.example.org/x", "https://cdn.example.org/x"),
        ("#a", None),
        ("//[bad", None),
        ("javascript:x", None),
    ],
)
def test_a_relative_link_is_resolved_when_there_is_a_base(href: str, kept: str | None) -> None:
    (block,) = html(f'<a href="{href}">x</a>', base="https://example.org/n/s").blocks
    assert block.lines[0].cells[0][0].href == kept
    assert safe_href(href, "https://example.org/n/s") == kept


# --- what is left out ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["script", "style", "template", "noscript", "iframe", "object", "svg", "select", "textarea"],
)
def test_what_is_no_text_for_readers_is_left_out_under_its_own_name(name: str) -> None:
    copy = html(f"<p>a <{name}>&amp; b</{name}> c</p>")
    assert plain(copy) == "a  c\n"
    assert list(copy.omissions) == [name]


def test_a_script_may_hold_anything() -> None:
    copy = html("a<script>if (a<b && '</p>') x('<!-- <p>');</script >b<style>p{}</style>")
    assert (plain(copy), list(copy.omissions)) == ("ab\n", ["script", "style"])


@BOTH
def test_what_no_browser_shows_is_left_out(read) -> None:
    copy = read('<p>a</p><p hidden="">b</p><div style="x:y; DISPLAY : none">c<p>d</p></div>')
    assert (plain(copy), copy.omissions) == ("a\n", {"hidden": 3})


SLUGGED = """<div><header>Slug / Mon</header><div class="x story" id="s"><h3>Head</h3>
<p>Words</p><p class="note desk">Call us</p></div><footer>foot</footer></div>"""


@BOTH
@pytest.mark.parametrize("selector", ["story", "s"])
def test_only_the_selected_element_is_text_and_the_rest_has_a_name(read, selector: str) -> None:
    reader = from_html if read is html else None
    omit = {"note": "editors-note", "h3": "headline"}
    copy = (
        html(SLUGGED, selector=selector, omit=omit)
        if reader
        else xml(SLUGGED, selector=selector, omit=omit)
    )
    assert plain(copy) == "Words\n"
    assert copy.omissions == {"outside-selection": 14, "headline": 4, "editors-note": 7}


def test_a_selection_that_is_not_there_gives_no_words() -> None:
    copy = html(SLUGGED, selector="absent")
    assert (copy.blocks, list(copy.omissions)) == ((), ["outside-selection"])


def test_what_is_left_out_between_blocks_does_not_join_them() -> None:
    assert plain(html("a<div class=x>b</div>c", omit={"x": "y"})) == "a\n\nc\n"
    assert plain(html("a<span class=x>b</span>c", omit={"x": "y"})) == "ac\n"


@pytest.mark.parametrize("name", ["object", "video", "canvas", "select", "noscript"])
def test_an_element_that_never_ends_does_not_swallow_the_story(name: str) -> None:
    assert "the rest" in plain(html(f"<p>a <{name}>b</p><p>the rest</p>"))


# --- plain text ------------------------------------------------------------------------------


def test_blank_lines_part_paragraphs_and_single_line_ends_stay() -> None:
    copy = from_plain("\n\n a\n  b \n \t\n\n\nc\td\n")
    assert [block_text(block) for block in copy.blocks] == ["a\n  b", "c\td"]
    assert plain(copy) == "a\n  b\n\nc\td\n"
    assert account("\n\n a\n  b \n \t\n\n\nc\td\n", copy).ok


def test_a_copy_without_blocks_is_no_text() -> None:
    assert plain(Copy()) == plain(from_plain(" \n\n ")) == plain(from_html("<p> </p>")) == ""


def test_the_first_paragraph_is_whole_and_shows_something() -> None:
    assert first_paragraph(html("<h1>H</h1><p>\xa0</p><p>a<br>b</p><p>c</p>")) == "a\nb"
    assert first_paragraph(html("<ul><li>a</ul>")) is None


def test_blocks_keep_their_kind() -> None:
    assert [kind for kind, _ in shape(html("<ol><li>a</ol><pre>b</pre>"))] == [
        BlockKind.numbers.value,
        BlockKind.preformatted.value,
    ]


# --- limits ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 300 + "x",
        "<p>" * 20_001,
        "<p " + " ".join(f"a{n}" for n in range(5_000)) + ">x",
        "<p x='" + "' y='".join("abcdefgh" for _ in range(5_000)) + "'>x",
        "".join(f"<font x={n}><p>" for n in range(2_000)),
        "x" * (4 * 1024 * 1024 + 1),
    ],
    ids=["depth", "tags", "attributes", "quoted attributes", "formatting", "characters"],
)
def test_markup_over_the_limits_is_refused(hostile: str) -> None:
    with pytest.raises(OverLimit):
        from_html(hostile)


def test_xml_deeper_than_the_limit_is_refused() -> None:
    source = "<div>" * 140 + "x" + "</div>" * 140
    assert plain(xml(source)) == "x\n"
    with pytest.raises(OverLimit):
        xml("<div>" * 190 + "x" + "</div>" * 190)
