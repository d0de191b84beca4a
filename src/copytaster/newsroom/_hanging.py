"""Which pictures hang beside a story: from its current item to what shall be fetched and shown.

The verdict room says of each whether it may be shown; this module keeps what is known of those
that hang already.
"""

import re
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime

import msgspec

from copytaster.agency import Profile
from copytaster.item import Association
from copytaster.item import Item
from copytaster.item import Rendition
from copytaster.newsroom._pile import Pile
from copytaster.store import PictureKill
from copytaster.store import PictureWords
from copytaster.store import Store
from copytaster.store import StoryPicture
from copytaster.story import Reason
from copytaster.verdict import pictures as verdicts
from copytaster.verdict.pictures import PictureVerdict
from copytaster.verdict.reasons import because
from copytaster.verdict.rights import Gate

MOST = 10
"""pictures beside one story; an agency's gallery is another kind of page"""

_WIDE = 1200
"""pixels that a page can use on a good screen: the narrowest rendition that has them is best"""
_ADDRESS = re.compile(r"https?://[!-~]{4,500}")
_KINDS = frozenset({"", "image/jpeg", "image/jpg", "image/png", "image/webp", "image/gif"})


class Hanging(msgspec.Struct, frozen=True, kw_only=True):
    """What a look at a story is told of its pictures."""

    hung: tuple[StoryPicture, ...] = ()
    """as they hang now"""
    struck: Mapping[str, PictureKill] = {}
    """ids of the agency's pictures that were taken back, among those the story names"""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What the rights of a story's pictures are held against."""

    profile: Profile
    territories: frozenset[str]
    began: datetime | None
    """when the time of a licence began: the story's first version"""
    gate: Gate | None
    """what the story's own rights say of pictures"""


class Hung(msgspec.Struct, frozen=True, kw_only=True):
    """What shall hang."""

    pictures: tuple[StoryPicture, ...] = ()
    look_again: datetime | None = None

    @property
    def shown(self) -> tuple[StoryPicture, ...]:
        """Those that readers see."""
        return tuple(one for one in self.pictures if one.is_shown)


def hanging(store: Store, pile: Pile) -> Hanging:
    """What a look at this pile needs to know; nothing is asked for a story without pictures."""
    ids = _named(message.item for message in pile.messages)
    if not ids:
        return Hanging()
    hung = store.pictures.of(pile.story.id) if pile.history.story is not None else []
    return Hanging(hung=tuple(hung), struck=store.pictures.struck(pile.story.agency, ids))


def _named(items: Iterable[Item]) -> list[str]:
    """The ids of all pictures that these items want beside them."""
    found = (id for item in items for one in item.associations if (id := _id(one)))
    return list(dict.fromkeys(found))


def hang(
    story: str, item: Item, hanging: Hanging, terms: Terms, *, source: str, now: datetime
) -> Hung:
    """The pictures that ``item`` wants beside its story, each with why it may not be shown."""
    wanted = _pictures(item)
    ruled = [_ruled(one, terms, now) for one in wanted[: MOST + 1]]
    known = {_key(one): one for one in hanging.hung}
    pictures = []
    for place, (association, verdict) in enumerate(zip(wanted, ruled, strict=False)):
        reasons = _reasons(association, verdict.reasons, hanging.struck, place)
        agency = terms.profile.id
        new = _picture(story, place, association, agency=agency, source=source, reasons=reasons)
        pictures.append(_as_known(new, known.get(_key(new)), now))
    again = [verdict.look_again for verdict in ruled if verdict.look_again is not None]
    return Hung(pictures=tuple(pictures), look_again=min(again, default=None))


def _ruled(picture: Association, terms: Terms, now: datetime) -> PictureVerdict:
    """The picture's own verdict, and what the story's rights say of pictures besides."""
    own = verdicts.decide(picture, terms.profile, terms.territories, now, began=terms.began)
    gate = terms.gate
    if gate is None:
        return own
    instants = [at for at in (own.look_again, gate.until) if at is not None]
    closed = () if gate.open else (because("picture-restricted", gate.words),)
    return PictureVerdict(
        reasons=tuple(dict.fromkeys((*own.reasons, *closed))),
        look_again=min(instants, default=None),
    )


def _pictures(item: Item) -> list[Association]:
    """Each once: a feed names a picture in ``enclosure`` and in ``media:content``."""
    first: dict[str | None, Association] = {}
    for one in item.associations:
        if verdicts.is_picture(one) and _best(one):
            first.setdefault(_id(one), one)
    return list(first.values())


def _key(picture: StoryPicture) -> tuple[str | None, ...]:
    """What makes it the same picture as before: else it is fetched."""
    return (picture.id, picture.version, picture.href)


def _reasons(
    association: Association,
    told: Sequence[Reason],
    struck: Mapping[str, PictureKill],
    place: int,
) -> tuple[Reason, ...]:
    kill = struck.get(_id(association) or "")
    if kill is not None:
        code = "picture-killed" if kill.final else "picture-withheld"
        return tuple(dict.fromkeys((because(code, kill.reason), *told)))
    if place >= MOST:
        return (because("picture-left-out"), *told)
    return tuple(told)


def _picture(
    story: str,
    place: int,
    association: Association,
    *,
    agency: str,
    source: str,
    reasons: tuple[Reason, ...],
) -> StoryPicture:
    return StoryPicture(
        story=story,
        place=place,
        agency=agency,
        id=_id(association) or "",
        version=association.version,
        source=source,
        href=_best(association) or "",
        words=PictureWords(
            caption=_said(association.caption),
            alt=_said(association.alt_text),
            byline=_said(association.byline),
            credit=_said(association.credit),
            rights=_said(association.copyright_notice),
            licence=_address(association.usage_terms),
        ),
        reasons=reasons,
    )


def _said(words: str | None) -> str | None:
    return words if words and not words.isspace() else None


def _address(terms: Iterable[str]) -> str | None:
    """Of usage terms the first that is the address of a page, and nothing else."""
    return next((one for term in terms if _ADDRESS.fullmatch(one := term.strip())), None)


def _as_known(new: StoryPicture, known: StoryPicture | None, now: datetime) -> StoryPicture:
    """With what was fetched, or how fetching went; a new one is due at once."""
    if known is None:
        return msgspec.structs.replace(new, due=now)
    return msgspec.structs.replace(
        new, picture=known.picture, attempts=known.attempts, due=known.due, error=known.error
    )


def _id(association: Association) -> str | None:
    """The agency's id; where it gave none, its address is all there is to name it by."""
    return association.uri or _best(association)


def _best(association: Association) -> str | None:
    """The address of the rendition that suits a page: wide enough, and no wider than needed."""
    usable = [one for one in association.renditions if _is_usable(one)]
    wide = [one for one in usable if (one.width or 0) >= _WIDE]
    if wide:
        return min(wide, key=lambda one: one.width or 0).href
    sized = [one for one in usable if one.width]
    if sized:
        return max(sized, key=lambda one: one.width or 0).href
    return usable[0].href if usable else None


def _is_usable(rendition: Rendition) -> bool:
    kind = (rendition.content_type or "").partition(";")[0].strip().lower()
    is_still = kind in _KINDS and rendition.duration is None
    return is_still and rendition.href.lower().startswith(("http://", "https://"))
