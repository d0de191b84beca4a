"""The desk's OpenAPI document is true: what real desks answer is as it says, and whatever is sent,
made from its own schemas to fit or not to fit, is answered as it says and changes nothing when it
is refused."""

import asyncio
import json
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
import jsonschema_rs
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis import GenerationMode
from schemathesis.schemas import BaseSchema

from copytaster import copydesk
from copytaster.copydesk import Role
from copytaster.newsroom.proving import Prover
from copytaster.story import DecisionKind
from copytaster.web.desk._api import DESCRIPTION
from copytaster.web.desk._api import table
from copytaster.web.desk._api_types import Decide
from copytaster.web.desk._evidence import Evidence
from copytaster.web.desk._orders import Recalling
from tests.door import Door
from tests.newsroom import making
from tests.newsroom.making import BASE
from tests.newsroom.making import House
from tests.newsroom.making import ninjs
from tests.pager import Pager
from tests.web.desk.making import App
from tests.web.desk.test_health import bells
from tests.web.desk.test_letters import bury
from tests.web.desk.test_wire import send

ADMIN = "admin ann"
LIVE = ("get", "/api/live")
Document = dict[str, Any]
Told = tuple[str, str]


class Desk:
    """A real desk with something of everything, and one loop in which it is asked."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.app = App(house, bells=lambda: bells(house))
        self.app.watched.stop()  # what is told live ends at once
        self.loop = asyncio.Runner()
        self.document: Document = self.ask("GET", DESCRIPTION).json()
        self.seen: set[Told] = set()
        self.known = self._fill()

    def _fill(self) -> dict[str, Any]:
        house = self.house
        one = send(house, "one", text="The ferry runs, said Ada Quay. It ran on Monday, too.")
        send(house, "one", version="2", versioncreated="2026-03-02T09:02:00Z", text="It stands.")
        send(house, "two", "seaboard", text="The ferry runs, said Ada Quay. It ran on Monday, too.")
        send(house, "odd", pubstatus="odd")
        send(house, "later", embargoed="2026-03-02T12:00:00Z")
        house.send("gone", ednote="Not for Vester.")
        house.kill("gone")
        house.receive(house.delivery(ninjs("gone", pubstatus="canceled", version="2")))
        (letter, *_) = bury(self.app, 2)
        look = self.ask("POST", "/api/desk/looks", json={"q": "agency:harbour"}).json()["id"]
        joined()
        return {
            "stories": one,
            "deliveries": house.desk.store.history_of(one).messages[0].arrival.delivery,
            "looks": look,
            "recalls": house.desk.recalls.begin(
                [one], DecisionKind.hold, reason="x", by="ida", query="x"
            ).id,
            "letter": letter,
        }

    def ask(self, method: str, path: str, seat: str = ADMIN, **request: Any) -> httpx2.Response:
        return self.loop.run(self.app.call(method, path, seat, **request))

    def right(self, method: str, path: str, **request: Any) -> Any:
        """What an order or a question that is right is answered."""
        answer = self.ask(method, path, **request)
        assert answer.status_code == 200, answer.text
        route = self.template(path)
        self.seen.add((method.lower(), route))
        return self.fits(method, route, answer)

    def template(self, path: str) -> str:
        """Which route it is."""
        asked = path.partition("?")[0].split("/")
        (found,) = {
            route
            for route in sorted(self.document["paths"], key=lambda one: one.count("{"))
            if len(parts := route.split("/")) == len(asked)
            and all(a == b or b.startswith("{") for a, b in zip(asked, parts, strict=True))
        }
        return str(found)

    def fits(self, method: str, route: str, answer: httpx2.Response) -> Any:
        """The answer, which is as the document says."""
        operation = self.document["paths"][route][method.lower()]
        told = operation["responses"][str(answer.status_code)].get("content", {})
        kind = answer.headers.get("content-type")
        if "application/json" not in told:
            assert (kind in told) is bool(told)
            return answer
        assert kind == "application/json"
        validator(json.dumps(told["application/json"]["schema"]), self.components).validate(
            answer.json()
        )
        return answer.json()

    @property
    def components(self) -> str:
        return json.dumps(self.document["components"])

    def state(self) -> Any:
        """What an order could change."""
        desk = self.house.desk
        return (
            desk.store.sequence,
            desk.store.wire.last,
            [deed.sequence for deed in desk.people.trail.deeds(limit=1)],
            sorted(desk.paused),
            [(one["delivery"], one["attempts"]) for one in self.app.office.letters()],
            [(one["batch"], one["undone"]) for one in self.app.office.batches()],
            len(desk.store.remarks.of(self.known["stories"])),
            [one.asked for one in desk.store.presets.of("ann")],
        )

    def close(self) -> None:
        joined()
        self.loop.close()


@cache
def validator(schema: str, components: str) -> Any:
    whole = {**json.loads(schema), "components": json.loads(components)}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def joined() -> None:
    """Every look has ended."""
    for thread in threading.enumerate():
        if thread.name == "look":
            thread.join(20)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with making.house(Path(tmp_path_factory.mktemp("contract")) / "data") as house:
        opened = Desk(house)
        yield opened
        opened.close()


@cache
def others(document: str) -> BaseSchema:
    """The document as others read it."""
    return schemathesis.openapi.from_dict(json.loads(document))


def operations(document: Document) -> set[Told]:
    return {(way, path) for path, ways in document["paths"].items() for way in ways}


# --- the document --------------------------------------------------------------------------------


def test_the_document_has_every_door_with_its_role_and_its_faults(desk: Desk) -> None:
    told = table(
        desk.app.office, desk.app.watched, Recalling(desk.app.office), Evidence(desk.app.office)
    )
    assert operations(desk.document) == {(one.method.lower(), one.path) for one in told}
    for one in told:
        operation = desk.document["paths"][one.path][one.method.lower()]
        assert operation["security"] == [{"token": [one.needs]}]
        assert {"200", "401"} <= set(operation["responses"])
        assert ("403" in operation["responses"]) is (
            one.needs != Role.reader or one.method == "POST"
        )
        assert ("requestBody" in operation) is (one.method == "POST")
    named = [
        one["operationId"] for ways in desk.document["paths"].values() for one in ways.values()
    ]
    assert len(set(named)) == len(named)
    assert "postDeskStoriesIdDecide" in named
    assert desk.document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_a_parameter_is_told_with_what_it_means_and_what_it_may_be(desk: Desk) -> None:
    (before,) = desk.document["paths"]["/api/desk/wire"]["get"]["parameters"]
    assert "take it from `next`" in before.pop("description")
    schema = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
    assert before == {"name": "before", "in": "query", "schema": schema}
    q, _ = desk.document["paths"]["/api/desk/search"]["get"]["parameters"]
    assert q["required"] is True


def test_the_document_is_openapi_as_others_read_it(desk: Desk) -> None:
    read = others(json.dumps(desk.document))
    read.validate()
    found = {(one.ok().method, one.ok().path) for one in read.get_all_operations()}
    assert found == operations(desk.document)


def test_what_may_be_decided_is_what_the_form_offers() -> None:
    causes = Decide.__annotations__["cause"]
    assert set(causes.__args__) == set(copydesk.CAUSES)


# --- what is answered ----------------------------------------------------------------------------


def test_what_a_desk_answers_is_as_documented(desk: Desk) -> None:
    known, house = desk.known, desk.house
    for path in (
        "wire",
        "queue",
        "queue?kind=embargoed",
        "queue?kind=yours",
        "search?q=ferry",
        "letters",
        "health",
    ):
        desk.right("GET", f"/api/desk/{path}")
    _proved(desk)
    for guid in ("one", "odd", "later"):
        id = house.desk.find("harbour", guid)
        desk.right("GET", f"/api/desk/stories/{id}")
        desk.right("GET", f"/api/desk/stories/{id}/words")
    gone = desk.right("GET", f"/api/desk/stories/{house.story('gone').id}")
    assert gone["withdrawal"]["surfaces"]
    assert gone["decisions"]
    desk.right("GET", f"/api/desk/deliveries/{known['deliveries']}")
    desk.right("GET", DESCRIPTION)
    found = desk.right("GET", f"/api/desk/looks/{known['looks']}")
    said = {"look": found["id"], "kind": "hold", "why": "in doubt", "count": found["count"]}
    begun = desk.right("POST", "/api/desk/recalls", json=said)
    desk.right("GET", f"/api/desk/recalls/{begun['batch']}")
    desk.right("POST", f"/api/desk/recalls/{begun['batch']}/undo", json={"why": "all is well"})
    assert desk.right("GET", "/api/desk/recalls")["recalls"]
    desk.right("POST", "/api/desk/looks", json={"q": "ferry"})
    revision = house.desk.store.story(known["stories"]).revision  # type: ignore[union-attr]
    said = {"kind": "hold", "why": "read", "revision": revision}
    path = f"/api/desk/stories/{known['stories']}"
    desk.right("POST", f"{path}/decide", json=said)
    desk.right("POST", f"{path}/notes", json={"words": "Ask the quay."})
    desk.right("POST", f"{path}/give", json={"person": None})
    assert desk.right("GET", f"{path}/words")["between"]["said"]
    desk.right("GET", f"{path}/evidence")
    desk.right("GET", f"/api/desk/recalls/{begun['batch']}/evidence")
    kept = {"name": "ferries", "q": "ferry", "shared": True}
    desk.right("POST", "/api/desk/searches", json=kept)
    (search,) = desk.right("GET", "/api/desk/searches")["searches"]
    desk.right("POST", "/api/desk/searches/drop", json={"number": search["number"]})
    for order in ("pause", "resume"):
        desk.right("POST", f"/api/desk/sources/inbox/{order}", json={})
    letters = {"letters": [known["letter"]]}
    desk.right("POST", "/api/desk/letters/retry", json=letters)
    desk.right("POST", "/api/desk/letters/dismiss", json={**letters, "why": "spam"})
    desk.right("GET", "/api/desk/sources/inbox")
    desk.right("GET", "/api/desk/proofs")
    desk.right("POST", "/api/desk/calls/close", json={"code": "feed-dead", "about": "inbox"})
    assert operations(desk.document) - desk.seen == {LIVE}


def test_whoever_may_not_is_told_so_as_documented(desk: Desk) -> None:
    for method, route in operations(desk.document) - {LIVE}:
        path = route.replace("{id}", desk.known["stories"]).replace("{source}", "inbox")
        nobody = desk.ask(method.upper(), path, "")
        assert nobody.status_code == 401
        desk.fits(method, route, nobody)
        reader = desk.ask(method.upper(), path, "reader bo")
        if reader.status_code == 403:
            desk.fits(method, route, reader)


def _proved(desk: Desk) -> None:
    """What was killed is fetched, and seen to be gone."""

    async def prove() -> None:
        prover = Prover(desk.house.desk, BASE, Pager(), transport=Door(desk.house.site))
        for work in desk.house.desk.store.work(desk.house.now.replace(year=2030), 10):
            await prover.withdrawn(work)
        await prover.close()

    desk.loop.run(prove())


# --- what is sent --------------------------------------------------------------------------------


@cache
def cases(document: str) -> st.SearchStrategy[Case]:
    """Requests of every operation, made to fit the document, and not to fit it."""
    return st.one_of(
        found.ok().as_strategy(generation_mode=mode)
        for found in others(document).get_all_operations()
        for mode in (GenerationMode.NEGATIVE, GenerationMode.POSITIVE)
    )


@settings(suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_sent_is_answered_as_documented(desk: Desk, data: st.DataObject) -> None:
    case = data.draw(cases(json.dumps(desk.document)))
    if data.draw(st.booleans(), label="about what is there"):
        _overlay(case, desk)
    request = requests.Request(**case.as_transport_kwargs(base_url=BASE)).prepare()
    assert request.url is not None
    before = desk.state()
    answer = desk.ask(
        case.method,
        request.url.removeprefix(BASE),
        content=request.body or b"",
        headers={name.lower(): value for name, value in request.headers.items()},
    )
    assert answer.status_code < 500 or (case.method.lower(), case.path) == LIVE
    documented = desk.document["paths"][case.path][case.method.lower()]["responses"]
    if str(answer.status_code) in documented:
        desk.fits(case.method, case.path, answer)
    else:  # what was put into the path made it another address, or none
        assert case.path_parameters
        assert answer.status_code in (404, 405)
        assert answer.json()["error"]
    if answer.status_code >= 400:
        assert desk.state() == before, "nothing was done"


def _overlay(case: Case, desk: Desk) -> None:
    """What is there in place of what was made up."""
    known, kind = desk.known, case.path.split("/")[3:4]
    story, found = (
        desk.house.desk.store.story(known["stories"]),
        desk.app.office.look(known["looks"]),
    )
    assert story is not None
    assert found is not None
    real = {
        "id": known.get("".join(kind)),
        "source": "inbox",
        "look": found.id,
        "count": found.count,
        "letters": [known["letter"]],
        "revision": story.revision,
    }
    for filled in (case.path_parameters, case.body):
        if isinstance(filled, dict):
            filled.update({name: real[name] for name in filled.keys() & real.keys()})
