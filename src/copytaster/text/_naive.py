"""The naive walk of law 1: all characters of a body's source, without lexbor or lxml.

A scan that knows only where tags begin and end. It is kept apart from the parsers on
purpose: text they lose or move is still here, and the account does not add up.
Anything that never ends (a tag, a comment) counts as characters, so a body that was cut
off in the middle of one does not pass for whole.
"""

import re
from collections.abc import Iterator

from copytaster.text._references import unescape_html
from copytaster.text._references import unescape_xml

# HTML standard §13.2.5. Possessive, and every alternative ends at the end of the text at
# the latest, so each character is looked at once.
_ATTRIBUTES = r"""(?:[^>=]++|=[ \t\n\f\r]*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|))*"""
_HTML_TOKEN = re.compile(
    rf"""
      </?[a-zA-Z](?<!<[sSxXiInNpPtT]){_ATTRIBUTES}(?:>|(?P<cut1>\Z))
    | <(?P<raw>(?i:script|style|xmp|iframe|noembed|noframes))(?=[ \t\n\f/>]){_ATTRIBUTES}
        (?:(?P<cut2>\Z)|>(?P<content>(?:[^<]++|(?!</(?i:(?P=raw))[ \t\n\f/>])<)*)(?P<never>\Z)?)
    | <(?P<rcdata>(?i:textarea|title))(?=[ \t\n\f/>]){_ATTRIBUTES}
        (?:(?P<cut3>\Z)|>(?P<words>(?:[^<]++|(?!</(?i:(?P=rcdata))[ \t\n\f/>])<)*)(?P<ever>\Z)?)
    | <(?i:plaintext)(?=[ \t\n\f/>]){_ATTRIBUTES}(?:(?P<cut4>\Z)|>(?P<rest>.*+))
    | <[a-zA-Z]{_ATTRIBUTES}(?:>|(?P<cut5>\Z))
    | <!--(?:-?>|(?:[^-]++|-(?!-!?>))*(?:--!?>|(?P<cut6>\Z)))
    | <!\[CDATA\[(?P<cdata>(?:[^\]]++|\](?!\]>))*)(?:\]\]>|\Z)
    | <[!?][^>]*+(?:>|(?P<cut7>\Z))
    | </>
    | </[^a-zA-Z>][^>]*+(?:>|(?P<cut8>\Z))
    """,
    re.VERBOSE | re.DOTALL,
)

_TAG = re.compile(rf"<[a-zA-Z]{_ATTRIBUTES}")

_XML_TOKEN = re.compile(
    r"""
      <!\[CDATA\[(?P<cdata>(?:[^\]]++|\](?!\]>))*)(?:\]\]>|\Z)
    | <!--(?:[^-]++|-(?!->))*(?:-->|\Z)
    | <\?(?:[^?]++|\?(?!>))*(?:\?>|\Z)
    | </?[^\s<>/!?](?:[^>"']|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*(?:>|\Z)
    """,
    re.VERBOSE | re.DOTALL,
)


def long_tags(markup: str, length: int) -> Iterator[str]:
    """Tags of more than ``length`` characters, their attributes included."""
    for token in _TAG.finditer(markup):
        if token.end() - token.start() > length:
            yield token.group()


def tokens(markup: str) -> Iterator[str]:
    """Tags, comments and elements of raw text, each whole: nothing inside one is a tag."""
    for token in _HTML_TOKEN.finditer(markup):
        yield token.group()


def naive_html(markup: str) -> str:
    """All characters of HTML source that are text, those of scripts and styles included."""
    markup = markup.replace("\r\n", "\n").replace("\r", "\n")
    parts: list[str] = []
    at = 0
    for token in _HTML_TOKEN.finditer(markup):
        if token.start() > at:
            parts.append(unescape_html(markup[at : token.start()]))
        if token.lastgroup is not None:
            parts.append(_characters(token))
        at = token.end()
    parts.append(unescape_html(markup[at:]))
    return "".join(parts).replace("\r\n", "\n").replace("\r", "\n")


def _characters(token: re.Match[str]) -> str:
    """What a token other than a whole tag or comment holds."""
    if token.lastgroup == "words":
        return unescape_html(token["words"])
    if token.lastgroup in ("content", "rest", "cdata"):
        return token[token.lastgroup]
    return token.group()  # cut off before its end


def naive_xml(source: str) -> str:
    """All characters of an XML fragment's source that are text, CDATA and references read.

    Line ends are LF, as in a copy, however they are written.
    """
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    parts: list[str] = []
    at = 0
    for token in _XML_TOKEN.finditer(source):
        if token.start() > at:
            parts.append(unescape_xml(source[at : token.start()]))
        if token["cdata"]:
            parts.append(token["cdata"])
        at = token.end()
    parts.append(unescape_xml(source[at:]))
    return "".join(parts).replace("\r\n", "\n").replace("\r", "\n")
