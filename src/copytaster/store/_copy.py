"""A whole store copied into one file, while others may be writing to it."""

from collections.abc import Callable
from pathlib import Path

import apsw

from copytaster import durable
from copytaster.store._engine import in_our_words
from copytaster.store._errors import StoreError

_STEP_PAGES = 2048
"""pages copied between two looks at whether somebody wants to interrupt us"""


def copy_whole(
    source: apsw.Connection,
    target: Path,
    before_use: Callable[[apsw.Connection], None] | None = None,
) -> None:
    """Copy the state ``source``'s transaction sees into ``target``, which must not exist.

    The copy is written beside it, ``before_use`` may change it there, and it gets its name
    only when it is whole and on the disk.
    """
    if target.exists():
        raise StoreError(f"{target} is there already; name a new file")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        _copy(source, part, before_use)
        part.rename(target)
        durable.sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _copy(
    source: apsw.Connection,
    part: Path,
    before_use: Callable[[apsw.Connection], None] | None,
) -> None:
    source.pragma("user_version")  # the first look fixes what is seen: writers never restart us
    with in_our_words(str(part), None):
        copy = apsw.Connection(str(part))
        try:
            with copy.backup("main", source, "main") as pages:
                while not pages.done:
                    pages.step(_STEP_PAGES)
            copy.pragma("journal_mode", "delete")  # one file, whole in itself
            if before_use is not None:
                before_use(copy)
        finally:
            copy.close()
