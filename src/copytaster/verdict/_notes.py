"""Notes to editors that restrict: what an agency says in words where no field says it.

In: one item. Out: the codes of what its ``ed_note`` and ``advisory_line`` restrict. Never read:
the body, and the headline but for the few openings that only a notice has. A phrase is never
the only protection (handbook: formats §2.2): what no phrase here knows is not held, what one
knows wrongly an editor releases. Each pattern repeats only a bounded number of words.
"""

import re

from copytaster.item import EditorialType
from copytaster.item import EmbargoState
from copytaster.item import Item
from copytaster.verdict import rights

_GAPS = re.compile(r"""[\s,"“”„«»()\[\]_*–—-]+""")
_SENTENCES = re.compile(r"[\n\r.!:;*]+| [–—-]+ ")

_TIME = (
    r"(?:\d|noon|midnight|today|tonight|tomorrow|publication|release|further|end of"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
_UNTIL = (
    r"(?:(?:until|till|til|before|prior to)(?! further notice)"
    r"|bis|jusqu|hasta|fino|até|tot|vor|avant|antes)"
)
_USE = (
    r"(?:use|used|publish|published|publication|release|released|broadcast|run|transmission"
    r"|distribute|distributed|distribution|print)"
)
_NOT_FOR = (
    rf"(?:not (?:to be |for )(?:public )?{_USE}|(?:do not|don't|must not be|may not be) {_USE})"
)
_STORY = (
    r"(?:stor(?:y|ies)|items?|articles?|cop(?:y|ies)|texts?|reports?|dispatch(?:es)?|versions?"
    r"|takes?|alerts?|paragraphs?|paras?|grafs?)"
)

_HARMLESS = re.compile(
    r"\bsin embargo\b"
    r"|\b(?:oil|arms|weapons?|trade|gas|fuel|grain|wheat|food|beef|energy|economic|export|import)"
    r" embargo(?:es)?\b"
    r"|\bembargoed (?:goods|oil|arms|weapons|countr\w+|products|grain|territor\w+)\b"
    r"|\b(?:no longer|not|never) (?:under )?(?:an )?embargo(?:ed)?\b"
    r"|\bno embargo\b"
    r"|\b(?:lifts|lifted|removes|removed) (?:the )?embargo\b"
    r"|\bembargo (?:(?:is|has|been|was|now) ){0,3}(?:lifted|over|expired|removed|ended)\b"
    rf"(?! (?:at|on|from|by|after|when|if|only|{_TIME}))"
    r"|\bplus sous embargo\b|\bsous embargo depuis\b"
    r"|\bembargo (?:est )?levé\b|\bembargo levantado\b"
    r"|\bkeine sperrfrist\b|\bsperrfrist (?:ist )?(?:aufgehoben|abgelaufen|beendet|entfällt)\b"
    r"|\b(?:do not|don't) use (?:the |any |this )?(?:archive |file )?"
    r"(?:photo|picture|image|video|graphic|clip)"
    r"|\b(?:contacts?|details|numbers?|information) (?:is |are )?not for publication\b"
)
"""What speaks of an embargo or of use without restricting this text. Spanish *sin embargo* is
"however"; contacts that are not for publication stand beside a text that is."""

_EMBARGO = re.compile(
    r"\bembargoed\b"
    rf"|\bembargo (?:{_TIME}|{_UNTIL}|(?:to|for|at|ends|lifts|expires) (?:at |on )?{_TIME}"
    r"|not\b|strict|applies|in force|will|(?:is |to be )?lifted)"
    r"|\b(?:under|strict|respect|observe|break|breaking|sous|bajo|sotto|sob|onder|unter|stritto)"
    r" (?:an |a |the |strict |strikten? )?embargo\b"
    r"|\bembargad[oa]s? (?:hasta|até)\b"
    r"|\bsperr(?:e?frist|vermerk)|\bgesperrt bis\b|\bklausuleret (?:til|indtil)\b"
    r"|\bnicht vor (?:[^ ]{1,40} ){1,8}(?:verwenden|veröffentlichen|verbreiten)\b"
    rf"|\b{_NOT_FOR}(?: [\w']{{1,30}}){{0,10}} {_UNTIL}\b"
    r"|\bfor (?:release|publication|use) (?:only )?"
    rf"(?:after|from|(?:(?:at|on) )?(?!today|release|publication){_TIME})"
    r"|\b(?:hold|held) (?:this |story )?(?:until|till)\b"
)
_KILL = re.compile(
    r"\bkill kill\b|\b(?:mandatory|bulletin|story|advisory) kill\b"
    r"|\bkill (?:notice|advisory)\b"
    rf"|\bkill (?:this|the|our|that|all|entire)(?: [\w']{{1,30}}){{0,3}} {_STORY}\b"
    rf"|\b{_STORY} (?:(?:is|was|has|have|been|now) ){{0,3}}(?:withdrawn|killed|retracted|spiked)\b"
    rf"|\b(?:withdraw|withhold|disregard|ignore|spike|hold) (?:this|the) {_STORY}\b"
    r"|\bhold for release\b|\bhold hold\b|\b(?:story|copy|item) on hold\b"
    rf"|\b{_NOT_FOR}(?! (?:[\w']{{1,30}} ){{0,10}}{_UNTIL})\b"
    r"|\beditors only\b|\binternal use only\b"
    r"|\b(?:bitte )?nicht (?:verwenden|verbreiten)\b|\bmeldung (?:wird |ist )?zurückgezogen\b"
    r"|\bne pas (?:utiliser|publier|diffuser)\b|\bdépêche annulée\b"
    r"|\bno (?:usar|publicar|utilizar|difundir)\b|\bnota anulada\b"
)
_ALONE_EMBARGO = frozenset({"embargo", "sperrfrist"})
_ALONE_KILL = frozenset({"kill", "killed", "hold", "withdrawn", "withheld", "spiked"})
"""Words that restrict when they are a whole sentence or line of a note"""

_OPENINGS = re.compile(
    r"\W*(?:KILL KILL KILL|HOLD HOLD HOLD|MANDATORY KILL|STORY WITHDRAWN|STORY KILL"
    r"|NEWS ADVISORY: STORY KILL|TEST TEST TEST)\b"
)


def restrictions(item: Item) -> tuple[str, ...]:
    """``embargo-note`` and ``kill-note``, each when a note to editors says so and no field does."""
    found = {code for note in (item.ed_note, item.advisory_line) if note for code in _told(note)}
    if item.embargo.state is not EmbargoState.none:
        found.discard("embargo-note")
    if EditorialType.hold_for_release in item.editorial_types:
        found.discard("kill-note")
    return tuple(sorted(found))


def _told(note: str) -> set[str]:
    note = rights.without_limits(note)  # "not for use in print" is no kill
    words = _HARMLESS.sub(" . ", _plain(note))
    alone = {_plain(sentence) for sentence in _SENTENCES.split(note)}
    codes = set()
    if _EMBARGO.search(words) or alone & _ALONE_EMBARGO:
        codes.add("embargo-note")
    if _KILL.search(words) or alone & _ALONE_KILL:
        codes.add("kill-note")
    return codes


def _plain(note: str) -> str:
    """In small letters, one space between words, without commas, brackets and quotes."""
    return _GAPS.sub(" ", note.casefold().replace("’", "'")).strip()


def reads_like_a_notice(headline: str) -> bool:
    """Whether a headline opens, in capitals, as only a notice to editors does."""
    return _OPENINGS.match(_GAPS.sub(" ", headline)) is not None
