"""The reader's way to say that something is wrong: the form, and the page of a ticket.

Both are the page's own words, so they are written in a language we have. A story is named by its
headline only while it is live: what a kill took away is not said here either (publishing §0).
"""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from copytaster.press._chrome import linked_contact
from copytaster.press._chrome import plain_chrome
from copytaster.press._counting import numbered
from copytaster.press._notice import Fact
from copytaster.press._templates import render
from copytaster.press._templates import written
from copytaster.press._times import shown
from copytaster.press._types import Officer
from copytaster.press._types import Reporting
from copytaster.press._types import Site
from copytaster.press._words import ReportWords
from copytaster.press._words import Tongue

REPORT_KINDS = ("fact", "person", "rights", "privacy", "language", "other")
REPORT_LIMITS: Mapping[str, int] = {"text": 4000, "name": 200, "email": 254, "address": 500}
"""characters of each field"""
_FIELDS = ("kind", "text", "name", "email", "address")
_FIRST = {"kind": f"kind-{REPORT_KINDS[0]}"}
"""where a field begins that is several: a link must lead to what can be filled in"""


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """The story that a report is about."""

    id: str
    headline: str | None = None
    """None: it is not live, and nothing of it is said"""
    language: str | None = None


class ReportForm(msgspec.Struct, frozen=True, kw_only=True):
    """The form as it stands: empty, or with what somebody filled in and what is wrong with it."""

    asked: datetime
    """when it is shown; comes back with it"""
    story: Reported | None = None
    kind: str = ""
    text: str = ""
    name: str = ""
    email: str = ""
    address: str = ""
    """of the story, where the form does not know it"""
    faults: tuple[tuple[str, str], ...] = ()
    """(field, fault): keys of ``[report.faults]``; the field "" is the form as a whole"""


class ReportReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a report: nothing of what was said, or of who said it."""

    ticket: str
    kind: str
    state: str
    """open, answered or closed"""
    received: datetime
    acknowledge_by: datetime | None = None
    decide_by: datetime | None = None
    acknowledged: datetime | None = None
    answered: datetime | None = None
    closed: datetime | None = None
    answer: str | None = None
    story: Reported | None = None
    kept_until: datetime


def report_form(form: ReportForm, site: Site) -> bytes:
    """The page with the form. ``site.reporting`` must be there: without it there is none."""
    spoken = site.tongue(site.tongue(site.language).own)
    words, reporting = spoken.words.report, _reporting(site)
    return render(
        "report.html",
        site,
        **plain_chrome(site, spoken),
        form={name: getattr(form, name) for name in _FIELDS},
        asked=int(form.asked.timestamp()),
        story=_story(form.story, site),
        faults=_faults(form, words),
        wrong=_wrong(form, words),
        kinds=[(kind, words.kinds[kind]) for kind in REPORT_KINDS],
        most=REPORT_LIMITS,
        hint=words.text_hint.format(number=numbered(REPORT_LIMITS["text"], spoken.own)),
        intro=words.intro.format(site=site.name),
        example=written(f"{site.url}/s/…"),
        keep=words.keep.format(days=reporting.keep_days),
        needed=reporting.officer is not None,
        officer=_officer(reporting.officer, words),
        terms=_terms(reporting.officer, words),
        reach=linked_contact(reporting.contact),
    )


def report_receipt(receipt: ReportReceipt, site: Site) -> bytes:
    """The page of one ticket."""
    spoken = site.tongue(site.tongue(site.language).own)
    words, reporting = spoken.words.report, _reporting(site)
    return render(
        "receipt.html",
        site,
        **plain_chrome(site, spoken),
        ticket=receipt.ticket,
        state=receipt.state,
        title=words.titles[receipt.state],
        onward=words.onward[_next(receipt)].format(site=site.name),
        facts=_facts(receipt, spoken, site),
        story=_story(receipt.story, site),
        answer=receipt.answer,
        officer=_officer(reporting.officer, words) if receipt.decide_by is not None else (),
        reach=linked_contact(reporting.contact),
    )


def _reporting(site: Site) -> Reporting:
    if site.reporting is None:
        raise ValueError("a site without reports has no page for them")
    return site.reporting


def _story(story: Reported | None, site: Site) -> dict[str, object] | None:
    if story is None:
        return None
    spoken = site.tongue(story.language)
    return {
        "id": story.id,
        "href": written(f"/s/{story.id}"),
        "headline": story.headline,
        "lang": spoken.tag,
        "dir": spoken.dir,
    }


def _wrong(form: ReportForm, words: ReportWords) -> dict[str, str | None]:
    """What is wrong with each field, said beside it."""
    found = {field: words.faults[fault] for field, fault in form.faults}
    return {field: found.get(field) for field in _FIELDS}


def _faults(form: ReportForm, words: ReportWords) -> list[dict[str, object]]:
    """What is wrong, each with where to mend it; of the form as a whole nowhere."""
    return [
        {"text": words.faults[fault], "at": f"#{_FIRST.get(field, field)}" if field else None}
        for field, fault in form.faults
    ]


def _officer(officer: Officer | None, words: ReportWords) -> tuple[Fact, ...]:
    """Who it is, and how to be reached."""
    if officer is None:
        return ()
    told = (
        Fact(label=words.terms.officer, words=officer.name),
        Fact(label=words.terms.address, words=officer.address),
        Fact(label=words.terms.email, words=officer.email, href=f"mailto:{officer.email}"),
    )
    if officer.phone is None:
        return told
    dialled = "".join(sign for sign in officer.phone if sign in "+0123456789")
    return (*told, Fact(label=words.terms.phone, words=officer.phone, href=f"tel:{dialled}"))


def _terms(officer: Officer | None, words: ReportWords) -> str | None:
    if officer is None:
        return None
    return words.terms.sentence.format(hours=officer.acknowledge_hours, days=officer.decide_days)


def _next(receipt: ReportReceipt) -> str:
    """Which sentence says what happens next."""
    if receipt.state == "closed" and receipt.answer is None:
        return "unanswered"
    return receipt.state


def _facts(receipt: ReportReceipt, spoken: Tongue, site: Site) -> list[Fact]:
    words = spoken.words.report
    labels = words.facts
    times = (
        ("received", receipt.received),
        ("acknowledge_by", None if receipt.acknowledged else receipt.acknowledge_by),
        ("acknowledged", receipt.acknowledged),
        ("decide_by", None if receipt.answered or receipt.closed else receipt.decide_by),
        ("answered", receipt.answered),
        ("closed", receipt.closed),
        ("kept_until", receipt.kept_until),
    )
    return [
        Fact(label=labels["ticket"], words=receipt.ticket),
        Fact(label=labels["kind"], words=words.kinds[receipt.kind]),
        *(
            Fact(
                label=labels[name],
                at=shown(at, zone=None, house_zone=site.zone or "UTC", language=spoken.own),
            )
            for name, at in times
            if at is not None
        ),
    ]
