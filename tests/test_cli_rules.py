"""``copytaster rules``: begun, listed, checked, tried on what was received."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result

from copytaster import rules
from copytaster.cli import main
from tests.newsroom import live as lives
from tests.newsroom.making import feed
from tests.newsroom.making import ninjs
from tests.rules.making import file
from tests.rules.making import table

STORM = "A storm warning is in force for the whole coast."


class Shell:
    """A shell in an empty folder, with the data of one desk below it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    def __call__(self, *words: str | Path) -> Result:
        said = [*map(str, words), *([] if words[1] == "seeds" else ["--data", str(self.data)])]
        result = CliRunner().invoke(main, said)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        assert "Traceback" not in result.output
        return result

    def receive(self, *texts: str) -> None:
        for number, text in enumerate(texts):
            path = self.folder / f"{number}.json"
            data = ninjs(f"urn:{number}", text=text, headline=text[:40])
            path.write_bytes(data.replace(b"2026-03-02T08:55", b"2020-03-02T08:55"))
            done = self("receive", path, "--agency", "seaboard")
            assert done.exit_code == 0, done.output


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path)


def test_the_rules_that_ship_are_printed_and_begun(shell: Shell) -> None:
    printed = shell("rules", "seeds")
    assert printed.stdout.encode() == rules.begun()
    begun = shell("rules", "begin")
    assert begun.exit_code == 0
    assert "but for those that are not enabled: death-of-a-living-person" in begun.stdout
    assert (shell.data / "rules.toml").read_bytes() == rules.begun()
    checked = shell("rules", "check")
    assert checked.stdout.endswith("8 rules, 7 enabled; nothing is wrong with the file\n")


def test_a_file_that_is_there_is_not_begun_over(shell: Shell) -> None:
    shell.data.mkdir()
    path = shell.data / "rules.toml"
    path.write_bytes(b"# ours\n")
    refused = shell("rules", "begin")
    assert refused.exit_code == 2
    assert "is there already" in refused.stderr
    assert path.read_bytes() == b"# ours\n"


def test_a_fault_is_one_line(shell: Shell) -> None:
    path = shell.folder / "new.toml"
    path.write_bytes(file(table(then="publish")))
    refused = shell("rules", "check", path)
    assert (refused.exit_code, refused.stdout) == (1, "")
    [line] = refused.stderr.splitlines()
    assert f"{path}:4: rule 'storms': then: expected" in line
    missing = shell("rules", "check", shell.folder / "none.toml")
    assert missing.exit_code == 2
    assert "No such file" in missing.stderr


def test_what_was_received_is_asked_and_the_rule_counts_as_tried(shell: Shell) -> None:
    shell.receive(STORM, "The ferry runs again.", "A gale is due.", "Quiet.", "Calm.", "Fair.")
    path = shell.data / "rules.toml"
    path.write_bytes(file(table(), table("gales", when="phrase:gale")))
    [storms, gales] = shell("rules", "list").stdout.splitlines()
    assert storms == "storms  hold, priority 0  never tried: `copytaster rules test`"
    assert "never tried" in gales
    tried = shell("rules", "test")
    assert tried.exit_code == 0
    lines = tried.stdout.splitlines()
    assert lines[0].startswith("6 versions since ")
    assert lines[0].endswith("2 would wait for an editor (33.33%)")
    assert lines[1:4] == [
        "  storms: 1 answer, 1 held (16.67%)",
        "  gales: 1 answer, 1 held (16.67%)",
        "held by these rules, and were not: 2",
    ]
    assert [line.split("  ")[4:] for line in lines[4:6]] == [
        ["storms", STORM[:40]],
        ["gales", "A gale is due."],
    ]
    assert lines[6] == "were held, and not by these rules: 0"
    assert "warning" not in tried.stderr
    assert "1 of 6 (16.67%)" in shell("rules", "list").stdout.splitlines()[0]
    path.write_bytes(file(table(when="phrase:storm*")))
    assert "never tried" in shell("rules", "list").stdout


def test_for_programs_and_another_file(shell: Shell) -> None:
    shell.receive(STORM, "Calm.")
    path = shell.folder / "new.toml"
    path.write_bytes(file(table("all", when="agency:seaboard")))
    tried = shell("rules", "test", path, "--json", "--since", "2h")
    told = json.loads(tried.stdout)
    assert (told["versions"], told["held"], told["tooMuch"]) == (2, 2, ["all"])
    assert told["rules"] == [{"name": "all", "matches": 2, "holds": 2}]
    assert [one["headline"] for one in told["heldNow"]] == [STORM[:40], "Calm."]
    assert told["heldThen"] == []
    assert "rule all would hold 2 of 2 versions (100.00%)" in tried.stderr
    listed = json.loads(shell("rules", "list", "--json").stdout)
    assert (listed["fault"], listed["rules"]) == (None, [])


@pytest.mark.parametrize("since", ["yesterday", "0d", "7y", "999999w", "2026-13-01"])
def test_a_span_that_is_none_is_refused(since: str, shell: Shell) -> None:
    shell.receive("Calm.")
    (shell.data / "rules.toml").write_bytes(file(table()))
    refused = shell("rules", "test", "--since", since)
    assert refused.exit_code == 2
    assert f"--since {since}: give 90m" in refused.stderr


def test_a_day_is_one_of_the_house(shell: Shell) -> None:
    shell.receive("Calm.")
    (shell.data / "rules.toml").write_bytes(file(table()))
    (shell.folder / "copytaster.toml").write_text("[site]\nzone = 'Asia/Kolkata'\n")
    told = json.loads(shell("rules", "test", "--json", "--since", "2021-03-01").stdout)
    assert told["since"] == "2021-03-01T00:00:00+05:30"
    told = json.loads(shell("rules", "test", "--json", "--since", "2021-03-01T09:00Z").stdout)
    assert told["since"] == "2021-03-01T09:00:00Z"


def test_a_house_without_rules_is_told_how_to_begin(shell: Shell) -> None:
    shell.receive("Calm.")
    told = shell("rules", "list")
    assert told.exit_code == 0
    assert "no rules; `copytaster rules begin`" in told.stdout


def test_the_doctor_and_the_list_show_a_broken_file_and_what_is_in_force(shell: Shell) -> None:
    shell.data.mkdir()
    path = shell.data / "rules.toml"
    path.write_bytes(file(table()))
    shell.receive(STORM)
    path.write_bytes(b"[[rule]\n")
    listed = shell("rules", "list")
    assert listed.exit_code == 1
    assert listed.stdout.startswith("storms  hold")
    assert "rules.toml:1: not TOML" in listed.stderr
    told = json.loads(shell("doctor", "--json").stdout)
    assert [f for f in told["findings"] if "rules.toml:1: not TOML" in f]


@pytest.mark.anyio
async def test_beside_a_running_desk(shell: Shell) -> None:
    import asyncio

    async with lives.live(shell.data) as running:
        (shell.data / "rules.toml").write_bytes(file(table()))
        await running.publish(text=STORM)
        tried = await asyncio.to_thread(shell, "rules", "test", "--since", "2020-01-01", "--json")
        assert json.loads(tried.stdout)["rules"] == [{"name": "storms", "matches": 1, "holds": 1}]
        listed = await asyncio.to_thread(shell, "rules", "list", "--json")
        assert json.loads(listed.stdout)["rules"][0]["tried"]["matches"] == 1
        assert running.desk.store.setting("rules-tried") is not None


def test_feeds_are_tried_entry_by_entry(shell: Shell) -> None:
    path = shell.folder / "feed.xml"
    path.write_bytes(feed(("a", "First", STORM), ("b", "Second", "Calm.")))
    shell("receive", path, "--agency", "seaboard")
    (shell.data / "rules.toml").write_bytes(file(table()))
    told = json.loads(shell("rules", "test", "--json").stdout)
    assert (told["versions"], told["held"]) == (2, 1)
