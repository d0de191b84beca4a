"""The how-to that adds a language works as it stands on the page."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from copytaster.config import ConfigError
from copytaster.config import read
from copytaster.newsroom.house import house
from copytaster.press import Site
from copytaster.press._words import shipped_files

PAGE = "how-to/add-a-language.md"


@pytest.fixture
def blocks(page: Callable[[str], str]) -> list[str]:
    """What stands in fences, in the order of the page."""
    return re.findall(r"^```\w+\n(.*?)^```$", page(PAGE), flags=re.MULTILINE | re.DOTALL)


def site(folder: Path, configuration: str, **files: str) -> Site:
    """The site of the page's configuration, with these files in its folder."""
    words = folder / "words"
    words.mkdir()
    for language, content in files.items():
        (words / f"{language}.toml").write_text(content, "utf-8")
    there = configuration.replace('"words"', f'"{words}"')
    return house(read(there.encode(), "copytaster.toml"), "http://127.0.0.1").site


def test_one_sentence_is_said_another_way(blocks: list[str], tmp_path: Path) -> None:
    made = site(tmp_path, blocks[0], en=blocks[1])
    words = made.tongue("en-IN").words
    assert words.disclosure.startswith("Straight from {agency}")
    assert (words.events["killed"], words.events["held"]) == ("Taken back", "Put on hold")


def test_a_new_language_speaks_once_it_has_every_key(blocks: list[str], tmp_path: Path) -> None:
    english = shipped_files()["en"].decode()
    names = "".join(f'{code} = "{code.title()}"\n' for code in _sections())
    dutch = english.replace('"Corrected"', '"Gecorrigeerd"') + f"[section_names]\n{names}"
    made = site(tmp_path, blocks[0], nl=dutch)
    assert made.tongue("nl-BE").own == "nl-BE"
    assert made.tongue("nl-BE").words.corrected == "Gecorrigeerd"
    assert Site(name="x", url="x").tongue("nl-BE").own == "en", "only where a house added it"


def test_the_faults_on_the_page_are_told_as_it_shows_them(
    blocks: list[str], tmp_path: Path
) -> None:
    english = shipped_files()["en"].decode()
    missing = r"^headline = .*\n|(?<=\[joined\]\n)one = .*\n"
    broken = re.sub(missing, "", english, flags=re.MULTILINE)
    broken = broken.replace('"How this works"', '"Zo werkt {agencia}"')
    with pytest.raises(ConfigError) as told:
        site(tmp_path, blocks[0], nl=broken)
    lines = str(told.value).splitlines()
    assert set(blocks[-1].splitlines()) <= set(lines)
    assert all("section_names." in line for line in set(lines) - set(blocks[-1].splitlines()))


def test_the_placeholders_on_the_page_are_all_there_are(page: Callable[[str], str]) -> None:
    written = re.search(r"are filled in: (.*?)\. You", page(PAGE))
    assert written is not None
    named = set(re.findall(r"`\{(\w+)\}`", written[1]))
    assert named == set(re.findall(r"\{(\w+)\}", shipped_files()["en"].decode()))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    there = f'[site]\nwords = "{tmp_path}/nowhere"'
    with pytest.raises(ConfigError, match=r"site\.words: .*/nowhere: No such file"):
        house(read(there.encode(), "copytaster.toml"), "http://127.0.0.1")


def _sections() -> list[str]:
    from copytaster.section import NAMES

    return list(NAMES)
