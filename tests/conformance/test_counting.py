"""The third count knows where a story stands in more than one place of its document."""

import json

from conformance.counting import candidates


def test_a_text_and_the_box_below_it_are_one_stretch() -> None:
    entry = {"article_html": "<p>The quay opened.</p>", "infobox_html": "<p>Boats: 9.</p>"}
    assert "Thequayopened.Boats:9." in set(candidates(json.dumps(entry).encode()))
