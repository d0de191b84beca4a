"""What is held and may be: ``exceptions.toml``, read."""

import tomllib
from pathlib import Path

import msgspec


class Held(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A story that does not go live by itself."""

    headline: str
    reason: str
    formats: tuple[str, ...] = ()
    """only in these; empty: in any"""

    def speaks_of(self, headline: str, format: str) -> bool:
        return self.headline == headline and (not self.formats or format in self.formats)


def known() -> list[Held]:
    """The exceptions as they are written down."""
    told = tomllib.loads(Path(__file__).with_name("exceptions.toml").read_text("utf-8"))
    return msgspec.convert(told["held"], list[Held])
