"""What an agency writes cannot move a terminal's cursor or forge a line of a log."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from copytaster.newsroom.terminal import plain

HOSTILE = "a\x1b[2Jb\x07c\rd\ne\x9b31mf\u202eg\u2066h\u2028i\x7f"


@given(st.text())
def test_nothing_that_is_shown_moves_the_cursor(words: str) -> None:
    shown = plain(words)
    assert all(unicodedata.category(letter) not in {"Cc", "Zl", "Zp"} for letter in shown)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(shown)
    shown.encode()


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_ordinary_words_of_any_script_are_shown_as_they_are(words: str) -> None:
    assert plain(words) == words


def test_what_is_not_shown_is_told_by_its_escape() -> None:
    assert plain(HOSTILE) == (r"a\x1b[2Jb\x07c\rd\ne\x9b31mf\u202eg\u2066h\u2028i\x7f")
