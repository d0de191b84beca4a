"""What the public site needs of the newsroom."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from copytaster.agency import Profile
from copytaster.config import Config
from copytaster.item import Copy
from copytaster.press import CorrectionLine
from copytaster.press import NoticeFacts
from copytaster.press import Picture as Shown
from copytaster.press import Site
from copytaster.press import Uses
from copytaster.store import Correction
from copytaster.store import Picture
from copytaster.store import Report
from copytaster.store import ReportKind
from copytaster.store import Store
from copytaster.store import Story


class Assets(Protocol):
    """Where assets are read, those of earlier versions too."""

    def read(self, name: str) -> bytes | None: ...


class LogFiles(Protocol):
    """Where the public log's files are read."""

    def read(self, path: str) -> bytes | None: ...


class Folder(Protocol):
    """Where story files are read."""

    @property
    def assets(self) -> Assets: ...
    @property
    def log(self) -> LogFiles: ...
    def read(self, story: str, name: str) -> bytes | None: ...
    def mark(self, story: str, name: str) -> tuple[int, int, int] | None: ...


class Pressroom(Protocol):
    """Reads story files, and makes again what is missing."""

    @property
    def folder(self) -> Folder: ...
    def restore(self, id: str, number: int | None = None) -> None: ...
    def edition_notice(self, story: Story, number: int) -> Mapping[str, bytes] | None: ...
    def notice_facts(self, story: Story) -> NoticeFacts: ...
    def changes(self, story: Story) -> bytes: ...
    def correction(self, listed: Correction) -> CorrectionLine: ...


class PictureFiles(Protocol):
    """Where pictures are read."""

    def read(self, name: str) -> bytes | None: ...


class PhotoDesk(Protocol):
    """Reads pictures, and has fetched again what is missing."""

    @property
    def folder(self) -> PictureFiles: ...
    def lost(self, picture: Picture) -> None: ...
    def lost_rendition(self, picture: Picture) -> None: ...
    def shown(self, stories: Sequence[str]) -> Mapping[str, tuple[Shown, ...]]:
        """What readers of these stories see; safe from any thread."""


class ReportDesk(Protocol):
    """Takes what readers report; safe from any thread."""

    def take(
        self,
        kind: ReportKind,
        text: str,
        *,
        name: str | None = None,
        email: str | None = None,
        story: str | None = None,
    ) -> Report | None:
        """None, and nothing kept, when a day has brought as many as are taken."""

    def find(self, ticket: str) -> Report | None: ...
    def kept_until(self, report: Report) -> datetime: ...
    def look(self) -> None:
        """Call a person for what came."""


class House(Protocol):
    """The facts of the house."""

    @property
    def config(self) -> Config: ...
    @property
    def site(self) -> Site: ...
    @property
    def pages(self) -> Mapping[str, Copy]:
        """The house's own pages, by their names."""

    def profile(self, name: str) -> Profile: ...
    def uses(self, agency: str) -> Uses: ...
    def shared_uses(self, agencies: Iterable[str]) -> Uses: ...


class Newsroom(Protocol):
    """The desk, as far as the public site knows it."""

    @property
    def house(self) -> House: ...
    @property
    def store(self) -> Store: ...
    @property
    def pressroom(self) -> Pressroom: ...
    @property
    def photos(self) -> PhotoDesk: ...
    @property
    def reports(self) -> ReportDesk: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
