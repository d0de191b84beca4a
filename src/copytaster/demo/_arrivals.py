"""What a script sends: ``send`` and ``again``."""

from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from re import compile as pattern

from copytaster.demo._fields import CAN_SAY
from copytaster.demo._fields import REPEATED
from copytaster.demo._fields import SECTIONS
from copytaster.demo._fields import SEVERAL
from copytaster.demo._fields import TIMES
from copytaster.demo._lines import Fault
from copytaster.demo._lines import Line
from copytaster.demo._lines import bare
from copytaster.demo._lines import field
from copytaster.demo._lines import one_of
from copytaster.demo._lines import pairs
from copytaster.demo._times import after_start
from copytaster.demo.drawings import picture_id
from copytaster.demo.script import Agency
from copytaster.demo.script import Entry
from copytaster.demo.script import Send
from copytaster.demo.script import StoryName
from copytaster.demo.script import WireFormat

_HANDLE = pattern(r"[a-z0-9][a-z0-9-]*$")
_OPTIONS = ("from", "after", "archive", "look")
_Fields = list[tuple[str, str]]


def handle(text: str) -> str:
    """The name of a story or an agency in a script."""
    if not _HANDLE.match(text):
        raise Fault(f"expected a name of small letters, digits and hyphens, found {text!r}")
    return text


class Arrivals:
    """Reads sends, and knows what was sent before."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.start: datetime | None = None
        self.agencies: dict[str, Agency] = {}
        self.stories: dict[str, StoryName] = {}
        self._sent: dict[str, list[Send]] = {}

    def sent(self, story: str) -> list[Send]:
        """The story's sends so far; a story nobody sent is a fault of the script."""
        if story not in self._sent:
            raise Fault(f"expected a story sent before, found {story!r}")
        return self._sent[story]

    def again(self, said: list[str], fields: Sequence[Line]) -> Send:
        """The same bytes once more."""
        bare(fields)
        match said:
            case [story]:
                return self.sent(story)[-1]
            case [story, version]:
                return self._version(story, version)
        raise Fault("expected again STORY [VERSION]")

    def send(self, said: list[str], fields: Sequence[Line], at: timedelta) -> Send:
        """A new delivery, written at ``at``."""
        if len(said) < 2:
            raise Fault("expected send FORMAT STORY [VERSION] [FIELD VALUE …]")
        format = one_of(WireFormat, said[0], "a format")
        story, rest, file = handle(said[1]), said[2:], None
        if format is WireFormat.file:
            file, rest = self._file(rest), rest[1:]
        elif rest and rest[0].isdigit():
            rest = ["version", *rest]
        given = [*pairs(rest, flags=("archive",)), *(field(line) for line in fields)]
        options, entries = _parted(format, story, given)
        agency = self._agency(story, options)
        send = Send(
            format=format,
            agency=agency,
            entries=tuple(self._entry(agency, one, said, at) for one, said in entries),
            written=at,
            file=file,
            archive="archive" in options,
            publish_after=self._time(options.get("after")),
            look=options.get("look"),
        )
        for one in send.stories:
            self._sent.setdefault(one, []).append(send)
        return send

    def _time(self, text: str | None) -> timedelta | None:
        return after_start(text, self.start) if text is not None else None

    def _agency(self, story: str, options: dict[str, str]) -> str:
        known = self.stories.get(story)
        usual = known.agency if known else next(iter(self.agencies))
        agency = options.get("from", usual)
        if agency not in self.agencies:
            raise Fault(f"expected an agency named at the top, found {agency!r}")
        return agency

    def _file(self, rest: list[str]) -> Path:
        if not rest:
            raise Fault("expected send file STORY PATH")
        path = (self.folder or Path()) / rest[0]
        if not path.is_file():
            raise Fault(f"expected a file at {rest[0]}, seen from the script")
        return path

    def _entry(self, agency: str, story: str, fields: _Fields, at: timedelta) -> Entry:
        for name, value in fields:
            if name in TIMES and value.startswith("@"):
                after_start(value[1:], self.start)
        return Entry(
            story=story,
            guid=self._guid(agency, story, _guid_said(agency, dict(fields))),
            first=self._sent[story][0].written if story in self._sent else at,
            fields=tuple(self._like(story, fields)),
        )

    def _guid(self, agency: str, story: str, guid: str | None) -> str:
        known = self.stories.get(story)
        if known is None:
            guid = guid or f"urn:newsml:{agency}.example:{story}"
            self.stories[story] = StoryName(story=story, agency=agency, guid=guid)
            return guid
        if agency != known.agency or guid not in (None, known.guid):
            raise Fault(f"expected {story} to stay {known.guid} from {known.agency}")
        return known.guid

    def _like(self, story: str, fields: _Fields) -> _Fields:
        """``like N``: what version N said, apart from what is said here."""
        own = [(name, value) for name, value in fields if name not in ("like", "guid")]
        like = dict(fields).get("like")
        if like is None:
            return own
        said = {name for name, _ in own}
        if said & {"text", "html"}:
            said |= {"text", "html"}
        model = self._version(story, like).entry(story)
        return [pair for pair in model.fields if pair[0] not in said] + own

    def _version(self, story: str, version: str) -> Send:
        """Feeds do not number: there the first send is 1, the second 2 …"""
        for number, send in enumerate(self.sent(story), start=1):
            if send.entry(story).get("version") in (version, None) and (
                send.entry(story).says("version") or str(number) == version
            ):
                return send
        raise Fault(f"expected an earlier version {version} of {story}")


def _guid_said(agency: str, fields: dict[str, str]) -> str | None:
    """A message that kills a picture has the picture's own id."""
    if "kill-picture" in fields:
        return picture_id(agency, fields["kill-picture"])
    return fields.get("guid")


def _parted(
    format: WireFormat, story: str, given: _Fields
) -> tuple[dict[str, str], list[tuple[str, _Fields]]]:
    """Options of the delivery, and the fields of each entry (``also STORY`` begins another)."""
    options: dict[str, str] = {}
    entries: list[tuple[str, _Fields]] = [(story, [])]
    for name, value in given:
        if name in _OPTIONS:
            options[name] = value
        elif name == "also" and format in SEVERAL:
            entries.append((handle(value), []))
        else:
            _check(format, name, value, entries[-1][1])
            entries[-1][1].append((name, value))
    return options, entries


def _check(format: WireFormat, name: str, value: str, before: _Fields) -> None:
    if name not in CAN_SAY[format]:
        known = ", ".join(sorted(CAN_SAY[format]))
        raise Fault(f"expected what {format} can say ({known}); found {name!r}")
    if name not in REPEATED and name in dict(before):
        raise Fault(f"expected {name} once")
    if name == "section" and value not in SECTIONS:
        raise Fault(f"expected a section ({', '.join(SECTIONS)}); found {value!r}")
