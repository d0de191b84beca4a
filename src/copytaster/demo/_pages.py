"""The demo's own pages: templates beside this file, filled and escaped."""

from functools import cache
from pathlib import Path

import msgspec
from minijinja import Environment

_FOLDER = Path(__file__).parent / "pages"


@cache
def _environment() -> Environment:
    return Environment(
        templates={path.name: path.read_text("utf-8") for path in _FOLDER.glob("*.html")},
        trim_blocks=True,
        lstrip_blocks=True,
        undefined_behavior="strict",
        auto_escape_callback=lambda _name: "html",
    )


def render(template: str, **words: object) -> bytes:
    """``template`` filled with values, which are escaped."""
    plain = {name: msgspec.to_builtins(value) for name, value in words.items()}
    return _environment().render_template(template, **plain).encode()
