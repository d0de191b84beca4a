"""JSON-LD against schema.org, by the TypeScript compiler: a property that is not is an error."""

import json
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from checks.finding import Finding
from checks.programs import module
from checks.programs import run
from checks.saved import Answer
from checks.saved import Site

_TOOL = "json-ld"
_FILE = "linked-data.ts"
_ERROR = re.compile(r"^.*?\((\d+),\d+\): error (TS\d+): (.*)$")
_ZONED = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?")
_TIMES = ("datePublished", "dateModified", "expires", "dateCreated")
_REVIEWED = ("reviewedBy", "lastReviewed")


def linked_data(site: Site) -> Iterator[Finding]:
    """Every block of every page: it parses, its names are schema.org's, its times have zones."""
    blocks: list[tuple[Answer, object]] = []
    for answer in site.pages():
        for text in _blocks(answer):
            try:
                blocks.append((answer, json.loads(text)))
            except ValueError as error:
                yield _fault(answer, "json", str(error))
    for answer, block in blocks:
        yield from _own_rules(answer, block)
    yield from _compiled(site, blocks)


def _blocks(answer: Answer) -> Iterator[str]:
    tree = LexborHTMLParser(answer.body)
    for node in tree.css('script[type="application/ld+json"]'):
        yield node.text(deep=True)


def _compiled(site: Site, blocks: list[tuple[Answer, object]]) -> Iterator[Finding]:
    """schema-dts (Google's types of schema.org): one line of TypeScript for each block."""
    if not blocks:
        return
    lines = ['import type { Graph, Thing, WithContext } from "schema-dts";']
    for number, (_, block) in enumerate(blocks):
        kind = "Graph" if isinstance(block, dict) and "@graph" in block else "WithContext<Thing>"
        lines.append(f"export const b{number}: {kind} = {json.dumps(block)};")
    (site.folder / _FILE).write_text("\n".join(lines) + "\n", "utf-8")
    options = {
        "strict": True,
        "noEmit": True,
        "skipLibCheck": True,
        "types": [],
        "target": "es2022",
        "module": "preserve",
        "paths": {"schema-dts": [str(module("schema-dts/dist/schema.d.ts"))]},
    }
    settings = site.folder / "tsconfig.json"
    settings.write_text(json.dumps({"compilerOptions": options, "files": [_FILE]}), "utf-8")
    told = run(
        "node", [str(module("typescript/bin/tsc")), "--pretty", "false", "-p", str(settings)]
    )
    for line in told.decode("utf-8", "replace").splitlines():
        if found := _ERROR.match(line):
            number = int(found[1]) - 2
            answer = blocks[number][0] if 0 <= number < len(blocks) else blocks[0][0]
            yield _fault(answer, found[2], found[3])


def _own_rules(answer: Answer, block: object) -> Iterator[Finding]:
    """What types cannot say: one article, zones, and no review that nobody made."""
    things = list(_things(block))
    articles = [thing for thing in things if thing.get("@type") == "NewsArticle"]
    if len(articles) > 1:
        yield _fault(answer, "one-article", f"{len(articles)} NewsArticles on one page")
    for article in articles:
        if b'data-copy="body"' in answer.body:  # a notice says nothing of what it stands for
            yield from _required(answer, article)
    for thing in things:
        for name in _TIMES:
            if isinstance(at := thing.get(name), str) and not _ZONED.fullmatch(at):
                yield _fault(answer, "zone", f"{name} {at} has no zone")
        for name in _REVIEWED:
            if name in thing:
                yield _fault(answer, "reviewed", f"{name}, and nobody reviewed anything here")


def _required(answer: Answer, article: dict[str, object]) -> Iterator[Finding]:
    for name in ("headline", "datePublished", "author", "publisher"):
        if not article.get(name):
            yield _fault(answer, "required", f"a NewsArticle without {name}")


def _things(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _things(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _things(inner)


def _fault(answer: Answer, rule: str, text: str) -> Finding:
    return Finding(tool=_TOOL, address=answer.address, rule=rule, text=text)
