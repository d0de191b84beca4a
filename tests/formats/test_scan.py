"""Where a body lies in its source, found without the parser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from copytaster.formats._scan import inlines
from copytaster.formats._scan import inside


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
    contents = [source[slice(*span)] for span in inlines(source)]
    assert contents == ["one<inlineXML>in</inlineXML>", "", "three"]
