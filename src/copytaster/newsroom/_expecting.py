"""What every public address of a story must show now, from what is kept of it."""

from collections.abc import Mapping
from email.utils import format_datetime

from copytaster import press
from copytaster.channels.patrol import Expected
from copytaster.channels.patrol import Words
from copytaster.channels.patrol import digest
from copytaster.channels.proof import Marks
from copytaster.channels.site import EXTENSIONS
from copytaster.newsroom._facts import withdrawn
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.proving import edition_marks
from copytaster.newsroom.proving import kept_marks
from copytaster.newsroom.proving import public_marks
from copytaster.store import Edition
from copytaster.store import Face
from copytaster.store import Story
from copytaster.text import read_back

_TELLING = 12
_FORMS = ("page", "text", "json")
_SUFFIXES = {"page": "", "text": ".txt", "json": ".json"}
_NOTICE_HEADERS = (("cache-control", "no-store"), ("x-robots-tag", "noindex"))


def addresses(story: Story) -> list[tuple[str, int, str]]:
    """(address, edition, form) of every address the story has; edition 0 is its own address."""
    return [
        (_stem(story, number) + _SUFFIXES[form], number, form)
        for number in range(story.edition + 1)
        for form in _FORMS
    ]


def _stem(story: Story, number: int) -> str:
    return f"/s/{story.id}/v{number}" if number else f"/s/{story.id}"


def file_behind(story: Story, number: int, form: str) -> str:
    """Name of the file that answers for an address."""
    if story.face is not Face.live:
        return f"{story.face.status}.{EXTENSIONS[form]}"
    return f"v{number or story.edition}.{EXTENSIONS[form]}"


class Expecting:
    """What addresses must answer. The edition, or the marks, made last are kept: the addresses
    of a story are asked for one after the other."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._store = desk.store
        self._made: tuple[object, ...] = ()
        self._files: Mapping[str, bytes] = {}
        self._marks = Marks(story="", words=())

    def of(self, story: Story, address: str, number: int, form: str) -> Expected:
        """What this address must answer while the story is as it is in ``story``.

        Raises LookupError or ValueError where an edition cannot be made from what is kept.
        """
        if story.face is not Face.live:
            return self._of_notice(story, address, form)
        gone = withdrawn(self._store.events(story=story.id))
        if number in gone:
            return self._of_gone(story, address, gone, form)
        shown = number or story.edition
        edition = self._store.edition(story.id, shown)
        if edition is None:
            raise LookupError(f"story {story.id} has no edition {shown}")
        return self._of_edition(story, address, edition, form)

    def _of_gone(self, story: Story, address: str, gone: frozenset[int], form: str) -> Expected:
        """An edition that was taken back while its story stays."""
        made = (story.id, story.revision, "gone")
        if self._made != made:
            self._marks = edition_marks(self._store, story, gone)
            self._made = made
        return Expected(
            address=address, form=form, status=410, marks=self._marks, headers=_NOTICE_HEADERS
        )

    def _of_notice(self, story: Story, address: str, form: str) -> Expected:
        made = (story.id, story.revision)
        if self._made != made:
            self._marks = self._marks_of(story)
            self._made = made
        return Expected(
            address=address,
            form=form,
            status=story.face.status,
            marks=self._marks,
            headers=() if story.face is Face.none else _NOTICE_HEADERS,
        )

    def _marks_of(self, story: Story) -> Marks:
        """Of what was never public the short ones, which any page may hold, are left out."""
        if story.face is not Face.none:
            return public_marks(self._store, story.id)
        marks = kept_marks(self._store, story.id)
        return Marks(
            story=story.id, words=tuple(one for one in marks.words if len(one) >= _TELLING)
        )

    def _of_edition(self, story: Story, address: str, edition: Edition, form: str) -> Expected:
        made = (story.id, story.revision, edition.number)
        if self._made != made:
            self._files = self._desk.pressroom.afresh(story, edition.number)
            self._made = made
        files = self._files
        kept = {name.rpartition(".")[2]: sha256 for name, sha256 in edition.files}
        newest = edition.number == story.edition
        pressed = frozenset({kept.get(EXTENSIONS[form], ""), digest(files[form])})
        return Expected(
            address=address,
            form=form,
            status=200,
            words=_words(edition, files["page"], files["text"], kept.get("txt")),
            # An older page tells the history as far as it went when it was last pressed, and
            # what an earlier version of the press made looks as it did then.
            digests=pressed if newest and self._desk.freshness.below is None else frozenset(),
            headers=_live_headers(story),
        )


def _words(edition: Edition, page: bytes, text: bytes, kept: str | None) -> Words:
    """The page made afresh has passed the gate: its words are the agency's. Its text must also
    be the one whose hash was kept when it first went out, but where the rules of the
    transformation have changed since."""
    said = read_back(page)
    same_rules = edition.transform == press.TRANSFORM_SHA256
    texts = {kept} if kept and same_rules else {kept or "", digest(text)}
    return Words(headline=said.headline or "", byline=said.byline or "", texts=frozenset(texts))


def _live_headers(story: Story) -> tuple[tuple[str, str], ...]:
    revalidated = ("cache-control", "must-revalidate")
    if story.face_changed is None:
        return (revalidated,)
    return (revalidated, ("last-modified", format_datetime(story.face_changed, usegmt=True)))
