"""A real desk on a virtual clock, into which wire scripts are played."""

from datetime import datetime
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from random import Random

import httpx2
import msgspec

from copytaster import wire
from copytaster.config import Config
from copytaster.demo import Script
from copytaster.demo import Sending
from copytaster.demo import play
from copytaster.demo import script as said
from copytaster.newsroom import Desk
from copytaster.newsroom import open_desk
from copytaster.web import public_site
from tests.scenarios.public_eye import BASE
from tests.scenarios.public_eye import Eye

SOURCE = "inbox"


class Virtual:
    """The desk, its clock, and what the script does to them."""

    def __init__(self, script: Script, data: Path, config: Config, *, start: datetime) -> None:
        self.script = script
        self.data = data
        self.config = config
        self.now = start
        self.chance = Random(4711)
        self.restart_before_reading = False
        self.any_order = False
        self.calls: list[tuple[str, str | None]] = []
        """(code, what about) of every call to a person"""
        self._open()

    def _open(self) -> None:
        self.desk: Desk = open_desk(self.data, self.config, self.clock, url=BASE)
        self.desk.alert = self.call
        site = httpx2.ASGITransport(app=public_site(self.desk))
        self.client = httpx2.AsyncClient(transport=site)

    def call(self, code: str, text: str, about: str | None = None) -> None:
        assert text.strip(), f"{code} says nothing"
        self.calls.append((code, about))

    def clock(self) -> datetime:
        return self.now

    async def push(self, sending: Sending) -> None:
        delivery = wire.make(
            source=SOURCE,
            agency=sending.agency,
            data=sending.data,
            received=self.now,
            content_type=sending.content_type,
            archive=sending.archive,
            publish_after=sending.publish_after,
            chance=self.chance,
        )
        self.desk.accept([delivery])
        if self.restart_before_reading:
            await self.restart()
        self.desk.settle()

    async def decide(self, decision: said.Decide, name: said.StoryName) -> None:
        story = self.desk.find(name.agency, name.guid)
        assert story is not None, f"no story {decision.story} to decide on"
        self.desk.decide(story, decision.kind, reason=decision.reason, by="test")
        self.desk.settle()

    async def restart(self) -> None:
        await self.client.aclose()
        self.desk.close()
        self._open()
        self.desk.settle()

    async def sleep(self, seconds: float) -> None:
        """Every timer due on the way rings at its own time."""
        until = self.now + timedelta(seconds=seconds)
        while (ring := self.desk.next_ring()) is not None and ring <= until:
            assert ring >= self.now, f"a timer at {ring} rings again and again"
            self.now = ring
            self.desk.settle()
            assert self.desk.next_ring() != ring, f"the timer at {ring} does not move on"
        self.now = until

    async def look(self, step: said.Step, expectation: said.Expectation) -> None:
        eye = Eye(self.desk, self.client, self.script, any_order=self.any_order, calls=self.calls)
        try:
            await eye.look(expectation)
        except AssertionError as fault:
            raise AssertionError(f"{self.script.name}:{step.line}: {fault}") from fault

    async def close(self) -> None:
        await self.client.aclose()
        self.desk.close()


async def run(
    script: Script,
    data: Path,
    config: Config,
    start: datetime,
    *,
    any_order: bool = False,
    restart_before_reading: bool = False,
    pace: float = 1.0,
) -> None:
    """Play the script to its end; AssertionError names file and line."""
    virtual = Virtual(script, data, config, start=start)
    virtual.any_order = any_order
    virtual.restart_before_reading = restart_before_reading
    try:
        await play(
            script,
            push=virtual.push,
            decide=virtual.decide,
            clock=virtual.clock,
            sleep=virtual.sleep,
            say=_quietly,
            look=virtual.look,
            restart=virtual.restart,
            pace=pace,
        )
    finally:
        await virtual.close()


def _quietly(line: str) -> None:
    """Tests have nothing to tell."""


def with_restart(script: Script, place: int) -> Script:
    """The script with a restart after its step number ``place``."""
    step = script.steps[place]
    restart = said.Step(line=step.line, at=step.at, act=said.Restart())
    steps = (*script.steps[: place + 1], restart, *script.steps[place + 1 :])
    return msgspec.structs.replace(script, steps=steps)


def shuffles(script: Script, limit: int = 6) -> list[Script]:
    """The script with its arrivals in other orders, and only what must be seen at the end."""
    places = [n for n, step in enumerate(script.steps) if isinstance(step.act, said.Send)]
    sends = [script.steps[n] for n in places]
    orders = list(permutations(range(len(sends))))[1:]
    if len(orders) > limit:
        orders = Random(len(sends)).sample(orders, limit)
    last = script.steps[places[-1] + 1 :]
    found = []
    for order in orders:
        arrivals = tuple(
            msgspec.structs.replace(sends[slot], act=sends[which].act)
            for slot, which in enumerate(order)
        )
        found.append(msgspec.structs.replace(script, steps=(*arrivals, *last)))
    return found
