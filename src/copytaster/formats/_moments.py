"""The moments of one item: the grammars its format declares, and the repairs that reading took.

An embargo is read without the profile's default zone: only a zone that the text states, or a
word that the profile explains, may open a story (handbook: formats §3.6).
"""

import re

import msgspec

from copytaster.agency import Profile
from copytaster.moment import Moment
from copytaster.moment import Precision
from copytaster.moment import ZoneRules
from copytaster.moment import iso_basic
from copytaster.moment import rfc3339
from copytaster.moment import w3cdtf
from copytaster.moment import xs_datetime

# Superdesk and others write ninjs dates with ISO 8601's basic offset: one reading only.
_BASIC_OFFSET = re.compile(r"(T[\d:.]+[+-]\d\d)(\d\d)\s*\Z", re.ASCII)


def undated(*moments: Moment | None) -> tuple[str, ...]:
    """A hold when dates are there and none of them gives an instant: nobody knows how old."""
    sent = [moment for moment in moments if moment is not None]
    unread = bool(sent) and all(moment.instant is None for moment in sent)
    return ("date-missing",) if unread else ()


class Moments:
    """Reads by the profile's rules and remembers each repair."""

    def __init__(self, profile: Profile) -> None:
        self._rules = profile.zone_rules
        self._strict = ZoneRules(named=profile.zones, repairs=profile.repairs)
        self.repairs: tuple[str, ...] = ()

    def ninjs(self, raw: str, *, embargo: bool = False) -> Moment:
        """RFC 3339, or what agencies send in its place: a basic offset, no zone, a bare date."""
        rules = self._strict if embargo else self._rules
        moment = rfc3339(raw, rules)
        if moment.precision is Precision.none:
            whole = w3cdtf(_BASIC_OFFSET.sub(r"\1:\2", raw), rules)
            moment = msgspec.structs.replace(whole, raw=moment.raw)
        return self._kept(moment)

    def xml(self, raw: str | None, *, embargo: bool = False) -> Moment | None:
        """``xs:dateTime``, or G2's truncated dates. None for none; an embargo may be empty."""
        if raw is None or not (embargo or raw.strip()):
            return None
        rules = self._strict if embargo else self._rules
        moment = xs_datetime(raw, rules)
        return self._kept(w3cdtf(raw, rules) if moment.precision is Precision.none else moment)

    def iso(self, raw: str | None, *, embargo: bool = False) -> Moment | None:
        """ISO 8601 basic as NITF has it; NTB writes the extended form."""
        if raw is None:
            return None
        rules = self._strict if embargo else self._rules
        moment = iso_basic(raw, rules)
        return self._kept(w3cdtf(raw, rules) if moment.precision is Precision.none else moment)

    def _kept(self, moment: Moment) -> Moment:
        if moment.repair is not None and moment.repair not in self.repairs:
            self.repairs = (*self.repairs, moment.repair)
        return moment
