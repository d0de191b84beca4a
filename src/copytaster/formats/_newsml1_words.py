"""The body of an item of NewsML 1: the parts that were chosen, joined, and all as they were sent.

Beside the words it reads what an NITF document inside says of itself: it may tell a headline
that the lines do not, and its ``docdata`` may only make the item stricter.
"""

import hashlib

import msgspec

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats._newsml1_body import Sources
from copytaster.formats._newsml1_body import as_sent
from copytaster.formats._newsml1_body import content_type
from copytaster.formats._newsml1_body import kind
from copytaster.formats._newsml1_body import nitf_in_string
from copytaster.formats._newsml1_body import read
from copytaster.formats._newsml1_body import unsure
from copytaster.formats._newsml1_part import named
from copytaster.formats._newsml1_story import Story
from copytaster.formats._newsml1_tree import Content
from copytaster.formats._nitf_parts import Nitf
from copytaster.formats._scan import local_name
from copytaster.formats._status import number
from copytaster.formats._words import Words
from copytaster.formats._words import field
from copytaster.item import Body
from copytaster.item import BodyKind
from copytaster.item import Copy

_WORDS = ("words", "wordcount", "numberofwords")
_CHARACTERS = ("characters", "charactercount", "charcount")


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """The body of an item."""

    bodies: tuple[Body, ...] = ()
    kind: BodyKind = BodyKind.none
    words: Words = Words()


def body(story: Story, sources: Sources, profile: Profile, *, words: bool) -> Read:
    """The words of the chosen contents, and every text as sent, the chosen first."""
    bodies = tuple(_body(content, sources, profile) for content in (*story.text, *story.others))
    if not words:
        whole = BodyKind.full if story.text else BodyKind.none
        return Read(bodies=bodies, kind=whole)
    found = _joined([read(c, kind(c), sources, profile) for c in story.text])
    found = found if story.doubt is None else unsure(found, story.doubt)
    whole = BodyKind.full if found.copy.blocks else BodyKind.none
    return Read(bodies=bodies, kind=whole, words=found)


def _joined(parts: list[Words]) -> Words:
    """Complements are one text, in the order they were sent."""
    if len(parts) == 1:
        return parts[0]
    return Words(
        copy=Copy(
            blocks=tuple(block for part in parts for block in part.copy.blocks),
            pieces=tuple(piece for part in parts for piece in part.copy.pieces),
        ),
        holds=tuple(dict.fromkeys(hold for part in parts for hold in part.holds)),
        remarks=tuple(remark for part in parts for remark in part.remarks),
        repairs=tuple(dict.fromkeys(repair for part in parts for repair in part.repairs)),
    )


def _body(content: Content, sources: Sources, profile: Profile) -> Body:
    value = as_sent(content, sources)
    facts = content.part.part("Characteristics").all("Property")
    return Body(
        value=value,
        content_type=content_type(content, kind(content)),
        role=content.component.part.formal("Role"),
        selector=profile.body_selector,
        char_count=number(named(facts, *_CHARACTERS)),
        word_count=number(named(facts, *_WORDS)),
        sha256=hashlib.sha256(value.encode()).hexdigest(),
    )


def plain(content: Content, sources: Sources, profile: Profile) -> str | None:
    """The characters of a text beside the text: a caption, a summary, a headline."""
    found = read(content, kind(content), sources, profile)
    return field(text.plain(found.copy))


# --- NITF inside ---------------------------------------------------------------------------------


def nitf_inside(content: Content) -> Nitf | None:
    """The NITF document that a content holds, as markup or in a string."""
    data = content.data
    if data is None or kind(content) != "nitf":
        return None
    root = data[0] if len(data) else nitf_in_string(data)
    return Nitf(root) if root is not None and local_name(root) == "nitf" else None
