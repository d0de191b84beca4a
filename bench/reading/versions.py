"""Versions of a story as clients and desks make them (handbook: reading §2.2)."""

import random
import re
from collections.abc import Sequence

import msgspec

from bench.reading import composing

_STYLE = {
    "percent": "per cent", "million": "mn", "said": "says", "Officials": "Authorities",
    "statement": "communique", "Monday": "Mon.", "weeks": "wks", "kilometres": "km",
    "minister": "Minister", "council": "Council", "government": "Government", "and": "&",
}  # fmt: skip
_MARKS = str.maketrans(
    {'"': "\N{LEFT DOUBLE QUOTATION MARK}", "'": "\N{RIGHT SINGLE QUOTATION MARK}",
     "-": "\N{EN DASH}", "\N{LEFT DOUBLE QUOTATION MARK}": '"',
     "\N{RIGHT DOUBLE QUOTATION MARK}": '"', "\N{RIGHT SINGLE QUOTATION MARK}": "'"}
)  # fmt: skip
_DATELINE = re.compile(r"\A.{3,70}?(?: -|\)? ?:| \N{EM DASH}|\.) ")


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a family."""

    family: str
    how: str
    text: str


def versions(family: str, text: str, blocks: Sequence[str], chance: random.Random) -> list[Version]:
    """The thirteen of a family. ``blocks``: background that other families get, too."""
    paragraphs = text.strip().split("\n\n")
    made = {
        "original": text,
        "headline": f"{composing.headline(chance)}\n\n{text}",
        "75 %": top(text, 0.75),
        "50 %": top(text, 0.5),
        "25 %": top(text, 0.25),
        "dateline": redated(text, chance),
        "marks": text.translate(_MARKS),
        "style": styled(text),
        "+30 %": background(text, 0.3, blocks, chance),
        "+100 %": background(text, 1, blocks, chance),
        "insert": "\n\n".join(
            [*paragraphs[:2], *composing.paragraphs(chance, 25), *paragraphs[2:]]
        ),
        "mix A": mix_a(text, chance),
        "mix B": mix_b(paragraphs, blocks, chance),
    }
    return [Version(family=family, how=how, text=words) for how, words in made.items()]


def top(text: str, share: float) -> str:
    """Cut from the bottom, at a word."""
    kept = re.findall(r"\S+\s*", text)
    if len(kept) > 8:
        return "".join(kept[: round(len(kept) * share)])
    return text[: round(len(text) * share)]


def redated(text: str, chance: random.Random) -> str:
    """Another dateline in the place of its own, a byline over it, a sign-off under it."""
    bare = _DATELINE.sub("", text, count=1)
    return f"By {composing.headline(chance)[:14]}\n\n{composing.dateline(chance)} {bare}\n(ends)\n"


def styled(text: str) -> str:
    """In another house's style."""
    return re.sub(r"\w+", lambda word: _STYLE.get(word[0], word[0]), text)


def background(text: str, share: float, blocks: Sequence[str], chance: random.Random) -> str:
    """With as much background under it."""
    block = chance.choice(blocks)
    return f"{text}\n{top(block, min(1.0, share * len(text) / len(block)))}\n"


def mix_a(text: str, chance: random.Random) -> str:
    """Another headline, cut to half, another dateline, style and marks."""
    half = styled(redated(top(text, 0.5), chance)).translate(_MARKS)
    return f"{composing.headline(chance)}\n\n{half}"


def mix_b(paragraphs: Sequence[str], blocks: Sequence[str], chance: random.Random) -> str:
    """The first two paragraphs told in other words, half of the rest, background."""
    garbled = [_garbled(one, chance) for one in paragraphs[:2]]
    rest = top("\n\n".join(paragraphs[2:]), 0.5)
    whole = "\n\n".join([f"{composing.dateline(chance)} {garbled[0]}", *garbled[1:], rest])
    return background(whole, 0.3, blocks, chance)


def _garbled(paragraph: str, chance: random.Random) -> str:
    words = paragraph.split()
    chance.shuffle(words)
    return " ".join(words)
