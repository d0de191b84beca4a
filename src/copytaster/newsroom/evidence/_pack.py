"""Writing the pack: one member at a time, each hashed as it is written."""

import zipfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any
from typing import BinaryIO

import msgspec

from copytaster import press
from copytaster.delivery import Delivery
from copytaster.formats import lines
from copytaster.newsroom._ruler import Unresolved
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.evidence._case import Case
from copytaster.newsroom.evidence._case import Check
from copytaster.newsroom.evidence._case import ItemFacts
from copytaster.newsroom.evidence._case import checks
from copytaster.newsroom.evidence._case import gathered
from copytaster.newsroom.evidence._case import read_again
from copytaster.newsroom.evidence._editions import EditionFacts
from copytaster.newsroom.evidence._editions import edition
from copytaster.newsroom.evidence._entries import log_facts
from copytaster.newsroom.evidence._members import Pack
from copytaster.newsroom.evidence._members import new_file
from copytaster.newsroom.evidence._members import sealed
from copytaster.newsroom.evidence._readme import readme
from copytaster.newsroom.orders import dossier
from copytaster.newsroom.proof_told import WITHDRAWN
from copytaster.store import History
from copytaster.story import Message


def write_pack(desk: Desk, data: Path, id: str, target: Path) -> dict[str, Any]:
    """Write the pack of a story to a new file, readable by its owner only; returns its manifest.

    Raises :class:`Unresolved` when there is no such story, ValueError when the file exists or
    the story changed meanwhile. What fails leaves no file behind.
    """
    history = desk.store.history_of(id)
    if history.story is None:
        raise Unresolved(f"no story {id}; give the 16 characters of its address /s/<id>")
    with new_file(target) as file:
        manifest = _written(desk, data, history, file)
        now = desk.store.story(id)
        if now is None or now.revision != history.story.revision:
            raise ValueError(f"story {id} changed while its pack was written; ask again")
    return {**manifest, "pack": sealed(target)}


def _written(desk: Desk, data: Path, history: History, file: BinaryIO) -> dict[str, Any]:
    assert history.story is not None
    with zipfile.ZipFile(file, "w") as zip:
        pack = Pack(zip)
        case = gathered(desk, data, history, history.story)
        items, whole = _items(desk, history, pack)
        editions, texts = _editions(desk, case, pack)
        case = msgspec.structs.replace(case, items=items, editions=editions)
        entries = _entries(desk, case, texts, pack)
        case = msgspec.structs.replace(case, checks=(*checks(case, whole), *entries))
        _rest(desk, case, pack)
        manifest = _manifest(case, pack)
        pack.close(manifest)
    return manifest


def _manifest(case: Case, pack: Pack) -> dict[str, Any]:
    """Every member but itself and the list of sums, which are written after it."""
    return {
        "story": case.story.id,
        "agency": case.story.agency,
        "guid": case.story.guid,
        "state": case.story.state.value,
        "revision": case.story.revision,
        "copytaster": metadata.version("copytaster"),
        "transform": press.TRANSFORM_SHA256,
        "checks": case.checks,
        "members": list(pack.members),
    }


# --- deliveries and items ------------------------------------------------------------------------


def _items(desk: Desk, history: History, pack: Pack) -> tuple[tuple[ItemFacts, ...], bool]:
    """Write what came and what was read in it; whether all bytes are those that came."""
    facts: list[ItemFacts] = []
    raw: dict[str, str] = {}
    whole = True
    for number, message in enumerate(history.messages, start=1):
        delivery = desk.store.delivery(message.arrival.delivery or "")
        if delivery is not None and delivery.id not in raw:
            raw[delivery.id] = f"deliveries/{len(raw) + 1:03d}-{delivery.id}.raw"
            whole = whole and _delivery(delivery, raw[delivery.id], pack)
        member = raw.get(delivery.id) if delivery else None
        facts.append(_item(desk, message, delivery, member, f"items/{number:03d}.json", pack))
    pack.add_json("items.json", facts)
    return tuple(facts), whole and all(item.raw for item in facts)


def _delivery(delivery: Delivery, member: str, pack: Pack) -> bool:
    """Write a delivery's bytes, and beside them how they came; whether they are what came."""
    sha256 = pack.add(member, delivery.data)
    told = {
        "id": delivery.id,
        "source": delivery.source,
        "agency": delivery.agency,
        "received": delivery.received,
        "sha256": delivery.sha256,
        "bytes": len(delivery.data),
        "contentType": delivery.content_type,
        "url": delivery.url,
        "archive": delivery.archive,
        "member": member,
    }
    pack.add_json(member.removesuffix("raw") + "json", told)
    return sha256 == delivery.sha256


def _item(
    desk: Desk,
    message: Message,
    delivery: Delivery | None,
    raw: str | None,
    member: str,
    pack: Pack,
) -> ItemFacts:
    item, arrival = message.item, message.arrival
    pack.add(member, lines.line(item, file=raw or "") + b"\n")
    return ItemFacts(
        member=member,
        delivery=arrival.delivery,
        raw=raw,
        source=arrival.source,
        received=arrival.received,
        content_hash=item.content_hash,
        version=item.version,
        status=item.pub_status.value,
        notice=message.target is not None,
        evidence=message.target.evidence if message.target else None,
        read_again=read_again(desk, delivery, message),
    )


# --- editions, and the rest ----------------------------------------------------------------------


def _editions(
    desk: Desk, case: Case, pack: Pack
) -> tuple[tuple[EditionFacts, ...], dict[str, bytes]]:
    """Write what was public; the facts, and the texts by member."""
    found: list[EditionFacts] = []
    texts: dict[str, bytes] = {}
    for made in desk.store.editions(case.story.id):
        facts, files = edition(desk, case.history, made, case.events)
        _add_all(files, pack)
        found.append(facts)
        texts |= {name: data for name, data in files.items() if name.endswith(".txt")}
    pack.add_json("editions.json", found)
    return tuple(found), texts


def _entries(desk: Desk, case: Case, texts: Mapping[str, bytes], pack: Pack) -> tuple[Check, ...]:
    """Write what the public log was told of the story; whether the pack opens it."""
    told = log_facts(desk, case, texts)
    if not told.entries:
        return ()
    pack.add_json("log.json", told)
    holds = all(entry.opens for entry in told.entries)
    return (Check(what="every entry of the public log opens to what is in this pack", holds=holds),)


def _add_all(files: Mapping[str, bytes], pack: Pack) -> None:
    for name, data in files.items():
        pack.add(name, data)


def _rest(desk: Desk, case: Case, pack: Pack) -> None:
    """The notice that stands, the record, the alerts, the written rules, and how to read it."""
    if case.story.face in WITHDRAWN:
        notice = press.notice(desk.pressroom.notice_facts(case.story), desk.house.site)
        names = {"page": "notice/page.html", "text": "notice/text.txt", "json": "notice/ninjs.json"}
        _add_all({names[form]: data for form, data in notice.files.items()}, pack)
    pack.add_json("story.json", dossier(desk, case.story.id))
    pack.add("alerts.jsonl", "".join(f"{line}\n" for line in case.alerts).encode())
    pack.add("transform.md", press.TRANSFORM)
    pack.add("README.txt", readme(case, desk.house).encode())
