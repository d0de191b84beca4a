"""A theme's folder: what is in it is used or refused, and no theme reaches a story's words."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from copytaster import press
from copytaster.cli import main
from copytaster.config import ConfigError
from copytaster.gallery import gallery
from copytaster.newsroom import theming
from copytaster.press import Site
from tests.newsroom.making import BASE
from tests.newsroom.making import config
from tests.newsroom.making import house as opened

SITE = Site(name="The Morning Wire", url="https://news.example")


def _folder(root: Path, files: Mapping[str, str]) -> Path:
    """A theme of these files, by path."""
    folder = root / "theme"
    folder.mkdir()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def _run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["theme", *map(str, arguments)])
    return result.exit_code, result.output


def test_a_theme_begun_by_the_command_is_usable_and_changes_nothing(tmp_path: Path) -> None:
    code, told = _run(tmp_path / "theme", "--new")
    assert code == 0
    assert "pages made with it and read back" in told
    themed = gallery(msgspec.structs.replace(SITE, theme=theming.read(tmp_path / "theme")))
    plain = gallery(SITE)
    assert [len(shown.page) for shown in themed] == [len(shown.page) for shown in plain]


def test_begun_again_nothing_of_it_is_written_over(tmp_path: Path) -> None:
    folder = _folder(tmp_path, {"theme.css": ":root { --accent: teal; }"})
    assert _run(folder, "--new")[0] == 0
    assert (folder / "theme.css").read_text() == ":root { --accent: teal; }"


def test_what_stands_in_a_slot_stands_on_pages(tmp_path: Path) -> None:
    theme = theming.read(
        _folder(tmp_path, {"slots/before_story.html": "<p class=ad>Buy a kite</p>"})
    )
    pages = {shown.name: shown for shown in gallery(msgspec.structs.replace(SITE, theme=theme))}
    assert b"<p class=ad>Buy a kite</p>" in pages["harbour"].page
    assert b"Buy a kite" not in pages["front"].page
    assert pages["harbour"].faults == ()


def test_a_themes_style_comes_behind_ours_under_an_address_of_its_own(tmp_path: Path) -> None:
    theme = theming.read(_folder(tmp_path, {"theme.css": ":root { --accent: teal; }"}))
    assert press.stylesheet(theme).endswith(b":root { --accent: teal; }")
    assert set(press.assets(theme)) != set(press.assets())
    assert press.template_version(Site(name="x", url="x", theme=theme)) != press.template_version(
        Site(name="x", url="x")
    )


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('data-copy="headline">{{ headline }}', 'data-copy="headline">{{ headline }}!'),
        ("{{ body }}", ""),
        ('<span data-copy="byline">{{ byline }}</span>', ""),
    ],
    ids=["a word more", "no text", "no byline"],
)
def test_a_theme_that_changes_a_storys_words_publishes_nothing(
    was: str, becomes: str, tmp_path: Path
) -> None:
    ours = press.template("story.html")
    assert was in ours
    folder = _folder(tmp_path, {"templates/story.html": ours.replace(was, becomes)})
    pages = gallery(msgspec.structs.replace(SITE, theme=theming.read(folder)))
    assert all(shown.faults for shown in pages if shown.group == "Stories")
    code, told = _run(folder)
    assert code == 1
    assert "do not say what their story says" in told


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"slots/topp.html": "x"}, "did you mean top.html?"),
        ({"templates/stroy.html": "x"}, "did you mean story.html?"),
        ({"templates/story.html": "{% if x %}"}, "story.html: line 1"),
        ({"theme.toml": "[policy]\nscript-src = ['*']"}, "'*' is not allowed"),
        ({"theme.toml": "[policy]\nscript-src = [\"'unsafe-inline'\"]"}, "is not allowed"),
        ({"theme.toml": "[policy]\nscript-src = ['https://a; x']"}, "is not allowed"),
        ({"theme.toml": "[policy]\ndefault-src = ['https://a.example']"}, "cannot be widened"),
        ({"theme.toml": "[policies]"}, "unknown key policies"),
        ({"theme.toml": "policy = 1"}, "no table"),
        ({"theme.toml": "["}, "not TOML"),
        ({"icon.svg": "<svg><script>x</script></svg>"}, "no plain SVG drawing"),
        ({"icon.svg": "PNG"}, "no plain SVG drawing"),
        ({"theme.css": "x" * 300_000}, "is larger than"),
    ],
    ids=lambda value: next(iter(value.values()))[:24] if isinstance(value, dict) else None,
)
def test_what_cannot_be_used_is_refused_in_one_line(
    files: dict[str, str], told: str, tmp_path: Path
) -> None:
    folder = _folder(tmp_path, files)
    with pytest.raises(ConfigError, match=r"theme: ") as refused:
        theming.read(folder)
    assert told in str(refused.value)
    code, said = _run(folder)
    assert code == 2
    assert told in said


def test_a_template_that_asks_for_what_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    folder = _folder(tmp_path, {"templates/message.html": "{{ title }}\n{{ colour }}"})
    code, told = _run(folder)
    assert code == 1
    assert "message.html: line 2" in told


def test_a_template_that_never_ends_is_stopped(tmp_path: Path) -> None:
    endless = "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}"
    code, told = _run(_folder(tmp_path, {"templates/message.html": endless}))
    assert code == 1
    assert "message.html" in told


@pytest.mark.anyio
async def test_a_desk_serves_its_theme_and_lets_in_what_it_names(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path,
        {
            "slots/top.html": "<p>Read by nine in ten</p>",
            "theme.toml": "[policy]\nimg-src = ['https://pixel.example']",
        },
    )
    settings = config(site={"url": BASE, "theme": str(folder)})
    with opened(tmp_path / "data", settings) as house:
        story = house.send()
        for path in ("/", f"/s/{story.id}", "/nowhere"):
            answer = await house.get(path)
            assert "Read by nine in ten" in answer.text
            policy = answer.headers["content-security-policy"]
            assert "img-src 'self' https: https://pixel.example" in policy
            assert ("script-src 'self'" in policy) == (path == "/")
        style = answer.text.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
        assert (await house.get(style)).status_code == 200
