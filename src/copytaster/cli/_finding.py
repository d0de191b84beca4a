"""Finding stories, public or not, by what they say and what is known of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import msgspec

from copytaster import query
from copytaster.cli._asking import asked_for
from copytaster.cli._manners import as_json_option
from copytaster.cli._manners import common
from copytaster.cli._manners import complain
from copytaster.cli._manners import looking_in
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import say
from copytaster.cli._manners import settings
from copytaster.newsroom import told
from copytaster.query import Query
from copytaster.store import Told

_MOST = 1000


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("asked", metavar="QUERY")
@click.option(
    "--limit",
    type=click.IntRange(1, _MOST),
    default=50,
    show_default=True,
    help="Show no more than this.",
)
@common
@as_json_option
def find(
    asked: str, limit: int, config_file: Path | None, data: Path | None, as_json: bool
) -> None:
    """Find stories, held, killed and never public ones too, by a query; the newest first.

    \b
    copytaster find 'ferry "north quay" -state:live'
    copytaster find 'agency:hill urgency:<=3 after:2h'
    """
    config, folder = settings(config_file, data)
    zone = ZoneInfo(config.site.zone or "UTC")
    wanted = asked_for(asked, zone)
    with plain_errors(), looking_in(config, folder) as desk:
        found = desk.store.told.find(wanted, desk.clock(), limit=limit + 1)
        done, last = told.backlog(desk.store)
        is_empty = not desk.store.kept_agencies()
    more, found = len(found) > limit, found[:limit]
    if as_json:
        click.echo(msgspec.json.encode(_summary(wanted, found, more=more, left=last - done)))
        return
    if last:
        complain(
            f"stories of before an upgrade are still being made ready to be found: {done} of {last}"
        )
    if not found:
        say(_nothing(wanted, is_empty=is_empty))
        return
    _print(wanted, found, zone, more=more)


def _summary(wanted: Query, found: Sequence[Told], *, more: bool, left: int) -> dict[str, Any]:
    return {
        "query": query.write(wanted),
        "stories": [told.summary(one) for one in found],
        "more": more,
        "notYet": left,
    }


def _nothing(wanted: Query, *, is_empty: bool) -> str:
    if is_empty:
        return "no story answers: none has come yet (`copytaster receive FILE` brings one)"
    return (
        f"no story answers: {query.write(wanted)} (words are whole words: WORD* is how one begins; "
        "all must be true: OR is one of several; docs/reference/query.md tells the rest)"
    )


def _print(wanted: Query, found: Sequence[Told], zone: ZoneInfo, *, more: bool) -> None:
    number = "1 story answers" if len(found) == 1 else f"{len(found)} stories answer"
    say(f"{'more than ' if more else ''}{number}: {query.write(wanted)}")
    width = max(len(one.story.agency) for one in found)
    for one in found:
        came = one.came.astimezone(zone)
        say(
            f"  {came:%Y-%m-%d %H:%M}  {one.story.state.value:9}  {one.story.agency:{width}}  "
            f"/s/{one.story.id}  {told.headline(one) or '(no headline)'}"
        )
    if more:
        say("  and more: --limit shows them, or ask for less")
