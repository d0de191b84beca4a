"""Whether the files of all stories were made by this version of the press, and making them so.

A page carries the address of its style sheet and everything else its templates say. After an
upgrade, or with another theme, what is on the disk still names the old: it stays right, since old
assets stay, but looks old. So pages are made again, the newest story's first, behind everything
else that there is to do. How far that is, is kept; ``copytaster rebuild`` goes on from the same
place.
"""

import logging
from collections.abc import Callable

from copytaster.newsroom._pressroom import Pressroom
from copytaster.store import Store

log = logging.getLogger("copytaster.press")

_ALL = "pages"
"""the setting: the version with which all pages were made"""
_SOME = "pages-from"
"""the setting: a version, and from which story number on pages were made with it"""
_OFTEN = 100
"""stories from one time that the place is kept to the next"""
NEWEST = 2**62
"""above every story number"""


class Freshness:
    """How far the files of one desk are of ``version``.

    ``alert``: calls a person for a story whose files cannot be made.
    """

    def __init__(
        self,
        store: Store,
        pressroom: Pressroom,
        version: str,
        alert: Callable[[str, str, str | None], None],
    ) -> None:
        self._store = store
        self._pressroom = pressroom
        self._version = version
        self._alert = alert
        self._unkept = 0
        self.below: int | None = self._read()
        """pages of stories with a lower number are to be made again; None: all are fresh"""

    def _read(self) -> int | None:
        if self._store.setting(_ALL) == self._version:
            return None
        version, _, number = (self._store.setting(_SOME) or "").partition(" ")
        return int(number) if version == self._version else NEWEST

    def begin(self) -> None:
        """Where there is no story yet, all are fresh."""
        if self.below == NEWEST and self._store.story_before(NEWEST) is None:
            self.end()

    def step(self) -> bool:
        """Make the files of one more story; whether there was one. One that cannot be made
        stalls no other: its old files stay, and a person is called."""
        if self.below is None:
            return False
        story = self._store.story_before(self.below)
        if story is None:
            self.end()
            return False
        try:
            self._pressroom.remake(story.id)
        except Exception as error:  # one story of a hundred thousand
            log.exception("making the files of story %s again failed", story.id)
            text = (
                f"the pages of story {story.id} could not be made anew and stay as they were "
                f"({type(error).__name__}: {error}); see the log, then: copytaster rebuild --again"
            )
            self._alert("page-not-made", text, story.id)
        self.reach(story.number)
        return True

    def reach(self, number: int) -> None:
        """Pages from this story number on are fresh."""
        self.below = number
        self._unkept += 1
        if self._unkept >= _OFTEN:
            self.keep()

    def keep(self) -> None:
        """Have the place outlive the process."""
        self._unkept = 0
        if self.below is not None:
            self._store.keep_setting(_SOME, f"{self._version} {self.below}")

    def end(self) -> None:
        """All are fresh."""
        self._store.keep_setting(_ALL, self._version)
        self._store.keep_setting(_SOME, None)
        self.below = None

    def forget(self) -> None:
        """The files are lost: all are to be made."""
        self._store.keep_setting(_ALL, None)
        self._store.keep_setting(_SOME, None)
        self.below = NEWEST
