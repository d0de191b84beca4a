"""What a scripted agency says arrives: each writer's document, read by the parser of its format."""

from datetime import UTC
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import agency
from copytaster import formats
from copytaster.demo import compose
from copytaster.demo import read
from copytaster.demo.config import PROFILES
from copytaster.item import EmbargoState
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.text import plain

SEABOARD = agency.load("seaboard", PROFILES)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HEAD = "# A statement.\nagency  seaboard\nstart  2026-03-02T09:00:00Z\n"
ALL = ["rss", "atom", "ninjs", "newsml-g2", "nitf"]
NUMBERED = ["ninjs", "newsml-g2", "nitf"]

# A line of a script: no control characters, no blanks at its ends, none run together by `read`.
LINES = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs", "Cn"]), min_size=1, max_size=60
).filter(lambda line: line == line.strip() and "{" not in line and "@" not in line)


def items(text: str) -> tuple[Item, ...]:
    script = read(HEAD + text, "some.wire")
    found = []
    for step in script.steps:
        sending = compose(script, step.act, script.start)
        context = formats.Context(received=NOON, content_type=sending.content_type)
        parsed = formats.parse(sending.data, SEABOARD, context)
        assert not parsed.failed
        found += parsed.items
    return tuple(found)


@pytest.mark.parametrize("format", ALL)
@given(headline=LINES, by=LINES, texts=st.lists(LINES, min_size=1, max_size=3))
def test_words_arrive_as_they_were_said(
    format: str, headline: str, by: str, texts: list[str]
) -> None:
    lines = "".join(f"    text  {text}\n" for text in texts)
    [item] = items(
        f"09:00:00  send {format} flood\n    headline  {headline}\n    by  {by}\n{lines}"
    )
    assert item.headline == headline
    assert item.by == by
    assert plain(item.copy) == "\n\n".join(texts) + "\n"
    assert not item.hold_reason
    assert not item.repairs


@pytest.mark.parametrize("format", ALL)
def test_an_item_has_its_guid_and_the_time_of_its_version(format: str) -> None:
    first, second = items(
        f"09:00:00  send {format} flood\n    headline  H\n    text  A\n"
        f"09:10:00  send {format} flood\n    headline  H\n    text  B\n"
    )
    assert first.guid == second.guid == "urn:newsml:seaboard.example:flood"
    assert second.version_created is not None
    assert second.version_created.instant == datetime(2026, 3, 2, 9, 10, tzinfo=UTC)
    # NITF states when a version was issued, not when the story was first written.
    if format != "nitf":
        assert second.first_created is not None
        assert second.first_created.instant == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("format", NUMBERED)
@pytest.mark.parametrize(
    ("said", "state"),
    [
        ('""', EmbargoState.indefinite),
        ("tomorrow", EmbargoState.unparseable),
        ("2026-03-02T10:00:00", EmbargoState.unparseable),
        ("@10:00:00", EmbargoState.until),
    ],
)
def test_an_embargo_arrives_in_each_of_its_states(
    format: str, said: str, state: EmbargoState
) -> None:
    [item] = items(f"09:00:00  send {format} flood 1  embargo {said}\n    text  A\n")
    assert item.embargo.state is state


@pytest.mark.parametrize("format", NUMBERED)
@pytest.mark.parametrize("status", ["usable", "withheld", "canceled"])
def test_status_and_version_arrive(format: str, status: str) -> None:
    [item] = items(f"09:00:00  send {format} flood 12  status {status}\n    text  A\n")
    assert item.pub_status is PubStatus(status)
    assert item.version_number == 12


@pytest.mark.parametrize("format", ["rss", "atom", "newsml-g2"])
def test_one_delivery_may_hold_several_stories(format: str) -> None:
    found = items(
        f"09:00:00  send {format} one\n    headline  H\n    text  A\n"
        "    also  two\n    headline  I\n    text  B\n"
    )
    assert [item.headline for item in found] == ["H", "I"]


def test_a_readers_correction_note_arrives_word_for_word() -> None:
    [item] = items(
        "09:00:00  send newsml-g2 flood 2\n    headline  H\n    text  A\n"
        "    correction  Corrects the number to 4 < 5.\n"
    )
    assert item.correction_text is not None
    assert item.correction_text.public == "Corrects the number to 4 < 5."


def test_a_tombstone_names_the_entry_it_deletes() -> None:
    gone = items(
        "09:00:00  send atom flood\n    headline  H\n    text  A\n"
        "09:10:00  send tombstone flood  when @09:05:00\n"
    )[-1]
    assert gone.pub_status is PubStatus.canceled
    assert gone.guid == "urn:newsml:seaboard.example:flood" or [
        target.idref for target in gone.targets
    ] == ["urn:newsml:seaboard.example:flood"]
