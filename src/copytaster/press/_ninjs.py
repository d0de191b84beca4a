"""An edition, or a notice, as ninjs 3.1 (IPTC): the fields its schema has, and no others.

Never the editor's note, the agency's internal correction text or its signals: they are not
for the public (publishing §0, point 9).
"""

from collections.abc import Iterable
from collections.abc import Mapping

import msgspec

from copytaster.item import Concept
from copytaster.press._pictures import association
from copytaster.press._times import machine
from copytaster.press._told import Told
from copytaster.press._types import Facts
from copytaster.press._types import NoticeFacts
from copytaster.press._types import NoticeKind
from copytaster.press._types import Site
from copytaster.subject import MEDIA_TOPICS

_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}


def story(told: Told, facts: Facts, site: Site) -> bytes:
    """The edition as UTF-8 JSON."""
    item, first = facts.item, facts.published
    own = {
        "standard": _STANDARD,
        "uri": f"{site.url}/s/{facts.story}",
        "type": "text",
        "representationType": "full",
        "version": str(facts.edition),
        "firstCreated": machine(first),
        "versionCreated": machine(facts.updated or first),
        "pubStatus": "usable",
        "urgency": item.urgency if item.urgency and 1 <= item.urgency <= 9 else None,
        "copyrightHolder": item.copyright_holder,
        "copyrightNotice": told.rights,
        "usageTerms": "\n".join(item.usage_terms),
        "language": told.tongue.tag,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": told.headline}],
        "descriptions": _descriptions(told),
        "by": told.byline,
        "located": item.located,
        "bodies": _bodies(told),
        "subjects": [*_concepts(item.subjects), *map(_media_topic, facts.media_topics)],
        "people": _concepts(item.people),
        "organisations": _concepts(item.organisations),
        "places": _concepts(item.places),
        "infoSources": [{"name": facts.agency.name, "role": "provider"}],
        "altIds": _alt_ids(facts),
        "associations": [
            association(picture, number, site)
            for number, picture in enumerate(told.pictures, start=1)
        ],
        "expires": machine(told.expires) if told.expires else None,
        "trustIndicators": [_about(told.disclosure, site)],
    }
    return _encoded(own)


def notice(facts: NoticeFacts, sentence: str, language: str, site: Site) -> bytes:
    """What stands in a story's place; its words are the notice's, never the story's."""
    expired = facts.kind is NoticeKind.expired
    own = {
        "standard": _STANDARD,
        "uri": f"{site.url}/s/{facts.story}",
        "type": "text",
        "versionCreated": machine(facts.since),
        # The end of a licence says nothing against a story, as "canceled" would (IPTC pubstatus).
        "pubStatus": "withheld" if expired or facts.kind is NoticeKind.hold else "canceled",
        "expires": machine(facts.since) if expired else None,
        "language": language,
        "descriptions": [{"role": "notice", "contentType": "text/plain", "value": sentence}],
        "infoSources": [{"name": facts.agency.name, "role": "provider"}],
        "associations": _replacement(facts, site),
    }
    return _encoded(own)


def _encoded(own: Mapping[str, object]) -> bytes:
    filled = {name: value for name, value in own.items() if value not in (None, "", [])}
    return msgspec.json.encode(filled)


def _descriptions(told: Told) -> list[dict[str, object]]:
    if told.abstract is None:
        return []
    return [{"role": "summary", "contentType": "text/plain", "value": told.abstract}]


def _bodies(told: Told) -> list[dict[str, object]]:
    return [
        {
            "role": "main",
            "contentType": "text/plain",
            "charCount": len(told.text),
            "wordCount": len(told.text.split()),
            "value": told.text,
        },
        {"role": "richtext", "contentType": "text/html", "value": told.body},
    ]


def _concepts(concepts: Iterable[Concept]) -> list[dict[str, str]]:
    named = (
        {
            name: value
            for name, value in (
                ("name", concept.name),
                ("rel", concept.rel),
                ("uri", concept.uri if _is_uri(concept.uri) else None),
                ("literal", concept.literal),
            )
            if value
        }
        for concept in concepts
    )
    return [concept for concept in named if concept]


def _media_topic(number: str) -> dict[str, str]:
    """By its URI alone: the words are the agency's, beside its own code."""
    return {"uri": f"{MEDIA_TOPICS}{number}"}


def _is_uri(text: str | None) -> bool:
    return text is not None and "://" in text and not any(sign <= " " for sign in text)


def _alt_ids(facts: Facts) -> list[dict[str, str]]:
    given = [{"role": "guid", "value": facts.item.guid}]
    given += [{"role": "joined", "value": part.guid} for part in facts.parts[1:]]
    for other in facts.item.alt_ids:
        role = {"role": other.role} if other.role else {}
        given.append({**role, "value": other.value})
    return given


def _about(disclosure: str, site: Site) -> dict[str, object]:
    return {"title": disclosure, "href": f"{site.url}/about/automation"}


def _replacement(facts: NoticeFacts, site: Site) -> list[dict[str, object]]:
    if facts.substitute is None:
        return []
    uri = f"{site.url}/s/{facts.substitute}"
    return [{"name": "substitute", "rel": "replacedBy", "uri": uri}]
