"""Every link between the documents leads somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def _documents(project: Path) -> list[Path]:
    return sorted([*project.glob("*.md"), *(project / "docs").rglob("*.md")])


def _prose(document: Path) -> str:
    """The text without fenced code."""
    return re.sub(r"^```.*?^```", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


def _anchors(document: Path) -> set[str]:
    """Anchors as code hosts and documentation builders make them from headings."""
    headings = re.findall(r"^#+ (.+)$", _prose(document), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _broken(document: Path) -> Iterator[str]:
    for link in _LINK.findall(_prose(document)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            yield link


def test_every_link_of_a_document_leads_somewhere(project: Path) -> None:
    broken = {
        str(document.relative_to(project)): links
        for document in _documents(project)
        if (links := list(_broken(document)))
    }
    assert broken == {}


def test_every_page_can_be_reached_from_the_front(project: Path) -> None:
    seen: set[Path] = set()
    ways = [project / "README.md"]
    while ways:
        page = ways.pop()
        if page in seen:
            continue
        seen.add(page)
        for link in _LINK.findall(_prose(page)):
            target = (page.parent / link.partition("#")[0]).resolve()
            if target.suffix == ".md" and target.exists():
                ways.append(target)
    lost = [str(d.relative_to(project)) for d in _documents(project) if d not in seen]
    assert lost == []


@pytest.mark.parametrize("name", ["demo", "test"])
def test_the_two_commands_of_the_readme_are_in_the_makefile(name: str, project: Path) -> None:
    assert f"\nmake {name} " in (project / "README.md").read_text("utf-8")
    assert re.search(rf"^{name}: ", (project / "Makefile").read_text("utf-8"), flags=re.MULTILINE)


def test_every_make_target_named_in_a_document_exists(project: Path) -> None:
    targets = set(
        re.findall(r"^([a-z-]+):", (project / "Makefile").read_text(), flags=re.MULTILINE)
    )
    named = {
        name
        for document in _documents(project)
        for name in re.findall(
            r"(?:^|`)make ([a-z-]+)", document.read_text("utf-8"), flags=re.MULTILINE
        )
    }
    assert named - targets == set()


def test_every_dependency_has_its_line(project: Path) -> None:
    tables = (project / "pyproject.toml").read_text("utf-8")
    named = set(re.findall(r'^    "([a-z0-9-]+)>=', tables, flags=re.MULTILINE))
    told = set(
        re.findall(
            r"^\| ([a-z0-9-]+) \|",
            (project / "docs/reference/dependencies.md").read_text("utf-8"),
            flags=re.MULTILINE,
        )
    )
    assert told - {"package", "---"} == named
