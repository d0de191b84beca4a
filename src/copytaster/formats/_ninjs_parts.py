"""The parts of a ninjs item, generation by generation made one."""

from copytaster import text
from copytaster.agency import Profile
from copytaster.formats import _status
from copytaster.formats._json_values import decimal
from copytaster.formats._ninjs_fields import Fields
from copytaster.formats._ninjs_fields import whole
from copytaster.formats._words import field
from copytaster.formats._words import one_line
from copytaster.item import AltId
from copytaster.item import Byline
from copytaster.item import Concept
from copytaster.item import Description
from copytaster.item import EditorialType
from copytaster.item import Group
from copytaster.item import GroupRef
from copytaster.item import Headline
from copytaster.item import Place
from copytaster.item import PubStatus
from copytaster.item import Rendition
from copytaster.item import RightsInfo
from copytaster.item import Signal
from copytaster.item import Source

# Roles that name the form of the text, or the main one: no role at all in generation 1.
_MAIN = frozenset({"main", "text", "html", "xhtml", ""})
_HTML = ("html", "xhtml")
_CREDIT = "creditline"


def guid_of(value: object) -> str | None:
    """The identity of an object that could not be read, if it has one."""
    found = value.get("uri") or value.get("guid") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


# --- control -------------------------------------------------------------------------------------


def kinds(fields: Fields, kind: str, profile: Profile) -> _status.Kinds:
    """Signals and editorial types; BBC sends ``advisory`` as the type itself."""
    signals = [_signal(word) for word in _signal_words(fields)]
    words = list(fields.strings("editorialtypes"))
    if kind == EditorialType.advisory:
        words.append(kind)
    return _status.kinds(signals, words, profile)


def _signal_words(fields: Fields) -> tuple[str, ...]:
    """AP lists words. TT sends an object: the value of its ``updatetype`` is the word, and of
    any other member the name, which a profile may ignore."""
    value = fields.get("signals")
    if not isinstance(value, dict):
        return fields.strings("signals", "signal")
    return tuple(str(told) if name == "updatetype" else name for name, told in value.items())


def _signal(word: str) -> Signal:
    if word.startswith(("http:", "https:")):
        return Signal(uri=word)
    if word.lower().startswith("sig:"):
        return Signal(uri=_status.IPTC_SIGNAL + word[4:], literal=word)
    return Signal(literal=word)


def status(fields: Fields, profile: Profile) -> _status.Status:
    """The strictest that the object says of itself, in any spelling, a ``status`` beside it
    included when that is a word for a status. Absent is usable by the schema; null is absent.
    """
    said = [value if isinstance(value, str) else "" for value in fields.statuses]
    beside = fields.get("status")
    if isinstance(beside, str) and _is_status(beside, profile):
        said.append(beside)
    if len(said) == 1:
        return _status.status(said[0], profile)
    found = [_status.status(word, profile) for word in said]
    return _status.strictest(found) if found else _status.Status(pub_status=PubStatus.usable)


def _is_status(word: str, profile: Profile) -> bool:
    known = _status.known(word) is not None
    return known or word.strip().lower() in profile.status or _status.code(word) in profile.status


# --- editorial -----------------------------------------------------------------------------------


def alt_ids(fields: Fields) -> tuple[AltId, ...]:
    """``altids`` as an object of role to value (1.x) or as a list of roles and values."""
    value = fields.get("altids")
    if isinstance(value, dict):
        pairs = [(role, member) for role, member in value.items() if isinstance(member, str | int)]
        return tuple(AltId(role=role, value=str(member)) for role, member in pairs)
    found = []
    for member in fields.members("altids"):
        name = member.raw_string("value")
        found += [AltId(role=member.string("role"), value=name)] if name else []
    return tuple(found)


def headlines(fields: Fields) -> tuple[Headline, ...]:
    """The main headline first; its role is dropped, as generation 1 has none for it."""
    found = [
        Headline(value=value, role=role, lang=lang)
        for value, role, lang in _texts(fields, "headlines", "headline")
    ]
    if len(found) < 2:
        return tuple(found)
    return tuple(sorted(found, key=lambda headline: headline.role is not None))


def descriptions(fields: Fields) -> tuple[Description, ...]:
    """Abstracts and captions; a credit line sent as a description is a credit."""
    return tuple(
        Description(value=value, role=role, lang=lang)
        for value, role, lang in _texts(fields, "descriptions", "description")
        if role != _CREDIT
    )


def credit(fields: Fields) -> str | None:
    """The credit line: a field of its own, or a description in that role."""
    own = fields.text("creditline", "credit")
    if own is not None:
        return own
    found = [
        value for value, role, _ in _texts(fields, "descriptions", "description") if role == _CREDIT
    ]
    return found[0] if found else None


def _texts(fields: Fields, plural: str, stem: str) -> list[tuple[str, str | None, str | None]]:
    """(plain text, role or None, language) of each headline or description, without repeats."""
    found: dict[tuple[str | None, str], tuple[str, str | None, str | None]] = {}
    for member in fields.members(plural):
        role = (member.string("role") or "").lower()
        markup = "html" in (member.string("contenttype") or "") or role in _HTML
        _add(found, fields, (plural, role, markup, member.get("value")), member.string("lang"))
    for suffix, value in fields.extended(stem):
        role = "" if suffix in _MAIN else suffix
        _add(found, fields, (stem, role, suffix.endswith(_HTML), value), None)
    return list(found.values())


def _add(
    found: dict[tuple[str | None, str], tuple[str, str | None, str | None]],
    fields: Fields,
    sent: tuple[str, str, bool, object],
    lang: str | None,
) -> None:
    name, role, markup, value = sent
    if value is None:
        return
    if not isinstance(value, str) or "\0" in value:
        fields.malformed(name, value)
        return
    words = field(_unmarked(value, name, fields) if markup else value)
    shown = None if role in _MAIN else role
    if words is not None:
        found.setdefault((shown, words), (words, shown, lang))


def _unmarked(value: str, name: str, fields: Fields) -> str:
    """The characters of a headline or abstract sent as markup."""
    if "<" not in value and "&" not in value:
        return value
    words = one_line(lambda: text.from_html(value), lambda: text.naive_html(value), name)
    fields.holds += words.holds
    fields.remarks += words.remarks
    return text.plain(words.copy)


def bylines(fields: Fields) -> tuple[Byline, ...]:
    """AP's structured bylines."""
    found = []
    for member in fields.members("bylines"):
        name = member.text("by", "name")
        found += [Byline(name=name, title=member.string("title"))] if name else []
    return tuple(found)


def dateline_place(fields: Fields) -> Place | None:
    """AP's ``datelinelocation``."""
    for member in fields.members("datelinelocation"):
        return Place(
            city=member.string("city"),
            area=member.string("countryareaname"),
            country=member.string("countryname"),
        )
    return None


def concepts(fields: Fields, *names: str) -> tuple[Concept, ...]:
    """Subjects, genres, people …: a URI, whether sent whole or as scheme and code."""
    if fields.get(*names) is None:
        return ()
    found = map(_concept, fields.members(*names))
    return tuple(concept for concept in found if concept != _NOTHING)


_NOTHING = Concept()


def _concept(member: Fields) -> Concept:
    scheme = member.string("scheme")
    local = member.raw_string("code")
    uri = member.string("uri")
    if uri is None and local and local.startswith(("http://", "https://")):
        uri = local
    elif uri is None and scheme and local and scheme.endswith(("/", "#")):
        uri = scheme + local
    return Concept(
        uri=uri,
        literal=member.raw_string("literal") or (local if uri is None else None),
        name=member.string("name"),
        rel=member.string("rel"),
        scheme=scheme if uri is None else None,
        creator=member.string("creator"),
        relevance=decimal(member.get("relevance")),
        confidence=decimal(member.get("confidence")),
    )


def urgency(fields: Fields) -> int | None:
    """1 to 9, 1 the most urgent; anything else is kept raw only."""
    raw = fields.raw_string("urgency")
    return int(raw) if raw is not None and raw in tuple("123456789") else None


def uris(fields: Fields, *names: str) -> tuple[str, ...]:
    """Item ids in a list of strings or of objects with a ``uri``."""
    value = fields.get(*names)
    if value is None:
        return ()
    listed = value if isinstance(value, list) else [value]
    named = [member.get("uri") if isinstance(member, dict) else member for member in listed]
    return tuple(name for name in named if isinstance(name, str) and name)


def canonical_link(fields: Fields) -> str | None:
    """The agency's own address of the story (AP ``links[rel=canonical]``)."""
    for member in fields.members("links"):
        if member.string("rel") == "canonical":
            return text.safe_href(member.string("href", "uri") or "")
    return None


def codes(fields: Fields, *names: str) -> tuple[str, ...]:
    """What names a service or indicator: its URI, code, name or address."""
    value = fields.get(*names)
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(member, str) for member in value):
        return tuple(value)
    found = [
        member.string("uri", "literal", "code", "name", "href", "title")
        for member in fields.members(*names)
    ]
    return tuple(name for name in found if name)


def info_sources(fields: Fields) -> tuple[Source, ...]:
    """Who supplied what."""
    return tuple(
        Source(
            name=member.string("name"),
            uri=member.string("uri", "scheme"),
            role=member.string("role", "rel"),
        )
        for member in fields.members("infosources", "infosource")
    )


def rights_info(fields: Fields) -> tuple[RightsInfo, ...]:
    """Links to, or the text of, a rights expression."""
    return tuple(
        RightsInfo(
            lang_id=member.string("langid"),
            linked_rights=member.string("linkedrights"),
            encoded_rights=member.string("encodedrights"),
        )
        for member in fields.members("rightsinfo")
    )


def renditions(fields: Fields) -> tuple[Rendition, ...]:
    """Files of a picture, sound or film."""
    found = []
    for member in fields.members("renditions"):
        href = member.string("href")
        if href is not None:
            found.append(
                Rendition(
                    href=href,
                    name=member.string("name"),
                    content_type=member.string("contenttype", "mimetype"),
                    title=member.string("title"),
                    width=whole(member.get("width")),
                    height=whole(member.get("height")),
                    size_in_bytes=whole(member.get("sizeinbytes")),
                    duration=decimal(member.get("duration")),
                )
            )
    return tuple(found)


def groups(fields: Fields) -> tuple[Group, ...]:
    """A composite's associations as one group without order."""
    refs = []
    for member in fields.members("associations"):
        uri = member.string("uri", "guid")
        lines = headlines(member)
        if uri is not None:
            refs.append(
                GroupRef(
                    uri=uri,
                    version=member.version(),
                    item_class=member.string("type"),
                    headline=lines[0].value if lines else None,
                )
            )
    return (Group(id="associations", refs=tuple(refs)),) if refs else ()


def standard_version(fields: Fields) -> str | None:
    """The generation the item says it follows."""
    for member in fields.members("standard", "$standard"):
        return member.raw_string("version")
    return None
