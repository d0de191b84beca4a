"""ninjs 3.1 (IPTC), one item; signals and editorial types as AP sends them beside the schema."""

import json
from collections.abc import Sequence
from typing import Any

from copytaster.demo.drawings import picture_href
from copytaster.demo.drawings import picture_id
from copytaster.demo.writers._version import Version

_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"


def write_ninjs(versions: Sequence[Version], agency: str) -> str:
    [version] = versions
    if version.says("kill-picture"):
        return _written(_picture_kill(version))
    item = {
        "standard": {"name": "ninjs", "version": "3.1"},
        "uri": version.guid,
        "type": "text",
        **_given(version, agency),
        "bodies": [{"role": "main", "contentType": "text/html", "value": version.markup()}],
    }
    if not version.markup():
        del item["bodies"]
    if version.says("picture"):
        item["associations"] = [_picture(version, agency)]
    return _written(item)


def _written(item: dict[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False, indent=1) + "\n"


def _picture_kill(version: Version) -> dict[str, Any]:
    """AP's way: a message under the picture's own id, which the script's handle stands for."""
    said = {
        "uri": version.guid,
        "type": "picture",
        "version": version.get("version"),
        "versionCreated": version.updated,
        "pubStatus": version.get("status", "" if version.says("kind") else "canceled"),
        "editorialtypes": [version.get("kind")] if version.says("kind") else [],
        "headlines": _values(version.get("headline"), contentType="text/plain"),
        "edNote": version.get("note"),
    }
    return {name: value for name, value in said.items() if value}


def _picture(version: Version, agency: str) -> dict[str, Any]:
    """The picture beside the story, with its own status and embargo."""
    name = version.get("picture")
    texts = (("caption", version.get("caption")), ("altText", version.get("alt")))
    href = picture_href(version.pictures, agency, name)
    said = {
        "name": "main",
        "uri": picture_id(agency, name),
        "type": "picture",
        "pubStatus": version.get("picture-status", "usable"),
        "embargoedUntil": version.get("picture-embargo"),
        "usageTerms": version.get("picture-terms"),
        "credit": version.get("picture-credit"),
        "descriptions": [
            {"role": role, "contentType": "text/plain", "value": text}
            for role, text in texts
            if text
        ],
        "renditions": [{"name": "web", "href": href, "contentType": "image/jpeg"}],
    }
    return {name: value for name, value in said.items() if value}


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
        "subjects": [
            {"uri": _TOPICS + code, "name": name}
            for code, name in (*version.sections(), *version.topics())
        ],
        "places": [{"name": name} for name in version.all("place")],
    }
    return {name: value for name, value in said.items() if value} | embargo


def _values(text: str, **more: str) -> list[dict[str, str]]:
    return [{**more, "value": text}] if text else []
