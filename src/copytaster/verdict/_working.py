"""Reporters' notes to each other, sent as if they were a story.

On 27 September 2009 an exchange between a bureau and its desk went out as a story and was posted
onward (handbook: agencies §3, case 3). No field tells such an item: it is short of a byline and a
dateline and full of newsroom words. One such word is in many a story; three kinds of them, where
nobody signed, are a conversation. It is held for a person, never judged to be a notice.
"""

import re

from copytaster import text
from copytaster.item import Item

_OPENING = 2_000
_ENOUGH = 3

_SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"\bwrite-?thru\b|\bwthru\b",
        r"\bgrafs?\b|\bledes?\b",
        r"\b(?:pls|plz|thx|tks|fyi)\b",
        r"(?-i:\bTK\b)",
        r"\beds\b ?[:.]|\bthe desk\b|\bdesk to\b",
        r"\bslug(?:ged|line)?\b",
        r"^\W*(?:hi|hey|hello) \w{2,20}\b",
        (
            r"\b(?:can|could|will) (?:you|u|someone|we) (?:pls |please )?"
            r"(?:check|call|confirm|file|look|ask|read|move|send)\b"
        ),
        r"\b(?:do not|don't|pls don't) (?:move|file|run) (?:this|it|yet)\b|\bhold off\b",
    )
)
"""kinds of newsroom words; each counts once however often it stands"""


def reads_like_working_notes(item: Item) -> bool:
    """Whether an item that nobody signed and no place heads is a conversation of the newsroom."""
    if item.by or item.bylines or item.dateline:
        return False
    opening = _opening(item)
    return sum(sign.search(opening) is not None for sign in _SIGNS) >= _ENOUGH


def _opening(item: Item) -> str:
    parts = [headline.value for headline in item.headlines[:1]]
    left = _OPENING
    for block in item.copy.blocks:
        if left <= 0:
            break
        parts.append(text.block_text(block)[:left])
        left -= len(parts[-1])
    return "\n".join(parts)
