"""Secrets that a configuration or a profile names: in the environment, or in a file."""

from collections.abc import Mapping
from pathlib import Path

from copytaster.config import ConfigError
from copytaster.newsroom.calling._webhook import signature
from copytaster.wire import Secret


def secret(
    what: str, env: str | None, file: str | None, environ: Mapping[str, str]
) -> Secret | None:
    """The secret where one is named; a variable goes before a file. ``what`` is it for, as a
    person knows it. Raises ConfigError when it is named and not there."""
    if env is None and file is None:
        return None
    word = environ.get(env, "").strip() if env else ""
    if not word and file:
        word = _word_in(what, Path(file))
    if not word or not word.isascii() or not word.isprintable():
        raise ConfigError(f"{what}: {env or file} holds no secret; set it, in plain ASCII")
    return Secret(word)


def signing_key(
    what: str, env: str | None, file: str | None, environ: Mapping[str, str]
) -> Secret | None:
    """A secret that can sign. Raises ConfigError also when it cannot."""
    key = secret(what, env, file, environ)
    try:
        if key is not None:
            signature(key, "", "", b"")
    except ValueError as error:
        raise ConfigError(f"{what}: what follows whsec_ must be base64") from error
    return key


def _word_in(what: str, path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "not plain ASCII"
        raise ConfigError(f"{what}: {path}: {why}; write the secret into it") from error
