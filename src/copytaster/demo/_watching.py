"""What a script wants seen: ``see``, ``lists``, ``front``, ``feeds``, ``events``, ``why``,
``dead``, ``called``, ``picture``."""

from collections.abc import Callable
from collections.abc import Sequence

from copytaster.demo._fields import SEE_FACTS
from copytaster.demo._lines import Fault
from copytaster.demo._lines import Line
from copytaster.demo._lines import bare
from copytaster.demo._lines import field
from copytaster.demo._lines import one_of
from copytaster.demo._lines import pairs
from copytaster.demo.script import Called
from copytaster.demo.script import DeadLetters
from copytaster.demo.script import Events
from copytaster.demo.script import Expectation
from copytaster.demo.script import Feeds
from copytaster.demo.script import Folds
from copytaster.demo.script import Lists
from copytaster.demo.script import Pictured
from copytaster.demo.script import PictureSeen
from copytaster.demo.script import See
from copytaster.demo.script import Seen
from copytaster.demo.script import Why
from copytaster.story import State

_EVENTS = ("published", "updated", "held", "released", "killed", "expired", "erased")


def _see(said: list[str], fields: Sequence[Line]) -> See:
    if len(said) < 2:
        raise Fault("expected see STORY FACE [FACT VALUE …]")
    facts = [*pairs(said[2:]), *(field(line) for line in fields)]
    editions = [value for name, value in facts if name == "edition"]
    if not all(edition.isdigit() for edition in editions):
        raise Fault(f"expected the number of an edition, found {editions[0]!r}")
    rest = tuple(pair for pair in facts if pair[0] != "edition")
    if unknown := sorted({name for name, _ in rest} - SEE_FACTS):
        known = ", ".join(sorted(SEE_FACTS))
        raise Fault(f"expected edition or one of {known}; found {unknown[0]!r}")
    return See(
        story=said[0],
        face=one_of(Seen, said[1], "a face"),
        edition=int(editions[0]) if editions else None,
        facts=rest,
    )


def _lists(said: list[str], fields: Sequence[Line]) -> Lists:
    bare(fields)
    match said:
        case ["have" | "lack" as word, story]:
            return Lists(story=story, have=word == "have")
    raise Fault("expected lists have STORY, or lists lack STORY")


def _front(said: list[str], fields: Sequence[Line]) -> Folds:
    bare(fields)
    match said:
        case ["folds", story, other, *others]:
            return Folds(story=story, others=(other, *others))
    raise Fault("expected front folds STORY OTHER…")


def _feeds(said: list[str], fields: Sequence[Line]) -> Feeds:
    bare(fields)
    match said:
        case ["note" | "drop" as word, story]:
            return Feeds(story=story, keep=word == "note")
    raise Fault("expected feeds note STORY, or feeds drop STORY")


def _events(said: list[str], fields: Sequence[Line]) -> Events:
    bare(fields)
    if not said or set(said[1:]) - set(_EVENTS):
        raise Fault(f"expected events STORY, then any of {', '.join(_EVENTS)}")
    return Events(story=said[0], kinds=tuple(said[1:]))


def _why(said: list[str], fields: Sequence[Line]) -> Why:
    bare(fields)
    if not 2 <= len(said) <= 3:
        raise Fault("expected why STORY STATE [CODE]")
    state = one_of(State, said[1], "a state")
    return Why(story=said[0], state=state, code=said[2] if said[2:] else None)


def _dead(said: list[str], fields: Sequence[Line]) -> DeadLetters:
    bare(fields)
    match said:
        case ["letters", count] if count.isdigit():
            return DeadLetters(count=int(count))
    raise Fault("expected dead letters COUNT")


def _called(said: list[str], fields: Sequence[Line]) -> Called:
    bare(fields)
    match said:
        case [code]:
            return Called(code=code)
        case [code, "about", story]:
            return Called(code=code, story=story)
    raise Fault("expected called CODE [about STORY]")


def _picture(said: list[str], fields: Sequence[Line]) -> Pictured:
    bare(fields)
    match said:
        case [name, seen, "from", agency]:
            return Pictured(
                picture=name, agency=agency, seen=one_of(PictureSeen, seen, "what is seen")
            )
    raise Fault("expected picture NAME shown|gone|nowhere from AGENCY")


EXPECTATIONS: dict[str, Callable[[list[str], Sequence[Line]], Expectation]] = {
    "see": _see,
    "lists": _lists,
    "front": _front,
    "feeds": _feeds,
    "events": _events,
    "why": _why,
    "dead": _dead,
    "called": _called,
    "picture": _picture,
}
