"""The items beside a ninjs item (pictures, related stories), each with its own permission."""

from copytaster.agency import Profile
from copytaster.formats import _ninjs_parts as parts
from copytaster.formats import _status
from copytaster.formats._moments import Moments
from copytaster.formats._ninjs_fields import Fields
from copytaster.item import Association
from copytaster.item import PubStatus

# The properties of an item and of an association in ninjs 1.0 to 3.1.
_STANDARD = frozenset(
    """
    $standard advices altids associations bodies by byline charcount contentcreated
    copyrightholder copyrightnotice descriptions digitalsourcetype ednote embargoed
    embargoeduntil event eventdetails events expires firstcreated genre genres headline
    headlines infosource infosources language located mimetype name object objects organisation
    organisations people person place places plannedcoverage profile pubstatus renditions
    representationtype rightsinfo role slugline standard subject subjects title trustindicator
    trustindicators type urgency uri usageterms version versioncreated wordcount
    """.split()
)
# What agencies and the newsroom systems they use add to them, and what is read of items here.
_ADDED = frozenset(
    """
    annotations authors contentmodified credit dateline editorialtypes embargoedreason extra
    firstpublished guid itemclass keyword keywords priority publicnote readtime replacedby
    replacing service services signal signals source status
    """.split()
)
_PROPERTIES = _STANDARD | _ADDED
_FREE = ("body_", "description_", "headline_", "geometry_")
"""ninjs 1: the rest of the name is the agency's"""


def associations(fields: Fields, profile: Profile, moments: Moments) -> tuple[Association, ...]:
    """Items beside this one, each with its own status and embargo: none inherits permission."""
    found = []
    for member in fields.members("associations"):
        fault = _fault(member)
        if fault is not None:
            fields.doubt("association-malformed", "associations", fault)
        found.append(_association(member, profile, moments))
    return tuple(found)


def _fault(member: Fields) -> str | None:
    """What the rules of ninjs forbid in an association. The agency vouches for the item as a
    whole, and what nobody here can read in a part of it may be what restricts it."""
    for name in member.names():
        if name not in _PROPERTIES and not name.startswith(_FREE):
            return f"a property that no generation of ninjs has: {name[:60]!r}"
    if member.string("uri", "guid") is None:
        return "no uri"
    return None if member.string("name") else "no name"


def _association(member: Fields, profile: Profile, moments: Moments) -> Association:
    """One with a word of the wrong type or a kind that nobody knows is not shown unattended, nor
    one without an id: nothing could ever take it back."""
    texts = {d.role: d.value for d in reversed(parts.descriptions(member))}
    lines = parts.headlines(member)
    found, said = parts.status(member, profile), parts.kinds(member, "", profile)
    expires = member.moment("expires", moments)
    usage_terms = member.strings("usageterms")
    uri = member.string("uri", "guid")
    unnamed = () if uri else ("guid-missing",)
    holds = found.holds + said.holds + tuple(member.holds) + unnamed
    settled = _status.settle(found.pub_status, said.types)
    if holds and settled is PubStatus.usable:
        settled = PubStatus.hold
    return Association(
        name=member.string("name"),
        role=member.string("role"),
        uri=uri,
        version=member.version(),
        type=member.string("type"),
        headline=lines[0].value if lines else None,
        caption=texts.get("caption") or texts.get(None),
        alt_text=texts.get("alttext") or texts.get("alt"),
        byline=member.text("by", "byline"),
        credit=parts.credit(member),
        copyright_notice=member.string("copyrightnotice"),
        usage_terms=usage_terms,
        pub_status=settled,
        embargo=_status.embargo(member.embargo(moments), required=found.embargoed),
        expires=expires,
        hold_reason=tuple(dict.fromkeys(holds)),
        renditions=parts.renditions(member),
    )
