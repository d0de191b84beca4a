"""The third count knows where a story stands in more than one place of its document."""

import json

import pytest

from conformance.reading import count
from copytaster import formats
from copytaster.agency import Profile
from tests.formats.reading import CONTEXT

ENTRY = {
    "urn": "urn:newsml:dpa.com:1:2",
    "version": 1,
    "version_created": "2026-01-02T03:04:05Z",
    "headline": "Quay opens",
    "article_html": "<p>The quay opened.</p>",
    "infobox_html": "<p>Boats: nine.</p>",
}


@pytest.mark.parametrize(("heard", "exact"), [("Boats: nine.", True), ("Boats: ten.", False)])
def test_a_text_and_the_box_below_it_are_counted_together(heard: str, exact: bool) -> None:
    read = formats.parse(json.dumps(ENTRY).encode(), Profile(id="m", name="M"), CONTEXT)
    other = json.dumps(ENTRY | {"infobox_html": f"<p>{heard}</p>"}).encode()
    (found,) = count(read.items, other)
    assert (found.at is None) is exact
