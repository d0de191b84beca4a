"""schema.org's properties to the fields of an item: people, subjects, rights, pictures."""

from collections.abc import Iterator

import msgspec

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _status
from copytaster.formats._schema_data import Data
from copytaster.formats._schema_data import Node
from copytaster.formats._schema_data import address
from copytaster.formats._schema_data import string
from copytaster.formats._schema_data import types
from copytaster.formats._schema_data import values
from copytaster.formats._words import field
from copytaster.item import AltId
from copytaster.item import Association
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import CorrectionText
from copytaster.item import Description
from copytaster.item import Headline
from copytaster.item import Rendition
from copytaster.item import RightsInfo
from copytaster.item import Source

_MOST = 200
"""Values of one property that are kept."""

_SOURCES = ("publisher", "sourceOrganization", "provider", "sdPublisher")
_MEDIA = {"image": "picture", "video": "video", "audio": "audio", "associatedMedia": None}
_MEDIA_TYPES = {"ImageObject": "picture", "VideoObject": "video", "AudioObject": "audio"}


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """All nodes that speak of one article; the first that says something is believed."""

    nodes: tuple[Node, ...]
    data: Data
    base: str | None

    def values(self, *names: str) -> list[object]:
        """Of the first property, in the first node, that has values."""
        for name in names:
            for node in self.nodes:
                if found := values(node, name, self.data):
                    return found[:_MOST]
        return []

    def every(self, name: str) -> list[object]:
        """The values of a property in all nodes: what restricts is believed wherever it stands."""
        return [v for node in self.nodes for v in values(node, name, self.data)][:_MOST]

    def strings(self, *names: str) -> tuple[str, ...]:
        found = (field(string(value)) for value in self.values(*names))
        return tuple(dict.fromkeys(said for said in found if said))

    def string(self, *names: str) -> str | None:
        return next(iter(self.strings(*names)), None)

    def web(self, said: str | None) -> str | None:
        """A public http or https address, or None."""
        found = text.safe_href(said, self.base) if said else None
        return found if found and found.lower().startswith("http") else None

    def addresses(self, *names: str) -> tuple[str, ...]:
        found = (self.web(address(value)) for value in self.values(*names))
        return tuple(dict.fromkeys(said for said in found if said))


def headlines(story: Story) -> tuple[Headline, ...]:
    main = story.string("headline") or story.string("name")
    found = [Headline(value=main)] if main else []
    others = story.strings("alternativeHeadline")
    return (*found, *(Headline(value=said, role="alternative") for said in others))


def bylines(story: Story) -> tuple[Byline, ...]:
    found = []
    for value in story.values("author", "creator"):
        name = field(string(value))
        if name is None:
            continue
        more = value if isinstance(value, dict) else {}
        title = field(string(more.get("jobTitle")))
        found.append(Byline(name=name, title=title, org=field(string(more.get("affiliation")))))
    return tuple(dict.fromkeys(found))


def descriptions(story: Story) -> tuple[Description, ...]:
    found = []
    for name in ("description", "abstract"):
        found += [Description(value=said, role=name) for said in story.strings(name)]
    return tuple(found)


def keywords(story: Story) -> tuple[str, ...]:
    """A list, or one text with commas (schema.org/keywords)."""
    said = [word for text_ in story.strings("keywords") for word in text_.split(",")]
    return tuple(dict.fromkeys(word.strip() for word in said if word.strip()))


def concepts(story: Story, *names: str) -> tuple[Concept, ...]:
    found = []
    for name in names:
        for value in story.values(name):
            uri = address(value) if isinstance(value, dict) else None
            said = field(string(value))
            if said or uri:
                found.append(Concept(uri=uri, literal=None if uri else said, name=said, rel=name))
    return tuple(dict.fromkeys(found))


def genres(story: Story) -> tuple[Concept, ...]:
    """``genre``, and the finer types of article."""
    kinds = dict.fromkeys(kind for node in story.nodes for kind in types(node))
    finer = [kind for kind in kinds if kind not in ("Article", "NewsArticle")]
    named = [Concept(uri=f"https://schema.org/{kind}", name=kind) for kind in finer[:_MOST]]
    return (*named, *(Concept(literal=said, name=said) for said in story.strings("genre")))


def correction(story: Story) -> tuple[bool, CorrectionText | None]:
    """Whether a correction is told, and its text (``CorrectionComment``, text, or an address)."""
    said = []
    for value in (found := story.values("correction")):
        words = value.get("text", value.get("description")) if isinstance(value, dict) else value
        told = field(string(words[0] if isinstance(words, list) and words else words))
        if told and not told.startswith(("http:", "https:")):
            said.append(told)
    text_ = CorrectionText(public="\n".join(said)) if said else None
    return bool(found), text_


def rights(story: Story) -> tuple[RightsInfo, ...]:
    links = story.addresses("license") + story.addresses("acquireLicensePage")
    return tuple(RightsInfo(linked_rights=link) for link in dict.fromkeys(links))


def sources(story: Story) -> tuple[Source, ...]:
    found = []
    for role in _SOURCES:
        for value in story.values(role):
            name = field(string(value))
            uri = story.web(address(value)) if isinstance(value, dict) else None
            if name or uri:
                found.append(Source(name=name, uri=uri, role=role))
    return tuple(dict.fromkeys(found))


def associations(story: Story, profile: Profile) -> tuple[Association, ...]:
    """Pictures and films, each with its own rights; the story's permission is not theirs.

    schema.org has no status for them, so the profile says what a missing one means; terms of
    use that are told of a picture hold it.
    """
    status = _status.missing_status(profile)
    found = [one for name, kind in _MEDIA.items() for one in _media(story, name, kind, status)]
    return tuple(dict.fromkeys(found))[:_MOST]


def _media(
    story: Story, name: str, kind: str | None, status: _status.Status
) -> Iterator[Association]:
    for value in story.values(name):
        node: Node = value if isinstance(value, dict) else {}
        href = story.web(_content(node) or address(value))
        if href is None:
            continue
        known = next((_MEDIA_TYPES[t] for t in types(node) if t in _MEDIA_TYPES), None)
        named = ("license", "acquireLicensePage", "usageInfo")
        licences = [address(_first(node.get(term))) for term in named]
        limits = ("rights-restricted",) if any(licences) else ()
        licences.append(string(node.get("copyrightNotice")))
        yield Association(
            name=name,
            uri=href,
            type=known or kind or "picture",
            headline=field(string(node.get("name"))),
            caption=field(string(node.get("caption")) or string(node.get("description"))),
            byline=field(string(node.get("creator")) or string(node.get("author"))),
            credit=field(string(node.get("creditText"))),
            copyright_notice=field(string(node.get("copyrightNotice"))),
            usage_terms=tuple(said for said in licences if said),
            pub_status=status.pub_status,
            hold_reason=(*status.holds, *limits),
            renditions=(_rendition(node, href),),
        )


def _content(node: Node) -> str | None:
    return address(_first(node.get("contentUrl")))


def _first(said: object) -> object:
    return said[0] if isinstance(said, list) and said else said


def _rendition(node: Node, href: str) -> Rendition:
    return Rendition(
        href=href,
        content_type=string(node.get("encodingFormat")),
        width=_pixels(node.get("width")),
        height=_pixels(node.get("height")),
    )


def _pixels(value: object) -> int | None:
    said = (string(value[0] if isinstance(value, list) and value else value) or "").strip()
    digits = said.removesuffix("px").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else None


def alt_ids(story: Story, guid: str) -> tuple[AltId, ...]:
    found = [
        AltId(role=name, value=said)
        for name in ("@id", "identifier", "mainEntityOfPage", "url")
        for said in story_ids(story, name)
        if said != guid
    ]
    return tuple(dict.fromkeys(found))


def story_ids(story: Story, name: str) -> Iterator[str]:
    """What a property says the story's id is: addresses whole, an identifier as it stands."""
    for value in story.values(name):
        said = string(value) if name == "identifier" else address(value)
        if name == "identifier" and isinstance(value, dict) and isinstance(value.get("value"), str):
            said = value["value"]
        if said and not said.startswith("_:") and (found := said.strip()):
            if name == "identifier":
                yield found
            elif (whole := story.web(found)) or ":" in found.partition("/")[0]:
                yield whole or found
