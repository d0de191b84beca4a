"""``copytaster twins``: what it prints of which files are versions of one story."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from click.testing import Result

from copytaster.cli import main
from tests.newsroom.making import feed
from tests.newsroom.making import house
from tests.newsroom.making import ninjs
from tests.reading.stories import FERRY
from tests.reading.stories import TRAM
from tests.reading.stories import top

_FILES = (".txt", ".xml", ".json")
AS_PAIR = (
    "a.txt | b.txt: twins, other-is-top; 49% of the one is in the other, 100% of the other in the "
    "one"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(FERRY, "utf-8")
    (tmp_path / "b.txt").write_text(top(FERRY, 0.5).upper(), "utf-8")
    (tmp_path / "c.txt").write_text(TRAM, "utf-8")
    (tmp_path / "d.txt").write_text("", "utf-8")
    return tmp_path


def shell(folder: Path, *words: str) -> Result:
    said = [str(folder / word) if word.endswith(_FILES) else word for word in words]
    result = CliRunner().invoke(main, ["twins", *said])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def told(folder: Path, *words: str) -> list[dict[str, Any]]:
    """Its JSON Lines, with files by their bare names."""
    said = shell(folder, "--json", *words).stdout.replace(f"{folder}/", "")
    return [json.loads(line) for line in said.splitlines()]


def test_groups_and_pairs_for_people(folder: Path) -> None:
    result = shell(folder, "a.txt", "b.txt", "c.txt", "d.txt")
    assert result.exit_code == 0
    assert result.stdout.replace(f"{folder}/", "").splitlines() == [
        "group 1: 2 texts",
        "  a.txt",
        "  b.txt",
        AS_PAIR,
        "4 texts; groups: 1; alone: 2",
    ]


def test_groups_and_pairs_for_programs(folder: Path) -> None:
    group, pair = told(folder, "a.txt", "b.txt", "c.txt")
    assert group == {"kind": "group", "texts": ["a.txt", "b.txt"]}
    assert 0.4 < pair.pop("one_in_other") < 0.6
    assert pair == {
        "kind": "pair",
        "one": "a.txt",
        "other": "b.txt",
        "twin": True,
        "way": "other-is-top",
        "other_in_one": 1.0,
        "figures": None,
        "head_of_one": 1.0,
        "head_of_other": 1.0,
        "declared": None,
        "scheme": "w5c10/8/crc32",
    }


def test_nothing_in_common_is_said_too(folder: Path) -> None:
    assert shell(folder, "a.txt", "c.txt").stdout == "2 texts; groups: 0; alone: 2\n"
    assert told(folder, "c.txt", "d.txt") == []


def test_items_in_any_format_are_compared_with_plain_text(folder: Path) -> None:
    paragraphs = "".join(f"<p>{one}</p>" for one in FERRY.strip().split("\n\n"))
    (folder / "one.json").write_bytes(ninjs("urn:a", body_xhtml=paragraphs))
    (folder / "feed.xml").write_bytes(feed(("x", "Ferry", TRAM), ("y", "Other", "Fog at sea.")))
    (first, second, *_) = told(folder, "a.txt", "one.json", "c.txt", "feed.xml")
    assert first["texts"] == ["a.txt", "one.json"]
    assert second["texts"] == ["c.txt", "feed.xml#x"]


def test_what_an_agency_declares_joins_what_has_nothing_in_common(folder: Path) -> None:
    (folder / "1.json").write_bytes(ninjs("urn:a", body_text="Fog at sea.", version="1"))
    (folder / "2.json").write_bytes(ninjs("urn:a", body_text="All is clear now.", version="2"))
    group, pair = told(folder, "1.json", "2.json")
    assert group["texts"] == ["1.json", "2.json"]
    assert (pair["twin"], pair["way"], pair["declared"]) == (True, "apart", "version")
    assert "; declared: version" in shell(folder, "1.json", "2.json").stdout


def test_a_file_given_twice_is_two_texts(folder: Path) -> None:
    assert told(folder, "a.txt", "a.txt")[0]["texts"] == ["a.txt", "a.txt (2)"]


def test_bad_files_are_named_and_the_rest_is_compared(folder: Path) -> None:
    (folder / "latin.txt").write_bytes(b"caf\xe9")
    (folder / "odd.xml").write_bytes(b"garbage")
    result = shell(folder, "a.txt", "latin.txt", "odd.xml", "none.txt", "b.txt")
    assert result.exit_code == 1
    assert result.stdout.startswith("group 1: 2 texts\n")
    first, second, third = result.stderr.splitlines()
    assert first == f"{folder}/latin.txt: byte 3 is not UTF-8; convert the file"
    assert second.startswith(f"{folder}/odd.xml: no format known here")
    assert third == f"{folder}/none.txt: No such file or directory"


def test_a_file_that_is_too_large_is_not_read(folder: Path) -> None:
    with (folder / "large.txt").open("wb") as file:
        file.truncate(17 * 1024 * 1024)
    result = shell(folder, "large.txt")
    assert result.exit_code == 1
    assert "17825792 bytes: more than 16777216; give smaller files" in result.stderr


# --- differences, and stories of a desk ----------------------------------------------------------


def test_what_each_has_that_the_other_lacks_is_printed_by_paragraph(folder: Path) -> None:
    paragraphs = FERRY.strip().split("\n\n")
    news = "Nobody was hurt, and the captain brought everybody ashore before noon."
    (folder / "e.txt").write_text("\n\n".join([news, *paragraphs[:-1]]), "utf-8")
    lines = shell(folder, "--differences", "a.txt", "e.txt").stdout.splitlines()
    assert [line for line in lines if line.startswith("  only")] == [
        f"  only {folder}/a.txt: {paragraphs[-1]}",
        f"  only {folder}/e.txt: {news}",
    ]
    differences = told(folder, "--differences", "a.txt", "e.txt")[1]["differences"]
    assert differences["only_other"] == [{"start": 0, "end": len(news)}]
    assert "differences" not in told(folder, "a.txt", "e.txt")[1]


def test_a_story_of_the_desk_is_compared_with_its_twins(folder: Path) -> None:
    data = folder / "data"
    with house(data) as desk:
        one = desk.send(text=FERRY).id
        desk.receive(desk.delivery(ninjs("theirs", text=top(FERRY, 0.5)), agency="harbour"))
        other = desk.desk.find("harbour", "theirs") or ""
    group, pair = told(folder, one, "--data", str(data))
    assert group == {"kind": "group", "texts": [one, other]}
    assert (pair["one"], pair["other"], pair["way"]) == (one, other, "other-is-top")
    address = f"http://desk.example/s/{other}"
    assert told(folder, "--data", str(data), address)[0]["texts"] == [other, one]


def test_an_id_that_no_story_has_is_refused(folder: Path) -> None:
    with house(folder / "data"):
        pass
    result = shell(folder, "0" * 16, "--data", str(folder / "data"))
    assert result.exit_code == 1
    assert result.stderr.endswith(": no file, and no story of this desk that was ever public\n")
