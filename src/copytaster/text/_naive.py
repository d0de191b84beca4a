"""The naive walk of law 1: all characters of a body's source, without lexbor or lxml.

A scan that knows only where tags begin and end. It is kept apart from the parsers on
purpose: text they lose or move is still here, and the account does not add up.
Anything that never ends (a tag, a comment) counts as characters, so a body that was cut
off in the middle of one does not pass for whole.
"""

import re
from collections.abc import Callable
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
    | <!--(?:-?>|.*?(?:--!?>|(?P<cut6>\Z)))
    | <!\[CDATA\[(?P<cdata>[^\]]*+.*?)(?:\]\]>|\Z)
    | <[!?][^>]*+(?:>|(?P<cut7>\Z))
    | </>
    | </[^a-zA-Z>][^>]*+(?:>|(?P<cut8>\Z))
    """,
    re.VERBOSE | re.DOTALL,
)

# Of a tag of very many attributes only the first: a repeated group costs memory each time.
_TAG = re.compile(rf"<[a-zA-Z]{_ATTRIBUTES[:-1]}{{0,3000}}")

# Tags that hold no ">" and no odd quote: names, and attributes in double quotes. Of HTML not
# those whose content is raw text.
_PAIRS = r"""(?:[ \t\n\r]++[a-zA-Z_:][a-zA-Z0-9_:.-]*+="[^"]*+")*[ \t\n\r]*+"""
_RAW = "script|style|xmp|iframe|noembed|noframes|textarea|title|plaintext"
_HARMLESS_HTML = re.compile(
    rf"(?!(?:{_RAW})\b)[a-z][a-z0-9]*{_PAIRS}/?|/[a-z][a-z0-9]*", re.IGNORECASE | re.ASCII
)
_HARMLESS_XML = re.compile(rf"[a-zA-Z_][\w:.-]*{_PAIRS}/?|/[a-zA-Z_][\w:.-]*[ \t\n\r]*", re.ASCII)
# A reference without its end in front of a tag: taken out, the two texts could make one.
_CUT = re.compile(r"&[^&;<>\s]*+<")
_COMMON = frozenset(
    f"{slash}{name}"
    for slash in ("", "/")
    for name in ("p", "b", "i", "a", "em", "strong", "li", "ul", "ol", "h2", "h3", "div", "span")
) | {"br", "br/", "br /"}

_CDATA = "<![CDATA["
_XML_TOKEN = re.compile(
    r"""
      <!\[CDATA\[(?P<cdata>[^\]]*+.*?)(?:\]\]>|\Z)
    | <!--[^-]*+.*?(?:-->|\Z)
    | <\?.*?(?:\?>|\Z)
    | </?[^\s<>/!?](?:[^>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*(?:>|\Z)
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
    characters = _between_tags(markup, _HARMLESS_HTML, unescape_html)
    return every_html_token(markup) if characters is None else characters


def _between_tags(
    markup: str, harmless: re.Pattern[str], unescape: Callable[[str], str]
) -> str | None:
    """The characters, where every ``<`` begins a plain tag; None where one may not.

    Such a tag ends at the next ``>`` by either standard, so nothing more need be known.
    """
    if "&" in markup and "<" in markup and _CUT.search(markup):
        return None
    first, *rest = _one_line_end(markup).split("<")
    texts = [first]
    for part in rest:
        tag, closed, text = part.partition(">")
        if not closed or (tag not in _COMMON and not harmless.fullmatch(tag)):
            return None
        texts.append(text)
    characters = unescape("".join(texts))
    # A CR that a reference means: whether a LF follows it depends on where the texts part.
    return None if "\r" in characters else characters


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def every_html_token(markup: str) -> str:
    """The characters, whatever the markup: each token of it is told apart."""
    markup = _one_line_end(markup)
    parts: list[str] = []
    at = 0
    for token in _HTML_TOKEN.finditer(markup):
        if token.start() > at:
            parts.append(_one_line_end(unescape_html(markup[at : token.start()])))
        if token.lastgroup is not None:
            parts.append(_one_line_end(_characters(token)))
        at = token.end()
    parts.append(_one_line_end(unescape_html(markup[at:])))
    return "".join(parts)


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
    whole = source.startswith(_CDATA) and source.endswith("]]>")
    if whole and source.find("]", len(_CDATA)) == len(source) - 3:
        return _one_line_end(source[len(_CDATA) : -3])  # the commonest body of a feed
    characters = _between_tags(source, _HARMLESS_XML, unescape_xml)
    return every_xml_token(source) if characters is None else characters


def every_xml_token(source: str) -> str:
    """The characters, whatever the source: each token of it is told apart."""
    source = _one_line_end(source)
    parts: list[str] = []
    at = 0
    for token in _XML_TOKEN.finditer(source):
        if token.start() > at:
            parts.append(_one_line_end(unescape_xml(source[at : token.start()])))
        if token["cdata"]:
            parts.append(token["cdata"])
        at = token.end()
    parts.append(_one_line_end(unescape_xml(source[at:])))
    return "".join(parts)
