"""Wires that declare no charset are read by the agency's profile, and by nothing else."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.text import Decoded
from copytaster.text import OverLimit
from copytaster.text import TextError
from copytaster.text import Undecodable
from copytaster.text import decode_wire

VARIANTS = {
    "iso646-de": "#§ÄÖÜ^`äöüß",
    "iso646-se": "#@ÄÖÅ^`äöå‾",
    "iso646-fi": "#@ÄÖÅ^`äöå‾",
    "iso646-no": "#@ÆØÅ^`æøå‾",
    "iso646-dk": "#@ÆØÅ^`æøå‾",
    "iso646-fr": "£à°ç§^`éùè¨",
    "iso646-es": "£§¡Ñ¿^`°ñç~",
    "iso646-it": "£§°çé^ùàòèì",
    "iso646-uk": "£@[\\]^`{|}‾",
}


@pytest.mark.parametrize(("variant", "letters"), VARIANTS.items())
def test_a_seven_bit_variant_gives_the_letters_of_its_country(variant: str, letters: str) -> None:
    found = decode_wire(b"#@[\\]^`{|}~", variant)
    assert found == Decoded(text=letters, declared=variant, used=variant)


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_other_character_of_seven_bits_is_ascii(variant: str) -> None:
    others = bytes(byte for byte in range(128) if chr(byte) not in "#@[\\]^`{|}~")
    assert decode_wire(others, variant).text == others.decode("ascii")


def test_a_byte_of_eight_bits_in_a_seven_bit_wire_is_windows_1252_and_a_repair() -> None:
    found = decode_wire(b"M}ller und M\xfcller", "iso646-de")
    assert (found.text, found.repairs) == ("Müller und Müller", ("charset",))


def test_a_name_is_read_whatever_its_case() -> None:
    assert decode_wire(b"{", "ISO646-DE ").text == "ä"


@pytest.mark.parametrize("name", ["iso-8859-1", "latin-1", "windows-1252", "cp1252", "ISO8859-1"])
def test_latin_1_of_a_wire_means_windows_1252(name: str) -> None:
    found = decode_wire(b"\xabcaf\xe9\xbb\xa0\x93so\x94", name)
    assert (found.text, found.used, found.repairs) == ("«café»\xa0“so”", "cp1252", ())


@pytest.mark.parametrize(
    ("charset", "words"),
    [("utf-8", "Zürich"), ("cp437", "Zürich"), ("koi8-r", "Причал"), ("iso-8859-2", "Łódź")],
)
def test_a_wire_in_any_charset_of_text_is_read(charset: str, words: str) -> None:
    found = decode_wire(words.encode(charset), charset)
    assert (found.text, found.repairs) == (words, ())


def test_control_characters_stay_for_the_reader_of_the_wire() -> None:
    controls = bytes((1, 2, 3, 4, 7, 8, 9, 0x0C, 0x10, 0x11, 0x13, 0x16, 0x1E, 0x1F, 0x7F, 0))
    for charset in (None, "cp1252", "iso646-de", "utf-8"):
        assert decode_wire(controls, charset).text.encode() == controls


def test_without_a_charset_ascii_is_certain_and_anything_else_a_repair() -> None:
    assert decode_wire(b"Mueller", None) == Decoded(text="Mueller", declared=None, used="ascii")
    utf8 = decode_wire("Müller".encode(), None)
    assert (utf8.text, utf8.used, utf8.repairs) == ("Müller", "utf-8", ("charset",))
    latin = decode_wire(b"M\xfcller", None)
    assert (latin.text, latin.used, latin.repairs) == ("Müller", "cp1252", ("charset",))


def test_a_byte_order_mark_wins() -> None:
    found = decode_wire(codecs.BOM_UTF8 + "Müller".encode(), "cp1252")
    assert (found.text, found.used) == ("Müller", "utf-8")


@pytest.mark.parametrize("stated", ["ascii", "utf-8"])
def test_bytes_that_the_stated_charset_cannot_hold_are_a_repair(stated: str) -> None:
    found = decode_wire(b"M\xfcller", stated)
    assert (found.text, found.used, found.repairs) == ("Müller", "cp1252", ("charset",))


def test_utf_8_on_a_line_of_latin_1_is_seen_and_a_repair() -> None:
    found = decode_wire("Müller".encode(), "iso-8859-1")
    assert (found.text, found.used, found.repairs) == ("Müller", "utf-8", ("charset",))


@pytest.mark.parametrize("name", ["iso646-xx", "rot13", "", "utf-7"])
def test_a_name_that_is_no_charset_is_told_to_who_wrote_the_profile(name: str) -> None:
    with pytest.raises(Undecodable, match="profile"):
        decode_wire(b"x", name)


def test_bytes_that_are_no_text_are_refused() -> None:
    for charset in (None, "iso646-de", "cp1252"):
        with pytest.raises(Undecodable):
            decode_wire(b"\x81\x8d\xff\x90", charset)


def test_a_wire_that_is_too_long_is_over_the_limit() -> None:
    with pytest.raises(OverLimit):
        decode_wire(b"x" * (32 * 1024 * 1024 + 1), None)


@given(
    st.binary(max_size=80),
    st.sampled_from([None, "utf-8", "cp1252", "utf-16", "iso-8859-2", "ascii", *VARIANTS]),
)
def test_no_byte_of_a_wire_is_ever_replaced(data: bytes, charset: str | None) -> None:
    with suppress(TextError):
        found = decode_wire(data, charset)
        if "\ufffd" in found.text:
            assert "\ufffd".encode(found.used if found.used not in VARIANTS else "utf-8") in data
