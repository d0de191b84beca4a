"""TEMPORARY: structured targets only, until the reader's branch is merged."""

import re
from datetime import datetime
from datetime import time

from copytaster import text
from copytaster.agency import Profile
from copytaster.item import EditorialType
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.verdict.notices._types import Moved
from copytaster.verdict.notices._types import Notice
from copytaster.verdict.notices._types import NoticeKind
from copytaster.verdict.notices._types import Pointer

_KINDS = {
    PubStatus.canceled: NoticeKind.kill,
    PubStatus.withheld: NoticeKind.hold,
    PubStatus.usable: NoticeKind.release,
}
_IANS = re.compile(r"withdrawing a story [\"“](.*?)[\"”],? which moved at (\d\d)(\d\d) hours")
_SUB = re.compile(r"substitute version has moved at (\d\d)(\d\d) hours")


def read(item: Item, profile: Profile, received: datetime) -> Notice | None:
    said = (item.version_created and item.version_created.instant) or received
    found = [t for t in item.targets if t.idref != item.guid and t.new_status in _KINDS]
    if found:
        pointers = tuple(Pointer(id=t.idref, number=t.service_number) for t in found)
        return Notice(kind=_KINDS[found[0].new_status], said=said, pointers=pointers)
    if EditorialType.kill in item.editorial_types:
        words = text.plain(item.copy)
        m = _IANS.search(words)
        if m is None:
            return None
        sub = _SUB.search(words)
        moved = Moved(at=time(int(m[2]), int(m[3])), raw=m[2] + m[3])
        instead = (Moved(at=time(int(sub[1]), int(sub[2])), raw=sub[0]),) if sub else ()
        return Notice(
            kind=NoticeKind.kill,
            said=said,
            pointers=(Pointer(headline=m[1], moved=moved),),
            substitutes=tuple(Pointer(moved=one) for one in instead),
        )
    return None
