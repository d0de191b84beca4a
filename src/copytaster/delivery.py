"""The raw bytes that came, with their source and arrival. A leaf: wire makes it, store keeps it."""

from datetime import datetime

import msgspec


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """The raw bytes that came, as they came; immutable."""

    id: str
    """26 characters, time-ordered, made by the receiver; the id a sender may ask about"""
    source: str
    agency: str
    received: datetime
    data: bytes
    sha256: str
    content_type: str | None = None
    url: str | None = None
    archive: bool = False
    publish_after: datetime | None = None
    urgent: bool = False
    """taken before all others: the bytes look as if they might restrict something"""
