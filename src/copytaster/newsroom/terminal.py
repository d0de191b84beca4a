"""Words from outside, made fit for a terminal or a line of a log.

Agency copy may hold characters that move a cursor, repaint a screen or turn a line round
(ECMA-48 control sequences, Unicode's bidirectional overrides). A page shows copy word for word;
a terminal shows these characters by their escape instead.
"""

import re

_MOVING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(words: str) -> str:
    r"""``words`` on one line; what would move the cursor as its escape: ``\x1b``, ``\u202e``."""
    return _MOVING.sub(_escaped, words)


def _escaped(found: re.Match[str]) -> str:
    return repr(found[0])[1:-1]
