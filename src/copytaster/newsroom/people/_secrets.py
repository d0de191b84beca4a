"""What opens something: 256 random bits, shown once, and known again by their SHA-256."""

import re
from hashlib import sha256
from secrets import token_urlsafe

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def new_secret() -> str:
    """43 characters of base64url."""
    return token_urlsafe(32)


def is_secret(word: str) -> bool:
    """Whether it could be one."""
    return _SECRET.fullmatch(word) is not None


def digest(secret: str) -> str:
    """By which the store knows it. Nobody comes nearer to a secret by the time that looking a
    digest up takes."""
    return sha256(secret.encode()).hexdigest()
