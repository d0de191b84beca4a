"""The SQL: statements by the name of their file, and the migrations in their order."""

from functools import cache
from importlib import resources

_ROOM = resources.files("copytaster.store")


@cache
def sql(name: str) -> str:
    """The statement in ``sql/<name>.sql``."""
    return (_ROOM / "sql" / f"{name}.sql").read_text(encoding="utf-8")


@cache
def migrations() -> tuple[str, ...]:
    """What brings a schema from version n to n + 1, at index n. Files are only ever added."""
    steps = sorted((_ROOM / "migrations").iterdir(), key=lambda file: file.name)
    return tuple(file.read_text(encoding="utf-8") for file in steps if file.name.endswith(".sql"))
