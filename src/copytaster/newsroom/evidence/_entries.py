"""What the public log was told of the story, and what opens it to an agency, an auditor, a court.

An entry commits to a delivery, a text and a headline without saying a word of them. The salts
that are handed over here open it to whoever has both (docs/reference/log.md, "Commitments").
"""

import hashlib
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime

import msgspec

from copytaster.ledger import Event
from copytaster.ledger import LedgerError
from copytaster.ledger import checkpoint
from copytaster.ledger import leaf
from copytaster.ledger import tiles
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.evidence._case import Case
from copytaster.newsroom.evidence._editions import EditionFacts
from copytaster.store import Leaf
from copytaster.store import Opening


class EntryFacts(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One entry of the log, and what in the pack it opens to."""

    index: int
    event: str
    time: datetime
    leaf: str
    """the entry, line by line"""
    salts: Mapping[str, str] = {}
    """in hexadecimal, by the commitment that they open"""
    meta: str | None = None
    """what the commitment ``meta`` is over"""
    text_member: str | None = None
    """the member that the commitment ``text`` is over"""
    raw_members: tuple[str, ...] = ()
    """the member that the commitment ``raw`` is over, or those whose SHA-256 it is over"""
    opens: bool
    """whether everything that it commits to is in the pack"""


class LogFacts(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What the log says of the story."""

    origin: str | None
    """the log's name; None where nothing is signed yet"""
    entries: tuple[EntryFacts, ...]


def log_facts(desk: Desk, case: Case, texts: Mapping[str, bytes]) -> LogFacts:
    """The story's entries in their order. ``texts`` are the editions' texts, by member."""
    story = case.story.id
    opening = _Opened(desk, case, texts)
    found = (opening.facts(entry) for entry in desk.store.log.of(story))
    return LogFacts(origin=_origin(desk), entries=tuple(found))


def _origin(desk: Desk) -> str | None:
    served = desk.pressroom.folder.log.read(tiles.CHECKPOINT)
    try:
        return None if served is None else checkpoint.read(served).checkpoint.origin
    except LedgerError:
        return None


class _Opened:
    """Holds commitments against what is in the pack; lives inside :func:`log_facts` only."""

    def __init__(self, desk: Desk, case: Case, texts: Mapping[str, bytes]) -> None:
        self._desk = desk
        self._items = case.items
        self._editions = {one.number: one for one in case.editions}
        self._texts = texts

    def facts(self, entry: Leaf) -> EntryFacts:
        event = leaf.decode(entry.bytes)
        opening = self._desk.store.log.opening(entry.position) or Opening()
        salts = {"raw": opening.raw, "text": opening.text, "meta": opening.meta}
        text_member = self._text(event, opening.text)
        raw_members = self._raw(event, opening.raw)
        opens = {
            "raw": event.raw is None or bool(raw_members),
            "text": event.text is None or text_member is not None,
            "meta": event.meta is None or _is_meta(event, opening),
        }
        return EntryFacts(
            index=entry.position,
            event=event.kind.value,
            time=event.time,
            leaf=entry.bytes.decode("ascii"),
            salts={name: salt.hex() for name, salt in salts.items() if salt is not None},
            meta=None if opening.told is None else opening.told.decode(errors="replace"),
            text_member=text_member,
            raw_members=raw_members,
            opens=all(opens.values()),
        )

    def _text(self, event: Event, salt: bytes | None) -> str | None:
        made = self._editions.get(event.edition) if isinstance(event.edition, int) else None
        if salt is None or made is None:
            return None
        found = (file.member for file in made.files if file.member in self._texts)
        opened = (m for m in found if leaf.commit("text", salt, self._texts[m]) == event.text)
        return next(opened, None)

    def _raw(self, event: Event, salt: bytes | None) -> tuple[str, ...]:
        """One delivery, or several by their digests in the order of the edition's parts."""
        if salt is None:
            return ()
        members = dict(self._deliveries())
        for member, id in members.items():
            if leaf.commit("raw", salt, self._bytes(id)) == event.raw:
                return (member,)
        made = self._editions.get(event.edition) if isinstance(event.edition, int) else None
        parts = () if made is None else tuple(dict(self._of_parts(made)).items())
        digests = b"".join(hashlib.sha256(self._bytes(id)).digest() for _, id in parts)
        if parts and leaf.commit("raw", salt, digests) == event.raw:
            return tuple(member for member, _ in parts)
        return ()

    def _deliveries(self) -> Iterator[tuple[str, str]]:
        """Each member with a delivery's bytes, and the delivery's id."""
        for item in self._items:
            if item.raw is not None and item.delivery is not None:
                yield item.raw, item.delivery

    def _of_parts(self, made: EditionFacts) -> Iterator[tuple[str, str]]:
        for content in (made.content_hash, *made.parts):
            for item in self._items:
                if item.content_hash == content and item.raw and item.delivery:
                    yield item.raw, item.delivery
                    break

    def _bytes(self, id: str) -> bytes:
        kept = self._desk.store.delivery(id)
        return b"" if kept is None else kept.data


def _is_meta(event: Event, opening: Opening) -> bool:
    if opening.meta is None or opening.told is None:
        return False
    return leaf.commit("meta", opening.meta, opening.told) == event.meta
