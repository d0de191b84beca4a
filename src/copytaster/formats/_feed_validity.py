"""The time for which something may be shown: ``dcterms:valid`` of an item or of its media.

Sources: DCMI Period Encoding Scheme; W3C-DTF; handbook: formats §1.3.
"""

from copytaster.formats._feed import Fields
from copytaster.formats._feed import Notes
from copytaster.moment import Moment


def validity(fields: Fields, notes: Notes) -> tuple[Moment | None, Moment | None]:
    """Start and end of ``dcterms:valid`` (DCMI Period, or two dates parted by a slash).

    What cannot be told apart may be an embargo: it is returned as an unreadable start.
    """
    raw = fields.text("dcterms:valid")
    if raw is None:
        return None, None
    parts = _period(raw)
    if parts is None:
        notes.remark("validity-unreadable", "dcterms:valid", raw)
        return notes.iso("not a period: " + raw), None
    start, end = parts
    return (
        notes.iso(start, embargo=True) if start else None,
        notes.iso(end) if end else None,
    )


def _period(raw: str) -> tuple[str, str] | None:
    if "=" not in raw:
        start, slash, end = raw.partition("/")
        return (start.strip(), end.strip()) if slash else None
    pairs = [part.partition("=") for part in raw.split(";") if part.strip()]
    found = {key.strip().lower(): value.strip() for key, _, value in pairs}
    known = found.keys() <= {"start", "end", "name", "scheme"}
    if not known or found.get("scheme", "W3C-DTF").upper() != "W3C-DTF":
        return None
    return found.get("start", ""), found.get("end", "")
