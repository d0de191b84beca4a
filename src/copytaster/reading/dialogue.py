"""Speech behind a dash, as French and Spanish set dialogue: ``—No —contestó Terreros—. Todas.``"""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import structs

from copytaster.reading.attributing import Saying
from copytaster.reading.attributing import attributed
from copytaster.reading.attributing import sayings
from copytaster.reading.lexicon import Lexicon
from copytaster.reading.marks import Paragraph
from copytaster.reading.mentions import Mention
from copytaster.reading.notes import Quote
from copytaster.reading.notes import Span
from copytaster.reading.sentences import BLANK
from copytaster.reading.sentences import Sentence
from copytaster.reading.tokens import Ground

RULE: Final = "dialogue/1"
_SPOKEN = re.compile(
    r"[—–]\s?(?P<first>[^—–]{1,600}?)"
    r"(?:\s?[—–](?P<told>[^—–]{3,200}?)(?:[—–][.,;:]?\s?(?P<rest>[^—–]{1,600}))?)?"
)


def dialogue(
    text: str, paragraphs: list[Paragraph], words: Lexicon
) -> Iterator[tuple[Quote, Mention | None]]:
    """What stands behind dashes, where a language does so, and who says it."""
    if not words.dashes:
        return
    for group, one in enumerate(paragraphs):
        found = _SPOKEN.fullmatch(text, one.span.start, one.span.end)
        if found is not None and not one.quotes:
            saying = _saying(text, found, words)
            if saying is not None or found["told"] is None:
                yield from _spoken(found, saying, -1 - group)


def _saying(text: str, found: re.Match[str], words: Lexicon) -> Saying | None:
    """Who says it, told between the dashes; what is spoken is blanked out."""
    if found["told"] is None:
        return None
    start, end = found.span("told")
    blank = Ground(BLANK + text[start:end])
    sentence = Sentence(span=Span(start=0, end=len(blank)), quotes=())
    verbs = sayings(blank, sentence, words)
    return _moved(verbs[0], start - 1) if verbs else None


def _moved(saying: Saying, by: int) -> Saying:
    speaker = saying.speaker
    if speaker is not None:
        speaker = structs.replace(speaker, span=_shifted(speaker.span, by))
    return structs.replace(saying, cue=_shifted(saying.cue, by), speaker=speaker)


def _shifted(span: Span, by: int) -> Span:
    return Span(start=span.start + by, end=span.end + by)


def _spoken(
    found: re.Match[str], saying: Saying | None, group: int
) -> Iterator[tuple[Quote, Mention | None]]:
    speaker = None if saying is None else saying.speaker
    for part in ("first", "rest"):
        if found[part] is not None:
            span = Span(start=found.start(part), end=found.end(part))
            cue = None if saying is None else saying.cue
            quote = attributed(span, speaker, cue, kind="direct", rule=RULE, group=group)
            yield quote, speaker
