"""Reads a theme's folder: what is in it is used or refused, nothing is passed over.

::

    theme.toml          which further sources pages may load from
    theme.css           behind our style sheet: variables first
    icon.svg            in place of ours
    templates/*.html    in place of ours of the same name; ``_*.html`` are the theme's own
    slots/<slot>.html   markup in a place that is empty otherwise
"""

import difflib
import re
import tomllib
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path

from copytaster import press
from copytaster.config import ConfigError
from copytaster.press import Theme

_LARGEST = 256 * 1024
"""bytes of one file"""
_DIRECTIVES = frozenset(
    {
        "connect-src",
        "font-src",
        "form-action",
        "frame-src",
        "img-src",
        "media-src",
        "script-src",
        "style-src",
    }
)
_SOURCE = re.compile(
    r"'self'|'sha(256|384|512)-[A-Za-z0-9+/=_-]{40,90}'|https://(\*\.)?[a-z0-9.-]+(:\d+)?(/\S*)?"
)
"""an https host, our own, or one script by its hash; never a word that lets in any script"""
_ICON = re.compile(r"<svg[\s>]")
_RUNS = re.compile(r"<script|\son\w+\s*=|javascript:|<foreignObject", re.IGNORECASE)


def read(folder: Path) -> Theme:
    """The theme in ``folder``. Raises ConfigError, one line for each fault."""
    if not folder.is_dir():
        raise ConfigError(
            f"theme: {folder} is no folder; make one with: copytaster theme {folder} --new"
        )
    faults = list(_unknown(folder))
    if faults:
        raise ConfigError("\n".join(faults))
    theme = press.theme(
        templates=_files(folder / "templates"),
        slots={name.removesuffix(".html"): text for name, text in _files(folder / "slots").items()},
        style=_text(folder / "theme.css") or "",
        icon=_icon(folder / "icon.svg"),
        policy=_policy(folder / "theme.toml"),
    )
    faults = press.template_faults(theme)
    if faults:
        raise ConfigError("\n".join(f"theme: {folder}/templates/{fault}" for fault in faults))
    return theme


def _unknown(folder: Path) -> Iterator[str]:
    """Files that would have no effect, each with what was perhaps meant."""
    known = ("theme.toml", "theme.css", "icon.svg", "templates", "slots", "README.txt")
    yield from _strange(folder, known)
    slots = tuple(f"{name}.html" for name in press.SLOTS)
    yield from _strange(folder / "slots", (*slots, "README.txt"))
    templates = folder / "templates"
    yield from _strange(templates, (*press.template_names(), "README.txt"), own=True)


def _strange(folder: Path, known: Iterable[str], *, own: bool = False) -> Iterator[str]:
    names = tuple(known)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name in names or path.name.startswith(".") or (own and path.name.startswith("_")):
            continue
        near = difflib.get_close_matches(path.name, names, n=1)
        meant = f"did you mean {near[0]}?" if near else f"known are: {', '.join(sorted(names))}"
        yield f"theme: {path} has no effect; {meant}"


def _files(folder: Path) -> Mapping[str, str]:
    """The ``.html`` files of a folder, which need not be there."""
    paths = sorted(folder.glob("*.html")) if folder.is_dir() else []
    return {path.name: _text(path) or "" for path in paths}


def _text(path: Path) -> str | None:
    try:
        if path.stat().st_size > _LARGEST:
            raise ConfigError(f"theme: {path} is larger than {_LARGEST} bytes; make it smaller")
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"theme: {path}: {error}; give a readable file in UTF-8") from error


def _icon(path: Path) -> str | None:
    icon = _text(path)
    if icon is not None and (not _ICON.search(icon) or _RUNS.search(icon)):
        raise ConfigError(f"theme: {path} is no plain SVG drawing; leave scripts out of it")
    return icon


def _policy(path: Path) -> Mapping[str, tuple[str, ...]]:
    try:
        tables = tomllib.loads(_text(path) or "")
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"theme: {path}: not TOML: {error}") from error
    faults = [
        f"theme: {path}: unknown key {key}; known is: policy" for key in {*tables} - {"policy"}
    ]
    policy = tables.get("policy", {})
    faults += _unusable(path, policy) if isinstance(policy, dict) else [f"theme: {path}: no table"]
    if faults:
        raise ConfigError("\n".join(faults))
    return {directive: tuple(sources) for directive, sources in sorted(policy.items())}


def _unusable(path: Path, policy: Mapping[str, object]) -> Iterator[str]:
    for directive, sources in policy.items():
        if directive not in _DIRECTIVES:
            known = ", ".join(sorted(_DIRECTIVES))
            yield f"theme: {path}: policy.{directive} cannot be widened; these can: {known}"
        elif not isinstance(sources, list) or not sources:
            yield f"theme: {path}: policy.{directive}: give a list of sources"
        else:
            bad = [source for source in sources if not _SOURCE.fullmatch(str(source))]
            for source in bad:
                yield (
                    f"theme: {path}: policy.{directive}: {source!r} is not allowed; "
                    "give https://HOST, 'self', or the hash of one script"
                )


def beginning() -> Mapping[str, str]:
    """The files that a new theme begins with, by path below its folder."""
    return {
        "theme.css": _STYLE,
        "theme.toml": _TOML,
        "slots/README.txt": _SLOTS.format(
            slots="\n".join(f"  {name}.html" for name in press.SLOTS)
        ),
        "templates/README.txt": _TEMPLATES.format(
            names="\n".join(f"  {name}" for name in press.template_names())
        ),
    }


_STYLE = """\
/* Comes behind the style sheet of every page. The variables first; any rule after them. */
:root {
  /* --accent: #00508c; */
  /* --serif: Georgia, serif; */
  /* --headline: "Helvetica Neue", Arial, sans-serif; */
  /* --measure: 39rem; */
}
@media (prefers-color-scheme: dark) {
  :root {
    /* --accent: #8cc4f0; */
  }
}
"""
_TOML = """\
# What pages may load beyond the site's own files. Nothing, until a line below is used.
# Each host that is let in learns who reads what, and one in script-src can change any page.
[policy]
# img-src = ["https://pixel.example"]
# script-src = ["https://ads.example"]
# frame-src = ["https://ads.example"]
"""
_SLOTS = """\
A file of markup here stands, as it is, in a place of every page that is empty otherwise:

{slots}

head: in the head of every page. top: below the masthead. front: on fronts, below the first
stories. before_story, after_story: around a story, never inside it. bottom: above the foot.
A script inside the markup does not run; name its host, or its hash, in theme.toml.
"""
_TEMPLATES = """\
A template here takes the place of ours of the same name; ours to begin with:

  copytaster theme FOLDER --copy story.html

{names}

A name that begins with _ is the theme's own, to include. What the story says must stay in the
elements marked data-copy, or its page is not published.
"""
