"""The photo desk: pictures hung beside stories, and taken down alone.

A picture's kill never touches its story. It is judged by its bytes: whoever sent the same bytes,
or bytes that look the same, does not show them either, because the same picture comes from
several agencies and they do not kill it in the same hour (the Princess of Wales, 10 March 2024:
four suppliers on Sunday evening, the fifth on Monday morning). Every method belongs to the
desk's thread, but :meth:`PhotoDesk.lost`.
"""

import logging
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime

import msgspec

from copytaster import press
from copytaster.agency import Profile
from copytaster.channels import PictureFolder
from copytaster.channels import Surface
from copytaster.darkroom import NEAR
from copytaster.darkroom import RECIPE
from copytaster.darkroom import Developed
from copytaster.newsroom import _picture_files as _files
from copytaster.newsroom._facts import pictures_shown
from copytaster.newsroom._picture_judging import judge
from copytaster.newsroom._picture_judging import state_of
from copytaster.newsroom._picture_judging import taken_back
from copytaster.newsroom._pressroom import Pressroom
from copytaster.store import Call
from copytaster.store import Face
from copytaster.store import Moved
from copytaster.store import Picture
from copytaster.store import PictureKill
from copytaster.store import PictureState
from copytaster.store import PressWork
from copytaster.store import Store
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.store import StoryPicture
from copytaster.store import WorkKind
from copytaster.story import Message

log = logging.getLogger("copytaster.photos")

Alert = Callable[[str, str, str | None], None]

_TRIES = 5
_ENDED = frozenset({PictureState.killed, PictureState.withheld})
"""taken back by name: what looks like one of these is suspended"""


class Struck(msgspec.Struct, frozen=True, kw_only=True):
    """What a kill did."""

    taken: tuple[Picture, ...] = ()
    """the pictures that were named"""
    suspended: tuple[Picture, ...] = ()
    """those that look like them"""

    @property
    def all(self) -> tuple[Picture, ...]:
        return (*self.taken, *self.suspended)


class PhotoDesk:
    """Hangs, takes down and puts back the pictures of one house."""

    def __init__(
        self,
        store: Store,
        pressroom: Pressroom,
        folder: PictureFolder,
        clock: Callable[[], datetime],
        alert: Alert,
        make_calls: Callable[[], None],
    ) -> None:
        self._store = store
        self._pressroom = pressroom
        self._clock = clock
        self._alert = alert
        self._make_calls = make_calls
        self.folder = folder

    # --- hanging -----------------------------------------------------------------------------

    def write(self, developed: Developed) -> None:
        """Make the files of a picture durable, before the store names them. Safe from any
        thread, and not for the desk's: words need not wait for a dozen files to be synced."""
        picture = _files.known(developed)
        before = self._store.pictures.get(picture.name)
        if before is None or before.state is not PictureState.killed:
            _files.write(self.folder, picture, developed)

    def hang(self, wanted: StoryPicture, developed: Developed) -> None:
        """The files of a picture are written: keep them, and show them if they may be shown."""
        picture = self._kept(wanted, developed)
        if picture.state in (PictureState.suspended, PictureState.withheld):
            self._tell_of_late_copy(wanted, picture)

        def hung(story: Story) -> StoryChange:
            before = self._store.pictures.of(story.id)
            after = tuple(_filled(one, wanted, picture) for one in before)
            change = StoryChange(story=story, pictures=after)
            if _shown(before) == _shown(after):
                return change
            return self._with_new_face(change, self._clock())

        self._change(wanted.story, hung)

    def _kept(self, wanted: StoryPicture, developed: Developed) -> Picture:
        """The picture as the store knows it, with what was made of it now."""
        new = _files.known(developed)
        before = self._store.pictures.get(new.name)
        picture = self._store.pictures.keep(new if before else self._judged(wanted, new))
        if picture.state is PictureState.killed:
            self.folder.destroy(picture.name)  # the kill came while it was written
        return picture

    def develop_anew(self, old: Picture, developed: Developed) -> None:
        """What the darkroom makes of a picture today, its files written: renditions that it had
        not, or had lost; or other bytes, where it has learnt what must not be served."""
        beside = self._store.pictures.beside(old.sha256)
        now = self._store.pictures.get(old.name)
        if not beside or now is None or now.state is not PictureState.good:
            return  # it hangs nowhere, or was taken back while it was in the darkroom
        new = self._kept(beside[0], developed)
        if new.sha256 == old.sha256 and new.renditions == old.renditions:
            return
        for story in dict.fromkeys(one.story for one in beside):
            self._change(story, lambda kept: self._exchanged(kept, old, new))
        if new.sha256 != old.sha256:
            self.folder.destroy(old.name)  # it hangs nowhere now, and is proved to be gone

    def not_developed(self, picture: Picture, why: str) -> None:
        """There is nothing more to be made of it; it is shown, if it is, as it was."""
        log.warning("picture %s not developed: %s", picture.name, why)
        self._store.pictures.keep(msgspec.structs.replace(picture, recipe=RECIPE))

    def _exchanged(self, story: Story, old: Picture, new: Picture) -> StoryChange:
        before = self._store.pictures.of(story.id)
        after = tuple(
            msgspec.structs.replace(one, picture=new)
            if one.picture is not None and one.picture.sha256 == old.sha256
            else one
            for one in before
        )
        return self._with_new_face(StoryChange(story=story, pictures=after), self._clock())

    def _judged(self, wanted: StoryPicture, new: Picture) -> Picture:
        """A picture nobody has seen here: killed before it came, or like one that was?"""
        kill = self._store.pictures.struck(wanted.agency, [wanted.id]).get(wanted.id)
        if kill is not None:
            return judge(new, state_of(kill), kill.reason, self._clock())
        like = [one for one in self._like(new) if one.state in _ENDED]
        if not like:
            return new
        reason = f"looks like {like[0].name}, which was taken back"
        return judge(new, PictureState.suspended, reason, self._clock())

    def _like(self, picture: Picture) -> list[Picture]:
        """Other pictures that look the same."""
        if picture.likeness is None:
            return []
        near = self._store.pictures.like(picture.likeness, NEAR)
        return [one for one in near if one.sha256 != picture.sha256]

    def _tell_of_late_copy(self, wanted: StoryPicture, picture: Picture) -> None:
        self._alert(
            "picture-suspended",
            f"story {wanted.story} of {wanted.agency} brings picture {wanted.id}, which is not "
            f"shown: {picture.reason}; if it is another one, "
            f"`copytaster release --picture {picture.name}`",
            picture.sha256,
        )

    def not_fetched(self, wanted: StoryPicture, error: str, due: datetime | None) -> None:
        """An attempt came to nothing; the story stays as it is."""
        log.warning("story %s: picture %s not fetched: %s", wanted.story, wanted.id, error)
        self._store.pictures.not_fetched(wanted, error, due)

    def lost(self, picture: Picture) -> None:
        """The file of a picture is not there: fetch it again. Safe from any thread."""
        log.warning("the file of picture %s is lost; it is fetched again", picture.name)
        self._store.pictures.fetch_again(picture.sha256, self._clock())

    def lost_rendition(self, picture: Picture) -> None:
        """The file of a rendition is not there: make it again. Safe from any thread."""
        log.warning("a rendition of picture %s is lost; it is made again", picture.name)
        self._store.pictures.develop_again(picture.sha256)

    def shown(self, stories: Sequence[str]) -> dict[str, tuple[press.Picture, ...]]:
        """What readers of these stories see, by story; safe from any thread."""
        found = self._store.pictures.shown(stories)
        return {id: pictures_shown(hung) for id, hung in found.items()}

    def surfaces(self, story: Story) -> list[Surface]:
        """The addresses of the pictures that go with a withdrawn story."""
        return [surface for one in self._gone_with(story) for surface in _files.gone(one)]

    def gone_with(self, story: Story) -> list[str]:
        """Their names, by which nothing may know them any more."""
        return [one.name for one in self._gone_with(story)]

    def _gone_with(self, story: Story) -> list[Picture]:
        """Pictures that readers saw beside a story and that no live story shows."""
        seen = {
            hung.picture.sha256: hung.picture
            for hung in self._store.pictures.of(story.id)
            if hung.picture is not None and hung.picture.first_public is not None
        }
        return [one for one in seen.values() if not self._store.pictures.is_shown(one.sha256)]

    # --- taking down -------------------------------------------------------------------------

    def heed(self, profile: Profile, messages: Sequence[Message]) -> Struck:
        """Take down what these messages of an agency say against pictures, before they are kept:
        after a crash they are read, and heeded, again."""
        kills = [
            PictureKill(
                id=f"{profile.id} {message.item.guid} {message.item.content_hash} {back.id}",
                agency=profile.id,
                picture=back.id,
                at=message.arrival.received,
                final=back.final,
                reason=back.reason,
                by=profile.id,
            )
            for message in messages
            for back in taken_back(profile, message)
        ]
        return self.strike(kills, min((kill.at for kill in kills), default=self._clock()))

    def eliminate(
        self,
        agency: str | None,
        ids: Sequence[str],
        *,
        reason: str,
        by: str,
        since: datetime,
        final: bool = True,
    ) -> Struck:
        """Take pictures down by the ids their agency gave them (by their SHA-256 for None).

        What has not come yet is held when it comes. ``since``: arrival of what says so; the
        same word said again does nothing.
        """
        kills = [
            PictureKill(
                id=f"{agency or ''} {by} {reason} {since.isoformat()} {id}",
                agency=agency,
                picture=id,
                at=since,
                final=final,
                reason=reason,
                by=by,
            )
            for id in ids
        ]
        return self.strike(kills, since)

    def strike(self, kills: Sequence[PictureKill], since: datetime) -> Struck:
        """Carry out kills that were not carried out before; a person is told what went."""
        fresh = [kill for kill in kills if not self._store.pictures.said(kill.id)]
        if not fresh:
            return Struck()
        now = self._clock()
        taken = self._taken(fresh, now, since)
        alike = self._alike(taken, now, since)
        struck = Struck(taken=tuple(taken.values()), suspended=tuple(alike.values()))
        with self._pressroom.taking_down(self._beside(struck.all)):
            self._store.pictures.strike(fresh, struck.all, [self._call(fresh, struck)])
        for picture in struck.taken:
            if picture.state is PictureState.killed:
                self.folder.destroy(picture.name)
        self._press_again(struck.all, since)
        self._make_calls()
        return struck

    def _taken(
        self, kills: Sequence[PictureKill], now: datetime, since: datetime
    ) -> dict[str, Picture]:
        """The pictures that the kills name; killed outdoes withheld."""
        taken: dict[str, Picture] = {}
        for kill in kills:
            for picture in self._named(kill):
                known = taken.get(picture.sha256, picture)
                if known.state is not PictureState.killed:
                    judged = judge(picture, state_of(kill), kill.reason, now, since)
                    taken[picture.sha256] = judged
        return taken

    def _named(self, kill: PictureKill) -> list[Picture]:
        if kill.agency is not None:
            return self._store.pictures.named(kill.agency, kill.picture)
        picture = self._store.pictures.get(kill.picture[:32])
        return [picture] if picture is not None else []

    def _alike(
        self, taken: dict[str, Picture], now: datetime, since: datetime
    ) -> dict[str, Picture]:
        """What looks like those, of whatever agency, and was good until now."""
        return {
            other.sha256: judge(
                other,
                PictureState.suspended,
                f"looks like {picture.name}, which was taken back",
                now,
                since,
            )
            for picture in taken.values()
            for other in self._like(picture)
            if other.sha256 not in taken and other.state is PictureState.good
        }

    def _beside(self, pictures: Sequence[Picture]) -> list[str]:
        """The stories beside which these hang, each once."""
        hung = (one for picture in pictures for one in self._store.pictures.beside(picture.sha256))
        return list(dict.fromkeys(one.story for one in hung))

    def _press_again(self, pictures: Sequence[Picture], since: datetime) -> None:
        """Every live story beside which these hang, before anything else is pressed."""
        for story in self._beside(pictures):
            self._change(story, lambda kept: self._with_new_face(StoryChange(story=kept), since))
            try:
                self._pressroom.press_again(story)
            except Exception:
                log.exception("pressing story %s without its picture failed", story)

    def _call(self, kills: Sequence[PictureKill], struck: Struck) -> Call:
        """Whom to call, in the transaction that takes the pictures down."""
        who = kills[0].by
        if not struck.taken:
            names = ", ".join(dict.fromkeys(kill.picture for kill in kills))
            return Call(
                code="picture-kill-waits",
                text=f"{who} takes back picture {names}, which has not come; it is held when it "
                "comes",
                about=names,
            )
        lines = [self._line(one) for one in struck.suspended]
        also = f"; also suspended, because they look the same: {'; '.join(lines)}" if lines else ""
        hint = "; `copytaster release --picture NAME` puts back what is another" if lines else ""
        names = "; ".join(self._line(one) for one in struck.taken)
        return Call(
            code="picture-killed",
            text=f"{who} takes back {names}{also}{hint}",
            about=struck.taken[0].sha256,
        )

    def _line(self, picture: Picture) -> str:
        """A picture and where it hangs, for a person."""
        places = self._store.pictures.beside(picture.sha256)
        where = ", ".join(dict.fromkeys(f"{hung.agency} /s/{hung.story}" for hung in places))
        address, *_ = _files.addresses(picture)
        return f"{address} ({where or 'beside no story'})"

    # --- putting back ------------------------------------------------------------------------

    def release(self, picture: Picture) -> Picture:
        """A person says that a suspended or withheld picture may be shown after all.

        Raises ValueError for one that was killed.
        """
        if picture.state is PictureState.killed:
            raise ValueError(f"picture {picture.name} was killed: nothing brings it back")
        if picture.state is PictureState.good:
            return picture
        now = self._clock()
        released = judge(picture, PictureState.good, None, now)
        self._store.pictures.strike([], [released])
        self._press_again([released], now)
        return self._store.pictures.get(picture.name) or released

    def find(self, reference: str) -> list[Picture]:
        """The pictures that a person means: an address (of a rendition too), its name, or an
        agency's id."""
        file = reference.rpartition("/media/")[2].partition(".")[0]
        name = file.partition("-")[0]
        picture = self._store.pictures.get(name)
        if picture is not None:
            return [picture]
        return self._store.pictures.named(None, reference)

    # --- a story's face ----------------------------------------------------------------------

    def _with_new_face(self, change: StoryChange, since: datetime) -> StoryChange:
        """The public sees another face of a live story: the same words, other pictures."""
        if change.story.face is not Face.live:
            return change
        return msgspec.structs.replace(
            change,
            story=msgspec.structs.replace(change.story, face_changed=self._clock()),
            work=PressWork(story=change.story.id, kind=WorkKind.publish, since=since),
        )

    def _change(self, id: str, made: Callable[[Story], StoryChange]) -> None:
        """Keep a change of one story as it is now, however often it moves meanwhile."""
        for _ in range(_TRIES):
            story = self._store.story(id)
            if story is None:
                return
            try:
                self._store.commit([made(story)])
            except Moved:
                continue
            return
        raise Moved([id])


def _filled(one: StoryPicture, wanted: StoryPicture, picture: Picture) -> StoryPicture:
    same = (one.id, one.version, one.href) == (wanted.id, wanted.version, wanted.href)
    if not same or one.picture is not None:
        return one
    return msgspec.structs.replace(one, picture=picture, due=None, error=None)


def _shown(pictures: Iterable[StoryPicture]) -> list[StoryPicture]:
    return [one for one in pictures if one.is_shown]
