"""Passwords: what makes one good enough, and how it is known again without being kept.

Argon2id with what OWASP's Password Storage Cheat Sheet asks at least: 19 MiB, two passes, one
lane. That takes some 50 ms of a core, so whoever calls does so on a worker thread.
"""

import os
from unicodedata import normalize

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from copytaster.copydesk import Wrong

_MEMORY_KIB = 19 * 1024
_PASSES = 2
_LANES = 1
_LEAST = 12
_MOST = 200
_OF_ITS_OWN = 8
"""characters beside the words that anybody would try first"""
_DIFFERENT = 5
_OBVIOUS = ("password", "passwort", "copytaster", "1234567890", "qwertyuiop")


class Passwords:
    """Makes and checks the strings that are kept in the place of passwords."""

    def __init__(
        self, *, memory_kib: int = _MEMORY_KIB, passes: int = _PASSES, lanes: int = _LANES
    ) -> None:
        self._memory = memory_kib
        self._passes = passes
        self._lanes = lanes
        cost = f"m={memory_kib},t={passes},p={lanes}"
        self._nobodys = f"$argon2id$v=19${cost}${'A' * 22}${'A' * 43}"
        """what no password gives, at the same cost"""

    def kept(self, password: str) -> str:
        """A PHC string, with a salt of its own."""
        made = Argon2id(
            salt=os.urandom(16),
            length=32,
            iterations=self._passes,
            lanes=self._lanes,
            memory_cost=self._memory,
        )
        return made.derive_phc_encoded(_bytes(password))

    def is_right(self, password: str, kept: str | None) -> bool:
        """Whether this is the password of which ``kept`` was made; takes as long for None, who
        has none, and is never right then."""
        try:
            Argon2id.verify_phc_encoded(_bytes(password[: 2 * _MOST]), kept or self._nobodys)
        except InvalidKey:
            return False
        return kept is not None


def _bytes(password: str) -> bytes:
    """Normalised, so that every keyboard writes the same (NIST SP 800-63B §3.1.1.2)."""
    return normalize("NFKC", password).encode("utf-8", "surrogatepass")


def refuse_weak(password: str, again: str, name: str) -> None:
    """Raise :class:`Wrong` for a password that should not be one, or was not written twice."""
    if len(password) < _LEAST:
        raise Wrong("password", f"A password has at least {_LEAST} characters; several words do.")
    if len(password) > _MOST:
        raise Wrong("password", f"A password has at most {_MOST} characters.")
    if len(set(password)) < _DIFFERENT or len(_own(password, name)) < _OF_ITS_OWN:
        raise Wrong("password", "This one is too easy to guess; take several words of your own.")
    if password != again:
        raise Wrong("again", "This is not the same as above.")


def _own(password: str, name: str) -> str:
    """What is left without the words that anybody would try first."""
    left = password.casefold()
    for word in (name, *_OBVIOUS):
        left = left.replace(word.casefold(), "") if word else left
    return left
