"""Atom 1.0 (RFC 4287) with tombstones (RFC 6721)."""

from collections.abc import Sequence

from copytaster.demo.writers._version import PROLOGUE
from copytaster.demo.writers._version import Version
from copytaster.demo.writers._version import element
from copytaster.demo.writers._version import lines
from copytaster.demo.writers._version import optional

_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


def write_atom(versions: Sequence[Version], agency: str) -> str:
    return _feed(agency, versions[-1].updated, [_entry(version) for version in versions])


def write_tombstone(versions: Sequence[Version], agency: str) -> str:
    gone = [_deleted(version) for version in versions]
    return _feed(agency, versions[-1].get("when") or versions[-1].updated, gone)


def _feed(agency: str, updated: str, entries: Sequence[str]) -> str:
    return lines(
        PROLOGUE,
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="{_TOMBSTONES}">',
        element("id", f"https://{agency}.example/feed"),
        element("title", f"{agency} wire"),
        element("updated", updated),
        f"<author>{element('name', agency)}</author>",
        *entries,
        "</feed>",
        "",
    )


def _entry(version: Version) -> str:
    by = version.get("by")
    link = version.get("link")
    return lines(
        "<entry>",
        element("id", version.guid),
        element("title", version.get("headline"), type="text"),
        element("link", "", href=link, rel="alternate") if link else "",
        optional("published", version.published),
        element("updated", version.updated),
        f"<author>{element('name', by)}</author>" if by else "",
        *(element("category", "", term=code, label=name) for code, name in version.sections()),
        optional("rights", version.get("rights")),
        optional("summary", version.get("summary")),
        element("content", version.markup(), type="html", xml__lang=version.get("lang")),
        "</entry>",
    )


def _deleted(version: Version) -> str:
    when = version.get("when") or version.updated
    return lines(
        element("at:deleted-entry", "", ref=version.guid, when=when).replace(
            "></at:deleted-entry>", ">"
        ),
        optional("at:comment", version.get("note")),
        "</at:deleted-entry>",
    )
