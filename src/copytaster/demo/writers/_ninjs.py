"""ninjs 3.1 (IPTC), one item; signals and editorial types as AP sends them beside the schema."""

import json
from collections.abc import Sequence
from typing import Any

from copytaster.demo.writers._version import Version

_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"


def write_ninjs(versions: Sequence[Version], agency: str) -> str:
    [version] = versions
    item = {
        "standard": {"name": "ninjs", "version": "3.1"},
        "uri": version.guid,
        "type": "text",
        **_given(version, agency),
        "bodies": [{"role": "main", "contentType": "text/html", "value": version.markup()}],
    }
    if not version.markup():
        del item["bodies"]
    return json.dumps(item, ensure_ascii=False, indent=1) + "\n"


def _given(version: Version, agency: str) -> dict[str, Any]:
    """What the script said, and nothing it did not; an embargo may be said to be empty."""
    embargo = {"embargoedUntil": version.get("embargo")} if version.says("embargo") else {}
    said: dict[str, Any] = {
        "version": version.get("version"),
        "versionCreated": version.updated,
        "firstCreated": version.published,
        "pubStatus": version.get("status"),
        "language": version.get("lang"),
        "headlines": _values(version.get("headline"), contentType="text/plain"),
        "descriptions": _values(version.get("summary"), contentType="text/plain"),
        "by": version.get("by"),
        "slugline": version.get("slug"),
        "urgency": int(version.get("urgency", "0")),
        "edNote": version.get("note"),
        "signals": [version.get("signal")] if version.says("signal") else [],
        "editorialtypes": [version.get("kind")] if version.says("kind") else [],
        "copyrightNotice": version.get("rights"),
        "infoSources": [{"name": version.get("credit", agency)}],
        "subjects": [{"uri": _TOPICS + code, "name": name} for code, name in version.sections()],
    }
    return {name: value for name, value in said.items() if value} | embargo


def _values(text: str, **more: str) -> list[dict[str, str]]:
    return [{**more, "value": text}] if text else []
