"""What readers type, and what it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.query import AskError
from copytaster.query import Every
from copytaster.query import Not
from copytaster.query import Phrase
from copytaster.query import ask
from copytaster.query import sought


def read(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    asked = ask(typed)
    assert asked is not None
    return sought(asked)


def test_words_phrases_and_what_to_leave_out() -> None:
    assert ask('harbour "north quay" -ferry -"old tram"') == Every(
        (Phrase("harbour"), Phrase("north quay"), Not(Phrase("ferry")), Not(Phrase("old tram")))
    )
    assert read('harbour "north quay" -ferry') == (("harbour", "north quay"), ("ferry",))


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("„Groß Gerau“ öffnet", ("Groß Gerau", "öffnet")),
        ("think-tank", ("think-tank",)),
        ("storm* C++", ("storm", "C++")),
        ("agency:ani or not (x)", ("agency:ani", "or", "not", "(x)")),
        ('say"this now"then', ("say", "this now", "then")),
        ("हिन्दी", ("हिन्दी",)),
    ],
)
def test_everything_else_is_a_word(typed: str, phrases: tuple[str, ...]) -> None:
    assert read(typed) == (phrases, ())


@pytest.mark.parametrize("typed", ["", "  ", "- & …", '""', '-""', "*"])
def test_no_word_is_no_question(typed: str) -> None:
    assert ask(typed) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("x" * 201, "long"),
        (" ".join("abcdefghijklmnopqrstu"), "many"),
        ('the "north quay', "quote"),
        ("-ferry", "without"),
    ],
)
def test_what_cannot_be_looked_for_is_told_by_a_code(typed: str, code: str) -> None:
    with pytest.raises(AskError) as refused:
        ask(typed)
    assert refused.value.code == code


@given(st.text(max_size=201))
def test_any_text_is_a_query_or_refused(typed: str) -> None:
    try:
        asked = ask(typed)
    except AskError:
        return
    assert asked is None or 0 < len(asked.of) <= 20
    assert asked is None or not any(
        part.words.endswith("*") for part in asked.of[:1] if isinstance(part, Phrase)
    )
