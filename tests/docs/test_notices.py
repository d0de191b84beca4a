"""How notices are worded is in docs/reference/notices.md: every key, every kind, every language."""

import re
from collections.abc import Callable

import msgspec

from copytaster import agency
from copytaster.verdict.notices import NoticeKind


def test_the_keys_of_the_shared_lists_are_those_documented(
    section: Callable[[str, str], str],
) -> None:
    rows = re.findall(
        r"^\| (`\w+`(?:, `\w+`)*) \|",
        section("reference/notices.md", "The shared lists"),
        flags=re.MULTILINE,
    )
    told = [key for row in rows for key in re.findall(r"`(\w+)`", row)]
    keys = [
        field.encode_name
        for kind in (agency.Asking, agency.Words)
        for field in msgspec.structs.fields(kind)
    ]
    assert told == keys


def test_every_language_is_documented(page: Callable[[str], str]) -> None:
    told = page("reference/notices.md") + page("reference/profiles.md")
    assert [language for language in agency.wordings() if f"`{language}`" not in told] == []


def test_everything_that_may_be_asked_is_documented(section: Callable[[str, str], str]) -> None:
    told = section("reference/notices.md", "What each asks for")
    asked = {asking.means for one in agency.wordings().values() for asking in one.asking}
    assert [means for means in asked if f"`{means}`" not in told] == []
    assert len(NoticeKind) == 7


def test_every_banner_the_page_shows_is_one(section: Callable[[str, str], str]) -> None:
    row = section("reference/notices.md", "When words make a notice").split("**banner**: ")[1]
    book = agency.phrasebook(agency.load("default"))
    shown = row.split(" |")[0].split(", ")
    assert len(shown) > 5
    assert [banner for banner in shown if book.banner(banner) is None] == []
