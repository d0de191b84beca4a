"""An export in the shape of IPTC's, with words and topics of our own."""

import json
from typing import Any

from copytaster import subject
from copytaster.item import Concept
from copytaster.item import Item
from copytaster.subject import MEDIA_TOPICS
from copytaster.subject import SUBJECT_CODES
from copytaster.subject import Mappings
from tests.store.making import item

FERRIES, TIDES, QUAYS, LIGHTS = "29000001", "29000002", "29000003", "29000004"
"""topics that are nobody's"""


def topic(number: str, **said: Any) -> dict[str, Any]:
    """One concept of an export, as IPTC writes them; matches are Subject Codes by their number."""
    matches = {
        kind: [f"{SUBJECT_CODES}{code}" for code in said.pop(kind)]
        for kind in ("exactMatch", "broadMatch", "closeMatch")
        if kind in said
    }
    return {
        "uri": f"{MEDIA_TOPICS}{number}",
        "qcode": f"medtop:{number}",
        "type": ["http://www.w3.org/2004/02/skos/core#Concept"],
        "inScheme": [MEDIA_TOPICS],
        "modified": "2026-01-05T12:00:00+00:00",
        "prefLabel": {"en-GB": f"topic {number}"},
        "definition": {"en-GB": "Whatever goes to and fro"},
        "broader": [f"{MEDIA_TOPICS}04000000"],
        "created": "2019-01-05T12:00:00+00:00",
        **matches,
        **said,
    }


TOPICS = (
    topic(FERRIES, exactMatch=["99001001"], prefLabel={"en-GB": "ferries", "de": "Fähren"}),
    topic(TIDES, broadMatch=["99001002"], closeMatch=["99001003"]),
    topic(QUAYS, exactMatch=["99001004"], prefLabel={"de": "Kais"}),
)


def export(*topics: dict[str, Any], **said: Any) -> bytes:
    """The whole of one."""
    whole = {
        "@context": "https://www.iptc.org/std/IKOS/IKOS.jsonld",
        "uri": MEDIA_TOPICS,
        "type": "http://www.w3.org/2004/02/skos/core#ConceptScheme",
        "prefSchemeAlias": "medtop",
        "authority": "http://www.iptc.org",
        "dateReleased": "2026-02-03T12:00:00+00:00",
        "prefLabel": {"en-GB": "Topics of a harbour"},
        "hasTopConcept": [f"{MEDIA_TOPICS}04000000"],
        "conceptSet": list(topics or TOPICS),
        **said,
    }
    return json.dumps(whole).encode()


def mappings(*topics: dict[str, Any], language: str = "en") -> Mappings:
    return subject.read(export(*topics), language)


def about(*concepts: Concept, **facts: Any) -> Item:
    return item(subjects=concepts, **facts)
