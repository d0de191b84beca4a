"""The markup and the style sheets: the Nu HTML checker and html-validate."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TypeVar
from urllib.parse import unquote
from urllib.parse import urlsplit

import msgspec

from checks.finding import CheckFailed
from checks.finding import Finding
from checks.programs import NODE
from checks.programs import module
from checks.programs import run
from checks.saved import Site

T = TypeVar("T")
_NU = ("text/html", "text/css", "image/svg+xml")


class _NuMessage(msgspec.Struct):
    type: str
    message: str = ""
    url: str = ""
    subType: str = ""  # noqa: N815  its own name for it
    lastLine: int = 0  # noqa: N815


class _NuAnswer(msgspec.Struct):
    messages: list[_NuMessage]


class _Fault(msgspec.Struct):
    ruleId: str  # noqa: N815
    message: str
    line: int


class _Checked(msgspec.Struct):
    filePath: str  # noqa: N815
    messages: list[_Fault]


def nu(site: Site) -> Iterator[Finding]:
    """vnu: HTML, CSS and SVG; warnings count."""
    files = [str(site.file(answer)) for answer in site.of_type(*_NU)]
    if not files:
        return
    jar = str(module("vnu-jar/build/dist/vnu.jar"))
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--also-check-css"]
    told = run("java", ["-Xss4m", "-jar", jar, *options, "--also-check-svg", *files])
    known = site.by_file()
    for message in _read(told, _NuAnswer).messages:
        name = PurePosixPath(unquote(urlsplit(message.url).path)).name
        yield Finding(
            tool="vnu",
            address=f"{known[name].address}:{message.lastLine}",
            rule=message.subType or message.type,
            text=message.message,
        )


def html_validate(site: Site) -> Iterator[Finding]:
    """html-validate, with the rules of ``checks/node/htmlvalidate.json``."""
    files = [str(site.file(answer)) for answer in site.pages()]
    if not files:
        return
    program = str(module("html-validate/bin/html-validate.mjs"))
    config = str(NODE / "htmlvalidate.json")
    told = site.folder / "html-validate.json"  # what it writes to a pipe is cut off at its end
    run("node", [program, "--config", config, "--formatter", f"json={told}", *files])
    known = site.by_file()
    for checked in _read(told.read_bytes(), list[_Checked]):
        address = known[PurePosixPath(checked.filePath).name].address
        for fault in checked.messages:
            yield Finding(
                tool="html-validate",
                address=f"{address}:{fault.line}",
                rule=fault.ruleId,
                text=fault.message,
            )


def _read(told: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(told, type=kind)
    except msgspec.MsgspecError as error:
        raise CheckFailed(
            f"a validator's answer cannot be read ({error}): {told[:200]!r}"
        ) from error
