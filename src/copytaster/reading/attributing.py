"""Who says something in a sentence: each verb of saying, and whoever it belongs to."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import structs

from copytaster.reading.lexicon import Lexicon
from copytaster.reading.mentions import Mention
from copytaster.reading.mentions import marked
from copytaster.reading.mentions import phrase
from copytaster.reading.notes import Quote
from copytaster.reading.notes import Span
from copytaster.reading.sentences import BLANK
from copytaster.reading.sentences import Sentence
from copytaster.reading.tokens import Ground
from copytaster.reading.tokens import Token

_ING: Final = "ing"
_COMMA = re.compile(r",(?!\d)|[;:()]|\s[–—-]\s")
_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|be|is|are|get|got)\s+(?:\w+ly\s+)?$", re.IGNORECASE
)
_TURNED = re.compile(r"(.{3,}?)(?:-t)?-(il|elle|on|ils|elles)")
"""``assure-t-elle``"""
_NUMBER = re.compile(r"\s*\d{1,3}\s*")
_QUOTED_AS = re.compile(r"\bquot(?:ed|es|ing)\s+(.{3,80}?)\s+as\s+$")
_STOPS = re.compile(rf"[,;:!?()।{BLANK}]|\.(?=[\s”\"»’)]*\Z)|\s[–—-]\s")
"""a full stop inside a sentence is of something cut short: ``a dit M. Sow``"""


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """A word of saying and whose it is."""

    cue: Span
    kind: str
    """verb, call or according"""
    speaker: Mention | None
    is_inverted: bool = False
    """the speaker stands behind it"""


def attributed(
    span: Span, speaker: Mention | None, cue: Span | None, *, kind: str, rule: str, group: int
) -> Quote:
    """A note of these words and whose they are; its speaker's full name is looked up later."""
    return Quote(
        start=span.start,
        end=span.end,
        speaker_start=None if speaker is None else speaker.span.start,
        speaker_end=None if speaker is None else speaker.span.end,
        speaker_name=None if speaker is None else speaker.name,
        cue_start=None if cue is None else cue.start,
        cue_end=None if cue is None else cue.end,
        kind=kind,
        rule=rule,
        group=group,
        mention=None if speaker is None else speaker.kind,
    )


def sayings(blank: Ground, sentence: Sentence, words: Lexicon) -> list[Saying]:
    """The words of saying in a sentence, in their order."""
    found: list[Saying] = []
    for cue, kind in _cues(blank, sentence, words):
        one = _saying(blank, sentence, cue, kind, found, words)
        if not (found and _is_within(blank, found[-1], one, sentence, words)):
            found.append(one)
    return found


def _is_within(
    blank: Ground, outer: Saying, one: Saying, sentence: Sentence, words: Lexicon
) -> bool:
    """Whether a saying is part of what is said: ``The report said inspectors wrote`` …. Not
    where words in quotation marks follow a colon: those are of whoever is told of."""
    if words.before or outer.is_inverted or outer.kind == "call" or one.is_inverted:
        return False
    between = blank[outer.cue.end : one.cue.start]
    inner = blank.words(outer.cue.end, one.cue.start)
    if not inner or _STOPS.search(between) or inner[0].lower in words.pronouns:
        return False
    if any(token.lower in words.joining and token.lower != words.that for token in inner):
        return False
    return not blank[one.cue.end : sentence.span.end].lstrip(" ,").startswith((":", BLANK))


def _cues(blank: Ground, sentence: Sentence, words: Lexicon) -> Iterator[tuple[Span, str]]:
    """Words of saying, the longest of those that begin alike."""
    found = blank.words(sentence.span.start, sentence.span.end)
    taken = -1
    for at, token in enumerate(found):
        if at <= taken:
            continue
        if words.dashes and (turned := _TURNED.fullmatch(token.lower)) and turned[1] in words.cues:
            yield Span(start=token.start, end=token.start + len(turned[1])), "verb"
            continue
        for parts, kind in words.cues.get(token.lower, ()):
            here = found[at : at + len(parts)]
            if tuple(one.lower for one in here) != parts:
                continue
            cue = Span(start=token.start, end=here[-1].start + len(parts[-1]))
            if token.lower in words.opening and not token.is_capital:
                continue
            if kind == "according" or not _is_nothing_said(blank, found, at, cue, sentence, words):
                taken = at + len(parts) - 1
                yield cue, kind
            break


def _is_nothing_said(
    blank: Ground, found: list[Token], at: int, cue: Span, sentence: Sentence, words: Lexicon
) -> bool:
    """``was told``, ``did not say``, ``asked to describe``: whoever stands before it says
    nothing."""
    if found[0].lower in words.nobody:
        return True
    before = found[at - 1] if at else None
    if before and not before.is_capital and before.lower in words.unsaid | words.determiners:
        return True
    if at and found[at - 1].lower.endswith(words.not_ends):
        return True
    return bool(_PASSIVE.search(blank, max(sentence.span.start, cue.start - 30), cue.start))


def _saying(
    blank: Ground, sentence: Sentence, cue: Span, kind: str, before: list[Saying], words: Lexicon
) -> Saying:
    if kind == "according" and blank[cue.start : cue.end].lower() in words.postposed:
        begin = list(_chunks(blank, _clause(blank, sentence, cue), cue.start))[-1][0]
        return Saying(cue=cue, kind=kind, speaker=_before(blank, begin, cue.start, words))
    if kind == "according":
        speaker = behind(blank, cue.end, sentence.span.end, words)
        return Saying(cue=cue, kind=kind, speaker=speaker, is_inverted=True)
    if blank[cue.start : cue.end].lower() in words.impersonal:
        return Saying(cue=cue, kind=kind, speaker=_origin(blank, sentence, cue, words))
    if words.before:
        return Saying(cue=cue, kind=kind, speaker=_postposed(blank, sentence, cue, words))
    whole = blank.words(cue.start, sentence.span.end)
    if words.dashes and whole and (turned := _TURNED.fullmatch(whole[0].lower)):
        at = whole[0].start + turned.start(2)
        who = Mention(span=Span(start=at, end=at + len(turned[2])), kind="pronoun")
        return Saying(cue=cue, kind=kind, speaker=who, is_inverted=True)
    begin = _clause(blank, sentence, cue)
    left = blank[begin : cue.start]
    is_participle = _is_participle(blank, cue)
    if kind == "verb" and not is_participle and _is_inverted(left, begin, blank, sentence, words):
        speaker = behind(blank, cue.end, sentence.span.end, words)
        if speaker is not None:
            return Saying(cue=cue, kind=kind, speaker=speaker, is_inverted=True)
    if words.dropping and left.rstrip().endswith(",") and blank.startswith(",", cue.end):
        shared = before[-1].speaker if before else None
        return Saying(cue=cue, kind=kind, speaker=shared)  # "un plan que, dijo, es bueno"
    speaker = _in_front(blank, begin, cue.start, words)
    if speaker is None and words.separable:
        speaker = behind(blank, cue.end, sentence.span.end, words)
    if speaker is None or is_participle:
        shared = next((one.speaker for one in reversed(before) if one.speaker is not None), None)
        speaker = shared or _subject(blank, sentence.span.start, cue.start, words) or speaker
    return Saying(cue=cue, kind=kind, speaker=speaker)


def _before(blank: Ground, start: int, end: int, words: Lexicon) -> Mention | None:
    """``Dem Wetterdienst zufolge``, ``पुलिस के अनुसार``: all that stands in front."""
    if words.before:
        return marked(blank, blank.words(start, end), words)
    return phrase(blank, start, end, words)


def _origin(blank: Ground, sentence: Sentence, cue: Span, words: Lexicon) -> Mention | None:
    """Where words come from that nobody says: ``hieß es aus dem Ministerium``, ``Aus Kreisen der
    Belegschaft hieß es``."""
    around = ((cue.end, sentence.span.end), (_clause(blank, sentence, cue), cue.start))
    for start, end in around:
        stop = _STOPS.search(blank, start, end) if start == cue.end else None
        limit = end if stop is None else stop.start()
        for token in blank.words(start, limit):
            if token.lower in words.origins:
                return phrase(blank, token.end, limit, words)
    return None


def _postposed(blank: Ground, sentence: Sentence, cue: Span, words: Lexicon) -> Mention | None:
    """Whoever stands in front of the word that marks a subject: ``रमाकांत पाटीदार ने कहा``."""
    found = blank.words(sentence.span.start, cue.start)
    for at in range(len(found) - 1, -1, -1):
        if found[at].text in words.pronouns:
            return Mention(span=Span(start=found[at].start, end=found[at].end), kind="pronoun")
        if found[at].text in words.before:
            return marked(blank, found[:at], words)
        if blank[cue.start : cue.end] in words.owned and found[at].text in words.owning:
            return marked(blank, found[:at], words)
    return None


def _is_participle(blank: Ground, cue: Span) -> bool:
    return blank[cue.start : cue.end].endswith(_ING)


def _clause(blank: Ground, sentence: Sentence, cue: Span) -> int:
    """Where the clause of a verb begins: behind the last quote, or at the sentence's start."""
    last = blank.rfind(BLANK, sentence.span.start, cue.start)
    return sentence.span.start if last < 0 else last + 1


def _is_inverted(left: str, begin: int, blank: Ground, sentence: Sentence, words: Lexicon) -> bool:
    """``"…," said Kim``, and ``It was over, said Kim``."""
    bare = words.auxiliary.sub("", f" {left}")[1:].rstrip(" \N{NO-BREAK SPACE}")
    if not bare.strip(" \N{NO-BREAK SPACE},.–—-"):
        return begin > sentence.span.start
    if not bare.endswith(","):
        return False
    if words.separable:
        return True
    if begin > sentence.span.start:
        return False
    chunks = list(_chunks(blank, begin, begin + len(bare) - 1))
    last = blank.words(*chunks[-1])
    return len(chunks) == 1 or _joins(last, words)


def _joins(found: list[Token], words: Lexicon) -> bool:
    """Whether a clause of its own begins here: "and it was over", not "who leads the port"."""
    return bool(found) and found[0].lower in words.joining - words.relative


def behind(blank: Ground, start: int, end: int, words: Lexicon) -> Mention | None:
    """The noun phrase behind a verb: ``said chief financial officer Ilse Brandt on a call``."""
    stop = _STOPS.search(blank, start, end)
    limit = end if stop is None else stop.start()
    ahead = blank.words(start, limit)
    first = _begins_at(ahead, words)
    if first is None or ahead[first].lower in words.relative:
        return None
    start = ahead[first].start if first else start
    found = phrase(blank, start, limit, words)
    if found is None or (found.kind == "pronoun" and found.span.start - start > 2):
        return found
    if found.kind == "description" and stop is not None and stop.group() == ",":
        after = _STOPS.search(blank, stop.end(), end)
        inner = end if after is None else after.start()
        named = _apposed(blank, stop.end(), inner, words)
        if named is not None:
            return named
    return found


def _begins_at(ahead: list[Token], words: Lexicon) -> int | None:
    """Where the subject begins behind a verb: behind a day (``a dit mardi le ministre``), and
    behind whom it was said to, or where (``dijo a EFE la portavoz``)."""
    at = 0
    while at < len(ahead) and ahead[at].lower in words.times:
        at += 1
    if at == len(ahead):
        return None
    if ahead[at].lower not in words.cuts or ahead[at].lower in words.nobles:
        return at
    at += 1
    if at < len(ahead) and ahead[at].lower in words.articles:
        at += 1
    at += 1  # the noun
    while at < len(ahead):
        token = ahead[at]
        if token.lower in words.articles or (token.is_capital and not words.separable):
            return at
        at += 1
    return None


def _apposed(blank: Ground, start: int, end: int, words: Lexicon) -> Mention | None:
    """The name that is everything between two places, titles aside."""
    named = phrase(blank, start, end, words)
    if named is None or named.kind != "name":
        return None
    rest = blank.words(start, named.span.start) + blank.words(named.span.end, end)
    is_all = len(rest) <= 2 and all(
        one.is_capital or one.text.capitalize() in words.titles for one in rest
    )
    if not is_all and len(rest) <= 3:  # "el sirio Bashir Nasrallah"
        is_all = rest[0].lower in words.articles and rest[-1].end <= named.span.start
    return structs.replace(named, is_apposed=True) if is_all else None


def _in_front(blank: Ground, start: int, end: int, words: Lexicon) -> Mention | None:
    """The subject in front of a verb."""
    left = words.auxiliary.sub("", blank[start:end])
    pronoun = words.pronoun.search(left)
    if pronoun is not None:
        span = Span(start=start + pronoun.start(1), end=start + pronoun.end(1))
        return Mention(span=span, kind="pronoun")
    return _subject(blank, start, start + len(left), words)


def _subject(blank: Ground, start: int, end: int, words: Lexicon) -> Mention | None:
    """The subject of a verb that ends a stretch: the first thing in it, unless a clause of its
    own stands in between; behind "who" whoever stands before that."""
    quoted = _QUOTED_AS.search(blank, start, end)
    if quoted is not None:
        return phrase(blank, quoted.start(1), quoted.end(1), words)
    related = _related(blank, start, end, words)
    if related is not None:
        return related
    chunks = list(_chunks(blank, start, end))
    cut = _last_clause(blank, *chunks[-1], words)
    if cut != chunks[-1] and blank.words(*cut):
        return phrase(blank, *cut, words)
    useful = [chunk for chunk in chunks if _may_be_subject(blank, *chunk, words)]
    if not useful:
        return None
    if len(useful) > 1 and useful[-1] == chunks[-1]:
        useful = useful[-1:]
    first = phrase(blank, *_last_clause(blank, *useful[0], words), words)
    if first is not None and len(useful) > 1 and _is_role(blank, first, *useful[0], words):
        return _apposed(blank, *useful[1], words) or first
    return first


def _is_role(blank: Ground, first: Mention, start: int, end: int, words: Lexicon) -> bool:
    """Whether words may tell what somebody is whose name comes next."""
    return first.kind != "name" or blank.words(start, end)[0].lower in words.articles


def _related(blank: Ground, start: int, end: int, words: Lexicon) -> Mention | None:
    """``a reply from Isabelle Carnot, who`` accused …: the last person before "who"; where none
    is, whatever the phrase begins with (``an official in the port, who``)."""
    found = blank.words(start, end)
    if len(found) < 2 or found[-1].lower not in words.relative:
        return None
    before = found[-2].end
    chunk = list(_chunks(blank, start, before))[-1]
    inner = blank.words(chunk[0], before)
    for at in range(len(inner) - 1, -1, -1):
        is_owned = at > 1 and inner[at - 1].lower in words.of and inner[at - 2].is_capital
        if inner[at].lower in words.cuts or is_owned or (at and inner[at - 1].is_capital):
            continue
        named = phrase(blank, inner[at].start, before, words)
        if named is not None and named.kind == "name":
            return named
    cut = _last_clause(blank, chunk[0], before, words)
    return phrase(blank, *cut, words)


def _chunks(blank: Ground, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for found in _COMMA.finditer(blank, start, end):
        yield at, found.start()
        at = found.end()
    yield at, end


def _last_clause(blank: Ground, start: int, end: int, words: Lexicon) -> tuple[int, int]:
    """Behind the last word that joins clauses: ``the letter was old and its writer``; but in
    front of it where what it begins is told of somebody: ``a dentist who examined her``."""
    found = blank.words(start, end)
    for at in range(len(found) - 1, 0, -1):
        if found[at].lower not in words.joining - words.beside:
            continue
        if found[at].lower in words.relative and _is_told_of(found, at, words):
            return start, found[at].start
        return found[at].end, end
    return start, end


def _is_told_of(found: list[Token], at: int, words: Lexicon) -> bool:
    """Whether a verb stands behind "who" or "that", and no subject of its own."""
    behind = found[at + 1 :]
    if len(behind) < _VERB or found[at - 1].lower in words.cues:
        return False
    first = behind[0].lower
    if behind[0].is_capital or first in words.articles | words.pronouns:
        return False
    if found[at].lower in words.who and (not words.finite or first.endswith("s")):
        return True
    return first.endswith("ed") or first in words.finite | words.participles


_VERB = 2
"""words behind "who": a verb and what it is done to; one alone is a subject ("who police said")"""


_FEW = 2
"""words that are no subject where one of them is "se" or "sich" """


def _may_be_subject(blank: Ground, start: int, end: int, words: Lexicon) -> bool:
    found = blank.words(start, end)
    if not found or _NUMBER.fullmatch(blank, start, end):
        return False
    first = found[0].lower
    if first in words.opened and len(found) > 1 and not found[1].is_capital:
        return False
    if first in words.finite | words.participles and not found[0].is_capital:
        return False
    if first in words.relative or (first in words.cuts and not first.isdigit()):
        return False
    if len(found) == 1 and first in words.fronted:
        return False
    if found[-1].lower in words.reflexive and len(found) <= _FEW:
        return False
    return not (first.endswith(words.openings) and len(first) > 5)
