"""JSON-LD for machines (publishing §1.3), safe inside a script element."""

import re
from collections.abc import Mapping

from copytaster import shelf
from copytaster.item import Item
from copytaster.press._chrome import POLICIES
from copytaster.press._chrome import policy_path
from copytaster.press._markup import embedded
from copytaster.press._pictures import image_object
from copytaster.press._sections import section_name
from copytaster.press._times import machine
from copytaster.press._told import Told
from copytaster.press._types import Facts
from copytaster.press._types import NoticeFacts
from copytaster.press._types import NoticeKind
from copytaster.press._types import Site
from copytaster.subject import MEDIA_TOPICS

_CONTEXT = "https://schema.org"
_NUMBER = re.compile(r"[0-9]{8}")
_STATUS_SET = "http://cv.iptc.org/newscodes/pubstatusg2/"


def script(graph: list[dict[str, object]]) -> str:
    """The graph as JSON that no HTML parser can take for anything but text."""
    return embedded({"@context": _CONTEXT, "@graph": graph})


def story(told: Told, facts: Facts, site: Site) -> str:
    """The story, its page and its publisher."""
    page = f"{site.url}/s/{facts.story}"
    return script([_article(told, facts, site, page), _page(page), _publisher(site)])


def withdrawn(facts: NoticeFacts, site: Site) -> str | None:
    """The status of a story that is held or gone: never a headline. None where the handbook
    has no status for it (publishing §2.2)."""
    codes = {NoticeKind.hold: "withheld", NoticeKind.gone: "canceled"}
    code = codes.get(facts.kind)
    if code is None:
        return None
    page = f"{site.url}/s/{facts.story}"
    article: dict[str, object] = {
        "@type": "NewsArticle",
        "@id": f"{page}#story",
        "url": page,
        "sourceOrganization": _agency(facts.agency.name, facts.agency.url),
        "creativeWorkStatus": _status(code),
        "dateModified": machine(facts.since),
    }
    return script([article, _page(page), _publisher(site)])


def _article(told: Told, facts: Facts, site: Site, page: str) -> dict[str, object]:
    agency = _agency(facts.agency.name, facts.agency.url)
    publisher = {"@id": f"{site.url}/#org"}
    acquire = facts.agency.contract.licence_url
    own = {
        "@type": "NewsArticle",
        "@id": f"{page}#story",
        "url": page,
        "mainEntityOfPage": {"@id": page},
        "headline": told.headline,
        "description": told.teaser,
        "inLanguage": told.tongue.tag,
        "dateline": facts.item.dateline,
        "about": [_topic(site, *topic) for topic in facts.topics],
        "contentLocation": [_place(site, *place) for place in facts.places],
        "articleSection": [
            section_name(code, told.tongue.own, among=site.vocabulary) for code in facts.sections
        ],
        "datePublished": told.published.machine,
        "dateModified": (told.updated or told.published).machine,
        "version": str(facts.edition),
        "author": _authors(facts),
        "sourceOrganization": {**agency, "@type": "NewsMediaOrganization"},
        "publisher": publisher,
        "sdPublisher": publisher,
        "image": [image_object(picture, site, acquire) for picture in told.pictures],
        "creditText": told.credit,
        "copyrightHolder": _holder(facts),
        "copyrightNotice": told.rights,
        "usageInfo": f"{site.url}/about/reuse" if "reuse" in site.pages else None,
        "acquireLicensePage": acquire,
        "expires": machine(told.expires) if told.expires else None,
        "isAccessibleForFree": True,
        "isBasedOn": _sources(facts, agency),
        "creativeWorkStatus": _status("usable"),
        "backstory": told.disclosure,
        "digitalSourceType": facts.item.digital_source_type,
        "publishingPrinciples": f"{site.url}/about/automation",
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": correction.note,
                "datePublished": machine(correction.at),
                "creator": agency,
            }
            for correction in told.corrections
        ],
    }
    return _filled(own)


def _thing(site: Site, kind: str, code: str, name: str) -> dict[str, object]:
    """A topic by the agency's name of it, at its front."""
    return {"@type": "Thing", "name": name, "url": f"{site.url}{shelf.path(f'{kind}/{code}')}"}


def _topic(site: Site, code: str, name: str) -> dict[str, object]:
    """A Media Topic is the same everywhere, and its shelf has its number."""
    own = _thing(site, "topic", code, name)
    return own | {"sameAs": f"{MEDIA_TOPICS}{code}"} if _NUMBER.fullmatch(code) else own


def _place(site: Site, code: str, name: str) -> dict[str, object]:
    return _thing(site, "place", code, name) | {"@type": "Place"}


def _filled(own: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in own.items() if value not in (None, "", [])}


def _agency(name: str, url: str | None) -> dict[str, object]:
    return _filled({"@type": "Organization", "name": name, "url": url})


def _authors(facts: Facts) -> list[dict[str, object]] | dict[str, object]:
    """Persons only where the agency itself names them apart from its byline text."""
    names = [byline.name for byline in facts.item.bylines]
    people = [name for name in names if name.casefold() != facts.agency.name.casefold()]
    if people:
        return [{"@type": "Person", "name": name} for name in people]
    return _agency(facts.agency.name, facts.agency.url)


def _holder(facts: Facts) -> dict[str, object]:
    return _agency(facts.item.copyright_holder or facts.agency.name, None)


def _sources(facts: Facts, agency: dict[str, object]) -> object:
    """The agency's message, or each of those that the text is put together from."""
    found = [_source(item, agency) for item in facts.parts or (facts.item,)]
    return found if len(found) > 1 else found[0]


def _source(item: Item, agency: dict[str, object]) -> dict[str, object]:
    version_created = item.version_created
    instant = version_created.instant if version_created else None
    return _filled(
        {
            "@type": "CreativeWork",
            "identifier": item.guid,
            "version": item.version,
            "dateModified": machine(instant) if instant else None,
            "provider": agency,
        }
    )


def _status(code: str) -> dict[str, object]:
    return {"@type": "DefinedTerm", "termCode": code, "inDefinedTermSet": _STATUS_SET}


def _page(page: str) -> dict[str, object]:
    return {"@type": "WebPage", "@id": page, "mainEntity": {"@id": f"{page}#story"}}


def _publisher(site: Site) -> dict[str, object]:
    own: dict[str, object] = {
        "@type": "NewsMediaOrganization",
        "@id": f"{site.url}/#org",
        "name": site.name,
        "url": f"{site.url}/",
        "publishingPrinciples": f"{site.url}/about/automation",
        **_policies(site),
    }
    if site.reporting is not None:  # never the address of a page that is not there
        own["actionableFeedbackPolicy"] = f"{site.url}/report"
    return own


def _policies(site: Site) -> dict[str, object]:
    """Those that are written, and no others."""
    return {
        known: f"{site.url}{policy_path(name)}"
        for name, known in POLICIES.items()
        if known is not None and name in site.pages
    }
