"""The lifecycle: from the set of messages of one story, and the time, to what may be public.

The one implementation of the handbook's formats §2.3. States are looked for from the strictest
to the loosest, and the first that has a reason stands::

    killed > withheld > never > expired > held > embargoed > live

``docs/explanation/lifecycle.md`` tells it in words.
"""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime

from copytaster.agency import Profile
from copytaster.item import EditorialType
from copytaster.item import EmbargoState
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.story import Cause
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import Reason
from copytaster.story import State
from copytaster.verdict import _clocks
from copytaster.verdict import _opening
from copytaster.verdict import notices
from copytaster.verdict._case import Case
from copytaster.verdict._case import case_of
from copytaster.verdict._desk import record_of
from copytaster.verdict._doubts import Doubt
from copytaster.verdict._doubts import doubts
from copytaster.verdict._standing import Standing
from copytaster.verdict._standing import is_canceled
from copytaster.verdict._standing import is_withheld
from copytaster.verdict._standing import stand
from copytaster.verdict._types import Verdict
from copytaster.verdict.reasons import OF_RIGHTS
from copytaster.verdict.reasons import SOFT
from copytaster.verdict.reasons import because
from copytaster.verdict.rights import NOWHERE
from copytaster.verdict.rights import Ground


def decide(
    messages: Sequence[Message],
    decisions: Sequence[Decision],
    profile: Profile,
    now: datetime,
    ground: Ground = NOWHERE,
) -> Verdict:
    """What may be public of one story at ``now``, and why.

    ``messages`` are the versions of the story and the notices about it, ``decisions`` the
    desk's; the order of either means nothing. ``now`` is an aware instant, ``ground`` what its
    licence is held against.
    """
    case = case_of(messages, decisions, profile, now, ground)
    if reasons := _killed(case):
        return _verdict(case, State.killed, reasons, _cause_of_kill(case))
    if reasons := _withheld(case):
        return _verdict(case, State.withheld, reasons)
    if reasons := _never(case):
        return _verdict(case, State.never, reasons)
    if reasons := _expired(case):
        return _verdict(case, State.expired, reasons, Cause.rights)
    if reasons := _held(case):
        return _verdict(case, State.held, reasons, _cause_of_hold(reasons))
    if reasons := _embargoed(case):
        return _verdict(case, State.embargoed, reasons)
    return _verdict(case, State.live, [])


def _verdict(
    case: Case, state: State, reasons: list[Reason], cause: Cause = Cause.agency
) -> Verdict:
    current = _meant(case, state)
    return Verdict(
        state=state,
        current=current,
        reviewed=_reviewed(case, current) if state is State.live else None,
        reasons=tuple(dict.fromkeys(reasons)) if len(reasons) > 1 else tuple(reasons),
        cause=cause,
        look_again=None if state is State.killed else _clocks.look_again(case),
        expires=None if state is State.killed else _clocks.end(case),
        labels=case.standing.labels if case.standing is not None else (),
        substitute=_substitute(case) if state is State.killed else None,
        rights=None if state is State.killed else case.rights,
        withdrawn=tuple(sorted(case.withdrawn)),
        parts=case.made_from,
    )


def _reviewed(case: Case, current: Item | None) -> datetime | None:
    """A review is of the content that the person saw, and of no other."""
    said = case.review
    if said is None or current is None or said.content_hash != current.content_hash:
        return None
    return said.at


def _substitute(case: Case) -> str | None:
    """The desk's own word on what to read instead, else the agency's."""
    told = [decision.substitute for decision in case.ends if decision.substitute is not None]
    return told[-1] if told else notices.substitute(case.notices)


def _meant(case: Case, state: State) -> Item | None:
    """The current item. Of a story the agency canceled, the newest item that says so: its
    correction text may be meant for readers."""
    if case.standing is None:
        return None
    if state is State.killed:
        canceled = stand([message for message in case.own if is_canceled(message.item)], None)
        if canceled is not None:
            return canceled.current
    return case.standing.current


def _sorted(reasons: Iterator[Reason]) -> list[Reason]:
    """Reasons gathered from several messages, in an order that is not theirs."""
    return sorted(reasons, key=lambda reason: (reason.code, reason.detail or ""))


# --- killed -------------------------------------------------------------------------------------


def _killed(case: Case) -> list[Reason]:
    """Canceled in any version, killed by any notice or by the desk: sticky, free of order."""
    reasons = _killed_by_agency(case)
    for decision in case.ends:
        code = "erased" if decision.kind is DecisionKind.erase else "desk-kill"
        reasons.append(because(code, record_of(decision)))
    return reasons


def _killed_by_agency(case: Case) -> list[Reason]:
    canceled = [message.item for message in case.own if is_canceled(message.item)]
    reasons = _sorted(because("canceled", item.status_raw) for item in canceled)
    if case.notices:
        reasons += _sorted(notices.kills(case.notices, case.standing))
    return reasons


def _cause_of_kill(case: Case) -> Cause:
    """A legal order says so whoever else killed the story; then comes the agency's word."""
    words = {_cause(decision) for decision in case.ends}
    if Cause.legal in words:
        return Cause.legal
    if Cause.agency in words or _killed_by_agency(case):
        return Cause.agency
    return Cause.rights if Cause.rights in words else Cause.desk


def _cause(decision: Decision) -> Cause:
    if decision.kind is DecisionKind.erase and decision.reason == "court":
        return Cause.legal
    try:
        return Cause(decision.reason)
    except ValueError:
        return Cause.desk


# --- withheld, never, expired -------------------------------------------------------------------


def _withheld(case: Case) -> list[Reason]:
    """The agency's word against a story, until it takes it back."""
    reasons: list[Reason] = []
    if case.standing is not None:
        reasons += _withheld_by_status(case.standing)
        reasons += [
            because("expired-by-agency", instant.isoformat())
            for instant in _clocks.feed_expiries(case.standing)
            if instant <= case.now
        ]
    if case.notices:
        bound = notices.binding(case.notices, case.standing, PubStatus.withheld)
        reasons += _sorted(because("withhold-notice", message.item.guid) for message in bound)
    return reasons


def _withheld_by_status(standing: Standing) -> list[Reason]:
    if not standing.is_restricted:
        return []
    return _sorted(
        because("withheld", message.item.status_raw)
        for message in standing.binding
        if is_withheld(message.item)
    )


def _never(case: Case) -> list[Reason]:
    """What is not for readers whoever asks; and a story of which only notices have come."""
    if case.standing is not None:
        return notices.not_for_readers(case.standing.current)
    if notices.binding(case.notices, None, PubStatus.hold):
        return []
    return [because("no-version")]


def _expired(case: Case) -> list[Reason]:
    end = _clocks.licence_end(case)
    if end is None or case.now < end:
        return []
    return [because("rights-expired", end.isoformat())]


# --- held ---------------------------------------------------------------------------------------


def _held(case: Case) -> list[Reason]:
    """Our own holds, the most decisive first: what no release lifts, the desk's, the rest."""
    open_doubts = [doubt for doubt in doubts(case) if not _is_approved(doubt, case)]
    firm = [doubt.reason for doubt in open_doubts if doubt.reason.code not in SOFT]
    soft = [doubt.reason for doubt in open_doubts if doubt.reason.code in SOFT]
    desk = (
        [] if case.hold is None else [because(case.hold.code or "desk-hold", record_of(case.hold))]
    )
    return [*firm, *desk, *soft]


def _cause_of_hold(reasons: Sequence[Reason]) -> Cause:
    """A hold that only rights give reason for is no doubt about the story, and says so."""
    of_rights = all(reason.code in OF_RIGHTS for reason in reasons)
    return Cause.rights if of_rights else Cause.desk


def _is_approved(doubt: Doubt, case: Case) -> bool:
    """A release covers exactly the content it names, and what was known when it was made."""
    release, standing = case.release, case.standing
    if release is None or standing is None or doubt.reason.code not in SOFT:
        return False
    if release.content_hash != standing.current.content_hash:
        return False
    return doubt.known is None or doubt.known <= release.at


# --- embargoed ----------------------------------------------------------------------------------


def _embargoed(case: Case) -> list[Reason]:
    """The latest embargo of all that binds; one without an end outlasts every date. Rights that
    do not run yet are one, whoever holds them."""
    if case.standing is None:
        return []
    endless = _sorted(reason for message in case.standing.binding for reason in _endless(message))
    if endless:
        return endless
    waits = (
        ("embargo-until", _opening.embargo_end(case.standing)),
        ("rights-not-yet", _clocks.licence_start(case)),
    )
    return [
        because(code, until.isoformat())
        for code, until in waits
        if until is not None and case.now < until
    ]


def _endless(message: Message) -> Iterator[Reason]:
    embargo = message.item.embargo
    if embargo.state is EmbargoState.indefinite:
        yield because("embargo-indefinite", embargo.raw)
    elif embargo.state is EmbargoState.unparseable or (
        embargo.state is EmbargoState.until and embargo.until is None
    ):
        yield because("embargo-unparseable", embargo.raw)
    # With an end that can be read, that is when it is released (AP: HoldForRelease).
    waits = EditorialType.hold_for_release in message.item.editorial_types
    if waits and embargo.until is None:
        yield because("hold-for-release")
