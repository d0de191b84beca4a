"""Generated histories: everything an agency, a feed and a desk may say, in small numbers."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from copytaster.item import EditorialType
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import Headline
from copytaster.item import Partial
from copytaster.item import PubStatus
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from tests.verdict.making import DAY
from tests.verdict.making import clock
from tests.verdict.making import decision
from tests.verdict.making import message
from tests.verdict.making import moment
from tests.verdict.making import notice

MINUTES = [f"09:0{minute}" for minute in range(6)]
_MINUTE = st.sampled_from(MINUTES)

INSTANTS = st.integers(0, 24 * 60 * 2).map(lambda half: DAY + timedelta(seconds=30 * half))
"""any half minute of the day of the tests"""

_EMBARGOES = st.one_of(
    _MINUTE.map(
        lambda text: Embargo(state=EmbargoState.until, until=clock(text), raw=text),
    ),
    st.sampled_from(
        [Embargo(state=EmbargoState.indefinite), Embargo(state=EmbargoState.unparseable)]
    ),
)
_KINDS = st.sampled_from(
    [
        (),
        (EditorialType.correction,),
        (EditorialType.refile,),
        (EditorialType.add,),
        (EditorialType.advisory,),
        (EditorialType.hold_for_release,),
        (EditorialType.withhold,),
        (EditorialType.kill,),
    ]
)
_HOLDS = st.sampled_from([(), ("signal-unknown",), ("words-unaccounted",), ("double-escaped",)])


@st.composite
def versions(draw: st.DrawFn) -> Message:
    """A version of the story: most are ordinary, every field may be odd."""
    fields: dict[str, Any] = {
        "version": draw(st.sampled_from([None, None, 1, 2, 10])),
        "made": draw(st.one_of(st.none(), _MINUTE, _MINUTE)),
        "received": draw(_MINUTE),
        "format": draw(st.sampled_from(["rss", "ninjs"])),
    }
    odd = {
        "seen": _MINUTE,
        "archive": st.just(value=True),
        "publish_after": _MINUTE.map(clock),
        "pub_status": st.sampled_from([PubStatus.hold, PubStatus.withheld, PubStatus.canceled]),
        "embargo": _EMBARGOES,
        "editorial_types": _KINDS,
        "hold_reason": _HOLDS,
        "partial": st.just(Partial.add),
        "repairs": st.just(("xml",)),
        "headlines": st.sampled_from([(), (Headline(value="Other words"),)]),
        "type": st.just("picture"),
        "ed_note": st.sampled_from(["Do not use.", "Embargoed until Friday", "Adds quotes"]),
        "expires": _MINUTE.map(lambda text: moment(clock(text))),
        "first_created": _MINUTE.map(lambda text: moment(clock(text))),
        "retain_until": _MINUTE.map(clock),
    }
    for name in draw(st.lists(st.sampled_from(sorted(odd)), max_size=2, unique=True)):
        fields[name] = draw(odd[name])
    return message(draw(st.sampled_from("AB")), **fields)


@st.composite
def notices(draw: st.DrawFn) -> Message:
    """A notice about the story."""
    return notice(
        draw(st.sampled_from(sorted(PubStatus))),
        made=draw(st.one_of(st.none(), _MINUTE)),
        when=draw(st.one_of(st.none(), _MINUTE)),
        received=draw(_MINUTE),
    )


def histories(max_size: int = 5) -> st.SearchStrategy[list[Message]]:
    """The messages of one story; about one in five is a notice."""
    any_message = st.one_of(versions(), versions(), versions(), versions(), notices())
    return st.lists(any_message, min_size=1, max_size=max_size)


@st.composite
def told(draw: st.DrawFn, max_size: int = 5) -> tuple[list[Message], list[Decision]]:
    """(messages, decisions) of one story."""
    messages = draw(histories(max_size))
    decisions = [
        decision(
            draw(
                st.sampled_from([DecisionKind.release, DecisionKind.release, *sorted(DecisionKind)])
            ),
            draw(_MINUTE),
            of=draw(st.sampled_from(messages)),
            reason=draw(st.sampled_from(["desk", "legal", "rights"])),
            id=str(number),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    return messages, decisions


def stricter() -> st.SearchStrategy[Message]:
    """A message that can only restrict: words nobody released, under a word against them."""
    restrictions = st.one_of(
        st.sampled_from([PubStatus.hold, PubStatus.withheld, PubStatus.canceled]).map(
            lambda status: {"pub_status": status}
        ),
        st.just({"embargo": Embargo(state=EmbargoState.indefinite)}),
        st.just({"hold_reason": ("signal-unknown",)}),
        st.just({"ed_note": "KILL this story."}),
    )
    own = st.builds(
        lambda version, made, received, fields: message(
            "C", version=version, made=made, received=received, **fields
        ),
        st.sampled_from([None, 1, 2, 11]),
        st.one_of(st.none(), _MINUTE),
        _MINUTE,
        restrictions,
    )
    return st.one_of(own, notices())
