"""Templates, stylesheet and the other files every page leans on: package data, read once."""

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable

from minijinja import Environment
from minijinja import TemplateError
from minijinja import safe

from copytaster.press._markup import escape
from copytaster.press._theme import BARE
from copytaster.press._theme import Theme
from copytaster.press._types import Site

_PRESS = resources.files("copytaster.press")

_COMMENT = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")

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
"""changes when any page of ours may look different, be it by a template, a word or this room's
own lines"""

_FUEL = 5_000_000
"""steps a template may take: a theme's loop that never ends becomes an error. A front takes
some 20,000"""


def template_version(site: Site) -> str:
    """What pages look like with this site's theme and words: a part of every ETag
    (publishing §3)."""
    own = site.vocabulary.digest if site.vocabulary else ""
    return f"{TEMPLATE_VERSION}{site.theme.digest}{own}"


def template(name: str) -> str:
    """One of our own templates, to begin a theme's with. Raises KeyError."""
    return _TEMPLATES[name]


def template_names() -> tuple[str, ...]:
    """Those of our templates that a theme may replace."""
    return tuple(name for name in _TEMPLATES if name.endswith(".html"))


def template_faults(theme: Theme) -> list[str]:
    """Templates of the theme that cannot be read, with the line and why."""
    faults = []
    for name, source in theme.templates.items():
        try:
            Environment().add_template(name, source)
        except TemplateError as error:
            faults.append(f"{name}: line {error.line}: {str(error).splitlines()[0]}")
    return faults


@lru_cache(maxsize=8)
def _environment(theme: Theme) -> Environment:
    return Environment(
        templates={**_TEMPLATES, **theme.templates},
        trim_blocks=True,
        lstrip_blocks=True,
        undefined_behavior="strict",
        fuel=_FUEL,
        auto_escape_callback=lambda name: "html" if name.endswith(".html") else False,
    )


def render(template: str, site: Site, **words: object) -> bytes:
    """``template`` filled and encoded. Values are escaped unless they are :func:`markup`."""
    return _environment(site.theme).render_template(template, site=site, **words).encode()


def written(text: str) -> object:
    """``text`` escaped by this room's rule: minijinja's own writes "/" as a reference, which
    makes addresses unreadable, and a CR raw, which a parser would turn into LF."""
    return safe(escape(text))


def markup(html: str) -> object:
    """``html`` as it is: only for markup this room made itself."""
    return safe(html)


@lru_cache(maxsize=8)
def stylesheet(theme: Theme = BARE) -> bytes:
    """The one stylesheet, the theme's at its end, without comments and indentation."""
    whole = f"{_TEMPLATES['press.css']}\n{theme.style}"
    text = _COMMENT.sub("", whole)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line).encode()


SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "live.js": ("live.js",),
    "verify.js": ("ledger.js", "verify.js"),
}
"""the scripts, and the files that each is made of: an enhancement of fronts, and the readers' own
check"""


@lru_cache(maxsize=8)
def script(name: str) -> bytes:
    """One of the scripts, without comments and indentation."""
    text = _COMMENT.sub("", "\n".join(_TEMPLATES[part] for part in SCRIPTS[name]))
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line).encode()


@lru_cache(maxsize=8)
def _named(theme: Theme) -> Mapping[str, tuple[str, bytes]]:
    """name → (content type, bytes)"""
    return {
        "css": ("text/css; charset=utf-8", stylesheet(theme)),
        **{name: ("text/javascript; charset=utf-8", script(name)) for name in SCRIPTS},
        "svg": ("image/svg+xml", (theme.icon or _TEMPLATES["icon.svg"]).encode()),
        "txt": ("text/plain; charset=utf-8", TRANSFORM),
    }


def assets(theme: Theme = BARE) -> Mapping[str, tuple[str, bytes]]:
    """Files whose path names their content: path → (content type, bytes). Cacheable for ever."""
    return {asset(name, theme): file for name, file in _named(theme).items()}


@lru_cache(maxsize=64)
def asset(name: str, theme: Theme) -> str:
    """The path of an asset: css, svg, txt, or a script by its name."""
    _, content = _named(theme)[name]
    suffix = name.rpartition(".")[2]
    return f"/assets/{sha256(content).hexdigest()[:16]}.{suffix}"
