"""What a desk knows of its own health, as its editors see it on one page."""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence

from copytaster.copydesk import Health
from copytaster.copydesk import Ringing
from copytaster.copydesk import SourceHealth
from copytaster.copydesk import SourcePage
from copytaster.finding import Finding
from copytaster.newsroom import drill_report
from copytaster.newsroom import patrol_report
from copytaster.newsroom._latch import Bell
from copytaster.newsroom._pausing import ALL
from copytaster.newsroom._rhythm import REACH
from copytaster.newsroom._rhythm import rhythm
from copytaster.newsroom._source_health import contact
from copytaster.newsroom._source_health import source_page
from copytaster.newsroom.desk import Desk

_MOST_LETTERS = 1000
_FINDINGS = 20


def health(desk: Desk, bells: Sequence[Bell]) -> Health:
    """Calls, sources, the last drill and the patrol of a running desk."""
    store, letters = desk.store, Counter(x.source for x in desk.store.dead_letters(_MOST_LETTERS))
    drill, patrol = drill_report.last(store), patrol_report.progress_of(store)
    return Health(
        ringing=tuple(_ringing(bell) for bell in sorted(bells, key=lambda bell: bell.since)),
        sources=tuple(_source(desk, id, letters) for id in sorted(desk.house.sources)),
        is_paused=ALL in desk.paused,
        drill=None if drill is None else drill_report.in_words(drill),
        drilled=None if drill is None else drill.began.isoformat(),
        looked=patrol.round_looked,
        round_ended=None if patrol.round_ended is None else patrol.round_ended.isoformat(),
        findings=tuple(_finding(one) for one in store.findings()[:_FINDINGS]),
    )


def source(desk: Desk, id: str, bells: Sequence[Bell]) -> SourcePage:
    """All that is known of one source. Raises LookupError for one the house does not have."""
    if id not in desk.house.sources:
        raise LookupError(f"no source {id}")
    letters = Counter(x.source for x in desk.store.dead_letters(_MOST_LETTERS))
    return source_page(desk, _source(desk, id, letters), map(_ringing, bells))


def _source(desk: Desk, id: str, letters: Mapping[str, int]) -> SourceHealth:
    table, now = desk.house.config.sources.get(id), desk.clock()
    came = desk.store.came(id, now - REACH)
    found, trip = rhythm(came.hours, came.first, now), desk.tripped.get(id)
    heard = contact(desk, id, came.last)
    return SourceHealth(
        id=id,
        agency=None if table is None else table.agency,
        route="by hand" if table is None else str(type(table).__struct_config__.tag),
        last=None if came.last is None else came.last.isoformat(),
        contact=None if heard is None else heard.isoformat(),
        day=found.day,
        usual=found.usual,
        quiet=found.quiet,
        paused=id in desk.paused,
        stopped=None if trip is None else trip.text,
        letters=letters.get(id, 0),
    )


def _ringing(bell: Bell) -> Ringing:
    return Ringing(
        code=bell.code,
        about=bell.about,
        text=bell.text,
        since=bell.since.isoformat(),
        times=bell.times,
    )


def _finding(finding: Finding) -> tuple[str, str, str]:
    return finding.severity.value, finding.address, finding.detail
