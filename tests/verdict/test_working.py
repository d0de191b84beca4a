"""Notes of the newsroom to itself are held; stories with a newsroom word in them are not."""

import pytest

from copytaster.item import Byline
from tests.verdict.making import at
from tests.verdict.making import codes
from tests.verdict.making import message

NOTES = [
    "Hi Mia, can you check with the desk whether we writethru the third graf before he calls?",
    "Pls do not move this yet, TK the name of the court. Eds: slug stays the same.",
    "hey Jon, thx for the lede. Could you file the rest by five? Slugged ferry-quay.",
]
STORIES = [
    "The union asked the newspaper's desk to return the slug of type that a printer had kept.",
    "Hello Kell, said the singer, and asked whether somebody could check the weather.",
    "A slug was found in the lettuce, the market said. It will ask growers to check.",
    "Please do not move this stone, a sign beside the path says.",
    "TK Maler, a painter from Vester, has written a guide to the slugs of the coast.",
]


@pytest.mark.parametrize("text", NOTES)
def test_a_conversation_that_nobody_signed_is_held(text: str) -> None:
    assert codes(at("12:00", message(text))) == ["working-notes"]


@pytest.mark.parametrize("text", STORIES)
def test_a_story_with_such_a_word_flows(text: str) -> None:
    assert codes(at("12:00", message(text))) == []


@pytest.mark.parametrize(
    "signed",
    [{"by": "By Mia Landry"}, {"bylines": (Byline(name="Mia Landry"),)}, {"dateline": "ZURICH"}],
)
def test_what_is_signed_or_comes_from_a_place_is_a_story(signed: dict[str, object]) -> None:
    assert codes(at("12:00", message(NOTES[0], **signed))) == []
