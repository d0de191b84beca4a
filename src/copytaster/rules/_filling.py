"""A rule as somebody fills it in, field by field: what is wrong is told of all fields at once."""

from collections.abc import Mapping
from datetime import UTC
from datetime import tzinfo
from typing import Any

import msgspec

from copytaster import query
from copytaster.query import QueryError
from copytaster.rules._reading import EXPECTED
from copytaster.rules._reading import STATELESS
from copytaster.rules._rule import Rule
from copytaster.rules._rule import Written


class Misfilled(ValueError):
    """Fields that say no rule, each with what is wrong and at which character, counted from 0."""

    def __init__(self, faults: Mapping[str, tuple[str, int | None]]) -> None:
        super().__init__("; ".join(f"{key}: {what}" for key, (what, _) in faults.items()))
        self.faults = faults


def filled(given: Mapping[str, Any], zone: tzinfo = UTC) -> Rule:
    """The rule that these fields say. Raises :class:`Misfilled`."""
    faults: dict[str, tuple[str, int | None]] = {}
    said: dict[str, Any] = {}
    for field in msgspec.structs.fields(Written):
        if field.name not in given and not field.required:
            continue
        try:
            said[field.name] = msgspec.convert(given.get(field.name), type=field.type)
        except msgspec.ValidationError:
            faults[field.name] = f"expected {EXPECTED[field.name]}", None
    asked = None
    if "when" in said:
        try:
            asked = query.read(said["when"], zone)
        except QueryError as error:
            faults["when"] = error.what, error.at
        else:
            if query.names_a_state(asked):
                faults["when"] = STATELESS, None
    if faults or asked is None:
        raise Misfilled(faults)
    return Rule(**said, asked=asked)
