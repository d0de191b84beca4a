"""The audit trail is only ever added to, whoever writes to the file."""

from pathlib import Path

import apsw
import pytest

from copytaster.store import STORE_FILE
from copytaster.store import open_sqlite
from tests import blank
from tests.store.contract_people import deed


@pytest.mark.parametrize("statement", ["DELETE FROM deeds", "UPDATE deeds SET done_by = 'bo'"])
def test_no_line_is_changed_or_taken_away(tmp_path: Path, statement: str) -> None:
    blank.lay(tmp_path)
    store = open_sqlite(tmp_path / STORE_FILE)
    store.people.note(deed("kill"))
    before = store.people.deeds()
    db = apsw.Connection(str(tmp_path / STORE_FILE))
    with pytest.raises(apsw.ConstraintError, match="only ever added to"):
        db.execute(statement)
    assert store.people.deeds() == before
    db.close()
    store.close()
