"""A query in words, as the list of rules says it."""

import pytest

from copytaster import query
from copytaster.copydesk._query_words import in_words

SAID = {
    'phrase:"storm warning"': "says “storm warning”",
    "storm*": "says “storm…”",
    "storm gale": "says “storm”, and says “gale”",
    "a1 or b1 or c1": "says “a1”, “b1” or “c1”",
    "a or b or c or d or e or f or g": "says “a”, “b”, “c”, “d”, “e” or one of 2 others",
    "headline:storm or headline:gale": "says “storm” or “gale” in a headline",
    "storm or headline:gale": "says “storm”, or says “gale” in a headline",
    "-storm": "does not say “storm”",
    "-(storm or gale)": "does not say “storm” or “gale”",
    "-(storm gale)": "does not say “storm”, or does not say “gale”",
    "-(storm or agency:hill)": "does not say “storm”, and is not from the agency hill",
    "-(-storm)": "says “storm”",
    "(storm or by:quay) lang:de": "(says “storm”, or is by “quay”), and is in the language de",
    "storm or (by:quay -has:text)": "says “storm”, or (is by “quay”, and does not have a text)",
    "slug:weather subject:shipping": "has “weather” in its slug line, and is about “shipping”",
    'person:"ana reyes" source:inbox': "names “ana reyes”, and came by the source inbox",
    "guid:urn:1 section:sport": "is the agency’s urn:1, and is in the section sport",
    "urgency:<=3 -urgency:1": "has the urgency 1 to 3, and does not have the urgency 1",
    "has:correction state:held": "has a correction, and is held",
    "after:2h": "came within the last 2 hours",
    "-after:90s": "did not come within the last 90 seconds",
    "before:1w": "came longer than 1 week ago",
    "after:2026-03-02": "came at or after 2026-03-02 00:00 UTC",
    "until:2026-03-02": "came before 2026-03-03 00:00 UTC",
}


@pytest.mark.parametrize("asked", SAID)
def test_a_query_is_told_in_words(asked: str) -> None:
    assert in_words(query.read(asked)) == SAID[asked]


@pytest.mark.parametrize("field", query.FIELDS)
def test_every_field_has_words(field: str) -> None:
    values = {"urgency": "3", "has": "text", "state": "held", "section": "sport", "lang": "de"}
    value = values.get(field, "1d" if field in ("after", "since", "before", "until") else "ida")
    yes, no = (in_words(query.read(f"{sign}{field}:{value}")) for sign in ("", "-"))
    assert yes
    assert yes != no
