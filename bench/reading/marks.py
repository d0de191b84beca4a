"""A marked copy: a story's text with marks in braces where a person noted something.

``"{d1 We won}," {@a.1 she} {c1 said}.`` is the text ``"We won," she said.`` with three marks.
Nobody counts characters: without its marks the copy must be the story, and offsets follow from
it. The table of marks is in docs/reference/reading-gold.md.
"""

import re

import msgspec

QUOTES = {"d": "direct", "m": "mixed", "i": "indirect", "u": "turn", "x": "scare", "n": "title"}
"""letters of what may stand for words of somebody, and the kinds they mean"""

_TAG = re.compile(
    r"\{(?:(?P<quote>[dmiu])(?P<number>\d+)(?P<flags>[+!?]*)|(?P<plain>[xnt])"
    r"|c(?P<cued>\d+(?:\.\d+)*)|@(?P<source>[a-z]+)(?P<spoken>(?:\.\d+)*)|r(?:@(?P<asked>[a-z]+))?"
    r"|(?P<word>dateline|place|region|country|day|agency|byline|signoff|writer))"
    r"(?:=(?P<value>\S+))? "
)


class Malformed(Exception):
    """A marked copy that cannot be read; the message names the place and what to do."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """``what``: a letter of ``QUOTES``, ``cue``, ``source``, ``reply``, ``t``, or a word."""

    what: str
    start: int
    end: int
    numbers: tuple[int, ...] = ()
    """the quotes it is, or belongs to"""
    flags: str = ""
    key: str | None = None
    """of a source"""
    value: str | None = None


def read(marked: str) -> tuple[str, list[Mark]]:
    """The text without marks, and its marks in the order in which they end."""
    text: list[str] = []
    marks: list[Mark] = []
    opened: list[tuple[re.Match[str], int]] = []
    at = length = 0
    for found in re.finditer(r"[{}]", marked):
        if found.start() < at:
            continue
        text.append(marked[at : found.start()])
        length += found.start() - at
        at = found.end()
        if found[0] == "{":
            tag = _TAG.match(marked, found.start())
            if tag is None:
                near = _near(marked, found.start())
                raise Malformed(f"no such mark: {near}; the guide has the table")
            opened.append((tag, length))
            at = tag.end()
        elif opened:
            tag, start = opened.pop()
            marks.append(_mark(tag, start, length))
        else:
            raise Malformed(f"a brace closes nothing: {_near(marked, found.start() - 30)}")
    if opened:
        raise Malformed(f"a mark is not closed: {_near(marked, opened[-1][0].start())}")
    plain = "".join([*text, marked[at:]])
    for mark in marks:
        _sound(mark, plain)
    return plain, marks


def _mark(tag: re.Match[str], start: int, end: int) -> Mark:
    part = tag.groupdict()
    numbers: tuple[int, ...] = ()
    if part["quote"]:
        what, numbers = part["quote"], (int(part["number"]),)
    elif part["cued"]:
        what, numbers = "cue", tuple(map(int, part["cued"].split(".")))
    elif part["source"]:
        what, numbers = "source", tuple(map(int, part["spoken"].split(".")[1:]))
    else:
        what = part["plain"] or part["word"] or "reply"
    return Mark(
        what=what,
        start=start,
        end=end,
        numbers=numbers,
        flags=part["flags"] or "",
        key=part["source"] or part["asked"],
        value=None if part["value"] is None else part["value"].replace("_", " "),
    )


def _sound(mark: Mark, text: str) -> None:
    """A mark is around words of one paragraph, not around the space beside them."""
    words = text[mark.start : mark.end]
    if not words or words != words.strip() or "\n" in words:
        raise Malformed(
            f"a mark must be around words of one paragraph, without space at its ends: {words!r}"
        )


def _near(marked: str, at: int) -> str:
    return repr(marked[max(at, 0) : max(at, 0) + 60])
