"""Simple markup goes a faster way, and gives the very same copy as the general one."""

import json
import re
import time
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.item import Copy
from copytaster.text import TextError
from copytaster.text import account
from copytaster.text import from_html
from copytaster.text import naive_html
from copytaster.text import naive_xml
from copytaster.text._naive import every_html_token
from copytaster.text._naive import every_xml_token
from copytaster.text._simple import simple

# Asking for an omission that nothing has sends a body the general way.
NOTHING_LIKE_IT = {"no-such-class-anywhere": "x"}


def generally(markup: str, base: str | None = None) -> Copy:
    """The copy that the general way gives."""
    return from_html(markup, omit=NOTHING_LIKE_IT, base=base)


def agree(markup: str, base: str | None = None) -> bool:
    """Whether the fast way took the markup; when it did, both must give the same."""
    found = simple(markup, base)
    if found is None:
        return False
    assert found == generally(markup, base)
    return True


# --- markup of every kind --------------------------------------------------------------------

Markup = st.SearchStrategy[str]

calm_texts = st.one_of(
    st.text(st.sampled_from(" \n\t\f\xa0abcé—“’;#>=\"'/-😀\u2028"), max_size=8),
    st.sampled_from(
        "words &amp; &lt;b&gt; &nbsp; &rsquo; &#8217; &#x2019; &#x27; &quot;".split(" ")
    ),
)
wild_texts = st.one_of(
    calm_texts,
    st.sampled_from(
        "& &amp &copy2 &#146; &#0; &#13; &#10; &#32; &notit; &#xD800; &NotEqualTilde; &fjlig; "
        "&; && &#; &#x; &é; &am".split(" ")
    ),
)
calm_attributes = st.sampled_from(
    ["", "", ' class="x"', ' id="y" class="a b"', ' style="color:red"', ' data-none="1" lang="en"']
)
wild_attributes = st.one_of(
    calm_attributes,
    st.sampled_from(
        [
            *(' hidden=""', ' style="display:n&#111;ne"', " hidden", ' title="a &gt; b"'),
            *(" class=x", ' title="<"', " title='x'", ' STYLE="display:none"', ' a="b"c="d"'),
            *(' style="display:none"', ' ="x=" y', " /", " a=", ' a= "b"'),
        ]
    ),
)
calm_links = st.sampled_from(
    [
        *('<a href="https://e.org/a?b=1&amp;c=2">', '<a href="https://e.org" target="_blank">'),
        *('<a href="javascript:x">', '<a href="/here" class="y">', "<a>", '<a name="x">'),
        *('<a class="c" href="https://e.org/%20">', '<a href="mailto:x@e.org">', '<a href="">'),
        *('<a href="a" href="https://e.org">', '<a href="https://é.org/ x">'),
        '<a title=" href=" href="https://e.org">',
    ]
)
wild_links = st.one_of(
    calm_links,
    st.sampled_from(
        [
            *("<a href='https://e.org'>", '<a href="https://e.org/?a=1&b=2">', "<a href=x>"),
            *(
                '<a href="https://e.org" style="display:none">',
                '<a href="https://e.org" hidden="">',
            ),
        ]
    ),
)
blocks = st.sampled_from(("p", "h1", "h3", "h6"))
marks = st.sampled_from(
    ("b", "strong", "i", "em", "u", "s", "sub", "code", "cite", "span", "small")
)
containers = st.sampled_from(("div", "section", "blockquote", "figure", "figcaption", "article"))
pictures = ('<img src="x">', '<img src="x"/>', "<wbr>")
breaks = ("<br>", "<br/>", "<br />", '<br class="x">')
comments = ("<!-- wp:x {} -->", "<!-- a -->")


def several(parts: Markup) -> Markup:
    return st.lists(parts, max_size=4).map("".join)


def body(texts: Markup, attributes: Markup, links: Markup) -> Markup:
    """Well-formed markup, every element in its place."""

    def within(names: Markup, inside: Markup) -> Markup:
        return st.builds(
            lambda name, attribute, words: f"<{name}{attribute}>{words}</{name}>",
            names,
            attributes,
            inside,
        )

    def phrases(empty: tuple[str, ...]) -> Markup:
        words = st.one_of(texts, st.sampled_from(empty))
        dressed = st.recursive(words, lambda inside: within(marks, several(inside)), max_leaves=4)
        linked = st.builds(lambda link, inside: f"{link}{inside}</a>", links, several(dressed))
        return several(st.one_of(dressed, linked))

    blanks = st.sampled_from(["\n", " ", *comments])
    items = several(st.one_of(within(st.just("li"), phrases(pictures)), blanks))
    block = st.one_of(
        within(blocks, phrases((*pictures, *breaks))),
        within(st.sampled_from(("ul", "ol")), items),
        phrases((*pictures, *breaks)),
        st.sampled_from(["\n", "<hr>", "<hr />", "\n\n", *comments]),
    )
    return several(
        st.recursive(block, lambda inside: within(containers, several(inside)), max_leaves=8)
    )


calm = body(calm_texts, calm_attributes, calm_links)
wild = body(wild_texts, wild_attributes, wild_links)
broken = st.lists(
    st.one_of(
        wild_texts,
        wild_links,
        st.sampled_from((*pictures, *breaks, *comments)),
        st.builds(lambda n, a: f"<{n}{a}>", st.one_of(blocks, marks, containers), calm_attributes),
        st.one_of(blocks, marks, containers, st.just("a")).map(lambda name: f"</{name}>"),
        st.sampled_from(["<ul>", "</ul>", "<li>", "</li>", "<table>", "<td>", "</", "<", "<P>"]),
    ),
    max_size=14,
).map("".join)


@given(calm, st.sampled_from([None, "https://example.org/x/"]))
def test_simple_markup_goes_the_fast_way_and_gives_the_same(markup: str, base: str | None) -> None:
    assert agree(markup, base)
    found = account(naive_html(markup), from_html(markup))
    assert found.ok, found.at


@given(st.one_of(wild, broken))
def test_any_other_markup_gives_the_same_where_it_is_taken(markup: str) -> None:
    agree(markup)


@given(st.one_of(wild, broken, st.text(st.sampled_from("<>/ab=\"'&;!-[]CDATA \n\r?x#1"))))
def test_the_quick_naive_walk_finds_what_the_thorough_one_does(markup: str) -> None:
    assert naive_html(markup) == every_html_token(markup)
    assert naive_xml(markup) == every_xml_token(markup)


@given(st.text(max_size=60))
def test_any_characters_give_the_same_either_way(markup: str) -> None:
    try:
        expected = generally(markup)
    except TextError as error:
        with pytest.raises(type(error)):
            from_html(markup)
    else:
        assert from_html(markup) == expected


def test_every_named_reference_is_the_same_either_way() -> None:
    names = [name for name in html5 if name.endswith(";")]
    assert agree("".join(f"<p>a &{name} b</p>" for name in names))


@pytest.mark.parametrize("code", [*range(0x20), *range(0x7F, 0xA0), 0xD7FF, 0xD800, 0xFDD0, 0xFFFF])
@pytest.mark.parametrize("form", ["&#{};", "&#{}", "&#x{:x};"])
def test_a_numbered_reference_is_the_same_either_way(code: int, form: str) -> None:
    agree(f"<p>a {form.format(code)} b</p>")


# --- what goes which way -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Words.</p>\n<p>More words.</p>",
        '<p>He <b>said</b> <a href="https://e.org/?a=1&amp;b=2" rel="x">so</a>.<br />Yes.</p>',
        "<h2>Head</h2><ul>\n<li>one</li>\n<li><i>two</i></li>\n</ul>",
        '<blockquote><p>said</p></blockquote><div class="x"><p>it</p></div>',
        "text &amp; <em>text</em><br><br>more",
        '<!-- wp:paragraph -->\n<p style="color:red">x</p>\n<!-- /wp:paragraph -->',
        '<p><img src="https://e.org/pixel.gif" width="1" height="1" /></p>',
        "",
        "a > b",
    ],
)
def test_ordinary_copy_goes_the_fast_way(markup: str) -> None:
    assert agree(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>never closed",
        "<p>one<p>two</p>",
        "<p>a</div></p>",
        "<b><p>a block in a mark</p></b>",
        "<p><ul><li>x</li></ul></p>",
        "<ul>words<li>x</li></ul>",
        "<li>no list</li>",
        "<p hidden>x</p>",
        '<p hidden="">x</p>',
        '<p style="display:none">x</p>',
        '<p style="display:n&#111;ne">x</p>',
        "<p class=x>y</p>",
        '<p title="a>b">y</p>',
        "<table><tr><td>x</td></tr></table>",
        "<script>x</script>",
        "<pre> x</pre>",
        "<P>x</P>",
        "<p>&copy 2026</p>",
        "<p>&#146;</p>",
        '<a href="https://e.org">a<a href="https://e.org/b">b</a></a>',
        "<!---->",
        "a < b",
        "<![CDATA[x]]>",
        "<p>x</p",
    ],
)
def test_what_could_be_something_else_goes_the_general_way(markup: str) -> None:
    assert simple(markup, None) is None
    from_html(markup)


@pytest.mark.parametrize(
    "style",
    [
        *("display:none", "DISPLAY : NONE", "display:n&#111;ne", "color:red;display:none"),
        *("display/* x */:none", "dis\\70lay:none", "d\\isplay:none", "display:n\\6f ne"),
        *("display:none !important;display:block", "display:none /* cut off"),
        *("display:block;display:none", "display:none;display:"),
    ],
)
def test_what_is_hidden_stays_hidden_however_it_is_written(style: str) -> None:
    copy = from_html(f'<p>seen</p><p style="{style}">hidden words</p>')
    assert copy.omissions == {"hidden": 12}


@pytest.mark.parametrize(
    "style",
    [
        *("border:none", "--display:none", "display:block", "text-decoration:none"),
        *("display:none;display:block", "display:block !important;display:none"),
        *("/* display:none */color:red", "display:nonesuch", "content:'display:none'"),
    ],
)
def test_what_a_browser_shows_is_never_left_out(style: str) -> None:
    copy = from_html(f'<p>seen</p><p style="{style}">seen too</p>')
    assert (copy.omissions, len(copy.blocks)) == ({}, 2)


@pytest.mark.parametrize(
    "written",
    ["<p>one\r\ntwo</p>\r<p>three</p>\r\n", "<p>one\r<b>\ntwo</b></p>", "<p>a&#13;<b>\nb</b></p>"],
)
def test_a_line_end_of_another_system_is_the_same_either_way(written: str) -> None:
    assert from_html(written) == generally(written)
    assert naive_html(written) == every_html_token(written)
    assert account(naive_html(written), from_html(written)).ok


_INSIDE = re.compile(
    r"(?s)<(description|summary|content|content:encoded|body|div|section)\b[^>]*>(.*?)</\1>"
)


def markups(corpus: Path) -> Iterator[str]:
    """What may be markup in a corpus: whole files, strings of JSON, contents of elements."""
    for path in sorted(path for path in corpus.rglob("*") if path.is_file()):
        whole = path.read_bytes().decode("utf-8", "replace")
        yield whole
        if path.suffix in (".json", ".jsonl"):
            for line in whole.splitlines() if path.suffix == ".jsonl" else [whole]:
                yield from strings(line)
        for found in _INSIDE.finditer(whole):
            yield found[2]
            yield unescape(found[2])


def strings(written: str) -> Iterator[str]:
    try:
        waiting = [json.loads(written)]
    except ValueError:
        return  # kept to be refused
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
            yield from (found[2] for found in _INSIDE.finditer(value))
        elif isinstance(value, dict | list):
            waiting += value.values() if isinstance(value, dict) else value


def test_every_body_of_the_corpus_is_the_same_either_way(corpus: Path) -> None:
    sent = {markup.replace("\r\n", "\n") for markup in markups(corpus) if "<" in markup}
    taken = 0
    for markup in sent:
        assert naive_html(markup) == every_html_token(markup)
        assert naive_xml(markup) == every_xml_token(markup)
        if "\0" not in markup and "\r" not in markup:
            taken += agree(markup)
    assert taken > 500


@pytest.mark.parametrize(
    "hostile",
    [
        "<p>" * 19_000,
        "<p>" + "x" * 1_000_000,
        "<" * 19_000,
        "<" + "a" * 1_000_000,
        "<b>" * 19_000 + "</b>" * 100,
        "&" * 500_000,
        "&a" * 500_000,
        "<ul>" + "<li>x</li>" * 9_000,
        "<p>" + "<br>" * 19_000 + "</p>",
        "<p>" + "x<b></b>" * 9_000 + "</p>",
        "<a " + 'b="" ' * 800 + ">",
        "<!-- " + "-x" * 2_000,
    ],
)
def test_declining_takes_no_more_than_linear_time(hostile: str) -> None:
    began = time.process_time()
    simple(hostile, None)
    assert time.process_time() - began < 1
