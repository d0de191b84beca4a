"""What can go wrong in the store: one error for each thing a caller can do about it."""

from collections.abc import Sequence


class StoreError(Exception):
    """Root of what can go wrong in the store.

    StoreError
    ├── Locked        another desk owns this data folder
    ├── Unfit         the linked SQLite has the WAL-reset fault, or the schema is newer than us
    ├── Full          no room on the disk: nothing of this call was kept
    ├── LastAdmin     nobody could manage the desk any more: nothing was kept
    └── Moved         the story changed since it was read: read again
    """


class Locked(StoreError):
    """Another desk owns this data folder."""


class Unfit(StoreError):
    """This engine or this schema cannot be used; the message says what to do."""


class Full(StoreError):
    """The disk is full: nothing of this call was kept."""


class LastAdmin(StoreError):
    """No admin could sign in any more: nothing of this call was kept."""


class Moved(StoreError):
    """A story changed since it was read; ``stories`` names them."""

    def __init__(self, stories: Sequence[str]) -> None:
        super().__init__("changed meanwhile: " + ", ".join(stories))
        self.stories = tuple(stories)
