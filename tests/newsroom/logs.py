"""The public log of a house: its writer, what it says, and whether it holds together."""

import hashlib
from pathlib import Path

from copytaster.ledger import Checkpoint
from copytaster.ledger import Event
from copytaster.ledger import checkpoint
from copytaster.ledger import entries
from copytaster.ledger import note
from copytaster.ledger import tiles
from copytaster.ledger import tree
from copytaster.ledger.control import Control
from copytaster.newsroom.log_keeper import LogKeeper
from tests.newsroom.making import House
from tests.pager import Pager


def keeper(house: House, pager: Pager | None = None) -> LogKeeper:
    """The writer of a house's log, not started."""
    desk = house.desk
    return LogKeeper(
        desk.house,
        desk.store,
        desk.pressroom.folder.log,
        house.data,
        lambda: house.now,
        pager or Pager(),
    )


def logged(house: House) -> list[bytes]:
    log = house.desk.store.log
    return log.entries(0, log.count())


def events(house: House) -> list[Event]:
    """The events that the log tells of, in their order."""
    said = (entries.decode(data) for data in logged(house))
    return [one for one in said if isinstance(one, Event)]


def controls(house: House) -> list[Control]:
    said = (entries.decode(data) for data in logged(house))
    return [one for one in said if not isinstance(one, Event)]


def read_whole(folder: Path) -> tuple[Checkpoint, list[bytes]]:
    """What the files of a log say, held against each other from the entries up: as a stranger
    does who has nothing but the folder. Fails where they do not hold together."""

    def read(path: str) -> bytes | None:
        file = folder / path
        return file.read_bytes() if file.is_file() else None

    vkey, served = read("vkey"), read(tiles.CHECKPOINT)
    assert vkey is not None, "a log shows its key"
    assert served is not None, "and its checkpoint"
    said = checkpoint.verify(served, [note.decode_vkey(vkey.decode().strip())]).checkpoint
    bundles = range(-(-said.size // tiles.WIDTH))
    told = [data for index in bundles for data in tiles.read_bundle(read, index, said.size)]
    grown = tree.grow(tree.EMPTY, told)
    assert tree.root(grown.tree) == said.root, "the entries do not come to the root"
    for path, data in grown.files:
        place = tiles.place(path)
        if place.level is not None:
            found = tiles.read_tile(read, place.level, place.index, said.size)
            assert found == data, f"{path} does not say what its entries come to"
    return said, told


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of a folder by its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
