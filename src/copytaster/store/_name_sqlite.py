"""Names in SQLite: the store's part that :class:`NameStore` describes."""

from collections.abc import Sequence

from copytaster.store import _rows as rows
from copytaster.store._name_port import Called
from copytaster.store._name_port import Sought
from copytaster.store._part import Part


class NamesInSqlite(Part):
    """:class:`NameStore` on one engine."""

    def named(self, sought: Sequence[Sought], limit: int = 100) -> list[str]:
        if not sought:
            return []
        found = self._all("named_stories", sought=rows.sought_json(sought), limit=limit)
        return [id for (id,) in found]

    def seeking(self, names: Sequence[Called], limit: int = 100) -> list[tuple[str, str]]:
        if not names:
            return []
        found = self._all("seeking_notices", names=rows.called_json(names), limit=limit)
        return [(id, content_hash) for id, content_hash in found]
