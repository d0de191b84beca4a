"""Wire scripts as text → :class:`Script`. The grammar is docs/reference/wire-scripts.md."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from copytaster.demo._arrivals import Arrivals
from copytaster.demo._arrivals import handle
from copytaster.demo._lines import Fault
from copytaster.demo._lines import Line
from copytaster.demo._lines import Paragraph
from copytaster.demo._lines import bare
from copytaster.demo._lines import field
from copytaster.demo._lines import one_of
from copytaster.demo._lines import pairs
from copytaster.demo._lines import paragraphs
from copytaster.demo._lines import words
from copytaster.demo._times import after_start
from copytaster.demo._times import instant
from copytaster.demo._watching import EXPECTATIONS
from copytaster.demo.script import Act
from copytaster.demo.script import Agency
from copytaster.demo.script import DeadLetters
from copytaster.demo.script import Decide
from copytaster.demo.script import Expectation
from copytaster.demo.script import Restart
from copytaster.demo.script import Say
from copytaster.demo.script import Script
from copytaster.demo.script import ScriptError
from copytaster.demo.script import Step
from copytaster.rules import seeds
from copytaster.story import DecisionKind

_VERBS = ("send", "again", "decide", "restart", "say", *EXPECTATIONS)


def load(path: Path) -> Script:
    """The script in a file. Raises ScriptError."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScriptError(f"{path}: expected a wire script in UTF-8: {error}") from error
    return read(text, path.name, path.parent)


def read(text: str, name: str, folder: Path | None = None) -> Script:
    """The script in ``text``; files it sends lie under ``folder``. Raises ScriptError."""
    reader = _Reader(folder)
    for paragraph in paragraphs(text, name):
        try:
            reader.take(paragraph)
        except Fault as fault:
            raise ScriptError(f"{name}:{paragraph.head.number}: {fault}") from fault
    return reader.script(name, _title(text, name))


def _title(text: str, name: str) -> str:
    first = text.split("\n", 1)[0].strip()
    if not first.startswith("# ") or not first[2:].strip():
        raise ScriptError(f"{name}:1: expected a first line that says the statement: # A kill …")
    return first[2:].strip()


class _Reader:
    """Takes paragraph after paragraph."""

    def __init__(self, folder: Path | None) -> None:
        self.arrivals = Arrivals(folder)
        self.started = False
        self.any_order = False
        self.rules: list[str] = []
        self.steps: list[Step] = []

    def script(self, name: str, title: str) -> Script:
        if not self.steps:
            raise ScriptError(f"{name}: expected agency, start, and at least one step")
        return Script(
            name=name,
            title=title,
            start=self.arrivals.start,
            agencies=tuple(self.arrivals.agencies.values()),
            stories=tuple(self.arrivals.stories.values()),
            steps=tuple(self.steps),
            any_order=self.any_order,
            rules=tuple(self.rules),
        )

    def take(self, paragraph: Paragraph) -> None:
        first = paragraph.head.text[0]
        if first.isdigit() or first == "+":
            self._step(paragraph)
        elif self.steps:
            raise Fault(f"expected a time such as 09:00:00 or +0:05: {paragraph.head.text!r}")
        else:
            bare(paragraph.fields)
            self._heading(paragraph.head.text.split())

    def _heading(self, said: list[str]) -> None:
        match said:
            case ["agency", agency]:
                self.arrivals.agencies[agency] = Agency(id=handle(agency))
            case ["agency", agency, zone]:
                self.arrivals.agencies[agency] = Agency(id=handle(agency), zone=_zone(zone))
            case ["start", "now"]:
                self.started = True
            case ["start", time]:
                self.arrivals.start, self.started = instant(time), True
            case ["order", "does", "not", "matter"]:
                self.any_order = True
            case ["rule", name]:
                self.rules.append(_seed(name))
            case _:
                raise Fault(
                    "expected agency ID [ZONE], start TIME, rule NAME, or order does not matter"
                )

    def _step(self, paragraph: Paragraph) -> None:
        if not self.started or not self.arrivals.agencies:
            raise Fault("expected agency and start before the first step")
        time, _, rest = paragraph.head.text.partition(" ")
        at = after_start(time, self.arrivals.start)
        if self.steps and at < self.steps[-1].at:
            raise Fault(f"expected a time not before the step above, found {time}")
        act = self._act(rest.strip(), paragraph.fields, at)
        self.steps.append(Step(line=paragraph.head.number, at=at, act=act))

    def _act(self, text: str, fields: Sequence[Line], at: timedelta) -> Act:
        verb, _, rest = text.partition(" ")
        match verb:
            case "send":
                return self.arrivals.send(words(rest), fields, at)
            case "again":
                return self.arrivals.again(words(rest), fields)
            case "decide":
                return self._decide(words(rest), fields)
            case "restart":
                bare(fields)
                return Restart()
            case "say":
                bare(fields)
                return Say(text=rest.strip())
            case _ if verb in EXPECTATIONS:
                return self._expect(verb, words(rest), fields)
        raise Fault(f"expected one of {', '.join(_VERBS)}; found {verb!r}")

    def _decide(self, said: list[str], fields: Sequence[Line]) -> Decide:
        if len(said) < 2:
            raise Fault("expected decide hold|release|kill|erase STORY [reason WORD]")
        options = dict([*pairs(said[2:]), *(field(line) for line in fields)])
        if rest := sorted(set(options) - {"reason", "look"}):
            raise Fault(f"expected reason or look, found {rest[0]!r}")
        self.arrivals.sent(said[1])
        return Decide(
            kind=one_of(DecisionKind, said[0], "a decision"),
            story=said[1],
            reason=options.get("reason", "desk"),
            look=options.get("look"),
        )

    def _expect(self, verb: str, said: list[str], fields: Sequence[Line]) -> Expectation:
        wanted = EXPECTATIONS[verb](said, fields)
        story = None if isinstance(wanted, DeadLetters) else wanted.story
        if story is not None:
            self.arrivals.sent(story)
        return wanted


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (KeyError, OSError, ValueError) as error:
        raise Fault(f"expected an IANA zone such as Europe/London, found {text!r}") from error


def _seed(name: str) -> str:
    known = [rule.name for rule in seeds()]
    if name not in known:
        raise Fault(f"expected a rule that ships ({', '.join(known)}); found {name!r}")
    return name
