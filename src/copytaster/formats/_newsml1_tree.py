"""The components of one news item, and what each content is: text, a picture, something else.

``NewsComponent`` nests freely. The members of one are complements, or with
``EquivalentsList="yes"`` alternatives (NewsML 1.2 DTD, NewsComponent). A role goes down to the
contents inside, until a component inside has a role of its own.
"""

from collections.abc import Iterator

from lxml import etree

from copytaster.formats._newsml1_part import LANG
from copytaster.formats._newsml1_part import Part
from copytaster.formats._newsml1_part import word
from copytaster.formats._scan import local_name

TEXT = "text"
OTHER = "other"

# Roles of the components that hold the text of a story.
MAIN = frozenset(
    {
        *("main", "maintext", "maincontent", "maincomponent", "maincontentset", "mainitem"),
        *("body", "bodytext", "bodycontent", "text", "story", "storytext", "article", "content"),
        *("newstext", "copy", "lead", "leadtext", "intro"),
    }
)
# Roles of components that only hold others.
_NEUTRAL = frozenset({"contentlist", "package", "newspackage", "list", "set", "group", "component"})
HEADLINE = frozenset({"headline", "title"})
SUBHEADLINE = frozenset({"subheadline", "subtitle", "subhead"})
SUMMARY = frozenset({"abstract", "summary", "description", "teaser"})
CAPTION = frozenset({"caption", "captiontext", "picturecaption", "photocaption", "legend"})
MEDIA_ROLES = {
    **dict.fromkeys(("photo", "picture", "image", "photograph", "photos", "images"), "picture"),
    **dict.fromkeys(("graphic", "graphics", "infographic", "logo", "chart", "map"), "graphic"),
    **dict.fromkeys(("video", "clip", "film", "footage", "animation"), "video"),
    **dict.fromkeys(("audio", "sound", "radio"), "audio"),
}
_MEDIA_TYPES = {
    **MEDIA_ROLES,
    "still": "picture",
    "text": TEXT,
    "textual": TEXT,
    "complexdata": OTHER,
}
_MIME = {"image": "picture", "video": "video", "audio": "audio", "text": TEXT}
_MIME_TEXT = ("xml", "nitf", "xhtml")
_ENDINGS = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "tif", "tiff"), "picture"),
    **dict.fromkeys(("mp4", "mov", "wmv", "flv", "mpg", "webm"), "video"),
    **dict.fromkeys(("mp3", "wav", "m4a"), "audio"),
}
_FORMATS = ("jpeg", "jpg", "tiff", "gif", "png", "eps", "iptciim")


class Component:
    """A component with what stands in it. The root is the news item itself."""

    __slots__ = (
        "children",
        "contents",
        "equivalents",
        "has_media",
        "in_media",
        "parent",
        "part",
        "refers",
        "role",
        "shows_media",
    )

    def __init__(self, part: Part, parent: "Component | None") -> None:
        self.part = part
        self.parent = parent
        inherited = parent.role if parent is not None else ""
        own = word(part.formal("Role")) if part.children.get("Role") else ""
        self.role: str = "" if own in _NEUTRAL else own or inherited
        self.equivalents = _is_equivalents(part)
        # Words inside a picture's component are the picture's, whatever their own role.
        self.in_media: bool = own in MEDIA_ROLES or (parent is not None and parent.in_media)
        self.contents = [Content(Part(e), self) for e in part.all("ContentItem")]
        self.children = [Component(Part(e), self) for e in part.all("NewsComponent")]
        self.shows_media: bool = any(content.is_media for content in self.contents)
        self.has_media: bool = self.shows_media or any(c.has_media for c in self.children)
        named = "NewsItemRef" in part.children or "NewsItem" in part.children
        # Whether it or a component inside refers to other items, or holds them: a package.
        self.refers: bool = named or any(c.refers for c in self.children)

    def chain(self) -> list["Component"]:
        """From the item itself down to this component."""
        return [*([] if self.parent is None else self.parent.chain()), self]

    def walk(self) -> Iterator["Component"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all_contents(self) -> Iterator["Content"]:
        for component in self.walk():
            yield from component.contents

    def members(self) -> list["Component | Content"]:
        """Contents and components in the order they were sent (the DTD allows one kind)."""
        if not self.contents or not self.children:
            return [*self.contents, *self.children]
        place = {child: index for index, child in enumerate(self.part.element)}
        both: list[Component | Content] = [*self.contents, *self.children]
        return sorted(both, key=lambda member: place[member.part.element])


class Content:
    """A ``ContentItem``: what it is, and whose it is."""

    __slots__ = ("component", "data", "form", "kind", "part")

    def __init__(self, part: Part, component: Component) -> None:
        self.part = part
        self.component = component
        self.data = _data(part)
        self.kind = _kind(part, component.role, inline=self.data is not None)
        self.form: str | None = None
        """of a text: what form of text it is, once that was looked at"""

    @property
    def role(self) -> str:
        return self.component.role

    @property
    def is_media(self) -> bool:
        return self.kind not in (TEXT, OTHER)

    @property
    def href(self) -> str | None:
        return self.part.element.get("Href", "").strip() or None


def _is_equivalents(part: Part) -> bool:
    """Said outright, or told by a basis for choosing among the members. A choice by role is
    none: members of different roles are complements (Business Wire's components)."""
    said = part.element.get("EquivalentsList", "").strip().lower()
    if said == "yes":
        return True
    basis = [(element.text or "").strip() for element in part.all("BasisForChoice")]
    return any(path and not path.endswith("Role") for path in basis)


def _data(part: Part) -> etree._Element | None:
    """``DataContent``, which may lie inside ``Encoding``, with anything in it."""
    found = part.first("DataContent")
    inside = part.first("Encoding")
    while found is None and inside is not None:
        step = Part(inside)
        found, inside = step.first("DataContent"), step.first("Encoding")
    if found is not None and (len(found) or (found.text or "").strip()):
        return found
    return None


def encodings(data: etree._Element) -> list[str]:
    """The notations of the encodings around the data, outermost first."""
    steps = [e for e in data.iterancestors() if local_name(e) == "Encoding"]
    return [word(step.get("Notation")) for step in reversed(steps)]


def _kind(part: Part, role: str, *, inline: bool) -> str:
    """By MIME type, then media type, format, role; what is inline and unnamed is text.

    A file that nothing names is what the end of its address says.
    """
    mime = (part.formal("MimeType") or "").lower()
    major, _, minor = mime.partition("/")
    if minor.startswith(("css", "javascript")):
        return OTHER
    if major in _MIME or minor.endswith(_MIME_TEXT):
        return _MIME.get(major, TEXT)
    media = word(part.formal("MediaType"))
    if media in _MEDIA_TYPES:
        return _MEDIA_TYPES[media]
    form = word(part.formal("Format"))
    if form.startswith(_FORMATS):
        return "picture"
    if mime or media:
        return OTHER
    if inline:
        return TEXT
    ending = part.element.get("Href", "").strip().lower().rpartition(".")[2]
    return MEDIA_ROLES.get(role) or _ENDINGS.get(ending, OTHER)


def language_of(component: Component) -> str | None:
    """The language told nearest: by the metadata, else by ``xml:lang``."""
    for outer in reversed(component.chain()):
        found = outer.part.part("DescriptiveMetadata").formal("Language")
        found = found or outer.part.element.get(LANG)
        if found:
            return found
    return None
