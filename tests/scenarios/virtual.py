"""A real desk on a virtual clock, into which wire scripts are played."""

import json
from collections.abc import Callable
from datetime import datetime
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from copytaster import wire
from copytaster.config import Config
from copytaster.demo import Script
from copytaster.demo import Sending
from copytaster.demo import play
from copytaster.demo import script as said
from copytaster.newsroom import Desk
from copytaster.newsroom import open_desk
from copytaster.newsroom.picture_proving import PictureProver
from copytaster.newsroom.picturing import Picturing
from copytaster.rules import seeds
from copytaster.web import public_site
from tests import blank
from tests.door import Door
from tests.scenarios.agencies import Agencies
from tests.scenarios.agencies import develop
from tests.scenarios.public_eye import BASE
from tests.scenarios.public_eye import Eye

SOURCE = "inbox"


class Pager:
    """Keeps every call to a person; that it is over is no call."""

    def __init__(self, calls: list[tuple[str, str | None]]) -> None:
        self._calls = calls

    def __call__(self, code: str, text: str, about: str | None = None) -> None:
        assert text.strip(), f"{code} says nothing"
        self._calls.append((code, about))

    def over(self, code: str, about: str) -> None:
        """What a script asks for is whether somebody was ever called."""


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
        blank.lay(data)
        if script.rules:
            (data / "rules.toml").write_text(_taken_over(script.rules), "utf-8")
        self._open()

    def _open(self) -> None:
        self.desk: Desk = open_desk(self.data, self.config, self.clock, url=BASE)
        self.desk.alert = pager = Pager(self.calls)
        self.door = Door(public_site(self.desk))
        self.picturing = Picturing(
            self.desk,
            self._on_the_desk,
            PictureProver(self.desk, self._fetch, pager),
            develop=develop,
            client=lambda _: Agencies(),
        )

    async def _on_the_desk(self, order: Callable[[], Any]) -> Any:
        done = order()
        self.desk.settle()
        return done

    async def _fetch(self, address: str) -> tuple[int, bytes]:
        answer = await self.door.ask("GET", BASE + address)
        return answer.status_code, answer.content

    async def settle(self) -> None:
        """Do all that is to be done now; with the pictures, which come when the text is there."""
        self.desk.settle()
        await self.picturing.settle()
        self.desk.settle()

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
        await self.settle()

    async def decide(self, decision: said.Decide, name: said.StoryName) -> None:
        story = self.desk.find(name.agency, name.guid)
        assert story is not None, f"no story {decision.story} to decide on"
        self.desk.decide(story, decision.kind, reason=decision.reason, by="test")
        await self.settle()

    async def restart(self) -> None:
        self.desk.close()
        self._open()
        await self.settle()

    async def sleep(self, seconds: float) -> None:
        """Every timer due on the way rings at its own time."""
        until = self.now + timedelta(seconds=seconds)
        while (ring := self.desk.next_ring()) is not None and ring <= until:
            assert ring >= self.now, f"a timer at {ring} rings again and again"
            self.now = ring
            await self.settle()
            assert self.desk.next_ring() != ring, f"the timer at {ring} does not move on"
        self.now = until

    async def look(self, step: said.Step, expectation: said.Expectation) -> None:
        eye = Eye(self.desk, self.door, self.script, any_order=self.any_order, calls=self.calls)
        try:
            await eye.look(expectation)
        except AssertionError as fault:
            raise AssertionError(f"{self.script.name}:{step.line}: {fault}") from fault

    async def close(self) -> None:
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


def _taken_over(names: tuple[str, ...]) -> str:
    """A house's file with these of the rules that ship, and no others."""
    return "\n".join(
        f"[[rule]]\nname = {json.dumps(rule.name)}\nwhen = {json.dumps(rule.when)}\n"
        f"then = {json.dumps(rule.then)}\nwhy = {json.dumps(rule.why)}\n"
        for rule in seeds()
        if rule.name in names
    )


def _quietly(line: str) -> None:
    """Tests have nothing to tell."""


def with_restart(script: Script, place: int) -> Script:
    """The script with a restart after its step number ``place``."""
    step = script.steps[place]
    restart = said.Step(line=step.line, at=step.at, act=said.Restart())
    steps = (*script.steps[: place + 1], restart, *script.steps[place + 1 :])
    return msgspec.structs.replace(script, steps=steps)


def only_looks_again(script: Script, place: int) -> bool:
    """Whether step number ``place`` looks at what the step before left, at the same instant: a
    restart after the one is a restart after the other."""
    if place == 0:
        return False
    step, before = script.steps[place], script.steps[place - 1]
    acts = said.Send | said.Decide | said.Restart
    return step.at == before.at and not isinstance(step.act, acts)


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
