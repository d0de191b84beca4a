"""The style sheet and the script of the desk, named by their content, so that both can be kept for
ever."""

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources

_FILES = resources.files("copytaster.copydesk") / "templates"
_COMMENT = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


@cache
def assets() -> Mapping[str, tuple[str, bytes]]:
    """path → (content type, bytes)"""
    return {asset_path(kind): (media_type, _content(kind)) for kind, media_type in _TYPES.items()}


@cache
def asset_path(kind: str) -> str:
    """The path of the style sheet (``css``) or the script (``js``)."""
    return f"/desk/assets/{sha256(_content(kind)).hexdigest()[:16]}.{kind}"


def _content(kind: str) -> bytes:
    """Without comments and indentation."""
    text = _COMMENT.sub("", (_FILES / f"desk.{kind}").read_text("utf-8"))
    return "\n".join(line for line in map(str.strip, text.splitlines()) if line).encode()
