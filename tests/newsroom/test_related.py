"""Stories that may be about one event, as editors are told of them."""

from datetime import timedelta

import pytest

from copytaster.newsroom.orders import dossier
from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.reading.stories import FERRY
from tests.reading.stories import TRAM
from tests.reading.stories import story
from tests.reading.stories import top
from tests.reading.test_events import ELSEWHERE


@pytest.fixture
def day(house: House) -> House:
    """Thirty stories about other things, and one about trams."""
    lots = [
        house.delivery(ninjs(f"lot-{n}", text=story(n, 12), headline=f"Lot {n}")) for n in range(30)
    ]
    house.receive(*lots, house.delivery(ninjs("tram", text=TRAM, headline="Trams again in Lindow")))
    return house


def send(house: House, guid: str, text: str, headline: str, agency: str = "harbour") -> str:
    house.receive(house.delivery(ninjs(guid, text=text, headline=headline), agency=agency))
    return house.desk.find(agency, guid) or ""


def related(house: House, story: str) -> list[str]:
    return [one["story"] for one in dossier(house.desk, story)["related"]]


def test_two_agencies_on_one_event(day: House) -> None:
    ferry = send(day, "ferry", FERRY, "Oyle ferry stopped by cracked rudder")
    other = send(day, "oyle", ELSEWHERE, "Oyle cut off as ferry stays in port", "seaboard")
    assert related(day, ferry) == [other]
    assert related(day, other) == [ferry]
    (told,) = dossier(day.desk, ferry)["related"]
    assert 0.3 <= told["likeness"] <= 1
    assert (told["agency"], told["scheme"]) == ("seaboard", "tfidf-200")


def test_what_is_taken_back_is_related_to_nothing(day: House) -> None:
    ferry = send(day, "ferry", FERRY, "Oyle ferry stopped by cracked rudder")
    send(day, "oyle", ELSEWHERE, "Oyle cut off as ferry stays in port", "seaboard")
    day.kill("oyle")
    assert related(day, ferry) == []


def test_days_later_it_is_another_event(day: House) -> None:
    ferry = send(day, "ferry", FERRY, "Oyle ferry stopped by cracked rudder")
    day.now += timedelta(hours=73)
    send(day, "oyle", ELSEWHERE, "Oyle cut off as ferry stays in port", "seaboard")
    assert related(day, ferry) == []


def test_a_version_of_the_text_is_told_as_one_and_not_as_related(day: House) -> None:
    ferry = send(day, "ferry", FERRY, "Oyle ferry stopped by cracked rudder")
    send(day, "cut", top(FERRY, 0.5), "Oyle ferry stopped", "seaboard")
    told = dossier(day.desk, ferry)
    assert len(told["twins"]) == 1
    assert told["related"] == []


def test_what_was_never_shown_is_compared_with_nothing(day: House) -> None:
    held = day.send("held", text=FERRY, pubstatus="withheld")
    assert related(day, held.id) == []
