"""Pasted article pages: every defect named, every character accounted for, nothing else claimed."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster import agency
from copytaster import formats
from copytaster.formats import FormatError
from copytaster.formats._detect import document
from copytaster.formats.page_text import claims
from copytaster.item import PubStatus
from tests.formats.reading import CONTEXT
from tests.formats.reading import PROFILE
from tests.formats.reading import item
from tests.formats.reading import profile
from tests.formats.reading import read

HEADLINE = "Harbour bridge reopens after nine months of repairs"
FIRST = (
    "Port Alder, December 4 (NW): The harbour bridge reopened on Thursday after nine months "
    "of repairs, the city's transport office said."
)
SECOND = (
    "Engineers replaced two thousand bolts and the whole of the eastern deck, at a cost of "
    "forty million crowns, according to the office."
)
THIRD = '"We are glad it is over," said the mayor, Ada Berg, who walked across first. (NW)'
STAMP = "By NW | Updated: December 4, 2025 23:10 IST"
DISCLAIMER = (
    "(Except for the headline, this story has not been edited by our staff and is published "
    "from a syndicated feed.)"
)
NW = profile(name="NW", zones={"IST": "Asia/Kolkata"}, repairs=frozenset({"short-offset"}))


def page(*lines: str, between: str = "\n\n") -> str:
    return between.join(lines) + "\n"


def story(*, above: tuple[str, ...] = (), stamp: str = STAMP, below: tuple[str, ...] = ()) -> str:
    return page(*above, HEADLINE, stamp, FIRST, SECOND, THIRD, *below)


def words(text: str, agency_profile: object = PROFILE) -> str:
    return formats.text_of(item(text, agency_profile))


# --- the page as a whole -------------------------------------------------------------------------


def test_a_clean_page_gives_its_story_and_is_held_for_what_pages_lack() -> None:
    found = item(story(), NW)
    assert (found.headline, found.by) == (HEADLINE, "By NW")
    assert (found.dateline, found.located) == ("Port Alder, December 4 (NW)", "Port Alder")
    assert found.version_created.instant.isoformat() == "2025-12-04T23:10:00+05:30"
    assert formats.text_of(found) == page(FIRST, SECOND, THIRD)
    assert found.hold_reason == ("status-missing", "guid-missing")
    assert found.guid.startswith("sha256:")
    assert found.copy.omissions == {"headline": len(HEADLINE), "dates": len(STAMP)}


def test_the_profile_says_whether_a_page_without_status_is_usable() -> None:
    found = item(story(), profile(missing_status="usable"))
    assert found.pub_status is PubStatus.usable
    assert "guid-missing" in found.hold_reason


def test_everything_around_a_story_is_left_out_by_name() -> None:
    found = item(
        page(
            "Home", "World", f"Home > World > {HEADLINE}", HEADLINE,
            "The bridge carries forty thousand cars a day and was shut in March.",
            "World News | NW | Updated: Dec 04, 2025 11:10 pm IST", "Share", "2 min read",
            "Representative image", f"{HEADLINE} | {HEADLINE}", HEADLINE,
            "Port Alder, December 4 (NW): The harbour bridge reopened on Thursday after ...",
            FIRST, "Also Read | Ferries stop for the winter", SECOND, "Advertisement", THIRD,
            DISCLAIMER, "#harbour #bridge", "Tags: ports, sea", "Comments",
            "Copyright © 2025 Some Site. All rights reserved.", "Open in app",
            between="\n",
        ),
        NW,
    )  # fmt: skip
    assert formats.text_of(found) == page(FIRST, SECOND, THIRD)
    assert set(found.copy.omissions) == {
        "caption", "dates", "deck", "disclaimer", "furniture", "headline", "headline-repeated",
        "teaser",
    }  # fmt: skip
    assert found.keywords == ("harbour", "bridge", "ports", "sea")
    assert found.summary == "The bridge carries forty thousand cars a day and was shut in March."
    assert found.by == "NW"
    assert {"headline-repeated", "teaser-cut"} <= {remark.code for remark in found.warnings}
    assert "words-unaccounted" not in found.hold_reason


def test_lines_that_stand_together_stay_together() -> None:
    text = page(HEADLINE, STAMP, f"{FIRST}\n{SECOND}", THIRD)
    assert words(text, NW) == f"{FIRST}\n{SECOND}\n\n{THIRD}\n"


def test_a_line_that_fits_no_grammar_is_text() -> None:
    for odd in ("Alder 3, Port Town 1 (half-time 1-1)", "Read more than one book a year, he said."):
        whole = page(HEADLINE, STAMP, FIRST, odd, SECOND, THIRD)
        assert words(whole, NW) == page(FIRST, odd, SECOND, THIRD)


def test_a_paragraph_below_the_end_is_held() -> None:
    found = item(story(below=(DISCLAIMER, SECOND.replace("bolts", "ropes"))), NW)
    assert "words-unaccounted" in found.hold_reason


@pytest.mark.parametrize(
    "below",
    [
        ("--NWS", "ab/cd", "Top Stories"),
        ("Related stories", "Ferries stop for the winter", SECOND.replace("bolts", "ropes")),
    ],
)
def test_a_signed_story_ends_there(below: tuple[str, ...]) -> None:
    unsigned = THIRD.removesuffix(" (NW)")
    last = unsigned if below[0].startswith("--") else THIRD
    kept = (last, below[0]) if below[0].startswith("--") else (last,)
    found = item(page(HEADLINE, STAMP, FIRST, SECOND, last, *below), NW)
    assert formats.text_of(found) == page(FIRST, SECOND, *kept)
    assert ("words-unaccounted" in found.hold_reason) == (below[-1] != "Top Stories")


def test_the_headline_is_not_taken_from_the_menu_above() -> None:
    above = ("Skip to main content", "Ferries stop for the whole winter", "Home", "World")
    found = item(page(*above, HEADLINE, "A deck without an end", "NW", STAMP, FIRST, SECOND), NW)
    assert (found.headline, found.by) == (HEADLINE, "NW")
    assert found.summary == "A deck without an end"
    assert formats.text_of(found) == page(FIRST, SECOND)


def test_windows_1252_is_read_and_told() -> None:
    found = item(story().replace("Thursday", "Thursday \u2013 at last \u2013").encode("cp1252"), NW)
    assert "– at last –" in formats.text_of(found)
    assert found.repairs == ("charset",)


def test_without_words_everything_else_is_as_usual() -> None:
    context = formats.Context(received=CONTEXT.received, words=False)
    bare = formats.parse(story().encode(), NW, context).items[0]
    assert (bare.copy.blocks, bare.bodies) == ((), item(story(), NW).bodies)


# --- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stamp", "by", "instant"),
    [
        ("NW | Updated: Dec 04, 2025 23:10 IST", "NW", "2025-12-04T23:10:00+05:30"),
        ("By NW | Updated: December 4, 2025, 11:10 pm IST", "By NW", "2025-12-04T23:10:00+05:30"),
        ("NW | Port Alder | Updated: 04 December, 2025 11.10 PM (IST)", "NW",
         "2025-12-04T23:10:00+05:30"),
        ("Last Updated : 4th Dec 2025 | 12:05 a.m. GMT", None, "2025-12-04T00:05:00+00:00"),
        ("Published - December 04, 2025 11:10 pm IST - PORT ALDER", None,
         "2025-12-04T23:10:00+05:30"),
        ("Updated: 2025-12-04 23:10 +05:30", None, "2025-12-04T23:10:00+05:30"),
        ("Updated: 24-12-2025 23:10 IST", None, "2025-12-24T23:10:00+05:30"),
        ("By Ada Berg, December 4, 2025 at 11:10 PM IST", "By Ada Berg",
         "2025-12-04T23:10:00+05:30"),
        ("4 December, 2025 11:10 pm IST", None, "2025-12-04T23:10:00+05:30"),
        ("December 4, 2025 5:40 PM UTC · Updated 2 hours ago", None, "2025-12-04T17:40:00+00:00"),
        ("Updated on December 4, 2025 23:10 XYZ", None, None),
        ("Updated: December 4, 2025 23:10", None, None),
        ("Updated: December 4, 2025", None, None),
        ("Updated: 04-12-2025 23:10 IST", None, None),
        ("Updated: December 4, 2025 13:10 pm IST", None, None),
        ("Updated: February 30, 2025 11:10 IST", None, None),
    ],
)  # fmt: skip
def test_a_line_of_dates_is_read_strictly(stamp: str, by: str | None, instant: str | None) -> None:
    found = item(story(stamp=stamp), NW)
    moment = found.version_created
    assert (moment.instant and moment.instant.isoformat()) == instant
    assert found.by == by
    assert ("date-missing" in found.hold_reason) == (instant is None)
    assert formats.text_of(found) == page(FIRST, SECOND, THIRD)


def test_published_and_updated_are_told_apart() -> None:
    stamp = "Published: Dec 4, 2025 23:05 IST | Updated: Dec 4, 2025 23:10 IST"
    found = item(story(stamp=stamp), NW)
    assert found.first_created.instant.isoformat() == "2025-12-04T23:05:00+05:30"
    assert found.version_created.instant.isoformat() == "2025-12-04T23:10:00+05:30"


RUN_TOGETHER = f"{STAMP}2025-12-04T23:05:03+5:302025-12-04T23:10:05+5:30"


def test_stamps_that_run_together_are_parted_named_and_read_as_the_profile_allows() -> None:
    found = item(story(stamp=RUN_TOGETHER), NW)
    assert found.first_created.instant.isoformat() == "2025-12-04T23:05:03+05:30"
    assert found.version_created.instant.isoformat() == "2025-12-04T23:10:05+05:30"
    assert found.repairs == ("short-offset",)
    assert "dates-run-together" in [remark.code for remark in found.warnings]
    assert "dates-disagree" not in [remark.code for remark in found.warnings]


def test_without_the_profiles_word_no_short_offset_and_no_named_zone_is_believed() -> None:
    found = item(story(stamp=RUN_TOGETHER))
    assert (found.first_created.instant, found.version_created.instant) == (None, None)
    assert "date-missing" in found.hold_reason
    assert found.repairs == ()


def test_what_people_read_and_what_machines_read_must_agree() -> None:
    stamp = "Updated: December 4, 2025 23:10 IST 2025-12-04T20:10:05+05:30"
    assert "dates-disagree" in [w.code for w in item(story(stamp=stamp), NW).warnings]


# --- datelines -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "dateline", "place"),
    [
        ("New Delhi [India], December 4 (NW): ", "New Delhi [India], December 4 (NW)", "New Delhi"),
        ("New Delhi [India], December 4 : ", "New Delhi [India], December 4", "New Delhi"),
        ("NEW DELHI, Dec 4 (NW) ", "NEW DELHI, Dec 4 (NW)", "NEW DELHI"),
        ("KYIV, 4 Dec (Wire) - ", "KYIV, 4 Dec (Wire)", "KYIV"),
        ("PARIS (NWF) — ", "PARIS (NWF)", "PARIS"),
        ("The mayor said: ", None, None),
        ("Ada Berg (Reform) ", None, None),
        ("March on Washington: ", None, None),
    ],
)
def test_a_dateline_is_told_by_its_grammar(begins: str, dateline: str | None, place: str) -> None:
    first = begins + "the harbour bridge reopened after nine months of repairs, officials said."
    found = item(page(HEADLINE, STAMP, first, SECOND, THIRD), NW)
    assert (found.dateline, found.located) == (dateline, place)
    assert formats.text_of(found).startswith(begins)
    told = "dateline-without-agency" in [remark.code for remark in found.warnings]
    assert told == (begins.startswith("New Delhi") and "(NW)" not in begins)


# --- detection -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        page(HEADLINE, FIRST, SECOND, THIRD),
        page(STAMP, FIRST, SECOND, THIRD),
        page(HEADLINE, STAMP, FIRST),
        page(HEADLINE, STAMP, "Short.", "Shorter."),
        page(HEADLINE, "The plan was updated on March 3, 2025, when the council met to vote on the "
             "money for the bridge and the quays, and nobody there was against it.", SECOND, THIRD),
        page(*["A line of a long list of nothing in particular"] * 70, STAMP, FIRST, SECOND),
        page("Dear all", "By Friday, December 4, 2025 we must answer", FIRST, SECOND),
        "words " * 2000,
        "dpa062 3 pl 120 dpa 061\nHarbour/\nHarbour opens =\n\n" + page(FIRST, SECOND),
        "From: a@b.example\nSubject: x\nDate: Thu, 4 Dec 2025 10:00:00 +0000\n\n" + story(),
    ],
)  # fmt: skip
def test_other_texts_are_no_pages(text: str) -> None:
    assert not claims(document(text.encode(), None).sniff)


@pytest.mark.parametrize("data", [b"\x01" + story().encode(), story().encode("utf-16")])
def test_octets_of_other_kinds_are_no_pages(data: bytes) -> None:
    assert not claims(document(data, None).sniff)


def test_a_text_without_the_shape_is_refused_by_name_with_what_to_do() -> None:
    with pytest.raises(FormatError, match="copy the page from its headline"):
        read(page(FIRST, SECOND), format="page-text")


@pytest.mark.parametrize(
    "text",
    [
        story(below=tuple([DISCLAIMER[:60]] * 4000)),
        page(HEADLINE, STAMP, *[FIRST] * 5000),
        page(HEADLINE, STAMP, *["x ..." * 12 + str(n) for n in range(5000)], FIRST, SECOND),
        page(HEADLINE, STAMP, FIRST, SECOND, "(" * 100_000, " " * 100_000 + "x", "by " * 50_000),
        page(HEADLINE, STAMP, "December 4, 2025 " * 20_000, FIRST, SECOND),
        page(HEADLINE, STAMP, HEADLINE * 20_000, FIRST, SECOND),
    ],
    ids=["disclaimers", "paragraphs", "teasers", "long lines", "dates", "headlines"],
)  # fmt: skip
def test_no_page_takes_long(text: str) -> None:
    begun = time.process_time()
    read(text, format="page-text")
    assert time.process_time() - begun < 1.0


_line = st.sampled_from(
    ["", HEADLINE, STAMP, FIRST, SECOND, THIRD, DISCLAIMER, "Share", "By Ada Berg", "Home",
     f"{HEADLINE} | {HEADLINE}", "#a #b", "Tags: x", FIRST[:60] + " ...", "(Photo: NW)"]
) | st.text(max_size=120)  # fmt: skip


@given(st.lists(_line, max_size=20))
def test_every_character_of_any_page_is_kept_or_left_out_by_name(lines: list[str]) -> None:
    text = "\n".join([HEADLINE, STAMP, FIRST, SECOND, *lines])
    try:
        found = item(text.encode("utf-8", "replace"), NW, format="page-text")
    except FormatError:
        return
    unaccounted = [w.detail for w in found.warnings if w.code == "words-unaccounted"]
    assert not [told for told in unaccounted if not told.startswith("below the end")]


# --- the page the project started from -----------------------------------------------------------


def test_every_defect_of_the_seed_page_is_named(corpus: Path) -> None:
    (path,) = (corpus / "seed").glob("*.txt")
    whole = path.read_text("utf-8")
    found = item(path.read_bytes(), agency.load("ani"))
    first, last = found.first_created, found.version_created
    assert (found.headline, found.by) == (whole.splitlines()[0], "By ANI")
    assert (first.instant.isoformat(), last.instant.isoformat()) == (
        "2025-12-04T23:05:03+05:30", "2025-12-04T23:10:05+05:30",
    )  # fmt: skip
    assert found.repairs == ("short-offset",)
    assert {remark.code for remark in found.warnings} == {
        "dateline-without-agency", "dates-run-together", "guid-missing", "headline-repeated",
        "teaser-cut",
    }  # fmt: skip
    assert set(found.copy.omissions) == {
        "dates", "disclaimer", "furniture", "headline", "headline-repeated", "teaser",
    }  # fmt: skip
    assert found.hold_reason == ("status-missing", "guid-missing")
    text = formats.text_of(found)
    assert text.startswith("New Delhi [India], December 4 : Russian President")
    assert text.endswith('would benefit both sides."\n')
    assert text.strip() in whole


def test_a_retraction_in_free_text_is_a_kill() -> None:
    headline = "Note on Story retraction and apology for an earlier report"
    found = item(page(headline, STAMP, FIRST, SECOND, THIRD), agency.load("ani"))
    assert [kind.value for kind in found.editorial_types] == ["kill"]


def test_a_page_of_more_dates_than_an_article_has_is_refused() -> None:
    with pytest.raises(formats.OverLimit, match="lines of dates"):
        item(page(HEADLINE, *[STAMP] * 101, FIRST, SECOND, THIRD), NW)
