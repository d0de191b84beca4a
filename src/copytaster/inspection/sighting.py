"""What a site shows, held against where its stories stand by the whole log.

A proof says what was logged once. Only who has read the whole log knows what was logged last:
that a story shown as edition 2 has no edition 3, that one shown at all was not killed.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

import msgspec

from copytaster.inspection import verifying
from copytaster.inspection._errors import NoAnswer
from copytaster.inspection.site import Get
from copytaster.inspection.site import Target
from copytaster.inspection.trust import Trust
from copytaster.inspection.verifying import Shown
from copytaster.inspection.verifying import Verdict
from copytaster.ledger import Checkpoint
from copytaster.ledger import LedgerError
from copytaster.ledger import Read
from copytaster.ledger import checking
from copytaster.ledger import leaf
from copytaster.ledger import policy
from copytaster.ledger import proof
from copytaster.ledger.history import Standing
from copytaster.ledger.history import State

LISTS: Final = ("/", "/api/stories")
_SITEMAP: Final = "/sitemap.xml"
_MOST_PARTS: Final = 1000
_PART = re.compile(rb"<loc>[^<]*?(/sitemap/[0-9]{1,6}\.xml)</loc>")
_NAMED = re.compile(rb"/s/(" + leaf.STORY.encode() + rb")(?![0-9a-z])")


class Lie(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is not as the log says."""

    where: str
    """an address of the site"""
    said: str
    """one sentence"""


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """A log that was read from its first entry to this checkpoint."""

    checkpoint: Checkpoint
    read: Read
    trust: Trust


def of_story(site: str, story: str, standing: Standing, log: Whole, get: Get) -> Iterator[Lie]:
    """What is wrong with a story's addresses. Raises :class:`NoAnswer`."""
    for edition in _editions(standing):
        target = Target(site=site, story=story, edition=edition)
        said = _against(target, verifying.fetch(target, get), standing, log)
        if said is not None:
            yield Lie(where=target.path, said=said)


def _editions(standing: Standing) -> Iterator[int | None]:
    """Which addresses are looked at: the story's own, and those of its editions. Of a story
    that is shown the newest edition is the same as the story."""
    yield None
    last = standing.edition if standing.state is State.shown else standing.edition + 1
    yield from range(standing.first, last)


def _against(target: Target, shown: Shown, standing: Standing, log: Whole) -> str | None:
    should_show = standing.state is State.shown and target.edition not in standing.gone
    status = shown.page.status
    if status < 500 and (status == 404 or (status == 200) != _answers(should_show, standing)):
        stands = "shown" if should_show else _ended(target, standing)
        return f"answers {status}, and by the log it is {stands}"
    for answer in (shown.page, shown.text, shown.json, shown.proof):
        if answer.status >= 500:
            raise NoAnswer(f"{target.path} or a form of it answers {answer.status}")
    verdict = verifying.judge(target, shown, log.trust)
    wrong = [one.said for one in verdict.checks if one.passed is False]
    if wrong:
        return wrong[0]
    return _of_proof(target, shown, verdict, standing, log, should_show=should_show)


def _answers(should_show: bool, standing: Standing) -> bool:
    """Whether there is a page: a held story has a notice for one."""
    return should_show or standing.state is State.held


def _ended(target: Target, standing: Standing) -> str:
    if standing.state is State.shown:
        return f"taken back (edition {target.edition} alone)"
    return f"{standing.state} since entry {standing.index:,}"


def _of_proof(
    target: Target,
    shown: Shown,
    verdict: Verdict,
    standing: Standing,
    log: Whole,
    *,
    should_show: bool,
) -> str | None:
    """What a proof that holds by itself says beside the log."""
    if verdict.event is None or (verdict.event.text is not None) != should_show:
        what = "nothing" if verdict.event is None else verdict.event.kind
        stands = "shown" if should_show else _ended(target, standing)
        return f"its proof says {what}, and by the log it is {stands}"
    proved = proof.decode(shown.proof.body)
    expected = _entry(target, standing, should_show=should_show)
    if expected is not None and proved.index != expected:
        return f"its proof is of entry {proved.index:,}, and entry {expected:,} is the one to show"
    try:
        of_proof = policy.of_log(log.trust.policy, proved.checkpoint).checkpoint
        if of_proof.size <= log.checkpoint.size:
            checking.grown(of_proof, log.checkpoint, log.read)
    except LedgerError as error:
        return f"its proof is of another past than the log: {error}"
    return None


def _entry(target: Target, standing: Standing, *, should_show: bool) -> int | None:
    """Index of the entry that the proof must be of; None where any that takes back will do."""
    if should_show:
        number = standing.edition if target.edition is None else target.edition
        return standing.made[number - standing.first]
    return standing.index if target.edition is None else None


# --- lists --------------------------------------------------------------------------------------


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """The stories that a list names."""

    where: str
    stories: frozenset[str]


def lists(get: Get) -> Iterator[Named]:
    """The lists that name what can be read: the front, the API's and the sitemaps."""
    for where in LISTS:
        yield _named(get, where)
    index = get(_SITEMAP)
    if index.status == 200:
        for part in _PART.findall(index.body)[:_MOST_PARTS]:
            yield _named(get, part.decode())


def _named(get: Get, where: str) -> Named:
    answer = get(where)
    if answer.status != 200:
        raise NoAnswer(f"{where} answered {answer.status}")
    stories = frozenset(found.decode() for found in _NAMED.findall(answer.body))
    return Named(where=where, stories=stories)


def of_unknown(story: str, begun: datetime | None, get: Get) -> Lie | None:
    """Whether a story that a list names may be unknown to the log: only one that has not changed
    since before there was a log."""
    where = f"/s/{story}"
    page = get(where)
    if page.status != 200:
        return None
    try:
        changed = parsedate_to_datetime(page.headers.get("last-modified", ""))
    except ValueError:
        changed = None
    if begun is not None and changed is not None and changed < begun:
        return None
    return Lie(where=where, said="is shown, and the log has never heard of it")
