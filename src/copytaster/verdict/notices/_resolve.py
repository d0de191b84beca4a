"""From what a notice names to the stories it means: first the question, then the judgement.

:func:`ask` says which names to look up; the newsroom looks, and :func:`resolve` weighs what it
found. The weights order the ways of naming as the trade trusts them: id, then service number,
then headline and the time it moved, then slug (design §4). Where the best is not clearly better
than the next, or a better one may still come, every story that may be meant is suspended and a
person is called: never guess, never ignore. Pure, and free of order: the same notice and the same
stories give the same answer.
"""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import time
from datetime import timedelta

import msgspec

from copytaster.item import PubStatus
from copytaster.item import Target
from copytaster.verdict.notices import _names
from copytaster.verdict.notices._names import Name
from copytaster.verdict.notices._names import NameKind
from copytaster.verdict.notices._types import Notice
from copytaster.verdict.notices._types import NoticeKind
from copytaster.verdict.notices._types import Pointer
from copytaster.verdict.notices._versions import declared_good
from copytaster.verdict.notices._weighing import CLEAR
from copytaster.verdict.notices._weighing import LEAST
from copytaster.verdict.notices._weighing import NEAR
from copytaster.verdict.notices._weighing import NOT_WRAPPED
from copytaster.verdict.notices._weighing import THE_MINUTE
from copytaster.verdict.notices._weighing import Candidate
from copytaster.verdict.notices._weighing import Scales
from copytaster.verdict.notices._weighing import Weighed
from copytaster.verdict.notices._weighing import day_of
from copytaster.verdict.notices._weighing import instants_of
from copytaster.verdict.notices._weighing import keys_of_id
from copytaster.verdict.notices._weighing import keys_of_number
from copytaster.verdict.notices._weighing import keys_of_slug

_WINDOWS = {
    NameKind.number: NOT_WRAPPED,
    NameKind.slug: (timedelta(days=7), timedelta(days=1)),
    NameKind.chain: (timedelta(days=7), timedelta(days=1)),
    NameKind.headline: (timedelta(days=60), timedelta(days=2)),
    NameKind.opening: (timedelta(days=7), timedelta(days=1)),
    NameKind.minute: (timedelta(days=1), timedelta(hours=6)),
}
"""how long before and after a notice its story may have moved: numbers wrap within days, a slug
is used again next week (handbook: formats §1.2). An id names one story for ever."""
_A_DAY = (timedelta(hours=26), timedelta(hours=26))
"""around the noon of a day in UTC: that day in every zone"""
_SERIES = (timedelta(hours=36), timedelta(hours=6))
"""the dispatches of one event move within a day or so of its notice"""

_STATUS = {
    NoticeKind.kill: PubStatus.canceled,
    NoticeKind.hold: PubStatus.withheld,
    NoticeKind.release: PubStatus.usable,
}
ASKING = frozenset(_STATUS)
"""kinds of notice that ask for something to be done to stories"""


class Wanted(msgspec.Struct, frozen=True):
    """One name to look up, among versions that moved between two instants."""

    name: Name
    since: datetime | None = None
    until: datetime | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A story that is meant, or may be."""

    story: str
    guid: str
    score: int
    target: Target


class Resolution(msgspec.Struct, frozen=True, kw_only=True):
    """What a notice means, as far as is known."""

    found: tuple[Finding, ...] = ()
    substitutes: tuple[str, ...] = ()
    """ids of the stories it declares to be good"""
    is_unique: bool = True
    """False: of a story that was found it is not sure that it is meant, and it is suspended"""
    missing: tuple[Pointer, ...] = ()
    """what it names and nothing here answers to, yet: the notice waits for it"""
    missing_substitutes: tuple[Pointer, ...] = ()
    """what it declares to be good and nothing here answers to, yet, or more than one does"""


# --- the question -------------------------------------------------------------------------------


def ask(notice: Notice, zone: str | None) -> tuple[Wanted, ...]:
    """The names under which the stories of a notice are to be looked up.

    ``zone`` is the IANA zone of the agency, for times of day without one. A name that several
    pointers give is asked for once, over the time of all of them.
    """
    wanted: dict[Name, Wanted] = {}
    for pointer in (*notice.pointers, *notice.substitutes):
        for one in _asked(pointer, notice, zone):
            wanted[one.name] = _hull(wanted.get(one.name, one), one)
    return tuple(wanted.values())


def _hull(one: Wanted, other: Wanted) -> Wanted:
    if one.since is None or other.since is None or one.until is None or other.until is None:
        return Wanted(one.name)
    return Wanted(one.name, min(one.since, other.since), max(one.until, other.until))


def _asked(pointer: Pointer, notice: Notice, zone: str | None) -> Iterator[Wanted]:
    yield from (Wanted(Name(NameKind.id, key)) for key in keys_of_id(pointer))
    for key in keys_of_number(pointer):
        yield _numbered(Name(NameKind.number, key), pointer, notice.said)
    names = [Name(NameKind.headline, key) for key in (_names.fold(pointer.headline or ""),) if key]
    if opening := _names.opening(pointer.headline or ""):
        names.append(Name(NameKind.opening, opening))
    yield from (_within(name, notice.said) for name in names)
    for key in keys_of_slug(pointer):
        yield _slugged(Name(NameKind.slug, key), pointer, notice, zone)


def _numbered(name: Name, pointer: Pointer, said: datetime) -> Wanted:
    """A number of the day that the notice names, in whatever zone; else while it cannot wrap."""
    day = day_of(pointer)
    if day is None:
        return _within(name, said)
    return _within(name, datetime.combine(day, time(12), tzinfo=UTC), _A_DAY)


def _slugged(name: Name, pointer: Pointer, notice: Notice, zone: str | None) -> Wanted:
    """A slug that hundreds of stories share is asked for at the minutes that the notice gives:
    with a minute, a slug of another time means nothing (``_weighing``)."""
    times = [one.moved for one in (pointer, *notice.substitutes) if one.moved is not None]
    if pointer.moved is None:
        return _within(name, notice.said)
    instants = [at for moved in times for at in instants_of(moved, notice.said, zone)]
    near = timedelta(minutes=NEAR + 1)
    return Wanted(name, _shifted(min(instants), -near), _shifted(max(instants), near))


def ask_minutes(notice: Notice, missing: Iterable[Pointer], zone: str | None) -> tuple[Wanted, ...]:
    """What to ask where a pointer's other names found nothing: what moved when it says.

    Many stories move in one minute, so this is asked last, and not at all where nobody says in
    which zone: every half hour of a day would be meant.
    """
    return tuple(dict.fromkeys(w for pointer in missing for w in _minutes(pointer, notice, zone)))


def _minutes(pointer: Pointer, notice: Notice, zone: str | None) -> Iterator[Wanted]:
    if pointer.moved is None:
        return
    instants = instants_of(pointer.moved, notice.said, zone)
    if len(instants) > 1:
        return
    for key in _names.minutes_around(instants[0], NEAR):
        yield _within(Name(NameKind.minute, key), notice.said)


def series(found: Iterable[Candidate], notice: Notice) -> tuple[Wanted, ...]:
    """What to ask next for all dispatches of the event: the chains and sluglines of these.

    Keywords stand in for a slug where a wire has none, and say no more than "politics".
    """
    names = dict.fromkeys(
        name
        for candidate in found
        for message in candidate.versions
        for name in _names.series_of(message)
    )
    return tuple(_within(name, notice.said, _SERIES) for name in names)


def _within(
    name: Name, said: datetime, window: tuple[timedelta, timedelta] | None = None
) -> Wanted:
    before, after = window or _WINDOWS[name.kind]
    return Wanted(name, _shifted(said, -before), _shifted(said, after))


def _shifted(instant: datetime, by: timedelta) -> datetime:
    try:
        return (instant + by).astimezone(UTC)
    except OverflowError:
        return instant


# --- the judgement ------------------------------------------------------------------------------


def resolve(
    notice: Notice,
    candidates: Sequence[Candidate],
    zone: str | None,
    related: Sequence[Candidate] = (),
) -> Resolution:
    """Which of the candidates a notice means.

    ``zone`` is the IANA zone of the agency, for times of day without one. ``related`` are those
    that :func:`series` found: they are meant where the notice speaks of the whole series. A
    substitute is never among what is found. What only may be meant is suspected, be it the only
    one here: the one that is meant may still be on its way.
    """
    scales = Scales(notice, candidates, zone)
    split = split_by(notice, candidates, zone)
    good, doubtful, not_yet = substitutes(notice, scales, split)
    spared = {candidate.story for candidate in good}
    findings: dict[str, Finding] = {}
    missing: list[Pointer] = []
    for pointer in notice.pointers:
        meant = _chosen(pointer, scales, spared, doubtful)
        if not meant:
            missing.append(pointer)
        series = _series(meant, related) if pointer.series and meant else []
        for one, is_sure in (*meant, *series):
            if one.candidate.story not in spared:
                found = _finding(notice, one, good, is_sure=is_sure)
                _keep(findings, _sparing(found, split.get(one.candidate.story)))
    return Resolution(
        found=tuple(sorted(findings.values(), key=lambda one: (-one.score, one.story))),
        substitutes=tuple(sorted(spared)),
        is_unique=not any(one.target.suspected for one in findings.values()),
        missing=tuple(missing),
        missing_substitutes=tuple(not_yet),
    )


def split_by(
    notice: Notice, candidates: Iterable[Candidate], zone: str | None
) -> dict[str, str | None]:
    """Which version of these stories the notice declares good, while it takes another back."""
    return {one.story: declared_good(notice, one, zone) for one in candidates}


def substitutes(
    notice: Notice, scales: Scales, split: Mapping[str, str | None]
) -> tuple[list[Candidate], set[str], list[Pointer]]:
    """What the notice declares good, often the same headline at a later time; the ids of stories
    that may be that or what is to be killed; and what of it is not told apart.

    Only what fits better as the good one than as the bad one is spared: while the substitute
    is on its way, the story to be killed may be the only one that answers to its headline.
    ``split`` are the stories of which another version is meant.
    """
    good: dict[str, Candidate] = {}
    doubtful: set[str] = set()
    missing: list[Pointer] = []
    for given in notice.substitutes:
        best = _best_for(given, notice, scales)
        if best is not None and split.get(best.candidate.story) is not None:
            continue
        better = 0 if best is None else best.score - _worst(notice, best.candidate, scales)
        if best is not None and better >= CLEAR:
            good[best.candidate.story] = best.candidate
            continue
        missing.append(given)
        if best is not None and better > -CLEAR:
            doubtful.add(best.candidate.story)
    return list(good.values()), doubtful, missing


def _best_for(given: Pointer, notice: Notice, scales: Scales) -> Weighed | None:
    """The one story that answers best to what is declared good; None where two do alike.

    The headline that it shares with the bad story is not enough: something of its own must fit.
    """
    pointer = as_good(given, notice)
    weighed = scales.weighed(pointer)
    answering = [one for one in weighed if scales.weigh(given, one.candidate).score > 0]
    best = [one for one in answering if one.score == answering[0].score]
    return best[0] if len(best) == 1 else None


def as_good(given: Pointer, notice: Notice) -> Pointer:
    """What is declared good, with the headline of what is to be taken back where it has none."""
    headline = next((pointer.headline for pointer in notice.pointers if pointer.headline), None)
    return msgspec.structs.replace(given, headline=given.headline or headline)


def _worst(notice: Notice, candidate: Candidate, scales: Scales) -> int:
    """How well a story fits as what is to be taken back."""
    return max((scales.weigh(pointer, candidate).score for pointer in notice.pointers), default=0)


def _chosen(
    pointer: Pointer, scales: Scales, spared: Collection[str], doubtful: Collection[str]
) -> list[tuple[Weighed, bool]]:
    """Those that are meant, each with whether that is sure.

    A minute alone never makes sure, whatever else the notice names: many stories move in one.
    """
    weighed = [one for one in scales.weighed(pointer) if one.candidate.story not in spared]
    close = [one for one in weighed if weighed[0].score - one.score < CLEAR]
    told = pointer.series or len(close) == 1
    told = told and not any(one.evidence == THE_MINUTE for one in close)
    told = told and not any(one.candidate.story in doubtful for one in close)
    return [(one, told and one.is_sure) for one in close]


def _series(
    meant: Sequence[tuple[Weighed, bool]], related: Iterable[Candidate]
) -> Iterator[tuple[Weighed, bool]]:
    """The other dispatches of the event: those of a declared chain go surely with the one that
    is surely meant; what shares no more than a slug with it may be of another event."""
    chains = {
        name
        for one, is_sure in meant
        if is_sure
        for name in _names.chains_of(one.candidate.versions)
    }
    for candidate in related:
        tied = not chains.isdisjoint(_names.chains_of(candidate.versions))
        weight = Weighed(
            score=LEAST,
            candidate=candidate,
            evidence="series" if tied else "series, by its slug",
            is_sure=tied,
        )
        yield weight, tied


def _finding(
    notice: Notice, meant: Weighed, good: Sequence[Candidate], *, is_sure: bool
) -> Finding:
    candidate = meant.candidate
    target = Target(
        idref=candidate.guid,
        new_status=_STATUS[notice.kind],
        suspected=not is_sure,
        tentative=meant.evidence == THE_MINUTE,
        evidence=meant.evidence,
        score=meant.score,
        substitute=good[0].story if len(good) == 1 else None,
    )
    return Finding(story=candidate.story, guid=candidate.guid, score=meant.score, target=target)


def _sparing(finding: Finding, content: str | None) -> Finding:
    """The finding of a story of which one version is declared good."""
    if content is None:
        return finding
    target = msgspec.structs.replace(finding.target, spares=(content,))
    return msgspec.structs.replace(finding, target=target)


def _keep(findings: dict[str, Finding], finding: Finding) -> None:
    """Of two findings about one story the surer one, then the better founded."""
    known = findings.get(finding.story)
    if known is None or _strength(known) < _strength(finding):
        findings[finding.story] = finding


def _strength(finding: Finding) -> tuple[bool, int]:
    return not finding.target.suspected, finding.score


def void(guid: str, turn: int) -> Target:
    """What sets free a story that a notice suspected, once it is known to mean another (law 3:
    had that one come first, nobody had been suspected)."""
    return Target(
        idref=guid,
        new_status=PubStatus.usable,
        suspected=True,
        tentative=True,
        turn=turn,
        evidence="another story is meant",
    )
