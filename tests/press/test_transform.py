"""The written transformation says what the program does, and is named by its digest."""

import gzip
import re
from hashlib import sha256

import pytest

from copytaster import press
from copytaster import text
from copytaster.formats._wire_item import OMISSIONS
from copytaster.press import TRANSFORM_SHA256
from copytaster.press import assets
from copytaster.press import stylesheet
from copytaster.text._roles import HTML
from copytaster.text._roles import NITF

WRITTEN = next(body for _, (kind, body) in assets().items() if kind.startswith("text/plain"))


def _table(heading: str) -> list[list[str]]:
    part = WRITTEN.decode().partition(heading)[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.*) \|$", part, flags=re.MULTILINE)[2:]
    return [row.split(" | ") for row in rows]


def _names(cell: str) -> list[str]:
    return re.findall(r"`([^` ]+)`", cell)


def test_the_digest_is_that_of_the_served_document() -> None:
    assert sha256(WRITTEN).hexdigest() == TRANSFORM_SHA256


def test_every_element_that_is_left_out_is_named_in_the_document_and_no_other() -> None:
    roles = {**HTML, **NITF}
    done = {role.omission for role in roles.values() if role.omission is not None}
    told = {name for row in _table("## 3.") for name in _names(row[0])}
    assert told == done | OMISSIONS | {"outside-selection", "hidden", "editors-note", "omit"}


@pytest.mark.parametrize("name", ["script", "style", "template", "iframe", "svg", "textarea"])
def test_what_is_left_out_is_counted_under_that_name(name: str) -> None:
    copy = text.from_html(f"<p>kept</p><{name}>left</{name}><p>kept</p>")
    assert copy.omissions == {name: 4}


def test_the_elements_that_dress_text_are_those_of_the_document() -> None:
    rows = _table("**Elements.**")
    dressing = next(row for row in rows if row[2].startswith("dress"))
    assert set(_names(dressing[0])) == {name for name, role in HTML.items() if role.mark}
    assert set(_names(dressing[1])) == {name for name, role in NITF.items() if role.mark}


def test_every_asset_is_named_by_its_content() -> None:
    for path, (_, body) in assets().items():
        assert sha256(body).hexdigest()[:16] in path


def test_the_stylesheet_fits_its_budget() -> None:
    assert len(gzip.compress(stylesheet())) < 14 * 1024
    assert b"/*" not in stylesheet()
    assert b"url(" not in stylesheet()


def test_a_section_has_a_name_in_the_readers_language() -> None:
    assert press.section_name("economy") == "Economy"
    assert press.section_name("economy", "de-AT") == "Wirtschaft"
    assert press.section_name("unheard-of") == "unheard-of"
    assert press.section_path("a/b") == "/section/a%2Fb"
