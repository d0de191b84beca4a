"""The word-for-word gate: it sees what a reader would see, and the least difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from copytaster import text
from copytaster.item import Block
from copytaster.item import BlockKind
from copytaster.item import Copy
from copytaster.item import Item
from copytaster.item import Line
from copytaster.item import Run
from copytaster.press import edition
from copytaster.press._gate import faults
from tests.press.making import COPIES
from tests.press.making import LINES
from tests.press.making import SITE
from tests.press.making import UNKNOWN
from tests.press.making import facts
from tests.press.making import item
from tests.press.making import page

HEADLINE = "Harbour stays open"


def _gate(finished: str) -> tuple[str, ...]:
    return faults(finished.encode(), HEADLINE, "ANI", text.plain(item().copy))


def test_an_honest_page_passes() -> None:
    assert _gate(page()) == ()


@pytest.mark.parametrize(
    ("was", "became", "named"),
    [
        ("minister said", "minister sald", "body: differs at character"),
        ("minister said", "ministersaid", "body: differs at character"),
        ("said on", "said  on", "body: differs at character"),
        ("&quot;Nobody", "“Nobody", "page has U+201C, copy U+0022"),
        ("— and left", "- and left", "page has U+002D, copy U+2014"),
        ("left.</p>", "left.</p><p>Read also</p>", "copy its end"),
        ("left.</p>", "left.</p>Read also", "body: differs"),
        ("<p>The harbour stays open, the minister said on Thursday.</p>\n", "", "body: differs"),
        ('"byline">ANI', '"byline">ANI ', "byline: differs at character 3: page has U+0020"),
        ('"byline">ANI', '"byline">By ANI', "byline: differs at character 0"),
        (f">{HEADLINE}</h1>", f">{HEADLINE}!</h1>", "headline: differs at character 18"),
        ("<h1 ", '<h1 data-copy="headline">Again</h1><h1 ', "headline: the page does not have"),
        ('data-copy="headline"', "", "headline: the page does not have exactly one"),
        ('data-copy="byline"', "", "byline: the page does not have exactly one"),
        ('data-copy="body"', "", "body: differs at character 0: page has its end"),
    ],
)
def test_any_change_to_a_finished_page_is_a_fault(was: str, became: str, named: str) -> None:
    before, found_there, after = page().rpartition(was)
    assert found_there == was
    found = _gate(before + became + after)
    assert len(found) == 1
    assert named in found[0]


@given(st.data())
def test_no_changed_character_of_a_body_gets_through(data: st.DataObject) -> None:
    finished = page()
    start = finished.rindex("The harbour")
    end = finished.rindex("Thursday.") + len("Thursday.")
    place = data.draw(st.integers(start, end - 1))
    other = data.draw(st.characters(exclude_categories=["Cs"], exclude_characters="<&\0\r"))
    changed = finished[:place] + other + finished[place + 1 :]
    assert (_gate(changed) == ()) == (changed == finished)


@given(copy=COPIES, headline=LINES, byline=LINES)
def test_any_words_at_all_are_published_unchanged(copy: Copy, headline: str, byline: str) -> None:
    pressed = edition(facts(item(copy, headline, by=byline)), SITE)
    assert pressed.faults == ()
    assert pressed.files["text"].decode() == text.plain(copy)
    seen = text.read_back(pressed.files["page"])
    assert (seen.headline, seen.byline, seen.text) == (headline, byline, text.plain(copy))


@pytest.mark.parametrize("character", ["\0", "\ud800", "\x01", "\x0b", "\ufffe"])
def test_a_headline_that_no_feed_could_carry_is_not_published(character: str) -> None:
    pressed = edition(facts(item(headline=f"Har{character}bour")), SITE)
    assert pressed.faults == (f"headline: U+{ord(character):04X} cannot be published unchanged",)
    assert pressed.files == {}


@pytest.mark.parametrize("character", ["\0", "\udfff"])
def test_a_body_that_no_page_could_carry_is_not_published(character: str) -> None:
    line = Line(cells=((Run(text=f"a{character}b"),),))
    copy = Copy(blocks=(Block(kind=BlockKind.paragraph, lines=(line,)),))
    pressed = edition(facts(item(copy)), SITE)
    assert pressed.faults == (f"body: U+{ord(character):04X} cannot be published unchanged",)
    assert pressed.files == {}


@pytest.mark.parametrize("headline", [None, "", " \N{NO-BREAK SPACE}"])
def test_a_story_without_a_headline_is_not_published(headline: str | None) -> None:
    assert edition(facts(item(headline=headline)), SITE).faults == (
        "headline: the agency sent none",
    )


def test_where_the_agency_sent_no_byline_the_page_names_the_agency() -> None:
    for by in (None, "", "  "):
        pressed = edition(facts(item(by=by), agency=UNKNOWN), SITE)
        assert pressed.faults == ()
        assert text.read_back(pressed.files["page"]).byline == "somebody"


# --- a text that came in pieces -----------------------------------------------------------------


def _pieces(*words: str) -> tuple[Item, ...]:
    return tuple(replace(item(), guid=f"urn:{word}", copy=_copy(word)) for word in words)


def _copy(*words: str) -> Copy:
    return Copy(
        blocks=tuple(
            Block(kind=BlockKind.paragraph, lines=(Line(cells=((Run(text=word),),)),))
            for word in words
        )
    )


@pytest.mark.parametrize("tampered", [False, True])
def test_a_joined_text_is_held_against_each_of_its_messages(tampered: bool) -> None:
    pieces = _pieces("The ferry runs.", "It is full.")
    shown = ("The ferry runs.", "It is  full." if tampered else "It is full.")
    joined = replace(pieces[0], copy=_copy(*shown))
    found = edition(replace(facts(), item=joined, parts=pieces), SITE).faults
    assert bool(found) is tampered
    if tampered:
        assert "joined text: differs at character" in found[0]


@pytest.mark.parametrize("shown", [("The ferry runs.",), ("It is full.", "The ferry runs.")])
def test_a_joined_text_that_lacks_a_message_or_turns_them_round_is_a_fault(
    shown: tuple[str, ...],
) -> None:
    pieces = _pieces("The ferry runs.", "It is full.")
    joined = replace(pieces[0], copy=_copy(*shown))
    assert edition(replace(facts(), item=joined, parts=pieces), SITE).faults
