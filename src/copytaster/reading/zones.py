"""What the letters of a zone mean in one text: IST is half past five in India, two in Israel.

Said by the profile of the agency whose copy it is; else by where the agency is at home that the
text names as its own; else by the offset of the place where it was sent, if that is one of those
that the letters may mean. Otherwise they mean nothing (handbook: reading §4).
"""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from copytaster import agency as agencies
from copytaster.moment import ZoneRules
from copytaster.reading.notes import Dateline
from copytaster.reading.wording import agency_of
from copytaster.reading.wording import zone_letters

REPAIRS = frozenset({"short-offset"})
"""``+5:30`` is read: a note publishes nothing"""


def at_home(sent: datetime | None, agency: str | None) -> datetime | None:
    """The instant of sending where the agency is at home, if it was told in UTC, as machines do:
    a story of eleven at night in UTC is of the next day in Delhi."""
    if sent is None or sent.utcoffset() or agency is None:
        return sent
    known = agencies.known().get(agency)
    return sent if known is None or known.zone is None else sent.astimezone(ZoneInfo(known.zone))


def zone_rules(agency: str | None, dateline: Dateline, sent: datetime | None) -> ZoneRules:
    """The surest last: what it says of letters stands."""
    named = _of_place(sent)
    for credit in (dateline.signoff, dateline.byline, dateline):
        one = agency_of(credit.agency) if credit is not None and credit.agency else None
        if one is not None:
            named |= _of_agency(one.profile, one.zone)
    if agency is not None:
        named |= _of_agency(agency, None)
    return ZoneRules(named=named, repairs=REPAIRS)


@cache
def _of_agency(profile: str | None, zone: str | None) -> dict[str, str]:
    """The profile's own words, and the letters that its zone goes by."""
    known = agencies.known().get(profile) if profile else None
    home = (known.zone if known else None) or zone
    named = {letters: home for letters, zones in zone_letters().items() if home in zones and home}
    return named | dict(known.zones) if known else named


def _of_place(sent: datetime | None) -> dict[str, str]:
    """The letters that may mean the offset with which a text was sent. UTC is no place."""
    offset = None if sent is None else sent.utcoffset()
    if sent is None or not offset:
        return {}
    return {
        letters: zone
        for letters, zones in zone_letters().items()
        for zone in zones
        if sent.astimezone(_held(zone)).utcoffset() == offset
    }


@cache
def _held(zone: str) -> ZoneInfo:
    """Of the standard library's own cache only eight zones are held; the table has more, and each
    story would read their files again."""
    return ZoneInfo(zone)
