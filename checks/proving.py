"""Shows, before anything is trusted, that each check finds what it is there to find.

``broken/`` holds answers as a site must never give them; each check is given them as a site of
their own and must name the rules that they break. A check that finds nothing fails the run.
"""

import contextlib
import http.server
import random
import tempfile
import threading
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path

import msgspec

from checks.finding import CheckFailed
from checks.finding import Finding
from checks.saved import Answer
from checks.saved import Site
from checks.saved import save
from copytaster.demo.script import Seen

BROKEN = Path(__file__).parent / "broken"
_STORY, _HELD = "/s/0000000000000000", "/s/0000000000000001"
_HTML = "text/html"


class _Answered(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of the broken site. Without a file: so many characters that nobody can pack."""

    address: str
    media_type: str
    file: str | None = None
    status: int = 200
    headers: dict[str, str] = {}
    size: int = 0


_ANSWERS = (
    _Answered(
        address="/page.html", media_type=_HTML, file="page.html", headers={"set-cookie": "seen=1"}
    ),
    _Answered(
        address=_STORY,
        media_type=_HTML,
        file="story.html",
        headers={"content-security-policy": "script-src 'unsafe-inline' *"},
    ),
    _Answered(address=_HELD, media_type=_HTML, file="story.html", status=500),
    _Answered(address="/missing.jpg", media_type="text/plain", status=404),
    _Answered(address="/broken.css", media_type="text/css", size=60_000),
    _Answered(address="/broken.js", media_type="text/javascript", size=20_000),
    _Answered(address="/feed.atom", media_type="application/atom+xml", file="feed.atom"),
    _Answered(address="/torn.atom", media_type="application/atom+xml", file="torn.atom"),
    _Answered(
        address="/feed.rss", media_type="application/rss+xml; charset=utf-16", file="feed.rss"
    ),
    _Answered(address="/torn.rss", media_type="application/rss+xml", file="torn.rss"),
    _Answered(address="/feed.json", media_type="application/feed+json", file="feed.json"),
    _Answered(address="/sitemap.xml", media_type="application/xml", file="sitemap.xml"),
)
MUST_FIND: Mapping[str, frozenset[str]] = {
    "vnu": frozenset({"error", "warning"}),
    "html-validate": frozenset({"attr-quotes", "deprecated"}),
    "json-ld": frozenset({"TS2353", "zone", "reviewed", "required", "json"}),
    "csp": frozenset({"high:script-src", "absent"}),
    "headers": frozenset({"nosniff", "charset", "cookie", "server-error"}),
    "states": frozenset({"status", "noindex", "no-store", "blocked-by"}),
    "links": frozenset({"broken", "fragment", "elsewhere", "scheme"}),
    "feeds": frozenset(
        {
            "xml",
            "feedparser-bozo",
            "atom-4.1",
            "atom-3.3",
            "rss-channel",
            "rss-pubDate",
            "rss-unknown",
            "json-feed-version",
            "json-feed-unknown",
            "json-feed-required",
        }
    ),
    "sitemaps": frozenset({"schema", "lastmod", "broken", "elsewhere"}),
    "open-graph": frozenset({"required", "time", "image", "on-a-notice"}),
    "budgets": frozenset({"html", "css", "script", "inline-style"}),
    "kill-sweep": frozenset({"still-there"}),
    "browser": frozenset(
        {
            "color-contrast",
            "image-alt",
            "sideways",
            "needs-script",
            "printed-navigation",
            "elsewhere",
            "script-error",
            "unmarked",
            "unseen",
            "order",
            "tabindex",
            "skip-link",
            "no-page",
        }
    ),
}
"""check → rules that it must name when it is given the broken site"""


def prove(checks: Mapping[str, Callable[[Site], Iterable[Finding]]]) -> None:
    """Raises CheckFailed where a check does not find what is there."""
    with tempfile.TemporaryDirectory(prefix="copytaster-broken-") as folder, served() as base:
        site = broken(Path(folder), base)
        for name, check in checks.items():
            found = {finding.rule for finding in check(site)}
            if missed := MUST_FIND[name] - found:
                raise CheckFailed(
                    f"{name} cannot be trusted: it did not find {', '.join(sorted(missed))} "
                    f"in checks/broken, only {', '.join(sorted(found)) or 'nothing'}"
                )


def broken(folder: Path, base: str) -> Site:
    """The broken site, as if it had been crawled."""
    answers = [_answer(base, one) for one in _ANSWERS]
    site = Site(
        folder=folder,
        answers={answer.url: answer for answer in answers},
        stories={"page": "/page.html", "story": _STORY, "held": _HELD},
        faces={"story": Seen.legal, "held": Seen.hold},
        log="said to nobody: ostrimuff",
    )
    save(site)
    return site


def _answer(base: str, one: _Answered) -> Answer:
    return Answer(
        base=base,
        address=one.address,
        status=one.status,
        headers={"content-type": one.media_type, **one.headers},
        body=_body(base, one),
    )


def _body(base: str, one: _Answered) -> bytes:
    noise = f"/* {random.Random(1).randbytes(40_000).hex()} */"  # noqa: S311  always the same
    if one.file is None:
        return noise[: one.size].encode() + b" */"
    text = (BROKEN / one.file).read_text("utf-8")
    return text.replace("{base}", base).replace("{long}", noise).encode()


@contextlib.contextmanager
def served() -> Iterator[str]:
    """The broken site on a port of loopback, for the browser; its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            base = f"http://127.0.0.1:{server.server_port}"
            found = next((one for one in _ANSWERS if one.address == self.path), None)
            answer = None if found is None else _answer(base, found)
            self.send_response(404 if answer is None else answer.status)
            for name, value in (answer.headers if answer else {}).items():
                self.send_header(name, value)
            body = answer.body if answer else b""
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *_: object) -> None:
            """Nobody reads it."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
