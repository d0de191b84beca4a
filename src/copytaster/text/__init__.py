"""Bytes → characters → safe XML; markup → the words of a copy; words read back out of a page;
what changed from one text to the next.

In: bytes as an agency sent them, or markup inside them. Out: characters with what was
declared and what was used, trees that are safe to walk, :class:`~copytaster.item.Copy`
values, and the accounting of law 1. A leaf: it knows no format and no agency; what a
profile allows is passed in. Repairs are made once, named, and returned.

Errors (all carry what was seen and where)::

    TextError
    ├── Undecodable     the bytes are not text in any charset the rules allow
    ├── Malformed       not well-formed, and the repair pass could not mend it
    └── OverLimit       larger, deeper or wider than the limits
"""

from copytaster.text._account import Account
from copytaster.text._account import account
from copytaster.text._broken import broken
from copytaster.text._decode import Decoded
from copytaster.text._decode import decode_html
from copytaster.text._decode import decode_json
from copytaster.text._decode import decode_xml
from copytaster.text._difference import Fate
from copytaster.text._difference import Stretch
from copytaster.text._difference import difference
from copytaster.text._errors import Malformed
from copytaster.text._errors import OverLimit
from copytaster.text._errors import TextError
from copytaster.text._errors import Undecodable
from copytaster.text._fold import fold
from copytaster.text._fold import is_unspaced
from copytaster.text._fold import needle
from copytaster.text._href import safe_href
from copytaster.text._html import from_html
from copytaster.text._html import parse_html
from copytaster.text._naive import naive_html
from copytaster.text._naive import naive_xml
from copytaster.text._naive import tokens
from copytaster.text._occurrences import Span
from copytaster.text._occurrences import folded_words
from copytaster.text._occurrences import occurrences
from copytaster.text._plain import block_text
from copytaster.text._plain import first_paragraph
from copytaster.text._plain import from_plain
from copytaster.text._plain import plain
from copytaster.text._readback import ReadBack
from copytaster.text._readback import read_back
from copytaster.text._sentences import quotations
from copytaster.text._sentences import sentences
from copytaster.text._sentences import unquoted
from copytaster.text._tree import from_xml
from copytaster.text._wire import decode_wire
from copytaster.text._xml import Xml
from copytaster.text._xml import parse_xml

__all__ = [
    "Account",
    "Decoded",
    "Fate",
    "Malformed",
    "OverLimit",
    "ReadBack",
    "Span",
    "Stretch",
    "TextError",
    "Undecodable",
    "Xml",
    "account",
    "block_text",
    "broken",
    "decode_html",
    "decode_json",
    "decode_wire",
    "decode_xml",
    "difference",
    "first_paragraph",
    "fold",
    "folded_words",
    "from_html",
    "from_plain",
    "from_xml",
    "is_unspaced",
    "naive_html",
    "naive_xml",
    "needle",
    "occurrences",
    "parse_html",
    "parse_xml",
    "plain",
    "quotations",
    "read_back",
    "safe_href",
    "sentences",
    "tokens",
    "unquoted",
]
