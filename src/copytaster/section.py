"""Sections of the house: the seventeen top terms of IPTC's Media Topics, and how items name them.

A leaf: an item's subjects in, section codes out. Subject codes carry their top term in the
first two digits (IPTC Subject Codes, 8 digits); Media Topics do so only for top terms, so a
narrower media topic counts when the item also carries its top term. Plain category words, as
feeds send them, are matched whole.
"""

import re
from collections.abc import Mapping

from copytaster.item import Concept
from copytaster.item import Item

NAMES: Mapping[str, str] = {
    "culture": "Culture",
    "crime": "Crime and justice",
    "disaster": "Disasters",
    "economy": "Economy",
    "education": "Education",
    "environment": "Environment",
    "health": "Health",
    "people": "People",
    "labour": "Labour",
    "lifestyle": "Lifestyle",
    "politics": "Politics",
    "religion": "Religion",
    "science": "Science",
    "society": "Society",
    "sport": "Sport",
    "conflict": "War and peace",
    "weather": "Weather",
}
"""section code → its English name, in the order of IPTC's top terms"""

_BY_NUMBER = {f"{n:02d}": code for n, code in enumerate(NAMES, start=1)}
_BY_WORD = {
    "arts": "culture",
    "arts, culture, entertainment and media": "culture",
    "entertainment": "culture",
    "crime, law and justice": "crime",
    "law": "crime",
    "disaster, accident and emergency incident": "disaster",
    "disasters": "disaster",
    "economy, business and finance": "economy",
    "business": "economy",
    "finance": "economy",
    "markets": "economy",
    "human interest": "people",
    "labor": "labour",
    "lifestyle and leisure": "lifestyle",
    "politics and government": "politics",
    "science and technology": "science",
    "technology": "science",
    "sports": "sport",
    "conflict, war and peace": "conflict",
    "unrest, conflicts and war": "conflict",
    **{code: code for code in NAMES},
    **{name.lower(): code for code, name in NAMES.items()},
}
_TOP_CODE = re.compile(r"(?:^|[:/])(\d{2})000000$")
_SUBJECT_CODE = re.compile(r"(?:subj:|subjectcode/)(\d{2})\d{6}$")


def of(item: Item) -> tuple[str, ...]:
    """The section codes of an item, each once, in the order the agency named them."""
    found = (_code(concept) for concept in item.subjects)
    words = (_BY_WORD.get(word.strip().lower()) for word in item.keywords)
    return tuple(dict.fromkeys(code for code in (*found, *words) if code))


def _code(concept: Concept) -> str | None:
    for reference in (concept.uri, concept.literal):
        match = reference and (_TOP_CODE.search(reference) or _SUBJECT_CODE.search(reference))
        if match and match.group(1) in _BY_NUMBER:
            return _BY_NUMBER[match.group(1)]
    name = concept.name or concept.literal or ""
    return _BY_WORD.get(name.strip().lower())


def of_topic(number: str | None) -> str | None:
    """The section that a Media Topic is; None for a narrower one, and for none."""
    return _BY_NUMBER.get(number[:2]) if number and number.endswith("000000") else None


def is_meant(concept: Concept) -> bool:
    """Whether a subject means a section itself and nothing narrower."""
    references = (concept.uri or "", concept.literal or "")
    name = concept.name or concept.literal or ""
    return any(map(_TOP_CODE.search, references)) or name.strip().lower() in _BY_WORD
