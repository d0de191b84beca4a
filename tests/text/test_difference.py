"""What changed, word by word: right, as short as can be, and never dear."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.text import Fate
from copytaster.text import Stretch
from copytaster.text import _difference
from copytaster.text import difference

FEW = st.lists(st.sampled_from(["ferry", "runs", "at", "seven", "again"]), max_size=9)
"""so few words that no unchanged one is left out"""


def shown(stretches: Sequence[Stretch] | None) -> str:
    assert stretches is not None
    marks = {Fate.gone: "[-{}-]", Fate.came: "{{+{}+}}", Fate.same: "{}", Fate.skipped: " …"}
    return "".join(marks[one.kind].format(one.words) for one in stretches).strip()


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ("by a tenth, he said", "by a twentieth, he said", "by a[- tenth-]{+ twentieth+}, he said"),
        ("to 4.4 million", "to 4.2 million", "to[- 4.4-]{+ 4.2+} million"),
        ("can't stop", "can stop", "[-can't-]{+can+} stop"),
        ("«Ja», sagte er", "«Nein», sagte er", "«[-Ja-]{+Nein+}», sagte er"),
        ("one\n\ntwo", "one two", "one[- ¶-] two"),
        ("one", "one\n\ntwo", "one{+ ¶ two+}"),
        ("तीन लोग गिरफ्तार।", "चार लोग गिरफ्तार।", "[-तीन-]{+चार+} लोग गिरफ्तार।"),
        ("港口今天关闭", "港口明天关闭", "港口[-今-]{+明+}天关闭"),
        ("", "words", "{+words+}"),
        ("words", "", "[-words-]"),
    ],
)
def test_the_words_that_changed_are_marked(old: str, new: str, seen: str) -> None:
    assert shown(difference(old, new)) == seen


@pytest.mark.parametrize(
    ("old", "new"), [("", ""), ("a  b", "a b"), ("a\nb", "a b "), ("a\n\n\nb", "a\n\nb")]
)
def test_blanks_alone_are_no_difference(old: str, new: str) -> None:
    assert difference(old, new) == ()


def test_a_long_unchanged_stretch_is_left_out_but_for_the_words_around() -> None:
    words = [f"w{n}" for n in range(100)]
    changed = [*words[:50], "new", *words[51:]]
    seen = shown(difference(" ".join(words), " ".join(changed)))
    around = " ".join(words[42:50])
    assert seen == f"… {around}[- w50-]{{+ new+}} {' '.join(words[51:59])} …"


def test_one_word_is_never_left_out_to_save_its_place() -> None:
    words = "a " + " ".join(f"w{n}" for n in range(17)) + " b"
    assert "…" not in shown(difference(words, words.replace("a ", "c ").replace(" b", " d")))


@given(FEW, FEW)
def test_both_texts_can_be_read_back_out_of_it(old: list[str], new: list[str]) -> None:
    found = difference(" ".join(old), " ".join(new))
    assert found is not None
    if not found:
        assert old == new
        return
    for text, other in ((old, Fate.came), (new, Fate.gone)):
        kept = " ".join(one.words for one in found if one.kind is not other)
        assert kept.split() == text


@given(FEW, FEW)
def test_no_shorter_list_of_changes_exists(old: list[str], new: list[str]) -> None:
    found = difference(" ".join(old), " ".join(new))
    assert found is not None
    changed = [one for one in found if one.kind in (Fate.gone, Fate.came)]
    assert sum(len(one.words.split()) for one in changed) == len(old) + len(new) - 2 * common(
        old, new
    )


def common(old: Sequence[str], new: Sequence[str]) -> int:
    """The most words both have in the same order, by the plain table."""
    row = [0] * (len(new) + 1)
    for word in old:
        above, row = row, [0]
        for n, other in enumerate(new):
            row.append(above[n] + 1 if word == other else max(above[n + 1], row[n]))
    return row[-1]


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(old: str, new: str) -> None:
    found = difference(old, new)
    assert found is not None
    assert (found == ()) or any(one.kind in (Fate.gone, Fate.came) for one in found)


def test_a_rewritten_text_is_not_listed() -> None:
    old = " ".join(f"a{n}" for n in range(300))
    assert difference(old, old.replace("a", "b")) is None
    assert difference("x " * 20_000, "x " * 19_999 + "y") is None
    assert difference("x " * 20_000, "x " * 20_000) == ()


def test_a_text_made_to_be_dear_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = 0

    class Word(str):
        """Counts how often it is compared."""

        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            nonlocal steps
            steps += 1
            return str.__eq__(self, other)

        def __ne__(self, other: object) -> bool:
            return not self == other

    made = _difference._words
    monkeypatch.setattr(
        _difference,
        "_words",
        lambda text: [_difference._Word(Word(w.text), w.blank) for w in made(text)],
    )
    old = "a b " * 2000 + "c " * 1000
    new = "b a a " * 1500 + "d " * 1000
    assert difference(old, new) is None
    assert 1000 < steps <= 2 * _difference.STEPS + 10
