"""Whom a person must look at for a notice, in words: it is never guessed at, and never ignored."""

from collections.abc import Iterator

from copytaster.newsroom._pile import Pile
from copytaster.store import Call
from copytaster.story import Message
from copytaster.verdict.notices import Notice
from copytaster.verdict.notices import NoticeKind
from copytaster.verdict.notices import Resolution

_UNSURE = {
    NoticeKind.kill: "what may be meant is suspended; kill what it means, release the rest",
    NoticeKind.hold: "what may be meant is suspended; hold what it means, release the rest",
    NoticeKind.release: "what is held stays held; ask the agency to send it anew",
}


def calls(pile: Pile, notice: Notice, resolution: Resolution, *, is_new: bool) -> Iterator[Call]:
    """What a person must look at of what a notice means."""
    who = _who(pile, notice)
    if not resolution.is_unique:
        unsure = [found.story for found in resolution.found if found.target.suspected]
        stories = f"{'any of ' if len(unsure) > 1 else ''}{' '.join(unsure)}"
        yield Call(
            code="notice-not-unique",
            text=f"{who} may mean {stories}: {_UNSURE[notice.kind]}",
            about=pile.story.id,
        )
    if not is_new:
        return
    if not notice.pointers:
        yield Call(
            code="notice-names-nothing",
            text=f"{who} names no story that can be read: kill or hold by hand what it means",
            about=pile.story.id,
        )
    if resolution.missing:
        yield Call(
            code="notice-waits",
            text=f"{who} names {len(resolution.missing)} that nothing here answers to: it waits "
            "for them; if the story is here under another name, kill it by hand",
            about=pile.story.id,
        )


def calls_of_much(
    pile: Pile, notice: Notice, resolution: Resolution, *, is_cut: bool
) -> Iterator[Call]:
    """What a notice names beyond what was looked at is not ignored either."""
    is_settled = resolution.is_unique and not resolution.missing
    if notice.is_whole and (is_settled or not is_cut):
        return
    yield Call(
        code="notice-too-wide",
        text=f"{_who(pile, notice)} names more than was looked at; {len(resolution.found)} stories "
        "were: read it, and kill or hold by hand what else it means",
        about=pile.story.id,
    )


def not_linked(pile: Pile, message: Message, notice: Notice) -> Call:
    delivery = message.arrival.delivery or pile.story.guid
    return Call(
        code="notice-not-linked",
        text=f"a {notice.kind} notice of {pile.story.agency} (delivery {delivery}) could not be "
        "brought to the stories it means: kill or hold them by hand, then report it; `copytaster "
        "doctor` has the reason",
        about=delivery,
    )


def _who(pile: Pile, notice: Notice) -> str:
    return f"a {notice.kind} notice of {pile.story.agency} (`copytaster story {pile.story.id}`)"
