"""What makes a text a copy of another: the same whole text, and nearly all words the same.

A text is looked up by a digest of its words. What is found has the same text; that it says the
same is judged afterwards, with the headline: the two lines with which an agency fills every alert
are no copy of each other, and a shared paragraph in two texts is not even found.
"""

import hashlib
import re
from collections import Counter
from datetime import timedelta

from copytaster import text
from copytaster.item import Item
from copytaster.verdict.notices._names import Name
from copytaster.verdict.notices._names import NameKind

ONE_EVENT = timedelta(hours=12)
"""so far apart, by the agency's clock, the same headline over the same line may be one message:
*Markets open higher* is news again on the next day"""
_LEAST_WORDS = 80
"""letters and digits that a text must have to be told by; below it the headline belongs to it"""
_SAME = 4 / 5
"""of all words of the longer one, headline and text, as many must be the same"""
_WORD = re.compile(r"\w+")


def words_of(item: Item) -> tuple[Name, ...]:
    """The name of the item's whole text; of a short one, that of its headline and text together.

    Case, punctuation, byline and markup do not count.
    """
    folded = " ".join(_text(item)).casefold()
    if len(folded) >= _LEAST_WORDS:
        return (Name(NameKind.words, _digest(folded)),)
    headline = " ".join(_WORD.findall(item.headline or "")).casefold()
    if not folded or not headline:
        return ()
    return (Name(NameKind.line, _digest(f"{headline}\0{folded}")),)


def is_copy(one: Item, other: Item) -> bool:
    """Whether four of five words of the two are the same, however often each stands there."""
    first, second = (_all(item) for item in (one, other))
    shared = (first & second).total()
    return shared >= _SAME * max(first.total(), second.total())


def _all(item: Item) -> Counter[str]:
    headline = _WORD.findall(item.headline or "")
    return Counter(word.casefold() for word in (*headline, *_text(item)))


def _text(item: Item) -> list[str]:
    return _WORD.findall("\n".join(map(text.block_text, item.copy.blocks)))


def _digest(folded: str) -> str:
    return hashlib.blake2b(folded.encode(errors="surrogatepass"), digest_size=16).hexdigest()
