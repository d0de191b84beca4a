"""``[erase]``: what the house promises of what it has erased."""

from typing import Annotated

import msgspec

from copytaster.config._site import Table


class EraseTable(Table, frozen=True, kw_only=True):
    """``[erase]``: until when something of it may still be in backups."""

    backups_kept_days: Annotated[int, msgspec.Meta(ge=0, le=36_600)] | None = None
    """so many days after a backup was made there is no copy of it"""
