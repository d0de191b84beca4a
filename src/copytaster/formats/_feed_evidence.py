"""Whether a feed writes a field without a type as HTML or as text.

RSS does not say. One title alone often cannot tell: ``How to use the <b> tag`` is text, and
``<b>Quay</b> opens`` is HTML. So the feed is asked as a whole (handbook: formats §3.5): where
its other items let characters stand bare that HTML would have escaped, it writes text.
"""

import re
from collections.abc import Callable
from collections.abc import Iterable
from html.entities import html5

from copytaster.formats._feed import Notes

_OBSOLETE = (  # and seldom seen
    "applet|area|base|basefont|bdi|bdo|bgsound|blink|canvas|col|colgroup|data|datalist|details|dfn|"
    "dialog|dir|fieldset|frame|frameset|hgroup|image|isindex|keygen|legend|listing|map|marquee|"
    "math|menu|meter|multicol|nobr|noembed|noframes|optgroup|option|output|plaintext|progress|rb|"
    "rp|rt|rtc|ruby|search|slot|spacer|summary|track|xmp|"
)
_ELEMENTS = _OBSOLETE + (
    "a|abbr|acronym|address|article|aside|b|big|blockquote|br|caption|center|cite|code|dd|del|div|"
    "dl|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|input|ins|"
    "kbd|li|link|main|mark|meta|nav|object|ol|p|param|picture|pre|q|s|samp|script|section|small|"
    "source|span|strike|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|var|"
    "video|audio|wbr|html|head|body|title|noscript|svg|template|textarea|button|select|label"
)
TAG = re.compile(rf"</?(?:{_ELEMENTS})(?=[\s/>])[^<>]*>|<!--", re.IGNORECASE)
"""a tag of HTML, or the beginning of a comment"""
_CLOSED = re.compile(rf"</(?:{_ELEMENTS})\s*>|<(?:br|hr|img|p)\b[^<>]*>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|([a-zA-Z][a-zA-Z0-9]{1,31}));")

Values = Callable[[str], Iterable[str]]
"""all values of one field in the feed"""


class Evidence:
    """What a feed's items show together; looked for only when one of them leaves a doubt."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._texts: dict[str, bool] = {}

    def is_html(self, path: str, value: str, notes: Notes | None) -> bool:
        """Whether a value without a type is read as HTML. ``notes`` are told when it is."""
        if not holds_markup(value):
            return False
        if _CLOSED.search(value) is None and self._is_text(path):
            if notes is not None:
                notes.remark("read-as-text", path, value)
            return False
        if notes is not None:
            notes.remark("read-as-html", path)
        return True

    def _is_text(self, path: str) -> bool:
        """No value has an element that is closed, and more have bare characters than markup."""
        if path not in self._texts:
            text = html = 0
            for value in self._values(path):
                if _CLOSED.search(value):
                    text, html = 0, 1
                    break
                marked = holds_markup(value)
                html += marked
                text += not marked and ("&" in value or "<" in value)
            self._texts[path] = text > html
        return self._texts[path]


def holds_markup(value: str) -> bool:
    """Whether characters hold a tag or a character reference of HTML."""
    if "<" in value and TAG.search(value):
        return True
    if "&" not in value:
        return False
    names = (found.group(1) for found in _REFERENCE.finditer(value))
    return any(name is None or name + ";" in html5 for name in names)
