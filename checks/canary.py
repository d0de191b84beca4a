"""The kill sweep: words that nobody else uses, looked for wherever they must not be any more."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from checks.finding import Finding
from checks.saved import Answer
from checks.saved import Site

STORY = "canary"
WORDS = (
    "Zephyrine",  # byline
    "Quillfeather",
    "Brabblewick",  # headline, text, place
    "ostrimuff",  # headline, teaser, text
    "snorblet",  # teaser
    "vellowsnatch",  # text
    "quibbledrome",  # topic
    "pimblewort",  # caption
    "Dravelle",  # the picture's credit
)
"""every word of canary.json that is of our own making"""
_TOOL = "kill-sweep"
_RECORD = ("desk", "secrets")
"""What the desk remembers and shows nobody: desk.sqlite holds what was received, as evidence."""


def sweep(site: Site) -> Iterator[Finding]:
    """Where a word of the killed canary is still to be found."""
    yield from _was_there(site)
    for answer in site.answers.values():
        for word in _said(answer.body, _asked(answer)):
            yield _found(answer.address, word)
        for name, value in answer.headers.items():
            for word in _said(value.encode(), ""):
                yield _found(f"{answer.address} ({name})", word)
    if site.data is not None:
        yield from _in_files(site.data)
    for word in _said(site.log.encode(), ""):
        yield _found("the desk's log", word)
    if site.data is not None and not site.withdrawn_clean:
        text = "the desk itself has not seen every public copy to be gone"
        yield Finding(tool=_TOOL, address=STORY, rule="not-proved", text=text)


def _asked(answer: Answer) -> str:
    """What a reader asked for (a search, a place's feed) may be shown to that reader again."""
    return unquote(answer.address).casefold()


def _said(body: bytes, asked: str) -> Iterator[str]:
    text = body.decode("utf-8", "replace").casefold()
    for word in WORDS:
        folded = word.casefold()
        if folded in text and folded not in asked:
            yield word


def _was_there(site: Site) -> Iterator[Finding]:
    """A sweep that never saw the words would find nothing afterwards either."""
    seen = b"\n".join(answer.body for answer in site.before.values())
    for word in ("Zephyrine", "Brabblewick", "ostrimuff", "vellowsnatch", "pimblewort"):
        if site.data is not None and word not in _said(seen, ""):
            text = f"{word} was nowhere while the story was live: the sweep proves nothing"
            yield Finding(tool=_TOOL, address=STORY, rule="never-seen", text=text)


def _in_files(data: Path) -> Iterator[Finding]:
    for file in sorted(data.rglob("*")):
        inside = file.relative_to(data)
        if file.is_file() and inside.parts[0].partition(".")[0] not in _RECORD:
            for word in _said(file.read_bytes(), ""):
                yield _found(str(inside), word)


def _found(where: str, word: str) -> Finding:
    text = f"{word} can still be read after the kill"
    return Finding(tool=_TOOL, address=where, rule="still-there", text=text)
