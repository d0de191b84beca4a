"""What each of two versions has that the other has not."""

from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading import Span
from copytaster.reading import differences
from tests.reading.stories import ARABIC
from tests.reading.stories import CHINESE
from tests.reading.stories import FERRY
from tests.reading.stories import TRAM
from tests.reading.stories import story

FIRST, SECOND, THIRD, *REST = FERRY.strip().split("\n\n")
texts = st.lists(st.sampled_from([FIRST, SECOND, THIRD, "ab.", "*", "", "a\nb"]), max_size=6).map(
    "\n\n".join
)


def _said(text: str, passages: tuple[Span, ...]) -> list[str]:
    return [text[passage.start : passage.end] for passage in passages]


def test_each_has_a_paragraph_of_its_own() -> None:
    one, other = f"{FIRST}\n\n{SECOND}\n\n{THIRD}", f"{FIRST}\n\n{REST[0]}\n\n{THIRD}"
    found = differences(one, other)
    assert _said(one, found.only_one) == [SECOND]
    assert _said(other, found.only_other) == REST[:1]
    assert found.altered == ()


def test_one_changed_figure_in_a_long_paragraph_is_seen() -> None:
    long = f"{FIRST} {SECOND} {THIRD}"
    one, other = f"{long}\n\n{TRAM}", f"{long.replace('14', '41')}\n\n{TRAM}"
    found = differences(one, other)
    assert found.only_one == found.only_other == ()
    (altered,) = found.altered
    assert one[altered.one.start : altered.one.end] == long
    assert "41 centimetres" in other[altered.other.start : altered.other.end]


def test_what_was_moved_joined_or_parted_or_dressed_is_no_difference() -> None:
    one = "\n\n".join([FIRST, f"{SECOND} {THIRD}", *REST])
    other = "\n\n".join([*REST, FIRST, SECOND, THIRD]).upper().replace('"', "\N{DOUBLE PRIME}")
    other = other.replace(f"{SECOND.upper()}\n\n", f"{SECOND.upper()}\n\n* * *\n\n")
    assert differences(one, other) == differences(one, one)
    assert differences(one, one).altered == ()


def test_a_sentence_more_alters_its_paragraph() -> None:
    found = differences(FERRY, FERRY.replace(SECOND, f"{SECOND} Nobody was hurt in the harbour."))
    (altered,) = found.altered
    assert FERRY[altered.one.start : altered.one.end] == SECOND


def test_other_scripts() -> None:
    assert differences(ARABIC, f"{ARABIC}\n{CHINESE}").only_one == ()
    found = differences(ARABIC, f"{ARABIC}\n{CHINESE}")
    assert _said(f"{ARABIC}\n{CHINESE}", found.only_other) == [CHINESE.strip()]


@given(texts, texts)
def test_passages_are_paragraphs_and_the_other_way_round_is_the_same(one: str, other: str) -> None:
    found, turned = differences(one, other), differences(other, one)
    assert (found.only_one, found.only_other) == (turned.only_other, turned.only_one)
    for said in (*_said(one, found.only_one), *_said(other, found.only_other)):
        assert said.strip()
        assert "\n\n" not in said
    assert {(a.one, a.other) for a in found.altered} == {(a.other, a.one) for a in turned.altered}


@given(texts)
def test_nothing_is_missing_from_itself(text: str) -> None:
    found = differences(text, text)
    assert (found.only_one, found.only_other, found.altered) == ((), (), ())


def test_hostile_texts_are_compared_within_bounds() -> None:
    lines = "\n\n".join(f"line {n} of the list of results" for n in range(3_000))
    assert len(differences(lines, "").only_one) == 3_000
    assert len(differences("a" * 100_000, story(1)).only_one) == 1
    assert differences("\n" * 100_000, "?!\n\n" * 10_000) == differences("", "")
