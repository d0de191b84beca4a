"""One item that cannot be read never takes its neighbours with it, least of all a kill."""

import json

import pytest

from copytaster.formats import Parsed
from copytaster.formats import _hash
from copytaster.item import Item
from copytaster.item import PubStatus
from tests.formats.reading import item
from tests.formats.reading import read
from tests.formats.test_atom import feed as atom_feed
from tests.formats.test_newsml_g2 import message
from tests.formats.test_newsml_g2 import news
from tests.formats.test_rss import feed as rss_feed

LAST = "9999-12-31T23:59:59-05:00"
KILL = {"uri": "urn:q:kill", "pubstatus": "canceled"}
RSS_KILL = (
    "<item><guid>urn:q:kill</guid><title>Kill</title>"
    '<sx:sync deleted="true" id="a" updates="1"/></item>'
)
DELIVERIES = {
    "rss": rss_feed("<item><guid>urn:q:broken</guid><title>Quay</title></item>" + RSS_KILL),
    "atom": atom_feed(
        "<entry><id>urn:q:broken</id><title>Quay</title></entry>"
        '<at:deleted-entry ref="urn:q:kill" when="2025-12-04T10:00:00Z"/>'
    ),
    "ninjs": json.dumps([{"uri": "urn:q:broken", "headline": "Quay"}, KILL]),
    "newsml-g2": message(
        news().replace("urn:newsml:meridian:1", "urn:q:broken"),
        news('<pubStatus qcode="stat:canceled"/>'),
    ),
}


@pytest.mark.parametrize("name", DELIVERIES)
def test_whatever_goes_wrong_in_one_item_the_kill_beside_it_is_heard(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = _hash.content_hash

    def breaks(found: Item) -> str:
        if found.guid == "urn:q:broken":
            raise ZeroDivisionError("nobody thought of this")
        return sealed(found)

    monkeypatch.setattr(_hash, "content_hash", breaks)
    found = read(DELIVERIES[name])
    assert [one.pub_status for one in found.items] == [PubStatus.canceled]
    assert [bad.guid for bad in found.failed] == ["urn:q:broken"]
    assert found.failed[0].error == "ZeroDivisionError: nobody thought of this"


def beside_a_kill(**story: object) -> Parsed:
    """A story and a kill in one ninjs delivery."""
    return read([{"uri": "urn:q:story"} | story, KILL])


@pytest.mark.parametrize("name", ["expires", "embargoed"])
def test_the_last_instant_of_the_calendar_is_an_instant(name: str) -> None:
    found = beside_a_kill(**{name: LAST})
    assert [one.guid for one in found.items] == ["urn:q:story", "urn:q:kill"]


def test_a_period_of_validity_may_end_with_the_calendar() -> None:
    valid = f"<dcterms:valid>start=2025-12-04T10:00:00Z;end={LAST}</dcterms:valid>"
    found = read(rss_feed(f"<item><guid>urn:q:1</guid>{valid}</item>{RSS_KILL}"))
    assert (len(found.items), found.failed) == (2, ())


@pytest.mark.parametrize("name", ["relevance", "confidence"])
def test_a_number_too_large_for_any_measure_is_left_out(name: str) -> None:
    found = beside_a_kill(subject=[{"name": "storm", name: int("9" * 400)}])
    assert (len(found.items), found.failed) == (2, ())
    assert found.items[0].subjects[0].relevance is None


def test_a_picture_of_impossible_width_is_shown_without_one() -> None:
    href = "https://example.org/a.jpg"
    found = beside_a_kill(renditions=[{"href": href, "width": int("9" * 400)}])
    assert found.items[0].renditions[0].width is None


def test_a_headline_over_the_limits_holds_its_item_alone() -> None:
    deep = {"value": "<div>" * 300 + "Quay", "contenttype": "text/html"}
    found = beside_a_kill(headlines=[deep])
    assert found.items[0].hold_reason == ("body-unreadable",)
    assert (found.items[1].guid, found.failed) == ("urn:q:kill", ())


def test_a_body_nested_too_deep_holds_its_item_alone() -> None:
    found = beside_a_kill(body_html="<div>" * 245 + "x" + "</div>" * 245)
    assert found.items[0].hold_reason == ("body-unreadable",)
    assert len(found.items) == 2


@pytest.mark.parametrize(("one", "other"), [("canceled", "usable"), ("usable", "canceled")])
def test_of_two_spellings_of_the_status_the_strictest_binds(one: str, other: str) -> None:
    found = item({"uri": "urn:q:1", "pubstatus": one, "pubStatus": other})
    assert found.pub_status is PubStatus.canceled


def test_a_status_beside_pubstatus_is_heard_when_it_is_stricter() -> None:
    killed = item({"uri": "urn:q:1", "pubstatus": "usable", "status": "canceled"})
    assert killed.pub_status is PubStatus.canceled
    other = item({"uri": "urn:q:1", "pubstatus": "usable", "status": "in progress"})
    assert (other.pub_status, other.hold_reason) == (PubStatus.usable, ())


def test_a_kill_with_another_property_in_two_spellings_is_still_a_kill() -> None:
    found = item(KILL | {"headline": "Quay", "Headline": "Key"})
    assert (found.pub_status, found.hold_reason) == (PubStatus.canceled, ("field-malformed",))


def test_an_item_of_two_ids_cannot_be_read() -> None:
    assert [bad.index for bad in read([{"uri": "urn:q:1", "URI": "urn:q:2"}]).failed] == [0]
