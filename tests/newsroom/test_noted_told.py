"""What shells and editors are told of a story's sources and of the versions of its text."""

from datetime import timedelta

from copytaster.newsroom.orders import dossier
from tests.newsroom.making import House
from tests.newsroom.making import ninjs

TEXT = """\
The ferry to Vester was full on Monday, harbour master Ada Quay said. "We turned forty people \
away," Quay said. The company declined to comment.

A second boat is on its way from the mainland, the Associated Press reported, and will take \
passengers from Tuesday on."""


def test_sources_are_told_with_the_words_that_name_them(house: House) -> None:
    sources = dossier(house.desk, house.send(text=TEXT).id)["sources"]
    assert {
        "kind": "person",
        "name": "Ada Quay",
        "words": "Ada Quay",
        "mentions": 2,
        "agency": None,
    } in sources
    (agency,) = [one for one in sources if one["kind"] == "agency"]
    assert (agency["words"], agency["agency"]) == ("Associated Press", "ap")
    assert [one["words"] for one in sources if one["kind"] == "reply"] == ["declined to comment"]


def test_what_was_never_shown_has_nothing_noted(house: House) -> None:
    held = house.send(text=TEXT, pubstatus="withheld")
    told = dossier(house.desk, held.id)
    assert told["sources"] == told["twins"] == []


def test_versions_are_told_with_how_they_stand(house: House) -> None:
    one = house.send(text=TEXT)
    house.now += timedelta(minutes=1)
    house.receive(house.delivery(ninjs("theirs", text=TEXT), agency="harbour"))
    other = house.desk.find("harbour", "theirs") or ""
    house.kill()
    (told,) = dossier(house.desk, other)["twins"]
    assert told == {
        "story": one.id,
        "agency": "seaboard",
        "state": "killed",
        "face": "gone",
        "firstPublic": "2026-03-02T09:00:00+00:00",
        "way": "same",
        "inOther": 1.0,
        "ofOther": 1.0,
        "declared": None,
        "scheme": "w5c10/8/crc32",
    }
