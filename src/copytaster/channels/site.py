"""The channel of our own site: a story's files, and the addresses they answer.

A story has ``<id>.v<n>.html|txt|json`` for each edition while it is live, or one notice,
``<id>.<status>.html|txt|json``, while it is not; never both for longer than one call. Which of
them an address serves is read from the store (design §5), so that a kill turns every form at once.
Files are written beside their place and renamed; they are not synced, because the store can
make them again.

A file server that knows nothing of the store may serve a story while its *gate* is open: while
``<id>.html`` is there, which is the newest edition by another name, as are ``<id>.txt`` and
``<id>.json``. The gate is opened when everything behind it is written, and shut before the store
says that anything of the story is taken back: one name gone, and nothing of it is served but by
the desk (decisions 0011).
"""

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote_plus

import msgspec

from copytaster import shelf
from copytaster.channels.assets import AssetFolder
from copytaster.channels.log import LogFolder
from copytaster.channels.pictures import PictureFolder
from copytaster.channels.proof import Surface

EXTENSIONS: Mapping[str, str] = {"page": "html", "text": "txt", "json": "json"}
"""the press's name of a form → the file's extension"""
_PAGE_LAST = tuple(reversed(tuple(EXTENSIONS.values())))
_FEEDS = ("feed.atom", "feed.rss", "feed.json")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NO_SECOND_NAME = {errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}
"""what a disk says that has no hard links, or no more for this file"""
_BESIDE = ".new"
"""of a file that is being written; a crash may leave one behind"""
LETTER = "[0-9a-hjkmnp-tv-z]"
"""one of the sixteen of a story's id, as a pattern: lower-case Crockford base32"""
NOTICES = (451, 410, 200)
"""the statuses that a notice may have, each in its file's name"""


class SiteFolder:
    """Story files below ``root``; every call leaves whole files only."""

    def __init__(self, root: Path) -> None:
        self._root = os.fspath(root)
        self.pictures = PictureFolder(root / "media")
        self.assets = AssetFolder(root / "assets")
        self.log = LogFolder(root / "log")

    def path(self, story: str, name: str) -> str:
        """Where a story's file is: two letters of its id keep folders small."""
        return f"{self._root}/s/{story[:2]}/{story}.{name}"

    def publish(
        self,
        story: str,
        edition: int,
        files: Mapping[str, bytes],
        changed: datetime,
        *,
        is_newest: bool = True,
        is_open: bool = True,
    ) -> None:
        """Write the forms of one edition, and take away a notice if there was one.

        ``changed``: when what the public sees last changed, kept as the files' time. Where the
        edition ``is_newest`` the story's own address shows it, and its gate is opened; but not
        for what must be told of its state by the desk (``is_open`` false).
        """
        stem = f"v{edition}"
        replaced = (stem, "") if is_newest else (stem,)
        self._write(story, stem, files, self._stamp(story, replaced, files, changed))
        for status in NOTICES:
            self._remove_notice(story, status)
        if is_newest and is_open:
            self.open(story, edition)

    def open(self, story: str, edition: int) -> None:
        """Let file servers serve the story: its own addresses show this edition. The page is
        last, because it is the gate of all. Where it cannot be opened it is shut, so that it shows
        nothing older either; on a disk that knows no second names it stays so."""
        try:
            for extension in _PAGE_LAST:
                self._name_again(story, f"v{edition}.{extension}", extension)
        except OSError as error:
            self.shut(story)
            if error.errno not in _NO_SECOND_NAME:
                raise

    def is_open(self, story: str) -> bool:
        """Whether file servers serve the story."""
        return os.path.exists(self.path(story, EXTENSIONS["page"]))

    def shut(self, story: str) -> None:
        """Leave the story to the desk. The page is first: with it every address is shut."""
        for extension in EXTENSIONS.values():
            self._remove(story, extension)
            self._remove(story, f"{extension}{_BESIDE}")

    def withdraw(self, story: str, editions: int, files: Mapping[str, bytes], status: int) -> None:
        """Destroy the files of editions 1 to ``editions``, and write the notice that is told with
        ``status``.

        In this order, so that on a full disk the text goes, and makes room for its notice; until
        that is there, the desk answers.
        """
        self.shut(story)
        for number in range(1, editions + 1):
            self.discard(story, number)
        self._write(story, str(status), files, None)
        for other in NOTICES:
            if other != status:
                self._remove_notice(story, other)

    def discard(self, story: str, edition: int) -> None:
        """Destroy the files of one edition; whoever does shuts the gate before, where it is the
        newest."""
        for extension in EXTENSIONS.values():
            self._remove(story, f"v{edition}.{extension}")
            self._remove(story, f"v{edition}.{extension}{_BESIDE}")

    def left_over(self, story: str, editions: int) -> list[str]:
        """Files of editions 1 to ``editions`` that are there, by any name: none may be of a story
        that is not live."""
        names = [f"v{n}.{form}" for n in range(1, editions + 1) for form in EXTENSIONS.values()]
        names += EXTENSIONS.values()
        return [name for name in names if os.path.exists(self.path(story, name))]

    def stories(self) -> Iterator[str]:
        """Ids of all stories of which there is any file."""
        with contextlib.suppress(FileNotFoundError):
            for folder in os.scandir(f"{self._root}/s"):
                yield from sorted({name.partition(".")[0] for name in os.listdir(folder.path)})

    def erase(self, story: str) -> None:
        """Destroy every file of a story, however many editions it had."""
        self.shut(story)
        folder = os.path.dirname(self.path(story, ""))
        names: list[str] = []
        with contextlib.suppress(FileNotFoundError):
            names = os.listdir(folder)
        for name in names:
            if name.startswith(f"{story}."):
                self._remove(story, name.removeprefix(f"{story}."))

    def forget(self, story: str, editions: int) -> None:
        """Destroy every file of a story that the store has forgotten."""
        self.shut(story)
        for name in self.left_over(story, editions):
            self._remove(story, name)
        for status in NOTICES:
            self._remove_notice(story, status)

    def read(self, story: str, name: str) -> bytes | None:
        """The bytes of one file (``v3.html``, ``410.txt``), None when it is not there."""
        try:
            with open(self.path(story, name), "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def mark(self, story: str, name: str) -> tuple[int, int, int] | None:
        """What tells that a file is another than it was: inode, time of change, size."""
        try:
            seen = os.stat(self.path(story, name))
        except FileNotFoundError:
            return None
        return seen.st_ino, seen.st_ctime_ns, seen.st_size

    def differences(self, story: str, files: Mapping[str, str]) -> list[str]:
        """Names whose bytes on disk do not have the given SHA-256."""
        return [name for name, digest in files.items() if self._digest(story, name) != digest]

    def _digest(self, story: str, name: str) -> str | None:
        data = self.read(story, name)
        return hashlib.sha256(data).hexdigest() if data is not None else None

    def _stamp(
        self, story: str, replaced: Sequence[str], files: Mapping[str, bytes], changed: datetime
    ) -> int:
        """The time of an edition's files. File servers make validators from it, in whole seconds,
        and of the size; so other bytes in the place of a page are later than it was."""
        stamp = int(changed.timestamp())
        for stem in replaced:
            name = f"{stem}.html".removeprefix(".")
            before = _time(self.path(story, name))
            if before >= stamp:
                is_same = self.read(story, name) == files.get("page")
                stamp = before if is_same else before + 1
        return stamp

    def _write(self, story: str, stem: str, files: Mapping[str, bytes], stamp: int | None) -> None:
        """What is there already stays: after an upgrade most forms are what they were."""
        for form, data in files.items():
            target = self.path(story, f"{stem}.{EXTENSIONS[form]}")
            if _is_there(target, data, stamp):
                continue
            beside = f"{target}{_BESIDE}"
            with _opened(beside) as file:
                file.write(data)
            if stamp is not None:
                os.utime(beside, (stamp, stamp))
            os.replace(beside, target)

    def _name_again(self, story: str, name: str, other: str) -> None:
        """Have a file, if it is there, by another name too, in place of what had that name."""
        source, target = self.path(story, name), self.path(story, other)
        try:
            os.link(source, target)
        except FileNotFoundError:
            return
        except FileExistsError:
            if os.path.samefile(source, target):
                return
            self._remove(story, f"{other}{_BESIDE}")
            os.link(source, f"{target}{_BESIDE}")
            os.replace(f"{target}{_BESIDE}", target)

    def _remove_notice(self, story: str, status: int) -> None:
        """The page is written first and goes last: without one there is nothing to remove."""
        if os.path.exists(self.path(story, f"{status}.html")):
            for extension in _PAGE_LAST:
                self._remove(story, f"{status}.{extension}")

    def _remove(self, story: str, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path(story, name))


def _is_there(path: str, data: bytes, stamp: int | None) -> bool:
    """Whether a file holds these bytes, as of this time."""
    try:
        seen = os.stat(path)
        if seen.st_size != len(data) or (stamp is not None and int(seen.st_mtime) != stamp):
            return False
        with open(path, "rb") as file:
            return file.read() == data
    except FileNotFoundError:
        return False


def _time(path: str) -> int:
    """When a file was written, in whole seconds; -1 where there is none."""
    try:
        return int(os.stat(path).st_mtime)
    except FileNotFoundError:
        return -1


def _opened(path: str) -> BinaryIO:
    """A file to write, in a folder that may be new, or lost."""
    try:
        return open(path, "wb")
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return open(path, "wb")


def names(edition: int, files: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    """(file name, SHA-256) of an edition's forms, as the store keeps them."""
    return tuple(
        (f"v{edition}.{EXTENSIONS[form]}", hashlib.sha256(data).hexdigest())
        for form, data in files.items()
    )


class Placement(msgspec.Struct, frozen=True, kw_only=True):
    """Where a story stands on the site: all that its public addresses follow from."""

    story: str
    editions: int
    agency: str
    shelves: tuple[str, ...]
    """``kind/code``: the sections, topics and places it is filed under"""
    first_public: datetime
    number: int
    corrections: tuple[int, ...] = ()
    """the events by which the corrections page lists it: it names it for good, without its words"""
    found_by: str | None = None
    """the words by which readers' search found it"""
    logged: bool = False
    """whether the public log has it, and its proofs can be asked for"""


def surfaces(placed: Placement, status: int) -> tuple[Surface, ...]:
    """Every public address that showed the story or may list it, and what it must show now.

    ``status`` is what the story's own addresses must answer: 200 for a hold's notice, 410 for
    a kill or an ended licence, 451 for a legal order.
    """
    return (
        *_own(placed, status),
        *_proofs(placed, range(placed.editions + 1)),
        *_lists(placed),
        *_machines(placed.number),
        *_corrections(placed.corrections),
        *_found(placed),
        # The form for readers' reports names the story, by its headline only while it is live.
        Surface(address=f"/report?story={placed.story}", kind="feed"),
    )


def edition_surfaces(placed: Placement, gone: frozenset[int]) -> tuple[Surface, ...]:
    """The same where some editions are gone and their story stays: every list may name it, and
    none may show the words of those."""
    listed = (*_lists(placed), *_machines(placed.number), *_found(placed))
    return (
        *_editions(placed, gone),
        *_proofs(placed, sorted(gone)),
        *(msgspec.structs.replace(one, kind="feed") for one in listed),
        *_corrections(placed.corrections),
    )


def _editions(placed: Placement, gone: frozenset[int]) -> Iterator[Surface]:
    for number in range(placed.editions + 1):
        stem = f"/s/{placed.story}/v{number}" if number else f"/s/{placed.story}"
        for suffix in ("", ".txt", ".json"):
            status = 410 if number in gone else 200
            yield Surface(address=stem + suffix, kind="own", status=status)
    yield from _api_own(placed.story, 200)


def _proofs(placed: Placement, numbers: Iterable[int]) -> Iterator[Surface]:
    """Of the story itself (0) and of editions: whatever they answer, no salt opens a text that
    was taken back."""
    for number in numbers if placed.logged else ():
        stem = f"/s/{placed.story}/v{number}" if number else f"/s/{placed.story}"
        yield Surface(address=f"{stem}.tlog-proof", kind="proof")


def _api_own(story: str, status: int) -> Iterator[Surface]:
    for suffix in ("", "/editions"):
        yield Surface(address=f"/api/stories/{story}{suffix}", kind="own", status=status)


def _own(placed: Placement, status: int) -> Iterator[Surface]:
    home = f"/s/{placed.story}"
    for stem in (home, *(f"{home}/v{n}" for n in range(1, placed.editions + 1))):
        for suffix in ("", ".txt", ".json"):
            yield Surface(address=stem + suffix, kind="own", status=status)
    yield from _api_own(placed.story, status)


def _lists(placed: Placement) -> Iterator[Surface]:
    first_public, number = placed.first_public, placed.number
    for base in _bases(placed.agency, placed.shelves):
        front = base or "/"
        yield Surface(address=front, kind="list")
        yield Surface(
            address=f"{front}?before={cursor(first_public, number + 1)}",
            kind="list",
            place=(_micros(first_public), number),
        )
        for feed in _FEEDS:
            yield Surface(address=f"{base}/{feed}", kind="feed")
    yield from _api_lists(first_public, number)


def _api_lists(first_public: datetime, number: int) -> Iterator[Surface]:
    place = (_micros(first_public), number)
    yield Surface(address="/api/stories", kind="list")
    older = f"/api/stories?before={cursor(first_public, number + 1)}"
    yield Surface(address=older, kind="list", place=place)


def _bases(agency: str, shelves: tuple[str, ...]) -> tuple[str, ...]:
    return ("", f"/agency/{agency}", *map(shelf.path, shelves))


def list_addresses(agency: str, shelves: tuple[str, ...]) -> Iterator[str]:
    """The lists that may show a live story with its picture: fronts and feeds."""
    for base in _bases(agency, shelves):
        yield base or "/"
        for feed in _FEEDS:
            yield f"{base}/{feed}"


def _machines(number: int) -> Iterator[Surface]:
    yield Surface(address="/sitemap.xml", kind="list", status=200)
    yield Surface(address=f"/sitemap/{number // 1000}.xml", kind="list")
    yield Surface(address="/news-sitemap.xml", kind="list", status=200)


def _corrections(events: tuple[int, ...]) -> Iterator[Surface]:
    yield Surface(address="/corrections", kind="feed", status=200)
    for event in events:
        yield Surface(
            address=f"/corrections?before={event + 1}", kind="feed", status=200, place=(event, 0)
        )
    for feed in ("feed.atom", "feed.rss", "feed.json"):
        yield Surface(address=f"/corrections/{feed}", kind="feed", status=200)


def _found(placed: Placement) -> Iterator[Surface]:
    surface = found_surface(placed)
    if surface is not None:
        yield surface


def found_surface(placed: Placement) -> Surface | None:
    """Readers' search, asked for the story's own words, from the place on where it stood. Its
    address is told without them: it is kept in receipts when the words must be gone."""
    if placed.found_by is None:
        return None
    place = cursor(placed.first_public, placed.number + 1)
    return Surface(
        address=f"/search?q=<words of {placed.story}>",
        kind="list",
        status=200,
        asks=f"/search?q={quote_plus(placed.found_by)}&before={place}",
    )


def cursor(first_public: datetime, number: int) -> str:
    """The address form of a place in a front: microseconds since 1970, then the story number."""
    return f"{_micros(first_public)}-{number}"


def _micros(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)
