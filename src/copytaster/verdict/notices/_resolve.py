"""From what a notice names to the stories it means: first the question, then the judgement.

:func:`ask` says which names to look up; the newsroom looks, and :func:`resolve` weighs what it
found. The weights order the ways of naming as the trade trusts them: id, then service number,
then headline and the time it moved, then slug (design §4). Where the best is not clearly better
than the next, every story that may be meant is suspended and a person is called: never guess,
never ignore. Pure, and free of order: the same notice and the same stories give the same answer.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
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
    """False: more than one story may be meant by one of its names, and all are suspended"""
    missing: tuple[Pointer, ...] = ()
    """what it names and nothing here answers to, yet: the notice waits for it"""
    missing_substitutes: tuple[Pointer, ...] = ()
    """what it declares to be good and nothing here answers to, yet, or more than one does"""


# --- the question -------------------------------------------------------------------------------


def ask(notice: Notice) -> tuple[Wanted, ...]:
    """The names under which the stories of a notice are to be looked up."""
    pointers = (*notice.pointers, *notice.substitutes)
    return tuple(dict.fromkeys(wanted for one in pointers for wanted in _asked(one, notice)))


def _asked(pointer: Pointer, notice: Notice) -> Iterator[Wanted]:
    yield from (Wanted(Name(NameKind.id, key)) for key in keys_of_id(pointer))
    names = [Name(NameKind.number, key) for key in keys_of_number(pointer)]
    names += [Name(NameKind.headline, key) for key in (_names.fold(pointer.headline or ""),) if key]
    if opening := _names.opening(pointer.headline or ""):
        names.append(Name(NameKind.opening, opening))
    names += [Name(NameKind.slug, key) for key in keys_of_slug(pointer)]
    yield from (_within(name, notice.said) for name in names)


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
    substitute is never among what is found.
    """
    scales = Scales(notice, candidates, zone)
    split = {one.story: declared_good(notice, one, zone) for one in candidates}
    good, doubtful, not_yet = _substitutes(notice, scales, split)
    spared = {candidate.story for candidate in good}
    findings: dict[str, Finding] = {}
    missing: list[Pointer] = []
    unique = True
    for pointer in notice.pointers:
        weighed = [one for one in scales.weighed(pointer) if one[1].story not in spared]
        if not weighed:
            missing.append(pointer)
            continue
        meant, sure = _chosen(pointer, weighed)
        sure = sure and doubtful.isdisjoint(candidate.story for _, candidate, _ in meant)
        unique = unique and sure
        for score, candidate, evidence in meant:
            found = _finding(notice, candidate, score, evidence, good, sure=sure)
            _keep(findings, _sparing(found, split.get(candidate.story)))
        if pointer.series and sure:
            for candidate in related:
                if candidate.story not in spared:
                    _keep(findings, _finding(notice, candidate, LEAST, "series", good, sure=True))
    return Resolution(
        found=tuple(sorted(findings.values(), key=lambda one: (-one.score, one.story))),
        substitutes=tuple(sorted(spared)),
        is_unique=unique,
        missing=tuple(missing),
        missing_substitutes=tuple(not_yet),
    )


def _substitutes(
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
        if best is not None and split.get(best[1].story) is not None:
            continue
        better = 0 if best is None else best[0] - _worst(notice, best[1], scales)
        if best is not None and better >= CLEAR:
            good[best[1].story] = best[1]
            continue
        missing.append(given)
        if best is not None and better > -CLEAR:
            doubtful.add(best[1].story)
    return list(good.values()), doubtful, missing


def _best_for(given: Pointer, notice: Notice, scales: Scales) -> Weighed | None:
    """The one story that answers best to what is declared good; None where two do alike.

    The headline that it shares with the bad story is not enough: something of its own must fit.
    """
    headline = next((pointer.headline for pointer in notice.pointers if pointer.headline), None)
    pointer = msgspec.structs.replace(given, headline=given.headline or headline)
    answering = [one for one in scales.weighed(pointer) if scales.weigh(given, one[1])[0] > 0]
    best = [one for one in answering if one[0] == answering[0][0]]
    return best[0] if len(best) == 1 else None


def _worst(notice: Notice, candidate: Candidate, scales: Scales) -> int:
    """How well a story fits as what is to be taken back."""
    return max((scales.weigh(pointer, candidate)[0] for pointer in notice.pointers), default=0)


def _chosen(pointer: Pointer, weighed: Sequence[Weighed]) -> tuple[Sequence[Weighed], bool]:
    """Those that are meant, and whether that is sure.

    A minute alone never makes sure, whatever else the notice names: many stories move in one.
    """
    best = weighed[0][0]
    close = [one for one in weighed if best - one[0] < CLEAR]
    if any(evidence == THE_MINUTE for _, _, evidence in close):
        return close, False
    return close, pointer.series or len(close) == 1


def _finding(
    notice: Notice,
    candidate: Candidate,
    score: int,
    evidence: str,
    good: Sequence[Candidate],
    *,
    sure: bool,
) -> Finding:
    target = Target(
        idref=candidate.guid,
        new_status=_STATUS[notice.kind],
        suspected=not sure,
        tentative=evidence == THE_MINUTE,
        evidence=evidence,
        score=score,
        substitute=good[0].story if len(good) == 1 else None,
    )
    return Finding(story=candidate.story, guid=candidate.guid, score=score, target=target)


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


def answers(resolution: Resolution) -> bool:
    """Whether all that a notice names has been found by name, be it more than one story."""
    by_minute = any(found.target.tentative for found in resolution.found)
    return bool(resolution.found) and not resolution.missing and not by_minute


def void(guid: str) -> Target:
    """What frees a story that was suspected by the minute it moved, once the one that is meant
    has come: the minute is no name (law 3: had it come first, nobody had been suspected)."""
    return Target(
        idref=guid,
        new_status=PubStatus.usable,
        suspected=True,
        tentative=True,
        evidence="another story is meant",
    )
