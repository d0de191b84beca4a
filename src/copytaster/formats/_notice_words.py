"""Whether the words of an item make it a notice to editors, whatever format they came in.

Law 2 pulls both ways: a kill that is taken for a story is published, a story that is taken for a
kill is never seen again. So a phrase counts only where a notice has it, and with what a notice
has beside it:

* a *banner* ("KILL KILL KILL") opens a headline, a slugline, a text or a note as nothing else
  does, and is enough;
* an *order* ("Please kill …") or an *announcement* ("X is withdrawing a story …") counts in a
  short text, outside quotation marks, and needs support: an address to editors, a heading
  ("STORY WITHDRAWN"), or a name of what is meant (a number, a headline, a time);
* what is likely and not certain holds the item for a person (``notice-wording``) and makes no
  notice of it.

Nothing is looked at but the headline, the slugline, the notes and the first characters of the
text, each cut to a bounded length.
"""

import re

import msgspec

from copytaster import agency
from copytaster import text
from copytaster.agency import Phrasebook
from copytaster.agency import Profile
from copytaster.item import BlockKind
from copytaster.item import Copy
from copytaster.item import EditorialType
from copytaster.item import Item

LONGEST = 1500
"""characters of text up to which an item may be a notice that is told in sentences"""

# "RELEASE: new album" and "ELIMINATION: North are out" are headlines that readers get.
_TAKING_BACK = frozenset({EditorialType.kill, EditorialType.withhold, EditorialType.disregard})
_LINE = 200
_SENTENCE = 500
_NOTE = 4000
_MOST_SENTENCES = 40
_CAPITALS = re.compile(r"[^\W\d_a-zß-ÿ]")
_SMALL = re.compile(r"[a-zß-ÿ]")
_DATELINE = re.compile(r"[^()\n]{2,60}\([^()\n]{2,40}\) ?[-–—_]{1,2} ?")
_NUMBER = re.compile(r"(?<!\w)(?:[A-Za-z]{1,3}\d{4,6}|urn:\S{4,}|L\dN\w{4,})(?!\w)")
_TIME = re.compile(
    r"(?<!\w)(?:[012]?\d[:.h][0-5]\d|[012]\d[0-5]\d ?(?:hours|hrs|GMT|UTC)|\d\d? h)(?!\w)"
)


class Told(msgspec.Struct, frozen=True):
    """What the words of an item say of its kind."""

    types: tuple[EditorialType, ...] = ()
    is_likely: bool = False
    """it reads like a notice, and nothing makes it sure"""


_NOTHING = Told()
_LIKELY = Told(is_likely=True)


class _View(msgspec.Struct, frozen=True):
    """The places of an item in which a notice shows."""

    titles: tuple[str, ...]
    opening: str
    """the beginning of the text"""
    note: str
    is_short: bool
    """the opening is the whole text"""


def told(item: Item, profile: Profile) -> Told:
    """The kinds of message that the item's words make it."""
    book = agency.phrasebook(profile)
    view = _view(item)
    lines = _lines(view)
    opens = [line for line in lines if book.may_open(line)]
    asks = _asking(view, book)
    if not opens and not asks:
        return _NOTHING
    banners = [found.means for line in opens if (found := book.banner(line)) is not None]
    if banners:
        said = [found.means for found in _said(asks, book)] if view.is_short else []
        return Told(types=tuple(dict.fromkeys((*banners, *said))))
    if not view.is_short:
        return _LIKELY if _heads_a_long_text(view, opens, book) else _NOTHING
    return _weighed(view, opens, asks, book)


# --- where to look ------------------------------------------------------------------------------


def _view(item: Item) -> _View:
    opening, is_short = _opening(item.copy)
    if not opening and item.descriptions:
        opening = item.descriptions[0].value[:LONGEST]
    titles = [headline.value for headline in item.headlines[:4]]
    titles += [item.slugline or ""]
    notes = [note for note in (item.ed_note, item.advisory_line) if note]
    return _View(
        titles=tuple(_one_line(title) for title in titles if title),
        opening=opening,
        note="\n\n".join(notes)[:_NOTE] if notes else "",
        is_short=is_short,
    )


def _opening(copy: Copy) -> tuple[str, bool]:
    """The first characters of the text, and whether there are no more."""
    paragraphs: list[str] = []
    room = LONGEST
    for block in copy.blocks:
        if block.kind is BlockKind.table:
            return "\n\n".join(paragraphs)[:LONGEST], False
        paragraphs.append(text.block_text(block))
        room -= len(paragraphs[-1])
        if room < 0:
            return "\n\n".join(paragraphs)[:LONGEST], False
    return "\n\n".join(paragraphs), True


def _one_line(value: str) -> str:
    return " ".join(value[:_LINE].split())


def _lines(view: _View) -> list[str]:
    """The lines a notice may open with: headings, the first two of the text, the note's first.

    A note beside a whole text is about that text; the verdict hears it (``kill-note``).
    """
    first = view.opening.lstrip().split("\n", 3)[:3] if view.opening else []
    lines = [*view.titles, *(_one_line(line) for line in first if line)]
    if view.note and not view.opening:
        lines += [_one_line(line) for line in view.note.lstrip().split("\n", 3)[:3] if line]
    return lines


def _asking(view: _View, book: Phrasebook) -> list[str]:
    """The sentences of a short item, if one of its words asks for anything."""
    if not view.is_short:
        return []
    words = view.opening or view.note
    whole = "\n\n".join((*view.titles, words))
    if not book.may_ask(whole):
        return []
    found = []
    for sentence in text.sentences(words):
        found.append(sentence[:_SENTENCE])
        if len(found) == _MOST_SENTENCES:
            break
    return found


# --- what it amounts to -------------------------------------------------------------------------


class _Said(msgspec.Struct, frozen=True):
    """What one sentence asks for or announces, and with what support."""

    means: EditorialType
    is_order: bool
    begins: bool
    """nothing stands before it but an address, an article or the agency's own name"""
    is_addressed: bool
    """the sentence itself is addressed to editors"""
    names: bool
    """it gives a number, a quotation or a time"""
    is_exact: bool
    """it gives a number; or the time a story moved, of a story that it quotes or that is its own"""
    is_own: bool
    """the agency speaks of itself"""
    is_dated: bool
    """it speaks of use before a date: that is an embargo"""


def _said(sentences: list[str], book: Phrasebook) -> list[_Said]:
    return [said for sentence in sentences if (said := _say(sentence, book)) is not None]


def _say(sentence: str, book: Phrasebook) -> _Said | None:
    """What one sentence says; what it quotes does not count."""
    bare = agency.plain(text.unquoted(sentence))
    order = book.order(bare)
    found = order or book.announce(bare)
    if found is None:
        return None
    is_quoting = bare != agency.plain(sentence)
    is_own = _is_own(bare[: found.start], book)
    moved = _TIME.search(bare) is not None and book.moved.search(bare) is not None
    numbered = book.number.search(bare) is not None or _NUMBER.search(bare) is not None
    return _Said(
        means=found.means,
        is_order=order is not None,
        begins=_begins(bare[: found.start], book, is_order=order is not None),
        is_addressed=book.address.match(bare) is not None,
        names=numbered or moved or is_quoting,
        is_exact=numbered or (moved and (is_own or is_quoting)),
        is_own=is_own,
        is_dated=book.dated.search(bare) is not None,
    )


def _is_own(before: str, book: Phrasebook) -> bool:
    """Whether the agency's own name opens the sentence, behind an address at most."""
    address = book.address.match(before)
    return book.own.match(before if address is None else before[address.end() :]) is not None


def _begins(before: str, book: Phrasebook, *, is_order: bool) -> bool:
    """Whether a sentence begins with the phrase. After a dateline only an order does: agencies
    report of each other, and of themselves.
    """
    for pattern in (_DATELINE, book.address, book.own, book.articles):
        found = pattern.match(before)
        if found is not None and (pattern is not _DATELINE or is_order):
            before = before[found.end() :]
    return not any(map(str.isalnum, before))


def _weighed(view: _View, opens: list[str], asks: list[str], book: Phrasebook) -> Told:
    """Certain, likely or nothing: what a short item without a banner amounts to."""
    titles = [found.means for line in opens if (found := book.title(line)) is not None]
    addressed = any(book.address.match(agency.plain(line)) for line in opens)
    said = _said(asks, book)
    certain = [
        one.means
        for one in said
        if not one.is_dated and _is_certain(one, titled=bool(titles), addressed=addressed)
    ]
    if certain:
        return Told(types=tuple(dict.fromkeys((*certain, *titles))))
    likely = any(one.begins and (one.is_order or one.is_own) for one in said)
    if likely or any(_shouts(line, book) for line in opens):
        return _LIKELY
    return _NOTHING


def _is_certain(said: _Said, *, titled: bool, addressed: bool) -> bool:
    if said.is_order:
        return (titled or addressed) or (said.begins and said.names)
    if not said.begins and not said.is_addressed:
        return titled and said.is_exact
    return titled or said.is_addressed or said.is_exact or (addressed and said.names)


def _heads_a_long_text(view: _View, opens: list[str], book: Phrasebook) -> bool:
    """A heading like a notice's over a long text, or one that begins with a word to editors."""
    if any(_shouts(line, book) for line in opens):
        return True
    first = _one_line(view.opening)
    return first in opens and book.address.match(agency.plain(first)) is not None


def _shouts(line: str, book: Phrasebook) -> bool:
    """A heading in capitals over what is not: in a headline all of capitals it may be news."""
    found = book.title(line)
    if found is None or found.means not in _TAKING_BACK:
        return False
    rest = line[found.end :]
    return not _CAPITALS.search(rest) or _SMALL.search(rest) is not None
