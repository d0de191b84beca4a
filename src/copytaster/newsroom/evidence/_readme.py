"""The page of the pack that a lawyer reads first: what happened, what is shown, how to check."""

import textwrap
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from importlib import resources
from itertools import groupby
from zoneinfo import ZoneInfo

from copytaster.newsroom.evidence._case import Case
from copytaster.newsroom.evidence._case import said_at
from copytaster.newsroom.house import House
from copytaster.newsroom.proof_told import proof_of
from copytaster.newsroom.terminal import plain
from copytaster.store import Acknowledgement
from copytaster.store import Face
from copytaster.store import Receipt
from copytaster.store import WorkKind
from copytaster.verdict import sentence

_WIDE = 78
_Line = tuple[datetime, str]

_PAGE = (resources.files("copytaster.newsroom.evidence") / "readme.txt").read_text("utf-8")


def readme(case: Case, house: House) -> str:
    """The whole page as plain text."""
    profile = house.profile(case.story.agency)
    zones = tuple(dict.fromkeys(zone for zone in (profile.zone, house.site.zone) if zone))
    happened = sorted(_timeline(case), key=lambda line: line[0])
    return _PAGE.format(
        story=case.story.id,
        site=house.site.name,
        site_url=house.site.url,
        agency=profile.name,
        agency_id=case.story.agency,
        facts="\n".join(_facts(case, house)),
        timeline="\n".join(_timed(at, what, zones) for at, what in happened),
        checks="\n".join(_checks(case)),
    )


def _facts(case: Case, house: House) -> Iterator[str]:
    yield f"address   {house.site.url}/s/{case.story.id}"
    yield f"agency    {case.story.agency}"
    yield f"their id  {plain(case.story.guid)}"
    yield f"state     {case.story.state.value}, shown to the public as {case.story.face.value}"
    if case.story.first_public is not None:
        yield f"public    from {_utc(case.story.first_public)}{_until(case)}"
    for reason in case.story.reasons:
        yield _filled(f"because   {plain(sentence(reason))}", " " * 10)


def _until(case: Case) -> str:
    """When it left, if it did, and when the last address was seen clean."""
    if case.story.face is Face.live or case.story.face_changed is None:
        return ""
    proof = proof_of(case.story, case.receipts)
    if proof and all(receipt.clean for receipt in proof):
        seen = f", seen gone everywhere {_utc(max(receipt.seen for receipt in proof))}"
    else:
        seen = ", not yet seen gone everywhere"
    return f"\n          until {_utc(case.story.face_changed)}{seen}"


def _checks(case: Case) -> Iterator[str]:
    for check in case.checks:
        yield _filled(f"{'yes' if check.holds else 'NO '}  {check.what}", " " * 5)


# --- what happened -------------------------------------------------------------------------------


def _timeline(case: Case) -> Iterator[_Line]:
    for item in case.items:
        kind = "a notice about the story" if item.notice else "a version of the story"
        version = f", version {plain(item.version)}" if item.version else ""
        raw = item.raw or "no bytes kept"
        yield item.received, f"received {kind}{version}, {item.status}, by {item.source} ({raw})"
    for judged in case.verdicts:
        reasons = "; ".join(plain(sentence(reason)) for reason in judged.reasons)
        yield judged.at, f"the desk held it {judged.state.value}: {reasons or 'nothing against it'}"
    for decision in case.history.decisions:
        yield (
            decision.at,
            f"{decision.kind.value} by {plain(decision.by)}: {plain(decision.reason)}",
        )
    for event in case.events:
        edition = f", edition {event.edition}" if event.edition else ""
        reason = f" ({event.reason})" if event.reason else ""
        yield event.at, f"PUBLIC: {event.kind.value}{reason}{edition}"
    yield from _seen(case.receipts)
    yield from _acknowledged(case.acknowledgements)
    for line in case.alerts:
        at = said_at(line)
        if at is not None:
            yield at, "an alert named the story (alerts.jsonl)"


def _seen(receipts: Sequence[Receipt]) -> Iterator[_Line]:
    """One line for each withdrawal: how many addresses, and when the last one was clean."""
    withdrawn = [receipt for receipt in receipts if receipt.kind is WorkKind.withdraw]
    for since, group in groupby(withdrawn, key=lambda receipt: receipt.since):
        seen = list(group)
        last = max(receipt.seen for receipt in seen)
        dirty = [receipt.address for receipt in seen if not receipt.clean]
        seconds = (last - since).total_seconds()
        if dirty:
            yield last, f"PUBLIC: not clean at {len(dirty)} of {len(seen)} addresses: {dirty[0]}"
        else:
            yield last, f"PUBLIC: seen gone at all {len(seen)} addresses, {seconds:.3f} s after"


def _acknowledged(told: Sequence[Acknowledgement]) -> Iterator[_Line]:
    """What the agency was told of it, or could not be told."""
    for one in told:
        if one.ended is not None and one.sent_to is not None:
            yield one.ended, f"told the agency by {one.route}, {plain(one.sent_to)} ({one.id})"
        elif one.ended is not None:
            why = plain(one.detail or "no reason was kept")
            yield one.ended, f"telling the agency by {one.route} was given up: {why}"


# --- how it is set -------------------------------------------------------------------------------


def _filled(words: str, indent: str) -> str:
    return textwrap.fill(
        words, _WIDE, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _utc(at: datetime) -> str:
    """To the millisecond."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"[:-3] + " UTC"


def _timed(at: datetime, what: str, zones: Sequence[str]) -> str:
    """The instant in UTC, and on the clocks of the agency and the house."""
    stamps = [_utc(at)]
    stamps += [
        f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S} {zone}"
        for zone in zones
        if zone != "UTC"
    ]
    return "\n".join((", ".join(stamps), _filled(f"    {what}", "    ")))
