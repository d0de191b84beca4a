"""The measure of the press makes what it says: whole stories, each another, with all they have."""

from bench import pressing
from bench.pressing import facts
from copytaster import press


def test_every_story_of_the_measure_passes_the_gate_with_its_picture() -> None:
    pages = []
    for number in range(3):
        pressed = press.edition(facts(number), pressing._SITE)
        assert pressed.faults == ()
        assert 900 <= len(pressed.files["text"].split()) <= 1_100
        assert b"<img" in pressed.files["page"]
        assert b"/v2" in pressed.files["page"], "its earlier editions are told of"
        pages.append(pressed.files["page"])
    assert len(set(pages)) == 3
