"""RSS 2.0 with content, dc, dcterms and atom (handbook: formats §1.3)."""

from collections.abc import Sequence

from copytaster.demo.drawings import picture_href
from copytaster.demo.writers._version import PROLOGUE
from copytaster.demo.writers._version import Version
from copytaster.demo.writers._version import element
from copytaster.demo.writers._version import lines
from copytaster.demo.writers._version import optional

_NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)


def write_rss(versions: Sequence[Version], agency: str) -> str:
    return lines(
        PROLOGUE,
        f'<rss version="2.0" {_NAMESPACES}>',
        "<channel>",
        element("title", f"{agency} wire"),
        element("link", f"https://{agency}.example/"),
        element("description", f"Stories of {agency}"),
        *(_item(version, agency) for version in versions),
        "</channel>",
        "</rss>",
        "",
    )


def _item(version: Version, agency: str) -> str:
    moved = version.updated if version.updated != version.published else ""
    return lines(
        "<item>",
        element("title", version.get("headline")),
        optional("link", version.get("link")),
        element("guid", version.guid, isPermaLink="false"),
        optional("pubDate", version.published),
        optional("atom:updated", moved),
        optional("dc:creator", version.get("by")),
        optional("dc:language", version.get("lang")),
        optional("dc:rights", version.get("rights")),
        *(element("category", name) for _, name in version.sections()),
        optional("media:credit", version.get("credit")),
        optional("description", version.get("summary")),
        f"<content:encoded>{_cdata(version.markup())}</content:encoded>",
        _picture(version, agency) if version.says("picture") else "",
        "</item>",
    )


def _picture(version: Version, agency: str) -> str:
    href = picture_href(version.pictures, agency, version.get("picture"))
    return lines(
        element("media:content", "", url=href, medium="image", type="image/jpeg").replace(
            "></media:content>", ">"
        ),
        optional("media:description", version.get("caption")),
        optional("media:credit", version.get("picture-credit")),
        "</media:content>",
    )


def _cdata(markup: str) -> str:
    """``]]>`` cannot stand in a CDATA section: it is split over two (XML 1.0 §2.7)."""
    return "<![CDATA[" + markup.replace("]]>", "]]]]><![CDATA[>") + "]]>"
