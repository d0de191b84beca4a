"""NewsML-G2 2.x: a newsItem, or several in a newsMessage (handbook: formats §1.1)."""

from collections.abc import Sequence

from copytaster.demo.writers._version import PROLOGUE
from copytaster.demo.writers._version import Version
from copytaster.demo.writers._version import element
from copytaster.demo.writers._version import lines
from copytaster.demo.writers._version import optional

_NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"


def write_newsml_g2(versions: Sequence[Version], agency: str) -> str:
    if len(versions) == 1:
        return lines(PROLOGUE, _item(versions[0], agency, f" {_NAR}"), "")
    return lines(
        PROLOGUE,
        f"<newsMessage {_NAR}>",
        f"<header>{element('sent', versions[-1].updated)}</header>",
        "<itemSet>",
        *(_item(version, agency, "") for version in versions),
        "</itemSet>",
        "</newsMessage>",
        "",
    )


def _item(version: Version, agency: str, namespace: str) -> str:
    guid, number = version.guid, version.get("version", "1")
    kind = f'guid="{guid}" version="{number}" standard="NewsML-G2" standardversion="2.35"'
    return lines(
        f'<newsItem{namespace} {kind} conformance="power">',
        element("catalogRef", "", href=_CATALOG),
        f"<rightsInfo>{optional('copyrightNotice', version.get('rights'))}</rightsInfo>"
        if version.says("rights")
        else "",
        _item_meta(version, agency),
        _content_meta(version),
        _content_set(version),
        "</newsItem>",
    )


def _item_meta(version: Version, agency: str) -> str:
    return lines(
        "<itemMeta>",
        '<itemClass qcode="ninat:text"/>',
        f'<provider literal="{agency}"/>',
        optional("versionCreated", version.updated),
        optional("firstCreated", version.published),
        element("embargoed", version.get("embargo")) if version.says("embargo") else "",
        f'<pubStatus qcode="stat:{version.get("status")}"/>' if version.says("status") else "",
        optional("edNote", version.get("note")),
        optional("edNote", version.get("correction"), role="ednoterole:correction_consumerready"),
        _signal(version),
        "</itemMeta>",
    )


def _signal(version: Version) -> str:
    signal = version.get("signal", "sig:correction" if version.says("correction") else "")
    return element("signal", "", qcode=signal) if signal else ""


def _content_meta(version: Version) -> str:
    return lines(
        "<contentMeta>",
        optional("urgency", version.get("urgency")),
        optional("infoSource", "", literal=version.get("credit")) if version.says("credit") else "",
        optional("by", version.get("by")),
        optional("dateline", version.get("dateline")),
        f'<language tag="{version.get("lang")}"/>' if version.says("lang") else "",
        *(_subject(code, name) for code, name in version.sections()),
        optional("slugline", version.get("slug")),
        optional("headline", version.get("headline")),
        optional("description", version.get("summary"), role="drol:summary"),
        "</contentMeta>",
    )


def _subject(code: str, name: str) -> str:
    named = element("name", name, xml__lang="en")
    return f'<subject type="cpnat:abstract" qcode="medtop:{code}">{named}</subject>'


def _content_set(version: Version) -> str:
    """No words, no content: a message that cancels an item need not carry it."""
    if not version.markup():
        return ""
    return lines(
        '<contentSet><inlineXML contenttype="application/xhtml+xml">',
        '<html xmlns="http://www.w3.org/1999/xhtml">',
        f"<head>{element('title', version.get('headline'))}</head>",
        f"<body>\n{version.markup()}\n</body></html>",
        "</inlineXML></contentSet>",
    )
