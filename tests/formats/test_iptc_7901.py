"""IPTC 7901: every line of the reference page, and of formats §1.2, §2.5 and §3.3 that bears on it.

The fixtures are written for these tests; agencies and people in them do not exist.
"""

import textwrap
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
PARAGRAPHS = (
    "Lowgate (mpa) - The harbour of Lowgate will be closed to ships over ten thousand tonnes.",
    "The channel has silted up faster than anybody reckoned, Ada Quill told reporters.",
)
DTG = "041530 GMT Dec 25"


def wrapped(*paragraphs: str, indent: str = "", parted: str = "\r\n\r\n") -> str:
    """Paragraphs as a wire sets them: broken at column 69, parted by blank lines."""
    return parted.join(
        "\r\n".join(textwrap.wrap(p, 69, initial_indent=indent, break_on_hyphens=False))
        for p in paragraphs
    )


def message(
    body: str = wrapped(*PARAGRAPHS),
    *,
    header: str = "mxa0123 4 i 52  mpa 0061",
    keywords: str = "Lowgate/harbour/",
    top: str = "Lowgate closes its harbour to the largest ships =",
    dtg: str = DTG,
) -> bytes:
    """One message with all its control characters."""
    above = f"\x01{header}\r\n\n{keywords}\r\n\x02{top}\r\n\n"
    return f"{above}{body}\r\n\r\n\x03{dtg}\r\n\x7f\r\n\x7f\x04".encode("cp1252")


def words(found: Item) -> str:
    return formats.text_of(found)


# --- what is read from where ---------------------------------------------------------------------


def test_a_message_gives_an_item_with_every_field_of_the_reference_page() -> None:
    top = "2ND LEAD\r\nLowgate closes its harbour to the largest\r\nships\r\nBy Ada Quill, mpa ="
    found = item(message(top=top), USUAL)
    assert found.format.name == "iptc-7901"
    assert (found.guid, found.transmit_id) == ("iptc-7901:mxa0123:mpa-61:04dec25", "mxa0123")
    assert [(alt.role, alt.value) for alt in found.alt_ids] == [("service-number", "mpa 61")]
    assert (found.version, found.version_number) == ("2ND LEAD", None)
    assert found.version_created.instant.isoformat() == "2025-12-04T15:30:00+00:00"
    assert (found.version_created.raw, found.sent) == (DTG, found.version_created)
    assert found.editorial_types == (EditorialType.lead,)
    assert found.headline == "Lowgate closes its harbour to the largest ships"
    assert (found.by, found.bylines[0].name) == ("By Ada Quill, mpa", "Ada Quill, mpa")
    assert (found.dateline, found.located) == ("Lowgate (mpa) -", "Lowgate")
    assert (found.slugline, found.keywords) == ("Lowgate/harbour/", ("Lowgate", "harbour"))
    assert (found.urgency, found.urgency_raw, found.priority) == (4, "4", "4")
    assert (found.anpa_category, found.subjects[0].literal) == ("i", "i")
    assert found.services == ("mxa", "mpa")
    assert found.bodies[0].word_count == 52
    assert found.pub_status is PubStatus.usable
    assert found.hold_reason == ()
    assert words(found) == "\n\n".join(PARAGRAPHS) + "\n"
    assert found.copy.omissions == {
        "take-key": 8, "headline": 46, "byline": 17, "typesetting": 1,
    }  # fmt: skip


def test_a_status_is_never_there_so_the_profile_says_what_an_item_is() -> None:
    found = item(message())
    assert (found.pub_status, found.hold_reason) == (PubStatus.hold, ("status-missing",))


@pytest.mark.parametrize(
    ("header", "source", "service", "category", "count"),
    [
        ("mxa012 3 s 586 ccccb   mpa 099", "mxa012", "mpa 99", "s", 586),
        ("mxa0123 3 i 380  mpa 0045", "mxa0123", "mpa 45", "i", 380),
        ("mxb00123 4 s 850  mpa-tns 0908", "mxb00123", "mpa-tns 908", "s", 850),
        ("mxa0123 5 pol 120 ", "mxa0123", None, "pol", 120),
        ("mxa0123 5 VM 120", "mxa0123", None, "VM", 120),
        ("MXA123 1 i  mpa 0045", "MXA123", "mpa 45", "i", None),
    ],
)
def test_header_lines_differ_from_agency_to_agency(
    header: str, source: str, service: str | None, category: str, count: int | None
) -> None:
    found = item(message(header=header), USUAL)
    assert found.transmit_id == source
    assert [alt.value for alt in found.alt_ids] == ([service] if service else [])
    assert found.anpa_category == category
    assert found.bodies[0].word_count == count


def test_an_option_nobody_explained_is_kept_as_sent() -> None:
    assert item(message(header="mxa012 3 s 586 ccccb   mpa 099")).channels == ("ccccb",)


def test_several_keyword_lines_are_one_slugline() -> None:
    found = item(message(keywords="Lowgate/harbour/\r\nships/sand/"))
    assert found.slugline == "Lowgate/harbour/ships/sand/"
    assert found.keywords == ("Lowgate", "harbour", "ships", "sand")


def test_a_headline_without_its_sign_is_the_line_that_stands_alone() -> None:
    assert item(message(top="Lowgate closes its harbour")).headline == "Lowgate closes its harbour"


def test_without_a_headline_nothing_is_made_one() -> None:
    found = item(b"\x01mxa0123 4 i 52  mpa 0061\r\n\nL/\r\n\x02" + wrapped(*PARAGRAPHS).encode()
                 + b"\r\n\x03041530 GMT Dec 25\r\n\x04")  # fmt: skip
    assert found.headlines == ()
    assert words(found) == "\n\n".join(PARAGRAPHS) + "\n"


@pytest.mark.parametrize("line", ["Von Ada Quill, mpa =", "Par Ada Quill, MPA =", "By Ada Quill ="])
def test_a_byline_begins_with_by_or_ends_with_the_agency_of_the_header(line: str) -> None:
    found = item(message(top=f"Hafen gesperrt\r\n{line}"))
    assert (found.headline, found.by) == ("Hafen gesperrt", line.removesuffix(" ="))


def test_a_headline_that_begins_like_a_byline_in_another_language_is_a_headline() -> None:
    found = item(message(top="Quill und\r\nVon der Heide sperren den Hafen ="))
    assert (found.headline, found.by) == ("Quill und Von der Heide sperren den Hafen", None)


@pytest.mark.parametrize(
    "dateline", ["Lowgate (mpa) -", "San Milo, Veria (mpa/ots) --", "Genf/Lowgate (mpa) –"]
)
def test_a_dateline_stays_in_the_text_and_is_read_too(dateline: str) -> None:
    found = item(message(f"{dateline} The harbour is closed."))
    assert found.dateline == dateline
    assert words(found) == f"{dateline} The harbour is closed.\n"


def test_brackets_later_in_a_sentence_are_no_dateline() -> None:
    assert item(message("The harbour (the old one) is closed.")).dateline is None


# --- identity -----------------------------------------------------------------------------------


def test_the_same_bytes_sent_again_are_the_same_item() -> None:
    assert item(message()) == item(message())


@pytest.mark.parametrize(
    "other",
    [
        message(header="mxa0124 4 i 52  mpa 0061"),
        message(header="mxb0123 4 i 52  mpa 0061"),
        message(header="mxa0123 4 i 52  mpa 0062"),
        message(dtg="051530 GMT Dec 25"),
        message(dtg="041530 GMT Dec 24"),
    ],
)
def test_a_number_that_wrapped_is_not_the_same_item(other: bytes) -> None:
    assert item(message()).guid != item(other).guid


def test_without_a_service_number_the_minute_tells_two_rounds_of_one_day_apart() -> None:
    one, other = (
        item(message(header="mxa012 4 i 52", dtg=f"04{at} Dec 25")) for at in ("0930", "2130")
    )
    assert one.guid != other.guid


def test_without_a_date_the_characters_tell_messages_apart() -> None:
    one, other = (item(message(wrapped(p), dtg="")) for p in PARAGRAPHS)
    assert one.guid != other.guid
    assert one.guid == item(message(wrapped(PARAGRAPHS[0]), dtg="")).guid


def test_what_a_profile_says_does_not_move_an_id() -> None:
    okt = message(dtg="071341 GMT Okt 15")
    assert item(okt).guid == item(okt, profile(zone="Europe/Berlin", assume_zone=True)).guid


# --- the time -----------------------------------------------------------------------------------


def test_a_date_without_a_zone_gives_no_instant_and_holds() -> None:
    found = item(message(dtg="091223 dec 18"), USUAL)
    assert found.version_created.instant is None
    assert found.hold_reason == ("date-missing",)


def test_a_zone_that_the_profile_assumes_gives_the_instant() -> None:
    agency = profile(missing_status="usable", zone="Europe/Zurich", assume_zone=True)
    found = item(message(dtg="091223 dec 18"), agency)
    assert found.version_created.instant.isoformat() == "2018-12-09T12:23:00+01:00"
    assert found.hold_reason == ()


def test_a_date_that_cannot_be_read_holds() -> None:
    found = item(message(dtg="319999 GMT Foo 25"), USUAL)
    assert "date-missing" in found.hold_reason


# --- lines and paragraphs ------------------------------------------------------------------------


def test_lines_broken_at_the_column_are_joined_by_one_blank() -> None:
    found = item(message(wrapped(PARAGRAPHS[0])))
    assert len(found.copy.blocks[0].lines) == 1
    assert words(found) == PARAGRAPHS[0] + "\n"


def test_blanks_at_line_ends_are_layout_and_blanks_inside_are_not() -> None:
    body = wrapped(PARAGRAPHS[0].replace("ten thousand", "ten  thousand"))
    found = item(message(body.replace("\r\n", "  \r\n")), USUAL)
    assert words(found) == PARAGRAPHS[0].replace("ten thousand", "ten  thousand") + "\n"
    assert found.hold_reason == ()


def test_a_line_that_ends_before_the_column_was_ended_on_purpose() -> None:
    found = item(message("Results:\r\nLowgate - Highgate 3:1\r\nEastgate - Westgate 0:0"))
    assert words(found) == "Results:\nLowgate - Highgate 3:1\nEastgate - Westgate 0:0\n"


def test_a_hyphen_at_a_line_end_is_neither_undone_nor_followed_by_a_blank() -> None:
    line = "The master of the harbour of Lowgate has closed the channel to deep-"
    found = item(message(f"{line}\r\nsea ships."))
    assert words(found) == f"{line}\nsea ships.\n"


def test_a_dash_at_a_line_end_is_a_word_of_its_own() -> None:
    line = "The master of the harbour of Lowgate has closed the whole channel -"
    assert words(item(message(f"{line}\r\nfor good."))) == f"{line} for good.\n"


def test_a_list_keeps_its_lines_and_their_continuations() -> None:
    body = (
        "- Reporting by Ada Quill in Lowgate and Ben Ash in the town of San\r\n"
        "  Milo, Veria\r\n- Editing by Cy Reed"
    )
    assert words(item(message(body))) == (
        "- Reporting by Ada Quill in Lowgate and Ben Ash in the town of San Milo, Veria\n"
        "- Editing by Cy Reed\n"
    )


def test_an_indent_alone_begins_a_paragraph() -> None:
    body = wrapped(*PARAGRAPHS, indent="   ", parted="\r\n")
    found = item(message(body), USUAL)
    assert words(found) == "\n\n".join(PARAGRAPHS) + "\n"
    assert found.hold_reason == ()


def test_columns_stay_as_they_were_typed() -> None:
    rows = "             P    W   Pts\r\nLowgate     10    9    27\r\nHighgate    10    1     3"
    found = item(message(f"Table:\r\n\r\n{rows}\r\n\r\nAfter ten rounds."), USUAL)
    assert [block.kind for block in found.copy.blocks] == [
        BlockKind.paragraph, BlockKind.preformatted, BlockKind.paragraph,
    ]  # fmt: skip
    assert rows.replace("\r\n", "\n") in words(found)
    assert found.hold_reason == ()


def test_text_that_nobody_wrapped_keeps_its_lines() -> None:
    body = "\r\n".join(PARAGRAPHS * 3)
    assert words(item(message(body))) == "\n".join(PARAGRAPHS * 3) + "\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r", "\n\r"])
def test_every_way_to_end_a_line_ends_a_line(end: str) -> None:
    plain = message().decode().replace("\r\n", "\n").replace("\n", end)
    assert words(item(plain.encode())) == "\n\n".join(PARAGRAPHS) + "\n"


# --- control characters (formats §3.3) ------------------------------------------------------------


def test_fill_and_bells_are_no_characters_of_the_text() -> None:
    filled = message().replace(b"Ada", b"A\0d\x7fa").replace(b"told", b"\x07\x07told")
    found = item(b"\x7f\x7f\0\r\n" + filled, USUAL)
    assert words(found) == "\n\n".join(PARAGRAPHS) + "\n"
    assert found.hold_reason == ()


@pytest.mark.parametrize("sign", ["^", "<", "=", "_", "``", "''", "{", ";"])
def test_what_sets_type_in_anpa_is_text_here(sign: str) -> None:
    assert words(item(message(f"One {sign} two {sign}"))) == f"One {sign} two {sign}\n"


def test_a_control_character_nobody_explained_holds() -> None:
    found = item(message("Lowgate \x1b$B (mpa) - x"), USUAL)
    assert found.hold_reason == ("control-unknown",)


def test_a_gateway_that_took_every_control_away_loses_nothing() -> None:
    whole = item(message(), USUAL)
    bare = message().translate(None, b"\x01\x02\x03\x04\x7f")
    found = item(bare, USUAL)
    assert (found.guid, found.headline, found.keywords) == (
        whole.guid, whole.headline, whole.keywords,
    )  # fmt: skip
    assert found.version_created == whole.version_created
    assert (words(found), found.hold_reason) == (words(whole), ())


@pytest.mark.parametrize("missing", [b"\x01", b"\x02", b"\x03", b"\x04", b"\x01\x04", b"\x02\x03"])
def test_any_of_the_four_controls_may_be_missing(missing: bytes) -> None:
    found = item(message().translate(None, missing), USUAL)
    assert found.guid == item(message()).guid
    assert words(found) == "\n\n".join(PARAGRAPHS) + "\n"


# --- charsets (formats §3.1, §3.2) ----------------------------------------------------------------


def test_a_charset_of_the_profile_is_used_and_nothing_repaired() -> None:
    data = message("Zürich (mpa) - «Économie» für alle.")
    found = item(data, profile(charset="iso-8859-1"))
    assert words(found) == "Zürich (mpa) - «Économie» für alle.\n"
    assert (found.repairs, found.raw_ref.used_charset) == ((), "cp1252")


def test_a_charset_that_nobody_stated_is_a_repair() -> None:
    found = item(message("Zürich (mpa) - Für alle."))
    assert words(found) == "Zürich (mpa) - Für alle.\n"
    assert found.repairs == ("charset",)


def test_one_stray_byte_taints_its_own_message_only() -> None:
    parsed = read(message("Z\xfcrich.") + message())
    assert [found.repairs for found in parsed.items] == [("charset",), ()]


def test_seven_bit_letters_are_read_by_the_variant_of_the_profile() -> None:
    found = item(message("Z}rich (mpa) - Stra~e, [rger."), profile(charset="iso646-de"))
    assert words(found) == "Zürich (mpa) - Straße, Ärger.\n"


def test_a_no_break_space_is_no_layout() -> None:
    found = item(message("Hele\xa0\r\n\r\n\xa0 Quill"), profile(charset="cp1252"))
    assert words(found) == "Hele\xa0\n\n\xa0 Quill\n"


# --- what is said in words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "types"),
    [
        ("1ST LEAD", (EditorialType.lead,)),
        ("3RD NET", (EditorialType.update,)),
        ("REFILE", (EditorialType.refile,)),
        ("REFILE\r\n1ST LEAD", (EditorialType.refile, EditorialType.lead)),
        ("EXTRA", (EditorialType.alert,)),
        ("CORRECTION", (EditorialType.correction,)),
        ("BERICHTIGUNG:", (EditorialType.correction,)),
        ("WIEDERHOLUNG", (EditorialType.repeat,)),
        ("TEST", (EditorialType.test,)),
        ("ROUNDUP", ()),
    ],
)
def test_take_keys_tell_the_version(keys: str, types: tuple[EditorialType, ...]) -> None:
    found = item(message(top=f"{keys}\r\nLowgate closes its harbour ="), USUAL)
    assert (found.editorial_types, found.headline) == (types, "Lowgate closes its harbour")
    assert found.hold_reason == ()


@pytest.mark.parametrize(
    ("key", "partial"), [("ADD 1", Partial.add), ("INSERT", Partial.patch), ("SUB", Partial.patch)]
)
def test_a_part_of_a_story_is_never_a_whole(key: str, partial: Partial) -> None:
    assert item(message(top=f"{key}\r\nLowgate closes =")).partial is partial


def test_a_take_key_nobody_knows_is_held() -> None:
    found = item(message(top="RECTIFICATIF\r\nLowgate closes ="), USUAL)
    assert found.hold_reason == ("editorial-type-unknown",)


def test_a_headline_all_in_capitals_is_a_headline() -> None:
    found = item(message(top="FIRE AT SEA\r\nLOWGATE SENDS TUGS ="), USUAL)
    assert (found.headline, found.hold_reason) == ("FIRE AT SEA LOWGATE SENDS TUGS", ())


KILL = "\x07\x07\x07\x07\x07KILL KILL KILL\x07\x07\x07\x07\x07"


def test_a_kill_names_what_it_kills_and_is_never_a_story() -> None:
    body = wrapped(
        "Please kill item dpa 157, slugged Lowgate/harbour, headline: Lowgate closes. "
        "The master was misquoted. A substitute will follow as item dpa 163."
    )
    found = item(message(body, top=f"{KILL} ="), USUAL)
    assert found.editorial_types == (EditorialType.kill,)
    assert found.pub_status is PubStatus.canceled
    assert [(t.service_number, t.new_status) for t in found.targets] == [
        ("dpa 157", PubStatus.canceled)
    ]
    assert found.copy.blocks == ()
    assert "Please kill item dpa 157" in found.ed_note
    assert set(found.copy.omissions) <= {"notice", "headline", "take-key", "typesetting"}


@pytest.mark.parametrize(
    ("told", "numbers"),
    [
        ("Please kill item mpa 157.", ["mpa 157"]),
        ("Please kill item mpa 0157.", ["mpa 157"]),
        ("Please kill items mpa 157 and mpa 158.", ["mpa 157", "mpa 158"]),
        ("Item mpa 157 must not be used and is replaced by mpa 163.", ["mpa 157"]),
        ("Die Meldung mpa 157 bitte nicht verwenden.", ["mpa 157"]),
        ("The corrected item mpa 163 follows.", []),
        ("Please kill the story on the harbour.", []),
    ],
)
def test_only_what_is_to_go_is_a_target(told: str, numbers: list[str]) -> None:
    found = item(message(wrapped(told), top="KILL KILL KILL ="))
    assert [target.service_number for target in found.targets] == numbers
    assert found.pub_status is PubStatus.canceled


def test_the_story_has_the_number_that_a_kill_names() -> None:
    story = item(message(header="mxa0123 4 i 52  mpa 0157"))
    kill = item(message("Please kill item mpa 157.", top="KILL KILL KILL ="))
    assert story.alt_ids[0].value == kill.targets[0].service_number


def test_a_hold_is_a_notice_that_withholds() -> None:
    found = item(message("Item mpa 157 is being checked.", top="HOLD HOLD HOLD ="), USUAL)
    assert found.editorial_types == (EditorialType.withhold,)
    assert found.pub_status is PubStatus.withheld
    assert [(t.service_number, t.new_status) for t in found.targets] == [
        ("mpa 157", PubStatus.withheld)
    ]
    assert found.copy.blocks == ()


@pytest.mark.parametrize(
    "body",
    ["KILL KILL KILL\r\n\r\nPlease kill item mpa 157.", "Please kill item mpa 157 at once."],
)
def test_a_kill_may_stand_in_the_text_alone(body: str) -> None:
    assert item(message(body)).pub_status is PubStatus.canceled


@pytest.mark.parametrize(
    "headline",
    ["Police kill three in Lowgate", "Hold, hold, hold: sailors wait for the tide",
     "Kill kill kill, says the play's poster"],
)  # fmt: skip
def test_a_story_about_killing_is_no_kill(headline: str) -> None:
    found = item(message(top=f"{headline} ="), USUAL)
    assert (found.pub_status, found.editorial_types) == (PubStatus.usable, ())
    assert found.copy.blocks


@pytest.mark.parametrize(
    "headline",
    [
        "Mandatory kill switch for power boats",
        "Story killers: how Lowgate lost its paper",
        "Bulletin killed viewers' sleep",
        "'A kill is mandatory': a day at the wire",
        "Embargoed tanker drifts off Lowgate",
        "Embargo on oil from Veria to hold",
        "Embargo gegen Veria: Tankstellen schließen",
        "Sperrfrist für Raketen: Rat stimmt ab",
        "Gesperrt bis Ostern: Tunnel bekommt Lüftung",
    ],
)
@pytest.mark.parametrize("place", ["headline", "text"])
def test_news_that_opens_with_a_word_of_the_wire_is_a_story(headline: str, place: str) -> None:
    top, body = (headline, PARAGRAPHS) if place == "headline" else ("Lowgate", (headline,))
    found = item(message(wrapped(*body), top=f"{top} ="), USUAL)
    assert (found.pub_status, found.editorial_types) == (PubStatus.usable, ())
    assert (found.embargo.state, found.hold_reason) == (EmbargoState.none, ())
    assert found.headline == top


@pytest.mark.parametrize("line", ["Mandatory kill", "Story kill (19:00)", "MANDATORY KILL NOW"])
def test_a_kill_in_small_letters_is_one_where_nothing_follows(line: str) -> None:
    assert item(message(top=f"{line} ="), USUAL).pub_status is PubStatus.canceled


@pytest.mark.parametrize("keywords", ["Embargo/", "EMBARGO-OIL/", "Veria/Embargo/"])
def test_a_slug_about_an_embargo_sets_none(keywords: str) -> None:
    assert item(message(keywords=keywords), USUAL).embargo.state is EmbargoState.none


def test_a_line_of_a_paragraph_that_begins_with_embargo_is_no_line_for_editors() -> None:
    body = "Lowgate (mpa) - Ships will be searched under the\r\nembargo until the end of May."
    found = item(message(body), USUAL)
    assert (found.embargo.state, found.hold_reason) == (EmbargoState.none, ())


@pytest.mark.parametrize("keywords", ["Advisory/Lowgate/", "Lowgate/harbour/(Achtung)/"])
def test_an_advisory_is_told_by_its_keyword(keywords: str) -> None:
    assert EditorialType.advisory in item(message(keywords=keywords)).editorial_types


@pytest.mark.parametrize("line", ["RYRYRYRYRYRYRYRY", "THE QUICK BROWN FOX JUMPS OVER 1234567890"])
def test_a_test_of_the_line_is_a_test(line: str) -> None:
    assert EditorialType.test in item(message(line)).editorial_types


@pytest.mark.parametrize(
    "line",
    [
        "EMBARGOED UNTIL 0001 GMT FRIDAY",
        "Sperrfrist: Freitag 18.00 Uhr",
        "(Not for release before 6 p.m.)",
        "HOLD FOR RELEASE at noon",
        "Embargo 18:00 GMT",
        "Sperrfrist Redebeginn",
        "EMBARGO! EMBARGO! EMBARGO!",
        "Gesperrt bis Freitag 18 Uhr",
    ],
)
@pytest.mark.parametrize("place", ["top", "text"])
def test_an_embargo_told_in_a_line_never_opens_by_itself(line: str, place: str) -> None:
    data = (
        message(top=f"{line}\r\nLowgate closes =")
        if place == "top"
        else message(f"{line}\r\n\r\n{wrapped(*PARAGRAPHS)}")
    )
    found = item(data, USUAL)
    assert found.embargo.state is EmbargoState.unparseable
    assert found.embargo.raw == line


def test_an_embargo_told_inside_a_paragraph_is_held_for_a_person() -> None:
    body = wrapped("Editors: this text is not to be published or not for release before Friday.")
    found = item(message(body), USUAL)
    assert "embargo-note" in found.hold_reason


def test_a_story_about_an_oil_embargo_is_no_embargo() -> None:
    body = wrapped("Lowgate (mpa) - The oil embargo against Veria will be lifted, it was said.")
    found = item(message(body), USUAL)
    assert (found.embargo.state, found.hold_reason) == (EmbargoState.none, ())


# --- notes for editors ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "The following information is not intended for publication",
        "The following information is not for publication",
    ],
)
def test_what_is_not_for_publication_is_left_out_by_name(sentence: str) -> None:
    note = f"* * * *\r\n{sentence}\r\n\r\n## Contacts\r\n- Ada Quill, +00 123"
    found = item(message(f"{wrapped(*PARAGRAPHS)}\r\n\r\n{note}\r\n\r\nmpa aq"), USUAL)
    assert words(found) == "\n\n".join(PARAGRAPHS) + "\n"
    assert found.ed_note.startswith("* * * *\nThe following")
    assert "editors-note" in found.copy.omissions
    assert found.hold_reason == ()


def test_lines_of_the_profile_begin_the_part_for_editors() -> None:
    data = message(f"{wrapped(*PARAGRAPHS)}\r\n\r\n# Notebook\r\n\r\n## Links\r\n- [x](y)")
    found = item(data, profile(notes_from=("# Notebook",)))
    assert words(found) == "\n\n".join(PARAGRAPHS) + "\n"
    assert found.ed_note.startswith("# Notebook")
    assert "# Notebook" in words(item(data))


def test_a_line_that_only_contains_the_marker_begins_nothing() -> None:
    data = message("One # Notebook two.\r\n\r\n# Notebooks")
    assert item(data, profile(notes_from=("# Notebook",))).ed_note is None


# --- many messages, bad input ---------------------------------------------------------------------


def test_every_message_of_a_delivery_is_read() -> None:
    many = [message(header=f"mxa{n:04} 4 i 52  mpa {n:04}") for n in range(50)]
    parsed = read(b"\0\x7f\r\n".join(many))
    assert [found.transmit_id for found in parsed.items] == [f"mxa{n:04}" for n in range(50)]
    assert parsed.failed == ()


def test_messages_without_any_control_are_told_apart_by_their_headers() -> None:
    many = [message(header=f"mxa{n:04} 4 i 52  mpa {n:04}") for n in range(5)]
    parsed = read(b"".join(many).translate(None, b"\x01\x02\x03\x04\x7f"), USUAL)
    assert [found.transmit_id for found in parsed.items] == [f"mxa{n:04}" for n in range(5)]
    assert {words(found) for found in parsed.items} == {"\n\n".join(PARAGRAPHS) + "\n"}
    assert all(found.hold_reason == () for found in parsed.items)


def test_a_bad_message_does_not_lose_its_neighbours() -> None:
    bad = b"\x01not a header at all\r\n\x02text\x03\x04"
    parsed = read(message() + bad + message(header="mxa0124 4 i 52  mpa 0062"))
    assert [found.transmit_id for found in parsed.items] == ["mxa0123", "mxa0124"]
    assert [failed.index for failed in parsed.failed] == [1]
    assert parsed.failed[0].error.startswith("no IPTC 7901 header")


def test_text_between_messages_is_reported_not_dropped() -> None:
    parsed = read(message() + b"stray characters" + message())
    assert (len(parsed.items), len(parsed.failed)) == (2, 1)
    assert "stray characters" in parsed.failed[0].error


def test_a_message_without_its_start_is_read_among_the_others() -> None:
    many = [message(header=f"mxa{n:04} 4 i 52  mpa {n:04}") for n in range(3)]
    parsed = read(many[0] + b"\x04\r\n" + many[1].lstrip(b"\x01") + b"\x04\x04" + many[2])
    assert [found.transmit_id for found in parsed.items] == ["mxa0000", "mxa0001", "mxa0002"]
    assert parsed.failed == ()


def test_nnnn_after_a_message_is_no_message() -> None:
    assert read(message() + b"\r\nNNNN\r\n" + message()).failed == ()


@pytest.mark.parametrize("at", [120, 180, 240])
def test_a_message_that_breaks_off_is_held(at: int) -> None:
    found = item(message()[:at], USUAL)
    assert "message-cut" in found.hold_reason


def test_a_message_longer_than_the_limit_is_refused_and_its_neighbours_are_read() -> None:
    parsed = read(message() + message("x" * 1_100_000) + message())
    assert (len(parsed.items), len(parsed.failed)) == (2, 1)
    assert "the limit is" in parsed.failed[0].error


def test_a_message_of_more_lines_than_the_limit_is_refused() -> None:
    parsed = read(message() + message("x\r\n" * 10_001))
    assert (len(parsed.items), len(parsed.failed)) == (1, 1)
    assert "lines in one message" in parsed.failed[0].error


def test_more_messages_than_the_limit_are_refused() -> None:
    with pytest.raises(OverLimit):
        read(message() + b"\x01x\x04" * 10_001)


@pytest.mark.parametrize("charset", [None, "cp1252", "utf-8", "iso646-de"])
def test_a_kill_with_bytes_of_no_charset_is_heard(charset: str | None) -> None:
    data = message("Please kill item mpa 157.\r\nAda", top="KILL KILL KILL =")
    parsed = read(message() + data.replace(b"Ada", b"\x81\x8d \x93"), profile(charset=charset))
    story, kill = parsed.items
    assert parsed.failed == ()
    assert (story.repairs, kill.repairs) == ((), ("charset",))
    assert kill.pub_status is PubStatus.canceled
    assert [target.service_number for target in kill.targets] == ["mpa 157"]
    assert kill.ed_note.endswith("\x81\x8d “")


def test_a_paragraph_is_one_piece_of_its_source() -> None:
    found = item(message(), USUAL)
    assert [piece.text for piece in found.copy.pieces if piece.omitted is None] == [*PARAGRAPHS]


@pytest.mark.parametrize("blank", ["\r\n\r\n\r\n", "\r\n \r\n\r\n\r\n"])
def test_several_blank_lines_part_as_one_does(blank: str) -> None:
    found = item(message(wrapped(*PARAGRAPHS, parted=blank)), USUAL)
    assert (words(found), found.hold_reason) == ("\n\n".join(PARAGRAPHS) + "\n", ())


@pytest.mark.parametrize(
    "hostile",
    [
        b"\x01" + b" " * 200_000,
        b"\x01mxa0123 4 i 52 " + b"a " * 100_000 + b"\r\n",
        b"mxa0123 4 i 52\r\n" + b" \n" * 200_000,
        message("=" * 200_000),
        message(" " * 400_000 + "x"),
        message("a   b\r\n" * 50_000),
        message("- " * 200_000),
        message("item dpa 12 " * 30_000, top="KILL KILL KILL ="),
        message("The following information is not " * 20_000),
        message("(" * 300_000),
        b"mxa0123 4 i 52\r\n" * 9_000,
        b"\x7f" * 1_000_000 + message(),
    ],
)
def test_nothing_takes_long(hostile: bytes) -> None:
    begun = time.perf_counter()
    try:
        read(hostile, profile(notes_from=("# Notebook",)))
    except FormatError:
        pass
    assert time.perf_counter() - begun < 3


def test_facts_can_be_read_without_the_words() -> None:
    context = formats.Context(received=NOW, words=False)
    found = formats.parse(message(), USUAL, context).items[0]
    assert found.copy.blocks == ()
    assert found.headline == "Lowgate closes its harbour to the largest ships"
    assert found.bodies[0].value


# --- detection -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        b"From: Ada <a@example.org>\r\nSubject: x\r\n\r\nabc0123 4 i 5\r\n",
        b"Lowgate closes its harbour\n\nBy Ada Quill\n\nThe harbour is closed.\n",
        b"abc 123\n",
        b"ab12 is no header\n",
        b'"abc0123 4 i 52"\n',
        b"\x16\x16\x01W2870\x1fasian\r\nf l\x13\x11 BC-Lowgate     11-13 1049\r\n\x02^BC\x03",
    ],
)
def test_other_texts_are_not_claimed(other: bytes) -> None:
    assert "iptc-7901" not in claimed(other)


def claimed(data: bytes) -> str:
    """The format that claims the bytes, or what was said against them."""
    try:
        return formats.parse(data, USUAL, CONTEXT).format.name
    except FormatError as error:
        return str(error)


def test_noise_before_the_first_message_does_not_hide_it() -> None:
    parsed = read(b"...tail of another\r\n\x03041500 GMT Dec 25\r\n\x04" + message())
    assert (parsed.format.name, len(parsed.items), len(parsed.failed)) == ("iptc-7901", 1, 1)


# --- the round trip -------------------------------------------------------------------------------

_word = st.text(
    st.sampled_from(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüéçßñ0123456789'\",.:()"
    ),
    min_size=1,
    max_size=12,
)


def _sentence(draw: st.DrawFn, most: int) -> str:
    return "Q" + " ".join(draw(st.lists(_word, min_size=1, max_size=most)))


@st.composite
def _stories(draw: st.DrawFn) -> dict[str, object]:
    """What 7901 can say: words without runs of blanks, in paragraphs."""
    return {
        "number": draw(st.integers(0, 99_999)),
        "service": draw(st.integers(1, 9_999)),
        "priority": draw(st.integers(1, 9)),
        "headline": _sentence(draw, 8),
        "by": draw(st.none() | st.just("By Ada Quill, mpa")),
        "paragraphs": [_sentence(draw, 60) for _ in range(draw(st.integers(1, 5)))],
        "indented": draw(st.booleans()),
        "stripped": draw(st.booleans()),
    }


def _written(story: dict[str, object]) -> bytes:
    """A test-only writer: one message, hard-wrapped at 69 columns."""
    top = textwrap.wrap(str(story["headline"]), 69, break_on_hyphens=False)
    top += [story["by"]] if story["by"] else []
    body = wrapped(*story["paragraphs"], indent="   " if story["indented"] else "")
    data = message(
        body,
        header=f"mxa{story['number']:05} {story['priority']} i 52  mpa {story['service']:04}",
        top="\r\n".join(top) + " =",
    )
    return data.translate(None, b"\x01\x02\x03\x04\x7f") if story["stripped"] else data


@settings(max_examples=60, deadline=None)
@given(_stories())
def test_a_story_written_in_7901_is_given_back(story: dict[str, object]) -> None:
    found = item(_written(story), profile(missing_status="usable", charset="cp1252"))
    assert found.headline == story["headline"]
    assert found.by == story["by"]
    assert found.urgency == story["priority"]
    assert found.alt_ids[0].value == f"mpa {story['service']}"
    assert "words-unaccounted" not in found.hold_reason
    kept = [text.block_text(block).replace("\n", " ") for block in found.copy.blocks]
    assert kept == [p.replace("\n", " ") for p in story["paragraphs"]]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_raise_anything_but_a_format_error(noise: bytes, inside: bool) -> None:
    data = message().replace(b"Ada", noise) if inside else message() + noise
    parsed = read(data)
    assert all("words-unaccounted" not in found.hold_reason for found in parsed.items)


# --- real messages -------------------------------------------------------------------------------


def test_the_real_messages_are_whole_and_accounted_for(corpus) -> None:
    agency = profile(missing_status="usable", notes_from=("# Notebook",), charset="cp1252")
    seen = 0
    for path in sorted((corpus / "agency-samples/iptc7901").glob("*.txt")):
        for found in read(path.read_bytes(), agency).items:
            assert found.headline
            assert found.dateline
            assert set(found.hold_reason) <= {"date-missing"}
            assert len(found.copy.blocks) > 3
            seen += 1
    assert seen == 4


@pytest.mark.parametrize("between", [b"\x04", b"\x01", b"\x04 \x04\r\n", b"\x01\x04\x00"])
def test_empty_messages_between_messages_are_none(between: bytes) -> None:
    parsed = read(message() + between * 10_001 + message())
    assert (len(parsed.items), parsed.failed) == (2, ())
