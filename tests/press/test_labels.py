"""The four axes of a page's label, in words and in data."""

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from copytaster.press import Change
from tests.press.making import FIRST
from tests.press.making import LATER
from tests.press.making import item
from tests.press.making import page


def _label(source_type: str | None = None, **more: Any) -> dict[str, str]:
    finished = page(item(digital_source_type=source_type), **more)
    lines = LexborHTMLParser(finished).css(".making [data-label]")
    return {str(one.attributes["data-label"]): str(one.attributes["data-value"]) for one in lines}


def _updated(edition: int, reason: str) -> Change:
    return Change(kind="updated", at=LATER, edition=edition, reason=reason)


PUBLISHED = Change(kind="published", at=FIRST, edition=1)


def test_ordinary_copy_is_the_agencys_unchanged_unreviewed_and_usable() -> None:
    assert _label() == {
        "origin": "agency-text",
        "modification": "none",
        "review": "not-reviewed",
        "status": "usable",
    }


@pytest.mark.parametrize(
    "declared",
    [
        "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        "digsrctype:dataDrivenMedia",
        "https://schema.org/AlgorithmicMediaDigitalSource",
    ],
)
def test_only_what_the_agency_declares_is_called_automated(declared: str) -> None:
    assert _label(declared)["origin"] == "agency-automated-text"


@pytest.mark.parametrize("declared", ["digsrctype:digitalCapture", "by hand", ""])
def test_any_other_declaration_leaves_it_the_agencys_text(declared: str) -> None:
    assert _label(declared)["origin"] == "agency-text"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ([PUBLISHED], "usable"),
        ([PUBLISHED, _updated(2, "update")], "usable"),
        ([PUBLISHED, _updated(2, "correction")], "corrected"),
        ([PUBLISHED, _updated(2, "correction"), _updated(3, "update")], "corrected"),
        ([PUBLISHED, _updated(2, "correction"), _updated(3, "refile")], "refiled"),
        (
            [
                PUBLISHED,
                _updated(2, "correction"),
                Change(kind="withdrawn", at=LATER, edition=2),
            ],
            "usable",
        ),
    ],
)
def test_the_status_is_that_of_the_newest_change_with_a_class(
    changes: list[Change], status: str
) -> None:
    assert _label(changes=tuple(changes), edition=3, newest=3)["status"] == status


def test_each_axis_is_said_in_words() -> None:
    words = LexborHTMLParser(page()).css_first(".making").text()
    assert "Written and sent by ANI." in words
    assert "compared with what ANI sent, character by character" in words
    assert "no editor here has reviewed it" in words
    assert "Released for publication by ANI." in words
