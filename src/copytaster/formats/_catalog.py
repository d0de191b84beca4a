"""QCodes to URIs: an alias is local to the item, so codes are compared as URIs only.

The item's own ``catalog`` declarations win; IPTC's standard aliases stand in for the
``catalogRef`` that nobody fetches. Source: IPTC G2 Standards catalog, version 41.
"""

from collections import ChainMap
from collections.abc import Iterable

from lxml import etree

_CV = "http://cv.iptc.org/newscodes/"
NATURES = _CV + "cpnature/"
MESSAGE_SIGNALS = _CV + "newsmsgsignal/"

_IPTC = {
    alias: f"{_CV}{name}/"
    for alias, name in (
        ("catinat", "catinature"),
        ("cinat", "cinature"),
        ("cpnat", "cpnature"),
        ("digsrctype", "digitalsourcetype"),
        ("drol", "descriptionrole"),
        ("ednoterole", "ednoterole"),
        ("encd", "encoding"),
        ("genre", "genre"),
        ("irel", "itemrelation"),
        ("isrol", "infosourcerole"),
        ("medtop", "mediatopic"),
        ("ninat", "ninature"),
        ("nmsig", "newsmsgsignal"),
        ("nprov", "newsprovider"),
        ("nrol", "namerole"),
        ("pgrmod", "pkggroupmode"),
        ("plinat", "plinature"),
        ("rnd", "rendition"),
        ("scn", "scene"),
        ("sev", "severity"),
        ("sig", "signal"),
        ("stat", "pubstatusg2"),
        ("subj", "subjectcode"),
    )
} | {
    "iso3166-1a2": "http://cvx.iptc.org/iso3166-1a2/",
    "iso3166-1a3": "http://cvx.iptc.org/iso3166-1a3/",
    "wikidata": "http://www.wikidata.org/entity/",
}


class Catalog:
    """The aliases in force for one item; those of its message, ``around``, come second."""

    def __init__(self, declared: Iterable[etree._Element], around: "Catalog | None" = None) -> None:
        own = {
            scheme.get("alias", ""): scheme.get("uri", "")
            for catalog in declared
            for scheme in catalog.iterfind("{*}scheme")
        }
        outer = ChainMap(_IPTC) if around is None else around.aliases
        self.aliases: ChainMap[str, str] = outer.new_child(own)

    def uri(self, element: etree._Element) -> str | None:
        """What an element names: its ``uri``, or its ``qcode`` resolved; None if unknown."""
        found = element.get("uri")
        return found.strip() if found else self.resolve(element.get("qcode"))

    def resolve(self, qcode: str | None) -> str | None:
        """The URI of a QCode whose alias is known."""
        alias, colon, local = (qcode or "").strip().partition(":")
        scheme = self.aliases.get(alias)
        return scheme + local if colon and local and scheme else None
