"""What the editors' app asks of a desk about its rules: the list, changes, what they would do."""

from collections.abc import Callable
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from copytaster import rules
from copytaster.copydesk import HouseRule
from copytaster.copydesk import Proposal
from copytaster.copydesk import RuleFault
from copytaster.copydesk import RulesBook
from copytaster.copydesk import RulesDraft
from copytaster.copydesk import RulesWrong
from copytaster.copydesk import Tried
from copytaster.newsroom._rule_drafts import Draft
from copytaster.newsroom._rule_drafts import Drafts
from copytaster.newsroom.house import House
from copytaster.newsroom.house_rules import HOURS
from copytaster.newsroom.house_rules import HouseRules
from copytaster.newsroom.house_rules import Standing
from copytaster.newsroom.house_rules import Trial
from copytaster.newsroom.house_rules import trials
from copytaster.rules import Misfilled
from copytaster.rules import Rule
from copytaster.rules import RulesError
from copytaster.rules import digest
from copytaster.store import Store

_SWITCHES = ("notify", "stop", "enabled")


class RulesOffice:
    """The rules of a running desk, as the app sees them; safe from any thread."""

    def __init__(
        self, house: House, store: Store, known: HouseRules, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._known = known
        self._clock = clock
        self._zone = ZoneInfo(house.site.zone or "UTC")
        self._drafts = Drafts(house, store)

    def book(self) -> RulesBook:
        """The rules in force, and their file."""
        standing = self._known.standing()
        held = self._known.lately.held(self._clock())
        tried, ships = trials(self._store), {rule.name: rule for rule in rules.seeds()}
        return RulesBook(
            rules=tuple(
                _shown(rule, ships.get(rule.name), held, tried.get(digest(rule)))
                for rule in self._known.in_force
            ),
            hours=HOURS,
            path=standing.path,
            mark=standing.mark,
            is_there=standing.is_there,
            text=standing.text,
            seeds=rules.begun().decode(),
            fault=standing.fault,
            line=standing.line,
            locked=standing.locked,
        )

    def filled(self, name: str) -> Proposal | None:
        """The form of a rule of the file, as it is there; None where there is none."""
        standing = self._known.standing()
        try:
            found = rules.read(standing.text.encode(), standing.path, self._zone)
        except RulesError:
            return None
        rule = next((rule for rule in found if rule.name == name), None)
        if rule is None:
            return None
        return Proposal(kind="change", name=name, fields=_fields(rule), mark=standing.mark)

    def propose(self, said: Proposal) -> str:
        """Check a change, and begin to try it; the id of its draft. Raises
        :class:`copytaster.copydesk.RulesWrong`."""
        standing = self._known.standing()
        if standing.locked is not None:
            raise _wrong(standing.locked)
        if said.mark != standing.mark:
            told = "The file has changed since you opened this"
            raise RulesWrong({"": RuleFault(what=told)}, moved=True)
        try:
            text = self._text(said, standing)
            found = rules.read(text.encode(), standing.path, self._zone)
        except RulesError as error:
            raise RulesWrong({"": RuleFault(what=str(error), line=error.line)}) from error
        if standing.is_there and text == standing.text:
            raise _wrong("Nothing was changed")
        draft = Draft(
            proposal=said,
            before=standing.text if standing.is_there else "",
            text=text,
            rules=found,
            in_force=self._known.in_force,
            now=self._clock(),
        )
        try:
            return self._drafts.begin(draft)
        except ValueError as error:
            raise _wrong(str(error)) from error

    def draft(self, id: str) -> RulesDraft | None:
        """How far a draft is, and what it would do."""
        return self._drafts.told(id)

    def tried(self, id: str) -> tuple[str, str] | None:
        """Of a draft that was tried to the end: its difference in words, and the record of it."""
        return self._drafts.tried(id)

    def _text(self, said: Proposal, standing: Standing) -> str:
        """The file as it would be."""
        if said.kind == "file":
            return _lines_as(standing.text, said.text)
        there, path, zone = standing.text.encode(), standing.path, self._zone
        if said.kind == "remove":
            return rules.removed(there, path, said.name, zone).decode()
        rule = self._rule(said)
        others = {one.name for one in rules.read(there, path, zone)} - {said.name}
        if rule.name in others:
            told = "another rule is called so"
            raise RulesWrong({"name": RuleFault(what=told)})
        if said.kind == "new":
            return rules.added(there, path, rule, zone).decode()
        return rules.changed(there, path, said.name, rule, zone).decode()

    def _rule(self, said: Proposal) -> Rule:
        try:
            return rules.filled(_given(said.fields), self._zone)
        except Misfilled as error:
            faults = {key: RuleFault(what=what, at=at) for key, (what, at) in error.faults.items()}
            raise RulesWrong(faults) from error


def _wrong(what: str) -> RulesWrong:
    return RulesWrong({"": RuleFault(what=what)})


def _shown(
    rule: Rule, ships: Rule | None, held: Mapping[str, int], trial: Trial | None
) -> HouseRule:
    is_tried = trial is not None and trial.versions > 0 and rule.enabled
    return HouseRule(
        name=rule.name,
        then=rule.then.value,
        when=rule.when,
        asked=rule.asked,
        why=rule.why,
        priority=rule.priority,
        notify=rule.notify,
        stop=rule.stop,
        enabled=rule.enabled,
        since=rule.since,
        origin="own" if ships is None else "ships" if ships == rule else "changed",
        held=held.get(rule.name, 0),
        tried=Tried(at=trial.at, versions=trial.versions, matches=trial.matches)
        if trial is not None and is_tried
        else None,
    )


def _fields(rule: Rule) -> Mapping[str, str]:
    """A rule as its form has it."""
    said = {
        "name": rule.name,
        "when": rule.when.strip(),
        "then": rule.then.value,
        "why": rule.why,
        "priority": str(rule.priority),
        "since": rule.since or "",
    }
    return said | {key: "on" for key in _SWITCHES if getattr(rule, key)}


def _given(fields: Mapping[str, str]) -> Mapping[str, Any]:
    """What a form says, as keys of a rule."""
    priority = fields.get("priority", "") or "0"
    since = " ".join(fields.get("since", "").split())
    return {
        "name": fields.get("name", ""),
        "when": fields.get("when", ""),
        "then": fields.get("then", ""),
        "why": " ".join(fields.get("why", "").split()),
        "priority": _number(priority),
        "since": since or None,
        **{key: key in fields for key in _SWITCHES},
    }


def _number(said: str) -> int | str:
    try:
        return int(said[:10])
    except ValueError:
        return said


def _lines_as(there: str, typed: str) -> str:
    """What was typed with the line ends of the file: a browser sends CR and LF, whatever was
    there (HTML, "Constructing the entry list")."""
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\n", "\r\n") if "\r\n" in there else text
