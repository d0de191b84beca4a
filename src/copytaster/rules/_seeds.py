"""The rules that ship, and are in force nowhere until a house takes them over."""

from functools import cache
from importlib import resources

from copytaster.rules._reading import read
from copytaster.rules._rule import Rule


@cache
def seeds() -> tuple[Rule, ...]:
    """The rules that ship, in the order in which they are asked."""
    return read(begun(), "seeds.toml")


@cache
def begun() -> bytes:
    """The file that a house begins with: all of them, with what is to be known of each."""
    return (resources.files("copytaster.rules") / "seeds.toml").read_bytes()
