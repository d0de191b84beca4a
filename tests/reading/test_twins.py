"""Which texts are versions of one."""

import random
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading import SCHEME
from copytaster.reading import Near
from copytaster.reading import Pair
from copytaster.reading import Shingles
from copytaster.reading import Way
from copytaster.reading import compare
from copytaster.reading import groups
from copytaster.reading import is_likely
from copytaster.reading import is_twin
from copytaster.reading import least_shared
from copytaster.reading import pairs
from copytaster.reading import shingles
from tests.reading import stories
from tests.reading.stories import story
from tests.reading.stories import top

ALL = {
    "ferry": stories.FERRY,
    "tram": stories.TRAM,
    "hindi": stories.HINDI,
    "chinese": stories.CHINESE,
    "arabic": stories.ARABIC,
}
BACKGROUND = story(99, 24)
texts = st.text(st.sampled_from("abc dé-“’.\n0कि京東عر"), max_size=400)
passages = st.integers(0, 10**6).map(lambda seed: story(seed, 6))


def held_against(one: str, other: str) -> Pair:
    return compare(shingles(one), shingles(other))


def are_twins(one: str, other: str) -> bool:
    return is_twin(held_against(one, other))


# --- versions ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("share", [1, 0.75, 0.5])
def test_a_story_and_its_top_are_twins_in_any_script(name: str, share: float) -> None:
    whole = ALL[name]
    cut = whole[: round(len(whole) * share)]
    pair = held_against(cut, whole)
    assert is_twin(pair)
    assert pair.way in ({Way.same} if share == 1 else {Way.one_is_top, Way.same})
    assert pair.scheme == SCHEME


def _quake(place: str, magnitude: str, depth: int, far: int) -> str:
    return (
        f"A magnitude {magnitude} earthquake struck off {place} on Tuesday, the survey said. "
        f"The quake was at a depth of {depth} km and was centred {far} km southwest of the "
        "port. There were no immediate reports of damage or casualties, and no warning was issued."
    )


def test_what_is_written_by_one_form_with_other_figures_is_no_twin() -> None:
    one = _quake("Ansel", "6.1", 23, 140)
    assert not are_twins(one, _quake("Lindow", "5.4", 88, 210))
    assert are_twins(one, _quake("Ansel", "6.2", 23, 140))
    assert held_against(one, _quake("Lindow", "5.4", 88, 210)).figures == 0


def test_years_and_single_digits_are_no_figures() -> None:
    assert shingles("In 2025 and 1999, 3 boats of 12.5 tons and 1,999 men.").figures == {
        "12.5",
        "1,999",
    }


@pytest.mark.parametrize("name", ALL)
def test_different_stories_are_no_twins_in_any_script(name: str) -> None:
    assert not [other for other in ALL if other != name and are_twins(ALL[name], ALL[other])]


def test_what_clients_do_to_copy_leaves_it_a_twin() -> None:
    ferry = stories.FERRY
    paragraphs = ferry.strip().split("\n\n")
    dressed = ferry.replace('"', "\N{LEFT DOUBLE QUOTATION MARK}").replace(" - ", " \N{EM DASH} ")
    versions = {
        "marks": dressed,
        "capitals": ferry.upper(),
        "dateline": ferry.replace("PORT ANSEL, March 3 (Seaboard) -", "ANSEL (Own report) --"),
        "dateline taken out": ferry.partition(" - ")[2],
        "headline": f"Cracked rudder keeps islanders ashore\n\n{ferry}",
        "rewrapped": ferry.replace(" ", "\n"),
        "background": f"{ferry}\n{BACKGROUND}",
        "insert": "\n\n".join([*paragraphs[:2], "An engineer is on her way.", *paragraphs[2:]]),
        "cut and other background": f"{top(ferry, 0.6)}\n\n{story(98, 20)}",
    }
    assert [name for name, words in versions.items() if not are_twins(ferry, words)] == []
    assert held_against(ferry, dressed) == held_against(ferry, ferry)
    assert held_against(ferry, ferry.upper()) == held_against(ferry, ferry)


def test_shared_background_makes_no_twins() -> None:
    one, other = f"{story(1)}\n{BACKGROUND}", f"{story(2, 20)}\n{BACKGROUND}"
    pair = held_against(one, other)
    assert max(pair.one_in_other, pair.other_in_one) >= 0.5
    assert not is_twin(pair)


def test_what_fills_every_alert_makes_no_twins() -> None:
    more = "More follows on this service as soon as it is known. Subscribers may ask the desk."
    assert not are_twins(f"Bridge closed at Oyle. {more}", f"Renck resigns as mayor. {more}")


def test_numbers_count() -> None:
    assert held_against("Oyle 1, Ansel 2", "Oyle 1, Ansel 3").way is Way.apart


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        (stories.FERRY, stories.FERRY.upper(), Way.same),
        (top(stories.FERRY, 0.5), stories.FERRY, Way.one_is_top),
        (stories.FERRY, top(stories.FERRY, 0.5), Way.other_is_top),
        (stories.FERRY[-500:], stories.FERRY, Way.one_is_part),
        (stories.FERRY, stories.FERRY[-500:], Way.other_is_part),
        (f"{top(stories.FERRY, 0.6)}\n{story(1)}", stories.FERRY, Way.overlap),
        (stories.TRAM, stories.FERRY, Way.apart),
    ],
)
def test_it_is_said_which_has_the_other(one: str, other: str, way: Way) -> None:
    assert held_against(one, other).way is way


# --- always and never ----------------------------------------------------------------------------


@given(texts)
def test_a_text_is_its_own_twin_unless_it_has_no_word(text: str) -> None:
    assert are_twins(text, text) == bool(shingles(text).all)


@given(passages, st.integers(12, 60))
def test_the_top_of_a_text_is_all_in_it(whole: str, words: int) -> None:
    cut = " ".join(whole.split(" ")[:words])
    assert held_against(cut, whole).one_in_other == 1
    assert held_against(cut, whole).head_of_one == 1


@given(texts, texts)
def test_the_other_way_round_is_the_same_pair_turned(one: str, other: str) -> None:
    pair, turned = held_against(one, other), held_against(other, one)
    assert (pair.one_in_other, pair.other_in_one) == (turned.other_in_one, turned.one_in_other)
    assert (pair.head_of_one, pair.head_of_other) == (turned.head_of_other, turned.head_of_one)
    assert is_twin(pair) == is_twin(turned)
    assert pair.way.value == turned.way.value.replace("one", "x").replace("other", "one").replace(
        "x", "other"
    )


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_unrelated_texts_are_never_twins(one: int, other: int) -> None:
    assert are_twins(story(one, 12), story(other, 12)) == (one == other)


@given(texts, texts)
def test_what_stands_around_a_passage_changes_none_of_its_shingles(one: str, other: str) -> None:
    assert shingles(one).all <= shingles(f"{one}\n\n{other}").all or len(shingles(one).line) == 1


# --- among many ----------------------------------------------------------------------------------


def _wire() -> dict[str, str]:
    """Ten stories, each with its top and a version with background; and one line of the last."""
    wire = {}
    for n in range(10):
        wire[f"{n}"] = story(n)
        wire[f"{n} top"] = top(story(n), 0.4)
        wire[f"{n} long"] = f"{story(n)}\n{BACKGROUND}"
    wire["9 alert"] = top(story(9), 0.05)
    return wire


def _found(wire: dict[str, str]) -> set[frozenset[str]]:
    read = {name: shingles(words) for name, words in wire.items()}
    twins = [(one, other) for one, other, pair in pairs(read) if is_twin(pair)]
    return {frozenset(group) for group in groups(twins)}


def test_versions_are_found_among_many_whatever_came_first() -> None:
    wire = _wire()
    wanted = {frozenset(name for name in wire if name.startswith(str(n))) for n in range(10)}
    assert _found(wire) == wanted
    for seed in range(5):
        names = sorted(wire)
        random.Random(seed).shuffle(names)
        assert _found({name: wire[name] for name in names}) == wanted


def test_a_pair_is_told_once_in_the_order_given() -> None:
    read = {name: shingles(stories.FERRY) for name in "abc"}
    assert [(one, other) for one, other, _ in pairs(read)] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_what_hundreds_have_in_common_is_not_compared() -> None:
    """A house's formula must not make every story of it a candidate of every other."""
    formula = "This report was made by the night desk of the agency and moved to all its clients."
    many = 420
    read = {n: shingles(f"{story(n, 8)}\n{formula}") for n in range(many)}
    compared = sum(1 for _ in pairs(read))
    assert compared <= 200 * many < many * (many - 1) / 2


@pytest.mark.parametrize(
    ("linked", "found"),
    [
        ([], []),
        ([("a", "b")], [["a", "b"]]),
        ([("a", "b"), ("c", "d"), ("d", "b")], [["a", "b", "c", "d"]]),
        ([("a", "b"), ("c", "d"), ("b", "a")], [["a", "b"], ["c", "d"]]),
    ],
)
def test_groups_are_what_is_connected(
    linked: list[tuple[str, str]], found: list[list[str]]
) -> None:
    assert groups(linked) == found


# --- what is kept --------------------------------------------------------------------------------


def test_of_a_long_text_one_shingle_in_eight_is_kept() -> None:
    read = shingles(story(3, 200))
    assert len(read.kept) / len(read.all) == pytest.approx(1 / 8, rel=0.2)
    assert read.kept < read.all
    assert least_shared(read) == 2


def test_a_short_text_is_kept_whole_so_that_the_story_it_began_finds_it() -> None:
    alert = shingles(top(stories.FERRY, 0.08))
    assert alert.kept == alert.all
    assert least_shared(alert) == 1
    assert len(shingles(stories.FERRY).sought & alert.kept) >= least_shared(shingles(stories.FERRY))


def test_the_scheme_makes_the_same_numbers_for_ever() -> None:
    """What is kept was made by an older program; a change here needs another scheme's name."""
    assert SCHEME == "w5c10/8/crc32"
    runs = (b"one two three four five", b"two three four five 6")
    assert shingles("One, TWO three — four Fïve, 6").line == tuple(map(crc32, runs))
    letters = ("渡 轮 在 星 期 四 之 前 不 会", "轮 在 星 期 四 之 前 不 会 启")
    assert shingles("渡轮在星期四之前不会启").line == tuple(crc32(run.encode()) for run in letters)
    assert shingles("कि, मी").line == (crc32("कि मी".encode()),)


def test_schemes_do_not_compare() -> None:
    one = frozenset({1})
    old = Shingles(line=(1,), all=one, head=one, kept=one, sought=one, scheme="w3/8/crc32")
    with pytest.raises(ValueError, match="cannot be compared"):
        compare(old, shingles("a"))


# --- bad input -----------------------------------------------------------------------------------

BAD = {
    "empty": "",
    "one word": "ferry",
    "only punctuation": "?!… — “”\n\n..." * 400,
    "only marks": "\u0301" * 1000,
    "50,000 words": " ".join(f"word{n}" for n in range(50_000)),
    "one line of 100,000 characters": "a" * 100_000,
    "one line of 100,000 letters without spaces": "港务" * 50_000,
    "the same words again and again": "again and " * 20_000,
    "right to left": stories.ARABIC * 50,
    "lines": "\n" * 10_000 + "a\n" * 10_000,
    "half a surrogate": "ferry \ud800 quay",
}


@pytest.mark.parametrize("name", BAD)
def test_hostile_texts_are_read_within_bounds(name: str) -> None:
    read = shingles(BAD[name])
    assert len(read.kept) <= 1000
    assert len(read.sought) <= 1200
    assert is_twin(compare(read, read)) == bool(read.all)
    assert not is_twin(compare(read, shingles(stories.FERRY)))


# --- at hand -------------------------------------------------------------------------------------

_at_hand = st.lists(
    st.tuples(st.integers(0, 5), st.none() | st.integers(0, 3), st.integers(1, 12)), max_size=12
)
"""(key, what story or none to let go of the key, how many sentences of it)"""


@given(said=_at_hand, one=st.integers(0, 3), long=st.integers(1, 12))
def test_what_is_at_hand_is_found_as_by_looking_at_each(
    said: list[tuple[int, int | None, int]], one: int, long: int
) -> None:
    near, there = Near[int](), dict[int, Shingles]()
    for key, seed, sentences in said:
        there.pop(key, None)
        if seed is None:
            near.drop(key)
        else:
            there[key] = shingles(story(seed, sentences))
            near.add(key, there[key])
    text = shingles(story(one, long))
    assert near.worth_comparing(text) == [
        key
        for key, other in there.items()
        if is_likely(text, len(text.sought & other.kept), len(other.kept))
        or is_likely(other, len(other.sought & text.kept), len(text.kept))
    ]
    assert len(near) == len(there)
    assert {key: near.get(key) for key in range(6)} == {key: there.get(key) for key in range(6)}
