"""The lines of a pasted article page: what kind of line each one is, by its shape alone.

Grammars of the lines that such pages have around their text: dates with a label, bylines,
datelines, repeated headlines, teasers that were cut off, buttons and links, disclaimers. No
agency's name is known here. A line that fits no grammar is text.
"""

import re
from collections.abc import Iterator

import msgspec

from copytaster import almanac
from copytaster.agency import Profile
from copytaster.formats._moments import Moments
from copytaster.moment import Moment

LAYOUT = " \t\n\f\r"
_ENGLISH = almanac.calendar("en")
_MONTH = rf"(?:{'|'.join(_ENGLISH.month)})\.?"
DATED = almanac.dates("en")
_LABEL = re.compile(
    r"\b(?:(?P<first>first\s+published|published|posted|created|publish(?:ing)?\s+date)|"
    r"(?P<later>(?:last\s+)?(?:updated|modified|edited)))(?:\s+(?:on|at|"
    r"date))?\s{0,3}[:–-]?\s{0,3}",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_STAMP = 300
_LONGEST_REST = 40
"""Characters behind a date that stands alone: ``Updated 2 hours ago``."""

_BYLINE = re.compile(r"by\s+[^\W\d_].{0,100}\Z", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_a-z][^\d:()\[\]|]{1,60}?"
    r"(?:\s?(?:\[[^\W\d_][^\d\[\]()]{1,40}\]|\([^\W\d_][^\d\[\]()]{1,40}\)(?=,)))?)"
    rf"(?:,?\s{{1,2}}(?P<date>(?i:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})))?"
    r"\s?(?:(?P<agency>\([^()\d]{2,30}\))\s?(?::|--?|–|—)?|\s?(?::|--?|–|—))(?=\s|\Z)"
)
_CUT = re.compile(r"\s*(?:\.\.\.|…)\Z")
_ENDS_SENTENCE = re.compile(r"[.!?][\"'”’)\]]*\Z")
_SIGNED = re.compile(
    r"(?:\A|[\s.,\"”])(?:\([A-Z][A-Za-z]{1,12}(?:/[A-Za-z]{2,12}){0,3}\)|[–—-]{1,2}\s?[A-Z]{2,8})\Z"
)

_FURNITURE = re.compile(
    r"(?:open in (?:the )?app|read in (?:the )?app|(?:get|download) (?:the |"
    r"our )?.{0,30}app\b.{0,40}|"
    r"share(?: (?:this|via|on)\b.{0,40})?|follow (?:us|.{1,30} on)\b.{0,60}|"
    r"advertisement|sponsored|"
    r"listen to (?:this )?(?:article|story)|\d{1,3} min(?:ute)?s? read|"
    r"add (?:us )?as (?:a )?preferred source.{0,40}|join .{0,40}(?:channel|group).{0,40}|"
    r"subscribe\b.{0,80}|sign (?:in|up)\b.{0,60}|log ?in|read (?:more|less|"
    r"next|full story)\b.{0,120}|"
    r"(?:also|must) (?:read|watch|see)\b.{0,160}|next(?: story| article)?|prev(?:ious)?(?: story)?|"
    r"home|menu|search|facebook|twitter|whatsapp|telegram|linkedin|"
    r"pinterest|reddit|instagram|e-?mail|"
    r"copy link|print|(?:\d{1,4} )?comments?(?: \(\d{1,5}\))?|(?:post|write|"
    r"leave) (?:a |your )?comment|"
    r"google news|skip to (?:main )?content|home\s?[>/»|].{0,120}|view all|see more|show more|"
    r"click here\b.{0,80}|text size\b.{0,20}|read time:?.{0,12}|\d{1,3} mins?|font size|"
    r"a[+-]|top stories|e-?paper|live tv)\W{0,3}",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:(?:representat(?:ive|ional)|file|"
    r"representative use only)\s+(?:image|photo|picture)\b.{0,60}|"
    r"(?:image|photo|picture)(?:\s+(?:source|credit|courtesy))?\s?[:/].{0,80}|"
    r".{0,160}\((?:photo|image|file photo|pic(?:ture)?)\b[^()]{0,60}\))",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:related\b|more (?:from|on|stories)\b|trending\b|you may (?:also )?like|recommended\b|"
    r"latest (?:news|stories)|popular\b|most (?:read|viewed)|about the author|tags?\b|topics?\b|"
    r"copyright\b|©|\(c\)|all rights reserved).{0,200}",
    re.IGNORECASE,
)
_TAGS = re.compile(r"(?:tags?|topics?|keywords)\s?:?\s?(?P<words>.{1,300})", re.IGNORECASE)
_HASHTAGS = re.compile(r"(?:#\w{1,60}[\s,]{0,3}){1,50}")
_DISCLAIMER = re.compile(
    r"[\s(*\[\"]{0,4}(?:disclaimer\b|except for the headline\b|"
    r"with the exception of (?:the )?headline|"
    r"(?:this|the above) (?:story|report|article|post|copy|news|content|text)\b.{0,100}"
    r"\b(?:not (?:been )?(?:edited|reviewed|modified)|auto-?(?:matically )?(?:generated|published)|"
    r"syndicated|unedited|published (?:as is )?from|without (?:any )?(?:modification|edit)|"
    r"generated from|sourced from|(?:has|have) been (?:published|sourced|taken)))",
    re.IGNORECASE,
)


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """What a line with dates says."""

    published: tuple[Moment, ...] = ()
    updated: tuple[Moment, ...] = ()
    machine: tuple[Moment, ...] = ()
    """ISO stamps in the line, in their order"""
    before: str = ""
    """what stands in front of the first label or date: a byline, a place"""
    run_together: bool = False


class Dateline(msgspec.Struct, frozen=True, kw_only=True):
    """The dateline of a paragraph."""

    text: str
    place: str
    dated: bool
    agency: str | None


class _Dates(msgspec.Struct, frozen=True):
    """Where labels, dates and machines' dates stand in a line that is there to tell them."""

    labels: list[re.Match[str]]
    dates: list[re.Match[str]]
    isos: list[re.Match[str]]
    begins: int
    """where the first of them begins"""


def _dates(line: str) -> _Dates | None:
    if len(line) > _LONGEST_STAMP or not _YEAR.search(line):
        return None
    labels = list(_LABEL.finditer(line))
    dates = [found for found in DATED.finditer(line) if _told(line, found, labels)]
    isos = list(almanac.STAMP.finditer(line))
    if not dates and not (labels and isos):
        return None
    found = (*dates, *isos, *labels)
    first = min([one.start() for one in found])
    # An estimate first: what it finds too long is looked at exactly.
    rest = len(line) - first - sum([one.end() - one.start() for one in found])
    if rest > 80:
        rest = len(DATED.sub("", almanac.STAMP.sub("", _LABEL.sub("", line[first:]))))
    if rest > 80 or first > 120:
        return None  # a sentence with a date in it
    return _Dates(labels, dates, isos, first)


def is_stamp(line: str) -> bool:
    """Whether a line is there to tell dates, whatever they are."""
    return _dates(line) is not None


def stamp(line: str, profile: Profile, moments: Moments) -> Stamp | None:
    """The dates of a line that is there to tell them; None for any other line."""
    told = _dates(line)
    if told is None:
        return None
    labels, isos, first = told.labels, told.isos, told.begins
    published: list[Moment] = []
    updated: list[Moment] = []
    for found in told.dates:
        label = next((one for one in reversed(labels) if one.start() < found.start()), None)
        kind = published if label is not None and label["first"] else updated
        kind.append(almanac.moment(found, _ENGLISH, profile.zone_rules))
    return Stamp(
        published=tuple(published),
        updated=tuple(updated),
        machine=tuple(moments.ninjs(found.group()) for found in isos),
        before=line[:first].strip(" \t|·•–-/,"),
        run_together=any(line[iso.start() - 1 : iso.start()].strip(" |,") for iso in isos),
    )


def _told(line: str, found: re.Match[str], labels: list[re.Match[str]]) -> bool:
    """A date counts behind its label; with a clock also behind a byline or a bar, or when it
    is all but the whole line."""
    if any(0 <= found.start() - label.end() <= 3 for label in labels):
        return True
    before = line[: found.start()].strip()
    if found["clock"] is None:
        return False
    if not before:
        return len(line) - len(found.group()) <= _LONGEST_REST
    return before.endswith(("|", "·", "•")) or _BYLINE.match(before) is not None


# --- other lines ---------------------------------------------------------------------------------


def is_byline(line: str) -> bool:
    return len(line.split()) <= 12 and _BYLINE.match(line) is not None and not is_sentence(line)


def is_furniture(line: str) -> bool:
    """A button, a link, an invitation: something of the page and not of the story."""
    return _FURNITURE.fullmatch(line) is not None


def is_caption(line: str) -> bool:
    return _CAPTION.fullmatch(line) is not None


def is_tail(line: str) -> bool:
    """What begins the part of a page that comes below a story."""
    return _TAIL.fullmatch(line) is not None or _HASHTAGS.fullmatch(line) is not None


def is_disclaimer(line: str) -> bool:
    return _DISCLAIMER.match(line[:400]) is not None


def is_signed(line: str) -> bool:
    """A paragraph that ends in an agency's mark: ``(ABC)``, ``(ABC/DEF)``, ``--ABCD``."""
    return _SIGNED.search(line[-60:]) is not None


def is_sentence(line: str) -> bool:
    return _ENDS_SENTENCE.search(line[-10:]) is not None


def is_paragraph(line: str) -> bool:
    """Long enough to be of a story, whatever stands around it."""
    return len(line) >= 200 or (len(line) >= 80 and is_sentence(line))


def cut_stem(line: str) -> str | None:
    """The words of a teaser that was cut off, without its dots; None for any other line."""
    found = _CUT.search(line[-8:])
    stem = line[: len(line) - len(found.group())].rstrip() if found else ""
    return stem if len(stem) >= 20 else None


def repeats(line: str, headline: str) -> bool:
    """The headline again, by itself or several times with bars or dashes between."""
    if headline not in line:
        return False
    return not line.replace(headline, "").strip(" |·•–-/:")


def dateline(line: str) -> Dateline | None:
    """Place, date and agency in front of a paragraph. One of date and agency must be there."""
    found = _DATELINE.match(line[:160])
    if found is None or not (found["date"] or found["agency"]):
        return None
    if not found["date"] and found.group().endswith(")"):
        return None  # a person with something in brackets
    said = found.group().rstrip(" :-–—")
    place = found["place"].strip(" ,")
    agency = found["agency"]
    return Dateline(
        text=said,
        place=re.split(r"\s?[\[(]", place)[0].strip(" ,"),
        dated=found["date"] is not None,
        agency=agency.strip("()") if agency else None,
    )


def tags(line: str) -> Iterator[str]:
    """The words of a line of tags or hashtags."""
    if _HASHTAGS.fullmatch(line):
        yield from (word.strip("#, ") for word in line.split("#") if word.strip("#, "))
    elif (found := _TAGS.fullmatch(line)) is not None and len(line) <= 300:
        yield from (word for part in found["words"].split(",") if (word := part.strip("# \t")))
