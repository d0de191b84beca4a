"""The form by which readers report an error, and the page of a ticket, in their states."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from copytaster import press
from copytaster.gallery._stories import NOW
from copytaster.gallery._stories import story_id
from copytaster.gallery._stories import words
from copytaster.press import Officer
from copytaster.press import Reported
from copytaster.press import ReportForm
from copytaster.press import Reporting
from copytaster.press import ReportReceipt
from copytaster.press import Site

_OFFICER = Officer(
    name="Asha Rao",
    address="The Morning Wire, 12 Dockyard Road, Mumbai 400001",
    email="grievance@morningwire.example",
    phone="+91 22 5550 0100",
    acknowledge_hours=24,
    decide_days=15,
)
_ANSWER = "You are right: the work cost a little over four million.\n\nThe agency has corrected it."


def reports(site: Site) -> Iterator[tuple[str, str, bytes, int]]:
    """Name, title, page and status of each."""
    asking = replace(site, reporting=Reporting(contact=site.contact, keep_days=60))
    promising = replace(site, reporting=Reporting(keep_days=60, officer=_OFFICER))
    for name, title, of, form, status in (
        ("report", "The form", asking, {}, 200),
        ("report-urdu", "About a story in Urdu, with terms", promising, {"story": "urdu"}, 200),
        ("report-gone", "About a story that was taken back", asking, {"story": "gone"}, 200),
        ("report-faults", "Something is missing or wrong", promising, _wrong(), 422),
        ("report-many", "Too many from one network", asking, _refused("many"), 429),
    ):
        yield name, title, press.report_form(_form(**form), of), status
    for name, title, of, told in (
        ("ticket", "A report that was received", asking, {}),
        ("ticket-terms", "Received, with terms", promising, _promised()),
        ("ticket-answered", "Answered", promising, _answered()),
        ("ticket-closed", "Closed without an answer", asking, {"state": "closed", "closed": NOW}),
    ):
        yield name, title, press.report_receipt(_receipt(**told), of), 200


def _form(*, story: str | None = None, **filled: Any) -> ReportForm:
    return ReportForm(asked=NOW, story=_reported(story) if story else None, **filled)


def _reported(name: str) -> Reported:
    said = words().get(name)
    if said is None:
        return Reported(id=story_id(name))
    return Reported(id=story_id(name), headline=said.headline, language=said.language)


def _wrong() -> dict[str, Any]:
    fields = (("kind", "kind"), ("text", "text"), ("name", "name"), ("email", "email_wrong"))
    return {"email": "asha.rao", "faults": (*fields, ("address", "address"))}


def _refused(why: str) -> dict[str, Any]:
    text = "The bridge cost a little over four million, not under."
    return {"kind": "fact", "text": text, "faults": (("", why),)}


def _receipt(**told: Any) -> ReportReceipt:
    given: dict[str, Any] = {
        "ticket": "7k2m9qx4e0",
        "kind": "fact",
        "state": "open",
        "received": NOW,
        "kept_until": NOW + timedelta(days=60),
        "story": _reported("harbour"),
    }
    return ReportReceipt(**(given | told))


def _promised() -> dict[str, Any]:
    return {"acknowledge_by": NOW + timedelta(days=1), "decide_by": NOW + timedelta(days=15)}


def _answered() -> dict[str, Any]:
    seen, done = NOW + timedelta(hours=3), NOW + timedelta(days=2)
    return {
        **_promised(),
        "state": "answered",
        "acknowledged": seen,
        "answered": done,
        "answer": _ANSWER,
    }
