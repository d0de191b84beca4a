"""Who wrote and who edited: the byline above a text, the sign-off or agency's mark below it."""

import re
from functools import cache

from copytaster.reading.lines import Line
from copytaster.reading.lines import last_lines
from copytaster.reading.lines import last_paragraphs
from copytaster.reading.lines import lines
from copytaster.reading.notes import Credit
from copytaster.reading.wording import Wording
from copytaster.reading.wording import agency_of
from copytaster.reading.wording import places

_LOOKED_AT = 15
_LAST = 4
"""lines at the foot in which a sign-off is looked for"""
_LONGEST = 500
_MARK = re.compile(
    r"\((?P<a>[^()\d]{2,40})\)\Z|(?:\A|\s)(?:--|—|–|-)\s?(?P<b>[^\s()\d-][^()\d]{1,30}?)"
    r"(?:\s[a-z]{2,4}(?:[/-][a-z]{2,4}){0,3})?\Z"
)
"""``(ANI)`` or ``--IANS`` at the end of the last line"""
_DESK = re.compile(
    r"(?P<agency>\S{2,12})(?:[ /](?:[a-z]{1,4}|[a-z]\d|[A-Z]{2,4}|[^\x00-\x7f]{2,5})){1,6}"
)
"""an agency's own marks of desk and editor: ``dpa ks xx n1``"""
_INITIALS = re.compile(r"[a-z]{2,5}(?:[-/][a-z]{2,5}){1,6}")
"""the initials of writers and editors, as French wires put them"""


def is_byline(line: str, words: Wording) -> bool:
    """Whether a line is there to say who wrote."""
    return _byline(Line(start=0, end=len(line), text=line), words) is not None


def byline(text: str, words: Wording, *, before: int | None) -> Credit | None:
    """The byline above the dateline, or above a text that has none."""
    for line in lines(text, _LOOKED_AT):
        if before is not None and line.start >= before:
            return None
        if found := _byline(line, words):
            return found
        if before is None and _is_text(line.text):
            return None
    return None


def _is_text(line: str) -> bool:
    return len(line) > 120


@cache
def _begins(words: Wording) -> re.Pattern[str] | None:
    if not words.byline:
        return None
    return re.compile(rf"(?i:{'|'.join(words.byline)})(?-i:\s+)(?P<names>\S.{{0,140}})")


def _byline(line: Line, words: Wording) -> Credit | None:
    if len(line.text) > 150 or line.text.endswith((".", "!", "?", "।", ":")):
        return None
    opening = _begins(words)
    found = opening.fullmatch(line.text) if opening else None
    said = found["names"] if found else line.text
    first, bar, _ = said.partition("|")
    if found is None and not (bar and agency_of(first)):
        return None
    names, agency = _people(first, words)
    if not names and agency is None:
        return None
    return Credit(start=line.start, end=line.end, names=names, agency=agency)


def _people(said: str, words: Wording, *, only: bool = False) -> tuple[tuple[str, ...], str | None]:
    """Names, and the agency where one stands among them; ``only``: nothing else is."""
    names: list[str] = []
    agency: str | None = None
    joins = "|".join(map(re.escape, words.joins))
    for part in re.split(rf"\s*[,;&]\s*|\s+(?:{joins})\s+", said.strip(" ,;")):
        name = part.strip(" .")
        if agency_of(name) is not None:
            agency = agency or name
        elif led := _leading_agency(name):
            agency = agency or led
            if told := _BEHIND_ROLE.search(name):
                names.append(told[1])
        elif _is_person(name):
            names.append(name)
        elif only or (not names and agency is None):
            return (), None
    return tuple(names), agency


_BEHIND_ROLE = re.compile(
    r"(?:writer|reporter|correspondent|journalist)s?\s([^\W\d_a-z]\S*(?:\s\S+){0,4})\Z"
)
"""``Associated Press writers Ada Bell``: behind what the agency's people are, one of them"""


def _leading_agency(name: str) -> str | None:
    """``Associated Press Writer``: the agency in front of what its writer is."""
    cut = name.split()
    for count in range(min(len(cut) - 1, 3), 0, -1):
        if agency_of(one := " ".join(cut[:count])):
            return one
    return None


def _is_person(name: str) -> bool:
    """Two to six words with a capital, small ones between; or one in a script without."""
    cut = name.split()
    if not 1 <= len(cut) <= 6 or any(char.isdigit() for char in name):
        return False
    small = places().particles
    caseless = name.lower() == name.upper()
    return caseless or (
        cut[0][:1].isupper()
        and cut[-1][:1].isupper()
        and all(word[:1].isupper() or word.lower() in small or word in ("von", "van", "bin")
                for word in cut)
    )  # fmt: skip


# --- below ---------------------------------------------------------------------------------------


def signoff(text: str, words: Wording, *, agency: str | None, after: int) -> Credit | None:
    """Who reported and edited; else the agency's mark at the end of the last line."""
    for line in (*last_paragraphs(text, _LAST, _LONGEST), *last_lines(text, _LAST)):
        if line.start >= after and (found := _reported(line, words)):
            return found
    last = next(iter(last_lines(text, 1)), None)
    if last is None or last.end <= after:
        return None
    return _marked(last, max(after - last.start, 0))


@cache
def _verbs(words: Wording) -> re.Pattern[str] | None:
    if not words.signoff:
        return None
    verbs = "|".join(map(re.escape, sorted(words.signoff, key=len, reverse=True)))
    return re.compile(rf"(?:\A|(?<=[\s(;,.]))(?P<verb>(?i:{verbs}))\b:?\s+")


def _reported(line: Line, words: Wording) -> Credit | None:
    """Verbs with names behind them, or names that "contributed to this report"."""
    if len(line.text) > _LONGEST:
        return None
    bare = line.text.strip("()[] .")
    if (signed := _signed(line, bare, words)) is not None:
        return signed
    verbs = _verbs(words)
    if verbs is not None and verbs.match(bare):
        cut = list(verbs.finditer(bare))
        ends = [*(one.start() for one in cut[1:]), len(bare)]
        said = [bare[one.end() : end] for one, end in zip(cut, ends, strict=True)]
    elif any(bare.endswith(ending) or f"{ending} from" in bare for ending in words.contributed):
        behind = "|".join(map(re.escape, words.contributed))
        said = [re.split(behind, bare)[0].rsplit(". ")[-1]]
    else:
        return None
    names, agency = _all(said, words, only=not line.text.startswith(("(", "[")))
    if not names:
        return None
    return Credit(start=line.start, end=line.end, names=names, agency=agency)


def _signed(line: Line, bare: str, words: Wording) -> Credit | None:
    """A byline in brackets at the foot: ``(By Ada Bell and Tom Hale)``."""
    opening = _begins(words)
    if opening is None or not (line.text.startswith("(") and line.text.endswith(")")):
        return None
    told = opening.fullmatch(bare)
    names, agency = _people(told["names"], words, only=True) if told else ((), None)
    if not names:
        return None
    return Credit(start=line.start, end=line.end, names=names, agency=agency)


def _all(said: list[str], words: Wording, *, only: bool) -> tuple[tuple[str, ...], str | None]:
    names: list[str] = []
    agency: str | None = None
    where = "|".join(map(re.escape, words.from_))
    for one in said:
        people = re.sub(
            rf"\s(?:{where})\s[^,;]+?(?=\s(?:{'|'.join(words.joins)})\s|[,;]|\Z)", "", one
        )
        found, of = _people(people, words, only=only)
        if only and not found and of is None:
            return (), None
        names += [_bare(name, words) for name in found]
        agency = agency or of
    return tuple(dict.fromkeys(names)), agency


def _bare(name: str, words: Wording) -> str:
    """Without what a writer is, and without the place."""
    cut = name.split()
    for at, word in enumerate(cut):
        if word.lower() in words.from_ and at:
            return " ".join(cut[:at])
    return name


def _marked(line: Line, begins: int) -> Credit | None:
    if found := _MARK.search(line.text[-60:]):
        shift = max(len(line.text) - 60, 0)
        name = "a" if found["a"] else "b"
        if shift + found.start() >= begins and agency_of(found[name]) is not None:
            start = shift + found.start() + (found.group()[:1].isspace())
            return Credit(start=line.start + start, end=line.end, agency=found[name].strip())
    if len(line.text) <= 40:
        desk = _DESK.fullmatch(line.text)
        if desk and agency_of(desk["agency"]):
            return Credit(start=line.start, end=line.end, agency=desk["agency"])
        if _INITIALS.fullmatch(line.text):
            return Credit(start=line.start, end=line.end)
    return None
