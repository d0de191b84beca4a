"""Reading files as the desk would, without a desk."""

import sys
from datetime import UTC
from datetime import datetime
from pathlib import Path

import click

from copytaster import agency as agencies
from copytaster import formats
from copytaster.cli._manners import REFUSED
from copytaster.cli._manners import complain
from copytaster.cli._manners import file_name
from copytaster.formats import lines


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--agency", default="default", help="Whose copy it is: an agency profile's id.")
@click.option("--format", "format_name", help="Read as this format instead of detecting it.")
def parse(files: tuple[Path, ...], agency: str, format_name: str | None) -> None:
    """Print the items in FILES, one JSON line each; bad files are named on stderr."""
    profile = agencies.load(agency)
    refused = False
    for path in files:
        context = formats.Context(received=datetime.now(UTC))
        try:
            parsed = formats.parse(path.read_bytes(), profile, context, format=format_name)
        except (formats.FormatError, OSError) as error:
            refused = True
            reason = error.strerror if isinstance(error, OSError) else str(error)
            complain(f"{path}: {reason}")
            continue
        refused |= _print_items(file_name(path), parsed)
    if refused:
        raise SystemExit(REFUSED)


def _print_items(path: str, parsed: formats.Parsed) -> bool:
    out = sys.stdout.buffer
    for item in parsed.items:
        out.write(lines.line(item, file=path) + b"\n")
    out.flush()
    for aside in parsed.aside:
        detail = aside.detail or aside.guid or "no id"
        complain(f"{path}: set aside: {aside.code}: {detail}")
    for bad in parsed.failed:
        complain(f"{path}: entry {bad.index}: {bad.error}")
    return bool(parsed.failed)
