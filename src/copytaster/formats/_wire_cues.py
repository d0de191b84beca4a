"""What a wire says in words because it has no field for it: versions, kills, holds, embargoes.

IPTC 7901 and ANPA 1312 have no status. An agency writes ``1ST LEAD`` or ``KILL KILL KILL``, and
names the item it means by its service number (handbook: formats §1.2). Only lines for editors
are read here, and the opening of the text; "Police kill three" is no kill notice.
"""

import re

from copytaster.item import EditorialType
from copytaster.item import Embargo
from copytaster.item import EmbargoState
from copytaster.item import PubStatus
from copytaster.item import Target

OPENING = 800
"""Characters of text in which a word to editors is looked for."""

_LONGEST_NOTICE = 20_000
_MOST_TARGETS = 100

KINDS: dict[str, EditorialType | None] = {
    "lead": EditorialType.lead,
    "ld": EditorialType.lead,
    "writethru": EditorialType.writethru,
    "wthru": EditorialType.writethru,
    "net": EditorialType.update,
    "update": EditorialType.update,
    "updated": EditorialType.update,
    "updates": EditorialType.update,
    "extra": EditorialType.alert,
    "urgent": EditorialType.alert,
    "flash": EditorialType.alert,
    "bulletin": EditorialType.alert,
    "alert": EditorialType.alert,
    "newsalert": EditorialType.alert,
    "snap": EditorialType.alert,
    "eil": EditorialType.alert,
    "eilt": EditorialType.alert,
    "blitz": EditorialType.alert,
    "refile": EditorialType.refile,
    "repeat": EditorialType.repeat,
    "repeats": EditorialType.repeat,
    "repeating": EditorialType.repeat,
    "retransmission": EditorialType.repeat,
    "wiederholung": EditorialType.repeat,
    "correction": EditorialType.correction,
    "corrected": EditorialType.correction,
    "corrects": EditorialType.correction,
    "corrective": EditorialType.correction,
    "corr": EditorialType.correction,
    "berichtigung": EditorialType.correction,
    "korrektur": EditorialType.correction,
    "clarification": EditorialType.clarification,
    "clarifies": EditorialType.clarification,
    "add": EditorialType.add,
    "insert": EditorialType.insert,
    "ins": EditorialType.insert,
    "sub": EditorialType.sub,
    "subs": EditorialType.sub,
    "take": EditorialType.takes,
    "takes": EditorialType.takes,
    "advisory": EditorialType.advisory,
    "disregard": EditorialType.disregard,
    "test": EditorialType.test,
    "kill": EditorialType.kill,
    "withhold": EditorialType.withhold,
    "hold": EditorialType.withhold,
    "hfr": EditorialType.hold_for_release,
    "embargoed": EditorialType.hold_for_release,
    "embargo": EditorialType.hold_for_release,
    "adv": EditorialType.hold_for_release,
    "advance": EditorialType.hold_for_release,
    "sperrfrist": EditorialType.hold_for_release,
    # Known, and no kind of message.
    "wrap": None,
    "wrapup": None,
    "roundup": None,
    "summary": None,
    "zusammenfassung": None,
    "abridged": None,
    "optional": None,
}
"""Words of the version field of ANPA 1312 and of take keys in IPTC 7901."""

_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th|\.)?", re.IGNORECASE)
_TAKE_KEY = re.compile(r"\W*((?:\d{1,2}(?:ST|ND|RD|TH|\.)? )?[A-ZÄÖÜ]{2,16})(?: \d{1,2})?\W*")
_NO_QUOTE = r"[^\w\n\"“”„«»‘']*"
"""What may stand before a word to editors. A story quotes such words, a notice does not."""
_NOTICE = re.compile(
    rf"{_NO_QUOTE}(?:(?P<kill>KILL)(?:\W{{1,8}}KILL){{1,9}}"
    r"|(?:MANDATORY|BULLETIN|STORY|ADVISORY) (?:(?-i:KILL)\b|KILL(?=[^\w\n]*(?:\Z|[\n:(])))"
    r"|(?P<hold>HOLD|WITHHOLD)(?:\W{1,8}(?:HOLD|WITHHOLD)){1,9}"
    r"|(?:please|bitte) (?P<asked>kill|hold|withhold|withdraw)\b[^.\n]{0,20}"
    r"\b(?:item|story|stories|dispatch|meldung)"
    r"|(?:a|this) kill is mandatory)",
    re.IGNORECASE,
)
_SHOUTED = ("KILL", "HOLD", "WITHHOLD")
_VERB = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|hold|withh(?:old|eld)|withdraw(?:n|s|ing)?|disregard|not use|"
    r"not be used|nicht (?:zu )?verwenden|zurückgezogen|gestrichen|annul)",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\b(?:substitut|replac|correct(?:ed|ion)|new version|instead|follows?\b|ersatz|neufassung)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\b(?:items?|story|stories|dispatch(?:es)?|meldung(?:en)?)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;!?](?:\s|\Z)")

_TIME = (
    r"(?:\d|noon|midnight|today|tonight|tomorrow|delivery|publication|release|further notice"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:mon|diens|donners|frei|sams|sonn)tag\b"
    r"|mittwoch\b|heute|morgen\b|mitternacht|(?:rede)?beginn\b"
    r"|(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zä]*\b)"
)
_ENDS = r"(?:until|till?|to|for|at|on|from|bis|von|ab|um|zu[mr]?|ends|lifts|expires|endet)"
_SETS = (
    rf"(?=[^\w/]*\Z|\s*[:=]|\s+[–—-]|\W+(?:embargo|sperrfrist)"
    rf"|\s+(?:{_ENDS}\s+(?:(?:the|den|dem|der|zum)\s+)?){{0,2}}{_TIME}"
    r"|\s+(?:strict|not\b|applies|in force|beachten|copy|material|story|text))"
)
"""What follows the word where it sets an embargo. "Embargo on oil extended" is news."""
_EMBARGO_LINE = re.compile(
    rf"{_NO_QUOTE}(?:(?:embargo(?:ed)?|sperr(?:e?frist|vermerk))\b{_SETS}"
    r"|hold for release\b(?! of)|hfr\b"
    r"|not for (?:release|publication|use|broadcast)[a-z]* (?:before|until|till|prior)"
    rf"|for release (?:at|on|after|\d)|gesperrt bis\s+{_TIME})",
    re.IGNORECASE,
)
_EMBARGO_WORDS = re.compile(
    rf"\bEMBARGOED\b(?! (?:GOODS|OIL|ARMS|TANKER))|(?i:\bsperr(?:e?frist|vermerk)\b{_SETS}"
    r"|\bhold(?:en)? for release\b(?! of)"
    r"|\bnot (?:to be |for )(?:release|publication|publish|use|broadcast)[a-z]* (?:before|until))"
)
_NOTICE_WORDS = ("kill", "hold", "withdraw")
_EMBARGO_HINTS = ("embargo", "sperr", "for release", "hfr", "not for ", "not to be ")
_TEST_WORDS = ("ryryry", "quick brown fox")
_LINE_TEST = re.compile(r"(?:ry){6,}|the quick brown fox jumps", re.IGNORECASE)


def take_key(line: str) -> tuple[bool, EditorialType | None]:
    """Whether a line above the headline is a take key that is known here, and what it says."""
    found = _TAKE_KEY.fullmatch(line)
    if found is None:
        return False, None
    word = found.group(1).rsplit(" ", 1)[-1].lower()
    return word in KINDS, KINDS.get(word)


def is_shouted(line: str) -> bool:
    """Whether a line looks like a take key, known or not: few words, all in capitals."""
    return _TAKE_KEY.fullmatch(line) is not None


def ordinal(word: str) -> bool:
    """``1st``, ``2nd``, ``3``: the count in front of a version's word."""
    return _ORDINAL.fullmatch(word) is not None


def notice(lines: list[str]) -> EditorialType | None:
    """The kind of notice that opening lines make: a kill, a hold, or none.

    Shouted words must be in capitals as the agencies write them.
    """
    for line in lines:
        found = _NOTICE.match(line)
        if found is None:
            continue
        if (shouted := found.group("kill") or found.group("hold")) is not None:
            if shouted in _SHOUTED:
                return EditorialType.kill if found.group("kill") else EditorialType.withhold
            continue
        asked = (found.group("asked") or "kill").lower()
        return EditorialType.withhold if asked in ("hold", "withhold") else EditorialType.kill
    return None


def targets(text: str, number: re.Pattern[str], kind: EditorialType) -> tuple[Target, ...]:
    """What a notice points at: the service numbers in the sentences that ask for it.

    A number after "substitute", "replaces" and the like is that of another, good item.
    """
    status = PubStatus.canceled if kind is EditorialType.kill else PubStatus.withheld
    sentences = _SENTENCE.split(" ".join(text[:_LONGEST_NOTICE].split()))
    numbers = _named(sentences, _VERB, number) or _named(sentences, _ITEM, number)
    return tuple(Target(service_number=named, new_status=status) for named in numbers)


def _named(sentences: list[str], cue: re.Pattern[str], number: re.Pattern[str]) -> tuple[str, ...]:
    """The numbers in the sentences with a cue, up to the word that turns to another item."""
    named: dict[str, None] = {}
    for sentence in sentences:
        asked = cue.search(sentence)
        instead = _INSTEAD.search(sentence)
        if asked is None or (instead is not None and instead.start() < asked.start()):
            continue
        asking = sentence if instead is None else sentence[: instead.start()]
        for found in number.finditer(asking):
            named[service_number(*found.groups())] = None
    return tuple(named)[:_MOST_TARGETS]


def service_number(*parts: str) -> str:
    """A service number as it is compared: ``dpa 45`` for ``dpa 0045``, ``W2870`` as sent."""
    if len(parts) == 1:
        return parts[0]
    agency, number = parts
    return f"{agency.lower()} {int(number)}"


def embargo(lines: list[str]) -> Embargo | None:
    """An embargo that a line of its own sets. Its date is prose, and never trusted."""
    for line in lines:
        if _EMBARGO_LINE.match(line) is not None:
            return Embargo(state=EmbargoState.unparseable, raw=line.strip()[:200])
    return None


def speaks_of_embargo(opening: str) -> bool:
    """Whether the opening, its line ends as blanks, speaks to editors of an embargo."""
    return _EMBARGO_WORDS.search(opening) is not None


def is_line_test(opening: str) -> bool:
    """``RYRYRY…``: the line is being tested."""
    return _LINE_TEST.search(opening) is not None


def worth_looking(opening: str) -> tuple[bool, bool, bool]:
    """Whether a notice, an embargo, a line test can be there at all; most openings have none."""
    lower = opening.lower()
    return _has(lower, _NOTICE_WORDS), _has(lower, _EMBARGO_HINTS), _has(lower, _TEST_WORDS)


def _has(lower: str, hints: tuple[str, ...]) -> bool:
    for hint in hints:  # noqa: SIM110  a generator costs more than the search
        if hint in lower:
            return True
    return False
