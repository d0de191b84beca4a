"""A house whose agency asks to be told, and what it owes it."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec

from copytaster.agency import Acknowledge
from copytaster.agency import Profile
from copytaster.config import AlertsTable
from copytaster.newsroom.acknowledging._sender import Sender
from copytaster.newsroom.acknowledging._ways import ways
from copytaster.newsroom.house import House as Facts
from copytaster.newsroom.proving import Prover
from copytaster.store import Acknowledgement
from copytaster.store import PressWork
from copytaster.wire import networks
from tests.door import Door
from tests.newsroom import making
from tests.newsroom.calls import Calls
from tests.newsroom.making import AGENCY
from tests.newsroom.making import BASE
from tests.newsroom.making import GUID
from tests.newsroom.making import House
from tests.pager import Pager

DESK = "desk@seaboard.example"
LATER = {"version": "2", "versioncreated": "2026-03-02T08:58:00Z"}
KILL = {**LATER, "pubstatus": "canceled"}
HOLD = {**LATER, "pubstatus": "withheld"}
LOOPBACK = networks(("127.0.0.0/8",))
"""where tests may post to; no configuration can say so"""
CONTACT = "editor@daily.example"


def profile(folder: Path, *lines: str, id: str = AGENCY) -> str:
    """Write the house's own profile of the agency; the folder's name for the configuration."""
    folder.mkdir(exist_ok=True)
    head = f'id = "{id}"\nname = "Seaboard"\n[acknowledge]\n'
    (folder / f"{id}.toml").write_text(head + "".join(f"{line}\n" for line in lines))
    return str(folder)


def settings(folder: str, **tables: Any) -> Any:
    site = {"name": "The Daily", "url": BASE, "contact": CONTACT}
    return making.config(**({"agencies": folder, "site": site} | tables))


def owed(house: House, guid: str = GUID) -> list[Acknowledgement]:
    return house.desk.store.outbox.of(house.story(guid).id)


def withdrawals(house: House) -> list[PressWork]:
    return house.desk.store.work(house.now + timedelta(days=365), 10)


async def prove(house: House, *, after: float = 0.24) -> None:
    """Fetch every address of what was withdrawn, so many seconds later."""
    house.now += timedelta(seconds=after)
    transport = Door(house.site)
    prover = Prover(house.desk, BASE, Pager(), transport=transport)
    for work in withdrawals(house):
        assert await prover.withdrawn(work)
    await prover.close()


def facts(house: House, email: str | None = None, **wanted: Any) -> Facts:
    """The house, asked by its agency for these ways; the mail server is on loopback."""
    asked = Profile(id=AGENCY, name="Seaboard", acknowledge=Acknowledge(email=email, **wanted))
    return msgspec.structs.replace(house.desk.house, profiles={AGENCY: asked})


def with_mail(house: Facts, port: int) -> Facts:
    table = {"host": "127.0.0.1", "port": port, "tls": "none", "from": "desk@daily.example"}
    alerts = msgspec.convert({"email": {**table, "to": ["night@daily.example"]}}, AlertsTable)
    return msgspec.structs.replace(
        house, config=msgspec.structs.replace(house.config, alerts=alerts)
    )


def sender(house: House, asked: Facts, calls: Calls, **how: Any) -> Sender:
    (way,) = ways(asked, **how)
    return Sender(way, house.desk.store, lambda: house.now, calls)


async def step(one: Sender) -> float:
    return await asyncio.to_thread(one.step)
