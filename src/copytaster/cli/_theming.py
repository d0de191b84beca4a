"""A theme's folder: begun, checked, looked at."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from minijinja import TemplateError

from copytaster import press
from copytaster.cli._manners import Failure
from copytaster.cli._manners import Refused
from copytaster.cli._manners import complain
from copytaster.config import ConfigError
from copytaster.gallery import Shown
from copytaster.gallery import gallery
from copytaster.newsroom import theming
from copytaster.press import Site
from copytaster.press import Theme

_OPENS = {
    "script-src": "its code runs on every page and can change what readers see there",
    "connect-src": "scripts may send what readers do to it",
    "frame-src": "it may show pages of its own inside ours",
    "img-src": "it learns who reads which page, and when",
    "font-src": "it learns who reads which page, and when",
    "style-src": "it can hide or cover any words of a page",
    "media-src": "it learns who reads which page, and when",
    "form-action": "forms may send what readers type to it",
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--new", is_flag=True, help="Begin a theme: write the folder with examples in it.")
@click.option("--copy", metavar="TEMPLATE", help="Copy one of our templates, to change it.")
@click.option(
    "--pages",
    type=click.Path(path_type=Path),
    help="Write every page of the gallery into this folder, to look at.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def theme(folder: Path, *, new: bool, copy: str | None, pages: Path | None, as_json: bool) -> None:
    """Check the theme in FOLDER: every page is made with it and read back."""
    if new:
        _begin(folder)
    if copy is not None:
        _copy(folder, copy)
    try:
        found = theming.read(folder)
    except ConfigError as error:
        raise Failure(str(error)) from error
    made = _made(found)
    if pages is not None:
        _write(pages, made, found)
    _tell(folder, found, made, as_json=as_json)


def _begin(folder: Path) -> None:
    """The folder with its examples; nothing that is there is written over."""
    for name, text in theming.beginning().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(text, "utf-8")


def _copy(folder: Path, name: str) -> None:
    if name not in press.template_names():
        raise Failure(f"no template is called {name}; there are: {_listed(press.template_names())}")
    path = folder / "templates" / name
    if path.exists():
        raise Failure(f"{path} is there already; move it away first")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(press.template(name), "utf-8")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(sorted(names))


def _site(found: Theme) -> Site:
    return Site(name="The Morning Wire", url="https://news.example", theme=found)


def _made(found: Theme) -> tuple[Shown, ...]:
    try:
        return gallery(_site(found))
    except TemplateError as error:
        where = f"{error.name}: line {error.line}" if error.name else "a template"
        raise Refused(f"{where}: {str(error).splitlines()[0]}") from error


def _write(pages: Path, made: Sequence[Shown], found: Theme) -> None:
    """Pages and what they lean on, so that a browser can open them from the disk."""
    pages.mkdir(parents=True, exist_ok=True)
    for shown in made:
        page = shown.page.replace(b'"/assets/', b'"assets/')
        (pages / f"{shown.name}.html").write_bytes(page)
    for path, (_, data) in {**press.assets(found), **press.icon_files(_site(found))}.items():
        file = pages / path.removeprefix("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _tell(folder: Path, found: Theme, made: Sequence[Shown], *, as_json: bool) -> None:
    faults = {shown.name: list(shown.faults) for shown in made if shown.faults}
    if as_json:
        said = {
            "folder": str(folder),
            "pages": len(made),
            "faults": faults,
            "templates": sorted(found.templates),
            "slots": sorted(name for name, markup in found.slots.items() if markup),
            "policy": found.policy,
        }
        click.echo(json.dumps(said))
    else:
        _tell_in_words(folder, found, made)
    for name, told in faults.items():
        complain(f"{name}: {'; '.join(told)}")
    if faults:
        raise Refused(f"{len(faults)} of {len(made)} pages do not say what their story says")


def _tell_in_words(folder: Path, found: Theme, made: Sequence[Shown]) -> None:
    click.echo(f"{folder}: {len(made)} pages made with it and read back")
    for label, names in (
        ("templates", sorted(found.templates)),
        ("slots", sorted(name for name, markup in found.slots.items() if markup)),
    ):
        click.echo(f"  {label}: {', '.join(names) or 'none'}")
    for directive, sources in found.policy.items():
        for source in sources:
            click.echo(f"  {directive} {source}: {_OPENS[directive]}")
