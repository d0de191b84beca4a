"""Acknowledgements in SQLite: the store's part that :class:`Outbox` describes."""

from collections.abc import Sequence

import msgspec

from copytaster.store._outbox import Acknowledgement
from copytaster.store._part import Part
from copytaster.store._press_port import PressWork
from copytaster.store._rows import Bindings
from copytaster.store._rows import Row
from copytaster.store._rows import instant
from copytaster.store._rows import instant_or_none
from copytaster.store._rows import json
from copytaster.store._rows import micros
from copytaster.store._rows import micros_or_none
from copytaster.store._statements import sql
from copytaster.story import State

_words = msgspec.json.Decoder(tuple[str, ...])


class OutboxInSqlite(Part):
    """:class:`Outbox` on one engine."""

    def owe(self, work: PressWork, owed: Sequence[Acknowledgement]) -> None:
        bindings = [_bindings(one, work) for one in owed]
        with self._engine.writing() as db:
            db.executemany(sql("owe_acknowledgement"), bindings)

    def first(self, agency: str, route: str) -> Acknowledgement | None:
        found = self._all("owed_acknowledgement", agency=agency, route=route)
        return _acknowledgement(found[0]) if found else None

    def ways(self) -> list[tuple[str, str]]:
        return [(agency, route) for agency, route in self._all("owed_ways")]

    def keep(self, acknowledgement: Acknowledgement) -> None:
        with self._engine.writing() as db:
            db.execute(sql("keep_acknowledgement"), _fate_bindings(acknowledgement))

    def of(self, story: str) -> list[Acknowledgement]:
        return [_acknowledgement(row) for row in self._all("acknowledgements", id=story)]


def _bindings(owed: Acknowledgement, work: PressWork) -> Bindings:
    """``work`` is the withdrawal."""
    return {
        "story": owed.story,
        "kind": work.kind.value,
        "since": micros(work.since),
        "suspended": micros(owed.suspended),
        "route": owed.route,
        "received": micros(owed.received),
        "clean": micros(owed.clean),
        "state": owed.state.value,
        "notices": json(owed.notices),
        "addresses": owed.addresses,
        "due": micros_or_none(owed.due),
    }


def _fate_bindings(owed: Acknowledgement) -> Bindings:
    return {
        "story": owed.story,
        "suspended": micros(owed.suspended),
        "route": owed.route,
        "attempts": owed.attempts,
        "due": micros_or_none(owed.due),
        "ended": micros_or_none(owed.ended),
        "sent_to": owed.sent_to,
        "detail": owed.detail,
    }


def _acknowledgement(row: Row) -> Acknowledgement:
    story, agency, guid, suspended, route, received, clean, state, notices, *rest = row
    addresses, attempts, due, ended, sent_to, detail = rest
    return Acknowledgement(
        story=story,
        agency=agency,
        guid=guid,
        route=route,
        state=State(state),
        notices=_words.decode(notices),
        received=instant(received),
        suspended=instant(suspended),
        clean=instant(clean),
        addresses=addresses,
        attempts=attempts,
        due=instant_or_none(due),
        ended=instant_or_none(ended),
        sent_to=sent_to,
        detail=detail,
    )
