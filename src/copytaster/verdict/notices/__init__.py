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
from copytaster.verdict.notices._types import Moved
from copytaster.verdict.notices._types import Notice
from copytaster.verdict.notices._types import NoticeKind
from copytaster.verdict.notices._types import Pointer

__all__ = [
    "Moved",
    "Notice",
    "NoticeKind",
    "Pointer",
    "binding",
    "has_text",
    "kills",
    "not_for_readers",
    "others",
    "restored",
    "sort",
]
