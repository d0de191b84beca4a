"""``[site]`` and the tables under it: the house as readers and machines see it."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from copytaster import territory
from copytaster.agency import is_mailbox

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_TOKEN = re.compile(r"[A-Za-z_-]{1,64}")
"""of a crawler in robots.txt (RFC 9309 §2.2.1)"""
_ICONS = (".svg", ".png")
_SHORT = 24
"""characters that a phone shows below an icon, and some to spare"""


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the tables: immutable, closed."""


class AppTable(Table, frozen=True, kw_only=True):
    """``[site.app]``: the site's own app, for the "Open in app" link."""

    name: str
    url: str
    ios_id: str | None = None
    ios_team: str | None = None
    android_package: str | None = None
    android_fingerprints: tuple[str, ...] = ()


class MachinesTable(Table, frozen=True, kw_only=True):
    """``[site.machines]``: what machines may do with what is published. Of this and the
    contract of each agency the stricter holds."""

    search: bool = True
    """False: no page is for search engines"""
    ai_input: bool = False
    """words may be handed to an assistant that answers somebody's question"""
    train_ai: bool = False
    tdm: bool = False
    """text and data mining as in Article 4 of Directive (EU) 2019/790"""
    tdm_policy: str | None = None
    """address of the terms for it"""
    content_signal: bool = False
    """say it in robots.txt in Cloudflare's words as well"""
    refuse: tuple[str, ...] = ()
    """more crawlers to be sent away, by their tokens"""


class TrustTable(Table, frozen=True, kw_only=True):
    """``[site.trust]``: lines of trust.txt, each a list of web addresses."""

    member: tuple[str, ...] = ()
    belongto: tuple[str, ...] = ()
    control: tuple[str, ...] = ()
    controlledby: tuple[str, ...] = ()
    social: tuple[str, ...] = ()
    vendor: tuple[str, ...] = ()


class SiteTable(Table, frozen=True, kw_only=True):
    """``[site]``: the house as readers see it."""

    name: str = "Copytaster"
    short_name: str | None = None
    """below the icon on a phone; without one ``name``"""
    url: str | None = None
    """public base address; without one the listening address is used"""
    check_url: str | None = None
    """where the desk itself reaches the public site, when that is not ``url``"""
    language: str = "en"
    zone: str | None = None
    """IANA zone that readers see times in; without one each agency's own"""
    words: str | None = None
    """folder with the house's own words for its pages, a TOML file a language"""
    territories: tuple[str, ...] = ()
    """the countries it publishes for (ISO 3166-1 alpha-2); rights are judged by them"""
    tagline: str | None = None
    imprint: str | None = None
    contact: str | None = None
    live: bool = True
    """open fronts follow what changes, where the reader's browser runs scripts"""
    theme: str | None = None
    """folder that changes how pages look"""
    security_contact: str | None = None
    """for /.well-known/security.txt"""
    icon: str | None = None
    """file with the house's own icon, SVG or PNG"""
    pages: str | None = None
    """folder with the house's own pages: about, contact, imprint …"""
    app: AppTable | None = None
    machines: MachinesTable = MachinesTable()
    trust: TrustTable = TrustTable()


def unusable(site: SiteTable) -> Iterator[str]:
    """What of the table would fail later."""
    for key, url in (("url", site.url), ("check_url", site.check_url)):
        if url is not None and not is_web_address(url):
            yield f"site.{key}: {url!r} is no web address; give e.g. https://news.example.org"
    if site.zone is not None and not _is_zone(site.zone):
        yield f"site.zone: no zone is called {site.zone!r}; give an IANA name: Asia/Kolkata"
    if not _LANGUAGE.fullmatch(site.language):
        yield f"site.language: {site.language!r} is no BCP 47 tag; give e.g. en or pt-BR"
    for code in site.territories:
        if not territory.is_code(code):
            yield f"site.territories: {code!r} is no ISO 3166 code; give e.g. IN, GB, US"
    if site.short_name is not None and not 1 <= len(site.short_name) <= _SHORT:
        yield f"site.short_name: give 1 to {_SHORT} characters"
    if site.icon is not None and not site.icon.endswith(_ICONS):
        yield f"site.icon: {site.icon!r} is neither .svg nor .png; give one of these"
    contact = site.security_contact
    if contact is not None and not (is_mailbox(contact) or _is_https(contact)):
        yield f"site.security_contact: {contact!r}; give name@host or an https address"
    yield from _unusable_app(site)
    yield from _unusable_machines(site)


def _unusable_app(site: SiteTable) -> Iterator[str]:
    if site.app is None:
        return
    if not is_web_address(site.app.url):
        yield f"site.app.url: {site.app.url!r} is no web address; give https://HOST/…"
    elif site.url and _host(site.url) == _host(site.app.url):
        # In iOS Safari a universal link to the same host stays in the browser (publishing §4).
        yield "site.app.url: the app's links must be on another host than the site"


def _unusable_machines(site: SiteTable) -> Iterator[str]:
    for token in site.machines.refuse:
        if not _TOKEN.fullmatch(token):
            yield f"site.machines.refuse: {token!r} is no crawler's token; give e.g. GPTBot"
    policy = site.machines.tdm_policy
    if policy is not None and not is_web_address(policy):
        yield f"site.machines.tdm_policy: {policy!r} is no web address"
    for key, addresses in msgspec.structs.asdict(site.trust).items():
        for address in addresses:
            if not is_web_address(address):
                yield f"site.trust.{key}: {address!r} is no web address"


def _is_https(url: str) -> bool:
    return url.startswith("https://") and is_web_address(url)


def _host(url: str) -> str | None:
    return urlsplit(url).hostname


def is_web_address(url: str) -> bool:
    """An absolute http address in one piece, without a query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    known = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.query
    return known and url.isprintable() and " " not in url


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
