"""QCodes to URIs: an alias is local to the item, so codes are compared as URIs only.

The item's own ``catalog`` declarations win, then those of its message; IPTC's standard aliases
stand in for the ``catalogRef`` that nobody fetches. Source: IPTC G2 Standards catalog,
version 41 of 30 April 2025.
"""

from collections.abc import Iterable
from collections.abc import Mapping

from lxml import etree

_CV = "http://cv.iptc.org/newscodes/"
NATURES = _CV + "cpnature/"
MESSAGE_SIGNALS = _CV + "newsmsgsignal/"

# Alias and scheme, where the two differ; each scheme is a folder of IPTC's NewsCodes.
_SCHEMES = (
    "altidrole catinat:catinature cinat cpnat:cpnature cpprole:contentprodpartyrole "
    "crel:conceptrelation ctrol:contributorrole cwarn:contentwarning "
    "digsrctype:digitalsourcetype drol:descriptionrole ednoterole encd:encoding "
    "eocstat:eventoccurstatus erol:edrole frmt:format gen:generic genre howextr:howextracted "
    "irel:itemrelation irep:itemrepresentation isrol:infosourcerole loctyp:location "
    "lrol:languagerole medtop:mediatopic mtyp:mediatype ninat:ninature nmsig:newsmsgsignal "
    "nprod:newsproduct nprov:newsprovider nrol:namerole oito:ofinterestto pgrmod:pkggroupmode "
    "plinat:plinature prio:priority prodgenre:productgenre prov:provider pst1:status1 "
    "riaspect riscope rnd:rendition scn:scene sev:severity sig:signal stat:pubstatusg2 "
    "subj:subjectcode squ:subjectqualifier timeunit tone trustindicator urgy:urgency "
    "why:whypresent wldreg:worldregion"
)
_IPTC: Mapping[str, str] = {
    alias: f"{_CV}{scheme or alias}/"
    for alias, _, scheme in (pair.partition(":") for pair in _SCHEMES.split())
} | {
    "a1312cat": "http://cvx.iptc.org/anpa1312-category/",
    "a1312prio": "http://cvx.iptc.org/anpa1312-priority/",
    "a1312svc": "http://cvx.iptc.org/anpa1312-servicelevel/",
    "a1312vers": "http://cvx.iptc.org/anpa1312-version/",
    "iso3166-1a2": "http://cvx.iptc.org/iso3166-1a2/",
    "iso3166-1a3": "http://cvx.iptc.org/iso3166-1a3/",
    "wikidata": "http://www.wikidata.org/entity/",
}


class Catalog:
    """The aliases in force for one item; those of its message, ``around``, come second."""

    def __init__(
        self, declared: Iterable[etree._Element] = (), around: "Catalog | None" = None
    ) -> None:
        outer = _IPTC if around is None else around.aliases
        own = {
            scheme.get("alias", ""): scheme.get("uri", "")
            for catalog in declared
            for scheme in catalog.iterfind("{*}scheme")
        }
        self.aliases: Mapping[str, str] = {**outer, **own} if own else outer

    def uri(self, element: etree._Element) -> str | None:
        """What an element names: its ``uri``, or its ``qcode`` resolved; None if unknown."""
        found = element.get("uri")
        return found.strip() if found else self.resolve(element.get("qcode"))

    def resolve(self, qcode: str | None) -> str | None:
        """The URI of a QCode whose alias is known."""
        if qcode is None:
            return None
        alias, colon, local = qcode.strip().partition(":")
        scheme = self.aliases.get(alias)
        return scheme + local if colon and local and scheme else None
