"""Bytes become characters by their marks and declarations, strictly, or not at all."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.text import Decoded
from copytaster.text import TextError
from copytaster.text import Undecodable
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
    assert decode_xml(STORY.encode()) == Decoded(text=STORY, declared=None, used="utf-8")


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


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "utf-16", "latin1", "x"]))
def test_any_bytes_become_text_or_a_refusal(data: bytes, charset: str | None) -> None:
    for decode in (lambda: decode_xml(data, charset), lambda: decode_json(data)):
        with suppress(TextError):
            decode().text.encode()
