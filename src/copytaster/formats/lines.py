"""An item as one line of JSON: what ``copytaster parse`` prints.

The fields of the item in camelCase, all of them at the top level, with ``file``, the format's
name, the canonical ``text`` of the body and the counts of its named ``omissions``. Inside, parts
leave out what they do not have. A moment is ``{instant, precision, zoneSource, raw}``, with
``repair`` beside them only where one was needed to read it.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from functools import cache

import msgspec

from copytaster import text
from copytaster.item import Copy
from copytaster.item import Item
from copytaster.moment import Moment


def line(item: Item, *, file: str) -> bytes:
    """The item as one line of UTF-8 JSON, without a line end."""
    fields: dict[str, object] = {"file": file}
    for field in _fields(Item):
        fields[field.encode_name] = _plain(getattr(item, field.name))
    fields["format"] = item.format.name
    fields["formatVersion"] = item.format.version
    fields["formatDialect"] = item.format.dialect
    fields["omissions"] = item.copy.omissions
    fields["text"] = text.plain(item.copy)
    return msgspec.json.encode(fields)


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Looked up once for each kind of part: it takes longer than writing the part."""
    return msgspec.structs.fields(kind)


def _plain(value: object) -> object:
    if isinstance(value, Moment):
        return _moment(value)
    if isinstance(value, Copy):
        return {"blocks": _plain(value.blocks)}
    if isinstance(value, msgspec.Struct):
        return _part(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(member) for key, member in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(member) for member in value]
    return value


def _part(part: msgspec.Struct) -> dict[str, object]:
    """A part without the fields it does not have."""
    values = ((field.encode_name, getattr(part, field.name)) for field in _fields(type(part)))
    return {name: _plain(value) for name, value in values if value is not None and value != ()}


def _moment(moment: Moment) -> dict[str, object]:
    told: dict[str, object] = {
        "instant": moment.instant.isoformat() if moment.instant else None,
        "precision": moment.precision.value,
        "zoneSource": moment.zone_source.value,
        "raw": moment.raw,
    }
    return told | ({"repair": moment.repair} if moment.repair else {})
