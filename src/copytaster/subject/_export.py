"""IPTC's own export of its Media Topics, read: labels, and what it states of Subject Codes.

The file is IPTC's JSON of the whole vocabulary (its knowledge item, with SKOS' words), as its
server for vocabularies gives it. It comes from outside: everything in it is bounded, and a file
that is anything else is refused.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import msgspec

from copytaster.item import Concept
from copytaster.subject._code import MEDIA_TOPICS
from copytaster.subject._code import SUBJECT_CODES
from copytaster.subject._code import Code
from copytaster.subject._code import code_of
from copytaster.subject._mappings import Kind
from copytaster.subject._mappings import Link
from copytaster.subject._mappings import Mappings
from copytaster.subject._mappings import Table

_NAME = "IPTC Media Topics"
_ENGLISH = "en-gb"
"""the language IPTC writes in; all others are translations of it"""
_WRITTEN = {"da": "dk", "nb": "no-nb", "nn": "no-nn", "sv": "se"}
"""languages as the export tags them: by a country's code, or a dialect's"""

_Text = Annotated[str, msgspec.Meta(max_length=500)]
_Texts = Annotated[tuple[_Text, ...], msgspec.Meta(max_length=1000)]
_Labels = Annotated[dict[_Text, _Text], msgspec.Meta(max_length=200)]


class ExportError(ValueError):
    """The bytes are no export that can be used; the message says what is wrong with them."""


class _Concept(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    uri: _Text
    retired: _Text | None = None
    pref_label: _Labels = {}
    exact_match: _Texts = ()
    broad_match: _Texts = ()
    close_match: _Texts = ()
    is_replaced_by: _Text | _Texts = ()


class _Export(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    uri: _Text
    date_released: _Text
    concept_set: Annotated[tuple[_Concept, ...], msgspec.Meta(min_length=1, max_length=20_000)]


_DECODER = msgspec.json.Decoder(_Export)


def read(data: bytes, language: str) -> Mappings:
    """What the export states, with its labels in ``language`` (a BCP 47 tag) where it has them.
    Raises :class:`ExportError`."""
    export = _decoded(data)
    if _https_less(export.uri) != MEDIA_TOPICS:
        raise ExportError(f"it is a vocabulary, but of {export.uri!r}, not IPTC's Media Topics")
    topics = _topics(export)
    table = Table(name=_NAME, version=_version(export), links=_links(topics))
    return Mappings(tables=(table,), labels=dict(_labels(topics, language)))


def _decoded(data: bytes) -> _Export:
    try:
        return _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExportError(f"it is no export of IPTC's Media Topics ({error})") from error


def _version(export: _Export) -> str:
    try:
        return datetime.fromisoformat(export.date_released).date().isoformat()
    except ValueError as error:
        raise ExportError(f"its dateReleased {export.date_released!r} is no date") from error


def _topics(export: _Export) -> Mapping[str, _Concept]:
    """The topics by their numbers."""
    found: dict[str, _Concept] = {}
    for concept in export.concept_set:
        number = _number(concept.uri)
        if number is None:
            raise ExportError(f"{concept.uri!r} in its conceptSet is no Media Topic")
        if found.setdefault(number, concept) is not concept:
            raise ExportError(f"Media Topic {number} is there twice")
    return found


def _number(uri: str) -> str | None:
    code = code_of(Concept(uri=uri))
    return code.code if code is not None and code.scheme == MEDIA_TOPICS else None


def _https_less(uri: str) -> str:
    return uri.replace("https:", "http:", 1)


# --- what it states of codes ---------------------------------------------------------------------


def _links(topics: Mapping[str, _Concept]) -> Mapping[Code, tuple[Link, ...]]:
    stated: dict[Code, dict[Link, None]] = {}
    in_use: dict[Code, set[Link]] = {}
    for number, concept in topics.items():
        topic = _successor(number, topics)
        for kind, uris in _matches(concept):
            for code in _subject_codes(uris):
                link = Link(topic=topic, kind=kind)
                stated.setdefault(code, {})[link] = None
                if topics[topic].retired is None:
                    in_use.setdefault(code, set()).add(link)
    found = {code: _certain(links, in_use.get(code, set())) for code, links in stated.items()}
    return found | dict(_replaced(topics))


def _matches(concept: _Concept) -> Iterator[tuple[Kind, Iterable[str]]]:
    yield Kind.exact, concept.exact_match
    yield Kind.broad, concept.broad_match
    yield Kind.close, concept.close_match


def _subject_codes(uris: Iterable[str]) -> Iterator[Code]:
    """The rest are other people's vocabularies."""
    for uri in uris:
        code = code_of(Concept(uri=uri))
        if code is not None and code.scheme == SUBJECT_CODES:
            yield code


def _certain(links: Iterable[Link], in_use: set[Link]) -> tuple[Link, ...]:
    """Two topics that both mean exactly what one code means would mean the same: a topic in use
    goes before a retired one, and two that are left are no more than close."""
    exact = [link for link in links if link.kind is Kind.exact]
    sure = [link for link in exact if link in in_use] or exact
    if len(sure) == 1:
        return (sure[0],)
    return tuple(
        msgspec.structs.replace(link, kind=Kind.close) if link.kind is Kind.exact else link
        for link in links
    )


def _replaced(topics: Mapping[str, _Concept]) -> Iterator[tuple[Code, tuple[Link, ...]]]:
    for number in topics:
        topic = _successor(number, topics)
        if topic != number:
            link = Link(topic=topic, kind=Kind.exact)
            yield Code(scheme=MEDIA_TOPICS, code=number), (link,)


def _successor(number: str, topics: Mapping[str, _Concept]) -> str:
    """The topic that stands in a retired one's place where a field says so, and says one; else the
    topic itself. Sentences in notes that name another are for people."""
    seen = {number}
    last = number
    while topics[last].retired is not None:
        said = topics[last].is_replaced_by
        named = {_number(uri) for uri in ((said,) if isinstance(said, str) else said)}
        following = named.pop() if len(named) == 1 else None
        if following is None or following not in topics or following in seen:
            return number
        seen.add(following)
        last = following
    return last


# --- labels --------------------------------------------------------------------------------------


def _labels(topics: Mapping[str, _Concept], language: str) -> Iterator[tuple[str, str]]:
    for number, concept in topics.items():
        tags = {tag.lower(): tag for tag in concept.pref_label}
        tag = _tag(tags, language.lower())
        label = " ".join(concept.pref_label[tags[tag]].split()) if tag is not None else ""
        if label:
            yield number, label


def _tag(tags: Iterable[str], wanted: str) -> str | None:
    """The tag of the very language; else, of the variants there are of it, IPTC's own English or
    the first. Another script is another language."""
    language = wanted.partition("-")[0]
    if wanted in tags:
        return wanted
    written = _WRITTEN.get(language, language)
    kin = [tag for tag in tags if f"{tag}-".startswith(f"{written}-") and _is_read(tag, wanted)]
    return _ENGLISH if _ENGLISH in kin else min(kin, default=None)


def _is_read(tag: str, wanted: str) -> bool:
    """Whether who reads the one can read the other: not in another script."""
    one, other = _script(tag), _script(wanted)
    return one is None or other is None or one == other


def _script(tag: str) -> str | None:
    return next((part for part in tag.split("-")[1:] if len(part) == 4 and part.isalpha()), None)
