"""Play a wire script: wait, push, decide; on whatever clock, into whatever desk is given."""

from collections.abc import Awaitable
from collections.abc import Callable
from datetime import datetime

from copytaster.demo._compose import PICTURES
from copytaster.demo._compose import Sending
from copytaster.demo._compose import compose
from copytaster.demo.script import Decide
from copytaster.demo.script import Expectation
from copytaster.demo.script import Restart
from copytaster.demo.script import Say
from copytaster.demo.script import Script
from copytaster.demo.script import Send
from copytaster.demo.script import Step
from copytaster.demo.script import StoryName

Push = Callable[[Sending], Awaitable[None]]
Take = Callable[[Decide, StoryName], Awaitable[None]]
"""carries out an editor's decision on a story"""
Look = Callable[[Step, Expectation], Awaitable[None]]


async def _ignore(step: Step, expectation: Expectation) -> None:
    """The demo shows; only the tests check."""


async def _stay_up() -> None:
    """The demo's desk is not restarted under its reader."""


async def play(
    script: Script,
    *,
    push: Push,
    decide: Take,
    clock: Callable[[], datetime],
    sleep: Callable[[float], Awaitable[None]],
    say: Callable[[str], None],
    look: Look = _ignore,
    restart: Callable[[], Awaitable[None]] = _stay_up,
    pace: float = 1.0,
    pictures: str = PICTURES,
) -> None:
    """Play ``script`` to its end, ``pace`` times faster than written.

    It starts at its own ``start``, or now when it has none. ``sleep`` takes seconds and must
    move ``clock``; ``say`` is told of each arrival in one line; ``pictures`` is where the agencies'
    pictures are served.
    """
    start = script.start or clock()
    for step in script.steps:
        wait = (start + step.at / pace - clock()).total_seconds()
        if wait > 0:
            await sleep(wait)
        match step.act:
            case Send() as send:
                say(_line(step, send.look or _arrival(send)))
                await push(compose(script, send, start, pace, pictures))
            case Decide() as decision:
                say(_line(step, decision.look or _decision(decision)))
                await decide(decision, script.named(decision.story))
            case Restart():
                await restart()
            case Say(text=text):
                say(_line(step, text))
            case expectation:
                await look(step, expectation)


def _line(step: Step, text: str) -> str:
    minutes, seconds = divmod(int(step.at.total_seconds()), 60)
    return f"{minutes:>3}:{seconds:02}  {text}"


def _arrival(send: Send) -> str:
    """``seaboard sends newsml-g2: Flood warning for the coast``"""
    entry = send.entries[0]
    about = entry.get("headline") or entry.story
    status = entry.get("status")
    return f"{send.agency} sends {send.format}: {about}" + (f" ({status})" if status else "")


def _decision(decision: Decide) -> str:
    return f"the desk decides to {decision.kind} {decision.story}: {decision.reason}"
