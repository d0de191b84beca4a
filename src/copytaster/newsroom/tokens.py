"""Secrets the desk makes for itself: each in a file of the data folder, for its owner only."""

import os
import secrets
from pathlib import Path

from copytaster.config import ConfigError

DESK_TOKEN_ENV = "COPYTASTER_DESK_TOKEN"


def desk_token(data: Path) -> str:
    """What opens the desk's API: from the environment, else made once and kept."""
    given = os.environ.get(DESK_TOKEN_ENV)
    return given or kept_token(data / "secrets" / "desk.token", "the desk's API")


def kept_token(path: Path, whose: str) -> str:
    """The token in this file; made at first use, whole or not at all: a crash must not leave an
    empty one."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        beside = path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
        beside.replace(path)
    return token_in(path, whose)


def token_in(path: Path, whose: str) -> str:
    """The token somebody wrote into this file. Raises ConfigError when there is none."""
    token = path.read_text().strip()
    if not token:
        raise ConfigError(f"{whose}: {path} is empty; write the token into it")
    return token
