"""ANPA 1312: every line of the reference page, and of formats §1.2, §2.5 and §3.3 that bears on it.

The fixtures are written for these tests; agencies and people in them do not exist.
"""

import re
import time

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from copytaster import formats
from copytaster import text
from copytaster.formats import FormatError
from copytaster.formats import OverLimit
from copytaster.item import BlockKind
from copytaster.item import EditorialType
from copytaster.item import EmbargoState
from copytaster.item import Item
from copytaster.item import Partial
from copytaster.item import PubStatus
from tests.formats.reading import CONTEXT
from tests.formats.reading import NOW
from tests.formats.reading import item
from tests.formats.reading import profile
from tests.formats.reading import read

USUAL = profile(missing_status="usable")
KEYWORD = "BC-VR--Lowgate-Harbour"
ABOVE = (
    "BC-VR--Lowgate-Harbour Closed,131<",
    "Lowgate closes its harbour<",
    "MPA Photo LOW101, LOW102<",
    "Eds: With MPA Photos.<",
    "By ADA QUILL=",
    "Meridian Press=",
)
TEXT = (
    "LOWGATE, Veria (MPA) _ The harbour is closed.",
    "``The channel has silted up,'' its master said.",
)
TRAILER = "MPA-WF-12-04-25 1509GMT"


def message(
    *text_lines: str,
    first: str = "W2870\x1fasian",
    priority: str = "r",
    category: str = "i",
    form: str = "\x13\x11",
    keyword: str = KEYWORD,
    version: str = " ",
    date: str = "12-04",
    words: str = "0466",
    above: tuple[str, ...] = ABOVE,
    trailer: str = TRAILER,
) -> bytes:
    """One message with all its control characters."""
    lines = [f"^{line}" for line in above]
    lines += [f"\t   {line} " if line[:1] not in "\x08^" else line for line in text_lines or TEXT]
    second = f"{priority} {category}{form} {keyword} {version}   {date} {words}"
    body = "\r\n".join(lines)
    end = f"\r\n\r\n\t   \x03{trailer}<\r\n\r\n\x0c\r\n\x04"
    return f"\x16\x16\x01{first}\r\n{second}\r\n\x02{body}{end}".encode("cp1252")


def words(found: Item) -> str:
    return formats.text_of(found)


# --- what is read from where ---------------------------------------------------------------------


def test_a_message_gives_an_item_with_every_field_of_the_reference_page() -> None:
    found = item(message(version="1stLd-Writethru"), USUAL)
    assert found.format.name == "anpa-1312"
    assert (found.guid, found.transmit_id) == ("anpa-1312:W2870:2025-12-04", "W2870")
    assert [(alt.role, alt.value) for alt in found.alt_ids] == [("service-number", "W2870")]
    assert (found.version, found.version_number) == ("1stLd-Writethru", None)
    assert found.editorial_types == (EditorialType.lead, EditorialType.writethru)
    assert found.version_created.instant.isoformat() == "2025-12-04T15:09:00+00:00"
    assert (found.version_created.raw, found.sent) == (TRAILER, found.version_created)
    assert found.headline == "Lowgate closes its harbour"
    assert found.by == "By ADA QUILL"
    assert [(b.name, b.org) for b in found.bylines] == [("ADA QUILL", "Meridian Press")]
    assert (found.slugline, found.keywords) == ("BC-VR--Lowgate-Harbour Closed", (KEYWORD,))
    assert (found.dateline, found.located) == ("LOWGATE, Veria (MPA) —", "LOWGATE, Veria")
    assert (found.anpa_category, found.subjects[0].literal) == ("i", "i")
    assert found.selector_codes == ("asian",)
    assert found.services == ("W", "MPA-WF")
    assert found.bodies[0].word_count == 131
    assert found.ed_note == "Eds: With MPA Photos."
    assert found.advisory_line == "MPA Photo LOW101, LOW102"
    assert (found.pub_status, found.hold_reason) == (PubStatus.usable, ())
    assert words(found) == (
        "LOWGATE, Veria (MPA) — The harbour is closed.\n\n"
        "“The channel has silted up,” its master said.\n"
    )
    assert set(found.copy.omissions) == {
        "typesetting", "keyword-line", "headline", "photo-line", "editors-note", "byline",
    }  # fmt: skip


def test_a_status_is_never_there_so_the_profile_says_what_an_item_is() -> None:
    found = item(message())
    assert (found.pub_status, found.hold_reason) == (PubStatus.hold, ("status-missing",))


@pytest.mark.parametrize("letter", ["f", "b", "u", "r", "d", "a", "s"])
def test_a_letter_for_priority_is_kept_and_never_made_an_urgency(letter: str) -> None:
    found = item(message(priority=letter), USUAL)
    assert (found.urgency, found.urgency_raw, found.priority) == (None, letter, letter)
    assert found.editorial_types == ()


@pytest.mark.parametrize(
    ("first", "story", "selector"),
    [
        ("W2870\x1fasian", "W2870", ("asian",)),
        ("s0284\x1f-----", "s0284", ("-----",)),
        ("W12 KYODO\x1fasian", "W12", ("asian",)),
        ("2870\x1fasian", "2870", ("asian",)),
        ("W2870\x1f", "W2870", ()),
    ],
)
def test_first_lines_differ_from_agency_to_agency(
    first: str, story: str, selector: tuple[str, ...]
) -> None:
    found = item(message(first=first))
    assert (found.transmit_id, found.selector_codes) == (story, selector)


def test_the_words_of_the_story_may_be_missing_in_the_header() -> None:
    found = item(message(words="", above=("BC-VR--Lowgate-Harbour<", "Lowgate closes<")))
    assert found.bodies[0].word_count is None


def test_a_first_line_that_does_not_repeat_the_keyword_is_the_headline() -> None:
    found = item(message(above=("Lowgate closes its harbour<",)))
    assert (found.headline, found.slugline) == ("Lowgate closes its harbour", KEYWORD)


def test_a_code_before_the_keyword_line_is_left_out() -> None:
    found = item(message(above=("*9006< ^BC-VR--Lowgate-Harbour,0176<", "Lowgate closes<")), USUAL)
    assert (found.slugline, found.headline) == (KEYWORD, "Lowgate closes")
    assert found.bodies[0].word_count == 176
    assert found.hold_reason == ()


def test_a_second_line_above_the_text_is_an_extended_headline_and_not_text() -> None:
    above = (*ABOVE[:2], "The master of Lowgate says the channel has silted up.<", *ABOVE[2:])
    found = item(message(above=above), USUAL)
    assert found.headline == "Lowgate closes its harbour"
    assert [(h.role, h.value) for h in found.headlines[1:]] == [
        ("extended", "The master of Lowgate says the channel has silted up.")
    ]
    assert words(found) == words(item(message(), USUAL))


@pytest.mark.parametrize(
    "note",
    [
        "Eds: Updates throughout.",
        "(Eds: Minor edits. With MPA Photos.)",
        "EDITOR'S NOTE _ This is part of a series.",
        "EDITORS: Note contents.",
    ],
)
def test_notes_to_editors_are_left_out_by_name(note: str) -> None:
    found = item(message(above=(*ABOVE[:2], f"{note}<")))
    assert found.ed_note.startswith(note[:12])
    assert "editors-note" in found.copy.omissions
    assert "contents" not in words(found)


def test_a_command_wrapped_over_several_lines_is_one() -> None:
    found = item(message(above=(*ABOVE[:2], "Eds: Updates throughout\r\nand adds detail.<")), USUAL)
    assert found.ed_note == "Eds: Updates throughout and adds detail."
    assert found.hold_reason == ()


def test_centred_lines_in_the_text_are_headings() -> None:
    found = item(message("One.", "^Saturday's Games=", "Lowgate 2, Highgate 1"), USUAL)
    assert [block.kind for block in found.copy.blocks] == [
        BlockKind.paragraph, BlockKind.heading, BlockKind.paragraph,
    ]  # fmt: skip
    assert words(found) == "One.\n\nSaturday's Games\n\nLowgate 2, Highgate 1\n"


def test_centred_lines_without_an_end_are_lines_of_text() -> None:
    found = item(message("^Harbour closed", "^Mayor resigns", above=ABOVE[:2]), USUAL)
    assert words(found) == "Harbour closed\n\nMayor resigns\n"


def test_an_organisation_as_byline_is_followed_by_no_second_line() -> None:
    above = (*ABOVE[:2], "By The Meridian Press=", "NORTHERN LEAGUE=")
    found = item(message("Lowgate 2, Highgate 1", above=above))
    assert [(b.name, b.org) for b in found.bylines] == [("The Meridian Press", None)]
    assert words(found).startswith("NORTHERN LEAGUE\n\n")


# --- identity -----------------------------------------------------------------------------------


def test_the_same_bytes_sent_again_are_the_same_item() -> None:
    assert item(message()) == item(message())


@pytest.mark.parametrize(
    "other",
    [
        message(first="W2871\x1fasian"),
        message(first="V2870\x1fasian"),
        message(first="w2870\x1fasian"),
        message(date="12-03"),
        message(trailer="MPA-WF-12-04-24 1509GMT"),
    ],
)
def test_a_number_of_another_day_or_service_is_not_the_same_item(other: bytes) -> None:
    assert item(message()).guid != item(other).guid


def test_the_day_is_the_agencys_own_and_not_that_of_greenwich() -> None:
    evening = item(message(date="12-03", trailer="MPA-WF-12-04-25 0423GMT"))
    assert evening.guid == "anpa-1312:W2870:2025-12-03"


@pytest.mark.parametrize(
    ("date", "trailer", "day"),
    [
        ("12-31", "MPA-WF-01-01-26 0423GMT", "2025-12-31"),
        ("01-01", "MPA-WF-12-31-25 2323GMT", "2026-01-01"),
        ("01-01", "MPA-WF-01-01-26 0423GMT", "2026-01-01"),
    ],
)
def test_around_new_year_the_headers_day_keeps_its_own_year(
    date: str, trailer: str, day: str
) -> None:
    assert item(message(date=date, trailer=trailer)).guid.endswith(day)


def test_without_a_day_the_characters_tell_messages_apart() -> None:
    one, other = (item(message(line, trailer="")) for line in TEXT)
    assert one.guid != other.guid


# --- versions, kills, embargoes -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "types", "partial"),
    [
        ("2ndLd", (EditorialType.lead,), Partial.none),
        ("1stLd-Writethru", (EditorialType.lead, EditorialType.writethru), Partial.none),
        ("3rdLd-Writethru", (EditorialType.lead, EditorialType.writethru), Partial.none),
        ("1stAdd", (EditorialType.add,), Partial.add),
        ("Insert", (EditorialType.insert,), Partial.patch),
        ("Sub", (EditorialType.sub,), Partial.patch),
        ("1stLd-Sub", (EditorialType.lead, EditorialType.sub), Partial.patch),
        ("Take2", (EditorialType.takes,), Partial.add),
        ("Correction", (EditorialType.correction,), Partial.none),
        ("CORRECTIVE", (EditorialType.correction,), Partial.none),
        ("Clarification", (EditorialType.clarification,), Partial.none),
        ("ADVISORY", (EditorialType.advisory,), Partial.none),
        ("KILL", (EditorialType.kill,), Partial.none),
        ("WITHHOLD", (EditorialType.withhold,), Partial.none),
        ("a0512", (), Partial.none),
        ("KYODO", (), Partial.none),
    ],
)
def test_the_version_field_tells_the_kind_of_message(
    version: str, types: tuple[EditorialType, ...], partial: Partial
) -> None:
    found = item(message(version=version), USUAL)
    assert (found.editorial_types, found.partial) == (types, partial)
    assert found.hold_reason == ()


def test_a_version_nobody_knows_is_held() -> None:
    found = item(message(version="Zwischenld"), USUAL)
    assert found.hold_reason == ("editorial-type-unknown",)


def test_the_keyword_line_may_tell_the_version_alone() -> None:
    above = ("BC-VR--Lowgate-Harbour Closed, 1st Ld-Writethru,127<", "Lowgate closes<")
    found = item(message(above=above), USUAL)
    assert found.editorial_types == (EditorialType.lead, EditorialType.writethru)


@pytest.mark.parametrize(
    "more",
    [
        {"version": "KILL"},
        {"keyword": "BC-VR--Lowgate-KILL", "above": ("Lowgate closes<",)},
        {"above": ("BC-VR--Lowgate-Harbour Closed,KILL,0050<", "Lowgate closes<")},
        {"above": (ABOVE[0], "MANDATORY KILL<")},
        {"above": (*ABOVE[:2], "Eds: A kill is mandatory<", "A kill is mandatory.<")},
    ],
)
def test_a_kill_names_what_it_kills_and_is_never_a_story(more: dict[str, object]) -> None:
    lines = (
        "Please kill the story Lowgate-Harbour, V9991. A kill is mandatory.",
        "A substitute, V9995, will be filed.",
    )
    found = item(message(*lines, **more), USUAL)
    assert EditorialType.kill in found.editorial_types
    assert found.pub_status is PubStatus.canceled
    assert [(t.service_number, t.new_status) for t in found.targets] == [
        ("V9991", PubStatus.canceled)
    ]
    assert found.copy.blocks == ()
    assert "Please kill the story" in found.ed_note
    assert "words-unaccounted" not in found.hold_reason


def test_a_withhold_withholds_what_it_names() -> None:
    found = item(message("Please withhold the story Lowgate-Harbour, V9991.", version="WITHHOLD"))
    assert found.pub_status is PubStatus.withheld
    assert [(t.service_number, t.new_status) for t in found.targets] == [
        ("V9991", PubStatus.withheld)
    ]


@pytest.mark.parametrize(
    ("keyword", "headline"),
    [("BC-VR--Kill-Shelter", "Shelter stops the kill"), ("BC-VR--Travel-Advisory", "Storm ahead")],
)
def test_a_story_about_killing_or_an_advisory_is_a_story(keyword: str, headline: str) -> None:
    found = item(message(keyword=keyword, above=(f"{keyword},12<", f"{headline}<")), USUAL)
    assert (found.editorial_types, found.pub_status) == ((), PubStatus.usable)


@pytest.mark.parametrize(
    "headline",
    ["Advisory issued for coast", "Editors told to disregard guide", "Ed Quill returns to stage",
     "Note to editors' union: pay up", "Embargo on oil to hold", "Mandatory kill switch for boats"],
)  # fmt: skip
def test_news_that_opens_with_a_word_of_the_wire_keeps_its_headline(headline: str) -> None:
    found = item(message(above=(ABOVE[0], f"{headline}<")), USUAL)
    assert (found.headline, found.hold_reason) == (headline, ())
    assert (found.pub_status, found.embargo.state) == (PubStatus.usable, EmbargoState.none)


@pytest.mark.parametrize(
    "more", [{"category": "v"}, {"keyword": "BC-Advisory"}, {"keyword": "BC-VR-Photos-ADVISORY"}]
)
def test_an_advisory_is_told_by_category_or_keyword(more: dict[str, str]) -> None:
    found = item(message(above=("Daybook for Friday<",), **more))
    assert EditorialType.advisory in found.editorial_types


@pytest.mark.parametrize("version", ["Adv15", "Adv 15", "Adv15-16", "HFR"])
def test_an_advance_is_held_for_release(version: str) -> None:
    found = item(message(version=version), USUAL)
    assert EditorialType.hold_for_release in found.editorial_types
    assert (found.embargo.state, found.embargo.raw) == (EmbargoState.unparseable, version)


@pytest.mark.parametrize(
    "line", ["HOLD FOR RELEASE until 6 p.m.", "EMBARGOED until Friday", "For release at noon"]
)
@pytest.mark.parametrize("place", ["above", "text"])
def test_an_embargo_told_in_a_line_never_opens_by_itself(line: str, place: str) -> None:
    if place == "above":
        found = item(message(above=(*ABOVE[:2], f"{line}<")), USUAL)
        assert line in found.ed_note
    else:
        found = item(message(line, *TEXT), USUAL)
    assert found.embargo.state is EmbargoState.unparseable


def test_a_test_of_the_line_is_a_test() -> None:
    assert EditorialType.test in item(message("RYRYRYRYRYRYRYRYRYRY")).editorial_types


# --- control and typesetting codes (formats §3.3) -------------------------------------------------


def test_fill_sync_bells_and_rub_outs_are_no_characters_of_the_text() -> None:
    data = message().replace(b"harbour is", b"har\0bo\x7fur\x07 is\x16")
    found = item(b"\0\0\x7f" + data, USUAL)
    assert (words(found), found.hold_reason) == (words(item(message())), ())


def test_a_control_character_nobody_explained_holds() -> None:
    assert item(message("One \x1b two."), USUAL).hold_reason == ("control-unknown",)


ROWS = (
    "\x08^\x1f\x1e W\x1e \x1e L\x1e \x1e GB",
    "\x08San\x10 Milo\x1f\x1e 73\x1e \x1e 52\x1e \x1e _",
    "\x08Lowgate\x1f\x1e 55\x1e \x1e 67\x1e 16{",
)


def test_rows_in_tabular_agate_are_a_table_with_cells() -> None:
    found = item(message(*ROWS, form="\x14\x12", above=ABOVE[:4]), USUAL)
    assert [block.kind for block in found.copy.blocks] == [BlockKind.table]
    assert words(found) == "\tW\tL\tGB\nSan Milo\t73\t52\t—\nLowgate\t55\t67\t16½\n"
    assert found.hold_reason == ()


def test_rows_that_follow_each_other_are_one_piece_of_their_source() -> None:
    found = item(message(*ROWS[1:], form="\x14\x12", above=ABOVE[:2]), USUAL)
    assert [piece.text for piece in found.copy.pieces if piece.omitted is None] == [
        "San Milo\t73\t52\t—\nLowgate\t55\t67\t16½"
    ]


@pytest.mark.parametrize("row", ["\x08", "\x08\x1e", "\x08 \x1e x", "\x08x\x1e", "\x08^x\x1e y="])
def test_odd_rows_among_others_are_accounted_for(row: str) -> None:
    found = item(message(ROWS[1], row, ROWS[2], form="\x14\x12", above=ABOVE[:2]), USUAL)
    assert len(found.copy.blocks[0].lines) == 3
    assert found.hold_reason == ()


def test_a_code_inside_a_row_is_held_and_every_cell_is_there() -> None:
    found = item(message(*ROWS[1:], "\x08a\x12b\x1e c", form="\x14\x12", above=ABOVE[:2]), USUAL)
    assert words(found).endswith("\t16½\na\tb\tc\n")
    assert found.hold_reason == ("control-unknown",)


def test_characters_read_from_codes_are_counted() -> None:
    lines = ("``He said, `one.''' _ Two_three", "16{ \x10 five")
    found = item(message(*lines, form="\x14\x11", above=ABOVE[:2]), USUAL)
    remarks = [(remark.code, remark.detail) for remark in found.warnings]
    assert remarks == [("typesetting-decoded", "quotes: 2, dashes: 1, halves: 1")]
    assert item(message("One.", above=ABOVE[:2]), USUAL).warnings == ()


def test_a_kill_with_bytes_of_no_charset_is_heard() -> None:
    data = message("Please kill the story X, V9991. \xa0", version="KILL")
    found = item(data.replace(b"\xa0", b"\x81"), profile(charset="cp1252"))
    assert (found.pub_status, found.repairs) == (PubStatus.canceled, ("charset",))
    assert [target.service_number for target in found.targets] == ["V9991"]


def test_a_row_told_by_its_indicator_is_a_row_in_any_form() -> None:
    found = item(message(*ROWS, form="", above=ABOVE[:4]))
    assert found.copy.blocks[0].kind is BlockKind.table


def test_a_brace_is_a_half_in_agate_only() -> None:
    assert "16{" in words(item(message("16{ games behind", form="\x13\x11")))
    assert "16½" in words(item(message("16{ games behind", form="\x14\x11")))


def test_a_brace_is_a_letter_in_the_variant_that_says_so() -> None:
    found = item(message("M{rz", form="\x14\x11"), profile(charset="iso646-de"))
    assert words(found) == "März\n"


def test_semicolons_part_cells_in_tabular_copy_only() -> None:
    rows = "^Cells=\r\nLowgate; 73; 52\r\nHighgate;; 9"
    found = item(message(rows, form="\x13\x12"), USUAL)
    assert found.copy.blocks[-1].kind is BlockKind.table
    assert words(found).endswith("Lowgate\t73\t52\nHighgate\t\t9\n")
    assert found.hold_reason == ()
    assert "Lowgate; 73" in words(item(message("Lowgate; 73; 52", form="\x13\x11")))


@pytest.mark.parametrize(
    ("sent", "read_as"),
    [
        ("``One,'' he said.", "“One,” he said."),
        ("``He said, `one.'''", "“He said, `one.'”"),
        ("It's the '90s.", "It's the '90s."),
        ("One _ two", "One — two"),
        ("One two _", "One two —"),
        ("_ One", "— One"),
        ("___", "___"),
        ("see snake_case and a_b@example.org", "see snake_case and a_b@example.org"),
        ("2 < 3 ^ 4 = 4", "2 < 3 ^ 4 = 4"),
        ("The end.<", "The end."),
        ("___=", "___"),
        ("https://example.org/watch?v=", "https://example.org/watch?v="),
        ("One; two", "One; two"),
    ],
)
def test_codes_for_characters_are_read_as_the_characters_they_set(sent: str, read_as: str) -> None:
    found = item(message(sent), USUAL)
    assert (words(found), found.hold_reason) == (f"{read_as}\n", ())


def test_hard_wrapped_paragraphs_are_joined_and_tabs_begin_new_ones() -> None:
    first = "The harbour of Lowgate is closed to all ships over ten thousand\r\ntonnes."
    assert (
        words(item(message(first, "Two."))) == f"{first.replace(chr(13) + chr(10), ' ')}\n\nTwo.\n"
    )


def test_a_quad_ends_a_paragraph() -> None:
    assert words(item(message("One.<\r\nTwo."))) == "One.\n\nTwo.\n"


# --- charsets -----------------------------------------------------------------------------------


def test_a_charset_of_the_profile_is_used_and_nothing_repaired() -> None:
    found = item(message("Ada López won."), profile(charset="iso-8859-1"))
    assert (words(found), found.repairs) == ("Ada López won.\n", ())
    assert item(message("Ada López won.")).repairs == ("charset",)


# --- many messages, bad input ---------------------------------------------------------------------


def test_every_message_of_a_delivery_is_read() -> None:
    many = [message(first=f"W{n:04}\x1fasian") for n in range(50)]
    parsed = read(b"".join(many))
    assert [found.transmit_id for found in parsed.items] == [f"W{n:04}" for n in range(50)]
    assert parsed.failed == ()


def test_a_bad_message_does_not_lose_its_neighbours() -> None:
    parsed = read(message() + b"\x01no header\r\n\x02x\x03\x04" + message(first="W2871\x1fasian"))
    assert [found.transmit_id for found in parsed.items] == ["W2870", "W2871"]
    assert [failed.index for failed in parsed.failed] == [1]
    assert parsed.failed[0].error.startswith("no ANPA 1312 header")


def test_a_gateway_that_took_every_control_away_loses_nothing() -> None:
    whole = item(message(), USUAL)
    found = item(message().translate(None, bytes({*range(32)} - {9, 10, 13})), USUAL)
    assert (found.guid, found.headline, found.by) == (whole.guid, whole.headline, whole.by)
    assert found.version_created == whole.version_created
    assert (words(found), found.hold_reason) == (words(whole), ())


def test_stripped_messages_are_told_apart_by_their_headers() -> None:
    many = b"".join(message(first=f"W{n:04}\x1fasian") for n in range(4))
    parsed = read(many.translate(None, bytes({*range(32)} - {9, 10, 13})), USUAL)
    assert [found.transmit_id for found in parsed.items] == [f"W{n:04}" for n in range(4)]
    assert len({words(found) for found in parsed.items}) == 1


@pytest.mark.parametrize("at", [150, 250, 300])
def test_a_message_that_breaks_off_is_held(at: int) -> None:
    assert "message-cut" in item(message()[:at], USUAL).hold_reason


def test_a_message_longer_than_the_limit_is_refused_and_its_neighbours_are_read() -> None:
    parsed = read(message() + message("x" * 1_100_000) + message())
    assert (len(parsed.items), len(parsed.failed)) == (2, 1)


def test_more_messages_than_the_limit_are_refused() -> None:
    with pytest.raises(OverLimit):
        read(message() + b"\x01x\x04" * 10_001)


@pytest.mark.parametrize(
    "hostile",
    [
        b"\x01W2870\x1fasian\r\n" + b" " * 300_000,
        b"W2870 asian\r\nr i " + b"a " * 200_000,
        b"W2870\r\n" * 40_000,
        message("^" * 200_000),
        message("^a\r\n" * 100_000),
        message("_ " * 200_000),
        message("\x08" + "\x1e \x1f" * 100_000, form="\x14\x12"),
        message("\x08a\x1eb\r\n" * 50_000, form="\x14\x12"),
        message("`" * 300_000),
        message("\x08a\x1eb" + " " * 300_000 + "c", form="\x14\x12"),
        message("\x08" + "\x1e" * 300_000 + "c", form="\x14\x12"),
        message("<^" * 150_000),
        message("^Eds: x\r\n" * 50_000),
        message("Please kill the story V9991 " * 20_000, version="KILL"),
        message(above=tuple(f"{n}<" for n in range(20_000))),
        message(keyword="BC" + "-" * 22, version="-" * 40),
    ],
)
def test_nothing_takes_long(hostile: bytes) -> None:
    begun = time.perf_counter()
    try:
        read(hostile)
    except FormatError:
        pass
    assert time.perf_counter() - begun < 3


def test_facts_can_be_read_without_the_words() -> None:
    found = formats.parse(message(), USUAL, formats.Context(received=NOW, words=False)).items[0]
    assert (found.copy.blocks, found.headline) == ((), "Lowgate closes its harbour")
    assert found.bodies[0].value


# --- detection -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        b"From: Ada <ada@example.org>\r\nSubject: W2870\r\n\r\nW2870\r\nr i BC-X  12-04\r\n",
        b"Lowgate closes its harbour\n\nBy Ada Quill\n\nThe harbour is closed.\n",
        b"12\nA b\n",
        b"\x01mxa0123 4 i 52  mpa 0061\r\n\nL/\r\n\x02L =\r\n\nx\x03041530 GMT Dec 25\r\n\x04",
    ],
)
def test_other_texts_are_not_claimed(other: bytes) -> None:
    assert "anpa-1312" not in claimed(other)


def claimed(data: bytes) -> str:
    """The format that claims the bytes, or what was said against them."""
    try:
        return formats.parse(data, USUAL, CONTEXT).format.name
    except FormatError as error:
        return str(error)


# --- the round trip -------------------------------------------------------------------------------

_word = st.text(
    st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüéñ0123456789,.:()—“”"),
    min_size=1,
    max_size=12,
)


@st.composite
def _lines(draw: st.DrawFn, most: int = 40) -> str:
    return "Q" + " ".join(draw(st.lists(_word, min_size=1, max_size=most)))


_stories = st.fixed_dictionaries(
    {
        "number": st.integers(0, 9_999),
        "headline": _lines(8),
        "by": st.none() | st.just("By ADA QUILL"),
        "note": st.none() | _lines(8),
        "paragraphs": st.lists(_lines(), min_size=1, max_size=5),
        "rows": st.lists(st.lists(_word, min_size=2, max_size=2), max_size=3),
    }
)


def _set(line: str) -> str:
    return line.replace("—", "_").replace("“", "``").replace("”", "''")


def _written(story: dict) -> bytes:
    """A test-only writer: characters to codes, one line for each paragraph."""
    above = ["BC-VR--Lowgate-Harbour Closed,131<", f"{_set(story['headline'])}<"]
    above += [f"Eds: {_set(story['note'])}<"] if story["note"] else []
    above += [f"{story['by']}="] if story["by"] else []
    rows = ["\x08" + "\x1f\x1e ".join(map(_set, row)) for row in story["rows"]]
    lines = [*map(_set, story["paragraphs"]), *rows]
    return message(*lines, first=f"W{story['number']:04}\x1fasian", above=tuple(above))


_TO_EDITORS = re.compile("sperr|embargo|release|hfr|kill|hold|withdraw|ryry", re.IGNORECASE)


def _settable(story: dict) -> bool:
    """A dash that touches a word has no code in ANPA; words to editors are more than words."""
    lines = [story["headline"], story["note"] or "", *story["paragraphs"]]
    lines += [cell for row in story["rows"] for cell in row]
    if _TO_EDITORS.search(" ".join(lines)):
        return False
    return all(word == "—" or "—" not in word for line in lines for word in line.split(" "))


@settings(max_examples=60, deadline=None)
@given(_stories.filter(_settable))
def test_a_story_written_in_anpa_is_given_back(story: dict) -> None:
    found = item(_written(story), profile(missing_status="usable", charset="cp1252"))
    assert found.transmit_id == f"W{story['number']:04}"
    assert (found.headline, found.by) == (story["headline"], story["by"])
    assert found.ed_note == (f"Eds: {story['note']}" if story["note"] else None)
    assert found.hold_reason == ()
    blocks = [text.block_text(block) for block in found.copy.blocks]
    rows = ["\n".join("\t".join(row) for row in story["rows"])] if story["rows"] else []
    assert blocks == story["paragraphs"] + rows


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_raise_anything_but_a_format_error(noise: bytes, inside: bool) -> None:
    data = message().replace(b"harbour is", noise) if inside else message() + noise
    parsed = read(data)
    assert all("words-unaccounted" not in found.hold_reason for found in parsed.items)


# --- real messages -------------------------------------------------------------------------------


def test_the_real_messages_are_whole_and_accounted_for(corpus) -> None:
    seen = 0
    for path in sorted((corpus / "agency-samples/anpa").glob("*.tst")):
        for found in read(path.read_bytes(), profile(missing_status="usable")).items:
            assert found.headline
            assert found.hold_reason == ()
            assert found.copy.blocks
            seen += 1
    assert seen == 8


@pytest.mark.parametrize("between", [b"\x04", b"\x01", b"\x04 \x04\r\n", b"\x01\x04\x00"])
def test_empty_messages_between_messages_are_none(between: bytes) -> None:
    parsed = read(message() + between * 10_001 + message())
    assert (len(parsed.items), parsed.failed) == (2, ())
