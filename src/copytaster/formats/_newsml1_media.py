"""Pictures and other media of an item of NewsML 1, and the items it refers to.

Each is an association with its own rights, credit and caption. What restricts the whole item
(its status, its embargo, rights told above the picture) restricts the picture too; what the
item is allowed never opens a picture whose own terms say anything (design: fail closed).
"""

from collections.abc import Callable

from copytaster.agency import Profile
from copytaster.formats import _newsml1_lines as lines
from copytaster.formats import _status
from copytaster.formats._newsml1_control import Control
from copytaster.formats._newsml1_identity import revision_of
from copytaster.formats._newsml1_identity import story_of
from copytaster.formats._newsml1_lines import Way
from copytaster.formats._newsml1_part import Part
from copytaster.formats._newsml1_part import named
from copytaster.formats._newsml1_story import Unit
from copytaster.formats._newsml1_tree import MEDIA_ROLES
from copytaster.formats._newsml1_tree import Component
from copytaster.formats._newsml1_tree import Content
from copytaster.item import Association
from copytaster.item import Group
from copytaster.item import GroupRef
from copytaster.item import PubStatus
from copytaster.item import Remark
from copytaster.item import Rendition
from copytaster.item import Restriction

_WIDTH = ("pixelwidth", "width", "imagewidth", "horizontalpixels", "imagepixelwidth")
_HEIGHT = ("pixelheight", "height", "imageheight", "verticalpixels", "imagepixelheight")
_USES = ("imageuse", "multimediause", "use", "rendition")
_KINDS = ("video", "audio", "graphic", "picture")

Words = Callable[[Content], str | None]
"""the words of a text beside the text"""
Named = Callable[[Part], str | None]
"""the key of an item"""


def renditions(unit: Unit) -> tuple[Rendition, ...]:
    """The files of a picture; one that came inside the document has no address and is no file."""
    return tuple(_rendition(content) for content in unit.media if content.href)


def _rendition(content: Content) -> Rendition:
    facts = content.part.part("Characteristics")
    properties = [*facts.all("Property"), *content.part.all("Property")]
    component = content.component
    return Rendition(
        href=content.href or "",
        name=named(properties, *_USES) or component.part.formal("Role"),
        content_type=content.part.formal("MimeType"),
        width=_status.number(named(properties, *_WIDTH)),
        height=_status.number(named(properties, *_HEIGHT)),
        size_in_bytes=_status.number(facts.text("SizeInBytes")),
    )


def kind_of(unit: Unit) -> str:
    """By the role, else by the most telling of its contents."""
    told = MEDIA_ROLES.get(unit.component.role)
    return told or min((content.kind for content in unit.media), key=_KINDS.index)


class Above:
    """Terms and restrictions told above pictures; siblings share them, so each is read once."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[tuple[str, ...], tuple[Restriction, ...]]] = {}

    def of(self, component: Component) -> tuple[tuple[str, ...], tuple[Restriction, ...]]:
        around = component.parent
        if around is None:
            return (), ()
        if id(around) not in self._seen:
            way = Way([outer.part for outer in around.chain()])
            self._seen[id(around)] = lines.usage_terms(way), lines.restrictions(way)
        return self._seen[id(around)]


def association(
    unit: Unit, control: Control, words: Words, above: Above, profile: Profile
) -> Association:
    """A picture with what is told of it alone, and with every restriction above it.

    No component has a status of its own. The item's may close the picture, never open it.
    """
    own = Way([component.part for component in unit.component.walk()] if unit.is_whole else [])
    said = lines.news_lines(own)
    outer_terms, outer_restrictions = above.of(unit.component)
    if not unit.is_whole:
        here = Way([unit.component.part])
        outer_terms += lines.usage_terms(here)
        outer_restrictions += lines.restrictions(here)
    terms = tuple(dict.fromkeys((*outer_terms, *lines.usage_terms(own), *said.advisory)))
    limits = tuple(dict.fromkeys((*outer_restrictions, *lines.restrictions(own))))
    heads = lines.headlines(own)
    captions = [found for content in unit.captions if (found := words(content))]
    return Association(
        name=unit.component.part.formal("Role"),
        role=unit.component.part.formal("Role"),
        type=kind_of(unit),
        headline=heads[0].value if heads else None,
        caption="\n".join((*captions, *said.caption)) or None,
        byline=own.line("ByLine"),
        credit=own.line("CreditLine"),
        copyright_notice=own.line("CopyrightLine"),
        usage_terms=terms,
        pub_status=_strictest(control.pub_status, profile),
        embargo=control.embargo,
        expires=control.expires,
        restrictions=limits,
        renditions=renditions(unit),
    )


def _strictest(found: PubStatus, profile: Profile) -> PubStatus:
    missing = _status.missing_status(profile)
    return _status.strictest([_status.Status(pub_status=found), missing]).pub_status


def inline_remarks(units: tuple[Unit, ...]) -> tuple[Remark, ...]:
    """A remark for each file that came inside the document: it is not kept."""
    return tuple(
        Remark(code="media-inline", path="ContentItem", detail=content.part.formal("MimeType"))
        for unit in units
        for content in unit.media
        if not content.href and content.data is not None
    )


# --- references ----------------------------------------------------------------------------------


def related(management: Part, profile: Profile) -> tuple[Association, ...]:
    """Items named by ``AssociatedWith`` and ``DerivedFrom``; nothing of theirs is here."""
    found = [
        _reference(element.get("NewsItem", "").strip(), role, profile)
        for name, role in (("AssociatedWith", "associatedWith"), ("DerivedFrom", "derivedFrom"))
        for element in management.all(name)
        if element.get("NewsItem", "").strip()
    ]
    return tuple(dict.fromkeys(found))


def referenced(root: Component, key: Named, profile: Profile) -> tuple[Association, ...]:
    """Items that a story's components refer to, or hold."""
    return tuple(
        _reference(reference, component.part.formal("Role"), profile)
        for component in root.walk()
        for reference in (*_references(component), *_held(component, key))
    )


def _reference(named: str, role: str | None, profile: Profile) -> Association:
    return Association(
        role=role,
        uri=story_of(named, profile),
        version=revision_of(named),
        pub_status=_status.missing_status(profile).pub_status,
    )


def _references(component: Component) -> list[str]:
    found = (element.get("NewsItem", "").strip() for element in component.part.all("NewsItemRef"))
    return [reference for reference in found if reference]


def _held(component: Component, key: Named) -> list[str]:
    """Keys of the items inside a component; they are items of the document too."""
    return [guid for part in component.part.parts("NewsItem") if (guid := key(part))]


def groups(root: Component, key: Named, profile: Profile) -> tuple[Group, ...]:
    """A package: each component that refers to items, or holds them, is a group of them."""
    if not root.refers:
        return ()
    found = []
    for index, component in enumerate(root.walk()):
        refs = [
            GroupRef(uri=story_of(reference, profile), version=revision_of(reference))
            for reference in _references(component)
        ]
        refs += [GroupRef(uri=guid) for guid in _held(component, key)]
        if refs:
            found.append(_group(component, f"component-{index}", tuple(refs)))
    return tuple(found)


def _group(component: Component, name: str, refs: tuple[GroupRef, ...]) -> Group:
    return Group(
        id=component.part.element.get("Duid") or name,
        role=component.part.formal("Role"),
        mode="alt" if component.equivalents else "bag",
        refs=refs,
    )
