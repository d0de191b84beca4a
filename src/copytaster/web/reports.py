"""``/report``: a reader says what is wrong; ``/report/<ticket>``: what became of it.

Works without JavaScript. Nothing of a report is public: its words stay with the desk, its page
tells whoever has the ticket its fate and the answer, and no line of a log has a word of it. What
comes is hostile until a person has read it: bounded in bytes, in time, by sender and by day, and
taken from this site's own form only.
"""

import logging
import re
from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.responses import Response
from starlette.routing import Route

from copytaster import press
from copytaster.press import Reported
from copytaster.press import ReportForm
from copytaster.store import Face
from copytaster.store import Full
from copytaster.store import Report
from copytaster.store import ReportKind
from copytaster.store import StoreError
from copytaster.web import _answer
from copytaster.web._address import networks
from copytaster.web._address import sender
from copytaster.web._door import Newsroom
from copytaster.web._form import Refused
from copytaster.web._form import fields
from copytaster.web._form import is_from_here
from copytaster.web._pace import Pace
from copytaster.web._report_fields import Fault
from copytaster.web._report_fields import Filled
from copytaster.web._report_fields import faults
from copytaster.web._report_fields import filled
from copytaster.web._report_fields import story_of
from copytaster.web.stories import missing

log = logging.getLogger("copytaster.reports")

_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{16}")
_TICKET = re.compile(r"[0-9a-hjkmnp-tv-z]{10}")
_LIMIT = 48 * 1024
"""bytes of a form: 4,000 characters of Devanagari or Arabic script are 36,000 as a browser
writes them, and none of these must be told that it is too long"""
_MOST_FIELDS = 20
_SECONDS = 20.0
_MOST = 10
_WITHIN = timedelta(minutes=10)
_LATER = timedelta(hours=1)
_PRIVATE: Mapping[str, str] = {"cache-control": _answer.NO_STORE, "x-robots-tag": "noindex"}


def routes(newsroom: Newsroom) -> list[Route]:
    """The routes of reports; none where readers are not asked."""
    if newsroom.house.site.reporting is None:
        return []
    pace = Pace(_MOST, _WITHIN)
    proxies = networks(newsroom.house.config.reports.proxies)

    async def form(request: Request) -> Response:
        id = request.query_params.get("story", "")
        return await to_thread.run_sync(_blank, newsroom, id)

    async def post(request: Request) -> Response:
        try:
            sent = filled(await fields(request, limit=_LIMIT, most=_MOST_FIELDS, seconds=_SECONDS))
        except Refused as refused:
            return _refusal(refused)
        now = newsroom.clock()
        if not is_from_here(request, newsroom.house.site.url):
            return await _again(newsroom, sent, [("", "strange")], 403)
        wait = pace.wait(sender(request, proxies), now)
        if wait is not None:
            return await _again(newsroom, sent, [("", "many")], 429, wait)
        return await _take(newsroom, sent, now)

    async def receipt(request: Request) -> Response:
        return await to_thread.run_sync(_receipt, newsroom, request.path_params["ticket"])

    return [
        Route("/report", form, methods=["GET"]),
        Route("/report", post, methods=["POST"]),
        Route("/report/{ticket}", receipt, methods=["GET"]),
    ]


def _blank(newsroom: Newsroom, id: str) -> Response:
    story = _story(newsroom, id) if _ID.fullmatch(id) else None
    return _page(newsroom, ReportForm(asked=newsroom.clock(), story=story))


async def _again(
    newsroom: Newsroom,
    sent: Filled,
    wrong: list[Fault],
    status: int,
    wait: timedelta | None = None,
) -> Response:
    """The form once more, with what was filled in, so that no reader writes it twice."""
    return await to_thread.run_sync(_filled_page, newsroom, sent, wrong, status, wait)


def _filled_page(
    newsroom: Newsroom, sent: Filled, wrong: list[Fault], status: int, wait: timedelta | None
) -> Response:
    form = ReportForm(
        asked=newsroom.clock(),
        story=_story(newsroom, sent.story) if sent.story else None,
        kind=sent.kind,
        text=sent.text,
        name=sent.name,
        email=sent.email,
        address=sent.address,
        faults=tuple(wrong),
    )
    return _page(newsroom, form, status, wait)


def _page(
    newsroom: Newsroom, form: ReportForm, status: int = 200, wait: timedelta | None = None
) -> Response:
    headers = {**_answer.SECURITY, **_PRIVATE}
    if wait is not None:
        headers["retry-after"] = str(max(1, round(wait.total_seconds())))
    body = press.report_form(form, newsroom.house.site)
    return Response(body, status, headers, media_type=_answer.HTML)


def _story(newsroom: Newsroom, id: str) -> Reported | None:
    """The story of an id as it may be named: by its headline while it is live, by its address
    alone while a notice stands there, and not at all when the public never saw it."""
    story = newsroom.store.story(id)
    if story is None or story.drill or story.face is Face.none:
        return None
    if story.face is not Face.live:
        return Reported(id=id)
    edition = newsroom.store.edition(id, story.edition)
    if edition is None:
        return Reported(id=id)
    entry = press.decode_entry(edition.entry)
    return Reported(id=id, headline=entry.headline, language=entry.language)


async def _take(newsroom: Newsroom, sent: Filled, now: datetime) -> Response:
    named = newsroom.house.config.reports.grievance is not None
    wrong = list(faults(sent, named=named, now=now))
    story = await to_thread.run_sync(_meant, newsroom, sent)
    if story is None and sent.address and not any(field == "address" for field, _ in wrong):
        wrong.append(("address", "address"))
    if wrong:
        return await _again(newsroom, sent, wrong, 422)
    try:
        report = await to_thread.run_sync(_keep, newsroom, sent, story)
    except Full as error:
        log.error("a report was not kept: %s", error)
        report = None
    if report is None:
        return await _again(newsroom, sent, [("", "full")], 503, _LATER)
    headers = {**_answer.SECURITY, **_PRIVATE}
    return RedirectResponse(f"/report/{report.ticket}", 303, headers)


def _meant(newsroom: Newsroom, sent: Filled) -> str | None:
    """The id of the story meant, if the public knows it."""
    id = story_of(sent)
    known = _story(newsroom, id) if id is not None else None
    return known.id if known is not None else None


def _keep(newsroom: Newsroom, sent: Filled, story: str | None) -> Report | None:
    report = newsroom.reports.take(
        ReportKind(sent.kind),
        sent.text,
        name=sent.name or None,
        email=sent.email or None,
        story=story,
    )
    if report is not None:
        _call(newsroom)
    return report


def _call(newsroom: Newsroom) -> None:
    """It is kept: whatever fails now is tried again within a minute, and is not the reader's."""
    try:
        newsroom.reports.look()
    except StoreError as error:
        log.warning("nobody was called yet for a report: %s", error)


def _receipt(newsroom: Newsroom, ticket: str) -> Response:
    report = newsroom.reports.find(ticket) if _TICKET.fullmatch(ticket) else None
    if report is None:
        return missing(newsroom)
    told = press.ReportReceipt(
        ticket=report.ticket,
        kind=report.kind.value,
        state=report.state.value,
        received=report.received,
        acknowledge_by=report.acknowledge_by,
        decide_by=report.decide_by,
        acknowledged=report.acknowledged,
        answered=report.answered,
        closed=report.closed,
        answer=report.answer,
        story=_story(newsroom, report.story) if report.story else None,
        kept_until=newsroom.reports.kept_until(report),
    )
    # Whoever is linked to from here must not learn the ticket.
    headers = {**_answer.SECURITY, **_PRIVATE, "referrer-policy": "no-referrer"}
    body = press.report_receipt(told, newsroom.house.site)
    return Response(body, headers=headers, media_type=_answer.HTML)


def _refusal(refused: Refused) -> Response:
    """What no form of ours sends, in a line."""
    words = f"The report was not taken: {refused}.\n"
    headers = {**_answer.SECURITY, **_PRIVATE}
    return Response(words, refused.status, headers, media_type=_answer.TEXT)
