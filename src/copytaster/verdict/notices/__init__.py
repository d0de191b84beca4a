"""What makes an item a notice, what a notice points at, and what notices do to a story.

In: items, the messages of one story, and stories that may be meant. Out: why an item is not
for readers, what a notice says (:class:`Notice`), and what the notices in a story's set do to
it. Pure: looking stories up is the newsroom's (design §3).
"""

from copytaster.verdict.notices._effect import binding
from copytaster.verdict.notices._effect import has_text
from copytaster.verdict.notices._effect import kills
from copytaster.verdict.notices._effect import not_for_readers
from copytaster.verdict.notices._effect import others
from copytaster.verdict.notices._effect import restored
from copytaster.verdict.notices._effect import sort
from copytaster.verdict.notices._effect import substitute
from copytaster.verdict.notices._effect import suspected
from copytaster.verdict.notices._effect import suspicion_of
from copytaster.verdict.notices._leaning import Ground
from copytaster.verdict.notices._likely import likeliest
from copytaster.verdict.notices._names import NO_AGENCY
from copytaster.verdict.notices._names import Name
from copytaster.verdict.notices._names import NameKind
from copytaster.verdict.notices._names import calls_of
from copytaster.verdict.notices._names import moved
from copytaster.verdict.notices._names import slug_keys
from copytaster.verdict.notices._raw import may_take_back
from copytaster.verdict.notices._read import read
from copytaster.verdict.notices._replacing import replaced_by
from copytaster.verdict.notices._replacing import replacements
from copytaster.verdict.notices._replacing import stands_for
from copytaster.verdict.notices._resolve import ASKING
from copytaster.verdict.notices._resolve import Finding
from copytaster.verdict.notices._resolve import Resolution
from copytaster.verdict.notices._resolve import Wanted
from copytaster.verdict.notices._resolve import ask
from copytaster.verdict.notices._resolve import ask_minutes
from copytaster.verdict.notices._resolve import resolve
from copytaster.verdict.notices._resolve import series
from copytaster.verdict.notices._resolve import void
from copytaster.verdict.notices._types import Moved
from copytaster.verdict.notices._types import Notice
from copytaster.verdict.notices._types import NoticeKind
from copytaster.verdict.notices._types import Pointer
from copytaster.verdict.notices._versions import taken_back
from copytaster.verdict.notices._weighing import Candidate
from copytaster.verdict.notices._words import ONE_EVENT
from copytaster.verdict.notices._words import is_copy
from copytaster.verdict.notices._words import words_of

__all__ = [
    "ASKING",
    "NO_AGENCY",
    "ONE_EVENT",
    "Candidate",
    "Finding",
    "Ground",
    "Moved",
    "Name",
    "NameKind",
    "Notice",
    "NoticeKind",
    "Pointer",
    "Resolution",
    "Wanted",
    "ask",
    "ask_minutes",
    "binding",
    "calls_of",
    "has_text",
    "is_copy",
    "kills",
    "likeliest",
    "may_take_back",
    "moved",
    "not_for_readers",
    "others",
    "read",
    "replaced_by",
    "replacements",
    "resolve",
    "restored",
    "series",
    "slug_keys",
    "sort",
    "stands_for",
    "substitute",
    "suspected",
    "suspicion_of",
    "taken_back",
    "void",
    "words_of",
]
