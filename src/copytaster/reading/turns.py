"""Transcripts: questions and answers, each a paragraph behind its label."""

import re
from collections import Counter
from typing import Final

from msgspec import structs

from copytaster.reading.attributing import attributed
from copytaster.reading.mentions import Mention
from copytaster.reading.naming import Names
from copytaster.reading.notes import Quote
from copytaster.reading.notes import Span
from copytaster.reading.quotes import Read

RULE: Final = "turns/1"
_LEAST: Final = 4
"""paragraphs with labels; fewer are no transcript"""
_TWO: Final = 2
"""speakers, and turns of each"""
_NAME = re.compile(r"(?P<name>[^\W\d_][\w.'’-]{0,20}(?: [^\W\d_][\w.'’-]{0,20}){0,3}):\s+")
_LABEL = re.compile(
    r"(?P<ask>Q|QUESTION|Question|F|FRAGE|Frage|P|PREGUNTA|Pregunta|प्रश्न|सवाल|REPORTER|Reporter)\s?[:.]\s+"
    r"|(?P<answer>A|ANSWER|Answer|ANTWORT|Antwort|R|RÉPONSE|Réponse|RESPUESTA|Respuesta|उत्तर|जवाब)\s?[:.]\s+"
)


def turns(text: str, read: list[Read], known: Names) -> list[Quote]:
    """The turns of a transcript; none where the text is not one."""
    labelled = [(one, _LABEL.match(text, one.paragraph.span.start)) for one in read]
    found = [(one, label) for one, label in labelled if label is not None]
    kinds = {label.lastgroup for _, label in found}
    if len(found) < _LEAST or kinds != {"ask", "answer"}:
        return _by_names(text, read, known)
    speaker = _answering(found[0][0], known)
    return [
        _turn(one, label, speaker if label.lastgroup == "answer" else None, known)
        for one, label in found
    ]


def _by_names(text: str, read: list[Read], known: Names) -> list[Quote]:
    """The same where each turn begins with whoever speaks: ``PRYOR: Rude.``"""
    labelled = [(one, _NAME.match(text, one.paragraph.span.start)) for one in read]
    found = [(one, label) for one, label in labelled if label is not None]
    counted = Counter(label["name"] for _, label in found)
    if len(found) < _LEAST or len(counted) < _TWO or min(counted.values()) < _TWO:
        return []
    return [_turn(one, label, _called(label), known) for one, label in found]


def _called(label: re.Match[str]) -> Mention:
    name = label["name"]
    spoken = name.title() if name.isupper() else name
    span = Span(start=label.start("name"), end=label.end("name"))
    return Mention(span=span, kind="name", name=spoken)


def _turn(one: Read, label: re.Match[str], who: Mention | None, known: Names) -> Quote:
    span = Span(start=label.end(), end=one.paragraph.span.end)
    note = attributed(span, who, None, kind="turn", rule=RULE, group=0)
    return structs.replace(note, speaker_name=None if who is None else known.full(who))


def _answering(first: Read, known: Names) -> Mention | None:
    """Whoever was spoken of last before the first question, if that is one person alone."""
    before = [
        place
        for place in known.places
        if place.span.end <= first.paragraph.span.start and known.is_person(place.name)
    ]
    if len({place.name for place in before}) != 1:
        return None
    return Mention(span=before[-1].span, kind="name", name=before[-1].name)
