"""Reasons in words."""

import re
from pathlib import Path

from copytaster.story import Reason
from copytaster.verdict import REASONS
from copytaster.verdict import sentence
from copytaster.verdict.reasons import SOFT


def test_a_reason_is_told_in_a_sentence() -> None:
    assert sentence(Reason(code="no-text")) == "There is no text."


def test_a_detail_stands_in_brackets_before_the_full_stop() -> None:
    told = sentence(Reason(code="status-unknown", detail="imext:draft"))
    assert told == "The agency's status is not one that is known here (imext:draft)."


def test_a_code_nobody_described_is_told_by_its_name() -> None:
    told = sentence(Reason(code="lunar-phase", detail="full"))
    assert told == "The item was held while it was read: lunar-phase (full)."
    assert "lunar-phase" not in SOFT


def test_the_reference_tells_each_reason_in_the_same_words(project: Path) -> None:
    page = (project / "docs/reference/reasons.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \| [^|]+ \|$", page, re.MULTILINE)
    assert {code: words for code, words, _ in rows} == dict(REASONS)


def test_the_reference_says_what_a_release_lifts(project: Path) -> None:
    page = (project / "docs/reference/reasons.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| ([^|]+) \|", page, re.MULTILINE)
    assert {code for code, lifted in rows if "release" in lifted} == SOFT
