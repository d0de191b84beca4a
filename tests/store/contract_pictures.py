"""What every store promises of pictures; a part of ``contract.py``."""

from typing import Any

from msgspec.structs import replace

from copytaster.store import Face
from copytaster.store import Picture
from copytaster.store import PictureState
from copytaster.store import PictureWords
from copytaster.store import Store
from copytaster.store import StoryPicture
from copytaster.story import Reason
from tests.store.making import NOON
from tests.store.making import at
from tests.store.making import change
from tests.store.making import digest
from tests.store.making import hung
from tests.store.making import live
from tests.store.making import picture
from tests.store.making import picture_kill
from tests.store.making import rendition
from tests.store.making import story
from tests.store.making import work

PHOTO = picture(likeness=0x8000_0000_0000_00FF)
CLOSED = (Reason(code="embargo-until", detail="2026-03-02"),)


def hang(store: Store, n: int = 1, *pictures: StoryPicture, **facts: Any) -> None:
    """The n-th story is live with these pictures beside it."""
    kept = store.story(story(n).id)
    shown = live(n, **facts)
    if kept is not None:
        shown = replace(shown, revision=kept.revision)
    store.commit([change(shown, pictures=pictures, work=work(n))])


class PicturesContract:
    """Pictures: where they hang, what is fetched, what was taken back."""

    def test_what_hangs_beside_a_story_comes_back_in_its_order(self, store: Store) -> None:
        words = PictureWords(
            caption="Ships\nat dawn", alt="Three ships", credit="H/Ada", rights="©"
        )
        first = hung(
            words=words, version="3", reasons=CLOSED, attempts=2, error="no answer", due=at(5)
        )
        second = hung(place=1, due=None)
        hang(store, 1, second, first)
        assert store.pictures.of(story().id) == [first, second]
        assert store.pictures.of(story(2).id) == []

    def test_a_commit_that_says_nothing_of_pictures_leaves_them(self, store: Store) -> None:
        hang(store, 1, hung())
        store.commit([change(replace(live(), revision=1))])
        assert store.pictures.of(story().id) == [hung()]
        store.commit([change(replace(live(), revision=2), pictures=())])
        assert store.pictures.of(story().id) == []

    def test_bytes_are_kept_once_and_as_first_said(self, store: Store) -> None:
        assert store.pictures.keep(PHOTO) == PHOTO
        again = replace(PHOTO, state=PictureState.killed)
        assert store.pictures.keep(again) == PHOTO
        assert store.pictures.get(PHOTO.name) == PHOTO
        assert store.pictures.get("0" * 32) is None

    def test_renditions_come_back_with_their_picture_the_narrowest_first(
        self, store: Store
    ) -> None:
        wide, jpeg = rendition(960), rendition(320, media_type="image/jpeg")
        made = replace(PHOTO, recipe=1, renditions=(jpeg, rendition(320), wide))
        store.pictures.keep(replace(made, renditions=(wide, rendition(320), jpeg)))
        assert store.pictures.get(PHOTO.name) == made
        hang(store, 1, hung(picture=PHOTO), hung(place=1))
        assert [one.picture for one in store.pictures.of(story().id)] == [
            replace(made, first_public=at(1)),
            None,
        ]
        assert store.pictures.named(None, hung().id)[0].renditions == made.renditions

    def test_renditions_made_later_are_added_or_take_the_place_of_the_same(
        self, store: Store
    ) -> None:
        store.pictures.keep(PHOTO)
        store.pictures.keep(replace(PHOTO, recipe=2, renditions=(rendition(320), rendition(640))))
        again = rendition(640, size=7, sha256=digest(b"again"))
        kept = store.pictures.keep(replace(PHOTO, recipe=1, renditions=(again, rendition(960))))
        assert (kept.recipe, kept.renditions) == (2, (rendition(320), again, rendition(960)))
        assert kept == store.pictures.get(PHOTO.name)

    def test_a_picture_that_was_taken_back_keeps_the_names_of_its_renditions(
        self, store: Store
    ) -> None:
        kept = store.pictures.keep(replace(PHOTO, recipe=1, renditions=(rendition(),)))
        hang(store, 1, hung(picture=kept))
        killed = replace(PHOTO, state=PictureState.killed, judged=at(9), since=at(8), due=at(9))
        store.pictures.strike([picture_kill()], [killed])
        (owed,) = store.pictures.owed(at(9), 10)
        assert (owed.recipe, owed.renditions) == (1, (rendition(),))

    def test_what_readers_see_is_developed_by_the_newest_recipe(self, store: Store) -> None:
        old, new, bad = (picture(name) for name in ("old", "new", "bad"))
        for kept in (old, replace(new, recipe=1), replace(bad, state=PictureState.suspended)):
            store.pictures.keep(kept)
        store.pictures.keep(picture("nowhere"))
        hang(store, 1, *(hung(place=n, picture=one) for n, one in enumerate((old, new, bad))))
        hang(store, 2, hung(2, picture=old), hung(2, place=1, picture=new))
        assert digests(store.pictures.undeveloped(1, 10)) == digests([old])
        assert digests(store.pictures.undeveloped(2, 10)) == digests([new, old])
        assert digests(store.pictures.undeveloped(2, 1)) == digests([new])
        store.pictures.develop_again(new.sha256)
        assert digests(store.pictures.undeveloped(1, 10)) == digests([new, old])
        store.pictures.keep(replace(old, recipe=1))
        assert digests(store.pictures.undeveloped(1, 10)) == digests([new])

    def test_only_what_may_be_shown_beside_a_live_story_is_shown(self, store: Store) -> None:
        for kept in (PHOTO, picture("bad", state=PictureState.suspended)):
            store.pictures.keep(kept)
        bad = picture("bad")
        hang(store, 1, hung(picture=PHOTO), hung(place=1), hung(place=2, picture=bad))
        hang(store, 2, hung(2, picture=PHOTO, reasons=CLOSED))
        hang(store, 3, hung(3, picture=PHOTO), face=Face.hold)
        shown = store.pictures.shown([story(n).id for n in range(1, 5)])
        assert {id: [one.place for one in some] for id, some in shown.items()} == {story().id: [0]}
        assert store.pictures.is_shown(PHOTO.sha256)
        assert not store.pictures.is_shown(bad.sha256)
        hang(store, 1, face=Face.gone)
        assert not store.pictures.is_shown(PHOTO.sha256)
        assert [one.story for one in store.pictures.beside(PHOTO.sha256)] == [
            story(2).id,
            story(3).id,
        ]

    def test_a_picture_is_public_from_the_first_live_story_that_shows_it(
        self, store: Store
    ) -> None:
        store.pictures.keep(PHOTO)
        hang(store, 1, hung(picture=PHOTO, reasons=CLOSED))
        assert first_public(store) is None
        hang(store, 2, hung(2, picture=PHOTO), seconds=7)
        hang(store, 3, hung(3, picture=PHOTO), seconds=9)
        assert first_public(store) == at(7)

    def test_what_is_to_be_fetched_is_given_in_turn_for_live_stories(self, store: Store) -> None:
        store.pictures.keep(PHOTO)
        hang(store, 1, hung(due=at(3)), hung(place=1, due=at(1)), hung(place=2, due=None))
        hang(store, 2, hung(2, picture=PHOTO), hung(2, place=1, reasons=CLOSED))
        hang(store, 3, hung(3), face=Face.hold)
        assert places(store.pictures.wanted(at(2), 10)) == [(1, 1)]
        assert places(store.pictures.wanted(at(3), 10)) == [(1, 1), (1, 0)]
        assert places(store.pictures.wanted(at(3), 1)) == [(1, 1)]

    def test_an_attempt_that_failed_is_counted_and_put_off(self, store: Store) -> None:
        hang(store, 1, hung())
        store.pictures.not_fetched(hung(), "no answer", at(60))
        store.pictures.not_fetched(hung(href="https://elsewhere.example/"), "another", at(0))
        (kept,) = store.pictures.of(story().id)
        assert (kept.attempts, kept.error, kept.due) == (1, "no answer", at(60))
        store.pictures.not_fetched(hung(), "gone", None)
        assert store.pictures.wanted(at(999), 10) == []

    def test_a_lost_file_is_fetched_again_for_every_story(self, store: Store) -> None:
        store.pictures.keep(PHOTO)
        hang(store, 1, hung(picture=PHOTO, due=None, attempts=2), hung(place=1, due=None))
        hang(store, 2, hung(2, picture=PHOTO, due=None))
        store.pictures.fetch_again(PHOTO.sha256, at(9))
        again = store.pictures.wanted(at(9), 10)
        assert places(again) == [(1, 0), (2, 0)]
        assert {(one.attempts, one.due) for one in again} == {(0, at(9))}

    def test_a_kill_is_kept_and_judges_in_one_deed(self, store: Store) -> None:
        store.pictures.keep(PHOTO)
        hang(store, 1, hung(picture=PHOTO))
        before = store.sequence
        killed = replace(
            PHOTO, state=PictureState.killed, reason="altered", judged=at(9), since=at(8), due=at(9)
        )
        assert store.pictures.strike([picture_kill()], [killed]) == store.sequence > before
        assert store.pictures.get(PHOTO.name) == replace(killed, first_public=at(1))
        assert not store.pictures.is_shown(PHOTO.sha256)
        assert store.pictures.said("k1")
        assert not store.pictures.said("k2")

    def test_a_kill_of_what_has_not_come_waits_under_its_name(self, store: Store) -> None:
        kill = picture_kill(final=False)
        before = store.sequence
        store.pictures.strike([kill, kill], [])
        assert store.sequence == before
        named = [kill.picture, "urn:another"]
        assert store.pictures.struck("harbour", named) == {kill.picture: kill}
        assert store.pictures.struck("elsewhere", named) == {}

    def test_pictures_are_found_by_the_name_they_came_under(self, store: Store) -> None:
        quay, crane = picture("quay"), picture("crane")
        for kept in (quay, crane):
            store.pictures.keep(kept)
        hang(store, 1, hung(id="a", picture=quay), hung(place=1, id="a", picture=crane))
        hang(store, 2, hung(2, id="a", agency="other", picture=quay), hung(2, place=1, id="a"))
        assert digests(store.pictures.named("harbour", "a")) == digests([quay, crane])
        assert digests(store.pictures.named("other", "a")) == digests([quay])
        assert digests(store.pictures.named(None, "a")) == digests([quay, crane])
        assert store.pictures.named(None, "b") == []

    def test_likeness_counts_all_64_bits(self, store: Store) -> None:
        near, far = picture("near", likeness=0xFF), picture("far", likeness=0x7FFF_0000_0000_00FF)
        for kept in (PHOTO, near, far, picture("plain")):
            store.pictures.keep(kept)
        assert digests(store.pictures.like(PHOTO.likeness or 0, 1)) == digests([PHOTO, near])
        assert digests(store.pictures.like(PHOTO.likeness or 0, 0)) == digests([PHOTO])
        assert digests(store.pictures.like(0, 64)) == digests([PHOTO, near, far])

    def test_a_proof_is_owed_for_what_no_live_story_shows_any_more(self, store: Store) -> None:
        other = picture("other")
        for kept in (PHOTO, other):
            store.pictures.keep(kept)
        hang(store, 1, hung(picture=PHOTO), hung(place=1, picture=other))
        hang(store, 2, hung(2, picture=other))
        assert store.pictures.owed(at(99), 10) == []
        hang(store, 1, hung(picture=PHOTO, reasons=CLOSED))
        (owed,) = store.pictures.owed(at(99), 10)
        assert (owed.sha256, owed.since, owed.state) == (PHOTO.sha256, NOON, PictureState.good)
        hang(store, 2)
        assert digests(store.pictures.owed(at(99), 10)) == digests([PHOTO, other])

    def test_a_proof_is_owed_until_it_is_given(self, store: Store) -> None:
        store.pictures.keep(PHOTO)
        killed = replace(PHOTO, state=PictureState.killed, judged=at(2), since=at(1), due=at(2))
        store.pictures.strike([], [killed])
        assert store.pictures.owed(at(1), 10) == []
        assert store.pictures.owed(at(2), 10) == [killed]
        store.pictures.prove_later(killed, at(30))
        assert store.pictures.owed(at(29), 10) == []
        store.pictures.prove_later(replace(killed, judged=at(99)), None)
        (owed,) = store.pictures.owed(at(30), 10)
        store.pictures.prove_later(owed, None)
        assert store.pictures.owed(at(999), 10) == []
        assert store.pictures.get(PHOTO.name) == replace(killed, since=None, due=None)


def first_public(store: Store) -> object:
    kept = store.pictures.get(PHOTO.name)
    assert kept is not None
    return kept.first_public


def places(hanging: list[StoryPicture]) -> list[tuple[int, int]]:
    return [(int(one.story), one.place) for one in hanging]


def digests(pictures: list[Picture]) -> list[str]:
    return [one.sha256 for one in pictures]
