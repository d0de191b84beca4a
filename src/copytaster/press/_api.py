"""What the public API says of stories, as types: its answers and its OpenAPI document are both
made from them. The words are those that feeds may carry, under the same contract."""

from datetime import datetime
from typing import Annotated
from typing import Any

import msgspec

from copytaster.agency import Feeds
from copytaster.press._entries import disclosure_of
from copytaster.press._entries import in_feeds
from copytaster.press._times import machine
from copytaster.press._types import Change
from copytaster.press._types import Entry
from copytaster.press._types import Site

Id = Annotated[str, msgspec.Meta(pattern="^[0-9a-hjkmnp-tv-z]{16}$", description="story id")]
Address = Annotated[str, msgspec.Meta(extra_json_schema={"format": "uri"})]
Instant = Annotated[str, msgspec.Meta(extra_json_schema={"format": "date-time"})]


class _Answer(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """Base of what is answered: an absent field has nothing to say."""


class ApiStory(_Answer, frozen=True, kw_only=True):
    """A live story in a list."""

    id: Id
    url: Address
    content: Address
    """the whole story as ninjs"""
    edition: int
    agency: str
    agency_name: str
    headline: str
    byline: str
    language: str
    published: Instant
    """the agency's time of the first version"""
    changed: Instant
    """when what the public sees of it last changed"""
    disclosure: str
    updated: Instant | None = None
    """the agency's time of this version, where it is not the first"""
    corrected: bool = False
    teaser: str | None = None
    sections: tuple[str, ...] = ()


class ApiStories(_Answer, frozen=True, kw_only=True):
    """Live stories, newest first."""

    stories: tuple[ApiStory, ...]
    next: Address | None = None
    """older ones; absent at the end. A page may hold fewer than were asked for"""


class ApiEdition(_Answer, frozen=True, kw_only=True):
    """One public form of a story."""

    edition: int
    url: Address
    content: Address
    """as ninjs"""
    made: Instant
    label: str
    """published, update, correction or refile"""
    state: str
    """current, earlier or withdrawn; of a withdrawn one the addresses answer 410"""


class ApiEditions(_Answer, frozen=True, kw_only=True):
    """All editions of a live story, oldest first."""

    id: Id
    url: Address
    editions: tuple[ApiEdition, ...]


class ApiChange(_Answer, frozen=True, kw_only=True):
    """One public event of one story: what happened, and never what the story says."""

    cursor: int
    id: Id
    url: Address
    content: Address
    agency: str
    kind: str
    """published, updated, held, released, killed, expired, erased; or withdrawn: one edition"""
    at: Instant
    edition: int | None = None
    reason: str | None = None
    """of an update: update, correction, refile; else agency, desk, rights, legal or licence"""


class ApiChanges(_Answer, frozen=True, kw_only=True):
    """What happened after a cursor, in order."""

    changes: tuple[ApiChange, ...]
    next: Address
    """where to ask from now on"""
    more: bool
    """there is more at once"""


class ApiFault(_Answer, frozen=True, kw_only=True):
    """Why there is no answer, and what to do."""

    error: str


class ApiNinjs(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A story, or the notice in its place, as ninjs 3.1 (IPTC), of which these are the fields
    that always matter; the standard has the others."""

    uri: Address
    pub_status: str
    """usable; withheld: on hold; canceled: withdrawn"""
    version_created: Instant
    type: str = "text"
    version: str | None = None
    language: str | None = None


class ApiDescription(msgspec.Struct, frozen=True, kw_only=True):
    """OpenAPI 3.1."""

    openapi: str
    info: dict[str, str]
    paths: dict[str, dict[str, dict[str, Any]]]


def api_story(entry: Entry, changed: datetime, site: Site, allowed: Feeds) -> ApiStory | None:
    """A story in a list, as far as its contract lets lists for machines carry it."""
    told = in_feeds(entry, allowed)
    if told is None:
        return None
    url = story_url(site, told.story)
    return ApiStory(
        id=told.story,
        url=url,
        content=content_url(site, told.story),
        edition=told.edition,
        agency=told.agency,
        agency_name=told.agency_name,
        headline=told.headline,
        byline=told.byline,
        language=told.language,
        published=machine(told.published),
        updated=machine(told.updated) if told.updated else None,
        changed=machine(changed),
        disclosure=disclosure_of(told, site),
        corrected=told.corrected,
        teaser=told.teaser,
        sections=told.sections,
    )


def api_edition(
    story: str, number: int, site: Site, *, made: datetime, label: str, state: str
) -> ApiEdition:
    """One edition of a live story."""
    url = f"{story_url(site, story)}/v{number}"
    return ApiEdition(
        edition=number,
        url=url,
        content=f"{url}.json",
        made=machine(made),
        label=label,
        state=state,
    )


def api_change(change: Change, site: Site, *, cursor: int, story: str, agency: str) -> ApiChange:
    """One public event. Its note is left out: it may say what a withdrawn story said."""
    return ApiChange(
        cursor=cursor,
        id=story,
        url=story_url(site, story),
        content=content_url(site, story),
        agency=agency,
        kind=change.kind,
        at=machine(change.at),
        edition=change.edition,
        reason=change.reason,
    )


def story_url(site: Site, story: str) -> str:
    """A story's address for life."""
    return f"{site.url}/s/{story}"


def content_url(site: Site, story: str) -> str:
    """Where the API has a story whole."""
    return f"{site.url}/api/stories/{story}"
