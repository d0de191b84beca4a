"""Templates, stylesheet and the other files every page leans on: package data, read once."""

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable

from minijinja import Environment
from minijinja import safe

from copytaster.press._markup import escape

_PRESS = resources.files("copytaster.press")

TRANSFORM = (_PRESS / "transform.md").read_bytes()
"""the specification of the transformation, as published"""

TRANSFORM_SHA256 = sha256(TRANSFORM).hexdigest()


def _files(folder: str) -> dict[str, str]:
    """Text files of a folder of this package, the package itself for an empty name."""
    place = _PRESS / folder if folder else _PRESS
    found: list[Traversable] = sorted(place.iterdir(), key=lambda file: file.name)
    return {file.name: file.read_text("utf-8") for file in found if file.is_file()}


_TEMPLATES = _files("templates")
_WORDS = _files("words")


def _version() -> str:
    digest = sha256(TRANSFORM)
    sources = {name: text for name, text in _files("").items() if name.endswith(".py")}
    for files in (sources, _TEMPLATES, _WORDS):
        for name, text in files.items():
            digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()[:12]


TEMPLATE_VERSION = _version()
"""changes when any page may look different, be it by a template, a word or this room's own
lines: a part of every ETag (publishing §3)"""


@cache
def _environment() -> Environment:
    return Environment(
        templates=_TEMPLATES,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined_behavior="strict",
        auto_escape_callback=lambda name: "html" if name.endswith(".html") else False,
    )


def render(template: str, **words: object) -> bytes:
    """``template`` filled and encoded. Values are escaped unless they are :func:`markup`."""
    return _environment().render_template(template, **words).encode()


def written(text: str) -> object:
    """``text`` escaped by this room's rule: minijinja's own writes "/" as a reference, which
    makes addresses unreadable, and a CR raw, which a parser would turn into LF."""
    return safe(escape(text))


def markup(html: str) -> object:
    """``html`` as it is: only for markup this room made itself."""
    return safe(html)


@cache
def stylesheet() -> bytes:
    """The one stylesheet, without its comments and indentation."""
    text = re.sub(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/", "", _TEMPLATES["press.css"])
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line).encode()


@cache
def assets() -> Mapping[str, tuple[str, bytes]]:
    """Files whose path names their content: path → (content type, bytes). Cacheable for ever."""
    files = (
        ("css", "text/css; charset=utf-8", stylesheet()),
        ("svg", "image/svg+xml", _TEMPLATES["icon.svg"].encode()),
        ("txt", "text/plain; charset=utf-8", TRANSFORM),
    )
    return {_path(suffix, content): (kind, content) for suffix, kind, content in files}


def _path(suffix: str, content: bytes) -> str:
    return f"/assets/{sha256(content).hexdigest()[:16]}.{suffix}"


@cache
def asset(suffix: str) -> str:
    """The path of the asset with this suffix: css, svg or txt."""
    return next(path for path in assets() if path.endswith("." + suffix))
