"""Commands about what is noted beside a text: ``copytaster read`` and ``copytaster reread``."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click
import msgspec

from copytaster import agency as agencies
from copytaster import formats
from copytaster import reading
from copytaster import subject
from copytaster.agency import Profile
from copytaster.cli._manners import REFUSED
from copytaster.cli._manners import Failure
from copytaster.cli._manners import Refused
from copytaster.cli._manners import common
from copytaster.cli._manners import complain
from copytaster.cli._manners import desk_in
from copytaster.cli._manners import known
from copytaster.cli._manners import looking_in
from copytaster.cli._manners import measured
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import settings
from copytaster.cli._stories import story_id
from copytaster.cli._texts import texts_in
from copytaster.newsroom import noting
from copytaster.newsroom import rereading
from copytaster.newsroom.house import topics
from copytaster.reading import Notes
from copytaster.subject import Mappings


@click.command()
@click.argument("sources", metavar="FILE|ID", nargs=-1, required=True)
@click.option("--agency", default="default", help="Whose copy it is: an agency profile's id.")
@click.option("--format", "format_name", help="Read as this format instead of detecting it.")
@click.option("--language", help="The language of plain texts (default: en).")
@click.option("--sent", help="When plain texts were sent: days are counted from this instant.")
@click.option("--indirect", is_flag=True, help="Note reported speech as well, less surely.")
@common
def read(
    sources: tuple[str, ...],
    agency: str,
    format_name: str | None,
    language: str | None,
    sent: str | None,
    indirect: bool,
    config_file: Path | None,
    data: Path | None,
) -> None:
    """Print what is noted beside texts, one JSON line each: who says what, when, about what.

    A FILE that ends in .txt is one text as it is, any other is read as parse reads it; an ID, or
    the address of a story, means the newest edition of a story of this desk.
    """
    profile, moment = agencies.load(agency), _instant(sent)
    refused = False
    for source in sources:
        path = Path(source)
        try:
            if path.exists():
                found = _in_file(
                    path, profile, config_file, format_name, language, moment, indirect=indirect
                )
            else:
                found = _of_story(source, config_file, data, indirect=indirect)
            for notes in found:
                click.echo(msgspec.json.encode(notes).decode())
        except (formats.FormatError, OSError, ValueError) as error:
            refused = True
            complain(f"{source}: {error.strerror if isinstance(error, OSError) else error}")
    if refused:
        raise SystemExit(REFUSED)


def _instant(sent: str | None) -> datetime | None:
    if sent is None:
        return None
    try:
        moment = datetime.fromisoformat(sent)
    except ValueError as error:
        raise Failure(f"--sent {sent!r} is no instant; give 2026-03-05T17:40:00+05:30") from error
    if moment.tzinfo is None:
        raise Failure(f"--sent {sent!r} has no offset; give 2026-03-05T17:40:00+05:30")
    return moment


def _in_file(
    path: Path,
    profile: Profile,
    config_file: Path | None,
    format_name: str | None,
    language: str | None,
    sent: datetime | None,
    *,
    indirect: bool,
) -> Iterator[Notes]:
    mappings: Mappings | None = None
    for name, text in texts_in(path, profile, format_name):
        item = text.item
        own = None if item is None else item.language or profile.language
        notes = reading.read(
            name,
            text.words,
            language=language or own or "en",
            sent=sent or (None if item is None else noting.sent_of(item)),
            agency=profile.id,
            indirect=indirect,
        )
        if item is not None:
            mappings = mappings or _mappings(config_file, profile)
            notes = msgspec.structs.replace(notes, subjects=subject.told(item, mappings))
        yield notes


def _mappings(config_file: Path | None, profile: Profile) -> Mappings:
    """What the house knows of the codes of this agency."""
    config, _ = settings(config_file, None)
    with plain_errors():
        return topics(config).after(agencies.codes(profile))


def _of_story(
    source: str, config_file: Path | None, data: Path | None, *, indirect: bool
) -> Iterator[Notes]:
    config, folder = settings(config_file, data)
    with plain_errors(), looking_in(config, folder) as desk:
        id = story_id(source)
        story = desk.store.story(id)
        edition = None if story is None else desk.store.edition(id, story.edition)
        if story is None or edition is None:
            raise Refused(f"{source}: no file, and no story of this desk that was ever public")
        yield noting.noted(desk.house, desk.store, edition, indirect=indirect)


@click.command()
@common
def reread(config_file: Path | None, data: Path | None) -> None:
    """Run this version's reader over the archive, and file it by what is known of subjects now.

    The pages of live stories are made again where the notes have changed. No desk may run.
    """
    config, folder = settings(config_file, data)
    with (
        plain_errors(),
        desk_in(config, known(folder)) as desk,
        measured("Reading", quiet=False) as (begun, step),
    ):
        done = rereading.reread(desk, begun, step)
    for why in done.failed:
        complain(f"copytaster: {why}")
    click.echo(
        f"{done.read:,} editions read, {done.changed:,} have other notes now; "
        f"pages made anew: {done.pages:,}; stories on other shelves: {done.filed:,}"
    )
    if done.failed:
        raise SystemExit(REFUSED)
