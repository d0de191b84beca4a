"""Answers with validators: strong ETags, 304s, and the headers of every page."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response

from copytaster.press import Site
from copytaster.press import Theme

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
JSON = "application/json"
BYTES = "application/octet-stream"
ASSETS: Mapping[str, str] = {
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": TEXT,
    "js": "text/javascript; charset=utf-8",
    "png": "image/png",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
}
"""an asset's extension → its content type"""

REVALIDATE = "public, max-age=0, must-revalidate"
"""browsers and caches ask each time, so that a kill is seen at once (publishing §3)"""
NO_STORE = "no-store"
NO_CACHE = "no-cache"
"""of what grows: it may be kept, and is asked for each time"""
YEAR = "public, max-age=31536000, immutable"
"""of what has its hash in its address"""

_POLICY: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "img-src": ("'self'", "https:"),
    "style-src": ("'self'",),
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'self'",),
    "frame-src": ("'self'",),
    "manifest-src": ("'self'",),
}


def policy(more: Mapping[str, tuple[str, ...]]) -> str:
    """The Content-Security-Policy, with what ``more`` allows by directive."""
    allowed = {
        directive: (*_POLICY.get(directive, ()), *more.get(directive, ()))
        for directive in dict.fromkeys((*_POLICY, *more))
    }
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in allowed.items())


LIVE: Mapping[str, tuple[str, ...]] = {"script-src": ("'self'",), "connect-src": ("'self'",)}
"""what a front may do beyond other pages: run the one script, which asks this site again"""

VERIFY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""the policy of the page that checks: its script asks this site, and nobody else has a say on it,
not a theme either"""

SECURITY: Mapping[str, str] = {
    "content-security-policy": policy({}),
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "interest-cohort=(), camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}


def page_headers(site: Site) -> Mapping[str, str]:
    """The headers of every page of this site: what a page may load, its theme's wishes included."""
    return {**SECURITY, "content-security-policy": policy(site.theme.policy)}


def widened(theme: Theme) -> Mapping[str, str]:
    """Each policy of ours with what the theme's pages may load as well."""
    both = {
        name: (*LIVE.get(name, ()), *theme.policy.get(name, ())) for name in {*LIVE, *theme.policy}
    }
    return {policy({}): policy(theme.policy), policy(LIVE): policy(both)}


def answer(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    etag: str,
    changed: datetime | None = None,
    noindex: bool = False,
    live: bool = False,
    more: Mapping[str, str] = {},
) -> Response:
    """A 200 that revalidates, or the 304 the reader's copy deserves. ``live``: its script may
    run."""
    headers = {**validated(etag, changed), **more}
    if live:
        headers["content-security-policy"] = policy(LIVE)
    if noindex:
        headers["x-robots-tag"] = "noindex"
    if matches(request.headers.get("if-none-match"), etag):
        headers.pop("repr-digest", None)  # the copy that the reader has may be a packed one
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def crowded() -> Response:
    """503: others are waiting already for what takes long to make."""
    headers = {**SECURITY, "cache-control": NO_STORE, "retry-after": "2"}
    return Response("Many are asking; try again in a moment.\n", 503, headers, media_type=TEXT)


def notice(body: bytes, media_type: str, status: int, link: str | None = None) -> Response:
    """A notice in place of a story: never stored, never indexed (publishing §2.2)."""
    headers = {**SECURITY, "cache-control": NO_STORE, "x-robots-tag": "noindex"}
    if link is not None:
        headers["link"] = link
    return Response(body, status, headers, media_type=media_type)


def validated(etag: str, changed: datetime | None) -> dict[str, str]:
    """The headers of an answer that a reader's copy is held against."""
    headers = {**SECURITY, "etag": etag, "cache-control": REVALIDATE}
    if changed is not None:
        headers["last-modified"] = format_datetime(changed, usegmt=True)
    return headers


def digest(body: bytes) -> str:
    """``Repr-Digest`` (RFC 9530): what a reader holds bytes against that came by whatever way."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def matches(asked: str | None, etag: str) -> bool:
    """Whether a reader who asks with this ``If-None-Match`` has what the etag names."""
    if asked is None:
        return False
    if asked == etag:
        return True
    tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    return etag in tags or "*" in tags
