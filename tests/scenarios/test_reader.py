"""Wire scripts are read as docs/reference/wire-scripts.md says, and faults are named."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest

from copytaster.demo import ScriptError
from copytaster.demo import compose
from copytaster.demo import load
from copytaster.demo import read
from copytaster.demo import script as said

HEAD = "# A statement.\nagency  seaboard  Europe/London\nstart  2026-07-02T09:00:00Z\n"


def steps(text: str) -> tuple[said.Step, ...]:
    return read(HEAD + text, "some.wire").steps


def the_send(text: str) -> said.Send:
    [step] = steps(text)
    assert isinstance(step.act, said.Send)
    return step.act


def test_times_are_distances_from_the_start() -> None:
    found = steps("09:00:00  say a\n+0:05  say b\n+1:00:05  say c\n2026-07-03T09:00:00Z  say d\n")
    assert [step.at for step in found] == [
        timedelta(),
        timedelta(seconds=5),
        timedelta(hours=1, seconds=5),
        timedelta(days=1),
    ]


def test_a_field_is_the_rest_of_its_line_and_deeper_lines_continue_it() -> None:
    send = the_send(
        "09:00:00  send ninjs flood 1\n"
        '    headline  "Go now," they said: it\'s  late # not a comment\n'
        "    text      One line\n"
        "        and its end.\n"
        "# a comment\n"
        "    text      Another\n"
    )
    entry = send.entry("flood")
    assert entry.get("headline") == '"Go now," they said: it\'s  late # not a comment'
    assert entry.all("text") == ("One line and its end.", "Another")
    assert entry.get("version") == "1"


def test_a_field_without_a_value_is_there_and_empty() -> None:
    send = the_send("09:00:00  send ninjs flood 1\n    embargo\n    text  A\n")
    assert send.entry("flood").get("embargo") == ""


def test_like_takes_what_an_earlier_version_said_apart_from_what_is_said() -> None:
    found = steps(
        "09:00:00  send ninjs flood 1\n    headline  Old\n    text  A\n    text  B\n"
        "09:00:00  send ninjs flood 2  like 1  status canceled\n    text  C\n"
    )
    entry = found[1].act.entry("flood")
    assert entry.get("headline") == "Old"
    assert entry.all("text") == ("C",)
    assert (entry.get("version"), entry.get("status")) == ("2", "canceled")


def test_again_sends_the_same_bytes() -> None:
    script = read(
        HEAD + "09:00:00  send rss flood\n    headline  H\n    text  A\n"
        "09:05:00  send rss flood\n    headline  H\n    text  B\n"
        "09:10:00  again flood\n09:15:00  again flood 1\n",
        "some.wire",
    )
    first, second, third, fourth = (
        compose(script, step.act, script.start).data for step in script.steps
    )
    assert first != second
    assert (third, fourth) == (second, first)


def test_times_are_written_in_the_agencys_zone_and_as_the_format_writes_them() -> None:
    script = read(
        HEAD + "09:00:00  send ninjs a 1  embargo @+0:45\n    text  A\n"
        "09:00:00  send rss b\n    text  B\n"
        "09:00:00  send nitf c 1\n    text  C\n",
        "some.wire",
    )
    ninjs, rss, nitf = (compose(script, s.act, script.start).data.decode() for s in script.steps)
    assert '"embargoedUntil": "2026-07-02T10:00:45+01:00"' in ninjs
    assert "<pubDate>Thu, 02 Jul 2026 10:00:00 +0100</pubDate>" in rss
    assert '<date.issue norm="20260702T100000+0100"/>' in nitf


def test_a_script_that_starts_now_names_the_day_it_is_played() -> None:
    script = read(
        "# A day.\nagency  nordlicht\nstart  now\n"
        "+0:00  send ninjs a 1  lang de\n    text  Am {today}, nicht am {yesterday}.\n",
        "day.wire",
    )
    tuesday = datetime(2026, 3, 3, 9, tzinfo=UTC)
    text = compose(script, script.steps[0].act, tuesday).data.decode()
    assert "Am Dienstag, nicht am Montag." in text


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("09:00:00  sned ninjs a\n", 4, "expected one of send, again"),
        ("9 o'clock  say a\n", 4, "expected a time such as"),
        ("09:00:01  say a\n09:00:00  say b\n", 5, "expected a time not before the step above"),
        ("09:00:00  send ninjs\n", 4, "expected send FORMAT STORY"),
        ("09:00:00  send telex a\n", 4, "expected a format (rss, atom,"),
        ("09:00:00  send rss a  embargo x\n", 4, "expected what rss can say"),
        ("09:00:00  send ninjs a  headline x  headline y\n", 4, "expected headline once"),
        ("09:00:00  send ninjs a  headline\n", 4, "expected a value after 'headline'"),
        ('09:00:00  send ninjs a  headline "x\n', 4, "expected a closing quotation mark"),
        ("09:00:00  send ninjs a  section gossip\n", 4, "expected a section (culture,"),
        ("09:00:00  send ninjs a  embargo @soon\n", 4, "expected a time such as"),
        ("09:00:00  send ninjs a  from reuters\n", 4, "expected an agency named at the top"),
        ("09:00:00  send ninjs a  like 3\n", 4, "expected a story sent before"),
        ("09:00:00  send ninjs A\n", 4, "expected a name of small letters"),
        ("09:00:00  send file a nowhere.xml\n", 4, "expected a file at nowhere.xml"),
        ("09:00:00  send ninjs a\n    also b\n", 4, "expected what ninjs can say"),
        ("09:00:00  again a\n", 4, "expected a story sent before"),
        ("09:00:00  see a live\n", 4, "expected a story sent before"),
        ("09:00:00  send ninjs a\n09:00:00  see a alive\n", 5, "expected a face (nowhere,"),
        ("09:00:00  send ninjs a\n09:00:00  see a live mood x\n", 5, "expected edition or one of"),
        ("09:00:00  send ninjs a\n09:00:00  see a live edition x\n", 5, "expected the number"),
        ("09:00:00  send ninjs a\n09:00:00  lists miss a\n", 5, "expected lists have STORY"),
        ("09:00:00  send ninjs a\n09:00:00  front folds a\n", 5, "expected front folds STORY"),
        ("09:00:00  send ninjs a\n09:00:00  events a eaten\n", 5, "expected events STORY"),
        ("09:00:00  send ninjs a\n09:00:00  why a\n", 5, "expected why STORY STATE"),
        ("09:00:00  send ninjs a\n09:00:00  decide ponder a\n", 5, "expected a decision"),
        ("09:00:00  dead ends\n", 4, "expected dead letters COUNT"),
        ("09:00:00  restart\n    now\n", 4, "expected nothing indented here"),
        ("    text  A\n", 3, "expected nothing indented here"),
        ("09:00:00\tsay a\n", 4, "expected blanks, found a tab"),
        ("09:00:00  say a\nagency b\n", 5, "expected a time such as"),
    ],
)
def test_a_fault_names_file_line_and_what_was_expected(text: str, line: int, expected: str) -> None:
    with pytest.raises(ScriptError) as fault:
        read(HEAD + text, "some.wire")
    assert str(fault.value).startswith(f"some.wire:{line}: {expected}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "some.wire:1: expected a first line that says the statement"),
        ("# A statement.\n", "some.wire: expected agency, start, and at least one step"),
        ("# A statement.\nagency a\n+0:01  say x\n", "some.wire:3: expected agency and start"),
        ("# A.\nagency a\nstart now\n09:00:00  say x\n", "some.wire:4: expected a time after"),
        ("# A.\nstart 2026-03-02T09:00:00\n", "some.wire:2: expected a zone in the time"),
        ("# A.\nagency a Mars/Base\n", "some.wire:2: expected an IANA zone"),
        ("# A.\nstop now\n", "some.wire:2: expected agency ID"),
    ],
)
def test_a_faulty_heading_is_named(text: str, expected: str) -> None:
    with pytest.raises(ScriptError) as fault:
        read(text, "some.wire")
    assert str(fault.value).startswith(expected)


def test_a_script_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="expected a wire script"):
        load(tmp_path / "none.wire")
