"""From what a notice names to the stories it means: first the question, then the judgement.

:func:`ask` says which names to look up; the newsroom looks, and :func:`resolve` weighs what it
found. The weights order the ways of naming as the trade trusts them: id, then service number,
then headline and the time it moved, then slug (design §4). Where the best is not clearly better
than the next, every story that may be meant is suspended and a person is called: never guess,
never ignore. Pure, and free of order: the same notice and the same stories give the same answer.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from datetime import tzinfo
from zoneinfo import ZoneInfo

import msgspec

from copytaster.item import PubStatus
from copytaster.item import Target
from copytaster.story import Message
from copytaster.verdict.notices import _names
from copytaster.verdict.notices._names import Name
from copytaster.verdict.notices._names import NameKind
from copytaster.verdict.notices._types import Moved
from copytaster.verdict.notices._types import Notice
from copytaster.verdict.notices._types import NoticeKind
from copytaster.verdict.notices._types import Pointer

ID, NUMBER, HEADLINE, SAME_MINUTE, SLUG = 100, 60, 60, 40, 40
"""what each way of naming weighs when it fits"""
NEAR_MINUTE = 15
LIKE_HEADLINE = 40
ANOTHER_MINUTE = -60
"""the notice says when its story moved, and this one did not move then"""
LEAST = 40
"""below this a story is not meant"""
CLEAR = 20
"""by so much the best must outweigh the next to be the one"""

TOLERANCE = 1
NEAR = 5
"""minutes: between the clock of a desk that writes a notice and that of its wire"""
_LIKE = 0.8
_THE_MINUTE = "the minute it moved"

_WINDOWS = {
    NameKind.number: (timedelta(hours=36), timedelta(hours=6)),
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


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A story that has one of the names asked for."""

    story: str
    guid: str
    versions: tuple[Message, ...]
    """the story's own versions, without the notices about it"""


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
    yield from (Wanted(Name(NameKind.id, key)) for key in _keys_of_id(pointer))
    names = [Name(NameKind.number, key) for key in _keys_of_number(pointer)]
    names += [Name(NameKind.headline, key) for key in (_names.fold(pointer.headline or ""),) if key]
    if opening := _names.opening(pointer.headline or ""):
        names.append(Name(NameKind.opening, opening))
    names += [Name(NameKind.slug, key) for key in _keys_of_slug(pointer)]
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


def _keys_of_id(pointer: Pointer) -> list[str]:
    return _names.id_keys(pointer.id) if pointer.id else []


def _keys_of_number(pointer: Pointer) -> list[str]:
    return _names.number_keys(pointer.number)[:1] if pointer.number else []


def _keys_of_slug(pointer: Pointer) -> list[str]:
    return _names.slug_keys(pointer.slug) if pointer.slug else []


def instants_of(moved: Moved, said: datetime, zone: str | None) -> tuple[datetime, ...]:
    """The instants a time of day may mean: the last such time before the notice was made.

    Where nobody says in which zone, every whole hour and half hour of the world may be meant.
    """
    named = moved.zone or zone
    if named is not None:
        return (_last(moved, said, ZoneInfo(named)),)
    zones = (timezone(timedelta(minutes=30 * half)) for half in range(-12 * 2, 14 * 2 + 1))
    return tuple(dict.fromkeys(_last(moved, said, offset) for offset in zones))


def _last(moved: Moved, said: datetime, zone: tzinfo) -> datetime:
    local = said.astimezone(zone)
    on = moved.on or local.date()
    instant = datetime.combine(on, moved.at, tzinfo=zone)
    if moved.on is None and instant > local + timedelta(minutes=NEAR):
        instant -= timedelta(days=1)
    return instant.astimezone(UTC)


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
    good, doubtful, not_yet = _substitutes(notice, candidates, zone)
    spared = {candidate.story for candidate in good}
    findings: dict[str, Finding] = {}
    missing: list[Pointer] = []
    unique = True
    for pointer in notice.pointers:
        weighed = _weighed(pointer, notice, candidates, zone, spared)
        if not weighed:
            missing.append(pointer)
            continue
        meant, sure = _chosen(pointer, weighed)
        sure = sure and doubtful.isdisjoint(candidate.story for _, candidate, _ in meant)
        unique = unique and sure
        for score, candidate, evidence in meant:
            _keep(findings, _finding(notice, candidate, score, evidence, good, sure=sure))
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


_Weighed = tuple[int, Candidate, str]


def _substitutes(
    notice: Notice, candidates: Sequence[Candidate], zone: str | None
) -> tuple[list[Candidate], set[str], list[Pointer]]:
    """What the notice declares good, often the same headline at a later time; the ids of stories
    that may be that or what is to be killed; and what of it is not told apart.

    Only what fits better as the good one than as the bad one is spared: while the substitute
    is on its way, the story to be killed may be the only one that answers to its headline.
    """
    good: dict[str, Candidate] = {}
    doubtful: set[str] = set()
    missing: list[Pointer] = []
    for given in notice.substitutes:
        best = _best_for(given, notice, candidates, zone)
        better = 0 if best is None else best[0] - _worst(notice, best[1], zone)
        if best is not None and better >= CLEAR:
            good[best[1].story] = best[1]
            continue
        missing.append(given)
        if best is not None and better > -CLEAR:
            doubtful.add(best[1].story)
    return list(good.values()), doubtful, missing


def _best_for(
    given: Pointer, notice: Notice, candidates: Sequence[Candidate], zone: str | None
) -> _Weighed | None:
    """The one story that answers best to what is declared good; None where two do alike.

    The headline that it shares with the bad story is not enough: something of its own must fit.
    """
    headline = next((pointer.headline for pointer in notice.pointers if pointer.headline), None)
    pointer = msgspec.structs.replace(given, headline=given.headline or headline)
    answering = [
        one
        for one in _weighed(pointer, notice, candidates, zone, frozenset())
        if _weight(given, notice, one[1], zone) > 0
    ]
    best = [one for one in answering if one[0] == answering[0][0]]
    return best[0] if len(best) == 1 else None


def _worst(notice: Notice, candidate: Candidate, zone: str | None) -> int:
    """How well a story fits as what is to be taken back."""
    weights = (_weight(pointer, notice, candidate, zone) for pointer in notice.pointers)
    return max(weights, default=0)


def _weight(pointer: Pointer, notice: Notice, candidate: Candidate, zone: str | None) -> int:
    moved = instants_of(pointer.moved, notice.said, zone) if pointer.moved is not None else ()
    return _weigh(pointer, notice, candidate, moved)[0]


def _weighed(
    pointer: Pointer,
    notice: Notice,
    candidates: Sequence[Candidate],
    zone: str | None,
    spared: Iterable[str],
) -> list[_Weighed]:
    """Every candidate that may be meant by a pointer, the likeliest first."""
    moved = instants_of(pointer.moved, notice.said, zone) if pointer.moved is not None else ()
    weighed = []
    for candidate in candidates:
        if candidate.story in spared:
            continue
        score, evidence = _weigh(pointer, notice, candidate, moved)
        if score >= LEAST:
            weighed.append((score, candidate, evidence))
    return sorted(weighed, key=lambda one: (-one[0], one[1].story))


def _chosen(pointer: Pointer, weighed: Sequence[_Weighed]) -> tuple[Sequence[_Weighed], bool]:
    """Those that are meant, and whether that is sure.

    A minute alone never makes sure, whatever else the notice names: many stories move in one.
    """
    best = weighed[0][0]
    close = [one for one in weighed if best - one[0] < CLEAR]
    if any(evidence == _THE_MINUTE for _, _, evidence in close):
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
        tentative=evidence == _THE_MINUTE,
        evidence=evidence,
        score=score,
        substitute=good[0].story if len(good) == 1 else None,
    )
    return Finding(story=candidate.story, guid=candidate.guid, score=score, target=target)


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


# --- weighing -----------------------------------------------------------------------------------


def _weigh(
    pointer: Pointer, notice: Notice, candidate: Candidate, moved: Sequence[datetime]
) -> tuple[int, str]:
    """How well a story fits a pointer, and by what; its best version counts.

    ``moved`` are the instants that the pointer's time may mean; none where it gives no time.
    """
    return max(
        (_weigh_version(pointer, notice, version, moved) for version in candidate.versions),
        default=(0, ""),
    )


def _weigh_version(
    pointer: Pointer, notice: Notice, version: Message, moved: Sequence[datetime]
) -> tuple[int, str]:
    names = set(_names.calls_of(version))
    weights = [
        _by_id(pointer, names),
        _by_number(pointer, notice, version, names),
        _by_headline(pointer, names),
        _by_key(NameKind.slug, _keys_of_slug(pointer), names, SLUG),
        _by_time(moved, version),
    ]
    said = [what for weight, what in weights if weight > 0]
    return sum(weight for weight, _ in weights), ", ".join(said)


def _by_key(kind: NameKind, keys: Iterable[str], names: set[Name], weight: int) -> tuple[int, str]:
    fits = any(Name(kind, key) in names for key in keys)
    return (weight, kind.value) if fits else (0, "")


def _by_id(pointer: Pointer, names: set[Name]) -> tuple[int, str]:
    """The id as it is written clearly outweighs one that only shares a part with it."""
    keys = _keys_of_id(pointer)
    written = _by_key(NameKind.id, keys[:1], names, ID)
    return written if written[0] else _by_key(NameKind.id, keys[1:], names, ID - CLEAR)


def _by_number(
    pointer: Pointer, notice: Notice, version: Message, names: set[Name]
) -> tuple[int, str]:
    """A number counts only while it cannot have wrapped."""
    before, after = _WINDOWS[NameKind.number]
    if not any(-after <= notice.said - moved <= before for moved in _names.moved(version)):
        return 0, ""
    return _by_key(NameKind.number, _keys_of_number(pointer), names, NUMBER)


def _by_headline(pointer: Pointer, names: set[Name]) -> tuple[int, str]:
    wanted = _names.fold(pointer.headline or "")
    if not wanted:
        return 0, ""
    if Name(NameKind.headline, wanted) in names:
        return HEADLINE, "headline"
    if any(_is_like(wanted, name.key) for name in names if name.kind is NameKind.headline):
        return LIKE_HEADLINE, "headline, nearly"
    return 0, ""


def _is_like(wanted: str, key: str) -> bool:
    """One opens with the other, or nearly all their words are the same."""
    if len(wanted) >= 20 and (key.startswith(wanted) or wanted.startswith(key)) and len(key) >= 20:
        return True
    one, other = set(wanted.split()), set(key.split())
    return len(one) >= 4 and len(one & other) >= _LIKE * len(one | other)


def _by_time(wanted: Sequence[datetime], version: Message) -> tuple[int, str]:
    if not wanted:
        return 0, ""
    apart = min(_minutes_apart(at, moved) for at in wanted for moved in _names.moved(version))
    if apart > NEAR:
        return ANOTHER_MINUTE, ""
    is_sure = len(wanted) == 1 and apart <= TOLERANCE
    return (SAME_MINUTE, _THE_MINUTE) if is_sure else (NEAR_MINUTE, "about when it moved")


def _minutes_apart(wanted: datetime, moved: datetime) -> float:
    """A time of day has no seconds: its whole minute is meant."""
    late = (moved - wanted).total_seconds()
    return 0 if 0 <= late < 60 else abs(late - 59 if late > 0 else late) / 60
