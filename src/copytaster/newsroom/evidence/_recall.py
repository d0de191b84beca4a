"""The pack of a whole recall: what was ordered, and what was seen of every story's withdrawal."""

import zipfile
from collections.abc import Iterator
from importlib import metadata
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from copytaster.newsroom.desk import Desk
from copytaster.newsroom.evidence._members import Pack
from copytaster.newsroom.evidence._members import new_file
from copytaster.newsroom.evidence._members import sealed
from copytaster.newsroom.proof_told import withdrawal_told
from copytaster.newsroom.terminal import plain
from copytaster.store import Story

_LOT = 200
_PAGE = (resources.files("copytaster.newsroom.evidence") / "recall.txt").read_text("utf-8")


def write_recall(desk: Desk, id: str, target: Path) -> dict[str, Any]:
    """Write the pack of a recall to a new file, readable by its owner only; returns its manifest.

    ``stories.jsonl`` has a line for each story: how it stands, what the recall decided on it, and
    each public address with what was seen there and when. Raises ``NoBatch`` for a recall that
    there is not, ValueError when the file exists. What fails leaves no file behind.
    """
    told = desk.recalls.told(id)
    with new_file(target) as file, zipfile.ZipFile(file, "w") as zip:
        pack, counts = Pack(zip), {"stories": 0, "clean": 0}
        pack.add_lines("stories.jsonl", _lines(desk, id, counts))
        pack.add_json("recall.json", told)
        pack.add("README.txt", _readme(desk, told, counts).encode())
        manifest = {
            "recall": id,
            "copytaster": metadata.version("copytaster"),
            **counts,
            "members": list(pack.members),
        }
        pack.close(manifest)
    return {**manifest, "pack": sealed(target)}


def _lines(desk: Desk, id: str, counts: dict[str, int]) -> Iterator[bytes]:
    """A line for each story, counted as it is written."""
    after = 0
    while lot := desk.store.batch_stories(id, _LOT, after):
        after = lot[-1][1]
        for story_id, _ in lot:
            story = desk.store.story(story_id)
            if story is None:
                continue
            line = _line(desk, story, id)
            withdrawal = line["withdrawal"]
            counts["stories"] += 1
            counts["clean"] += bool(withdrawal and withdrawal["clean"])
            yield msgspec.json.encode(line) + b"\n"


def _line(desk: Desk, story: Story, batch: str) -> dict[str, Any]:
    decisions = desk.store.history_of(story.id).decisions
    return {
        "story": story.id,
        "agency": story.agency,
        "guid": story.guid,
        "state": story.state.value,
        "face": story.face.value,
        "edition": story.edition,
        "firstPublic": story.first_public,
        "faceChanged": story.face_changed,
        "decided": [
            {"kind": one.kind.value, "at": one.at, "by": one.by}
            for one in decisions
            if one.batch == batch
        ],
        "withdrawal": withdrawal_told(story, desk.store.receipts(story.id)),
    }


def _readme(desk: Desk, told: dict[str, Any], counts: dict[str, int]) -> str:
    site = desk.house.site
    undone = told["undone"]
    return _PAGE.format(
        site=site.name,
        site_url=site.url,
        batch=told["batch"],
        kind=told["kind"],
        at=told["at"],
        by=plain(told["by"]),
        reason=plain(told["reason"]),
        query=plain(told["query"]),
        stories=told["stories"],
        decided=told["decided"],
        clean=counts["clean"],
        undone="no" if undone is None else f"{undone['at']} by {plain(undone['by'])}",
    )
