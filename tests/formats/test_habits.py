"""An agency's set phrases, in its profile, make items of any format stricter and never looser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.agency import Marker
from copytaster.agency import Restricting
from copytaster.agency import Where
from copytaster.item import EditorialType
from copytaster.item import Partial
from copytaster.item import PubStatus
from tests.formats.reading import item
from tests.formats.reading import profile

STORY = {
    "uri": "urn:meridian:1",
    "headline": "Ferry line closes for the winter",
    "slugline": "FERRY-WINTER",
    "ednote": "Adds quote. Not for use in Norland.",
    "usageterms": "Print and broadcast only",
    "copyrightnotice": "© Meridian",
    "profile": "advisory-planning",
    "genre": [{"code": "genre:Current", "name": "Current"}],
    "keywords": ["ferry", "Harbour Town"],
    "service": [{"code": "svc:home"}],
    "body_text": "The line stops on Friday.\n\nIt will open again in March.",
}
ALL = tuple(Where)


def _marking(**phrases: object) -> object:
    marker = Marker(means=EditorialType.advisory, **{"where": ALL, **phrases})
    return profile(markers=(marker,))


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (Where.headline, "ferry line"),
        (Where.slugline, "FERRY-WINTER"),
        (Where.note, "adds quote"),
        (Where.usage, "print and broadcast"),
        (Where.usage, "© Meridian"),
        (Where.profile, "advisory-planning"),
        (Where.genre, "current"),
        (Where.keyword, "harbour town"),
        (Where.service, "svc:home"),
        (Where.first_line, "the line stops"),
    ],
)
def test_a_phrase_is_looked_for_where_the_profile_says(where: Where, words: str) -> None:
    assert item(STORY, _marking(where=(where,), starts=(words,))).editorial_types == ("advisory",)
    others = tuple(other for other in Where if other is not where)
    assert item(STORY, _marking(where=others, starts=(words,))).editorial_types == ()


@pytest.mark.parametrize(
    ("phrases", "said"),
    [
        ({"starts": ("ferry",)}, True),
        ({"starts": ("line",)}, False),
        ({"starts": ("fer",)}, False),
        ({"contains": ("closes  for",)}, True),
        ({"contains": ("lose",)}, False),
        ({"equals": ("ferry line",)}, False),
        ({"equals": ("ferry line closes\nfor the winter",)}, True),
        ({"starts": ("FERRY",), "capitals": True}, False),
        ({"starts": ("Ferry",), "capitals": True}, True),
        ({"starts": ("harbour", "ferry")}, True),
        ({}, False),
    ],
)
def test_phrases_are_whole_words_and_white_space_does_not_count(
    phrases: dict[str, object], said: bool
) -> None:
    found = item(STORY, _marking(where=(Where.headline,), **phrases))
    assert (found.editorial_types == ("advisory",)) is said


@pytest.mark.parametrize(
    ("means", "status", "partial"),
    [
        (EditorialType.kill, PubStatus.canceled, Partial.none),
        (EditorialType.withhold, PubStatus.withheld, Partial.none),
        (EditorialType.takes, PubStatus.usable, Partial.add),
        (EditorialType.insert, PubStatus.usable, Partial.patch),
        (EditorialType.correction, PubStatus.usable, Partial.none),
    ],
)
def test_a_kind_told_in_words_binds_like_one_told_in_a_field(
    means: EditorialType, status: PubStatus, partial: Partial
) -> None:
    marker = Marker(where=(Where.headline,), starts=("ferry",), means=means)
    found = item(STORY, profile(markers=(marker,)))
    assert (found.pub_status, found.partial, found.editorial_types) == (status, partial, (means,))
    assert found.content_hash != item(STORY).content_hash


def test_a_restriction_is_kept_with_its_words_and_its_place() -> None:
    words = Restricting(where=(Where.note,), contains=("not for use in",), kind="territory")
    found = item(STORY, profile(restricting=(words,)))
    assert [(r.kind, r.source) for r in found.restrictions] == [("territory", "edNote")]
    assert found.restrictions[0].value == STORY["ednote"]
    assert found.hold_reason == ()


def test_a_restriction_of_a_kind_the_profile_gates_holds_the_story() -> None:
    words = Restricting(where=(Where.usage,), contains=("print and broadcast only",), kind="online")
    assert item(STORY, profile(restricting=(words,))).hold_reason == ("rights-restricted",)
    open_gates = profile(restricting=(words,), gates=frozenset())
    assert item(STORY, open_gates).hold_reason == ()


@given(words=st.text(min_size=1, max_size=20))
def test_a_phrase_that_is_not_there_changes_nothing(words: str) -> None:
    absent = "\u2603" + words
    agency = _marking(starts=(absent,), contains=(absent,), equals=(absent,))
    assert item(STORY, agency) == item(STORY)


@pytest.mark.parametrize("quote", ['"', "“", "„", "«", "'"])
def test_a_story_that_opens_by_quoting_a_phrase_is_no_notice(quote: str) -> None:
    quoted = STORY | {"headline": f"{quote}Kill the story! the note said"}
    marked = _marking(where=(Where.headline,), starts=("Kill the story",))
    assert item(quoted, marked).editorial_types == ()
    assert item(quoted | {"headline": "(* Kill the story"}, marked).editorial_types == ("advisory",)
