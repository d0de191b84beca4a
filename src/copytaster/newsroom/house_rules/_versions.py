"""Which messages are asked, and what of them; and what their answer does to a pile.

A hold by a rule is a decision of the desk's own, on the pile together with the message that
answered: both are kept in one commit, so that what a rule holds is public for no instant. It is
the newest word on the story, as an editor's hold would be, and an editor's release lifts it.
"""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta

import msgspec

from copytaster import rules
from copytaster import shelf
from copytaster import subject
from copytaster.item import PubStatus
from copytaster.newsroom._pile import Pile
from copytaster.newsroom._pile import latest
from copytaster.newsroom._pile import with_decision
from copytaster.newsroom.house import House
from copytaster.newsroom.house import new_story_id
from copytaster.query import Facts
from copytaster.query import Version
from copytaster.rules import Judgement
from copytaster.rules import Rule
from copytaster.story import Decision
from copytaster.story import DecisionKind
from copytaster.story import Message
from copytaster.story import State
from copytaster.verdict import notices

HOUSE_RULE = "house-rule"
"""the reason of a story that a rule holds"""
_ITSELF = "copytaster"


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A version that answered a rule by which an editor is called."""

    rule: Rule
    story: str
    agency: str
    is_held: bool


def asked(
    house: House, in_force: Sequence[Rule], pile: Pile, now: datetime
) -> tuple[Pile, tuple[Match, ...]]:
    """The pile, with a hold on it where a rule holds something new; and whom that calls."""
    if not in_force or not pile.fresh or pile.story.drill:
        return pile, ()
    released = {d.content_hash for d in pile.history.decisions if d.kind is DecisionKind.release}
    new = [
        message
        for message in first_said(pile.history.messages, pile.fresh)
        if message.item.content_hash not in released
    ]
    answers = [judged(house, in_force, pile.story.agency, message) for message in new]
    hold = next((answer.hold for answer in answers if answer.hold is not None), None)
    called = {rule.name: rule for answer in answers for rule in answer.calls}
    matches = tuple(
        Match(rule=rule, story=pile.story.id, agency=pile.story.agency, is_held=hold is not None)
        for rule in called.values()
    )
    for message, answer in zip(new, answers, strict=True):
        if answer.hold is not None:
            pile = with_decision(pile, _hold(pile, message, answer.hold, now))
    return pile, matches


def judged(house: House, in_force: Sequence[Rule], agency: str, message: Message) -> Judgement:
    """What these rules say of one version."""
    return rules.judged(in_force, facts_of(house, agency, message))


def is_asked(message: Message) -> bool:
    """Whether a message is a version that readers might see unattended. What is taken back with
    it, what is for editors, and what an archive replays is held, or gone, without any rule."""
    return (
        message.target is None
        and not message.arrival.archive
        and message.item.pub_status is not PubStatus.canceled
        and not notices.not_for_readers(message.item)
    )


def first_said(known: Sequence[Message], fresh: Sequence[Message]) -> Iterator[Message]:
    """Of what is fresh, each content once, and none that was asked before: a content that comes
    again is what it was."""
    seen = {message.item.content_hash for message in known if is_asked(message)}
    for message in fresh:
        if is_asked(message) and message.item.content_hash not in seen:
            seen.add(message.item.content_hash)
            yield message


def facts_of(house: House, agency: str, message: Message) -> Facts:
    """A version by itself; what the story said before was asked when it came."""
    item = message.item
    noted = subject.told(item, house.mappings(agency))
    version = Version(item=item, source=message.arrival.source, received=message.arrival.received)
    return Facts(
        agency=agency,
        guid=item.guid,
        state=State.held,  # none yet, and no rule asks for one (rules.read)
        versions=(version,),
        sections=shelf.sections(item, noted),
    )


def _hold(pile: Pile, message: Message, rule: Rule, now: datetime) -> Decision:
    return Decision(
        id=new_story_id(),
        kind=DecisionKind.hold,
        at=max(now, latest(pile)) + len(pile.decisions) * timedelta.resolution,
        reason=rule.name,
        by=_ITSELF,
        content_hash=message.item.content_hash,
        code=HOUSE_RULE,
    )
