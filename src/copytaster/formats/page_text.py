"""The text of a published article page, as a person selects and copies it.

Everything on such a page that is not the story is left out *by name* and counted: the headline
(which stands in its own field) and its repetitions, the line of dates, teasers that were cut
off, captions, buttons, disclaimers, what hangs below. A line that fits no grammar is text. The
format is claimed only where the shape is unmistakable. What is read from where:
``docs/reference/formats-page-text.md``.
"""

import hashlib
import re

import msgspec

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _page_lines as lines
from copytaster.formats import _status
from copytaster.formats._hash import seal
from copytaster.formats._moments import Moments
from copytaster.formats._moments import undated
from copytaster.formats._page_lines import Stamp
from copytaster.formats._types import Context
from copytaster.formats._types import Format
from copytaster.formats._types import Octets
from copytaster.formats._types import OverLimit
from copytaster.formats._types import Parsed
from copytaster.formats._types import Sniff
from copytaster.formats._types import Unreadable
from copytaster.formats._words import Words
from copytaster.formats._words import settle
from copytaster.item import Block
from copytaster.item import BlockKind
from copytaster.item import Body
from copytaster.item import BodyKind
from copytaster.item import Copy
from copytaster.item import Description
from copytaster.item import FormatName
from copytaster.item import Headline
from copytaster.item import Item
from copytaster.item import Line
from copytaster.item import Piece
from copytaster.item import RawRef
from copytaster.item import Remark
from copytaster.item import Run
from copytaster.moment import Moment

_NAME = FormatName(name="page-text")
_LOOKED_AT = 24 * 1024
_HEAD_LINES = 60
"""Lines in which the line of dates stands, if it does."""
_MOST_LINES = 20_000
_MOST_STAMPS = 100
"""Lines of dates in front of a story."""
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20)])
_YEAR = re.compile(rb"(?:19|20)\d\d")
_LONG = 80
"""Bytes of a line that may be a paragraph."""
_FIELDS = re.compile(rb"\s*+(?:From \S[^\n]*+\n)?[!-9;-~]{2,40}:[^\n]*+\n(?:[ \t]|[!-9;-~]{2,40}:)")
"""A block of fields, as a mail begins with; pages begin with a line of words."""
_SHORTEST_HEADLINE = 4
"""Words; shorter lines above a story are menus."""


class _Shape(msgspec.Struct, frozen=True, kw_only=True):
    """Where the parts of the page are: indexes of lines."""

    headline: int
    stamp: int
    ends: int
    """the first line that is no longer of the story"""


def claims(sniff: Sniff) -> bool:
    """A headline, a line with a labelled date below it, and paragraphs below that."""
    if sniff.root is not None or sniff.keys:
        return False
    head = sniff.data[:_LOOKED_AT]
    if len(head.translate(None, _CONTROLS)) != len(head) or _FIELDS.match(head):
        return False
    ends = 0
    for year in _YEAR.finditer(head):
        if year.start() < ends:
            continue  # another in the same line
        begins = head.rfind(b"\n", 0, year.start()) + 1
        ends = head.find(b"\n", begins) % (len(head) + 1)
        above = head[:begins].split(b"\n")
        if len(above) - above.count(b"") > _HEAD_LINES:
            return False
        if lines.is_stamp(_shown(head[begins:ends])):
            below = (line for line in head[ends:].split(b"\n") if len(line) >= _LONG)
            has_text = next(below, None) is not None and next(below, None) is not None
            return has_text and any(_may_be_headline(_shown(line)) for line in above)
    return False


def _shown(line: bytes) -> str:
    """The line for a look at its shape; what it says is decoded strictly when it is read."""
    return line.decode("utf-8", "replace").strip(lines.LAYOUT)


def read(document: Octets, raw: RawRef, profile: Profile, context: Context) -> Parsed:
    """The one story on the page. Raises Unreadable when the text has not that shape."""
    try:
        decoded = text.decode_xml(document.data)
    except text.OverLimit as error:
        raise OverLimit(f"page text: {error}") from error
    except text.TextError as error:
        raise Unreadable(f"page text: {error}; save the page as UTF-8") from error
    whole = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    found = _lines(whole)
    if len(found) > _MOST_LINES:
        raise OverLimit(f"page text: {len(found)} lines, the limit is {_MOST_LINES}")
    shape = _shape(found)
    if shape is None:
        raise Unreadable(
            "page text: no headline with a line of dates and paragraphs below it; "
            "copy the page from its headline to the end of the story"
        )
    raw = msgspec.structs.replace(raw, used_charset=decoded.used)
    item = _Page(whole, found, shape, profile, decoded.repairs).item(raw, context)
    return Parsed(format=_NAME, items=(item,))


def _lines(whole: str) -> list[str]:
    return [line.strip(lines.LAYOUT) for line in whole.split("\n")]


# --- the shape -----------------------------------------------------------------------------------


def _shape(found: list[str]) -> _Shape | None:
    """The parts of the page; None when one is missing or in doubt."""
    seen = 0
    for at, line in enumerate(found):
        seen += bool(line)
        if seen > _HEAD_LINES:
            return None
        if line and lines.is_stamp(line):
            headline = _headline(found, at)
            ends = _end(found, at)
            below = [one for one in found[at + 1 : ends] if lines.is_paragraph(one)]
            if headline is not None and len(below) >= 2:
                return _Shape(headline=headline, stamp=at, ends=ends)
            return None
    return None


def _headline(found: list[str], stamp: int) -> int | None:
    """The line above the dates that is there again below them; else, of the lines of words
    nearest above the dates, the first that is no sentence."""
    above = [at for at in range(stamp) if _may_be_headline(found[at])]
    below = {line for line in found[stamp + 1 :] if line}
    again = [at for at in above if found[at] in below]
    if again:
        return again[-1]
    block: list[int] = []
    for at in reversed(range(stamp)):
        if at in above:
            block.insert(0, at)
        elif block and found[at]:
            break  # a menu, or whatever stands above the article
    titles = [at for at in block if not lines.is_sentence(found[at])]
    return next(iter(titles or block), None)


def _may_be_headline(line: str) -> bool:
    if len(line) > 300 or len(line.split()) < _SHORTEST_HEADLINE:
        return False
    return not (lines.is_furniture(line) or lines.is_byline(line) or lines.is_caption(line))


def _end(found: list[str], stamp: int) -> int:
    """Where the story is over: at a disclaimer; at an agency's mark with no paragraph right
    below it; else where nothing but furniture follows."""
    last, signed = stamp, False
    for at in range(stamp + 1, len(found)):
        line = found[at]
        if not line:
            continue
        if lines.is_disclaimer(line):
            return at
        if lines.is_paragraph(line):
            last = at
        elif signed:
            return at
        signed = lines.is_signed(line)
    for at in range(last + 1, len(found)):
        if lines.is_tail(found[at]) or lines.is_furniture(found[at]):
            return at
    return len(found)


# --- the page ------------------------------------------------------------------------------------


class _Page:
    """One page, read."""

    def __init__(
        self,
        whole: str,
        found: list[str],
        shape: _Shape,
        profile: Profile,
        repairs: tuple[str, ...],
    ) -> None:
        self.whole = whole
        self.lines = found
        self.shape = shape
        self.profile = profile
        self.repairs = repairs
        self.moments = Moments(profile)
        self.remarks: list[Remark] = []
        self.holds: list[str] = []
        self.stamps: list[Stamp] = []
        self.bylines: list[str] = []
        self.decks: list[str] = []
        self.keywords: list[str] = []
        self.headline = found[shape.headline]
        self._begun = False
        self._starts = self._starting_places()

    def item(self, raw: RawRef, context: Context) -> Item:
        named = [self._name(at, line) for at, line in enumerate(self.lines)]
        words = self._words(named) if context.words else Words()
        kept = "\n".join(line for line, name in zip(self.lines, named, strict=True) if not name)
        first, last = self._times()
        dateline = self._dateline(named)
        status = _status.missing_status(self.profile)
        self.remarks.append(Remark(code="guid-missing", detail="a pasted page names no id"))
        self._tell()
        holds = (*status.holds, *words.holds, "guid-missing", *self.holds, *undated(first, last))
        return seal(
            Item(
                provider=self.profile.id,
                guid=f"sha256:{hashlib.sha256(self.whole.encode()).hexdigest()}",
                version_created=last or first,
                first_created=first,
                content_hash="",
                pub_status=status.pub_status,
                hold_reason=tuple(dict.fromkeys(holds)),
                headlines=(Headline(value=self.headline),),
                keywords=tuple(dict.fromkeys(self.keywords)),
                by=next(iter(self.bylines), None),
                dateline=dateline.text if dateline else None,
                located=dateline.place if dateline else None,
                descriptions=tuple(Description(value=d, role="deck") for d in self.decks),
                bodies=(_body(kept),),
                body_kind=BodyKind.full,
                copy=words.copy,
                raw_ref=raw,
                format=_NAME,
                repairs=tuple(dict.fromkeys((*self.repairs, *self.moments.repairs))),
                warnings=(*words.remarks, *self.remarks),
            )
        )

    # --- lines to names --------------------------------------------------------------------------

    def _name(self, at: int, line: str) -> str | None:
        """The name under which a line is left out of the text; None for text."""
        if not line:
            return None
        if at == self.shape.headline:
            return "headline"
        if at >= self.shape.ends:
            return self._below(line)
        stamp = None if self._begun else lines.stamp(line, self.profile, self.moments)
        if stamp is not None:
            if len(self.stamps) == _MOST_STAMPS:
                raise OverLimit(f"page text: more than {_MOST_STAMPS} lines of dates")
            self.stamps.append(stamp)
            return "dates"
        if at < self.shape.stamp:
            return self._above(at, line)
        return self._between(at, line)

    def _above(self, at: int, line: str) -> str:
        if lines.is_byline(line) or line.casefold() == self.profile.name.casefold():
            self.bylines.append(line)
            return "byline"
        if at > self.shape.headline and len(line.split()) > _SHORTEST_HEADLINE:
            self.decks.append(line)
            return "deck"
        return "furniture"

    def _between(self, at: int, line: str) -> str | None:
        """In the story, and in what pages put between its dates and its first paragraph."""
        if lines.repeats(line, self.headline):
            return "headline-repeated"
        if lines.is_furniture(line) and not (self._begun and line.endswith(".")):
            return "furniture"  # in the story a sentence is a sentence: "Read more than ten."
        if self._begun:
            return None
        if lines.is_caption(line):
            return "caption"
        if lines.is_byline(line):
            self.bylines.append(line)
            return "byline"
        if self._is_teaser(at, line):
            return "teaser"
        self._begun = True
        return None

    def _is_teaser(self, at: int, line: str) -> bool:
        """The beginning of a later paragraph, cut off or whole, put in front of the story."""
        stem = lines.cut_stem(line) or line
        if len(stem) < 20:
            return False
        for start in self._starts.get(stem[:20], ()):
            if start > at and self.lines[start].startswith(stem):
                if stem != line:
                    self.remarks.append(Remark(code="teaser-cut", detail=line[-80:]))
                return True
        return False

    def _starting_places(self) -> dict[str, list[int]]:
        """Lines of the story by their first characters: a teaser is the beginning of one."""
        found: dict[str, list[int]] = {}
        for at in range(self.shape.stamp + 1, self.shape.ends):
            places = found.setdefault(self.lines[at][:20], [])
            if len(places) < 20:
                places.append(at)
        return found

    def _below(self, line: str) -> str:
        """Below the story. A paragraph there may be of the story after all: it is held."""
        self.keywords += lines.tags(line)
        if lines.is_disclaimer(line):
            return "disclaimer"
        if lines.repeats(line, self.headline):
            return "headline-repeated"
        if lines.is_paragraph(line) and "words-unaccounted" not in self.holds:
            self.holds.append("words-unaccounted")
            self.remarks.append(
                Remark(code="words-unaccounted", path="body", detail=f"below the end: {line[:120]}")
            )
        return "furniture"

    # --- words -----------------------------------------------------------------------------------

    def _words(self, named: list[str | None]) -> Words:
        return settle(lambda: self._copy(named), lambda: self.whole)

    def _copy(self, named: list[str | None]) -> Copy:
        text.from_plain(self.whole)  # refuses what no text may hold
        blocks: list[Block] = []
        pieces: list[Piece] = []
        open_lines: list[Line] = []

        def close() -> None:
            if open_lines:
                blocks.append(Block(kind=BlockKind.paragraph, lines=tuple(open_lines)))
                open_lines.clear()

        for line, name in zip(self.lines, named, strict=True):
            if not line or name is not None:
                close()
            else:
                open_lines.append(Line(cells=((Run(text=line),),)))
            if line:
                pieces.append(Piece(text=line, omitted=name))
        close()
        return Copy(blocks=tuple(blocks), pieces=tuple(pieces))

    # --- facts -----------------------------------------------------------------------------------

    def _times(self) -> tuple[Moment | None, Moment | None]:
        """First published, last updated. A machine's stamps are finer than the words for people;
        of two the earlier is the first, and no instant is taken from a stamp that is not read."""
        machine = [moment for stamp in self.stamps for moment in stamp.machine]
        published = [moment for stamp in self.stamps for moment in stamp.published]
        updated = [moment for stamp in self.stamps for moment in stamp.updated]
        ranked = sorted(machine, key=lambda m: m.instant.timestamp() if m.instant else 0)
        if any(moment.instant is None for moment in machine):
            ranked = machine
        if len(ranked) > 1:
            published, updated = [ranked[0], *published], [ranked[-1], *updated]
        elif ranked and updated:
            updated = [ranked[0], *updated]
        elif ranked:
            published = [ranked[0], *published]
        self._compare(machine, published + updated)
        return _best(published), _best(updated)

    def _compare(self, machine: list[Moment], told: list[Moment]) -> None:
        """What people read must be one of the instants that machines read."""
        instants = {m.instant.replace(second=0, microsecond=0) for m in machine if m.instant}
        for moment in told:
            if moment.instant is None or not instants:
                continue
            if moment.instant.replace(second=0, microsecond=0) not in instants:
                self.remarks.append(Remark(code="dates-disagree", detail=moment.raw[:200]))

    def _dateline(self, named: list[str | None]) -> lines.Dateline | None:
        for line, name in zip(self.lines, named, strict=True):
            if line and name is None:
                found = lines.dateline(line)
                if found is not None and found.dated and found.agency is None:
                    # Agencies write their name there; a site took it out, or the agency did not.
                    remark = Remark(code="dateline-without-agency", detail=found.text[:200])
                    self.remarks.append(remark)
                return found
        return None

    def _tell(self) -> None:
        """The defects of the page that no omission names."""
        again = sum(line.count(self.headline) for line in self.lines)
        if again > 1:
            self.remarks.append(Remark(code="headline-repeated", detail=f"{again} times"))
        if any(stamp.run_together for stamp in self.stamps):
            detail = "dates with nothing between them"
            self.remarks.append(Remark(code="dates-run-together", detail=detail))
        for stamp in self.stamps:
            self.bylines += [by for by in [self._byline(stamp.before)] if by]

    def _byline(self, before: str) -> str | None:
        """Of the parts in front of the dates the one that says ``By``, is the agency's name, or
        is the only one."""
        parts = [part.strip() for part in re.split(r"[|·•]", before) if part.strip()]
        for part in parts:
            if lines.is_byline(part) or part.casefold() == self.profile.name.casefold():
                return part
        return parts[0] if len(parts) == 1 else None


def _best(found: list[Moment]) -> Moment | None:
    """The first that gives an instant, else the first."""
    whole = [moment for moment in found if moment.instant is not None]
    return next(iter(whole or found), None)


def _body(value: str) -> Body:
    return Body(
        value=value,
        content_type="text/plain",
        sha256=hashlib.sha256(value.encode()).hexdigest(),
    )


FORMAT = Format(name="page-text", claims=claims, read=read, document="octets")
