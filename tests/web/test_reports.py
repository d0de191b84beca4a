"""A reader says what is wrong: what is taken, what is refused, and what its page tells to whom."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from selectolax.lexbor import LexborHTMLParser

from copytaster.store import Report
from copytaster.store import ReportKind
from tests.newsroom import making
from tests.newsroom.calls import Calls
from tests.newsroom.making import BASE
from tests.newsroom.making import HEADLINE
from tests.newsroom.making import House
from tests.newsroom.making import config

pytestmark = pytest.mark.anyio

OFFICER = {"name": "Asha Rao", "address": "12 Dockyard Road", "email": "officer@desk.example"}
FORM = "application/x-www-form-urlencoded"
ABROAD = {"sec-fetch-site": "cross-site"}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with making.house(tmp_path_factory.mktemp("refusing")) as opened:
        yield opened


@pytest.fixture
def refusing(opened: House) -> House:
    """A house in which these tests keep nothing, an hour after the last of them."""
    opened.now += timedelta(hours=1)
    return opened


def filled(house: House, **fields: Any) -> dict[str, Any]:
    """What a reader who took a minute sends."""
    asked = int((house.now - timedelta(minutes=1)).timestamp())
    return {"kind": "fact", "text": "It was Tuesday.", "asked": asked} | fields


async def send(
    house: House, headers: dict[str, str] | None = None, **fields: Any
) -> httpx2.Response:
    return await post(house, urlencode(filled(house, **fields)), **(headers or {}))


async def post(house: House, body: str | bytes, **headers: str) -> httpx2.Response:
    return await house.get(
        "/report", method="POST", content=body, headers={"content-type": FORM, **headers}
    )


def kept(house: House) -> list[Report]:
    return house.desk.store.reports.newest()


def faults(answer: httpx2.Response) -> list[str]:
    """Where the summary of what is wrong leads."""
    links = LexborHTMLParser(answer.content).css(".faults a")
    return [link.attributes["href"] or "" for link in links]


def values(answer: httpx2.Response) -> dict[str, str | None]:
    """What the form holds."""
    page = LexborHTMLParser(answer.content)
    chosen = page.css("input:not([type=radio]), input[checked]")
    found = {one.attributes["name"] or "": one.attributes.get("value") for one in chosen}
    area = page.css_first("textarea")
    return {**found, "text": area.text().removeprefix("\n") if area else None}


# --- the form -----------------------------------------------------------------------------------


async def test_the_form_names_a_live_story_by_its_headline(house: House) -> None:
    story = house.send()
    answer = await house.get(f"/report?story={story.id}")
    assert answer.status_code == 200
    assert HEADLINE in answer.text
    assert values(answer)["story"] == story.id
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "<script" not in answer.text


@pytest.mark.parametrize("deed", ["kill", "hold"])
async def test_the_form_says_nothing_of_what_was_taken_back(deed: str, house: House) -> None:
    story = house.send()
    getattr(house, deed)()
    answer = await house.get(f"/report?story={story.id}")
    assert (answer.status_code, HEADLINE in answer.text) == (200, False)
    assert f'href="/s/{story.id}"' in answer.text


async def test_a_story_that_was_never_public_is_asked_for_as_if_there_were_none(
    house: House,
) -> None:
    held = house.send(embargoed="2027-01-01T00:00:00Z")
    blank = await house.get("/report")
    for id in (held.id, "0123456789abcdef", "%3Cscript%3E", "x" * 500):
        assert (await house.get(f"/report?story={id}")).content == blank.content


async def test_a_house_that_does_not_ask_has_no_form(tmp_path: Path) -> None:
    with making.house(tmp_path / "data", config(reports={"enabled": False})) as house:
        for path in ("/report", "/report/7k2m9qx4e0"):
            assert (await house.get(path)).status_code == 404
        assert (await send(house)).status_code == 404
        assert "/report" not in (await house.get("/about/automation")).text


# --- a report is taken --------------------------------------------------------------------------


async def test_a_report_is_kept_and_has_a_page_of_its_own(house: House) -> None:
    story = house.send()
    answer = await send(
        house, story=story.id, text="Zeile 1\r\nनाम \U0001f600", name="Åsa", email="asa@a.example"
    )
    assert answer.status_code == 303
    (report,) = kept(house)
    assert answer.headers["location"] == f"/report/{report.ticket}"
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{10}", report.ticket)
    assert (report.kind, report.story, report.received) == (ReportKind.fact, story.id, house.now)
    assert (report.text, report.name) == ("Zeile 1\nनाम \U0001f600", "Åsa")
    assert report.email == "asa@a.example"
    page = await house.get(f"/report/{report.ticket}")
    assert page.status_code == 200
    assert report.ticket in page.text
    assert HEADLINE in page.text
    assert not any(word in page.text for word in ("Zeile", "Åsa", "asa@"))
    assert (page.headers["cache-control"], page.headers["x-robots-tag"]) == ("no-store", "noindex")
    assert page.headers["referrer-policy"] == "no-referrer"


async def test_the_page_of_a_ticket_forgets_the_headline_with_the_kill(house: House) -> None:
    story = house.send()
    where = (await send(house, story=story.id)).headers["location"]
    house.kill()
    page = await house.get(where)
    assert HEADLINE not in page.text
    assert f"/s/{story.id}" in page.text


async def test_the_answer_stands_on_the_page_of_the_ticket_and_nowhere_else(house: House) -> None:
    where = (await send(house)).headers["location"]
    (report,) = kept(house)
    house.desk.reports.settle(report, answer="<b>Mended</b> & thanked", close=True)
    page = await house.get(where)
    assert "&lt;b&gt;Mended&lt;" in page.text
    assert "closed" in page.text
    for other in ("/report/0000000000", f"{where}0", where.upper(), f"{where}/"):
        assert (await house.get(other)).status_code == 404


async def test_a_page_of_a_ticket_is_gone_when_its_time_is_over(house: House) -> None:
    where = (await send(house)).headers["location"]
    house.now += timedelta(days=60) - timedelta(seconds=1)
    assert (await house.get(where)).status_code == 200
    house.now += timedelta(seconds=1)
    assert (await house.get(where)).status_code == 404


@pytest.mark.parametrize(
    "written", ["{id}", "/s/{id}", "https://desk.example/s/{id}/v1?x=1", " {base}/s/{id}.txt "]
)
async def test_a_story_is_found_by_its_address(written: str, house: House) -> None:
    story = house.send()
    answer = await send(house, address=written.format(id=story.id, base=BASE))
    assert answer.status_code == 303
    assert kept(house)[0].story == story.id


async def test_a_person_is_called_once_for_a_flood_and_never_with_a_readers_words(
    house: House,
) -> None:
    house.desk.alert = calls = Calls()
    for number in range(30):
        peer = {"x-forwarded-for": f"203.0.113.{number}"}
        answer = await send(house, peer, text="kingfisher", name="Åsa", email="asa@a.example")
        assert answer.status_code == 303
    assert calls.open == [("report-received", "reports")]
    assert len(calls.all) == 1
    assert not re.search("kingfisher|asa@|Åsa", str(calls.all))


# --- the terms ----------------------------------------------------------------------------------


async def test_with_grievance_terms_the_officer_is_named_and_the_times_are_told(
    tmp_path: Path,
) -> None:
    terms = config(site={"url": BASE, "zone": "Asia/Kolkata"}, reports={"grievance": OFFICER})
    with making.house(tmp_path / "data", terms) as house:
        form = await house.get("/report")
        assert all(said in form.text for said in OFFICER.values())
        assert "24 hours" in form.text
        assert "15 days" in form.text
        assert "Asha Rao" in (await house.get("/about/automation")).text
        nobody = await send(house)
        assert (nobody.status_code, faults(nobody)) == (422, ["#name", "#email"])
        taken = await send(house, name="Asa", email="asa@a.example")
        page = LexborHTMLParser((await house.get(taken.headers["location"])).content)
        times = [one.attributes["datetime"] for one in page.css("dl time")]
        assert times == [
            "2026-03-02T14:30:00+05:30",
            "2026-03-03T14:30:00+05:30",
            "2026-03-17T14:30:00+05:30",
            "2026-05-01T14:30:00+05:30",
        ]


async def test_without_terms_nothing_is_promised(house: House) -> None:
    where = (await send(house)).headers["location"]
    page = LexborHTMLParser((await house.get(where)).content)
    assert len(page.css("dl time")) == 2, "when it came, and until when it is kept"


# --- what is wrong with a form ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"kind": ""}, ["#kind-fact"]),
        ({"kind": "libel"}, ["#kind-fact"]),
        ({"text": " \r\n\t"}, ["#text"]),
        ({"text": "x" * 4001}, ["#text"]),
        ({"name": "x" * 201}, ["#name"]),
        ({"email": "nobody"}, ["#email"]),
        ({"email": "a@" + "b" * 300 + ".example"}, ["#email"]),
        ({"address": "https://elsewhere.example/"}, ["#address"]),
        ({"address": "/s/0123456789abcdef"}, ["#address"]),
        ({"address": "/s/" * 200}, ["#address"]),
        ({"kind": "", "text": ""}, ["#kind-fact", "#text"]),
    ],
)
async def test_a_fault_is_named_and_leads_to_its_field(
    fields: dict[str, str], where: list[str], refusing: House
) -> None:
    answer = await send(refusing, **fields)
    assert (answer.status_code, faults(answer)) == (422, where)
    page = LexborHTMLParser(answer.content)
    assert all(page.css_first(place) is not None for place in where)
    assert kept(refusing) == []


async def test_what_was_filled_in_comes_back_and_is_only_text(house: House) -> None:
    story = house.send()
    hostile = '</textarea><script>alert(1)</script>"><img src=x>'
    sent = {"text": f"\n {hostile}\nx", "name": hostile, "email": hostile, "kind": "rights"}
    answer = await send(house, story=story.id, **sent)
    assert answer.status_code == 422
    page = LexborHTMLParser(answer.content)
    assert page.css("script, img") == []
    found = values(answer)
    assert found["text"] == f"{hostile}\nx"
    assert (found["name"], found["email"]) == (hostile, hostile)
    assert (found["kind"], found["story"]) == ("rights", story.id)


async def test_four_thousand_characters_of_any_script_are_taken(house: House) -> None:
    assert (await send(house, text="न" * 4000)).status_code == 303
    assert kept(house)[0].text == "न" * 4000


async def test_control_characters_are_not_kept(house: House) -> None:
    await send(house, text="a\x00b\x1b[2Jc\td", name="x\ny\x07")
    (report,) = kept(house)
    assert (report.text, report.name) == ("ab[2Jc\td", "x y")


@pytest.mark.parametrize("trap", [{"website": "https://spam.example"}, {"asked": ""}])
async def test_a_program_finds_the_form_again_and_so_would_a_reader(
    trap: dict[str, str], house: House
) -> None:
    answer = await send(house, **trap)
    assert answer.status_code == 422
    assert kept(house) == []
    found = values(answer)
    assert (found["text"], found["website"]) == ("It was Tuesday.", None)
    house.now += timedelta(seconds=2)
    again = {name: value or "" for name, value in found.items()}
    assert (await post(house, urlencode(again))).status_code == 303


async def test_nobody_fills_the_form_in_at_once_and_nobody_is_too_slow(house: House) -> None:
    now = int(house.now.timestamp())
    assert (await send(house, asked=now - 1)).status_code == 422
    assert (await send(house, asked=now + 60)).status_code == 422
    assert (await send(house, asked=now - 2)).status_code == 303
    assert (await send(house, asked=now - 30 * 86400)).status_code == 303


# --- where it comes from ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": BASE},
        {"origin": "https://proxied.example", "host": "proxied.example"},
    ],
)
async def test_a_form_of_this_site_is_taken(headers: dict[str, str], house: House) -> None:
    assert (await send(house, headers)).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": BASE},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": f"{BASE}.evil.example"},
    ],
)
async def test_a_form_of_another_site_is_refused(headers: dict[str, str], refusing: House) -> None:
    answer = await send(refusing, headers)
    assert (answer.status_code, kept(refusing)) == (403, [])
    assert values(answer)["text"] == "It was Tuesday.", "a reader who was led astray loses nothing"


# --- what it may cost ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ("kind=fact", {"content-type": "multipart/form-data; boundary=x"}, 415),
        ("{}", {"content-type": "application/json"}, 415),
        ("kind=fact", {"content-type": f"{FORM}; charset=utf-16"}, 415),
        ("kind=fact", {"content-encoding": "gzip"}, 415),
        ("text=" + "x" * 49152, {}, 413),
        ("text=%FF%FE", {}, 400),
        (b"text=\xff", {}, 400),
        ("a=1&" * 30, {}, 400),
    ],
)
async def test_what_no_form_sends_is_refused_in_a_line(
    body: str | bytes, headers: dict[str, str], status: int, refusing: House
) -> None:
    answer = await post(refusing, body, **headers)
    assert (answer.status_code, kept(refusing)) == (status, [])
    assert answer.text.count("\n") == 1
    assert answer.headers["content-type"].startswith("text/plain")


async def test_one_sender_may_ten_times_in_ten_minutes(house: House) -> None:
    for _ in range(10):
        assert (await send(house)).status_code == 303
    house.now += timedelta(minutes=4)
    refused = await send(house, text="the eleventh")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "360")
    assert values(refused)["text"] == "the eleventh"
    other = {"x-forwarded-for": "203.0.113.9"}
    assert (await send(house, other)).status_code == 303
    house.now += timedelta(minutes=6)
    assert (await send(house)).status_code == 303


async def test_a_day_brings_so_many_and_no_more(tmp_path: Path) -> None:
    with making.house(tmp_path / "data", config(reports={"per_day": 2})) as house:
        for _ in range(2):
            assert (await send(house)).status_code == 303
        full = await send(house)
        assert (full.status_code, full.headers["retry-after"]) == (503, "3600")
        assert len(kept(house)) == 2
        house.now += timedelta(days=1, seconds=1)
        assert (await send(house)).status_code == 303


async def test_a_full_disk_asks_the_reader_to_come_back(tmp_path: Path) -> None:
    tight = config(limits={"disk_reserve_bytes": 2**62})
    with making.house(tmp_path / "data", tight) as house:
        answer = await send(house)
        assert (answer.status_code, kept(house)) == (503, [])
        assert values(answer)["text"] == "It was Tuesday."


async def test_no_line_of_a_log_has_a_word_of_a_report(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = {"text": "kingfisher", "name": "Åsa", "email": "asa@a.example"}
    assert (await send(house, **secret)).status_code == 303
    assert (await send(house, ABROAD, **secret)).status_code == 403
    assert (await send(house, kind="", **secret)).status_code == 422
    ticket = kept(house)[0].ticket
    assert not re.search(f"kingfisher|asa@|Åsa|{ticket}|127.0.0.1", caplog.text)
