"""Datelines: what is one, what it says, and what only looks like one."""

from datetime import datetime

import pytest

from copytaster.reading.datelines import dateline

SENT = datetime.fromisoformat("2025-12-05T09:30:00+00:00")
BODY = "The harbour board closed two of its five quays after a night of heavy swell, it said."


def _read(line: str, language: str = "en", sent: datetime | None = SENT) -> tuple[str | None, ...]:
    read = dateline(line, language=language, sent=sent)
    return read.place, read.region, read.country, read.date, read.agency


@pytest.mark.parametrize(
    ("line", "language", "told"),
    [
        ("KYIV, Dec 4 (Reuters) -", "en", ("Kyiv", None, None, "2025-12-04", "Reuters")),
        ("PARIS (AFP) —", "en", ("Paris", None, None, None, "AFP")),
        ("New Delhi [India], December 4 :", "en", ("New Delhi", None, "India", "2025-12-04", None)),
        ("New Delhi [India], December 4 (ANI):", "en",
         ("New Delhi", None, "India", "2025-12-04", "ANI")),
        ("Pune (Maharashtra) [India], December 4 (ANI):", "en",
         ("Pune", "Maharashtra", "India", "2025-12-04", "ANI")),
        ("Mumbai, Dec 4 (PTI)", "en", ("Mumbai", None, None, "2025-12-04", "PTI")),
        ("Mumbai, Dec 4 (IANS)", "en", ("Mumbai", None, None, "2025-12-04", "IANS")),
        ("NEW DELHI, Dec 4 (UNI):", "en", ("New Delhi", None, None, "2025-12-04", "UNI")),
        ("LONDON, Thursday, Dec 4 (Reuters) -", "en",
         ("London", None, None, "2025-12-04", "Reuters")),
        ("LONDON, Thu Dec. 4 (Reuters) -", "en", ("London", None, None, "2025-12-04", "Reuters")),
        ("WASHINGTON/LONDON, Dec 4 (Reuters) -", "en",
         ("Washington/London", None, None, "2025-12-04", "Reuters")),
        ("BEIJING, Dec. 4 (Xinhua) --", "en", ("Beijing", None, None, "2025-12-04", "Xinhua")),
        ("TOKYO, Dec. 4, Kyodo -", "en", ("Tokyo", None, None, "2025-12-04", "Kyodo")),
        ("TOKYO, Dec 4 (Kyodo) --", "en", ("Tokyo", None, None, "2025-12-04", "Kyodo")),
        ("SEOUL, Dec. 4 (Yonhap) --", "en", ("Seoul", None, None, "2025-12-04", "Yonhap")),
        ("MOSCOW, December 4. /TASS/.", "en", ("Moscow", None, None, "2025-12-04", "TASS")),
        ("MOSCOW, December 4 /TASS/.", "en", ("Moscow", None, None, "2025-12-04", "TASS")),
        ("NEW YORK, Dec. 4, 2025 /PRNewswire/ --", "en",
         ("New York", None, None, "2025-12-04", "PRNewswire")),
        ("AUSTIN, Texas--(BUSINESS WIRE)--", "en",
         ("Austin", "Texas", None, None, "BUSINESS WIRE")),
        ("AUSTIN, Texas — (BUSINESS WIRE) —", "en",
         ("Austin", "Texas", None, None, "BUSINESS WIRE")),
        ("PORT MORESBY –- ", "en", ("Port Moresby", None, None, None, None)),
        ("TORONTO, Dec. 04, 2025 (GLOBE NEWSWIRE) --", "en",
         ("Toronto", None, None, "2025-12-04", "GLOBE NEWSWIRE")),
        ("MOSCOW. December 4 (Interfax) -", "en",
         ("Moscow", None, None, "2025-12-04", "Interfax")),
        ("BRIDGETOWN, Barbados, CMC –", "en", ("Bridgetown", None, "Barbados", None, "CMC")),
        ("OMAHA, Neb. (AP)-", "en", ("Omaha", "Neb.", None, None, "AP")),
        ("PARIS (AFP, Dec 4) —", "en", ("Paris", None, None, "2025-12-04", "AFP")),
        ("PARIS — Dec. 4 (AFP) —", "en", ("Paris", None, None, "2025-12-04", "AFP")),
        ("COX'S BAZAR, Bangladesh (AP) —", "en", ("Cox's Bazar", None, "Bangladesh", None, "AP")),
        ("NEW DELHI (PTI)", "en", ("New Delhi", None, None, None, "PTI")),
        ("McALLEN, Texas —", "en", ("McAllen", "Texas", None, None, None)),
        ("DeKALB, Ill. —", "en", ("DeKalb", "Ill.", None, None, None)),
        ("O'FALLON, Mo. (AP) —", "en", ("O'Fallon", "Mo.", None, None, "AP")),
        ("VANCOUVER, BC, Dec. 4, 2025 /CNW/ -", "en",
         ("Vancouver", "BC", None, "2025-12-04", "CNW")),
        ("SAN DIEGO & AUSTIN, Texas--(BUSINESS WIRE)--", "en",
         ("San Diego & Austin", "Texas", None, None, "BUSINESS WIRE")),
        ("AUSTIN, TX / ACCESSWIRE / December 4, 2025 /", "en",
         ("Austin", "TX", None, "2025-12-04", "ACCESSWIRE")),
        ("Toronto, Ontario--(Newsfile Corp. - December 4, 2025) -", "en",
         ("Toronto", "Ontario", None, "2025-12-04", "Newsfile Corp.")),
        ("NAIROBI, Kenya, December 4, 2025/APO Group/ --", "en",
         ("Nairobi", None, "Kenya", "2025-12-04", "APO Group")),
        ("(ANSA) - ROME, DEC 4 -", "en", ("Rome", None, None, "2025-12-04", "ANSA")),
        ("AKP Phnom Penh, December 04, 2025 --", "en",
         ("Phnom Penh", None, None, "2025-12-04", "AKP")),
        ("Accra, Dec. 4, GNA -", "en", ("Accra", None, None, "2025-12-04", "GNA")),
        ("Damascus, SANA-", "en", ("Damascus", None, None, None, "SANA")),
        ("Baku, December 4, AZERTAC", "en", ("Baku", None, None, "2025-12-04", "AZERTAC")),
        ("BAKU, Azerbaijan, December 4.", "en",
         ("Baku", None, "Azerbaijan", "2025-12-04", None)),
        ("YEREVAN, DECEMBER 4, ARMENPRESS.", "en",
         ("Yerevan", None, None, "2025-12-04", "ARMENPRESS")),
        ("ASTANA. KAZINFORM –", "en", ("Astana", None, None, None, "KAZINFORM")),
        ("Addis Ababa, December 4/2025 (ENA) –", "en",
         ("Addis Ababa", None, None, "2025-12-04", "ENA")),
        ("NEW DELHI, Dec.4 (PTI)", "en", ("New Delhi", None, None, "2025-12-04", "PTI")),
        ("NEW DELHI: (PTI)", "en", ("New Delhi", None, None, None, "PTI")),
        ("LONDON, Thurs., Dec. 4 (Reuters) -", "en",
         ("London", None, None, "2025-12-04", "Reuters")),
        ("GENEVA (4 December 2025) –", "en", ("Geneva", None, None, "2025-12-04", None)),
        ("4th December 2025, Mumbai:", "en", ("Mumbai", None, None, "2025-12-04", None)),
        ("December 4, 2025 – Toronto, Ontario –", "en",
         ("Toronto", "Ontario", None, "2025-12-04", None)),
        ("LONDON - (AP) -", "en", ("London", None, None, None, "AP")),
        ("By Ada Bell LONDON, Dec 4 (Reuters) -", "en",
         ("London", None, None, "2025-12-04", "Reuters")),
        ("By Ada Bell and Tom Hale PARIS (Reuters) -", "en",
         ("Paris", None, None, None, "Reuters")),
        ("(Adds quote) LONDON, Dec 4 (Reuters) -", "en",
         ("London", None, None, "2025-12-04", "Reuters")),
        ("PARIS (AFP) Dec 4 -", "en", ("Paris", None, None, "2025-12-04", "AFP")),
        ("LONDON (AP), Dec. 4 —", "en", ("London", None, None, "2025-12-04", "AP")),
        ("KOCHI (Kerala) —", "en", ("Kochi", "Kerala", None, None, None)),
        ("BIRMINGHAM (England) -", "en", ("Birmingham", None, "England", None, None)),
        ("LAHORE:", "en", ("Lahore", None, None, None, None)),
        ("Johannesburg -", "en", ("Johannesburg", None, None, None, None)),
        ("OTTAWA — 12 people were drowned and nine were saved.", "en",
         ("Ottawa", None, None, None, None)),
        ("लखनऊ:", "hi", ("लखनऊ", None, None, None, None)),
        ("ST. LOUIS (AP) —", "en", ("St. Louis", None, None, None, "AP")),
        ("FORT WORTH, Texas (AP) _", "en", ("Fort Worth", "Texas", None, None, "AP")),
        ("NASHVILLE, Tenn. (AP) —", "en", ("Nashville", "Tenn.", None, None, "AP")),
        ("SPOKANE, Wash. —", "en", ("Spokane", "Wash.", None, None, None)),
        ("JOHANNESBURG, 4 December (Reuters) -", "en",
         ("Johannesburg", None, None, "2025-12-04", "Reuters")),
        ("LAGOS, 4th December, 2025 (NAN) -", "en", ("Lagos", None, None, "2025-12-04", "NAN")),
        ("Colombo, Dec 4 (Emporia News)", "en",
         ("Colombo", None, None, "2025-12-04", "Emporia News")),
        ("EXCLUSIVE LONDON (Reuters) -", "en", ("London", None, None, None, "Reuters")),
        ("GENEVA - UNESCO says it will. That is new.", "en", ("Geneva", None, None, None, None)),
        ("CHARLESTON, W.Va. (AP) —", "en", ("Charleston", "W.Va.", None, None, "AP")),
        ("WASHINGTON, D.C. (AP) --", "en", ("Washington", "D.C.", None, None, "AP")),
        ("UNITED NATIONS (AP) —", "en", ("United Nations", None, None, None, "AP")),
        ("RIO DE JANEIRO (AP) —", "en", ("Rio de Janeiro", None, None, None, "AP")),
        ("GAZA STRIP, Palestinian Territories, Dec 4, 2025 (AFP) -", "en",
         ("Gaza Strip", None, "Palestinian Territories", "2025-12-04", "AFP")),
        ("N'DJAMENA, Dec 4 (Reuters) -", "en", ("N'Djamena", None, None, "2025-12-04", "Reuters")),
        ("PORT-AU-PRINCE (Reuters) -", "en", ("Port-au-Prince", None, None, None, "Reuters")),
        ("ABOARD AIR FORCE ONE (Reuters) -", "en",
         ("Aboard Air Force One", None, None, None, "Reuters")),
        ("DUBLIN (Reuters Breakingviews) -", "en",
         ("Dublin", None, None, None, "Reuters Breakingviews")),
        ("NEAR AVDIIVKA, Ukraine (AP) —", "en", ("Near Avdiivka", None, "Ukraine", None, "AP")),
        ("SYDNEY, Dec 4 AAP –", "en", ("Sydney", None, None, "2025-12-04", "AAP")),
        ("Tegucigalpa, 4 Dec (EFE).-", "en", ("Tegucigalpa", None, None, "2025-12-04", "EFE")),
        ("OTTAWA —", "en", ("Ottawa", None, None, None, None)),
        ("LEEDS, England -", "en", ("Leeds", None, "England", None, None)),
        ("HALIFAX, Nova Scotia —", "en", ("Halifax", "Nova Scotia", None, None, None)),
        ("CHICAGO (WXQR) —", "en", ("Chicago", None, None, None, "WXQR")),
        ("EXCLUSIVE: LONDON (Reuters) -", "en", ("London", None, None, None, "Reuters")),
        ("UPDATE 2 - LONDON, Dec 4 (Reuters) -", "en",
         ("London", None, None, "2025-12-04", "Reuters")),
        ("Husum (dpa) -", "de", ("Husum", None, None, None, "dpa")),
        ("Hannover (dpa/lni) -", "de", ("Hannover", None, None, None, "dpa")),
        ("Frankfurt/Main (dpa-AFX) -", "de", ("Frankfurt/Main", None, None, None, "dpa-AFX")),
        ("Berlin, 4. Dezember (AFP) -", "de", ("Berlin", None, None, "2025-12-04", "AFP")),
        ("Berlin, 4. Dez (Reuters) -", "de", ("Berlin", None, None, "2025-12-04", "Reuters")),
        ("Wien (APA) -", "de", ("Wien", None, None, None, "APA")),
        ("Bern (sda) -", "de", ("Bern", None, None, None, "sda")),
        ("Bad Homburg vor der Höhe (dpa) -", "de",
         ("Bad Homburg vor der Höhe", None, None, None, "dpa")),
        ("Essen (epd).", "de", ("Essen", None, None, None, "epd")),
        ("BERLIN (dpa-AFX) -", "de", ("Berlin", None, None, None, "dpa-AFX")),
        ("Paris, 4 déc 2025 (AFP) -", "fr", ("Paris", None, None, "2025-12-04", "AFP")),
        ("Lyon, 4 déc. (AFP) -", "fr", ("Lyon", None, None, "2025-12-04", "AFP")),
        ("Saint-Étienne, 1er déc 2025 (AFP) -", "fr",
         ("Saint-Étienne", None, None, "2025-12-01", "AFP")),
        ("Bruxelles (Belga) –", "fr", ("Bruxelles", None, None, None, "Belga")),
        ("NIAMEY, 4 décembre (Xinhua) --", "fr", ("Niamey", None, None, "2025-12-04", "Xinhua")),
        ("Madrid, 4 dic (EFE).-", "es", ("Madrid", None, None, "2025-12-04", "EFE")),
        ("MADRID 4 Dic. (EUROPA PRESS) -", "es",
         ("Madrid", None, None, "2025-12-04", "EUROPA PRESS")),
        ("La Paz, 4 de diciembre de 2025 (ABI).-", "es",
         ("La Paz", None, None, "2025-12-04", "ABI")),
        ("Santiago de Chile (AFP) -", "es", ("Santiago de Chile", None, None, None, "AFP")),
        ("भोपाल, 4 दिसंबर (भाषा)", "hi", ("भोपाल", None, None, "2025-12-04", "भाषा")),
        ("नई दिल्ली, चार दिसंबर (भाषा)", "hi", ("नई दिल्ली", None, None, "2025-12-04", "भाषा")),
        ("नई दिल्ली [भारत], 4 दिसंबर (एएनआई):", "hi",
         ("नई दिल्ली", None, "भारत", "2025-12-04", "एएनआई")),
        ("पटना (बिहार), चार दिसंबर (भाषा)", "hi", ("पटना", "बिहार", None, "2025-12-04", "भाषा")),
    ],
)  # fmt: skip
def test_a_dateline_says_place_day_and_agency(
    line: str, language: str, told: tuple[str | None, ...]
) -> None:
    assert _read(f"{line} {BODY}", language) == told


@pytest.mark.parametrize(
    "line",
    [
        "EXCLUSIVE - The harbour board closed two of its five quays after a night of swell.",
        "EXCLUSIVE: The harbour board closed two of its five quays after a night of swell.",
        "OPINION is not what the harbour board was asked for - It gave one all the same, twice.",
        "BREAKING — The harbour board closed two of its five quays after a night of swell.",
        "UPDATE 1-Harbour board closes two of its five quays after a night of heavy swell",
        "FACTBOX - What the harbour board has said of its five quays in the last ten years",
        "Rep. Corwin Dale (R-S.C.): The harbour board is right to close two of its quays now.",
        "Hanna Reiter (SPD): The harbour board is right to close two of its quays now, she says.",
        "Tennis - The harbour open lost its first two seeds after a night of heavy swell.",
        "Real Torreblanca (ESP) - Harbour United 2-1, after extra time, at the Harbour Park.",
        "Dec 31 (Reuters) - The harbour board closed two of its five quays after heavy swell.",
        "(Reuters) - The harbour board closed two of its five quays after a night of swell.",
        "Tuesday, 4 December 2025: The board closed two of its five quays after heavy swell.",
        "Harbour board chair Ada Bell (AP) said two of the five quays were closed by swell.",
        "ARSENAL - CHELSEA 2-1 after extra time, at a ground where nobody had won all autumn.",
        "MS BELL - I said that two of the five quays were closed.\n\nMR ORR - When did you say it?",
        "The harbour board - A body of nine members - closed two of its five quays on Thursday.",
        "March on Washington - The harbour board closed two of its five quays after the march.",
        "A night of swell closed two of five quays. LONDON (Reuters) - so the board wrote.",
        "NATO (AFP) said that two of the five quays were closed after a night of heavy swell.",
        "COVID-19 closed two of the five quays after a night of heavy swell, the board said.",
        "Q - Why did the harbour board close two of its five quays after a night of swell?",
        "At 6:30 p.m. (AP) - no, at seven - the harbour board closed two of its five quays.",
        "FORMER AP Editor Ada Bell said that two of the five quays were closed by heavy swell.",
        "LONDON: Cloudy with rain in the evening and some wind from the west.\nPARIS: Sunny, warm.",
        "AUSTIN: I said that two of the five quays were closed by the swell.\nBELL: When was that?",
        "HARBOUR | AP | Two of the five quays were closed after a night of heavy swell.",
        "Barcelona - Madrid 2-1 after extra time, at a ground where nobody had won all autumn.",
        "London - Paris in two hours was what the railway promised in a brochure last May.",
        "Singapore - Malaysia queues grew on Friday after two of the five quays were closed.",
        "(Reuters) - IBM - the maker of large computers - said that it had closed two quays.",
        "(AP) — PARIS — no.",
        "December 4, 2025 - Leeds United - Arsenal 2-1",
        "Dec 4 - The harbour board closed two of its five quays after a night of swell.",
        "On December 4, 2025 - London - two of the five quays were closed by heavy swell.",
        "Ada Bell (4 December 1950) – The singer closed two of the five quays after swell.",
        "BOXING DAY, December 26. The harbour board closed two of its five quays after swell.",
        "NEW YORK TIMES - The harbour board closed two of its five quays after heavy swell.",
        "WASHINGTON POST: The harbour board closed two of its five quays after heavy swell.",
        "WHAT WE KNOW - The harbour board closed two of its five quays after heavy swell.",
        "NATO - The harbour board closed two of its five quays after a night of swell.",
        "By Ada Bell AP - The harbour board closed two of its five quays after heavy swell.",
        "LONDON\nA headline, no text",
        "",
        " \n\n \n",
    ],
)
def test_what_looks_like_a_dateline_is_none(line: str) -> None:
    read = dateline(f"{line}\n\n{BODY}", language="en", sent=SENT)
    assert (read.start, read.place, read.agency) == (None, None, None)


@pytest.mark.parametrize(
    "line",
    ["LONDON, Thursday, Dec 4", "KYIV, Dec 4 (Reuters) -", "PARIS (AFP) —", "MUMBAI, Dec 4 (PTI)"],
)
def test_a_dateline_may_have_its_line_for_itself(line: str) -> None:
    read = dateline(f"{line}\n\n{BODY}", language="en", sent=SENT)
    assert (read.start, read.end) == (0, len(line))


def test_a_weekday_alone_is_the_last_such_day() -> None:
    read = _read("SYDNEY, Monday (AAP) - " + BODY)
    assert read == ("Sydney", None, None, "2025-12-01", "AAP")
    assert _read("SYDNEY, Friday (AAP) - " + BODY)[3] == "2025-12-05"
    assert _read("SYDNEY, Friday (AAP) - " + BODY, sent=None)[3] is None


def test_the_dateline_of_new_years_eve_is_of_the_year_before() -> None:
    sent = datetime.fromisoformat("2026-01-01T02:10:00+02:00")
    assert _read("KYIV, Dec 31 (Reuters) - " + BODY, sent=sent)[3] == "2025-12-31"


def test_a_dateline_may_be_a_day_ahead_where_it_is_tomorrow_already() -> None:
    sent = datetime.fromisoformat("2025-12-31T23:40:00+00:00")
    assert _read("WELLINGTON, Jan 1 (Reuters) - " + BODY, sent=sent)[3] == "2026-01-01"


@pytest.mark.parametrize("day", ["Dec 8", "Nov 20", "March 4", "Feb 30"])
def test_a_day_that_is_not_of_the_week_before_gets_no_year(day: str) -> None:
    read = dateline(f"KYIV, {day} (Reuters) - {BODY}", language="en", sent=SENT)
    assert (read.place, read.date) == ("Kyiv", None)
    assert read.date_start is not None


def test_without_the_instant_of_sending_a_day_has_no_year() -> None:
    assert _read("KYIV, Dec 4 (Reuters) - " + BODY, sent=None)[3] is None
    assert _read("KYIV, Dec 4, 2025 (Reuters) - " + BODY, sent=None)[3] == "2025-12-04"


def test_a_dateline_may_stand_below_headline_stamp_and_byline() -> None:
    text = (
        "EXCLUSIVE: Quays were closed before the swell, a letter shows\n\n"
        "Last updated 04/12/2025\n\nBy Ada Bell\n\n"
        f"EDINBURGH (Reuters) - {BODY}"
    )
    read = dateline(text, language="en", sent=SENT)
    assert (read.place, read.agency) == ("Edinburgh", "Reuters")
    assert read.start is not None
    assert text[read.start : read.end] == "EDINBURGH (Reuters) -"


def test_a_place_alone_is_believed_below_a_byline() -> None:
    line = "Ploubazlanec - Le port a fermé deux de ses quais après une nuit de forte houle."
    assert dateline(f"Par Ada Bell\n\n{line}", language="fr", sent=SENT).place == "Ploubazlanec"
    assert dateline(line, language="fr", sent=SENT).place is None


def test_a_city_alone_is_believed_in_front_of_a_story() -> None:
    line = "Strasbourg - Le port a fermé deux de ses cinq quais après une nuit de forte houle."
    assert dateline(line, language="fr", sent=SENT).place == "Strasbourg"
    assert dateline(f"ANKARA\n\n{BODY}", language="en", sent=SENT).place == "Ankara"
    assert dateline(f"Ankara\n\n{BODY}", language="en", sent=SENT).place is None


def test_a_dateline_may_stand_between_bars() -> None:
    head = "Paris, France | AFP | Thursday 4 December 2025 | 300 words"
    read = _read(f"{head}\n\n{BODY}")
    assert read == ("Paris", None, "France", "2025-12-04", "AFP")


def test_results_below_a_dateline_make_no_transcript_of_it() -> None:
    text = f"OSLO - {BODY}\n\nThe scores:\n\nLEEDS - LIMA 2-1\n\nBONN - CORK 0-0"
    assert dateline(text, language="en", sent=SENT).place == "Oslo"


def test_a_place_in_capitals_deep_in_a_text_is_none() -> None:
    assert dateline(f"{BODY}\n\nLEEDS - {BODY}", language="en", sent=SENT).place is None


@pytest.mark.parametrize("language", [None, "fi", "und", ""])
def test_nothing_is_noted_in_a_language_nobody_taught_the_reader(language: str | None) -> None:
    assert dateline(f"KYIV, Dec 4 (Reuters) - {BODY}", language=language, sent=SENT).start is None


def test_every_part_stands_where_it_says() -> None:
    text = f"By Ada Bell, PA\n\nPune (Maharashtra) [India], December 4 (ANI): {BODY}\n\n(ANI)\n"
    read = dateline(text, language="en-IN", sent=SENT)
    assert text[read.place_start : read.place_end] == "Pune"
    assert text[read.region_start : read.region_end] == "Maharashtra"
    assert text[read.country_start : read.country_end] == "India"
    assert text[read.date_start : read.date_end] == "December 4"
    assert text[read.agency_start : read.agency_end] == "ANI"
    assert read.byline is not None
    assert text[read.byline.start : read.byline.end] == "By Ada Bell, PA"
    assert read.signoff is not None
    assert text[read.signoff.start : read.signoff.end] == "(ANI)"
