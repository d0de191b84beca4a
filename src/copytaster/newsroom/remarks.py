"""What editors say to each other of a story: notes, whose it is, and releases that two agree to.

Some releases are grave: a house names reasons (``[desk] second_person``) whose release takes two
persons, one of them a chief at least. The first asks, with what they read; the second agrees to
that very text. Nothing here is a decision, and nothing of it is public.
"""

from collections.abc import Callable
from collections.abc import Collection
from datetime import datetime

from copytaster.copydesk import Role
from copytaster.copydesk import Seat
from copytaster.newsroom._ruler import Unresolved
from copytaster.newsroom.people import People
from copytaster.store import Remark
from copytaster.store import RemarkKind
from copytaster.store import Store
from copytaster.store import Story

LONGEST = 2000
"""characters of a note"""
_MOST = 500
"""notes of one story"""


class Remarks:
    """Keeps what is said of stories; safe from any thread."""

    def __init__(
        self,
        store: Store,
        people: People,
        clock: Callable[[], datetime],
        grave: Collection[str] = (),
    ) -> None:
        """``grave``: the codes of reasons whose release takes two."""
        self._store = store
        self._people = people
        self._clock = clock
        self._grave = frozenset(grave)

    def of(self, story: str) -> list[Remark]:
        """The newest first."""
        return self._store.remarks.of(story)

    def persons(self) -> list[str]:
        """Those who can be given a story: who can sign in, and decide."""
        return [
            one.name
            for one in self._people.staff.persons()
            if one.disabled is None and Role(one.role).may(Role.editor)
        ]

    def note(self, seat: Seat, story: str, words: str) -> None:
        """Raises ValueError for no words, too many, or too many notes."""
        said = words.strip()
        if not said:
            raise ValueError("There are no words in it: write what the next one should know.")
        if len(said) > LONGEST:
            raise ValueError(f"A note has {LONGEST} characters at most; this has {len(said)}.")
        if len(self._store.remarks.of(self._known(story).id, _MOST)) >= _MOST:
            raise ValueError(f"There are {_MOST} notes of this story; no more are kept.")
        self._keep(seat, story, RemarkKind.note, words=said)
        self._people.note(seat, "note", story)

    def give(self, seat: Seat, story: str, person: str | None) -> None:
        """To somebody, or to nobody any more. Raises ValueError for a stranger."""
        if person is not None and person not in self.persons():
            raise ValueError(f"There is no editor {person[:64]!r} here.")
        self._keep(seat, self._known(story).id, RemarkKind.given, person=person)
        self._people.note(seat, f"give to {person}" if person else "give to nobody", story)

    # --- releases that two agree to -----------------------------------------------------------

    def asked_by(self, story: str, content: str | None) -> str | None:
        """Who asked for the release of this text, and waits for another."""
        found = self._asked(story, content)
        return None if found is None else found.by

    def takes_two(self, story: Story) -> bool:
        """Whether a release of it as it is now takes two persons."""
        return any(reason.code in self._grave for reason in story.reasons)

    def agrees(self, seat: Seat, id: str, content: str | None, why: str) -> bool:
        """Whether a release by this person may be carried out now; where it takes another person
        as well, it is kept that they ask for it. Raises ValueError where they cannot be the
        other one."""
        story = self._known(id)
        if not self.takes_two(story):
            return True
        asked = self._asked(id, content)
        if asked is None:
            self._keep(seat, id, RemarkKind.asked, words=why, content_hash=content)
            self._people.note(seat, "ask to release", id, why)
            return False
        if asked.by == seat.person:
            raise ValueError("You have asked for this release; another person has to agree.")
        if not (seat.role.may(Role.chief) or self._is_chief(asked.by)):
            raise ValueError(f"{asked.by} and you are editors; one of the two has to be a chief.")
        return True

    def _is_chief(self, name: str) -> bool:
        return any(
            one.name == name and one.disabled is None and Role(one.role).may(Role.chief)
            for one in self._people.staff.persons()
        )

    def _asked(self, story: str, content: str | None) -> Remark | None:
        kept = self._store.remarks.of(story, 2 * _MOST)
        asked = (one for one in kept if one.kind is RemarkKind.asked)
        newest = next(asked, None)
        same = newest is not None and content is not None and newest.content_hash == content
        return newest if same else None

    # --- keeping --------------------------------------------------------------------------------

    def _known(self, id: str) -> Story:
        story = self._store.story(id)
        if story is None:
            raise Unresolved(f"no story {id}; give the 16 characters of its address")
        return story

    def _keep(
        self,
        seat: Seat,
        story: str,
        kind: RemarkKind,
        *,
        words: str = "",
        person: str | None = None,
        content_hash: str | None = None,
    ) -> None:
        remark = Remark(
            story=story,
            at=self._clock(),
            by=seat.person,
            kind=kind,
            words=words,
            person=person,
            content_hash=content_hash,
        )
        self._store.remarks.keep(remark)
