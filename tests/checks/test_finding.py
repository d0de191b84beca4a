"""What is ignored is named with a reason, and no longer than it is needed."""

from pathlib import Path

import pytest

from checks import finding
from checks.finding import CheckFailed
from checks.finding import Finding
from checks.finding import Ignored

FAULT = Finding(tool="feeds", address="/feed.rss", rule="rss-item", text="an  item\nwithout title")
REASON = "a test"


def ignored(**fields: str) -> Ignored:
    return Ignored(**{"tool": "feeds", "rule": "rss-item", "reason": REASON} | fields)


@pytest.mark.parametrize(
    ("entry", "covered"),
    [
        (ignored(), True),
        (ignored(rule="rss-*"), True),
        (ignored(text="an item without*"), True),
        (ignored(tool="vnu"), False),
        (ignored(rule="rss-guid"), False),
        (ignored(address="/feed.atom"), False),
        (ignored(text="something else"), False),
    ],
)
def test_an_entry_covers_what_it_names_and_nothing_else(entry: Ignored, covered: bool) -> None:
    judged = finding.sort([FAULT], [entry], ["feeds"])
    assert (FAULT in judged.faults) is not covered


def test_an_entry_that_covers_nothing_is_a_fault_of_its_own() -> None:
    judged = finding.sort([], [ignored()], ["feeds"])
    assert [one.rule for one in judged.faults] == ["covers-nothing"]


def test_an_entry_whose_check_was_not_made_is_none() -> None:
    assert finding.sort([], [ignored()], ["vnu"]).faults == ()


def test_an_entry_without_a_reason_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "ignored.toml"
    file.write_text('[[ignored]]\ntool = "vnu"\nrule = "error"\nreason = " "\n')
    with pytest.raises(CheckFailed, match="say why"):
        finding.read_ignored(file)


def test_a_finding_is_one_line() -> None:
    assert FAULT.line() == "feeds: /feed.rss: rss-item: an item without title"


def test_everything_ignored_is_told_in_the_reference(project: Path) -> None:
    told = (project / "docs/reference/checks.md").read_text("utf-8")
    for one in finding.read_ignored():
        assert f"| {one.tool} | `{one.rule}`" in told
        assert one.reason in told
