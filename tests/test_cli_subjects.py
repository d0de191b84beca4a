"""What subjects mean, as the shell is told it; and a file of topics that cannot be used."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from click.testing import Result

from copytaster.cli import main
from copytaster.subject import SUBJECT_CODES
from tests.newsroom.making import ninjs
from tests.subject.making import FERRIES
from tests.subject.making import QUAYS
from tests.subject.making import export
from tests.subject.making import topic

SHIPS = ninjs(
    subject=[{"code": "subj:99001001"}, {"code": "dept:7", "name": "Boats"}],
    versioncreated="2020-03-02T08:55:00Z",
)
MAPPED = {
    "code": "99001001",
    "scheme": SUBJECT_CODES,
    "name": "ferries",
    "mediaTopic": FERRIES,
    "kind": "exact",
    "mapping": "IPTC Media Topics 2026-02-03",
}
OWN = {
    "code": "7",
    "scheme": "dept",
    "name": "Boats",
    "mediaTopic": None,
    "kind": None,
    "mapping": None,
}


class Shell:
    """A shell in a folder with a configuration that names IPTC's file, and the file."""

    def __init__(self, folder: Path) -> None:
        self.topics = folder / "topics.json"
        self.topics.write_bytes(export())
        (folder / "copytaster.toml").write_text(
            '[site]\nurl = "https://news.example.org"\n[limits]\ndisk_reserve_bytes = 0\n'
            '[topics]\nmedia_topics = "topics.json"\n'
        )
        self.file = folder / "story.json"
        self.file.write_bytes(SHIPS)

    def __call__(self, *words: str | Path) -> Result:
        result = CliRunner().invoke(main, [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def receive(self) -> str:
        """The story in the file, published; its id."""
        told = self("receive", self.file, "--agency", "seaboard", "--json").stdout
        return str(json.loads(told)["story"])

    def subjects(self, *words: str | Path) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self(*words).stdout)["subjects"]
        return found


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path)


def test_the_subjects_of_a_file_are_told_with_what_they_mean(shell: Shell) -> None:
    assert shell.subjects("read", shell.file) == [MAPPED, OWN]
    plain = shell.file.with_suffix(".txt")
    plain.write_text("The ferry left.\n")
    assert shell.subjects("read", plain) == []


def test_those_of_a_story_are_told_as_they_were_noted(shell: Shell) -> None:
    id = shell.receive()
    shell.topics.write_bytes(export(topic(QUAYS, exactMatch=["99001001"])))
    assert shell.subjects("story", id, "--json") == [MAPPED, OWN]
    (anew, _) = shell.subjects("read", id)
    assert anew["mediaTopic"] == QUAYS


def test_rereading_says_how_many_stories_moved(shell: Shell) -> None:
    id = shell.receive()
    shell.topics.write_bytes(export(topic(QUAYS, exactMatch=["99001001"], prefLabel={"en": "q"})))
    said = shell("reread")
    assert said.exit_code == 0
    assert "pages made anew: 1; stories on other shelves: 1" in said.stdout
    (anew, _) = shell.subjects("story", id, "--json")
    assert (anew["mediaTopic"], anew["name"]) == (QUAYS, "q")
    assert "stories on other shelves: 0" in shell("reread").stdout


@pytest.mark.parametrize("command", [["doctor"], ["read", "story.json"]])
def test_a_file_that_is_not_iptcs_is_told_in_one_line(shell: Shell, command: list[str]) -> None:
    shell.receive()
    assert shell("doctor").exit_code == 0
    shell.topics.write_bytes(b"<html>404</html>")
    said = shell(*command)
    assert said.exit_code != 0
    (line,) = said.stderr.splitlines()
    assert "topics.media_topics: topics.json: it is no export of IPTC's Media Topics" in line
    assert "docs/reference/subjects.md" in line
