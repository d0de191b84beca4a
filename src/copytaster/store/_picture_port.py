"""The port's part for pictures: what is kept of them, and the operations on it.

A picture is its bytes; a story's picture is one place beside a story at which an agency wants
one shown. The same bytes may hang beside several stories, of several agencies. The bytes
themselves are files (``channels.PictureFolder``): what is known of them is here.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from copytaster.store._call_port import Call
from copytaster.story import Reason


class PictureState(StrEnum):
    """Whether the bytes of a picture may be shown beside any story at all."""

    good = "good"
    suspended = "suspended"
    """looks like one that was taken back: a person says whether it is the same"""
    withheld = "withheld"
    """named by its agency, which may think again: a person may release it"""
    killed = "killed"
    """for good"""


class PictureRendition(msgspec.Struct, frozen=True, kw_only=True):
    """A smaller file of a picture. It has no life of its own: it is shown, and taken down, with
    the picture."""

    media_type: str
    width: int
    height: int
    size: int
    """bytes"""
    sha256: str
    """of its own bytes"""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the bytes of one picture."""

    sha256: str
    media_type: str
    """as its bytes say: image/jpeg, image/png, image/webp or image/gif"""
    width: int
    height: int
    size: int
    """bytes"""
    likeness: int | None = None
    """64 bits that pictures of the same thing share but for a few; None: too plain to tell"""
    state: PictureState = PictureState.good
    reason: str | None = None
    """why it is in this state, in words"""
    judged: datetime | None = None
    """since when it is in this state, where that is not the first"""
    first_public: datetime | None = None
    """when readers first saw it"""
    since: datetime | None = None
    """arrival of what took it back, while the proof that it is gone is owed"""
    due: datetime | None = None
    """when that proof is tried (again)"""
    recipe: int = 0
    """the darkroom's way of making renditions by which these were made; 0: none were yet"""
    renditions: tuple[PictureRendition, ...] = ()
    """the narrowest first"""

    @property
    def name(self) -> str:
        """What its public address calls it: half of its digest, 128 bits."""
        return self.sha256[:32]


class PictureWords(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the agency says with a picture; verbatim."""

    caption: str | None = None
    alt: str | None = None
    byline: str | None = None
    credit: str | None = None
    rights: str | None = None
    licence: str | None = None
    """its terms of use, where they are an address"""


class StoryPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that an agency wants shown beside a story."""

    story: str
    place: int
    """order beside the story, from 0"""
    agency: str
    id: str
    """the agency's own id of the picture; its address, where it gave none"""
    version: str | None = None
    """the agency's own version of the picture"""
    source: str
    """the way in by which the story came: its networks may be fetched from"""
    href: str
    """where the agency serves it"""
    words: PictureWords = PictureWords()
    reasons: tuple[Reason, ...] = ()
    """why it may not be shown; empty when it may"""
    picture: Picture | None = None
    """what was fetched; None: nothing yet"""
    attempts: int = 0
    due: datetime | None = None
    """when to fetch it (again); None: not any more"""
    error: str | None = None
    """why the last attempt came to nothing"""

    @property
    def is_shown(self) -> bool:
        """Whether readers of the story see it, if the story is live."""
        fetched = self.picture
        return not self.reasons and fetched is not None and fetched.state is PictureState.good


class PictureKill(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's word that a picture must not be used. Names what may not have come yet."""

    id: str
    """the same word said twice has the same id"""
    agency: str | None
    """whose picture; None: the bytes themselves, whoever sent them"""
    picture: str
    """as named: the agency's id, or the SHA-256 of the bytes"""
    at: datetime
    final: bool = True
    """False: withheld, it may be lifted"""
    reason: str
    by: str


class PictureStore(Protocol):
    """What the store keeps of pictures. A commit writes a story's own (``StoryChange``)."""

    def keep(self, picture: Picture) -> Picture:
        """Keep what is known of bytes never seen before, and whatever renditions were made of
        them, in place of those of the same kind and width; returns what is kept of them."""

    def get(self, name: str) -> Picture | None:
        """By its address's name (:attr:`Picture.name`)."""

    def of(self, story: str) -> list[StoryPicture]:
        """All beside one story, in their order."""

    def shown(self, stories: Sequence[str]) -> Mapping[str, Sequence[StoryPicture]]:
        """Those that readers of these stories see; stories that show none are left out."""

    def is_shown(self, sha256: str) -> bool:
        """Whether readers of any live story see it."""

    def named(self, agency: str | None, id: str) -> list[Picture]:
        """The pictures that came under this id of the agency's (of anybody's, for None)."""

    def like(self, likeness: int, distance: int) -> list[Picture]:
        """Those whose likeness differs from this one in at most so many bits."""

    def beside(self, sha256: str) -> list[StoryPicture]:
        """Every place at which these bytes hang, whatever the story's state."""

    def wanted(self, now: datetime, limit: int) -> list[StoryPicture]:
        """What is to be fetched now for live stories, the longest waiting first."""

    def not_fetched(self, wanted: StoryPicture, error: str, due: datetime | None) -> None:
        """An attempt came to nothing; ``due`` None: there will be no other."""

    def fetch_again(self, sha256: str, now: datetime) -> None:
        """The file is lost: every story with these bytes wants them fetched, now."""

    def undeveloped(self, recipe: int, limit: int) -> list[Picture]:
        """Pictures that readers see and of which renditions were made by an earlier recipe or
        not at all, the newest first."""

    def develop_again(self, sha256: str) -> None:
        """The file of a rendition is lost: they are to be made anew."""

    def strike(
        self, kills: Sequence[PictureKill], judged: Sequence[Picture], calls: Sequence[Call] = ()
    ) -> int:
        """One transaction: keep what was said, pictures as judged by it, and the calls that are
        owed now. Returns the store's sequence."""

    def said(self, id: str) -> bool:
        """Whether this kill is kept."""

    def struck(self, agency: str, ids: Sequence[str]) -> Mapping[str, PictureKill]:
        """Those of these ids of the agency's that a kill names, with the kill."""

    def owed(self, now: datetime, limit: int) -> list[Picture]:
        """Pictures taken back whose proof is due, the longest waiting first."""

    def prove_later(self, picture: Picture, due: datetime | None) -> None:
        """The proof is owed again at ``due``; None: it was given. Does nothing when the
        picture has been judged anew meanwhile."""
