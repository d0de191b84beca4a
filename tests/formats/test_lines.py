"""An item as one line of JSON."""

import json

import msgspec

from copytaster import formats
from copytaster.item import Item
from tests.formats.reading import item
from tests.formats.reading import profile

STORY = {
    "uri": "urn:1",
    "version": 2,
    "versioncreated": "2025-12-04T23:10:05+5:30",
    "headline": "Quay «opens»",
    "body_xhtml": '<p class="slug">STORM</p><p>The <b>quay</b>.</p>',
    "embargoed": "2025-12-05T00:00:00Z",
    "firstcreated": "4 December",
}
AGENCY = profile(omit={"slug": "slug-line"}, repairs=frozenset({"short-offset"}))


def line(found: Item) -> dict:
    told = formats.line(found, file="wire/one.json")
    assert b"\n" not in told
    return json.loads(told)


def test_a_line_names_the_file_the_format_and_the_text() -> None:
    told = line(item(STORY, AGENCY))
    assert (told["file"], told["format"]) == ("wire/one.json", "ninjs")
    assert told["text"] == "The quay.\n"
    assert told["omissions"] == {"slug-line": 5}
    assert told["headlines"] == [{"value": "Quay «opens»", "contentType": "text/plain"}]
    assert told["embargo"]["until"] == "2025-12-05T00:00:00+00:00"


def test_a_moment_is_an_instant_with_its_precision_zone_and_raw_text() -> None:
    told = line(item(STORY, AGENCY))
    assert told["versionCreated"] == {
        "instant": "2025-12-04T23:10:05+05:30",
        "precision": "second",
        "zoneSource": "explicit",
        "raw": "2025-12-04T23:10:05+5:30",
        "repair": "short-offset",
    }
    assert told["firstCreated"] == {
        "instant": None,
        "precision": "none",
        "zoneSource": "none",
        "raw": "4 December",
    }


def test_every_field_of_an_item_is_on_the_line_and_the_pieces_are_not() -> None:
    told = line(item(STORY, AGENCY))
    assert {field.encode_name for field in msgspec.structs.fields(Item)} <= set(told)
    assert set(told["copy"]) == {"blocks"}
    assert (told["type"], told["pubStatus"], told["holdReason"]) == ("text", "usable", [])
