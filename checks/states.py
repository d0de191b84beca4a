"""Each address of a story answers as its state demands (design: public addresses)."""

import re
from collections.abc import Iterator

from checks.finding import Finding
from checks.saved import Answer
from checks.saved import Site
from copytaster.demo.script import Seen

STATUS = {
    Seen.live: 200,
    Seen.hold: 200,
    Seen.gone: 410,
    Seen.expired: 410,
    Seen.legal: 451,
    Seen.nowhere: 404,
}
_NOTICES = (Seen.hold, Seen.gone, Seen.expired, Seen.legal)


def states(site: Site) -> Iterator[Finding]:
    """Status, caching and indexing of every address of every story of the script."""
    for name, face in site.faces.items():
        path = site.stories[name]
        own = re.compile(rf"{re.escape(path)}(/v\d+|/changes)?(\.txt|\.json)?")
        found = [one for one in site.answers.values() if own.fullmatch(one.address)]
        if not found:
            text = f"{name} was never asked for"
            yield Finding(tool="states", address=path, rule="not-crawled", text=text)
        for answer in found:
            yield from _answers(name, face, answer)


def _answers(name: str, face: Seen, answer: Answer) -> Iterator[Finding]:
    if face is Seen.live and "/v" in answer.address and answer.status == 410:
        face = Seen.gone  # an edition withdrawn while its story stays
    if answer.status != STATUS[face]:
        text = f"{name} is {face.value}: {STATUS[face]} expected, {answer.status} answered"
        yield _fault(answer, "status", text)
    if face in _NOTICES:
        if "noindex" not in answer.headers.get("x-robots-tag", ""):
            yield _fault(answer, "noindex", "a notice without X-Robots-Tag: noindex")
        if answer.headers.get("cache-control") != "no-store":
            yield _fault(answer, "no-store", "a notice that may be stored")
    if face is Seen.legal and 'rel="blocked-by"' not in answer.headers.get("link", ""):
        yield _fault(answer, "blocked-by", "a 451 without Link: rel=blocked-by (RFC 7725)")


def _fault(answer: Answer, rule: str, text: str) -> Finding:
    return Finding(tool="states", address=answer.address, rule=rule, text=text)
