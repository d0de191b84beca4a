"""Quotes and whose they are: direct and mixed speech by rule (handbook: reading §1.3, §5).

A quote is given to whoever says it in its own sentence; one that stands alone goes on from the
sentence or the paragraph before. Quoted words that nobody says are left alone: they are titles,
nicknames, and words that the reporter holds at arm's length.
"""

import re
from typing import Final

import msgspec

from copytaster.reading.attributing import Saying
from copytaster.reading.attributing import attributed
from copytaster.reading.attributing import behind
from copytaster.reading.lexicon import Lexicon
from copytaster.reading.marks import Paragraph
from copytaster.reading.marks import Quoted
from copytaster.reading.mentions import Mention
from copytaster.reading.mentions import phrase
from copytaster.reading.notes import Quote
from copytaster.reading.notes import Span
from copytaster.reading.sentences import BLANK
from copytaster.reading.sentences import Sentence
from copytaster.reading.tokens import Ground

RULE: Final = "quotes/1"
_INVERTED = re.compile(r"-(il|elle|on|ils|elles)\b")
_OWNED = re.compile(r"['’]s\s$")
_TITLE: Final = 5
"""words of what somebody owns and which stands in marks"""
_LABEL: Final = 12
"""words in front of a colon that may say whose words follow"""
_FARTHEST: Final = 160
"""characters between a quote and the verb behind it"""
_INTRODUCING: Final = (":", ",")
_CLOSED: Final = " \N{NO-BREAK SPACE}'’”\""
_SAYING_ITSELF: Final = ".,!?…—–-।"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with what is said in it."""

    sentence: Sentence
    sayings: tuple[Saying, ...]


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph, sentence by sentence."""

    paragraph: Paragraph
    told: tuple[Told, ...]


class _Last(msgspec.Struct, frozen=True, kw_only=True):
    """Whose words go on, if any do."""

    speaker: Mention | None = None
    saying: Saying | None = None
    group: int = 0


def quotes(
    text: Ground, blank: Ground, read: list[Read], words: Lexicon
) -> tuple[list[Quote], dict[int, Mention]]:
    """The quotes of a text in their order, and the mentions of their speakers by where these
    begin; names are not resolved yet."""
    finding = _Finding(text, blank, words)
    for one in read:
        finding.paragraph(one)
    return finding.found, finding.mentions


class _Finding:
    """One pass over a text; lives inside :func:`quotes` only."""

    def __init__(self, text: Ground, blank: Ground, words: Lexicon) -> None:
        self._text = text
        self._blank = blank
        self._words = words
        self.found: list[Quote] = []
        self.mentions: dict[int, Mention] = {}
        self._group = 0
        self._last = _Last()
        self._carried = False

    def paragraph(self, read: Read) -> None:
        """The quotes of a paragraph."""
        is_continued, self._carried = self._carried, False
        before = self._last
        self._last = _Last()
        for told in read.told:
            for one in told.sentence.quotes:
                self._quote(one, told, read, before if is_continued else None, before)
            self._note_speaker(told)
        if read.paragraph.quotes and read.paragraph.quotes[-1].is_open:
            self._carried = True
        if self._last.speaker is None:
            self._last = before if not read.told else self._last

    def _note_speaker(self, told: Told) -> None:
        """Who says something in a sentence without a quote may go on in the next."""
        if told.sentence.quotes or not told.sayings:
            return
        saying = told.sayings[0]
        if saying.kind != "call" and saying.speaker is not None:
            self._last = _Last(speaker=saying.speaker, saying=None, group=0)

    def _quote(
        self, one: Quoted, told: Told, read: Read, carried: _Last | None, before: _Last
    ) -> None:
        if self._is_broken_inside(one):
            return
        saying = self._saying_of(one, told)
        is_first = not self._stands_before(one, told)
        if saying is not None:
            kind = self._kind(one, told, saying, is_first=is_first)
            if kind is not None:
                dropped = (self._last.speaker or before.speaker) if self._words.dropping else None
                speaker = saying.speaker or dropped
                self._add(one, kind, speaker, saying, self._group_of(one, saying))
            return
        label = None if self._is_title(one) else self._label(one, told)
        if label is not None:
            self._add(one, "direct", label, None, self._next())
            return
        if not is_first or not self._stands_alone(one, told):
            return
        if carried is not None and one is read.paragraph.quotes[0]:
            self._add(one, "direct", carried.speaker, carried.saying, carried.group)
        elif self._last.speaker is not None or self._last.group:
            same = self._last.group or self._next()
            self._add(one, "direct", self._last.speaker, self._last.saying, same)
        elif one is read.paragraph.quotes[0] and one is told.sentence.quotes[0]:
            self._add(one, "direct", before.speaker, None, self._next())

    def _label(self, one: Quoted, told: Told) -> Mention | None:
        """``Ground control: "Understood."``"""
        before = self._stands_before(one, told)
        if not before.endswith(":") or len(before.split()) > _LABEL:
            return None
        start = told.sentence.span.start
        colon = self._blank.rfind(":", start, one.outer.start)
        comma = self._blank.find(",", start, colon)
        return phrase(self._blank, start, colon if comma < 0 else comma, self._words)

    def _is_broken_inside(self, one: Quoted) -> bool:
        """French and Spanish set the cue within the marks: the words on both sides of it are one
        utterance."""
        if self._words.inside is None:
            return False
        found = self._words.inside.search(self._text, one.inner.start, one.inner.end)
        if found is None:
            return False
        cue = Span(start=found.start("cue"), end=found.end("cue"))
        speaker = self._inside(found)
        saying = Saying(cue=cue, kind="verb", speaker=speaker, is_inverted=True)
        group = self._next()
        for start, end in ((one.inner.start, found.start()), (found.end(), one.inner.end)):
            part = msgspec.structs.replace(one, inner=Span(start=start, end=end))
            self._add(part, "direct", speaker, saying, group)
        return True

    def _inside(self, found: re.Match[str]) -> Mention | None:
        pronoun = _INVERTED.search(found["cue"])
        if pronoun is not None:
            at = found.start("cue") + pronoun.start(1)
            return Mention(span=Span(start=at, end=at + len(pronoun[1])), kind="pronoun")
        return behind(self._text, found.start("who"), found.end("who"), self._words)

    def _next(self) -> int:
        self._group += 1
        return self._group

    def _group_of(self, one: Quoted, saying: Saying) -> int:
        """Two quotes of one verb are one utterance, broken by it."""
        last = self._last
        if last.saying is not None and last.saying.cue == saying.cue:
            return last.group
        return self._next()

    def _add(
        self, one: Quoted, kind: str, speaker: Mention | None, saying: Saying | None, group: int
    ) -> None:
        self._last = _Last(speaker=speaker, saying=saying, group=group)
        if speaker is not None:
            self.mentions[speaker.span.start] = speaker
        cue = None if saying is None else saying.cue
        self.found.append(attributed(one.inner, speaker, cue, kind=kind, rule=RULE, group=group))

    # --- which verb ------------------------------------------------------------------------

    def _saying_of(self, one: Quoted, told: Told) -> Saying | None:
        behind = next((s for s in told.sayings if s.cue.start >= one.outer.end), None)
        if behind is not None and self._follows(one, behind):
            return behind
        front = [s for s in told.sayings if s.cue.end <= one.outer.start]
        if front:
            return front[-1]
        return None

    def _follows(self, one: Quoted, saying: Saying) -> bool:
        """Whether a verb behind a quote is the one that it depends on."""
        if saying.kind == "call" and not self._words.before:
            return False
        between = self._blank[one.outer.end : saying.cue.start]
        if len(between) > _FARTHEST or BLANK in between:
            return False
        words = self._blank.words(one.outer.end, saying.cue.start)
        if words and words[-1].lower in self._words.who:
            return False  # it is of whoever is told of behind the quote
        if saying.is_inverted or self._words.before:
            return True
        inner = self._text[one.inner.start : one.inner.end].rstrip(_CLOSED)
        ends = inner[-1:] in _SAYING_ITSELF or between.lstrip()[:1] in (",", "-", "—", "–")
        if saying.speaker is None:
            return ends and self._words.dropping
        return ends and saying.speaker.span.start >= one.outer.end

    # --- what kind -------------------------------------------------------------------------

    def _stands_before(self, one: Quoted, told: Told) -> str:
        """What the reporter says in the sentence in front of the quote."""
        start = told.sentence.span.start
        return self._blank[start : one.outer.start].strip(f" \N{NO-BREAK SPACE}{BLANK}-–—")

    def _stands_alone(self, one: Quoted, told: Told) -> bool:
        """Nothing of the reporter's behind it in the sentence, and it ends like one."""
        rest = self._blank[one.outer.end : told.sentence.span.end].strip(" .,;")
        inner = self._text[one.inner.start : one.inner.end].rstrip(_CLOSED)
        return not rest and (inner[-1:] in ".!?…—।" or one.is_open or len(inner.split()) > 3)

    def _kind(self, one: Quoted, told: Told, saying: Saying, *, is_first: bool) -> str | None:
        before = self._stands_before(one, told)
        if self._is_title(one):
            return None
        if is_first:
            return "direct" if saying.kind != "call" else None
        inner = self._text[one.inner.start : one.inner.end]
        introduced = before.endswith(":") or (
            before.endswith(",") and _begins_like_a_sentence(inner)
        )
        if saying.kind == "verb" and saying.cue.end <= one.outer.start and introduced:
            return "direct"
        if saying.kind == "verb" and saying.cue.end <= one.outer.start:
            between = self._blank[saying.cue.end : one.outer.start].strip()
            if not between and _begins_like_a_sentence(inner) and _ends_like_one(inner):
                return "direct"
        return "mixed"

    def _is_title(self, one: Quoted) -> bool:
        if self._words.scare is None:
            return False
        if _OWNED.search(self._blank, max(0, one.outer.start - 4), one.outer.start):
            named = self._text.words(one.inner.start, one.inner.end)
            if 0 < len(named) <= _TITLE and all(word.is_capital for word in named):
                return True  # told ABC's "This Week"
        start = max(0, one.outer.start - 40)
        return bool(self._words.scare.search(self._blank, start, one.outer.start))


def _begins_like_a_sentence(inner: str) -> bool:
    first = inner.lstrip("'‘“\"«¿¡ ")[:1]
    return first.isupper() or not (first.islower() or first.isdigit()) or first.isdigit()


def _ends_like_one(inner: str) -> bool:
    return inner.rstrip()[-1:] in ".!?…।"
