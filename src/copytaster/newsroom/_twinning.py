"""Finding the stories whose texts are versions of the ones that are shown from now on.

What an agency declares comes first; then texts are compared, each with those of the last days that
share words with it. The pairs are kept in the commit that shows the story, so that no list shows
one without the other. The window of recent texts is filled afterwards, when there is nothing else
to do: until then a text is compared from memory, and after a restart it is read again.
"""

import logging
from collections import OrderedDict
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import msgspec

from copytaster import reading
from copytaster.item import Item
from copytaster.newsroom._made_from import item_of
from copytaster.newsroom._ruling import Ruling
from copytaster.reading import Near
from copytaster.reading import Shingles
from copytaster.store import Full
from copytaster.store import Moved
from copytaster.store import Shingled
from copytaster.store import Store
from copytaster.store import StoreError
from copytaster.store import Story
from copytaster.store import StoryChange
from copytaster.store import Twin
from copytaster.text import plain

log = logging.getLogger("copytaster.reading")

SPAN = timedelta(days=7)
"""versions arrive within days (handbook: reading §2.3)"""
_LOT = 8
"""texts that the window is given at a time: a kill waits so long at most, some 30 ms"""
_MOST_WAITING = 64
"""texts that wait for the window; then it is filled, however busy the desk is"""
_COMPARED = 8
"""stories of memory that a text is compared with, the newest; and as many of the window, those
that share most. A story has a handful of versions; results and tables made from one form have
thousands, and each pair is a page that is made again"""
_DECLARED = 10
"""other items that one may say it replaces, of which no more are looked for"""
_REST = timedelta(minutes=1)
_REMEMBERED = 128
"""texts whose shingles are remembered: a running story is compared again and again"""


class _Text(msgspec.Struct, frozen=True, kw_only=True):
    """What a story says now."""

    story: Story
    content_hash: str
    item: Item | None
    shingles: Shingles


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a lot of rulings comes to, with the twins of what it shows."""

    changes: tuple[StoryChange, ...]
    texts: Mapping[str, _Text]
    """by story: what readers see from then on"""


class Twinning:
    """Looks for twins; one thread at a time, the one that rules."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[str, _Text] = {}
        """by story: texts that are shown and not in the window yet"""
        self._near: Near[str] = Near()
        """the same, to be found"""
        self._remembered: OrderedDict[tuple[str, int], Shingles] = OrderedDict()
        self._is_read = False
        """whether nothing is left that an earlier desk did not bring into the window"""
        self._before: tuple[datetime, int] | None = None
        """the place down to which that was looked for"""
        self._rests_until = datetime.min.replace(tzinfo=UTC)
        """after the disk was found full"""

    # --- at a commit -------------------------------------------------------------------------

    def found(self, rulings: Sequence[Ruling]) -> Found:
        """The changes of these rulings, each that shows a text with the twins of it."""
        try:
            return self._found(rulings)
        except StoreError:
            raise
        except Exception:
            # A defect in comparing must hold up no story: it goes out without its twins.
            log.exception("looking for twins failed")
            return Found(changes=tuple(ruling.change for ruling in rulings), texts={})

    def _found(self, rulings: Sequence[Ruling]) -> Found:
        lot = {text.story.id: text for text in filter(None, map(_shown_anew, rulings))}
        beside = _near(lot)
        changes = [
            self._with_twins(ruling.change, lot.get(ruling.change.story.id), beside)
            for ruling in rulings
        ]
        return Found(changes=tuple(changes), texts=lot)

    def _with_twins(
        self, change: StoryChange, text: _Text | None, beside: Near[str]
    ) -> StoryChange:
        if text is None:
            return change
        twins = tuple(self._twins(text, beside))
        if not twins and not change.story.revision:
            return change  # a new story has none that could have to go
        return msgspec.structs.replace(change, twins=twins)

    def kept(self, found: Found, now: datetime) -> None:
        """This was committed: what it shows is to come into the window."""
        for id, text in found.texts.items():
            self._waiting[id] = text
            self._near.add(id, text.shingles)
        while len(self._waiting) > _MOST_WAITING:
            self._fill(self._lot(), now)

    # --- when there is nothing else to do --------------------------------------------------------

    def step(self, now: datetime) -> bool:
        """Fill the window a little; whether there was anything to do."""
        if now < self._rests_until:
            return False
        if self._waiting:
            return self._fill(self._lot(), now)
        if not self._is_read:
            return self._read_on(now)
        return self._store.window.forget(now - SPAN) > 0

    def _lot(self) -> list[_Text]:
        ids = list(self._waiting)[:_LOT]
        for id in ids:
            self._near.drop(id)
        return [self._waiting.pop(id) for id in ids]

    def _fill(self, texts: Sequence[_Text], now: datetime) -> bool:
        """Whether it went well: on a full disk nothing is kept that can be made again, and what
        is missing then is read again when there is room."""
        try:
            self._store.window.keep([_shingled(text) for text in texts if text.shingles.kept])
        except Full:
            self._is_read, self._before = False, None
            self._rests_until = now + _REST
            return False
        return True

    def _read_on(self, now: datetime) -> bool:
        """What a desk showed that ended before it had filled the window; and what was live before
        there was one."""
        stories = self._store.window.missing(
            reading.SCHEME, now - SPAN, before=self._before, limit=_LOT
        )
        texts = [text for story in stories if (text := self._text(story)) is not None]
        beside = _near({text.story.id: text for text in texts})
        changes = [
            StoryChange(story=text.story, twins=twins)
            for text in texts
            if (twins := tuple(self._twins(text, beside)))
        ]
        try:
            self._store.commit(changes)
        except Moved:
            return True  # a command in a shell was quicker; they are read again
        self._is_read = len(stories) < _LOT
        for story in stories[-1:]:
            assert story.first_public is not None, "it is live"
            self._before = story.first_public, story.number
        return self._fill(texts, now)

    # --- comparing -----------------------------------------------------------------------------

    def _twins(self, text: _Text, beside: Near[str]) -> Iterator[Twin]:
        links = dict(self._declared(text))
        others = dict.fromkeys(links) | dict.fromkeys(self._like(text, beside))
        others.pop(text.story.id, None)
        for id in others:
            other = beside.get(id) or self._near.get(id) or self._shingles(id)
            if other is None:
                continue
            pair = reading.compare(text.shingles, other)
            if id in links or reading.is_twin(pair):
                yield Twin(
                    story=text.story.id,
                    other=id,
                    in_other=pair.one_in_other,
                    of_other=pair.other_in_one,
                    is_top=pair.is_top,
                    link=links.get(id),
                    scheme=pair.scheme,
                )

    def _like(self, text: _Text, beside: Near[str]) -> Iterator[str]:
        """Stories worth comparing: those that share more than a phrase with this one."""
        one, least = text.shingles, reading.least_shared(text.shingles)
        close = [*self._near.worth_comparing(one), *beside.worth_comparing(one)]
        yield from [id for id in dict.fromkeys(close) if id != text.story.id][-_COMPARED:]
        found = self._store.window.alike(one.scheme, one.sought, at_least=least)
        likely = (like.story for like in found if reading.is_likely(one, like.shared, like.of))
        yield from list(dict.fromkeys(likely))[:_COMPARED]

    def _declared(self, text: _Text) -> Iterator[tuple[str, str]]:
        """The stories that its agency says it stands in the place of, or that stand in its."""
        item = text.item
        if item is None:
            return
        for guid in (*item.replaces, item.replaced_by)[-_DECLARED:]:
            story = self._store.history(text.story.agency, guid).story if guid else None
            if story is not None and story.id != text.story.id:
                yield story.id, reading.Link.replacement.value

    def _shingles(self, id: str) -> Shingles | None:
        """Of what a story says now, or said last."""
        story = self._store.story(id)
        if story is None or not story.edition:
            return None
        key = (id, story.edition)
        found = self._remembered.pop(key, None) or self._read_anew(story)
        if found is not None:
            self._remembered[key] = found
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return found

    def _read_anew(self, story: Story) -> Shingles | None:
        text = self._text(story)
        return None if text is None else text.shingles

    def _text(self, story: Story) -> _Text | None:
        edition = self._store.edition(story.id, story.edition)
        item = None if edition is None else item_of(self._store, edition)
        if edition is None or item is None:
            return None
        return _Text(
            story=story,
            content_hash=edition.content_hash,
            item=item,
            shingles=reading.shingles(plain(item.copy)),
        )


def _near(texts: Mapping[str, _Text]) -> Near[str]:
    found: Near[str] = Near()
    for id, text in texts.items():
        found.add(id, text.shingles)
    return found


def _shown_anew(ruling: Ruling) -> _Text | None:
    """The text of a story that readers see from this ruling on, or see again."""
    change, current = ruling.change, ruling.verdict.current
    if ruling.pressed is None or change.filing is None or change.story.drill or current is None:
        return None
    return _Text(
        story=change.story,
        content_hash=change.edition.content_hash if change.edition else current.content_hash,
        item=current,
        shingles=reading.shingles(change.filing.text),
    )


def _shingled(text: _Text) -> Shingled:
    at = text.story.face_changed
    assert at is not None, "it is shown"
    return Shingled(
        story=text.story.id,
        content_hash=text.content_hash,
        at=at,
        scheme=text.shingles.scheme,
        shingles=text.shingles.kept,
    )
