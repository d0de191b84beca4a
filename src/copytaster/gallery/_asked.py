"""Pages that are made when they are asked for: what a search found, and what changed in a story."""

from collections.abc import Iterator
from datetime import timedelta

from copytaster import press
from copytaster.gallery._stories import NOW
from copytaster.gallery._stories import entries
from copytaster.gallery._stories import entry
from copytaster.gallery._stories import item
from copytaster.gallery._stories import profile
from copytaster.gallery._stories import story_id
from copytaster.item import Headline
from copytaster.press import CorrectionFacts
from copytaster.press import CorrectionLine
from copytaster.press import Found
from copytaster.press import Quoted
from copytaster.press import SearchForm
from copytaster.press import Site

_SECTIONS = ("culture", "disaster", "economy", "politics", "science", "society", "sport")


def asked(site: Site) -> Iterator[tuple[str, str, bytes]]:
    """(name, what it shows, page)"""
    yield "search", "Search: what was found", _search(site, "port hallam", ("port", "hallam"))
    yield "search-hindi", "Search: in Hindi", _search(site, "पुस्तकालय", ("पुस्तकालय",), "hindi")
    yield "search-none", "Search: nothing found", _search(site, "unicorn", ("unicorn",), none=True)
    yield "search-form", "Search: nothing asked yet", _form(site)
    yield "search-error", "Search: what cannot be looked for", _form(site, error="quote")
    yield "changes", "What changed in a story", _changes(site)
    yield "changes-none", "A story that has not changed", _changes(site, changed=False)
    yield "corrections", "Corrections, and a story withdrawn", _corrections(site)


def _search(
    site: Site, typed: str, words: tuple[str, ...], *names: str, none: bool = False
) -> bytes:
    listed = [] if none else entries(names or ("harbour", "alert", "urgent"), site, apart=200)
    found = Found(entries=listed, phrases=words, number=len(listed))
    return press.search(
        SearchForm(typed=typed),
        site,
        found=found,
        agencies={"seaboard": "Seaboard News", "kestrel": "Kestrel"},
        sections=_SECTIONS,
    )


def _form(site: Site, error: str | None = None) -> bytes:
    typed = '"port hallam' if error else ""
    return press.search(SearchForm(typed=typed), site, error=error, agencies={}, sections=())


def _changes(site: Site, *, changed: bool = True) -> bytes:
    newest = entry("harbour", site, minutes=90)
    return press.story_changes(newest, (_change(),) if changed else (), site)


def _change() -> CorrectionFacts:
    """The headline's last words were others before."""
    after, agency = item("harbour"), profile("harbour")
    before = item("harbour", headlines=(Headline(value="Harbour bridge reopens a week early"),))
    return CorrectionFacts(
        story=story_id("harbour"),
        edition=2,
        what="correction",
        at=NOW - timedelta(minutes=30),
        agency=agency,
        quoted=Quoted(
            headline=after.headline or "",
            language=after.language,
            note="Corrects how early the bridge reopens.",
            changes=press.changes(before, after, agency),
        ),
    )


def _corrections(site: Site) -> bytes:
    gone = press.NoticeFacts(
        story=story_id("results"),
        kind=press.NoticeKind.gone,
        agency=profile("results"),
        cause="agency",
        since=NOW - timedelta(minutes=12),
        first_public=NOW - timedelta(minutes=90),
        last_live=NOW - timedelta(minutes=12),
    )
    lines = (
        CorrectionLine(story=gone, face_changed=gone.since),
        CorrectionLine(story=_change(), face_changed=NOW - timedelta(minutes=30)),
    )
    return press.corrections(lines, site)
