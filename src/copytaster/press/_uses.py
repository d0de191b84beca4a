"""What machines may do with what is published, in the words they read (publishing §5).

Rights come from the agency: of the site's policy and every contract concerned the stricter
holds, and whatever nobody allowed is reserved. Said as IETF aipref (drafts of August 2026),
TDMRep (final report of May 2024), robots.txt (RFC 9309) and trust.txt. RSL is left out: it
licenses, and a site that passes on agency copy seldom owns what it would license.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources

import msgspec

from copytaster.agency import Contract
from copytaster.agency import Indexing
from copytaster.press._types import Site
from copytaster.press._types import Uses


def stricter(uses: Uses, contracts: Iterable[Contract]) -> Uses:
    """What the site allows of a story and every contract that binds it as well."""
    bound = tuple(contracts)
    indexed = all(one.indexing is not Indexing.noindex for one in bound)
    return msgspec.structs.replace(shared(uses, bound), search=uses.search and indexed)


def shared(uses: Uses, contracts: Iterable[Contract]) -> Uses:
    """The same for what holds stories under all these contracts: lists, and robots.txt, which
    cannot tell one story from another. Search is the site's word alone: each page has its own."""
    bound = tuple(contracts)
    return Uses(
        search=uses.search,
        ai_input=uses.ai_input and all(one.ai_input for one in bound),
        train_ai=uses.train_ai and all(one.train_ai for one in bound),
        tdm=uses.tdm and all(one.tdm for one in bound),
    )


def usage_headers(uses: Uses, site: Site) -> Mapping[str, str]:
    """The same on an answer, in the names ASGI wants (lower case)."""
    headers = {"content-usage": _usage(uses), "tdm-reservation": _reservation(uses)}
    policy = _policy(site)
    return headers if uses.tdm or policy is None else {**headers, "tdm-policy": policy}


def _usage(uses: Uses) -> str:
    """The vocabulary has two uses, ``y`` or ``n``; search is named only where it is refused,
    since what is unsaid there is for search engines' own rules."""
    train = f"train-ai={'y' if uses.train_ai else 'n'}"
    return train if uses.search else f"{train}, search=n"


def _reservation(uses: Uses) -> str:
    return "0" if uses.tdm else "1"


def _policy(site: Site) -> str | None:
    """The terms of text and data mining: the configured ones, else the page on reuse."""
    own = f"{site.url}/about/reuse" if "reuse" in site.pages else None
    return site.tdm_policy or own


def tdmrep(uses: Uses, site: Site) -> bytes:
    """``/.well-known/tdmrep.json``: one line for the whole site; headers say it story by story."""
    line: dict[str, object] = {"location": "/", "tdm-reservation": int(_reservation(uses))}
    policy = _policy(site)
    if policy is not None and not uses.tdm:
        line["tdm-policy"] = policy
    return msgspec.json.encode([line])


def trust(uses: Uses, site: Site) -> bytes:
    """``/trust.txt`` (JournalList): who belongs to whom, where mistakes are told, and whether
    models may be trained."""
    named = [f"{key}={address}" for key, addresses in site.trust for address in addresses]
    lines = [
        *named,
        *([f"contact={site.contact}"] if site.contact and site.contact.isprintable() else []),
        f"disclosure={site.url}/about/automation",
        f"disclosure={site.url}/corrections",
        f"datatrainingallowed={'yes' if uses.train_ai else 'no'}",
    ]
    return ("\n".join(lines) + "\n").encode()


class Purpose(StrEnum):
    """What a crawler is for."""

    train = "train"
    search = "search"
    assist = "assist"


class Crawler(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One crawler and whose it is."""

    token: str
    operator: str
    purpose: Purpose


class _Crawlers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    as_of: date
    crawlers: tuple[Crawler, ...]


@cache
def crawlers() -> _Crawlers:
    """The crawlers known by name (``crawlers.toml``), and of what day that is."""
    data = (resources.files("copytaster.press") / "crawlers.toml").read_bytes()
    return msgspec.toml.decode(data, type=_Crawlers)


def robots(uses: Uses, site: Site) -> bytes:
    """``/robots.txt``. A crawler that is named here does not read the group of all others
    (RFC 9309 §2.2.1), so one is named only to be sent away. Whether a story may be indexed is
    said on its own page: what may not be fetched cannot be read to say so."""
    return ("\n".join(_robots_lines(uses, site)) + "\n").encode()


def _robots_lines(uses: Uses, site: Site) -> list[str]:
    refused = [
        *_refused("may not train models", Purpose.train, allowed=uses.train_ai),
        *_refused("may not fill an index", Purpose.search, allowed=uses.search),
        *_refused("may not be fetched for an assistant", Purpose.assist, allowed=uses.ai_input),
        *_group("refused here by name", site.refused),
    ]
    return [
        "User-agent: *",
        f"Content-Usage: {_usage(uses)}",
        *([_signal(uses)] if site.content_signal else []),
        "Disallow: /wire/",
        "Disallow: /desk",
        "Disallow: /api/desk",
        "Disallow: /search",
        "",
        *refused,
        *(_maps(site) if uses.search else ()),
    ]


def _refused(why: str, purpose: Purpose, *, allowed: bool) -> list[str]:
    known = crawlers()
    tokens = [one.token for one in known.crawlers if one.purpose is purpose]
    return [] if allowed else _group(f"{why} (crawlers as of {known.as_of})", tokens)


def _group(why: str, tokens: Iterable[str]) -> list[str]:
    lines = [f"User-agent: {token}" for token in tokens]
    return [f"# {why}", *lines, "Disallow: /", ""] if lines else []


def _signal(uses: Uses) -> str:
    """Cloudflare's variant."""
    said = {"search": uses.search, "ai-input": uses.ai_input, "ai-train": uses.train_ai}
    values = (f"{name}={'yes' if allowed else 'no'}" for name, allowed in said.items())
    return f"Content-Signal: {', '.join(values)}"


def _maps(site: Site) -> tuple[str, str]:
    return f"Sitemap: {site.url}/sitemap.xml", f"Sitemap: {site.url}/news-sitemap.xml"
