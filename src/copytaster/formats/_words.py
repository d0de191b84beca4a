"""From a chosen rendition to the words of an item, and the accounting of law 1.

Each function takes what the parser read and what the source says, and gives the copy with the
holds and remarks it earned. A body that cannot be read, or whose characters do not add up, is
held, never dropped: the item's status must still be heard.
"""

from collections.abc import Callable

import msgspec
from lxml import etree

from copytaster import text
from copytaster.agency import Profile
from copytaster.item import Copy
from copytaster.item import Remark

_LAYOUT = " \t\n\f"
# Handbook: formats §3.5. What was there cannot be told; it is published as it came.
_BROKEN = Remark(
    code="text-broken", path="body", detail="U+FFFD or C1 controls: an earlier hand lost letters"
)


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a body and what was noticed while reading them."""

    copy: Copy = Copy()
    holds: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    repairs: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    """where the body was found in the source, when the reader looked for it"""
    text: str | None = None
    """the copy's canonical text, where the account has walked it"""


def field(raw: str | None) -> str | None:
    """A one-line fact as sent: line ends as LF, layout white space at both ends trimmed.

    Nothing inside is touched. None when nothing is left.
    """
    if raw is None:
        return None
    return one_line_end(raw).strip(_LAYOUT) or None


def all_characters(element: etree._Element) -> str:
    """Every character of text below an element, in order."""
    return "".join(map(str, element.itertext()))


def one_line_end(raw: str) -> str:
    """CR and CRLF as LF, as XML and HTML parsers read them."""
    return raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw


def plain_words(value: str) -> Words:
    """Words of a plain-text body."""
    value = one_line_end(value)
    return settle(lambda: text.from_plain(value), lambda: value)


def html_words(value: str, profile: Profile) -> Words:
    """Words of a body sent as HTML or XHTML in a string."""
    return settle(
        lambda: text.from_html(value, selector=profile.body_selector, omit=profile.omit),
        lambda: text.naive_html(value),
    )


def one_line(read: Callable[[], Copy], naive: Callable[[], str], path: str) -> Words:
    """Words of a headline sent as markup. One that loses any is held: it may lose a "not"."""
    words = settle(read, naive)
    remarks = tuple(msgspec.structs.replace(remark, path=path) for remark in words.remarks)
    holds = words.holds
    if omissions := words.copy.omissions:
        left_out = ", ".join(f"{name}: {count}" for name, count in omissions.items())
        detail = f"characters left out of one line: {left_out}"[:200]
        remarks += (Remark(code="words-unaccounted", path=path, detail=detail),)
        holds += ("words-unaccounted",)
    return msgspec.structs.replace(words, holds=tuple(dict.fromkeys(holds)), remarks=remarks)


def settle(read: Callable[[], Copy], naive: Callable[[], str]) -> Words:
    """The copy, once its pieces add up to every character that the naive walk found."""
    try:
        copy = read()
        characters = naive()
        account = text.account(characters, copy)
    except text.TextError as error:
        remark = Remark(code="body-unreadable", path="body", detail=str(error))
        return Words(holds=("body-unreadable",), remarks=(remark,))
    remarks: tuple[Remark, ...] = (_BROKEN,) if text.broken(characters) else ()
    if account.ok:
        return Words(copy=copy, remarks=remarks, text=account.text)
    remarks += (Remark(code="words-unaccounted", path="body", detail=account.at),)
    return Words(copy=copy, holds=("words-unaccounted",), remarks=remarks)
