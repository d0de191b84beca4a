"""Facts → an edition: page, canonical text, ninjs, list entry; then the gate."""

from datetime import UTC

from copytaster.agency import Indexing
from copytaster.press import _gate
from copytaster.press import _linked
from copytaster.press import _ninjs
from copytaster.press._apps import app_tags
from copytaster.press._beside import beside
from copytaster.press._chrome import chrome
from copytaster.press._counting import counted
from copytaster.press._counting import numbered
from copytaster.press._making import making
from copytaster.press._pictures import card
from copytaster.press._pictures import figure
from copytaster.press._sections import section_name
from copytaster.press._sections import section_path
from copytaster.press._sections import shelf_links
from copytaster.press._statements import voices
from copytaster.press._templates import markup
from copytaster.press._templates import render
from copytaster.press._templates import written
from copytaster.press._told import Told
from copytaster.press._told import show
from copytaster.press._told import tell
from copytaster.press._types import Change
from copytaster.press._types import Entry
from copytaster.press._types import Facts
from copytaster.press._types import Pressed
from copytaster.press._types import Site
from copytaster.press._types import withdrawn
from copytaster.press._urgency import alarm
from copytaster.text import plain


def edition(facts: Facts, site: Site) -> Pressed:
    """One edition as finished bytes, with whatever the gate found on them.

    Where the words themselves cannot be published unchanged there are no files, only faults.
    """
    told = tell(facts, site)
    entry = _entry(told, facts)
    unfit = _gate.unfit(told.headline, told.byline, told.text)
    if unfit:
        return Pressed(files={}, entry=entry, faults=unfit)
    page = _page(told, facts, site)
    files = {"page": page, "text": told.text.encode(), "json": _ninjs.story(told, facts, site)}
    faults = _gate.faults(page, told.headline, told.byline, told.text)
    faults += _gate.not_joined(told.text, [plain(part.copy) for part in facts.parts])
    return Pressed(files=files, entry=entry, faults=faults)


def _entry(told: Told, facts: Facts) -> Entry:
    return Entry(
        story=facts.story,
        edition=facts.edition,
        headline=told.headline,
        teaser=told.teaser,
        byline=told.byline,
        agency=facts.agency.id,
        agency_name=facts.agency.name,
        language=told.tongue.tag,
        language_source=told.language_source,
        dateline=facts.item.dateline,
        published=facts.published,
        updated=facts.updated,
        first_public=facts.first_public,
        zone=facts.agency.zone,
        sections=facts.sections,
        topics=facts.topics,
        places=facts.places,
        body_html=told.body,
        credit=told.credit,
        rights=told.rights,
        urgency=facts.item.urgency,
        corrected=bool(told.corrections) or any(c.reason == "correction" for c in facts.changes),
        correction=told.corrections[-1].note if told.corrections else None,
        indexing=facts.indexing,
        feeds=facts.feeds,
        reviewed=facts.reviewed,
    )


def _page(told: Told, facts: Facts, site: Site) -> bytes:
    home = f"/s/{facts.story}"
    gone = withdrawn(facts.changes)
    return render(
        "story.html",
        site,
        **chrome(site, told.tongue),
        told=told,
        headline=written(told.headline),
        teaser=written(told.teaser) if told.teaser else None,
        byline=written(told.byline),
        body=markup(told.body),
        data=markup(_linked.story(told, facts, site)),
        url=written(f"{site.url}{home}"),
        canonical=written(_canonical(facts, site)),
        robots=_robots(told, facts),
        story=facts.story,
        home=written(home),
        here=written(f"{home}/v{facts.edition}"),
        proof=written(f"{site.url}/rel/tlog-proof") if site.log else None,
        form=_form(told),
        flash=alarm(facts.item.urgency, told.tongue),
        number=facts.edition,
        predecessor=facts.edition - 1 if facts.edition - 1 not in gone else 0,
        older=facts.newest > facts.edition,
        joined=_joined(facts, told),
        withdrawn=_withdrawn(facts, told, site) if gone else None,
        card=card(told.pictures[0], site) if told.pictures else None,
        pictures=[figure(picture) for picture in told.pictures],
        agency=facts.agency,
        sections=[
            (
                written(section_path(code)),
                section_name(code, told.tongue.own, among=site.vocabulary),
            )
            for code in facts.sections
        ],
        topics=shelf_links("topic", facts.topics),
        places=shelf_links("place", facts.places),
        agency_front=written(f"/agency/{facts.agency.id}"),
        more_from=told.tongue.words.fronts.agency.format(agency=facts.agency.name),
        corrections=[
            (show(correction.at, facts.agency, site, told.tongue), correction.note)
            for correction in told.corrections
        ],
        changed=any(change.kind == "updated" for change in facts.changes),
        making=making(told, facts, site),
        voices=voices(facts, told.text),
        beside=beside(facts, told, site),
        history=[_event(change, told, facts, site) for change in reversed(facts.changes)],
        app=_app(facts.story, told, site),
        app_tags=[(kind, name, written(said)) for kind, name, said in app_tags(facts.story, site)],
    )


_BRIEF = 400
"""characters of a text that is an alert, not yet a story"""


def _form(told: Told) -> str:
    """What shapes the page: an alert of a line or two stands in larger type."""
    return "brief" if len(told.text) <= _BRIEF and not told.pictures else "full"


def _joined(facts: Facts, told: Told) -> str | None:
    """That the text came in pieces, said in words."""
    if not facts.parts:
        return None
    return counted(
        told.tongue.words.joined, len(facts.parts), told.tongue.own, agency=facts.agency.name
    )


def _withdrawn(facts: Facts, told: Told, site: Site) -> str:
    """That an edition was taken back, and by whom: the agency, if it took back any."""
    words = told.tongue.words.version
    causes = {change.reason for change in facts.changes if change.kind == "withdrawn"}
    is_the_agencys = "agency" in causes or causes == {None}
    note = words.note if is_the_agencys else words.house_note
    return note.format(agency=facts.agency.name, site=site.name)


def _event(change: Change, told: Told, facts: Facts, site: Site) -> dict[str, object]:
    events = told.tongue.words.events
    what = change.reason if change.kind == "updated" and change.reason in events else change.kind
    return {
        "gone": change.edition in withdrawn(facts.changes),
        "what": events.get(what or change.kind, change.kind),
        "at": show(change.at, facts.agency, site, told.tongue),
        "edition": change.edition,
        "label": told.tongue.words.edition.format(
            number=numbered(change.edition or 0, told.tongue.own)
        ),
    }


def _app(story: str, told: Told, site: Site) -> dict[str, object] | None:
    if site.app is None:
        return None
    words = told.tongue.words.open_in.format(app=site.app.name)
    return {"words": words, "href": written(f"{site.app.url}{story}")}


def _canonical(facts: Facts, site: Site) -> str:
    away = facts.indexing is Indexing.canonical_to_source and facts.item.link
    return away or f"{site.url}/s/{facts.story}"


def _robots(told: Told, facts: Facts) -> list[tuple[str, str]]:
    """Meta names and contents for what the rights allow (publishing §1.4)."""
    indexing = facts.indexing
    if indexing is Indexing.canonical_to_source and facts.item.link is None:
        # Nothing to point at, and the contract does not allow our own copy in an index.
        indexing = Indexing.noindex
    tags = {
        Indexing.own: [("robots", "max-image-preview:large")],
        Indexing.news_noindex: [("Googlebot-News", "noindex")],
        Indexing.noindex: [("robots", "noindex")],
        Indexing.canonical_to_source: [],
    }[indexing]
    if told.expires is not None:
        ends = told.expires.astimezone(UTC).isoformat(timespec="seconds")
        tags = [*tags, ("robots", f"unavailable_after: {ends}")]
    return tags
