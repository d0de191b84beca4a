"""The patrol's look at the pictures of a story: what each of their addresses must answer."""

from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Sequence

from copytaster.channels.patrol import ExpectedFile
from copytaster.channels.patrol import compare_file
from copytaster.channels.patrol import digest
from copytaster.finding import Fault
from copytaster.newsroom._picture_files import sha256_by_address
from copytaster.newsroom._reader import Answer
from copytaster.newsroom.desk import Desk
from copytaster.store import Picture
from copytaster.store import Story

_LOOKS = 3
"""at a picture that is taken back, or put back, meanwhile; after these its turn is over"""


class PicturePatrol:
    """Looks at files of pictures with ``fetch``."""

    def __init__(self, desk: Desk, fetch: Callable[[str], Awaitable[Answer | Fault]]) -> None:
        self._desk = desk
        self._pictures = desk.store.pictures
        self._fetch = fetch

    def addresses(self, story: Story, turn: int) -> list[tuple[str, str]]:
        """(a picture's name, an address of it) to look at: all that may not be seen; of what may,
        the picture itself and one of its renditions, another at each ``turn``."""
        hung = (one.picture for one in self._pictures.of(story.id))
        once = {one.sha256: one for one in hung if one is not None and one.first_public}
        return [(one.name, at) for one in once.values() for at in self._some(one, turn)]

    def _some(self, picture: Picture, turn: int) -> list[str]:
        own, *made = sha256_by_address(picture)
        if made and self._pictures.is_shown(picture.sha256):
            return [own, made[turn % len(made)]]
        return [own, *made]

    async def look(self, name: str, address: str) -> Sequence[Fault] | None:
        """What is wrong at this address while nothing moved; None when that cannot be said."""
        for _ in range(_LOOKS):
            expected = self._expected(name, address)
            if expected is None:
                return None
            answer = await self._fetch(address)
            if self._expected(name, address) != expected:
                continue
            if isinstance(answer, Fault):
                return (answer,)
            return compare_file(expected, answer.status, answer.body)
        return None

    def _expected(self, name: str, address: str) -> ExpectedFile | None:
        picture = self._pictures.get(name)
        if picture is None:
            return None
        if not self._pictures.is_shown(picture.sha256):
            return ExpectedFile(address=address, status=410 if picture.first_public else 404)
        kept = sha256_by_address(picture).get(address)
        return ExpectedFile(address=address, status=200, sha256=kept) if kept else None

    def mend(self, name: str, address: str) -> bool:
        """Where our own file is not what is kept of it, have it made or fetched again; False where
        it is right, and what stands in front of us serves something else."""
        picture, expected = self._pictures.get(name), self._expected(name, address)
        if picture is None or expected is None or expected.sha256 is None:
            return False
        photos = self._desk.photos
        itself = expected.sha256 == picture.sha256
        body = photos.folder.read(name if itself else address.rpartition("/")[2])
        if body is not None and digest(body) == expected.sha256:
            return False
        (photos.lost if itself else photos.lost_rendition)(picture)
        return True
