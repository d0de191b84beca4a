"""The templates of the desk, filled. Every value is escaped: copy and names are hostile."""

from functools import cache
from importlib import resources

from minijinja import Environment

_FILES = resources.files("copytaster.copydesk") / "templates"
_FUEL = 20_000_000
"""steps a page may take; a list of a hundred stories takes some 100,000"""


@cache
def _environment() -> Environment:
    sources = {file.name: file.read_text("utf-8") for file in _FILES.iterdir()}
    return Environment(
        templates={name: text for name, text in sources.items() if name.endswith(".html")},
        trim_blocks=True,
        lstrip_blocks=True,
        undefined_behavior="strict",
        fuel=_FUEL,
        auto_escape_callback=lambda name: "html" if name.endswith(".html") else False,
    )


def render(template: str, **words: object) -> bytes:
    """``template`` filled and encoded."""
    return _environment().render_template(template, **words).encode()
