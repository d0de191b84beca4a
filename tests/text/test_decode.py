"""Bytes become characters by their marks and declarations, strictly, or not at all."""

import codecs
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.text import Decoded
from copytaster.text import OverLimit
from copytaster.text import TextError
from copytaster.text import Undecodable
from copytaster.text import broken
from copytaster.text import decode_html
from copytaster.text import decode_json
from copytaster.text import decode_xml

STORY = "<p>Überfahrt für 5 € — “ab 9 Uhr”</p>"


def declared(charset: str) -> str:
    return f'<?xml version="1.0" encoding="{charset}"?>{STORY}'


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_wins_over_every_label(mark: bytes, charset: str) -> None:
    data = mark + declared("iso-8859-1").encode(charset)
    found = decode_xml(data, "koi8-r")
    assert found == Decoded(text=declared("iso-8859-1"), declared=charset, used=charset)


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_bytes_without_a_mark_are_seen_by_their_zeros(charset: str) -> None:
    assert decode_xml(declared(charset).encode(charset)).text == declared(charset)


def test_the_charset_of_http_wins_over_the_declaration() -> None:
    data = declared("utf-8").encode("cp1251", "replace")
    assert decode_xml(data, "windows-1251").used == "cp1251"


def test_without_any_label_bytes_are_utf_8() -> None:
    found = decode_xml(STORY.encode())
    assert found == Decoded(text=STORY, declared=None, used="utf-8", octets=STORY.encode())


@pytest.mark.parametrize("label", ["iso-8859-1", "ISO_8859-1", "latin1"])
def test_latin_1_means_windows_1252_as_everywhere_on_the_web(label: str) -> None:
    found = decode_xml(declared(label).encode("cp1252"))
    assert (found.text, found.used, found.repairs) == (declared(label), "cp1252", ())


@pytest.mark.parametrize("charset", ["shift_jis", "euc-kr", "gb2312", "big5", "koi8-r", "euc-jp"])
def test_national_charsets_are_read(charset: str) -> None:
    words = {"euc-kr": "부두", "koi8-r": "Причал"}.get(charset, "船")
    data = f'<?xml version="1.0" encoding="{charset}"?><p>{words}</p>'.encode(charset)
    assert words in decode_xml(data).text


def test_utf_8_labelled_latin_1_is_read_as_utf_8_and_says_so() -> None:
    found = decode_xml(declared("iso-8859-1").encode())
    assert (found.text, found.used) == (declared("iso-8859-1"), "utf-8")
    assert found.repairs == ("charset",)


def test_bytes_that_are_not_the_declared_charset_are_tried_once_more_and_say_so() -> None:
    found = decode_xml(declared("utf-8").encode("cp1252"))
    assert (found.text, found.used) == (declared("utf-8"), "cp1252")
    assert found.repairs == ("charset",)


@pytest.mark.parametrize("label", ["nonsense", "rot13", "unicode_escape", "utf-7", "idna", "\0"])
def test_a_label_that_names_no_charset_of_text_is_not_obeyed(label: str) -> None:
    found = decode_xml(STORY.encode(), label)
    assert (found.text, found.used, found.repairs) == (STORY, "utf-8", ("charset",))


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Undecodable):
        decode_xml(b"<p>\x81\x8d\xff</p>")


def test_json_is_utf_8_with_or_without_a_mark() -> None:
    assert decode_json(codecs.BOM_UTF8 + '{"a":"é"}'.encode()).text == '{"a":"é"}'
    with pytest.raises(Undecodable, match="UTF-8"):
        decode_json('{"a":"é"}'.encode("cp1252"))


@pytest.mark.parametrize(
    "lone", [r'"\ud83d"', r'"\ude00"', r'"\ud83dx\ude00"', r'"\ud83d\ud83d\ude00"', r'"\\\uD83D"']
)
def test_half_a_surrogate_pair_in_json_is_refused(lone: str) -> None:
    with pytest.raises(Undecodable, match="surrogate"):
        decode_json(lone.encode())


@pytest.mark.parametrize("whole", [r'"\ud83d\ude00"', r'"\\ud83d"', r'"\u0041"', '"😀"'])
def test_whole_pairs_and_escaped_backslashes_are_left_alone(whole: str) -> None:
    assert decode_json(whole.encode()).text == whole


# --- the rows of formats §3.4 that are about bytes ------------------------------------------


def test_a_mark_of_utf_8_before_a_declaration_of_latin_1_is_no_mojibake() -> None:
    data = codecs.BOM_UTF8 + declared("ISO-8859-1").encode()
    assert decode_xml(data).text == declared("ISO-8859-1")


def test_utf_16_with_a_mark_that_declares_utf_8_is_utf_16() -> None:
    data = codecs.BOM_UTF16_LE + declared("UTF-8").encode("utf-16-le")
    assert (decode_xml(data).text, decode_xml(data).repairs) == (declared("UTF-8"), ())


@pytest.mark.parametrize("label", ["utf8", "UTF8", "utf_8", "unicode-1-1-utf-8"])
def test_utf_8_by_its_other_names_is_utf_8(label: str) -> None:
    found = decode_xml(declared(label).encode())
    assert (found.text, found.used, found.repairs) == (declared(label), "utf-8", ())


@pytest.mark.parametrize(
    ("charset", "words"), [("Shift_JIS", "埠頭"), ("EUC-KR", "부두"), ("GB18030", "码头🚢")]
)
def test_the_wide_charsets_of_asia_are_read(charset: str, words: str) -> None:
    data = f'<?xml version="1.0" encoding="{charset}"?><p>{words}</p>'.encode(charset)
    assert words in decode_xml(data).text


def test_c1_characters_that_came_as_utf_8_are_kept_and_can_be_seen() -> None:
    found = decode_xml("<p>\x93quay\x94</p>".encode())
    assert (found.text, found.repairs) == ("<p>\x93quay\x94</p>", ())
    assert broken(found.text)


@pytest.mark.parametrize("text", ["EU\ufffds", "\x80", "a\x9f", "é\x85"])
def test_text_that_came_broken_is_told(text: str) -> None:
    assert broken(text)


@pytest.mark.parametrize("text", ["", "EU?s", "plain\x7f\x1f", "café\xa0“so” \ufeff 🚢 €"])
def test_text_that_could_be_whole_is_not_called_broken(text: str) -> None:
    assert not broken(text)


# --- web pages: the sniffing of the HTML standard --------------------------------------------

PAGE = "<title>Überfahrt — Причал</title>"


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="windows-1251">',
        "<META CHARSET=windows-1251 />",
        "<meta charset='windows-1251'>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        "<meta content='text/html;charset=\"windows-1251\"' http-equiv=content-type>",
        "<!-- <meta charset=koi8-r> --><meta charset=windows-1251>",
        '<meta name="d" content="charset=koi8-r"><meta name=">" charset="x-cp1251">',
        '<meta http-equiv="refresh" content="1; charset=koi8-r"><meta charset="windows-1251">',
        '<html><head><meta charset="windows-1251"><meta charset="koi8-r">',
    ],
)
def test_a_page_is_read_by_its_meta_element(meta: str) -> None:
    found = decode_html((meta + "Причал").encode("cp1251"))
    assert (found.text, found.used, found.repairs) == (meta + "Причал", "cp1251", ())


def test_a_mark_wins_over_http_and_http_over_the_meta_element() -> None:
    page = '<meta charset="koi8-r">' + PAGE
    assert decode_html(codecs.BOM_UTF8 + page.encode(), "windows-1251").used == "utf-8"
    russian = page.replace("Ü", "U")
    assert decode_html(russian.encode("cp1251"), "windows-1251").text == russian


def test_a_meta_element_that_says_utf_16_means_utf_8() -> None:
    page = '<meta charset="utf-16">' + PAGE
    assert decode_html(page.encode()).text == page


def test_a_page_that_says_nothing_is_utf_8_or_a_repair() -> None:
    assert decode_html(PAGE.encode()).repairs == ()
    found = decode_html(b"<p>caf\xe9</p>")
    assert (found.text, found.used, found.repairs) == ("<p>café</p>", "cp1252", ("charset",))


def test_a_meta_element_below_the_first_kilobyte_is_not_looked_for() -> None:
    page = "<!--" + "x" * 1100 + '--><meta charset="koi8-r">é'
    assert decode_html(page.encode()).used == "utf-8"


@pytest.mark.parametrize(
    ("label", "charset", "words"),
    [
        ("x-sjis", "cp932", "埠頭"),
        ("windows-31j", "cp932", "①"),
        ("ks_c_5601-1987", "cp949", "부두"),
        ("windows-949", "cp949", "부두"),
        ("x-gbk", "gb18030", "码头"),
        ("iso-8859-9", "cp1254", "ığş"),
        ("iso-8859-8-i", "iso8859-8", "שלום"),
        ("tis-620", "cp874", "ท่า"),
        ("x-euc-jp", "euc_jp", "埠頭"),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str, charset: str, words: str) -> None:
    page = f'<meta charset="{label}">{words}'
    found = decode_html(page.encode(charset))
    assert (found.text, found.used, found.repairs) == (page, charset, ())


@pytest.mark.parametrize("decode", [decode_xml, decode_html, decode_json])
def test_too_many_bytes_are_over_the_limit(decode: Callable[[bytes], Decoded]) -> None:
    with pytest.raises(OverLimit, match="bytes"):
        decode(b"x" * (32 * 1024 * 1024 + 1))


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "utf-16", "latin1", "x"]))
def test_any_bytes_become_text_or_a_refusal(data: bytes, charset: str | None) -> None:
    for decode in (decode_xml, decode_html, lambda data, _: decode_json(data)):
        with suppress(TextError):
            decode(data, charset).text.encode()


def test_an_absurd_charset_is_named_in_one_short_line() -> None:
    page = b'<meta charset="no\nsuch ' + b"x" * 500 + b'"><p>\x81\xff</p>'
    with pytest.raises(Undecodable) as told:
        decode_html(page)
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 120
