"""An editor's decision on a picture, from the shell: ``kill``, ``hold``, ``release --picture``."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from copytaster.cli._manners import REFUSED
from copytaster.cli._manners import desk_in
from copytaster.cli._manners import known
from copytaster.cli._manners import noted
from copytaster.cli._manners import plain_errors
from copytaster.cli._manners import say
from copytaster.config import Config
from copytaster.newsroom import control
from copytaster.newsroom import picture_orders
from copytaster.story import DecisionKind


def decide_on_picture(
    config: Config,
    folder: Path,
    kind: DecisionKind,
    *,
    picture: str,
    reason: str,
    by: str,
    as_json: bool,
) -> None:
    """Carry the decision out, on the running desk or alone, and print what it touched."""
    arguments = {"picture": picture, "kind": kind.value, "reason": reason, "by": by}
    with plain_errors():
        if control.is_running(folder):
            told, proof = control.ask(folder, "picture", **arguments)
        else:
            told, proof = _alone(config, folder, kind, arguments), None
    if as_json:
        click.echo(msgspec.json.encode({"pictures": told, "proof": proof}).decode())
    else:
        _print(told, proof, kind)
    if proof is not None and not proof["clean"]:
        raise SystemExit(REFUSED)


def _alone(
    config: Config, folder: Path, kind: DecisionKind, said: Mapping[str, str]
) -> list[dict[str, Any]]:
    with desk_in(config, known(folder)) as desk:
        names = picture_orders.decide_picture(
            desk, kind, said["picture"], reason=said["reason"], by=said["by"]
        )
        noted(desk, "picture", **said)
        desk.settle()
        return [picture_orders.told_picture(desk, name) for name in names]


def _print(told: list[dict[str, Any]], proof: Mapping[str, Any] | None, kind: DecisionKind) -> None:
    for one in told:
        beside = ", ".join(one["stories"]) or "no story"
        say(f"{one['address']}: {one['state']}, {'shown' if one['shown'] else 'not shown'}")
        say(f"  beside {beside}" + (f"; {one['why']}" if one["why"] else ""))
    if not told:
        click.echo("nothing to do: it was taken back already")
    elif kind is DecisionKind.release:
        return
    elif proof is None:
        click.echo(
            "suspended; not yet finished: no desk is running, so no public copy was fetched. "
            "Start `copytaster run`; it proves it at once."
        )
    elif proof["clean"]:
        click.echo("seen to be gone at every public address")
    else:
        click.echo("not finished: the desk goes on trying; see `copytaster story`", err=True)
