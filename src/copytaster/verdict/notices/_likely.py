"""Which stories are worth reading whole for a notice, judged by their names alone.

A slug may be shared by a hundred stories, and reading one costs a hundred times what looking up
its names does. So those that promise most are read first, and no other once none could come close
to the best of them: the judgement is the same as if all had been read.
"""

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

from copytaster.verdict.notices import _names
from copytaster.verdict.notices._names import Name
from copytaster.verdict.notices._names import NameKind
from copytaster.verdict.notices._resolve import as_good
from copytaster.verdict.notices._resolve import split_by
from copytaster.verdict.notices._resolve import substitutes
from copytaster.verdict.notices._types import Notice
from copytaster.verdict.notices._types import Pointer
from copytaster.verdict.notices._weighing import CLEAR
from copytaster.verdict.notices._weighing import HEADLINE
from copytaster.verdict.notices._weighing import ID
from copytaster.verdict.notices._weighing import LEAST
from copytaster.verdict.notices._weighing import LIKE_HEADLINE
from copytaster.verdict.notices._weighing import NUMBER
from copytaster.verdict.notices._weighing import SAME_MINUTE
from copytaster.verdict.notices._weighing import SLUG
from copytaster.verdict.notices._weighing import Candidate
from copytaster.verdict.notices._weighing import Scales
from copytaster.verdict.notices._weighing import keys_of_id
from copytaster.verdict.notices._weighing import keys_of_number
from copytaster.verdict.notices._weighing import keys_of_slug


def likeliest(
    notice: Notice,
    unread: Mapping[str, frozenset[Name]],
    read: Sequence[Candidate],
    zone: str | None,
) -> list[str]:
    """The stories to read next; none when no other could change what the notice means.

    ``unread`` are stories and the names asked for that they go by; a name that too many go by
    to be looked through counts as every story's. ``read`` are those read so far.
    """
    most: dict[str, int] = {}
    alike = set(unread.values())
    for pointer, least in _wanting(notice, read, zone):
        ways = _ways(pointer)
        weights = {names: sum(_heaviest(way, names) for way in ways) for names in alike}
        for story, names in unread.items():
            if weights[names] >= least:
                most[story] = max(weights[names], most.get(story, 0))
    best = max(most.values(), default=0)
    return [story for story, weight in most.items() if weight == best]


def _wanting(
    notice: Notice, read: Sequence[Candidate], zone: str | None
) -> Iterator[tuple[Pointer, int]]:
    """Each thing that is named, and what a story must weigh to matter beside what was read."""
    scales = Scales(notice, read, zone)
    good, _, _ = substitutes(notice, scales, split_by(notice, read, zone))
    spared = {candidate.story for candidate in good}
    for pointer in notice.pointers:
        weighed = (one for one in scales.weighed(pointer) if one.candidate.story not in spared)
        best = next((one.score for one in weighed), 0)
        yield pointer, max(LEAST, best - CLEAR + 1)
    for given in notice.substitutes:
        pointer = as_good(given, notice)
        answering = (
            one.score
            for one in scales.weighed(pointer)
            if scales.weigh(given, one.candidate).score > 0
        )
        yield pointer, next(answering, LEAST)


_Way = Sequence[tuple[Name | None, int]]
"""the names that fit in one way of naming, heaviest first, with what they weigh; None fits all"""


def _ways(pointer: Pointer) -> list[_Way]:
    """What a story may weigh at most, in each way of naming."""
    headline = _names.fold(pointer.headline or "")
    whole, *parts = keys_of_id(pointer) or ("",)
    return [
        [(Name(NameKind.id, whole), ID), *((Name(NameKind.id, k), ID - CLEAR) for k in parts)],
        [(Name(NameKind.number, key), NUMBER) for key in keys_of_number(pointer)],
        [(Name(NameKind.headline, headline), HEADLINE), (None, LIKE_HEADLINE * bool(headline))],
        [(Name(NameKind.slug, key), SLUG) for key in keys_of_slug(pointer)],
        [(None, SAME_MINUTE * (pointer.moved is not None))],
    ]


def _heaviest(way: _Way, names: Collection[Name]) -> int:
    return next((weight for name, weight in way if name is None or name in names), 0)
