"""The twin's part for pictures: the same dictionaries, looked at from another side."""

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from copytaster.store import Call
from copytaster.store import Face
from copytaster.store import Picture
from copytaster.store import PictureKill
from copytaster.store import PictureState
from copytaster.store import StoryChange
from copytaster.store import StoryPicture

if TYPE_CHECKING:
    from tests.store.twin import Twin


class TwinPictures:
    """:class:`copytaster.store.PictureStore`, without a file."""

    def __init__(self, twin: "Twin") -> None:
        self._twin = twin

    def write(self, change: StoryChange) -> None:
        kept, story = self._twin.kept, change.story
        before = self.of(story.id)
        if change.pictures is not None:
            kept.hung[story.id] = list(change.pictures)
            self._owe_for(before, change)
        if change.work is None or story.face is not Face.live:
            return
        for hung in self.of(story.id):
            if hung.is_shown and hung.picture and hung.picture.first_public is None:
                seen = replace(hung.picture, first_public=story.face_changed)
                kept.pictures[seen.sha256] = seen

    def _owe_for(self, before: list[StoryPicture], change: StoryChange) -> None:
        for hung in before:
            seen = hung.picture and self._twin.kept.pictures.get(hung.picture.sha256)
            if seen is None or change.work is None or self.is_shown(seen.sha256):
                continue
            if seen.first_public and not seen.since and seen.state is PictureState.good:
                since = change.work.since
                self._twin.kept.pictures[seen.sha256] = replace(seen, since=since, due=since)

    def keep(self, picture: Picture) -> Picture:
        known = self._twin.kept.pictures.get(picture.sha256, picture)
        made = {(one.width, one.media_type): one for one in known.renditions + picture.renditions}
        kept = replace(
            known,
            recipe=max(known.recipe, picture.recipe),
            renditions=tuple(made[key] for key in sorted(made)),
        )
        self._twin.kept.pictures[picture.sha256] = kept
        return kept

    def get(self, name: str) -> Picture | None:
        return next((one for one in self._all() if one.name == name), None)

    def _all(self) -> Iterable[Picture]:
        return self._twin.kept.pictures.values()

    def of(self, story: str) -> list[StoryPicture]:
        hung = self._twin.kept.hung.get(story, [])
        return [self._filled(one) for one in sorted(hung, key=lambda one: one.place)]

    def _filled(self, hung: StoryPicture) -> StoryPicture:
        """With what is known of the bytes now, not when they were hung."""
        if hung.picture is None:
            return hung
        return replace(hung, picture=self._twin.kept.pictures.get(hung.picture.sha256))

    def _hung(self) -> list[StoryPicture]:
        stories = sorted(self._twin.kept.stories.values(), key=lambda story: story.number)
        return [hung for story in stories for hung in self.of(story.id)]

    def _is_live(self, story: str) -> bool:
        return self._twin.kept.stories[story].face is Face.live

    def shown(self, stories: Sequence[str]) -> dict[str, list[StoryPicture]]:
        live = [id for id in stories if id in self._twin.kept.stories and self._is_live(id)]
        seen = {id: [hung for hung in self.of(id) if hung.is_shown] for id in live}
        return {id: hung for id, hung in seen.items() if hung}

    def is_shown(self, sha256: str) -> bool:
        return any(hung.is_shown and self._is_live(hung.story) for hung in self.beside(sha256))

    def named(self, agency: str | None, id: str) -> list[Picture]:
        found = {
            hung.picture.sha256
            for hung in self._hung()
            if hung.id == id and agency in {None, hung.agency} and hung.picture
        }
        return [one for one in self._all() if one.sha256 in found]

    def like(self, likeness: int, distance: int) -> list[Picture]:
        return [
            one
            for one in self._all()
            if one.likeness is not None and (one.likeness ^ likeness).bit_count() <= distance
        ]

    def beside(self, sha256: str) -> list[StoryPicture]:
        return [one for one in self._hung() if one.picture and one.picture.sha256 == sha256]

    def wanted(self, now: datetime, limit: int) -> list[StoryPicture]:
        due = [
            (one.due, number, one)
            for number, one in enumerate(self._hung())
            if one.picture is None and not one.reasons and one.due is not None
            if one.due <= now and self._is_live(one.story)
        ]
        return [one for *_, one in sorted(due)][:limit]

    def not_fetched(self, wanted: StoryPicture, error: str, due: datetime | None) -> None:
        self._twin.kept.hung[wanted.story] = [
            replace(one, attempts=one.attempts + 1, error=error, due=due)
            if (one.place, one.href) == (wanted.place, wanted.href) and one.picture is None
            else one
            for one in self.of(wanted.story)
        ]

    def fetch_again(self, sha256: str, now: datetime) -> None:
        for story, hanging in self._twin.kept.hung.items():
            self._twin.kept.hung[story] = [
                replace(one, picture=None, attempts=0, due=now, error=None)
                if one.picture and one.picture.sha256 == sha256
                else one
                for one in hanging
            ]

    def undeveloped(self, recipe: int, limit: int) -> list[Picture]:
        shown = [one for one in self._all() if one.recipe < recipe and self.is_shown(one.sha256)]
        return shown[::-1][:limit]

    def develop_again(self, sha256: str) -> None:
        kept = self._twin.kept.pictures
        kept[sha256] = replace(kept[sha256], recipe=0)

    def strike(
        self, kills: Sequence[PictureKill], judged: Sequence[Picture], calls: Sequence[Call] = ()
    ) -> int:
        kept = self._twin.kept
        for kill in kills:
            kept.kills.setdefault(kill.id, kill)
        for new in judged:
            if new.sha256 in kept.pictures:
                before = kept.pictures[new.sha256]
                kept.pictures[new.sha256] = replace(
                    new,
                    first_public=before.first_public,
                    recipe=before.recipe,
                    renditions=before.renditions,
                )
        self._twin.calls.owe(calls)
        kept.sequence += bool(judged)
        kept.amended = kept.sequence if judged else kept.amended
        return kept.sequence

    def said(self, id: str) -> bool:
        return id in self._twin.kept.kills

    def struck(self, agency: str, ids: Sequence[str]) -> dict[str, PictureKill]:
        kills = sorted(self._twin.kept.kills.values(), key=lambda kill: (kill.at, kill.id))
        return {one.picture: one for one in kills if one.agency == agency and one.picture in ids}

    def owed(self, now: datetime, limit: int) -> list[Picture]:
        owed = [one for one in self._all() if one.since and one.due and one.due <= now]
        return sorted(owed, key=lambda one: one.since or now)[:limit]

    def prove_later(self, picture: Picture, due: datetime | None) -> None:
        kept = self._twin.kept.pictures.get(picture.sha256)
        if kept and (kept.since, kept.judged) == (picture.since, picture.judged):
            since = kept.since if due else None
            self._twin.kept.pictures[kept.sha256] = replace(kept, due=due, since=since)
