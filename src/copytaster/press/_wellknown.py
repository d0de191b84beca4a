"""Small files that machines look for at fixed addresses: security.txt and OpenSearch."""

from datetime import datetime
from datetime import timedelta

from copytaster.press._icons import short_name
from copytaster.press._markup import escape
from copytaster.press._times import machine
from copytaster.press._types import Site

_GOOD_FOR = timedelta(days=180)
"""RFC 9116 §2.5.5 recommends less than a year"""
_SHORT_NAME = 16
"""OpenSearch 1.1: characters of a ShortName"""


def security(site: Site, now: datetime) -> bytes | None:
    """``/.well-known/security.txt`` (RFC 9116); None without a contact: a file that names
    nobody would be worse than none. It expires half a year from the day it is asked for."""
    contact = site.security_contact
    if contact is None:
        return None
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {contact if contact.startswith('https://') else f'mailto:{contact}'}",
        f"Expires: {machine(day + _GOOD_FOR)}",
        f"Preferred-Languages: {', '.join(dict.fromkeys((site.language, 'en')))}",
        f"Canonical: {site.url}/.well-known/security.txt",
    )
    return ("\n".join(lines) + "\n").encode()


def opensearch(site: Site) -> bytes:
    """``/opensearch.xml`` (OpenSearch 1.1): browsers offer the readers' search by it."""
    words = site.tongue(site.language).words
    search, own = f"{site.url}/search?q={{searchTerms}}", f"{site.url}/opensearch.xml"
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(short_name(site, _SHORT_NAME))}</ShortName>",
        f"<Description>{escape(f'{site.name}: {words.newest}')}</Description>",
        f"<Language>{escape(site.language)}</Language>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "<OutputEncoding>UTF-8</OutputEncoding>",
        _url("text/html", search),
        _url("application/opensearchdescription+xml", own, ' rel="self"'),
        "</OpenSearchDescription>",
    )
    return ("\n".join(lines) + "\n").encode()


def _url(media_type: str, template: str, more: str = "") -> str:
    return f'<Url type="{media_type}"{more} template="{escape(template)}"/>'
