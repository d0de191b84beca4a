"""The phrases of notices, ready to be looked for in what an agency wrote.

In: lines and sentences. Out: what a phrase in them asks for, and where it stands. Whether that
makes a notice of an item is not decided here. Accents count for nothing, since old wires carry
none (``depeche``, ``zurueckgezogen``). Each phrase is kept under its longest word and searched
for only where that word stands: a text that says nothing of the kind costs one look at its words.

Every gap in a pattern is bounded, and whoever asks passes lines and sentences of bounded length,
with one blank between their words.
"""

import re
import unicodedata
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from copytaster.agency._profile import Profile
from copytaster.agency._wording import Wording
from copytaster.agency._wording import Words
from copytaster.agency._wording import chosen
from copytaster.item import EditorialType

_GAP = r".{0,120}?"
# What may stand between the words of a banner, and of anything else.
_SHOUTED, _SPACE = r"\W{1,8}", " "
_ITEM = "\x01"
"""stands for the first letter of whatever names a piece of copy, once it is found"""
_NOTHING = re.compile(r"(?!)")
_CODE = r"(?<!\w)[A-Za-z]{1,3}\d{4,6}(?!\w)"
_QUOTE = '["“„«»‘‚‹]'
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "AE", "Ö": "OE", "Ü": "UE"}
_SEPARATED = re.compile(r"\s*(?:\Z|[:\n(,./*=]|[-–—]{1,3}(?:\s|\Z))")
_LETTERS = re.compile(r"[^\W\d_]+")
_STRICTEST = (
    EditorialType.kill,
    EditorialType.elimination,
    EditorialType.withhold,
    EditorialType.disregard,
    EditorialType.release,
    EditorialType.test,
    EditorialType.schedule,
    EditorialType.advisory,
)


def _plain_letters() -> dict[int, int]:
    """Letters with an accent to the letter without: as many characters as before."""
    table = {ord("’"): ord("'"), 0xA0: 0x20, 0x2011: ord("-")}
    for number in range(0xC0, 0x180):
        base = unicodedata.normalize("NFD", chr(number))[0]
        if base.isascii():
            table[number] = ord(base)
    return table


_PLAIN = _plain_letters()
# In UTF-8: whatever is ASCII and no letter parts words.
_PARTED = bytes(b if b >= 0x80 or chr(b).isalpha() else 0x20 for b in range(256))


def plain(line: str) -> str:
    """A line without accents, of the same length, so that places in one are places in both."""
    return line if line.isascii() else line.translate(_PLAIN)


def _words_of(text: str) -> list[bytes]:
    return text.lower().encode("utf-8", "replace").translate(_PARTED).split()


class Asked(msgspec.Struct, frozen=True, gc=False):
    """What a phrase asks for, and where it stands in the line."""

    means: EditorialType
    start: int
    end: int


class _Phrase(msgspec.Struct, frozen=True, gc=False):
    means: EditorialType
    pattern: str
    flags: int
    parts: tuple[str, ...] = ()
    """what must stand in a sentence, in small letters, for the phrase to be there"""


_Index = Mapping[bytes, tuple[_Phrase, ...]]
"""the longest word of each phrase, in every spelling, to the phrases"""


class Phrasebook(msgspec.Struct, frozen=True, kw_only=True):
    """The phrases that one agency's notices may use."""

    id: str
    """the agency's"""
    openings: re.Pattern[str]
    """the first two words of banners, titles and addresses, at the beginning of a line"""
    banners: _Index
    titles: _Index
    orders: _Index
    announces: _Index
    asking: frozenset[bytes]
    """the words of which one stands in every order and announcement"""
    address: re.Pattern[str]
    """a line's address to editors, with what divides it from the rest"""
    item: re.Pattern[str]
    """a word or a number that names a piece of copy, or the mark that opens a quotation"""
    own: re.Pattern[str]
    """the agency's own name at the beginning of a sentence"""
    number: re.Pattern[str]
    """a service number of the agency's own: ``dpa 157``, its digits in a group"""
    articles: re.Pattern[str]
    """an article or a possessive at the beginning of a line"""
    dated: re.Pattern[str]
    """before or until a day or a time"""
    moved: re.Pattern[str]
    waiting: re.Pattern[str]
    words: tuple[Words, ...]

    def may_open(self, line: str) -> bool:
        """Whether a line can open with any phrase at all; hardly any does."""
        return self.openings.match(plain(line)) is not None

    def may_ask(self, text: str) -> bool:
        """Whether a text can hold an order or an announcement at all; hardly any does."""
        words = _words_of(text)
        if self.asking.isdisjoint(words):
            return False
        lower = plain(" ".join(text.split())).lower()
        return any(_likely(index, words, lower) for index in (self.orders, self.announces))

    def banner(self, line: str) -> Asked | None:
        """What the opening of a line asks for, as only a notice does."""
        return _strictest(_found(self.banners, line))

    def title(self, line: str) -> Asked | None:
        """What a heading asks for: the phrase stands alone, or something divides it from more."""
        found = _found(self.titles, line)
        return _strictest(asked for asked in found if _SEPARATED.match(line, asked.end))

    def order(self, sentence: str) -> Asked | None:
        """What a sentence asks editors for, wherever in it."""
        return self._tempered(_strictest(self._asked(self.orders, sentence)), sentence)

    def announce(self, sentence: str) -> Asked | None:
        """What a sentence says that the agency does."""
        return self._tempered(_strictest(self._asked(self.announces, sentence)), sentence)

    def _asked(self, index: _Index, sentence: str) -> Iterator[Asked]:
        folded = plain(sentence)
        likely = _likely(index, _words_of(sentence), folded.lower())
        if not likely:
            return iter(())
        return _match(likely, self.item.sub(lambda found: _ITEM + found.group()[1:], folded))

    def _tempered(self, asked: Asked | None, sentence: str) -> Asked | None:
        """A kill that is asked for a while only is a hold."""
        if asked is None or asked.means is not EditorialType.kill:
            return asked
        if self.waiting.search(plain(sentence)) is None:
            return asked
        return Asked(EditorialType.withhold, asked.start, asked.end)


def _found(index: _Index, line: str) -> Iterator[Asked]:
    folded = plain(line)
    return _match(_likely(index, _words_of(line), folded.lower()), folded)


def _likely(index: _Index, words: list[bytes], lower: str) -> list[_Phrase]:
    """The phrases whose longest word is among these, and whose words stand in the line."""
    return [
        phrase
        for word in index.keys() & words
        for phrase in index[word]
        if all(part in lower for part in phrase.parts)
    ]


def _match(likely: list[_Phrase], folded: str) -> Iterator[Asked]:
    for phrase in likely:
        found = _compiled(phrase.pattern, phrase.flags).search(folded)
        if found is not None:
            yield Asked(phrase.means, found.start(), found.end())


@lru_cache(maxsize=4096)
def _compiled(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Compiled when it is first needed: most phrases never are."""
    return re.compile(pattern, flags)


def _strictest(found: Iterable[Asked]) -> Asked | None:
    """Of several the strictest; of equals the first to stand in the line, then the longest."""
    return min(
        found,
        key=lambda asked: (_STRICTEST.index(asked.means), asked.start, -asked.end),
        default=None,
    )


# --- making one ---------------------------------------------------------------------------------


def phrasebook(profile: Profile) -> Phrasebook:
    """The phrases in the languages of the profile, with the agency's own name."""
    return _book(profile.notice_languages, profile.id, profile.name)


@lru_cache(maxsize=256)
def _book(languages: tuple[str, ...] | None, id: str, name: str) -> Phrasebook:
    shared = _shared(languages)
    own = "|".join(re.escape(plain(own)) for own in sorted({id, name}))
    number = rf"(?<!\w)(?:{own})[ -]?(?:n(?:o|r|um)?\.? ?)?0{{0,4}}(\d{{1,6}})(?![\w:])"
    nouns = either(noun for one in shared.words for noun in (*one.items, *one.pictures))
    return msgspec.structs.replace(
        shared,
        id=id,
        item=re.compile(rf"{nouns}|{number}|{_CODE}|{_QUOTE}", re.IGNORECASE),
        own=re.compile(rf"\A\W{{0,8}}(?:the )?{either((id, name))}", re.IGNORECASE),
        number=re.compile(number, re.IGNORECASE),
    )


@lru_cache(maxsize=32)
def _shared(languages: tuple[str, ...] | None) -> Phrasebook:
    """What is the same for every agency that writes in these languages."""
    wordings = chosen(languages)
    words = tuple(wording.words for wording in wordings)
    editors = [address for one in words for address in one.editors]
    shouted = list(_listed(wordings, "banners", "titles"))
    orders = _index(_listed(wordings, "orders"), _gapped)
    announces = _index(_listed(wordings, "announces"), _gapped)
    first = {_first_words(phrase) for phrase in (*editors, *(phrase for _, phrase in shouted))}
    return Phrasebook(
        id="",
        openings=re.compile(rf"\A\W{{0,12}}(?:{'|'.join(sorted(first))})(?!\w)"),
        banners=_index(_listed(wordings, "banners"), _opening),
        titles=_index(_listed(wordings, "titles"), _opening),
        orders=orders,
        announces=announces,
        asking=frozenset((*orders, *announces)),
        address=_compiled(
            rf"\A\W{{0,8}}{either(editors)}[^\w\n:.]{{0,3}}(?:[:.!,]|[-–—]{{1,3}}|\Z)\s*"
        ),
        item=_NOTHING,
        own=_NOTHING,
        number=_NOTHING,
        articles=_compiled(rf"\A\W{{0,8}}{either(word for one in words for word in one.articles)}"),
        dated=_compiled(_dated(words)),
        moved=_compiled(either(word for one in words for word in one.moved)),
        waiting=_compiled(either(word for one in words for word in one.for_now)),
        words=words,
    )


def _listed(wordings: list[Wording], *names: str) -> Iterator[tuple[EditorialType, str]]:
    for wording in wordings:
        for asking in wording.asking:
            for name in names:
                for phrase in getattr(asking, name):
                    yield asking.means, phrase


def _index(
    phrases: Iterable[tuple[EditorialType, str]], pattern: Callable[[str], str]
) -> dict[bytes, tuple[_Phrase, ...]]:
    index: dict[bytes, tuple[_Phrase, ...]] = {}
    for means, phrase in phrases:
        flags = 0 if phrase.isupper() else re.IGNORECASE
        parts = () if pattern is _opening else _parts(phrase)
        made = _Phrase(means, pattern(phrase), flags, parts)
        for spelling in _spellings(phrase):
            index[spelling] = (*index.get(spelling, ()), made)
    return index


def _spellings(phrase: str) -> set[bytes]:
    """The longest word of a phrase, with its accents, without, and with umlauts as two letters."""
    word = max(_LETTERS.findall(phrase.replace("<item>", " ")), key=len)
    long = "".join(_UMLAUTS.get(letter, letter) for letter in word)
    return {form.lower().encode() for form in (word, plain(word), plain(long))}


def _parts(phrase: str) -> tuple[str, ...]:
    """The words between gaps, but for those with an umlaut, which may be two letters."""
    pieces = [piece.strip() for piece in phrase.replace("<item>", "…").split("…")]
    return tuple(
        plain(piece).lower() for piece in pieces if piece and _UMLAUTS.keys().isdisjoint(piece)
    )


def _opening(phrase: str) -> str:
    """A phrase at the beginning of a line, whatever stands between its words; the last one may
    be said again (``KILL KILL KILL``).
    """
    again = rf"(?:{_SHOUTED}{_letters(phrase.rsplit(maxsplit=1)[-1])}){{0,9}}"
    return rf"\A\W{{0,12}}{_words(phrase, _SHOUTED)}{again}(?!\w)"


def _first_words(phrase: str) -> str:
    """The first two words of a phrase, as a pattern."""
    words = _words(" ".join(phrase.split()[:2]), _SHOUTED)
    return words if phrase.isupper() else f"(?i:{words})"


def _gapped(phrase: str) -> str:
    """A phrase in a sentence, with its gaps and what it names."""
    return _GAP.join(map(_stretch, phrase.split("…")))


def _stretch(stretch: str) -> str:
    """The words between two gaps; ``<item>`` may stand first or last among them."""
    forms = [
        rf"{_ITEM}\w{{0,20}}" if part == "<item>" else rf"(?<!\w){_words(part, _SPACE)}(?!\w)"
        for part in re.split(r"\s*(<item>)\s*", stretch.strip())
        if part
    ]
    return r"\s{0,2}".join(forms)


def either(phrases: Iterable[str]) -> str:
    """A pattern for any of these phrases as whole words, over a line without accents."""
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    forms = "|".join([_words(phrase, _SPACE) for phrase in longest_first])
    return rf"(?<!\w)(?:{forms})(?!\w)" if forms else r"(?!)"


def _dated(words: tuple[Words, ...]) -> str:
    until = either(word for one in words for word in one.until)
    days = either(day for one in words for day in one.weekdays)
    return rf"{until}(?: \w{{1,12}}){{0,3}}? (?:\d|{days})"


def _words(phrase: str, between: str) -> str:
    return between.join([_letters(word) for word in phrase.split()])


def _letters(word: str) -> str:
    """One word: an umlaut may be two letters, an accent may be missing."""
    return "".join(
        [re.escape(plain(letter)) + ("[Ee]?" if letter in _UMLAUTS else "") for letter in word]
    )
