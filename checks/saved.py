"""What a site answered, kept in memory and as files for tools that read files."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.parse import urlsplit

import msgspec

from copytaster.demo.script import Seen

_ENDINGS = {
    "text/html": ".html",
    "text/css": ".css",
    "text/plain": ".txt",
    "image/svg+xml": ".svg",
    "application/json": ".json",
    "application/feed+json": ".json",
    "application/manifest+json": ".json",
}


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of the site."""

    base: str
    address: str
    """path and query"""
    status: int
    headers: dict[str, str]
    """names in lower case; a header sent twice is joined by a comma"""
    body: bytes

    @property
    def url(self) -> str:
        return self.base + self.address

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def name(self) -> str:
        """What it is called as a file."""
        port = urlsplit(self.base).port
        plain = quote(self.address.strip("/") or "index", safe="").replace("%2F", "_")
        ending = _ENDINGS.get(self.media_type, ".xml" if "xml" in self.media_type else ".bin")
        return f"{port}_{plain[:150]}{ending}"


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A built site: everything that it answered, and what is known of it."""

    folder: Path
    answers: dict[str, Answer]
    """by their whole address; those that were asked for after everything had happened"""
    before: dict[str, Answer] = {}
    """the same before stories were taken back"""
    stories: dict[str, str] = {}
    """the script's names → path of the story"""
    faces: dict[str, Seen] = {}
    """the script's names → what its address must show at the end"""
    data: Path | None = None
    """the desk's data folder"""
    log: str = ""
    """what the desk wrote to its log"""
    withdrawn_clean: bool = False
    """the desk itself has seen that the canary is gone"""

    def of_type(self, *media_types: str) -> Iterator[Answer]:
        """The answers of some media types, whatever their status."""
        for answer in self.answers.values():
            if answer.media_type in media_types and answer.body:
                yield answer

    def pages(self) -> Iterator[Answer]:
        return self.of_type("text/html")

    def file(self, answer: Answer) -> Path:
        return self.folder / answer.name

    def by_file(self) -> dict[str, Answer]:
        return {answer.name: answer for answer in self.answers.values()}


def save(site: Site) -> None:
    """Write every answer into the site's folder, and their heads into ``index.json``."""
    site.folder.mkdir(parents=True, exist_ok=True)
    heads = []
    for answer in site.answers.values():
        site.file(answer).write_bytes(answer.body)
        heads.append(
            {
                "address": answer.url,
                "status": answer.status,
                "headers": answer.headers,
                "file": answer.name,
            }
        )
    (site.folder / "index.json").write_bytes(
        msgspec.json.format(msgspec.json.encode(heads), indent=1)
    )
