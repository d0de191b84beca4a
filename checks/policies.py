"""What every answer's headers must say, and Google's judgement of the content policy."""

from collections.abc import Iterator

import msgspec

from checks.finding import Finding
from checks.programs import NODE
from checks.programs import run
from checks.saved import Answer
from checks.saved import Site

_TOOL = "headers"
_TEXTS = ("text/html", "text/plain", "text/css")
_SEVERITY = {10: "high", 20: "syntax", 30: "medium", 40: "high-maybe", 45: "strict-csp"} | {
    50: "medium-maybe",
    60: "info",
}


class _Judged(msgspec.Struct):
    directive: str
    severity: int
    text: str
    value: str = ""


def csp(site: Site) -> Iterator[Finding]:
    """csp_evaluator over each policy that a page is served with; a page without one is a fault."""
    first: dict[str, Answer] = {}
    for answer in site.pages():
        policy = answer.headers.get("content-security-policy")
        if policy is None:
            text = "a page without Content-Security-Policy"
            yield Finding(tool="csp", address=answer.address, rule="absent", text=text)
        else:
            first.setdefault(policy, answer)
    told = run("node", [str(NODE / "csp.cjs")], given=msgspec.json.encode(list(first)))
    judged = msgspec.json.decode(told, type=list[list[_Judged]])
    for answer, findings in zip(first.values(), judged, strict=True):
        for one in findings:
            if one.severity in _SEVERITY:
                yield Finding(
                    tool="csp",
                    address=answer.address,
                    rule=f"{_SEVERITY[one.severity]}:{one.directive}",
                    text=f"{one.value} {one.text}".strip(),
                )


def headers(site: Site) -> Iterator[Finding]:
    """What each answer must be served with, whatever it is."""
    for answer in site.answers.values():
        if answer.status >= 500:
            yield _fault(answer, "server-error", f"answers {answer.status}")
        if answer.headers.get("x-content-type-options") != "nosniff":
            yield _fault(answer, "nosniff", "without X-Content-Type-Options: nosniff")
        yield from _content_type(answer)
        if answer.headers.get("set-cookie"):
            yield _fault(answer, "cookie", "a reader of news is given no cookie")


def _content_type(answer: Answer) -> Iterator[Finding]:
    """RFC 9110 §8.3; HTML and plain text have no charset of their own that would be safe."""
    told = answer.headers.get("content-type", "").lower().replace(" ", "")
    if not answer.body:
        return
    if not told:
        yield _fault(answer, "content-type", "a body without Content-Type")
    elif answer.media_type in _TEXTS and "charset=utf-8" not in told:
        yield _fault(answer, "charset", f"{told}: no charset=utf-8")


def _fault(answer: Answer, rule: str, text: str) -> Finding:
    return Finding(tool=_TOOL, address=answer.address, rule=rule, text=text)
