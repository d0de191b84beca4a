"""What a page may weigh (issue 5: budgets, enforced)."""

import gzip
from collections.abc import Callable
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from checks.finding import Finding
from checks.saved import Answer
from checks.saved import Site

SCRIPT = 10 * 1024
"""bytes of optional JavaScript, as sent without compression; with it, of the script that a page is
there for: the readers' check"""
STYLE_GZ = 14 * 1024
STORY_GZ = 30 * 1024
"""the HTML of a story of a thousand words"""
_LEVEL = 6
"""what servers compress with"""


def budgets(site: Site) -> Iterator[Finding]:
    """Bytes, against their limits. That no JavaScript is *required* is looked at in a browser."""
    for answer in site.of_type("text/css"):
        yield from _weighed(answer, "css", _packed(answer.body), STYLE_GZ)
    for answer in site.pages():
        tree = LexborHTMLParser(answer.body)
        if tree.css_first('[data-copy="body"]') is not None:
            yield from _weighed(answer, "html", _packed(answer.body), STORY_GZ)
        measure = len if tree.css_first("[data-verify]") is None else _packed
        yield from _weighed(answer, "script", _scripts(site, answer, tree, measure), SCRIPT)
        inline = sum(len(node.text(deep=True)) for node in tree.css("style"))
        if inline:
            text = f"{inline} characters of style in the page itself"
            yield Finding(tool="budgets", address=answer.address, rule="inline-style", text=text)


def _packed(body: bytes) -> int:
    return len(gzip.compress(body, _LEVEL))


def _scripts(
    site: Site, answer: Answer, tree: LexborHTMLParser, measure: Callable[[bytes], int]
) -> int:
    """Bytes of all that runs: scripts in the page and those it names; data blocks do not run."""
    size = 0
    for node in tree.css("script"):
        if (node.attributes.get("type") or "module") not in ("module", "text/javascript"):
            continue
        source = node.attributes.get("src")
        if source is None:
            size += len(node.text(deep=True).encode())
        elif found := site.answers.get(answer.base + source):
            size += measure(found.body)
        else:
            size += SCRIPT + 1  # from elsewhere: nobody knows what it weighs
    return size


def _weighed(answer: Answer, rule: str, size: int, limit: int) -> Iterator[Finding]:
    if size > limit:
        text = f"{size:,} bytes of {limit:,}"
        yield Finding(tool="budgets", address=answer.address, rule=rule, text=text)
