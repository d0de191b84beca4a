"""Whom a story has its statements from, and who was asked and gave no answer.

Counted with the places where they stand, as evidence for a person; never more than that: a
source that was missed costs a look, and no story is freed because two were found (handbook:
reading §1.4).
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from copytaster.reading import dialogue
from copytaster.reading import turns
from copytaster.reading.lexicon import Lexicon
from copytaster.reading.mentions import Mention
from copytaster.reading.naming import Names
from copytaster.reading.notes import Quote
from copytaster.reading.notes import Source
from copytaster.reading.notes import Span
from copytaster.reading.quotes import Read

_TURNS: Final = (dialogue.RULE, turns.RULE)


def sources(
    blank: str, read: list[Read], found: list[Quote], known: Names, words: Lexicon
) -> list[Source]:
    """The sources of a text in the order in which they first speak, then who gave no answer."""
    kept: dict[tuple[str, str], dict[int, Span]] = {}
    for mention in (*_speaking(read, found), *_quoted(found)):
        key = _key(mention, known, blank, words)
        if key is not None:
            key = _meant(key, kept, words) or key
            kept.setdefault(key, {})[mention.span.start] = mention.span
    for span, name in _agencies(blank, read, words):
        kept.setdefault(("agency", name), {})[span.start] = span
    for (kind, name), spans in kept.items():
        if kind in ("person", "organisation"):
            spans |= {one.span.start: one.span for one in known.places if one.name == name}
    told = [_source(kind, name, spans) for (kind, name), spans in kept.items()]
    return [*told, *_replies(blank, read, known, words)]


def _source(kind: str, name: str, spans: dict[int, Span]) -> Source:
    return Source(
        kind=kind,
        name=None if kind == "role" else name,
        mentions=tuple(spans[at] for at in sorted(spans)),
    )


def _speaking(read: list[Read], found: list[Quote]) -> Iterator[Mention]:
    """Whoever says something, with words in quotation marks or without. In a transcript or a
    dialogue only those who take turns."""
    quoted = {one.cue_start for one in found}
    spoken = sorted(one.start for one in found if one.rule in _TURNS)
    for one in read:
        span = one.paragraph.span
        if bisect_left(spoken, span.start) < bisect_left(spoken, span.end):
            continue
        for told in one.told:
            for saying in told.sayings:
                is_heard = saying.kind != "call" or saying.cue.start in quoted
                if saying.speaker is not None and is_heard:
                    yield saying.speaker


def _quoted(found: list[Quote]) -> Iterator[Mention]:
    """Those whose words stand in quotation marks, behind a dash, or behind their label."""
    for one in found:
        start, end = one.speaker_start, one.speaker_end
        if start is not None and end is not None:
            span = Span(start=start, end=end)
            name = one.speaker_name
            yield Mention(span=span, kind=one.mention or "description", name=name)


def _key(mention: Mention, known: Names, blank: str, words: Lexicon) -> tuple[str, str] | None:
    name = known.full(mention)
    if name is not None:
        if name in words.agencies:
            return "agency", name
        return ("person" if known.is_person(name) else "organisation"), name
    if mention.kind == "pronoun":
        return None
    return "role", " ".join(blank[mention.span.start : mention.span.end].casefold().split())


def _meant(
    key: tuple[str, str], kept: dict[tuple[str, str], dict[int, Span]], words: Lexicon
) -> tuple[str, str] | None:
    """Whom "the source" or "the ministry" means: the one that was named so before."""
    kind, said = key
    first, _, rest = said.partition(" ")
    if kind != "role" or first != words.the or not rest:
        return None
    head = rest.rpartition(" ")[2]
    for before in reversed(kept):
        if before[0] in ("role", "organisation") and head in before[1].casefold().split():
            return before
    bodies = [before for before in kept if before[0] == "organisation"]
    return bodies[0] if head in words.bodies and len(bodies) == 1 else None


def _agencies(blank: str, read: list[Read], words: Lexicon) -> Iterator[tuple[Span, str]]:
    """``told Reuters``: another newsroom that heard it."""
    if words.hearer is None:
        return
    for one in read:
        for found in words.hearer.finditer(blank, one.paragraph.span.start, one.paragraph.span.end):
            name = found.lastgroup or ""
            yield Span(start=found.start(name), end=found.end(name)), found[name]


def _replies(blank: str, read: list[Read], known: Names, words: Lexicon) -> Iterator[Source]:
    if words.reply is None:
        return
    for one in read:
        span = one.paragraph.span
        for found in words.reply.finditer(blank, span.start, span.end):
            before = [
                place for place in known.places if span.start <= place.span.start < found.start()
            ]
            near = before[-1] if before and found.start() - before[-1].span.end < 12 else None
            yield Source(
                kind="reply",
                name=None if near is None else near.name,
                mentions=(Span(start=found.start(), end=found.end()),),
            )
