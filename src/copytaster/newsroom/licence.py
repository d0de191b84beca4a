"""Licences and the house: what a story's rights are held against, and contracts that changed.

The rules are the verdict room's (``verdict.rights``); this module fetches what they ask for, and
sees to it that a contract entered anew is applied to what was received before.
"""

import hashlib
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime

import msgspec

from copytaster.agency import Contract
from copytaster.newsroom.house import House
from copytaster.store import History
from copytaster.store import Link
from copytaster.store import Store
from copytaster.store import Story
from copytaster.story import Message
from copytaster.verdict import Ground
from copytaster.verdict import Verdict
from copytaster.verdict import decide
from copytaster.verdict import rights

_APPLIED = "contracts"
_ENCODER = msgspec.json.Encoder(order="deterministic")


def ground_of(
    house: House, store: Store, agency: str, history: History, fresh: Sequence[Message] = ()
) -> Ground:
    """What the licence of one story is held against: the house's ground, and its chain."""
    links = list(_others(store, agency, history, fresh))
    return msgspec.structs.replace(
        house.ground,
        first_public=None if history.story is None else history.story.first_public,
        chain_began=min((link.began for link in links), default=None),
        chain_public=_first_public(links),
    )


def _first_public(links: Sequence[Link]) -> datetime | None:
    return min((link.first_public for link in links if link.first_public), default=None)


def _others(
    store: Store, agency: str, history: History, fresh: Sequence[Message]
) -> Iterator[Link]:
    """The other stories of every chain that the story's versions name."""
    own = None if history.story is None else history.story.id
    for chain in _chains((*history.messages, *fresh)):
        yield from (link for link in store.chain(agency, chain) if link.story != own)


def _chains(messages: Sequence[Message]) -> list[str]:
    named = (m.item.story_chain_id for m in messages if m.target is None)
    return sorted({chain for chain in named if chain})


def links(story: str, fresh: Sequence[Message]) -> tuple[Link, ...]:
    """The places in chains that new messages give a story."""
    found = []
    for chain in _chains(fresh):
        own = [m for m in fresh if m.target is None and m.item.story_chain_id == chain]
        began = rights.first_version(own)
        if began is not None:
            found.append(Link(story=story, chain=chain, began=began))
    return tuple(found)


def ruled(house: House, store: Store, story: Story, history: History, now: datetime) -> Verdict:
    """The verdict on a story as it is kept, for what its rights allow."""
    ground = ground_of(house, store, story.agency, history)
    profile = house.profile(story.agency)
    return decide(history.messages, history.decisions, profile, now, ground)


# --- contracts that changed ----------------------------------------------------------------------


def apply_contracts(house: House, store: Store, now: datetime) -> list[str]:
    """Look again at the copy of every agency whose contract is not the one last applied.

    A licence that was renewed brings its stories back, one that was cut short takes them down.
    Returns the agencies.
    """
    kept = store.setting(_APPLIED)
    applied = {} if kept is None else msgspec.json.decode(kept, type=dict[str, str])
    current = {agency: _digest(house, agency) for agency in house.profiles}
    # An agency without a profile then had the default contract then.
    before = {
        agency: applied.get(agency, applied.get("default")) for agency in store.kept_agencies()
    }
    changed = [agency for agency, digest in before.items() if digest != _digest(house, agency)]
    for agency in changed:
        store.wake(agency, now)
    if applied != current:
        store.keep_setting(_APPLIED, _ENCODER.encode(current).decode())
    return changed


def _digest(house: House, agency: str) -> str:
    """Of everything that rights rest on beside the copy itself."""
    rests_on = (
        house.profile(agency).contract,
        sorted(house.contracts.items()),
        sorted(house.config.site.territories),
    )
    return hashlib.sha256(_ENCODER.encode(rests_on)).hexdigest()


# --- what is missing ------------------------------------------------------------------------------


def warnings(house: House, store: Store) -> Iterator[str]:
    """Agencies whose contract nobody has entered: nothing is wrong yet."""
    for agency, contract in _contracts(house, store).items():
        if contract == Contract():
            yield (
                f"agency {agency}: no contract is entered, so its copy stays online for good; "
                "add [contract] to its profile (docs/how-to/contract.md)"
            )


def findings(house: House, store: Store) -> Iterator[str]:
    """What a house has to say so that the copy it is licensed for can go out."""
    contracts = _contracts(house, store)
    placed = [agency for agency, c in contracts.items() if c.territories or c.not_in]
    if placed and not house.config.site.territories:
        yield (
            f"no [site] territories, but the contracts of {', '.join(placed)} name countries: "
            "their copy is held; say where this site publishes"
        )


def _contracts(house: House, store: Store) -> dict[str, Contract]:
    """By agency: of every source, and of everything that was ever received."""
    named = {table.agency for table in house.config.sources.values() if table.agency}
    agencies = sorted(named | set(store.kept_agencies()))
    return {agency: house.profile(agency).contract for agency in agencies}
