"""An editor's word on a picture, from a shell, without a running desk."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result

from copytaster.cli import main
from tests.darkroom.drawing import jpeg
from tests.newsroom import making
from tests.newsroom.photos import PHOTOS
from tests.newsroom.photos import Wall
from tests.newsroom.photos import photo

pytestmark = pytest.mark.anyio


def shell(data: Path, *arguments: str) -> Result:
    config = data.parent / "site.toml"
    config.write_text("[limits]\ndisk_reserve_bytes = 0\n")
    return CliRunner().invoke(main, [*arguments, "--data", str(data), "--config", str(config)])


@pytest.fixture
async def data(tmp_path: Path) -> tuple[Path, str, str]:
    """A data folder with one pictured story; the picture's address, and the story's id."""
    with making.house(tmp_path / "data") as house:
        wall = Wall(house)
        wall.server.has = {f"{PHOTOS}/quay.jpg": jpeg(1, (300, 200))}
        story = house.send(associations={"main": photo()})
        await wall.fetch()
        return house.data, wall.address("urn:seaboard:photo:quay"), story.id


async def test_kill_takes_a_picture_and_says_that_nobody_looked_yet(
    data: tuple[Path, str, str],
) -> None:
    folder, address, id = data
    killed = shell(folder, "kill", "--picture", address, "--reason", "legal")
    assert killed.exit_code == 0, killed.output
    assert f"{address}: killed, not shown" in killed.stdout
    assert f"beside /s/{id}; legal" in killed.stdout
    assert "suspended; not yet finished: no desk is running" in killed.stdout
    told = json.loads(shell(folder, "story", id, "--json").stdout)
    assert (told["face"], told["pictures"][0]["state"]) == ("live", "killed")
    assert "killed" in shell(folder, "story", id).stdout
    again = shell(folder, "release", "--picture", address, "--reason", "oops")
    assert again.exit_code != 0
    assert "nothing brings it back" in again.stderr


async def test_hold_and_release_take_a_picture_away_and_put_it_back(
    data: tuple[Path, str, str],
) -> None:
    folder, address, _ = data
    held = json.loads(
        shell(folder, "hold", "--picture", address, "--reason", "doubt", "--json").stdout
    )
    assert [(one["state"], one["shown"]) for one in held["pictures"]] == [("withheld", False)]
    back = shell(folder, "release", "--picture", address, "--reason", "checked")
    assert f"{address}: good, shown" in back.stdout


@pytest.mark.parametrize("given", [[], ["0" * 16, "--picture", "x"]])
async def test_a_story_or_a_picture_is_named_and_never_both(
    given: list[str], data: tuple[Path, str, str]
) -> None:
    refused = shell(data[0], "kill", *given, "--reason", "desk")
    assert refused.exit_code == 2
    assert "name a story by its ID, or a picture with --picture" in refused.stderr


async def test_a_picture_nobody_knows_is_refused(data: tuple[Path, str, str]) -> None:
    refused = shell(data[0], "kill", "--picture", "/media/none.jpg", "--reason", "desk")
    assert refused.exit_code != 0
    assert "no picture /media/none.jpg; give its address" in refused.stderr
