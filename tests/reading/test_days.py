"""Days and instants in words: what is one, and which day the sentence means."""

from datetime import datetime

import pytest

from copytaster.reading.datelines import dateline
from copytaster.reading.days import days
from copytaster.reading.notes import Dateline

SENT = datetime.fromisoformat("2025-12-03T15:00:00+00:00")
"""a Wednesday"""


def _days(
    text: str,
    language: str = "en",
    sent: datetime | None = SENT,
    agency: str | None = None,
) -> list[tuple[str, str | None]]:
    found = days(text, language=language, sent=sent, agency=agency, dateline=Dateline())
    return [(text[one.start : one.end], one.value) for one in found]


# --- the strings that other libraries get wrong (handbook: reading §4) ---------------------------


def test_ist_of_an_indian_agency_is_half_past_five() -> None:
    assert _days("Updated: December 4, 2025 23:10 IST", agency="ani") == [
        ("December 4, 2025 23:10 IST", "2025-12-04T23:10+05:30")
    ]


def test_ist_of_nobody_known_is_no_instant() -> None:
    assert _days("Updated: December 4, 2025 23:10 IST") == [
        ("December 4, 2025 23:10 IST", "2025-12-04")
    ]


def test_ist_of_an_agency_from_elsewhere_is_no_instant() -> None:
    assert _days("December 4, 2025 23:10 IST", agency="afp")[0][1] == "2025-12-04"


@pytest.mark.parametrize(
    ("text", "sent", "value"),
    [
        ("Published: 2 April 2026, 11:30 BST", "2026-04-02T11:45:00+01:00", "T11:30+01:00"),
        ("Published: 2 April 2026, 11:30 BST", "2026-04-02T10:45:00+00:00", ""),
        ("Published: 2 April 2026, 11:30 IST", "2026-04-02T11:45:00+05:30", "T11:30+05:30"),
        ("Published: 2 April 2026, 11:30 IST", "2026-04-02T11:45:00+03:00", "T11:30+03:00"),
        ("Published: 2 April 2026, 11:30 IST", "2026-04-02T11:45:00+02:00", ""),
    ],
)
def test_the_place_of_sending_settles_a_zone_that_it_may_be(
    text: str, sent: str, value: str
) -> None:
    read = _days(text, sent=datetime.fromisoformat(sent))
    assert [one[1] for one in read] == [f"2026-04-02{value}"]


def test_the_agency_in_the_byline_settles_the_zone() -> None:
    text = "By ANI | Updated: December 4, 2025 23:10 IST\n\nThe harbour board closed two quays."
    found = dateline(text, language="en", sent=SENT)
    assert found.byline is not None
    assert found.byline.agency == "ANI"
    read = days(text, language="en", sent=SENT, dateline=found)
    assert [one.value for one in read] == ["2025-12-04T23:10+05:30"]


def test_three_stamps_run_together_are_three_instants() -> None:
    text = "December 4, 2025 23:10 IST2025-12-04T23:05:03+5:302025-12-04T23:10:05+5:30"
    assert _days(text, agency="ani") == [
        ("December 4, 2025 23:10 IST", "2025-12-04T23:10+05:30"),
        ("2025-12-04T23:05:03+5:30", "2025-12-04T23:05:03+05:30"),
        ("2025-12-04T23:10:05+5:30", "2025-12-04T23:10:05+05:30"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("2025-12-04T23:05:03+5:30", "en", "2025-12-04T23:05:03+05:30"),
        ("2025-12-04T23:05:03+05:30", "en", "2025-12-04T23:05:03+05:30"),
        ("2025-12-04T23:05:03Z", "en", "2025-12-04T23:05:03+00:00"),
        ("December 4, 2025 23:10 +5:30", "en", "2025-12-04T23:10+05:30"),
        ("4 December 2025, 11:10 pm GMT", "en", "2025-12-04T23:10+00:00"),
        ("04/12/2025", "en", None),
        ("25/12/2025", "en", "2025-12-25"),
        ("12/25/2025", "en", "2025-12-25"),
        ("05/05/2025", "en", "2025-05-05"),
        ("4.12.2025", "de", "2025-12-04"),
        ("2025-12-04", "en", "2025-12-04"),
        ("31/02/2025", "en", None),
        ("2025-13-04", "en", None),
        ("4 de diciembre de 2025", "es", "2025-12-04"),
        ("le 4 décembre 2025", "fr", "2025-12-04"),
        ("am 4. Dezember 2025", "de", "2025-12-04"),
        ("चार दिसंबर 2025", "hi", "2025-12-04"),
        ("४ दिसंबर 2025", "hi", "2025-12-04"),
        ("February 30", "en", None),
    ],
)
def test_a_date_is_what_is_written(text: str, language: str, value: str | None) -> None:
    assert [one[1] for one in _days(text, language)] == [value]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The March on Washington drew a crowd, the May said, and in May 2026 it will again.",
            "en",
        ),
        ("Minister May said 14 were lost; May 2025 was worse, and March 1963 worst.", "en"),
        ("New Delhi [India]: 20251204T173500Z is how a machine writes it.", "en"),
        ("Black Friday, Easter Monday, Ash Wednesday and Super Tuesday fell together.", "en"),
        ("It opens every Monday, each Friday and on Sundays; he swears by a Sunday roast.", "en"),
        ("The Sunday Times had it, and the Mail on Sunday, and India Today.", "en"),
        ("Commerce minister Sunday Adebola signed it; Sunday Adebola was pleased.", "en"),
        ("Today's youth, and even today, is not what it is today, of today.", "en"),
        ("The 11 September attacks and the 7 October massacre are no days of this year.", "en"),
        ("Flight 4-12/2025 and order 1404/12/20256 are numbers; so is 2025-12-041.", "en"),
        ("Ein guter Morgen; am Morgen, jeden Montag, montags, bis heute und noch heute.", "de"),
        ("Die «Bild am Sonntag» hatte es am Abend, zum Rosenmontag.", "de"),
        ("Tous les lundis, chaque mardi, jusqu'à aujourd'hui, le Vendredi saint.", "fr"),
        ("Cada lunes, los martes, por la mañana, hoy en día, el Viernes Santo.", "es"),
        ("हर सोमवार और प्रत्येक मंगलवार, आज भी।", "hi"),
    ],
)
def test_what_is_no_day_is_not_noted(text: str, language: str) -> None:
    assert _days(text, language) == []


# --- without a year ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The final is on May 9.", "2026-05-09"),
        ("The letter is dated October 9.", "2025-10-09"),
        ("Its programme, dated July 2, names the quay.", "2025-07-02"),
        ("The quay will open on July 2.", "2026-07-02"),
        ("The programme, dated May 2, names the quay.", "2025-05-02"),
        ("It will open on August 14.", "2026-08-14"),
        ("It opens on 2 January.", "2026-01-02"),
        ("The board named the fair to be held from March 22.", "2026-03-22"),
        ("It opens on Friday, January 2.", "2026-01-02"),
        ("It opened on Thursday, January 2.", "2025-01-02"),
        ("It opened on Monday, January 2.", None),
        ("It ends on Dec. 20.", "2025-12-20"),
    ],
)
def test_a_date_without_a_year_is_the_nearest_that_fits_its_weekday(
    text: str, value: str | None
) -> None:
    assert [one[1] for one in _days(text)] == [value]


def test_a_weekday_beside_a_date_is_part_of_it() -> None:
    assert _days("Er kam am Donnerstag, 4. Dezember, an.", "de") == [
        ("Donnerstag, 4. Dezember", "2025-12-04")
    ]


# --- by name -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        # what happened
        ("The board said on Monday it had closed two quays.", "en", "2025-12-01"),
        ("Two quays were closed Sunday, the board said.", "en", "2025-11-30"),
        ("Two quays have been closed since Thursday.", "en", "2025-11-27"),
        ("The board denied on Tuesday that it would close a quay.", "en", "2025-12-02"),
        ("The quay, which will close next year, flooded on Friday.", "en", "2025-11-28"),
        ("The two men had been paid by Monday.", "en", "2025-12-01"),
        ("The quay did not reopen until Monday.", "en", "2025-12-01"),
        ("Work resumed after Saturday's swell.", "en", "2025-11-29"),
        ("Last Friday the swell rose.", "en", "2025-11-28"),
        ("The vote was lost on Monday last week.", "en", "2025-12-01"),
        # what is to come
        ("The board will meet on Friday.", "en", "2025-12-05"),
        ("The sitting would resume on Thursday, he said.", "en", "2025-12-04"),
        ("It said the vote was scheduled for Sunday.", "en", "2025-12-07"),
        ("The hearing was adjourned until Monday.", "en", "2025-12-08"),
        ("He summoned both sides for Thursday morning.", "en", "2025-12-04"),
        ("It is to be delivered by Tuesday.", "en", "2025-12-09"),
        ("The quay would be reconnected by Thursday evening.", "en", "2025-12-04"),
        ("The leaders meet on Friday.", "en", "2025-12-05"),
        ("The judge ordered him to pay it back on Friday.", "en", "2025-12-05"),
        ("He was forced to close it on Friday.", "en", "2025-11-28"),
        ("अदालत ने शुक्रवार तक जवाब मांगा।", "hi", "2025-12-05"),
        ("On Friday the board will meet.", "en", "2025-12-05"),
        ("Next Monday the quays open.", "en", "2025-12-08"),
        # today
        ("The board said on Wednesday the quays were shut.", "en", "2025-12-03"),
        ("The board will meet on Wednesday.", "en", "2025-12-03"),
        ("The board will meet next Wednesday.", "en", "2025-12-10"),
        ("It met last Wednesday.", "en", "2025-11-26"),
        # counted from another day, or told by nothing
        ("It fell on Easter and the following Sunday.", "en", None),
        ("Saturday's fixtures", "en", None),
        ("Die Kammer hat am Montag zwei Kais geschlossen.", "de", "2025-12-01"),
        ("Am Freitag soll die Kammer entscheiden.", "de", "2025-12-05"),
        ("Mit der Arbeit könne frühestens am Donnerstag begonnen werden.", "de", "2025-12-04"),
        ("Der Kai stand seit Samstagabend unter Wasser.", "de", "2025-11-29"),
        ("Kommenden Dienstag wird verhandelt.", "de", "2025-12-09"),
        ("Les dockers ont voté lundi la reprise.", "fr", "2025-12-01"),
        ("Le parquet requerra jeudi.", "fr", "2025-12-04"),
        ("Le retour ne serait pas possible avant mardi.", "fr", "2025-12-09"),
        ("Le quai était fermé lundi matin.", "fr", "2025-12-01"),
        ("Le même mot figurait lundi sur le quai.", "fr", "2025-12-01"),
        ("Elle dirige samedi un concert sur le quai.", "fr", "2025-12-06"),
        ("Il a été élu mardi dernier.", "fr", "2025-12-02"),
        ("Elle viendra mercredi prochain.", "fr", "2025-12-10"),
        ("La junta cerró el lunes dos muelles.", "es", "2025-12-01"),
        ("La ministra prometió que el viernes habrá un muelle.", "es", "2025-12-05"),
        ("La votación podría aplazarse hasta el martes.", "es", "2025-12-09"),
        ("Dijeron que han llegado dos y que esperan otras el jueves.", "es", "2025-12-04"),
        ("El próximo lunes abre el muelle.", "es", "2025-12-08"),
        ("बोर्ड ने सोमवार को दो घाट बंद कर दिए।", "hi", "2025-12-01"),
        ("बोर्ड ने कहा कि शुक्रवार को घाट खोला जाएगा।", "hi", "2025-12-05"),
        ("पहला जहाज शनिवार को आने की उम्मीद है।", "hi", "2025-12-06"),
    ],
)
def test_a_weekday_is_the_day_its_sentence_means(
    text: str, language: str, value: str | None
) -> None:
    assert [one[1] for one in _days(text, language)] == [value]


def test_of_two_weekdays_joined_the_second_follows_the_first() -> None:
    assert [one[1] for one in _days("The leaders meet on Friday and Saturday.")] == [
        "2025-12-05",
        "2025-12-06",
    ]
    assert [one[1] for one in _days("It was shut on Tuesday and Wednesday.")] == [
        "2025-12-02",
        "2025-12-03",
    ]


# --- counted -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("The board met yesterday.", "en", [("yesterday", "2025-12-02")]),
        (
            "The board meets today and tomorrow.",
            "en",
            [("today", "2025-12-03"), ("tomorrow", "2025-12-04")],
        ),
        ("Heute will die Kammer entscheiden.", "de", [("Heute", "2025-12-03")]),
        ("„Gut. Heute ist alles anders.“", "de", []),
        ("The board announced today that two quays close.", "en", [("today", "2025-12-03")]),
        ("Für morgen wird Sturm erwartet.", "de", [("morgen", "2025-12-04")]),
        ("Sie kam vorgestern.", "de", [("vorgestern", "2025-12-01")]),
        ("Elle est venue avant-hier.", "fr", [("avant-hier", "2025-12-01")]),
        ("Elle viendra après-demain.", "fr", [("après-demain", "2025-12-05")]),
        ("Llegó anteayer.", "es", [("anteayer", "2025-12-01")]),
        ("Llegará pasado mañana.", "es", [("pasado mañana", "2025-12-05")]),
        ("«Ayer me dijeron que era mañana.»", "es", [("Ayer", "2025-12-02"), ("mañana", None)]),
        ("कल दो घाट बंद हुए थे।", "hi", [("कल", "2025-12-02")]),
        ("कल दो घाट खुलेंगे।", "hi", [("कल", "2025-12-04")]),
        ("कल, दो घाट।", "hi", [("कल", None)]),
    ],
)
def test_a_day_is_counted_from_that_of_the_text(
    text: str, language: str, told: list[tuple[str, str | None]]
) -> None:
    assert _days(text, language) == told


def test_without_the_instant_of_sending_nothing_is_counted() -> None:
    text = "Yesterday, on Monday and on 4 December it rose; on 4 December 2025 it fell."
    assert [one[1] for one in _days(text, sent=None)] == [None, None, None, "2025-12-04"]


def test_the_day_is_that_of_the_place_where_it_was_sent() -> None:
    late = datetime.fromisoformat("2025-12-04T01:00:00+05:30")
    assert _days("It rose yesterday.", sent=late) == [("yesterday", "2025-12-03")]


def test_a_sending_in_utc_is_of_the_day_that_it_was_at_the_agencys_home() -> None:
    late = datetime.fromisoformat("2025-12-03T20:00:00+00:00")
    assert _days("It rose yesterday.", sent=late) == [("yesterday", "2025-12-02")]
    assert _days("It rose yesterday.", sent=late, agency="ani") == [("yesterday", "2025-12-03")]
    assert _days("It rose yesterday.", sent=late, agency="afp") == [("yesterday", "2025-12-02")]


def test_the_day_of_the_dateline_is_not_noted_again() -> None:
    text = "KYIV, Thursday, Dec 4 (Reuters) - The harbour board closed two quays on Monday."
    found = dateline(text, language="en", sent=SENT)
    read = days(text, language="en", sent=SENT, dateline=found)
    assert [text[one.start : one.end] for one in read] == ["Monday"]
