"""Calls that the store owes, made: what a commit keeps and whom it calls are one transaction.

A crash after the commit makes the call when the desk starts again; one between the call and the
store's word of it makes it twice, and the latch of :mod:`copytaster.newsroom.alerts` makes one
of that.
"""

import logging

from copytaster.newsroom.alerts import Nobody
from copytaster.store import Store
from copytaster.store import StoreError
from copytaster.wire import Alert

log = logging.getLogger("copytaster.desk")


class Switchboard:
    """Makes the calls of one store. It belongs to the desk's thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last = 0
        """number of the last call made; not made again while the store cannot note it"""
        self.owes = True
        """whether there may be calls to make: there may be when the desk starts"""

    def make(self, alert: Alert) -> None:
        """Make what is owed. A desk that has nobody to call keeps it for one that has."""
        if not self.owes or isinstance(alert, Nobody):
            return
        while owed := self._store.calls.owed():
            for one in owed:
                if one.number > self._last:
                    alert(one.call.code, one.call.text, one.call.about)
            self._last = max(self._last, owed[-1].number)
            try:
                self._store.calls.made(owed)
            except StoreError as error:
                # A full disk must not keep what waits behind this, a kill perhaps, from going on.
                log.warning("calls that were made stay noted as owed: %s", error)
                return
        self.owes = False
