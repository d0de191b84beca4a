"""Bylines above a text, sign-offs and agencies' marks below it."""

import pytest

from copytaster.reading.datelines import dateline

BODY = (
    "The harbour board closed two of its five quays after a night of heavy swell, it said."
    " Ferries to the islands were held back until noon, and nobody was hurt."
)


@pytest.mark.parametrize(
    ("line", "language", "names", "agency"),
    [
        ("By Ada Bell", "en", ("Ada Bell",), None),
        ("By ADA BELL", "en", ("ADA BELL",), None),
        ("by Ada Bell, PA", "en", ("Ada Bell",), "PA"),
        ("By Ada Bell and Tom Orr", "en", ("Ada Bell", "Tom Orr"), None),
        ("By Ada Bell, Tom Orr & Kofi Mensah, Reuters", "en",
         ("Ada Bell", "Tom Orr", "Kofi Mensah"), "Reuters"),
        ("By ADA BELL, Associated Press", "en", ("ADA BELL",), "Associated Press"),
        ("By ADA BELL, Associated Press Writer", "en", ("ADA BELL",), "Associated Press"),
        ("By Ada Bell, business editor", "en", ("Ada Bell",), None),
        ("By Jean-Luc de la Tour", "en", ("Jean-Luc de la Tour",), None),
        ("By ANI | Updated: December 4, 2025 23:10 IST", "en", (), "ANI"),
        ("By The Associated Press", "en", (), "The Associated Press"),
        ("Von Jonas Winter, dpa", "de", ("Jonas Winter",), "dpa"),
        ("Von Jonas Winter und Ada von der Au, dpa", "de",
         ("Jonas Winter", "Ada von der Au"), "dpa"),
        ("Par Ada Bel et Luc Roi", "fr", ("Ada Bel", "Luc Roi"), None),
        ("Por Ada Vega y Luis Rey", "es", ("Ada Vega", "Luis Rey"), None),
        ("एएनआई | 3 जनवरी 2026, 08:30 IST", "hi", (), "एएनआई"),
    ],
)  # fmt: skip
def test_a_byline_names_writers_and_agency(
    line: str, language: str, names: tuple[str, ...], agency: str | None
) -> None:
    read = dateline(f"Quays closed\n\n{line}\n\n{BODY}", language=language, sent=None).byline
    assert read is not None
    assert (read.names, read.agency) == (names, agency)


@pytest.mark.parametrize(
    "line",
    [
        "By noon the swell had gone.",
        "By the time it had gone, two quays were closed",
        "By 6 p.m. two quays were closed",
        "By a night of swell",
        "Byron Ada Bell",
        "Von dem Sturm blieb nichts",
    ],
)
def test_what_only_begins_like_a_byline_is_none(line: str) -> None:
    for language in ("en", "de"):
        assert dateline(f"{line}\n\n{BODY}", language=language, sent=None).byline is None


def test_a_byline_stands_above_the_text() -> None:
    text = f"LEEDS, England (AP) — {BODY}\n\nBy Ada Bell\n\n{BODY}"
    assert dateline(text, language="en", sent=None).byline is None


@pytest.mark.parametrize(
    ("line", "language", "names", "agency"),
    [
        ("(Reporting by Ada Bell; Editing by Tom Orr)", "en", ("Ada Bell", "Tom Orr"), None),
        ("(Reporting by Ada Bell in Leeds and Tom Orr in Bonn; Writing by Kofi Mensah)", "en",
         ("Ada Bell", "Tom Orr", "Kofi Mensah"), None),
        ("Reporting by Ada Bell, editing by Tom Orr", "en", ("Ada Bell", "Tom Orr"), None),
        ("(Reporting by Ada Bell\nin Leeds; Editing by Tom\nOrr)", "en",
         ("Ada Bell", "Tom Orr"), None),
        ("AP writers Ada Bell in Leeds and Tom Orr in Bonn contributed to this report.", "en",
         ("Ada Bell", "Tom Orr"), "AP"),
        ("(Bericht von Ada Bell, redigiert von Tom Orr)", "de", ("Ada Bell", "Tom Orr"), None),
        ("(Editado por Ada Vega)", "es", ("Ada Vega",), None),
        ("(Édité par Ada Bel)", "fr", ("Ada Bel",), None),
        ("(ANI)", "en", (), "ANI"),
        ("--IANS", "en", (), "IANS"),
        ("--IANS dr/vb", "en", (), "IANS"),
        ("(By Ada Bell and Tom Orr)", "en", ("Ada Bell", "Tom Orr"), None),
        ("AAP RTV", "en", (), "AAP"),
        ("PTI ABC DEF", "en", (), "PTI"),
        ("dpa ks xx n1", "de", (), "dpa"),
        ("भाषा कख गघ", "hi", (), "भाषा"),
        ("abc/de/fgh", "fr", (), None),
    ],
)  # fmt: skip
def test_a_signoff_names_who_reported_and_edited_or_the_agency(
    line: str, language: str, names: tuple[str, ...], agency: str | None
) -> None:
    text = f"{BODY}\n\n{line}\n"
    read = dateline(text, language=language, sent=None).signoff
    assert read is not None
    assert (read.names, read.agency) == (names, agency)
    assert text[read.start : read.end] == line


def test_an_agencys_mark_may_end_the_last_paragraph() -> None:
    text = f"{BODY} (ANI)\n"
    read = dateline(text, language="en", sent=None).signoff
    assert read is not None
    assert (text[read.start : read.end], read.agency) == ("(ANI)", "ANI")


@pytest.mark.parametrize(
    "line",
    [
        "He put the question to the board (again).",
        "It is run by the Harbour and Ferries Authority (HFA).",
        "Reporting by phone is what the board asks of its skippers.",
        "Editing is done at night.",
        "Edited by Ada Bell, the volume sold two hundred copies.",
        "The report, by Ada Bell, was written in May.",
        "Ferries sail at ten",
    ],
)
def test_a_last_line_of_the_text_is_no_signoff(line: str) -> None:
    assert dateline(f"{BODY}\n\n{line}\n", language="en", sent=None).signoff is None


def test_a_dateline_alone_is_no_signoff() -> None:
    read = dateline("PARIS (AFP)\n", language="en", sent=None)
    assert read.signoff is None
