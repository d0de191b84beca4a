"""Whether a request bears a token (RFC 6750), in a time that tells nothing of the right one."""

import hmac
from hashlib import sha256

from starlette.requests import Request


def bears(request: Request, token: str) -> bool:
    """Whether ``Authorization: Bearer`` gives this token. An empty one is nobody's; finding that
    out takes as long as any other wrong token."""
    scheme, _, said = request.headers.get("authorization", "").partition(" ")
    given = sha256(said.strip().encode("latin-1")).digest()
    right = hmac.compare_digest(given, sha256(token.encode()).digest())
    return right and bool(token) and scheme.lower() == "bearer"
