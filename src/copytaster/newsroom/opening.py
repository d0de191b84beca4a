"""The desk of a data folder, put together: its lock, its store, its site."""

from errno import ENOTDIR
from pathlib import Path

from copytaster import press
from copytaster import store as stores
from copytaster.channels import SiteFolder
from copytaster.config import Config
from copytaster.newsroom import house_rules
from copytaster.newsroom import licence
from copytaster.newsroom._setback import Steady
from copytaster.newsroom.desk import Clock
from copytaster.newsroom.desk import Desk
from copytaster.newsroom.house import house


def open_desk(
    data: Path,
    config: Config,
    clock: Clock,
    *,
    url: str = "http://127.0.0.1:8420",
    reading: bool = False,
) -> Desk:
    """The desk of a data folder, which it locks, but for ``reading`` only.

    ``url`` is the public base where the configuration names none. Raises ``store.Locked`` when
    another desk has the folder, ``store.Unfit`` when its files cannot be used.
    """
    if data.is_file():
        raise NotADirectoryError(ENOTDIR, "no folder; name another for the data", str(data))
    if not (data / stores.STORE_FILE).exists() and (data / stores.RESTORED_FILE).exists():
        raise stores.Unfit(f"{data}: a restore was cut off; run `copytaster restore` again")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = None if reading else stores.lock_folder(data)
    try:
        store = stores.open_sqlite(
            data / stores.STORE_FILE, reserve=config.limits.disk_reserve_bytes
        )
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    let_go = lock.release if lock is not None else _nothing
    desk = Desk(
        house(config, url),
        store,
        SiteFolder(data / "site"),
        Steady(clock),
        let_go=let_go,
        rules=house_rules.place(config, data),
    )
    if not reading:
        site = desk.house.site
        made = {**press.assets(site.theme), **press.icon_files(site)}
        files = {path.rpartition("/")[2]: data for path, (_, data) in made.items()}
        desk.pressroom.folder.assets.keep(files)
        desk.freshness.begin()
        licence.apply_contracts(desk.house, store, clock())
    return desk


def _nothing() -> None:
    """There is nothing to let go."""
