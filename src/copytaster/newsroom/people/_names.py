"""Names: by which somebody signs in, by which others know them, and those of tokens."""

import re
from unicodedata import category
from unicodedata import normalize

from copytaster.copydesk import Role
from copytaster.copydesk import Wrong

_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,62}")
_RESERVED = frozenset({"agency", "copytaster", "desk", "house", "nobody", "shell"})
"""names under which the desk itself does things, or that would read as if it did"""
_LONGEST = 80
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""what has no sign of its own, or turns the direction of what follows"""


def folded(name: str) -> str:
    """A sign-in name as it is kept, however it was written; cut where none is that long."""
    return normalize("NFKC", name[:200]).strip().casefold()[:64]


def is_name(name: str) -> bool:
    """Whether anybody may sign in by this name."""
    return _NAME.fullmatch(name) is not None and name not in _RESERVED


def new_name(written: str) -> str:
    """A sign-in name that may be given. Raises :class:`Wrong`."""
    name = folded(written)
    if not name:
        raise Wrong("name", "Choose a name to sign in with.")
    if _NAME.fullmatch(name) is None:
        raise Wrong(
            "name",
            "Use 1 to 63 small letters a to z, digits and . _ @ + -, the first a letter or digit.",
        )
    if name in _RESERVED:
        raise Wrong("name", "This name is the desk's own; choose another.")
    return name


def shown_name(written: str) -> str:
    """A name in any script, on one line, without what is not seen. Raises :class:`Wrong`."""
    name = clean(written)
    if not name:
        raise Wrong("shown", "Say the name by which others know you.")
    if len(name) > _LONGEST:
        raise Wrong("shown", f"This name has more than {_LONGEST} characters.")
    return name


def token_name(written: str) -> str:
    """What a token is for. Raises :class:`Wrong`."""
    name = clean(written)
    if not name or len(name) > _LONGEST:
        raise Wrong("token", f"Say in 1 to {_LONGEST} characters what it is for.")
    return name


def role(written: str) -> Role:
    """Raises :class:`Wrong` for none."""
    try:
        return Role(written)
    except ValueError:
        known = ", ".join(Role)
        raise Wrong(
            "role", f"There is no role {clean(written)[:20]!r}; choose one of {known}."
        ) from None


def clean(written: str, longest: int = 1000) -> str:
    """On one line, with single spaces, and nothing in it that is not seen."""
    seen = "".join(" " if category(one) in _UNSEEN else one for one in written[:longest])
    return " ".join(seen.split())
