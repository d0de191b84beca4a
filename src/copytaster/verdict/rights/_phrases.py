"""The phrases of ``phrases.toml`` as patterns, and the names that a list may hold.

In: clauses. Out: the first phrase that stands in one, and where. A pattern repeats only a
bounded number of characters.
"""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources

import msgspec

from copytaster import territory
from copytaster.verdict.rights._types import Use

_END = r"(?=\s*(?:[;:\n*()\[\]|=!]|\.(?:\s|\Z)|\s[–—-]+\s|\Z))"
_END_OF_NAME = rf"(?=\s*,|{_END[3:]}"
_ENDS = {"{list}": _END, "{date}": _END, "{name}": _END_OF_NAME}
_START = r"(?:(?<=[;:\n*()\[\]|=!])|(?<=\.\s)|(?<=\s[–—-]\s)|\A)\s*"
_HOLES = {
    "list": r"(?P<list>(?:[^.;:\n*()\[\]|=!\s]|\.(?!\s|\Z)|\s(?![–—-]+\s)){1,160}?)",
    "n": r"(?P<n>\d{1,4})",
    "date": r"(?P<date>[\w.,/ -]{6,40}?)",
    "name": r"[\"“«]?(?P<name>[^\s;,\n*|=!\"”»–—-][^;,\n*|=!\"”»]{1,79}?)[\"”»]?",
}
_NAME = rf"\s*:?\s*{_HOLES['name']}"
_FILLING = re.compile(
    r"\A(?:the|any|all|in|no|for|on|der|die|das|den|dem|la|le|les|el|los|las|de|des|en|au|aux"
    r"|andere|other)\s+|\A[ld]'|\s+(?:use|usage|uses|purposes?|rights|sites?|clients|media|nutzung"
    r"|verwendung|use only)\Z",
    re.IGNORECASE,
)
_JOINTS = re.compile(
    r"\s*(?:,|/|&|\+)\s*|\s+(?:and|or|und|oder|et|ou|y|o|e|og|och|sowie|no|nor|plus)\s+",
    re.IGNORECASE,
)


_PLACE_LEAD = re.compile(
    r"\A\W*(?:(?:rights?|usage|use|territor(?:y|ies)|regions?|available|reserved|licen[sc]ed|users?|for|in|to"
    r"|the)\b\W*){0,6}",
    re.IGNORECASE,
)
_FURTHER = 12
"""words after a phrase that may belong to it"""
_LONGEST_NAME = 4
"""words of a country's name"""
_SHORT_NAME = 5
_ANY = frozenset({"media", "all media"})


class Kind(StrEnum):
    """What a phrase means."""

    nothing = "nothing"
    clients = "clients"
    credit = "credit"
    within_days = "within-days"
    within_hours = "within-hours"
    until = "until"
    online_after = "online-after"
    no_archive = "no-archive"
    only = "only"
    denied = "not"


class _Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    means: Kind
    forms: tuple[str, ...]


class _Book(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``phrases.toml``."""

    phrases: tuple[_Forms, ...]
    things: Mapping[str, str]
    cues: Mapping[str, tuple[str, ...]]
    about: Mapping[str, tuple[str, ...]]
    goes_on: Mapping[str, tuple[str, ...]] = msgspec.field(name="goes-on")


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """What the members of a list are."""

    countries: frozenset[str] = frozenset()
    uses: frozenset[Use] = frozenset()
    ours: bool = False
    """it names what we are: an editorial use"""
    others: bool = False
    """it names what we are not: print, television, advertising"""
    part: bool = False
    """it names parts of countries"""
    unknown: bool = False


@cache
def _book() -> _Book:
    file = resources.files("copytaster.verdict.rights") / "phrases.toml"
    return msgspec.toml.decode(file.read_bytes(), type=_Book)


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """One form of a phrase."""

    kind: Kind
    needs: str
    """a word without which it stands nowhere: found faster than the pattern"""
    pattern: re.Pattern[str]


@cache
def phrases() -> tuple[Phrase, ...]:
    """Every form, in order."""
    return tuple(_phrase(one.means, form) for one in _book().phrases for form in one.forms)


def _phrase(kind: Kind, form: str) -> Phrase:
    literal = [word for word in form.split() if "{" not in word]
    begins = _START if form.startswith("{list}") else r"(?<!\w)"
    ends = next((end for hole, end in _ENDS.items() if form.endswith(hole)), r"(?!\w)")
    words = r"\s+".join(map(_word, form.split())).replace(rf"\s+{_HOLES['name']}", _NAME)
    return Phrase(
        kind=kind,
        needs=max(literal, key=len, default="").lower(),
        pattern=re.compile(begins + words + ends, re.IGNORECASE),
    )


def _word(word: str) -> str:
    """A word as it stands, with the placeholder in it filled."""
    before, brace, rest = word.partition("{")
    if not brace:
        return re.escape(word)
    hole, _, after = rest.partition("}")
    return re.escape(before) + _HOLES[hole] + re.escape(after)


@cache
def cue(where: str) -> re.Pattern[str]:
    """What makes unknown words a restriction: in ``usage`` terms, or in a ``note``, where some
    words only count in capitals."""
    cues = _book().cues
    forms = rf"(?i:{_forms(cues[where])})"
    return _whole(f"{forms}|{_forms(cues['capitals'])}" if where == "note" else forms)


@cache
def abouts() -> tuple[tuple[Use, re.Pattern[str]], ...]:
    """What tells the use that unknown words are about."""
    about = _book().about.items()
    return tuple((Use(use), _whole(rf"(?i:{_forms(words)})")) for use, words in about)


@cache
def _leads(kind: str) -> re.Pattern[str]:
    return re.compile(rf"[\s,]*(?<!\w)(?:{_forms(_book().goes_on[kind])})(?!\w)", re.IGNORECASE)


def goes_on(rest: str) -> bool:
    """Whether the words after a phrase narrow it: to a country, a medium or a time."""
    lead = _leads("after").match(rest)
    if lead is None and (counted := _leads("counted").match(rest)) is not None:
        return bool(re.match(r"\s*(?:the )?\d", rest[counted.end() :]))
    said = rest if lead is None else rest[lead.end() :]
    words = re.findall(r"[\w'-]+", said.partition(",")[0])[:_FURTHER]
    return _narrows(words if lead is not None else words[:_LONGEST_NAME], lead is not None)


def _narrows(words: list[str], is_led: bool) -> bool:
    """Without a word that leads to it, only a medium that stands first narrows: ``online``."""
    if is_led and any(word[0].isdigit() for word in words):
        return True
    for first in range(len(words) if is_led else min(1, len(words))):
        for length in range(_LONGEST_NAME, 0, -1):
            name = " ".join(words[first : first + length]).casefold()
            if _is_medium(name) or (is_led and territory.named(name) is not None):
                return True
    return False


def _is_medium(name: str) -> bool:
    """A use or a medium; ``any media`` and what is no use of ours narrow nothing."""
    return _book().things.get(name, "other") not in ("ours", "other") and name not in _ANY


def clients(before: str) -> Named | None:
    """The clients that stand before "clients only", where a list of countries tells them; None
    for our like. Unknown ones are unknown."""
    words = [found for found in re.finditer(r"[\w'-]+", before) if not _is_our_like(found[0])]
    return things(before[words[0].start() : words[-1].end()]) if words else None


def _is_our_like(word: str) -> bool:
    """A small word, or an agency's short name: ``AFP``."""
    if word.casefold() in _book().goes_on["clients"]:
        return True
    is_short = word.isupper() and 2 <= len(word) <= _SHORT_NAME
    return is_short and _meant(word) is None


def places(clause: str) -> Named | None:
    """What a clause names that names places and nothing else: ``Rights: Germany, Austria``. The
    world restricts to nothing."""
    named = things(_PLACE_LEAD.sub("", clause))
    if named.unknown or named.uses or named.ours or named.others:
        return None
    return named if named.countries - territory.WORLD else None


def _forms(phrases: tuple[str, ...]) -> str:
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)


def _whole(forms: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])")


def things(said: str) -> Named:
    """What the members of a list are; unknown as a whole when one of them is."""
    whole = _named(said)
    found = [whole] if whole is not None else [_named(part) for part in _parts(said)]
    known = [one for one in found if one is not None]
    return Named(
        countries=frozenset().union(*(one.countries for one in known)),
        uses=frozenset().union(*(one.uses for one in known)),
        ours=any(one.ours for one in known),
        others=any(one.others for one in known),
        part=any(one.part for one in known),
        unknown=not found or len(known) < len(found),
    )


def _parts(said: str) -> Iterator[str]:
    return (part for part in _JOINTS.split(said.strip(" ,.")) if part.strip())


def _named(said: str) -> Named | None:
    """A member as it stands, or without the small words around it."""
    name = " ".join(said.strip(" ,.'\"").split())
    for _ in range(6):
        if (found := _meant(name)) is not None:
            return found
        bare = _FILLING.sub("", name, count=1).strip()
        if bare in (name, ""):
            return None
        name = bare
    return None


def _meant(name: str) -> Named | None:
    thing = _book().things.get(name.casefold())
    if thing is not None:
        return _thing(thing)
    countries = territory.named(name)
    return None if countries is None else Named(countries=countries, part=territory.is_part(name))


def _thing(thing: str) -> Named:
    if thing in set(Use):
        return Named(uses=frozenset({Use(thing)}))
    return Named(ours=True) if thing == "ours" else Named(others=True)
