"""Where a body lies in its source, found without the parser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from copytaster.formats._scan import contents
from copytaster.formats._scan import extent
from copytaster.formats._scan import extents
from copytaster.formats._scan import inside
from copytaster.formats._scan import outermost


def found(source: str, *path: str) -> str | None:
    span = inside(source, path, (0, len(source)))
    return None if span is None else source[slice(*span)]


@pytest.mark.parametrize(
    ("source", "content"),
    [
        ("<a><b>x</b></a>", "x"),
        ("<n:a><m:b>x</m:b></n:a>", "x"),
        ("<a><c><b>no</b></c><b>x</b></a>", "x"),
        ("<a><b><b>x</b></b></a>", "<b>x</b>"),
        ("<a><b/><b>no</b></a>", ""),
        ("<a><b t=\">\" u='/>'>x</b></a>", "x"),
        ("<a><!-- <b>no</b> --><b>x<!-- </b> -->y</b></a>", "x<!-- </b> -->y"),
        ("<a><![CDATA[<b>no</b>]]><b><![CDATA[</b>]]></b></a>", "<![CDATA[</b>]]>"),
        ("<a><bb>no</bb><b >x</b ></a>", "x"),
        ("<a><?pi <b>?><b>x</b></a>", "x"),
        ("<b>no</b>", None),
        ("<a>x</a>", None),
        ("<c/><a><b>x</b></a>", "x"),
    ],
)
def test_the_first_element_at_a_path_is_found(source: str, content: str | None) -> None:
    assert found(source, "a", "b") == content


_trees = st.recursive(
    st.sampled_from(["x", "&lt;", "<!-- <b> -->", "<![CDATA[</b>]]>", "<b/>", "<c t='>'/>"]),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format, st.sampled_from("abc"), st.lists(inner, max_size=3).map("".join)
    ),
    max_leaves=12,
)


@given(st.lists(_trees, max_size=4).map("".join), st.lists(st.sampled_from("abc"), max_size=2))
def test_the_scan_finds_what_the_parser_finds(content: str, path: list[str]) -> None:
    source = f"<r>{content}</r>"
    expected = etree.fromstring(source).find("/".join(path)) if path else etree.fromstring(source)
    told = found(source, "r", *path)
    if expected is None:
        assert told is None
    else:
        told_text = "".join(etree.fromstring(f"<r>{told}</r>").itertext())
        assert told_text == "".join(expected.itertext())


def test_inline_content_is_listed_in_order_the_outermost_only() -> None:
    source = (
        "<s><inlineXML a='1'>one<inlineXML>in</inlineXML></inlineXML><!-- <inlineXML>no -->"
        "<inlineData/><n:inlineData>three</n:inlineData><inlineXMLish>no</inlineXMLish></s>"
    )
    spans = contents(source, ("inlineXML", "inlineData"), (0, len(source)))
    listed = [source[slice(*span)] for span in spans]
    assert listed == ["one<inlineXML>in</inlineXML>", "", "three"]


@given(st.lists(_trees, max_size=4).map("".join), st.sampled_from("abc"))
def test_the_outermost_elements_of_a_name_are_the_same_in_tree_and_source(
    content: str, name: str
) -> None:
    source = f"<r>{content}</r>"
    root = etree.fromstring(source)
    named = ["".join(element.itertext()) for element in outermost(root, name)]
    extents = contents(source, (name,), (0, len(source)))
    inside_tags = [f"<r>{source[slice(*span)]}</r>" for span in extents]
    assert ["".join(etree.fromstring(found).itertext()) for found in inside_tags] == named


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<r>body.content <body.content>x</body.content></r>", ["x"]),
        ("<r>the body.content</r>", []),
        ("<r>a:body.content b/body.content &lt;body.content ></r>", []),
        ("<r a='body.content '><n:body.content b='&lt;body.content '>x</n:body.content ></r>",
         ["x"]),
        ("<r><body.contents>x</body.contents><my-body.content>y</my-body.content></r>", []),
        ("<r><body.content/>x<body.content a='/'>y</body.content></r>", ["", "y"]),
        ("<r><!-- <body.content> --><body.content>x<![CDATA[</body.content>]]></body.content></r>",
         ["x<![CDATA[</body.content>]]>"]),
        ("<r><?a <body.content>?><body.content>x!?</body.content></r>", ["x!?"]),
        ("<r><body.content>x! y?<body.content>z</body.content></body.content></r>",
         ["x! y?<body.content>z</body.content>"]),
    ],
)  # fmt: skip
def test_a_name_is_a_tag_only_behind_the_mark_of_one(source: str, found: list[str]) -> None:
    spans = contents(source, ("body.content",), (0, len(source)))
    assert [source[slice(*span)] for span in spans] == found


def test_names_without_end_in_words_and_attributes_take_no_time() -> None:
    words = "body.content :body.content /body.content " * 20_000
    source = f"<r a='{words}'>{words}<body.content>x</body.content></r>"
    (span,) = contents(source, ("body.content",), (0, len(source)))
    assert source[slice(*span)] == "x"


def test_an_element_that_tree_and_source_do_not_agree_on_is_not_found() -> None:
    source = "<r><a>x</a></r>"
    root = etree.fromstring("<r><a>x</a><a>y</a></r>")
    assert extent(root[0], root, source, (0, len(source))) is None
    assert extent(etree.fromstring("<a/>"), etree.fromstring(source), source, (0, 15)) is None
    same = etree.fromstring(source)
    assert extent(same[0], same, source, (0, len(source))) == (6, 7)


@given(st.lists(_trees, max_size=4).map("".join), st.sampled_from(["a", "ab", "abc"]))
def test_elements_that_stand_alone_lie_where_all_of_their_name_lie(
    content: str, names: str
) -> None:
    source = f"<r>{content}</r>"
    named = outermost(etree.fromstring(source), *names)
    told = [source[slice(*span)] for span in extents(named, source, (0, len(source)))]
    words = ["".join(etree.fromstring(f"<r>{found}</r>").itertext()) for found in told]
    assert words == ["".join(element.itertext()) for element in named]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("<r><h>x</h><b>y</b></r>", ["x", "y"]),
        ("<r><n:h xmlns:n='n' a='>'>x</n:h><b\n>y</b\n></r>", ["x", "y"]),
        ("<r><hh>no</hh><h>x</h><bb>no</bb><b>y<bb>z</bb></b></r>", ["x", "y<bb>z</bb>"]),
        ("<r><h/><b>y</b></r>", ["", "y"]),
        ("<r><h>x</h><b>y<h>z</h></b></r>", ["x", "y<h>z</h>"]),
        ("<r><h>x</h><!-- <h> --><b>y</b></r>", ["x", "y"]),
        ("<r><h>x</h><b>y<b>z</b></b></r>", ["x", "y<b>z</b>"]),
    ],
)
def test_an_element_that_stands_alone_is_found_by_its_own_tags(
    source: str, told: list[str]
) -> None:
    named = outermost(etree.fromstring(source), "h", "b")
    found = extents(named, source, (0, len(source)))
    assert [source[slice(*span)] for span in found] == told


def test_a_second_element_that_the_tree_does_not_know_is_not_taken_in() -> None:
    source = "<r><h>x</h>words<h>y</h></r>"
    named = outermost(etree.fromstring("<r><h>x</h></r>"), "h")
    assert len(extents(named, source, (0, len(source)))) == 2
