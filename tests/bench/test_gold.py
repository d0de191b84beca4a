"""The gold: marked copies become notes whose offsets are right, and the stories hold together."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from bench.reading import compiling
from bench.reading import gold
from bench.reading import told
from bench.reading.marks import Malformed
from bench.reading.notes import Notes

_HEAD = """\
sent: 2026-03-05T17:40:00+05:30
language: en
part: tune
subject: test
@a: person Asha Rao
@p: role
"""


def _notes(marked: str, head: str = _HEAD) -> tuple[str, Notes]:
    read = told.tell("001-test", f"{head}\n{marked}\n")
    return read.text, compiling.annotate(read)


def _refused(marked: str, head: str = _HEAD) -> str:
    with pytest.raises(Malformed) as caught:
        _notes(marked, head)
    assert "\n" not in str(caught.value)
    return str(caught.value)


_POLICE = " {@p Police} waited."


# --- what marks mean ------------------------------------------------------------------------------


def test_a_quote_has_its_speaker_and_cue_where_they_stand() -> None:
    text, notes = _notes("“{d1 We won,}” {c1 said} Ms {@a.1 Rao}." + _POLICE)
    [quote] = notes.quotes
    assert text[quote.start : quote.end] == "We won,"
    assert text[quote.speaker_start : quote.speaker_end] == "Rao"
    assert text[quote.cue_start : quote.cue_end] == "said"
    assert (quote.kind, quote.speaker_name, quote.mention, quote.rule) == (
        "direct",
        "Asha Rao",
        "name",
        None,
    )


def test_offsets_are_code_points() -> None:
    text, notes = _notes("👩🏽‍🚀 नई “{d1 𝔚e won}”, {@a.1 she} {c1 said}." + _POLICE)
    assert text[notes.quotes[0].start : notes.quotes[0].end] == "𝔚e won"
    assert notes.quotes[0].mention == "pronoun"


def test_one_utterance_in_two_spans_has_one_group_and_one_speaker() -> None:
    _, notes = _notes("“{d1 No,}” {@p.1 police} {c1 said}. “{d1+ Never.}” {@a Rao} left.")
    assert [quote.group for quote in notes.quotes] == [1, 1]
    assert len({quote.speaker_start for quote in notes.quotes}) == 1
    assert notes.quotes[0].mention == "description"


def test_words_quoted_inside_a_reported_clause_are_of_who_reports_it() -> None:
    text, notes = _notes(
        "{@a.1 Rao} {c1 said} {i1 it was “{m2 mud}” and {t=? 04/05/2026}}." + _POLICE
    )
    clause, words = notes.quotes
    assert (clause.kind, words.kind) == ("indirect", "mixed")
    assert text[words.start : words.end] == "mud"
    assert clause.speaker_start == words.speaker_start is not None
    assert notes.dates[0].value is None


def test_only_who_says_something_is_a_source_and_a_missing_reply_is_noted() -> None:
    text, notes = _notes("{i1 It rained}, {@p.1 police} {c1 said}. {@a Rao} {r@a did not respond}.")
    assert [(source.kind, source.name) for source in notes.sources] == [
        ("role", None),
        ("reply", "Asha Rao"),
    ]
    [span] = notes.sources[1].mentions
    assert text[span.start : span.end] == "did not respond"


def test_a_dateline_has_its_parts_as_a_name_is_written() -> None:
    _, notes = _notes(
        "{byline By {writer Li Na}}\n\n{dateline {place NEW DELHI} [{country India}], "
        "{day=2026-03-05 March 5} ({agency ANI}):} {@a Rao} and {@p police} met.\n\n"
        "{signoff ({agency ANI})}"
    )
    line = notes.dateline
    assert (line.place, line.country, line.date, line.agency) == (
        "New Delhi",
        "India",
        "2026-03-05",
        "ANI",
    )
    assert line.byline is not None
    assert line.byline.names == ("Li Na",)
    assert line.signoff is not None
    assert line.signoff.agency == "ANI"


def test_days_and_instants_have_values() -> None:
    _, notes = _notes(
        "{@a Rao} met {@p police} on {t=2026-03-02 Monday}, {t=2026-03-07 March 7} and at "
        "{t=2026-03-05T23:10+05:30 March 5, 2026 23:10 IST}."
    )
    assert [(day.kind, day.value) for day in notes.dates] == [
        ("relative", "2026-03-02"),
        ("calendar", "2026-03-07"),
        ("moment", "2026-03-05T23:10+05:30"),
    ]


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "why"),
    [
        ("{zz hm}", "no such mark"),
        ("{d1 hm", "not closed"),
        ("hm}", "closes nothing"),
        ("{d1  hm}", "without space"),
        ("a\nb", "empty line"),
        ("“{d1 Yes,}” {@a.1 Rao} {c1 said}. “{d1 No.}”" + _POLICE, "two quotes are number 1"),
        ("“{d1 Yes,}” {@a.1.2 Rao} {c1 said}." + _POLICE, "names quote 2"),
        ("“{d1 Yes,}” {@b.1 Bo} {c1 said}.", "no @b"),
        ("“{d1 Yes,}” {@a.1 Rao} or {@p.1 police} {c1 said}.", "more than one source"),
        ("“{d1 Yes,}” somebody {c1 said} to {@a Rao}." + _POLICE, "nobody says quote 1"),
        ("{@a Rao} left.", "@p is in the head"),
        ("“Yes,” {@a Rao} said." + _POLICE, "nothing is noted"),
        ("“{d1 Yes “{d2 no}”,}” {@a.1.2 she} said. {@a Rao} left." + _POLICE, "overlap"),
        ("{@a Rao} left. Asha Rao returned." + _POLICE, "without a mark"),
        ("{@a.1 Rao} said {i1 “{m2 it is over}”}." + _POLICE, "nothing but quoted words"),
        ("{@a Rao} left on {t Monday}." + _POLICE, "no value"),
        ("{@a Rao} left on {t=2026-03-03 Monday}." + _POLICE, "no monday"),
        ("{@a Rao} left {t=2026-03-03 yesterday}." + _POLICE, "seen from"),
        ("{@a Rao} left on {t=2026-03-03 March 4}." + _POLICE, "another day"),
        ("{@a Rao} left on {t=2026-01-05 Monday}." + _POLICE, "days from"),
        ("{@a Rao} left on {t=soon Monday}." + _POLICE, "no day such as"),
        ("{@a Rao} left on {t=2026-03-02T10:00 March 2}." + _POLICE, "no offset"),
        (
            "{dateline {place PUNE}, {day=2027-03-05 March 5} -} {@a Rao} left." + _POLICE,
            "dateline",
        ),
        ("{byline By {writer A B}} {byline By {writer C D}} {@a Rao}." + _POLICE, "two marks"),
    ],
)
def test_marks_that_nobody_can_have_meant_are_refused(marked: str, why: str) -> None:
    assert why in _refused(marked)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("part: both", "none of tune, test"),
        ("part: test\npart: tune", "2 lines"),
        ("part: tune\n@g: ghost", "none of person"),
        ("part: tune\nhm", "not a line of a head"),
    ],
)
def test_a_head_that_says_something_else_is_refused(line: str, why: str) -> None:
    assert why in _refused("{@a Rao}." + _POLICE, _HEAD.replace("part: tune", line))


def test_a_moment_without_offset_is_no_time_to_resolve_days_against() -> None:
    assert "no offset" in _refused("{@a Rao}." + _POLICE, _HEAD.replace("+05:30", ""))


def test_a_copy_and_its_text_must_be_the_same(tmp_path: Path) -> None:
    marked = tmp_path / "001-test.marked"
    marked.write_text(f"{_HEAD}\n{{@a Rao}} left." + _POLICE + "\n", encoding="utf-8")
    with pytest.raises(Malformed, match=r"001-test\.marked: its text parts from 001-test\.txt"):
        gold.stories(tmp_path)
    assert [path.name for path in gold.unmark(tmp_path)] == ["001-test.txt"]
    assert [story.text for story in gold.stories(tmp_path)] == ["Rao left. Police waited.\n"]
    assert gold.unmark(tmp_path) == []


def test_the_command_prints_a_line_of_notes_for_each_story_or_one_line_of_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked = tmp_path / "001-test.marked"
    marked.write_text(f"{_HEAD}\n“{{d1 No,}}” {{@a.1 Rao}} said." + _POLICE + "\n", "utf-8")
    assert gold.main(["--jsonl", "--folder", str(tmp_path)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert gold.main(["--unmark", "--folder", str(tmp_path)]) == 0
    capsys.readouterr()
    assert gold.main(["--jsonl", "--folder", str(tmp_path)]) == 0
    line = msgspec.json.decode(capsys.readouterr().out)
    assert line["quotes"][0]["speaker_name"] == "Asha Rao"


# --- the stories ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stories() -> list[gold.Story]:
    return gold.stories()


def test_every_story_has_a_number_of_its_own_and_a_size_of_wire_copy(
    stories: list[gold.Story],
) -> None:
    numbers = [story.id.partition("-")[0] for story in stories]
    assert numbers == [f"{number:03}" for number in range(1, len(stories) + 1)]
    assert {
        story.id: n for story in stories if not 80 <= (n := len(story.text.split())) <= 350
    } == {}


def test_every_text_belongs_to_a_marked_copy(stories: list[gold.Story]) -> None:
    assert {path.stem for path in gold.FOLDER.glob("*.txt")} == {story.id for story in stories}


def test_every_span_is_words_of_one_paragraph(stories: list[gold.Story]) -> None:
    for story in stories:
        quotes, notes = story.notes.quotes, story.notes
        spans = [(q.start, q.end) for q in quotes]
        spans += [(q.speaker_start, q.speaker_end) for q in quotes if q.speaker_start is not None]
        spans += [(q.cue_start, q.cue_end) for q in quotes if q.cue_start is not None]
        spans += [(m.start, m.end) for source in notes.sources for m in source.mentions]
        spans += [(day.start, day.end) for day in notes.dates]
        for start, end in spans:
            words = story.text[start:end]
            assert words == words.strip() != ""
            assert "\n" not in words


def test_no_two_direct_quotes_overlap(stories: list[gold.Story]) -> None:
    for story in stories:
        direct = [quote for quote in story.notes.quotes if quote.kind == "direct"]
        assert all(a.end <= b.start for a, b in pairwise(direct)), story.id


def test_a_quotation_begins_behind_a_mark(stories: list[gold.Story]) -> None:
    opening = "\"'“‘„‚«‹»›「『—"
    for story in stories:
        begun: set[int | None] = set()
        for quote in story.notes.quotes:
            if quote.kind in {"direct", "mixed"} and not (quote.flag or quote.group in begun):
                begun.add(quote.group)
                before = story.text[: quote.start].rstrip(" \u00a0\u202f")
                assert before[-1] in opening, (story.id, story.text[quote.start : quote.end])


def test_whatever_is_speech_has_a_speaker_or_says_that_nobody_knows(
    stories: list[gold.Story],
) -> None:
    silent = [q for s in stories for q in s.notes.quotes if q.mention is None]
    assert {quote.kind for quote in silent} <= {"scare", "title", "direct", "mixed", "turn"}
    assert all(quote.speaker_start is None is quote.speaker_name for quote in silent)


def test_notes_have_the_shape_of_copytaster_read(stories: list[gold.Story]) -> None:
    line = msgspec.json.decode(msgspec.json.encode(stories[0].notes))
    assert set(line) == {"id", "quotes", "sources", "dateline", "dates"}
    asked = "start end speaker_start speaker_end speaker_name cue_start cue_end kind rule"
    assert set(asked.split()) <= set(line["quotes"][0])


def test_both_parts_have_every_kind_and_language(stories: list[gold.Story]) -> None:
    counts = gold.counts(stories)
    assert set(counts) == {(lang, part) for lang in told.LANGUAGES for part in told.PARTS}
    for part in told.PARTS:
        cells = [cell for (_, where), cell in counts.items() if where == part]
        assert all(sum(cell[column] for cell in cells) for column in gold.COLUMNS)
        assert any(q.flag for s in stories if s.part == part for q in s.notes.quotes)
        assert all(cell["direct"] and cell["datelines"] and cell["dates"] for cell in cells)
    sizes = Counter(story.part for story in stories)
    assert abs(sizes["tune"] - sizes["test"]) <= len(stories) / 10


def test_every_correction_has_its_day_and_reason(stories: list[gold.Story]) -> None:
    for story in stories:
        for correction in story.corrections:
            day, _, reason = correction.partition(" ")
            assert len(day) == len("2026-12-01")
            assert reason


def test_the_guide_has_the_counts(stories: list[gold.Story]) -> None:
    guide = Path(__file__).parents[2] / "docs/reference/reading-gold.md"
    assert gold.table(stories) in guide.read_text("utf-8")
