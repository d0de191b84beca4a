"""Where phrases stand in a text: the same fold, on the words as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.text import fold
from copytaster.text import folded_words
from copytaster.text import occurrences

ODD = "abB ß-éÉ\u0301.,'\"कि\u094dह\u093eر\u0650و京東*0½…٣ﬁ\u00ad\u200c\n\U0001d40d"
odd_texts = st.text(st.sampled_from(ODD), max_size=30) | st.text(max_size=30)
ordinary_texts = odd_texts.map(lambda odd: f"{'The Ferry, a quay. ' * 9}{odd}The North")
"""nearly all ASCII, as most copy of Europe is: folded another way"""


def standing(text: str, *phrases: str) -> list[str]:
    return [text[begin:end] for begin, end in occurrences(text, phrases)]


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("The Ferry, the ferry.", "ferry", ["Ferry", "ferry"]),
        ("Straße und STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("cafe\u0301 noir", "CAFÉ", ["cafe\u0301"]),
        ("हिन्दी दिवस", "हिन्दी", ["हिन्दी"]),
        ("東京都", "京都", ["京都"]),
        ("the north\nquay", "north quay", ["north\nquay"]),
        ("a think-tank’s", "think tank", ["think-tank"]),
        ("ferry ferries", "ferries", ["ferries"]),
        ("soft\u00adware", "software", ["soft\u00adware"]),
        ("x", "", []),
    ],
)
def test_a_phrase_stands_where_a_reader_sees_it(text: str, phrase: str, found: list[str]) -> None:
    assert standing(text, phrase) == found


def test_what_overlaps_is_marked_once() -> None:
    assert standing("north quay office", "north quay", "quay office") == ["north quay office"]


@given(odd_texts | ordinary_texts)
def test_the_words_are_those_of_the_fold(text: str) -> None:
    words = folded_words(text)
    assert [word for word, _, _ in words] == fold(text).split()
    for word, begin, end in words:
        assert 0 <= begin < end <= len(text)
        assert word in fold(text[begin:end])


@given(odd_texts, odd_texts)
def test_it_stands_somewhere_exactly_when_it_is_found(text: str, phrase: str) -> None:
    sought = fold(phrase)
    is_found = bool(sought.strip()) and sought in fold(text)
    assert bool(occurrences(text, [phrase])) == is_found
