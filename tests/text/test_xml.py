"""XML becomes a tree that is safe to walk, or an error with its line."""

import codecs
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.text import Decoded
from copytaster.text import Malformed
from copytaster.text import OverLimit
from copytaster.text import TextError
from copytaster.text import Xml
from copytaster.text import decode_xml
from copytaster.text import naive_xml
from copytaster.text import parse_xml


def parse(source: str) -> Xml:
    return parse_xml(Decoded(text=source, declared=None, used="utf-8", repairs=()))


def words(source: str) -> str:
    return "".join(parse(source).root.itertext())


# --- bytes and characters --------------------------------------------------------------------


def told(source: str, *, came_as_bytes: bool) -> object:
    """What is read of a document whose bytes are at hand, or only its characters."""
    try:
        found = parse_xml(decode_xml(source.encode())) if came_as_bytes else parse(source)
    except Malformed as error:
        return error.args
    return found.source, found.repairs, "".join(found.root.itertext())


@given(
    st.sampled_from(
        [
            *("", "\n\n", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>\n'),
            *(
                "<!-- é\n😀 -->\n",
                "<!DOCTYPE a [\n<!ENTITY é '—'>\n]>\n",
                "\n<?xml version='1.0'?>",
            ),
        ]
    ),
    st.lists(st.sampled_from(["x", "é—😀", "\n", "&amp;", "&eacute;", "&#146;", "& "])).map(
        "".join
    ),
    st.sampled_from(["</a>", "</a", "\n</b>", "<c></a>", ""]),
)
def test_a_document_says_the_same_by_its_bytes_and_by_its_characters(
    prolog: str, content: str, end: str
) -> None:
    source = f"{prolog}<a>{content}{end}"
    assert told(source, came_as_bytes=True) == told(source, came_as_bytes=False)


# --- what is skipped, replaced and mended ----------------------------------------------------


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE nitf SYSTEM 'nitf.dtd'>",
        '<!DOCTYPE a PUBLIC "-//X//Y>" "http://127.0.0.1/x.dtd">',
        '<!DOCTYPE a [ <!ENTITY % all "<!-- ] -->"> %all; <!-- ]> --> <?x ]> ?> ]>',
        "<!-- <!DOCTYPE --> <!doctype a [<!ELEMENT a (#PCDATA)>]> <!-- x -->",
    ],
)
def test_a_doctype_is_skipped_and_nothing_of_it_is_used(doctype: str) -> None:
    found = parse(f'<?xml version="1.0" encoding="utf-16"?>\n{doctype}\n<a>quay</a>')
    assert (found.root.tag, found.root.text, found.repairs) == ("a", "quay", ())


def test_an_entity_the_document_declares_is_never_expanded() -> None:
    found = parse('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>b &x; c</a>')
    assert ("".join(found.root.itertext()), found.repairs) == ("b &x; c", ("xml",))


def test_names_of_html_become_characters_and_say_so() -> None:
    found = parse('<a t="&eacute;">1&nbsp;&mdash;&nbsp;2 &lt;b&gt; &nvlt;</a>')
    assert found.root.text == "1\xa0—\xa02 <b> <\u20d2"
    assert found.root.get("t") == "é"
    assert found.repairs == ("entities",)


def test_references_inside_cdata_and_comments_are_left_as_they_are() -> None:
    found = parse("<a><![CDATA[&nbsp;&bogus &]]><!-- &x; & --><b/>&nbsp;</a>")
    assert "".join(found.root.itertext()) == "&nbsp;&bogus &\xa0"


def test_references_into_the_c1_block_mean_windows_1252() -> None:
    found = parse("<a>&#147;quay&#148; &#x92; &#x000096; &#129;</a>")
    assert (found.root.text, found.repairs) == ("“quay” ’ – \x81", ())


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ("<a>Marks & Co &c; &#x1f;x &b</a>", "Marks & Co &c; x &b"),
        ("<a>one\x0btwo\x1f</a>", "onetwo"),
        ("\n <?xml version='1.0'?><a>late</a>", "late"),
        ("<a><media:b>x</media:b><dc:c>y</dc:c></a>", "xy"),
        ("<a>x\ufffey</a>", "xy"),
    ],
)
def test_the_one_repair_pass_is_recorded(broken: str, expected: str) -> None:
    found = parse(broken)
    assert ("".join(found.root.itertext()), found.repairs) == (expected, ("xml",))


def test_comments_and_instructions_leave_no_gap_in_the_text() -> None:
    found = parse("<a>one<!-- x -->two<?y z?>three<b/>four<!-- x -->five</a>")
    assert (found.root.text, found.root[0].tail) == ("onetwothree", "fourfive")


def test_the_source_is_what_the_tree_was_built_from() -> None:
    found = parse("<?xml version='1.0'?><!DOCTYPE a><a>R&D &eacute; &#147;<![CDATA[<&]]></a>")
    assert naive_xml(found.source) == found.root.text == "R&D é “<&"


# --- formats §3.4, row by row, from bytes to words ------------------------------------------

SAID = "<a>café — 5 €</a>"


def declared(charset: str, words: str = SAID) -> str:
    return f'<?xml version="1.0" encoding="{charset}"?>{words}'


@pytest.mark.parametrize(
    ("data", "expected", "repairs"),
    [
        (b"<a>1&nbsp;2</a>", "1\xa02", ("entities",)),
        (b"<a>Marks & Co</a>", "Marks & Co", ("xml",)),
        (b"<a><media:title>x</media:title></a>", "x", ("xml",)),
        (b" \n<?xml version='1.0'?><a>x</a>", "x", ("xml",)),
        (codecs.BOM_UTF8 * 2 + b"<?xml version='1.0'?><a>x</a>", "x", ()),
        (codecs.BOM_UTF8 + declared("ISO-8859-1").encode(), "café — 5 €", ()),
        (declared("ISO-8859-1").encode(), "café — 5 €", ("charset",)),
        (codecs.BOM_UTF16_LE + declared("UTF-8").encode("utf-16-le"), "café — 5 €", ()),
        (codecs.BOM_UTF16_BE + declared("UTF-8").encode("utf-16-be"), "café — 5 €", ()),
        (declared("utf8").encode(), "café — 5 €", ()),
        (declared("Shift_JIS", "<a>埠頭</a>").encode("shift_jis"), "埠頭", ()),
        (declared("EUC-KR", "<a>부두</a>").encode("euc-kr"), "부두", ()),
        (declared("GB18030", "<a>码头</a>").encode("gb18030"), "码头", ()),
        (declared("iso-8859-1", "<a>\x93hi\x94</a>").encode("latin-1"), "“hi”", ()),
        (b"<a>one\x07two\x0b</a>", "onetwo", ("xml",)),
        (b"<a>one\x00two</a>", "onetwo", ("xml",)),
        (b"<a>one&#x1f;two&#0;</a>", "onetwo", ("xml",)),
        ("<a>one\ufffetwo</a>".encode(), "onetwo", ("xml",)),
        (b"<a>it&#146;s &#x93;so&#148;</a>", "it’s “so”", ()),
        (b"<!DOCTYPE a [<!ENTITY b 'secret'>]><a>x &b;</a>", "x &b;", ("xml",)),
        (b"<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'><a>x</a>", "x", ()),
        (b"<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/'> %p;]><a>x</a>", "x", ()),
    ],
)
def test_what_parsers_get_wrong_is_read_and_every_repair_is_named(
    data: bytes, expected: str, repairs: tuple[str, ...]
) -> None:
    found = parse_xml(decode_xml(data))
    assert ("".join(found.root.itertext()), found.repairs) == (expected, repairs)


@pytest.mark.parametrize(
    "data",
    [
        b"<a>cut off in the mid",
        b"<a><b>cut off</b>",
        b"<a>&#xD83D;&#xDEA2;</a>",
        b"<a>&#xFFFE;</a>",
        b"<a><unknown:b>x</unknown:b></a>",
        b"<a b='1' b='2'/>",
        b"<a/><b/>",
    ],
)
def test_what_would_have_to_be_guessed_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        parse_xml(decode_xml(data))


def test_a_cdata_section_split_at_its_end_mark_is_one_text() -> None:
    found = parse("<a><![CDATA[x[1]]]]><![CDATA[>0]]></a>")
    assert (found.root.text, naive_xml(found.source)) == ("x[1]]>0", "x[1]]>0")


def test_copy_that_was_escaped_twice_is_unescaped_once() -> None:
    found = parse("<a>AT&amp;amp;T &amp;lt;p&amp;gt;</a>")
    assert found.root.text == "AT&amp;T &lt;p&gt;"


def test_repairs_are_made_once() -> None:
    found = parse("<a>&amp;nbsp; & &amp;#146;</a>")
    assert (found.root.text, found.repairs) == ("&nbsp; & &#146;", ("xml",))


def test_many_threads_parse_at_once() -> None:
    documents = [f"<a>{n}<b>&eacute;</b></a>" for n in range(200)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(words, documents))
    assert found == [f"{n}é" for n in range(200)]


def test_a_refused_document_leaves_nothing_behind_for_the_next() -> None:
    with pytest.raises(Malformed):
        parse("<a><b>")
    assert words("<c>whole</c>") == "whole"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")))
def test_no_character_of_a_sound_document_is_ever_altered(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    found = parse_xml(decode_xml(f"<a>{escaped}</a>".encode()))
    assert (found.root.text or "", found.repairs) == (text, ())


# --- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ("<a>\n<b>\n</a>", 3),
        ("<?xml version='1.0'?>\n<!DOCTYPE a\n>\n<a>\n<b></a>", 5),
        ("<a>cut off", 1),
        ("", 1),
        ("<!-- never", 1),
        ("\n<!DOCTYPE a [ ", 2),
        ("<a>&#xD800;</a>", 1),
        ("just words", 1),
    ],
)
def test_what_cannot_be_mended_is_refused_with_its_line(broken: str, line: int) -> None:
    with pytest.raises(Malformed) as refusal:
        parse(broken)
    assert refusal.value.line == line
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "hostile",
    [
        "<a>" * 5_000 + "</a>" * 5_000,
        "<a>" * 220 + "</a>" * 220,
        "<a " + " ".join(f"b{n}=''" for n in range(5_000)) + "/>",
        "<a>" + "<b/>" * 400_001 + "</a>",
        "<a>" + "<b></b>" * 1_000_001 + "</a>",
        "x" * (32 * 1024 * 1024 + 1),
        "<a>" + "& " * 50_001 + "</a>",
    ],
    ids=["depth", "just too deep", "attributes", "elements", "tags", "characters", "ampersands"],
)
def test_what_is_too_deep_too_wide_or_too_long_is_refused(hostile: str) -> None:
    with pytest.raises(OverLimit):
        parse(hostile)


@pytest.mark.parametrize(
    "hostile",
    [
        "<a>" + "&" * 200_000 + "</a>",
        "<a>" + "<!--" * 200_000,
        "<a>" + "<![CDATA[" * 100_000,
        "<?x " * 200_000,
        "<!DOCTYPE a [" + "'" * 199_999,
        "<!DOCTYPE a [" + "<!--" * 100_000,
        "<a>" + "&nbsp" * 100_000 + ";</a>",
        "<a>&" + "x" * 500_000 + ";</a>",
        '<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "&d;&d;">]><a>' + "&b;" * 50_000 + "</a>",
        "<a x='" * 50_000,
    ],
)
def test_hostile_documents_take_no_more_than_linear_time(hostile: str) -> None:
    started = time.process_time()
    with suppress(TextError):
        naive_xml(parse(hostile).source)
    assert time.process_time() - started < 2


@given(st.text(st.sampled_from("<>&;/!?-[]'\"= \nabx#0é]C\x01"), max_size=80))
def test_any_characters_become_a_tree_or_a_refusal(source: str) -> None:
    for document in (source, f"<a>{source}</a>"):
        try:
            found = parse(document)
        except TextError:
            continue
        assert naive_xml(found.source) == "".join(found.root.itertext())


def test_tags_inside_cdata_are_no_elements() -> None:
    section = f"<![CDATA[{'<b>x</b>' * 1_000}]]>"
    found = parse(f"<a>{f'<c>{section}</c>' * 300}</a>")
    assert len(found.root) == 300
